"""Lists of the records and open sessions in `sessions/`, without reading more than a list shows.

No pydantic here: a list must come at once. A record that can't be read is listed with its fault.
"""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from entraide_tui.common import toml
from entraide_tui.common.errors import NotFoundError, UserError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from entraide_tui.common.workspace import Workspace

Made = TypeVar("Made")
LARGEST = 4 * 1024 * 1024
"""Bytes of the largest record that is read: a session may hold very long texts."""
JOURNAL = ".journal"
HEAD = 1024
"""The bytes of a record file in which its date is looked for."""
_DATE = re.compile(rb"""^date[ \t]*=[ \t]*["']?(\d{4}-\d\d-\d\d)""", re.MULTILINE)
_DATE_NAME = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Due:
    """An open action and the id of its record."""

    what: str
    who: str
    due: datetime.date | None
    record: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list; `fault`: why it can't be read, if so."""

    path: Path
    id: str
    title: str
    date: datetime.date | None = None
    offeror: str = ""
    kit: str = ""
    due: tuple[Due, ...] = ()
    fault: str = ""


def paths(workspace: Workspace, refused: Callable[[OSError], object] | None = None) -> list[Path]:
    """Every record file, newest name first.

    Args:
        refused: called with the error of each folder that can't be read.
    """
    return _below(workspace, ".toml", refused)


def journals(workspace: Workspace) -> list[Path]:
    """Every open session, newest name first."""
    return _below(workspace, JOURNAL)


def _below(workspace: Workspace, suffix: str, refused: Callable[[OSError], object] | None = None) -> list[Path]:
    """The files with that suffix, newest name first, except those in hidden folders, such as the history."""

    def refuse(error: OSError) -> None:
        if refused and not isinstance(error, FileNotFoundError):
            refused(error)

    found: list[Path] = []
    for folder, below, names in os.walk(workspace.sessions, onerror=refuse):
        below[:] = [name for name in below if not name.startswith(".")]
        found += [Path(folder, name) for name in names if name.endswith(suffix) and not name.startswith(".")]
    return sorted(found, key=lambda p: p.name, reverse=True)


def newest_first(found: Iterable[Path]) -> list[Path]:
    """Sort record files by the date in them, or else by that in their names, newest first."""
    return sorted(found, key=lambda path: (_date_in(path), path.name), reverse=True)


def _date_in(path: Path) -> str:
    """The date of a record as `2026-11-21`, from the first lines of its file alone: a list must come at once."""
    told = None
    try:
        with path.open("rb") as file:
            told = _DATE.search(file.read(HEAD))
    except OSError:
        pass
    named = _DATE_NAME.match(path.name)
    return told[1].decode() if told else named[0] if named else ""


def lines(workspace: Workspace) -> Iterator[RecordLine]:
    """A line for each record, newest first, unreadable ones included."""
    for path in newest_first(paths(workspace)):
        yield line(path)


def line(path: Path) -> RecordLine:
    """The line of one record."""
    held = attempt(path, lambda: _line(path, toml.read(path, LARGEST)))
    return RecordLine(path, path.stem, path.stem, fault=held) if isinstance(held, str) else held


def attempt(path: Path, make: Callable[[], Made]) -> Made | str:
    """What `make` returns or, if it fails on the record's content, the sentence to show instead."""
    try:
        return make()
    except UserError as trouble:
        return " ".join(trouble.lines())
    except (TypeError, ValueError, AttributeError):
        return not_whole(path)


def not_whole(path: Path) -> str:
    """The sentence about a record in which a value has the wrong type."""
    return _("this record can't be read whole; see: entraide-tui show {id}").format(id=clean(path.stem))


def _line(path: Path, document: dict[str, Any]) -> RecordLine:
    date = day(document.get("date"))
    record_id = clean(str(document.get("id", path.stem)))
    due = tuple(
        Due(
            clean(str(a.get("what", ""))),
            clean(str(a.get("who", ""))),
            day(a.get("due")),
            record_id,
        )
        for a in document.get("actions", [])
        if state(a.get("status")) == "open"
    )
    return RecordLine(
        path=path,
        id=record_id,
        title=clean(str(document.get("title", path.stem))),
        date=date,
        offeror=clean(str(document.get("people", {}).get("offeror", ""))),
        kit=clean(str(document.get("kit", {}).get("id", ""))),
        due=due,
    )


def state(value: object) -> str:
    """The status of an action; `open` for any value that the program does not know."""
    said = value.strip().casefold() if isinstance(value, str) else ""
    return said if said in ("done", "dropped") else "open"


def day(value: object) -> datetime.date | None:
    """The day of a date or a moment, so that the two can be compared; None for anything else."""
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else None


def find(workspace: Workspace, name: str, *, open_sessions: bool = False) -> Path:
    """The file of a record (or open session) by its id, or by the end or a part of it.

    Raises NotFoundError if none, or several, have it.
    """
    every = {path: clean(path.stem) for path in (journals(workspace) if open_sessions else paths(workspace))}
    said = clean(name)
    for test in (str.__eq__, str.endswith, str.__contains__):
        found = [path for path, stem in every.items() if test(stem, said)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise NotFoundError(
                _("“{name}” could be: {names}").format(name=said, names=", ".join(every[path] for path in found[:5]))
            )
    if near := nearest(said, list(every.values())):
        raise NotFoundError(_("there is no “{name}” here. Did you mean “{near}”?").format(name=said, near=near))
    raise NotFoundError(_("there is no “{name}” in {folder}.").format(name=said, folder=workspace.sessions))
