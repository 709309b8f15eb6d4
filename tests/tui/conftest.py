"""The app of a test is waited for by what is left to do, not by a stretch of time."""

from __future__ import annotations

import gc
import itertools
from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import PATIENCE, rest, rested, undrawn
from textual import _compositor, _styles_cache, app, pilot, screen

from entraide_tui.tui import key_order

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = itertools.count(1)
LITTER = 30
"""Tests after which their apps are cleared away: a few megabytes each."""


@pytest.fixture(autouse=True)
def by_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of Textual's own waits; the screen is laid out when all is at rest, not sixty times a second."""
    monkeypatch.setattr(pilot, "wait_for_idle", rest)
    monkeypatch.setattr(app, "wait_for_idle", rest)
    monkeypatch.setattr(pilot.Pilot, "_wait_for_screen", rested)
    monkeypatch.setattr(screen, "UPDATE_PERIOD", PATIENCE)
    monkeypatch.setattr(key_order, "DRAWING", 0.0)


@pytest.fixture(autouse=True)
def looked_at_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No change is drawn for a terminal that is not there; whoever looks draws all of it."""
    monkeypatch.setattr(_compositor.Compositor, "render_update", undrawn)


@pytest.fixture(autouse=True)
def cleared_now_and_then() -> Iterator[None]:
    """Between tests all that is still there is needed by the next ones, and not looked through again.

    Left to itself, Python looks through the caches of all tests before, several times in each test.
    """
    gc.disable()
    yield
    if next(TESTS) % LITTER == 0:
        # what the last thousand widgets looked like is kept by this one
        _styles_cache.StylesCache.get_inner_outer.cache_clear()
        gc.collect()
        gc.freeze()
    gc.enable()
