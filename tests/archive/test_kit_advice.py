"""What a group's sessions suggest for its kits: known answers, and nothing from too few."""

from __future__ import annotations

import datetime
import inspect
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_figures import ZONE, played, session
from tests.archive.test_record_file import full
from tests.examples import examples

from entraide_tui.archive import figures, kit_advice
from entraide_tui.archive import model as m
from entraide_tui.archive.kit_advice import KitAdvice, Reason, StepAdvice
from entraide_tui.kits.model import Kit, Minutes, Step

KIT = Kit(
    1,
    "atelier-entraide",
    1,
    "Workshop",
    (
        Step("welcome", "Welcome", minutes=Minutes(3, 5, 10)),
        Step("clarifying", "Clarifying", minutes=Minutes(8, 15, 25)),
        Step("talk", "Talk"),
    ),
)
KITS = {KIT.id: KIT}


def advice(records: list[m.Record], kits: dict[str, Kit] | None = None) -> KitAdvice:
    """That on the only kit."""
    (found,) = kit_advice.suggest(records, KITS if kits is None else kits)
    return found


def step_of(found: KitAdvice, name: str = "clarifying") -> StepAdvice:
    return next(s for s in found.steps if s.figures.step == name)


def clarified(*minutes: int) -> list[m.Record]:
    """A session for each."""
    return [session(n, played("clarifying", 15, took)) for n, took in enumerate(minutes, 1)]


def test_the_minutes_that_would_have_been_right_are_the_quartiles_of_what_was_used() -> None:
    # but a step may still be shortened as far as the kit says
    found = advice(clarified(17, 18, 18, 16, 30))
    step = step_of(found)
    assert (step.foreseen, step.proposed) == (Minutes(8, 15, 25), Minutes(8, 18, 18))
    assert step.sentence == "Foreseen 15, usually 18: 17 to 18 would have been right."
    assert step_of(advice(clarified(17, 18, 18, 16, 30), {})).proposed == Minutes(17, 18, 18)
    assert step_of(advice(clarified(5, 6, 6, 7, 9))).proposed == Minutes(6, 6, 7)
    assert (found.kit, found.title, found.sessions, found.enough) == ("atelier-entraide", "Workshop", 5, True)


@pytest.mark.parametrize("minutes", [(14, 15, 16), (15, 15, 40), (10, 15, 30)])
def test_what_fits_is_left_alone(minutes: tuple[int, ...]) -> None:
    assert (step_of(advice(clarified(*minutes))).proposed, step_of(advice(clarified(*minutes))).sentence) == (None, "")


def test_what_the_kit_foresees_today_is_compared_not_what_it_foresaw_then() -> None:
    records = clarified(20, 20, 21)
    mended = replace(KIT, steps=(replace(KIT.steps[1], minutes=Minutes(10, 20, 25)),))
    assert step_of(advice(records)).proposed == Minutes(8, 20, 21)
    assert step_of(advice(records, {KIT.id: mended})).proposed is None


@pytest.mark.parametrize("minutes", [(30,), (30, 31)])
def test_nothing_is_suggested_by_too_few_sessions(minutes: tuple[int, ...]) -> None:
    found = advice(clarified(*minutes))
    assert (found.enough, found.sessions) == (False, len(minutes))
    assert [(s.proposed, s.sentence, s.reasons) for s in found.steps] == [(None, "", ())]


def test_two_persons_who_ask_in_one_session_are_one_session() -> None:
    start = datetime.datetime(2026, 11, 21, 9, tzinfo=ZONE)
    records = [session(21, played("clarifying", 15, 30 + n), id=f"r{n}", start=start) for n in range(3)]
    found = advice(records)
    assert (found.sessions, found.enough, step_of(found).proposed) == (1, False, None)


def test_a_step_that_few_sessions_played_has_no_minutes_proposed_but_is_told_to_be_left_out() -> None:
    records = [
        session(1, replace(played("welcome", 5, 0, skipped=True), reason="We know each other")),
        session(2, replace(played("welcome", 5, 0, skipped=True), reason="we  know each other")),
        session(3, replace(played("welcome", 5, 0, skipped=True), reason="Late")),
        session(4, played("welcome", 5, 30)),
        session(5, played("welcome", 5, 0, skipped=True)),
    ]
    step = step_of(advice(records), "welcome")
    assert step.proposed is None
    assert step.mostly_left_out
    assert step.sentence == "Left out 4 times of 5."
    assert step.reasons == (Reason("we know each other", 2), Reason("Late", 1))
    assert not step_of(advice([*records, *[replace(records[3], id=f"x{n}") for n in range(4)]]), "welcome").reasons


def test_a_step_without_a_countdown_is_never_corrected() -> None:
    records = [session(n, played("talk", 0, 40)) for n in (1, 2, 3)]
    assert step_of(advice(records), "talk").proposed is None


def timed(number: int, minutes: int, *steps: m.StepPlayed) -> m.Record:
    """A session that took so many minutes."""
    start = datetime.datetime(2026, 11, number, 9, tzinfo=ZONE)
    return session(number, *steps, start=start, end=start + datetime.timedelta(minutes=minutes))


def test_sessions_that_ended_late_are_counted_and_by_how_much_is_told() -> None:
    steps = (played("welcome", 5, 6), played("clarifying", 15, 15), played("talk", 0, 10), played("extra-1", 0, 4))
    # foreseen: 5 + 15, and what a step without a countdown took; what nobody foresaw is not
    records = [timed(n, minutes, *steps) for n, minutes in enumerate((25, 30, 32, 33, 40, 50), 1)]
    found = advice(records)
    assert (found.timed, found.late, found.over) == (6, 3, 10)
    assert (advice(records[:3]).late, advice(records[:3]).over) == (0, 0)


def test_a_session_of_two_offerors_is_late_once_and_what_they_shared_counts_once() -> None:
    shared, own = played("welcome", 5, 5), [played("clarifying", 15, took) for took in (14, 16)]
    records = [replace(timed(1, 35, shared, step), id=f"r{n}") for n, step in enumerate(own)]
    found = advice(records)
    assert (found.sessions, found.timed, found.late) == (1, 1, 0)
    assert advice([replace(r, end=r.end + datetime.timedelta(minutes=3)) for r in records if r.end]).late == 1


def test_when_a_session_should_have_ended_is_not_guessed() -> None:
    assert advice(clarified(90, 90, 90)).timed == 0
    assert advice([timed(n, 90, played("welcome", 5, 5)) for n in (1, 2, 3)], {}).timed == 0


def test_steps_stand_as_in_the_kit_and_those_that_it_has_no_more_are_left_out() -> None:
    names = ("clarifying", "gone", "extra-1", "welcome")
    records = [session(n, *[played(name, 5, 30) for name in names]) for n in (1, 2, 3)]
    assert [s.figures.step for s in advice(records).steps] == ["welcome", "clarifying"]
    # a kit that is not there any more: as it was played, against what it foresaw then
    assert [s.figures.step for s in advice(records, {}).steps] == ["clarifying", "gone", "welcome"]
    assert step_of(advice(records, {}), "gone").proposed == Minutes(30, 30, 30)


def test_each_kit_has_its_own_the_most_played_first_and_a_record_without_one_counts_nowhere() -> None:
    other = m.KitUsed("flash", 1, "Flash")
    records = [
        *[session(n, played("a", 5, 5), kit=other) for n in range(1, 5)],
        *clarified(1, 2, 3),
        session(9, played("a", 1, 1), kit=None),
    ]
    assert [(k.kit, k.sessions) for k in kit_advice.suggest(records, {})] == [("flash", 4), ("atelier-entraide", 3)]
    assert kit_advice.suggest([], KITS) == ()


took = st.lists(st.tuples(st.integers(-60, 90_000), st.booleans()), min_size=1, max_size=9)


@examples(40)
@given(took=took, planned=st.integers(0, 200))
def test_whatever_happened_what_is_proposed_can_stand_in_a_kit(took: list[tuple[int, bool]], planned: int) -> None:
    records = [
        session(n, m.StepPlayed("clarifying", "C", planned * 60, spent, 0, "skipped" if out else "done", "r"))
        for n, (spent, out) in enumerate(took, 1)
    ]
    step = step_of(advice(records))
    done = sum(not out for _spent, out in took)
    assert not step.proposed or done >= figures.ENOUGH
    assert bool(step.reasons) <= step.mostly_left_out
    assert bool(step.sentence) == bool(step.proposed or step.mostly_left_out)
    if step.proposed:
        assert 0 <= step.proposed.min <= step.proposed.usual <= step.proposed.max <= 24 * 60
        assert step.proposed.usual


def test_nobody_is_named() -> None:
    record = full()
    assert record.kit
    told = str(kit_advice.suggest([record] * 3, {}))
    for name in (record.people.offeror, *record.people.contributors):
        assert name not in told
    assert "people" not in inspect.getsource(kit_advice)
