"""Holidays that people name as deadlines: fixed days, and those that move with Easter."""

from __future__ import annotations

from datetime import date, timedelta

_FIXED = {
    (1, 1): ("jour de l'an", "nouvel an", "new year", "new year's", "new year's day"),
    (1, 6): ("epiphanie", "epiphany", "fete des rois", "twelfth night"),
    (2, 2): ("chandeleur", "candlemas"),
    (2, 14): ("saint-valentin", "st-valentin", "valentine's", "valentine's day", "valentines"),
    (3, 17): ("saint-patrick", "st patrick's", "st patrick's day"),
    (5, 1): ("fete du travail", "may day", "labour day"),
    (6, 21): ("fete de la musique",),
    (6, 24): ("saint-jean", "st-jean", "midsummer"),
    (7, 14): ("fete nationale", "bastille day"),
    (8, 15): ("assomption",),
    (10, 31): ("halloween",),
    (11, 1): ("toussaint", "all saints", "all saints' day"),
    (11, 11): ("armistice", "armistice day", "remembrance day"),
    (12, 6): ("saint-nicolas", "st-nicolas", "st nicholas"),
    (12, 24): ("reveillon de noel", "veille de noel", "christmas eve"),
    (12, 25): ("noel", "christmas", "christmas day", "xmas"),
    (12, 26): ("boxing day",),
    (12, 31): ("saint-sylvestre", "st-sylvestre", "reveillon", "new year's eve"),
}
_AROUND_EASTER = {
    -47: ("mardi gras", "shrove tuesday", "pancake day"),
    -46: ("mercredi des cendres", "ash wednesday"),
    -7: ("rameaux", "palm sunday"),
    -2: ("vendredi saint", "good friday"),
    0: ("paques", "easter", "easter sunday"),
    1: ("lundi de paques", "easter monday"),
    39: ("ascension", "jeudi de l'ascension", "ascension day"),
    49: ("pentecote", "whitsun", "pentecost"),
    50: ("lundi de pentecote", "whit monday"),
}
_FIXED_OF = {name: day for day, names in _FIXED.items() for name in names}
_EASTER_OF = {name: days for days, names in _AROUND_EASTER.items() for name in names}


def feast(name: str, today: date, year: int | None = None) -> date | None:
    """The next holiday of that name (folded, without article), or that of `year`; None for any other word."""
    if name not in _FIXED_OF and name not in _EASTER_OF:
        return None
    from dateutil.easter import easter

    years = [year] if year else [today.year, today.year + 1]
    for one in years:
        if not 1583 <= one <= 4099:
            continue
        day = date(one, *_FIXED_OF[name]) if name in _FIXED_OF else easter(one) + timedelta(days=_EASTER_OF[name])
        if year or day >= today:
            return day
    return None
