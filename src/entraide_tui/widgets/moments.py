"""Times and lengths as people read them, and a time of day as they type it."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, language
from entraide_tui.common.local_time import local_day, local_time

if TYPE_CHECKING:
    from entraide_tui.common.clock import Clock


def clock(epoch: float, now: float | None = None) -> str:
    """The local time of day at `epoch`: `11:30`; with its day if that is not the day of `now`: « 11:30 (demain) ».

    Both in seconds since 1970.
    """
    then = local_time(epoch)
    hour = then.strftime("%H:%M")
    if now is None or (days := (then.date() - local_day(now)).days) == 0:
        return hour
    if days == 1:
        return _("{time} (tomorrow)").format(time=hour)
    if days == -1:
        return _("{time} (yesterday)").format(time=hour)
    return f"{hour} ({short_day(then.date())})"


def short_day(day: datetime.date) -> str:
    """A day and its month in the current language: « 26 nov. »."""
    from babel.dates import format_date

    return format_date(day, "d MMM", locale="fr" if language() == "fr" else "en_GB")


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
    """A number of seconds in words, rounded half up: « 40 s », « 4 min », « 1 h 30 »."""
    whole = math.floor(abs(seconds) + 0.5)
    if whole < 60:
        return _("{n} s").format(n=whole)
    minutes = (whole + 30) // 60
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    return _("{h} h {m:02}").format(h=hours, m=rest) if rest else _("{h} h").format(h=hours)


def decimal(number: float) -> str:
    """A number without needless decimals, with the decimal sign of the current language."""
    text = f"{number:g}"
    return text.replace(".", ",") if language() == "fr" else text
