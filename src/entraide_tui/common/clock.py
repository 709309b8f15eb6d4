"""Clocks; no other module reads one."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """A monotonic clock and the wall clock."""

    def elapsed(self) -> float:
        """Seconds since some fixed moment. Counts while the machine sleeps; never goes back."""
        ...

    def wall(self) -> float:
        """Seconds since 1970 (UTC) by the system's clock, which people may set."""
        ...


class SystemClock:
    """The machine's own clocks."""

    if sys.platform == "linux":

        def elapsed(self) -> float:
            """CLOCK_BOOTTIME, because `time.monotonic` stops during sleep."""
            return time.clock_gettime(time.CLOCK_BOOTTIME)

    elif sys.platform == "darwin":

        def elapsed(self) -> float:
            """CLOCK_MONOTONIC counts sleep on macOS; `time.monotonic` does not (cpython issue 86273)."""
            return time.clock_gettime(time.CLOCK_MONOTONIC)

    else:

        def elapsed(self) -> float:
            """`time.monotonic`; whether it counts sleep depends on the system (not tested)."""
            return time.monotonic()

    def wall(self) -> float:
        """See `Clock.wall`."""
        return time.time()


class SteeredClock:
    """A real clock run faster, for rehearsals."""

    def __init__(self, clock: Clock, speed: float = 1.0) -> None:
        self._clock = clock
        self._speed = speed
        self._real = clock.elapsed()
        self._now = 0.0
        self._wall = clock.wall()

    def elapsed(self) -> float:
        """Seconds since the clock was made, multiplied by the speeds set meanwhile."""
        return self._now + (self._clock.elapsed() - self._real) * self._speed

    def wall(self) -> float:
        """The wall time at which the clock was made, plus `elapsed`."""
        return self._wall + self.elapsed()

    def steer(self, speed: float) -> None:
        """Set how many seconds pass for each real one, from now on."""
        self._now = self.elapsed()
        self._real = self._clock.elapsed()
        self._speed = speed


@dataclass(slots=True)
class InventedClock:
    """A clock for tests and rehearsals that moves only by `advance`."""

    now: float = 0.0
    wall_at_zero: float = 0.0

    def elapsed(self) -> float:
        """See `Clock.elapsed`."""
        return self.now

    def wall(self) -> float:
        """See `Clock.wall`."""
        return self.wall_at_zero + self.now

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self.now += seconds
