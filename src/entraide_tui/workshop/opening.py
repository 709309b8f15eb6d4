"""The opening of a session: turns a kit and a group into the steps to play."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from entraide_tui.kits.model import in_language
from entraide_tui.workshop.state import Person, Session, SessionStep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entraide_tui.kits.model import Kit
    from entraide_tui.workshop.events import Opened

LONGEST_STEP = 24 * 60.0
"""Minutes."""


def opened(event: Opened) -> Session:
    """The state after the opening."""
    people = tuple(Person(s.name, s.role, "present" if s.present else "expected") for s in event.people)
    kit = event.kit
    asking = askers(kit, people)
    plays: list[SessionStep] = []
    group: list[str] = []
    for step in kit.steps:
        if step.repeat == "once":
            plays += plays_of(kit, group, asking, event.language)
            group = []
            plays += plays_of(kit, [step.id], [""], event.language)
        else:
            group.append(step.id)
    plays += plays_of(kit, group, asking, event.language)
    hard = event.hard_end
    return Session(
        id=event.session,
        kit=kit,
        language=event.language,
        origin=event.origin,
        title=event.title,
        group=event.group,
        themes=event.themes,
        people=people,
        plays=tuple(plays),
        hard_end=hard,
        promised=None if hard is None else hard - event.origin,
    )


def askers(kit: Kit, people: Sequence[Person]) -> list[str]:
    """The people who ask in a kit where everybody does, the offeror first; with the lead only if not `kit.led`."""
    ranked = sorted(people, key=lambda p: p.role != "offeror")
    names = [p.name for p in ranked if p.presence == "present" and (p.role != "facilitator" or not kit.led)]
    return names or [""]


def plays_of(kit: Kit, steps: list[str], offerors: list[str], language: str) -> list[SessionStep]:
    out: list[SessionStep] = []
    for number, name in enumerate(offerors, 1):
        for step_id in steps:
            step = kit.step(step_id)
            if step is None:
                continue
            repeats = step.repeat == "offeror"
            usual = _seconds(step.minutes.usual, round) if step.minutes else None
            out.append(
                SessionStep(
                    key=f"{step_id}#{number}" if repeats and number > 1 else step_id,
                    step=step_id,
                    title=in_language(step.title, language),
                    round=number if repeats else 0,
                    offeror=name if repeats else "",
                    planned=usual,
                    budget=usual,
                    least=min(usual or 0, _seconds(step.minutes.min, math.ceil)) if step.minutes else 0,
                    when_late=step.when_late,
                )
            )
    return out


def _seconds(minutes: float, whole: Callable[[float], int]) -> int:
    """A kit comes from a journal as well, which nobody has checked."""
    return whole(max(0.0, min(minutes, LONGEST_STEP)) * 60)
