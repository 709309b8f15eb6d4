"""What of a record can be mended, place by place, and what a text that somebody types there makes of it."""

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
class Place:
    """Where something stands: `("title",)`, `("people", "offeror")`, `("actions", 1, "due")`; counted from 0."""

    section: str
    number: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One place and what it holds, as one would type it.

    Attributes:
        choices: all that it can hold, where that is a choice.
    """

    place: Place
    kind: Editor
    value: str
    choices: tuple[str, ...] = ()


SECTIONS = tuple(name for name, spec in TOP.items() if spec.grows)
"""Those that can get another entry."""


def fields(record: m.Record) -> list[Field]:
    """All that can be mended, in the order of the record."""
    out: list[Field] = []
    for section, spec in TOP.items():
        if spec.editor:
            out.append(_field(record, Place(section), spec))
        for number, _held in enumerate(tables(record, section) if section in FIELDS else ()):
            inside = [(name, own) for name, own in FIELDS[section].items() if own.editor]
            counted = number if spec.holds == "rows" else None
            out += [_field(record, Place(section, counted, name), own) for name, own in inside]
    return out


def _field(record: m.Record, place: Place, spec: FieldSpec) -> Field:
    return Field(place, spec.editor, _as_typed(record, place, spec.editor), tuple(spec.words))


def _as_typed(record: m.Record, place: Place, kind: Editor) -> str:
    held = value(record, place)
    if kind == "names":
        text = ", ".join(held)
    elif kind == "number":
        text = str(held) if held else ""
    else:
        text = "" if held is None else str(held)
    return record.follow_up.said if place == Place("follow_up", None, "date") and not text else text


def value(record: m.Record, place: Place) -> Any:  # noqa: ANN401 - any field of a record
    """What stands there. Raises ConflictError where that place is no longer in the record."""
    held = getattr(record, place.section)
    if place.number is not None:
        if place.number >= len(held):
            raise ConflictError(_("this entry is no longer in the record. Look at it again."))
        held = held[place.number]
    return getattr(held, place.field) if place.field else held


def put(record: m.Record, field: Field, said: str) -> m.Record:
    """The record with that text there.

    Raises InputError where it says nothing that can stand there, ConflictError where the place no longer holds what
    `field` says.
    """
    if _as_typed(record, field.place, field.kind) != field.value:
        raise ConflictError(_("somebody else changed this meanwhile. Look at it again."))
    place = field.place
    new = _meant(field, said, record.date)
    if place == Place("follow_up", None, "date"):
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


def add(record: m.Record, section: str) -> tuple[m.Record, Place]:
    """The record with an empty entry more, and where that begins. It is of no use until something stands there."""
    rows = getattr(record, section)
    made: Any = TOP[section].of
    new = made(**dict.fromkeys(required(made), ""))
    first = next(name for name, spec in FIELDS[section].items() if spec.editor)
    return _with(record, section, (*rows, new)), Place(section, len(rows), first)


def remove(record: m.Record, place: Place, held: object) -> m.Record:
    """The record without that entry, which must still be the one that was seen. Raises InputError, ConflictError."""
    if place.number is None:
        raise InputError(_("this can be emptied, not taken away."))
    rows = getattr(record, place.section)
    if place.number >= len(rows) or rows[place.number] != held:
        raise ConflictError(_("somebody else changed this meanwhile. Look at it again."))
    left = (*rows[: place.number], *rows[place.number + 1 :])
    out = _with(record, place.section, left)
    if place.section == "actions":
        kept = action_numbers.of(record.actions)
        del kept[place.number]
        numbers = [action_numbers.to_write(number, at) for at, number in enumerate(kept, 1)]
        out = replace(out, actions=tuple(replace(a, number=n) for a, n in zip(out.actions, numbers, strict=True)))
    if place.section == "ideas":
        # the actions go on naming the idea that they carry out
        out = replace(out, actions=tuple(replace(a, idea=_moved(a.idea, place.number + 1)) for a in out.actions))
    return out


def _with(held: T, name: str, new: Any) -> T:  # noqa: ANN401 - any field
    return replace(held, **{name: new})  # type: ignore[type-var]


def _moved(idea: int, gone: int) -> int:
    return 0 if idea == gone else idea - 1 if idea > gone else idea
