"""The clock of an open session, and how a sleep of the machine or a change of its time is noticed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.session import holder
from entraide_tui.workshop.gestures import SHORTEST_GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.common.clock import Clock
    from entraide_tui.session.journal_lines import JournalEntry

CLOCKS_APART = 2.0
"""Seconds by which the two clocks may drift apart before one must have been set."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A reading of the clocks.

    Attributes:
        at: the moment, in seconds of session time.
        since: the moment of the reading before.
        slept: whether so much time passed that the machine slept, or the program stood still.
        origin: seconds since 1970 at session time 0, if somebody set the time; else None.
    """

    at: float
    since: float
    slept: bool
    origin: float | None


class SessionClock:
    """Counts seconds of session time by the monotonic clock."""

    def __init__(self, clock: Clock, at: float) -> None:
        """`at`: seconds of session time now."""
        self._clock = clock
        self.set(at)

    def set(self, at: float) -> None:
        """Set the present moment, in seconds of session time."""
        self._at, self._elapsed, self._wall = at, self._clock.elapsed(), self._clock.wall()

    def now(self) -> float:
        """The present moment, in seconds of session time."""
        return self._at + max(0.0, self._clock.elapsed() - self._elapsed)

    def look(self) -> ClockReading:
        """Read both clocks, and compare them with the last reading."""
        elapsed, wall = self._clock.elapsed(), self._clock.wall()
        step, wall_step = elapsed - self._elapsed, wall - self._wall
        since, at = self._at, self._at + max(0.0, step)
        self._at, self._elapsed, self._wall = at, elapsed, wall
        origin = wall - at if abs(wall_step - step) > CLOCKS_APART else None
        return ClockReading(at, since, step > SHORTEST_GAP, origin)


def time_away(entries: Sequence[JournalEntry], clock: Clock) -> float:
    """The seconds between the last entry and now, by the monotonic clock if it can be trusted, else by the other."""
    last, opened = entries[-1], holder.last_holder(entries)
    by_elapsed = clock.elapsed() - last.elapsed
    same_boot = opened is not None and opened.boot == holder.boot() != ""
    return by_elapsed if same_boot and by_elapsed >= 0 else max(0.0, clock.wall() - last.wall)
