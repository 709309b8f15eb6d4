"""What a record's file becomes when the record changes: only what changed is changed, the rest is carried along.

Pure, on tables as TOML has them. A key that neither the former nor the new record speaks of is not known to the
program, and stays.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

from entraide_tui.archive.record_schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

Tables = dict[str, Any]
Rows = list[Tables]
Pairs = list[int | None]


def same(a: Any, b: Any) -> bool:  # noqa: ANN401 - TOML values
    """Whether two values are one and the same in TOML, where 1, 1.0 and true are three."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, float) and math.isnan(a):
        return math.isnan(b)
    return bool(a == b)


def is_rows(value: Any) -> bool:  # noqa: ANN401 - TOML values
    """Whether it is a list of tables."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def pairs(old: Rows, new: Rows) -> Pairs:
    """For each new item the number of the former one that it was; None for those that were added.

    Equal ones first, then those whose text is the same, then in order; of several, the one in the same place.
    """
    found: Pairs = [None] * len(new)
    free = dict.fromkeys(range(len(old)))
    for key in (_whole, _text):
        names = [key(row) for row in new]
        left: dict[str, deque[int]] = defaultdict(deque)
        for number in list(free):
            name = key(old[number])
            if name and number < len(new) and found[number] is None and names[number] == name:
                found[number] = number
                del free[number]
            elif name:
                left[name].append(number)
        for number, name in enumerate(names):
            if found[number] is None and left[name]:
                was = found[number] = left[name].popleft()
                del free[was]
    rest = iter(list(free))
    return [number if number is not None else next(rest, None) for number in found]


def _whole(row: Tables) -> str:
    return repr(sorted(row.items()))


def _text(row: Tables) -> str:
    """What an item is about."""
    held = [row.get(k) for k in ("id", "record", "what", "text")]
    return repr(held) if any(held) else ""


def carried(
    raw: Tables, old: Tables, new: Tables, note: Callable[[str, Pairs], None] = lambda _name, _pairs: None
) -> Tables:
    """The tables of a file after a change.

    Args:
        raw: as they stand in the file.
        old, new: what the program knew of them, and what it wants.
        note: is told the pairs of each list of tables that changes.
    """
    out = dict(raw)
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if same(before, after):
            continue
        held = raw.get(key)
        if is_rows(before) or is_rows(after):
            found = pairs(before or [], after or [])
            note(key, found)
            out[key] = [
                row if number is None else carried((held or [])[number], (before or [])[number], row)
                for row, number in zip(after or [], found, strict=True)
            ]
        elif key in TABLES and isinstance(held, dict) and not (after is None and key == "kit"):  # no kit without an id
            out[key] = carried(held, before or {}, after or {})
        else:
            out[key] = after
        if out[key] in (None, [], {}) and after is None:
            del out[key]
    return out


def whole(raw: Tables, known: Tables) -> Tables:
    """What a record knows, and what its file holds besides."""
    out = dict(known)
    for key, value in raw.items():
        said = known.get(key)
        if key not in known:
            out[key] = value
        elif is_rows(value) and is_rows(said) and len(value) == len(known[key]):
            out[key] = [whole(row, own) for row, own in zip(value, known[key], strict=True)]
        elif key in TABLES and isinstance(value, dict):
            out[key] = whole(value, known[key])
    return out
