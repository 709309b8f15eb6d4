"""Understands dates as people say them: « vendredi », « début janvier », "next Friday", 2026-12-05.

No library does: dateparser takes 0.3 s to import, reads « vendredi » as last Friday unless told otherwise, and
"next Friday" not at all. A date that depends on a calendar unknown to the program (school holidays, terms) is not
understood.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from entraide_tui.common.text import fold
from entraide_tui.workshop.feasts import feast

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
    "un": 1, "une": 1, "a": 1, "an": 1, "one": 1, "deux": 2, "two": 2, "couple": 2, "trois": 3, "three": 3,
    "quatre": 4, "four": 4, "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8,
    "huitaine": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10, "dizaine": 10, "onze": 11, "eleven": 11, "douze": 12,
    "twelve": 12, "quinze": 15, "quinzaine": 15, "fifteen": 15, "vingt": 20, "vingtaine": 20, "twenty": 20,
    "trente": 30, "trentaine": 30, "thirty": 30,
}  # fmt: skip
_UNITS = {
    "jour": "d", "jours": "d", "j": "d", "day": "d", "days": "d", "d": "d",
    "semaine": "w", "semaines": "w", "sem": "w", "week": "w", "weeks": "w", "w": "w", "fortnight": "2w",
    "mois": "m", "month": "m", "months": "m", "ans": "y", "annee": "y", "annees": "y", "year": "y", "years": "y",
    "heures": "h", "heure": "h", "hours": "h", "hour": "h",
}  # fmt: skip
_FILLERS = {"le", "la", "les", "the", "on", "by", "avant", "before", "pour", "for", "d'", "ici", "within", "of", "de",
            "du", "d", "au", "l'", "a", "this", "ce", "cette", "plus", "tard", "latest", "at", "until", "till",
            "jusqu'", "matin", "midi", "apres-midi", "soir", "soiree", "journee", "morning", "noon", "afternoon",
            "evening", "night", "tout", "toute", "dans", "courant", "lors", "en", "in", "around", "about", "vers",
            "environ", "sometime", "during", "pendant", "des", "cob", "eod"}  # fmt: skip
_NEXT = {"prochain", "prochaine", "next", "suivant", "suivante", "following"}
_WEEKS, _THIS_MONTH, _YEARS = {"semaine", "week"}, {"mois", "month"}, {"annee", "year"}
_PARTS = {
    "debut": "beginning", "beginning": "beginning", "start": "beginning", "early": "beginning",
    "milieu": "middle", "mi": "middle", "mid": "middle", "middle": "middle",
    "fin": "end", "end": "end", "late": "end",
}  # fmt: skip
_ORDINALS = {"premier": 1, "first": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "third": 3, "quatrieme": 4,
             "fourth": 4, "dernier": -1, "last": -1}  # fmt: skip
_UNKNOWN = {"vacances", "holidays", "holiday", "rentree", "term", "trimestre", "semestre", "quarter", "fetes", "ago",
            "apres", "after", "depuis", "since", "sauf", "except"}  # fmt: skip
"""Words that make a date unknowable: they depend on another calendar, or don't set a deadline."""
_HOUR = re.compile(
    r"(?:\b(?:a|at|vers|around|by|avant|before|des)\s+)?\b\d{1,2}\s?(?:h(?:\s?\d{2})?|:\d{2}(?:\s?[ap]\.?m\.?)?|[ap]\.?m\.?)(?![\w])"
)
_ORDINAL_ENDING = re.compile(r"(?<![\w/.-])(\d{1,2})(er|st|nd|rd|th|e)(?![\w/.-]*\d)\b")


def _weekday(word: str) -> int | None:
    return next((i for i, names in enumerate(_DAYS) if word.rstrip(".") in names), None)


def _month(word: str) -> int | None:
    return next((i for i, names in enumerate(_MONTHS, 1) if word.rstrip(".") in names), None)


def _number(word: str) -> int | None:
    """The number in a word, of four digits at most; None if it is none."""
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
    """The next such day from today on; None if there is none."""
    for year in range(today.year, today.year + 9):  # 29 February comes every four or eight years
        found = _made(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def _numeric(said: str, today: date) -> date | None:
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", said):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?", said):
        day, month = int(found[1]), int(found[2])  # the day comes first, in British English as in French
        if found[3]:
            year = int(found[3])
            return _made(year + 2000 if year < 100 else year, month, day)
        return _coming(month, day, today)
    return None


_FIXED = {
    "aujourd' hui": 0, "today": 0, "ce soir": 0, "tonight": 0, "demain": 1, "tomorrow": 1,
    "apres-demain": 2, "apres demain": 2, "day after tomorrow": 2, "surlendemain": 2,
}  # fmt: skip


def understand(said: str, today: date) -> date | None:
    """The date that a text in French or English means; None if it can't be told.

    A weekday is the next one after today; with *prochain* or *next*, it is that of next week if this week still has
    one, as most people mean it. A day without a year is the next such day. Weeks begin on Monday and end on Friday;
    the middle of a month is its 15th.
    """
    text = fold(said).replace("’", "'").strip(" .!,?")
    if len(text) > 200:  # nobody needs that many characters to say a date
        return None
    if numeric := _numeric(_bare(text.split()), today):
        return numeric
    text = _ORDINAL_ENDING.sub(r"\1", _HOUR.sub(" ", text))
    if named := _feast(text, today):
        return named
    text = re.sub(r"(\d)([a-z])", r"\1 \2", text.replace("'", "' "))
    text = re.sub(r"\b(mi|mid)-(?=[a-z])", r"\1 ", text)
    words = [w.strip(",;()") for w in text.replace("s' ", "s ").split() if w.strip(",;()")]
    key, bare = " ".join(words), _bare(words)
    for known in (key, bare):
        if known in _FIXED:
            return today + timedelta(days=_FIXED[known])
    if set(words) & _UNKNOWN or key.startswith("il y a"):
        return None
    return (
        _numeric(bare, today)
        or _weekend(words, key, today)
        or _nth_weekday(words, today)
        or _part_of(words, today)
        or _this_period(bare, words, today)
        or _week_of(words, today)
        or _relative(words, today)
        or _named(words, today)
    )


def _bare(words: list[str]) -> str:
    return " ".join(w for w in words if w not in _FILLERS)


def _feast(text: str, today: date) -> date | None:
    """« avant Noël », "by Easter", « le lundi de Pâques 2027 », "the week before Christmas"."""
    words = text.split()
    if set(words) & (_UNKNOWN | _WEEKS):
        return None
    year = next((n for w in words if len(w) == 4 and (n := _number(w))), None)
    words = [w for w in words if not (year and w == str(year))]
    while words and (words[0] in _FILLERS - {"de"} or words[0] in _NEXT):
        before = words.pop(0) in ("avant", "before")
        name = re.sub(r"^(?:l'|d')", "", " ".join(words))
        if before and (day := feast(name.removeprefix("la ").removeprefix("le "), today, year)):
            return day - timedelta(days=1) if day > today else day
    return feast(re.sub(r"^(?:l'|d'ici |d')", "", " ".join(w for w in words if w not in _NEXT)), today, year)


def _weekend(words: list[str], key: str, today: date) -> date | None:
    if not re.search(r"\bweek-?end\b", key):
        return None
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + (7 if _NEXT & set(words) else 0))
    if {"avant", "before"} & set(words):
        friday = saturday - timedelta(days=1)
        return max(friday, today)
    return saturday


def _nth_weekday(words: list[str], today: date) -> date | None:
    """« le premier lundi de janvier », "the last Friday of the month"."""
    which = next((_ORDINALS[w] for w in words if w in _ORDINALS), None)
    weekday = next((day for w in words if (day := _weekday(w)) is not None), None)
    if which is None or weekday is None:
        return None
    first = _month_meant(words, today)
    for start in (first, _add_months(first, 1)) if first and _THIS_MONTH & set(words) else (first,):
        if start is None:
            continue
        days = [start + timedelta(days=n) for n in range(calendar.monthrange(start.year, start.month)[1])]
        days = [day for day in days if day.weekday() == weekday]
        found = days[which if which < 0 else which - 1] if abs(which) <= len(days) else None
        if found is not None and found >= today:
            return found
    return None


def _month_meant(words: list[str], today: date) -> date | None:
    """The first day of the month that the words name, this month for « du mois »; None if they name none."""
    if _THIS_MONTH & set(words):
        return _add_months(today.replace(day=1), 1 if _NEXT & set(words) else 0)
    year = next((n for w in words if len(w) == 4 and (n := _number(w))), None)
    for word in words:
        if month := _month(word):
            return _made(year, month, 1) if year else _coming(month, 1, today.replace(day=1))
    return None


def _part_of(words: list[str], today: date) -> date | None:
    """« début janvier », « mi-mars », "end of next week", « milieu de semaine », « fin d'année »."""
    part = next((_PARTS[w] for w in words if w in _PARTS), None)
    if part is None:
        return None
    following = bool(_NEXT & set(words))
    if _WEEKS & set(words):
        weekday = {"beginning": 0, "middle": 2, "end": 4}[part]
        if following:
            return today + timedelta(days=7 - today.weekday() + weekday)
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    if _YEARS & set(words):
        year = today.year + (1 if following or (part == "beginning" and today > date(today.year, 1, 1)) else 0)
        return {"beginning": date(year, 1, 1), "middle": date(year, 6, 30), "end": date(year, 12, 31)}[part]
    first = _month_meant(words, today)
    if first is None:
        return None
    told = following or any(len(w) == 4 and _number(w) for w in words)
    for start in (first, first if told else _again(first, words)):
        if start is None:
            continue
        found = {"beginning": start, "middle": start.replace(day=15), "end": _end_of_month(start)}[part]
        if told or found >= today:
            return found
    return None


def _again(first: date, words: list[str]) -> date | None:
    """The first day of the same month again: next month for « du mois », next year for a named month."""
    if _THIS_MONTH & set(words):
        return _add_months(first, 1)
    return _made(first.year + 1, first.month, 1)


def _this_period(bare: str, words: list[str], today: date) -> date | None:
    """The end of « cette semaine » or "this month"."""
    if not {"ce", "cette", "this"} & set(words):
        return None
    if bare in ("semaine", "semaine-ci", "week"):
        return today + timedelta(days=max(0, 4 - today.weekday()))
    if bare in ("mois", "mois-ci", "month"):
        return _end_of_month(today)
    return None


def _week_of(words: list[str], today: date) -> date | None:
    """« la semaine du 7 décembre », "the week of December 7th"."""
    for sign in ("du", "of", "commencing", "beginning"):
        if sign in words and words.index(sign) > 0 and words[words.index(sign) - 1] in _WEEKS:
            rest = words[words.index(sign) + 1 :]
            return _named(["le", *rest], today) or _numeric(_bare(rest), today)
    return None


def _relative(words: list[str], today: date) -> date | None:
    """« dans 2 semaines », "in a month", « sous huit jours », « la semaine prochaine », « 15 jours », "in 48 hours"."""
    words = [w for w in words if w not in ("time", "ouvrables", "ouvres", "working")]
    if len(words) > 1 and words[-1] in ("huitaine", "quinzaine") and words[-2] in ("sous", "une", "dans"):
        words = [*words, "jours"]
    for index, word in enumerate(words):
        unit = _UNITS.get(word) or ("y" if word == "an" and index and _counted(words[index - 1]) else None)
        if unit is None:
            continue
        before = words[index - 1] if index else ""
        if before in ("de", "d'", "of") and index > 1:
            before = words[index - 2]
        after = words[index + 1] if index + 1 < len(words) else ""
        if after in ("avant", "before"):  # a week before what?
            return None
        number = _counted(before)
        if (after in _NEXT or before in _NEXT) and unit != "y":
            number = 1
        if not number or number > 1000:
            return None
        if unit == "h":
            return today + timedelta(days=round(number / 24))
        if unit == "d" and before in ("huit", "quinze", "huitaine", "quinzaine"):
            number -= 1  # French counts both ends: « huit jours » is one week, « quinze jours » two
        if unit in ("m", "y"):
            return _add_months(today, number * (12 if unit == "y" else 1))
        found = today + timedelta(days=number * {"d": 1, "w": 7, "2w": 14}[unit])
        weekday = next((day for w in words if (day := _weekday(w)) is not None), None)
        if unit != "d" and weekday is not None:  # « lundi de la semaine prochaine »
            found += timedelta(days=weekday - found.weekday())
        return found
    return None


def _counted(word: str) -> int:
    return _number(word) or _NUMBERS.get(word, 0)


def _named(words: list[str], today: date) -> date | None:
    """« vendredi », "next Friday", « mardi en huit », « 5 décembre », "December 5", « vendredi 5 décembre 2026 »."""
    weekday = month = day = year = None
    next_one = False
    later = 0
    for word in words:
        if word in _NEXT:
            next_one = True
        elif word in ("huit", "quinze") and weekday is not None and day is None:
            later = 7 if word == "huit" else 14
        elif word in ("week", "fortnight") and weekday is not None and day is None:  # "Friday week"
            later = 7 if word == "week" else 14
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
        elif word not in _FILLERS and word != "coming":
            return None
    if day is not None and month is not None:
        return _made(year, month, day) if year is not None else _coming(month, day, today)
    if day is not None:
        alone = month is None and year is None and 1 <= day <= 31
        return _day_of_month(day, today) if alone and (weekday is not None or {"le", "the"} & set(words)) else None
    if weekday is None or month is not None or year is not None:
        return None
    days = (weekday - today.weekday()) % 7 or 7
    if later or (next_one and weekday > today.weekday()):
        days += later or 7
    return today + timedelta(days=days)


def _day_of_month(day: int, today: date) -> date | None:
    for ahead in range(12):
        first = _add_months(today.replace(day=1), ahead)
        found = _made(first.year, first.month, day)
        if found and found >= today:
            return found
    return None
