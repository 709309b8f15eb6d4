"""Until when a program was there with a session open: noted in the session's lock file, so that a crash leaves it too.

The journal tells of gestures alone, and a group may be silent for many minutes.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.common.clock import Clock

EVERY = 2.0
"""Seconds from one note to the next."""
_BEGINS = 1
"""The byte at which a note begins: some systems let nobody touch the first one, which is what is locked."""
_BYTES = 40
_FLAGS = sum(getattr(os, flag, 0) for flag in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
"""Whatever else lies there is neither followed nor waited for."""


class Presence:
    """Notes the wall's time every few seconds, in a thread of its own: the disk may be slow to answer."""

    def __init__(self, lock_file: Path, clock: Clock) -> None:
        self._path = lock_file
        self._clock = clock
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._over.wait(EVERY):
            self.note()

    def note(self) -> None:
        """Note this moment; where there is no such file, or it can't be written, nothing."""
        # opened each time: the lock itself may be taken anew meanwhile
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | _FLAGS)
            try:
                os.lseek(descriptor, _BEGINS, os.SEEK_SET)
                os.write(descriptor, f"{self._clock.wall():.3f}".ljust(_BYTES).encode("ascii"))
            finally:
                os.close(descriptor)

    def stop(self, seconds: float = 2.0) -> None:
        """Note the moment of leaving; wait for the disk at most so long."""
        self._over.set()
        self._thread.join(seconds)
        if not self._thread.is_alive():
            self.note()


def last_seen(lock_file: Path) -> float | None:
    """Return the seconds since 1970 at which the last program that noted it was there; None where none did."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = os.open(lock_file, os.O_RDONLY | _FLAGS)
        try:
            os.lseek(descriptor, _BEGINS, os.SEEK_SET)
            return float(os.read(descriptor, _BYTES).decode("ascii"))
        finally:
            os.close(descriptor)
    return None
