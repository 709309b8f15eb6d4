"""What records were: dated copies in `sessions/.history/<record id>/`, read back whatever state they are in."""

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
from entraide_tui.archive.editing.table_merge import Tables, whole
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
_PLAIN = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,120}")


def folder(workspace: Workspace, record_id: str) -> Path:
    """Where the former versions of a record are. An id that makes no good name (somebody typed it) gets another."""
    name = record_id
    if not _PLAIN.fullmatch(name):
        name = f"{slug(name) or 'record'}-{zlib.crc32(name.encode('utf-8', 'replace')):08x}"
    return workspace.sessions / FOLDER / name


def keep(workspace: Workspace, record_id: str, data: bytes, page: bytes | None, *, wall: float) -> list[Path]:
    """Puts a record and its page, as they are, into the history; both are on the disk when it returns.

    Returns what was written. Raises OSError.
    """
    path = _free(workspace, record_id, wall)
    made = [path] if page is None else [path, path.with_suffix(".md")]
    try:
        for one, held in zip(made, (data, page or b""), strict=False):
            write_atomically(one, held)
    except OSError:
        drop(made)
        raise
    return made


def _free(workspace: Workspace, record_id: str, wall: float) -> Path:
    """A name, for a record, that is not taken: the moment, how many were kept in that second, and chance.

    The count keeps those of one second in their order; chance makes the name another in another clone.
    """
    inside = folder(workspace, record_id)
    stamp = datetime.datetime.fromtimestamp(wall, tz=datetime.UTC).strftime(STAMP)
    while True:
        before = min(len(list(inside.glob(f"{stamp}-*.toml"))), 255)
        path = inside / f"{stamp}-{before:02x}{secrets.token_hex(2)}.toml"
        if not path.exists() and not path.with_suffix(".md").exists():
            return path


def keep_page(workspace: Workspace, record_id: str, page: bytes, *, wall: float) -> Path:
    """Puts a page that somebody wrote in into the history, without its record. Raises OSError."""
    path = _free(workspace, record_id, wall).with_suffix(".md")
    write_atomically(path, page)
    return path


def has_page(workspace: Workspace, record_id: str, page: bytes) -> bool:
    """Whether the very same page is in the history. Raises OSError or UserError."""
    inside = folder(workspace, record_id)
    return any(
        p.stat().st_size == len(page) and read_bounded(p, len(page)) == page for p in sorted(inside.glob("*.md"))
    )


def put_away(workspace: Workspace, record_id: str, path: Path, *, wall: float) -> Path:
    """Moves a file into the history of a record: a record or a page as another version, anything else by its name.

    Raises OSError.
    """
    free = _free(workspace, record_id, wall)
    if path.suffix in (".toml", ".md"):
        to = free.with_suffix(path.suffix)
    else:  # under a name that is no open session's
        to = free.with_name(f"{free.stem}.{path.name}.kept")
    make_folder(to.parent)
    path.chmod(PRIVATE_FILE)
    path.rename(to)
    sync_folder(to.parent)
    sync_folder(path.parent)
    return to


def drop(made: list[Path]) -> None:
    """Takes copies away that turned out not to be needed: what they hold is still in its place."""
    for path in made:
        with contextlib.suppress(OSError):
            path.unlink()


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was.

    Attributes:
        when: it was replaced, in UTC.
        page: the page that lay beside it, if any.
        record: None where it can't be read; `fault` says why.
        tables: all that the file held, unknown keys too; as much of it as can be read.
    """

    when: datetime.datetime
    path: Path
    page: Path | None = None
    record: Record | None = None
    tables: Tables = field(default_factory=dict)
    fault: str = ""


def versions(workspace: Workspace, record_id: str) -> list[Version]:
    """Every former version of a record, newest first; those that can't be read with their fault. Raises FileError."""
    inside = folder(workspace, record_id)
    try:
        names = sorted(p.name for p in inside.iterdir()) if inside.is_dir() else []
    except OSError as error:
        raise FileError(_("its history can't be read: {reason}.").format(reason=reason(error)), file=inside) from error
    found = [_version(inside / name, names) for name in names if name.endswith(".toml") and not name.startswith(".")]
    return sorted(found, key=lambda v: (v.when, v.path.name), reverse=True)


def tables_of(path: Path) -> Tables:
    """All that the record's own file holds now, unknown keys too; as much of it as can be read."""
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
        tables = whole(tables, record_file.document(record))
    except UserError as trouble:
        fault = " ".join(trouble.lines())
    return Version(when, path, page if page.name in names else None, record, tables, fault)


def _when(path: Path) -> datetime.datetime:
    """As its name says; of a file that somebody put there, when it was written."""
    with contextlib.suppress(ValueError):
        if found := _NAME.fullmatch(path.stem):
            return datetime.datetime.strptime(found[1], STAMP).replace(tzinfo=datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.datetime.fromtimestamp(0, tz=datetime.UTC)
