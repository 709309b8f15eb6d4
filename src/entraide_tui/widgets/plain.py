"""The only way to put people's text on the screen: as text, never as markup or as a terminal sequence."""

from __future__ import annotations

from textual.content import Content

from entraide_tui.common.text import visible

Piece = str | tuple[str, str] | Content


def plain(text: str, style: str = "") -> Content:
    """A text in one style."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def joined(*pieces: Piece) -> Content:
    """Several texts in a row, each with a style or none."""
    return Content("").join(
        p if isinstance(p, Content) else plain(p) if isinstance(p, str) else plain(p[0], p[1]) for p in pieces
    )


def quoted(line: str, language: str) -> str:
    """A sentence between the quotation marks of a language; those inside become the inner ones."""
    if language == "fr":
        inner = line.replace("«\u00a0", "“").replace("\u00a0»", "”").replace("«", "“").replace("»", "”")
        return f"«\u00a0{inner}\u00a0»"
    return f"“{line.replace('“', '‘').replace('”', '’')}”"


def cut(content: Content, width: int) -> Content:
    """One line of at most `width` cells, ending in … if it was cut."""
    return content.truncate(max(2, width), ellipsis=True)


def rows(lines: list[Content]) -> Content:
    """Several contents, one below the other."""
    return Content("\n").join(lines)
