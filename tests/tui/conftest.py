"""The app of a test is waited for by what is left to do, not by a stretch of time."""

from __future__ import annotations

import pytest
from tests.tui.app_driver import PATIENCE, rest, rested
from textual import app, pilot, screen


@pytest.fixture(autouse=True)
def by_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of Textual's own waits; the screen is drawn when all is at rest, not sixty times a second."""
    monkeypatch.setattr(pilot, "wait_for_idle", rest)
    monkeypatch.setattr(app, "wait_for_idle", rest)
    monkeypatch.setattr(pilot.Pilot, "_wait_for_screen", rested)
    monkeypatch.setattr(screen, "UPDATE_PERIOD", PATIENCE)
