"""Hours as people type them, at an invented moment."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.workshop.hours import understand_hour

PARIS = ZoneInfo("Europe/Paris")


def meant(said: str, now: str, zone: ZoneInfo = PARIS) -> str:
    """What an hour typed at `now` is taken for, on the wall; nothing where it is not understood."""
    moment = understand_hour(said, datetime.fromisoformat(now).replace(tzinfo=zone).timestamp(), zone)
    return "" if moment is None else f"{datetime.fromtimestamp(moment, tz=UTC).astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("14:30", "14:30"), ("14h30", "14:30"), ("14 h 30", "14:30"), ("14H", "14:00"), ("14", "14:00"),
        ("14.30", "14:30"), ("1430", "14:30"), ("14:30:00", "14:30"), ("14 heures 30", "14:30"),
        ("à 14h30", "14:30"), ("at 2:30 pm", "14:30"), ("2:30 pm", "14:30"), ("2.30pm", "14:30"), ("2 p.m.", "14:00"),
        ("11:15 am", "11:15"), ("14h30 pm", "14:30"), ("midi", "12:00"), ("Midi et demi", "12:30"), ("noon", "12:00"),
        ("12 pm", "12:00"), ("midi 45", "12:45"), ("14h30min", "14:30"), ("14 h 30.", "14:30"),
    ],
)  # fmt: skip
def test_hours_are_understood_as_people_type_them(said: str, hour: str) -> None:
    assert meant(said, "2026-11-25 10:00") == f"2026-11-25 {hour}"


@pytest.mark.parametrize("said", ["24:00", "24h", "minuit", "midnight", "00:00", "0h", "12 am"])
def test_midnight_is_the_one_to_come(said: str) -> None:
    assert meant(said, "2026-11-25 22:00") == "2026-11-26 00:00"


@pytest.mark.parametrize("said", ["", "25:00", "11:60", "24:30", "demain", "1 2 3", "0 pm", "11:3", "midi moins"])
def test_what_is_no_hour_is_not_understood(said: str) -> None:
    assert meant(said, "2026-11-25 10:00") == ""


@pytest.mark.parametrize(
    ("said", "now", "taken_for"),
    [
        ("11:30", "2026-11-25 09:00", "2026-11-25 11:30"),
        ("11:26", "2026-11-25 11:26:52", "2026-11-25 11:26"),  # the present minute
        ("11:20", "2026-11-25 11:26:52", "2026-11-25 11:20"),  # the end that was to be
        ("09:00", "2026-11-25 11:29", "2026-11-25 09:00"),  # no workshop lasts until tomorrow morning
        ("09:00", "2026-11-25 22:00", "2026-11-26 09:00"),
        ("00:30", "2026-11-25 23:50", "2026-11-26 00:30"),
        ("00:30", "2026-11-25 09:00", "2026-11-25 00:30"),
        ("23:50", "2026-11-26 00:10", "2026-11-25 23:50"),
        ("23:00", "2026-11-25 08:00", "2026-11-25 23:00"),
        ("2:30", "2026-11-25 13:00", "2026-11-25 14:30"),
        ("2h30", "2026-11-25 13:00", "2026-11-25 14:30"),
        ("02:30", "2026-11-25 13:00", "2026-11-25 02:30"),
        ("2:00", "2026-11-25 14:00:20", "2026-11-25 14:00"),
        ("2:00", "2026-11-25 14:10", "2026-11-25 14:00"),
        ("7:30", "2026-11-25 19:00", "2026-11-25 19:30"),
        ("1:30", "2026-11-25 22:00", "2026-11-26 01:30"),
        ("12:30", "2026-11-25 23:30", "2026-11-25 12:30"),
        ("8:30", "2026-11-25 09:00", "2026-11-25 08:30"),
        ("9:30", "2026-11-25 08:00", "2026-11-25 09:30"),
    ],
)
def test_the_hour_that_makes_sense_is_meant(said: str, now: str, taken_for: str) -> None:
    assert meant(said, now) == taken_for


@pytest.mark.parametrize(
    ("said", "now", "taken_for"),
    [
        ("03:45", "2027-03-28 01:30", "2027-03-28 03:45"),
        ("09:00", "2027-03-27 22:00", "2027-03-28 09:00"),
        ("03:45", "2026-10-25 01:30", "2026-10-25 03:45"),
        ("09:00", "2026-10-24 22:30", "2026-10-25 09:00"),
    ],
)
def test_an_hour_typed_before_the_clocks_change_is_right_after(said: str, now: str, taken_for: str) -> None:
    assert meant(said, now) == taken_for


@examples(100)
@given(st.integers(1_767_225_600, 1_830_297_600), st.integers(0, 23), st.integers(0, 59))
def test_an_hour_is_never_taken_for_one_further_away_than_a_day(now: int, hour: int, minute: int) -> None:
    found = understand_hour(f"{hour:02}:{minute:02}", now, ZoneInfo("UTC"))
    assert found is not None
    assert -86400 < found - now < 86400
    shown = datetime.fromtimestamp(found, tz=UTC)
    assert (shown.hour % 12, shown.minute) == (hour % 12, minute)
