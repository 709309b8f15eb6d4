"""One person asks, one leads; everybody else takes part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.workshop.strategies import NAMES, ROLES, Live, kit, opening, seats, step

from entraide_tui.kits.model import Card
from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold, gestures, roles
from entraide_tui.workshop.events import Seat


def test_the_first_of_the_names_leads_where_somebody_does() -> None:
    assert roles.with_names((), "Jean, Awa ; Inès,", led=True) == (
        Seat("Jean", "facilitator"), Seat("Awa"), Seat("Inès"),
    )  # fmt: skip
    assert roles.with_names((), "Jean, Awa", led=False) == (Seat("Jean"), Seat("Awa"))
    assert roles.with_names((Seat("Awa"),), "Jean", led=True) == (Seat("Awa"), Seat("Jean"))


def test_nobody_is_seated_twice() -> None:
    assert roles.with_names((Seat("Inès"),), "INES, Awa, awa", led=False) == (Seat("Inès"), Seat("Awa"))


def test_a_key_goes_through_the_roles_that_are_free() -> None:
    group: tuple[Seat, ...] = (Seat("Jean", "facilitator"), Seat("Awa"), Seat("Inès"))
    group = roles.with_next_role(group, 1)
    assert group[1].role == "offeror"
    assert roles.with_next_role(group, 2) == group
    assert roles.with_next_role(group, 1)[1].role == "contributor"
    assert roles.with_next_role(roles.with_next_role(group, 0), 0) == group


def test_of_two_who_lead_by_mistake_one_can_be_made_a_contributor() -> None:
    group = (Seat("Jean", "facilitator"), Seat("Awa", "facilitator"))
    assert [s.role for s in roles.with_next_role(group, 1)] == ["facilitator", "contributor"]


@examples(30)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ROLES)), max_size=12))
def test_however_roles_are_given_in_a_workshop_each_is_for_one_alone(given_to: list[tuple[str, str]]) -> None:
    state = fold.fold([opening(kit(step("un", 5)), seats("Awa", "Jean", *NAMES[2:]))])
    for name, role in given_to:
        state = fold.apply(state, e.RoleGiven(at=0.0, name=name, role=role))  # type: ignore[arg-type]
        assert next(p.role for p in state.people if p.name == name) == role
    held = [p.role for p in state.people if p.role != "contributor"]
    assert len(held) == len(set(held))


# -- who asks, once a topic is chosen


def with_topics(*by: str, offeror: str = "", most: int = 1) -> Live:
    """A group that chooses among topics, each by one of these."""
    live = Live(
        kit(
            step("choix", 5, card=Card("pick", "topics", from_="topics", max=most)),
            step("demande", 5, speaks=("offeror",), card=Card("text", "request")),
        ),
        *seats(offeror, "Jean", "Inès", "Marc"),
    )
    live.next(0.0)
    for name in by:
        live.then(e.Written(at=1.0, item=f"topic of {name}", section="topics", text="…", by=name))
    return live


def choose(live: Live, name: str) -> str:
    """Choose somebody's topic, or no longer; return who brings the request."""
    return live.then(gestures.choose_topic(live.session, 2.0, f"topic of {name}")).offeror


def test_who_brought_a_topic_that_is_not_chosen_any_more_no_longer_brings_the_request() -> None:
    live = with_topics("Inès", "Marc", "Jean", "")
    assert choose(live, "Inès") == "Inès"
    assert choose(live, "Inès") == ""
    assert [choose(live, name) for name in ("Inès", "Marc", "Jean")] == ["Inès", "Marc", ""]
    assert live.session.facilitator == "Jean"
    assert [choose(live, name) for name in ("Inès", "")] == ["Inès", ""]


def test_where_several_topics_are_chosen_who_brought_another_of_them_goes_on_asking() -> None:
    live = with_topics("Inès", "Marc", "Jean", most=3)
    assert [choose(live, name) for name in ("Inès", "Marc", "Inès", "Jean")] == ["Inès", "Marc", "Marc", "Marc"]


def test_who_was_to_bring_the_request_from_the_opening_on_does_whoever_wrote_the_topic() -> None:
    live = with_topics("", offeror="Awa")
    assert [choose(live, ""), choose(live, "")] == ["Awa", "Awa"]


def test_it_is_told_that_nobody_asks_once_there_is_something_to_ask() -> None:
    live = with_topics("Jean", "Inès")
    assert not roles.nobody_asks(live.session)
    choose(live, "Jean")
    assert roles.nobody_asks(live.session)
    choose(live, "Inès")
    assert not roles.nobody_asks(live.session)
    choose(live, "Inès")
    assert not roles.nobody_asks(live.session)
    live.next(60.0)
    assert roles.nobody_asks(live.session)
    live.then(e.RoleGiven(at=61.0, name="Marc", role="offeror"))
    assert not roles.nobody_asks(live.session)
