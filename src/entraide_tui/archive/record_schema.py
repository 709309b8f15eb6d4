"""The sections and fields of a record, derived from the model for files, editors and privacy."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from entraide_tui.archive.field_spec import KEY, FieldSpec
from entraide_tui.archive.model import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from entraide_tui.archive.field_spec import NameKind

Fields = dict[str, FieldSpec]


def required(cls: type) -> tuple[str, ...]:
    """The names of a dataclass's fields that have no default."""
    missing = dataclasses.MISSING
    return tuple(f.name for f in dataclasses.fields(cls) if f.default is missing and f.default_factory is missing)


def described(cls: type) -> Fields:
    """The description of each field of a dataclass, in order; fields without a default are always written.

    Raises TypeError if a field has no description.
    """
    out: Fields = {}
    always = required(cls)
    for item in dataclasses.fields(cls):
        spec = item.metadata.get(KEY)
        if not isinstance(spec, FieldSpec):
            raise TypeError(f"{cls.__name__}.{item.name} has no description")
        out[item.name] = spec._replace(always=True) if item.name in always else spec
    return out


TOP = described(Record)
"""The fields of the record itself."""
SECTIONS = tuple(name for name, spec in TOP.items() if spec.holds in ("table", "rows"))
"""The sections of a record's file, in order."""
HEAD = tuple(name for name in TOP if name not in SECTIONS)
"""The keys before the first section, in order."""
TABLES = tuple(name for name, spec in TOP.items() if spec.holds in ("inline", "table"))
"""The keys that hold a single table."""
FIELDS: dict[str, Fields] = {"": TOP} | {name: described(spec.of) for name, spec in TOP.items() if spec.of}
"""The fields of each section; those of the record itself under an empty name."""
ORDER_OF: dict[str, tuple[str, ...]] = {name: tuple(fields) for name, fields in FIELDS.items()} | {"": HEAD}
"""The order of the keys in each table; of those in the file's head under an empty name."""
KEYS = frozenset(name for fields in FIELDS.values() for name in fields)
"""Every key that the program writes."""


def at(section: str, name: str = "") -> FieldSpec | None:
    """The description of a section's field, or of a field of the record itself (`at("title")`); None if unknown."""
    return FIELDS.get(section, {}).get(name) if name else TOP.get(section)


def tables(record: Record, section: str) -> list[Any]:
    """The record itself for an empty section; else the section's table, or each of its rows."""
    value = getattr(record, section) if section else record
    return [*value] if isinstance(value, tuple) else [] if value is None else [value]


def names(record: Record, kind: NameKind, sections: Collection[str] = tuple(FIELDS)) -> Iterator[str]:
    """The names of that kind in the record, as written, in the order of the file."""
    for section in sections:
        bearing = [name for name, spec in FIELDS[section].items() if spec.holds == kind]
        for table in tables(record, section) if bearing else ():
            for name in bearing:
                value = getattr(table, name)
                yield from value if isinstance(value, tuple) else (value,)
