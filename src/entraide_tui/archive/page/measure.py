"""Fits the page on one A4 sheet, and chooses what goes to the annex if it doesn't fit.

The sheet is as people print it: 11 point, 92 characters to a line, 54 lines. What does not fit is named; nothing is
cut unless somebody asks for it.
"""

from __future__ import annotations

import itertools
import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entraide_tui.archive.page.content import blocks

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block
    from entraide_tui.archive.page.options import Options

LINES = 54
WIDTH = 92


def lines_of(block: Block) -> int:
    """The lines that a block takes on the sheet, with the empty ones around it."""
    width = WIDTH - (4 if block.kind in ("entry", "detail") else 0)
    lines = sum(_wrapped(part, width) for part in block.text.split("\n"))
    return lines + {"title": 2, "heading": 2, "text": 1, "entry": 0, "detail": 0}[block.kind]


def _wrapped(text: str, width: int) -> int:
    if len(text) <= width:
        return 1
    return max(1, len(textwrap.wrap(text, width, break_on_hyphens=False)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measured page.

    Attributes:
        overflow: the names of the blocks that don't fit whole.
        lines: of the page.
    """

    page: list[Block]
    annex: list[Block]
    overflow: tuple[str, ...] = ()
    lines: int = 0


def sheet_of(record: Record, options: Options) -> Sheet:
    """The page of a record with these options, in the language in use."""
    return fit(blocks(record, options), annex=options.annex)


def fit(all_blocks: list[Block], *, annex: bool) -> Sheet:
    """Measure the page; with `annex`, move there what does not fit, the least necessary first.

    Without it nothing is moved, and `overflow` names what would have to be.
    """
    size = sum(lines_of(b) for b in all_blocks)
    if size <= LINES:
        return Sheet(all_blocks, [], (), size)
    moved: list[int] = []
    rest = size
    order = [i for i, b in enumerate(all_blocks) if b.annex and b.kind != "heading"]
    for index in sorted(order, key=lambda i: (-_weight(all_blocks[i]), -i)):
        if rest <= LINES:
            break
        # an action takes its first step along, which would otherwise stand under another action
        own = itertools.takewhile(lambda i: all_blocks[i].kind == "detail", range(index + 1, len(all_blocks)))
        for number in [index, *own]:
            if number not in moved:
                moved.append(number)
                rest -= lines_of(all_blocks[number])
    names = tuple(dict.fromkeys(all_blocks[i].name for i in sorted(moved)))
    if rest > LINES:
        # Even with all of them moved, a text of the core is too long: it is named too, and continues in the annex.
        core = [i for i, b in enumerate(all_blocks) if i not in moved and b.name]
        for index in sorted(core, key=lambda i: -lines_of(all_blocks[i])):
            if rest <= LINES:
                break
            moved.append(index)
            rest -= lines_of(all_blocks[index]) - lines_of(_short(all_blocks[index]))
        names = tuple(dict.fromkeys(all_blocks[i].name for i in sorted(moved)))
    if not annex:
        return Sheet(all_blocks, [], names, size)
    page: list[Block] = []
    for index, block in enumerate(all_blocks):
        if index not in moved:
            page.append(block)
        elif not block.annex:
            page.append(_short(block))
    shown = [
        b
        for i, b in enumerate(page)
        if not (b.kind == "heading" and (i + 1 == len(page) or page[i + 1].kind in ("heading", "title")))
    ]
    return Sheet(shown, [all_blocks[i] for i in sorted(moved)], names, sum(lines_of(b) for b in shown))


def _weight(block: Block) -> int:
    """The higher, the sooner a block is moved: optional sections first, then the situation, first steps last."""
    if block.kind == "entry":
        return 1 if block.number else 3
    return 2 if block.kind == "text" else 0


def _short(block: Block) -> Block:
    """The block's first 160 characters, without line breaks: empty lines count on the sheet too."""
    text = " ".join(block.text.split("\n"))
    return replace(block, text=text if len(text) <= 160 else text[:159].rstrip() + "…", parts=())
