"""Concerns: what the check of a workspace finds broken or doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from entraide_tui.common.errors import Finding, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Kind = Literal[
    "group", "kit", "record", "format", "conflict", "date", "id", "copy", "action", "looked_at", "language", "key",
    "page", "journal", "empty_journal", "recovered", "left_over", "temporary", "private", "link",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that is broken or doubtful.

    Attributes:
        line: from 1; 0 for the whole file.
        mend: whether `repair.mend` can repair it without losing a word.
        beside: the file that it is a copy of, if it is one.
        serious: whether it is a fault; else a hint.
    """

    path: Path
    line: int
    sentence: str
    kind: Kind
    mend: bool = False
    beside: Path | None = None
    serious: bool = True


def told(path: Path, trouble: UserError, kind: Kind) -> Iterator[Concern]:
    """A concern for each finding of an error, or one for the error itself."""
    for finding in trouble.findings or (Finding(trouble.what),):
        yield Concern(path, finding.line, sentence(finding), kind)


def sentence(finding: Finding) -> str:
    """The sentence of a finding, after the key that it is about."""
    return f"{finding.place}: {finding.what}" if finding.place else finding.what
