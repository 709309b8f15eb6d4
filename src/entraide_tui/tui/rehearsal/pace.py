"""How fast the time of a rehearsal runs: as chosen, and slower while somebody thinks or types."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.rehearsal.session import RehearsalSession

BEAT = 0.25
"""Seconds between two looks at what the group does."""
REACTING = 4.0
"""Most seconds of session time for each real one while something waits for a reaction."""
TYPING = 6
"""Beats after something was typed during which time runs no faster than in reality."""


class Pace:
    """Sets the speed of a rehearsal's clock, beat by beat."""

    def __init__(self, rehearsal: RehearsalSession, live: LiveSession) -> None:
        self._rehearsal = rehearsal
        self._live = live
        self._length = 0
        self._typing = 0

    def steer(self, *, asking: bool) -> None:
        """Set the speed for the next beat; real time while `asking`: a panel or another screen is open."""
        if self._rehearsal.clock is None:
            return
        if self._live.length != self._length:
            self._length = self._live.length
            self._typing = TYPING
        else:
            self._typing = max(0, self._typing - 1)
        group, speed = self._rehearsal.group, self._rehearsal.speed
        if self._typing or asking or group.is_done(self._live.state, self._live.now()):
            speed = 1.0
        elif any(not happening.over for happening in group.happened):
            speed = min(speed, REACTING)
        self._rehearsal.clock.steer(speed)
