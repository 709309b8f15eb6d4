"""A field of several lines, for what people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from entraide_tui.common.text import LONGEST, clean
from entraide_tui.widgets.draft_field import DraftField

if TYPE_CHECKING:
    from textual.events import Paste


class NotesField(TextArea, DraftField):
    """A `DraftField` of several lines."""

    DEFAULT_CSS = """
    NotesField { border: none; padding: 0 1; background: $boost; height: 1fr; min-height: 3; max-height: 12; }
    NotesField:focus { border: none; background-tint: $foreground 4%; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(text, id=id, tab_behavior="focus", compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.reported = self.said

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        self.move_cursor(self.document.end)

    @property
    def said(self) -> str:
        """The text that was typed, without control characters."""
        return clean(self.text, lines=True)

    def load(self, text: str) -> None:
        """Set the text without reporting it."""
        if text != self.said:
            with self.prevent(TextArea.Changed):
                self.text = text
                self.move_cursor(self.document.end)
        self.reported = self.said

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Report the text in a moment."""
        event.stop()
        self.report_soon()

    def on_paste(self, event: Paste) -> None:
        """Insert the text with its control characters replaced by visible signs."""
        event.stop()
        event.prevent_default()
        text = clean(event.text[: LONGEST + 1], lines=True)
        if not self.read_only:
            result = self.replace(text, *self.selection, maintain_selection_offset=False)
            self.move_cursor(result.end_location)
