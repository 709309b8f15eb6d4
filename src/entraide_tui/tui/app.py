"""The app: it opens screens and sessions, and decides nothing about a workshop."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from entraide_tui.common.clock import SystemClock
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.tui import lifecycle
from entraide_tui.tui.context import Context
from entraide_tui.tui.crash import CalmApp
from entraide_tui.tui.rehearsal.rehearsals import Rehearsals
from entraide_tui.widgets import keymap
from entraide_tui.widgets.theme import THEME
from entraide_tui.widgets.user_errors import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.notebook import NotebookEntry
    from entraide_tui.common.clock import Clock
    from entraide_tui.common.settings import SettingsStore
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario
    from entraide_tui.session.closing import Closed
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.screens.live import LiveScreen
    from entraide_tui.tui.screens.setup import SetupPlan
    from entraide_tui.workshop.events import Opened


class EntraideApp(CalmApp):
    """The Textual app and the navigator of its screens. It opens at home, on the set-up or on a session.

    Attributes:
        live: the session in progress, with people or with a made-up group.
        by_itself: whether a scenario plays by itself; its debrief is then not put into the notebook.
    """

    TITLE = "entraide"
    CSS_PATH = Path(__file__).parent / "styles" / "entraide.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []
    NOTIFICATION_TIMEOUT = 3

    def __init__(
        self,
        workspace: Workspace,
        *,
        clock: Clock | None = None,
        settings: SettingsStore,
        plan: SetupPlan | None = None,
        live: LiveSession | None = None,
        notice: str = "",
        rehearsing: tuple[Kit, Scenario, float, Path | None] | None = None,
    ) -> None:
        super().__init__()
        self.register_theme(THEME)
        # set without watchers: nothing is drawn yet, so the styles need not be parsed again
        self.set_reactive(CalmApp.theme, THEME.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.context = Context(workspace, clock or SystemClock(), settings, navigator=self)
        self.rehearsals = Rehearsals(self.context)
        self.by_itself = False
        self.live = live
        self._plan = plan
        self._rehearsing = rehearsing
        self._notice = notice or settings.notice
        self.animation_level = "none"
        keys, wrong = keymap.usable_keys(settings.values.keys)
        if wrong:
            settings.values = replace(settings.values, keys=keys)
            self._notice = _("Some keys of your settings are left aside: {why}").format(why=" ".join(wrong))

    # -- beginning

    def on_mount(self) -> None:
        """Open the first screen."""
        self.set_keymap(self.context.settings.keys)
        if not self.is_headless:
            lifecycle.on_signals(self.leave)
            self.set_interval(lifecycle.TERMINAL_CHECK, self._look_for_terminal)
        try:
            self.context.group = self.context.workspace.group()
        except UserError as error:
            self._notice = "\n".join(error.lines())
        if self._notice and (self.live is not None or self._plan is not None or self._rehearsing is not None):
            self.notify(self._notice, markup=False, timeout=15)
        if self.live is not None:
            self._show_live(self.live)
        elif self._plan is not None:
            self.open_setup(self._plan)
        elif self._rehearsing is not None:
            kit, scenario, speed, out = self._rehearsing
            self.go_home()
            self.rehearse(kit, scenario, speed=speed, out=out)
        else:
            self.go_home(self._notice)

    def _look_for_terminal(self) -> None:
        if lifecycle.terminal_gone():
            self.leave(1)

    # -- from screen to screen

    def go_home(self, notice: str = "") -> None:
        """Return to the home screen, with a notice if there is one."""
        from entraide_tui.tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            if isinstance(self.screen, HomeScreen):
                self.screen.say(notice, "")
                self.screen.reload()
                return
            self.pop_screen()
        self.push_screen(HomeScreen(self.context, notice))

    def open_setup(self, plan: SetupPlan | None = None, *, kit: str = "", preset: str = "") -> None:
        """Prepare a workshop, with a kit and a preset if they are known already."""
        from entraide_tui.tui.screens.setup import SetupPlan, SetupScreen

        if len(self.screen_stack) < 2:
            self.go_home()
        self.push_screen(SetupScreen(self.context, plan or SetupPlan(kit=kit, preset=preset)))

    def open_settings(self) -> None:
        """Open the settings."""
        from entraide_tui.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self.context))

    def open_page(self, path: Path) -> None:
        """Show a record's page."""
        from entraide_tui.tui.screens.page import PageScreen

        self.push_screen(PageScreen(self.context, path))

    def open_archive(self, search: str = "") -> None:
        """Search the records."""
        from entraide_tui.tui.screens.archive import ArchiveScreen

        self.push_screen(ArchiveScreen(self.context, search))

    def open_board(self) -> None:
        """Show the group's actions."""
        from entraide_tui.tui.screens.board import BoardScreen

        self.push_screen(BoardScreen(self.context))

    def open_record_editor(self, path: Path) -> None:
        """Edit a record."""
        from entraide_tui.archive import record_file
        from entraide_tui.tui.screens.edit_record import EditRecordScreen

        self.push_screen(EditRecordScreen(self.context, path, record_file.read(path)))

    def open_kit_editor(self, path: Path, title: str = "") -> Kit | None:
        """Edit a kit of the group's own; of any other kit, a new copy called `title`.

        Return the kit, None while it has faults.
        """
        from entraide_tui.kits.own_kit import OwnKit, own_copy
        from entraide_tui.tui.screens.kit_editor import KitEditorScreen

        draft, notice = OwnKit(path), ""
        if path.resolve().parent != self.context.workspace.kits.resolve():
            draft, notice = own_copy(path, self.context.workspace.kits, title), _("This copy is your group’s own.")
        self.push_screen(KitEditorScreen(self.context, draft, notice))
        return draft.now.kit

    def open_share(self, record: Record, path: Path) -> None:
        """Prepare a record for sharing, with names replaced."""
        from entraide_tui.tui.screens.share import ShareScreen

        self.push_screen(ShareScreen(self.context, record, path))

    def open_history(self, path: Path) -> None:
        """Show the changes of a record."""
        from entraide_tui.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(self.context, path))

    def open_figures(self) -> None:
        """Show the figures of all the group's sessions."""
        from entraide_tui.tui.screens.figures import FiguresScreen, read
        from entraide_tui.widgets.moments import today

        self.push_screen(FiguresScreen(self.context, read(self.context.workspace, today(self.context.clock))))

    def open_debrief(self, path: Path) -> None:
        """Show an entry of the notebook."""
        from entraide_tui.archive import notebook
        from entraide_tui.tui.screens.debrief import DebriefScreen

        self.push_screen(DebriefScreen(self.context, notebook.read(path)))

    def take_tour(self) -> None:
        """Begin the two-minute tour with a made-up group."""
        self._show_live(self.rehearsals.begin_tour())

    def rehearse(self, kit: Kit, scenario: Scenario, *, speed: float, out: Path | None = None) -> None:
        """Begin a session with a made-up group; `speed`: seconds of session time for each real one."""
        self._show_live(self.rehearsals.begin(kit, scenario, speed=speed, out=out))

    def rehearse_file(self, path: Path) -> None:
        """Rehearse the scenario in a file."""
        self._show_live(self.rehearsals.begin_file(path))

    def begin(self, opening: Opened) -> None:
        """Begin a session and its journal."""
        from entraide_tui.session.live_session import LiveSession

        live = LiveSession.create(
            self.context.workspace,
            self.context.clock,
            opening.kit,
            language=opening.language,
            title=opening.title,
            group=self.context.group.name,
            people=opening.people,
            hard_end=opening.hard_end,
        )
        self.pop_screen()
        self._show_live(live)

    def open_session(self, name: str) -> None:
        """Resume an open session; if another program has it open, only look on."""
        from entraide_tui.archive import listing
        from entraide_tui.session.live_session import LiveSession

        path = listing.find(self.context.workspace, name, open_sessions=True)
        self._show_live(LiveSession.reopen(path, self.context.clock))

    def _show_live(self, live: LiveSession) -> None:
        self.live = live
        self.push_screen(self._live_screen(live))
        if live.damage:
            self.notify(live.damage, markup=False, timeout=60)

    def _live_screen(self, live: LiveSession) -> LiveScreen:
        """The screen on which a session is led, with people or with a made-up group."""
        from entraide_tui.tui.rehearsal.screen import RehearsalScreen
        from entraide_tui.tui.screens.live import LiveScreen

        if self.rehearsals.session is not None:
            return RehearsalScreen(self.context, live, self.rehearsals.session)
        return LiveScreen(self.context, live)

    def open_closing(self, live: LiveSession) -> None:
        """Go from the workshop to its page."""
        from entraide_tui.tui.screens.closing import ClosingScreen

        self.switch_screen(ClosingScreen(self.context, live))

    def back_to_live(self, live: LiveSession) -> None:
        """Go from the page back to the workshop."""
        self.switch_screen(self._live_screen(live))

    def discard(self, live: LiveSession) -> None:
        """End a workshop and leave nothing of it."""
        live.end()
        self.live = None
        self.rehearsals.end()
        self.go_home(_("The workshop was thrown away."))

    def closed(self, written: Sequence[Closed]) -> None:
        """Go home after the records were written; after a rehearsal, open its debrief."""
        from entraide_tui.tui.screens.debrief import DebriefScreen

        entry = self._keep_debrief(self.live) if self.live is not None else None
        self.live = None
        if self.rehearsals.session is not None:
            self.rehearsals.end()
            self.go_home()
            if entry is not None:
                self.push_screen(DebriefScreen(self.context, entry))
            return
        names = ", ".join(str(w.page) for w in written)
        self.go_home(_("Written: {files}").format(files=names))

    def _keep_debrief(self, live: LiveSession) -> NotebookEntry:
        """Write the debrief of a session that is over into the notebook, and return its entry."""
        from entraide_tui.archive import notebook
        from entraide_tui.workshop import debrief

        rehearsal = self.rehearsals.session
        incidents = rehearsal.group.incidents_seen() if rehearsal else ()
        entry = notebook.NotebookEntry(debrief.of(live.history, live.now(), incidents))
        home = rehearsal.home if rehearsal and rehearsal.home else self.context.workspace
        if not self.by_itself:
            try:
                notebook.keep(home.root, entry)
            except UserError as error:  # the debrief can be read all the same
                show(self, error)
        return entry

    # -- the end

    async def action_quit(self) -> None:
        """Leave through the screen in view, which may ask first."""
        from entraide_tui.tui.screens.base import BaseScreen

        if isinstance(self.screen, BaseScreen):
            self.screen.do_quit()
        else:
            self.leave()

    def action_help_quit(self) -> None:
        """Say how to leave, on Ctrl+C with nothing to copy."""
        self.notify(_("Ctrl+Q leaves; an open workshop waits for you."), markup=False)

    def before_crash(self) -> None:
        """Write what was typed to the disk."""
        if self.live is not None:
            self.live.flush(2.0)

    def leave(self, status: int = 0) -> None:
        """Write the last events to the disk and end the app; on standard error, say what could not be written."""
        unsaved = self._take_in_text()
        if self.live is not None and not self.live.only_looking:
            if not self.live.leave():
                unsaved = self._save_elsewhere(self.live)
        elif self.live is not None:
            self.live.leave()
        if self.rehearsals.session is not None:
            self.rehearsals.end()
            unsaved = ""
        elif self.live is not None and not self.live.only_looking and not unsaved:
            self.farewell = _("Your workshop waits for you: entraide-tui resume")
        self.fault = unsaved
        self.exit(status)

    def _take_in_text(self) -> str:
        """Take in what was typed a moment ago; return the error if that failed, else an empty string."""
        from entraide_tui.tui.screens.base import BaseScreen

        try:
            if isinstance(self.screen, BaseScreen):
                self.screen.before_leaving()
        except UserError as error:
            return "\n".join(error.lines())
        return ""

    def _save_elsewhere(self, live: LiveSession) -> str:
        """Save a workshop whose journal could not be written elsewhere; return what to tell the person."""
        saved_in = live.take_refuge(self.context.workspace.root)
        if saved_in is None:
            return _("the last entries could not be written: {reason}").format(reason=live.trouble)
        return _(
            "the last entries could not be written to the group’s folder: {reason}. The whole workshop is kept in "
            "{file} instead; once the folder can be written again, it goes on with: entraide-tui resume {file}"
        ).format(reason=live.trouble, file=saved_in)
