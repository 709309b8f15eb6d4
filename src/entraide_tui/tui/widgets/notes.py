"""Several lines to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

from entraide_tui.ground.text import LONGEST, clean
from entraide_tui.tui.widgets.line import PATIENCE

if TYPE_CHECKING:
    from textual.events import Paste
    from textual.timer import Timer


class Notes(TextArea):
    """A text of people: what is typed is told within half a second."""

    DEFAULT_CSS = """
    Notes { border: none; padding: 0 1; background: $boost; height: 1fr; min-height: 3; max-height: 12; }
    Notes:focus { border: none; background-tint: $foreground 4%; }
    """

    class Typed(Message):
        """What it holds, a moment after the last key."""

        def __init__(self, notes: Notes) -> None:
            super().__init__()
            self.notes = notes

        @property
        def control(self) -> Notes:
            """The widget."""
            return self.notes

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(text, id=id, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self._waiting: Timer | None = None
        self._told = text

    def on_mount(self) -> None:
        """One goes on where the text ends."""
        self.move_cursor(self.document.end)

    @property
    def said(self) -> str:
        """What it holds, through the gate."""
        return clean(self.text, lines=True)

    def load(self, text: str) -> None:
        """Puts a text there without telling anybody."""
        if text != self.said:
            with self.prevent(TextArea.Changed):
                self.text = text
                self.move_cursor(self.document.end)
        self._told = text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Starts the wait."""
        event.stop()
        if self._waiting is None:
            self._waiting = self.set_timer(PATIENCE, self.tell)

    def take(self) -> bool:
        """Whether it holds something that was not told yet; from now on it counts as told."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        new = self.said != self._told
        self._told = self.said
        return new

    def tell(self) -> None:
        """Says what it holds, if that is new."""
        if self.take():
            self.post_message(self.Typed(self))

    def on_paste(self, event: Paste) -> None:
        """Pasted controls become visible signs at once."""
        event.stop()
        event.prevent_default()
        text = clean(event.text[: LONGEST + 1], lines=True)
        if not self.read_only:
            result = self.replace(text, *self.selection, maintain_selection_offset=False)
            self.move_cursor(result.end_location)
