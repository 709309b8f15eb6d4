"""Gestures about time: extending and shortening steps, pausing, correcting a beginning, promising an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop import timing
from entraide_tui.workshop.gestures.steps import following

if TYPE_CHECKING:
    from entraide_tui.workshop.state import Session

SHORTEST_GAP = 5.0
"""Seconds of an interruption below which nothing is asked."""
LONGEST_REPAIR = 6 * 3600
"""The most seconds by which a beginning can be put back."""


def extend(
    session: Session, at: float, seconds: int, *, way: str = "later", source: str = "", play: str = ""
) -> e.Event | None:
    """Give a step more seconds, or fewer.

    Args:
        way: `later` (the end moves), `spread` (taken from the steps to come) or `step` (taken from `source`).
        source: the key of the step that gives the seconds.
        play: the key of the step to extend; empty: the current one.
    """
    target = session.play(play or session.current)
    if target is None or target.budget is None or not seconds:
        return None
    added = timing.extension(session, target, seconds, at)
    if not added:
        return None
    taken: dict[str, int] = {}
    if added > 0 and way != "later":
        price = price_of(session, at, seconds, play=target.key)
        only = source if way == "step" else ""
        taken = timing.save(session, price, at, only=only, but=target.key).taken
    return e.Extended(at=at, play=target.key, seconds=added, taken=taken)


def price_of(session: Session, at: float, seconds: int, *, play: str = "") -> float:
    """The seconds by which an extension would move the predicted end."""
    target = session.play(play or session.current)
    if target is None or target.budget is None:
        return 0.0
    if target.key != session.current and target not in session.to_come:
        return 0.0  # a past step has no part in the end
    added = timing.extension(session, target, seconds, at)
    before = max(0.0, timing.left(session, target, at) or 0.0)
    after = max(0.0, (timing.left(session, target, at) or 0.0) + added)
    return after - before


def keep_end(session: Session, at: float) -> e.Event | None:
    """Shorten the steps to come so as to end at the promised time."""
    saving = timing.keep_end(session, at)
    return e.EndKept(at=at, taken=saving.taken) if saving.taken else None


def pause(session: Session, at: float) -> e.Event | None:
    """Pause the current step's clock, or let it go on."""
    if not session.current:
        return None
    return e.Paused(at=at) if session.paused is None else e.Continued(at=at)


def began_earlier(session: Session, at: float, seconds: float) -> e.Event | None:
    """Put back the beginning of the current step by `seconds`."""
    if not session.current or seconds <= 0:
        return None
    return e.BeganEarlier(at=at, seconds=min(seconds, LONGEST_REPAIR))


def start_earlier(session: Session, at: float, seconds: float) -> e.Event | None:
    """Start a workshop that began, unnoticed, `seconds` ago."""
    first = following(session)
    if session.started is not None or first is None:
        return None
    return e.Entered(at=at, play=first.key, how="start", earlier=min(max(0.0, seconds), LONGEST_REPAIR))


def answer_interruption(session: Session, at: float, went_on: bool) -> e.Event | None:
    """Say whether the group went on during an interruption."""
    return e.InterruptionAnswered(at=at, went_on=went_on) if session.interruption else None


def promise_end(session: Session, at: float, hard_end: float | None) -> e.Event | None:
    """Promise another end, in seconds since 1970; None: the end that the steps add up to."""
    if hard_end is not None and hard_end == session.hard_end:
        return None
    return e.EndPromised(at=at, hard_end=hard_end)
