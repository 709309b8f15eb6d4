"""Any window: nothing breaks at any size, and what counts stays in view where there is room for it at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import NINE, Driver, grid, leading, running

from entraide_tui.tui.screens.closing import ClosingScreen
from entraide_tui.tui.screens.setup import SetupPlan
from entraide_tui.workshop.events import Seat

if TYPE_CHECKING:
    from pathlib import Path

SIZES = ((200, 60), (120, 40), (80, 24), (40, 12), (20, 5), (4, 2), (1, 1))
Sizes = tuple[tuple[int, int], ...]
SOME: Sizes = ((40, 12), (4, 2))
"""Few columns, and next to nothing; the campaign takes all where a run takes these."""
STEPS = ("", "demande", "contributions", "tri", "plan", "ressenti")
WITH_PANEL = pytest.mark.parametrize(
    "sizes", [pytest.param(SOME, id="some"), pytest.param(SIZES, id="all", marks=pytest.mark.campaign)]
)
TOO_SMALL = "This window is too small"


async def through(d: Driver, sizes: Sizes) -> None:
    """Shrinks and grows again, each time drawing all."""
    for width, height in (*sizes, (20, 5), (120, 40)):
        await d.resize(width, height)
        assert len(grid(d.app)) == height


async def through_all_sizes(d: Driver, panel: str, with_panel: Sizes) -> None:
    """All of them; then some with a panel open."""
    await through(d, SIZES)
    await d.press(panel)
    assert d.asking()
    await through(d, with_panel)
    await d.press("escape")


@pytest.mark.parametrize(
    ("step", "sizes"),
    [
        *(pytest.param(step, SOME, id=step) for step in STEPS),
        *(pytest.param(step, SIZES, id=f"{step}-all", marks=pytest.mark.campaign) for step in STEPS),
    ],
)
async def test_the_live_screen_bears_any_size(tmp_path: Path, step: str, sizes: Sizes) -> None:
    async with leading(tmp_path, step) as d:
        await through(d, sizes)
        assert d.app.is_running


async def test_the_live_screen_and_its_panel_bear_any_size(tmp_path: Path) -> None:
    async with leading(tmp_path, "contributions") as d:
        await through_all_sizes(d, "ctrl+p", SIZES)
        assert d.app.is_running


@WITH_PANEL
async def test_home_bears_any_size(tmp_path: Path, sizes: Sizes) -> None:
    async with running(tmp_path) as d:
        await through_all_sizes(d, "f1", sizes)


@WITH_PANEL
async def test_the_settings_bear_any_size(tmp_path: Path, sizes: Sizes) -> None:
    async with running(tmp_path) as d:
        await d.press("f6")
        await through_all_sizes(d, "ctrl+p", sizes)


@WITH_PANEL
async def test_the_set_up_bears_any_size(tmp_path: Path, sizes: Sizes) -> None:
    plan = SetupPlan(kit="atelier-entraide", seats=(Seat("Jean", "facilitator"), Seat("Awa", "offeror")))
    async with running(tmp_path, plan=plan) as d:
        await through_all_sizes(d, "ctrl+p", sizes)


@WITH_PANEL
async def test_the_page_bears_any_size(tmp_path: Path, sizes: Sizes) -> None:
    async with leading(tmp_path, "cloture") as d:
        await d.press("f8", "f8")
        assert isinstance(d.app.screen, ClosingScreen)
        await d.choose("#sections", "plan")
        await through_all_sizes(d, "ctrl+p", sizes)


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (56, 18), (40, 12), (24, 8)])
async def test_step_time_speaker_end_and_the_writing_field_are_in_view(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, "clarification", size=size, hard_end=NINE + 61 * 60) as d:
        await d.insert("abc")
        for late in (False, True):
            if late:
                await d.pass_time(600 + 600)
            await d.pilot.pause()
            screen = d.text
            assert TOO_SMALL not in screen
            assert "6/13" in screen
            assert d.state.turn.speaker in screen
            assert "10:11" in screen if late else "10:01" in screen
            assert "› abc" in screen
            if size < (56, 18):
                assert ("−10:00" if late else "10:00") in screen
            else:
                assert "▀" in screen
            assert "F8 next" in screen


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_panel_has_room_and_the_cursor_comes_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, "clarification", size=size) as d:
        await d.insert("half")
        await d.press("f6")
        assert "Extend this step" in d.text
        assert "end later, at" in d.text
        await d.press("escape")
        assert d.focused is d.line("#line")
        assert "› half" in d.text
        await d.ask("f4", "an idea")
        assert d.focused is d.line("#line")
        await d.insert(" a word")
        assert d.line("#line").value == "half a word"


@pytest.mark.parametrize("size", [(23, 30), (80, 7), (20, 5)])
async def test_where_nothing_useful_can_be_shown_one_sentence_says_so(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert("half")
        await d.resize(*size)
        assert TOO_SMALL in " ".join(d.text.split())
        assert "6/13" not in d.text
        await d.insert(" a word")
        await d.press("f5")
        await d.resize(120, 40)
        assert TOO_SMALL not in d.text
        assert d.line("#line").value == "half a word"
        assert d.focused is d.line("#line")
        assert d.play.budget == 660


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_is_cut_off_on_the_live_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with leading(tmp_path, "contributions", size=size) as d:
        shown = d.app.screen
        for selector in ("#title", "#ends", "#step", "#time", "#who", "#kind", "#line", "KeyLine"):
            region = shown.query_one(selector).region
            assert region.area > 0, selector
            assert shown.region.contains_region(region), selector
