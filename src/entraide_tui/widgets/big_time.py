"""The large clock: a time in figures that are three rows high, or more on a projector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size

# Each figure is 3 × 5 points; a cell holds two of them, one above the other.
_POINTS = {
    "0": "###|# #|# #|# #|###", "1": " # |## | # | # |###", "2": "###|  #|###|#  |###", "3": "###|  #|###|  #|###",
    "4": "# #|# #|###|  #|  #", "5": "###|#  |###|  #|###", "6": "###|#  |###|# #|###", "7": "###|  #|  #|  #|  #",
    "8": "###|# #|###|# #|###", "9": "###|# #|###|  #|###", ":": " |#| |#| ", "−": "   |   |###|   |   ",
    "+": "   | # |###| # |   ",
    "–": "  |  |##|  |  ", " ": " | | | | ", "h": "#  |#  |###|# #|# #",
}  # fmt: skip
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def figures(text: str, scale: int) -> list[str]:
    """The rows of `text` in large figures: three rows at scale 1."""
    rows: list[list[bool]] = [[] for _n in range(5 * scale + (5 * scale) % 2)]
    for index, char in enumerate(text):
        shape = _POINTS.get(char, _POINTS[" "]).split("|")
        for y, row in enumerate(rows):
            if index:
                row.extend([False] * scale)
            line = shape[y // scale] if y < 5 * scale else " " * len(shape[0])
            for point in line:
                row.extend([point == "#"] * scale)
    return [
        "".join(_HALVES[top, bottom] for top, bottom in zip(rows[y], rows[y + 1], strict=True))
        for y in range(0, len(rows), 2)
    ]


def scale_for(size: Size) -> int:
    """The scale of the figures in a window of that size; 0: plain text."""
    for scale, width, height in ((3, 180, 50), (2, 150, 44), (1, 56, 18)):
        if size.width >= width and size.height >= height:
            return scale
    return 0


class BigTime(Widget):
    """A short text in large figures; a class (`-last-minute`, `-over`, `-paused`) gives its colour."""

    DEFAULT_CSS = """
    BigTime { width: auto; height: auto; color: $text; text-style: bold; }
    BigTime.-last-minute { color: $warning; }
    BigTime.-over { color: $error; }
    BigTime.-paused { color: $quiet; }
    """
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._text = ""
        self._scale = 1

    def show(self, text: str, mark: str, scale: int) -> None:
        """Show a text; `mark` is “last minute”, “over”, “paused” or empty. Redraw only what changed."""
        self.set_class(mark == "last minute", "-last-minute")
        self.set_class(mark == "over", "-over")
        self.set_class(mark == "paused", "-paused")
        if (text, scale) != (self._text, self._scale):
            wider = len(text) != len(self._text) or scale != self._scale or _narrow(text) != _narrow(self._text)
            self._text, self._scale = text, scale
            self.refresh(layout=wider)

    @property
    def text(self) -> str:
        """The text in view."""
        return self._text

    def render(self) -> Content:
        """The figures; one row of plain text at scale 0."""
        if not self._scale:
            return Content(self._text)
        return Content("\n".join(figures(self._text, self._scale)))


def _narrow(text: str) -> int:
    return sum(c in ": –" for c in text)
