"""Moments as the clock on this machine's wall shows them."""

from __future__ import annotations

import datetime


def local_time(seconds: float) -> datetime.datetime:
    """A moment in this machine's time zone. `seconds`: since 1970 (UTC)."""
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).astimezone()


def local_day(seconds: float) -> datetime.date:
    """The day of a moment in this machine's time zone. `seconds`: since 1970 (UTC)."""
    return local_time(seconds).date()
