"""Turns: a fixed order known to all; whoever passes is asked again at the end; nobody is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop.state import Turn

if TYPE_CHECKING:
    from entraide_tui.kits.model import Role
    from entraide_tui.workshop.state import Session


def begun(state: Session) -> Session:
    play = state.now_playing
    if play is None:
        return state
    step = state.step_of(play)
    names = speakers(state, step.speaks)
    if step.turns == "silent":
        return replace(state, turn=Turn())
    if step.turns == "free":
        return replace(state, turn=Turn(names, 0 if len(names) == 1 else -1, cyclic=True))
    # The same person does not begin each round.
    shift = state.rounds_begun % len(names) if names else 0
    return replace(
        state,
        turn=Turn((*names[shift:], *names[:shift]), 0 if names else -1),
        rounds_begun=state.rounds_begun + 1,
    )


def speakers(state: Session, speaks: tuple[Role, ...]) -> tuple[str, ...]:
    """The people in a round, in order: the contributors, or everybody who `speaks` if the facilitator does."""
    wanted: list[Role]
    if "facilitator" in speaks:
        wanted = [r for r in ("contributor", "facilitator", "offeror") if r in speaks]
    elif "contributor" in speaks:
        wanted = ["contributor"]
    else:
        wanted = list(speaks)
    return tuple(p.name for role in wanted for p in state.present if state.role_of(p) == role)


def turned(turn: Turn, event: e.Event) -> Turn:
    match event:
        case e.NextSpoke():
            return _on(turn, turn.passed)
        case e.Passed():
            if not turn.speaker or turn.cyclic:
                return _on(turn, turn.passed)
            # Whoever passes again at the end is not asked a third time.
            again = turn.speaker in turn.order[: turn.place]
            return _on(turn, turn.passed if again else (*turn.passed, turn.speaker))
        case e.SpeakerChosen(name=name):
            if name == turn.speaker:
                return turn
            if turn.cyclic and name in turn.order:
                return replace(turn, place=turn.order.index(name))
            # They speak before whoever was about to; those who have spoken are not asked again for that.
            here = max(0, turn.place)
            ahead = tuple(n for n in turn.order[here:] if n != name)
            passed = tuple(n for n in turn.passed if n != name)
            return replace(turn, order=(*turn.order[:here], name, *ahead), place=here, passed=passed)
        case e.RoundBegun():
            order = tuple(dict.fromkeys(reversed(turn.order)))
            return Turn(order, 0 if order else -1, round=turn.round + 1, cyclic=turn.cyclic)
        case _:
            return turn


def without(turn: Turn, name: str) -> Turn:
    """Remove somebody who leaves; if they were speaking, the next person speaks."""
    place = turn.place - turn.order[: max(0, turn.place)].count(name)
    order = tuple(n for n in turn.order if n != name)
    passed = tuple(n for n in turn.passed if n != name)
    if place >= len(order):
        if turn.cyclic:
            place = 0 if order else -1
        elif passed:
            return replace(turn, order=(*order, *passed), place=len(order), passed=())
    return replace(turn, order=order, place=place, passed=passed)


def _on(turn: Turn, passed: tuple[str, ...]) -> Turn:
    if not turn.order:
        return turn
    place = turn.place + 1
    if turn.cyclic:
        return replace(turn, place=place % len(turn.order))
    if place >= len(turn.order) and passed:
        return replace(turn, order=(*turn.order, *passed), place=len(turn.order), passed=())
    return replace(turn, place=min(place, len(turn.order)), passed=passed)
