"""Understands hours as people type them: `11:30`, « 14h30 », « midi », "2:30 pm", and finds the day that is meant."""

from __future__ import annotations

import datetime
import re

from entraide_tui.common.text import fold

AHEAD = 12 * 3600
"""Seconds from now within which an hour of tomorrow is preferred to the same hour of today, already past."""
PAST = 3600
"""The most seconds since a past hour that can still be meant, such as the planned end of a late workshop."""
SOON = 6 * 3600
"""Seconds from now within which `2:30` means the afternoon, if the night is further away."""

_NAMED = {"midi": 12, "noon": 12, "midday": 12, "minuit": 24, "midnight": 24}
_MORE = {"": 0, "et quart": 15, "et demi": 30, "et demie": 30}
_LEADING = re.compile(r"^(?:a|at|vers|around|by|pour|for)\s+")
_WRITTEN = re.compile(
    r"(\d{1,2})\s*(?:(?:heures?|hrs?|h|[:.])\s*(?:(\d{2})(?:\s*(?:min|mn|m))?(?::\d{2})?)?)?\s*(?:([ap])\.?\s?m\.?)?"
)
_PACKED = re.compile(r"(\d{1,2})(\d{2})\s*(?:([ap])\.?\s?m\.?)?")


def understand_hour(said: str, now: float, zone: datetime.tzinfo | None = None) -> float | None:
    """The moment that is meant, in seconds since 1970; None if the text is no hour.

    It is the next such hour, today or within half a day; else the one of today that is past, as for an hour that was
    missed by a few minutes. `2:30` in the early afternoon is the one of this afternoon; `02:30` is not.

    Args:
        said: what was typed.
        now: seconds since 1970.
        zone: None: that of the machine.
    """
    read = _read(said)
    if read is None:
        return None
    hour, minute, either = read
    meant = _nearest(hour, minute, now, zone)
    if either and not -PAST <= meant - now <= SOON:
        other = _nearest((hour + 12) % 24, minute, now, zone)
        if -PAST <= other - now <= SOON:
            return other
    return meant


def _read(said: str) -> tuple[int, int, bool] | None:
    """The hour (24: the next midnight), the minute, and whether it may also mean twelve hours later."""
    text = _LEADING.sub("", fold(said).strip(" .!,?"))
    for name, hour in _NAMED.items():
        if text.startswith(name):
            rest = text.removeprefix(name).strip()
            minute = _MORE.get(rest, int(rest) if re.fullmatch(r"[0-5]\d", rest) else None)
            return None if minute is None else (hour % 24, minute, False)
    found = _WRITTEN.fullmatch(text) or _PACKED.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if hour > 24 or minute > 59 or (hour == 24 and minute) or (half and not hour):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour % 24, minute, not half and 1 <= hour < 12 and not found[1].startswith("0")


def _nearest(hour: int, minute: int, now: float, zone: datetime.tzinfo | None) -> float:
    """The moment of that hour within half a day from now, or else today's, or one that has just passed."""
    local = datetime.datetime.fromtimestamp(now, tz=datetime.UTC).astimezone(zone).date()
    yesterday, today, tomorrow = (_at(local + datetime.timedelta(days=n), hour, minute, zone) for n in (-1, 0, 1))
    if _ahead(today, now):
        return yesterday if today - now > AHEAD and now - yesterday <= PAST else today
    return tomorrow if now - today > PAST and tomorrow - now <= AHEAD else today


def _ahead(moment: float, now: float) -> bool:
    """Whether a moment is in the future, or in the present minute."""
    return moment > now - 60


def _at(day: datetime.date, hour: int, minute: int, zone: datetime.tzinfo | None) -> float:
    """The moment of that hour on a day, with the offset that holds then, not the present one."""
    wall = datetime.datetime.combine(day, datetime.time(hour, minute))
    return (wall.astimezone() if zone is None else wall.replace(tzinfo=zone)).timestamp()
