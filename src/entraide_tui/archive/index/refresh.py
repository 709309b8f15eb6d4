# ruff: noqa: S608 - nothing but placeholders and our own numbers is put into SQL
"""Brings the index up to date with the files: scans the folders, and reads only the files that changed.

A change shows in a file's sign: its time and size in one number. If the time is so recent that the file may change
again within it, or in the future, the file is read at the next refresh too, and its content compared. Several programs
may refresh at once: if one of them read a file too early, the sign in the index differs, and it is read again.
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
from entraide_tui.archive.index.scan import Scan, scan
from entraide_tui.archive.index.schema import COLUMNS, transaction
from entraide_tui.common.errors import FileError, UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Callable

NEAR = 2.0
"""Seconds within which some disks can't tell two changes apart."""
CHUNK = 500
"""Records that are written in one transaction, after which they can be found."""
UNSURE = -1
"""The sign of a file that must be read again at the next refresh."""
LATEST = 2**63 - 1
"""The largest sign that SQLite can hold; a file with a later time is read at each refresh."""
_SLOTS = 1 << 17
"""Row numbers reserved for one day: they follow the days, so that rows are in order of date unsorted."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result of a refresh.

    Attributes:
        read: the number of new or changed files.
        gone: the number of deleted files.
        busy: another program was writing all the time; the index is as it was.
        stopped: the refresh was stopped; what was read so far is in the index.
        faults: sentences about folders that can't be read; their records stay in the index.
    """

    read: int = 0
    gone: int = 0
    busy: bool = False
    stopped: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read; `record` is None if its content is the one already indexed."""

    path: bytes
    sign: int
    digest: bytes
    record: reading.IndexedRecord | None


class Refresh:
    """One refresh; `root` is the folder of the records, `wall` in seconds since 1970."""

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
        self.scanned = Scan()

    def run(self) -> Refreshed:
        """Refresh the index. Raises sqlite3.Error; what was written before that stays."""
        self.scanned = scanned = scan(self.root)
        before: dict[bytes, int] = dict(self.connection.execute("SELECT path, sign FROM files"))
        closed = tuple(scanned.closed)
        gone = [path for path in before.keys() - scanned.files.keys() if not path.startswith(closed)]
        changed = [path for path, sign in scanned.files.items() if before.get(path) != sign]
        # the newest first: they can be found while the others are still being read
        changed.sort(key=lambda path: path.rsplit(b"/", 1)[-1], reverse=True)
        stopped = False
        deleted = gone
        for begin in range(0, max(len(changed), 1 if gone else 0), CHUNK):
            part = changed[begin : begin + CHUNK]
            known = self._contents([path for path in part if path in before])
            files: list[ReadFile] = []
            for path in part:
                if (file := self._read(path, known.get(path))) is not None:
                    files.append(file)
                if stopped := self.stop():
                    break
            with transaction(self.connection):
                self._write(files, deleted)
            deleted = []
            if stopped:
                break
            self.progress(begin + len(part), len(changed))
        return Refreshed(len(changed), len(gone), stopped=stopped, faults=tuple(scanned.faults))

    def _contents(self, paths: list[bytes]) -> dict[bytes, bytes]:
        """The indexed digests of the content of these files."""
        placeholders = ", ".join("?" * len(paths))
        return dict(self.connection.execute(f"SELECT path, digest FROM files WHERE path IN ({placeholders})", paths))

    def _read(self, name: bytes, known: bytes | None) -> ReadFile | None:
        """Read a file whose indexed digest is `known`; None if it was deleted since the scan."""
        from hashlib import blake2b

        sign = self.scanned.files[name]
        path = self.root / os.fsdecode(name)
        data, fault = b"", ""
        try:
            if name in self.scanned.outside:
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
        record = reading.broken(path, fault) if fault else reading.read(path, data)
        if record.fault:
            # the fault is in the language in use, and may pass: the file is read at each refresh
            return ReadFile(name, UNSURE, digest + self.language, record)
        return ReadFile(name, sign, digest, record)

    def _delete(self, paths: list[bytes]) -> None:
        """Delete the rows of files that are gone, or about to be written again."""
        counts: Counter[str] = Counter()
        run = self.connection.execute
        for path in paths:
            for (id_,) in run("SELECT id FROM files WHERE path = ?", (path,)).fetchall():
                for text, topics, names in run("SELECT text, topics, names FROM texts WHERE id = ?", (id_,)):
                    counts.subtract(_counted(names.split("\n")))
                    if self.full:
                        values = ("delete", id_, *reading.columns(text, topics, names))
                        run(f"INSERT INTO words (words, rowid, {', '.join(COLUMNS)}) VALUES {_params(values)}", values)
                for table in ("heads", "texts", "actions", "topics"):
                    run(f"DELETE FROM {table} WHERE id = ?", (id_,))
            run("DELETE FROM files WHERE path = ?", (path,))
        self._count(counts)

    def _count(self, names: Counter[str]) -> None:
        """Add to, or subtract from, the number of records that have each name."""
        self.connection.executemany(
            "INSERT INTO names (kind, name, number) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, name) DO UPDATE SET number = number + excluded.number",
            [(*name.split(" ", 1), number) for name, number in names.items()],
        )
        if any(number < 0 for number in names.values()):
            self.connection.execute("DELETE FROM names WHERE number <= 0")

    def _write(self, files: list[ReadFile], gone: list[bytes]) -> None:
        self.connection.executemany(
            "UPDATE files SET sign = ? WHERE path = ?",
            [(file.sign, file.path) for file in files if file.record is None],
        )
        new = [(file, file.record) for file in files if file.record is not None]
        new.sort(key=lambda pair: (_base(pair[1].day), pair[0].path.rsplit(b"/", 1)[-1]))
        self._delete([*gone, *(file.path for file, _record in new)])
        next_ = {base: self._next(base) for base in {_base(record.day) for _file, record in new}}
        rows: dict[str, list[tuple[Any, ...]]] = {}
        counts: Counter[str] = Counter()
        for file, record in new:
            base = _base(record.day)
            id_ = next_[base]
            next_[base] += 1
            names, text, dues = "\n".join(record.names), record.text, sorted(record.dues)
            added: dict[str, list[tuple[Any, ...]]] = {
                "files": [(file.path, file.sign, file.digest, id_)],
                "heads": [
                    (
                        id_, file.path, record.day.isoformat() if record.day else "", record.record, record.title,
                        record.offeror, record.kit, record.group, folded(record.group), record.lines[1], record.fault,
                        " ".join(due or "-" for due in dues), next((due for due in dues if due), ""),
                    )
                ],
                "texts": [(id_, text, record.topics, names)],
                "actions": [(id_, *action) for action in record.actions],
                "topics": [(id_, *topic) for topic in record.topic_rows],
            }  # fmt: skip
            if self.full:
                added[f"words (rowid, {', '.join(COLUMNS)})"] = [(id_, *reading.columns(text, record.topics, names))]
            for table, values in added.items():
                rows.setdefault(table, []).extend(values)
            counts.update(_counted(record.names))
        for table, values in rows.items():
            if values:
                self.connection.executemany(f"INSERT INTO {table} VALUES {_params(values[0])}", values)
        self._count(counts)

    def _next(self, base: int) -> int:
        """The next free row of a day; `base` is its first row."""
        where = (base, base + _SLOTS - 1)
        (last,) = self.connection.execute("SELECT max(id) FROM heads WHERE id BETWEEN ? AND ?", where).fetchone()
        return base if last is None else int(last) + 1


def _params(values: tuple[Any, ...]) -> str:
    return f"({', '.join('?' * len(values))})"


def _counted(names: list[str]) -> list[str]:
    """The names that completion offers."""
    return [name for name in names if name and not name.startswith(f"{OPEN.name} ")]


def _base(day: datetime.date | None) -> int:
    return day.toordinal() * _SLOTS if day else 0


def day_row(day: datetime.date) -> int:
    """The first row number of a day."""
    return _base(day)


def row_day(row: object) -> datetime.date | None:
    """The day of a row number; None if it has none."""
    try:
        return datetime.date.fromordinal(row // _SLOTS) if isinstance(row, int) else None
    except (ValueError, OverflowError):
        return None
