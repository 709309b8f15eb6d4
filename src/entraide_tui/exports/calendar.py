"""Actions and follow-up dates as iCalendar (RFC 5545): all-day events, for a calendar that may be shared.

A title in a shared calendar gives somebody away: unless the full text is asked for, an entry says only that there is
something to do. Each entry keeps its identity (record, number in the plan), so that a second import updates the first,
whichever actions were taken out of the plan: a due date that moved moves, an action that was dropped is cancelled.
Actions without a date can't stand in a calendar.
"""

from __future__ import annotations

import datetime
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.archive import action_numbers
from entraide_tui.common.i18n import _, many, mark, using_language
from entraide_tui.common.text import clean, visible
from entraide_tui.exports.base import Format, Segment, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from icalendar import Event

    from entraide_tui.archive.model import PlannedAction, Record
    from entraide_tui.exports.base import ExportRequest

_FAMILY = uuid.UUID("7b0f3c1e-5f0a-5d7e-9c55-6a2f0f5b1d42")
"""The UUID namespace of our entries; changing it would duplicate all entries on the next import."""
_FIRST, _LAST = 1_577_836_800, 3_471_292_800
"""Seconds since 1970: the start of 2020, from which versions are counted, and of 2080, as a version has 31 bits."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An all-day event.

    Attributes:
        key: identifies the entry; stays the same when its wording or date changes.
        status: as iCalendar spells it.
    """

    key: str
    day: datetime.date
    status: str
    summary: str
    description: str = ""


def undated(records: Sequence[Record]) -> int:
    """The number of actions without a date, which a calendar leaves out."""
    return sum(1 for record in records for action in record.actions if action.due is None)


def entries(records: Sequence[Record], *, full: bool = False) -> list[CalendarEntry]:
    """The calendar entries, each in its workshop's language; of a record given twice, the first counts."""
    out: dict[str, CalendarEntry] = {}
    for record in records:
        with using_language(record.language):
            for entry in _of(record, full=full):
                out.setdefault(entry.key, entry)
    return list(out.values())


def _of(record: Record, *, full: bool) -> Iterator[CalendarEntry]:
    for number, action in zip(action_numbers.of(record.actions), record.actions, strict=True):
        if action.due is None:
            continue
        status = "CANCELLED" if action.status == "dropped" else "CONFIRMED"
        # By number, not by wording: words and dates change.
        key = f"{record.id}/action/{number}"
        if full:
            yield CalendarEntry(key, action.due, status, _headline(action), _about(record, action))
        else:
            yield CalendarEntry(key, action.due, status, _discreet(action.status))
    if record.follow_up.date is not None:
        summary = _("Follow-up (entraide)")
        if full and record.title:
            summary = _("Follow-up: {title}").format(title=record.title)
        about = record.request.text if full else ""
        yield CalendarEntry(f"{record.id}/follow-up", record.follow_up.date, "CONFIRMED", summary, about)


def _discreet(status: str) -> str:
    if status == "done":
        return _("Action done (entraide)")
    if status == "dropped":
        return _("Action dropped (entraide)")
    return _("Action to do (entraide)")


def _headline(action: PlannedAction) -> str:
    what = (action.what.strip() and action.what) or _("Action to do (entraide)")
    named = _("{what} – {who}").format(what=what, who=action.who) if action.who else what
    if action.status == "done":
        return _("Done: {what}").format(what=named)
    if action.status == "dropped":
        return _("Dropped: {what}").format(what=named)
    return named


def _about(record: Record, action: PlannedAction) -> str:
    lines: list[str] = []
    if action.first_step:
        lines.append(_("First step: {step}").format(step=action.first_step))
    if 0 < action.idea <= len(record.ideas):
        lines.append(_("Idea: {idea}").format(idea=record.ideas[action.idea - 1].text))
    if action.outcome:
        lines.append(_("What came of it: {outcome}").format(outcome=action.outcome))
    if record.request.text:
        lines.append(_("Request: {request}").format(request=record.request.text))
    return "\n".join(lines)


def ics(records: Sequence[Record], *, full: bool = False, wall: float) -> bytes:
    """A calendar file with the actions and follow-up dates of the records.

    Args:
        full: include what is to do and who does it.
        wall: seconds since 1970; the version of each entry, so that a later export supersedes an earlier one.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//entraide-tui//entraide-tui//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries(records, full=full):
        calendar.add_component(_event(entry, wall))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, wall: float) -> Event:
    from icalendar import Event, vText

    class Text(vText):
        """Escape here: the library takes a backslash before N, as in a Windows path, for a line end."""

        def to_ical(self) -> bytes:
            text = str(self)
            for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
                text = text.replace(sign, escaped)
            return text.encode()

    seconds = int(min(max(wall, _FIRST), _LAST))
    now = datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)
    event = Event()
    # hashed, because a record's id contains words of its title
    event.add("uid", str(uuid.uuid5(_FAMILY, entry.key)))
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", seconds - _FIRST)
    event.add("dtstart", entry.day)
    if entry.day < datetime.date.max:  # without an end it also lasts one day
        event.add("dtend", entry.day + datetime.timedelta(days=1))
    event["summary"] = Text(clean(entry.summary))
    if entry.description:
        event["description"] = Text(clean(entry.description, lines=True))
    event.add("status", entry.status)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    return ics(records, full=request.full, wall=request.wall)


def _read_text(data: bytes) -> Iterator[Segment]:
    unfolded = data.replace(b"\r\n", b"\n").replace(b"\n ", b"").replace(b"\n\t", b"")
    for line in decoded(unfolded).split("\n"):
        said = re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], line)
        yield Segment(said, visible(re.split("[;:]", said, maxsplit=1)[0]))


def _left_out(records: Sequence[Record]) -> str:
    if not (number := undated(records)):
        return ""
    told = many("{n} action without a date is left out.", "{n} actions without a date are left out.", number)
    return told.format(n=number)


FORMAT = Format(
    "ics",
    "many",
    mark("Actions and follow-up dates, for a calendar"),
    _write,
    _read_text,
    full_label=mark("Actions in full (what, who), for a calendar"),
    left_out=_left_out,
)
