"""The index file: its tables, and how to open it whatever state it is in.

The file is a cache: a wrong one is deleted. Somebody else may have put it there, so nothing in it is trusted: its
tables must be ours to the letter, and what is read from it is checked again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from entraide_tui.common.errors import FileError
from entraide_tui.common.files import PRIVATE_FILE, PRIVATE_FOLDER, make_folder, reason
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.common.workspace import Workspace

VERSION = 2
"""Increment it with every change of the tables, of what is put in them, or of how words are folded."""
PATIENCE = 5.0
"""Seconds to wait for another program that is writing the same index."""
TRIES = 4
"""The most tries to open a file: another program may be creating it at this moment."""
COLUMNS = ("title", "request", "topics", "body", "marks")
TABLES = {
    "files": "CREATE TABLE files (path BLOB PRIMARY KEY, sign INTEGER, digest BLOB, id INTEGER) WITHOUT ROWID",
    "heads": (
        "CREATE TABLE heads (id INTEGER PRIMARY KEY, path BLOB, day TEXT, record TEXT, title TEXT, offeror TEXT,"
        " kit TEXT, grp TEXT, flat TEXT, request TEXT, fault TEXT, dues TEXT, next TEXT)"
    ),
    "heads_flat": "CREATE INDEX heads_flat ON heads (flat)",
    "heads_next": "CREATE INDEX heads_next ON heads (next) WHERE next != ''",
    "heads_fault": "CREATE INDEX heads_fault ON heads (id) WHERE fault != ''",
    "texts": "CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT, topics INTEGER, names TEXT)",
    "actions": (
        "CREATE TABLE actions (id INTEGER, number INTEGER, what TEXT, who TEXT, due TEXT, first_step TEXT, idea TEXT,"
        " status TEXT, tried TEXT, outcome TEXT, changes TEXT, PRIMARY KEY (id, number)) WITHOUT ROWID"
    ),
    "actions_status": "CREATE INDEX actions_status ON actions (status, id)",
    "topics": (
        "CREATE TABLE topics (id INTEGER, number INTEGER, text TEXT, by TEXT, chosen INTEGER, settled INTEGER,"
        " PRIMARY KEY (id, number)) WITHOUT ROWID"
    ),
    "names": "CREATE TABLE names (kind TEXT, name TEXT, number INTEGER, PRIMARY KEY (kind, name)) WITHOUT ROWID",
}
FULL = f"CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, content='', tokenize='ascii', prefix='2')"
"""Without content, since `texts` has the texts as written. Prefixes of two letters have an index of their own: without
it, each key typed in a large archive would merge thousands of word lists."""
_SHADOWS = {"words_data", "words_idx", "words_docsize", "words_config"}
_WAITING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_NOWHERE = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS,
}  # fmt: skip
Fault = Literal["waiting", "nowhere", "stopped", "broken"]
"""Wait for another program; use another location; the search was interrupted; delete the file."""
FAULTS = (sqlite3.Error, ValueError, TypeError, AttributeError, OverflowError)
"""The errors of an index that can't be used; those not of SQLite come from rows that are not ours."""


def kind(error: Exception) -> Fault:
    """Classify an error by what to do about it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return "broken"
    code &= 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        return "stopped"
    return "waiting" if code in _WAITING else "nowhere" if code in _NOWHERE else "broken"


@dataclass(slots=True)
class Store:
    """An open index; `path` is None if it is in memory; `full`: it has a full-text table."""

    connection: sqlite3.Connection
    path: Path | None
    full: bool

    def close(self) -> None:
        """Close the connection. Never raises."""
        with contextlib.suppress(sqlite3.Error):
            self.connection.close()


def has_full_text() -> bool:
    """Whether this SQLite has FTS5; some builds of Python lack it."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(FULL)
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return True


def folder_of(cache: Path | None) -> Path:
    """The given folder, or else the user's cache folder."""
    if cache is not None:
        return cache
    from platformdirs import user_cache_path

    return user_cache_path("entraide-tui")


def _mark(workspace: Workspace) -> str:
    from hashlib import blake2b

    return blake2b(str(workspace.root).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def path_of(workspace: Workspace, cache: Path | None, *, full: bool) -> Path:
    """The file of a workspace's index, named after all that it depends on, including Python's Unicode version."""
    kind_ = "words" if full else "plain"
    return folder_of(cache) / f"archive-{VERSION}-{unicodedata.unidata_version}-{kind_}-{_mark(workspace)}.sqlite3"


def open_store(workspace: Workspace, cache: Path | None, *, full: bool) -> Store:
    """Open the index, or an empty one if it can't be trusted; in memory if no file can be written."""
    path = path_of(workspace, cache, full=full)
    for _turn in range(TRIES):
        try:
            return _open(path, full=full)
        except OSError:
            break
        except (sqlite3.Error, ValueError) as error:
            fault = kind(error)
            if fault == "nowhere":
                break
            try:
                if fault == "broken":
                    discard(path)
            except OSError:
                break
    return in_memory(full=full)


def in_memory(*, full: bool) -> Store:
    """An empty index in memory."""
    connection = _connect(":memory:")
    _make(connection, full=full)
    return Store(connection, None, full)


def _connect(where: str) -> sqlite3.Connection:
    # few statements are cached: those that insert are large, and each number of rows has its own
    connection = sqlite3.connect(
        where, timeout=PATIENCE / TRIES, isolation_level=None, check_same_thread=False, cached_statements=8
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _open(path: Path, *, full: bool) -> Store:
    """Open or create the file. Raises sqlite3.Error, OSError; ValueError for a file that is not ours."""
    make_folder(path.parent)
    with contextlib.suppress(OSError):
        path.parent.chmod(PRIVATE_FOLDER)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
        _remove_others(path)
    about = path.lstat()
    own = getattr(os, "getuid", lambda: about.st_uid)()
    if not stat.S_ISREG(about.st_mode) or about.st_uid != own or about.st_nlink != 1:
        raise ValueError
    if os.name != "nt" and stat.S_IMODE(about.st_mode) != PRIVATE_FILE:
        path.chmod(PRIVATE_FILE)
    connection = _connect(str(path))
    try:
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("BEGIN IMMEDIATE")  # waits for whoever creates the file; the next lines would not
            connection.execute("ROLLBACK")
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")  # pages: a build waits for the disk less often
        if not ours(connection, full=full):
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
                _make(connection, full=full)
            elif not ours(connection, full=full):  # not even created meanwhile by another program
                raise ValueError
            connection.execute("COMMIT")
        connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")
    except BaseException:
        connection.close()
        raise
    return Store(connection, path, full)


def _make(connection: sqlite3.Connection, *, full: bool) -> None:
    for statement in _tables(full=full).values():
        connection.execute(statement)
    if full:
        # deleted texts leave no trace in the pages, from SQLite 3.42 on; `discard` deletes them for certain
        with contextlib.suppress(sqlite3.Error):
            connection.execute("INSERT INTO words (words, rank) VALUES ('secure-delete', 1)")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def ours(connection: sqlite3.Connection, *, full: bool) -> bool:
    """Whether the tables are ours to the letter, without any trigger or view. Raises sqlite3.Error."""
    expected = _tables(full=full)
    found = 0
    for type_, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if name in expected:
            if sql != expected[name]:
                return False
            found += 1
        elif type_ != "table" or name not in _SHADOWS or not full:
            return False
    return found == len(expected) and connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def _tables(*, full: bool) -> dict[str, str]:
    return {**TABLES, "words": FULL} if full else TABLES


def _companions(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]


def discard(path: Path) -> None:
    """Delete the file, and those that SQLite puts beside it. Raises OSError."""
    for each in (*_companions(path), path):  # the file itself last: without it, the others mean nothing
        if each.is_dir() and not each.is_symlink():
            each.rmdir()
        else:
            each.unlink(missing_ok=True)


def _others(path: Path) -> list[Path]:
    """Every file of this workspace's index, those of other versions too."""
    root = path.stem.rsplit("-", 1)[-1]
    return [*path.parent.glob(f"archive-*-{root}.sqlite3*")]


def files_of_other_workspaces(workspace: Workspace, cache: Path | None = None) -> list[Path]:
    """The index files of other workspaces, and of this one under a path that it had before it was moved."""
    own = _mark(workspace)
    found = folder_of(cache).glob("archive-*.sqlite3*")
    return sorted(path for path in found if not path.name.split(".sqlite3")[0].endswith(own))


def _remove_others(path: Path) -> None:
    for other in _others(path):
        if not other.name.startswith(path.name):
            with contextlib.suppress(OSError):
                other.unlink()


def erase(workspace: Workspace, cache: Path | None) -> None:
    """Delete every index of a workspace, those of other versions too. Raises FileError if one can't be deleted."""
    for path in _others(path_of(workspace, cache, full=True)):
        try:
            discard(path)
        except OSError as error:
            raise FileError(
                _("the index could not be taken away: {reason}. Take the file away yourself.").format(
                    reason=reason(error)
                ),
                file=path,
            ) from error


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what is written within, or roll all of it back on an error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
