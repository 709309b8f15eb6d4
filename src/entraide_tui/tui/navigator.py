"""The ways from screen to screen, as an interface: screens know no more of the app."""

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
    """Opens screens and sessions. Each method raises UserError if what it would open can't be read."""

    def go_home(self, notice: str = "") -> None:
        """Return to the home screen, with a notice if there is one."""

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
        """Show the figures of all the group's sessions."""

    def open_record_editor(self, path: Path) -> None:
        """Edit a record."""

    def open_history(self, path: Path) -> None:
        """Show the changes of a record."""

    def open_share(self, record: Record, path: Path) -> None:
        """Prepare a record for sharing, with names replaced."""

    def open_kit_editor(self, path: Path, title: str = "") -> Kit | None:
        """Edit a kit of the group's own; of any other kit, a new copy called `title`.

        Return the kit, None while it has faults.
        """

    def open_debrief(self, path: Path) -> None:
        """Show an entry of the notebook."""

    def take_tour(self) -> None:
        """Begin the two-minute tour with a made-up group."""

    def rehearse_file(self, path: Path) -> None:
        """Rehearse the scenario in a file."""

    def begin(self, opening: Opened) -> None:
        """Begin a session and its journal."""

    def open_session(self, name: str) -> None:
        """Resume an open session; if another program has it open, only look on."""

    def open_closing(self, live: LiveSession) -> None:
        """Go from the workshop to its page."""

    def back_to_live(self, live: LiveSession) -> None:
        """Go from the page back to the workshop."""

    def discard(self, live: LiveSession) -> None:
        """End a workshop and leave nothing of it."""

    def closed(self, written: Sequence[Closed]) -> None:
        """Leave the closing screen after the records were written."""

    def leave(self, status: int = 0) -> None:
        """End the app once its last events are on the disk."""
