"""Edit an inline table or list ({ }, [ ]) in place. Each function returns the new text of the whole value.

Places are relative to that value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from entraide_tui.common.toml import writing
from entraide_tui.common.toml.layout import Layout, Place, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_BEFORE = "v = "
_ROOT: Place = ("v",)
_SPACE = re.compile(r"[ \t]*")


def put(value: str, place: Place, new: Any, order: Sequence[str] = ()) -> str:  # noqa: ANN401 - TOML values
    """Set the value at a place, adding the key if it is missing. See `Document.put`. Raises ValueError."""
    text, place = _BEFORE + value, _ROOT + place
    spans = Layout(text).spans
    if place in spans:
        return _replaced(text, spans[place].value, spans[place].end, writing.format_inline(new))
    if _outermost(spans, place):  # a table of dotted keys
        return put(removed(value, place[1:]), place[1:], new, order)
    size = next(size for size in range(len(place) - 1, 0, -1) if place[:size] in spans)
    around, names = spans[place[:size]], place[size:]
    if text[around.value] != "{" or not all(isinstance(name, str) for name in names):
        raise ValueError(place)
    entry = f"{writing.dotted(names)} = {writing.format_inline(new)}"
    own = [s for s in spans.values() if s.names and s.place[: -len(s.names)] == around.place]
    if not own:
        return _replaced(text, around.value, around.end, f"{{ {entry} }}")
    beside = [s for s in own if s.place[: len(place) - 1] == place[:-1]]
    before = neighbour([str(s.place[len(place) - 1]) for s in beside], str(place[-1]), order) if beside else None
    if before is None and beside:
        return _replaced(text, beside[0].start, beside[0].start, f"{entry}, ")
    end = own[-1].end if before is None else beside[before].end
    return _replaced(text, end, end, f", {entry}")


def removed(value: str, place: Place) -> str:
    """Remove the value or table at a place with the comments in it."""
    text, place = _BEFORE + value, _ROOT + place
    while own := _outermost(Layout(text).spans, place):
        text = _without(text, own[-1])
        if isinstance(place[-1], int):  # the next item has the index now
            break
    return text[len(_BEFORE) :]


def arranged(value: str, place: Place, items: Sequence[int | dict[str, Any]]) -> str:
    """Replace the items of a list. See `Document.arrange`. Raises ValueError."""
    text, place = _BEFORE + value, _ROOT + place
    spans = Layout(text).spans
    if place not in spans or text[spans[place].value] != "[":
        raise ValueError(place)
    ranks = {number: rank for rank, number in enumerate(sorted(n for n in items if isinstance(n, int)))}
    for number in reversed(range(sum(1 for p in spans if p[:-1] == place))):
        if number not in ranks:
            text = _without(text, spans[*place, number])
            spans = Layout(text).spans
    around = spans[place]
    old = [spans[*place, rank] for rank in range(len(ranks))]

    texts = [
        text[old[ranks[item]].start : old[ranks[item]].end] if isinstance(item, int) else writing.format_inline(item)
        for item in items
    ]
    group_texts = [", ".join(new for _item, new in group) for group in groups(list(zip(items, texts, strict=True)))]
    if not old:
        return _replaced(text, around.value, around.end, f"[{group_texts[0]}]") if group_texts else text[len(_BEFORE) :]
    out, at = [], len(_BEFORE)
    for span, new in zip(old, group_texts, strict=True):
        out += [text[at : span.start], new]
        at = span.end
    return "".join([*out, text[at:]])


def groups(items: Sequence[tuple[Any, T]]) -> list[list[tuple[Any, T]]]:
    """Group pairs of (item, anything) so that each group has one former item (an index) and the new ones behind it.

    New items at the start join the first group.
    """
    out: list[list[tuple[Any, T]]] = []
    numbers = 0
    for item in items:
        if not out or (isinstance(item[0], int) and numbers):
            out.append([])
        numbers += isinstance(item[0], int)
        out[-1].append(item)
    return out


def neighbour(siblings: Sequence[str], key: str, order: Sequence[str]) -> int | None:
    """The index of the sibling that a new key goes behind: the last, or the nearest that precedes it in `order`.

    None if it goes first.
    """
    if not order:
        return len(siblings) - 1 if siblings else None
    last = {name: number for number, name in enumerate(siblings)}
    earlier = order[: order.index(key)] if key in order else order
    return next((last[name] for name in reversed(earlier) if name in last), None)


def _outermost(spans: dict[Place, Span], place: Place) -> list[Span]:
    size = len(place)
    out: list[Span] = []
    for span in spans.values():  # in the order of the text
        if span.place[:size] == place and not (out and span.start < out[-1].end):
            out.append(span)
    return out


def _replaced(text: str, start: int, end: int, new: str) -> str:
    return text[len(_BEFORE) : start] + new + text[end:]


def _without(text: str, span: Span) -> str:
    """Remove an entry or item with its comma, and its line if nothing else is on it.

    A comment that follows an item on its line goes too.
    """
    start, end = span.start, span.end
    if span.next_comma >= 0:
        between = text[end : span.next_comma]
        text = text[: span.next_comma] + text[span.next_comma + 1 :]
        end = end if between.strip() else span.next_comma
    elif span.comma >= 0 and not text[span.comma + 1 : start].strip(" \t"):
        return text[: span.comma] + text[end:]
    line = text.rfind("\n", 0, start) + 1
    rest = text.find("\n", end) + 1 or len(text)
    after = text[end:rest].strip()
    if not text[line:start].strip() and (not after or (not span.names and after.startswith("#"))):
        return text[:line] + text[rest:]
    space = _SPACE.match(text, end)
    return text[:start] + text[space.end() if space else end :]
