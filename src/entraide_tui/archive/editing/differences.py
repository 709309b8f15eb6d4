"""What changed between two versions of a record, in its own words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import record_file
from entraide_tui.archive.editing.table_merge import ONE, Tables, is_rows, pairs, same
from entraide_tui.common.i18n import _, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.archive.model import Record


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed.

    Attributes:
        place: in the record, in words: “Action 2 · due”.
        before, after: what stood and what stands there; empty where there was or is nothing.
    """

    place: str
    before: str
    after: str


_SECTIONS = {
    "people": mark("People"),
    "request": mark("Request"),
    "follow_up": mark("Follow-up"),
    "kit": mark("Kit"),
}
_ITEMS = {
    "ideas": mark("Idea {number}"),
    "actions": mark("Action {number}"),
    "looked_at": mark("Looked at {number}"),
    "topics": mark("Topic {number}"),
    "questions": mark("Question {number}"),
    "contributions": mark("Contribution {number}"),
    "learnings": mark("Learning {number}"),
    "feelings": mark("Feeling {number}"),
    "notes": mark("Note {number}"),
    "steps": mark("Step {number}"),
}
_LISTS = {
    "ideas": mark("Order of the ideas"),
    "actions": mark("Order of the actions"),
    "looked_at": mark("Order of what was looked at"),
    "topics": mark("Order of the topics"),
    "questions": mark("Order of the questions"),
    "contributions": mark("Order of the contributions"),
    "learnings": mark("Order of the learnings"),
    "feelings": mark("Order of the feelings"),
    "notes": mark("Order of the notes"),
    "steps": mark("Order of the steps"),
}
_FIELDS = {
    "title": mark("title"), "date": mark("date"), "months_only": mark("days left out"),
    "start": mark("start"), "end": mark("end"),
    "language": mark("language"), "group": mark("group"), "themes": mark("themes"), "kit": mark("kit"),
    "version": mark("version"), "offeror": mark("offeror"), "facilitator": mark("facilitator"),
    "contributors": mark("contributors"), "absent": mark("absent"), "text": mark("text"), "context": mark("situation"),
    "by": mark("by"), "what": mark("what"), "who": mark("who"), "due": mark("due"), "first_step": mark("first step"),
    "idea": mark("idea"), "status": mark("state"), "tried": mark("what was tried"), "outcome": mark("outcome"),
    "changes": mark("what changes"), "said": mark("as it was said"), "record": mark("record"), "chosen": mark("chosen"),
    "settled": mark("settled"), "kind": mark("kind"), "score": mark("score"), "word": mark("word"),
    "answers": mark("answers"), "step": mark("step"), "planned": mark("planned seconds"),
    "actual": mark("seconds that it took"), "extended": mark("seconds added"), "reason": mark("reason"),
}  # fmt: skip
_WORDS = {
    "open": mark("still open"), "done": mark("done"), "dropped": mark("dropped"), "skipped": mark("skipped"),
    "question": mark("question"), "experience": mark("experience"), "resource": mark("resource"),
    "reframing": mark("reframing"),
}  # fmt: skip


def differences(old: Record | Tables, new: Record | Tables) -> list[Difference]:
    """Field by field, in the order of the record; what the program does not know comes last.

    Takes records, or tables where what the program does not know is to be told too (`Version.tables`).
    """
    before = old if isinstance(old, dict) else record_file.document(old)
    after = new if isinstance(new, dict) else record_file.document(new)
    order = [*record_file.ORDER_OF[""], *record_file.SECTIONS]
    keys = sorted({**before, **after}, key=lambda k: order.index(k) if k in order else len(order))
    return [d for key in keys for d in _at(key, before.get(key), after.get(key))]


def _at(key: str, before: Any, after: Any) -> Iterator[Difference]:  # noqa: ANN401 - TOML values
    if same(before, after):
        return
    if is_rows(before or after) and is_rows(after or before):
        yield from _rows(key, before or [], after or [])
    elif key in ONE and isinstance(before or {}, dict) and isinstance(after or {}, dict):
        yield from _fields(_(_SECTIONS[key]), before or {}, after or {})
    else:
        yield Difference(_field(key), shown(before, key), shown(after, key))


def _rows(key: str, before: list[Tables], after: list[Tables]) -> Iterator[Difference]:
    found = pairs(before, after)
    for number, was in enumerate(before):
        if number not in found:
            yield Difference(_item(key, number), _summary(was), "")
    kept = [number for number in found if number is not None]
    if kept != sorted(kept):
        numbers = ", ".join(str(n + 1) for n in sorted(kept))
        yield Difference(_(_LISTS[key]) if key in _LISTS else key, numbers, ", ".join(str(n + 1) for n in kept))
    for number, (earlier, row) in enumerate(zip(found, after, strict=True)):
        if earlier is None:
            yield Difference(_item(key, number), "", _summary(row))
        else:
            yield from _fields(_item(key, number), before[earlier], row)


def _fields(place: str, before: Tables, after: Tables) -> Iterator[Difference]:
    for key in {**before, **after}:
        was, now = shown(before.get(key), key), shown(after.get(key), key)
        if was != now:
            yield Difference(_("{place} · {field}").format(place=place, field=_field(key)), was, now)


def _item(key: str, number: int) -> str:
    if key in _ITEMS:
        return _(_ITEMS[key]).format(number=number + 1)
    return _("{section} {number}").format(section=key, number=number + 1)


def _field(key: str) -> str:
    return _(_FIELDS[key]) if key in _FIELDS else key


def _summary(row: Tables) -> str:
    return " · ".join(text for key, value in row.items() if (text := shown(value, key)))


def shown(value: Any, key: str = "") -> str:  # noqa: ANN401 - TOML values
    """A value of a record as people read it; nothing is nothing, however it is written."""
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, dict):
        return ", ".join(f"{k}: {shown(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if key in ("status", "kind", "outcome") and value in _WORDS:
        return _(_WORDS[value])
    return "" if value in (None, 0) else str(value)


def place_name(section: str, number: int | None = None, field: str = "") -> str:
    """What a place in a record is called: “Action 2”, “title”, “who”."""
    if field:
        return _field(field)
    if number is not None:
        return _item(section, number)
    return _(_SECTIONS[section]) if section in _SECTIONS else _field(section)
