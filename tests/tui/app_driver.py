"""Drives the app as a facilitator would: keys, texts, and a time that moves only when told to."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from textual._context import active_app
from textual.app import App
from textual.events import Paste
from textual.widgets import Static
from textual.worker import WorkerCancelled, WorkerFailed

from entraide_tui.common import i18n
from entraide_tui.common.clock import InventedClock
from entraide_tui.common.settings import Settings, SettingsStore
from entraide_tui.common.settings import path as settings_path
from entraide_tui.common.workspace import Workspace
from entraide_tui.kits import catalogue
from entraide_tui.kits.model import Kit
from entraide_tui.session import journal
from entraide_tui.session.live_session import LiveSession
from entraide_tui.tui.app import EntraideApp
from entraide_tui.tui.key_order import KeysInOrder
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.screens.live import LiveScreen
from entraide_tui.widgets.ask import Ask
from entraide_tui.widgets.cards.base import CardView, Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.notes import NotesField
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual._compositor import Compositor
    from textual.pilot import Pilot
    from textual.widget import Widget

    from entraide_tui.tui.screens.setup import SetupPlan
    from entraide_tui.workshop.state import Session, SessionStep

S = TypeVar("S", bound=BaseScreen)
NINE = 1_795_248_000.0
"""21 November 2026, 9:00 in Paris."""
SIZE = (120, 40)
GROUP = (
    e.Seat("Jean", "facilitator"),
    e.Seat("Awa", "offeror"),
    e.Seat("Inès"),
    e.Seat("Marc"),
    e.Seat("Léa"),
)
TICK = 4.0
"""Seconds between two looks at the clock: below what counts as an interruption."""
PATIENCE = 20.0
"""Seconds, for something that never comes to rest."""


async def rest(_min_sleep: float = 0.0, max_sleep: float = PATIENCE) -> bool:
    """Until no message waits, nothing that was changed is yet to be drawn, and nothing is called after that.

    Textual itself waits until the process sleeps: at least a fiftieth of a second for each key.
    """
    loop = asyncio.get_running_loop()
    end = time.monotonic() + max_sleep
    running = active_app.get()
    busy = True
    while busy and time.monotonic() < end:
        await asyncio.sleep(0)
        if isinstance(running, KeysInOrder) and running.taking_keys:
            continue
        busy = False
        while loop._ready and time.monotonic() < end:  # type: ignore[attr-defined]
            busy = True
            await asyncio.sleep(0)
        if running._running and running._screen_stack:
            if running._resize_event is not None:
                running._check_resize()
            running.screen._on_timer_update()
            busy = busy or bool(loop._ready)  # type: ignore[attr-defined]
    return not busy


async def rested(_pilot: Pilot[object], _timeout: float = PATIENCE) -> bool:
    """In the place of Textual's wait for the screen."""
    return await rest()


def undrawn(compositor: Compositor, *_args: object, **_options: object) -> None:
    """In the place of drawing what changed, for a terminal that is not there: `grid` draws all of it."""
    compositor._dirty_regions.clear()


def grid(app: App[Any]) -> list[str]:
    """The screen as lines of text. The one place, with `undrawn`, that touches the compositor."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@dataclass(slots=True)
class Driver:
    """One app, running."""

    app: EntraideApp
    pilot: Pilot[int]
    clock: InventedClock

    # -- what is there

    @property
    def live(self) -> LiveSession:
        """The session on the screen."""
        assert self.app.live is not None
        return self.app.live

    @property
    def state(self) -> Session:
        """Where it stands."""
        return self.live.state

    @property
    def play(self) -> SessionStep:
        """The step in progress."""
        play = self.state.now_playing
        assert play is not None
        return play

    @property
    def card(self) -> CardView:
        """The card on the screen."""
        return self.app.screen.query_one(CardView)

    @property
    def text(self) -> str:
        """All that is on the screen."""
        return "\n".join(grid(self.app))

    @property
    def focused(self) -> Widget:
        """Where the cursor stands."""
        assert self.app.focused is not None
        return self.app.focused

    def message(self) -> str:
        """The quiet line."""
        return self.app.screen.query_one("#message", WrappedText).content.plain

    def explained(self) -> str:
        """What the panel says."""
        return self.app.screen.query_one("#explain", WrappedText).content.plain

    def shown(self, selector: str) -> str:
        """What a label holds."""
        widget = self.app.screen.query_one(selector)
        assert isinstance(widget, Static | WrappedText)
        return str(widget.content)

    def on_screen(self, kind: type[S]) -> S:
        """The screen in view, which must be of that kind."""
        screen = self.app.screen
        assert isinstance(screen, kind), screen
        return screen

    def line(self, selector: str) -> LineField:
        """A field of one line."""
        return self.app.screen.query_one(selector, LineField)

    def options(self, selector: str) -> dict[str, str]:
        """What a list offers: its texts by id."""
        entries = self.app.screen.query_one(selector, Entries)
        return {o.id or "": str(o.prompt) for o in entries.options}

    def asking(self) -> bool:
        """Whether a panel is open."""
        return bool(self.app.screen.query(Ask))

    # -- what one does

    async def settle(self) -> None:
        """Until everything that was asked for has happened."""
        await self.pilot.pause()
        while self.app._workers:
            # another one, asked for since, took its place; or it failed, which is the app's affair
            with contextlib.suppress(WorkerCancelled, WorkerFailed):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        await self.pilot.press(*keys)
        await self.settle()

    async def focus(self, selector: str) -> None:
        """Puts the cursor there."""
        self.app.screen.query_one(selector).focus()
        await self.pilot.pause()

    async def insert(self, text: str) -> None:
        """Types into the field that has the cursor, at once."""
        field = self.focused
        if isinstance(field, NotesField):
            field.insert(text)
        else:
            assert isinstance(field, LineField), field
            field.insert_text_at_cursor(text)
        await self.pilot.pause()

    async def enter(self, text: str) -> None:
        """Types it, then Enter."""
        await self.insert(text)
        await self.press("enter")

    async def paste(self, text: str) -> None:
        """As a terminal pastes."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def choose(self, selector: str, option: str) -> None:
        """Goes to an entry of a list and presses Enter."""
        self.highlight(selector, option)
        await self.focus(selector)
        await self.press("enter")

    def highlight(self, selector: str, option: str) -> None:
        """Goes to an entry of a list."""
        names = list(self.options(selector))
        self.app.screen.query_one(selector, Entries).highlighted = names.index(option)

    async def ask(self, key: str, text: str | None = None, choice: str | None = None) -> None:
        """Opens a panel by its key and answers."""
        await self.press(key)
        if text is not None:
            self.line("#ask-line").value = text
            await self.pilot.pause()
        if choice is not None:
            self.highlight("#ask-choices", choice)
        await self.press("enter")

    async def pass_time(self, seconds: float) -> None:
        """The clock runs, the machine is awake."""
        while seconds > 0:
            self.clock.advance(min(TICK, seconds))
            seconds -= TICK
            self.live.watch_clocks()
        screen = self.app.screen
        if isinstance(screen, LiveScreen):
            screen.tick()
        await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        """Another window."""
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()
        grid(self.app)

    async def click_key(self, label: str) -> None:
        """Clicks on a word of the key line."""
        await self._click(KeyLine, label)

    async def click_text(self, selector: str, text: str) -> None:
        """Clicks on a word in a widget."""
        await self._click(selector, text)

    async def _click(self, where: str | type[Widget], text: str) -> None:
        widget = self.app.screen.query_one(where)
        region = widget.region
        for y in range(region.y, region.bottom):
            x = grid(self.app)[y].find(text, region.x)
            if x >= 0:
                await self.pilot.click(offset=(x, y))
                await self.settle()
                return
        raise AssertionError(f"{text} is not on the screen")


@functools.cache
def shipped(name: str) -> Kit:
    """A kit that ships."""
    return catalogue.find(name, None)


def workspace(folder: Path) -> Workspace:
    """A group's folder, made."""
    made = Workspace(folder)
    made.make()
    return made


def session(
    folder: Path,
    clock: InventedClock,
    *,
    kit: str | Kit = "atelier-entraide",
    at: str = "",
    language: str = "en",
    people: tuple[e.Seat, ...] = GROUP,
    title: str = "More readers",
    hard_end: float | None = None,
) -> LiveSession:
    """A session open in that workspace; started and in the step `at`, if that is given."""
    live = LiveSession.create(
        Workspace(folder),
        clock,
        kit if isinstance(kit, Kit) else shipped(kit),
        language=language,
        title=title,
        people=people,
        hard_end=hard_end,
        session_id="2026-11-21-more-readers-k7qm",
    )
    if at:
        live.do(gestures.next_step(live.state, live.now()))
        live.do(gestures.jump(live.state, live.now(), at))
        assert live.state.current == at, [p.key for p in live.state.plays]
    return live


@asynccontextmanager
async def running(
    folder: Path,
    live: LiveSession | None = None,
    *,
    clock: InventedClock | None = None,
    plan: SetupPlan | None = None,
    settings: Settings | None = None,
    size: tuple[int, int] = SIZE,
    language: str = "en",
) -> AsyncIterator[Driver]:
    """The app at home, on the set-up (with a plan) or on a session."""
    i18n.set_language(language)
    if clock is None:
        if live is None:
            clock = InventedClock(0.0, NINE)
        else:
            assert isinstance(live.clock, InventedClock)
            clock = live.clock
    store = SettingsStore(settings_path(), settings)
    app = EntraideApp(workspace(folder), clock=clock, settings=store, plan=plan, live=live)
    try:
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot, clock)
            await driver.settle()
            yield driver
            if app._running and app._screen_stack:
                grid(app)  # whatever it came to, it can be drawn
    finally:
        for one in {id(x): x for x in (live, app.live) if x is not None}.values():
            one.leave()


@asynccontextmanager
async def leading(
    folder: Path,
    at: str = "",
    *,
    kit: str | Kit = "atelier-entraide",
    language: str = "en",
    people: tuple[e.Seat, ...] = GROUP,
    title: str = "More readers",
    hard_end: float | None = None,
    settings: Settings | None = None,
    size: tuple[int, int] = SIZE,
) -> AsyncIterator[Driver]:
    """The live screen on a new session, in the step `at` if that is given."""
    workspace(folder)
    i18n.set_language(language)
    live = session(
        folder,
        InventedClock(0.0, NINE),
        kit=kit,
        at=at,
        language=language,
        people=people,
        title=title,
        hard_end=hard_end,
    )
    async with running(folder, live, settings=settings, size=size, language=language) as driver:
        yield driver


def in_journal(live: LiveSession) -> list[e.Event]:
    """What is on the disk at this moment."""
    return [entry.event for entry in journal.read(live.path).entries]
