"""The numbers of a plan's actions, which stay the same when another action is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.archive.model import PlannedAction


def of(actions: Sequence[PlannedAction]) -> list[int]:
    """The number of each action, all different: that in the file, or else its position from 1."""
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
    """The number to write: 0, which is left out of the file, if it is the action's position, counted from 1."""
    return 0 if number == place else number
