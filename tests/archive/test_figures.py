"""Figures about the group: known answers, sums that agree, and nobody's name."""

from __future__ import annotations

import dataclasses
import datetime
import inspect
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_record_file import full
from tests.examples import examples

from entraide_tui.archive import figures
from entraide_tui.archive import model as m
from entraide_tui.archive.figures import Month, StepFigures, Theme

KIT = m.KitUsed("atelier-entraide", 1, "Workshop")
ZONE = datetime.timezone(datetime.timedelta(hours=1))


def played(step: str, planned: int, actual: int, *, skipped: bool = False) -> m.StepPlayed:
    """Minutes."""
    return m.StepPlayed(step, step.title(), planned * 60, actual * 60, 0, "skipped" if skipped else "done")


def session(number: int, *steps: m.StepPlayed, **more: object) -> m.Record:
    """One of November."""
    day = datetime.date(2026, 11, number)
    base = m.Record(id=f"{day}-x", title="x", date=day, kit=KIT, steps=steps)
    return dataclasses.replace(base, **more)  # type: ignore[arg-type]


def step_of(records: list[m.Record], name: str = "clarifying") -> StepFigures:
    """The figures of a step of the only kit."""
    (kit,) = figures.of(records).kits
    return next(s for s in kit.steps if s.step == name)


def clarified(*minutes: int) -> list[m.Record]:
    """A session for each."""
    return [session(n, played("clarifying", 15, took)) for n, took in enumerate(minutes, 1)]


def test_what_a_step_took_is_told_by_its_middle_and_its_quarters() -> None:
    assert step_of(clarified(17, 18, 18, 16, 30)) == StepFigures("clarifying", "Clarifying", 15, 17, 18, 18, 5, 0)
    assert step_of(clarified(20)) == StepFigures("clarifying", "Clarifying", 15, 20, 20, 20, 1, 0)
    assert step_of(clarified(10, 20)) == StepFigures("clarifying", "Clarifying", 15, 12.5, 15, 17.5, 2, 0)


def test_the_next_kit_is_told_what_would_have_been_right() -> None:
    said = figures.suggestion(step_of(clarified(17, 18, 18, 16, 30)))
    assert said == "Foreseen 15, usually 18: 17 to 18 would have been right."
    assert figures.suggestion(step_of(clarified(9, 9, 9))) == "Foreseen 15, usually 9, which would have been right."


@pytest.mark.parametrize("minutes", [(30,), (30, 31), (14, 15, 16), (15, 15, 40), (10, 15, 30), (5, 20, 25)])
def test_nothing_is_suggested_by_too_few_sessions_or_where_the_kit_fits(minutes: tuple[int, ...]) -> None:
    assert figures.suggestion(step_of(clarified(*minutes))) == ""


def test_what_is_usually_left_out_is_said() -> None:
    left_out = [session(n, played("round", 10, 0, skipped=True)) for n in range(1, 5)]
    step = step_of([*left_out, session(9, played("round", 10, 12))], "round")
    assert (step.done, step.skipped, step.times) == (1, 4, 5)
    assert figures.suggestion(step) == "Left out 4 times of 5."
    assert step_of(left_out, "round").usual == 0
    assert figures.suggestion(step_of(left_out[:2], "round")) == ""


def test_a_step_without_a_countdown_is_never_corrected() -> None:
    assert figures.suggestion(step_of([session(n, played("talk", 0, 40)) for n in (1, 2, 3)], "talk")) == ""


def test_steps_stand_in_the_order_of_the_kit_and_what_nobody_foresaw_in_none() -> None:
    steps = [played(name, 5, 5) for name in ("welcome", "choice", "end")]
    records = [session(1, *steps), session(2, steps[0], played("extra-1", 9, 9), *steps[1:]), session(3, *steps[1:])]
    (kit,) = figures.of(records).kits
    assert [s.step for s in kit.steps] == ["welcome", "choice", "end"]
    assert (kit.kit, kit.title, kit.sessions) == ("atelier-entraide", "Workshop", 3)


def test_a_session_in_which_two_persons_asked_is_one_and_what_they_shared_counts_once() -> None:
    start = datetime.datetime(2026, 11, 21, 9, tzinfo=ZONE)
    shared = played("welcome", 5, 6)
    both = [
        session(21, shared, played("request", 5, 7), id="one", start=start, themes=("Parole",)),
        session(21, shared, played("request", 5, 9), id="two", start=start, themes=("Parole",)),
    ]
    found = figures.of(both)
    (kit,) = found.kits
    assert kit.sessions == 1
    assert [(s.step, s.done) for s in kit.steps] == [("welcome", 1), ("request", 2)]
    assert [m.sessions for m in found.months] == [1]
    assert found.themes == ()


def test_sessions_requests_and_actions_are_counted_by_month() -> None:
    asked = m.Request("How?")
    actions = tuple(m.PlannedAction("x", status=s) for s in ("open", "done", "done", "dropped"))
    records = [
        session(1, request=asked, actions=actions),
        session(9),
        dataclasses.replace(session(2, request=asked), id="b", date=datetime.date(2027, 2, 3)),
    ]
    november, february = figures.of(records).months
    assert november == Month(2026, 11, sessions=2, requests=1, done=2, dropped=1, open=1)
    assert november.actions == 4
    assert february == Month(2027, 2, sessions=1, requests=1)
    line = figures.timeline((november, february), 12)
    assert line == (november, Month(2026, 12), Month(2027, 1), february)
    assert figures.timeline((november, february), 3) == line[1:]
    assert figures.timeline((), 12) == ()


def test_the_timeline_does_not_grow_with_a_date_that_is_wrong() -> None:
    line = figures.timeline((Month(1, 1, 1), Month(9999, 12, 1)), 12)
    assert [(p.year, p.month) for p in line] == [(9999, n) for n in range(1, 13)]
    assert figures.timeline((Month(1, 1, 1),), 24) == (Month(1, 1, 1),)


def test_a_theme_that_comes_back_is_found_however_it_is_written() -> None:
    themes = [("Bénévoles",), ("benevoles", "Jardin"), ("Bénévoles ", "BÉNÉVOLES"), ("accueil",), ("Accueil",)]
    records = [session(n, themes=t) for n, t in enumerate(themes, 1)]
    assert figures.of(records).themes == (Theme("Bénévoles", 3), Theme("Accueil", 2))


DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 3, 31)) | st.dates()
NAMES = st.sampled_from(["", "a", "b", "extra-1"])
LIGHT = st.builds(
    m.Record,
    id=st.text(max_size=3),
    title=st.just("x"),
    date=DAYS,
    start=st.none() | st.just(datetime.datetime(2026, 11, 21, 9, tzinfo=ZONE)),
    kit=st.none() | st.builds(m.KitUsed, NAMES, st.just(1), st.sampled_from(["A", "B"])),
    themes=st.lists(st.sampled_from(["", " ", "É", "e", "Œ ", "oe"]), max_size=3).map(tuple),
    request=st.builds(m.Request, st.sampled_from(["", " ", "How?"])),
    actions=st.lists(
        st.builds(m.PlannedAction, st.just("x"), status=st.sampled_from(["open", "done", "dropped"])), max_size=3
    ).map(tuple),
    steps=st.lists(
        st.builds(
            m.StepPlayed, NAMES, st.sampled_from(["A", "B"]), st.integers(-9, 9000), st.integers(-9, 2**40), st.just(0),
            st.sampled_from(["done", "skipped"]),
        ),
        max_size=4,
    ).map(tuple),
)  # fmt: skip
ANY = st.lists(LIGHT, max_size=6)


@examples(40, any_size=True)
@given(records=ANY, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(records: list[m.Record], chance: random.Random) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert figures.of(shuffled) == figures.of(records)


@examples(40, any_size=True)
@given(records=ANY)
def test_sums_agree_and_quarters_are_in_order(records: list[m.Record]) -> None:
    found = figures.of(records)
    assert sum(month.actions for month in found.months) == sum(len(r.actions) for r in records)
    assert sum(month.requests for month in found.months) == sum(bool(r.request.text.strip()) for r in records)
    assert sum(month.sessions for month in found.months) <= len(records)
    for status in ("open", "done", "dropped"):
        counted = sum(getattr(month, status) for month in found.months)
        assert counted == sum(a.status == status for r in records for a in r.actions)
    for kit in found.kits:
        for step in kit.steps:
            assert 0 <= step.low <= step.usual <= step.high
            assert step.times >= 1
            figures.suggestion(step)
    assert all(2 <= theme.sessions <= len(records) for theme in found.themes)


def test_nobody_is_counted_or_named() -> None:
    people = m.People("Awaname", "Jeanname", ("Inèsname",), ("Paulname",))
    records = [dataclasses.replace(full(), id=str(n), people=people) for n in range(4)]
    assert "name'" not in repr(figures.of(records))
    kinds = [k for _n, k in inspect.getmembers(figures, inspect.isclass) if k.__module__ == figures.__name__]
    fields = {f.name for kind in kinds if dataclasses.is_dataclass(kind) for f in dataclasses.fields(kind)}
    assert fields
    assert not fields & {"who", "by", "name", "offeror", "facilitator", "contributor", "contributors", "people"}


def test_one_wrong_year_hides_no_other_month() -> None:
    records = [
        dataclasses.replace(session(1), id=str(date), date=date)
        for date in (datetime.date(2026, 9, 5), datetime.date(2026, 12, 1), datetime.date(2062, 9, 5))
    ]
    today = datetime.date(2026, 11, 21)
    assert [(p.year, p.month) for p in figures.of(records, today=today).months] == [(2026, 9), (2026, 12)]
    assert [p.year for p in figures.of(records[2:], today=today).months] == [2062]
    assert len(figures.of(records).months) == 3
