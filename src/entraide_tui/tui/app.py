"""The app: which screen, which session. It wires; it decides nothing about a workshop."""

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
    from entraide_tui.tui.screens.setup import Plan
    from entraide_tui.workshop.events import Opened


class EntraideApp(CalmApp):
    """Opens at home, on the set-up or on a session. It is the navigator of its screens.

    Attributes:
        live: the session in progress, with people or with a made-up group.
        by_itself: whether nobody leads: then nobody has anything to look back on.
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
        plan: Plan | None = None,
        live: LiveSession | None = None,
        notice: str = "",
        rehearsing: tuple[Kit, Scenario, float, Path | None] | None = None,
    ) -> None:
        super().__init__()
        self.register_theme(THEME)
        # as if it had been so from the beginning: nothing is drawn yet, no style has to be read a second time
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
        keys, wrong = keymap.kept(settings.values.keys)
        if wrong:
            settings.values = replace(settings.values, keys=keys)
            self._notice = _("Some keys of your settings are left aside: {why}").format(why=" ".join(wrong))

    # -- beginning

    def on_mount(self) -> None:
        """The first screen."""
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
            kit, play, speed, out = self._rehearsing
            self.go_home()
            self.rehearse(kit, play, speed=speed, out=out)
        else:
            self.go_home(self._notice)

    def _look_for_terminal(self) -> None:
        if lifecycle.terminal_gone():
            self.leave(1)

    # -- from screen to screen

    def go_home(self, notice: str = "") -> None:
        """Home, with a line if there is something to say."""
        from entraide_tui.tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            if isinstance(self.screen, HomeScreen):
                self.screen.say(notice, "")
                self.screen.reload()
                return
            self.pop_screen()
        self.push_screen(HomeScreen(self.context, notice))

    def open_setup(self, plan: Plan | None = None, *, kit: str = "", preset: str = "") -> None:
        """Prepare a workshop; with that kit, if one is meant already."""
        from entraide_tui.tui.screens.setup import Plan as Empty
        from entraide_tui.tui.screens.setup import SetupScreen

        if len(self.screen_stack) < 2:
            self.go_home()
        self.push_screen(SetupScreen(self.context, plan or Empty(kit=kit, preset=preset)))

    def open_settings(self) -> None:
        """Keys, sound, clock."""
        from entraide_tui.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self.context))

    def open_page(self, path: Path) -> None:
        """A page of the past."""
        from entraide_tui.tui.screens.page import PageScreen

        self.push_screen(PageScreen(self.context, path))

    def open_archive(self, search: str = "") -> None:
        """The records, found while one types."""
        from entraide_tui.tui.screens.archive import ArchiveScreen

        self.push_screen(ArchiveScreen(self.context, search))

    def open_board(self) -> None:
        """The group's actions."""
        from entraide_tui.tui.screens.board import BoardScreen

        self.push_screen(BoardScreen(self.context))

    def open_mending(self, path: Path) -> None:
        """A record, to change it."""
        from entraide_tui.archive import record_file
        from entraide_tui.tui.screens.edit_record import EditRecordScreen

        self.push_screen(EditRecordScreen(self.context, path, record_file.read(path)))

    def open_kit_editor(self, path: Path, title: str = "") -> Kit | None:
        """A kit of the group's own, to change it; of another one, a copy of that title. Returns it as it is now."""
        from entraide_tui.kits.own_kit import OwnKit, own_copy
        from entraide_tui.tui.screens.kit_editor import KitEditorScreen

        draft, notice = OwnKit(path), ""
        if path.resolve().parent != self.context.workspace.kits.resolve():
            draft, notice = own_copy(path, self.context.workspace.kits, title), _("This copy is your group’s own.")
        self.push_screen(KitEditorScreen(self.context, draft, notice))
        return draft.now.kit

    def open_share(self, record: Record, path: Path) -> None:
        """A record, to let it leave without giving a person away."""
        from entraide_tui.tui.screens.share import ShareScreen

        self.push_screen(ShareScreen(self.context, record, path))

    def open_history(self, path: Path) -> None:
        """What was changed in a record."""
        from entraide_tui.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(self.context, path))

    def open_figures(self) -> None:
        """What the sessions say together."""
        from entraide_tui.tui.screens.figures import FiguresScreen, read

        self.push_screen(FiguresScreen(self.context, read(self.context.workspace)))

    def open_debrief(self, path: Path) -> None:
        """A leaf of the notebook."""
        from entraide_tui.archive import notebook
        from entraide_tui.tui.screens.debrief import DebriefScreen

        self.push_screen(DebriefScreen(self.context, notebook.read(path)))

    def take_tour(self) -> None:
        """The first two minutes."""
        self._show_live(self.rehearsals.begin_tour())

    def rehearse(self, kit: Kit, scenario: Scenario, *, speed: float, out: Path | None = None) -> None:
        """A session with a made-up group; `speed`: seconds of it for one."""
        self._show_live(self.rehearsals.begin(kit, scenario, speed=speed, out=out))

    def rehearse_file(self, path: Path) -> None:
        """A rehearsal, by the file of its scenario."""
        self._show_live(self.rehearsals.begin_file(path))

    def begin(self, opening: Opened) -> None:
        """A new session; its journal begins at once."""
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
        """Resumes an open session; looks on where another program has it."""
        from entraide_tui.archive import listing
        from entraide_tui.session.live_session import LiveSession

        path = listing.find(self.context.workspace, name, open_sessions=True)
        self._show_live(LiveSession.reopen(path, self.context.clock))

    def _show_live(self, live: LiveSession) -> None:
        self.live = live
        self.push_screen(self._leading(live))

    def _leading(self, live: LiveSession) -> LiveScreen:
        """The screen on which a session is led, with people or with a made-up group."""
        from entraide_tui.tui.rehearsal.screen import RehearsalScreen
        from entraide_tui.tui.screens.live import LiveScreen

        if self.rehearsals.session is not None:
            return RehearsalScreen(self.context, live, self.rehearsals.session)
        return LiveScreen(self.context, live)

    def open_closing(self, live: LiveSession) -> None:
        """The page."""
        from entraide_tui.tui.screens.closing import ClosingScreen

        self.switch_screen(ClosingScreen(self.context, live))

    def back_to_live(self, live: LiveSession) -> None:
        """From the page to the workshop."""
        self.switch_screen(self._leading(live))

    def discard(self, live: LiveSession) -> None:
        """A workshop that leaves nothing."""
        live.end()
        self.live = None
        self.rehearsals.end()
        self.go_home(_("The workshop was thrown away."))

    def closed(self, written: Sequence[Closed]) -> None:
        """The records are on the disk. A rehearsal ends with its debrief; a workshop’s waits for a quiet moment."""
        from entraide_tui.tui.screens.debrief import DebriefScreen

        leaf = self._look_back_on(self.live) if self.live is not None else None
        self.live = None
        if self.rehearsals.session is not None:
            self.rehearsals.end()
            self.go_home()
            if leaf is not None:
                self.push_screen(DebriefScreen(self.context, leaf))
            return
        names = ", ".join(str(w.page) for w in written)
        self.go_home(_("Written: {files}").format(files=names))

    def _look_back_on(self, live: LiveSession) -> NotebookEntry:
        """The debrief of a session that is over, put into the notebook."""
        from entraide_tui.archive import notebook
        from entraide_tui.workshop import debrief

        rehearsal = self.rehearsals.session
        incidents = rehearsal.group.incidents_seen() if rehearsal else ()
        leaf = notebook.NotebookEntry(debrief.of(live.history, live.now(), incidents))
        home = rehearsal.home if rehearsal and rehearsal.home else self.context.workspace
        if not self.by_itself:
            try:
                notebook.keep(home.root, leaf)
            except UserError as error:  # it can be read all the same
                show(self, error)
        return leaf

    # -- the end

    async def action_quit(self) -> None:
        """Textual's own way out goes through the screen's, which may ask."""
        from entraide_tui.tui.screens.base import BaseScreen

        if isinstance(self.screen, BaseScreen):
            self.screen.do_quit()
        else:
            self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing to copy."""
        self.notify(_("Ctrl+Q leaves; an open workshop waits for you."), markup=False)

    def before_crash(self) -> None:
        """What was typed goes to the disk."""
        if self.live is not None:
            self.live.flush(2.0)

    def leave(self, status: int = 0) -> None:
        """The last events go to the disk, then the app ends. What could not be written is said."""
        unsaved = self._last_words()
        if self.live is not None and not self.live.only_looking:
            if not self.live.leave():
                unsaved = self._take_refuge(self.live)
        elif self.live is not None:
            self.live.leave()
        if self.rehearsals.session is not None:
            self.rehearsals.end()
            unsaved = ""
        elif self.live is not None and not self.live.only_looking and not unsaved:
            self.farewell = _("Your workshop waits for you: entraide-tui resume")
        self.fault = unsaved
        self.exit(status)

    def _last_words(self) -> str:
        """What was typed a moment ago is taken in; what is said where that could not be kept."""
        from entraide_tui.tui.screens.base import BaseScreen

        try:
            if isinstance(self.screen, BaseScreen):
                self.screen.before_leaving()
        except UserError as error:
            return "\n".join(error.lines())
        return ""

    def _take_refuge(self, live: LiveSession) -> str:
        """What is said where the journal could not be written to the end."""
        kept = live.take_refuge(self.context.workspace.root)
        if kept is None:
            return _("the last entries could not be written: {reason}").format(reason=live.trouble)
        return _(
            "the last entries could not be written to the group’s folder: {reason}. The whole workshop is kept in "
            "{file} instead; once the folder can be written again, it goes on with: entraide-tui resume {file}"
        ).format(reason=live.trouble, file=kept)
