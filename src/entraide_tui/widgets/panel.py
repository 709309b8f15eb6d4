"""The base of the side panels. A panel covers the guidance for a moment, never the card."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widget import Widget

from entraide_tui.widgets.user_errors import ShowsUserErrors

if TYPE_CHECKING:
    from textual.events import Key


class Panel(ShowsUserErrors, Widget):
    """A panel that a key opens; Escape, or the same key again, closes it.

    Attributes:
        action: id of the action that opened it.
    """

    DEFAULT_CSS = """
    Panel { layout: vertical; height: 1fr; padding: 1 1 0 1; background: $panel; }
    Panel > .title { text-style: bold; height: auto; }
    Panel > #explain { height: auto; color: $quiet; margin: 0 0 1 0; }
    Panel > #explain.below { height: auto; max-height: 50%; margin: 1 0 1 0; }
    Panel > Entries { height: 1fr; }
    Panel > Entries > .option-list--option-highlighted { background: $primary 28%; text-style: bold; }
    Panel > .hint { dock: bottom; height: 1; color: $quiet; }
    """

    def __init__(self, action: str, close: Callable[[], None]) -> None:
        super().__init__(id="ask")
        self.action = action
        self._close = close

    def give_up(self) -> None:
        """Close: what it would have shown can't be read."""
        super().give_up()
        self._close()

    def put_away(self) -> None:
        """Close, as the person asks for it."""
        self._close()

    def on_key(self, event: Key) -> None:
        """Close on Escape."""
        if event.key == "escape":
            event.stop()
            self.put_away()
