"""Checks a workspace: names each broken or doubtful file, with the line and the reason.

It changes nothing: see `repair`.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import record_file
from entraide_tui.archive.editing import history, page_options_guess
from entraide_tui.archive.editing.saving import LARGEST_PAGE
from entraide_tui.archive.listing import JOURNAL
from entraide_tui.archive.model import Record
from entraide_tui.common import toml, validation
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import OLD, is_temporary, read_bounded, reason
from entraide_tui.common.i18n import _, named
from entraide_tui.common.text import clean
from entraide_tui.common.workspace import GROUP_FILE, Group
from entraide_tui.common.workspace import LARGEST as LARGEST_GROUP
from entraide_tui.health import conflicts, copies, leftovers
from entraide_tui.health.concern import Concern, sentence, told
from entraide_tui.session import fallback_store
from entraide_tui.session.journal import read as read_journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.errors import Finding
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.health.copies import Seen

_DATED = re.compile(r"(\d{4}-\d\d-\d\d)-")


def look(workspace: Workspace, *, page: Renderer, wall: float) -> Look:
    """Check a workspace; the files are read while one iterates over the concerns.

    Args:
        page: renders a record's page, to compare with the one beside it.
        wall: seconds since 1970.
    """
    return Look(workspace, page, wall)


class Look:
    """One check; iterate over its concerns.

    Attributes:
        files: the number of files checked so far.
    """

    def __init__(self, workspace: Workspace, page: Renderer, wall: float) -> None:
        self.files = 0
        self._workspace = workspace
        self._page = page
        self._wall = wall
        self._seen: list[Seen] = []
        self._pages: list[Path] = []
        self._doubtful: dict[Path, list[Concern]] = {}
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
        yield from self._recovered()

    # -- the group, its kits

    def _group(self) -> Iterator[Concern]:
        path = self._workspace.root / GROUP_FILE
        if not path.exists():
            return
        self.files += 1
        try:
            self._workspace.group()
        except UserError as trouble:
            yield from told(path, trouble, "group")
        else:
            data = read_bounded(path, LARGEST_GROUP)
            findings = validation.unknown_keys(toml.parse(data, path), Group, data.decode("utf-8-sig"))
            yield from _unread(path, findings)
        for other in sorted(self._workspace.root.glob("*.toml")):
            if conflicts.original(clean(other.stem), {path.stem}) and other.is_file():
                self.files += 1
                yield copies.copy_of(other, path, mend=False)
        if _mode(path) & 0o006 and _reached(path.parent):
            yield Concern(path, 0, _("others on this machine can read this file."), "private", mend=True)

    def _kits(self) -> Iterator[Concern]:
        if not self._workspace.kits.is_dir():
            return
        from entraide_tui.kits.loader import check_file

        by_id: dict[str, list[Path]] = defaultdict(list)
        for path in sorted(self._workspace.kits.glob("*.toml")):
            self.files += 1
            try:
                findings = check_file(path).findings
            except UserError as trouble:
                yield from told(path, trouble, "kit")
            else:
                yield from (Concern(path, f.line, sentence(f), "kit") for f in findings if f.serious)
            by_id[_kit_id(path)].append(path)
        for kit_id, several in by_id.items():
            yield from self._kit_twice(kit_id, several)

    def _kit_twice(self, kit_id: str, several: list[Path]) -> Iterator[Concern]:
        """Concerns about kits with the same id, one of which would be taken for another."""
        if not kit_id or len(several) < 2:
            return
        first = next((path for path in several if clean(path.stem) == kit_id), several[0])
        for path in several:
            if path != first and conflicts.original(clean(path.stem), {clean(first.stem)}):
                yield copies.copy_of(path, first, mend=False)
            elif path != first:
                said = _("it has the same id as {other}: write another id into one of them.")
                yield Concern(path, _line_in(path, ("id",)), said.format(other=clean(first.name)), "id")

    # -- all that is below sessions/

    def _folders(self) -> Iterator[tuple[Path, list[str]]]:
        """Each folder with the names of its files, without hidden folders (other programs' own) except the history."""
        for name, below, names in os.walk(self._workspace.sessions, onerror=self._refused.append):
            folder = Path(name)
            top = folder == self._workspace.sessions
            below[:] = sorted(n for n in below if not n.startswith(".") or (top and n == history.FOLDER))
            yield folder, sorted([*names, *(n for n in below if (folder / n).is_symlink())])

    def _folder(self, folder: Path, names: list[str]) -> Iterator[Concern]:
        there = {suffix: {clean(Path(n).stem) for n in names if n.endswith(suffix)} for suffix in (".toml", JOURNAL)}
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

    def _file(self, path: Path, there: dict[str, set[str]]) -> Iterator[Concern]:
        if path.suffix == ".toml":
            found = self._record(path)
            if conflicts.original(clean(path.stem), there[".toml"]):
                self._doubtful[path] = list(found)  # they don't matter if it is a copy
            else:
                yield from found
        elif path.suffix == ".md":
            name = clean(path.stem)
            if name not in there[".toml"] or conflicts.original(name, there[".toml"]):
                self._pages.append(path)
        elif path.suffix == JOURNAL and (origin := conflicts.original(clean(path.stem), there[JOURNAL])):
            beside = path.with_name(f"{origin.stem}{JOURNAL}")
            # what is in an open session is in no record yet: such a copy is left alone
            yield copies.copy_of(path, beside, mend=copies.same_bytes(path, beside))
        else:
            self._left.append(path)

    def _private(self, folder: Path, names: list[str]) -> Iterator[Concern]:
        """Name the topmost folder that others can read, for all that is in it."""
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
                yield from told(path, trouble, "format" if newer else "record")
        self._seen.append(copies.seen(path, data, tables, record))
        if record is None:
            return
        yield from _unread(path, validation.unknown_keys(tables, Record, data.decode("utf-8-sig")))
        yield from self._date(path, record, data)
        if record.language and not named(record.language):
            said = _("language: “{language}” is none that pages are written in. Write fr or en.")
            line = _line(data, ("language",))
            yield Concern(path, line, said.format(language=record.language), "language")
        for number, action in enumerate(record.actions):
            if not 0 <= action.idea <= len(record.ideas):
                said = _("action {number} carries out idea {idea}, which is not there.")
                line = _line(data, ("actions", number, "idea"))
                yield Concern(path, line, said.format(number=number + 1, idea=action.idea), "action")
        if record.id == clean(path.stem):  # otherwise it may be a copy of another record
            yield from self._page_of(path, record)

    def _date(self, path: Path, record: Record, data: bytes) -> Iterator[Concern]:
        named = _DATED.match(path.name)
        if named is None or named[1] == record.date.isoformat():
            return
        # Changing a record's date doesn't rename its file: the history tells whether somebody did.
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
            yield from told(page, trouble, "page")
            return
        if page_options_guess.recognised(data.decode("utf-8", "replace"), record, self._page) is None:
            line = next(iter(conflicts.marks(data)), 0)
            yield Concern(page, line, _("this page does not say what its record says."), "page", mend=True)

    # -- the files among themselves

    def _one_another(self) -> Iterator[Concern]:
        found = list(copies.of_records(self._seen, self._workspace.sessions))
        told_of = {concern.path for concern in found}
        for path, doubts in self._doubtful.items():
            if not any(concern.path == path and concern.mend for concern in found):
                yield from doubts
        yield from found
        there = {seen.id for seen in self._seen} | {seen.name for seen in self._seen}
        for seen in self._seen:
            if seen.record and seen.id != seen.name and seen.path not in told_of:
                said = _("its id is “{id}”, but its name is “{name}”: rename the file, or write another id.")
                yield Concern(seen.path, seen.line, said.format(id=seen.id, name=seen.name), "id")
                yield from self._page_of(seen.path, seen.record)
            for number, looked in enumerate(seen.record.looked_at if seen.record else ()):
                if looked.record not in there:
                    said = _("it looked at an action of “{id}”, a record that is not here.").format(id=looked.record)
                    line = _line_in(seen.path, ("looked_at", number, "record"))
                    yield Concern(seen.path, line, said, "looked_at")
        away = {concern.path for concern in found if concern.mend}
        yield from copies.of_pages(self._pages, self._seen, away, self._workspace, self._page)

    def _journals(self) -> Iterator[Concern]:
        readable = {s.path.stem for s in self._seen if s.record}
        begun = {p.with_name(str(leftovers.belongs_to(p.name))) for p in self._left if p.suffix == JOURNAL}
        written: set[str] = set()
        for path in sorted(self._left, key=lambda left: left.suffix != JOURNAL):
            if path.suffix == JOURNAL:
                try:
                    if leftovers.all_written(path, readable):
                        written.add(path.stem)
                        said = _("this journal is of a session whose records are all written.")
                        yield Concern(path, 0, said, "journal", mend=True)
                except UserError as trouble:
                    yield from [_empty(path)] if leftovers.is_empty(path) else told(path, trouble, "journal")
            elif path.with_name(str(leftovers.belongs_to(path.name))) in begun:
                if leftovers.is_torn(path.name) and leftovers.belongs_to(path.name) not in written:
                    said = _("these are entries of an open workshop that could not be read.")
                    yield Concern(path, 0, said, "left_over")
                continue  # it goes on, or goes, with its journal
            elif leftovers.is_torn(path.name):
                said = _("this is the torn end of a journal that is no longer here.")
                yield Concern(path, 0, said, "left_over", mend=True)
            elif leftovers.is_empty(path):
                yield _empty(path)
            else:
                said = _("the beginning of this journal is not here; to go on with it, rename it to {name}.")
                name = f"{leftovers.belongs_to(path.name)}{JOURNAL}"
                yield Concern(path, 0, said.format(name=clean(name)), "journal")

    def _recovered(self) -> Iterator[Concern]:
        """Concerns about sessions that had to be saved outside the workspace."""
        for path in fallback_store.waiting(self._workspace):
            try:
                read_journal(path)
            except UserError as trouble:
                yield from told(path, trouble, "journal")
            else:
                said = _("a session waits here: “{name}” could not be saved in its own place.")
                yield Concern(path, 0, said.format(name=clean(path.name)), "recovered", mend=True)


def _unread(path: Path, findings: list[Finding]) -> Iterator[Concern]:
    """Concerns about unknown keys: somebody's own, or misspelt ones."""
    return (Concern(path, f.line, sentence(f), "key", serious=False) for f in findings)


def _empty(path: Path) -> Concern:
    return Concern(path, 0, _("this journal is empty: nothing was ever written into it."), "empty_journal", mend=True)


def _kit_id(path: Path) -> str:
    from entraide_tui.kits.limits import LARGEST

    try:
        held = toml.read(path, LARGEST).get("id")
    except UserError:
        return ""
    return clean(held) if isinstance(held, str) else ""


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
    """Whether users other than the owner and the group can get through to a folder."""
    return os.name != "nt" and all(_mode(step) & 0o001 for step in (folder, *folder.parents))
