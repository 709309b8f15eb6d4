"""The journal of a session that is not closed: one line for each event, written as it happens.

A line is `crc32 SP json LF`; each CRC is seeded with the one before, so that a line can't be repeated, dropped or
moved unnoticed. Reading takes the longest run of good lines; what follows is put aside, byte for byte.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entraide_tui.archive.listing import JOURNAL
from entraide_tui.common.errors import InvalidFileError, UserError
from entraide_tui.common.files import PRIVATE_FILE, make_folder, read_bounded, sync, sync_folder, write_all
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean
from entraide_tui.workshop.events import KINDS, Event, Opened

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1 << 30
"""Bytes of the largest journal that is read."""
_PART = re.compile(r"(.*)\.part(\d{1,6})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An event, and the wall's time (seconds since 1970) and the never-jumping clock's at that moment.

    Attributes:
        data: the event as JSON, where it was just taken in; empty: it is encoded when it is written.
    """

    event: Event
    wall: float
    elapsed: float
    data: bytes = field(default=b"", compare=False, repr=False)


def encode(entry: JournalEntry, number: int, seed: int) -> tuple[bytes, int]:
    """The line, and the seed of the next one."""
    import msgspec

    held = {
        "n": number,
        "e": type(entry.event).__name__,
        "w": round(entry.wall, 3),
        "c": round(entry.elapsed, 3),
        "d": msgspec.Raw(entry.data) if entry.data else entry.event,
    }
    try:
        body = msgspec.json.encode(held)
    except UnicodeEncodeError:
        body = msgspec.json.encode(_cleaned(msgspec.to_builtins(held)))
    crc = zlib.crc32(body, seed)
    return b"%08x %s\n" % (crc, body), crc


def decode(data: bytes) -> tuple[list[JournalEntry], int, int]:
    """The good lines, how many bytes they are, and the seed of the next one.

    An event of a kind that this version does not know ends the run as a bad line does: nothing after it can be
    trusted to mean what it says.
    """
    import msgspec

    entries: list[JournalEntry] = []
    seed = good = 0
    start = 0
    decoder = msgspec.json.Decoder()
    while (end := data.find(b"\n", start)) >= 0:
        line = data[start:end]
        body = line[9:]
        crc = zlib.crc32(body, seed)
        if line[:9] != b"%08x " % crc:
            break
        try:
            held: Any = decoder.decode(body)
            if held["n"] != len(entries) + 1:
                break
            event = _converted(held["e"], _cleaned(held["d"]))
            entries.append(JournalEntry(event, float(held["w"]), float(held["c"])))
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError):
            break
        seed, start = crc, end + 1
        good = start
    return entries, good, seed


def _converted(kind: str, data: Any) -> Event:  # noqa: ANN401 - JSON values
    """Return the event of that kind. Raises KeyError, TypeError or ValueError."""
    import msgspec

    return msgspec.convert(data, KINDS[kind], str_keys=True)


def entry_of(event: Event, wall: float, elapsed: float) -> JournalEntry | None:
    """Return the entry with its event as it will be read again; None where no journal can hold it (an endless number).

    The event is encoded once: what it is read from here is what the journal's line will hold.
    """
    import msgspec

    try:
        data = msgspec.json.encode(event)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_cleaned(msgspec.to_builtins(event)))
    try:
        held = msgspec.json.decode(data)
        cleaned = _cleaned(held)
        if cleaned != held:
            data = msgspec.json.encode(cleaned)
        return JournalEntry(_converted(type(event).__name__, cleaned), wall, elapsed, data)
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
        return None


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """The gate: a journal lies in a folder that others can write to."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else clean(value, lines=True)
    if isinstance(value, dict):
        return {_cleaned(k): _cleaned(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_cleaned(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class JournalContents:
    """A journal as it was found.

    Attributes:
        good: bytes of the good lines.
        rest: bytes after them.
        part: the file that goes on, when the first became untrustworthy.
    """

    entries: list[JournalEntry]
    good: int
    seed: int
    rest: bytes
    path: Path


def read(path: Path) -> JournalContents:
    """Read a journal, or the newest of its parts.

    Raises FileError or InvalidFileError if nothing of it can be used.
    """
    newest = path
    parts = _parts(path)
    best: JournalContents | None = None
    for candidate in [path, *parts]:
        try:
            data = read_bounded(candidate, LARGEST)
        except UserError:
            if not parts:
                raise
            continue
        entries, good, seed = decode(data)
        # A later part begins again from memory: it is the longer one, unless its first writing failed half-way.
        if best is None or len(entries) >= len(best.entries):
            best, newest = JournalContents(entries, good, seed, data[good:], candidate), candidate
    if best is None or not best.entries or not isinstance(best.entries[0].event, Opened):
        raise InvalidFileError(
            _(
                "this journal is damaged from its first line on; nothing was changed in it. "
                "Its text can still be read in an editor."
            ),
            file=newest,
        )
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
        """`good`, `seed`, `number`: where a journal that was read goes on."""
        self.path = path
        self._good = good
        self._seed = seed
        self._number = number
        self._descriptor: int | None = None

    def _open(self) -> int:
        if self._descriptor is None:
            make_folder(self.path.parent)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(self.path, flags, PRIVATE_FILE)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise OSError(22, _("this is not an ordinary file."))
                size = os.fstat(descriptor).st_size
                if size < self._good:
                    # Somebody took it away or cut it: what would be added here could never be read.
                    self.abandon()
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                if size > self._good:
                    self._put_aside(descriptor, size)
                self.path.chmod(PRIVATE_FILE)  # whatever the umask says
                # At each opening: an earlier one may have created the file without its name reaching the disk.
                sync_folder(self.path.parent)
            except BaseException:
                os.close(descriptor)
                raise
            self._descriptor = descriptor
        return self._descriptor

    def _put_aside(self, descriptor: int, size: int) -> None:
        """What follows the good lines is kept in a file of its own before it is cut off."""
        os.lseek(descriptor, self._good, os.SEEK_SET)
        rest = b""
        while part := os.read(descriptor, size):
            rest += part
        aside = self.path.with_name(f"{self.path.name}.torn-{self._good}-{secrets.token_hex(2)}")
        other = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
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
        os.ftruncate(descriptor, self._good)
        sync(descriptor)

    def append(self, entries: list[JournalEntry]) -> None:
        """Writes them and returns once they are on the disk. Raises OSError, with nothing half-written left behind.

        After a failure the same entries may be given again.
        """
        lines = b""
        seed = self._seed
        for index, entry in enumerate(entries, self._number + 1):
            line, seed = encode(entry, index, seed)
            lines += line
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
        """How many entries are on the disk."""
        return self._number

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


def remove(path: Path) -> None:
    """Delete a journal and its parts; torn ends stay. Call it once the records have been read back."""
    for found in [*_parts(path), path]:
        with contextlib.suppress(OSError):
            found.unlink()
