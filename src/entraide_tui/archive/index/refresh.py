# ruff: noqa: S608 - nothing but signs for values and our own numbers is put into SQL
"""Bringing the index up to date with the files: a walk, the difference, and only what changed is read.

A file is known by its path, its time and its size. Where the time is so near that the file may have changed again
within it, or lies in the future, the file is looked into at the next refresh too (its content is then compared).
"""

from __future__ import annotations

import datetime
import os
import queue
import sqlite3
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import listing
from entraide_tui.archive.index import reading
from entraide_tui.archive.index.folding import folded
from entraide_tui.archive.index.scan import UNSURE, Seen, Sign, digests, known, month_of, stored, told, walk
from entraide_tui.archive.index.schema import COLUMNS, put
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NEAR = 2.0
"""Seconds within which some disks can't tell two changes apart."""
CHUNK = 500
"""Records that are written at once, and can be found from then on."""
FEW = 64
"""So many changed files are read and written without a second thread."""
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

    path: str
    mtime: int
    size: int
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
        self.seen = walk(self.root)
        noted = digests(self.connection)
        now = {name: month.digest() for name, month in self.seen.months.items()}
        months = {name for name, digest in now.items() if not digest or noted.get(name) != digest}
        months |= {name for name in noted.keys() - now.keys() if not name.startswith(tuple(self.seen.closed))}
        if not months:
            return Refreshed(faults=tuple(self.seen.faults))
        there = self.seen.files(months)
        # with the index to itself from here on, unless so much changed that others would have to wait
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            before = known(self.connection, months, len(noted))
            changed = [(path, *sign) for path, sign in there.items() if before.get(path) != sign]
            gone = list(before.keys() - there.keys())
            contents = dict(self._contents([path for path, _time, _size in changed if path in before]))
            self._take_out([stored(path) for path in gone])
            if len(changed) <= FEW:
                found = [one for each in changed if (one := self._read(each, contents)) is not None]
                self._write(found)
                held = {path: before[path] for path in before.keys() - gone}
                held |= {one.path: (one.mtime, one.size) for one in found}
                self._note(months, there, held, now)
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        stopped = False
        if len(changed) > FEW:
            # the newest first: they can be found while the others are still being read
            changed.sort(key=lambda one: one[0].rsplit("/", 1)[-1], reverse=True)
            stopped = self._many(changed, contents)
            self._in_one(lambda: self._note(months, there, known(self.connection, months, len(noted)), now))
        return Refreshed(len(changed), len(gone), stopped=stopped, faults=tuple(self.seen.faults))

    def _note(self, months: set[str], there: dict[str, Sign], held: dict[str, Sign], now: dict[str, bytes]) -> None:
        """Notes of each month whether it is known whole: another program may have written meanwhile."""
        wrong = {month_of(path) for path, _sign in there.items() ^ held.items()}
        empty = months - {month_of(path) for path in held}
        rows = [(stored(name), b"" if name in wrong else now.get(name, b"")) for name in months - empty]
        put(self.connection, "INSERT OR REPLACE INTO months (name, digest)", rows)
        self.connection.executemany("DELETE FROM months WHERE name = ?", [(stored(name),) for name in empty])

    def _doubt(self, paths: Iterable[bytes]) -> None:
        """What was noted of the months of these files holds no longer; every month with files has a row."""
        rows = [(stored(name), b"") for name in {month_of(told(path)) for path in paths}]
        put(self.connection, "INSERT OR REPLACE INTO months (name, digest)", rows)

    def _contents(self, paths: list[str]) -> Iterable[tuple[str, bytes]]:
        """What is known of the content of files."""
        for begin in range(0, len(paths), CHUNK):
            part = [stored(path) for path in paths[begin : begin + CHUNK]]
            for path, digest in self.connection.execute(
                f"SELECT path, digest FROM files WHERE path IN ({', '.join('?' * len(part))})",
                part,
            ):
                yield told(path), bytes(digest)

    # -- reading, in the thread that asked

    def _read(self, one: tuple[str, int, int], contents: dict[str, bytes]) -> ReadFile | None:
        """None for a file that went away since the walk."""
        from hashlib import blake2b

        name, mtime, size = one
        path = self.root / name
        data, fault = b"", ""
        try:
            if name in self.seen.outside:
                raise UserError(_("this is a link to a place outside of the sessions; it is not read."), file=path)
            data = read_bounded(path, listing.LARGEST)
        except UserError as trouble:
            if not os.path.lexists(path):
                return None
            fault = " ".join(trouble.lines())
        if mtime > self.near:
            size = UNSURE
        digest = blake2b(data or fault.encode(), digest_size=16).digest()
        before = contents.get(name)
        if before == digest:
            return ReadFile(name, mtime, size, digest, None)
        if before == digest + self.language:
            return ReadFile(name, mtime, UNSURE, before, None)
        entry = reading.broken(path, fault) if fault else reading.read(path, data)
        if entry.fault:
            # told in the language in use, and perhaps of something that passes: it is looked into at each refresh
            return ReadFile(name, mtime, UNSURE, digest + self.language, entry)
        return ReadFile(name, mtime, size, digest, entry)

    def _many(self, changed: list[tuple[str, int, int]], contents: dict[str, bytes]) -> bool:
        """Reads while a second thread writes. Whether it was stopped. Raises what that thread raised."""
        ready: queue.Queue[list[ReadFile] | None] = queue.Queue(maxsize=1)
        failed: list[BaseException] = []

        def write() -> None:
            while (part := ready.get()) is not None:
                if failed:
                    continue  # the reader must never wait for a writer that is no more
                try:
                    self._in_one(lambda part=part: self._write(part))  # type: ignore[misc]
                except BaseException as error:  # noqa: BLE001 - told by the other thread
                    failed.append(error)

        writer = threading.Thread(target=write, name="index", daemon=True)
        writer.start()
        stopped = False
        part: list[ReadFile] = []
        try:
            for number, each in enumerate(changed, 1):
                if (one := self._read(each, contents)) is not None:
                    part.append(one)
                if len(part) >= CHUNK:
                    ready.put(part)
                    part = []
                    self.progress(number, len(changed))
                    if failed:
                        break
                if self.stop():
                    stopped = True
                    break
        finally:
            if part:
                ready.put(part)
            ready.put(None)
            writer.join()
        if failed:
            raise failed[0]
        self.progress(len(changed), len(changed))
        return stopped

    # -- writing

    def _in_one(self, write: Callable[[], None]) -> None:
        """All of it or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            write()
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def _take_out(self, paths: list[bytes]) -> None:
        """Rows of files that are gone, or that are about to be written again."""
        self._doubt(paths)
        for begin in range(0, len(paths), CHUNK):
            part = paths[begin : begin + CHUNK]
            signs = ", ".join("?" * len(part))
            ids = [row[0] for row in self.connection.execute(f"SELECT id FROM files WHERE path IN ({signs})", part)]
            if not ids:
                continue
            signs_ = ", ".join("?" * len(ids))
            rows = self.connection.execute(
                f"SELECT id, text, topics, names FROM texts WHERE id IN ({signs_})", ids
            ).fetchall()
            if self.full:
                held = [
                    ("delete", id_, *reading.columns(text, topics, names, full=True))
                    for id_, text, topics, names in rows
                ]
                put(self.connection, f"INSERT INTO words (words, rowid, {', '.join(COLUMNS)})", held)
            counts = Counter(name for row in rows for name in row[3].split("\n") if name[1:2] == " ")
            self._count(Counter({name: -number for name, number in counts.items()}))
            for table in ("heads", "texts", "actions", "topics", *(() if self.full else ("words",))):
                self.connection.execute(f"DELETE FROM {table} WHERE id IN ({signs_})", ids)
            self.connection.execute(f"DELETE FROM files WHERE path IN ({signs})", part)

    def _count(self, names: Counter[str]) -> None:
        put(
            self.connection,
            "INSERT INTO names (kind, name, number)",
            [(name[0], name[2:], number) for name, number in names.items()],
            "ON CONFLICT (kind, name) DO UPDATE SET number = number + excluded.number",
        )
        if any(number < 0 for number in names.values()):
            self.connection.execute("DELETE FROM names WHERE number <= 0")

    def _write(self, found: list[ReadFile]) -> None:
        self._doubt([stored(one.path) for one in found])
        same = [one for one in found if one.entry is None]
        if same:
            self.connection.executemany(
                "UPDATE files SET mtime = ?, size = ? WHERE path = ?",
                [(one.mtime, one.size, stored(one.path)) for one in same],
            )
        new = [(one, one.entry) for one in found if one.entry is not None]
        if not new:
            return
        new.sort(key=lambda both: (_base(both[1].day), both[0].path.rsplit("/", 1)[-1]))
        self._take_out([stored(one.path) for one, _entry in new])
        next_ = self._next({_base(entry.day) for _one, entry in new})
        rows: dict[str, list[tuple[Any, ...]]] = {
            name: [] for name in ("files", "heads", "texts", "words", "actions", "topics")
        }
        counts: Counter[str] = Counter()
        for one, entry in new:
            base = _base(entry.day)
            id_ = next_[base]
            next_[base] += 1
            path, names, text = stored(one.path), "\n".join(entry.names), entry.text
            dues = sorted(entry.dues)
            rows["files"].append((path, one.mtime, one.size, one.digest, id_))
            rows["heads"].append(
                (
                    id_, path, entry.day.isoformat() if entry.day else "", entry.record, entry.title, entry.offeror,
                    entry.kit, entry.group, folded(entry.group), entry.lines[1], entry.fault,
                    " ".join(due or "-" for due in dues),
                    next((due for due in dues if due), ""),
                )
            )  # fmt: skip
            rows["texts"].append((id_, text, entry.topics, names))
            rows["words"].append((id_, *reading.columns(text, entry.topics, names, full=self.full)))
            rows["actions"] += [(id_, *action) for action in entry.actions]
            rows["topics"] += [(id_, *topic) for topic in entry.topic_rows]
            counts.update(name for name in entry.names if name[1:2] == " ")
        for name in ("files", "heads", "texts", "actions", "topics"):
            put(self.connection, f"INSERT INTO {name}", rows[name])
        put(
            self.connection,
            f"INSERT INTO words ({'rowid' if self.full else 'id'}, {', '.join(COLUMNS)})",
            rows["words"],
        )
        self._count(counts)

    def _next(self, bases: set[int]) -> dict[int, int]:
        """For each day the row that comes next; in one text, as in `known`."""
        values = ", ".join(f"({base})" for base in sorted(bases))
        (found,) = self.connection.execute(
            "SELECT group_concat(b || ' ' || ifnull((SELECT max(id) + 1 FROM heads WHERE id BETWEEN b AND"
            f" b + {_SLOTS - 1}), b)) FROM (SELECT column1 AS b FROM (VALUES {values}))"
        ).fetchone()
        return {int(base): int(next_) for base, next_ in (pair.split() for pair in found.split(","))}


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
