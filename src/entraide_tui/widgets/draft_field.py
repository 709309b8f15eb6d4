"""A field that tells what it holds, a moment after the last key: what is typed is safe within half a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.timer import Timer

PATIENCE = 0.3
"""Seconds from a key to the draft: half of what was promised, the rest is the disk's."""


class DraftField(Widget):
    """The base of `LineField` and `NotesField`.

    Attributes:
        told: what was last told, or loaded.
        waiting: the wait since the first key that was not told yet.
    """

    told: str = ""
    waiting: Timer | None = None

    class Typed(Message):
        """What a field holds, a moment after the last key."""

        def __init__(self, field: DraftField) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> DraftField:
            """The field."""
            return self.field

    @property
    def said(self) -> str:
        """What it holds, through the gate."""
        raise NotImplementedError

    def wait_and_tell(self) -> None:
        """A key was pressed."""
        if self.waiting is None:
            self.waiting = self.set_timer(PATIENCE, self.tell)

    def take(self) -> bool:
        """Whether it holds something that was not told yet; from now on it counts as told."""
        if self.waiting is not None:
            self.waiting.stop()
            self.waiting = None
        said = self.said
        new = said != self.told
        self.told = said
        return new

    def tell(self) -> None:
        """Says what it holds, if that is new."""
        if self.take():
            self.post_message(self.Typed(self))
