"""Which records and pages are copies of others, told from their ids and names, and which of them may be put away.

A record that can be read and that is not the same one as another is never a copy, whatever its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import record_file
from entraide_tui.archive.editing import history, page_options_guess
from entraide_tui.archive.editing.saving import LARGEST_PAGE
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean
from entraide_tui.health import conflicts
from entraide_tui.health.concern import Concern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace

LARGEST = 1 << 30
"""Bytes of the largest file that is compared with another."""
_HEADING = [
    re.compile(rb"^%s[ \t]*=[ \t]*(.*?)[ \t]*\r?$" % key, re.MULTILINE) for key in (b"date", b"start", b"title")
]
_ID = re.compile(rb"""^id[ \t]*=[ \t]*["']([^"'\r\n]+)["']""", re.MULTILINE)
_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a record's file has to say about the others.

    Attributes:
        id: as far as it can be told, also of a file that is no TOML any more; may be empty.
        record: None where it can't be read.
        parsed: whether it is TOML at all.
        newer: whether a newer version of the program wrote it.
        heading: its date, beginning and title as they are written; all empty in an empty file.
        line: where its id is written, counted from 1; 0 where it can't be told.
    """

    path: Path
    id: str
    record: Record | None
    parsed: bool
    newer: bool
    heading: tuple[bytes, ...]
    line: int = 0

    @property
    def name(self) -> str:
        """The file's name without its ending, composed (NFC)."""
        return clean(self.path.stem)


def seen(path: Path, data: bytes, tables: dict[str, Any], record: Record | None) -> Seen:
    """What a record's file says.

    Args:
        tables: what was read of it; empty where it is no TOML.
        record: as it was read strictly, if it could be.
    """
    head = data[: found.start()] if (found := _TABLE.search(data)) else data
    named = _ID.search(head)
    held = tables.get("id")
    if isinstance(held, str):
        own = clean(held)
    else:
        own = clean(named[1].decode("utf-8", "replace")) if named and not tables else ""
    heading = tuple(match[1] if (match := told.search(head)) else b"" for told in _HEADING)
    line = head.count(b"\n", 0, named.start()) + 1 if named else 0
    return Seen(path, own, record, bool(tables), record_file.is_newer(tables), heading, line)


def of_records(records: Sequence[Seen], sessions: Path) -> Iterator[Concern]:
    """Each record that is a copy of another, or has an id that another has."""
    by_id: dict[str, list[Seen]] = defaultdict(list)
    by_place = {(one.path.parent, one.name): one for one in records}
    names: dict[Path, set[str]] = defaultdict(set)
    for one in records:
        by_id[one.id].append(one)
        names[one.path.parent].add(one.name)
    for one in by_id.pop("", ()):
        if not one.parsed:  # cut off or empty: what its name says is all that is left
            by_id[one.name].append(replace(one, id=one.name))
        origin = conflicts.original(one.name, names[one.path.parent])
        first = by_place[one.path.parent, origin.stem] if origin else None
        if origin and first and (origin.sure or same_bytes(one.path, first.path)):
            may = not first.newer and (
                same_bytes(one.path, first.path) or (not one.parsed and first.record is not None)
            )
            yield copy_of(one.path, first.path, mend=may)
    for several in by_id.values():
        if len(several) > 1:
            yield from _with_one_id(several, sessions)


def _with_one_id(several: Sequence[Seen], sessions: Path) -> Iterator[Concern]:
    """The record is the one whose name is its id, if that is one alone."""
    named = [one for one in several if one.name == one.id]
    first = named[0] if len({one.path.name for one in named}) == 1 else None
    if first and not all(same_bytes(first.path, other.path) for other in named[1:]):
        first = None
    for one in several:
        if one is first:
            continue
        origin = conflicts.original(one.name, {first.name}) if first else None
        if first and (origin or one.name == first.name):
            alike = one.name == first.name or bool(origin and origin.sure) or _alike(one, first)
            if alike or same_bytes(one.path, first.path):
                yield copy_of(one.path, first.path, mend=_one_may_go(one, first))
                continue
        if not one.parsed:  # which is said already
            continue
        other = first or next(other for other in several if other is not one)
        said = _("it has the same id as {other}: write another id into one of them.")
        said = said.format(other=clean(other.path.relative_to(sessions).as_posix()))
        yield Concern(one.path, one.line, said, "id")


def _alike(one: Seen, first: Seen) -> bool:
    """Whether both are of one workshop; else somebody copied a record to begin another with it."""
    return one.heading == first.heading or not any(first.heading)


def _one_may_go(one: Seen, first: Seen) -> bool:
    """Whether one of the two can be put away with the other still there to be read."""
    if one.newer or first.newer:
        return False
    return bool(one.record or first.record) or same_bytes(one.path, first.path)


def of_pages(
    pages: Iterable[Path],
    records: Sequence[Seen],
    copies: set[Path],
    workspace: Workspace,
    page: Renderer,
) -> Iterator[Concern]:
    """Each page that is a copy of a record's page, or that has no record beside it.

    Args:
        pages: those that may be; pages beside records that are no copies are left out of the answer.
        copies: the records that are put away.
        page: draws a record's page.
    """
    there: dict[Path, dict[str, Seen]] = defaultdict(dict)
    for one in records:
        there[one.path.parent][one.name] = one
    for path in pages:
        beside = there[path.parent]
        own = beside.get(clean(path.stem))
        if own and own.path not in copies:
            continue
        origin = conflicts.original(clean(path.stem), {name for name in beside if beside[name].path not in copies})
        if origin:
            record = beside[origin.stem]
            first = record.path.with_suffix(".md")
            may = bool(own) or origin.sure or same_bytes(path, first) or _was_drawn(path, record, workspace, page)
            yield copy_of(path, first, mend=may)
        elif not own and re.match(r"\d{4}-\d\d-\d\d-", path.name):
            yield Concern(path, 0, _("this page has no record beside it."), "page")


def _was_drawn(path: Path, of: Seen, workspace: Workspace, page: Renderer) -> bool:
    """Whether a page is what the program wrote for a record, as it is or as it was."""
    try:
        text = read_bounded(path, LARGEST_PAGE).decode("utf-8", "replace")
        former = [version.record for version in history.versions(workspace, of.id)]
    except UserError:
        return False
    return any(page_options_guess.recognised(text, record, page) for record in (of.record, *former) if record)


def copy_of(path: Path, first: Path, *, mend: bool) -> Concern:
    """The concern about a file that is a copy of another."""
    if same_bytes(path, first):
        said = _("this is a second copy of “{name}”, the same to the letter.")
    else:
        said = _("this is another version of “{name}”, made elsewhere.")
    return Concern(path, 0, said.format(name=clean(first.name)), "copy", mend=mend, beside=first)


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same."""
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        return read_bounded(one, LARGEST) == read_bounded(other, LARGEST)
    except (OSError, UserError):
        return False
