"""Notes in a session's lock file until when a program had it open, so that this is known after a crash.

The journal only has gestures, and a group may make none for many minutes.
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
"""Seconds between two notes."""
_BEGINS = 1
"""The offset of the note in the file: the first byte is locked, and some systems let nobody touch it."""
_BYTES = 40
_FLAGS = sum(getattr(os, flag, 0) for flag in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
"""Neither follow a link nor wait for a device that lies in the file's place."""


class Presence:
    """Notes the time every few seconds, in a thread of its own, since the disk may be slow."""

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
        """Note the present time, if the file exists and can be written."""
        # opened each time: the lock may be taken anew meanwhile
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | _FLAGS)
            try:
                os.lseek(descriptor, _BEGINS, os.SEEK_SET)
                os.write(descriptor, f"{self._clock.wall():.3f}".ljust(_BYTES).encode("ascii"))
            finally:
                os.close(descriptor)

    def stop(self, seconds: float = 2.0) -> None:
        """Note the time a last time and end the thread; wait for `seconds` at most."""
        self._over.set()
        self._thread.join(seconds)
        if not self._thread.is_alive():
            self.note()


def last_seen(lock_file: Path) -> float | None:
    """When a program last had the session open, in seconds since 1970; None if none noted it."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = os.open(lock_file, os.O_RDONLY | _FLAGS)
        try:
            os.lseek(descriptor, _BEGINS, os.SEEK_SET)
            return float(os.read(descriptor, _BYTES).decode("ascii"))
        finally:
            os.close(descriptor)
    return None
