"""Plan what forgetting a person changes in a workspace, file by file, before anything is touched."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import listing, record_file
from entraide_tui.archive.editing import history, page_options_guess
from entraide_tui.common import i18n, toml
from entraide_tui.common.errors import BusyError, FileError, Finding, UserError
from entraide_tui.common.files import is_temporary, read_bounded, reason
from entraide_tui.common.i18n import _
from entraide_tui.common.text import slug, visible
from entraide_tui.common.workspace import GROUP_FILE
from entraide_tui.privacy import pseudonyms, share_log
from entraide_tui.privacy.file_change import LARGEST, FileChange
from entraide_tui.privacy.name_finder import Finder, key
from entraide_tui.privacy.private_places import ForgottenPerson, free_path, look_into_all, surely_names, text_of
from entraide_tui.privacy.pseudonyms import KnownName, Replacements, as_text
from entraide_tui.privacy.rewriting import rewritten_toml, without_members
from entraide_tui.session import fallback_store, journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.privacy.share_log import ExportedCopy

LONGEST_ID = 80
_ID = re.compile(r"(?<![\w-])(?:\d{4}-\d\d(?:-\d\d)?(?:-[a-z0-9]+)+|[a-z0-9]+(?:-[a-z0-9]+){2,})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Plan:
    """What forgetting a person would change, and what it can't reach.

    Attributes:
        names: the spellings that are searched for.
        doubts: everyday words and shared names that may mean the person: left for a human to check.
        elsewhere: other workspace files that contain the name, or that could not be searched.
        left: what stays in private places, each with the reason.
        copies: exported copies of the records that change.
        git: the folder of the Git repository that keeps former versions, if any.
    """

    name: str
    names: tuple[str, ...]
    changes: tuple[FileChange, ...]
    doubts: tuple[Finding, ...] = ()
    elsewhere: tuple[Path, ...] = ()
    left: tuple[UserError, ...] = ()
    copies: tuple[ExportedCopy, ...] = ()
    git: Path | None = None


class Planner:
    """Collects the changes that forgetting one person makes in a workspace and its private places."""

    def __init__(self, workspace: Workspace, person: KnownName, others: tuple[str, ...], page: Renderer) -> None:
        self.workspace = workspace
        self.person = person
        self.page = page
        self.language = workspace.group().language or i18n.language()
        self.finder = Finder.of(person.forms)
        self.others = Finder.of(others)
        self.renamed: dict[str, str] = {}
        self._by_language: dict[str, Replacements] = {}
        self.changes: list[FileChange] = []
        self.moves: list[FileChange] = []
        self.doubts: list[Finding] = []
        self.elsewhere: list[Path] = []
        self.left: list[UserError] = []
        self.touched: set[str] = set()

    def plan(self) -> Plan:
        """Build the plan. Raises UserError as `forgetting.plan` does."""
        every = list(self._files())
        self._refuse_open(every)
        records = listing.paths(self.workspace)
        loaded = {path: data for path in records if (data := self._bytes(path)) is not None}
        for path, data in loaded.items():
            self._find_names(path, data)
        for path, data in loaded.items():
            self._record(path, data)
        ours = {*records, *(path.with_suffix(".md") for path in records)}
        for path in every:
            if path not in ours:
                self._other(path)
        private = list(self._private())
        touched = self.touched | set(self.renamed)
        return Plan(
            name=self.person.name,
            names=self.finder.names,
            # Renames come last: until then a second run can still map the old names that other files mention.
            changes=(*private, *self.changes, *self.moves),
            doubts=tuple(self.doubts),
            elsewhere=tuple(self.elsewhere),
            left=tuple(self.left),
            copies=tuple(copy for copy in share_log.copies(self.workspace) if copy.record in touched),
            git=next((p for p in (self.workspace.root, *self.workspace.root.parents) if (p / ".git").exists()), None),
        )

    def _files(self) -> Iterator[Path]:
        left = [self.workspace.root]
        while left:
            folder = left.pop()
            try:
                inside = sorted(folder.iterdir())
            except OSError as error:
                raise FileError(_("it can't be read: {reason}.").format(reason=reason(error)), file=folder) from error
            for path in inside:
                if path.is_symlink():
                    continue
                if path.is_dir():
                    left += [path] if path.name != ".git" else []
                elif path.is_file():
                    yield path

    def _bytes(self, path: Path) -> bytes | None:
        """The file's bytes; None, and noted in `elsewhere`, if it is unreadable or exceeds LARGEST."""
        try:
            return read_bounded(path, LARGEST)
        except UserError:
            self.elsewhere.append(path)
            return None

    def _refuse_open(self, every: list[Path]) -> None:
        open_journals = []
        for path in (*every, *fallback_store.waiting(self.workspace)):
            data = self._bytes(path) if journal.is_open(path) else None
            if data is not None and self._holds(_text(data)):
                open_journals.append(path)
        if open_journals:
            raise BusyError(
                _(
                    "this workshop is still open and names “{name}”. Close it or discard it first, then run this again."
                ).format(name=self.person.name),
                file=open_journals[0],
                findings=tuple(Finding(str(path)) for path in open_journals[1:]),
            )

    def _private(self) -> Iterator[FileChange]:
        """Yield the changes in private places; note the errors in `left`."""
        person = ForgottenPerson(self.workspace, self.finder, self._without, self._stem, frozenset(self.touched))
        for found in look_into_all(person):
            if isinstance(found, UserError):
                self.left.append(found)
                continue
            self._doubtful(found.becomes, text_of(found.after or b""))
            if not found.empty:
                yield found

    # -- names of records

    def _find_names(self, path: Path, data: bytes) -> None:
        """Note a new name for a record whose file name or id contains the person's name."""
        if not self._may_hold(data) and not self.finder.find(path.stem):
            return
        table: dict[str, Any] = {}
        with contextlib.suppress(UserError):
            table = toml.parse(data, path)
        title = str(table.get("title", ""))
        names_person = any(found.sure for found in self.finder.find(title))
        for old in dict.fromkeys((path.stem, str(table.get("id", path.stem)))):
            new = self._slugged(old, doubts_too=names_person)
            if new != old:
                self.renamed[old] = new

    def _slugged(self, name: str, *, doubts_too: bool = False) -> str:
        for by in (slug(pseudonyms.someone(self.language)), "x"):
            out, at = "", 0
            for found in self.finder.find(name):
                if found.sure or doubts_too:
                    out += name[at : found.start] + by
                    at = found.end
            if len(out) + len(name) - at <= LONGEST_ID:
                break
        return out + name[at:]

    def _stem(self, name: str) -> str:
        return self.renamed.get(name) or self._slugged(name)

    # -- texts

    def _replacements(self, language: str) -> Replacements:
        if language not in self._by_language:
            by = pseudonyms.someone(language or self.language)
            replacements = Replacements.of([self.person], {self.person.name: by}, language or self.language)
            self._by_language[language] = replace(replacements, nouns=frozenset({by}), contacts=False)
        return self._by_language[language]

    def _without(self, text: str, language: str) -> str:
        """Replace the person in a text; a record id that contains the name stays a valid id."""
        replacements = self._replacements(language)
        out, at = "", 0
        for match in _ID.finditer(text):
            known = match[0] in self.renamed
            if known or any(found.sure for found in self.finder.find(match[0])):
                out += as_text(replacements.pieces(text[at : match.start()])) + self._stem(match[0])
                at = match.end()
        return out + as_text(replacements.pieces(text[at:]))

    def _rewritten(self, path: Path, data: bytes, language: str) -> bytes:
        if not self._may_hold(data):
            return data
        if path.suffix == ".toml":
            with contextlib.suppress(UserError):
                return rewritten_toml(data, path, lambda text: self._without(text, language))
        text = data.decode("utf-8", "surrogateescape")
        new = self._without(text, language)
        return new.encode("utf-8", "surrogateescape") if new != text else data

    # -- files

    def _record(self, path: Path, data: bytes) -> None:
        record = None
        if self._may_hold(data) or path.stem in self.renamed:
            with contextlib.suppress(UserError):
                record = record_file.loads(data, path)
        language = record.language if record else ""
        new = self._rewritten(path, data, language)
        stem = self.renamed.get(path.stem, path.stem)
        becomes = free_path(path.with_name(f"{stem}{path.suffix}"), path, new)
        self._doubtful(path, _text(data))
        beside = path.with_suffix(".md")
        former = self._bytes(beside) if beside.is_file() and not beside.is_symlink() else None
        page = former
        if former is not None:
            page = self._rewritten(beside, former, language)
            if record is not None and new != data:
                page = self._redrawn(path, _text(former), record, new) or page
        if new != data or becomes != path or page != former:
            self.touched.add(record.id if record else path.stem)
            # The page first: if the program is killed in between, a page must not be left without its record.
            if former is not None and page is not None:
                self._change(beside, former, page, becomes.with_suffix(".md"))
            self._change(path, data, new, becomes)

    def _redrawn(self, path: Path, former: str, record: Record, new: bytes) -> bytes | None:
        """Render the page again with its options; None if it was edited by hand, or would still contain the name."""
        drawn = page_options_guess.recognised(former, record, self.page)
        with contextlib.suppress(UserError):
            if drawn is not None:
                text = drawn.of(record_file.loads(new, path), self.page)
                if not any(found.sure for found in self.finder.find(text)):
                    return text.encode()
        return None

    def _other(self, path: Path) -> None:
        data = self._bytes(path)
        if data is None or journal.is_open(path):
            return
        text = data.decode("utf-8", "replace")
        inside = path.is_relative_to(self.workspace.sessions / history.FOLDER)
        if is_temporary(path.name):
            if self._holds(text) or self._holds(path.name):
                self._change(path, data, None, path)
        elif inside:
            becomes = path
            folders = {history.folder(self.workspace, old).name: new for old, new in self.renamed.items()}
            if path.parent.name in folders:
                becomes = history.folder(self.workspace, folders[path.parent.name]) / path.name
            elif self._stem(path.parent.name) != path.parent.name:
                becomes = path.parent.with_name(self._stem(path.parent.name)) / path.name
            new = self._rewritten(path, data, self._language_of(path))
            if new != data or becomes != path:
                self._change(path, data, new, becomes)
        elif path == self.workspace.root / GROUP_FILE:
            new = self._rewritten(path, without_members(data, path, self._is_person), self.language)
            if new != data:
                self._change(path, data, new, path)
        elif self._holds(text) or self._holds(path.name):
            self.elsewhere.append(path)
        else:
            return
        self._doubtful(path, _text(data))

    def _is_person(self, member: str) -> bool:
        own = {key(form) for form in self.person.forms}
        return key(member) in own

    def _may_hold(self, data: bytes) -> bool:
        """Whether the bytes may contain the name, plainly or in escapes."""
        return b"\\" in data or bool(self.finder.find(data.decode("utf-8", "replace")))

    def _holds(self, text: str) -> bool:
        return surely_names(self.finder, text)

    def _language_of(self, path: Path) -> str:
        with contextlib.suppress(UserError):
            language = toml.parse(read_bounded(path.with_suffix(".toml"), LARGEST), path).get("language", "")
            return language if isinstance(language, str) else ""
        return ""

    def _doubtful(self, path: Path, text: str) -> None:
        """Note each everyday word and shared name in `doubts`, with its line."""
        found = [f for f in self.finder.find(text) if not f.sure] + self.others.find(text)
        for doubt in found:
            line = text.count("\n", 0, doubt.start) + 1
            shown = text.splitlines()[line - 1] if text else ""
            self.doubts.append(
                Finding(f"{path.name}: {visible(shown.strip())}", line, visible(text[doubt.start : doubt.end]))
            )

    def _change(self, path: Path, before: bytes, after: bytes | None, becomes: Path) -> None:
        change = FileChange.of(path, before, after, becomes)
        if not change.empty:
            moves = becomes != path and history.FOLDER not in path.parts
            (self.moves if moves else self.changes).append(change)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
