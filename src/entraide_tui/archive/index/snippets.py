"""The line of a record that shows why it was found, with the found words marked."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from entraide_tui.archive.index.folding import folded, spans
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from entraide_tui.archive.index.folding import Sought

WIDTH = 160
"""Letters that a snippet has, about."""
BEFORE = 40
"""Letters that stand before the first found word, at most."""
MOST = 200
"""Places that are looked at, of each word."""
Pieces = tuple[tuple[str, bool], ...]
_MORE = "…"


def snippet(text: str, wanted: list[Sought]) -> Pieces:
    """The line that holds most of what is wanted, cut to its size: pieces, each with whether it is a found word.

    Args:
        text: the title, the request, then the others, one to a line. The title is shown anyway, and is only taken if
            nothing else has a word of what is wanted.
    """
    lines = text.split("\n")
    best = _best(folded(text), wanted) if wanted else None
    if best is None:
        return _cut(clean(lines[1]), []) if len(lines) > 1 and lines[1].strip() else ()
    line = clean(lines[best])
    return _cut(line, spans(line, wanted))


def _best(flat: str, wanted: list[Sought]) -> int | None:
    """Which line holds most of what is wanted; of several the first one."""
    title = flat.find("\n")
    found: dict[int, int] = {}
    for one in wanted:
        seen = at = 0
        last = -1
        for begin, _end in itertools.islice(one.places(flat), MOST):
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
        begin += line[begin : found[0][0]].find(" ") + 1  # from a word on
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
    """At the end of a word, if there is one near."""
    end = begin + WIDTH
    space = line.rfind(" ", end - 20, end)
    return space if space > begin else end
