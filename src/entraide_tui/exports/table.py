"""The actions of records as a CSV table for spreadsheets, one row per action."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

from entraide_tui.archive.record_schema import FIELDS, TOP
from entraide_tui.common.i18n import _, language, mark
from entraide_tui.common.text import clean
from entraide_tui.exports.base import Format, Segment, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entraide_tui.archive.model import Record
    from entraide_tui.exports.base import ExportRequest

COLUMNS = (
    "record", "date", "group", "offeror", "what", "who", "due", "first_step", "idea", "status", "tried", "outcome",
    "changes", "title", "request",
)  # fmt: skip
"""As the record's file names them, and as they are headed in English; `idea`: the text of the idea."""
BYTE_MARK = "\ufeff"
_BEGINNING = re.compile(r"[\s\u200b-\u200d\ufeff]*")
_ORDERS = frozenset("=+-@\N{MINUS SIGN}\0")
_BREAKS = frozenset("\t\r\n\0")


def harmless(text: str) -> str:
    """Prefix an apostrophe if a spreadsheet could take the text for a formula."""
    blank = _BEGINNING.match(text)
    begun = blank.end() if blank else 0
    first = unicodedata.normalize("NFKC", text[begun : begun + 1])[:1]  # full-width and small forms too
    return f"'{text}" if first in _ORDERS or not _BREAKS.isdisjoint(text[:begun]) else text


def _rows(records: Sequence[Record]) -> Iterator[tuple[str, ...]]:
    states = FIELDS["actions"]["status"].value_labels
    for record in records:
        for action in record.actions:
            ideas = record.ideas
            yield (
                record.id,
                record.date.isoformat(),
                record.group,
                record.people.offeror,
                action.what,
                action.who,
                action.due.isoformat() if action.due else "",
                action.first_step,
                ideas[action.idea - 1].text if 0 < action.idea <= len(ideas) else "",
                action.status if language() == "en" else _(states[action.status]),
                action.tried,
                action.outcome,
                action.changes,
                record.title,
                record.request.text,
            )


def _headings() -> Iterator[str]:
    """What the program calls each column, in the language in use."""
    for name in COLUMNS:
        field = FIELDS["actions"].get(name) or TOP.get(name) or FIELDS["people"].get(name)
        yield _("record") if name == "record" or field is None else _(field.label)


def csv(records: Sequence[Record], *, separator: str = ",") -> str:
    """The table, in the language in use: with the mark by which spreadsheets know UTF-8, lines end as RFC 4180 says.

    Args:
        records: give the order of the rows.
        separator: the field separator; French spreadsheets expect a semicolon.
    """
    import csv as library

    out = io.StringIO()
    writer = library.writer(out, delimiter=separator, quoting=library.QUOTE_ALL)
    writer.writerow(COLUMNS if language() == "en" else _headings())
    writer.writerows([harmless(clean(text, lines=True)) for text in row] for row in _rows(records))
    return BYTE_MARK + out.getvalue()


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    del request
    # a French spreadsheet reads commas as part of one single column
    return csv(records, separator=";" if language() == "fr" else ",").encode()


def _read_text(data: bytes) -> Iterator[Segment]:
    import csv as library

    text = decoded(data)
    head = text.split("\n", 1)[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    try:
        for number, row in enumerate(library.reader(io.StringIO(text), delimiter=separator), 1):
            for column, cell in enumerate(row, 1):
                yield Segment(cell, _("row {row}, column {column}").format(row=number, column=column))
    except library.Error:  # a field over 128 KiB: the text below still covers it
        pass
    yield Segment(text, again=True)


FORMAT = Format("csv", "many", mark("Actions, for a spreadsheet"), _write, _read_text)
