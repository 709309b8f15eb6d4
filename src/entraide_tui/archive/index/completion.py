"""Completes a query: names of filters, then values that the archive holds."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from entraide_tui.archive.index.filters import FILTERS, STATES, filter_name, state_spelt
from entraide_tui.archive.index.folding import folded, words
from entraide_tui.archive.index.query import LONGEST, PIECE, QUOTES
from entraide_tui.archive.index.refresh import day_row, row_day
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    import sqlite3

MOST = 12
"""The most completions."""
LOOKED_AT = 5_000
"""The most names that are looked through, the most frequent first."""


def complete(connection: sqlite3.Connection, text: str, cursor: int) -> list[tuple[str, int, int]]:
    """The completions of the word at the cursor, as (text, start, end) of what each replaces. Raises sqlite3.Error."""
    cursor = max(0, min(cursor, len(text)))
    if cursor > LONGEST:
        return []
    begin = end = cursor
    name, said = "", ""
    for piece in PIECE.finditer(text[:LONGEST].translate(QUOTES)):
        if piece.start() <= cursor <= piece.end():
            begin, end = piece.span()
            name = piece["name"] or ""
            said = piece["quoted"] if piece["quoted"] is not None else piece["bare"] or ""
            if cursor <= begin + len(name) and name:  # in the filter's name: its value stays as it is
                return [(f"{shown}:", begin, begin + len(name) + 1) for shown in _filters(text[begin:cursor])]
            if piece["closed"] and cursor == end:  # the value is complete
                return []
    if not name:
        return (
            [(f"{shown}:", begin, end) for shown in _filters(said)]
            if not text[begin:end].startswith(('"', "«", "“"))
            else []
        )
    filter_ = filter_name(name)
    if filter_ is None:
        return []
    return [(f"{name}:{_quoted(value)}", begin, end) for value in _values(connection, filter_, said)]


def _filters(begun: str) -> list[str]:
    flat = folded(begun)
    both = [(kind.spelt, kind.name) for kind in FILTERS.values()]
    return list(
        dict.fromkeys(
            shown for shown, name in both if folded(shown).startswith(flat) or (flat and name.startswith(flat))
        )
    )


def _values(connection: sqlite3.Connection, name: str, begun: str) -> list[str]:
    if name == "is":
        return [state_spelt(state) for state in STATES if state_spelt(state).startswith(folded(begun))]
    if name in ("after", "before"):
        return [year for year in _years(connection) if year.startswith(begun)][:MOST]
    wanted = words(begun)
    out: dict[str, None] = {}
    for (value,) in connection.execute(
        "SELECT name FROM names WHERE kind = ? ORDER BY number DESC, name LIMIT ?", (name, LOOKED_AT)
    ):
        shown = clean(value) if isinstance(value, str) else ""
        parts = words(shown)
        if parts and all(any(part.startswith(word) for part in parts) for word in wanted):
            out[shown] = None
        if len(out) == MOST:
            break
    return list(out)


def _years(connection: sqlite3.Connection) -> list[str]:
    """The years of the records, latest first, at most the last 51."""
    first, last = connection.execute(
        "SELECT min(id), max(id) FROM heads WHERE id >= ?", (day_row(datetime.date.min),)
    ).fetchone()
    begin, end = row_day(first), row_day(last)
    if begin is None or end is None:
        return []
    return [f"{year:04}" for year in range(end.year, max(begin.year, end.year - 50) - 1, -1)]


def _quoted(value: str) -> str:
    """The value as a filter takes it: in quotes unless it is one plain word."""
    value = " ".join(value.translate(QUOTES).replace('"', " ").split())
    return value if value and all(c.isalnum() or c in "-_.’'" for c in value) else f'"{value}"'
