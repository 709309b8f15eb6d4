"""Advice on a kit from the group's own sessions: minutes that fit better, steps that are mostly left out.

It is about the kit, never about persons: whoever skipped or lengthened a step saw what the group needed.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entraide_tui.archive import figures
from entraide_tui.archive.figures import ENOUGH, whole_minutes
from entraide_tui.common.text import fold
from entraide_tui.kits.limits import MOST_MINUTES
from entraide_tui.kits.model import Kit, Minutes
from entraide_tui.workshop.debrief import ON_TIME

if TYPE_CHECKING:
    from entraide_tui.archive.figures import KitFigures, StepFigures
    from entraide_tui.archive.model import Record

REASONS = 3
"""The most reasons given for one step."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step was left out, as somebody put it, and in how many sessions."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class StepAdvice:
    """A step and the advice on it.

    Attributes:
        foreseen: the kit's minutes today; None: a step without a countdown, or the kit is gone.
        proposed: the quartiles of the actual times in whole minutes; the least is never above the kit's own. None:
            the kit's minutes fit, or too few sessions did the step.
        sentence: the advice in a sentence, with how often the step was left out; empty if there is none.
        reasons: why it was left out, if it mostly is.
    """

    figures: StepFigures
    foreseen: Minutes | None = None
    proposed: Minutes | None = None
    sentence: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def mostly_left_out(self) -> bool:
        """Whether half of the sessions or more left it out, and there are enough of them."""
        return self.figures.times >= ENOUGH and self.figures.skipped * 2 >= self.figures.times


@dataclass(frozen=True, slots=True)
class KitAdvice:
    """A kit and the advice on it.

    Attributes:
        sessions: the number of sessions that played it.
        timed: the number of sessions whose planned end is known.
        late: the number of those that ended late.
        over: the median of the minutes by which these were late; 0: none was.
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
        """Whether there are enough sessions to suggest anything."""
        return self.sessions >= ENOUGH


def suggest(records: Iterable[Record], kits: Mapping[str, Kit]) -> tuple[KitAdvice, ...]:
    """The advice for each kit that was played, the most played first.

    Args:
        kits: by id, as they are today: the sessions are compared with their minutes.
    """
    own: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda r: (r.date, r.id)):
        if record.kit and record.kit.id:
            own.setdefault(record.kit.id, []).append(record)
    advice = [
        _kit(kit_figures, figures.in_sessions(of_kit), kits.get(kit))
        for kit, of_kit in own.items()
        for kit_figures in figures.of(of_kit).kits
    ]
    return tuple(sorted(advice, key=lambda k: (-k.sessions, k.kit)))


def _kit(played: KitFigures, sessions: Sequence[Sequence[Record]], kit: Kit | None) -> KitAdvice:
    overruns = [over for session in sessions if kit and (over := _over(session, kit)) is not None]
    late = [over for over in overruns if over > ON_TIME]
    steps = played.steps
    if kit:  # only the steps that the kit has today, in its order
        by_id = {step.step: step for step in steps}
        steps = tuple(by_id[s.id] for s in kit.steps if s.id in by_id)
    enough = played.sessions >= ENOUGH
    return KitAdvice(
        kit=played.kit,
        title=played.title,
        sessions=played.sessions,
        timed=len(overruns),
        late=len(late),
        over=statistics.median(late) / 60 if late else 0,
        steps=tuple(_step(step, sessions, kit, enough=enough) for step in steps),
    )


def _over(session: Sequence[Record], kit: Kit) -> float | None:
    """Seconds that a session took beyond the kit's minutes of that day; None if unknown."""
    start, end = session[0].start, session[0].end
    played: Counter[tuple[str, int, int, str]] = Counter()
    for record in session:  # a step that everybody shares is in each record of the session
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
    if own:  # compare with the kit of today, not with that of the session
        step = replace(step, planned=foreseen.usual if foreseen else 0)
    if not enough:
        return StepAdvice(step, foreseen)
    proposed = _proposed(step, foreseen) if figures.suggestion(replace(step, skipped=0)) else None
    advice = StepAdvice(step, foreseen, proposed, figures.suggestion(step))
    return replace(advice, reasons=_reasons(step.step, sessions)) if advice.mostly_left_out else advice


def _proposed(step: StepFigures, foreseen: Minutes | None) -> Minutes:
    low, usual, high = (min(whole_minutes(minutes), MOST_MINUTES) for minutes in (step.low, step.usual, step.high))
    return Minutes(min(low, foreseen.min) if foreseen else low, max(1, usual), max(1, high))


def _reasons(step: str, sessions: Sequence[Sequence[Record]]) -> tuple[Reason, ...]:
    """The reasons why it was left out, most frequent first; a reason counts once in a session, however spelt."""
    times: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for session in sessions:
        reasons = {
            fold(text): text
            for record in session
            for s in record.steps
            if s.id == step and s.outcome == "skipped" and (text := " ".join(s.reason.split()))
        }
        times.update(reasons.keys())
        spelt.update(reasons)
    ordered = sorted(times, key=lambda folded: (-times[folded], folded))
    return tuple(Reason(spelt[folded], times[folded]) for folded in ordered[:REASONS])
