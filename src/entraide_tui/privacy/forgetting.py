"""Forget a person: plan the changes, then carry them out file by file, so that an interrupted run can be resumed.

The changes bypass the history, which would keep the name; former versions are rewritten too.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import listing, notebook
from entraide_tui.archive.editing import history
from entraide_tui.common import toml
from entraide_tui.common.errors import InputError, NotFoundError, UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean
from entraide_tui.privacy import private_places, pseudonyms
from entraide_tui.privacy.file_change import LARGEST
from entraide_tui.privacy.forget_plan import Planner
from entraide_tui.privacy.name_finder import Finder, forms, key, units
from entraide_tui.privacy.pseudonyms import KnownName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.privacy.forget_plan import Plan


def plan(workspace: Workspace, name: str, *, page: Renderer, also: Iterable[str] = ()) -> Plan:
    """Plan what forgetting `name` would change; change nothing.

    Args:
        page: renders pages.
        also: other spellings, diminutives.

    Raises:
        InputError: the name is too short to search for.
        NotFoundError: several people could be meant.
        BusyError: an open session contains the name.
        FileError, InvalidFileError: a folder or the group's file can't be read.
    """
    name = clean(name).strip()
    if not key(name) or not Finder.of([name]).names:
        raise InputError(_("“{name}” is too short to be looked for.").format(name=name))
    person, others = _person(workspace, name, also)
    return Planner(workspace, person, others, page).plan()


def carry_out(
    workspace: Workspace, plan: Plan, *, done: Callable[[Path], None] = lambda _path: None
) -> tuple[UserError, ...]:
    """Carry out a plan and erase the search index. If interrupted, plan and run again: finished files stay finished.

    Args:
        done: called with the path of each changed file.

    Returns:
        The errors of private places; everything else is done.

    Raises:
        ConflictError, FileError: a workspace file changed since the plan was made, or can't be written; the files
            before it are done.
    """
    from entraide_tui.archive.editing.saving import exclusive

    failed = []
    with exclusive(workspace):
        for change in plan.changes:
            try:
                change.carry_out()
            except UserError as error:
                if not change.private_place:
                    raise
                failed.append(error)
            else:
                done(change.path)
        _without_empty_folders(workspace)
        return (*failed, *private_places.erase_all(workspace))


def _without_empty_folders(workspace: Workspace) -> None:
    inside = workspace.sessions / history.FOLDER
    for folder in inside.iterdir() if inside.is_dir() else ():
        with contextlib.suppress(OSError):
            folder.rmdir()


# -- which person is meant


def _person(workspace: Workspace, name: str, also: Iterable[str]) -> tuple[KnownName, tuple[str, ...]]:
    """The person, and the parts of the name that others share. Raises NotFoundError if the name is ambiguous."""
    names, together = _named(workspace, name)
    everybody = pseudonyms.people([*names, name], together)
    own = key(name)
    found = [known for known in everybody if own in {key(form) for form in (known.name, *known.forms)}]
    if found and found[0].shared:
        bearers = [
            known.name for known in everybody if own in {key(form) for form in forms(known.name)} and not known.shared
        ]
        raise NotFoundError(
            _("“{name}” could be: {names}. Write the whole name.").format(name=name, names=", ".join(sorted(bearers)))
        )
    spelled = found[0].forms if found else forms(name)
    more = [form for other in also for form in forms(clean(other).strip())]
    person = KnownName(name, "person", tuple(dict.fromkeys((name, *spelled, *more))))
    own_keys = {key(form) for form in person.forms}
    whole = (found[0].name if found else name, name)
    return person, tuple(form for whole_name in whole for form in forms(whole_name) if key(form) not in own_keys)


def _named(workspace: Workspace, name: str) -> tuple[list[str], list[list[str]]]:
    """The names in fields that could be confused with this one, and the list of participants of each file.

    Names count if they share a part with this one, or, transitively, with another that counts.
    """
    members = [clean(member) for member in workspace.group().members]
    names: dict[str, None] = dict.fromkeys(members)
    together: dict[Path, list[str]] = {}
    parts: set[str] = set()
    more = {*units(name)}
    while more:
        parts |= more
        finder = Finder.of(parts)
        for path in [*listing.paths(workspace), *notebook.paths(workspace.root)]:
            with contextlib.suppress(UserError, OSError):
                data = read_bounded(path, LARGEST) if path not in together else b""
                text = data.decode("utf-8", "replace")
                if "\\" in text or finder.find(text):
                    found, together[path] = _fields(toml.parse(data, path))
                    names |= dict.fromkeys(map(clean, found))
        more = {unit for other in names for unit in units(other) if parts & set(units(other))} - parts
    return list(names), list(together.values())


def _fields(table: dict[str, Any]) -> tuple[list[str], list[str]]:
    """All names in the fields of a record or notebook page, and those of the participants alone."""
    people = table.get("people")
    seats = list(_texts(list(people.values()))) if isinstance(people, dict) else []
    debrief = table.get("debrief")
    voices = debrief.get("voices") if isinstance(debrief, dict) else None
    seats += [name for row in _tables(voices) for name in _texts(row.get("name"))]
    rows = [row for value in table.values() for row in _tables(value)]
    return seats + [name for row in rows for key_ in ("by", "who") for name in _texts(row.get(key_))], seats


def _tables(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
