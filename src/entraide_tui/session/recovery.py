"""Saves a session elsewhere if its journal can't be written when the program ends, and brings it back later."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.archive.listing import JOURNAL
from entraide_tui.common import private_dirs
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import make_folder, read_bounded, sweep, write_atomically
from entraide_tui.session import journal as journals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.session.journal import JournalEntry

_TEMPORARY = "entraide-"
"""The prefix of the temporary folders that are used if the private one can't be written to."""


def keep(root: Path, name: str, entries: Sequence[JournalEntry]) -> Path | None:
    """Write a whole session outside the workspace; return the path, None if no disk takes it.

    Args:
        root: the group's folder.
        name: the name of the session's journal.
    """
    for place in _places(root):
        target = place / name
        with contextlib.suppress(OSError):
            make_folder(place)
            # an older copy of the same session only says less
            target.unlink(missing_ok=True)
            journal = journals.Journal(target)
            try:
                journal.append(list(entries))
            finally:
                journal.close()
            return target
    return None


def _places(root: Path) -> Iterator[Path]:
    yield private_dirs.of(root, "refuge")
    with contextlib.suppress(OSError):
        yield Path(tempfile.mkdtemp(prefix=_TEMPORARY))


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
    with contextlib.suppress(OSError):
        return sorted(private_dirs.of(workspace.root, "refuge").glob(f"*{JOURNAL}"))
    return []


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
    """One session goes home; what lay there under its name stays, as the shorter part that it is.

    Raises OSError, UserError.
    """
    found = journals.read(path)
    target = home_of(workspace, path)
    if target.exists():
        target = journals.next_part(target)
    write_atomically(target, read_bounded(path, journals.LARGEST)[: found.good])
    with contextlib.suppress(OSError):
        journals.remove(path)
    return target.with_name(path.name)
