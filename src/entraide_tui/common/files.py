"""Read and write whole files: of bounded size, private, atomically."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from typing import TYPE_CHECKING

from entraide_tui.common.errors import FileError, InvalidFileError
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
BINARY: int = getattr(os, "O_BINARY", 0)
"""Windows would else make two bytes of each line end."""
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EISDIR}


def reason(error: OSError) -> str:
    """The reason for an OSError, as a part of a sentence."""
    sentences = {
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("your share of the disk is used up"),
        errno.EROFS: _("the folder is read-only"),
        errno.EACCES: _("you are not allowed to write or read there"),
        errno.EPERM: _("you are not allowed to write or read there"),
        errno.ENOENT: _("there is no such file or folder"),
        errno.EFBIG: _("the file would be too large for this system"),
        errno.EIO: _("the disk does not answer as it should"),
    }
    return sentences.get(error.errno or 0, error.strerror or _("the system refused"))


def make_folder(path: Path) -> None:
    """Make a private folder and its missing parents. Raises OSError."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=PRIVATE_FOLDER)
        path.chmod(PRIVATE_FOLDER)
        sync_folder(path.parent)


def sync(descriptor: int) -> None:
    """Flush a file to the disk. Raises OSError."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:
            os.fsync(descriptor)
        return
    os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """Flush a folder's entries (new and renamed files) to the disk, where the system can. Raises OSError."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`, whatever number of `os.write` calls it takes. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file as a whole: a crash leaves the old content or the new one. Raises OSError."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.~{os.getpid()}-{secrets.token_hex(3)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, PRIVATE_FILE)
    try:
        try:
            os.chmod(temporary, PRIVATE_FILE)  # noqa: PTH101 - `os.open` applied the umask
            write_all(descriptor, data)
            sync(descriptor)
        finally:
            os.close(descriptor)
        _replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def _replace(source: Path, target: Path) -> None:
    # On Windows an antivirus or a synchronising program may hold the file for a moment.
    for wait in (0.05, 0.1, 0.2, 0.4, 0.8, 1.0):
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(wait)
        else:
            return
    source.replace(target)


_TEMPORARY = re.compile(r"\..+\.~\d+-[0-9a-f]{6}")


def is_temporary(name: str) -> bool:
    """Whether the name is that of a temporary file of `write_atomically`."""
    return bool(_TEMPORARY.fullmatch(name))


OLD = 3600.0
"""Seconds after which a temporary file counts as left behind by a killed program."""


def sweep(folder: Path, wall: float) -> list[Path]:
    """Delete the temporary files that a killed program left below a folder; return their paths.

    Args:
        wall: seconds since 1970.
    """
    swept: list[Path] = []
    for path in folder.rglob(".*.~*"):
        with contextlib.suppress(OSError):
            if is_temporary(path.name) and wall - path.stat().st_mtime > OLD:
                path.unlink()
                swept.append(path)
    return swept


def read_bounded(path: Path, most: int) -> bytes:
    """The content of a regular file. Raises FileError, also if it has more than `most` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | BINARY | getattr(os, "O_NONBLOCK", 0))
        try:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise FileError(_("this is not an ordinary file."), file=path)
            if about.st_size > most:
                raise FileError(
                    _("the file is too large ({size} bytes; at most {most}).").format(size=about.st_size, most=most),
                    file=path,
                )
            parts: list[bytes] = []
            while part := os.read(descriptor, 1 << 20):
                parts.append(part)
            return b"".join(parts)[: most + 1]
        finally:
            os.close(descriptor)
    except OSError as error:
        raise FileError(_("it can't be read: {reason}.").format(reason=reason(error)), file=path) from error


def decode(data: bytes, path: Path) -> str:
    """Decode UTF-8 with or without a byte order mark. Raises InvalidFileError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InvalidFileError(
            _("it is not written in UTF-8 (line {line}). Save it again as UTF-8.").format(line=line),
            file=path,
        ) from None
