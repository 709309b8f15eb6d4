"""The destinations of an export: files, or a stream such as standard output or the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from entraide_tui.common.errors import FileError, InputError
from entraide_tui.common.files import reason, write_atomically
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from entraide_tui.common.workspace import Workspace


class WrittenFile(NamedTuple):
    """A file that was written, and the workspace whose log it is noted in."""

    workspace: Workspace
    path: Path


class Destination(Protocol):
    """Takes finished files."""

    def path_of(self, name: str) -> Path | None:
        """Return the path of a file of that name; None if no file is written. Raises UserError."""

    def put(self, name: str, data: bytes) -> WrittenFile | None:
        """Take a file; return where it was written, if anywhere. Raises UserError."""


@dataclass(frozen=True, slots=True)
class Files:
    """Writes files into a folder, or to one path.

    Attributes:
        out: the folder or path.
        in_folder: treat `out` as a folder even if it does not exist yet.
        if_taken: what to do if a file exists: refuse, replace it, or number the new one.
    """

    workspace: Workspace
    out: Path
    in_folder: bool = False
    if_taken: Literal["refuse", "replace", "number"] = "refuse"

    def path_of(self, name: str) -> Path:
        """Return the path of a file of that name. Raises FileError."""
        path = path_for(self.out, name, in_folder=self.in_folder)
        return unused_path(path) if self.if_taken == "number" else path

    def put(self, name: str, data: bytes) -> WrittenFile:
        """Write a file as `write` does. Raises FileError, InputError."""
        path = self.path_of(name)
        write(path, data, self.workspace, force=self.if_taken == "replace")
        return WrittenFile(self.workspace, path)


@dataclass(frozen=True, slots=True)
class Stream:
    """Passes the bytes on and writes no file, so that nothing is logged.

    Attributes:
        write: takes the bytes. Raises UserError.
    """

    write: Callable[[bytes], None]

    def path_of(self, name: str) -> None:
        """Return None."""

    def put(self, name: str, data: bytes) -> None:  # noqa: ARG002 - a stream has no names
        """Pass the bytes on. Raises UserError."""
        self.write(data)


def usual_folder(workspace: Workspace) -> Path:
    """Return the folder that the app exports to by default."""
    return workspace.root / "exports"


def from_typed_path(workspace: Workspace, typed_path: str, suffix: str, *, several: bool = False) -> Files:
    """Interpret a path typed in the app: a folder, unless it ends with `suffix`. Existing files are never replaced.

    Args:
        typed_path: empty for the usual folder.
        several: several files will be written, so that the path must be a folder.

    Raises:
        InputError: `~name` names no home folder.
    """
    try:
        out = Path(typed_path).expanduser() if typed_path else usual_folder(workspace)
    except RuntimeError:
        raise InputError(_("there is no such folder.")) from None
    return Files(workspace, out, in_folder=several or out.suffix != suffix, if_taken="number")


def unused_path(path: Path) -> Path:
    """Return the path, numbered if it exists already. Raises FileError."""
    number, out = 1, path
    try:
        while out.exists():
            number += 1
            out = path.with_name(f"{path.stem}-{number}{path.suffix}")
    except OSError as error:
        raise FileError(_("it could not be written: {reason}.").format(reason=reason(error)), file=path) from error
    return out


_OWN = frozenset((".toml", ".md", ".journal"))


def path_for(out: Path, name: str, *, in_folder: bool) -> Path:
    """The path to write: `out`, or `out/name` if `out` is a folder or `in_folder` is set. Raises FileError."""
    try:
        return out / name if in_folder or out.is_dir() else out
    except OSError as error:
        raise FileError(_("it could not be written: {reason}.").format(reason=reason(error)), file=out) from error


def write(path: Path, data: bytes, workspace: Workspace, *, force: bool = False) -> None:
    """Write a finished file atomically, readable by its owner only.

    Args:
        force: replace an existing file.

    Raises:
        InputError: the file exists, or would be taken for a record in `sessions/`.
        FileError: it can't be written.
    """
    try:
        if path.suffix.casefold() in _OWN and path.resolve().is_relative_to(workspace.sessions.resolve()):
            raise InputError(_("this folder holds the records themselves. Choose another one."), file=path)
        if path.exists() and not path.is_file():
            raise FileError(_("this is not an ordinary file."), file=path)
        if path.exists() and not force:
            raise InputError(_("this file is there already; --force replaces it."), file=path)
        write_atomically(path, data)
    except RuntimeError:  # a circle of links
        raise FileError(_("this is not an ordinary file."), file=path) from None
    except OSError as error:
        raise FileError(_("it could not be written: {reason}.").format(reason=reason(error)), file=path) from error
