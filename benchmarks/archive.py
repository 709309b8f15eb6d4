"""The archive: what its index costs and gives, on invented records, against reading, walking and searching the files.

python -m benchmarks --only archive --sizes 1000,10000,100000 --runs 3
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from statistics import median, quantiles
from typing import TYPE_CHECKING

from benchmarks import archives
from benchmarks.figures import HOME_DONE, Figure, Ground, Pair, Trial
from benchmarks.terminal import python
from entraide_tui.archive import listing
from entraide_tui.archive.index import Index, Order, parse
from entraide_tui.common import toml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from entraide_tui.common.workspace import Workspace

SIZES = (1_000, 10_000)
LARGE = 30_000
"""From so many records on, what takes minutes is done in the first counted round only."""
TODAY = datetime.date(2026, 11, 21)
PAGE = 20
ORDERS: tuple[Order, ...] = ("newest", "best")
CHANGED = 10
PASSES = 2
"""Times that each query is asked in a round; the yardstick is asked once."""


@dataclass
class Made:
    """An archive, and its index."""

    workspace: Workspace
    cache: Path
    ready: bool = False

    @property
    def sessions(self) -> Path:
        """Where the records are."""
        return self.workspace.sessions


@cache
def _made(folder: Path, size: int) -> Made:
    print(f"\rmaking {size:,} records…   ", end="", file=sys.stderr, flush=True)
    return Made(archives.make(folder / f"archive-{size}", size), folder / f"cache-{size}")


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.toml"))


def _parse_all(files: list[Path]) -> None:
    for path in files:
        toml.read(path, listing.LARGEST)


def _walk(folder: str) -> None:
    """One walk that asks for the time and size of every file: what must be done to see any change."""
    left = [folder]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)


def build(made: Made) -> Pair:
    """The whole index, against reading and parsing the same files with the program's guarded reader alone."""
    files = _files(made.sessions)
    yardstick = _timed(lambda: _parse_all(files))
    shutil.rmtree(made.cache, ignore_errors=True)
    with Index.open(made.workspace, cache=made.cache) as index:
        ours = _timed(lambda: index.refresh(wall=time.time()))
    # the files may be as young as this run: without this they would all be looked into again
    with Index.open(made.workspace, cache=made.cache) as index:
        index.refresh(wall=time.time() + 10)
    made.ready = True
    return Pair(ours, yardstick)


def refresh(made: Made) -> Pair:
    """After ten records were changed, against one walk that stats every file."""
    files = _files(made.sessions)
    number = len(files)
    ours, walks = [], []
    with Index.open(made.workspace, cache=made.cache) as index:
        for turn in range(5):
            walks.append(_timed(lambda: _walk(str(made.sessions))))
            for path in files[turn :: number // CHANGED][:CHANGED]:
                path.write_text(path.read_text("utf-8") + f"# {turn} {time.time_ns()}\n", "utf-8")
                os.utime(path, (1.6e9 + time.time() % 1e6, 1.6e9 + time.time() % 1e6))
            begun = time.perf_counter()
            done = index.refresh(wall=time.time())
            ours.append(time.perf_counter() - begun)
            assert done.read == CHANGED
    return Pair(median(ours), median(walks))


def _found(tool: list[str], word: str, folder: Path) -> float:
    return _timed(lambda: subprocess.run([*tool, word, str(folder)], stdout=subprocess.DEVNULL, check=False))


def searches(made: Made) -> list[Pair]:
    """The 95th percentile over many queries, each its first page, against ripgrep for one word of each, warm."""
    tool = ["rg", "-il"] if shutil.which("rg") else ["grep", "-ril"]
    words = [max((w for w in query.split() if ":" not in w), key=len) for query in archives.QUERIES]
    subprocess.run([*tool, "nothing", str(made.sessions)], stdout=subprocess.DEVNULL, check=False)
    yardstick = [_found(tool, word, made.sessions) for word in words]
    out = []
    with Index.open(made.workspace, cache=made.cache) as index:
        for order in ORDERS:
            ours = []
            for turn in range(PASSES + 1):
                for query in archives.QUERIES:
                    begun = time.perf_counter()
                    index.search(parse(query), today=TODAY, limit=PAGE, order=order)
                    if turn:
                        ours.append(time.perf_counter() - begun)
            out.append(Pair(quantiles(ours, n=20)[-1] * 1000, quantiles(yardstick, n=20)[-1] * 1000))
    return out


def listed(made: Made, ground: Ground) -> Pair:
    """The app's own start and then the first page from a warm index, against the app's own start alone.

    The page is taken by a new process, from the import of the index on.
    """
    with ground.ours(ground.records()) as ours:
        ours.until_drawn(HOME_DONE)
    start = ours.complete()
    program = (
        "import time; begun = time.perf_counter()\n"
        "import datetime, pathlib, sys\n"
        "from entraide_tui.common.workspace import Workspace\n"
        "from entraide_tui.archive.index import Index, parse\n"
        "index = Index.open(Workspace(pathlib.Path(sys.argv[1])), cache=pathlib.Path(sys.argv[2]))\n"
        "found = index.search(parse(''), today=datetime.date(2026, 11, 21), limit=50)\n"
        "print(time.perf_counter() - begun, len(found.hits))\n"
    )
    command = python("-c", program, str(made.workspace.root), str(made.cache))
    said = subprocess.run(command, env=ground.environment, capture_output=True, text=True, check=True).stdout.split()
    assert said[1] == "50"
    return Pair(start + float(said[0]), start)


def memory(made: Made) -> list[Pair]:
    """The most megabytes that a process held: building, and searching; against one that parses the same files."""
    asked = {
        "parse": "for path in root.rglob('*.toml'): toml.read(path, 1 << 22)",
        "build": "Index.open(Workspace(root), cache=cache / 'memory').refresh(wall=2e9)",
        "search": (
            "index = Index.open(Workspace(root), cache=cache)\n"
            "for query in archives.QUERIES: index.search(parse(query), today=datetime.date(2026, 11, 21))"
        ),
    }
    found = {}
    for name, act in asked.items():
        program = (
            "import datetime, pathlib, sys\n"
            "from benchmarks import archives\n"
            "from entraide_tui.common import toml\n"
            "from entraide_tui.common.workspace import Workspace\n"
            "from entraide_tui.archive.index import Index, parse\n"
            f"root, cache = map(pathlib.Path, sys.argv[1:])\n{act}\n"
            "status = pathlib.Path('/proc/self/status').read_text()\n"
            "print(next(line.split()[1] for line in status.splitlines() if line.startswith('VmHWM')))\n"
        )
        command = [sys.executable, "-c", program, str(made.workspace.root), str(made.cache)]
        found[name] = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) / 1000
    shutil.rmtree(made.cache / "memory", ignore_errors=True)
    return [Pair(found["build"], found["parse"]), Pair(found["search"], found["parse"])]


def _aims(size: int) -> tuple[float, float, float]:
    """Of a search by date, of one by relevance (lower for archives that any tool searches at once), of ten changes."""
    if size >= LARGE:
        return 1 / 20, 1 / 10, 1.5
    return (1 / 5, 1 / 3, 1.5) if size >= SIZES[-1] else (1.0, 1.0, 1.5)


def trial(size: int) -> Trial:
    """All figures of one size."""
    last: dict[str, list[Pair]] = {}

    def run(ground: Ground) -> Sequence[Pair]:
        made = _made(ground.folder, size)
        if not made.ready or size < LARGE:
            last["build"] = [build(made)]
        if "memory" not in last:
            last["memory"] = memory(made)
        return [listed(made, ground), *searches(made), last["build"][0], refresh(made), *last["memory"]]

    n = f"{size:,}"
    newest, best, changes = _aims(size)
    return Trial(
        "archive",
        (
            Figure(f"start and the list, {n} records", "s", 1.5),
            Figure(f"search p95, newest first, {n}", "ms", newest),
            Figure(f"search p95, best first, {n}", "ms", best),
            Figure(f"building the index, {n}", "s", 1.5),
            Figure(f"after ten changed files, {n}", "s", changes),
            Figure(f"memory, building, {n}", "MB", 3.0),
            Figure(f"memory, searching, {n}", "MB", 3.0),
        ),
        run,
    )


def growth(sizes: Sequence[int], found: dict[Figure, list[Pair]]) -> list[str]:
    """How each figure grows from the smallest archive to the largest."""
    rows: dict[str, dict[int, float]] = {}
    for figure, pairs in found.items():
        for size in sizes:
            if figure.name.endswith((f", {size:,}", f", {size:,} records")):
                name = f"{figure.name.rsplit(', ', 1)[0]} ({figure.unit})"
                rows.setdefault(name, {})[size] = median(pair.ours for pair in pairs)
    head = "".join(f"{size:>11,}" for size in sizes)
    out = [f"{'how it grows':<38}{head}      growth"]
    for name, values in rows.items():
        shown = "".join(f"{values[size]:>11.3g}" for size in sizes)
        out.append(f"{name:<38}{shown}  {values[sizes[-1]] / values[sizes[0]]:>9.1f}×")
    return out
