"""A record's file changed where it stands: what differs between two states of its tables is changed in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.archive.editing.table_merge import Pairs, Rows, Tables, is_rows, same
from entraide_tui.archive.record_schema import ORDER_OF, SECTIONS
from entraide_tui.common.toml.document import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entraide_tui.common.toml import Place


def edited(text: str, raw: Tables, wanted: Tables, moves: Mapping[str, Pairs]) -> str:
    """The text with all that differs between `raw`, which it says, and `wanted`.

    Args:
        moves: for each list of tables that changes, where its items were. See `table_merge.pairs`.

    Raises:
        ValueError: it is laid out in a way that this can't follow.
    """
    document = Document(text)
    _change(document, (), raw, wanted)
    for key, value in wanted.items():
        held = raw.get(key)
        if is_rows(value) and (key,) not in document and not same(held, value):
            _change_rows(document, key, held or [], value, moves[key])
    return str(document)


def _change(document: Document, place: Place, raw: Tables, wanted: Tables) -> None:
    """Makes a table say what is wanted; at the top all but the lists of tables that stand below headers."""
    for key in raw:
        if key not in wanted:
            document.remove((*place, key))
    for key, value in wanted.items():
        here, held = (*place, key), raw.get(key)
        if same(held, value):
            continue
        if not place and is_rows(value) and (held == [] or here not in document):
            if held == []:
                document.remove(here)
        elif not place and isinstance(value, dict) and here not in document:
            if isinstance(held, dict):
                _change(document, here, held, value)
            elif key in SECTIONS:
                document.add_table(here, value, SECTIONS)
            else:
                document.put(here, value, ORDER_OF[""])
        else:
            document.put(here, value, ORDER_OF.get(str(place[0]) if place else "", ()))


def _change_rows(document: Document, key: str, held: Rows, wanted: Rows, moves: Pairs) -> None:
    for number, row in zip(moves, wanted, strict=True):
        if number is not None:
            _change(document, (key, number), held[number], row)
    if moves != list(range(len(held))):
        items = [row if number is None else number for number, row in zip(moves, wanted, strict=True)]
        document.arrange((key,), items, SECTIONS)
