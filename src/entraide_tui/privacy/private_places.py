"""The private places: everything outside the group's folder that this program writes and that may name a person.

Each has a class here and an entry in `PLACES`; a test fails for a private folder that is not registered.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from entraide_tui.archive import notebook
from entraide_tui.archive.index import Index, schema
from entraide_tui.common import private_dirs, settings, toml
from entraide_tui.common.errors import BusyError, FileError, InvalidFileError, UserError
from entraide_tui.common.files import is_temporary, read_bounded
from entraide_tui.common.i18n import _, mark
from entraide_tui.privacy import share_log
from entraide_tui.privacy.file_change import LARGEST, FileChange, files_below
from entraide_tui.privacy.name_finder import bare
from entraide_tui.privacy.rewriting import rewritten_toml
from entraide_tui.session import fallback_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from entraide_tui.common.private_dirs import Kind
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.privacy.name_finder import Finder

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")
_HASH = re.compile(r"\b[0-9a-f]{20}\b")


@dataclass(frozen=True, slots=True)
class ForgottenPerson:
    """The person to forget, and how their name is replaced.

    Attributes:
        without: replaces the name in a text, given the text and its language (may be empty).
        renamed: gives the new id of a record.
        touched: the ids of the records whose texts change.
    """

    workspace: Workspace
    finder: Finder
    without: Callable[[str, str], str]
    renamed: Callable[[str], str]
    touched: frozenset[str] = frozenset()

    def named(self, text: str) -> bool:
        """Whether a text may contain the name."""
        return bool(self.finder.find(text))


def surely_names(finder: Finder, text: str) -> bool:
    """Whether a text certainly contains a name, plainly or in JSON or TOML escapes."""
    return any(found.sure for source in {text, _unescaped(text)} for found in finder.find(source))


def _unescaped(text: str) -> str:
    r"""Resolve escapes, so that the n of `\nAnna` does not count as a letter of the name."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text) if "\\" in text else text


class PrivatePlace(Protocol):
    """A private place that can forget a person.

    Attributes:
        name: marked for translation.
        kinds: the private folders that it covers.
    """

    name: ClassVar[str]
    kinds: ClassVar[frozenset[Kind]]

    def look(self, person: ForgottenPerson) -> Iterable[FileChange | UserError]:
        """Yield the change, perhaps empty, to each file that can be searched, and an error for each that is left."""

    def erase(self, workspace: Workspace) -> None:
        """Delete what can be rebuilt from other files. Raises UserError."""


class _Place:
    """Base of places whose files are searched one by one, and that hold nothing to erase."""

    name: ClassVar[str]
    kinds: ClassVar[frozenset[Kind]] = frozenset()

    def look(self, person: ForgottenPerson) -> Iterator[FileChange | UserError]:
        for path in self._files(person.workspace):
            if isinstance(path, UserError):
                yield path
                continue
            try:
                yield from self._look_into(path, person)
            except UserError as error:
                error.file = error.file or path
                yield error

    def erase(self, workspace: Workspace) -> None:
        del workspace

    def _files(self, workspace: Workspace) -> Iterator[Path | UserError]:
        for kind in sorted(self.kinds):
            yield from files_below(private_dirs.of(workspace.root, kind))

    def _look_into(self, path: Path, person: ForgottenPerson) -> Iterator[FileChange | UserError]:
        if os.path.islink(path):  # noqa: PTH114 - never raises
            raise FileError(_("this is a link to another file: nothing is changed through it."), file=path)
        data = read_bounded(path, LARGEST)
        if is_temporary(path.name):
            yield FileChange.of(path, data, None if _named_in(path, data, person) else data, path)
            return
        change = self._changed(path, data, person)
        yield change
        if change.after is not None and _named_in(change.becomes, change.after, person):
            yield InvalidFileError(_("this file is written in a way that can't be changed safely."), file=path)

    def _changed(self, path: Path, data: bytes, person: ForgottenPerson) -> FileChange:
        """The change to a file. Raises UserError if its content can't be parsed."""
        del person
        return FileChange.of(path, data, data, path)


class SharingChoices(_Place):
    """The choices made when records were shared, and the log of exported copies."""

    name = mark("Sharing choices")
    kinds = frozenset({"sharing"})

    def _changed(self, path: Path, data: bytes, person: ForgottenPerson) -> FileChange:
        try:
            if path.name == share_log.LOG:
                return FileChange(path, data, share_log.log_without(data, person.named, person.renamed), path)
            becomes = path.with_name(person.renamed(path.stem) + path.suffix)
            touched = path.stem in person.touched or becomes != path
            after = share_log.choice_without(data, path, person.named, lines_change=touched)
        except ValueError as error:
            raise FileError(_("it could not be read."), file=path) from error
        return FileChange(path, data, after, becomes)


class Notebook(_Place):
    """The facilitator's notebook: facts of each workshop, and private answers."""

    name = mark("Notebook")
    kinds = frozenset({"notebook"})

    def _changed(self, path: Path, data: bytes, person: ForgottenPerson) -> FileChange:
        root = person.workspace.root
        language, session = _debrief(data, path)
        after = rewritten_toml(data, path, lambda text: person.without(text, language))
        if path == notebook.path_of(root, session):
            becomes = notebook.path_of(root, _debrief(after, path)[1])
        else:
            becomes = path.with_name(person.renamed(path.stem) + path.suffix)
        return FileChange.of(path, data, after, free_path(becomes, path, after))


def _debrief(data: bytes, path: Path) -> tuple[str, str]:
    """The language and session id of a notebook page; empty where missing. Raises InvalidFileError."""
    debrief = toml.parse(data, path).get("debrief")
    table = debrief if isinstance(debrief, dict) else {}
    return str(table.get("language", "")), str(table.get("session", ""))


class RecoveredWorkshops(_Place):
    """Workshops that could not be written to the group's folder.

    `forget_plan` refuses to run while a journal that names the person waits here to be moved back. All other files,
    and journals in the system's temporary folder, are reported and left.
    """

    name = mark("Recovered workshops")
    kinds = frozenset({"refuge"})

    def _files(self, workspace: Workspace) -> Iterator[Path | UserError]:
        yield from super()._files(workspace)
        yield from fallback_store.in_temporary_folders()

    def _look_into(self, path: Path, person: ForgottenPerson) -> Iterator[FileChange | UserError]:
        if _named_in(path, read_bounded(path, LARGEST), person):
            yield BusyError(
                _(
                    "a workshop that could be written nowhere else, or a part of it. Bring it home with "
                    "“entraide-tui resume FILE”, close it and run this again; or delete the file."
                ),
                file=path,
            )


class SettingsFile(_Place):
    """The settings, which hold each facilitator's guidance level by name."""

    name = mark("Settings")

    def _files(self, workspace: Workspace) -> Iterator[Path | UserError]:
        del workspace
        # change the target of a link, not the link: dotfiles often live elsewhere
        path = settings.path().resolve()
        if _there(path):
            yield path
        yield from path.parent.glob(f".{path.name}.~*")

    def _changed(self, path: Path, data: bytes, person: ForgottenPerson) -> FileChange:
        after = settings.without_person(data, path, person.named)
        document = toml.parse(after, path)
        keys = document.get("keys")
        own = frozenset(document) | frozenset(keys if isinstance(keys, dict) else ())
        after = rewritten_toml(after, path, lambda text: person.without(text, ""), own_keys=own)
        return FileChange.of(path, data, after, path)


class SearchIndex(_Place):
    """The search index in the cache: always erased, since it may hold text that the files no longer do."""

    name = mark("Search index")

    def erase(self, workspace: Workspace) -> None:
        """Delete this workspace's index, of any version. Raises UserError."""
        Index.open(workspace).erase()

    def _files(self, workspace: Workspace) -> Iterator[Path | UserError]:
        """The indexes of other workspaces; this one's is erased unread."""
        yield from schema.files_of_other_workspaces(workspace)

    def _look_into(self, path: Path, person: ForgottenPerson) -> Iterator[FileChange | UserError]:
        # plain substring search: an index stores words with no separators between them
        text = bare(read_bounded(path, LARGEST).decode("utf-8", "replace"))
        if any(bare(name) in text for name in person.finder.names):
            yield FileError(_elsewhere(), file=path)


PLACES: tuple[PrivatePlace, ...] = (SharingChoices(), Notebook(), RecoveredWorkshops(), SettingsFile(), SearchIndex())
"""All private places. Sharing choices come first: they are keyed by record ids, which change last."""


def look_into_all(person: ForgottenPerson) -> Iterator[FileChange | UserError]:
    """Yield the changes and errors of all places, and an error for other workspaces' folders that name the person."""
    for place in PLACES:
        for found in place.look(person):
            yield found if isinstance(found, UserError) else replace(found, private_place=place.name)
        for kind in sorted(place.kinds):
            for folder in private_dirs.others(person.workspace.root, kind):
                if any(_names(path, person) for path in files_below(folder)):
                    yield FileError(_elsewhere(), file=folder)


def erase_all(workspace: Workspace) -> list[UserError]:
    """Erase what every place can rebuild; return the errors."""
    failed = []
    for place in PLACES:
        try:
            place.erase(workspace)
        except UserError as error:
            failed.append(error)
    return failed


def _there(path: Path) -> bool:
    """Whether a file exists or may exist; an access error is reported when it is read."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _elsewhere() -> str:
    return _("private files of another group, or of this one before its folder was moved.")


def free_path(becomes: Path, path: Path, data: bytes) -> Path:
    """The path for a file that moves: `becomes`, numbered if another file is there.

    Args:
        path: where the file is now.
        data: the new content; a file that already holds it counts as the same.
    """
    number, free = 1, becomes
    while free != path and free.exists() and not _holds(free, data):
        number += 1
        free = becomes.with_name(f"{becomes.stem}-{number}{becomes.suffix}")
    return free


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_bounded(path, LARGEST) == data
    except UserError:
        return False


def _names(path: Path | UserError, person: ForgottenPerson) -> bool:
    """Whether a file names the person; False if it can't be read."""
    try:
        return isinstance(path, Path) and _named_in(path, read_bounded(path, LARGEST), person)
    except UserError:
        return False


def _named_in(path: Path, data: bytes, person: ForgottenPerson) -> bool:
    return surely_names(person.finder, f"{path.name}\n{text_of(data)}")


def text_of(data: bytes) -> str:
    """A private file as text, without hashes, which may contain short names by chance."""
    return _HASH.sub("", data.decode("utf-8", "replace"))
