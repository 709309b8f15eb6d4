"""Finds copies of records and pages by their ids and names, and tells which of them can be put away.

A readable record that differs from all others is never a copy, whatever its name.
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
"""Bytes of the largest file that is compared with another one."""
_HEADING = [
    re.compile(rb"^%s[ \t]*=[ \t]*(.*?)[ \t]*\r?$" % key, re.MULTILINE) for key in (b"date", b"start", b"title")
]
_ID = re.compile(rb"""^id[ \t]*=[ \t]*["']([^"'\r\n]+)["']""", re.MULTILINE)
_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A record file, to compare with others.

    Attributes:
        id: as far as it can be told, even if the file is no longer TOML; may be empty.
        record: None if it can't be read.
        parsed: whether the file is TOML.
        newer: whether a newer version of the program wrote it.
        heading: the date, beginning and title as written; all empty in an empty file.
        line: the line of the id, from 1; 0 if it can't be told.
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
        """The stem of the file's name, in Unicode NFC."""
        return clean(self.path.stem)


def seen(path: Path, data: bytes, tables: dict[str, Any], record: Record | None) -> Seen:
    """Describe a record file to compare it with others.

    Args:
        tables: its TOML tables; empty if it is no TOML.
        record: the record in it, if it can be read strictly.
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
    """Concerns about records that are copies, or have the same id as another."""
    by_id: dict[str, list[Seen]] = defaultdict(list)
    by_place = {(one.path.parent, one.name): one for one in records}
    names: dict[Path, set[str]] = defaultdict(set)
    for one in records:
        by_id[one.id].append(one)
        names[one.path.parent].add(one.name)
    for one in by_id.pop("", ()):
        if not one.parsed:  # cut off or empty: its name is all that is left
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
    """Concerns about files with one id; the record is the one whose name is its id, if only one is."""
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
        if not one.parsed:  # there is a concern about it already
            continue
        other = first or next(other for other in several if other is not one)
        said = _("it has the same id as {other}: write another id into one of them.")
        said = said.format(other=clean(other.path.relative_to(sessions).as_posix()))
        yield Concern(one.path, one.line, said, "id")


def _alike(one: Seen, first: Seen) -> bool:
    """Whether both are of the same workshop; else somebody copied a record to start another one from it."""
    return one.heading == first.heading or not any(first.heading)


def _one_may_go(one: Seen, first: Seen) -> bool:
    """Whether one of two files can be put away, leaving the other readable."""
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
    """Concerns about pages that are copies of a record's page, or have no record beside them.

    Args:
        pages: the pages to check; those beside records that are no copies are skipped.
        copies: the records that can be put away.
        page: renders a record's page.
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
    """Whether a page is as the program wrote it for a record, in its present or a former version."""
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
    """Whether two files have the same bytes."""
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        return read_bounded(one, LARGEST) == read_bounded(other, LARGEST)
    except (OSError, UserError):
        return False
