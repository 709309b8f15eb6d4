"""From events to state: any event, undo, the order of the steps, the people."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.workshop import strategies as some
from tests.workshop.strategies import Live, Move, kit, seats, step

from entraide_tui.kits.model import Card, GroupSize, Kit, Preset
from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold, gestures, timing
from entraide_tui.workshop import opening as beginning

if TYPE_CHECKING:
    from entraide_tui.workshop.state import Session

any_session = examples(30)
GROUP = seats("Awa", "Jean", "Inès", "Marc", "Léa")


def four_steps() -> Kit:
    return kit(*(step(key, 10) for key in ("un", "deux", "trois", "quatre")))


def pair() -> Kit:
    """A kit in which each asks in turn, between an opening and an end together; nobody leads."""
    return kit(
        step("accueil", 2),
        step("demande", 5, repeat="offeror"),
        step("aide", 8, repeat="offeror"),
        step("bilan", 3),
        group_size=GroupSize(2, 3),
    )


def keys(session: Session) -> list[str]:
    return [p.key for p in session.plays]


def outcomes(session: Session) -> list[str]:
    return [p.outcome for p in session.plays]


def roles(session: Session) -> dict[str, str]:
    return {p.name: p.role for p in session.people}


def sound(session: Session) -> None:
    """What holds in every state."""
    assert len(set(keys(session))) == len(session.plays)
    assert session.current == "" or session.current in keys(session)
    for play in session.plays:
        assert play.spent >= 0
        assert play.budget is None or play.budget >= 0
        assert play.least >= 0
    assert all(i.votes >= 0 for i in session.items)
    assert len({i.id for i in session.items}) == len(session.items)
    if session.finished is not None:
        assert session.current == ""
    if session.paused is not None:
        assert session.current != ""
    assert session.turn.place <= len(session.turn.order)


# -- any event in any state


@any_session
@given(some.openings(), st.lists(some.any_event(), max_size=20), st.integers(0, 40_000))
def test_any_event_in_any_state_is_taken_without_an_error(opened: e.Opened, events: list[e.Event], now: int) -> None:
    session = beginning.opened(opened)
    for event in events:
        session = fold.apply(session, event)
        sound(session)
        timing.timetable(session, now)
        timing.keep_end(session, now)
        timing.mark(session, now)
        gestures.next_step(session, now)
        gestures.back(session, now)
    assert fold.fold([opened, *events]).id == opened.session


@any_session
@given(some.openings(), some.moves())
def test_any_sequence_of_gestures_leads_to_a_sound_state(opened: e.Opened, moves: list[Move]) -> None:
    for happening in some.played(opened, moves):
        sound(happening.after)


@any_session
@given(some.openings(), some.moves(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_a_state_on_the_way_is_the_one_that_all_events_lead_to(
    opened: e.Opened, moves: list[Move], undone: list[tuple[int, int]]
) -> None:
    history: list[e.Event] = [opened, *(happening.event for happening in some.played(opened, moves))]
    for place, number in undone:
        history.insert(1 + place % len(history), e.Undone(at=0.0, number=number % (len(history) + 2)))
    for every in (1, 3, 200):
        quick = fold.Timeline(history[:1])
        quick.EVERY = every
        for number, event in enumerate(history[1:], 2):
            assert quick.add(event) == fold.fold(history[:number])
        assert fold.Timeline(history).state == quick.state


def test_undoing_in_a_long_session_is_quick() -> None:
    def written(number: int) -> e.Event:
        return e.Written(at=float(number), item=f"w{number}", section="questions", text="mot", by="Inès")

    timeline = fold.Timeline([some.opening(four_steps(), GROUP), *map(written, range(3000))])
    begin = time.perf_counter()
    for number in range(20):
        timeline.add(e.Undone(at=3001.0, number=3000 - number))
    quick = (time.perf_counter() - begin) / 20
    begin = time.perf_counter()
    fold.fold([some.opening(four_steps(), GROUP), *map(written, range(3000))])
    assert quick * 4 < time.perf_counter() - begin
    assert len(timeline.state.items) == 2980


@any_session
@given(some.openings())
def test_the_invented_kits_and_groups_are_valid(opened: e.Opened) -> None:
    ids = [s.id for s in opened.kit.steps]
    assert len(set(ids)) == len(ids)
    for s in opened.kit.steps:
        assert s.minutes is None or 0 <= s.minutes.min <= s.minutes.usual <= s.minutes.max
        assert s.minutes is None or s.minutes.usual > 0
    names = [p.name for p in opened.people]
    assert len(set(names)) == len(names)
    sound(beginning.opened(opened))


@any_session
@given(some.histories(), st.lists(some.any_event(), min_size=1, max_size=5))
def test_an_event_that_speaks_of_what_is_not_there_changes_no_step(
    history: list[e.Event], events: list[e.Event]
) -> None:
    session = fold.fold(history)
    for event in events:
        key = getattr(event, "play", None)
        if key is None or session.play(key) is not None or isinstance(event, e.Inserted):
            continue
        after = fold.apply(session, event)
        assert (after.plays, after.current, after.since) == (session.plays, session.current, session.since)


def test_a_session_begins_with_its_opening() -> None:
    with pytest.raises(ValueError, match="Opened"):
        fold.fold([])
    with pytest.raises(ValueError, match="Opened"):
        fold.fold([e.Paused(at=1.0)])


# -- undo


@any_session
@given(some.histories())
def test_undo_of_the_last_gesture_gives_exactly_the_state_without_it(history: list[e.Event]) -> None:
    number = fold.last_gesture(history)
    if not number:
        assert not any(event.undoable for event in history)
        return
    assert history[number - 1].undoable
    assert not any(event.undoable for event in history[number:])
    without = [*history[: number - 1], *history[number:]]
    assert fold.fold([*history, e.Undone(at=99_999.0, number=number)]) == fold.fold(without)


@any_session
@given(some.histories(), st.integers(1, 40))
def test_any_number_of_undos_goes_back_gesture_by_gesture_to_the_opening(history: list[e.Event], most: int) -> None:
    written = list(history)
    kept = list(history)
    for _ in range(most):
        number = fold.last_gesture(written)
        if not number:
            break
        written.append(e.Undone(at=99_999.0, number=number))
        kept.reverse()
        kept.remove(next(event for event in kept if event.undoable))
        kept.reverse()
        assert fold.fold(written) == fold.fold(kept)
    if len(written) - len(history) < most:
        assert not any(event.undoable for event in kept)


def test_gestures_after_an_undo_are_undone_before_those_that_came_before_it() -> None:
    live = Live(four_steps(), *GROUP)
    live.next(0.0)
    live.next(10.0)
    assert live.undo(11.0).current == "un"
    assert live.next(12.0).current == "deux"
    assert live.next(13.0).current == "trois"
    assert [live.undo(14.0).current for _ in range(3)] == ["deux", "un", ""]
    assert fold.last_gesture(live.history) == 0
    assert live.session == fold.fold(live.history[:1])


def test_what_is_typed_is_not_taken_back_with_a_gesture() -> None:
    live = Live(four_steps(), *GROUP)
    live.next(0.0)
    live.then(e.TextSet(at=1.0, name="request.text", text="Comment faire ?"))
    session = live.undo(2.0)
    assert session.current == ""
    assert session.text("request.text") == "Comment faire ?"


def test_the_opening_cannot_be_undone() -> None:
    live = Live(four_steps(), *GROUP)
    assert fold.last_gesture(live.history) == 0
    assert live.then(e.Undone(at=1.0, number=1)) == fold.fold(live.history[:1])


# -- the order of the steps


def test_next_goes_through_the_steps_and_ends_the_workshop() -> None:
    live = Live(four_steps())
    assert [live.next(at).current for at in (0.0, 10.0, 20.0, 30.0, 40.0)] == ["un", "deux", "trois", "quatre", ""]
    assert live.session.finished == 40
    assert outcomes(live.session) == ["done"] * 4
    assert [p.spent for p in live.session.plays] == [10] * 4
    assert gestures.next_step(live.session, 50.0) is None


def test_back_opens_the_step_before_and_its_time_goes_on() -> None:
    live = Live(four_steps())
    live.next(0.0)
    live.next(100.0)
    session = live.then(gestures.back(live.session, 150.0))
    assert session.current == "un"
    assert session.now_playing is not None
    assert timing.spent(session, session.now_playing, 170.0) == 120
    assert outcomes(session) == ["to come"] * 4
    session = live.next(170.0)
    assert session.current == "deux"
    assert session.now_playing is not None
    assert timing.spent(session, session.now_playing, 180.0) == 60


def test_before_the_first_step_there_is_none_to_go_back_to() -> None:
    live = Live(four_steps())
    assert gestures.back(live.session, 0.0) is None
    assert gestures.back(live.next(0.0), 1.0) is None


def test_back_after_the_end_opens_the_last_step_again() -> None:
    live = Live(kit(step("un", 10), step("deux", 10)))
    for at in (0.0, 10.0, 20.0):
        live.next(at)
    session = live.then(gestures.back(live.session, 30.0))
    assert (session.current, session.finished) == ("deux", None)
    assert timing.spent(session, session.plays[1], 35.0) == 15


def test_back_passes_over_steps_that_were_skipped() -> None:
    live = Live(four_steps())
    live.next(0.0)
    live.then(gestures.skip(live.session, 5.0, "deux"))
    assert live.next(10.0).current == "trois"
    assert live.then(gestures.back(live.session, 20.0)).current == "un"


def test_a_jump_leaves_the_steps_between_to_come() -> None:
    live = Live(four_steps())
    live.next(0.0)
    session = live.then(gestures.jump(live.session, 10.0, "trois"))
    assert session.current == "trois"
    assert outcomes(session) == ["done", "to come", "to come", "to come"]
    assert live.next(20.0).current == "quatre"
    assert live.then(gestures.jump(live.session, 30.0, "deux")).current == "deux"


def test_a_jump_to_where_one_is_or_to_nowhere_does_nothing() -> None:
    session = Live(four_steps()).next(0.0)
    assert gestures.jump(session, 1.0, "un") is None
    assert gestures.jump(session, 1.0, "cinq") is None


def test_skipping_the_current_step_opens_the_next_and_keeps_its_time() -> None:
    live = Live(four_steps())
    live.next(0.0)
    session = live.then(gestures.skip(live.session, 30.0))
    assert session.current == "deux"
    assert (session.plays[0].outcome, session.plays[0].spent) == ("skipped", 30)


def test_skipping_the_last_step_ends_the_workshop() -> None:
    live = Live(kit(step("un", 10)))
    live.next(0.0)
    session = live.then(gestures.skip(live.session, 30.0))
    assert (session.current, session.finished) == ("", 30)


def test_a_step_to_come_can_be_skipped_and_opened_all_the_same() -> None:
    live = Live(four_steps())
    live.next(0.0)
    session = live.then(gestures.skip(live.session, 5.0, "deux"))
    assert [p.key for p in session.to_come] == ["trois", "quatre"]
    assert gestures.skip(session, 6.0, "deux") is None
    session = live.then(gestures.jump(session, 10.0, "deux"))
    assert (session.current, session.plays[1].outcome) == ("deux", "to come")


def test_a_step_that_is_done_cannot_be_skipped_any_more() -> None:
    live = Live(four_steps())
    live.next(0.0)
    assert gestures.skip(live.next(10.0), 20.0, "un") is None


def test_a_reason_is_given_for_the_step_that_was_skipped_last() -> None:
    live = Live(four_steps())
    live.next(0.0)
    session = live.then(gestures.skip(live.session, 5.0))
    skipped = gestures.last_skipped(session)
    assert skipped is not None
    session = live.then(e.ReasonGiven(at=6.0, play=skipped.key, reason="déjà fait"))
    assert session.plays[0].reason == "déjà fait"


def test_an_unforeseen_step_comes_right_after_the_current_one() -> None:
    live = Live(four_steps())
    live.next(0.0)
    live.then(gestures.insert(live.session, 5.0, "Souffler", 5))
    session = live.then(gestures.insert(live.session, 6.0, "Dire merci", None))
    assert [p.title for p in session.plays][:4] == ["Un", "Dire merci", "Souffler", "Deux"]
    assert [(p.planned, p.budget) for p in session.plays][1:3] == [(None, None), (0, 300)]
    assert live.next(10.0).now_playing == session.plays[1]


def test_an_unforeseen_step_finds_a_free_name_in_any_kit() -> None:
    live = Live(kit(step("extra-1", 10), step("extra-2", 10)))
    live.next(0.0)
    session = live.then(gestures.insert(live.session, 5.0, "Souffler", 5))
    assert [p.title for p in session.plays] == ["Extra-1", "Souffler", "Extra-2"]


def test_a_preset_leaves_out_the_steps_that_it_drops() -> None:
    short = replace(four_steps(), presets=(Preset("court", "Court", {"un": 0, "deux": 4}),))
    session = Live(short.with_choices("court", ())).session
    assert [(p.key, p.budget, p.least) for p in session.plays] == [
        ("deux", 240, 240),
        ("trois", 600, 600),
        ("quatre", 600, 600),
    ]


# -- steps that repeat


def test_steps_that_repeat_are_played_for_each_offeror_in_turn() -> None:
    session = Live(pair(), *seats("", "", "Inès", "Marc")).session
    assert [(p.key, p.round, p.offeror) for p in session.plays] == [
        ("accueil", 0, ""),
        ("demande", 1, "Inès"),
        ("aide", 1, "Inès"),
        ("demande#2", 2, "Marc"),
        ("aide#2", 2, "Marc"),
        ("bilan", 0, ""),
    ]
    assert session.offerors == ("Inès", "Marc")


def test_the_offeror_asks_first_and_in_a_pair_who_leads_asks_too() -> None:
    assert Live(pair(), *seats("Awa", "Jean", "Inès")).session.offerors == ("Awa", "Jean", "Inès")


def test_in_a_led_group_who_leads_does_not_ask() -> None:
    led = replace(pair(), group_size=GroupSize(4, 8))
    assert Live(led, *GROUP).session.offerors == ("Awa", "Inès", "Marc", "Léa")


def test_in_each_one_s_steps_the_others_contribute() -> None:
    live = Live(pair(), *seats("Inès", "", "Marc"))
    live.next(0.0)
    session = live.next(1.0)
    assert {p.name: session.role_of(p) for p in session.people} == {"Inès": "offeror", "Marc": "contributor"}
    live.next(2.0)
    session = live.next(3.0)
    assert session.offeror == "Marc"
    assert {p.name: session.role_of(p) for p in session.people} == {"Inès": "contributor", "Marc": "offeror"}


def test_who_comes_late_asks_last_before_the_end_together() -> None:
    live = Live(pair(), *seats("", "", "Inès", "Marc"))
    live.next(0.0)
    session = live.then(e.Arrived(at=1.0, name="Léa"))
    assert keys(session)[-4:] == ["aide#2", "demande#3", "aide#3", "bilan"]
    assert session.offerors == ("Inès", "Marc", "Léa")


def test_who_comes_where_nobody_was_foreseen_asks_first() -> None:
    live = Live(pair())
    live.then(e.Arrived(at=1.0, name="Inès"), e.Arrived(at=2.0, name="Marc"))
    session = live.session
    assert session.offerors == ("Inès", "Marc")
    assert len(session.plays) == 6


def test_the_steps_of_somebody_who_leaves_are_skipped_and_come_back_with_them() -> None:
    live = Live(pair(), *seats("", "", "Inès", "Marc"))
    live.next(0.0)
    session = live.then(e.Gone(at=1.0, name="Marc"))
    assert [p.key for p in session.to_come] == ["demande", "aide", "bilan"]
    session = live.then(e.Arrived(at=2.0, name="Marc"))
    assert [p.key for p in session.to_come] == ["demande", "aide", "demande#2", "aide#2", "bilan"]


def test_the_step_in_progress_stays_when_its_offeror_leaves() -> None:
    live = Live(pair(), *seats("", "", "Inès", "Marc"))
    live.next(0.0)
    live.next(1.0)
    session = live.then(e.Gone(at=2.0, name="Inès"))
    assert session.current == "demande"
    assert [p.key for p in session.to_come] == ["demande#2", "aide#2", "bilan"]


@any_session
@given(some.openings())
def test_for_any_kit_each_offeror_plays_each_step_that_repeats_once(opened: e.Opened) -> None:
    session = beginning.opened(opened)
    once = [s.id for s in opened.kit.steps if s.repeat == "once"]
    again = [s.id for s in opened.kit.steps if s.repeat == "offeror"]
    assert [p.step for p in session.plays if not p.round] == once
    for number, name in enumerate(session.offerors if again else (), 1):
        mine = [p for p in session.plays if p.round == number]
        assert [p.step for p in mine] == again
        assert {p.offeror for p in mine} == {name}
    positions = [opened.kit.steps.index(session.step_of(p)) for p in session.plays]
    firsts = [position for position, p in zip(positions, session.plays, strict=True) if p.round <= 1]
    assert firsts == sorted(firsts)


# -- people


def test_somebody_expected_is_present_once_arrived() -> None:
    live = Live(four_steps(), *GROUP, e.Seat("Paul", present=False))
    assert [p.name for p in live.session.present] == ["Awa", "Jean", "Inès", "Marc", "Léa"]
    session = live.then(e.Arrived(at=1.0, name="Paul"))
    assert "Paul" in [p.name for p in session.present]
    assert len(session.people) == 6


def test_somebody_who_leaves_stays_known_to_have_been_there() -> None:
    live = Live(four_steps(), *GROUP)
    session = live.then(e.Gone(at=1.0, name="Marc"))
    marc = session.person("Marc")
    assert marc is not None
    assert marc.presence == "left"
    assert "Marc" not in [p.name for p in session.present]


def test_facilitation_is_handed_over_and_who_led_contributes() -> None:
    tours = kit(step("tour", 10, turns="round"), step("encore", 10, turns="round"))
    live = Live(tours, *GROUP)
    live.next(0.0)
    session = live.then(e.RoleGiven(at=1.0, name="Marc", role="facilitator"))
    assert session.facilitator == "Marc"
    assert roles(session) == {
        "Awa": "offeror",
        "Jean": "contributor",
        "Inès": "contributor",
        "Marc": "facilitator",
        "Léa": "contributor",
    }
    assert set(live.next(2.0).turn.order) == {"Jean", "Inès", "Léa"}


def test_a_role_given_to_nobody_known_leaves_the_roles_as_they_are() -> None:
    live = Live(four_steps(), *GROUP)
    before = live.session
    assert live.then(e.RoleGiven(at=1.0, name="Paul", role="facilitator")) == before


# -- topics and ideas


def topics(most: int = 1) -> Kit:
    return kit(
        step("tour", 10, card=Card("list", "topics")),
        step("choix", 5, card=Card("pick", "topics", from_="topics", max=most)),
        step("aide", 20, card=Card("list", "contributions")),
    )


def with_topics(most: int = 1) -> Live:
    live = Live(topics(most), *GROUP)
    live.next(0.0)
    for item, by in (("i1", "Inès"), ("i2", "Marc"), ("i3", "Jean")):
        live.then(e.Written(at=1.0, item=item, section="topics", text=f"sujet de {by}", by=by))
    return live


def test_who_brought_the_chosen_topic_becomes_the_offeror() -> None:
    live = with_topics()
    session = live.then(gestures.choose_topic(live.session, 2.0, "i1"))
    assert session.offeror == "Inès"
    assert roles(session)["Awa"] == "contributor"
    assert session.facilitator == "Jean"


def test_where_one_topic_is_chosen_another_choice_replaces_it() -> None:
    live = with_topics()
    live.then(gestures.choose_topic(live.session, 2.0, "i1"))
    session = live.then(gestures.choose_topic(live.session, 3.0, "i2"))
    assert [i.id for i in session.items if i.chosen] == ["i2"]
    assert session.offeror == "Marc"
    assert live.undo(4.0).offeror == "Inès"


def test_where_several_topics_may_be_chosen_all_stay() -> None:
    live = with_topics(most=2)
    live.then(gestures.choose_topic(live.session, 2.0, "i1"))
    session = live.then(gestures.choose_topic(live.session, 3.0, "i2"))
    assert [i.id for i in session.items if i.chosen] == ["i1", "i2"]


def test_a_chosen_topic_can_be_let_go() -> None:
    live = with_topics()
    live.then(gestures.choose_topic(live.session, 2.0, "i1"))
    session = live.then(gestures.choose_topic(live.session, 3.0, "i1"))
    assert not any(i.chosen for i in session.items)


def test_a_topic_of_who_leads_leaves_the_roles_as_they_are() -> None:
    live = with_topics()
    before = roles(live.session)
    assert roles(live.then(gestures.choose_topic(live.session, 2.0, "i3"))) == before


def test_an_idea_kept_names_its_sources_and_is_let_go_by_the_same_gesture() -> None:
    live = Live(topics(), *GROUP)
    live.next(0.0)
    live.then(e.Written(at=1.0, item="i1", section="contributions", text="le marché", by="Inès", kind="idea"))
    session = live.then(gestures.keep_idea(live.session, 2.0, "i1", "i2"))
    kept = session.in_section("ideas")
    assert [(i.text, gestures.authors(session, i.sources)) for i in kept] == [("le marché", ("Inès",))]
    session = live.then(gestures.keep_idea(session, 3.0, "i1", "i3"))
    assert session.in_section("ideas") == ()
    assert session.item("i1") is not None


def test_an_action_outlives_the_idea_that_it_came_from() -> None:
    live = Live(topics(), *GROUP)
    live.then(
        e.Kept(at=1.0, idea="i1", text="le marché"),
        e.Planned(at=2.0, action="a1", what="Appeler", idea="i1"),
    )
    session = live.then(e.Removed(at=3.0, item="i1"))
    assert [(a.what, a.idea) for a in session.actions] == [("Appeler", "")]


def test_what_was_parked_comes_back_as_a_contribution_of_the_step_in_progress() -> None:
    live = Live(topics(), *GROUP)
    live.next(0.0)
    live.then(e.Written(at=1.0, item="i1", section="parking", text="le marché", by="Inès"))
    live.next(2.0)
    session = live.then(e.Unparked(at=3.0, item="i1"))
    assert [(i.section, i.kind, i.play, i.by) for i in session.items] == [("contributions", "idea", "choix", "Inès")]


def test_votes_never_go_below_none() -> None:
    live = with_topics()
    session = live.then(e.Voted(at=2.0, item="i1"), e.Voted(at=2.0, item="i1", votes=-3))
    assert session.items[0].votes == 0


@any_session
@given(some.histories())
def test_for_any_session_a_new_entry_has_an_id_of_its_own(history: list[e.Event]) -> None:
    session = fold.fold(history)
    assert session.item(f"i{len(history) + 1}") is None
