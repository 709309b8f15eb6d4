"""The thread that writes a session's entries to the disk."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from entraide_tui.common.files import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entraide_tui.common.lock import Lock
    from entraide_tui.session.journal import Journal
    from entraide_tui.session.journal_lines import JournalEntry

RETRY = 1.0
"""Seconds from a failure to the next try."""
LOOK = 0.5
"""Seconds from one look at whether what was written is still there to the next."""


class Writer:
    """Puts entries on the disk, in a thread of its own, as many at a time as are there, and sees that they stay.

    Attributes:
        saved: how many entries are on the disk, where they will be looked for.
        trouble: why the others can't be written, or nothing.
    """

    def __init__(
        self,
        journal: Journal,
        entries: Sequence[JournalEntry],
        changed: Callable[[], None],
        lock: Lock | None = None,
    ) -> None:
        self._journal = journal
        self._entries = entries
        self._changed = changed
        self._lock = lock
        self._wake = threading.Condition()
        self._stop = False
        self._asked = False
        self._busy = False
        self.saved = journal.saved
        self.trouble = ""
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Tell the thread that there are new entries."""
        with self._wake:
            self._asked = True
            self._wake.notify_all()

    def flush(self, seconds: float) -> bool:
        """Wait until all entries are on the disk or a try fails, for `seconds` at most; return whether they are."""
        with self._wake:
            self._asked = True
            self._wake.notify_all()
            self._wake.wait_for(
                lambda: (
                    self._stop
                    or (not self._asked and not self._busy and (self.saved >= len(self._entries) or bool(self.trouble)))
                ),
                seconds,
            )
            return self.saved >= len(self._entries)

    def stop(self, seconds: float = 2.0) -> bool:
        """Try once more to write all entries, then end the thread; return whether all are on the disk."""
        done = self.flush(seconds)
        with self._wake:
            self._stop = True
            self._wake.notify_all()
        self._thread.join(seconds)
        self._journal.close()
        return done

    def _run(self) -> None:
        while True:
            with self._wake:
                if self.trouble:
                    self._wake.wait_for(lambda: self._stop or self._asked, RETRY)
                else:
                    self._wake.wait_for(
                        lambda: self._stop or self._asked or self._journal.number < len(self._entries), LOOK
                    )
                if self._stop:
                    return
                self._asked, self._busy = False, True
            self._write()

    def _write(self) -> None:
        before = (self.saved, self.trouble)
        try:
            if not self._journal.stands():
                self._journal.lose()
            batch = self._entries[self._journal.number :]
            if batch:
                self._journal.append(batch)
            if self._lock:
                self._lock.keep()
            trouble = ""
        except OSError as error:
            trouble = reason(error)
        with self._wake:
            self.saved, self.trouble = self._journal.saved, trouble
            self._busy = False
            self._wake.notify_all()
        if (self.saved, self.trouble) != before:
            # A screen that is gone, or fails, must not end the saving.
            with contextlib.suppress(Exception):
                self._changed()
