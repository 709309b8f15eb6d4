"""Snippets: the line of a record that matches best, with the matched words marked."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from entraide_tui.archive.index.folding import folded, spans
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from entraide_tui.archive.index.folding import TermPattern

WIDTH = 160
"""About how many characters a snippet has."""
BEFORE = 40
"""The most characters before the first matched word."""
MOST = 200
"""The most matches of one term that are looked at."""
Pieces = tuple[tuple[str, bool], ...]
_MORE = "…"


def snippet(text: str, wanted: list[TermPattern]) -> Pieces:
    """The line that most terms match, shortened: its pieces, each with whether it is a matched word.

    Args:
        text: the title, the request, then all other texts, one to a line. The title is shown anyway, and is only
            taken if no other line matches.
    """
    lines = text.split("\n")
    best = _best(folded(text), wanted) if wanted else None
    if best is None:
        return _cut(clean(lines[1]), []) if len(lines) > 1 and lines[1].strip() else ()
    line = clean(lines[best])
    return _cut(line, spans(line, wanted))


def _best(flat: str, wanted: list[TermPattern]) -> int | None:
    """The number of the line that most terms match, the first of several; None if none does."""
    title = flat.find("\n")
    found: dict[int, int] = {}
    for pattern in wanted:
        seen = at = 0
        last = -1
        for begin, _end in itertools.islice(pattern.spans_in(flat), MOST):
            seen += flat.count("\n", at, begin)
            at = begin
            if seen != last:
                found[seen] = found.get(seen, 0) + 1
                last = seen
            if len(wanted) == 1 and begin > title:
                return seen
    return min(found, key=lambda line: (line == 0, -found[line], line), default=None)


def _cut(line: str, found: list[tuple[int, int]]) -> Pieces:
    begin = 0
    if found and found[0][0] > BEFORE and len(line) > WIDTH:
        begin = found[0][0] - BEFORE
        begin += line[begin : found[0][0]].find(" ") + 1  # start at a word
    end = len(line) if len(line) - begin <= WIDTH else _word_end(line, begin)
    out: list[tuple[str, bool]] = [(_MORE, False)] if begin else []
    at = begin
    for left, whole in found:
        if left < at or left >= end:
            continue
        right = min(whole, end)
        if left > at:
            out.append((line[at:left], False))
        out.append((line[left:right], True))
        at = right
    if at < end:
        out.append((line[at:end], False))
    if end < len(line):
        out.append((_MORE, False))
    return tuple(out)


def _word_end(line: str, begin: int) -> int:
    """Where to cut the line: at the end of a word, if there is one near."""
    end = begin + WIDTH
    space = line.rfind(" ", end - 20, end)
    return space if space > begin else end
