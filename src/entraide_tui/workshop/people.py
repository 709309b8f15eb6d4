"""Arrivals, departures and changes of role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop import roles, turns
from entraide_tui.workshop.opening import plays_of
from entraide_tui.workshop.state import Person

if TYPE_CHECKING:
    from entraide_tui.workshop.state import Session


def changed(state: Session, event: e.Arrived | e.Gone | e.RoleGiven) -> Session:
    """Apply an arrival, a departure or a change of role; the order of speakers follows."""
    return turns.adapted(state, _changed(state, event))


def _changed(state: Session, event: e.Arrived | e.Gone | e.RoleGiven) -> Session:
    person = state.person(event.name)
    match event:
        case e.Arrived():
            if person is None:
                state = replace(state, people=(*state.people, Person(event.name, event.role)))
            else:
                state = with_person(state, person.name, presence="present")
                if person.presence == "left":
                    state = _asks_again(state, person.name)
            return _seated(state, event.name)
        case e.Gone():
            if person is None:
                return state
            state = with_person(state, person.name, presence="left")
            plays = tuple(
                replace(p, outcome="skipped")
                if p.round and p.offeror == person.name and p.outcome == "to come" and p.key != state.current
                else p
                for p in state.plays
            )
            return replace(state, plays=plays)
        case e.RoleGiven():
            if person is None:
                return state
            return replace(state, people=roles.given(state.people, person.name, event.role))


def _asks_again(state: Session, name: str) -> Session:
    """Bring back the steps of somebody who returns, which were skipped when they left."""
    ahead = {p.key for p in state.plays[state.place + 1 :] if p.round and p.offeror == name}
    return replace(
        state,
        plays=tuple(
            replace(p, outcome="to come") if p.key in ahead and p.outcome == "skipped" and not p.reason else p
            for p in state.plays
        ),
    )


def _seated(state: Session, name: str) -> Session:
    """Add a latecomer as the last to ask, in a kit where everybody does."""
    person = state.person(name)
    if person is None:
        return state
    asks = state.kit.repeats and (person.role != "facilitator" or not state.kit.led)
    if asks and "" in state.offerors and name not in state.offerors:
        # Nobody was there at the opening: the first to arrive asks in the steps without an offeror.
        waiting = tuple(replace(p, offeror=name) if p.round and not p.offeror else p for p in state.plays)
        state = replace(state, plays=waiting)
    if asks and name not in state.offerors:
        repeating = [s.id for s in state.kit.steps if s.repeat == "offeror"]
        rounds = max((p.round for p in state.plays), default=0)
        new = [
            replace(p, key=f"{p.step}#{rounds + 1}", round=rounds + 1)
            for p in plays_of(state.kit, repeating, [name], state.language)
        ]
        last = max((i for i, p in enumerate(state.plays) if p.round), default=len(state.plays) - 1)
        state = replace(state, plays=(*state.plays[: last + 1], *new, *state.plays[last + 1 :]))
    return state


def with_person(state: Session, name: str, **changes: object) -> Session:
    return replace(
        state,
        people=tuple(replace(p, **changes) if p.name == name else p for p in state.people),  # type: ignore[arg-type]
    )
