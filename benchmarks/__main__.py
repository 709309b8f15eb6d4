"""Runs the trials, round after round, and prints the table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks import archive, exports, kits
from benchmarks.figures import TRIALS, Figure, Ground, Pair, Trial


def verdict(figure: Figure, pairs: list[Pair]) -> tuple[str, bool]:
    """The row of a figure, and whether its aim is met."""
    ours, yardstick = median(p.ours for p in pairs), median(p.yardstick for p in pairs)
    reached = median(p.ours / p.yardstick for p in pairs) if figure.ratio else ours
    met = reached <= figure.aim
    ratio = f"{reached:.{2 if reached > 0.1 else 3}f}×" if figure.ratio else "–"
    aim = f"{figure.aim:g}{'×' if figure.ratio else ' ' + figure.unit}"
    missed = f"missed by {(reached / figure.aim - 1) * 100:.0f} %" if figure.aim else "missed"
    said = "met" if met else missed
    row = f"{figure.name:<38} {ours:>9.3g} {yardstick:>9.3g} {figure.unit:<5} {ratio:>7}  ≤ {aim:<9} {said}"
    return row, met


def rounds(trials: list[Trial], number: int) -> dict[Figure, list[Pair]]:
    """Each round does every trial once, ours and the yardstick one after the other; a first round is not counted."""
    found: dict[Figure, list[Pair]] = {figure: [] for trial in trials for figure in trial.figures}
    with tempfile.TemporaryDirectory(prefix="entraide-benchmarks-") as folder:
        ground = Ground(Path(folder))
        for turn in range(number + 1):
            print(f"\rround {turn} of {number}", end="", file=sys.stderr, flush=True)
            for trial in trials:
                for figure, pair in zip(trial.figures, trial.run(ground), strict=True):
                    if turn:
                        found[figure].append(pair)
    print(file=sys.stderr)
    return found


def _sizes(said: str) -> tuple[int, ...]:
    return tuple(sorted({max(100, int(part)) for part in said.split(",")}))


def main() -> int:
    """Prints the table; 1 if an aim is missed."""
    names = [*dict.fromkeys(trial.name for trial in (*TRIALS, *exports.TRIALS, *kits.TRIALS)), "archive"]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--runs", type=int, default=9, metavar="N", help="rounds that count (9)")
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=archive.SIZES,
        metavar="N,N",
        help="records of the invented archives (1000,10000)",
    )
    args = parser.parse_args()
    every = [*TRIALS, *exports.TRIALS, *kits.TRIALS, *(archive.trial(size) for size in args.sizes)]
    trials = [trial for trial in every if not args.only or trial.name in args.only]
    found = rounds(trials, max(1, args.runs))
    print(f"{'':<38} {'ours':>9} {'yardstick':>9} {'':<5} {'ratio':>7}  {'aim':<11}")
    rows = [verdict(figure, pairs) for figure, pairs in found.items()]
    for row, _met in rows:
        print(row)
    if len(args.sizes) > 1 and any(trial.name == "archive" for trial in trials):
        print("\n" + "\n".join(archive.growth(args.sizes, found)))
    return 0 if all(met for _row, met in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
