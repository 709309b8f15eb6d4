"""Dates as people say them: « vendredi », « dans 2 semaines », "next Friday", 2026-12-05.

Libraries were looked at: dateparser takes 0.3 s to import and reads « vendredi » as the last one unless told
otherwise, and "next Friday" not at all. These are the ways that people really say a due date.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from entraide_tui.common.text import fold

_DAYS = (
    ("lundi", "monday", "lun", "mon"),
    ("mardi", "tuesday", "mar", "tue", "tues"),
    ("mercredi", "wednesday", "mer", "wed"),
    ("jeudi", "thursday", "jeu", "thu", "thurs"),
    ("vendredi", "friday", "ven", "fri"),
    ("samedi", "saturday", "sam", "sat"),
    ("dimanche", "sunday", "dim", "sun"),
)
_MONTHS = (
    ("janvier", "january", "janv", "jan"),
    ("fevrier", "february", "fevr", "fev", "feb"),
    ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_NUMBERS = {
    "un": 1, "une": 1, "a": 1, "an": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4,
    "four": 4, "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9,
    "nine": 9, "dix": 10, "ten": 10, "quinze": 15, "fifteen": 15,
}  # fmt: skip
_UNITS = {
    "jour": "d", "jours": "d", "j": "d", "day": "d", "days": "d", "d": "d",
    "semaine": "w", "semaines": "w", "sem": "w", "week": "w", "weeks": "w", "w": "w", "fortnight": "2w",
    "mois": "m", "month": "m", "months": "m",
}  # fmt: skip
_FILLERS = {"le", "la", "les", "the", "on", "by", "avant", "before", "pour", "for", "d'", "ici", "within", "of", "de",
            "du", "d", "au", "l'", "a", "this", "ce", "cette", "plus", "tard", "latest", "at", "until", "jusqu'",
            "matin", "midi", "apres-midi", "soir", "morning", "noon", "afternoon", "evening"}  # fmt: skip


def _weekday(word: str) -> int | None:
    return next((i for i, names in enumerate(_DAYS) if word.rstrip(".") in names), None)


def _month(word: str) -> int | None:
    return next((i for i, names in enumerate(_MONTHS, 1) if word.rstrip(".") in names), None)


def _number(word: str) -> int | None:
    """A number of a date: four figures at most."""
    return int(word) if word.isdecimal() and len(word) <= 4 else None


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(month: int, day: int, today: date) -> date | None:
    """That day this year, or next year once it is past."""
    for year in range(today.year, today.year + 9):  # 29 February comes every four years, or eight
        found = _made(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def _numeric(said: str, today: date) -> date | None:
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", said):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?", said):
        day, month = int(found[1]), int(found[2])  # the day comes first, in British English too
        if found[3]:
            year = int(found[3])
            return _made(year + 2000 if year < 100 else year, month, day)
        return _coming(month, day, today)
    return None


def understand(said: str, today: date) -> date | None:
    """The date that is meant, French or English; None where it can't be told.

    A day of the week is the next one after today; with *prochain* or *next* it is the one of next week when today's
    week still holds that day, as most people mean it; a day without a year is the next such day.
    """
    text = fold(said).replace("'", "' ").strip(" .!,")
    text = re.sub(r"(\d)(er|st|nd|rd|th|e)\b", r"\1", text)
    text = re.sub(r"(\d)([a-z])", r"\1 \2", text)
    words = [w.strip(",") for w in text.split() if w.strip(",")]
    key = " ".join(words)
    bare = " ".join(w for w in words if w not in _FILLERS)
    if numeric := _numeric(bare, today):
        return numeric
    fixed = {
        "aujourd' hui": 0, "today": 0, "ce soir": 0, "tonight": 0, "demain": 1, "tomorrow": 1,
        "apres-demain": 2, "apres demain": 2, "day after tomorrow": 2, "the day after tomorrow": 2,
    }  # fmt: skip
    for known in (key, bare):
        if known in fixed:
            return today + timedelta(days=fixed[known])
    if "ago" in words or key.startswith("il y a"):
        return None
    if {"fin", "end"} & set(words) or "weekend" in key or "week-end" in key:
        return _end_of(words, key, today)
    return _relative(words, today) or _named(words, today)


def _end_of(words: list[str], key: str, today: date) -> date | None:
    following = bool({"prochain", "prochaine", "next"} & set(words))
    if "weekend" in key or "week-end" in key:
        return today + timedelta(days=(5 - today.weekday()) % 7 + (7 if following else 0))
    if {"semaine", "week"} & set(words):
        return today + timedelta(days=(4 - today.weekday()) % 7 + (7 if following else 0))
    if {"mois", "month"} & set(words):
        return _end_of_month(_add_months(today, 1 if following else 0))
    for word in words:
        month = _month(word)
        if month:
            year = next((n for w in words if len(w) == 4 and (n := _number(w))), None)
            first = _made(year, month, 1) if year else _coming(month, 1, today.replace(day=1))
            return _end_of_month(first) if first else None
    return None


def _relative(words: list[str], today: date) -> date | None:
    """« dans 2 semaines », "in a month", « sous huit jours », « la semaine prochaine », « 15 jours »."""
    for index, word in enumerate(words):
        unit = _UNITS.get(word)
        if unit is None:
            continue
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        number = _number(before) or _NUMBERS.get(before, 0)
        if after in ("prochaine", "prochain") or before == "next":
            number = 1
        if not number or number > 1000:
            return None
        if unit == "d" and before in ("huit", "quinze"):
            number -= 1  # French counts both ends: « huit jours » is a week, « quinze jours » two
        if unit == "m":
            return _add_months(today, number)
        found = today + timedelta(days=number * {"d": 1, "w": 7, "2w": 14}[unit])
        weekday = next((day for w in words if (day := _weekday(w)) is not None), None)
        if unit != "d" and weekday is not None:  # « lundi de la semaine prochaine »
            found += timedelta(days=weekday - found.weekday())
        return found
    return None


def _named(words: list[str], today: date) -> date | None:
    """« vendredi », "next Friday", « mardi en huit », « 5 décembre », "December 5", « vendredi 5 décembre 2026 »."""
    weekday = month = day = year = None
    next_one = in_eight = False
    for word in words:
        if word in ("prochain", "prochaine", "next"):
            next_one = True
        elif word == "huit" and weekday is not None:
            in_eight = True
        elif (number := _number(word)) is not None:
            if len(word) == 4:
                year = number
            elif day is None:
                day = number
            else:
                return None
        elif (found := _weekday(word)) is not None and weekday is None and not (word == "mar" and day):
            weekday = found
        elif (found := _month(word)) is not None:
            month = found
        elif word not in _FILLERS and word not in ("en", "coming"):
            return None
    if day is not None and month is not None:
        return _made(year, month, day) if year is not None else _coming(month, day, today)
    if day is not None:
        if (
            month is None
            and year is None
            and 1 <= day <= 31
            and (weekday is not None or "le" in words or "the" in words)
        ):
            for ahead in range(12):
                first = _add_months(today.replace(day=1), ahead)
                found_date = _made(first.year, first.month, day)
                if found_date and found_date >= today:
                    return found_date
        return None
    if weekday is None:
        return None
    days = (weekday - today.weekday()) % 7 or 7
    if in_eight or (next_one and weekday > today.weekday()):
        days += 7
    return today + timedelta(days=days)
