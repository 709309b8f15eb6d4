"""Begins and ends the app's rehearsals; each has a temporary folder and a clock of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.common.i18n import language

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.context import Context
    from entraide_tui.tui.rehearsal.session import RehearsalSession
    from entraide_tui.tui.rehearsal.tour import Tour


class Rehearsals:
    """Makes a rehearsal's folder the workspace, and restores the group's workspace at the end.

    Attributes:
        session: the rehearsal in progress, if any.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.session: RehearsalSession | None = None

    def begin(
        self, kit: Kit, scenario: Scenario, *, speed: float, out: Path | None = None, tour: Tour | None = None
    ) -> LiveSession:
        """Begin a session with a made-up group. Raises FileError.

        Args:
            speed: seconds of session time for each real one.
            out: the folder to keep its record in; None: it is not kept.
        """
        from entraide_tui.common.clock import SteeredClock
        from entraide_tui.rehearsal.simulated_group import SimulatedGroup, seats
        from entraide_tui.session.live_session import LiveSession
        from entraide_tui.tui.rehearsal.session import RehearsalSession

        home = self._context.workspace
        clock = SteeredClock(self._context.clock, speed)
        session = RehearsalSession(SimulatedGroup(scenario), clock, speed, home, out=out, tour=tour)
        workspace = session.make_workspace()
        live = LiveSession.create(
            workspace,
            clock,
            kit,
            language=scenario.language,
            title=scenario.title,
            themes=scenario.themes,
            people=seats(scenario),
        )
        self.session, self._context.workspace = session, workspace
        return live

    def begin_tour(self) -> LiveSession:
        """Begin the two-minute tour, gesture by gesture."""
        from entraide_tui.kits import loader
        from entraide_tui.rehearsal import scenario
        from entraide_tui.tui.rehearsal.tour import Tour, folder

        play = scenario.load(folder() / "scenario.toml", language())
        return self.begin(loader.load(folder() / "kit.toml"), play, speed=1, tour=Tour())

    def begin_file(self, path: Path) -> LiveSession:
        """Begin the rehearsal of the scenario in a file. Raises FileError, InvalidFileError, NotFoundError."""
        from entraide_tui.kits import catalogue
        from entraide_tui.rehearsal import scenario

        play = scenario.load(path, language())
        return self.begin(catalogue.find(play.kit, self._context.workspace.kits), play, speed=10)

    def end(self) -> None:
        """End the rehearsal in progress, if any, and restore the group's workspace."""
        if self.session is not None:
            self._context.workspace = self.session.home or self._context.workspace
            self.session.clear()
            self.session = None
