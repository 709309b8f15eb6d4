"""What is in `sessions/`: records and open sessions, listed without reading more than the list shows.

No pydantic here: a list must come at once. A record that can't be read is listed with its fault.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from entraide_tui.common import toml
from entraide_tui.common.errors import NotFoundError, UserError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from entraide_tui.common.workspace import Workspace

Made = TypeVar("Made")
LARGEST = 4 * 1024 * 1024
"""Bytes of the largest record that is read: a session may hold some very long texts."""
JOURNAL = ".journal"


@dataclass(frozen=True, slots=True)
class Due:
    """An open action and where it stands."""

    what: str
    who: str
    due: datetime.date | None
    record: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list."""

    path: Path
    id: str
    title: str
    date: datetime.date | None = None
    offeror: str = ""
    kit: str = ""
    due: tuple[Due, ...] = ()
    fault: str = ""


def paths(workspace: Workspace) -> list[Path]:
    """Every record file, newest name first."""
    return _below(workspace, ".toml")


def journals(workspace: Workspace) -> list[Path]:
    """Every open session, newest name first."""
    return _below(workspace, JOURNAL)


def _below(workspace: Workspace, suffix: str) -> list[Path]:
    """Those of hidden folders are the history's."""
    if not workspace.sessions.is_dir():
        return []
    found = [
        p
        for p in workspace.sessions.rglob(f"*{suffix}")
        if not any(part.startswith(".") for part in p.relative_to(workspace.sessions).parts)
    ]
    return sorted(found, key=lambda p: p.name, reverse=True)


def lines(workspace: Workspace) -> Iterator[RecordLine]:
    """One for each record, newest first, faults included."""
    for path in paths(workspace):
        yield line(path)


def line(path: Path) -> RecordLine:
    """What a list shows of one record."""
    held = attempt(path, lambda: _line(path, toml.read(path, LARGEST)))
    return RecordLine(path, path.stem, path.stem, fault=held) if isinstance(held, str) else held


def attempt(path: Path, make: Callable[[], Made]) -> Made | str:
    """What is made of a record's document, or why that can't be: the sentence to show in its place."""
    try:
        return make()
    except UserError as trouble:
        return " ".join(trouble.lines())
    except (TypeError, ValueError, AttributeError):
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
        if a.get("status", "open") == "open"
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


def day(value: object) -> datetime.date | None:
    """A day; the day of a moment, which could not be compared with others."""
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else None


def find(workspace: Workspace, name: str, *, open_sessions: bool = False) -> Path:
    """The file of a record (or of an open session) by its id, by the end or by a part of it. Raises NotFoundError."""
    every = journals(workspace) if open_sessions else paths(workspace)
    for test in (str.__eq__, str.endswith, str.__contains__):
        found = [p for p in every if test(p.stem, name)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise NotFoundError(
                _("“{name}” could be: {names}").format(name=clean(name), names=", ".join(p.stem for p in found[:5]))
            )
    near = nearest(name, [p.stem for p in every])
    if near:
        raise NotFoundError(_("there is no “{name}” here. Did you mean “{near}”?").format(name=clean(name), near=near))
    raise NotFoundError(_("there is no “{name}” in {folder}.").format(name=clean(name), folder=workspace.sessions))
