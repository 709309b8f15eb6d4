"""Dates as people say them, in both languages."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.workshop.dates import understand

WEDNESDAY = date(2026, 11, 25)
NEW_YEARS_EVE = date(2026, 12, 31)  # a Thursday
END_OF_JANUARY = date(2027, 1, 31)  # a Sunday
LEAP_DAY = date(2028, 2, 29)  # a Tuesday
TODAYS = (WEDNESDAY, NEW_YEARS_EVE, END_OF_JANUARY, LEAP_DAY, date(2027, 2, 28))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # today, tomorrow
        ("aujourd'hui", "2026-11-25"),
        ("Aujourd’hui", "2026-11-25"),
        ("today", "2026-11-25"),
        ("ce soir", "2026-11-25"),
        ("demain", "2026-11-26"),
        ("pour demain", "2026-11-26"),
        ("demain matin", "2026-11-26"),
        ("d'ici demain soir", "2026-11-26"),
        ("by tomorrow", "2026-11-26"),
        ("Tomorrow!", "2026-11-26"),
        ("après-demain", "2026-11-27"),
        ("Après demain", "2026-11-27"),
        ("the day after tomorrow", "2026-11-27"),
        # days of the week
        ("jeudi", "2026-11-26"),
        ("vendredi", "2026-11-27"),
        ("VENDREDI.", "2026-11-27"),
        ("ven.", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("on Friday", "2026-11-27"),
        ("by Fri", "2026-11-27"),
        ("ce vendredi", "2026-11-27"),
        ("avant vendredi", "2026-11-27"),
        ("d'ici vendredi", "2026-11-27"),
        ("d’ici à vendredi", "2026-11-27"),
        ("jusqu'à vendredi", "2026-11-27"),
        ("vendredi soir", "2026-11-27"),
        ("Friday morning", "2026-11-27"),
        ("mardi", "2026-12-01"),
        ("mercredi", "2026-12-02"),
        ("Wednesday", "2026-12-02"),
        ("vendredi prochain", "2026-12-04"),
        ("next Friday", "2026-12-04"),
        ("mardi prochain", "2026-12-01"),
        ("next Tuesday", "2026-12-01"),
        ("mercredi prochain", "2026-12-02"),
        ("mardi en huit", "2026-12-08"),
        ("vendredi en huit", "2026-12-04"),
        # after some time
        ("dans 3 jours", "2026-11-28"),
        ("in 3 days", "2026-11-28"),
        ("3j", "2026-11-28"),
        ("sous huit jours", "2026-12-02"),
        ("dans quinze jours", "2026-12-09"),
        ("dans une semaine", "2026-12-02"),
        ("in a week", "2026-12-02"),
        ("a week from now", "2026-12-02"),
        ("dans deux semaines", "2026-12-09"),
        ("dans 2 semaines", "2026-12-09"),
        ("d'ici 2 semaines", "2026-12-09"),
        ("2 sem.", "2026-12-09"),
        ("within two weeks", "2026-12-09"),
        ("2w", "2026-12-09"),
        ("in a fortnight", "2026-12-09"),
        ("la semaine prochaine", "2026-12-02"),
        ("next week", "2026-12-02"),
        ("lundi de la semaine prochaine", "2026-11-30"),
        ("la semaine prochaine, vendredi", "2026-12-04"),
        ("Monday next week", "2026-11-30"),
        ("dans un mois", "2026-12-25"),
        ("in a month", "2026-12-25"),
        ("dans trois mois", "2027-02-25"),
        ("le mois prochain", "2026-12-25"),
        ("next month", "2026-12-25"),
        # ends
        ("fin de semaine", "2026-11-27"),
        ("end of the week", "2026-11-27"),
        ("fin de la semaine prochaine", "2026-12-04"),
        ("end of next week", "2026-12-04"),
        ("ce week-end", "2026-11-28"),
        ("this weekend", "2026-11-28"),
        ("le week-end prochain", "2026-12-05"),
        ("fin du mois", "2026-11-30"),
        ("à la fin du mois", "2026-11-30"),
        ("end of the month", "2026-11-30"),
        ("fin du mois prochain", "2026-12-31"),
        ("fin novembre", "2026-11-30"),
        ("fin décembre", "2026-12-31"),
        ("end of February", "2027-02-28"),
        ("fin octobre", "2027-10-31"),
        ("fin février 2028", "2028-02-29"),
        ("end of March 2028", "2028-03-31"),
        ("cette semaine", "2026-11-27"),
        ("this week", "2026-11-27"),
        ("avant le week-end", "2026-11-27"),
        ("ce mois-ci", "2026-11-30"),
        ("fin d'année", "2026-12-31"),
        ("d’ici la fin de l’année", "2026-12-31"),
        ("end of the year", "2026-12-31"),
        ("late December", "2026-12-31"),
        # beginnings and middles
        ("début janvier", "2027-01-01"),
        ("au début de décembre", "2026-12-01"),
        ("early January", "2027-01-01"),
        ("beginning of March 2028", "2028-03-01"),
        ("début novembre", "2027-11-01"),
        ("début du mois", "2026-12-01"),
        ("début du mois prochain", "2026-12-01"),
        ("mi-janvier", "2027-01-15"),
        ("à la mi-décembre", "2026-12-15"),
        ("mid-January", "2027-01-15"),
        ("mid January", "2027-01-15"),
        ("the middle of February", "2027-02-15"),
        ("milieu du mois", "2026-12-15"),
        ("mi-novembre", "2027-11-15"),
        ("début de semaine", "2026-11-30"),
        ("début de semaine prochaine", "2026-11-30"),
        ("milieu de la semaine prochaine", "2026-12-02"),
        ("start of next week", "2026-11-30"),
        ("early next week", "2026-11-30"),
        ("mid-week", "2026-11-25"),
        ("début de l'année prochaine", "2027-01-01"),
        ("la semaine du 7 décembre", "2026-12-07"),
        ("the week of December 7th", "2026-12-07"),
        ("le premier lundi de janvier", "2027-01-04"),
        ("the first Monday in January", "2027-01-04"),
        ("le dernier vendredi du mois", "2026-11-27"),
        ("the last Tuesday of the month", "2026-12-29"),
        ("le premier mardi du mois", "2026-12-01"),
        # feasts
        ("avant Noël", "2026-12-24"),
        ("pour Noël", "2026-12-25"),
        ("à Noël", "2026-12-25"),
        ("by Christmas", "2026-12-25"),
        ("before Christmas", "2026-12-24"),
        ("Christmas Eve", "2026-12-24"),
        ("d'ici Noël", "2026-12-25"),
        ("la veille de Noël", "2026-12-24"),
        ("le jour de l’An", "2027-01-01"),
        ("before New Year's", "2026-12-31"),
        ("à Pâques", "2027-03-28"),
        ("avant Pâques 2028", "2028-04-15"),
        ("lundi de Pâques", "2027-03-29"),
        ("by Easter", "2027-03-28"),
        ("Good Friday", "2027-03-26"),
        ("à l'Ascension", "2027-05-06"),
        ("la Toussaint", "2027-11-01"),
        ("avant la Chandeleur", "2027-02-01"),
        ("Halloween", "2027-10-31"),
        # further ahead, and with the hour
        ("lundi en quinze", "2026-12-14"),
        ("Friday week", "2026-12-04"),
        ("dans une dizaine de jours", "2026-12-05"),
        ("sous quinzaine", "2026-12-09"),
        ("d'ici une quinzaine de jours", "2026-12-09"),
        ("in a couple of weeks", "2026-12-09"),
        ("in ten days' time", "2026-12-05"),
        ("d'ici à trois semaines", "2026-12-16"),
        ("dans vingt jours", "2026-12-15"),
        ("dans un an", "2027-11-25"),
        ("in two years", "2028-11-25"),
        ("sous 48 heures", "2026-11-27"),
        ("vendredi à 18h", "2026-11-27"),
        ("mardi 18h30", "2026-12-01"),
        ("Friday at 6pm", "2026-11-27"),
        ("demain 14:00", "2026-11-26"),
        ("vendredi avant midi", "2026-11-27"),
        ("le 9/12 à 9 h", "2026-12-09"),
        ("vendredi (le 4)", "2026-12-04"),
        # days of a month
        ("5 décembre", "2026-12-05"),
        ("le 5 décembre", "2026-12-05"),
        ("5 dec", "2026-12-05"),
        ("5 déc.", "2026-12-05"),
        ("5dec", "2026-12-05"),
        ("December 5", "2026-12-05"),
        ("Dec 5th", "2026-12-05"),
        ("the 5th of December", "2026-12-05"),
        ("before December 5th, 2026", "2026-12-05"),
        ("jusqu'au 5 décembre", "2026-12-05"),
        ("1er décembre", "2026-12-01"),
        ("samedi 5 décembre", "2026-12-05"),
        ("Saturday 5 December 2026", "2026-12-05"),
        ("5 décembre 2027", "2027-12-05"),
        ("25 novembre", "2026-11-25"),
        ("24 novembre", "2027-11-24"),
        ("3 mars", "2027-03-03"),
        ("3 Mar", "2027-03-03"),
        ("10 août", "2027-08-10"),
        ("10 aout", "2027-08-10"),
        ("29 février", "2028-02-29"),
        ("le 25", "2026-11-25"),
        ("le 24", "2026-12-24"),
        ("the 30th", "2026-11-30"),
        ("le 31", "2026-12-31"),
        ("lundi 30", "2026-11-30"),
        # numbers
        ("2026-12-05", "2026-12-05"),
        ("le 2026-12-05", "2026-12-05"),
        ("avant le 2026-12-05", "2026-12-05"),
        ("2026-12-5", "2026-12-05"),
        ("5/12", "2026-12-05"),
        ("pour le 5/12", "2026-12-05"),
        ("05.12.2026", "2026-12-05"),
        ("5/12/26", "2026-12-05"),
        ("24/11", "2027-11-24"),
        (" 5/12/2027 ", "2027-12-05"),
    ],
)
def test_a_date_is_understood_as_people_say_it_on_a_wednesday_of_november(said: str, expected: str) -> None:
    assert understand(said, WEDNESDAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("today", "said", "expected"),
    [
        (NEW_YEARS_EVE, "demain", "2027-01-01"),
        (NEW_YEARS_EVE, "vendredi", "2027-01-01"),
        (NEW_YEARS_EVE, "jeudi", "2027-01-07"),
        (NEW_YEARS_EVE, "31/12", "2026-12-31"),
        (NEW_YEARS_EVE, "1er janvier", "2027-01-01"),
        (NEW_YEARS_EVE, "30 décembre", "2027-12-30"),
        (NEW_YEARS_EVE, "dans deux mois", "2027-02-28"),
        (NEW_YEARS_EVE, "fin du mois", "2026-12-31"),
        (NEW_YEARS_EVE, "end of next month", "2027-01-31"),
        (NEW_YEARS_EVE, "le 30", "2027-01-30"),
        (NEW_YEARS_EVE, "lundi de la semaine prochaine", "2027-01-04"),
        (END_OF_JANUARY, "demain", "2027-02-01"),
        (END_OF_JANUARY, "dans un mois", "2027-02-28"),
        (END_OF_JANUARY, "dans 2 mois", "2027-03-31"),
        (END_OF_JANUARY, "le mois prochain", "2027-02-28"),
        (END_OF_JANUARY, "le 30", "2027-03-30"),
        (END_OF_JANUARY, "lundi", "2027-02-01"),
        (END_OF_JANUARY, "dimanche", "2027-02-07"),
        (END_OF_JANUARY, "lundi prochain", "2027-02-01"),
        (END_OF_JANUARY, "fin janvier", "2027-01-31"),
        (LEAP_DAY, "demain", "2028-03-01"),
        (LEAP_DAY, "dans un mois", "2028-03-29"),
        (LEAP_DAY, "in 12 months", "2029-02-28"),
        (LEAP_DAY, "29 février", "2028-02-29"),
        (LEAP_DAY, "28 février", "2029-02-28"),
        (LEAP_DAY, "fin février", "2028-02-29"),
        (LEAP_DAY, "29/02/2032", "2032-02-29"),
        (date(2028, 3, 1), "29 février", "2032-02-29"),
        (date(2096, 3, 1), "29 février", "2104-02-29"),
        (date(2027, 2, 28), "demain", "2027-03-01"),
        (date(2027, 2, 28), "fin du mois", "2027-02-28"),
        (date(2028, 2, 28), "demain", "2028-02-29"),
    ],
)
def test_months_that_end_and_leap_years_are_right(today: date, said: str, expected: str) -> None:
    assert understand(said, today) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "bientôt",
        "avant les vacances de Noël",
        "before the Christmas holidays",
        "avant les vacances",
        "à la rentrée",
        "après les fêtes",
        "après Noël",
        "after Christmas",
        "fin du trimestre",
        "end of term",
        "next term",
        "2026-1é-09",
        "2026-1e-09",
        "en mars ou en avril",
        "une semaine avant Noël",
        "dès que possible",
        "soon",
        "avec Marc",
        "le",
        "5",
        "12 15",
        "31 novembre",
        "30/02",
        "29/02/2027",
        "2026-13-01",
        "2026-02-30",
        "0/0",
        "32 mai",
        "dans 0 jours",
        "dans 5000 jours",
        "2 weeks ago",
        "il y a 3 jours",
        "99999999999999999999 mai",
        "le 99999999999999999999",
        "9" * 5000 + " jours",
        "❶ jours",
        "lundi ❶",
        "mai 0000",
    ],
)
def test_what_says_no_date_is_not_guessed(said: str) -> None:
    assert understand(said, WEDNESDAY) is None


@examples(80)
@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(TODAYS))
def test_an_iso_date_is_always_understood(day: date, today: date) -> None:
    assert understand(day.isoformat(), today) == day


@examples(80)
@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(0, 364))
def test_a_day_without_a_year_is_the_next_such_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert understand(f"{day.day}/{day.month}", today) == day


@examples(40)
@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_day_of_the_week_comes_within_seven_days_in_both_languages(today: date, weekday: int) -> None:
    french = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")[weekday]
    english = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    found = understand(french, today)
    assert found is not None
    assert found.weekday() == weekday
    assert 1 <= (found - today).days <= 7
    assert understand(english, today) == found
    following = understand(f"{french} prochain", today)
    assert following is not None
    assert following == understand(f"next {english}", today)
    # As most people mean it: in next week, from Monday on.
    assert following.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


_WORDS = st.sampled_from((
    "le", "dans", "in", "a", "fin", "end", "de", "du", "mois", "semaine", "week-end", "weekend", "next",
    "prochain", "prochaine", "lundi", "mar", "5", "31", "0", "2027", "huit", "en", "mai", "février", "feb",
    "5/12", "2026-12-05", "99999999999", "²", "❶", "١٢", "d'", "jours", "15", ",", ".", "-", "/", "1er",
    "12h30", "aujourd'hui", "demain", "ago", "il", "y",
))  # fmt: skip


@examples(120)
@given(st.text(max_size=60) | st.lists(_WORDS, max_size=7).map(" ".join), st.sampled_from(TODAYS))
@example("٣ jours", WEDNESDAY)
@example("\ud800 demain", WEDNESDAY)
def test_any_text_gives_a_date_or_none_and_never_an_error(said: str, today: date) -> None:
    found = understand(said, today)
    assert found is None or type(found) is date


@pytest.mark.parametrize("part", ["1", "1er ", "lundi ", "dans 2 ", "'", " ", "fin ", "é", "5/", "prochain "])
def test_a_very_long_text_is_answered_at_once(part: str) -> None:
    began = time.perf_counter()
    understand(part * (100_000 // len(part)), WEDNESDAY)
    assert time.perf_counter() - began < 2
