"""The home screen: prepare a workshop, resume an open one, open a recent page, see what is due."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from entraide_tui.common.i18n import _
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import HOME, bindings
from entraide_tui.widgets.moments import today
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.archive.listing import Due, RecordLine
    from entraide_tui.tui.context import Context

RECENT = 6


class HomeScreen(BaseScreen):
    """What one can do on the left, what is due on the right."""

    NAME = HOME
    BINDINGS: ClassVar = bindings(HOME)

    def __init__(self, context: Context, notice: str = "") -> None:
        super().__init__(context)
        self._notice = notice
        self._read_once = False
        self._rehearsed = False
        self._offered = False

    def compose(self) -> ComposeResult:
        """Yield the title, the list, and what is due."""
        with Horizontal(id="top"):
            yield Static(
                joined(("entraide", "bold $primary"), ("  " + _("mutual-aid workshops"), "$quiet")), id="title"
            )
            yield Static("", id="ends")
        yield WrappedText(plain(self._notice), id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"):
                yield Entries(id="doors")
            with Vertical(id="side"):
                yield Static(plain(_("What is due"), "bold"), classes="heading")
                yield WrappedText(id="due")
        yield KeyLine(HOME, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Show what can be done at once; the files are read meanwhile."""
        entries = self.query_one("#doors", Entries)
        entries.show(self._choices([], []))
        entries.highlighted = 0
        entries.focus()

    def on_screen_resume(self) -> None:
        """Read the files after the next drawing: sessions may have been opened or closed."""
        self.call_after_refresh(self.reload)

    def reload(self) -> None:
        """Read the workspace's files in a thread, then show them."""
        self.in_background(self._read, lambda result: self._show(*result), group="files")

    def _read(self) -> tuple[list[str], list[RecordLine], bool]:
        from itertools import islice

        from entraide_tui.archive import listing, notebook
        from entraide_tui.session import fallback_store

        workspace = self.context.workspace
        fallback_store.tidy(workspace, self.context.clock.wall())
        open_ = [p.stem for p in listing.journals(workspace)]
        lines = list(islice(listing.lines(workspace), 200))
        return open_, lines, notebook.newest(workspace.root) is not None

    def _show(self, open_: list[str], lines: list[RecordLine], rehearsed: bool) -> None:
        self._read_once, self._rehearsed = True, rehearsed
        entries = self.query_one("#doors", Entries)
        current = entries.current
        entries.show(self._choices(open_, lines))
        keys = [key for key, _c in self._choices(open_, lines)]
        offers = keys[0] == "tour" and not self._offered
        if not current or current not in keys or offers:
            entries.highlighted = 0
            self._offered = offers
        group = self.context.group
        name = group.name or str(self.context.workspace.root)
        self.query_one("#ends", Static).update(plain(name, "$quiet"))
        self.query_one("#due", WrappedText).show(*self._due([d for line in lines for d in line.due]))

    def _choices(self, open_: list[str], lines: list[RecordLine]) -> list[tuple[str, Content]]:
        new = self.key("new")
        out = [("new", joined(("+ ", "bold $primary"), (_("Prepare a workshop"), "bold"), (f"  {new}", "$quiet")))]
        if not open_ and not lines and self._read_once and not self._rehearsed:
            text = _("First time? Two minutes to try it out, with a made-up group")
            out.insert(0, ("tour", joined(("▷ ", "bold $accent"), (text, "bold"))))
        for stem in open_:
            out.append((f"open:{stem}", joined(("▶ ", "bold $warning"), _("Resume "), (stem, "bold"))))
        for line in lines[:RECENT]:
            if line.fault:
                out.append(
                    (
                        f"record:{line.path}",
                        joined(("✗ ", "$error"), line.path.name, (f"  {line.fault}", "$quiet")),
                    )
                )
            else:
                date = line.date.isoformat() if line.date else ""
                out.append(
                    (
                        f"record:{line.path}",
                        joined(("· ", "$quiet"), (f"{date}  ", "$quiet"), line.title, (f"  {line.offeror}", "$quiet")),
                    )
                )
        return out

    def _due(self, due: list[Due]) -> list[Content]:
        if not due:
            return [plain(_("Nothing is due. The actions of your workshops will stand here."), "$quiet")]
        day = today(self.context.clock)
        ranked = sorted(due, key=lambda d: (d.due is None, d.due or day))
        out: list[Content] = []
        for action in ranked[:14]:
            late = action.due is not None and action.due < day
            date = action.due.isoformat() if action.due else _("no date")
            out.append(
                joined(
                    ("▲ " if late else "· ", "$warning" if late else "$quiet"),
                    (f"{date} ", "$warning" if late else "$quiet"),
                    (f"{action.who} ", "bold $accent") if action.who else "",
                    action.what,
                )
            )
        if len(ranked) > 14:
            out.append(plain(_("and {n} more").format(n=len(ranked) - 14), "$quiet"))
        return out

    def focus_home(self) -> None:
        """Put the cursor onto the list."""
        self.query_one("#doors", Entries).focus()

    @on(OptionList.OptionSelected, "#doors")
    def _open_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _sep, name = (event.option.id or "").partition(":")
        if kind == "new":
            self.do_new()
        elif kind == "tour":
            self.context.navigator.take_tour()
        elif kind == "open":
            self.context.navigator.open_session(name)
        elif kind == "record":
            self.context.navigator.open_page(Path(name))

    def do_new(self) -> None:
        """Prepare a workshop."""
        self.context.navigator.open_setup()

    def do_archive(self) -> None:
        """Search the records."""
        self.context.navigator.open_archive()

    def do_board(self) -> None:
        """Show the group's actions."""
        self.context.navigator.open_board()

    def do_figures(self) -> None:
        """Show the figures of all the group's sessions."""
        self.context.navigator.open_figures()

    def do_debrief(self) -> None:
        """Open the newest entry of the notebook."""
        from entraide_tui.archive import notebook

        path = notebook.newest(self.context.workspace.root)
        if path is None:
            self.say(_("After a workshop or a rehearsal, its debrief stands here: for your eyes."))
        else:
            self.context.navigator.open_debrief(path)

    def do_choose(self) -> None:
        """Ask what one has, and offer the kits that suit it."""
        from entraide_tui.tui.panels.choose_kit import kits

        def begin(kit: str, preset: str) -> None:
            self.context.navigator.open_setup(kit=kit, preset=preset)

        self.ask(kits(self.context.workspace.kits, begin))

    def do_rehearse(self) -> None:
        """Ask which made-up group to lead, and begin the rehearsal."""
        from entraide_tui.tui.panels.choose_kit import rehearsals

        self.ask(rehearsals(self.context.navigator.rehearse_file, self.context.navigator.take_tour))

    def do_settings(self) -> None:
        """Open the settings."""
        self.context.navigator.open_settings()
