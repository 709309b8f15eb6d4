"""Lengths as people type them."""

from __future__ import annotations

import pytest

from entraide_tui.workshop.minutes import title_and_minutes, understand_minutes


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("5", 5),
        ("-2", -2),
        ("− 2", -2),
        ("+3", 3),
        ("2,5", 2.5),
        ("2.25", 2.25),
        ("5 min", 5),
        ("5'", 5),
        ("5 mn.", 5),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1 hour", 60),
        ("-1h", -60),
        ("2:30", 2.5),
        ("2 min 30", 2.5),
        ("2'30", 2.5),
        ("", None),
        ("soon", None),
        ("1000", None),
        ("5 10", None),
        ("--2", None),
        ("2:3", None),
    ],
)
def test_lengths_are_understood_as_people_type_them(said: str, minutes: float | None) -> None:
    assert understand_minutes(said) == minutes


@pytest.mark.parametrize(
    ("said", "title", "minutes"),
    [
        ("Break 10", "Break", 10),
        ("Break 2,5 min", "Break", 2.5),
        ("Break 1h30", "Break", 90),
        ("Pause 2:30", "Pause", 2.5),
        ("Débat (15 min)", "Débat", 15),
        ("Débat, 15 min.", "Débat", 15),
        ("Tour 2 : pause 10", "Tour 2 : pause", 10),
        ("10", "", 10),
        ("Break", "Break", None),
        ("", "", None),
        ("Le 3e tour", "Le 3e tour", None),
    ],
)
def test_a_title_may_end_with_its_length(said: str, title: str, minutes: float | None) -> None:
    assert title_and_minutes(said) == (title, minutes)
