"""The one way to put a text of people on the screen: as text, never as markup or as an order to the terminal."""

from __future__ import annotations

from textual.content import Content

from entraide_tui.common.text import visible

Piece = str | tuple[str, str] | Content


def plain(text: str, style: str = "") -> Content:
    """The text, in one style of ours."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def joined(*pieces: Piece) -> Content:
    """Several texts in a row, each with a style of ours or none."""
    return Content("").join(
        p if isinstance(p, Content) else plain(p) if isinstance(p, str) else plain(p[0], p[1]) for p in pieces
    )


def quoted(line: str, language: str) -> str:
    """What is said aloud, in the quotes of a language; those within become the inner ones."""
    if language == "fr":
        inner = line.replace("«\u00a0", "“").replace("\u00a0»", "”").replace("«", "“").replace("»", "”")
        return f"«\u00a0{inner}\u00a0»"
    return f"“{line.replace('“', '‘').replace('”', '’')}”"


def cut(content: Content, width: int) -> Content:
    """One line of at most so many cells, with … where there is more."""
    return content.truncate(max(2, width), ellipsis=True)


def rows(lines: list[Content]) -> Content:
    """One below the other."""
    return Content("\n").join(lines)
