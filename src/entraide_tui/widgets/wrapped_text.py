"""Paragraphs whose lines break at ordinary spaces only.

Textual breaks at no-break spaces too, which leaves a French « : » or « » » alone at the start of a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size


def breaks(text: str, width: int) -> list[int]:
    """The indexes at which the lines of a text begin, except the first; `width` in cells."""
    out: list[int] = []
    start = used = 0
    while start < len(text):
        end = text.find(" ", start)
        end = len(text) if end < 0 else end
        word = cell_len(text[start:end])
        if used and used + word > width:
            out.append(start)
            used = 0
        while word > width:  # split it; a text may be one long word
            room, begun = width, start
            while start < end and (start == begun or cell_len(text[start]) <= room):
                room -= cell_len(text[start])
                start += 1
            out.append(start)
            used, word = 0, word - (width - room) if start < end else 0
        used += word + 1
        start = end + 1
    return [b for b in out if b < len(text)]


def wrap(paragraphs: list[Content], width: int) -> list[Content]:
    """The lines of several paragraphs, each at most `width` cells wide."""
    lines: list[Content] = []
    for paragraph in paragraphs:
        for line in paragraph.split("\n"):
            lines += (
                [part.rstrip() for part in line.divide(breaks(line.plain, max(1, width)))] if line.plain else [line]
            )
    return lines


class WrappedText(Widget):
    """Several paragraphs, one below the other."""

    DEFAULT_CSS = "WrappedText { height: auto; }"

    def __init__(self, *paragraphs: Content, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._paragraphs = list(paragraphs)

    @property
    def content(self) -> Content:
        """All paragraphs, not wrapped."""
        return Content("\n").join(self._paragraphs)

    def show(self, *paragraphs: Content) -> None:
        """Show these paragraphs; redraw only what changed."""
        if list(paragraphs) != self._paragraphs:
            before = self._height(self.content_size.width)
            self._paragraphs = list(paragraphs)
            self.refresh(layout=self._height(self.content_size.width) != before)

    def _height(self, width: int) -> int:
        return len(wrap(self._paragraphs, width)) if any(p.plain for p in self._paragraphs) else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines; 0 if all paragraphs are empty."""
        del container, viewport
        return self._height(width)

    def render(self) -> Content:
        """The wrapped lines."""
        return Content("\n").join(wrap(self._paragraphs, self.content_size.width))
