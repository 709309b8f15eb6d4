"""Records for other programs: JSON and TOML, with the field names of the record's file.

Both carry the whole record but what was said for the room only: how people left, unless that is asked for by name,
and what was still on the parking.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from entraide_tui.archive import record_file
from entraide_tui.common.i18n import _, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.archive.model import Record


def leaving(record: Record, *, feelings: bool = False) -> Record:
    """The record without what never leaves: the parking, and the feelings unless they were asked for by name."""
    with speaking(record.language):
        parking = {"parking", _("parking")}
    return dataclasses.replace(
        record,
        feelings=record.feelings if feelings else (),
        notes=tuple(note for note in record.notes if note.step not in parking),
    )


def json(records: Record | Sequence[Record], *, feelings: bool = False) -> str:
    """One record as an object, several as a list; days and moments as ISO 8601 has them."""
    import json as library

    from entraide_tui.archive.model import Record

    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, datetime.date) else str(value)

    found: object
    if isinstance(records, Record):
        found = record_file.document(leaving(records, feelings=feelings))
    else:
        found = [record_file.document(leaving(record, feelings=feelings)) for record in records]
    return library.dumps(found, ensure_ascii=False, indent=2, default=plain) + "\n"


def toml(record: Record, *, feelings: bool = False) -> str:
    """The record as its file has it."""
    return record_file.dumps(leaving(record, feelings=feelings))
