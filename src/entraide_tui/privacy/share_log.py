"""Save, on this machine only, the choice made when a record was shared, and log where its copies went.

Pseudonyms are never saved, nor whose other name a marked word is. Lines are identified by a hash, so that a line that
changed since is reviewed again.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from entraide_tui.common import private_dirs, toml
from entraide_tui.common.errors import FileError, UserError
from entraide_tui.common.files import PRIVATE_FILE, make_folder, read_bounded, reason, sync, write_all, write_atomically
from entraide_tui.common.i18n import _
from entraide_tui.common.local_time import local_day
from entraide_tui.common.text import clean
from entraide_tui.privacy.pseudonyms import Kind, MarkedWord
from entraide_tui.privacy.share_choice import SECTIONS, Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from entraide_tui.common.workspace import Workspace

LARGEST = 4 * 1024 * 1024
LOG = "exported.jsonl"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,120}")


def folder(workspace: Workspace) -> Path:
    """The folder of a workspace's choices and log."""
    return private_dirs.of(workspace.root, "sharing")


def path_of(workspace: Workspace, record_id: str) -> Path:
    """The path of a record's choice."""
    name = record_id if _PLAIN.fullmatch(record_id) else private_dirs.hashed_name(record_id)
    return folder(workspace) / f"{name}.toml"


# -- choices


def load(workspace: Workspace, record_id: str) -> Choice | None:
    """Load the choice for a record; None if there is none.

    An invalid file counts as a choice with no line reviewed, so that nothing leaves unseen.
    """
    path = path_of(workspace, record_id)
    if not path.exists():
        return None
    try:
        return _choice(toml.read(path, LARGEST))
    except (UserError, TypeError, AttributeError, ValueError):
        return Choice(seen=frozenset())


def _choice(table: dict[str, Any]) -> Choice:
    """Build a choice from TOML. Raises TypeError, AttributeError or ValueError if it is invalid."""
    return Choice(
        sections=frozenset(_texts(table, "sections")) & frozenset(SECTIONS) - {"feelings"},
        out=frozenset(_texts(table, "out")),
        seen=frozenset(_texts(table, "seen")),
        marked=tuple(
            MarkedWord(clean(row["word"]), row["kind"], whose=row.get("whose") is True)
            for row in table.get("marked", [])
            if row.get("kind") in get_args(Kind) and isinstance(row.get("word"), str)
        ),
        no_names=tuple(map(clean, _texts(table, "no_names"))),
        keep_dates=table.get("keep_dates") is True,
    )


def _texts(table: dict[str, Any], name: str) -> list[str]:
    values = table.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(name)
    return values


def save(workspace: Workspace, record_id: str, choice: Choice, seen: Iterable[str]) -> None:
    """Save a choice, except whose name a marked word is and that feelings were asked for. Raises FileError.

    Args:
        seen: the keys of all lines reviewed; those of `choice` are added.
    """
    path = path_of(workspace, record_id)
    try:
        write_atomically(path, _dumps(replace(choice, seen=(choice.seen or frozenset()) | set(seen))))
    except OSError as error:
        raise FileError(_("the choice could not be kept: {reason}.").format(reason=reason(error)), file=path) from error


def _dumps(choice: Choice) -> bytes:
    import tomli_w

    body = {
        "sections": sorted(choice.sections - {"feelings"}),
        "out": sorted(choice.out),
        "seen": sorted(choice.seen or ()),
        "no_names": sorted(choice.no_names),
        "keep_dates": choice.keep_dates,
        "marked": [
            {"word": mark.word, "kind": mark.kind, "whose": bool(mark.of) or mark.whose} for mark in choice.marked
        ],
    }
    return tomli_w.dumps(body).encode()


# -- exported copies


@dataclass(frozen=True, slots=True)
class ExportedCopy:
    """A file that a record was exported to.

    Attributes:
        record: the record's id.
        day: the day of the export, in ISO format.
        exists: whether the file is still there.
    """

    record: str
    path: Path
    day: str
    exists: bool = True


def note_export(workspace: Workspace, record_id: str, path: Path, wall: float) -> None:
    """Log that a copy of a record was written to `path`. `wall`: seconds since 1970. Raises FileError."""
    day = local_day(wall)
    row = {"record": record_id, "path": str(path.absolute()), "format": path.suffix[1:], "day": day.isoformat()}
    log = folder(workspace) / LOG
    try:
        make_folder(log.parent)
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
        try:
            write_all(descriptor, (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass"))
            sync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise FileError(
            _("it could not be noted where the copy went: {reason}.").format(reason=reason(error)), file=log
        ) from error


def copies(workspace: Workspace, record_id: str | None = None) -> list[ExportedCopy]:
    """The exported copies of a record, or of all, each path once. Invalid lines of the log are skipped."""
    out: dict[tuple[str, Path], ExportedCopy] = {}
    for row in _rows(folder(workspace) / LOG):
        if record_id in (None, row["record"]):
            path = Path(row["path"])
            out[row["record"], path] = ExportedCopy(row["record"], path, clean(row.get("day", "")), _exists(path))
    return list(out.values())


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _rows(log: Path) -> list[dict[str, str]]:
    try:
        text = read_bounded(log, LARGEST).decode("utf-8", "surrogatepass") if log.exists() else ""
    except (UserError, ValueError):
        return []
    return [row for line in _LINE.findall(text) if (row := _row(line)) is not None]


def _row(line: str) -> dict[str, str] | None:
    with contextlib.suppress(ValueError, RecursionError):
        row = json.loads(line)
        if isinstance(row, dict) and all(isinstance(v, str) for v in row.values()) and {"record", "path"} <= set(row):
            return row
    return None


# -- forgetting


def choice_without(data: bytes, path: Path, named: Callable[[str], bool], *, lines_change: bool) -> bytes:
    """Remove the words that name a person from a choice's file; return it unchanged if there are none.

    Args:
        named: whether a text names the person.
        lines_change: the record's texts change too, so that its lines must be reviewed again.

    Raises:
        FileError, InvalidFileError: the file is not a valid choice.
    """
    try:
        choice = _choice(toml.parse(data, path))
    except (TypeError, AttributeError, ValueError) as error:
        raise FileError(_("it could not be read."), file=path) from error
    words = [*(mark.word for mark in choice.marked), *choice.no_names]
    if not any(map(named, words)) and not (lines_change and choice.seen):
        return data
    remaining = replace(
        choice,
        out=frozenset(),
        seen=frozenset(),
        marked=tuple(mark for mark in choice.marked if not named(mark.word)),
        no_names=tuple(word for word in choice.no_names if not named(word)),
    )
    return _dumps(remaining)


def log_without(data: bytes, named: Callable[[str], bool], renamed: Callable[[str], str]) -> bytes:
    """Remove the log lines whose path names the person, and give records their new ids."""
    out = []
    for line in _LINE.findall(data.decode("utf-8", "surrogatepass")):
        row = _row(line)
        if row is None:
            out += [line] if not named(line) else []
        elif not named(row["path"]):
            record = renamed(row["record"])
            same = record == row["record"]
            out.append(line if same else json.dumps(row | {"record": record}, ensure_ascii=False) + "\n")
    return "".join(out).encode("utf-8", "surrogatepass")
