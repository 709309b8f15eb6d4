"""A file lock that lets one program at a time write a session.

The system releases it however the program ends, `kill -9` included.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


_LOCKED_ERRORS = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class Lock:
    """A lock file, locked from `acquire` to `release` or to the end of the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Try to lock, without waiting; return whether it worked. Raises OSError where files can't be locked."""
        descriptor = self._opened()
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if error.errno not in _LOCKED_ERRORS:
                raise  # a file system without locks
            return False
        self._descriptor = descriptor
        return True

    def _opened(self) -> int:
        flags = os.O_RDWR | os.O_CREAT
        for flag in ("O_CLOEXEC", "O_NOFOLLOW", "O_BINARY"):
            flags |= getattr(os, flag, 0)
        try:
            return os.open(self.path, flags, 0o600)
        except OSError:
            if not self.path.is_symlink():
                raise
            self.path.unlink()  # never made by us, and it would have a file made somewhere else
            return os.open(self.path, flags, 0o600)

    def keep(self) -> None:
        """Lock the file that is there now, where the locked one was removed or replaced."""
        before = self._descriptor
        if before is None:
            return
        try:
            here, held = self.path.lstat(), os.fstat(before)
            if (here.st_dev, here.st_ino) == (held.st_dev, held.st_ino):
                return
        except OSError:
            pass
        with contextlib.suppress(OSError):
            if self.acquire():
                os.close(before)

    def release(self, *, remove: bool = False) -> None:
        """Unlock; `remove` also deletes the lock file if the system lets it, once the session is over."""
        if self._descriptor is None:
            return
        if os.name == "nt":  # what is open can't be taken away there
            os.close(self._descriptor)
        if remove:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
        if os.name != "nt":
            os.close(self._descriptor)
        self._descriptor = None
