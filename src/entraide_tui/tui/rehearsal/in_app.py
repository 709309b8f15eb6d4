"""The part of the app that rehearses, and looks back on what is over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import language
from entraide_tui.tui.crash import CalmApp

if TYPE_CHECKING:
    from entraide_tui.archive.notebook import NotebookEntry
    from entraide_tui.common.clock import Clock
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.rehearsal.session import RehearsalSession
    from entraide_tui.tui.rehearsal.tour import Tour


class Rehearsing(CalmApp):
    """Takes the group's workspace away for a rehearsal, and brings it back."""

    workspace: Workspace
    clock: Clock
    stage: RehearsalSession | None = None
    by_itself = False
    """Whether nobody leads: then nobody has anything to look back on."""

    def go_home(self, notice: str = "") -> None:
        """Home."""
        raise NotImplementedError

    def _show_live(self, live: LiveSession) -> None:
        raise NotImplementedError

    def take_tour(self) -> None:
        """The first two minutes."""
        from entraide_tui.kits import loader
        from entraide_tui.rehearsal import scenario
        from entraide_tui.tui.rehearsal.tour import Tour, folder

        play = scenario.load(folder() / "scenario.toml", language())
        self.rehearse(loader.load(folder() / "kit.toml"), play, speed=1, tour=Tour())

    def rehearse(
        self, kit: Kit, scenario: Scenario, *, speed: float, out: Path | None = None, tour: Tour | None = None
    ) -> None:
        """A session with a made-up group, in a folder that goes afterwards."""
        from entraide_tui.common.clock import SteeredClock
        from entraide_tui.rehearsal.simulated_group import SimulatedGroup, seats
        from entraide_tui.session.live_session import LiveSession
        from entraide_tui.tui.rehearsal.session import RehearsalSession

        clock = SteeredClock(self.clock, speed)
        self.stage = RehearsalSession(SimulatedGroup(scenario), clock, speed, self.workspace, out=out, tour=tour)
        self.workspace = self.stage.make_room()
        live = LiveSession.create(
            self.workspace,
            clock,
            kit,
            language=scenario.language,
            title=scenario.title,
            themes=scenario.themes,
            people=seats(scenario),
        )
        self._show_live(live)

    def rehearse_file(self, path: Path) -> None:
        """The same, by the file of its scenario."""
        from entraide_tui.kits import catalogue
        from entraide_tui.rehearsal import scenario

        play = scenario.load(path, language())
        self.rehearse(catalogue.find(play.kit, self.workspace.kits), play, speed=10)

    def open_debrief(self, path: Path) -> None:
        """A leaf of the notebook."""
        from entraide_tui.archive import notebook
        from entraide_tui.tui.screens.debrief import DebriefScreen

        self.push_screen(DebriefScreen(notebook.read(path)))

    def _look_back_on(self, live: LiveSession) -> NotebookEntry:
        """The debrief of a session that is over, put into the notebook."""
        from entraide_tui.archive import notebook
        from entraide_tui.workshop import debrief

        stage = self.stage
        leaf = notebook.NotebookEntry(
            debrief.of(live.history, live.now(), stage.group.incidents_seen() if stage else ())
        )
        if not self.by_itself:
            try:
                notebook.keep((stage.home if stage and stage.home else self.workspace).root, leaf)
            except UserError as trouble:
                self.notify("\n".join(trouble.lines()), markup=False)
        return leaf

    def _strike(self) -> None:
        """The rehearsal is over: back to the group's own workspace."""
        if self.stage is not None:
            self.workspace = self.stage.home or self.workspace
            self.stage.clear()
            self.stage = None
