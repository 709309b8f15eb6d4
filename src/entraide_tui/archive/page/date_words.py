"""Dates written out, in the language of the record."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, spoken

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record


def by_when(record: Record, date: datetime.date) -> str:
    """“By” a date of the record, or a month where only months are shared; French says these differently."""
    return until(date, record.language, months_only=record.months_only)


def until(date: datetime.date, language: str, *, months_only: bool) -> str:
    """“By” a date, or a month, in the language in use; the date itself in `language`."""
    text = day(date.isoformat(), language, months_only=months_only)
    return _("by {month}").format(month=text) if months_only else _("by {date}").format(date=text)


def day_of(record: Record, date: datetime.date) -> str:
    """A date of the record; « novembre 2026 » where only months are shared."""
    return day(date.isoformat(), record.language, months_only=record.months_only)


def day(iso: str, language: str, *, months_only: bool = False) -> str:
    """« samedi 21 novembre 2026 », or « novembre 2026 » with `months_only`; `iso` as 2026-11-21."""
    from babel.dates import format_date

    locale = {"fr": "fr", "en": "en_GB"}[spoken(language)]
    pattern = "MMMM y" if months_only else "EEEE d MMMM y"
    date = datetime.date.fromisoformat(iso)
    if locale == "fr" and date.day == 1 and not months_only:
        pattern = pattern.replace("d", "'1er'")
    return format_date(date, pattern, locale=locale)
