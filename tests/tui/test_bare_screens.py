"""A screen needs a context and a navigator, and no app of ours."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import NINE, grid, rest
from tests.tui.test_pictures import group
from textual.app import App
from textual.worker import WorkerCancelled

from entraide_tui.common.clock import InventedClock
from entraide_tui.common.settings import Settings, SettingsStore
from entraide_tui.common.workspace import Workspace
from entraide_tui.tui.context import Context
from entraide_tui.tui.screens.archive import ArchiveScreen
from entraide_tui.tui.screens.board import BoardScreen
from entraide_tui.tui.screens.history import HistoryScreen
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.screens.page import PageScreen
from entraide_tui.tui.screens.settings import SettingsScreen
from entraide_tui.widgets.theme import THEME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from entraide_tui.tui.screens.base import BaseScreen


class FakeNavigator:
    """Notes where it was asked to go."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args, **options: self.asked.append((name, *args, *options.items()))


class Bare(App[None]):
    """Textual's own, with our colours."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(THEME)
        self.theme = THEME.name


async def settle(app: App[None], pilot: Pilot[None]) -> None:
    """Until all is read and drawn."""
    await pilot.pause()
    while app._workers:
        with contextlib.suppress(WorkerCancelled):  # another one took its place
            await app.workers.wait_for_complete()
        await rest()


@pytest.fixture
def context(tmp_path: Path) -> Context:
    group(tmp_path, "en")
    settings = SettingsStore(tmp_path / "settings.toml")
    return Context(Workspace(tmp_path), InventedClock(0.0, NINE), settings, FakeNavigator())


def asked(context: Context) -> list[tuple[object, ...]]:
    """Where the screens wanted to go."""
    navigator: object = context.navigator
    assert isinstance(navigator, FakeNavigator)
    return navigator.asked


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "sessions" / "2026" / "2026-10-01-accueil-k7qm.toml"


async def shown(screen: BaseScreen, *keys: str) -> str:
    """What is on the screen after these keys."""
    app = Bare()
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(screen)
        await settle(app, pilot)
        for key in keys:
            await pilot.press(key)
            await settle(app, pilot)
        return "\n".join(grid(app))


async def test_the_page_leads_to_mending_and_to_what_was_changed(context: Context, record: Path) -> None:
    assert "Mieux accueillir" in await shown(PageScreen(context, record))
    screen = PageScreen(context, record)
    app = Bare()
    async with app.run_test() as pilot:
        app.push_screen(screen)
        await settle(app, pilot)
        screen.do_mend()
        screen.do_history()
    assert asked(context) == [("open_record_editor", record), ("open_history", record)]


async def test_the_board_leads_to_a_page(context: Context, record: Path) -> None:
    board = BoardScreen(context)
    app = Bare()
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(board)
        await settle(app, pilot)
        assert "Appeler le placier du marché" in "\n".join(grid(app))
        board.do_open()
    assert asked(context) == [("open_page", record)]


async def test_the_archive_leads_to_a_page(context: Context, record: Path) -> None:
    assert "Mieux accueillir" in await shown(ArchiveScreen(context), "enter")
    assert asked(context) == [("open_page", record)]


async def test_home_leads_to_the_set_up(context: Context) -> None:
    assert "Prepare a workshop" in await shown(HomeScreen(context), "enter")
    assert asked(context) == [("open_setup",)]


async def test_the_history_says_that_nothing_was_changed(context: Context, record: Path) -> None:
    assert "never changed" in await shown(HistoryScreen(context, record))


async def test_a_setting_is_changed_and_kept(context: Context, tmp_path: Path) -> None:
    assert context.settings == Settings()
    await shown(SettingsScreen(context), "enter")
    assert context.settings == Settings(sound=True)
    assert SettingsStore.load(tmp_path / "settings.toml").values.sound


async def test_a_setting_that_cannot_be_kept_counts_for_this_time_and_that_is_said(
    context: Context, tmp_path: Path
) -> None:
    from entraide_tui.tui.crash import CalmApp

    class Calm(CalmApp):
        def on_mount(self) -> None:
            self.register_theme(THEME)
            self.theme = THEME.name

    (tmp_path / "settings.toml").write_text("no toml", "utf-8")
    app = Calm()
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(SettingsScreen(context))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert context.settings.sound
        assert "it could not be read" in "\n".join(grid(app))
    assert (tmp_path / "settings.toml").read_text("utf-8") == "no toml"
