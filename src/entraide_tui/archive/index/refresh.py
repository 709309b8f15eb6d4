# ruff: noqa: S608 - nothing but signs for values and our own numbers is put into SQL
"""Bringing the index up to date with the files: a walk, the difference, and only what changed is read.

A file is known by its path, its time and its size. Where the time is so near that the file may have changed again
within it, or lies in the future, the file is looked into at the next refresh too (its content is then compared).
Several programs may do this at once: what one of them read too early has another sign than the file, and is read again.
"""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import listing
from entraide_tui.archive.index import reading
from entraide_tui.archive.index.filters import OPEN
from entraide_tui.archive.index.folding import folded
from entraide_tui.archive.index.scan import Seen, walk
from entraide_tui.archive.index.schema import COLUMNS, transaction
from entraide_tui.common.errors import FileError, UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Callable

NEAR = 2.0
"""Seconds within which some disks can't tell two changes apart."""
CHUNK = 500
"""Records that are written at once, and can be found from then on."""
UNSURE = -1
"""The sign of a file that is to be looked into again."""
LATEST = 2**63 - 1
"""The largest sign that can be noted; a file that is dated later is looked into again too."""
_SLOTS = 1 << 17
"""Rows for one day: a row's number tells its day, so that the newest stand last without being sorted."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did.

    Attributes:
        read: files that were read, because they are new or may have changed. gone: files that are no longer there.
        busy: another program was writing all the time; the index is as it was.
        stopped: it was told to stop; what was done so far is kept.
        faults: folders that could not be looked into, in words; their records stay as they were.
    """

    read: int = 0
    gone: int = 0
    busy: bool = False
    stopped: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read; no entry: its content is the one that is known."""

    path: bytes
    sign: int
    digest: bytes
    entry: reading.IndexedRecord | None


class Refresh:
    """One refresh."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        root: Path,
        wall: float,
        progress: Callable[[int, int], None] | None,
        stop: Callable[[], bool] | None,
        *,
        full: bool,
    ) -> None:
        self.connection, self.root, self.full = connection, root, full
        self.near = int((wall - NEAR) * 1e9)
        self.progress = progress or (lambda _done, _all: None)
        self.stop = stop or (lambda: False)
        self.language = language().encode()
        self.seen = Seen()

    def run(self) -> Refreshed:
        """Raises sqlite3.Error; what was written before stays."""
        self.seen = seen = walk(self.root)
        before: dict[bytes, int] = dict(self.connection.execute("SELECT path, sign FROM files"))
        closed = tuple(seen.closed)
        gone = [path for path in before.keys() - seen.files.keys() if not path.startswith(closed)]
        changed = [path for path, sign in seen.files.items() if before.get(path) != sign]
        # the newest first: they can be found while the others are still being read
        changed.sort(key=lambda path: path.rsplit(b"/", 1)[-1], reverse=True)
        stopped = False
        leaving = gone
        for begin in range(0, max(len(changed), 1 if gone else 0), CHUNK):
            part = changed[begin : begin + CHUNK]
            known = self._contents([path for path in part if path in before])
            found: list[ReadFile] = []
            for path in part:
                if (one := self._read(path, known.get(path))) is not None:
                    found.append(one)
                if stopped := self.stop():
                    break
            with transaction(self.connection):
                self._write(found, leaving)
            leaving = []
            if stopped:
                break
            self.progress(begin + len(part), len(changed))
        return Refreshed(len(changed), len(gone), stopped=stopped, faults=tuple(seen.faults))

    def _contents(self, paths: list[bytes]) -> dict[bytes, bytes]:
        """What is known of the content of files."""
        signs = ", ".join("?" * len(paths))
        return dict(self.connection.execute(f"SELECT path, digest FROM files WHERE path IN ({signs})", paths))

    def _read(self, name: bytes, known: bytes | None) -> ReadFile | None:
        """None for a file that went away since the walk."""
        from hashlib import blake2b

        sign = self.seen.files[name]
        path = self.root / os.fsdecode(name)
        data, fault = b"", ""
        try:
            if name in self.seen.outside:
                raise FileError(_("this is a link to a place outside of the sessions; it is not read."), file=path)
            data = read_bounded(path, listing.LARGEST)
        except UserError as trouble:
            if not os.path.lexists(path):
                return None
            fault = " ".join(trouble.lines())
        if sign > min(self.near, LATEST):
            sign = UNSURE
        digest = blake2b(data or fault.encode(), digest_size=16).digest()
        if known == digest:
            return ReadFile(name, sign, digest, None)
        if known == digest + self.language:
            return ReadFile(name, UNSURE, known, None)
        entry = reading.broken(path, fault) if fault else reading.read(path, data)
        if entry.fault:
            # told in the language in use, and perhaps of something that passes: it is looked into at each refresh
            return ReadFile(name, UNSURE, digest + self.language, entry)
        return ReadFile(name, sign, digest, entry)

    def _take_out(self, paths: list[bytes]) -> None:
        """Rows of files that are gone, or that are about to be written again."""
        counts: Counter[str] = Counter()
        run = self.connection.execute
        for path in paths:
            for (id_,) in run("SELECT id FROM files WHERE path = ?", (path,)).fetchall():
                for text, topics, names in run("SELECT text, topics, names FROM texts WHERE id = ?", (id_,)):
                    counts.subtract(_counted(names.split("\n")))
                    if self.full:
                        values = ("delete", id_, *reading.columns(text, topics, names))
                        run(f"INSERT INTO words (words, rowid, {', '.join(COLUMNS)}) VALUES {_signs(values)}", values)
                for table in ("heads", "texts", "actions", "topics"):
                    run(f"DELETE FROM {table} WHERE id = ?", (id_,))
            run("DELETE FROM files WHERE path = ?", (path,))
        self._count(counts)

    def _count(self, names: Counter[str]) -> None:
        """How many records have each name more, or less, than before."""
        self.connection.executemany(
            "INSERT INTO names (kind, name, number) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, name) DO UPDATE SET number = number + excluded.number",
            [(*name.split(" ", 1), number) for name, number in names.items()],
        )
        if any(number < 0 for number in names.values()):
            self.connection.execute("DELETE FROM names WHERE number <= 0")

    def _write(self, found: list[ReadFile], gone: list[bytes]) -> None:
        self.connection.executemany(
            "UPDATE files SET sign = ? WHERE path = ?",
            [(one.sign, one.path) for one in found if one.entry is None],
        )
        new = [(one, one.entry) for one in found if one.entry is not None]
        new.sort(key=lambda both: (_base(both[1].day), both[0].path.rsplit(b"/", 1)[-1]))
        self._take_out([*gone, *(one.path for one, _entry in new)])
        next_ = {base: self._next(base) for base in {_base(entry.day) for _one, entry in new}}
        rows: dict[str, list[tuple[Any, ...]]] = {}
        counts: Counter[str] = Counter()
        for one, entry in new:
            base = _base(entry.day)
            id_ = next_[base]
            next_[base] += 1
            names, text, dues = "\n".join(entry.names), entry.text, sorted(entry.dues)
            added: dict[str, list[tuple[Any, ...]]] = {
                "files": [(one.path, one.sign, one.digest, id_)],
                "heads": [
                    (
                        id_, one.path, entry.day.isoformat() if entry.day else "", entry.record, entry.title,
                        entry.offeror, entry.kit, entry.group, folded(entry.group), entry.lines[1], entry.fault,
                        " ".join(due or "-" for due in dues), next((due for due in dues if due), ""),
                    )
                ],
                "texts": [(id_, text, entry.topics, names)],
                "actions": [(id_, *action) for action in entry.actions],
                "topics": [(id_, *topic) for topic in entry.topic_rows],
            }  # fmt: skip
            if self.full:
                added[f"words (rowid, {', '.join(COLUMNS)})"] = [(id_, *reading.columns(text, entry.topics, names))]
            for table, values in added.items():
                rows.setdefault(table, []).extend(values)
            counts.update(_counted(entry.names))
        for table, values in rows.items():
            if values:
                self.connection.executemany(f"INSERT INTO {table} VALUES {_signs(values[0])}", values)
        self._count(counts)

    def _next(self, base: int) -> int:
        """The row that comes next on a day."""
        where = (base, base + _SLOTS - 1)
        (last,) = self.connection.execute("SELECT max(id) FROM heads WHERE id BETWEEN ? AND ?", where).fetchone()
        return base if last is None else int(last) + 1


def _signs(values: tuple[Any, ...]) -> str:
    return f"({', '.join('?' * len(values))})"


def _counted(names: list[str]) -> list[str]:
    """Names that are offered to be looked for."""
    return [name for name in names if name and not name.startswith(f"{OPEN.name} ")]


def _base(day: datetime.date | None) -> int:
    return day.toordinal() * _SLOTS if day else 0


def day_row(day: datetime.date) -> int:
    """The first row that a record of this day, or a later one, may have."""
    return _base(day)


def row_day(row: object) -> datetime.date | None:
    """The day that a row's number tells, if any."""
    try:
        return datetime.date.fromordinal(row // _SLOTS) if isinstance(row, int) else None
    except (ValueError, OverflowError):
        return None
