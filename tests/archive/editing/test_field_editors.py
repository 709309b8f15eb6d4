"""Mending place by place: what is typed stands there, and nothing else changes."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_record_file import RECORDS
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.archive.editing import field_editors
from entraide_tui.archive.editing.field_editors import FieldPlace
from entraide_tui.common.errors import UserError

RECORD = m.Record(
    id="2026-11-07-market",
    title="Market",
    date=datetime.date(2026, 11, 7),
    people=m.People("Léa", "Jean", ("Awa",)),
    ideas=(m.Idea("Music", ("Awa",)), m.Idea("A bench")),
    actions=(m.PlannedAction("Call", "Léa", idea=1), m.PlannedAction("Sit", idea=2)),
)


def field(record: m.Record, section: str, number: int | None = None, name: str = "") -> field_editors.Field:
    return next(f for f in field_editors.fields(record) if f.place == FieldPlace(section, number, name))


@examples(25)
@given(RECORDS, st.data())
def test_a_text_put_where_it_stood_changes_nothing_and_another_only_that_place(
    record: m.Record, data: st.DataObject
) -> None:
    every = field_editors.fields(record)
    chosen = data.draw(st.sampled_from(every))
    if chosen.kind in ("text", "line") and chosen.value.strip() == chosen.value and chosen.value:
        assert field_editors.put(record, chosen, chosen.value) == record
    if chosen.kind in ("text", "line"):
        after = field_editors.put(record, chosen, "something new")
        assert field_editors.value(after, chosen.place) == "something new"
        others = [f for f in field_editors.fields(after) if f.place != chosen.place]
        assert others == [f for f in every if f.place != chosen.place]


def test_dates_are_understood_as_they_are_said() -> None:
    after = field_editors.put(RECORD, field(RECORD, "actions", 0, "due"), "in two weeks")
    assert after.actions[0].due == datetime.date(2026, 11, 21)
    assert field_editors.put(after, field(after, "actions", 0, "due"), "").actions[0].due is None
    with pytest.raises(UserError, match="when pigs fly"):
        field_editors.put(RECORD, field(RECORD, "actions", 0, "due"), "when pigs fly")
    said = field_editors.put(RECORD, field(RECORD, "follow_up", None, "date"), "when pigs fly")
    assert said.follow_up == m.FollowUp(None, "when pigs fly")
    assert field(said, "follow_up", None, "date").value == "when pigs fly"


def test_names_are_told_by_commas() -> None:
    after = field_editors.put(RECORD, field(RECORD, "people", None, "contributors"), " Awa,  Inès , ")
    assert after.people.contributors == ("Awa", "Inès")


@pytest.mark.parametrize(("name", "said"), [("idea", "many"), ("idea", "1234"), ("status", "perhaps")])
def test_what_can_not_stand_there_is_refused(name: str, said: str) -> None:
    with pytest.raises(UserError):
        field_editors.put(RECORD, field(RECORD, "actions", 0, name), said)


def test_a_record_keeps_a_title() -> None:
    with pytest.raises(UserError, match="title"):
        field_editors.put(RECORD, field(RECORD, "title"), "  ")


def test_a_place_that_somebody_else_changed_is_not_overwritten() -> None:
    seen = field(RECORD, "ideas", 0, "text")
    with pytest.raises(UserError, match="somebody else"):
        field_editors.put(replace(RECORD, ideas=(m.Idea("Dance"),)), seen, "Music at eleven")
    with pytest.raises(UserError, match="no longer"):
        field_editors.put(replace(RECORD, ideas=()), seen, "Music at eleven")


def test_an_idea_that_goes_takes_its_number_along() -> None:
    after = field_editors.remove(RECORD, FieldPlace("ideas", 0, "text"), RECORD.ideas[0])
    assert [i.text for i in after.ideas] == ["A bench"]
    assert [a.idea for a in after.actions] == [0, 1]
    with pytest.raises(UserError):
        field_editors.remove(after, FieldPlace("ideas", 0, "text"), RECORD.ideas[0])
    with pytest.raises(UserError):
        field_editors.remove(RECORD, FieldPlace("title"), "Market")


@pytest.mark.parametrize("section", field_editors.GROWING_SECTIONS)
def test_each_section_can_get_another_entry(section: str) -> None:
    after, place = field_editors.add(RECORD, section)
    assert len(getattr(after, section)) == len(getattr(RECORD, section)) + 1
    assert field(after, place.section, place.number, place.field).value == ""
