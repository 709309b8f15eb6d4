"""The time of an open session, and what its two clocks tell of a sleep or of a time that somebody set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.session import holder
from entraide_tui.workshop.gestures import SHORTEST_GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.common.clock import Clock
    from entraide_tui.session.journal import JournalEntry

CLOCKS_APART = 2.0
"""Seconds by which the two clocks may differ before somebody must have set one."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What a look at the clocks found.

    Attributes:
        at: seconds of session time.
        since: seconds of session time at the look before.
        slept: whether so much time went by that the machine slept or the program stood still.
        origin: seconds since 1970 at the session's moment 0, where somebody set the time; else None.
    """

    at: float
    since: float
    slept: bool
    origin: float | None


class SessionClock:
    """Counts seconds of session time by the clock that never jumps."""

    def __init__(self, clock: Clock, at: float) -> None:
        """`at`: seconds of session time now."""
        self._clock = clock
        self.set(at)

    def set(self, at: float) -> None:
        """Make this moment that second of session time."""
        self._at, self._elapsed, self._wall = at, self._clock.elapsed(), self._clock.wall()

    def now(self) -> float:
        """Return this moment, in seconds of session time."""
        return self._at + max(0.0, self._clock.elapsed() - self._elapsed)

    def look(self) -> ClockReading:
        """Compare both clocks with the last look."""
        elapsed, wall = self._clock.elapsed(), self._clock.wall()
        step, wall_step = elapsed - self._elapsed, wall - self._wall
        since, at = self._at, self._at + max(0.0, step)
        self._at, self._elapsed, self._wall = at, elapsed, wall
        origin = wall - at if abs(wall_step - step) > CLOCKS_APART else None
        return ClockReading(at, since, step > SHORTEST_GAP, origin)


def time_away(entries: Sequence[JournalEntry], clock: Clock) -> float:
    """Return the seconds between the last entry and now, by the clock that can be believed."""
    last, opened = entries[-1], holder.last_holder(entries)
    by_elapsed = clock.elapsed() - last.elapsed
    same_boot = opened is not None and opened.boot == holder.boot() != ""
    return by_elapsed if same_boot and by_elapsed >= 0 else max(0.0, clock.wall() - last.wall)
