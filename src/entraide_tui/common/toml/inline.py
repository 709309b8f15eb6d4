"""What stands between { } or [ ] changed where it stands. Each function gives the new text of the whole value.

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
    """With another value at a place, or with a new key there. See `Document.put`."""
    text, place = _BEFORE + value, _ROOT + place
    spans = Layout(text).spans
    if place in spans:
        return _replaced(text, spans[place].value, spans[place].end, writing.inline(new))
    if _outermost(spans, place):  # a table made of dotted keys
        return put(removed(value, place[1:]), place[1:], new, order)
    size = next(size for size in range(len(place) - 1, 0, -1) if place[:size] in spans)
    around, names = spans[place[:size]], place[size:]
    if text[around.value] != "{" or not all(isinstance(name, str) for name in names):
        raise ValueError(place)
    entry = f"{writing.dotted(names)} = {writing.inline(new)}"
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
    """Without what stands at a place and below; comments stay, but those within it."""
    text, place = _BEFORE + value, _ROOT + place
    while own := _outermost(Layout(text).spans, place):
        text = _without(text, own[-1])
        if isinstance(place[-1], int):  # the next item has the number now
            break
    return text[len(_BEFORE) :]


def arranged(value: str, place: Place, items: Sequence[int | dict[str, Any]]) -> str:
    """A list with other items. See `Document.arrange`."""
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
    held = [spans[*place, rank] for rank in range(len(ranks))]

    texts = [
        text[held[ranks[item]].start : held[ranks[item]].end] if isinstance(item, int) else writing.inline(item)
        for item in items
    ]
    found = [", ".join(new for _item, new in group) for group in groups(list(zip(items, texts, strict=True)))]
    if not held:
        return _replaced(text, around.value, around.end, f"[{found[0]}]") if found else text[len(_BEFORE) :]
    out, at = [], len(_BEFORE)
    for span, new in zip(held, found, strict=True):
        out += [text[at : span.start], new]
        at = span.end
    return "".join([*out, text[at:]])


def groups(items: Sequence[tuple[Any, T]]) -> list[list[tuple[Any, T]]]:
    """The items cut before each former one, which is a number, but the first: new ones follow the one before them."""
    out: list[list[tuple[Any, T]]] = []
    numbers = 0
    for item in items:
        if not out or (isinstance(item[0], int) and numbers):
            out.append([])
        numbers += isinstance(item[0], int)
        out[-1].append(item)
    return out


def neighbour(siblings: Sequence[str], key: str, order: Sequence[str]) -> int | None:
    """The sibling behind which a new key comes: the last, or by an order the nearest before it; None: at the front."""
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
    """Without an entry or an item and its comma, and without its line where nothing else stands there.

    The comment that follows an item on its line goes too.
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
    found = _SPACE.match(text, end)
    return text[:start] + text[found.end() if found else end :]
