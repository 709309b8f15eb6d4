"""A disk that is full, read-only or broken: what was called saved stays, the rest comes when it can, once."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.archive import made
from tests.faults import program

from entraide_tui.archive import listing
from entraide_tui.common.workspace import Workspace
from entraide_tui.session import journal, writer
from entraide_tui.session.journal import Journal
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(program.__file__)


def run(*words: str) -> str:
    """What the program says; its faults are ours."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


# -- real ones


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("size", [600, 4000, 4001])
def test_a_file_that_may_not_grow_goes_on_when_it_may(tmp_path: Path, size: int) -> None:
    assert run(sys.executable, str(PROGRAM), str(tmp_path), "limit", str(size)) == "ok\n"


def own_disk(folder: Path, what: str) -> str:
    """Runs the program on a disk of 64 KiB of its own, as an ordinary user; skips where that is not allowed."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("unshare is not installed")
    start = [unshare, "-Urm", "sh", "-c"]
    mount = 'mount -t tmpfs -o size=64k none "$0"'
    tried = subprocess.run([*start, mount, str(folder)], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"this system allows no disk of one's own: {tried.stderr.strip()}")
    return run(*start, f'{mount} && exec "$1" "$2" "$0" "$3"', str(folder), sys.executable, str(PROGRAM), what)


@pytest.mark.parametrize("what", ["full", "readonly"])
def test_a_disk_of_its_own_that_is_full_or_read_only_for_a_while_loses_nothing(tmp_path: Path, what: str) -> None:
    assert own_disk(tmp_path, what) == "ok\n"


# -- each call in turn


class Failing:
    """The Nth call of a kind is refused, and as many after it as wanted; a refused write may have written a part."""

    def __init__(self, name: str, at: int, times: int, code: int, *, partly: bool = False) -> None:
        self.name, self.at, self.times, self.code, self.partly = name, at, times, code, partly
        self.calls = 0
        self.on = True
        self._real: Callable[..., Any] = getattr(os, name)

    def __call__(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - any call of the system
        if not self.on:
            return self._real(*given, **named)
        self.calls += 1
        if self.at <= self.calls < self.at + self.times:
            if self.partly and self.name == "write" and self.calls == self.at:
                return self._real(given[0], bytes(given[1])[: len(given[1]) // 2])
            raise OSError(self.code, os.strerror(self.code))
        return self._real(*given, **named)


EVENTS = made.entries(
    [
        made.opening(),
        *(e.Written(at=float(n), item=f"w{n}", section="questions", text=program.text(n)) for n in range(8)),
    ]
)
CALLS = ("write", "fsync", "open", "ftruncate")


def lived(path: Path, failing: Failing) -> None:
    """Writes all events as the writer does, whatever is refused; at each moment what is saved can be read."""
    opened = Journal(path)
    saved = tries = 0
    known = 0
    while saved < len(EVENTS):
        known = min(len(EVENTS), known + 3)
        tries += 1
        assert tries < 60
        try:
            opened.append(EVENTS[opened.number : known])
            saved = opened.number
        except OSError:
            pass
        failing.on = False
        if saved:
            found = journal.read(path)
            assert len(found.entries) >= saved
            assert found.entries == EVENTS[: len(found.entries)]
        failing.on = True
    opened.close()
    failing.on = False
    found = journal.read(path)
    assert found.entries == EVENTS
    again = Journal(found.path, good=found.good, seed=found.seed, number=len(found.entries))
    more = made.entries([e.Paused(at=99.0)])
    again.append(more)
    again.close()
    assert journal.read(path).entries == [*EVENTS, *more]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("name", CALLS)
def test_a_refusal_at_any_call_loses_nothing_that_was_saved_and_repeats_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    at, reached = 0, True
    while reached:
        at += 1
        for times, partly in ((1, False), (3, True)):
            failing = Failing(name, at, times, code, partly=partly)
            with monkeypatch.context() as patch:
                patch.setattr(os, name, failing)
                lived(tmp_path / f"{at}-{times}" / "s.journal", failing)
            reached = failing.calls >= at
    assert at > 1 or name == "ftruncate"


@pytest.mark.parametrize("at", range(1, 12))
def test_when_nothing_can_be_cut_back_either_a_new_file_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    failing = Failing("write", at, 2, errno.ENOSPC, partly=True)
    path = tmp_path / "s.journal"

    def refuse(_descriptor: int, _size: int) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "write", failing)
    monkeypatch.setattr(os, "ftruncate", refuse)
    lived(path, failing)
    assert journal.read(path).path.name == ("s.journal.part2" if failing.calls >= at else "s.journal")


def test_a_torn_end_that_cannot_be_put_aside_stays_where_it_is_and_leaves_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.journal"
    whole = made.journal_bytes([x.event for x in EVENTS])
    path.write_bytes(whole[:-10])
    found = journal.read(path)
    opened = Journal(path, good=found.good, seed=found.seed, number=len(found.entries))
    failing = Failing("write", 1, 99, errno.ENOSPC, partly=True)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing)
        for _try in range(3):
            with pytest.raises(OSError, match="space"):
                opened.append(EVENTS[-1:])
    assert [p.name for p in tmp_path.iterdir()] == ["s.journal"]
    assert path.read_bytes() == whole[:-10]
    opened.append(EVENTS[-1:])
    opened.close()
    assert journal.read(path).entries == EVENTS
    [aside] = tmp_path.glob("*.torn-*")
    assert aside.read_bytes() == found.rest


def test_the_name_of_a_new_journal_is_put_on_the_disk_even_when_that_fails_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.journal"
    calls: list[Path] = []

    def sync_folder(folder: Path) -> None:
        calls.append(folder)
        if len(calls) == 1:
            raise OSError(errno.EIO, "no")

    monkeypatch.setattr(journal, "sync_folder", sync_folder)
    opened = Journal(path)
    with pytest.raises(OSError, match="no"):
        opened.append(EVENTS)
    opened.append(EVENTS)
    opened.close()
    assert calls == [tmp_path, tmp_path]


# -- a whole session


def test_a_broken_disk_moves_the_session_to_a_new_file_and_resuming_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = program.begin(tmp_path)
    program.play(session, 3)
    assert session.flush()
    failing = Failing("fsync", 1, 1, errno.EIO)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        program.play(session, 4)
        session.flush()
        assert session.saved_events >= 3
        assert session.flush()
    program.play(session, 5)
    assert session.leave()
    part = session.path.with_name(session.path.name + ".part2")
    assert journal.read(session.path).path == part
    assert listing.journals(Workspace(tmp_path)) == [session.path]
    again = LiveSession.resume(session.path, session.clock)
    assert again.state.items == session.state.items
    assert [i.text for i in again.state.items] == [program.text(n) for n in (3, 4, 5)]
    program.play(again, 6)
    assert again.leave()
    assert len(LiveSession.look_on(session.path, session.clock).state.items) == 4
    third = LiveSession.resume(session.path, session.clock)
    third.end()
    assert list(session.path.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["write", "fsync", "open"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_session_goes_on_while_its_disk_refuses_and_has_all_when_it_no_longer_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    monkeypatch.setattr(writer, "RETRY", 0.01)
    failing = Failing(name, 1, 10**9, code)
    failing.on = False
    session = program.begin(tmp_path)
    number = 2
    with monkeypatch.context() as patch:
        patch.setattr(os, name, failing)
        for period in range(8):
            failing.on = period % 2 == 1 and not (name == "open" and period == 0)
            for _event in range(5):
                number += 1
                program.play(session, number)
                session.flush(0.02)
                saved = session.saved_events
                if not failing.on and saved:
                    found = [x.event for x in journal.read(session.path).entries]
                    assert len(found) >= saved
                    assert found == session.history[: len(found)]
        failing.on = False
        assert session.flush()
    assert session.trouble == ""
    assert session.leave()
    assert [x.event for x in journal.read(session.path).entries] == session.history
    assert [i.text for i in session.state.items] == [program.text(n) for n in range(3, number + 1)]
