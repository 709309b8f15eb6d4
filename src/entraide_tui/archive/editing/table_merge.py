"""Merges a changed record into the tables of its file, without touching what did not change.

Pure, on TOML tables. A key that neither the former nor the new record has is unknown to the program, and stays.
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
    """Whether two values are the same in TOML, where 1, 1.0 and true differ."""
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
    """Whether a value is a list of tables, and not empty."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def pairs(old: Rows, new: Rows) -> Pairs:
    """For each new row, the number of its former row; None for an added one.

    Equal rows are paired first, then rows with the same text, then the rest in order; of several candidates, the one
    with the same number is taken.
    """
    former: Pairs = [None] * len(new)
    free = dict.fromkeys(range(len(old)))
    for key in (_whole, _text):
        names = [key(row) for row in new]
        left: dict[str, deque[int]] = defaultdict(deque)
        for number in list(free):
            name = key(old[number])
            if name and number < len(new) and former[number] is None and names[number] == name:
                former[number] = number
                del free[number]
            elif name:
                left[name].append(number)
        for number, name in enumerate(names):
            if former[number] is None and left[name]:
                was = former[number] = left[name].popleft()
                del free[was]
    rest = iter(list(free))
    return [number if number is not None else next(rest, None) for number in former]


def _whole(row: Tables) -> str:
    return repr(sorted(row.items()))


def _text(row: Tables) -> str:
    """The values that identify a row; empty if it has none."""
    values = [row.get(k) for k in ("id", "record", "what", "text")]
    return repr(values) if any(values) else ""


def merged(
    raw: Tables, old: Tables, new: Tables, note: Callable[[str, Pairs], None] = lambda _name, _pairs: None
) -> Tables:
    """The tables of a file after a change of its record.

    Args:
        raw: the tables in the file.
        old, new: the tables of the record before and after.
        note: called with the key and the `pairs` of each list of tables that changes.
    """
    out = dict(raw)
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if same(before, after):
            continue
        current = raw.get(key)
        if is_rows(before) or is_rows(after):
            former = pairs(before or [], after or [])
            note(key, former)
            out[key] = [
                row if number is None else merged((current or [])[number], (before or [])[number], row)
                for row, number in zip(after or [], former, strict=True)
            ]
        # a kit without an id can't stand: it goes whole
        elif key in TABLES and isinstance(current, dict) and not (after is None and key == "kit"):
            out[key] = merged(current, before or {}, after or {})
        else:
            out[key] = after
        if out[key] in (None, [], {}) and after is None:
            del out[key]
    return out


def with_unknown_keys(raw: Tables, known: Tables) -> Tables:
    """The tables `known` from a record, with the unknown keys of its file added."""
    out = dict(known)
    for key, value in raw.items():
        if key not in known:
            out[key] = value
        elif is_rows(value) and is_rows(known[key]) and len(value) == len(known[key]):
            out[key] = [with_unknown_keys(row, own) for row, own in zip(value, known[key], strict=True)]
        elif key in TABLES and isinstance(value, dict):
            out[key] = with_unknown_keys(value, known[key])
    return out
