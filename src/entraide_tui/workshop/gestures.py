"""What a facilitator can do, as commands on a session: each says what happens (an event), or nothing.

No command refuses with an error: a gesture that makes no sense now is simply without effect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop import timing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entraide_tui.workshop.state import Session, SessionStep

SHORTEST_GAP = 5.0
"""Seconds of absence below which nothing is asked."""
LONGEST_REPAIR = 6 * 3600


def following(session: Session) -> SessionStep | None:
    """The step that `next_step` would open."""
    return next(iter(session.to_come), None)


def next_step(session: Session, at: float) -> e.Event | None:
    """Starts, or goes on to the next step; after the last one, the workshop is over."""
    if session.finished is not None:
        return None
    play = following(session)
    if play is not None:
        return e.Entered(at=at, play=play.key, how="start" if session.started is None else "next")
    return e.Finished(at=at) if session.current else None


def back(session: Session, at: float) -> e.Event | None:
    """Opens again the step before."""
    place = session.place
    earlier = session.plays[: max(0, place)]
    visited = [p for p in earlier if p.outcome == "done"] or list(earlier)
    return e.Entered(at=at, play=visited[-1].key, how="back") if visited else None


def jump(session: Session, at: float, play: str) -> e.Event | None:
    """Opens any step."""
    target = session.play(play)
    if target is None or target.key == session.current:
        return None
    return e.Entered(at=at, play=play, how="jump")


def skip(session: Session, at: float, play: str = "") -> e.Event | None:
    """Leaves out a step: the current one, or one to come."""
    key = play or session.current
    target = session.play(key)
    if target is None or target.outcome != "to come":
        return None
    if key != session.current:
        return e.Skipped(at=at, play=key)
    after = following(session)
    return e.Skipped(at=at, play=key, to=after.key if after else "")


def last_skipped(session: Session) -> SessionStep | None:
    """The step that a reason would be given for: the one skipped nearest before the current one."""
    place = session.place if session.place >= 0 else len(session.plays)
    before = [p for p in session.plays[:place] if p.outcome == "skipped"]
    return before[-1] if before else next((p for p in session.plays if p.outcome == "skipped"), None)


def extend(
    session: Session, at: float, seconds: int, *, way: str = "later", source: str = "", play: str = ""
) -> e.Event | None:
    """Gives a step more seconds, or fewer.

    Args:
        way: `later` (the end moves), `spread` (taken from the steps to come) or `step` (from `source`).
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
    """By how many seconds an extension moves the predicted end."""
    target = session.play(play or session.current)
    if target is None or target.budget is None:
        return 0.0
    if target.key != session.current and target not in session.to_come:
        return 0.0  # what is behind has no part in the end
    added = timing.extension(session, target, seconds, at)
    before = max(0.0, timing.left(session, target, at) or 0.0)
    after = max(0.0, (timing.left(session, target, at) or 0.0) + added)
    return after - before


def keep_end(session: Session, at: float) -> e.Event | None:
    """Takes what is needed from the steps to come, so as to end when it was promised."""
    saving = timing.keep_end(session, at)
    return e.EndKept(at=at, taken=saving.taken) if saving.taken else None


def pause(session: Session, at: float) -> e.Event | None:
    """Stops the step's clock, or lets it go on."""
    if not session.current:
        return None
    return e.Paused(at=at) if session.paused is None else e.Continued(at=at)


def insert(session: Session, at: float, title: str, minutes: float | None) -> e.Event | None:
    """An unforeseen step, right after the current one."""
    number = 1 + sum(1 for p in session.plays if not p.step)
    while session.play(f"extra-{number}") is not None:  # a kit may have a step of that id
        number += 1
    seconds = round(minutes * 60) if minutes and minutes > 0 else None
    return e.Inserted(at=at, play=f"extra-{number}", title=title, seconds=seconds)


def began_earlier(session: Session, at: float, seconds: float) -> e.Event | None:
    """The current step really began so many seconds before."""
    if not session.current or seconds <= 0:
        return None
    return e.BeganEarlier(at=at, seconds=min(seconds, LONGEST_REPAIR))


def start_earlier(session: Session, at: float, seconds: float) -> e.Event | None:
    """Starts a workshop that began, unnoticed, so many seconds ago."""
    first = following(session)
    if session.started is not None or first is None:
        return None
    return e.Entered(at=at, play=first.key, how="start", earlier=min(max(0.0, seconds), LONGEST_REPAIR))


def next_speaker(session: Session, at: float) -> e.Event | None:
    """The turn goes on."""
    return e.NextSpoke(at=at) if session.turn.order and not session.turn.complete else None


def pass_turn(session: Session, at: float) -> e.Event | None:
    """Whose turn it is passes."""
    return e.Passed(at=at) if session.turn.speaker else None


def second_round(session: Session, at: float) -> e.Event | None:
    """Everybody again, in the opposite order."""
    return e.RoundBegun(at=at) if session.turn.order else None


def answer_interruption(session: Session, at: float, went_on: bool) -> e.Event | None:
    """Did the group go on meanwhile?"""
    return e.InterruptionAnswered(at=at, went_on=went_on) if session.interruption else None


def choose_topic(session: Session, at: float, item: str) -> e.Event | None:
    """Chooses a topic, or no longer."""
    topic = session.item(item)
    return None if topic is None else e.TopicChosen(at=at, item=item, chosen=not topic.chosen)


def kept_from(session: Session, item: str) -> str:
    """The idea kept that comes from a contribution, if any."""
    return next((i.id for i in session.in_section("ideas") if item in i.sources), "")


def keep_idea(session: Session, at: float, item: str, idea: str) -> e.Event | None:
    """Keeps a contribution as an idea, or no longer."""
    source = session.item(item)
    if source is None:
        return None
    already = kept_from(session, item)
    if already:
        return e.Removed(at=at, item=already)
    return e.Kept(at=at, idea=idea, text=source.text, sources=(item,))


def authors(session: Session, sources: Iterable[str]) -> tuple[str, ...]:
    """Whose contributions these are."""
    names = (i.by for s in sources if (i := session.item(s)) is not None)
    return tuple(dict.fromkeys(n for n in names if n))
