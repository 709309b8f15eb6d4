"""What is said to a person when something is wrong: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.ground.text import visible

if TYPE_CHECKING:
    from pathlib import Path


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


class Trouble(Exception):  # noqa: N818 - it is what people are told, not a fault of the program
    """Something that a person must know; its text says what and what to do."""

    def __init__(self, what: str, *, file: Path | None = None, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.file = file
        self.findings = findings

    def lines(self) -> list[str]:
        """The text for standard error or a screen, one line each, safe to show."""
        name = f"{visible(str(self.file))}: " if self.file else ""
        out = [f"{name}{visible(self.what)}"]
        out += [
            visible(f"  {f.line}:{f.column or 1}: {f.place + ': ' if f.place else ''}{f.what}") for f in self.findings
        ]
        return out
