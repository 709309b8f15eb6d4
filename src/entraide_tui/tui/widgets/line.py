"""One line to type in: keeps what is typed within half a second, and takes pasted lines whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from entraide_tui.ground.text import LONGEST, clean

if TYPE_CHECKING:
    from textual.events import Key
    from textual.suggester import Suggester
    from textual.timer import Timer

PATIENCE = 0.3
"""Seconds from a key to the draft: half of what was promised, the rest is the disk's."""


class Line(Input):
    """A text field of one line for what people say."""

    DEFAULT_CSS = """
    Line { width: 1fr; height: 1; border: none; padding: 0; background: $boost; }
    Line:focus { border: none; background: $boost-lighten-1; background-tint: $foreground 6%; }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    """One row whatever it holds: a key needs no new layout of the screen."""

    class Typed(Message):
        """What it holds, a moment after the last key."""

        def __init__(self, line: Line) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> Line:
            """The line."""
            return self.line

    class Stepped(Message):
        """Up (-1) or down (+1) was pressed: who, or which, changes."""

        def __init__(self, line: Line, step: int) -> None:
            super().__init__()
            self.line = line
            self.step = step

        @property
        def control(self) -> Line:
            """The line."""
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
        self._waiting: Timer | None = None
        self._told = value

    @property
    def said(self) -> str:
        """What it holds, through the gate."""
        return clean(self.value).strip()

    def load(self, value: str) -> None:
        """Puts a text there without telling anybody."""
        if value != self.value:
            with self.prevent(Input.Changed):
                self.value = value
                self.cursor_position = len(value)
        self._told = value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Starts the wait; a panel around it follows each letter."""
        del event
        if self._waiting is None:
            self._waiting = self.set_timer(PATIENCE, self.tell)

    def take(self) -> bool:
        """Whether it holds something that was not told yet; from now on it counts as told."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        new = self.value != self._told
        self._told = self.value
        return new

    def tell(self) -> None:
        """Says what it holds, if that is new."""
        if self.take():
            self.post_message(self.Typed(self))

    def on_key(self, event: Key) -> None:
        """Up and down are free in one line: they change who speaks."""
        if event.key in ("up", "down"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Stepped(self, -1 if event.key == "up" else 1))

    def on_paste(self, event: Paste) -> None:
        """All that is pasted comes in, line ends as spaces; Textual would keep the first line only."""
        text = clean(event.text[: LONGEST + 1].strip("\r\n"))
        event.stop()
        event.prevent_default()
        if text:
            selection = self.selection
            if selection.is_empty:
                self.insert_text_at_cursor(text)
            else:
                self.replace(text, *selection)
