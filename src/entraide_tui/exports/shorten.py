"""Shorten a page to a given length: cut the longest texts first, then the ends of the longest lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.archive.page.measure import Sheet, lines_of

if TYPE_CHECKING:
    from entraide_tui.archive.page.content import Block, Part

_LENGTHS = (4000, 2800, 2000, 1400, 1000, 700, 500, 350, 250)
_SHORTEST = (180, 120, 80, 50, 24)


def shortened(every: list[Block], lines: int, *, annex: bool) -> Sheet:
    """Return a page of `lines` lines at most, if it can be shortened that far, naming what was cut or left out.

    Args:
        lines: as `archive.page.measure` counts them.
        annex: put the full text of what was cut in the annex.
    """
    page = list(every)
    for most in _LENGTHS:
        page = [_cut(block, most) for block in every]
        if _lines(page) <= lines:
            break
    else:
        for most in _SHORTEST:
            page = _without_ends([_cut(block, most) for block in every], lines)
            if _lines(page) <= lines:
                break
    whole = {id(block) for block in page}
    cut = [block for block in every if id(block) not in whole and block.kind != "heading"]
    names = tuple(dict.fromkeys(block.name for block in cut if block.name))
    return Sheet(page, cut if annex else [], names, _lines(page))


def _lines(page: list[Block]) -> int:
    return sum(lines_of(block) for block in page)


def _without_ends(page: list[Block], lines: int) -> list[Block]:
    """Drop entries, always the last of the longest list, then headings left without content."""
    size = _lines(page)
    entries: dict[str, list[Block]] = {}
    for block in page:
        if block.kind in ("entry", "detail"):
            entries.setdefault(block.section, []).append(block)
    gone: set[int] = set()
    while size > lines and any(len(listed) > 1 for listed in entries.values()):
        block = max(entries.values(), key=len).pop()
        gone.add(id(block))
        size -= lines_of(block)
    rest = [block for block in page if id(block) not in gone]
    return [
        block
        for at, block in enumerate(rest)
        if block.kind != "heading" or (at + 1 < len(rest) and rest[at + 1].kind != "heading")
    ]


def _cut(block: Block, most: int) -> Block:
    """Cut the longest parts of a block to about `most` characters in all, ending each with “…”."""
    if block.kind == "heading" or (len(block.text) <= most and block.text.count("\n") <= most // 60):
        return block
    if not block.parts:
        text = _end(block.text, most)
        return replace(block, text=text)
    parts = list(block.parts)
    over = sum(len(piece) for piece, _meaning in parts) - most
    for at in sorted(range(len(parts)), key=lambda n: -len(parts[n][0])):
        piece, meaning = parts[at]
        if piece == "\n" and not meaning:
            continue
        shorter = _end(piece, max(len(piece) - max(over, 0), 12))
        over -= len(piece) - len(shorter)
        parts[at] = (shorter, meaning)
    return _with_parts(block, tuple(parts))


def _with_parts(block: Block, parts: tuple[Part, ...]) -> Block:
    return replace(block, text="".join(piece for piece, _meaning in parts), parts=parts)


def _end(text: str, most: int) -> str:
    text = " ".join(text.split("\n"))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
