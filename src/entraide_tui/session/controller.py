"""Applies gestures to an open session, and reports what they led to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.session.live_session import LiveSession

if TYPE_CHECKING:
    from entraide_tui.workshop.events import Event

Gesture = Callable[[LiveSession], "Event | None"]
"""Returns the event for the session as it is when the gesture is applied; None: the gesture has no effect."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What a gesture, or several at once, led to.

    Attributes:
        events: in order; none where one was taken back, or where only the clocks told of something.
        undone: the event that was taken back, if that was the gesture.
        on_card: whether it was written on a card, which shows already what is typed in it.
        notice: what is to be said of it; empty: whatever the screen says of such events.
    """

    events: tuple[Event, ...] = ()
    undone: Event | None = None
    on_card: bool = False
    notice: str = ""


class SessionController:
    """Applies gestures in order, each before the call returns, and notifies one observer."""

    def __init__(self, live: LiveSession, observer: Callable[[Happened], None], *, watches_clocks: bool = True) -> None:
        """Args:
        observer: called once for each call that changed the session, after the change.
        watches_clocks: a sleep that ended a moment ago comes before what is done now; not in steered time.
        """
        self._live = live
        self._watches_clocks = watches_clocks
        self._observer = observer

    def apply(self, *gestures: Gesture, on_card: bool = False, notice: str = "") -> Happened | None:
        """Apply gestures one after the other; return the result, None if nothing happened or one only looks on."""
        if self._live.only_looking:
            return None
        slept = self._watches_clocks and self._live.watch_clocks()
        noted = [event for gesture in gestures if (event := self._live.do(gesture(self._live))) is not None]
        if noted:
            return self._tell(Happened(tuple(noted), on_card=on_card and not slept, notice=notice))
        if slept:
            self._tell(Happened())
        return None

    def undo(self) -> Happened | None:
        """Take back the last gesture; return what happened, None if there was nothing to take back."""
        if self._watches_clocks:
            self._live.watch_clocks()
        undone = self._live.undo()
        return self._tell(Happened(undone=undone)) if undone is not None else None

    def _tell(self, happened: Happened) -> Happened:
        self._observer(happened)
        return happened
