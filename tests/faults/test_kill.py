"""Ended at any moment, without a warning: what was called saved is there."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.faults import program

from entraide_tui.common.clock import InventedClock
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Iterable

PROGRAM = Path(program.__file__)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")


def killed(folder: Path, seconds: float) -> list[int]:
    """Plays, is killed so many seconds after the first event was saved; what it said was saved until then."""
    with subprocess.Popen([sys.executable, str(PROGRAM), str(folder), "kill"], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        try:
            lines = [running.stdout.readline()]
            timer = threading.Timer(seconds, running.kill)
            timer.start()
            lines += running.stdout.readlines()
            timer.join()
        finally:
            running.kill()
    return [int(x) for x in lines if x.endswith(b"\n")]


def rounds(folder: Path, moments: Iterable[float]) -> int:
    """Each is killed and resumed; how many had something saved."""
    told = 0
    waits = list(moments)
    folders = [folder / str(number) for number in range(len(waits))]
    with ThreadPoolExecutor(2) as two:
        every = list(two.map(killed, folders, waits))
    for own, said in zip(folders, every, strict=True):
        assert said == sorted(said)
        if not said[-1]:
            continue  # killed before anything was said to be on the disk
        told += 1
        [path] = (own / "sessions").rglob("*.journal")
        session = LiveSession.resume(path, InventedClock(10.0, program.NOON))  # the lock is free at once
        written = [x for x in session.history if isinstance(x, e.Written)]
        assert [x.text for x in written] == [program.text(n) for n in range(3, 3 + len(written))]
        assert len(written) + 2 >= said[-1]
        program.play(session, 3 + len(written))
        assert session.leave()
        again = LiveSession.resume(path, InventedClock(10.0, program.NOON))
        assert len([x for x in again.history if isinstance(x, e.Written)]) == len(written) + 1
        again.leave()
    return told


def test_what_was_called_saved_is_there_after_a_kill(tmp_path: Path) -> None:
    chance = random.Random(time.time_ns())
    assert rounds(tmp_path, (chance.random() ** 2 * 0.12 for _n in range(10))) > 2


@pytest.mark.campaign
def test_what_was_called_saved_is_there_after_many_kills(tmp_path: Path) -> None:
    chance = random.Random(time.time_ns())
    assert rounds(tmp_path, (chance.random() ** 2 for _n in range(200))) > 100
