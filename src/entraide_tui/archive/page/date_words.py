"""Dates as a page says them, in the language of the workshop."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, spoken

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record


def by_when(record: Record, date: datetime.date) -> str:
    """Until when; French has another word before a month."""
    return until(date, record.language, months_only=record.months_only)


def until(date: datetime.date, language: str, *, months_only: bool) -> str:
    """Until when, in that language."""
    told = day(date.isoformat(), language, months_only=months_only)
    return _("by {month}").format(month=told) if months_only else _("by {date}").format(date=told)


def day_of(record: Record, date: datetime.date) -> str:
    """A day of a record; « novembre 2026 » where only months are meant."""
    return day(date.isoformat(), record.language, months_only=record.months_only)


def day(iso: str, language: str, *, months_only: bool = False) -> str:
    """« samedi 21 novembre 2026 »; « novembre 2026 » where only months are meant."""
    from babel.dates import format_date

    locale = {"fr": "fr", "en": "en_GB"}[spoken(language)]
    pattern = "MMMM y" if months_only else "EEEE d MMMM y"
    date = datetime.date.fromisoformat(iso)
    if locale == "fr" and date.day == 1 and not months_only:
        pattern = pattern.replace("d", "'1er'")
    return format_date(date, pattern, locale=locale)
