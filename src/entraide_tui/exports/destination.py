"""Where what leaves goes: into files, or into a stream such as standard output or the clipboard."""

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
    """A file that was written, and for which group."""

    workspace: Workspace
    path: Path


class Destination(Protocol):
    """Takes what leaves."""

    def path_of(self, name: str) -> Path | None:
        """Return where a file of that name goes; None where there will be no file. Raises UserError."""

    def put(self, name: str, data: bytes) -> WrittenFile | None:
        """Take a file; return where it is now, if anywhere. Raises UserError."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files in a folder, or the one that was named.

    Attributes:
        out: what was named.
        in_folder: whether `out` is a folder although nothing is there yet.
        taken: what becomes of a name that is taken: it is refused, replaced, or the next free one is used.
    """

    workspace: Workspace
    out: Path
    in_folder: bool = False
    taken: Literal["refuse", "replace", "number"] = "refuse"

    def path_of(self, name: str) -> Path:
        """Return where a file of that name goes. Raises UserError."""
        path = place(self.out, name, in_folder=self.in_folder)
        return free(path) if self.taken == "number" else path

    def put(self, name: str, data: bytes) -> WrittenFile:
        """Write a file, whole and private. Raises UserError."""
        path = self.path_of(name)
        write(path, data, self.workspace, force=self.taken == "replace")
        return WrittenFile(self.workspace, path)


@dataclass(frozen=True, slots=True)
class Stream:
    """Something that takes bytes and keeps no file: nothing is noted of where it went.

    Attributes:
        write: raises UserError where it can't.
    """

    write: Callable[[bytes], None]

    def path_of(self, name: str) -> None:
        """Return None."""

    def put(self, name: str, data: bytes) -> None:  # noqa: ARG002 - a stream has no names
        """Take the bytes. Raises UserError."""
        self.write(data)


def usual_folder(workspace: Workspace) -> Path:
    """Return the folder that the app's exports go to unless one says otherwise."""
    return workspace.root / "exports"


def typed(workspace: Workspace, said: str, suffix: str, *, several: bool = False) -> Files:
    """Return the files that a person meant who typed a path in the app: nothing that is there is replaced.

    It is a folder, but for a name that ends as the one file would. Raises UserError where there is no such home folder.

    Args:
        said: empty: the usual folder.
        several: whether there will be several files.
    """
    try:
        out = Path(said).expanduser() if said else usual_folder(workspace)
    except RuntimeError:
        raise InputError(_("there is no such folder.")) from None
    return Files(workspace, out, in_folder=several or out.suffix != suffix, taken="number")


def free(path: Path) -> Path:
    """Return a name that nothing has yet, numbered where it has to be. Raises UserError."""
    number, out = 1, path
    try:
        while out.exists():
            number += 1
            out = path.with_name(f"{path.stem}-{number}{path.suffix}")
    except OSError as error:
        raise FileError(_("it could not be written: {reason}.").format(reason=reason(error)), file=path) from error
    return out


_OWN = frozenset((".toml", ".md", ".journal"))


def place(out: Path, name: str, *, in_folder: bool) -> Path:
    """Where a file goes: what was said, or inside of it where that is, or is to be, a folder. Raises UserError."""
    try:
        return out / name if in_folder or out.is_dir() else out
    except OSError as error:
        raise FileError(_("it could not be written: {reason}.").format(reason=reason(error)), file=out) from error


def write(path: Path, data: bytes, workspace: Workspace, *, force: bool = False) -> None:
    """Writes a finished file, whole and private. Raises UserError; what is there stays unless `force`.

    Nothing that leaves ever takes the place of a record: in `sessions/` every `.toml` is read as one.
    """
    try:
        if path.suffix.casefold() in _OWN and path.resolve().is_relative_to(workspace.sessions.resolve()):
            raise InputError(_("this folder holds the records themselves. Choose another one."), file=path)
        if path.exists() and not path.is_file():
            raise FileError(_("this is not an ordinary file."), file=path)
        if path.exists() and not force:
            raise InputError(_("this file is there already; --force replaces it."), file=path)
        write_atomically(path, data)
    except RuntimeError:  # links that lead round in a circle
        raise FileError(_("this is not an ordinary file."), file=path) from None
    except OSError as error:
        raise FileError(_("it could not be written: {reason}.").format(reason=reason(error)), file=path) from error
