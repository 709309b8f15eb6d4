"""A workshop can be thrown away, and only on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.app_driver import leading

from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_trial_is_thrown_away_after_a_yes(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as driver:
        await driver.app.run_action("do('discard')", driver.app.screen)
        await driver.settle()
        await driver.press("down", "enter")
        assert isinstance(driver.app.screen, HomeScreen)
        assert driver.app.live is None
        assert not [p for p in (tmp_path / "sessions").rglob("*") if p.is_file()]


async def test_without_a_yes_it_stays(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as driver:
        await driver.app.run_action("do('discard')", driver.app.screen)
        await driver.settle()
        await driver.press("enter")
        assert isinstance(driver.app.screen, LiveScreen)
        assert driver.live.path.exists()
