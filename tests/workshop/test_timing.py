"""The rules about time, on an invented clock."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.workshop import strategies as some
from tests.workshop.strategies import Live, Move, kit, step

from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold, gestures, timing
from entraide_tui.workshop import opening as beginning

if TYPE_CHECKING:
    from entraide_tui.kits.model import Kit
    from entraide_tui.workshop.state import Session, SessionStep

any_session = examples(30)


def three_steps() -> Kit:
    """Ten minutes each; the second may be dropped or shortened to four, the third shortened to six."""
    return kit(step("un", 10), step("deux", 10, 4, when_late="drop"), step("trois", 10, 6))


def play(session: Session, key: str) -> SessionStep:
    found = session.play(key)
    assert found is not None
    return found


def spent(session: Session, key: str, now: float) -> float:
    return timing.spent(session, play(session, key), now)


def left(session: Session, key: str, now: float) -> float:
    found = timing.left(session, play(session, key), now)
    assert found is not None
    return found


def budgets(session: Session) -> dict[str, int | None]:
    return {p.key: p.budget for p in session.plays}


# -- the time of a step


def test_the_time_of_a_step_goes_on_below_zero() -> None:
    live = Live(three_steps())
    session = live.next(5.0)
    assert left(session, "un", 5.0) == 600
    assert left(session, "un", 605.0) == 0
    assert left(session, "un", 725.0) == -120
    assert session.current == "un"


def test_the_mark_says_last_minute_then_over() -> None:
    session = Live(three_steps()).next(0.0)
    assert [timing.mark(session, now) for now in (0.0, 539.0, 540.0, 599.0, 600.0, 900.0)] == [
        "",
        "",
        "last minute",
        "last minute",
        "over",
        "over",
    ]


def test_a_step_without_minutes_has_no_countdown_and_no_mark() -> None:
    session = Live(kit(step("libre"), step("deux", 10))).next(0.0)
    assert timing.left(session, play(session, "libre"), 4000.0) is None
    assert timing.mark(session, 4000.0) == ""
    assert spent(session, "libre", 4000.0) == 4000
    assert timing.predicted_end(session, 4000.0) == 4600


def test_the_end_promised_at_the_start_is_the_sum_of_the_steps() -> None:
    live = Live(three_steps())
    assert timing.promised_end(live.session, 50.0) == 1850
    session = live.next(100.0)
    assert timing.promised_end(session, 100.0) == 1900
    assert timing.promised_end(session, 1500.0) == 1900


def test_the_predicted_end_moves_only_when_a_step_overruns() -> None:
    session = Live(three_steps()).next(0.0)
    assert timing.predicted_end(session, 300.0) == 1800
    assert timing.late_by(session, 600.0) == 0
    assert timing.predicted_end(session, 690.0) == 1890
    assert timing.late_by(session, 690.0) == 90


def test_a_step_that_ends_early_gives_time_to_spare() -> None:
    live = Live(three_steps())
    live.next(0.0)
    session = live.next(480.0)
    assert timing.late_by(session, 480.0) == -120


def test_a_promised_hour_is_the_end_that_counts() -> None:
    live = Live(three_steps(), hard_end=1500.0)
    assert timing.promised_end(live.session, 0.0) == 1500
    assert timing.late_by(live.next(0.0), 0.0) == 300


def test_another_end_can_be_agreed_on() -> None:
    live = Live(three_steps())
    live.next(0.0)
    session = live.then(e.EndPromised(at=60.0, hard_end=some.ORIGIN + 2000))
    assert timing.late_by(session, 60.0) == -200


def test_without_a_promised_hour_any_more_the_sum_of_the_steps_is_promised() -> None:
    live = Live(three_steps(), hard_end=1000.0)
    live.next(0.0)
    session = live.then(e.EndPromised(at=700.0, hard_end=None))
    assert timing.promised_end(session, 700.0) == timing.promised_end(session, 800.0) == 1900
    session = live.next(800.0)
    assert timing.promised_end(session, 800.0) == 1900
    assert timing.late_by(session, 800.0) == 100


def test_starting_in_the_middle_promises_the_steps_that_remain() -> None:
    live = Live(three_steps())
    session = live.then(gestures.jump(live.session, 0.0, "deux"))
    assert timing.promised_end(session, 0.0) == timing.predicted_end(session, 0.0) == 1200


def test_the_end_of_a_finished_workshop_stands_still() -> None:
    live = Live(kit(step("un", 10)))
    live.next(0.0)
    session = live.next(540.0)
    assert session.finished == 540
    assert timing.predicted_end(session, 9000.0) == 540


def test_the_timetable_follows_the_time_left_without_a_gap() -> None:
    session = Live(three_steps()).next(0.0)
    slots = timing.timetable(session, 660.0)
    assert [(s.play.key, s.begins, s.ends) for s in slots] == [
        ("un", 660, 660),
        ("deux", 660, 1260),
        ("trois", 1260, 1860),
    ]


# -- extending


def test_an_extension_for_later_moves_the_end_by_its_price() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    assert gestures.price_of(session, 60.0, 120) == 120
    after = live.then(gestures.extend(session, 60.0, 120))
    assert timing.late_by(after, 60.0) == 120
    assert budgets(after) == {"un": 720, "deux": 600, "trois": 600}


def test_in_a_step_that_overran_an_extension_counts_from_now() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    assert gestures.price_of(session, 700.0, 60) == 60
    after = live.then(gestures.extend(session, 700.0, 60))
    assert left(after, "un", 700.0) == 60


def test_an_extension_spread_over_the_steps_to_come_keeps_the_end() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    after = live.then(gestures.extend(session, 0.0, 420, way="spread"))
    assert budgets(after) == {"un": 1020, "deux": 240, "trois": 540}
    assert timing.late_by(after, 0.0) == 0


def test_an_extension_can_come_from_one_step_down_to_its_least() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    after = live.then(gestures.extend(session, 0.0, 300, way="step", source="trois"))
    assert budgets(after) == {"un": 900, "deux": 600, "trois": 360}
    assert timing.late_by(after, 0.0) == 60


def test_an_extension_takes_nothing_from_a_step_to_be_kept() -> None:
    live = Live(kit(step("un", 10), step("deux", 10, 4, when_late="keep")))
    session = live.next(0.0)
    after = live.then(gestures.extend(session, 0.0, 60, way="step", source="deux"))
    assert budgets(after) == {"un": 660, "deux": 600}


def test_a_step_to_come_can_be_extended_without_giving_to_itself() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    after = live.then(gestures.extend(session, 0.0, 60, way="spread", play="deux"))
    assert budgets(after) == {"un": 600, "deux": 660, "trois": 540}


def test_extending_a_step_that_is_behind_costs_nothing_and_takes_nothing() -> None:
    live = Live(three_steps())
    live.next(0.0)
    session = live.next(600.0)
    assert gestures.price_of(session, 600.0, 60, play="un") == 0
    after = live.then(gestures.extend(session, 600.0, 60, way="spread", play="un"))
    assert timing.late_by(after, 600.0) == 0
    assert budgets(after) == {"un": 660, "deux": 600, "trois": 600}


def test_a_shortening_never_takes_what_was_spent() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    after = live.then(gestures.extend(session, 500.25, -600))
    assert 0 <= left(after, "un", 500.25) < 1
    assert gestures.extend(after, 700.0, -60) is None


def test_no_extension_costs_nothing_even_in_a_step_that_overran() -> None:
    session = Live(three_steps()).next(0.0)
    assert gestures.price_of(session, 700.0, 0) == 0
    assert gestures.extend(session, 700.0, 0) is None


def test_a_step_without_a_countdown_cannot_be_extended() -> None:
    session = Live(kit(step("libre"))).next(0.0)
    assert gestures.extend(session, 10.0, 60) is None
    assert gestures.price_of(session, 10.0, 60) == 0


@any_session
@given(some.openings(), some.moves(), st.integers(-900, 1800), st.integers(0, 10), st.integers(0, 4000))
def test_the_price_of_an_extension_is_the_real_move_of_the_predicted_end(
    opened: e.Opened, moves: list[Move], seconds: int, number: int, quarters: int
) -> None:
    session, at = beginning.opened(opened), 0.0
    for happening in some.played(opened, moves):
        session, at = happening.after, happening.event.at
    at += quarters / 4
    key = session.plays[number % len(session.plays)].key
    event = gestures.extend(session, at, seconds, play=key)
    after = session if event is None else fold.apply(session, event)
    moved = timing.predicted_end(after, at) - timing.predicted_end(session, at)
    assert gestures.price_of(session, at, seconds, play=key) == moved


# -- keeping the end


def test_keeping_the_end_gives_back_exactly_the_lateness() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    after = live.then(gestures.keep_end(session, 600.0 + 97))
    assert timing.late_by(after, 697.0) == 0
    assert sum(b or 0 for b in budgets(after).values()) == 1800 - 97


def test_keeping_the_end_takes_from_steps_that_may_be_dropped_first() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    assert timing.keep_end(session, 900.0).taken == {"deux": 300}
    assert timing.keep_end(session, 1000.0).taken == {"deux": 360, "trois": 40}


def test_keeping_the_end_takes_from_the_others_in_proportion_to_what_each_can_give() -> None:
    live = Live(kit(step("un", 10), step("deux", 10, 5), step("trois", 20, 5), step("quatre", 10, when_late="keep")))
    session = live.next(0.0)
    assert timing.keep_end(session, 680.0).taken == {"deux": 20, "trois": 60}
    assert timing.keep_end(session, 681.0).taken == {"deux": 20, "trois": 61}


def test_keeping_the_end_never_goes_below_the_least_of_a_step() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    after = live.then(gestures.keep_end(session, 5000.0))
    assert budgets(after) == {"un": 600, "deux": 240, "trois": 360}
    assert gestures.keep_end(after, 5000.0) is None


def test_keeping_the_end_takes_nothing_from_steps_to_be_kept() -> None:
    session = Live(kit(step("un", 10), step("deux", 10, 1, when_late="keep"))).next(0.0)
    saving = timing.keep_end(session, 700.0)
    assert (saving.taken, saving.missing, saving.drops, saving.enough) == ({}, 100, (), False)
    assert gestures.keep_end(session, 700.0) is None


def test_where_the_end_cannot_be_kept_the_missing_seconds_and_the_steps_to_drop_are_named() -> None:
    session = Live(three_steps()).next(0.0)
    saving = timing.keep_end(session, 600.0 + 360 + 240 + 100)
    assert saving.taken == {"deux": 360, "trois": 240}
    assert saving.missing == 100
    assert saving.drops == (("deux", 240),)
    assert saving.enough


def test_where_even_dropping_is_not_enough_it_says_so() -> None:
    session = Live(three_steps()).next(0.0)
    saving = timing.keep_end(session, 600.0 + 360 + 240 + 241)
    assert saving.missing == 241
    assert saving.drops == (("deux", 240),)
    assert not saving.enough


def test_no_more_steps_are_named_than_need_to_be_dropped() -> None:
    session = Live(kit(step("un", 10), *(step(k, 10, when_late="drop") for k in ("deux", "trois", "quatre")))).next(0.0)
    assert timing.keep_end(session, 1300.0).drops == (("deux", 600), ("trois", 600))


def test_dropping_a_step_frees_only_what_is_left_of_it() -> None:
    live = Live(kit(step("un", 10), step("deux", 10, when_late="drop"), step("trois", 10)))
    live.next(0.0)
    live.next(600.0)
    session = live.then(gestures.back(live.session, 1000.0))
    late = timing.late_by(session, 1300.0)
    saving = timing.keep_end(session, 1300.0)
    assert (late, saving.missing) == (300, 300)
    assert saving.drops == (("deux", 200),)
    assert not saving.enough
    dropped = live.then(gestures.skip(session, 1300.0, "deux"))
    assert timing.late_by(dropped, 1300.0) == late - 200


def test_with_time_to_spare_there_is_nothing_to_take() -> None:
    live = Live(three_steps())
    live.next(0.0)
    session = live.next(300.0)
    assert timing.keep_end(session, 300.0) == timing.Saving({}, 0)
    assert gestures.keep_end(session, 300.0) is None


def test_a_least_is_never_more_than_the_usual_time() -> None:
    session = Live(kit(step("un", 83 / 20))).session
    assert play(session, "un").budget == play(session, "un").least == 249


@examples(60)
@given(
    st.integers(-5, 5000),
    st.dictionaries(st.text(max_size=3), st.integers(0, 1000), max_size=8),
)
def test_shares_add_up_and_none_gives_more_than_it_can(need: int, can: dict[str, int]) -> None:
    parts = timing.share(need, list(can.items()))
    total = sum(can.values())
    wanted = min(max(0, need), total)
    assert sum(parts.values()) == wanted
    for key, part in parts.items():
        assert 0 < part <= can[key]
        assert abs(part - wanted * can[key] / total) < 1


@any_session
@given(some.openings(), some.moves(), st.integers(0, 8000))
def test_for_any_kit_and_gestures_keeping_the_end_takes_what_it_says_and_no_more(
    opened: e.Opened, moves: list[Move], quarters: int
) -> None:
    session, at = beginning.opened(opened), 0.0
    for happening in some.played(opened, moves):
        session, at = happening.after, happening.event.at
    at += quarters / 4
    late = timing.late_by(session, at)
    saving = timing.keep_end(session, at)
    assert sum(saving.taken.values()) + saving.missing == max(0, round(late))
    event = gestures.keep_end(session, at)
    after = session if event is None else fold.apply(session, event)
    gained = timing.predicted_end(session, at) - timing.predicted_end(after, at)
    assert gained == sum(saving.taken.values())
    if late > 0 and not saving.missing:
        assert abs(timing.late_by(after, at)) <= 0.5
    to_come = {p.key for p in session.to_come}
    for before, now in zip(session.plays, after.plays, strict=True):
        if before.budget == now.budget:
            continue
        assert before.key in to_come
        assert before.when_late != "keep"
        assert now.budget is not None
        assert now.budget >= max(before.least, before.spent)
    droppable = [p for p in session.to_come if p.when_late == "drop"]
    if any(play(session, key).when_late != "drop" for key in saving.taken):
        assert all(timing.can_give(after, play(after, p.key), at) == 0 for p in droppable)
    dropped = after
    for key, freed in saving.drops:
        assert play(dropped, key).when_late == "drop"
        skipped = gestures.skip(dropped, at, key)
        assert skipped is not None
        earlier = timing.predicted_end(dropped, at)
        dropped = fold.apply(dropped, skipped)
        assert 0 <= earlier - timing.predicted_end(dropped, at) - freed < 1
    assert saving.enough == (sum(freed for _key, freed in saving.drops) >= saving.missing)


# -- for any kit and any sequence of gestures


@any_session
@given(some.openings(), some.moves())
def test_for_any_kit_and_gestures_the_program_never_takes_below_a_step_s_least(
    opened: e.Opened, moves: list[Move]
) -> None:
    for happening in some.played(opened, moves):
        event, before, after = happening.event, happening.before, happening.after
        taken = event.taken if isinstance(event, e.EndKept | e.Extended) else {}
        for key, seconds in taken.items():
            giver, now = play(before, key), play(after, key)
            assert giver.budget is not None
            assert now.budget == giver.budget - seconds
            assert now.budget >= max(giver.least, giver.spent)
            assert giver.when_late != "keep"
            assert seconds > 0
        if isinstance(event, e.Extended) and taken:
            # What is taken is never more than what it costs.
            assert timing.predicted_end(after, event.at) - timing.predicted_end(before, event.at) > -1
        changed = {key for key, budget in budgets(after).items() if budget != budgets(before).get(key, budget)}
        assert changed <= {*taken, event.play if isinstance(event, e.Extended) else ""}


@any_session
@given(some.openings(), some.moves(), st.integers(0, 4000))
def test_for_any_kit_and_gestures_each_second_is_counted_once(
    opened: e.Opened, moves: list[Move], quarters: int
) -> None:
    def total(session: Session, now: float) -> float:
        each = [timing.spent(session, p, now) for p in session.plays]
        assert min(each) >= 0
        return sum(each)

    def running(session: Session) -> bool:
        return bool(session.current) and session.paused is None

    session, at = beginning.opened(opened), 0.0
    for happening in some.played(opened, moves):
        event, after = happening.event, happening.after
        now = event.at
        waited = total(session, now)
        assert waited - total(session, at) == (now - at if running(session) else 0)
        moved = total(after, now) - waited
        match event:
            case e.BeganEarlier() if session.started is not None and after.started is not None:
                assert moved == session.started - after.started, "what the steps before can't give"
            case e.Entered() if event.earlier > 0:
                assert moved == event.earlier
            case e.InterruptionAnswered(went_on=False):
                assert session.interruption is not None
                assert session.interruption.since - session.interruption.until <= moved <= 0
            case _:
                assert moved == 0
        session, at = after, now
    assert total(session, at + quarters / 4) - total(session, at) == (quarters / 4 if running(session) else 0)


@any_session
@given(some.openings(), some.moves(), st.integers(0, 4000))
def test_for_any_kit_and_gestures_the_predicted_end_is_the_end_of_the_timetable(
    opened: e.Opened, moves: list[Move], quarters: int
) -> None:
    session, at = beginning.opened(opened), 0.0
    for happening in some.played(opened, moves):
        session, at = happening.after, happening.event.at
    now = at + quarters / 4
    slots = timing.timetable(session, now)
    if session.finished is None:
        assert timing.predicted_end(session, now) == (slots[-1].ends if slots else now)
    assert all(s.begins <= s.ends for s in slots)
    assert all(a.ends == b.begins for a, b in itertools.pairwise(slots))


# -- pause


def test_in_a_pause_the_step_stands_still_and_the_end_moves() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    session = live.then(gestures.pause(session, 100.0))
    assert left(session, "un", 100.0) == left(session, "un", 400.0) == 500
    assert timing.late_by(session, 400.0) == 300
    session = live.then(gestures.pause(session, 400.0))
    assert left(session, "un", 500.0) == 400
    assert timing.late_by(session, 500.0) == 300


def test_a_step_left_in_a_pause_took_the_time_before_it() -> None:
    live = Live(three_steps())
    live.next(0.0)
    live.then(gestures.pause(live.session, 100.0))
    session = live.next(400.0)
    assert spent(session, "un", 400.0) == 100
    assert session.paused is None
    assert spent(session, "deux", 460.0) == 60


def test_before_the_start_there_is_nothing_to_pause() -> None:
    assert gestures.pause(Live(three_steps()).session, 10.0) is None


# -- interruptions


def interrupted(live: Live, since: float, at: float) -> Session:
    return live.then(e.Interrupted(at=at, since=since))


def answered(live: Live, at: float, *, went_on: bool) -> Session:
    return live.then(gestures.answer_interruption(live.session, at, went_on=went_on))


def test_after_an_interruption_the_time_counts_where_the_group_went_on() -> None:
    live = Live(three_steps())
    live.next(0.0)
    session = interrupted(live, 100.0, 400.0)
    assert session.interruption is not None
    session = answered(live, 410.0, went_on=True)
    assert session.interruption is None
    assert spent(session, "un", 410.0) == 410


def test_after_an_interruption_the_time_does_not_count_where_the_group_stood_still() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 400.0)
    session = answered(live, 410.0, went_on=False)
    assert spent(session, "un", 410.0) == 110
    assert timing.predicted_end(session, 410.0) == 2100


def test_the_question_can_be_answered_after_moving_on() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 400.0)
    live.next(410.0)
    session = answered(live, 500.0, went_on=False)
    assert spent(session, "un", 500.0) == 110
    assert spent(session, "deux", 500.0) == 90


def test_the_question_can_be_answered_after_moving_on_and_coming_back() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 400.0)
    live.next(410.0)
    live.then(gestures.back(live.session, 500.0))
    session = answered(live, 520.0, went_on=False)
    assert spent(session, "un", 520.0) == 130
    assert spent(session, "deux", 520.0) == 90


def test_the_question_can_be_answered_after_a_pause() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 400.0)
    live.then(gestures.pause(live.session, 500.0), e.Continued(at=650.0))
    session = answered(live, 700.0, went_on=False)
    assert spent(session, "un", 700.0) == 700 - 300 - 150


def test_the_question_can_be_answered_in_a_pause() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 400.0)
    live.then(gestures.pause(live.session, 500.0))
    session = answered(live, 650.0, went_on=False)
    assert spent(session, "un", 650.0) == 200
    session = live.then(gestures.pause(live.session, 700.0))
    assert spent(session, "un", 760.0) == 260


def test_two_interruptions_before_an_answer_take_back_what_each_lasted() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 200.0)
    interrupted(live, 300.0, 450.0)
    session = answered(live, 460.0, went_on=False)
    assert spent(session, "un", 460.0) == 460 - 100 - 150


def test_interruptions_of_two_steps_before_an_answer_take_back_from_each() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 200.0)
    live.next(250.0)
    interrupted(live, 300.0, 500.0)
    session = answered(live, 510.0, went_on=False)
    assert spent(session, "un", 510.0) == 150
    assert spent(session, "deux", 510.0) == 60


def test_an_interruption_of_a_pause_asks_nothing() -> None:
    live = Live(three_steps())
    live.next(0.0)
    live.then(gestures.pause(live.session, 100.0))
    session = interrupted(live, 150.0, 900.0)
    assert session.interruption is None
    assert spent(session, "un", 900.0) == 100


def test_an_answer_can_be_taken_back_and_given_anew() -> None:
    live = Live(three_steps())
    live.next(0.0)
    interrupted(live, 100.0, 400.0)
    answered(live, 410.0, went_on=False)
    assert live.undo(415.0).interruption is not None
    assert spent(answered(live, 420.0, went_on=True), "un", 420.0) == 420


# -- a start that was forgotten


def test_a_step_that_began_earlier_takes_its_time_from_the_one_before() -> None:
    live = Live(three_steps())
    live.next(0.0)
    live.next(700.0)
    end = timing.predicted_end(live.session, 720.0)
    session = live.then(gestures.began_earlier(live.session, 720.0, 120.0))
    assert spent(session, "un", 720.0) == 580
    assert spent(session, "deux", 720.0) == 140
    assert session.started == 0
    assert timing.predicted_end(session, 720.0) == end - 120


def test_what_the_steps_before_cannot_give_moves_the_start_of_the_workshop() -> None:
    live = Live(three_steps())
    live.next(600.0)
    live.next(603.0)
    live.next(604.0)
    assert timing.repair(live.session, 300.0) == timing.Repair({"un": 3.0, "deux": 1.0}, 296.0)
    session = live.then(gestures.began_earlier(live.session, 610.0, 300.0))
    assert (spent(session, "un", 610.0), spent(session, "deux", 610.0)) == (0, 0)
    assert spent(session, "trois", 610.0) == 306
    assert session.started == 304
    assert timing.promised_end(session, 610.0) == 2400 - 296


def test_a_promised_hour_stays_where_a_forgotten_start_moves_the_beginning() -> None:
    live = Live(three_steps(), hard_end=2400.0)
    live.next(600.0)
    live.next(603.0)
    session = live.then(gestures.began_earlier(live.session, 610.0, 300.0))
    assert session.started == 303
    assert timing.promised_end(session, 610.0) == 2400


# -- late, by what is shown


@pytest.mark.parametrize(
    ("origin", "seconds", "late"),
    [(0.0, 45.0, False), (0.0, 60.0, True), (20.0, 30.0, False), (20.0, 40.0, True), (40.0, 25.0, False)],
)
def test_one_is_late_by_half_a_minute_or_more_and_by_another_minute_than_the_promised_one(
    origin: float, seconds: float, late: bool
) -> None:
    live = Live(three_steps(), hard_end=1800.0 + origin)
    live.next(origin)
    assert timing.is_late(live.session, origin + 600.0 + seconds) is late


def test_the_end_that_is_proposed_is_a_whole_minute_in_which_it_can_be_kept() -> None:
    live = Live(three_steps())
    session = live.next(20.5)
    assert timing.proposed_end(session, 20.5) == some.ORIGIN + 1860
    assert not timing.is_late(live.then(e.EndPromised(at=21.0, hard_end=some.ORIGIN + 1860)), 21.0)


# -- after a night


def test_a_workshop_whose_group_had_stopped_ended_when_it_stopped() -> None:
    live = Live(kit(step("un", 10), step("deux", 10)))
    live.next(0.0)
    live.then(e.Interrupted(at=80_000.0, since=300.0))
    live.then(gestures.answer_interruption(live.session, 80_010.0, went_on=False))
    live.next(80_020.0)
    assert live.next(80_030.0).finished == 300.0


@pytest.mark.parametrize(
    ("since", "answer", "signs", "at"),
    [
        (300.0, True, (), 80_020.0),  # it went on
        (300.0, False, (e.NextSpoke(at=80_015.0),), 80_020.0),  # somebody speaks
        (300.0, False, (), 81_000.0),  # a while later
        (79_980.0, False, (), 80_060.0),  # an interruption shorter than what followed
    ],
)
def test_a_workshop_that_went_on_ended_when_its_last_step_was_closed(
    since: float, answer: bool, signs: tuple[e.Event, ...], at: float
) -> None:
    live = Live(kit(step("un", 10)))
    live.next(0.0)
    live.then(e.Interrupted(at=80_000.0, since=since))
    live.then(gestures.answer_interruption(live.session, 80_010.0, went_on=answer))
    live.then(*signs)
    assert live.next(at).finished == at


def test_a_first_step_that_began_earlier_moves_the_start_and_the_promise() -> None:
    live = Live(three_steps())
    live.next(600.0)
    session = live.then(gestures.began_earlier(live.session, 610.0, 300.0))
    assert session.started == 300
    assert spent(session, "un", 610.0) == 310
    assert timing.promised_end(session, 610.0) == timing.predicted_end(session, 610.0) == 2100


def test_a_forgotten_start_does_not_move_an_end_that_was_promised() -> None:
    live = Live(three_steps(), hard_end=2400.0)
    live.next(600.0)
    session = live.then(gestures.began_earlier(live.session, 610.0, 300.0))
    assert timing.promised_end(session, 610.0) == 2400
    assert timing.late_by(session, 610.0) == -300


def test_a_workshop_can_be_started_some_minutes_ago() -> None:
    live = Live(three_steps())
    session = live.then(gestures.start_earlier(live.session, 900.0, 300.0))
    assert (session.current, session.started) == ("un", 600)
    assert gestures.start_earlier(session, 950.0, 300.0) is None


def test_after_going_back_the_time_comes_from_the_step_that_was_left() -> None:
    live = Live(three_steps())
    live.next(0.0)
    live.next(600.0)
    live.then(gestures.back(live.session, 900.0))
    session = live.then(gestures.began_earlier(live.session, 910.0, 120.0))
    assert session.started == 0
    assert spent(session, "un", 910.0) == 730
    assert spent(session, "deux", 910.0) == 180


@pytest.mark.parametrize("seconds", [0.0, -60.0])
def test_a_step_cannot_have_begun_later(seconds: float) -> None:
    live = Live(three_steps())
    assert gestures.start_earlier(live.session, 10.0, seconds) == e.Entered(at=10.0, play="un", how="start")
    session = live.next(0.0)
    assert gestures.began_earlier(session, 10.0, seconds) is None


# -- a clock that is set


def test_setting_the_clock_changes_no_time_left() -> None:
    live = Live(three_steps())
    session = live.next(0.0)
    after = live.then(e.ClockSet(at=100.0, origin=some.ORIGIN + 3600))
    assert left(after, "un", 100.0) == left(session, "un", 100.0)
    assert timing.late_by(after, 100.0) == 0


def test_setting_the_clock_keeps_the_promised_hour_on_the_wall() -> None:
    live = Live(three_steps(), hard_end=3600.0)
    live.next(0.0)
    session = live.then(e.ClockSet(at=100.0, origin=some.ORIGIN + 600))
    assert timing.promised_end(session, 100.0) == 3000
    assert session.origin + timing.promised_end(session, 100.0) == some.ORIGIN + 3600
