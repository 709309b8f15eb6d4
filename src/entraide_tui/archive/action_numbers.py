"""The number of an action among those of its plan, which it keeps when another is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.archive.model import PlannedAction


def of(actions: Sequence[PlannedAction]) -> list[int]:
    """A number for each action, no two the same: its place, unless the file says another."""
    said = {action.number for action in actions if action.number > 0}
    free = max([len(actions), *said]) + 1
    out: list[int] = []
    for place, action in enumerate(actions, 1):
        if action.number > 0 and action.number not in out:
            out.append(action.number)
        elif place not in said and place not in out:
            out.append(place)
        else:
            out.append(free)
            free += 1
    return out


def to_write(number: int, place: int) -> int:
    """What the file says of a number: 0, nothing, where it is the place that the action has, counted from 1."""
    return 0 if number == place else number
