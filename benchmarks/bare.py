"""The yardsticks: the barest Textual apps that are comparable with a screen of ours.

`python bare.py form` is a form as anybody would write one; `python bare.py line` is one line to type in, as wide and
as plain as ours.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

if TYPE_CHECKING:
    from textual.app import ComposeResult

READY = "yardstick-ready"
"""Stands on the screen once it is drawn."""
LINE_WIDTH = 26
"""As the contribution field, 120 cells being shared with the script and the words."""


class Form(App[None]):
    """A title, a line, a text, some keys."""

    TITLE = READY
    BINDINGS: ClassVar = [("f2", "bell", "Save"), ("f3", "bell", "Next"), ("f4", "bell", "Help")]

    def compose(self) -> ComposeResult:
        """The four widgets that a form has."""
        from textual.widgets import Footer, Header, Input, TextArea

        yield Header()
        yield Input(placeholder="one line")
        yield TextArea("several\nlines\n")
        yield Footer()


class OneLine(App[None]):
    """A field of one line with its cursor at rest."""

    CSS = f"Input {{ width: {LINE_WIDTH}; height: 1; border: none; padding: 0; }}"

    def compose(self) -> ComposeResult:
        """A word, and the field."""
        from textual.widgets import Input, Static

        yield Static(READY)
        line = Input(placeholder="a few words, then Enter", select_on_focus=False, compact=True)
        line.cursor_blink = False
        yield line


if __name__ == "__main__":
    {"form": Form, "line": OneLine}[sys.argv[1]]().run()
