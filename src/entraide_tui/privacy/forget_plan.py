"""What forgetting somebody changes in a workspace, file by file: computed whole before anything is touched."""

from __future__ import annotations

import contextlib
import difflib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import listing, record_file
from entraide_tui.archive.editing import history, page_options_guess
from entraide_tui.common import i18n, toml
from entraide_tui.common.errors import Finding, UserError
from entraide_tui.common.files import is_temporary, read_bounded, reason
from entraide_tui.common.i18n import _
from entraide_tui.common.text import slug, visible
from entraide_tui.common.workspace import GROUP_FILE
from entraide_tui.privacy import pseudonyms, share_log
from entraide_tui.privacy.names import Finder, key
from entraide_tui.privacy.pseudonyms import KnownName, Table, as_text
from entraide_tui.privacy.rewriting import rewritten_toml, without_members

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.privacy.share_log import Copy

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest file that is looked into."""
LONGEST_ID = 80
_ID = re.compile(r"(?<![\w-])(?:\d{4}-\d\d(?:-\d\d)?(?:-[a-z0-9]+)+|[a-z0-9]+(?:-[a-z0-9]+){2,})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line that changes; counted from 1."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that changes, moves or goes.

    Attributes:
        before: its bytes as they were read.
        after: as they become; None: the file goes.
        becomes: where it is afterwards.
        lines: what changes in it.
    """

    path: Path
    before: bytes
    after: bytes | None
    becomes: Path
    lines: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What forgetting somebody would do.

    Attributes:
        names: the forms under which the person is looked for.
        doubts: everyday words, and names that others bear too, which may be the person: left for a human.
        elsewhere: files of the workspace that are not ours and hold the name.
        copies: files that left.
        git: the repository that keeps former versions, if any.
        kept: what is remembered about sharing, and would change.
    """

    name: str
    names: tuple[str, ...]
    changes: tuple[FileChange, ...]
    doubts: tuple[Finding, ...] = ()
    elsewhere: tuple[Path, ...] = ()
    copies: tuple[Copy, ...] = ()
    git: Path | None = None
    kept: tuple[Path, ...] = ()
    forgetting: share_log.Forgetting | None = field(default=None, repr=False)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.changes and not self.kept


class Planning:
    """Goes through the workspace."""

    def __init__(self, workspace: Workspace, person: KnownName, others: tuple[str, ...], page: Renderer) -> None:
        self.workspace = workspace
        self.person = person
        self.page = page
        self.language = workspace.group().language or i18n.language()
        self.finder = Finder.of(person.forms)
        self.others = Finder.of(others)
        self.renamed: dict[str, str] = {}
        self.changes: list[FileChange] = []
        self.moves: list[FileChange] = []
        self.doubts: list[Finding] = []
        self.elsewhere: list[Path] = []
        self.touched: set[str] = set()

    def plan(self) -> Plan:
        """All of it."""
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
        forgetting = share_log.Forgetting(self.finder, self._stem, frozenset(self.touched))
        touched = self.touched | set(self.renamed)
        return Plan(
            name=self.person.name,
            names=self.finder.names,
            # Last those that get another name: as long as they stand, a second run knows what the others call them.
            changes=(*self.changes, *self.moves),
            doubts=tuple(self.doubts),
            elsewhere=tuple(self.elsewhere),
            copies=tuple(copy for copy in share_log.copies(self.workspace) if copy.record in touched),
            git=next((p for p in (self.workspace.root, *self.workspace.root.parents) if (p / ".git").exists()), None),
            kept=tuple(forgetting.files(self.workspace)),
            forgetting=forgetting,
        )

    def _files(self) -> Iterator[Path]:
        left = [self.workspace.root]
        while left:
            folder = left.pop()
            try:
                inside = sorted(folder.iterdir())
            except OSError as error:
                raise UserError(_("it can't be read: {reason}.").format(reason=reason(error)), file=folder) from error
            for path in inside:
                if path.is_symlink():
                    continue
                if path.is_dir():
                    left += [path] if path.name != ".git" else []
                elif path.is_file():
                    yield path

    def _bytes(self, path: Path) -> bytes | None:
        """None for what is too large to be one of ours, and is listed if its name alone tells."""
        try:
            return read_bounded(path, LARGEST)
        except UserError:
            self.elsewhere.append(path)
            return None

    def _refuse_open(self, every: list[Path]) -> None:
        held = []
        for path in every:
            if path.suffix == listing.JOURNAL and (data := self._bytes(path)) is not None:
                text = data.decode("utf-8", "replace")
                if any(found.sure for found in self.finder.find(text)):
                    held.append(path)
        if held:
            raise UserError(
                _(
                    "this workshop is still open and names “{name}”. Close it or discard it first, then run this again."
                ).format(name=self.person.name),
                file=held[0],
                findings=tuple(Finding(str(path)) for path in held[1:]),
            )

    # -- names of records

    def _find_names(self, path: Path, data: bytes) -> None:
        """What the record is called afterwards, if its name tells who it is."""
        if not self._may_hold(data) and not self.finder.find(path.stem):
            return
        table: dict[str, Any] = {}
        with contextlib.suppress(UserError):
            table = toml.parse(data, path)
        title = str(table.get("title", ""))
        told = any(found.sure for found in self.finder.find(title))
        for old in dict.fromkeys((path.stem, str(table.get("id", path.stem)))):
            new = self._slugged(old, told=told)
            if new != old:
                self.renamed[old] = new

    def _slugged(self, name: str, *, told: bool = False) -> str:
        for by in (slug(pseudonyms.someone(self.language)), "x"):
            out, at = "", 0
            for found in self.finder.find(name):
                if found.sure or told:
                    out += name[at : found.start] + by
                    at = found.end
            if len(out) + len(name) - at <= LONGEST_ID:
                break
        return out + name[at:]

    def _stem(self, name: str) -> str:
        return self.renamed.get(name) or self._slugged(name)

    def _moved(self, path: Path, data: bytes) -> Path:
        """Where a record goes: where another one is, beside it."""
        stem = self.renamed.get(path.stem, path.stem)
        number, becomes = 1, path.with_name(f"{stem}{path.suffix}")
        while becomes != path and becomes.exists() and self._bytes(becomes) != data:
            number += 1
            becomes = path.with_name(f"{stem}-{number}{path.suffix}")
        return becomes

    # -- texts

    def _table(self, language: str) -> Table:
        by = pseudonyms.someone(language or self.language)
        made = Table.of([self.person], {self.person.name: by}, language or self.language)
        return replace(made, nouns=frozenset({by}), ways=False)

    def _said(self, text: str, table: Table) -> str:
        """A text without the person; what looks like the name of a record keeps that form."""
        out, at = "", 0
        for match in _ID.finditer(text):
            known = match[0] in self.renamed
            if known or any(found.sure for found in self.finder.find(match[0])):
                out += as_text(table.pieces(text[at : match.start()])) + self._stem(match[0])
                at = match.end()
        return out + as_text(table.pieces(text[at:]))

    def _without(self, path: Path, data: bytes, language: str) -> bytes:
        if not self._may_hold(data):
            return data
        text = data.decode("utf-8", "surrogateescape")
        table = self._table(language)

        def said(text: str) -> str:
            return self._said(text, table)

        if path.suffix == ".toml":
            with contextlib.suppress(UserError):
                return rewritten_toml(data, path, said)
        new = said(text)
        return new.encode("utf-8", "surrogateescape") if new != text else data

    # -- files

    def _record(self, path: Path, data: bytes) -> None:
        record = None
        if self._may_hold(data) or path.stem in self.renamed:
            with contextlib.suppress(UserError):
                record = record_file.loads(data, path)
        language = record.language if record else ""
        new = self._without(path, data, language)
        becomes = self._moved(path, new)
        self._doubtful(path, data)
        beside = path.with_suffix(".md")
        former = self._bytes(beside) if beside.is_file() and not beside.is_symlink() else None
        page = former
        if former is not None:
            page = self._without(beside, former, language)
            if record is not None and new != data:
                page = self._redrawn(path, _text(former), record, new) or page
        if new != data or becomes != path or page != former:
            self.touched.add(record.id if record else path.stem)
            # The page first: one that a kill leaves beside no record would be nobody's.
            if former is not None and page is not None:
                self._change(beside, former, page, becomes.with_suffix(".md"))
            self._change(path, data, new, becomes)

    def _redrawn(self, path: Path, former: str, record: Record, new: bytes) -> bytes | None:
        """The page as the group had it; None where somebody wrote in it, or it would still tell the name."""
        drawn = page_options_guess.recognised(former, record, self.page)
        with contextlib.suppress(UserError):
            if drawn is not None:
                text = drawn.of(record_file.loads(new, path), self.page)
                if not any(found.sure for found in self.finder.find(text)):
                    return text.encode()
        return None

    def _other(self, path: Path) -> None:
        data = self._bytes(path)
        if data is None or path.suffix in (listing.JOURNAL, ".lock"):
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
            new = self._without(path, data, self._language_of(path))
            if new != data or becomes != path:
                self._change(path, data, new, becomes)
        elif path == self.workspace.root / GROUP_FILE:
            new = self._without(path, without_members(data, path, self._is_person), self.language)
            if new != data:
                self._change(path, data, new, path)
        elif self._holds(text) or self._holds(path.name):
            self.elsewhere.append(path)
        else:
            return
        self._doubtful(path, data)

    def _is_person(self, member: str) -> bool:
        own = {key(form) for form in self.person.forms}
        return key(member) in own

    def _may_hold(self, data: bytes) -> bool:
        """Whether it is worth reading: the name is there, or signs that may spell it."""
        return b"\\" in data or bool(self.finder.find(data.decode("utf-8", "replace")))

    def _holds(self, text: str) -> bool:
        return any(found.sure for found in self.finder.find(text))

    def _language_of(self, path: Path) -> str:
        with contextlib.suppress(UserError):
            told = toml.parse(read_bounded(path.with_suffix(".toml"), LARGEST), path).get("language", "")
            return told if isinstance(told, str) else ""
        return ""

    def _doubtful(self, path: Path, data: bytes) -> None:
        """Everyday words and names that others bear: told with their line."""
        text = data.decode("utf-8", "replace")
        found = [f for f in self.finder.find(text) if not f.sure] + self.others.find(text)
        for one in found:
            line = text.count("\n", 0, one.start) + 1
            shown = text.splitlines()[line - 1] if text else ""
            self.doubts.append(
                Finding(f"{path.name}: {visible(shown.strip())}", line, visible(text[one.start : one.end]))
            )

    def _change(self, path: Path, before: bytes, after: bytes | None, becomes: Path) -> None:
        if after != before or becomes != path:
            moves = becomes != path and history.FOLDER not in path.parts
            (self.moves if moves else self.changes).append(
                FileChange(path, before, after, becomes, _shown(before, after))
            )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _shown(before: bytes, after: bytes | None) -> tuple[Shown, ...]:
    if after is None:
        return ()
    old, new = _text(before).splitlines(), _text(after).splitlines()
    out: list[Shown] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            for number in range(max(b - a, d - c)):
                was = old[a + number] if a + number < b else ""
                becomes = new[c + number] if c + number < d else ""
                out.append(Shown(min(a + number, b) + 1, visible(was.strip()), visible(becomes.strip())))
    return tuple(out)
