"""The base of the fields for people's texts: each posts its text shortly after the first key, so that it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.timer import Timer

PATIENCE = 0.3
"""Seconds from a key to the draft. A text must be on the disk within half a second; the rest is for the writing."""


class DraftField(Widget):
    """The base of `LineField` and `NotesField`.

    Attributes:
        reported: the text last posted or loaded.
        waiting: the timer that runs since the first key after that.
    """

    reported: str = ""
    waiting: Timer | None = None

    class Typed(Message):
        """The text of a field has changed, a moment ago."""

        def __init__(self, field: DraftField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> DraftField:
            """The field, for Textual's selectors."""
            return self.field

    @property
    def said(self) -> str:
        """The text that was typed, without control characters."""
        raise NotImplementedError

    def report_soon(self) -> None:
        """Report the text in `PATIENCE` seconds, unless a report is waiting already."""
        if self.waiting is None:
            self.waiting = self.set_timer(PATIENCE, self.report)

    def take(self) -> bool:
        """Return whether the text differs from the one last reported, and count it as reported."""
        if self.waiting is not None:
            self.waiting.stop()
            self.waiting = None
        said = self.said
        new = said != self.reported
        self.reported = said
        return new

    def report(self) -> None:
        """Post `Typed` if the text is new."""
        if self.take():
            self.post_message(self.Typed(self))
