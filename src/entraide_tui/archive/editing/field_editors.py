"""The editable fields of a record, and the record that a text typed into one of them makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from entraide_tui.archive import action_numbers
from entraide_tui.archive import model as m
from entraide_tui.archive.record_schema import FIELDS, TOP, required, tables
from entraide_tui.common.errors import ConflictError, InputError
from entraide_tui.common.i18n import _
from entraide_tui.workshop.dates import understand

if TYPE_CHECKING:
    import datetime

    from entraide_tui.archive.field_spec import Editor, FieldSpec

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a field is in a record: section, row number from 0 if it has rows, field."""

    section: str
    number: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """An editable field with its value as one would type it.

    Attributes:
        choices: the values that it can have, for a choice.
    """

    place: FieldPlace
    kind: Editor
    value: str
    choices: tuple[str, ...] = ()


GROWING_SECTIONS = tuple(name for name, spec in TOP.items() if spec.grows)
"""The sections to which a row can be added."""


def fields(record: m.Record) -> list[Field]:
    """The editable fields, in the order of the record."""
    out: list[Field] = []
    for section, spec in TOP.items():
        if spec.editor:
            out.append(_field(record, FieldPlace(section), spec))
        for number, _held in enumerate(tables(record, section) if section in FIELDS else ()):
            inside = [(name, own) for name, own in FIELDS[section].items() if own.editor]
            counted = number if spec.holds == "rows" else None
            out += [_field(record, FieldPlace(section, counted, name), own) for name, own in inside]
    return out


def _field(record: m.Record, place: FieldPlace, spec: FieldSpec) -> Field:
    return Field(place, spec.editor, _as_typed(record, place, spec.editor), tuple(spec.value_labels))


def _as_typed(record: m.Record, place: FieldPlace, kind: Editor) -> str:
    current = value(record, place)
    if kind == "names":
        text = ", ".join(current)
    elif kind == "number":
        text = str(current) if current else ""
    else:
        text = "" if current is None else str(current)
    return record.follow_up.said if place == FieldPlace("follow_up", None, "date") and not text else text


def value(record: m.Record, place: FieldPlace) -> Any:  # noqa: ANN401 - any field of a record
    """The value at a place. Raises ConflictError if its row is no longer in the record."""
    section = getattr(record, place.section)
    if place.number is not None:
        if place.number >= len(section):
            raise ConflictError(_("this entry is no longer in the record. Look at it again."))
        section = section[place.number]
    return getattr(section, place.field) if place.field else section


def put(record: m.Record, field: Field, said: str) -> m.Record:
    """The record with what was typed in a field.

    Raises InputError if the text is no value for the field, ConflictError if the record no longer holds the value
    that `field` has.
    """
    if _as_typed(record, field.place, field.kind) != field.value:
        raise ConflictError(_("somebody else changed this meanwhile. Look at it again."))
    place = field.place
    new = _meant(field, said, record.date)
    if place == FieldPlace("follow_up", None, "date"):
        return replace(record, follow_up=m.FollowUp(new, "" if new else said.strip()))
    if place.number is None:
        if not place.field:
            return _with(record, place.section, new)
        return _with(record, place.section, _with(getattr(record, place.section), place.field, new))
    rows = list(getattr(record, place.section))
    rows[place.number] = _with(rows[place.number], place.field, new)
    return _with(record, place.section, tuple(rows))


def _meant(field: Field, said: str, day: datetime.date) -> Any:  # noqa: ANN401 - any field of a record
    text = said.strip()
    match field.kind:
        case "names":
            return tuple(part.strip() for part in text.split(",") if part.strip())
        case "number":
            if text and not (text.isascii() and text.isdigit() and len(text) < 3):
                raise InputError(_("“{said}” is no number.").format(said=text))
            return int(text or 0)
        case "choice":
            if text not in field.choices:
                raise InputError(_("it must be one of: {names}.").format(names=", ".join(field.choices)))
            return text
        case "date":
            date = understand(text, day) if text else None
            if text and date is None and field.place.section != "follow_up":
                raise InputError(_("“{said}” was not understood as a date. As in 2026-12-05.").format(said=text))
            return date
        case "line" if field.place.section == "title" and not text:
            raise InputError(_("a record needs a title."))
        case _:
            return text


def add(record: m.Record, section: str) -> tuple[m.Record, FieldPlace]:
    """The record with an empty row added to a section, and the place of its first editable field."""
    rows = getattr(record, section)
    row: Any = TOP[section].of
    new = row(**dict.fromkeys(required(row), ""))
    first = next(name for name, spec in FIELDS[section].items() if spec.editor)
    return _with(record, section, (*rows, new)), FieldPlace(section, len(rows), first)


def remove(record: m.Record, place: FieldPlace, seen: object) -> m.Record:
    """The record without the row at `place`.

    Raises InputError if that is no row, ConflictError if it is no longer the row `seen`.
    """
    if place.number is None:
        raise InputError(_("this can be emptied, not taken away."))
    rows = getattr(record, place.section)
    if place.number >= len(rows) or rows[place.number] != seen:
        raise ConflictError(_("somebody else changed this meanwhile. Look at it again."))
    left = (*rows[: place.number], *rows[place.number + 1 :])
    out = _with(record, place.section, left)
    if place.section == "actions":
        numbers = action_numbers.of(record.actions)
        del numbers[place.number]
        written = [action_numbers.to_write(number, at) for at, number in enumerate(numbers, 1)]
        out = replace(out, actions=tuple(replace(a, number=n) for a, n in zip(out.actions, written, strict=True)))
    if place.section == "ideas":
        # ideas are numbered: each action must go on naming the one that it carries out
        out = replace(out, actions=tuple(replace(a, idea=_moved(a.idea, place.number + 1)) for a in out.actions))
    return out


def _with(table: T, name: str, new: Any) -> T:  # noqa: ANN401 - any field
    return replace(table, **{name: new})  # type: ignore[type-var]


def _moved(idea: int, gone: int) -> int:
    return 0 if idea == gone else idea - 1 if idea > gone else idea
