"""All rules about time. Durations are in seconds, moments in seconds of session time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entraide_tui.workshop.state import Session, SessionStep

LAST_MINUTE = 60
LATE = 30
"""Seconds of predicted lateness below which nobody is alarmed."""
RESUMED = 600.0
"""Seconds after an interruption within which an end without any sign of the group shows that it had stopped before."""


def spent(session: Session, play: SessionStep, now: float) -> float:
    """The seconds that a step has taken up to now."""
    if play.key != session.current:
        return play.spent
    until = now if session.paused is None else session.paused
    return play.spent + max(0.0, until - session.since)


def left(session: Session, play: SessionStep, now: float) -> float | None:
    """The seconds left in a step, negative once it overruns; None without a countdown."""
    return None if play.budget is None else play.budget - spent(session, play, now)


def predicted_end(session: Session, now: float) -> float:
    """The moment when the workshop ends if all goes as planned from now on."""
    if session.finished is not None:
        return session.finished
    ahead = sum(max(0.0, left(session, p, now) or 0.0) for p in session.to_come)
    current = session.now_playing
    return now + ahead + (max(0.0, left(session, current, now) or 0.0) if current else 0.0)


def promised_end(session: Session, now: float) -> float:
    """The moment of the promised end; before the start, the predicted one if none was promised."""
    return session.promised if session.promised is not None else predicted_end(session, now)


def late_by(session: Session, now: float) -> float:
    """The seconds from the promised to the predicted end; negative: time to spare."""
    return predicted_end(session, now) - promised_end(session, now)


def is_late(session: Session, now: float) -> bool:
    """Return whether the end that is coming is later than the promised one, by the minutes that people are shown."""
    if session.promised is None or late_by(session, now) < LATE:
        return False
    return _minute(session.origin + predicted_end(session, now)) > _minute(session.origin + session.promised)


def proposed_end(session: Session, now: float) -> float:
    """Return the whole minute, in seconds since 1970, in which all would be over if it goes on as planned from now."""
    return math.ceil((session.origin + predicted_end(session, now)) / 60) * 60.0


def _minute(epoch: float) -> int:
    return math.floor(epoch / 60)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a beginning that is put back moves.

    Attributes:
        taken: the seconds that other steps lose to the current one, by key.
        start: the seconds by which the whole workshop began earlier.
    """

    taken: dict[str, float]
    start: float


def repair(session: Session, seconds: float) -> Repair:
    """Find which time changes if the beginning of the current step is put back by `seconds`.

    The time that it gains was counted for the step left last, then for those before it; by what they can't give, the
    whole workshop began earlier.
    """
    missing = max(0.0, seconds)
    taken: dict[str, float] = {}
    for key in (session.previous, *(p.key for p in reversed(session.plays[: max(0, session.place)]))):
        before = session.play(key)
        if before is None or key in (session.current, *taken):
            continue
        if given := min(missing, before.spent):
            taken[key] = given
            missing -= given
    return Repair(taken, missing)


def mark(session: Session, now: float) -> str:
    """The countdown of the current step: `last minute`, `over`, or empty."""
    play = session.now_playing
    remaining = left(session, play, now) if play else None
    if remaining is None:
        return ""
    if remaining <= 0:
        return "over"
    return "last minute" if remaining <= LAST_MINUTE else ""


def can_give(session: Session, play: SessionStep, now: float) -> int:
    """The seconds that a step to come can give without going below its `least`."""
    if play.budget is None or play.when_late == "keep":
        return 0
    return max(
        0,
        int(play.budget - max(play.least, play.spent if play.key != session.current else spent(session, play, now))),
    )


@dataclass(frozen=True, slots=True)
class Saving:
    """Where seconds can be saved.

    Attributes:
        taken: the seconds taken from each step, by key.
        missing: the seconds that could not be saved.
        drops: the steps that could be skipped to save them, in order, with the seconds that each frees.
        enough: whether skipping those would do.
    """

    taken: dict[str, int]
    missing: int
    drops: tuple[tuple[str, int], ...] = ()
    enough: bool = True


def save(session: Session, seconds: float, now: float, *, only: str = "", but: str = "") -> Saving:
    """Find where to save seconds in the steps to come.

    First in those that may be dropped, then in the others in proportion to what each can give; never below a step's
    `least`, never in a step to be kept.

    Args:
        only: the key of the only step to save in.
        but: the key of a step that gives nothing (the one being extended).
    """
    need = max(0, round(seconds))
    givers = [p for p in session.to_come if p.key != but and (not only or p.key == only)]
    taken: dict[str, int] = {}
    for optional in (True, False):
        rank = [p for p in givers if (p.when_late == "drop") is optional]
        taken |= share(need - sum(taken.values()), [(p.key, can_give(session, p, now)) for p in rank])
    missing = need - sum(taken.values())
    drops: list[tuple[str, int]] = []
    freed = 0
    if missing:
        for play in givers:
            rest = int(max(0, (play.budget or 0) - play.spent)) - taken.get(play.key, 0)
            if play.when_late == "drop" and rest > 0 and freed < missing:
                drops.append((play.key, rest))
                freed += rest
    return Saving(taken, missing, tuple(drops), freed >= missing)


def share(need: int, givers: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Split `need` in proportion to what each step can give, in whole seconds that add up exactly."""
    total = sum(can for _key, can in givers)
    need = min(need, total)
    if need <= 0:
        return {}
    parts = {key: need * can // total for key, can in givers}
    rest = need - sum(parts.values())
    for key, can in sorted(givers, key=lambda g: (-(need * g[1] % total), g[0])):
        if rest and parts[key] < can:
            parts[key] += 1
            rest -= 1
    return {key: part for key, part in parts.items() if part}


def keep_end(session: Session, now: float) -> Saving:
    """Find where to save the seconds by which the workshop is late; empty if it is not."""
    return save(session, max(0.0, late_by(session, now)), now)


def extension(session: Session, play: SessionStep, seconds: int, now: float) -> int:
    """The seconds that an extension adds to a step's budget; in a step that overran, it counts from now.

    Shortening never takes time that was already spent.
    """
    budget = play.budget or 0
    gone = math.ceil(spent(session, play, now))
    if seconds == 0:
        return 0
    if seconds > 0:
        return max(0, gone - budget) + seconds
    return -min(-seconds, max(0, budget - gone))


def ended(session: Session, at: float) -> float:
    """The moment when a workshop ended whose last step is closed at `at`.

    If the group stopped earlier, and since then steps were only closed in the program, it ended when the group stopped.
    """
    if session.stopped is None:
        return at
    since, until = session.stopped
    return since if at - until <= min(RESUMED, until - since) else at


@dataclass(frozen=True, slots=True)
class Slot:
    """A step in the timetable; moments in seconds of session time."""

    play: SessionStep
    begins: float
    ends: float


def timetable(session: Session, now: float) -> tuple[Slot, ...]:
    """When each step from the current one on begins and ends if all goes as planned."""
    moment = now
    out: list[Slot] = []
    current = session.now_playing
    plays: Iterable[SessionStep] = (current, *session.to_come) if current else session.to_come
    for play in plays:
        remaining = max(0.0, left(session, play, now) or 0.0)
        out.append(Slot(play, moment, moment + remaining))
        moment += remaining
    return tuple(out)
