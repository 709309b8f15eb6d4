"""What kits cost: their list, their checks, a poster; and that the app's start reads none of them."""

from __future__ import annotations

import time
import tomllib
from functools import cache
from itertools import cycle, islice
from typing import TYPE_CHECKING

from benchmarks.exports import BARE_TYPST
from benchmarks.figures import HOME_DONE, Figure, Ground, Pair, Trial
from benchmarks.terminal import Terminal, python
from entraide_tui.kits import catalogue, loader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KITS = 1_000
TIMES = 9
"""How often what takes a moment is done in a round; the quickest counts, since nothing can make it too quick."""
SPY = """
import runpy, sys
out = open(sys.argv.pop(1), "a", buffering=1)
names = {"open": lambda args: str(args[0]), "import": lambda args: args[0]}
sys.addaudithook(lambda event, args: event in names and out.write(f"{event} {names[event](args)}\\n"))
runpy.run_module("entraide_tui", run_name="__main__", alter_sys=True)
"""
"""Runs the program, and writes down which files it opens and which modules it imports."""


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _parsed(paths: list[Path]) -> None:
    for path in paths:
        with path.open("rb") as file:
            tomllib.load(file)


def listing(ground: Ground) -> list[Pair]:
    """The list of the kits that ship, and of as many of a group's own, against reading and parsing these files."""
    paths = [path for path, _shipped in catalogue.files(None)]
    return [_listed(None, paths), _listed(_own(ground.folder / "own"), paths)]


def _listed(own: Path | None, paths: list[Path]) -> Pair:
    pairs = [
        (_milliseconds(lambda: catalogue.headlines(own, "fr")), _milliseconds(lambda: _parsed(paths)))
        for _time in range(TIMES)
    ]
    return Pair(min(ours for ours, _bare in pairs), min(bare for _ours, bare in pairs))


def _own(folder: Path) -> Path:
    """The kits that ship, as a group's own: they stand before the others of their names."""
    folder.mkdir(exist_ok=True)
    for path, _shipped in catalogue.files(None):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@cache
def _thousand(folder: Path) -> list[Path]:
    """As many kits: those that ship, again and again, each in a file of its own."""
    folder.mkdir(parents=True)
    paths = []
    for number, (path, _shipped) in enumerate(islice(cycle(catalogue.files(None)), KITS)):
        paths.append(folder / f"{path.stem}-{number}.toml")
        paths[-1].write_bytes(path.read_bytes())
    return paths


def checking(ground: Ground) -> list[Pair]:
    """A thousand kits read and checked, against reading and parsing them; fifty by fifty in turn."""
    paths = _thousand(ground.folder / "kits")
    ours = bare = 0.0
    for start in range(0, KITS, 50):
        some = paths[start : start + 50]
        ours += _milliseconds(lambda some=some: [loader.check_file(path) for path in some])  # type: ignore[misc]
        bare += _milliseconds(lambda some=some: _parsed(some))  # type: ignore[misc]
    return [Pair(ours / 1000, bare / 1000)]


def poster(_ground: Ground) -> list[Pair]:
    """A poster as PDF, against a Typst document of two lines."""
    import typst

    from entraide_tui.exports import handouts

    kit = catalogue.find(catalogue.DEFAULT, None)
    fonts = typst.Fonts(include_system_fonts=False)

    def bare() -> object:
        return typst.Compiler(input=BARE_TYPST, font_paths=fonts).compile(format="pdf")

    pairs = [
        (_milliseconds(lambda: handouts.data_of(kit, "poster", "pdf", language="fr")), _milliseconds(bare))
        for _time in range(TIMES)
    ]
    return [Pair(min(ours for ours, _bare in pairs), min(page for _ours, page in pairs))]


def start(ground: Ground) -> list[Pair]:
    """Kit files that are opened until home stands, against those that the list of kits opens."""
    return [Pair(_opened(ground, HOME_DONE), _opened(ground, "wise-crowds", "kits", "list"))]


def _opened(ground: Ground, until: str, *words: str) -> int:
    told = ground.folder / "opened"
    told.unlink(missing_ok=True)
    place = ("--lang", "en", "--workspace", str(ground.records().root))
    with Terminal([*python("-c", SPY, str(told)), *words, *place], ground.environment) as ours:
        ours.until_drawn(until)
    folder = f"open {catalogue.shipped_folder()}"
    return sum(line.startswith(folder) for line in told.read_text(encoding="utf-8").splitlines())


TRIALS = (
    Trial(
        "kits",
        (
            Figure("list of kits that ship, against parsing", "ms", 1.2),
            Figure("list of a group’s own, against parsing", "ms", 1.2),
        ),
        listing,
    ),
    Trial("kits", (Figure("1,000 kits checked, against parsing", "s", 2.5),), checking),
    Trial("kits", (Figure("a poster as PDF, against bare Typst", "ms", 40.0),), poster),
    Trial("kits", (Figure("kit files that the start opens", "files", 0.0, ratio=False),), start),
)
