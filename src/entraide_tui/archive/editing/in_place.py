"""Changes a record's file in place: only what differs between two states of its tables changes in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.archive.editing.table_merge import Pairs, Rows, Tables, is_rows, same
from entraide_tui.archive.record_schema import ORDER_OF, SECTIONS
from entraide_tui.common.toml.document import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entraide_tui.common.toml import Place


def edited(text: str, raw: Tables, wanted: Tables, moves: Mapping[str, Pairs]) -> str:
    """The text of the file, changed from the tables `raw` to `wanted`; its layout and comments stay.

    Args:
        moves: for each list of tables that changes, the former number of each row. See `table_merge.pairs`.

    Raises:
        ValueError: the file's layout can't be followed.
    """
    document = Document(text)
    _change(document, (), raw, wanted)
    for key, value in wanted.items():
        former = raw.get(key)
        if is_rows(value) and (key,) not in document and not same(former, value):
            _change_rows(document, key, former or [], value, moves[key])
    return str(document)


def _change(document: Document, place: Place, raw: Tables, wanted: Tables) -> None:
    """Change a table from `raw` to `wanted`; at the top, leave lists of tables with headers to `_change_rows`."""
    for key in raw:
        if key not in wanted:
            document.remove((*place, key))
    for key, value in wanted.items():
        here, former = (*place, key), raw.get(key)
        if same(former, value):
            continue
        if not place and is_rows(value) and (former == [] or here not in document):
            if former == []:
                document.remove(here)
        elif not place and isinstance(value, dict) and here not in document:
            if isinstance(former, dict):
                _change(document, here, former, value)
            elif key in SECTIONS:
                document.add_table(here, value, SECTIONS)
            else:
                document.put(here, value, ORDER_OF[""])
        else:
            document.put(here, value, ORDER_OF.get(str(place[0]) if place else "", ()))


def _change_rows(document: Document, key: str, former: Rows, wanted: Rows, moves: Pairs) -> None:
    for number, row in zip(moves, wanted, strict=True):
        if number is not None:
            _change(document, (key, number), former[number], row)
    if moves != list(range(len(former))):
        items = [row if number is None else number for number, row in zip(moves, wanted, strict=True)]
        document.arrange((key,), items, SECTIONS)
