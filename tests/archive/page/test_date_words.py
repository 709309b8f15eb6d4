"""Dates as a page says them."""

from __future__ import annotations

import pytest

from entraide_tui.archive.page import date_words


@pytest.mark.parametrize(
    ("language", "day"),
    [("fr", "samedi 21 novembre 2026"), ("en", "Saturday 21 November 2026"), ("", "Saturday 21 November 2026")],
)
def test_days_are_written_in_the_language_of_the_workshop(language: str, day: str) -> None:
    assert date_words.day("2026-11-21", language) == day
