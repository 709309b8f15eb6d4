"""What is said to a person when something is wrong: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common.text import visible

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or doubtful, in a file.

    Attributes:
        line: counted from 1; 0 where the whole file is meant.
        place: the key, as it would be written (`steps[3].minutes.min`); may be empty.
        what: the sentence.
        serious: an error; else a warning.
    """

    what: str
    line: int = 0
    place: str = ""
    serious: bool = True
    column: int = 0

    def told(self) -> str:
        """Line, column, place and sentence, as compilers do; what is not known is left out."""
        where = f"{self.line}:{self.column or 1}: " if self.line else ""
        return f"{where}{self.place + ': ' if self.place else ''}{self.what}"


class UserError(Exception):
    """Something that a person must know; its text says what and what to do."""

    def __init__(self, what: str, *, file: Path | None = None, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.file = file
        self.findings = findings

    def lines(self) -> list[str]:
        """The text for standard error or a screen, one line each, safe to show."""
        name = f"{self.file}: " if self.file else ""
        return [_one_line(f"{name}{self.what}"), *(_one_line(f"  {finding.told()}") for finding in self.findings)]


def _one_line(text: str) -> str:
    """A key or a file name may hold line ends, which must not look like another finding, and be very long."""
    text = visible(text[: LONGEST_LINE + 1].replace("\n", " "))
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
