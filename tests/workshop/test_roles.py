"""One person asks, one leads; everybody else takes part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.workshop.strategies import NAMES, ROLES, kit, opening, seats, step

from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold, roles
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
