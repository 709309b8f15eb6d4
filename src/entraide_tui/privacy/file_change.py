"""One file's part in forgetting a person: the change to show beforehand, and how to carry it out."""

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
"""Bytes; larger files are not searched."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that changes; `number` counts from 1."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is changed, moved or deleted.

    Attributes:
        before: the bytes that were read.
        after: the new bytes; None to delete the file.
        becomes: the path afterwards.
        private_place: the name of the private place it belongs to, marked for translation; empty within the workspace.
    """

    path: Path
    before: bytes
    after: bytes | None
    becomes: Path
    lines: tuple[ChangedLine, ...] = ()
    private_place: str = ""

    @classmethod
    def of(cls, path: Path, before: bytes, after: bytes | None, becomes: Path) -> Self:
        """Build the change, with its changed lines."""
        return cls(path, before, after, becomes, _lines(before, after))

    @property
    def empty(self) -> bool:
        """Whether neither content nor path changes."""
        return self.after == self.before and self.becomes == self.path

    def carry_out(self) -> None:
        """Write, move or delete the file.

        Raises:
            ConflictError: the file is no longer what was read.
            FileError: it can't be read, written or deleted.
        """
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
    """Yield every file below a folder (links too, not followed), and an error for each unreadable folder."""
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
