"""Events that the program notes by itself, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop.fold import last_gesture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.kits.model import Kit
    from entraide_tui.workshop.state import Session


def open_workshop(
    kit: Kit,
    origin: float,
    language: str,
    *,
    session: str = "",
    title: str = "",
    group: str = "",
    themes: tuple[str, ...] = (),
    people: tuple[e.Seat, ...] = (),
    hard_end: float | None = None,
) -> e.Opened:
    """Open a session, at session time 0.

    Args:
        origin: seconds since 1970 at that moment.
        session: the session's id.
        hard_end: the promised end in seconds since 1970, if any.
    """
    return e.Opened(
        at=0.0, session=session, origin=origin, language=language, kit=kit, title=title, group=group, themes=themes,
        people=people, hard_end=hard_end,
    )  # fmt: skip


def hold(at: float, host: str, process: int, boot: str) -> e.Event:
    """Note which program has the session open."""
    return e.Held(at=at, host=host, process=process, boot=boot)


def interrupt(at: float, since: float) -> e.Event:
    """Note an interruption since that moment: what the group did is unknown."""
    return e.Interrupted(at=at, since=since)


def set_clock(at: float, origin: float) -> e.Event:
    """Note that the system's clock was set: session time 0 is now `origin`, in seconds since 1970."""
    return e.ClockSet(at=at, origin=origin)


def unreadable(at: float) -> e.Undone:
    """What stands for an event that can't be read: it takes back nothing, and keeps the numbers of the others."""
    return e.Undone(at=at, number=0)


def undo(history: Sequence[e.Event], at: float) -> e.Undone | None:
    """Take back the last gesture."""
    number = last_gesture(history)
    return e.Undone(at=at, number=number) if number else None


def close(session: Session, at: float, records: tuple[str, ...]) -> e.Event | None:
    """Note the ids under which the records are being written, one for each offeror."""
    return e.Closing(at=at, records=records) if records != session.records else None
