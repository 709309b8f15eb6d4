"""The journal of a session that is not closed: one line for each event, written as it happens.

Reading takes every line that can be proven, wherever the damage is; what can't be read is put aside, byte for byte.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from typing import TYPE_CHECKING

from entraide_tui.archive.listing import JOURNAL
from entraide_tui.common.errors import InvalidFileError, UserError
from entraide_tui.common.files import (
    BINARY,
    PRIVATE_FILE,
    make_folder,
    read_bounded,
    sync,
    sync_folder,
    write_all,
    write_atomically,
)
from entraide_tui.common.i18n import _
from entraide_tui.session.journal_contents import JournalContents, aside_of, contents_of, filled
from entraide_tui.session.journal_lines import encode_all, seed_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entraide_tui.session.journal_lines import JournalEntry
    from entraide_tui.workshop.events import Event

LARGEST = 1 << 30
"""Bytes of the largest journal that is read."""
MOST_ASIDE = 20
"""How many foreign files are kept aside in one session before it must be another program that writes there."""
_PART = re.compile(r"(.*)\.part(\d{1,6})", re.DOTALL)


def read(path: Path) -> JournalContents:
    """Read a journal, or the newest of its parts.

    Raises FileError or InvalidFileError if nothing of it can be used.
    """
    newest = path
    parts = _parts(path)
    found: list[JournalContents] = []
    for candidate in [path, *parts]:
        try:
            contents = contents_of(read_bounded(candidate, LARGEST), candidate)
        except UserError:
            if not parts:
                raise
            continue
        if contents is None:
            newest = candidate
        else:
            found.append(contents)
    if not found:
        raise InvalidFileError(
            _(
                "this journal is damaged from its first line on; nothing was changed in it. "
                "Its text can still be read in an editor."
            ),
            file=newest,
        )
    # A later part begins again from memory: it is the longer one, unless its first writing failed half-way.
    best = max(enumerate(found), key=lambda numbered: (numbered[1].readable, numbered[0]))[1]
    for other in found:
        best = filled(best, other) if best.missing and other is not best else best
    return best


def _parts(path: Path) -> list[Path]:
    """The parts that continue a journal that was given up, in order, without their torn ends."""
    found = []
    for candidate in path.parent.glob(f"{path.name}.part*"):
        split = _PART.fullmatch(candidate.name)
        if split and split[1] == path.name:
            found.append((int(split[2]), candidate))
    return [candidate for _number, candidate in sorted(found)]


def is_open(path: Path) -> bool:
    """Whether a file is the journal of an open session, or one of its parts; a torn end is neither."""
    split = _PART.fullmatch(path.name)
    return path.suffix == JOURNAL or (split is not None and path.with_name(split[1]).exists())


def next_part(first: Path, number: int = 2) -> Path:
    """A free path for the next part of a journal."""
    while (part := first.with_name(f"{first.name}.part{number}")).exists():
        number += 1
    return part


class Journal:
    """A journal open for appending. Its methods block until the disk has answered: use it from a thread of its own."""

    def __init__(self, path: Path, *, good: int = 0, seed: int = 0, number: int = 0) -> None:
        """`good`, `seed`, `number`: where a journal that was read goes on; see `resumed`."""
        self.path = path
        self.saved = number
        self._good = good
        self._seed = seed
        self._number = number
        self._opening: Event | None = None
        self._descriptor: int | None = None
        self._changed = 0  # when the file was changed last, as the system says it
        self._anew = False
        self._damaged: JournalContents | None = None
        self._asides = 0

    @classmethod
    def resumed(cls, found: JournalContents) -> Journal:
        """Return the journal that was read, to go on; one that is damaged is written again whole."""
        if not found.damaged:
            journal = cls(found.path, good=found.good, seed=found.seed, number=len(found.entries))
            journal._opening = found.entries[0].event
            return journal
        journal = cls(found.path)
        journal._anew, journal._damaged = True, found
        journal.saved = len(found.entries)
        return journal

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Writes them and returns once they are on the disk. Raises OSError, with nothing half-written left behind.

        After a failure the same entries may be given again, or all of them (see `number`).
        """
        if not self._number and entries:
            self._opening = entries[0].event
        lines, seed = encode_all(list(entries), self._number, self._seed, self._opening)
        if self._anew:
            self._write_anew(lines)
        else:
            descriptor = self._open()
            try:
                write_all(descriptor, lines)
                sync(descriptor)
            except OSError as error:
                self._cut_back(descriptor, error)
                raise
        self._good += len(lines)
        self._seed = seed
        self._number += len(entries)
        if self._descriptor is not None:
            self._changed = os.fstat(self._descriptor).st_mtime_ns
        if not self.stands():
            self.lose()
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    # -- whether what was written is still there

    def stands(self) -> bool:
        """Whether the file under this name is the one that was written, and as it was written. Raises OSError."""
        if self._descriptor is None:
            return True  # it is looked at when it is opened
        held = os.fstat(self._descriptor)
        try:
            here = self.path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        if (here.st_dev, here.st_ino, held.st_size) != (held.st_dev, held.st_ino, self._good):
            return False
        if held.st_mtime_ns != self._changed:
            # Somebody wrote into it, or only touched it.
            if seed_after(_all(self._descriptor)) != self._seed:
                return False
            self._changed = held.st_mtime_ns
        self.saved = max(self.saved, self._number)
        return True

    def lose(self) -> None:
        """What was written is not there any more: the same name wants all entries again (see `number`)."""
        self.close()
        self._good = self._seed = self._number = self.saved = 0
        self._anew = True

    def _write_anew(self, lines: bytes) -> None:
        """The whole file, in the place of whatever lies under its name; that is kept aside."""
        make_folder(self.path.parent)
        self._make_room(lines)
        write_atomically(self.path, lines)
        self._descriptor = os.open(self.path, _FLAGS)
        self._anew, self._damaged = False, None

    def _make_room(self, lines: bytes) -> None:
        try:
            about = self.path.lstat()
        except FileNotFoundError:
            return
        if stat.S_ISREG(about.st_mode):
            data = _bytes(self.path)
            if data is not None and lines.startswith(data):
                return
            if self._damaged is not None and data == self._damaged.damaged:
                if self._damaged.rest:
                    self._keep(self._damaged.rest, self._damaged.aside)
                return
        if self._asides >= MOST_ASIDE:
            raise OSError(errno.EBUSY, _("this session is open in another program."))
        self._asides += 1
        aside = self.path.with_name(f"{self.path.name}.torn-0-{secrets.token_hex(2)}")
        if not aside.exists():
            self.path.rename(aside)
            sync_folder(aside.parent)

    # -- the file

    def _open(self) -> int:
        if self._descriptor is None:
            make_folder(self.path.parent)
            descriptor = os.open(self.path, _FLAGS | os.O_CREAT, PRIVATE_FILE)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise OSError(22, _("this is not an ordinary file."))
                data = _all(descriptor)
                if len(data) < self._good or seed_after(data[: self._good]) != self._seed:
                    # Somebody took it away, cut it or put another in its place: what is added here is never read.
                    self.lose()
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                if len(data) > self._good:
                    self._keep(data[self._good :], aside_of(self.path, self._good, data[self._good :]))
                    os.ftruncate(descriptor, self._good)
                    sync(descriptor)
                self.path.chmod(PRIVATE_FILE)  # whatever the umask says
                # At each opening: an earlier one may have created the file without its name reaching the disk.
                sync_folder(self.path.parent)
            except BaseException:
                os.close(descriptor)
                raise
            self._descriptor = descriptor
        return self._descriptor

    def _keep(self, rest: bytes, aside: Path) -> None:
        """What can't be read is kept in a file of its own before it is cut off."""
        try:
            other = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, PRIVATE_FILE)
        except FileExistsError:
            if not aside.is_symlink() and _bytes(aside) == rest:
                return  # an earlier try kept it
            aside = aside.with_name(f"{aside.name[:-4]}{secrets.token_hex(2)}")
            other = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, PRIVATE_FILE)
        try:
            try:
                write_all(other, rest)
                sync(other)
            finally:
                os.close(other)
            sync_folder(aside.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise

    def _cut_back(self, descriptor: int, error: OSError) -> None:
        try:
            os.ftruncate(descriptor, self._good)
            torn = False
        except OSError:
            torn = True
        if torn or error.errno == errno.EIO:
            # The system may take pages for written that it failed to write: this file is not trusted again.
            self.abandon()
        else:
            self.close()

    def abandon(self) -> None:
        """Give this file up and begin a new part, which needs all entries again: `number` is then 0."""
        self.close()
        split = _PART.fullmatch(self.path.name)
        first = self.path.with_name(split[1]) if split else self.path
        if split and not self._number:
            # Nothing in it was ever reported as saved.
            with contextlib.suppress(OSError):
                self.path.unlink()
        self.path = next_part(first, int(split[2]) + 1 if split else 2)
        self._good = self._seed = self._number = 0

    @property
    def number(self) -> int:
        """How many entries are in this file; `saved`: how many are on the disk, if in an earlier part."""
        return self._number

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


_FLAGS = os.O_RDWR | os.O_APPEND
for _flag in ("O_CLOEXEC", "O_NOFOLLOW", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)


def _bytes(path: Path) -> bytes | None:
    try:
        return read_bounded(path, LARGEST)
    except UserError:
        return None


def _all(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts: list[bytes] = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def remove(path: Path) -> None:
    """Delete a journal and its parts; torn ends stay. Call it once the records have been read back."""
    for found in [*_parts(path), path]:
        with contextlib.suppress(OSError):
            found.unlink()
