"""The opening of a workshop whose journal is damaged in its first line, put together from all that is left of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec import structs

from entraide_tui.common.errors import UserError
from entraide_tui.common.text import slug
from entraide_tui.kits import catalogue
from entraide_tui.kits.loader import load
from entraide_tui.kits.model import Kit, Step
from entraide_tui.session.journal_lines import LARGEST_NUMBER, JournalEntry, opened_from
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NOT_TEXT = re.compile(r"[\x00-\x1f\ufffd]")
_UNKNOWN = "?"
_KIT = re.compile(r'"kit":\{"format":\d+,"id":"([a-z0-9-]{1,80})"')


def put_together(
    entries: Sequence[JournalEntry | None], copy: e.Opened | None, first: bytes, path: Path
) -> JournalEntry | None:
    """Return the first entry; None where neither another entry nor a word of the first line can be read.

    Args:
        entries: those that can be read, in order; the first is the one that can't.
        copy: the opening as another line repeats it, if one can be read.
        first: the first line as it is, damaged.
        path: the file of the journal.
    """
    known = [entry for entry in entries if entry is not None]
    text = _NOT_TEXT.sub(_UNKNOWN, first.decode("utf-8", "replace").rstrip("\n"))
    events = [entry.event for entry in known]
    found = copy or _almost(text, events, path)
    if not known and found is None and (_KIT.search(text) is None or not _kit(text, set(), path).steps):
        return None
    began = known[0].wall - known[0].event.at if known else _number(_value(text, '"origin":'))
    found = found or _guessed(text, events, began, path)
    return JournalEntry(found, began, known[0].elapsed - known[0].event.at if known else 0.0)


def _almost(text: str, events: list[e.Event], path: Path) -> e.Opened | None:
    """The opening with signs in the place of damaged letters, where the damage is in a text."""
    try:
        held = json.loads(text[text.find("{") :], strict=False)
    except (ValueError, RecursionError):
        return None
    found = opened_from(held.get("d")) if isinstance(held, dict) and held.get("n") == 1 else None
    if found is not None and _played(events) - {step.id for step in found.kit.steps}:
        return structs.replace(found, kit=_kit(text, _played(events), path))  # the id of a step is damaged
    return found


def _guessed(text: str, events: list[e.Event], began: float, path: Path) -> e.Opened:
    """From what can still be read of the first line, and from what the events speak of."""
    people = _value(text, r'"people":(?=\[)')
    values = {
        "at": 0.0,
        "session": _value(text, '"session":'),
        "origin": _value(text, '"origin":'),
        "language": _value(text, '"language":'),
        "title": _value(text, r'"title":(?="(?:[^"\\]|\\.)*","group":)'),
        "group": _value(text, r'"group":(?=")'),
        "people": people or [{"name": name} for name in _names(events)],
    }
    plain = {
        "session": slug(path.name.split(".")[0], most=120), "origin": began, "language": "fr", "title": "", "group": "",
    }  # fmt: skip
    values |= {name: value for name, value in plain.items() if not isinstance(values[name], type(value))}
    kit = _kit(text, _played(events), path)
    empty = {"format": 1, "id": "x", "version": 1, "title": "", "steps": []}
    found = opened_from({**values, "kit": empty}) or opened_from({**values, "people": [], "kit": empty})
    if found is None:
        raise ValueError(values)
    return structs.replace(found, kit=kit)


def _number(value: Any) -> float:  # noqa: ANN401 - JSON values
    return max(0.0, min(float(value), LARGEST_NUMBER)) if isinstance(value, float | int) else 0.0


def _value(text: str, before: str) -> Any:  # noqa: ANN401 - JSON values
    """The value behind the first place that matches; None where it can't be read."""
    if (key := re.search(before, text)) is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, key.end())[0]
    except (ValueError, RecursionError):
        return None


def _played(events: list[e.Event]) -> set[str]:
    """The ids of the kit's steps that the events speak of."""
    extra = {event.play for event in events if isinstance(event, e.Inserted)}
    plays = {event.play for event in events if isinstance(event, e.Entered | e.Skipped | e.Extended)}
    return {play.split("#")[0] for play in plays - extra}


def _names(events: list[e.Event]) -> list[str]:
    """The people of whom the events speak, in order."""
    spoken: dict[str, None] = {}
    for event in events:
        match event:
            case e.Gone() | e.RoleGiven() | e.SpeakerChosen():
                spoken.setdefault(event.name)
            case e.Written() | e.Rewritten() | e.Answered() | e.NamingAgreed():
                spoken.setdefault(event.by or "")
            case _:
                pass
    return [name for name in spoken if name]


def _kit(text: str, steps: set[str], path: Path) -> Kit:
    """The kit by the id in the first line, else the one that has the steps which were played; else only these."""
    named = _KIT.search(text)
    kits = list(_kits(path))
    for kit in kits:
        if named and kit.id == named[1]:
            return kit
    # the usual kits first: many share the names of their steps
    order = {name: place for place, name in enumerate(catalogue.MOST_USED)}
    kits.sort(key=lambda kit: (-len(steps & {s.id for s in kit.steps}), order.get(kit.id, len(order))))
    if kits and steps & {s.id for s in kits[0].steps}:
        return kits[0]
    return Kit(1, "workshop", 1, "", tuple(Step(step, step) for step in sorted(steps)))


def _kits(path: Path) -> Iterator[Kit]:
    """Those of the group, if the journal is in its place, and those that ship."""
    own = path.parents[2] / "kits" if len(path.parents) > 2 else None
    for file, _shipped in catalogue.files(own):
        try:
            yield load(file)
        except UserError:
            continue
