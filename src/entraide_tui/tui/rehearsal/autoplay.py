"""Plays a scenario through the app's own screens: presses keys, types texts, moves an invented clock."""

from __future__ import annotations

import asyncio
import datetime
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entraide_tui.archive.listing import paths
from entraide_tui.common.clock import InventedClock
from entraide_tui.common.errors import InvalidFileError
from entraide_tui.common.i18n import _, using_language
from entraide_tui.common.workspace import Workspace
from entraide_tui.rehearsal.simulated_group import SimulatedGroup, seats
from entraide_tui.tui.app import EntraideApp
from entraide_tui.tui.rehearsal.screen import RehearsalScreen
from entraide_tui.tui.rehearsal.session import RehearsalSession, keep_records
from entraide_tui.tui.screens.live import LiveScreen
from entraide_tui.tui.screens.setup import SetupPlan, SetupScreen
from entraide_tui.widgets.ask import Ask
from entraide_tui.widgets.cards.actions import ActionsCard
from entraide_tui.widgets.cards.base import CardView, Entries
from entraide_tui.widgets.cards.form import FormCard
from entraide_tui.widgets.cards.list import ListCard
from entraide_tui.widgets.cards.pick import PickCard
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.notes import NotesField

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from entraide_tui.common.settings import SettingsStore
    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario, Scene, SpokenLine
    from entraide_tui.workshop.state import SessionStep

DAY = datetime.datetime(2026, 11, 21, 9, 0)  # noqa: DTZ001 - nine o'clock on the wall, wherever one is
TICK = 4.9
"""Seconds of session time between two looks at the clock: less than what counts as an interruption."""


class Player:
    """Leads one workshop as a facilitator would who has the scenario in hand."""

    def __init__(
        self,
        kit: Kit,
        scenario: Scenario,
        workspace: Workspace,
        *,
        size: tuple[int, int] = (120, 40),
        watch: Callable[[EntraideApp, str], Awaitable[None]] | None = None,
        speed: float = 0.0,
        speaks: bool = False,
        settings: SettingsStore,
    ) -> None:
        """Args:
        watch: called at each place worth a look, with its name: the set-up, each step, the page.
        speed: seconds of session time for each real one if somebody watches; 0: nobody does.
        speaks: show what the group says, and open the debrief at the end.
        """
        self.kit = kit
        self.scenario = scenario
        self.clock = InventedClock(0.0, DAY.timestamp())
        self.app = EntraideApp(workspace, clock=self.clock, settings=settings)
        self.app.by_itself = True
        if speaks:
            self.app.rehearsals.session = RehearsalSession(SimulatedGroup(scenario), home=workspace)
        self._speed = speed
        self._size = size
        self._watch = watch
        self.pilot: Pilot[int]

    async def play(self) -> None:
        """Play from the set-up to the written page, in an app without a terminal."""
        async with self.app.run_test(size=self._size) as pilot:
            await self.lead(pilot)

    async def lead(self, pilot: Pilot[int]) -> None:
        """Play from the set-up to the written page, in an app that already runs."""
        self.pilot = pilot
        await pilot.pause()
        await self._set_up()
        await self._call_watcher("ready")
        await self.press("f8")
        await self._steps()
        await self._call_watcher("end")
        await self._wait_for_watcher(2)
        await self.press("f8")
        self.app.screen.query_one("#themes-line", LineField).value = ", ".join(self.scenario.themes)
        await self._call_watcher("page")
        await self._wait_for_watcher(4)
        await self.press("f3")
        await self._call_watcher("over")
        await self._wait_for_watcher(6)

    async def lead_and_leave(self, pilot: Pilot[Any]) -> None:
        """Play, then leave the app. Whoever watches may take over with a key of their own."""
        from textual.app import ScreenStackError
        from textual.css.query import NoMatches
        from textual.pilot import WaitForScreenTimeout

        try:
            await self.lead(pilot)
        except (NoMatches, ScreenStackError, WaitForScreenTimeout):
            return  # somebody took over with a key of their own
        self.app.leave()

    async def _wait_for_watcher(self, seconds: float) -> None:
        """Give somebody who watches time to look."""
        if self._speed:
            await asyncio.sleep(seconds)

    async def _call_watcher(self, where: str) -> None:
        if self._watch is not None:
            await self.pilot.pause()
            await self._watch(self.app, where)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each when the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.app.keys_taken()

    async def _set_up(self) -> None:
        scenario = self.scenario
        plan = SetupPlan(kit=self.kit.id, title=scenario.title, seats=seats(scenario))
        self.app.open_setup(plan)
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()
        screen = self.app.screen
        if not isinstance(screen, SetupScreen) or screen.kit is None:
            raise InvalidFileError(_("the kit “{kit}” could not be set up.").format(kit=self.kit.id))
        await self._call_watcher("setup")
        await self.press("f8")

    async def _steps(self) -> None:
        seen: dict[str, int] = {}
        live = self.app.live
        while live is not None and (play := live.state.now_playing) is not None:
            number = seen.get(play.step, 0)
            seen[play.step] = number + 1
            scene = self.scenario.scene(play.step, number)
            if scene.skip:
                await self.press("f7")
                await self.press("ctrl+e")
                await self._answer(scene.skip)
                continue
            await self._scene(play, scene)
            await self._call_watcher(play.key)
            await self.press("f8")

    async def _scene(self, play: SessionStep, scene: Scene) -> None:
        takes = 60 * (scene.takes if scene.takes is not None else (play.budget or 0) / 60)
        await self._pass_time(takes * 0.4)
        for spoken in scene.park:
            await self._park(spoken)
        if scene.pause:
            await self.press("f9")
            await self._pass_time(scene.pause * 60)
            await self.press("f9")
        await self._write(scene)
        await self._pass_time(takes * 0.4)
        if scene.extend:
            await self.press("f6")
            await self._answer(f"{scene.extend:g}")
        if scene.note:
            await self.press("ctrl+k")
            await self._answer(scene.note)
        await self._pass_time(takes * 0.2)

    async def _pass_time(self, seconds: float) -> None:
        screen = self.app.screen
        while seconds > 0:
            self.clock.advance(min(TICK, seconds))
            seconds -= TICK
            if isinstance(screen, LiveScreen):
                screen.live.watch_clocks()
            if isinstance(screen, RehearsalScreen) and self._speed:
                screen.beat()
                await asyncio.sleep(TICK / self._speed)
        if isinstance(screen, RehearsalScreen):
            screen.beat()
        if isinstance(screen, LiveScreen):
            screen.tick()
        await self.pilot.pause()

    async def _answer(self, text: str, choice: str = "") -> None:
        ask = self.app.screen.query_one(Ask)
        ask.query_one("#ask-line", LineField).value = text
        await self.pilot.pause()
        if choice:
            entries = ask.query_one("#ask-choices", Entries)
            names = [o.id for o in entries.options]
            entries.highlighted = names.index(choice)
        await self.press("enter")

    async def _park(self, spoken: SpokenLine) -> None:
        await self.press("f4")
        await self._answer(spoken.text, spoken.by)

    async def _type(self, line: LineField, text: str, *keys: str) -> None:
        line.focus()
        line.value = text
        await self.press(*keys)

    async def _write(self, scene: Scene) -> None:
        card = next(iter(self.app.screen.query(CardView)), None)
        if card is None:
            return
        if scene.text:
            notes = next(iter(card.query(NotesField)), None)
            if notes is not None:
                notes.insert(scene.text)
        match card:
            case ListCard():
                for spoken in scene.write:
                    await self._say(card, spoken)
            case PickCard():
                await self._pick(card, scene)
            case ActionsCard():
                await self._plan(card, scene)
            case FormCard():
                await self._fill(card, scene)
            case _:
                pass
        await self.pilot.pause()

    async def _say(self, card: ListCard, spoken: SpokenLine) -> None:
        if spoken.parked:
            waiting = next((i for i in card.items() if i.section == "parking" and i.text == spoken.text), None)
            if waiting is not None:
                await self._choose(card.query_one(Entries), waiting.id)
                return
        card.speak_as(spoken.by, spoken.kind)
        await self._type(card.query_one(LineField), spoken.text, "enter")

    async def _choose(self, entries: Entries, item: str) -> None:
        entries.focus()
        entries.highlighted = [o.id for o in entries.options].index(item)
        await self.press("enter")

    async def _pick(self, card: PickCard, scene: Scene) -> None:
        state = card.live.state
        for text in scene.pick:
            item = next((i for i in state.in_section(card.card.from_, card.play.round) if i.text == text), None)
            if item is None:
                raise InvalidFileError(_("the scenario picks “{text}”, which nobody wrote.").format(text=text))
            await self._choose(card.query_one("#entries", Entries), item.id)
        lines = [line for line in card.query(LineField) if (line.id or "").startswith("idea-")]
        for line, text in zip(lines, scene.reworded, strict=False):
            if text:
                line.value = text

    async def _plan(self, card: ActionsCard, scene: Scene) -> None:
        for action in scene.actions:
            values = {
                "what": action.what,
                "who": action.who,
                "due": action.due.isoformat() if action.due else "",
                "first": action.first_step,
                "idea": str(action.idea or ""),
            }
            for name, value in values.items():
                card.query_one(f"#a-{name}", LineField).value = value
            card.query_one("#a-idea", LineField).focus()
            await self.press("enter")

    async def _fill(self, card: FormCard, scene: Scene) -> None:
        for given in scene.form:
            if given.by:
                card.ask_of(given.by)
            for name, answer in given.answers.items():
                line = card.query_one(f"#field-{name}")
                if isinstance(line, NotesField):
                    line.insert(str(answer))
                elif isinstance(line, LineField):
                    line.value = str(answer)
            if given.by:
                card.query(LineField).last().focus()
            await self.pilot.pause()
            if given.named:
                await self.press("ctrl+f")
            if given.by:
                await self.press("enter")


def rehearse(kit: Kit, scenario: Scenario, out: Path | None, settings: SettingsStore) -> list[Path]:
    """Play a scenario without a terminal; return the files of its records in `out`, none if `out` is None.

    Raises InvalidFileError if the scenario can't be played, and other UserErrors.
    """
    with tempfile.TemporaryDirectory() as folder, using_language(scenario.language):
        workspace = Workspace(Path(folder))
        workspace.make()
        asyncio.run(Player(kit, scenario, workspace, settings=settings).play())
        if not paths(workspace):
            raise InvalidFileError(_("the scenario left no record."))
        return [] if out is None else keep_records(workspace, out)


def show(kit: Kit, scenario: Scenario, speed: float, settings: SettingsStore) -> int:
    """Play a scenario by itself in the terminal; return the exit status when somebody leaves or after the debrief."""
    with tempfile.TemporaryDirectory() as folder, using_language(scenario.language):
        workspace = Workspace(Path(folder))
        workspace.make()
        player = Player(kit, scenario, workspace, speed=speed, speaks=True, settings=settings)
        player.app.run(auto_pilot=player.lead_and_leave)
        return player.app.return_code or 0
