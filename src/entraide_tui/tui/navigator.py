"""Where a screen can lead to. The app does it; screens know no more of it than this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.kits.model import Kit
    from entraide_tui.session.closing import Closed
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.workshop.events import Opened


class Navigator(Protocol):
    """The ways from screen to screen. Each raises UserError where what it would open can't be read."""

    def go_home(self, notice: str = "") -> None:
        """Open the home screen, with a line if there is something to say."""

    def open_setup(self, *, kit: str = "", preset: str = "") -> None:
        """Prepare a workshop, with a kit and a preset if they are known already."""

    def open_settings(self) -> None:
        """Open the settings."""

    def open_page(self, path: Path) -> None:
        """Show a record's page."""

    def open_archive(self, search: str = "") -> None:
        """Search the records."""

    def open_board(self) -> None:
        """Show the group's actions."""

    def open_figures(self) -> None:
        """Show what the sessions say together."""

    def open_mending(self, path: Path) -> None:
        """Edit a record."""

    def open_history(self, path: Path) -> None:
        """Show what was changed in a record."""

    def open_share(self, record: Record, path: Path) -> None:
        """Let a record leave without giving a person away."""

    def open_kit_editor(self, path: Path, title: str = "") -> Kit | None:
        """Edit a kit of the group's own; of another one, a copy of that title. Return it, None while it has faults."""

    def open_debrief(self, path: Path) -> None:
        """Show an entry of the notebook."""

    def take_tour(self) -> None:
        """Begin the first two minutes with a made-up group."""

    def rehearse_file(self, path: Path) -> None:
        """Rehearse the scenario of that file."""

    def begin(self, opening: Opened) -> None:
        """Begin a session; its journal begins at once."""

    def open_session(self, name: str) -> None:
        """Resume an open session; look on where another program has it."""

    def open_closing(self, live: LiveSession) -> None:
        """Go from the workshop to its page."""

    def back_to_live(self, live: LiveSession) -> None:
        """Go from the page back to the workshop."""

    def discard(self, live: LiveSession) -> None:
        """End a workshop that leaves nothing."""

    def closed(self, written: Sequence[Closed]) -> None:
        """Go on after the records of the session were written."""

    def leave(self, status: int = 0) -> None:
        """End the app, its last events on the disk."""
