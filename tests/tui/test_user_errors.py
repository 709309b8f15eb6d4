"""What people must know is shown where they are, whatever raised it, and the app goes on; a fault of ours ends it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, NoReturn

import pytest
from tests.tui.app_driver import Driver, leading, running
from tests.tui.test_pictures import group

from entraide_tui.archive import notebook, record_file
from entraide_tui.common.errors import FileError
from entraide_tui.kits import catalogue
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.screens.page import PageScreen
from entraide_tui.tui.screens.setup import SetupPlan
from entraide_tui.widgets import keymap
from entraide_tui.widgets.ask import Ask, Question
from entraide_tui.workshop.debrief import Debrief

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

NAMES = sorted({screen for action in keymap.ACTIONS for screen in action.where})
TOLD = "the disk is full."


def refuse(*_args: object, **_options: object) -> NoReturn:
    raise FileError(TOLD)


def path_in(folder: Path) -> Path:
    return folder / "sessions" / "2026" / "2026-10-01-accueil-k7qm.toml"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is said, on the quiet line of a screen or as a notice."""
    out: list[str] = []
    show = BaseScreen.say

    def say(screen: BaseScreen, text: str, style: str = "") -> None:
        out.append(text)
        show(screen, text, style)

    monkeypatch.setattr(BaseScreen, "say", say)
    return out


async def opened(stack: AsyncExitStack, folder: Path, name: str) -> Driver:
    """The app on that screen."""
    group(folder, "en")
    if name in (keymap.LIVE, keymap.CLOSING):
        d = await stack.enter_async_context(leading(folder, "contributions"))
        if name == keymap.CLOSING:
            d.app.open_closing(d.live)
    elif name == keymap.REHEARSAL:
        d = await stack.enter_async_context(running(folder))
        d.app.take_tour()
        assert d.app.live is not None
        stack.callback(d.app.live.leave)
    else:
        d = await stack.enter_async_context(running(folder))
        path = path_in(folder)
        match name:
            case keymap.SETUP:
                d.app.open_setup(SetupPlan(kit="atelier-entraide"))
            case keymap.SETTINGS:
                d.app.open_settings()
            case keymap.PAGE:
                d.app.open_page(path)
            case keymap.ARCHIVE:
                d.app.open_archive()
            case keymap.BOARD:
                d.app.open_board()
            case keymap.FIGURES:
                d.app.open_figures()
            case keymap.MENDING:
                d.app.open_record_editor(path)
            case keymap.HISTORY:
                d.app.open_history(path)
            case keymap.SHARE:
                d.app.open_share(record_file.read(path), path)
            case keymap.KIT_EDITOR:
                d.app.open_kit_editor(catalogue.path_of("atelier-entraide", None), "Ours")
            case keymap.DEBRIEF:
                debrief = Debrief("a", "A", "2026-10-01", "en", 60, 55, (), (), ())
                d.app.open_debrief(notebook.keep(folder, notebook.NotebookEntry(debrief)))
    await d.settle()
    assert name == d.on_screen(BaseScreen).NAME
    return d


@pytest.mark.parametrize("name", NAMES)
async def test_every_key_of_every_screen_shows_what_went_wrong_and_the_app_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str], name: str
) -> None:
    async with AsyncExitStack() as stack:
        d = await opened(stack, tmp_path, name)
        screen = d.on_screen(BaseScreen)
        monkeypatch.setattr(screen, "say", lambda text, _style: told.append(text))
        for inside in ("gesture", "_ask"):  # what keys of the live screen do that have no method of their own
            monkeypatch.setattr(screen, inside, refuse, raising=False)
        for action in keymap.actions_on(name):
            told.clear()
            monkeypatch.setattr(screen, f"do_{action.id}", refuse, raising=False)
            await screen.action_do(action.id)
            await d.settle()
            assert [text for text in told if TOLD in text], action.id
        assert d.app.screen is screen
        assert d.app.is_running
        assert d.app.fault == ""
        monkeypatch.delattr(screen, "do_help")
        await d.press("f1")
        assert d.asking()


async def test_an_error_stands_on_the_quiet_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HomeScreen, "do_new", refuse)
    async with running(tmp_path) as d:
        await d.press("f2")
        assert d.message() == TOLD


async def test_a_panel_a_message_a_timer_and_a_callback_may_fail_and_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    async with running(tmp_path) as d:
        screen = d.on_screen(HomeScreen)
        screen.ask(Question("palette", "Which?", refuse, text=""))
        await d.settle()
        await d.press("enter")
        assert told == [TOLD]
        for call in (screen.call_later, screen.call_after_refresh, screen.call_next, d.app.call_later):
            call(refuse)
            await d.settle()
        assert told == [TOLD] * 5
        screen.set_timer(0.001, refuse)
        for _ in range(100):
            await d.pilot.pause(0.01)
        assert told == [TOLD] * 6
        monkeypatch.setattr(HomeScreen, "on_screen_resume", refuse)
        d.app.open_settings()
        await d.settle()
        await d.press("ctrl+b")
        assert told == [TOLD] * 7
        await d.press("f1")
        assert d.asking()


async def test_a_panel_that_cannot_say_what_to_choose_does_not_open(tmp_path: Path, told: list[str]) -> None:
    async with running(tmp_path) as d:
        d.on_screen(HomeScreen).ask(Question("palette", "Which?", lambda _s, _c: None, choices=refuse))
        await d.settle()
        assert not d.app.screen.query(Ask)
        assert not d.app.screen.has_class("-asking")
        assert told == [TOLD]
        await d.press("f1")
        assert d.asking()


class Composing(BaseScreen):
    """Can't be composed."""

    def compose(self) -> ComposeResult:
        yield self.too_small()
        refuse()

    def on_mount(self) -> None:
        """Would find nothing."""
        self.query_one("#never")

    on_screen_resume = on_mount


class Mounting(BaseScreen):
    """Can't be mounted."""

    def compose(self) -> ComposeResult:
        yield self.too_small()

    def on_mount(self) -> None:
        """Fails."""
        refuse()

    def on_screen_resume(self) -> None:
        """Would find nothing."""
        self.query_one("#never")


@pytest.mark.parametrize("kind", [Composing, Mounting])
async def test_a_screen_that_cannot_be_opened_leaves_the_one_before_which_says_why(
    tmp_path: Path, kind: type[BaseScreen]
) -> None:
    async with running(tmp_path) as d:
        d.app.push_screen(kind(d.app.context))
        await d.settle()
        d.on_screen(HomeScreen)
        assert d.message() == TOLD
        await d.press("f6")
        assert d.on_screen(BaseScreen).NAME == keymap.SETTINGS


async def test_work_in_the_background_shows_what_went_wrong(tmp_path: Path, told: list[str]) -> None:
    async with running(tmp_path) as d:
        done: list[int] = []
        screen = d.on_screen(HomeScreen)
        screen.in_background(refuse, done.append)
        await d.settle()
        assert told == [TOLD]
        screen.in_background(lambda: 3, done.append)
        await d.settle()
        assert done == [3]
        screen.in_background(lambda: 3, refuse)
        await d.settle()
        assert told == [TOLD, TOLD]


async def test_what_could_not_be_written_is_said_even_where_one_has_gone_on(tmp_path: Path, told: list[str]) -> None:
    import threading

    left = threading.Event()

    def write() -> None:
        assert left.wait(20)
        refuse()

    async with running(tmp_path) as d:
        d.app.open_settings()
        await d.settle()
        d.on_screen(BaseScreen).in_background(write, outlives_screen=True)
        await d.pilot.press("ctrl+b")
        d.on_screen(HomeScreen)
        left.set()
        await d.settle()
        assert told[-1] == TOLD


async def test_work_of_a_screen_that_is_left_is_forgotten(tmp_path: Path) -> None:
    import threading

    left = threading.Event()
    done: list[bool] = []
    async with running(tmp_path) as d:
        d.app.open_settings()
        await d.settle()
        d.on_screen(BaseScreen).in_background(lambda: left.wait(20), done.append)
        await d.pilot.press("ctrl+b")
        left.set()
        await d.settle()
        assert done == []


@pytest.mark.parametrize("where", ["background", "then", "action", "message"])
async def test_a_fault_of_the_program_is_a_crash_wherever_it_is(tmp_path: Path, where: str) -> None:
    def fault(*_args: object) -> NoReturn:
        raise ZeroDivisionError

    async def run() -> None:
        async with running(tmp_path) as d:
            screen = d.on_screen(HomeScreen)
            match where:
                case "background":
                    screen.in_background(fault)
                case "then":
                    screen.in_background(lambda: 3, fault)
                case "action":
                    screen.do_new = fault  # type: ignore[method-assign]
                    await d.press("f2")
                case _:
                    screen.call_later(fault)
            await d.settle()

    with pytest.raises(ZeroDivisionError):
        await run()


async def test_a_record_that_broke_meanwhile_is_said_when_it_is_to_be_mended(tmp_path: Path) -> None:
    group(tmp_path, "en")
    path = path_in(tmp_path)
    async with running(tmp_path) as d:
        d.app.open_page(path)
        await d.settle()
        path.write_text("format = ", "utf-8")
        await d.on_screen(PageScreen).action_do("mend")
        await d.settle()
        d.on_screen(PageScreen)
        assert "it could not be read" in d.message()
