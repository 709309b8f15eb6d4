"""The line and the column of each key and each item of a TOML text, and how people call its place."""

from __future__ import annotations

from typing import NamedTuple

from entraide_tui.common.toml.layout import Layout, Place


class Position(NamedTuple):
    """Where something begins, line and column counted from 1; both 0 where nothing is known of it."""

    line: int
    column: int


def position_at(text: str, offset: int) -> Position:
    """The position of an offset."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def positions(text: str) -> dict[Place, Position]:
    """Where each header, key and item of a list begins, in a text that `tomllib` reads."""
    found: dict[Place, Position] = {}
    line = last = 0
    for place, start in Layout(text).starts.items():
        line += text.count("\n", last, start)
        last = start
        found[place] = Position(line + 1, start - text.rfind("\n", 0, start))
    return found


def position_of(place: Place, known: dict[Place, Position]) -> Position:
    """Where a place begins, or the nearest thing around it; zeros where there is none."""
    while place:
        if place in known:
            return known[place]
        place = place[:-1]
    return Position(0, 0)


def line_of(place: Place, known: dict[Place, Position]) -> int:
    """The line of it."""
    return position_of(place, known).line


def spell(place: Place) -> str:
    """`("steps", 3, "minutes")` as `steps[4].minutes`: people count from 1."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out
