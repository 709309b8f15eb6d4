"""An open session: what is taken in, what is on the disk, and what comes back."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from tests.archive import made

from entraide_tui.common import files
from entraide_tui.common import lock as locks
from entraide_tui.common.clock import InventedClock
from entraide_tui.common.errors import BusyError, UserError
from entraide_tui.common.text import clean
from entraide_tui.session import holder, journal, writer
from entraide_tui.session.controller import SessionController
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures, timing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.session.journal_lines import JournalEntry


class TwoClocks(InventedClock):
    """A wall that people set."""

    set_by: float = 0.0

    def wall(self) -> float:
        """See `Clock.wall`."""
        return super().wall() + self.set_by


def clock() -> TwoClocks:
    """At noon."""
    return TwoClocks(1000.0, made.NOON - 1000.0)


@pytest.fixture(autouse=True)
def one_boot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine tells which start it is, on every system."""
    monkeypatch.setattr(holder, "boot", lambda: "boot-1")


def begun(folder: Path, time: InventedClock) -> LiveSession:
    """A session in its first step, a minute old."""
    session = made.create(folder, time)
    session.do(gestures.next_step(session.state, session.now()))
    for _second in range(60):
        time.advance(1)
        session.watch_clocks()
    session.do(e.Written(at=session.now(), item="w4", section="questions", text="Pourquoi ?", by="Inès"))
    return session


def spent(session: LiveSession) -> float:
    """Seconds of the current step."""
    play = session.state.now_playing
    assert play is not None
    return timing.spent(session.state, play, session.now())


def test_a_new_session_has_its_journal_in_the_folder_of_its_year(tmp_path: Path) -> None:
    session = made.create(tmp_path, clock())
    assert session.flush()
    assert session.path.parent == tmp_path / "sessions" / "2026"
    assert session.path.stem.startswith("2026-11-21-relancer-le-comite-")
    assert session.path.exists()
    assert session.saved
    assert session.saved_events == session.length == 2
    session.leave()


def test_saved_is_only_what_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    real = journal.Journal.append

    def waiting(self: journal.Journal, entries: list[JournalEntry]) -> None:
        assert gate.wait(10)
        real(self, entries)

    monkeypatch.setattr(journal.Journal, "append", waiting)
    session = made.create(tmp_path, clock())
    session.do(gestures.next_step(session.state, session.now()))
    assert session.state.current == "ouverture"
    assert not session.saved
    assert session.saved_events == 0
    assert not session.flush(0.05)
    gate.set()
    assert session.flush()
    assert session.saved_events == session.length
    assert len(journal.read(session.path).entries) == session.length
    session.leave()


def test_resuming_gives_the_same_state(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    before = session.state
    assert session.leave()
    again = LiveSession.resume(session.path, time)
    assert again.state == before
    assert again.now() == pytest.approx(60)
    again.leave()


def test_within_the_same_start_of_the_machine_the_clock_goes_on_by_the_one_that_never_jumps(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.leave()
    time.advance(120)
    time.set_by = 3600  # somebody sets the time meanwhile
    again = LiveSession.resume(session.path, time)
    assert again.now() == pytest.approx(180, abs=0.01)
    assert again.state.origin == pytest.approx(made.NOON + 3600, abs=0.01)
    assert spent(again) == pytest.approx(180, abs=0.01)
    again.leave()


def test_after_another_start_of_the_machine_the_clock_goes_on_by_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.leave()
    monkeypatch.setattr(holder, "boot", lambda: "boot-2")
    later = InventedClock(5.0, made.NOON + 60 + 240 - 5.0)
    again = LiveSession.resume(session.path, later)
    assert again.now() == pytest.approx(300, abs=0.01)
    later.advance(7)
    assert spent(again) == pytest.approx(307, abs=0.01)
    again.leave()


def test_a_wall_set_back_across_a_start_never_makes_time_run_backwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.leave()
    monkeypatch.setattr(holder, "boot", lambda: "boot-2")
    again = LiveSession.resume(session.path, InventedClock(5.0, made.NOON - 7200))
    assert again.now() == pytest.approx(60)
    again.leave()


@pytest.mark.parametrize(("away", "asked"), [(0.0, False), (4.9, False), (5.5, True), (2400.0, True)])
def test_an_absence_of_more_than_five_seconds_is_asked_about(tmp_path: Path, away: float, asked: bool) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.leave()
    time.advance(away)
    again = LiveSession.resume(session.path, time)
    assert (again.state.interruption is not None) is asked
    assert spent(again) == pytest.approx(60 + away, abs=0.01)
    if asked:
        again.do(gestures.answer_interruption(again.state, again.now(), went_on=False))
        assert spent(again) == pytest.approx(60, abs=0.01)
    again.leave()


def lock_of(session: LiveSession) -> Path:
    """The file in which is noted until when the program was there."""
    return next(session.path.parent.glob(".*.lock"))


@pytest.mark.parametrize("quit_by_key", [True, False])
def test_a_silent_step_before_a_program_ends_is_no_interruption(tmp_path: Path, quit_by_key: bool) -> None:
    time = clock()
    session = begun(tmp_path, time)
    for _second in range(77):
        time.advance(1)
        session.watch_clocks()
    session.flush()
    assert session.presence is not None
    session.presence.note()
    noted = lock_of(session).read_bytes()
    time.advance(2)
    session.leave()
    if not quit_by_key:  # as after a crash: the last note is a few seconds old
        lock_of(session).write_bytes(noted)
    time.advance(2)
    again = LiveSession.resume(session.path, time)
    assert again.state.interruption is None
    assert spent(again) == pytest.approx(60 + 77 + 4, abs=0.01)
    again.leave()


def test_an_absence_is_asked_about_from_the_moment_of_leaving_on(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    for _second in range(100):
        time.advance(1)
        session.watch_clocks()
    session.leave()
    time.advance(20)
    again = LiveSession.resume(session.path, time)
    gap = again.state.interruption
    assert gap is not None
    assert gap.until - gap.since == pytest.approx(20, abs=0.01)
    again.do(gestures.answer_interruption(again.state, again.now(), went_on=False))
    assert spent(again) == pytest.approx(160, abs=0.01)
    again.leave()


@pytest.mark.parametrize("note", ["", "no time", "é", "-1", "nan"])
def test_a_note_that_tells_nothing_of_use_leaves_the_last_gesture_as_the_last_sign(tmp_path: Path, note: str) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.leave()
    lock_of(session).write_text(f" {note}")
    time.advance(60)
    again = LiveSession.resume(session.path, time)
    gap = again.state.interruption
    assert gap is not None
    assert gap.until - gap.since == pytest.approx(60, abs=0.01)
    again.leave()


def test_a_gesture_before_the_first_tick_after_a_sleep_looks_at_the_clocks_first(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    controller = SessionController(session, lambda _happened: None)
    first = session.state.current
    time.advance(3600)
    controller.apply(lambda s: gestures.next_step(s.state, s.now()))
    assert session.state.interruption is not None
    assert not session.watch_clocks()
    controller.apply(lambda s: gestures.answer_interruption(s.state, s.now(), went_on=False))
    play = session.state.play(first)
    assert play is not None
    assert play.spent == pytest.approx(60, abs=0.01)
    session.leave()


def test_a_sleep_is_noticed_and_asked_about_and_a_tick_is_not(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.watch_clocks()
    for _second in range(5):
        time.advance(1)
        assert not session.watch_clocks()
    time.advance(2400)
    assert session.watch_clocks()
    gap = session.state.interruption
    assert gap is not None
    assert gap.until - gap.since == pytest.approx(2400)
    session.leave()


@pytest.mark.parametrize("step", [-3600.0, 3600.0, 2.5])
def test_setting_the_time_changes_no_duration(tmp_path: Path, step: float) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.watch_clocks()
    time.advance(1)
    time.set_by = step
    assert session.watch_clocks()
    assert spent(session) == pytest.approx(61)
    assert session.state.origin == pytest.approx(made.NOON + step)
    assert session.state.interruption is None
    session.leave()


def test_a_second_program_is_told_who_has_the_session(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.flush()
    with pytest.raises(BusyError, match="another program"):
        LiveSession.resume(session.path, time)
    looked_on = LiveSession.reopen(session.path, time)
    assert looked_on.only_looking
    held = looked_on.held_by
    assert held is not None
    assert held.process == os.getpid()
    assert held.wall == pytest.approx(made.NOON)
    session.leave()
    again = LiveSession.reopen(session.path, time)
    assert not again.only_looking
    again.leave()


def test_where_the_system_knows_no_locks_a_session_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(_descriptor: int, _operation: int) -> None:
        raise OSError(37, "No locks available")

    time = clock()
    session = begun(tmp_path, time)
    session.leave()
    monkeypatch.setattr(fcntl, "flock", refuse)
    LiveSession.resume(session.path, time).leave()


def test_a_lock_is_given_back_and_its_file_taken_away_only_when_asked(tmp_path: Path) -> None:
    first, second = locks.Lock(tmp_path / "lock"), locks.Lock(tmp_path / "lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    assert (tmp_path / "lock").exists()
    second.release(remove=True)
    assert not (tmp_path / "lock").exists()
    second.release()


def test_a_lock_whose_file_can_not_be_taken_away_is_given_back_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = locks.Lock(tmp_path / "lock"), locks.Lock(tmp_path / "lock")
    assert first.acquire()

    def refuses(*_anything: object, **_named: object) -> None:
        raise OSError(5, "no")

    with monkeypatch.context() as patch:
        patch.setattr(type(tmp_path), "unlink", refuses)
        first.release(remove=True)
    assert second.acquire()
    second.release()


def test_a_link_in_the_place_of_a_lock_makes_no_file_elsewhere(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.symlink_to(tmp_path / "elsewhere")
    first, second = locks.Lock(lock), locks.Lock(lock)
    assert first.acquire()
    assert not second.acquire()
    assert not (tmp_path / "elsewhere").exists()
    first.release()


def test_a_journal_that_cannot_be_read_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "s.journal"
    path.write_bytes(b"nothing")
    for _try in range(2):
        with pytest.raises(UserError, match="damaged"):
            LiveSession.resume(path, clock())


def test_looking_on_sees_what_the_other_writes_and_changes_nothing(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.flush()
    screen = LiveSession.look_on(session.path, time)
    assert screen.only_looking
    assert screen.saved
    assert screen.state == session.state
    assert not screen.reload()
    time.advance(30)
    session.do(e.Titled(at=session.now(), title="Autre titre"))
    session.flush()
    assert screen.state.title == "Relancer le comité"
    assert screen.reload()
    assert screen.state == session.state
    assert screen.now() == pytest.approx(session.now(), abs=0.01)
    size = session.path.stat().st_size
    assert not screen.do(e.Titled(at=screen.now(), title="Le mien"))
    assert screen.undo() is None
    time.advance(30)
    assert not screen.watch_clocks()
    assert screen.now() == pytest.approx(session.now(), abs=0.01)
    assert session.path.stat().st_size == size
    session.end()
    assert not screen.reload()
    assert screen.state.title == "Autre titre"
    screen.leave()


def test_undoing_goes_back_over_a_resume(tmp_path: Path) -> None:
    time = clock()
    session = begun(tmp_path, time)
    session.leave()
    time.advance(60)
    again = LiveSession.resume(session.path, time)
    assert [i.text for i in again.state.items] == ["Pourquoi ?"]
    undone = again.undo()
    assert isinstance(undone, e.Written)
    assert again.state.items == ()
    assert isinstance(again.undo(), e.Entered)
    assert again.undo() is None
    assert again.state.current == ""
    again.leave()
    third = LiveSession.resume(session.path, time)
    assert third.state == again.state
    assert third.undo() is None
    third.leave()


def test_a_text_is_clean_in_the_session_as_it_will_be_read_again(tmp_path: Path) -> None:
    session = made.create(tmp_path, clock(), title=made.HOSTILE)
    session.do(e.TextSet(at=1.0, name="request.text", text=made.HOSTILE))
    assert session.state.title == clean(made.HOSTILE, lines=True)
    assert session.state.text("request.text") == clean(made.HOSTILE, lines=True)
    assert session.leave()
    assert [x.event for x in journal.read(session.path).entries] == session.history


@pytest.mark.parametrize(
    "event",
    [
        e.BeganEarlier(at=1.0, seconds=float("nan")),
        e.EndPromised(at=1.0, hard_end=float("inf")),
        e.Paused(at=float("nan")),
    ],
)
def test_a_number_that_no_journal_can_hold_is_without_effect(tmp_path: Path, event: e.Event) -> None:
    session = made.create(tmp_path, clock())
    before = session.length
    session.do(event)
    session.do(e.Titled(at=2.0, title="Après"))
    assert session.leave()
    found = [x.event for x in journal.read(session.path).entries]
    assert found == session.history
    assert found[-1] == e.Titled(at=2.0, title="Après")
    assert len(found) in (before + 1, before + 2)


def test_a_screen_that_fails_does_not_stop_the_saving(tmp_path: Path) -> None:
    session = made.create(tmp_path, clock())
    session.flush()
    called = threading.Event()

    def gone() -> None:
        called.set()
        raise RuntimeError("the app is not running")

    session.changed = gone
    for title in ("Un", "Deux", "Trois"):
        session.do(e.Titled(at=1.0, title=title))
        assert session.flush()
    assert called.wait(2)
    assert session.leave()
    assert journal.read(session.path).entries[-1].event == e.Titled(at=1.0, title="Trois")


def refusing(real: Callable[[int], None], refused: list[bool]) -> Callable[[int], None]:
    """A disk that is full while `refused` says so."""

    def sync(descriptor: int) -> None:
        if refused[0]:
            raise OSError(28, "full")
        real(descriptor)

    return sync


def test_trouble_is_said_and_goes_away_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = [False]
    monkeypatch.setattr(journal, "sync", refusing(files.sync, refused))
    session = made.create(tmp_path, clock())
    assert session.flush()
    refused[0] = True
    session.do(e.Titled(at=1.0, title="Un"))
    assert not session.flush()
    assert session.trouble == "the disk is full"
    assert session.saved_events == 2
    assert not session.saved
    refused[0] = False
    session.do(e.Titled(at=1.0, title="Deux"))
    assert session.flush()
    assert session.trouble == ""
    assert session.leave()
    assert [x.event for x in journal.read(session.path).entries] == session.history


def test_leaving_tries_a_last_time_after_a_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = [False]
    monkeypatch.setattr(journal, "sync", refusing(files.sync, refused))
    monkeypatch.setattr(writer, "RETRY", 60.0)
    session = made.create(tmp_path, clock())
    session.flush()
    refused[0] = True
    session.do(e.Titled(at=1.0, title="Un"))
    assert not session.flush()
    refused[0] = False  # somebody frees space, and leaves at once
    assert session.leave()
    assert [x.event for x in journal.read(session.path).entries] == session.history


def test_leaving_with_the_disk_still_full_says_so_and_does_not_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = [True]
    monkeypatch.setattr(journal, "sync", refusing(files.sync, refused))
    session = made.create(tmp_path, clock())
    assert not session.leave()


def test_an_ended_session_leaves_neither_journal_nor_lock(tmp_path: Path) -> None:
    session = begun(tmp_path, clock())
    session.end()
    assert [p.name for p in session.path.parent.iterdir()] == []
