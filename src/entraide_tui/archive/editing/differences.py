"""The differences between two versions of a record, as people read them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import record_file
from entraide_tui.archive.editing.table_merge import Tables, is_rows, pairs, same
from entraide_tui.archive.record_schema import HEAD, SECTIONS, TABLES, TOP, at
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.archive.field_spec import FieldSpec
    from entraide_tui.archive.model import Record


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        place: where it is in the record, for people: “Action 2 · due”.
        before, after: the values as people read them; empty if there was or is none.
    """

    place: str
    before: str
    after: str


def differences(old: Record | Tables, new: Record | Tables) -> list[Difference]:
    """The differences field by field, in the order of the record; unknown keys come last.

    Takes records, or tables (`Version.tables`) to compare unknown keys too.
    """
    before = old if isinstance(old, dict) else record_file.document(old)
    after = new if isinstance(new, dict) else record_file.document(new)
    order = [*HEAD, *SECTIONS]
    keys = sorted({**before, **after}, key=lambda k: order.index(k) if k in order else len(order))
    return [d for key in keys for d in _at(key, before.get(key), after.get(key))]


def _at(key: str, before: Any, after: Any) -> Iterator[Difference]:  # noqa: ANN401 - TOML values
    if same(before, after):
        return
    if is_rows(before or after) and is_rows(after or before):
        yield from _rows(key, before or [], after or [])
    elif key in TABLES and isinstance(before or {}, dict) and isinstance(after or {}, dict):
        yield from _fields(key, _(TOP[key].label), before or {}, after or {})
    else:
        spec = at(key)
        yield Difference(place_name(key), shown(before, spec), shown(after, spec))


def _rows(key: str, before: list[Tables], after: list[Tables]) -> Iterator[Difference]:
    matches = pairs(before, after)
    for number, was in enumerate(before):
        if number not in matches:
            yield Difference(place_name(key, number), _summary(key, was), "")
    remaining = [number for number in matches if number is not None]
    if remaining != sorted(remaining):
        numbers = ", ".join(str(n + 1) for n in sorted(remaining))
        name = _(TOP[key].order) if key in TOP and TOP[key].order else key
        yield Difference(name, numbers, ", ".join(str(n + 1) for n in remaining))
    for number, (earlier, row) in enumerate(zip(matches, after, strict=True)):
        if earlier is None:
            yield Difference(place_name(key, number), "", _summary(key, row))
        else:
            yield from _fields(key, place_name(key, number), before[earlier], row)


def _fields(section: str, place: str, before: Tables, after: Tables) -> Iterator[Difference]:
    for key in {**before, **after}:
        spec = at(section, key)
        was, now = shown(before.get(key), spec), shown(after.get(key), spec)
        if was != now:
            field = place_name(section, None, key)
            yield Difference(_("{place} · {field}").format(place=place, field=field), was, now)


def _summary(section: str, row: Tables) -> str:
    return " · ".join(text for key, value in row.items() if (text := shown(value, at(section, key))))


def shown(value: Any, spec: FieldSpec | None = None) -> str:  # noqa: ANN401 - TOML values
    """A value of a record as people read it; empty for any empty value.

    Args:
        spec: the description of its field, for the labels of a choice.
    """
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, dict):
        return ", ".join(f"{k}: {shown(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if spec and isinstance(value, str) and value in spec.value_labels:
        return _(spec.value_labels[value])
    return "" if value in (None, 0) else str(value)


def place_name(section: str, number: int | None = None, field: str = "") -> str:
    """The label of a place in a record: “Action 2”, “title”, “who”; the key itself if it is unknown."""
    if field:
        spec = at(section, field)
        return _(spec.label) if spec else field
    top = at(section)
    if number is not None:
        label = _(top.label) if top and top.holds == "rows" else _("{section} {number}")
        return label.format(section=section, number=number + 1)
    return _(top.label) if top and top.holds != "rows" else section
