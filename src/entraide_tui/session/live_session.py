"""An open session: its state, its clock, and the thread that writes its events to the disk.

The screen never waits for the disk.
"""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from entraide_tui.archive.ids import new_id, suffix
from entraide_tui.archive.listing import JOURNAL
from entraide_tui.common.errors import BusyError, UserError
from entraide_tui.common.files import make_folder
from entraide_tui.common.i18n import _
from entraide_tui.common.local_time import local_day
from entraide_tui.common.lock import Lock
from entraide_tui.session import holder
from entraide_tui.session import journal as journals
from entraide_tui.session.journal import Journal
from entraide_tui.session.journal_lines import JournalEntry, entry_of
from entraide_tui.session.presence import Presence, last_seen
from entraide_tui.session.session_clock import CLOCKS_APART, SessionClock, time_away
from entraide_tui.session.writer import Writer
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures
from entraide_tui.workshop.fold import Timeline
from entraide_tui.workshop.gestures import SHORTEST_GAP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.common.clock import Clock
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.kits.model import Kit
    from entraide_tui.workshop.state import Session


class LiveSession:
    """An open session, made by `create`, `resume`, `look_on` or `reopen`."""

    def __init__(
        self,
        path: Path,
        entries: list[JournalEntry],
        clock: Clock,
        *,
        writer: Callable[[list[JournalEntry], Callable[[], None]], Writer] | None,
        lock: Lock | None,
    ) -> None:
        self.path = path
        self.clock = clock
        self.changed: Callable[[], None] = lambda: None
        self.damage = ""  # what is to be said of a journal that could not be read whole
        self._entries = entries
        self._lock = lock
        self._timeline = Timeline(self.history)
        self._time = SessionClock(clock, entries[-1].event.at)
        self._writer = writer(entries, lambda: self.changed()) if writer else None
        self.presence = Presence(lock.path, clock) if lock else None

    # -- opening

    @classmethod
    def create(
        cls,
        workspace: Workspace,
        clock: Clock,
        kit: Kit,
        *,
        language: str,
        title: str = "",
        group: str = "",
        themes: tuple[str, ...] = (),
        people: tuple[e.Seat, ...] = (),
        hard_end: float | None = None,
        session_id: str = "",
    ) -> LiveSession:
        """Open a new session and begin its journal. A failed write is tried again while the session goes on."""
        wall = clock.wall()
        day = local_day(wall)
        name = session_id or new_id(day, title, suffix())
        path = workspace.sessions / str(day.year) / f"{name}{JOURNAL}"
        opening = gestures.open_workshop(
            kit, wall, language, session=name, title=title, group=group, themes=themes, people=people,
            hard_end=hard_end,
        )  # fmt: skip
        entries = [entry_of(opening, wall, clock.elapsed()) or JournalEntry(opening, wall, clock.elapsed())]
        lock = _locked(path)
        live = cls(path, entries, clock, writer=lambda x, c: Writer(Journal(path), x, c, lock), lock=lock)
        live._held()
        return live

    @classmethod
    def resume(cls, path: Path, clock: Clock) -> LiveSession:
        """Resume an open session, its clock set right.

        Raises BusyError if another program holds it, FileError or InvalidFileError if its journal can't be read.
        """
        lock = _locked(path)
        if lock is None:
            raise BusyError(_("this session is open in another program."), file=path)
        try:
            found = journals.read(path)
        except UserError:
            lock.release()
            raise
        entries = found.entries
        journal = Journal.resumed(found)
        last, away = entries[-1], time_away(entries, clock)
        seen = last_seen(lock.path)
        there = 0.0 if seen is None else min(away, max(0.0, seen - last.wall))
        live = cls(path, entries, clock, writer=lambda x, c: Writer(journal, x, c, lock), lock=lock)
        live.damage = found.damage
        at = last.event.at + away
        live._time.set(at)
        origin = clock.wall() - at
        if abs(origin - live.state.origin) > CLOCKS_APART:
            live.do(gestures.set_clock(at, origin))
        if away - there > SHORTEST_GAP:
            live.do(gestures.interrupt(at, last.event.at + there))
        live._held()
        return live

    @classmethod
    def look_on(cls, path: Path, clock: Clock) -> LiveSession:
        """Show a session as another program has written it so far, without changing it.

        Raises FileError, InvalidFileError.
        """
        found = journals.read(path)
        live = cls(path, found.entries, clock, writer=None, lock=None)
        live.damage = found.damage
        live._time.set(found.entries[-1].event.at + time_away(found.entries, clock))
        return live

    @classmethod
    def reopen(cls, path: Path, clock: Clock) -> LiveSession:
        """Resume an open session, or look on if another program holds it. Raises FileError, InvalidFileError."""
        try:
            return cls.resume(path, clock)
        except BusyError:
            return cls.look_on(path, clock)

    def reload(self) -> bool:
        """While looking on, read what the other program has written since; return whether there was anything."""
        try:
            found = journals.read(self.path)
        except UserError:
            return False
        if len(found.entries) == len(self._entries):
            return False
        self._entries[:] = found.entries
        self._timeline = Timeline(self.history)
        self._time.set(found.entries[-1].event.at + time_away(found.entries, self.clock))
        return True

    def _held(self) -> None:
        self.do(gestures.hold(self.now(), socket.gethostname(), os.getpid(), holder.boot()))

    @property
    def held_by(self) -> holder.Holder | None:
        """The program that opened the session last, if any."""
        return holder.last_holder(self._entries)

    @property
    def only_looking(self) -> bool:
        """Whether another program holds the session, so that it can't be changed here."""
        return self._writer is None

    @property
    def state(self) -> Session:
        """Where the session stands."""
        return self._timeline.state

    # -- time

    def now(self) -> float:
        """The present moment, in seconds of session time."""
        return self._time.now()

    def watch_clocks(self) -> bool:
        """Note a sleep, a stop, or that somebody set the time; return whether it did. Call it about once a second."""
        found = self._time.look()
        if self.only_looking:
            return False
        before = self.length
        if found.origin is not None:
            self.do(gestures.set_clock(found.at, found.origin))
        if found.slept and self.state.current and self.state.paused is None:
            self.do(gestures.interrupt(found.at, found.since))
        return self.length > before

    # -- gestures

    def do(self, event: e.Event | None) -> e.Event | None:
        """Apply an event and write it; return it as it will be read back, None if nothing was applied."""
        if event is None or self.only_looking:
            return None
        entry = entry_of(event, self.clock.wall(), self.clock.elapsed())
        if entry is None:
            return None
        self._entries.append(entry)
        self._timeline.add(entry.event)
        if self._writer:
            self._writer.wake()
        return entry.event

    def undo(self) -> e.Event | None:
        """Take back the last gesture; return its event, None if there is none."""
        undoing = gestures.undo(self.history, self.now())
        if undoing is None or not self.do(undoing):
            return None
        return self._entries[undoing.number - 1].event

    @property
    def length(self) -> int:
        """The number of events."""
        return len(self._entries)

    @property
    def history(self) -> list[e.Event]:
        """All events, in order."""
        return [x.event for x in self._entries]

    def id_for(self, letter: str) -> str:
        """An id for a new entry, unique in this session."""
        return f"{letter}{len(self._entries) + 1}"

    # -- the disk

    @property
    def saved(self) -> bool:
        """Whether all events are on the disk."""
        return self._writer is None or self._writer.saved >= len(self._entries)

    @property
    def saved_events(self) -> int:
        """The number of events on the disk."""
        return len(self._entries) if self._writer is None else self._writer.saved

    @property
    def trouble(self) -> str:
        """Why the journal can't be written; empty if it can."""
        return "" if self._writer is None else self._writer.trouble

    def flush(self, seconds: float = 2.0) -> bool:
        """Wait until all events are on the disk, for `seconds` at most; return whether they are."""
        return self._writer is None or self._writer.flush(seconds)

    def leave(self) -> bool:
        """Let go of the session, which stays open for another program; return whether all events are on the disk."""
        done = self._writer is None or self._writer.stop()
        if self.presence:
            self.presence.stop()
        if self._lock:
            self._lock.release()
        return done

    def take_refuge(self, root: Path) -> Path | None:
        """Write the whole session outside the workspace; return the path, None if no disk takes it."""
        from entraide_tui.session import fallback_store

        return fallback_store.keep(root, self.path.name, self._entries)

    def end(self) -> None:
        """Remove the journal, once the records are written."""
        if self._writer:
            self._writer.stop()
        if self.presence:
            self.presence.stop()
        journals.remove(self.path)
        if self._lock:
            self._lock.release(remove=True)


def _locked(path: Path) -> Lock | None:
    lock = Lock(path.with_name(f".{path.name.removesuffix(JOURNAL)}.lock"))
    try:
        make_folder(path.parent)
        return lock if lock.acquire() else None
    except OSError:
        return lock  # if no lock can be created here, no other program can hold one either
