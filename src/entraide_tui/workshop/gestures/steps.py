"""Gestures that move through the steps: next, back, jump, skip, insert, finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from entraide_tui.workshop.state import Session, SessionStep


def following(session: Session) -> SessionStep | None:
    """The step that `next_step` would open."""
    return next(iter(session.to_come), None)


def next_step(session: Session, at: float) -> e.Event | None:
    """Start, or go to the next step; after the last one, end the workshop."""
    if session.finished is not None:
        return None
    play = following(session)
    if play is not None:
        return e.Entered(at=at, play=play.key, how="start" if session.started is None else "next")
    return e.Finished(at=at) if session.current else None


def back(session: Session, at: float) -> e.Event | None:
    """Open the previous step again."""
    place = session.place
    earlier = session.plays[: max(0, place)]
    visited = [p for p in earlier if p.outcome == "done"] or list(earlier)
    return e.Entered(at=at, play=visited[-1].key, how="back") if visited else None


def jump(session: Session, at: float, play: str) -> e.Event | None:
    """Open any step."""
    target = session.play(play)
    if target is None or target.key == session.current:
        return None
    return e.Entered(at=at, play=play, how="jump")


def skip(session: Session, at: float, play: str = "") -> e.Event | None:
    """Skip the current step, or the one with the key `play`."""
    key = play or session.current
    target = session.play(key)
    if target is None or target.outcome != "to come":
        return None
    if key != session.current:
        return e.Skipped(at=at, play=key)
    after = following(session)
    return e.Skipped(at=at, play=key, to=after.key if after else "")


def last_skipped(session: Session) -> SessionStep | None:
    """The step that a reason would be for: the last skipped one before the current step."""
    place = session.place if session.place >= 0 else len(session.plays)
    before = [p for p in session.plays[:place] if p.outcome == "skipped"]
    return before[-1] if before else next((p for p in session.plays if p.outcome == "skipped"), None)


def insert(session: Session, at: float, title: str, minutes: float | None) -> e.Event | None:
    """Insert an unforeseen step after the current one; `minutes` None: without a countdown."""
    number = 1 + sum(1 for p in session.plays if not p.step)
    while session.play(f"extra-{number}") is not None:  # a kit may have a step with that id
        number += 1
    seconds = round(minutes * 60) if minutes and minutes > 0 else None
    return e.Inserted(at=at, play=f"extra-{number}", title=title, seconds=seconds)


def give_reason(session: Session, at: float, play: str, reason: str) -> e.Event | None:
    """Say why a step was skipped."""
    return e.ReasonGiven(at=at, play=play, reason=reason) if session.play(play) is not None else None


def finish(session: Session, at: float) -> e.Event | None:
    """End the workshop in the current step."""
    return e.Finished(at=at) if session.finished is None and session.current else None
