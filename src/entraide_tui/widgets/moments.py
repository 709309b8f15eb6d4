"""Times and lengths as people read them, and a time of day as they type it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, language
from entraide_tui.common.local_time import local_day, local_time

if TYPE_CHECKING:
    from entraide_tui.common.clock import Clock


def clock(epoch: float) -> str:
    """The local time of day at `epoch`, in seconds since 1970: `11:30`."""
    return local_time(epoch).strftime("%H:%M")


def today(clock: Clock) -> datetime.date:
    """The local date."""
    return local_day(clock.wall())


def countdown(seconds: float) -> str:
    """Seconds as `12:34`, or `−2:10` below zero; with hours from 100 minutes on."""
    whole = int(seconds) if seconds >= 0 else -int(-seconds)
    # rounded up: each second is shown until it is over
    if seconds > 0 and seconds != whole:
        whole += 1
    sign = "−" if whole < 0 else ""
    minutes, rest = divmod(abs(whole), 60)
    if minutes >= 100:
        hours, minutes = divmod(minutes, 60)
        return f"{sign}{hours}:{minutes:02}:{rest:02}"
    return f"{sign}{minutes}:{rest:02}"


def length(seconds: float) -> str:
    """A number of seconds in words: « 40 s », « 4 min », « 1 h 30 »."""
    whole = round(abs(seconds))
    if whole < 60:
        return _("{n} s").format(n=whole)
    minutes = round(whole / 60)
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    return _("{h} h {m:02}").format(h=hours, m=rest) if rest else _("{h} h").format(h=hours)


def time_of_day(said: str, near: float) -> float | None:
    """A time of day as people type it (`11:30`, « 11h30 », `1130`, « 11 h »), in seconds since 1970.

    Return the next such moment after `near`; None if it is no time of day.
    """
    import re

    found = re.fullmatch(r"\s*(\d{1,2})\s*(?:[:hH.]\s*(\d{2})?)?\s*", said) or re.fullmatch(
        r"\s*(\d{1,2})(\d{2})\s*", said
    )
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        return None
    now = local_time(near)
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if then <= now:
        then += datetime.timedelta(days=1)
    return then.timestamp()


def decimal(number: float) -> str:
    """A number without needless decimals, with the decimal sign of the current language."""
    text = f"{number:g}"
    return text.replace(".", ",") if language() == "fr" else text
