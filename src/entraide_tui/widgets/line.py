"""A field of one line, for what people say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from entraide_tui.common.text import LONGEST, clean
from entraide_tui.widgets.draft_field import DraftField

if TYPE_CHECKING:
    from textual.events import Key
    from textual.suggester import Suggester


class LineField(Input, DraftField):
    """A `DraftField` of one line; a pasted text comes in whole."""

    DEFAULT_CSS = """
    LineField { width: 1fr; height: 1; border: none; padding: 0; background: $boost; }
    LineField:focus { border: none; background: $boost-lighten-1; background-tint: $foreground 6%; }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    """Always one row, so that a key causes no new layout of the screen."""

    class Stepped(Message):
        """Up (-1) or down (+1) was pressed in a line: the screen moves to another person or choice."""

        def __init__(self, line: LineField, step: int) -> None:
            super().__init__()
            self.line = line
            self.step = step

        @property
        def control(self) -> LineField:
            """The line, for Textual's selectors."""
            return self.line

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
        suggester: Suggester | None = None,
    ) -> None:
        super().__init__(
            value, placeholder, id=id, classes=classes, suggester=suggester, select_on_focus=False, compact=True
        )
        self.cursor_blink = False
        self.reported = self.said

    @property
    def said(self) -> str:
        """The text that was typed, without control characters or spaces around it."""
        return clean(self.value).strip()

    def load(self, value: str) -> None:
        """Set the text without reporting it."""
        if value != self.value:
            with self.prevent(Input.Changed):
                self.value = value
                self.cursor_position = len(value)
        self.reported = self.said

    def on_input_changed(self, event: Input.Changed) -> None:
        """Report the text in a moment. The message goes on: a panel around the line follows each letter."""
        del event
        self.report_soon()

    def on_key(self, event: Key) -> None:
        """Post `Stepped` for Up and Down."""
        if event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Stepped(self, -1 if event.key == "up" else 1))

    def on_paste(self, event: Paste) -> None:
        """Insert the whole text, line ends as spaces; Textual would insert its first line only."""
        text = clean(event.text[: LONGEST + 1].strip("\r\n"))
        event.stop()
        event.prevent_default()
        if text:
            selection = self.selection
            if selection.is_empty:
                self.insert_text_at_cursor(text)
            else:
                self.replace(text, *selection)
