"""A session that is open: its state, its clock, and the thread that puts its events on the disk.

The screen asks for gestures and shows the state; it never waits for the disk.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.archive.ids import new_id, suffix
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import make_folder, reason
from entraide_tui.common.i18n import _
from entraide_tui.common.lock import Lock
from entraide_tui.session import journal as journals
from entraide_tui.session.journal import SUFFIX, Journal, JournalEntry
from entraide_tui.workshop import events as e
from entraide_tui.workshop.fold import apply, fold, last_gesture
from entraide_tui.workshop.gestures import SHORTEST_GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entraide_tui.common.clock import Clock
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.kits.model import Kit
    from entraide_tui.workshop.state import Session

CLOCKS_APART = 2.0
"""Seconds by which the two clocks may differ before somebody must have set one."""
_RETRY = 1.0


def boot() -> str:
    """Which start of the machine this is, where the system tells."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


class Writer:
    """Puts entries on the disk, in a thread of its own, as many at a time as are there."""

    def __init__(self, journal: Journal, entries: Sequence[JournalEntry], changed: Callable[[], None]) -> None:
        self._journal = journal
        self._entries = entries
        self._changed = changed
        self._wake = threading.Condition()
        self._stop = False
        self._asked = False
        self._busy = False
        self.saved = journal.number
        self.trouble = ""
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something new."""
        with self._wake:
            self._asked = True
            self._wake.notify_all()

    def flush(self, seconds: float) -> bool:
        """Waits until all is on the disk, or a try that begins now has failed, at most so long. Whether it is."""
        with self._wake:
            self._asked = True
            self._wake.notify_all()
            self._wake.wait_for(
                lambda: (
                    self.saved >= len(self._entries)
                    or (bool(self.trouble) and not self._asked and not self._busy)
                    or self._stop
                ),
                seconds,
            )
            return self.saved >= len(self._entries)

    def stop(self, seconds: float = 2.0) -> bool:
        """A last try to write all, then the end of the thread. Whether all is on the disk."""
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
                    self._wake.wait_for(lambda: self._stop or self._asked, _RETRY)
                else:
                    self._wake.wait_for(lambda: self._stop or self._journal.number < len(self._entries))
                if self._stop:
                    return
                self._asked, self._busy = False, True
            self._write()

    def _write(self) -> None:
        batch = list(self._entries[self._journal.number :])
        try:
            if batch:
                self._journal.append(batch)
            trouble = ""
        except OSError as error:
            trouble = reason(error)
        with self._wake:
            self.saved, self.trouble = (
                self._journal.number if not trouble else min(self.saved, self._journal.number or self.saved),
                trouble,
            )
            self._busy = False
            self._wake.notify_all()
        # A screen that is gone, or fails, must not end the saving.
        with contextlib.suppress(Exception):
            self._changed()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a session open."""

    host: str
    process: int
    wall: float


class LiveSession:
    """One open session. Made by `create`, `resume` or `look_on`."""

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
        self._entries = entries
        self._lock = lock
        self.state: Session = fold([x.event for x in entries])
        last = entries[-1]
        self._at = last.event.at
        self._elapsed = clock.elapsed()
        self._wall = clock.wall()
        self._writer = writer(entries, lambda: self.changed()) if writer else None

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
        """A new session, its journal begun. What can't be written is tried again while the session goes on."""
        import datetime

        wall = clock.wall()
        day = datetime.datetime.fromtimestamp(wall, tz=datetime.UTC).astimezone().date()
        name = session_id or new_id(day, title, suffix())
        path = workspace.sessions / str(day.year) / f"{name}{SUFFIX}"
        opening = e.Opened(
            at=0.0, session=name, origin=wall, language=language, kit=kit, title=title, group=group, themes=themes,
            people=people, hard_end=hard_end,
        )  # fmt: skip
        entries = [JournalEntry(journals.as_read(opening) or opening, wall, clock.elapsed())]
        lock = _locked(path)
        live = cls(path, entries, clock, writer=lambda x, c: Writer(Journal(path), x, c), lock=lock)
        live._held()
        return live

    @classmethod
    def resume(cls, path: Path, clock: Clock) -> LiveSession:
        """An open session, as it was, its clock right. Raises UserError, also where another program holds it."""
        lock = _locked(path)
        if lock is None:
            raise UserError(_("this session is open in another program."), file=path)
        try:
            found = journals.read(path)
        except UserError:
            lock.release()
            raise
        entries = found.entries
        journal = Journal(found.path, good=found.good, seed=found.seed, number=len(entries))
        away = _away(entries, clock)
        live = cls(path, entries, clock, writer=lambda x, c: Writer(journal, x, c), lock=lock)
        last = entries[-1]
        live._at = last.event.at + away
        origin = clock.wall() - live._at
        if abs(origin - live.state.origin) > CLOCKS_APART:
            live.do(e.ClockSet(at=live._at, origin=origin))
        if away > SHORTEST_GAP:
            live.do(e.Interrupted(at=live._at, since=last.event.at))
        live._held()
        return live

    @classmethod
    def look_on(cls, path: Path, clock: Clock) -> LiveSession:
        """The session as another program has written it so far, to be seen and not changed. Raises UserError."""
        found = journals.read(path)
        live = cls(path, found.entries, clock, writer=None, lock=None)
        live._at = found.entries[-1].event.at + _away(found.entries, clock)
        return live

    def reload(self) -> bool:
        """While looking on: takes in what the other program has written since. Whether there was anything."""
        try:
            found = journals.read(self.path)
        except UserError:
            return False
        if len(found.entries) == len(self._entries):
            return False
        self._entries[:] = found.entries
        self.state = fold([x.event for x in self._entries])
        self._at = self._entries[-1].event.at + _away(self._entries, self.clock)
        self._elapsed = self.clock.elapsed()
        return True

    def _held(self) -> None:
        self.do(e.Held(at=self.now(), host=socket.gethostname(), process=os.getpid(), boot=boot()))

    @property
    def held_by(self) -> Holder | None:
        """Who opened the session last."""
        for entry in reversed(self._entries):
            if isinstance(entry.event, e.Held):
                return Holder(entry.event.host, entry.event.process, entry.wall)
        return None

    @property
    def only_looking(self) -> bool:
        """Whether another program has it."""
        return self._writer is None

    # -- time

    def now(self) -> float:
        """This moment, in seconds of session time."""
        return self._at + max(0.0, self.clock.elapsed() - self._elapsed)

    def watch_clocks(self) -> bool:
        """To be called about once a second. Notes a sleep, a stop, or that somebody set the time; whether it did."""
        elapsed, wall = self.clock.elapsed(), self.clock.wall()
        before = self.now() if elapsed < self._elapsed else self._at
        step, wall_step = elapsed - self._elapsed, wall - self._wall
        self._at = before + max(0.0, step)
        self._elapsed, self._wall = elapsed, wall
        if self.only_looking:
            return False
        noted = False
        if abs(wall_step - step) > CLOCKS_APART:
            noted = self.do(e.ClockSet(at=self._at, origin=wall - self._at))
        if step > SHORTEST_GAP and self.state.current and self.state.paused is None:
            noted = self.do(e.Interrupted(at=self._at, since=before)) or noted
        return noted

    # -- gestures

    def do(self, event: e.Event | None) -> bool:
        """Takes in what happened. Whether anything did."""
        if event is None or self.only_looking:
            return False
        event = journals.as_read(event)
        if event is None:
            return False
        self._entries.append(JournalEntry(event, self.clock.wall(), self.clock.elapsed()))
        self.state = self._fold() if isinstance(event, e.Undone) else apply(self.state, event)
        if self._writer:
            self._writer.wake()
        return True

    def undo(self) -> e.Event | None:
        """Takes back the last gesture; returns which."""
        number = last_gesture([x.event for x in self._entries])
        if not number:
            return None
        undone = self._entries[number - 1].event
        return undone if self.do(e.Undone(at=self.now(), number=number)) else None

    def _fold(self) -> Session:
        return fold([x.event for x in self._entries])

    @property
    def length(self) -> int:
        """How many events there are."""
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
        """Whether all is on the disk."""
        return self._writer is None or self._writer.saved >= len(self._entries)

    @property
    def saved_events(self) -> int:
        """How many events are on the disk."""
        return len(self._entries) if self._writer is None else self._writer.saved

    @property
    def trouble(self) -> str:
        """Why it can't be written, or nothing."""
        return "" if self._writer is None else self._writer.trouble

    def flush(self, seconds: float = 2.0) -> bool:
        """Waits, at most so long, until all is on the disk. Whether it is."""
        return self._writer is None or self._writer.flush(seconds)

    def leave(self) -> bool:
        """The program lets go of the session, which stays open. Whether all is on the disk."""
        done = self._writer is None or self._writer.stop()
        if self._lock:
            self._lock.release()
        return done

    def take_refuge(self, root: Path) -> Path | None:
        """What the journal doesn't hold is written whole, outside the workspace; where, if anywhere."""
        from entraide_tui.session import recovery

        return recovery.keep(root, self.path.name, self._entries)

    def end(self) -> None:
        """The session is closed, its records are written: the journal goes."""
        if self._writer:
            self._writer.stop()
        journals.remove(self.path)
        if self._lock:
            self._lock.release(remove=True)


def _locked(path: Path) -> Lock | None:
    lock = Lock(path.with_name(f".{path.name.removesuffix(SUFFIX)}.lock"))
    try:
        make_folder(path.parent)
        return lock if lock.acquire() else None
    except OSError:
        return lock  # where no file can be made, no other program can hold one either


def _away(entries: Sequence[JournalEntry], clock: Clock) -> float:
    """Seconds between the last event and now, by the clock that can be believed."""
    last = entries[-1]
    by_wall = max(0.0, clock.wall() - last.wall)
    by_elapsed = clock.elapsed() - last.elapsed
    same_boot = next((x.event.boot for x in reversed(entries) if isinstance(x.event, e.Held)), "") == boot() != ""
    if same_boot and by_elapsed >= 0:
        return by_elapsed
    return by_wall


def holder(path: Path) -> Holder | None:
    """Who opened this session last."""
    try:
        found = journals.read(path)
    except UserError:
        return None
    for entry in reversed(found.entries):
        if isinstance(entry.event, e.Held):
            return Holder(entry.event.host, entry.event.process, entry.wall)
    return None
