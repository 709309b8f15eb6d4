"""Line and column of each key and item of a TOML text."""

from __future__ import annotations

from typing import NamedTuple

from entraide_tui.common.toml.layout import Layout, Place


class Position(NamedTuple):
    """Line and column, counted from 1; both 0 if unknown."""

    line: int
    column: int


def position_at(text: str, offset: int) -> Position:
    """Line and column of an offset."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def positions(text: str) -> dict[Place, Position]:
    """The position of each header, key and list item of a valid TOML text."""
    out: dict[Place, Position] = {}
    line = last = 0
    for place, start in Layout(text).starts.items():
        line += text.count("\n", last, start)
        last = start
        out[place] = Position(line + 1, start - text.rfind("\n", 0, start))
    return out


def position_of(place: Place, known: dict[Place, Position]) -> Position:
    """The position of a place, or of the nearest one around it; zeros if there is none."""
    while place:
        if place in known:
            return known[place]
        place = place[:-1]
    return Position(0, 0)


def line_of(place: Place, known: dict[Place, Position]) -> int:
    """The line of a place; see `position_of`."""
    return position_of(place, known).line


def spell(place: Place) -> str:
    """A place as people write it, counting from 1: `steps[4].minutes` for `("steps", 3, "minutes")`."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out
