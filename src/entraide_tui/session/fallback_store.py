"""Saves a session elsewhere if its journal can't be written when the program ends, and brings it back later."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.archive.ids import suffix
from entraide_tui.archive.listing import JOURNAL
from entraide_tui.common import private_dirs
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import make_folder, read_bounded, sweep, write_atomically
from entraide_tui.session import journal as journals
from entraide_tui.session.journal_lines import encode_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.session.journal_lines import JournalEntry

_TEMPORARY = "entraide-"
"""The prefix of the temporary folders that are used if the private one can't be written to."""


def keep(root: Path, name: str, entries: Sequence[JournalEntry]) -> Path | None:
    """Write a whole session outside the workspace; return the path, None if no disk takes it.

    Args:
        root: the group's folder.
        name: the name of the session's journal.
    """
    data, _seed = encode_all(list(entries), 0, 0, None)
    for place in _places(root):
        target = place / name
        with contextlib.suppress(OSError):
            make_folder(place)
            if os.path.lexists(target) and not _says_less(target, entries):
                target.rename(_beside(target))
            write_atomically(target, data)
            return target
    return None


def _says_less(path: Path, entries: Sequence[JournalEntry]) -> bool:
    """Whether a journal holds nothing but the first of these entries."""
    try:
        found = journals.read(path)
    except UserError:
        return False
    return not found.rest and found.entries == list(entries[: len(found.entries)])


def _beside(path: Path) -> Path:
    """A name that is free for the journal of another session."""
    while os.path.lexists(other := path.with_name(f"{path.name.removesuffix(JOURNAL)}-{suffix()}{JOURNAL}")):
        pass
    return other


def _places(root: Path) -> Iterator[Path]:
    yield private_dirs.of(root, "refuge")
    with contextlib.suppress(OSError):
        yield Path(tempfile.mkdtemp(prefix=f"{_of_workspace(root)}-"))


def _of_workspace(root: Path) -> str:
    return f"{_TEMPORARY}{private_dirs.of(root, 'refuge').name}"


def in_temporary_folders() -> list[Path]:
    """The user's sessions saved in temporary folders; nothing tells of which workspace they are."""
    own = getattr(os, "getuid", lambda: -1)()
    found = []
    with contextlib.suppress(OSError):
        for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}*")):
            with contextlib.suppress(OSError):
                about = folder.lstat()
                if stat.S_ISDIR(about.st_mode) and own in (-1, about.st_uid):
                    found += sorted(path for path in folder.glob(f"*{JOURNAL}*") if not path.is_symlink())
    return found


def waiting(workspace: Workspace) -> list[Path]:
    """The sessions of a workspace that took refuge."""
    found = []
    with contextlib.suppress(OSError):
        found = sorted(private_dirs.of(workspace.root, "refuge").glob(f"*{JOURNAL}"))
    own = f"{_of_workspace(workspace.root)}-"
    temporary = in_temporary_folders()
    return found + [p for p in temporary if p.parent.name.startswith(own) and p.suffix == JOURNAL]


def bring_home(workspace: Workspace) -> list[Path]:
    """Bring back every waiting session that can be written again; return the paths of their journals."""
    home = []
    for path in waiting(workspace):
        with contextlib.suppress(OSError, UserError):
            home.append(bring(workspace, path))
    return home


def tidy(workspace: Workspace, wall: float) -> None:
    """Bring back the sessions that were saved elsewhere, and remove what interrupted writes left.

    Args:
        wall: seconds since 1970.
    """
    bring_home(workspace)
    sweep(workspace.sessions, wall)


def home_of(workspace: Workspace, path: Path) -> Path:
    """Where the journal of a session that took refuge belongs."""
    day = path.name[:4]
    return workspace.sessions / (day if day.isdigit() else "") / path.name


def bring(workspace: Workspace, path: Path) -> Path:
    """One session goes home; what lies there under its name stays, as the shorter part if it is one.

    A session that went on at home without it comes back beside it. Raises OSError, UserError.
    """
    found = journals.read(path)
    home = target = home_of(workspace, path)
    if os.path.lexists(target):
        if _says_less(target, found.entries):
            target = journals.next_part(target)
        elif not _is_held_by(target, found.entries):
            home = target = _beside(target)
    if not os.path.lexists(target):
        data = read_bounded(found.path, journals.LARGEST)
        write_atomically(target, data if found.damaged else data[: found.good])
    with contextlib.suppress(OSError):
        journals.remove(path)
        if path.parent.name.startswith(_TEMPORARY):
            path.parent.rmdir()
    return home


def _is_held_by(path: Path, entries: Sequence[JournalEntry]) -> bool:
    """Whether a journal holds all of these entries, and perhaps more."""
    try:
        return journals.read(path).entries[: len(entries)] == list(entries)
    except UserError:
        return False
