"""The only place that reads a clock."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Two clocks: one that never jumps, and the one on the wall."""

    def elapsed(self) -> float:
        """Seconds since some fixed moment; goes on while the machine sleeps; never set back."""
        ...

    def wall(self) -> float:
        """Seconds since 1970 (UTC), as the system believes; may be set by people."""
        ...


class SystemClock:
    """The machine's own."""

    if sys.platform == "linux":

        def elapsed(self) -> float:
            """CLOCK_BOOTTIME: `time.monotonic` stands still during sleep."""
            return time.clock_gettime(time.CLOCK_BOOTTIME)

    elif sys.platform == "darwin":

        def elapsed(self) -> float:
            """CLOCK_MONOTONIC counts sleep there, `time.monotonic` does not (cpython issue 86273)."""
            return time.clock_gettime(time.CLOCK_MONOTONIC)

    else:

        def elapsed(self) -> float:
            """`time.monotonic`; whether it counts sleep depends on the system, and has not been tried there."""
            return time.monotonic()

    def wall(self) -> float:
        """See `Clock.wall`."""
        return time.time()


class SteeredClock:
    """A real clock that can be told to run faster: for rehearsals."""

    def __init__(self, clock: Clock, speed: float = 1.0) -> None:
        self._clock = clock
        self._speed = speed
        self._real = clock.elapsed()
        self._now = 0.0
        self._wall = clock.wall()

    def elapsed(self) -> float:
        """Seconds since it was made, as they were steered."""
        return self._now + (self._clock.elapsed() - self._real) * self._speed

    def wall(self) -> float:
        """See `Clock.wall`: the hour at which it was made, and what has passed since."""
        return self._wall + self.elapsed()

    def steer(self, speed: float) -> None:
        """From now on so many seconds for one."""
        self._now = self.elapsed()
        self._real = self._clock.elapsed()
        self._speed = speed


@dataclass(slots=True)
class InventedClock:
    """Time as tests and rehearsals want it; it moves only when told to."""

    now: float = 0.0
    wall_at_zero: float = 0.0

    def elapsed(self) -> float:
        """See `Clock.elapsed`."""
        return self.now

    def wall(self) -> float:
        """See `Clock.wall`."""
        return self.wall_at_zero + self.now

    def advance(self, seconds: float) -> None:
        """Lets time pass."""
        self.now += seconds
