"""Records as TOML files: written in a fixed order of sections and keys, and read back strictly."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import listing, parked_notes
from entraide_tui.archive.model import FORMAT, Record
from entraide_tui.archive.record_schema import FIELDS, HEAD, ORDER_OF, SECTIONS, TOP
from entraide_tui.common import toml, validation
from entraide_tui.common.errors import Finding, InvalidFileError, UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean
from entraide_tui.common.toml.writing import body, section

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = listing.LARGEST


def _filled(value: Any) -> bool:  # noqa: ANN401 - TOML values
    return value not in (None, "", 0, (), [], {}, False)


def _table(value: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """The TOML table of a section's dataclass; of the record's head for an empty name."""
    out: dict[str, Any] = {}
    for key in ORDER_OF[name]:
        held = getattr(value, key)
        if (FIELDS[name][key].always and held is not None) or _filled(held):
            inline = FIELDS[name][key].holds == "inline"
            out[key] = _table(held, key) if inline else list(held) if isinstance(held, tuple) else held
    return out


def document(record: Record) -> dict[str, Any]:
    """The record as the TOML tables of its file; empty values are left out."""
    out = _table(record, "")
    for name in SECTIONS:
        value = getattr(record, name)
        if TOP[name].holds == "table":
            if table := _table(value, name):
                out[name] = table
        elif value:
            out[name] = [_table(row, name) for row in value]
    if notes := out.get("notes"):
        out["notes"] = [parked_notes.to_write(note) for note in notes]
    return out


def dumps(record: Record) -> str:
    """The text of the record's file. Rows have a section each, so that two people's changes merge line by line."""
    return write(document(record))


def write(tables: dict[str, Any]) -> str:
    """The text of a file with these tables: the record's keys in their order, then unknown ones."""
    import tomli_w

    known = (*HEAD, *SECTIONS)
    loose = {k: v for k, v in tables.items() if k not in known and not _is_section(v)}
    parts = [body({**{k: tables[k] for k in HEAD if k in tables}, **loose})]
    for name in SECTIONS:
        value = tables.get(name)
        if isinstance(value, dict):
            parts.append(section(name, value))
        else:
            parts += [section(name, row, of_tables=True) for row in value or []]
    rest = {k: v for k, v in tables.items() if k not in known and k not in loose}
    return "\n".join([*parts, tomli_w.dumps(rest)] if rest else parts)


def _is_section(value: Any) -> bool:  # noqa: ANN401 - TOML values
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)
    )


def cleaned(value: Any) -> Any:  # noqa: ANN401 - TOML values
    """The value with all its keys and texts made safe to show (`common.text.clean`)."""
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, dict):
        return {clean(k): cleaned(v) for k, v in value.items()}
    if isinstance(value, list):
        return [cleaned(v) for v in value]
    return value


def loads(data: bytes, path: Path) -> Record:
    """The record in a file's bytes. Raises InvalidFileError with every fault; unknown keys are none."""
    return of(toml.parse(data, path), data, path)


def of(found: dict[str, Any], data: bytes, path: Path) -> Record:
    """The record in a parsed file. Raises InvalidFileError."""
    if is_newer(found):
        raise InvalidFileError(
            _("this record was written by a newer version of the program (format {format}).").format(
                format=found["format"]
            ),
            file=path,
        )
    return _made(found, data.decode("utf-8-sig").replace("\r\n", "\n"), path)


def is_newer(found: dict[str, Any]) -> bool:
    """Whether a newer version of the program wrote the file, which must then not be changed."""
    number = found.get("format")
    return isinstance(number, int) and number > FORMAT


def _made(found: dict[str, Any], text: str, path: Path | None) -> Record:
    findings = validation.check(found, Record, text, forbid=False)
    if findings:
        raise InvalidFileError(_("this record can't be read whole."), file=path, findings=tuple(findings))
    naive = [k for k in ("start", "end") if isinstance(found.get(k), datetime.datetime) and found[k].tzinfo is None]
    if naive:
        raise InvalidFileError(
            _("this record can't be read whole."),
            file=path,
            findings=(Finding(_("the offset is missing, as in 2026-11-21T09:00:00+01:00."), place=naive[0]),),
        )
    return validation.make(parked_notes.with_marks(cleaned(found)), Record)


def as_read(record: Record, path: Path) -> Record:
    """The record as it will be read back, with clean texts. Raises InvalidFileError if no file can hold it."""
    return _made(cleaned(document(record)), "", path)


def read(path: Path) -> Record:
    """Read a record. Raises FileError, InvalidFileError; both name the page beside it, which may still be readable."""
    try:
        return loads(read_bounded(path, LARGEST), path)
    except UserError as trouble:
        page = path.with_suffix(".md")
        if page.is_file():
            beside = Finding(_("its page can still be read: {file}").format(file=page.name), serious=False)
            trouble.findings = (*trouble.findings, beside)
        raise
