"""The history of records: dated copies in `sessions/.history/<record id>/`, listed even if they can't be read."""

from __future__ import annotations

import contextlib
import datetime
import re
import secrets
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.archive import record_file
from entraide_tui.archive.editing.differences import Difference, differences
from entraide_tui.archive.editing.table_merge import Tables, with_unknown_keys
from entraide_tui.archive.ids import is_id
from entraide_tui.common import toml
from entraide_tui.common.errors import FileError, UserError
from entraide_tui.common.files import PRIVATE_FILE, make_folder, read_bounded, reason, sync_folder, write_atomically
from entraide_tui.common.i18n import _
from entraide_tui.common.text import slug

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.common.workspace import Workspace

__all__ = ["Difference", "Version", "differences", "folder", "keep", "versions"]
FOLDER = ".history"
STAMP = "%Y-%m-%dT%H-%M-%SZ"
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)-(?:[0-9a-f]{2})?[0-9a-f]{4}")


def folder(workspace: Workspace, record_id: str) -> Path:
    """The folder of a record's former versions. An id that is no safe file name (somebody typed it) gets another."""
    name = record_id
    if not is_id(name):
        name = f"{slug(name) or 'record'}-{zlib.crc32(name.encode('utf-8', 'replace')):08x}"
    return workspace.sessions / FOLDER / name


def keep(workspace: Workspace, record_id: str, data: bytes, page: bytes | None, *, wall: float) -> list[Path]:
    """Copy a record's bytes, and its page's, into the history; return the paths once they are on the disk.

    Raises OSError.
    """
    path = _free(workspace, record_id, wall)
    copies = [path] if page is None else [path, path.with_suffix(".md")]
    try:
        for copy, content in zip(copies, (data, page or b""), strict=False):
            write_atomically(copy, content)
    except OSError:
        drop(copies)
        raise
    return copies


def _free(workspace: Workspace, record_id: str, wall: float) -> Path:
    """A free path for a record: the time in UTC, the number of copies of that second, and random digits.

    The number keeps copies of one second in order; the random digits keep two clones from using the same name.
    """
    inside = folder(workspace, record_id)
    stamp = datetime.datetime.fromtimestamp(wall, tz=datetime.UTC).strftime(STAMP)
    while True:
        before = min(len(list(inside.glob(f"{stamp}-*.toml"))), 255)
        path = inside / f"{stamp}-{before:02x}{secrets.token_hex(2)}.toml"
        if not path.exists() and not path.with_suffix(".md").exists():
            return path


def keep_page(workspace: Workspace, record_id: str, page: bytes, *, wall: float) -> Path:
    """Copy a page that somebody edited into the history, without its record; return the path. Raises OSError."""
    path = _free(workspace, record_id, wall).with_suffix(".md")
    write_atomically(path, page)
    return path


def has_page(workspace: Workspace, record_id: str, page: bytes) -> bool:
    """Whether the history has a page with the same bytes. Raises OSError or FileError."""
    inside = folder(workspace, record_id)
    return any(
        p.stat().st_size == len(page) and read_bounded(p, len(page)) == page for p in sorted(inside.glob("*.md"))
    )


def put_away(workspace: Workspace, record_id: str, path: Path, *, wall: float) -> Path:
    """Move a file into a record's history and return its path there; files of other kinds keep their names.

    Raises OSError.
    """
    free = _free(workspace, record_id, wall)
    if path.suffix in (".toml", ".md"):
        to = free.with_suffix(path.suffix)
    else:  # with a suffix that no open session has
        to = free.with_name(f"{free.stem}.{path.name}.kept")
    make_folder(to.parent)
    path.chmod(PRIVATE_FILE)
    path.rename(to)
    sync_folder(to.parent)
    sync_folder(path.parent)
    return to


def drop(copies: list[Path]) -> None:
    """Delete copies that turned out not to be needed; what can't be deleted stays."""
    for path in copies:
        with contextlib.suppress(OSError):
            path.unlink()


@dataclass(frozen=True, slots=True)
class Version:
    """A former version of a record.

    Attributes:
        when: the time when it was replaced, in UTC.
        page: the page that lay beside it, if any.
        record: None if it can't be read; `fault` says why.
        tables: the content of the file, unknown keys included; empty if it isn't TOML.
    """

    when: datetime.datetime
    path: Path
    page: Path | None = None
    record: Record | None = None
    tables: Tables = field(default_factory=dict)
    fault: str = ""


def versions(workspace: Workspace, record_id: str) -> list[Version]:
    """Every former version of a record, newest first, unreadable ones included.

    Raises FileError if the folder can't be read.
    """
    inside = folder(workspace, record_id)
    try:
        names = sorted(p.name for p in inside.iterdir()) if inside.is_dir() else []
    except OSError as error:
        raise FileError(_("its history can't be read: {reason}.").format(reason=reason(error)), file=inside) from error
    former = [_version(inside / name, names) for name in names if name.endswith(".toml") and not name.startswith(".")]
    return sorted(former, key=lambda v: (v.when, v.path.name), reverse=True)


def tables_of(path: Path) -> Tables:
    """The present content of a record's file, unknown keys included; empty if it isn't TOML."""
    return _version(path, []).tables


def _version(path: Path, names: list[str]) -> Version:
    page = path.with_suffix(".md")
    when = _when(path)
    tables: Tables = {}
    record = None
    fault = ""
    try:
        data = read_bounded(path, record_file.LARGEST)
        tables = record_file.cleaned(toml.parse(data, path))
        record = record_file.loads(data, path)
        tables = with_unknown_keys(tables, record_file.document(record))
    except UserError as trouble:
        fault = " ".join(trouble.lines())
    return Version(when, path, page if page.name in names else None, record, tables, fault)


def _when(path: Path) -> datetime.datetime:
    """The time in the file's name, or its modification time if somebody put it there under another name."""
    with contextlib.suppress(ValueError):
        if found := _NAME.fullmatch(path.stem):
            return datetime.datetime.strptime(found[1], STAMP).replace(tzinfo=datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.datetime.fromtimestamp(0, tz=datetime.UTC)
