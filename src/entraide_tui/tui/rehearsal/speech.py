"""What the made-up group says and does, above the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.widgets.plain import joined, quoted
from entraide_tui.widgets.wrapped_text import WrappedText, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from entraide_tui.rehearsal.simulated_group import Heard


class SpeechView(WrappedText):
    """The last things heard, as many as have room; what asks for a reaction is marked."""

    DEFAULT_CSS = """
    SpeechView { margin: 1 0 0 0; max-height: 9; }
    .-mid SpeechView { margin: 0; max-height: 5; }
    .-low SpeechView { margin: 0; max-height: 2; }
    """

    def __init__(self, language: str) -> None:
        """`language`: that of the quotation marks."""
        super().__init__(id="speech")
        self._language = language
        self._heard: list[Heard] = []

    def hear(self, heard: Sequence[Heard], *, fresh: bool) -> None:
        """Add what was heard now; with `fresh`, replace what was heard before."""
        if fresh or heard:
            self._heard = [*([] if fresh else self._heard), *heard]
            self.draw()

    def draw(self) -> None:
        """Show the last things heard, as many as have room."""
        rows = 2 if self.screen.has_class("-low") else 5 if self.screen.has_class("-mid") else 9
        width = self.size.width or 60
        lines: list[Content] = []
        for heard in reversed(self._heard):
            wrapped = wrap([self._drawn(heard)], max(10, width))
            if lines and len(lines) + len(wrapped) > rows:
                break
            lines = [*wrapped[:rows], *lines]
        self.show(*lines)

    def _drawn(self, heard: Heard) -> Content:
        sign = ("◆ ", "bold $warning") if heard.asks else ("· ", "$quiet")
        if heard.seen:
            return joined(sign, (heard.text, "italic $warning" if heard.asks else "italic $quiet"))
        return joined(sign, (f"{heard.by} ", "bold $accent"), quoted(heard.text, self._language))
