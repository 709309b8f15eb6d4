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
    """The result of a gesture, or of several applied together.

    Attributes:
        events: in order; empty after an undo, and if only the clocks noticed something.
        undone: the event that an undo took back.
        on_card: whether it was typed on a card, which shows it already.
        notice: the sentence to show; empty: the screen's usual one for such events.
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
        watches_clocks: whether to note a sleep that has just ended before each gesture; not with a steered clock.
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
        """Take back the last gesture; return the result, None if there was nothing to take back."""
        if self._watches_clocks:
            self._live.watch_clocks()
        undone = self._live.undo()
        return self._tell(Happened(undone=undone)) if undone is not None else None

    def _tell(self, happened: Happened) -> Happened:
        self._observer(happened)
        return happened
