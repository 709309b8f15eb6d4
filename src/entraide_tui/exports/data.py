"""Records for other programs: JSON and TOML, with the field names of the record's file.

Both hold the whole record except parked notes, and how people left unless that is explicitly requested.
"""

from __future__ import annotations

import dataclasses
import datetime
from contextlib import suppress
from typing import TYPE_CHECKING

from entraide_tui.archive import record_file
from entraide_tui.common import toml as toml_text
from entraide_tui.common.i18n import mark
from entraide_tui.common.text import visible
from entraide_tui.exports.base import Format, Segment, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entraide_tui.archive.model import Record
    from entraide_tui.exports.base import ExportRequest


def leaving(record: Record, *, feelings: bool = False) -> Record:
    """The record without parked notes, and without feelings unless requested."""
    return dataclasses.replace(
        record,
        feelings=record.feelings if feelings else (),
        notes=tuple(note for note in record.notes if not note.parked),
    )


def json(records: Record | Sequence[Record], *, feelings: bool = False) -> str:
    """The records as JSON: an object for a `Record`, a list for a sequence; dates and times in ISO 8601."""
    import json as library

    from entraide_tui.archive.model import Record

    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, datetime.date) else str(value)

    document: object
    if isinstance(records, Record):
        document = record_file.document(leaving(records, feelings=feelings))
    else:
        document = [record_file.document(leaving(record, feelings=feelings)) for record in records]
    return library.dumps(document, ensure_ascii=False, indent=2, default=plain) + "\n"


def toml(record: Record, *, feelings: bool = False) -> str:
    """The record in the format of its file."""
    return record_file.dumps(leaving(record, feelings=feelings))


def _write_json(records: Sequence[Record], request: ExportRequest) -> bytes:
    one_or_all = records[0] if len(records) == 1 and not request.listed else records
    return json(one_or_all, feelings=request.feelings).encode()


def _write_toml(records: Sequence[Record], request: ExportRequest) -> bytes:
    return toml(records[0], feelings=request.feelings).encode()


def _read_json(data: bytes) -> Iterator[Segment]:
    import json as library

    with suppress(ValueError, RecursionError):
        yield from _parts(library.loads(data))
    yield Segment(decoded(data), again=True)


def _read_toml(data: bytes) -> Iterator[Segment]:
    import tomllib

    text = decoded(data)
    with suppress(ValueError, RecursionError):
        yield from _parts(tomllib.loads(text))
    yield Segment(text, again=True)


def _parts(value: object, place: toml_text.Place = ()) -> Iterator[Segment]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield Segment(name, visible(toml_text.spell((*place, name))))
            yield from _parts(part, (*place, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _parts(part, (*place, number))
    else:
        yield Segment(str(value), visible(toml_text.spell(place)))


TOML = Format("toml", "one", mark("The record itself, as its file"), _write_toml, _read_toml, feelings=True)
JSON = Format("json", "many", mark("The records, for other programs"), _write_json, _read_json, feelings=True)
