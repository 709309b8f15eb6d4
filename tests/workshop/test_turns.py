"""Who speaks: rounds, passes, free talk, people who come and go."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.workshop.strategies import NAMES, Live, kit, seats, step

from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold, gestures
from entraide_tui.workshop.state import Session, Turn

if TYPE_CHECKING:
    from entraide_tui.kits.model import Role

GROUP = seats("Awa", "Jean", "Inès", "Marc", "Léa")


def in_a_round(people: tuple[e.Seat, ...] = GROUP) -> Live:
    """A session in the first step, which goes round."""
    live = Live(kit(step("tour", 10, turns="round"), step("encore", 10, turns="round"), step("libre", 10)), *people)
    live.next(0.0)
    return live


def in_free_talk() -> Live:
    live = Live(kit(step("libre", 10)), *GROUP)
    live.next(0.0)
    return live


def spoke(live: Live) -> str:
    """Who speaks; then the turn goes on."""
    speaker = live.session.turn.speaker
    live.then(gestures.next_speaker(live.session, 1.0))
    return speaker


def passed(live: Live) -> str:
    speaker = live.session.turn.speaker
    live.then(gestures.pass_turn(live.session, 1.0))
    return speaker


def the_rest(live: Live) -> list[str]:
    """Who still speaks until the round is complete."""
    return [spoke(live) for _ in range(20) if not live.session.turn.complete]


def test_a_round_goes_through_the_contributors_in_the_order_of_the_table() -> None:
    live = in_a_round()
    assert live.session.turn.following == ("Marc", "Léa")
    assert the_rest(live) == ["Inès", "Marc", "Léa"]
    assert live.session.turn.complete
    assert live.session.turn.speaker == ""
    assert gestures.next_speaker(live.session, 2.0) is None
    assert gestures.pass_turn(live.session, 2.0) is None


def test_another_person_begins_the_next_round() -> None:
    live = in_a_round()
    live.next(600.0)
    assert the_rest(live) == ["Marc", "Léa", "Inès"]


@pytest.mark.parametrize(
    ("speaks", "order"),
    [
        (("contributor", "offeror"), ("Inès", "Marc", "Léa")),
        (("contributor", "offeror", "facilitator"), ("Inès", "Marc", "Léa", "Jean", "Awa")),
        (("offeror",), ("Awa",)),
        ((), ()),
    ],
)
def test_a_round_goes_through_those_whom_the_step_wants_to_hear(
    speaks: tuple[str, ...], order: tuple[str, ...]
) -> None:
    live = Live(kit(step("tour", 10, turns="round", speaks=speaks)), *GROUP)
    assert live.next(0.0).turn.order == order


def test_who_passes_is_asked_again_at_the_end() -> None:
    live = in_a_round()
    assert passed(live) == "Inès"
    assert live.session.turn.following == ("Léa", "Inès")
    assert the_rest(live) == ["Marc", "Léa", "Inès"]


def test_those_who_pass_are_asked_again_in_their_order() -> None:
    live = in_a_round()
    assert [passed(live), spoke(live), passed(live)] == ["Inès", "Marc", "Léa"]
    assert the_rest(live) == ["Inès", "Léa"]


def test_who_passes_twice_is_not_asked_a_third_time() -> None:
    live = in_a_round()
    assert [passed(live) for _ in range(6)] == ["Inès", "Marc", "Léa", "Inès", "Marc", "Léa"]
    assert live.session.turn.complete


def test_a_second_round_goes_in_the_opposite_order() -> None:
    live = in_a_round()
    the_rest(live)
    session = live.then(gestures.second_round(live.session, 3.0))
    assert session.turn.round == 2
    assert the_rest(live) == ["Léa", "Marc", "Inès"]


def test_in_a_second_round_nobody_is_asked_twice_for_having_passed_before() -> None:
    live = in_a_round()
    passed(live)
    the_rest(live)
    live.then(gestures.second_round(live.session, 3.0))
    assert the_rest(live) == ["Inès", "Léa", "Marc"]


def test_in_free_talk_nobody_is_named_first_and_the_turn_begins_again_at_the_end() -> None:
    live = in_free_talk()
    assert [spoke(live) for _ in range(6)] == ["", "Inès", "Marc", "Léa", "Inès", "Marc"]
    assert not live.session.turn.complete


def test_in_free_talk_a_pass_only_goes_on() -> None:
    live = in_free_talk()
    spoke(live)
    assert [passed(live) for _ in range(4)] == ["Inès", "Marc", "Léa", "Inès"]


def test_a_step_where_one_person_speaks_names_them_at_once() -> None:
    live = Live(kit(step("demande", 10, speaks=("offeror",))), *GROUP)
    assert live.next(0.0).turn.speaker == "Awa"


def test_in_silence_nobody_has_the_turn() -> None:
    live = Live(kit(step("silence", 10, turns="silent")), *GROUP)
    assert live.next(0.0).turn == Turn()
    assert gestures.next_speaker(live.session, 1.0) is None
    assert gestures.second_round(live.session, 1.0) is None


def test_a_chosen_speaker_who_was_to_come_speaks_now_and_only_now() -> None:
    live = in_a_round()
    live.then(e.SpeakerChosen(at=1.0, name="Léa"))
    assert the_rest(live) == ["Léa", "Inès", "Marc"]


def test_a_chosen_speaker_who_has_spoken_does_not_make_the_others_speak_again() -> None:
    live = in_a_round()
    assert [spoke(live), spoke(live)] == ["Inès", "Marc"]
    live.then(e.SpeakerChosen(at=1.0, name="Inès"))
    assert the_rest(live) == ["Inès", "Léa"]


def test_after_a_complete_round_somebody_can_have_a_last_word() -> None:
    live = in_a_round()
    the_rest(live)
    live.then(e.SpeakerChosen(at=1.0, name="Inès"))
    assert the_rest(live) == ["Inès"]


def test_a_chosen_speaker_who_had_passed_is_not_asked_again() -> None:
    live = in_a_round()
    assert [passed(live), spoke(live)] == ["Inès", "Marc"]
    live.then(e.SpeakerChosen(at=1.0, name="Inès"))
    assert the_rest(live) == ["Inès", "Léa"]


def test_the_offeror_can_be_given_the_floor_in_a_round_of_contributors() -> None:
    live = in_a_round()
    spoke(live)
    live.then(e.SpeakerChosen(at=1.0, name="Awa"))
    assert the_rest(live) == ["Awa", "Marc", "Léa"]


def test_choosing_who_already_speaks_changes_nothing() -> None:
    live = in_a_round()
    before = live.session
    assert live.then(e.SpeakerChosen(at=1.0, name="Inès")) == before


def test_in_free_talk_the_talk_goes_on_from_the_chosen_speaker() -> None:
    live = in_free_talk()
    live.then(e.SpeakerChosen(at=1.0, name="Léa"))
    assert [spoke(live), spoke(live)] == ["Léa", "Inès"]


@pytest.mark.parametrize("name", ["Paul", ""])
def test_somebody_who_is_not_there_cannot_be_given_the_floor(name: str) -> None:
    live = in_a_round()
    before = live.session
    assert live.then(e.SpeakerChosen(at=1.0, name=name)) == before


def test_when_the_speaker_leaves_the_turn_goes_to_the_next() -> None:
    live = in_a_round()
    live.then(e.Gone(at=1.0, name="Inès"))
    assert the_rest(live) == ["Marc", "Léa"]


def test_when_somebody_who_has_spoken_leaves_the_speaker_keeps_the_turn() -> None:
    live = in_a_round()
    spoke(live)
    live.then(e.Gone(at=1.0, name="Inès"))
    assert the_rest(live) == ["Marc", "Léa"]


def test_when_the_last_speaker_leaves_those_who_passed_are_still_asked() -> None:
    live = in_a_round()
    assert [passed(live), spoke(live)] == ["Inès", "Marc"]
    session = live.then(e.Gone(at=1.0, name="Léa"))
    assert not session.turn.complete
    assert the_rest(live) == ["Inès"]


def test_somebody_who_passed_and_left_is_not_asked_again() -> None:
    live = in_a_round()
    passed(live)
    live.then(e.Gone(at=1.0, name="Inès"))
    assert the_rest(live) == ["Marc", "Léa"]


def test_when_the_last_of_the_free_talk_leaves_nobody_is_left_out() -> None:
    live = in_free_talk()
    live.then(e.SpeakerChosen(at=1.0, name="Léa"), e.Gone(at=1.0, name="Léa"))
    assert [spoke(live) for _ in range(3)] == ["Inès", "Marc", "Inès"]


def test_when_all_have_left_nobody_has_the_turn_and_who_comes_back_gets_it() -> None:
    live = in_a_round()
    session = live.then(*(e.Gone(at=1.0, name=n) for n in ("Inès", "Marc", "Léa")))
    assert (session.turn.order, session.turn.speaker) == ((), "")
    live.then(e.Arrived(at=2.0, name="Marc"))
    assert the_rest(live) == ["Marc"]


def test_who_comes_late_speaks_at_the_end_of_the_round() -> None:
    live = in_a_round()
    spoke(live)
    live.then(e.Arrived(at=1.0, name="Paul"))
    assert the_rest(live) == ["Marc", "Léa", "Paul"]


def test_who_is_not_there_yet_is_not_asked() -> None:
    live = in_a_round((*GROUP, e.Seat("Paul", present=False)))
    assert the_rest(live) == ["Inès", "Marc", "Léa"]


# -- roles that change, steps that are opened again


def given_to(live: Live, name: str, role: Role) -> Session:
    return live.then(gestures.give_role(live.session, 1.0, name, role))


def test_who_brings_the_request_from_now_on_is_not_asked_and_who_brought_it_is() -> None:
    live = in_a_round()
    spoke(live)
    given_to(live, "Léa", "offeror")
    assert the_rest(live) == ["Marc", "Awa"]


def test_who_leads_from_now_on_is_not_asked_and_who_led_is() -> None:
    live = in_a_round()
    given_to(live, "Inès", "facilitator")
    assert the_rest(live) == ["Marc", "Léa", "Jean"]


def test_after_a_complete_round_who_brought_the_request_is_still_asked() -> None:
    live = in_a_round()
    the_rest(live)
    given_to(live, "Léa", "offeror")
    assert the_rest(live) == ["Awa"]


def test_a_step_of_one_role_goes_on_with_whoever_has_it_now() -> None:
    live = Live(kit(step("demande", 10, speaks=("offeror",))), *GROUP)
    live.next(0.0)
    assert given_to(live, "Léa", "offeror").turn.speaker == "Léa"
    alone = Live(kit(step("demande", 10, speaks=("offeror",))), *seats("", "Jean", "Inès"))
    assert alone.next(0.0).turn.speaker == ""
    assert given_to(alone, "Inès", "offeror").turn.speaker == "Inès"


def test_who_was_given_the_floor_keeps_it_when_others_change_roles() -> None:
    live = in_a_round()
    live.then(e.SpeakerChosen(at=1.0, name="Awa"))
    given_to(live, "Léa", "facilitator")
    assert the_rest(live) == ["Awa", "Inès", "Marc", "Jean"]


def test_a_topic_that_is_chosen_later_changes_who_is_asked() -> None:
    live = in_a_round()
    for name in ("Awa", "Léa"):
        live.then(e.Written(at=0.5, item=name, section="topics", text="…", by=name))
    chosen = live.then(gestures.choose_topic(live.session, 1.0, "Léa"))
    assert chosen.turn.order == ("Inès", "Marc", "Awa")
    let_go = live.then(gestures.choose_topic(chosen, 2.0, "Léa"))
    assert let_go.turn.order == ("Inès", "Marc", "Awa", "Léa")


def test_a_step_that_is_opened_again_goes_on_with_whoever_was_to_speak() -> None:
    live = in_a_round()
    assert [passed(live), spoke(live)] == ["Inès", "Marc"]
    before = live.session.turn
    live.next(2.0)
    live.then(gestures.back(live.session, 3.0))
    assert live.session.turn == before
    assert the_rest(live) == ["Léa", "Inès"]
    live.next(4.0)
    assert the_rest(live) == ["Marc", "Léa", "Inès"]


def test_a_step_that_is_opened_again_knows_who_came_left_or_changed_roles_meanwhile() -> None:
    live = in_a_round()
    spoke(live)
    live.next(2.0)
    live.then(e.Gone(at=2.0, name="Marc"), e.Arrived(at=2.0, name="Paul"))
    given_to(live, "Léa", "offeror")
    live.then(gestures.back(live.session, 3.0))
    assert the_rest(live) == ["Paul", "Awa"]


def test_the_offeror_closes_a_round_where_the_kit_says_so() -> None:
    wanted = ("contributor", "facilitator", "offeror")
    live = Live(kit(step("tour", 10, turns="round"), step("dire", 10, turns="round", speaks=wanted)), *GROUP)
    live.next(0.0)
    live.next(600.0)
    assert the_rest(live) == ["Marc", "Léa", "Jean", "Inès", "Awa"]


def turn_is_sound(session: Session) -> None:
    """Whoever has the turn or waits for it is there, and the place is one of the order."""
    turn = session.turn
    present = {p.name for p in session.present}
    assert set(turn.order) | set(turn.passed) <= present
    assert -1 <= turn.place <= len(turn.order)
    assert len(set(turn.passed)) == len(turn.passed)
    assert not (turn.complete and turn.passed)


@examples(50)
@given(
    st.integers(1, 5),
    st.lists(st.tuples(st.sampled_from(("speak", "speak", "pass", "choose", "leave", "come")), st.integers(0, 6))),
)
def test_whatever_happens_in_a_round_nobody_is_lost_and_nobody_is_asked_twice(
    size: int, sequence: list[tuple[str, int]]
) -> None:
    session = in_a_round(tuple(e.Seat(name) for name in NAMES[:size])).session
    asked: Counter[str] = Counter()
    passes: Counter[str] = Counter()
    chosen: Counter[str] = Counter()
    came_again: set[str] = set()
    for what, number in (*sequence, *[("speak", 0)] * 40):
        name = NAMES[number % len(NAMES)]
        event: e.Event | None
        speaker = session.turn.speaker
        match what:
            case "speak":
                event = gestures.next_speaker(session, 1.0)
                asked[speaker] += event is not None
            case "pass":
                event = gestures.pass_turn(session, 1.0)
                asked[speaker] += event is not None
                passes[speaker] += event is not None
            case "choose":
                event = e.SpeakerChosen(at=1.0, name=name)
                chosen[name] += 1
            case "leave":
                event = e.Gone(at=1.0, name=name)
            case _:
                known = session.person(name)
                if known is not None and known.presence == "left":
                    came_again.add(name)
                event = e.Arrived(at=1.0, name=name)
        session = session if event is None else fold.apply(session, event)
        turn_is_sound(session)
    assert session.turn.complete or not session.turn.order
    for person in session.present:
        assert asked[person.name] >= 1
        if person.name not in came_again:
            # Once, and again only for having passed or for having been chosen.
            assert asked[person.name] <= 1 + min(1, passes[person.name]) + chosen[person.name]
