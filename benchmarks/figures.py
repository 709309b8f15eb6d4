"""What is measured: each trial gives, for one round, our figure and the yardstick's."""

from __future__ import annotations

import os
import random
import string
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks import workshops
from benchmarks.bare import READY
from benchmarks.terminal import Terminal, environment, python
from entraide_tui.common.clock import SystemClock
from entraide_tui.common.files import sync, write_all
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entraide_tui.common.workspace import Workspace

BARE = str(Path(__file__).with_name("bare.py"))
LETTERS = "".join(random.Random(7).choices(string.ascii_lowercase, k=60))  # noqa: S311 - any letters will do
TAIL = 6
"""So many letters in a row stand nowhere else, and tell of which key a field speaks."""
PACE = 0.1
"""Seconds from one key to the next: a quick hand."""
EVENTS = 40
REST = 6.0
"""Seconds of watching a screen at rest."""
QUIT = "\x11"
"""Ctrl+Q, in Textual and with us."""
SAVED = "saved"
HOME_DONE = "committee"
"""On the home screen once the records were read."""


@dataclass(frozen=True)
class Pair:
    """One round's two figures."""

    ours: float
    yardstick: float


@dataclass(frozen=True)
class Figure:
    """A figure and its aim: a ratio, or, where the yardstick is next to nothing, an amount."""

    name: str
    unit: str
    aim: float
    ratio: bool = True


@dataclass(frozen=True)
class Trial:
    """Something done once in each round."""

    name: str
    figures: tuple[Figure, ...]
    run: Callable[[Ground], Sequence[Pair]]


class Ground:
    """A folder to measure in; what takes long to make is made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = environment(folder / "home")
        self.records = cache(lambda: workshops.with_records(folder / "records", 30))
        self._open = cache(lambda length: workshops.at_contributions(folder / f"open-{length}", length))

    def open(self, length: int) -> Workspace:
        """A fresh copy of a workspace with one open workshop of so many events."""
        made: Workspace = self._open(length)
        return workshops.copied(made, self.folder / "run")

    def ours(self, place: Workspace, *words: str) -> Terminal:
        """Our program."""
        return Terminal(program(*words, "--lang", "en", "--workspace", str(place.root)), self.environment)

    def bare(self, what: str) -> Terminal:
        """A yardstick."""
        return Terminal(python(BARE, what), self.environment)


def program(*words: str) -> list[str]:
    """Our command, as it is installed."""
    return python("-m", "entraide_tui", *words)


# -- the screens


def home(ground: Ground) -> list[Pair]:
    """From the command to the whole home screen, with thirty records."""
    with ground.ours(ground.records()) as ours:
        ours.until_drawn(HOME_DONE)
    with ground.bare("form") as bare:
        bare.until_drawn(READY)
    return [Pair(ours.complete(), bare.complete())]


def resume(ground: Ground) -> list[Pair]:
    """From the command to the whole live screen, with sixty events."""
    with ground.ours(ground.open(60), "resume") as ours:
        ours.until_drawn(SAVED)
    with ground.bare("form") as bare:
        bare.until_drawn(READY)
    return [Pair(ours.complete(), bare.complete())]


def keys(ground: Ground) -> list[Pair]:
    """From a key to the byte that completes its letter in the field, for the slowest in twenty keys."""
    with ground.ours(ground.open(2000), "resume") as ours:
        ours.until_drawn(SAVED)
        slow = _type(ours)
    with ground.bare("line") as bare:
        bare.until_drawn(READY)
        return [Pair(slow, _type(bare))]


def _type(terminal: Terminal) -> float:
    """Types, and returns the 95th percentile of the delays in milliseconds."""
    terminal.watch(0.3)
    pressed = []
    for letter in LETTERS:
        pressed.append(terminal.press(letter))
        terminal.watch(PACE)
    terminal.watch(0.5)
    frames = list(terminal.frames())
    delays = []
    for number in range(TAIL, len(LETTERS) + 1):
        begin, tail = pressed[number - 1], LETTERS[number - TAIL : number]
        drawn = next(at for at, rows in frames if at > begin and any(tail in row for row in rows))
        delays.append((drawn - begin) * 1000)
    return quantiles(delays, n=20)[-1]


def rest(ground: Ground) -> list[Pair]:
    """Processor (percent of a core) and output (kB/s) of the live screen at rest, its clock running."""
    with ground.ours(ground.open(60), "resume") as ours:
        ours.until_drawn(SAVED)
        mine = _rest(ours)
    with ground.bare("form") as bare:
        bare.until_drawn(READY)
        return [Pair(a, b) for a, b in zip(mine, _rest(bare), strict=True)]


def _rest(terminal: Terminal) -> tuple[float, float]:
    terminal.watch(1.0)
    begun, busy = terminal.now(), terminal.busy()
    written = sum(len(piece.data) for piece in terminal.watch(REST))
    spent = terminal.now() - begun
    return (terminal.busy() - busy) / spent * 100, written / spent / 1000


def memory(ground: Ground) -> list[Pair]:
    """Megabytes with ten thousand events loaded."""
    with ground.ours(ground.open(10_000), "resume") as ours:
        ours.until_drawn(SAVED)
        ours.watch(0.5)
        mine = ours.memory()
    with ground.bare("form") as bare:
        bare.until_drawn(READY)
        bare.watch(0.5)
        return [Pair(mine, bare.memory())]


def leaving(ground: Ground) -> list[Pair]:
    """From the key to the end of the program, all being saved."""
    with ground.ours(ground.open(60), "resume") as ours:
        ours.until_drawn(SAVED)
        pressed = ours.press(QUIT)
        mine = ours.until_gone() - pressed
    with ground.bare("form") as bare:
        bare.until_drawn(READY)
        pressed = bare.press(QUIT)
        return [Pair(mine, bare.until_gone() - pressed)]


# -- the disk and the commands


def disk(ground: Ground) -> list[Pair]:
    """From a gesture to its event on the disk, against writing the same bytes there and waiting for the disk."""
    live = workshops.begin(workshops.workspace(ground.folder / "disk"), SystemClock())
    live.flush()
    ours, bare = [], []
    descriptor = os.open(live.path.with_name("yardstick"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    size = live.path.stat().st_size
    for number in range(EVENTS):
        event = e.Drafted(at=live.now(), field="contributions.line", text=f"{workshops.SAID} {number}")
        begun = time.perf_counter()
        live.do(event)
        live.flush()
        ours.append(time.perf_counter() - begun)
        data = b"x" * (live.path.stat().st_size - size)
        size += len(data)
        begun = time.perf_counter()
        write_all(descriptor, data)
        sync(descriptor)
        bare.append(time.perf_counter() - begun)
    os.close(descriptor)
    live.end()
    return [Pair(median(ours), median(bare))]


def undo(ground: Ground) -> list[Pair]:
    """Taking back a gesture in a workshop of 22,000 events: what a key may take before a hand notices."""
    live = workshops.begin(workshops.workspace(ground.folder / f"undo-{time.monotonic_ns()}"), SystemClock())
    live.do(gestures.next_step(live.state, live.now()))
    for number in range(17_000):
        live.do(e.Drafted(at=live.now(), field="contributions.line", text=f"{workshops.SAID} {number}"))
        if number % 3 == 0:
            item = e.Written(at=live.now(), item=live.id_for("i"), section="contributions", text=workshops.SAID)
            live.do(item)
    taken = []
    for _number in range(EVENTS):
        begun = time.perf_counter()
        live.undo()
        taken.append(time.perf_counter() - begun)
    live.end()
    return [Pair(1000 * median(taken), 0.0)]


def _command(ground: Ground, *words: str) -> list[Pair]:
    return [Pair(_run(program(*words), ground), _run(python("-c", "pass"), ground))]


def _run(command: list[str], ground: Ground) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=ground.environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def records(ground: Ground) -> list[Pair]:
    """The list of thirty records, against a Python that does nothing."""
    return _command(ground, "list", "--workspace", str(ground.records().root))


def kits(ground: Ground) -> list[Pair]:
    """The list of kits, against a Python that does nothing."""
    return _command(ground, "kits", "list", "--workspace", str(ground.records().root))


TRIALS = (
    Trial("home", (Figure("start to the whole home screen", "s", 1.3),), home),
    Trial("resume", (Figure("resume to the whole live screen", "s", 1.3),), resume),
    Trial("keys", (Figure("key to its letter, p95, 2,000 events", "ms", 1.3),), keys),
    Trial("undo", (Figure("undo with 22,000 events", "ms", 50.0, ratio=False),), undo),
    Trial("disk", (Figure("a gesture to its event on the disk", "s", 1.3),), disk),
    Trial(
        "rest",
        (
            Figure("live screen at rest: processor", "%", 0.6, ratio=False),
            Figure("live screen at rest: output", "kB/s", 1.0, ratio=False),
        ),
        rest,
    ),
    Trial("memory", (Figure("memory with 10,000 events", "MB", 1.6),), memory),
    Trial("list", (Figure("list of 30 records", "s", 10.0),), records),
    Trial("kits", (Figure("kits list", "s", 10.0),), kits),
    Trial("quit", (Figure("quit, all saved", "s", 1.3),), leaving),
)
