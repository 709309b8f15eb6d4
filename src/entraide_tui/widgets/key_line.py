"""The line of keys at the foot of each screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from entraide_tui.widgets.keymap import actions_on, key_name, key_of, label
from entraide_tui.widgets.plain import joined

if TYPE_CHECKING:
    from textual.events import Click
    from textual.geometry import Size

    from entraide_tui.widgets.keymap import KeyAction


class KeyLine(Widget):
    """The keys of a screen, in as many rows as there is room for; the least needed are left out first.

    Each can be clicked. F1 lists those that are left out.
    """

    DEFAULT_CSS = (
        "KeyLine { height: auto; max-height: 3; dock: bottom; background: $surface; color: $quiet; padding: 0 1; }"
    )
    ALLOW_SELECT = False

    def __init__(self, screen: str, keys: dict[str, str]) -> None:
        super().__init__()
        self._where = screen
        self._keys = keys

    def lines(self, width: int, rows: int) -> list[Content]:
        """At most `rows` lines of keys, each at most `width` cells wide."""
        return [Content("  ").join(piece for _action, piece in row) for row in self._laid(width, rows)]

    def _laid(self, width: int, rows: int) -> list[list[tuple[str, Content]]]:
        shown = [a for a in actions_on(self._where) if a.rank < 3 and key_of(a, self._keys)]
        for most in range(len(shown), 0, -1):
            out = self._wrapped(self._chosen(shown, most), width)
            if len(out) <= rows:
                return out
        return [[]]

    @staticmethod
    def _chosen(shown: list[KeyAction], most: int) -> list[KeyAction]:
        """The `most` most needed actions; the help is always among them, for it lists the others."""
        ranked = sorted(shown, key=lambda a: (a.id != "help", a.rank))
        ids = {a.id for a in ranked[:most]}
        return [a for a in shown if a.id in ids]

    def _wrapped(self, actions: list[KeyAction], width: int) -> list[list[tuple[str, Content]]]:
        rows: list[list[tuple[str, Content]]] = [[]]
        used = 0
        for action in actions:
            piece = joined((key_name(key_of(action, self._keys)), "bold $text"), f" {label(action)}")
            if used and used + 2 + piece.cell_length > width:
                rows.append([])
                used = 0
            used += piece.cell_length + (2 if rows[-1] else 0)
            rows[-1].append((action.id, piece))
        return rows

    async def on_click(self, event: Click) -> None:
        """Do the action whose key was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        laid = self._laid(self.content_size.width, self._rows())
        if offset is None or offset.y >= len(laid):
            return
        x = 0
        for action, piece in laid[offset.y]:
            if x <= offset.x < x + piece.cell_length:
                await self.screen.run_action(f"do('{action}')")
                return
            x += piece.cell_length + 2

    def _rows(self) -> int:
        return 1 if self.app.size.height < 16 else 2

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of rows in use: at most one in a low window, else two."""
        del container, viewport
        return len(self._laid(width, self._rows()))

    def render(self) -> Content:
        """The rows of keys."""
        return Content("\n").join(self.lines(self.content_size.width or 80, self._rows()))
