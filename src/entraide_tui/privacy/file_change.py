"""One file that changes when somebody is forgotten: what is shown of it first, and what is done to it afterwards."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from entraide_tui.common.errors import ConflictError, FileError, UserError
from entraide_tui.common.files import read_bounded, reason, write_atomically
from entraide_tui.common.i18n import _
from entraide_tui.common.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest file that is looked into."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that changes; counted from 1."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that changes, moves or goes.

    Attributes:
        before: its bytes as they were read.
        after: as they become; None: the file goes.
        becomes: where it is afterwards.
        lines: what changes in it.
        place: the private place that it belongs to, in English, to be translated; empty within the workspace.
    """

    path: Path
    before: bytes
    after: bytes | None
    becomes: Path
    lines: tuple[ChangedLine, ...] = ()
    place: str = ""

    @classmethod
    def of(cls, path: Path, before: bytes, after: bytes | None, becomes: Path) -> Self:
        """The change with its lines."""
        return cls(path, before, after, becomes, _lines(before, after))

    @property
    def empty(self) -> bool:
        """Whether the file stays as and where it is."""
        return self.after == self.before and self.becomes == self.path

    def carry_out(self) -> None:
        """Change the file. Raises UserError where it is not as it was read, or can't be written."""
        try:
            if not self.path.exists() or read_bounded(self.path, LARGEST) != self.before:
                raise ConflictError(_("somebody changed this file meanwhile. Run the command again."), file=self.path)
            if self.after is not None:
                write_atomically(self.becomes, self.after)
            if self.after is None or self.becomes != self.path:
                self.path.unlink()
        except OSError as error:
            raise FileError(
                _("it could not be changed: {reason}. What was done so far stays done; run the command again.").format(
                    reason=reason(error)
                ),
                file=self.path,
            ) from error


def files_below(folder: Path) -> Iterator[Path | UserError]:
    """Every file below a folder, links included but not followed; an error for each folder that can't be read."""
    try:
        inside = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield FileError(_("it can't be read: {reason}.").format(reason=reason(error)), file=folder)
        return
    for path in inside:
        if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114 - never raise
            yield from files_below(path)
        else:
            yield path


def _lines(before: bytes, after: bytes | None) -> tuple[ChangedLine, ...]:
    if after is None:
        return ()
    old, new = before.decode("utf-8", "replace").splitlines(), after.decode("utf-8", "replace").splitlines()
    out: list[ChangedLine] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            for number in range(max(b - a, d - c)):
                was = old[a + number] if a + number < b else ""
                becomes = new[c + number] if c + number < d else ""
                out.append(ChangedLine(min(a + number, b) + 1, visible(was.strip()), visible(becomes.strip())))
    return tuple(out)
