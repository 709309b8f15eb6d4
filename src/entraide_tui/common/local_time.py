"""Timestamps in this machine's time zone."""

from __future__ import annotations

import datetime


def local_time(seconds: float) -> datetime.datetime:
    """The time at `seconds` since 1970 (UTC), in this machine's time zone."""
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).astimezone()


def local_day(seconds: float) -> datetime.date:
    """The date at `seconds` since 1970 (UTC), in this machine's time zone."""
    return local_time(seconds).date()
