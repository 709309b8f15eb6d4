"""The check of a whole workspace: each file that is broken or doubtful is named, with the line and the reason.

Nothing is changed here: see `repairing`.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from entraide_tui.archive import record_file
from entraide_tui.archive.editing import history, page_options_guess
from entraide_tui.archive.editing.saving import LARGEST_PAGE
from entraide_tui.archive.listing import JOURNAL
from entraide_tui.common import toml
from entraide_tui.common.errors import Finding, UserError
from entraide_tui.common.files import OLD, is_temporary, read_bounded, reason
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean
from entraide_tui.common.workspace import GROUP_FILE
from entraide_tui.health import conflicts, leftovers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace

Kind = Literal[
    "group", "kit", "record", "format", "conflict", "date", "id", "copy", "action", "looked_at", "page", "journal",
    "left_over", "temporary", "private", "link",
]  # fmt: skip
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)-")
LARGEST = 1 << 30
"""Bytes of the largest file that is compared with another."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that is broken or doubtful.

    Attributes:
        line: counted from 1; 0 where the whole file is meant.
        mend: whether `repairing.mend` can mend it without losing a word.
        beside: the file that it is a copy of.
    """

    path: Path
    line: int
    sentence: str
    kind: Kind
    mend: bool = False
    beside: Path | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the files have to say of one another; `record` is None where it can't be read."""

    path: Path
    id: str
    record: Record | None


def look(workspace: Workspace, *, page: Renderer, wall: float) -> Look:
    """Goes through all files of a workspace as its doubts are asked for.

    Args:
        page: draws a record's page, to compare with the one that is there.
        wall: seconds since 1970.
    """
    return Look(workspace, page, wall)


class Look:
    """One check.

    Attributes:
        files: how many were looked at so far.
    """

    def __init__(self, workspace: Workspace, page: Renderer, wall: float) -> None:
        self.files = 0
        self._workspace = workspace
        self._page = page
        self._wall = wall
        self._seen: list[_Seen] = []
        self._left: list[Path] = []
        self._open: list[Path] = []
        self._refused: list[OSError] = []

    def __iter__(self) -> Iterator[Concern]:
        yield from self._group()
        yield from self._kits()
        for folder, names in self._folders():
            yield from self._folder(folder, names)
        for error in self._refused:
            yield Concern(
                Path(error.filename), 0, _("it can't be read: {reason}.").format(reason=reason(error)), "record"
            )
        yield from self._one_another()
        yield from self._journals()

    # -- the group, its kits

    def _group(self) -> Iterator[Concern]:
        path = self._workspace.root / GROUP_FILE
        if not path.exists():
            return
        self.files += 1
        try:
            self._workspace.group()
        except UserError as trouble:
            yield from _told(path, trouble, "group")
        if _mode(path) & 0o006 and _reached(path.parent):
            yield Concern(path, 0, _("others on this machine can read this file."), "private", mend=True)

    def _kits(self) -> Iterator[Concern]:
        if not self._workspace.kits.is_dir():
            return
        from entraide_tui.kits.loader import check_file

        for path in sorted(self._workspace.kits.glob("*.toml")):
            self.files += 1
            try:
                findings = check_file(path).findings
            except UserError as trouble:
                yield from _told(path, trouble, "kit")
            else:
                yield from (Concern(path, f.line, _sentence(f), "kit") for f in findings if f.serious)

    # -- all that is below sessions/

    def _folders(self) -> Iterator[tuple[Path, list[str]]]:
        """Each folder with the names of its files; hidden ones are other programs' matter, but for the history."""
        for name, below, names in os.walk(self._workspace.sessions, onerror=self._refused.append):
            folder = Path(name)
            top = folder == self._workspace.sessions
            below[:] = sorted(n for n in below if not n.startswith(".") or (top and n == history.FOLDER))
            yield folder, sorted([*names, *(n for n in below if (folder / n).is_symlink())])

    def _folder(self, folder: Path, names: list[str]) -> Iterator[Concern]:
        there = set(names)
        yield from self._private(folder, names)
        inside_history = history.FOLDER in folder.relative_to(self._workspace.sessions).parts
        for name in names:
            path = folder / name
            if name.startswith("."):
                yield from self._temporary(path)
            elif inside_history:
                continue
            elif path.is_symlink():
                yield Concern(path, 0, _("this is a link to another place: nothing is changed through it."), "link")
            elif path.suffix in (".toml", ".md") or leftovers.belongs_to(name):
                self.files += 1
                yield from self._file(path, there)

    def _file(self, path: Path, names: set[str]) -> Iterator[Concern]:
        first = conflicts.original(path.stem)
        if first and f"{first}{path.suffix}" in names:
            beside = path.with_name(f"{first}{path.suffix}")
            # the words of an open session are in no record yet: such a copy is not touched
            yield _copy_of(path, beside, mend=path.suffix != JOURNAL or same_bytes(path, beside))
        elif path.suffix == ".toml":
            yield from self._record(path)
        elif path.suffix != ".md":
            self._left.append(path)
        elif _DATED.match(path.name) and f"{path.stem}.toml" not in names:
            yield Concern(path, 0, _("this page has no record beside it."), "page")

    def _private(self, folder: Path, names: list[str]) -> Iterator[Concern]:
        """The topmost folder that others can look into is named, and stands for all that is in it."""
        if not _reached(folder.parent) or any(folder.is_relative_to(known) for known in self._open):
            return
        mode = _mode(folder)
        if mode & 0o004 or (mode & 0o001 and any(_mode(folder / name) & 0o006 for name in names)):
            self._open.append(folder)
            yield Concern(folder, 0, _("others on this machine can look into this folder."), "private", mend=True)

    def _temporary(self, path: Path) -> Iterator[Concern]:
        if not is_temporary(path.name):
            return
        try:
            age = self._wall - path.lstat().st_mtime
        except OSError:
            return
        if age > OLD:
            self.files += 1
            yield Concern(
                path, 0, _("this was left by a program that was ended while it wrote."), "temporary", mend=True
            )

    # -- one record

    def _record(self, path: Path) -> Iterator[Concern]:
        data = b""
        tables: dict[str, Any] = {}
        record = None
        try:
            data = read_bounded(path, record_file.LARGEST)
            for line in conflicts.marks(data):
                said = _("git left two versions here, from <<<<<<< to >>>>>>>: keep one, and take the marks away.")
                yield Concern(path, line, said, "conflict")
            tables = toml.parse(data, path)
            record = record_file.of(tables, data, path)
        except UserError as trouble:
            newer = record_file.is_newer(tables)
            if newer or not conflicts.marks(data):
                yield from _told(path, trouble, "format" if newer else "record")
        held = tables.get("id")
        self._seen.append(_Seen(path, clean(held) if isinstance(held, str) else "", record))
        if record is None:
            return
        yield from self._date(path, record, data)
        for number, action in enumerate(record.actions):
            if not 0 <= action.idea <= len(record.ideas):
                said = _("action {number} carries out idea {idea}, which is not there.")
                line = _line(data, ("actions", number, "idea"))
                yield Concern(path, line, said.format(number=number + 1, idea=action.idea), "action")
        if record.id == path.stem:  # else it may be a copy of another
            yield from self._page_of(path, record)

    def _date(self, path: Path, record: Record, data: bytes) -> Iterator[Concern]:
        named = _DATED.match(path.name)
        if named is None or named[1] == record.date.isoformat():
            return
        # Somebody who changes a record's date changes no name: the history tells.
        earlier = history.versions(self._workspace, record.id)
        if any(v.record and v.record.date.isoformat() == named[1] for v in earlier):
            return
        said = _("its date is {date}, but its name says {named}.").format(date=record.date.isoformat(), named=named[1])
        yield Concern(path, _line(data, ("date",)), said, "date")

    def _page_of(self, path: Path, record: Record) -> Iterator[Concern]:
        page = path.with_suffix(".md")
        if page.is_symlink():
            return
        if not page.exists():
            yield Concern(page, 0, _("this record has no page."), "page", mend=True)
            return
        try:
            data = read_bounded(page, LARGEST_PAGE)
        except UserError as trouble:
            yield from _told(page, trouble, "page")
            return
        if page_options_guess.recognised(data.decode("utf-8", "replace"), record, self._page) is None:
            line = next(iter(conflicts.marks(data)), 0)
            yield Concern(page, line, _("this page does not say what its record says."), "page", mend=True)

    # -- the files among themselves

    def _one_another(self) -> Iterator[Concern]:
        there = {s.id for s in self._seen} | {s.path.stem for s in self._seen}
        by_id: dict[str, list[_Seen]] = defaultdict(list)
        for seen in self._seen:
            by_id[seen.id].append(seen)
        for record_id, several in by_id.items():
            if record_id and len(several) > 1:
                yield from self._twice(record_id, several)
            elif (record := several[0].record) and record_id != several[0].path.stem:
                path = several[0].path
                said = _("its id is “{id}”, but its name is “{name}”: rename the file, or write another id.")
                said = said.format(id=record_id, name=clean(path.stem))
                yield Concern(path, _line_in(path, ("id",)), said, "id")
                yield from self._page_of(path, record)
        for seen in self._seen:
            for number, looked in enumerate(seen.record.looked_at if seen.record else ()):
                if looked.record not in there:
                    said = _("it looked at an action of “{id}”, a record that is not here.").format(id=looked.record)
                    line = _line_in(seen.path, ("looked_at", number, "record"))
                    yield Concern(seen.path, line, said, "looked_at")

    def _twice(self, record_id: str, several: list[_Seen]) -> Iterator[Concern]:
        """Two files with one id. The record is the one whose name is its id, if that is one alone."""
        named = [s.path for s in several if s.path.stem == record_id]
        if len(named) > 1 and all(same_bytes(named[0], other) for other in named[1:]):
            named = named[:1]
        first = named[0] if len(named) == 1 else None
        for seen in several:
            if first is None:
                other = next(s.path for s in several if s.path != seen.path)
                said = _("it has the same id as {other}.").format(other=clean(self._name(other)))
                yield Concern(seen.path, _line_in(seen.path, ("id",)), said, "id")
            elif seen.path != first:
                yield _copy_of(seen.path, first, mend=True)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._workspace.sessions).as_posix()

    def _journals(self) -> Iterator[Concern]:
        readable = {s.path.stem for s in self._seen if s.record}
        begun = {p.with_name(str(leftovers.belongs_to(p.name))) for p in self._left if p.suffix == JOURNAL}
        for path in self._left:
            if path.suffix == JOURNAL:
                try:
                    if leftovers.all_written(path, readable):
                        said = _("this journal is of a session whose records are all written.")
                        yield Concern(path, 0, said, "journal", mend=True)
                except UserError as trouble:
                    yield from _told(path, trouble, "journal")
            elif path.with_name(str(leftovers.belongs_to(path.name))) in begun:
                continue  # it goes on, or goes, with its journal
            elif leftovers.is_torn(path.name):
                said = _("this is the torn end of a journal that is no longer here.")
                yield Concern(path, 0, said, "left_over", mend=True)
            else:
                said = _("the beginning of this journal is not here; to go on with it, rename it to {name}.")
                name = f"{leftovers.belongs_to(path.name)}{JOURNAL}"
                yield Concern(path, 0, said.format(name=clean(name)), "journal")


def _told(path: Path, trouble: UserError, kind: Kind) -> Iterator[Concern]:
    for finding in trouble.findings or (Finding(trouble.what),):
        yield Concern(path, finding.line, _sentence(finding), kind)


def _sentence(finding: Finding) -> str:
    return f"{finding.place}: {finding.what}" if finding.place else finding.what


def _copy_of(path: Path, first: Path, *, mend: bool) -> Concern:
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


def _line(data: bytes, place: tuple[str | int, ...]) -> int:
    return toml.line_of(place, toml.positions(data.decode("utf-8-sig").replace("\r\n", "\n")))


def _line_in(path: Path, place: tuple[str | int, ...]) -> int:
    try:
        return _line(read_bounded(path, record_file.LARGEST), place)
    except (UserError, UnicodeDecodeError):
        return 0


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _reached(folder: Path) -> bool:
    """Whether those who are neither the owner nor of the group can get through to a folder."""
    return os.name != "nt" and all(_mode(step) & 0o001 for step in (folder, *folder.parents))
