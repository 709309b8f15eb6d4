"""A group's workspace: the folder of its kits and sessions, and `entraide.toml`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entraide_tui.common import toml
from entraide_tui.common.errors import FileError, InvalidFileError, NotFoundError
from entraide_tui.common.files import make_folder, reason, write_atomically
from entraide_tui.common.i18n import _, named
from entraide_tui.common.text import clean

GROUP_FILE = "entraide.toml"
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Group:
    """The content of `entraide.toml`: the people who meet."""

    name: str = ""
    members: tuple[str, ...] = ()
    language: str = ""
    preferences: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `entraide.toml`, `kits/` and `sessions/`."""

    root: Path

    @property
    def kits(self) -> Path:
        """The folder of the group's own kits."""
        return self.root / "kits"

    @property
    def sessions(self) -> Path:
        """The folder of records, pages and journals, by year."""
        return self.root / "sessions"

    def group(self) -> Group:
        """Read `entraide.toml`; an empty group if there is none. Raises FileError, InvalidFileError."""
        path = self.root / GROUP_FILE
        if not path.exists():
            return Group()
        document = toml.read(path, LARGEST)
        name, members = document.get("name", ""), document.get("members", [])
        language, preferences = document.get("language", ""), document.get("preferences", {})
        if not (
            isinstance(name, str)
            and isinstance(members, list)
            and all(isinstance(m, str) for m in members)
            and isinstance(language, str)
            and (not language or named(language))
            and isinstance(preferences, dict)
        ):
            raise InvalidFileError(
                _(
                    'expected: name = "…", members = ["…"], language = "fr" or "en", '
                    "and a table [preferences]. Nothing else was read."
                ),
                file=path,
            )
        return Group(clean(name), tuple(clean(m) for m in members), named(language), preferences)

    def make(self, group: Group | None = None) -> list[Path]:
        """Create the folders and the file that are missing; return their paths. Raises FileError."""
        created: list[Path] = []
        try:
            for folder in (self.root, self.kits, self.sessions):
                if not folder.is_dir():
                    make_folder(folder)
                    created.append(folder)
            path = self.root / GROUP_FILE
            if not path.exists():
                write_atomically(path, _group_file(group or Group()).encode())
                created.append(path)
        except OSError as error:
            raise FileError(
                _("the workspace could not be made: {reason}. Choose another folder with --workspace.").format(
                    reason=reason(error)
                ),
                file=self.root,
            ) from error
        return created


def _group_file(group: Group) -> str:
    import tomli_w

    heading = _("The group. Names given here are offered while you type.")
    body = tomli_w.dumps({"name": group.name, "members": list(group.members), "language": group.language})
    return f"# {heading}\n{body}\n[preferences]\n"


def find(asked: Path | None = None, start: Path | None = None) -> Workspace:
    """The workspace in use; it may not exist yet (see `Workspace.make`).

    It is `asked`, else $ENTRAIDE_WORKSPACE, else the nearest folder with an `entraide.toml` from `start` upwards, else
    `Entraide` in the user's documents.
    """
    if asked is not None:
        return Workspace(_absolute(asked))
    if named := os.environ.get("ENTRAIDE_WORKSPACE"):
        return Workspace(_absolute(Path(named)))
    try:
        here = (start or Path.cwd()).resolve()
    except FileNotFoundError:  # the working folder was deleted
        here = None
    for folder in (here, *here.parents) if here else ():
        if (folder / GROUP_FILE).is_file():
            return Workspace(folder)
    from platformdirs import user_documents_path

    return Workspace(user_documents_path() / "Entraide")


def existing(asked: Path | None = None) -> Workspace:
    """`find`, but raises NotFoundError if a folder that was asked for does not exist. For reading only."""
    found = find(asked)
    if (asked is not None or "ENTRAIDE_WORKSPACE" in os.environ) and not found.root.is_dir():
        raise NotFoundError(_("there is no such folder."), file=found.root)
    return found


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().resolve()
    except RuntimeError:  # `~name` of an unknown user
        raise NotFoundError(_("there is no such person on this machine. Write the whole path."), file=path) from None
