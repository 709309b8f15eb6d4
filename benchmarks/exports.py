"""What a page costs in each format: a hundred pages, each against the barest way to that format."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, Ground, Pair, Trial
from entraide_tui.archive import listing, record_file
from entraide_tui.archive.page.options import Options
from entraide_tui.common.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.archive.model import Record

PAGES = 100
BARE_TYPST = b'#set page(paper: "a4")\n= Title\nA line of text.\n'


@cache
def _records(root: Path) -> tuple[Record, ...]:
    found = [record_file.read(path) for path in listing.paths(Workspace(root))]
    return tuple(found * (PAGES // len(found) + 1))[:PAGES]


def _spent(work: Callable[[Record], object], ground: Ground) -> float:
    """Milliseconds for one page."""
    records = _records(ground.records().root)
    begun = time.perf_counter()
    for record in records:
        work(record)
    return (time.perf_counter() - begun) / len(records) * 1000


def html(ground: Ground) -> list[Pair]:
    """The page as HTML, against the same page as Markdown."""
    from entraide_tui.exports import html as ours
    from entraide_tui.exports import markdown

    return [
        Pair(_spent(lambda r: ours.page(r, Options()), ground), _spent(lambda r: markdown.page(r, Options()), ground))
    ]


def pdf(ground: Ground) -> list[Pair]:
    """The page as PDF, against a Typst document of two lines."""
    import typst

    from entraide_tui.exports import pdf as ours

    fonts = typst.Fonts(include_system_fonts=False)

    def bare(_record: Record) -> object:
        return typst.Compiler(input=BARE_TYPST, font_paths=fonts).compile(format="pdf")

    return [Pair(_spent(lambda r: ours.page(r, Options()), ground), _spent(bare, ground))]


TRIALS = (
    Trial("html", (Figure("a page as HTML, against Markdown", "ms", 4.0),), html),
    Trial("pdf", (Figure("a page as PDF, against bare Typst", "ms", 8.0),), pdf),
)
