"""What a group's own sessions say about a kit: the minutes that would have been right, the steps that it goes without.

About the kit, never about persons: a step that was left out or took longer is what somebody saw that the group needed.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entraide_tui.archive import figures
from entraide_tui.archive.figures import ENOUGH, whole
from entraide_tui.common.text import fold
from entraide_tui.kits.loader import MOST_MINUTES
from entraide_tui.kits.model import Kit, Minutes
from entraide_tui.workshop.debrief import ON_TIME

if TYPE_CHECKING:
    from entraide_tui.archive.figures import KitFigures, StepFigures
    from entraide_tui.archive.model import Record

REASONS = 3
"""Reasons that are told, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step was left out, in somebody's words, and how often it was said."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class StepAdvice:
    """A step and what the sessions say about it.

    Attributes:
        foreseen: the kit's minutes today; None: a step without a countdown, or the kit is not there any more.
        proposed: the quartiles of what it took, in whole minutes, the kit's own min where that is less: a step may
            still be shortened as far. None: what is foreseen fits, or too few did it.
        words: the same in a sentence, and how often it was left out; empty where there is nothing to say.
        reasons: why it was left out, where it mostly is.
    """

    figures: StepFigures
    foreseen: Minutes | None = None
    proposed: Minutes | None = None
    words: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def mostly_left_out(self) -> bool:
        """Whether half of the sessions or more went without it."""
        return self.figures.times >= ENOUGH and self.figures.skipped * 2 >= self.figures.times


@dataclass(frozen=True, slots=True)
class KitAdvice:
    """A kit and what the sessions say about it.

    Attributes:
        sessions: in how many it was played.
        timed: of how many is known when they should have ended; `late`: how many of them ended later.
        over: by how many minutes these usually did; 0: none did.
    """

    kit: str
    title: str
    sessions: int = 0
    timed: int = 0
    late: int = 0
    over: float = 0
    steps: tuple[StepAdvice, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there are sessions enough to suggest anything."""
        return self.sessions >= ENOUGH


def suggest(records: Iterable[Record], kits: Mapping[str, Kit]) -> tuple[KitAdvice, ...]:
    """The advice for each kit that was played, the most played first.

    Args:
        kits: by id, those that are there today: what they foresee is what is compared.
    """
    own: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda r: (r.date, r.id)):
        if record.kit and record.kit.id:
            own.setdefault(record.kit.id, []).append(record)
    found = [
        _kit(held, figures.in_sessions(of_kit), kits.get(kit))
        for kit, of_kit in own.items()
        for held in figures.of(of_kit).kits
    ]
    return tuple(sorted(found, key=lambda k: (-k.sessions, k.kit)))


def _kit(held: KitFigures, sessions: Sequence[Sequence[Record]], kit: Kit | None) -> KitAdvice:
    overruns = [over for session in sessions if kit and (over := _over(session, kit)) is not None]
    late = [over for over in overruns if over > ON_TIME]
    steps = held.steps
    if kit:  # those that it has today, in their order
        by_id = {step.step: step for step in steps}
        steps = tuple(by_id[s.id] for s in kit.steps if s.id in by_id)
    enough = held.sessions >= ENOUGH
    return KitAdvice(
        kit=held.kit,
        title=held.title,
        sessions=held.sessions,
        timed=len(overruns),
        late=len(late),
        over=statistics.median(late) / 60 if late else 0,
        steps=tuple(_step(step, sessions, kit, enough=enough) for step in steps),
    )


def _over(session: Sequence[Record], kit: Kit) -> float | None:
    """Seconds that a session took longer than the kit foresaw on that day. None where that is not known."""
    start, end = session[0].start, session[0].end
    played: Counter[tuple[str, int, int, str]] = Counter()
    for record in session:  # what was everybody's stands in each record of the session
        played |= Counter((s.id, s.planned, s.actual, s.outcome) for s in record.steps)
    if start is None or end is None or not played:
        return None
    without_countdown = {s.id for s in kit.steps if s.minutes is None}
    foreseen = sum(
        (planned or (actual if step in without_countdown else 0)) * times
        for (step, planned, actual, _outcome), times in played.items()
    )
    return (end - start).total_seconds() - foreseen


def _step(step: StepFigures, sessions: Sequence[Sequence[Record]], kit: Kit | None, *, enough: bool) -> StepAdvice:
    own = kit.step(step.step) if kit else None
    foreseen = own.minutes if own else None
    if own:  # what is compared is the kit of today, not the one of then
        step = replace(step, planned=foreseen.usual if foreseen else 0)
    if not enough:
        return StepAdvice(step, foreseen)
    proposed = _proposed(step, foreseen) if figures.suggestion(replace(step, skipped=0)) else None
    advice = StepAdvice(step, foreseen, proposed, figures.suggestion(step))
    return replace(advice, reasons=_reasons(step.step, sessions)) if advice.mostly_left_out else advice


def _proposed(step: StepFigures, foreseen: Minutes | None) -> Minutes:
    low, usual, high = (min(whole(minutes), MOST_MINUTES) for minutes in (step.low, step.usual, step.high))
    return Minutes(min(low, foreseen.min) if foreseen else low, max(1, usual), max(1, high))


def _reasons(step: str, sessions: Sequence[Sequence[Record]]) -> tuple[Reason, ...]:
    """Why it was left out; however it is spelt, once for each session."""
    times: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for session in sessions:
        said = {
            fold(text): text
            for record in session
            for s in record.steps
            if s.id == step and s.outcome == "skipped" and (text := " ".join(s.reason.split()))
        }
        times.update(said.keys())
        spelt.update(said)
    ordered = sorted(times, key=lambda folded: (-times[folded], folded))
    return tuple(Reason(spelt[folded], times[folded]) for folded in ordered[:REASONS])
