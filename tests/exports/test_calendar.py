"""The calendar: read back by an independent reader, checked by hand rules, discreet, and updated by a second import."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from icalendar import Calendar
from tests.archive.made import HOSTILE
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples

from entraide_tui.archive import action_numbers, record_file
from entraide_tui.archive import model as m
from entraide_tui.archive.editing import field_editors
from entraide_tui.common.text import clean
from entraide_tui.exports.calendar import entries, ics, undated

WALL = 1_795_258_800.0
DAY = datetime.date(2026, 12, 5)


def events(data: bytes) -> list[Any]:
    """As a calendar program reads them."""
    return [*Calendar.from_ical(data).walk("VEVENT")]


def by_uid(data: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in events(data)}


def plan(*actions: m.PlannedAction) -> m.Record:
    """A record with these actions only."""
    return m.Record(id="2026-11-21-secret-title-k7qm", title="Secret title", date=DAY, language="en", actions=actions)


@examples(15, any_size=True)
@given(record=RECORDS)
def test_any_record_is_a_calendar_that_a_reader_gives_back_and_that_keeps_the_rules(record: m.Record) -> None:
    data = ics([record], full=True, wall=WALL)
    expected = entries([record], full=True)
    read = events(data)
    assert (
        len(read)
        == len(expected)
        == sum(a.due is not None for a in record.actions) + (record.follow_up.date is not None)
    )
    for entry, event in zip(expected, read, strict=True):
        assert str(event["SUMMARY"]) == clean(entry.summary)
        assert str(event.get("DESCRIPTION", "")) == clean(entry.description, lines=True)
        assert event["DTSTART"].dt == entry.day
        assert event["DTSTART"].params["VALUE"] == "DATE"
        if entry.day < datetime.date.max:
            assert event["DTEND"].dt == entry.day + datetime.timedelta(days=1)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    for line in lines:
        assert len(line) <= 75
        assert not set(line) & {*range(32), 127}
        line.decode()


def test_texts_that_mean_something_in_a_calendar_come_out_as_that_text() -> None:
    hostile = "\\N \\n \\; C:\\Nouveau;A,B:\nBEGIN:VEVENT\nX-EVIL:1 " + clean(HOSTILE, lines=True)
    action = m.PlannedAction(hostile, "Awa", DAY, first_step=hostile)
    event, *others = events(ics([plan(action)], full=True, wall=WALL))
    assert others == []
    assert str(event["SUMMARY"]) == clean(f"{hostile} – Awa")
    assert hostile in str(event["DESCRIPTION"])
    assert "X-EVIL" not in event


def test_an_entry_is_a_private_whole_day_that_leaves_the_day_free() -> None:
    data = ics([plan(m.PlannedAction("Call", due=DAY))], wall=WALL)
    assert str(Calendar.from_ical(data)["METHOD"]) == "PUBLISH"
    (event,) = events(data)
    assert (event["CLASS"], event["TRANSP"], event["STATUS"]) == ("PRIVATE", "TRANSPARENT", "CONFIRMED")
    assert b"DTSTART;VALUE=DATE:20261205\r\nDTEND;VALUE=DATE:20261206\r\n" in data


def test_nothing_of_what_was_said_is_in_a_calendar_unless_the_full_text_is_asked_for() -> None:
    record = dataclasses.replace(full(), language="en")
    data = ics([record], wall=WALL).decode().replace("\r\n ", "")
    for private in ("placier", "Awa", "comité", "relancer", "k7qm", "numéro", "envie", "marché", "2026-11-21"):
        assert private not in data
    assert [str(e["SUMMARY"]) for e in events(ics([record], wall=WALL))] == [
        "Action to do (entraide)",
        "Follow-up (entraide)",
    ]
    told = ics([record], full=True, wall=WALL).decode().replace("\r\n ", "")
    for wanted in ("Appeler le placier – Awa", "Retrouver son numéro", "Tenir la séance au marché", "redonner envie"):
        assert wanted in told


def test_a_second_import_updates_what_was_mended_and_doubles_nothing() -> None:
    before = plan(m.PlannedAction("Call", "Awa", DAY), m.PlannedAction("Write", "Marc", DAY))
    later = datetime.date(2027, 1, 9)
    after = plan(
        m.PlannedAction("Call them all", "Inès", later, status="done"),
        m.PlannedAction("Write", "Marc", DAY, status="dropped"),
        m.PlannedAction("Visit", due=later),
    )
    old = by_uid(ics([before], full=True, wall=WALL))
    new = by_uid(ics([after], full=True, wall=WALL + 60))
    assert set(old) < set(new)
    assert len(old) == 2
    assert len(new) == 3
    for uid, event in old.items():
        assert new[uid]["SEQUENCE"] > event["SEQUENCE"]
        assert new[uid]["DTSTAMP"].dt > event["DTSTAMP"].dt
        assert new[uid]["LAST-MODIFIED"].dt > event["LAST-MODIFIED"].dt
    call, write = (new[uid] for uid in old)
    assert call["DTSTART"].dt == later
    assert (call["SUMMARY"], call["STATUS"]) == ("Done: Call them all – Inès", "CONFIRMED")
    assert write["STATUS"] == "CANCELLED"


def test_what_became_of_an_action_is_seen_discreetly_too() -> None:
    actions = [m.PlannedAction("x", due=DAY, status=s) for s in ("open", "done", "dropped")]
    assert [(e.summary, e.status) for e in entries([plan(*actions)])] == [
        ("Action to do (entraide)", "CONFIRMED"),
        ("Action done (entraide)", "CONFIRMED"),
        ("Action dropped (entraide)", "CANCELLED"),
    ]


def test_identities_differ_between_records_and_stay_for_ever() -> None:
    one = plan(m.PlannedAction("x", due=DAY), m.PlannedAction("x", due=DAY))
    other = dataclasses.replace(one, id="2026-11-22-other-aaaa")
    found = by_uid(ics([one, other], wall=WALL))
    assert len(found) == 4
    # a calendar filled by an earlier version of the program must be updated, not doubled, by this one
    assert "89418b27-b935-53e1-996d-7d8cb33e48a7" in found


def test_actions_without_a_date_are_left_out_and_counted() -> None:
    record = plan(m.PlannedAction("x"), m.PlannedAction("y", due=DAY), m.PlannedAction("z"))
    assert undated([record, record]) == 4
    assert len(events(ics([record], wall=WALL))) == 1


@pytest.mark.parametrize("wall", [-1e12, 0.0, 1e12, WALL])
def test_a_clock_that_is_wrong_makes_no_broken_calendar(wall: float) -> None:
    (event,) = events(ics([plan(m.PlannedAction("x", due=DAY))], wall=wall))
    assert 0 <= event["SEQUENCE"] < 2**31
    assert 2020 <= event["DTSTAMP"].dt.year <= 2080


def test_the_last_day_of_all_calendars_has_no_day_after() -> None:
    (event,) = events(ics([plan(m.PlannedAction("x", due=datetime.date.max))], wall=WALL))
    assert "DTEND" not in event


def test_an_action_keeps_its_entry_when_another_is_taken_out_of_the_plan() -> None:
    whole = plan(*(m.PlannedAction(what, due=DAY) for what in ("Un", "Deux", "Trois")))

    def uids(record: m.Record) -> dict[str, str]:
        return {str(event["SUMMARY"]): str(event["UID"]) for event in events(ics([record], full=True, wall=WALL))}

    before = uids(whole)
    left = field_editors.remove(whole, field_editors.FieldPlace("actions", 0), whole.actions[0])
    assert uids(left) == {what: uid for what, uid in before.items() if what != "Un"}
    again = record_file.loads(record_file.dumps(left).encode(), Path("x.toml"))
    assert again == left
    left = field_editors.remove(again, field_editors.FieldPlace("actions", 0), again.actions[0])
    assert uids(left) == {"Trois": before["Trois"]}
    more = dataclasses.replace(again, actions=(*again.actions, m.PlannedAction("Quatre", due=DAY)))
    assert not {uids(more)["Quatre"]} & set(before.values())
    assert "number" not in record_file.dumps(whole)
    last = field_editors.remove(whole, field_editors.FieldPlace("actions", 2), whole.actions[2])
    assert "number" not in record_file.dumps(last)


@given(RECORDS)
def test_no_two_actions_have_one_number(record: m.Record) -> None:
    found = action_numbers.of(record.actions)
    assert len(set(found)) == len(record.actions)


def test_an_action_without_words_has_a_title_all_the_same() -> None:
    [event] = events(ics([plan(m.PlannedAction(" ", "Jean", DAY))], full=True, wall=WALL))
    assert str(event["SUMMARY"]) == "Action to do (entraide) – Jean"
