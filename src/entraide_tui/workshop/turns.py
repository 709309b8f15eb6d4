"""Turns: a fixed order known to all; whoever passes is asked again at the end; nobody is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop.state import Turn

if TYPE_CHECKING:
    from entraide_tui.kits.model import Role
    from entraide_tui.workshop.state import Session


def left(state: Session) -> Session:
    """Keep the turn of the current step, for when it is opened again."""
    return replace(state, turns_left={**state.turns_left, state.current: state.turn}) if state.current else state


def begun(state: Session) -> Session:
    """Give the current step its turn: the one in which it was left, if it was opened before."""
    play = state.now_playing
    if play is None:
        return state
    if play.key in state.turns_left:
        return replace(state, turn=state.turns_left[play.key])
    step = state.step_of(play)
    names = speakers(state, step.speaks)
    if step.turns == "silent":
        return replace(state, turn=Turn())
    if step.turns == "free":
        return replace(state, turn=Turn(names, 0 if len(names) == 1 else -1, cyclic=True))
    # A different person begins each round.
    closing = tuple(n for n in names if n == state.offeror) if _offeror_closes(step.speaks) else ()
    others = tuple(n for n in names if n not in closing)
    shift = state.rounds_begun % len(others) if others else 0
    return replace(
        state,
        turn=Turn((*others[shift:], *others[:shift], *closing), 0 if names else -1),
        rounds_begun=state.rounds_begun + 1,
    )


def _offeror_closes(speaks: tuple[Role, ...]) -> bool:
    """Whether the offeror speaks last in a step, once everybody was heard."""
    return "facilitator" in speaks and speaks[-1] == "offeror"


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


def adapted(before: Session, after: Session) -> Session:
    """Add people to the order of each step, at the end, or remove them, as their presence or role changed.

    Whoever was given the turn without being in the order keeps it.
    """
    turn = _adapted(before, after, after.current, after.turn)
    turns_left = {key: _adapted(before, after, key, turn) for key, turn in after.turns_left.items()}
    return replace(after, turn=turn, turns_left=turns_left)


def _adapted(before: Session, after: Session, key: str, turn: Turn) -> Turn:
    play = after.play(key)
    if play is None or before.play(key) is None:
        return turn
    step = after.step_of(play)
    if step.turns == "silent":
        return turn
    old = speakers(replace(before, current=key), step.speaks)
    new = speakers(replace(after, current=key), step.speaks)
    for name in new:
        if name not in old and name not in turn.order:
            turn = _joined(turn, name)
    present = {p.name for p in after.present}
    for name in turn.order:
        if name not in new and (name in old or name not in present):
            turn = without(turn, name)
    return turn


def _joined(turn: Turn, name: str) -> Turn:
    order = (*turn.order, name)
    alone = len(order) == 1
    return replace(turn, order=order, place=0 if turn.place < 0 and (alone or not turn.cyclic) else turn.place)


def early_author(state: Session) -> str:
    """The likely author of an idea that comes too early: the speaker, unless that is the offeror, who explains."""
    play, name = state.now_playing, state.turn.speaker
    if play is not None and name == state.offeror and "contributor" not in state.step_of(play).speaks:
        return ""
    return name


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
