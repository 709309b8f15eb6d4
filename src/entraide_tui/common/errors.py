"""What can go wrong that a person must know, told apart by what the caller can do about it.

UserError
├── FileError         a file or folder can't be reached, read or written
├── InvalidFileError  a file is there, but its content can't be used
├── NotFoundError     nothing has this name, or several things could be meant
├── ConflictError     somebody else changed it since it was read: read it again
├── BusyError         another program holds it now: wait, or look on
└── InputError        what was typed or asked for can't be done as it stands
"""

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
    """Something that a person must know; its text says what and what to do. Raised as one of the kinds below."""

    def __init__(self, what: str, *, file: Path | None = None, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.file = file
        self.findings = findings

    def lines(self) -> list[str]:
        """The text for standard error or a screen, one line each, safe to show."""
        name = f"{self.file}: " if self.file else ""
        return [_one_line(f"{name}{self.what}"), *(_one_line(f"  {finding.told()}") for finding in self.findings)]


class FileError(UserError):
    """A file or folder can't be reached, read or written: the disk, its rights, its size, a link."""


class InvalidFileError(UserError):
    """A file is there, but its content can't be used; its findings say where."""


class NotFoundError(UserError):
    """Nothing has this name, or several things could be meant."""


class ConflictError(UserError):
    """Somebody else changed it since it was read. Nothing was written: read it again."""


class BusyError(UserError):
    """Another program holds it now."""


class InputError(UserError):
    """What was typed or asked for can't be done as it stands. Nothing was changed."""


def _one_line(text: str) -> str:
    """A key or a file name may hold line ends, which must not look like another finding, and be very long."""
    text = visible(text[: LONGEST_LINE + 1].replace("\n", " "))
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
