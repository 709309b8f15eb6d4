"""Errors to show to people, one class for each way in which a caller can react.

UserError
├── FileError         a file or folder can't be reached, read or written
├── InvalidFileError  a file is there, but its content can't be used
├── NotFoundError     nothing has this name, or several things match it
├── ConflictError     somebody else changed it since it was read: read it again
├── BusyError         another program has it open: wait, or open it read-only
└── InputError        what was typed or asked for can't be done
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
    """One fault or doubt in a file.

    Attributes:
        what: the sentence to show.
        line: counted from 1; 0 for the whole file.
        place: the path of the key (`steps[3].minutes.min`); may be empty.
        serious: whether it is an error; else a warning.
        column: counted from 1; 0 if unknown.
    """

    what: str
    line: int = 0
    place: str = ""
    serious: bool = True
    column: int = 0

    def as_line(self) -> str:
        """`line:column: place: sentence`, as compilers print it, without the parts that are not known."""
        where = f"{self.line}:{self.column or 1}: " if self.line else ""
        return f"{where}{self.place + ': ' if self.place else ''}{self.what}"


class UserError(Exception):
    """An error whose text tells a person what is wrong and what to do. Always raised as one of the subclasses below."""

    def __init__(self, what: str, *, file: Path | None = None, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.file = file
        self.findings = findings

    def lines(self) -> list[str]:
        """The message and each finding as one line, without control characters."""
        name = f"{self.file}: " if self.file else ""
        return [_one_line(f"{name}{self.what}"), *(_one_line(f"  {finding.as_line()}") for finding in self.findings)]


class FileError(UserError):
    """A file or folder can't be reached, read or written: disk, permissions, size, symbolic link."""


class InvalidFileError(UserError):
    """A file exists, but its content can't be used; `findings` say where."""


class NotFoundError(UserError):
    """Nothing has this name, or several things match it."""


class ConflictError(UserError):
    """Somebody else changed it since it was read. Nothing was written; read it again."""


class BusyError(UserError):
    """Another program has it open."""


class InputError(UserError):
    """What was typed or asked for can't be done. Nothing was changed."""


def _one_line(text: str) -> str:
    """The text cut to `LONGEST_LINE` characters, without line ends: one in a key must not fake another finding."""
    text = visible(text[: LONGEST_LINE + 1].replace("\n", " "))
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
