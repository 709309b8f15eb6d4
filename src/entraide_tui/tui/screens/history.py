"""The changes of a record; any former version can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from entraide_tui.archive.editing import differences, history
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import HISTORY, bindings
from entraide_tui.widgets.plain import joined, plain, rows
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from entraide_tui.archive.editing.differences import Difference
    from entraide_tui.archive.editing.history import Version
    from entraide_tui.tui.context import Context


FEW = 2
"""Changed fields that a row names."""


class HistoryScreen(BaseScreen):
    """The changes on the left, the newest first; what each changed on the right."""

    NAME = HISTORY
    BINDINGS: ClassVar = bindings(HISTORY)
    CSS = """
    HistoryScreen #centre { width: 36; padding: 1 1 0 1; }
    HistoryScreen #paper { width: 1fr; height: 1fr; background: $surface; padding: 1 2; }
    HistoryScreen #changes { height: auto; }
    HistoryScreen #side { display: none; width: 44; }
    HistoryScreen.-asking #side { display: block; }
    HistoryScreen.-asking #paper { display: none; }
    HistoryScreen.-narrow #centre { width: 28; }
    HistoryScreen.-tiny #main { layout: vertical; }
    HistoryScreen.-tiny #centre { width: 1fr; height: 40%; padding: 0 1; }
    HistoryScreen.-tiny #paper { padding: 0 1; }
    HistoryScreen.-low.-asking #centre { display: none; }
    HistoryScreen.-low #side { width: 1fr; }
    """

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__(context)
        self._path = path
        self._versions: list[Version] = []

    def compose(self) -> ComposeResult:
        """Yield the list of changes, and what one changed."""
        with Horizontal(id="top"):
            yield Static(plain(_("What was changed"), "bold"), id="title")
            yield Static(plain(self._path.stem, "$quiet"), id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"):
                yield Entries(id="versions", follows=False, hang=4)
            with VerticalScroll(id="paper", can_focus=True):
                yield WrappedText(id="changes")
            yield Vertical(id="side")
        yield KeyLine(HISTORY, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Fill the list and put the cursor onto it."""
        self._load()
        self.focus_home()

    def focus_home(self) -> None:
        """Put the cursor onto the list."""
        self.query_one("#versions").focus()

    def _load(self) -> None:
        self._versions = history.versions(self.context.workspace, self._path.stem)
        entries = self.query_one("#versions", Entries)
        entries.show([(str(n), self._row(n)) for n in range(len(self._versions))])
        if self._versions:
            entries.highlighted = 0
            self._show(0)
        else:
            self.say(_("This record was never changed since its workshop."))

    def _row(self, number: int) -> Content:
        version = self._versions[number]
        when = version.when.astimezone().strftime("%Y-%m-%d %H:%M")
        if version.fault:
            return joined(f"{when}  ", ("✗", "$error"))
        places = list(dict.fromkeys(change.place for change in self._changes(number)))
        more = " …" if len(places) > FEW else ""
        return joined(f"{when}  ", (", ".join(places[:FEW]) + more, "$quiet"))

    def _changes(self, number: int) -> list[Difference]:
        """The differences made by the change that replaced this version."""
        version = self._versions[number]
        after = self._versions[number - 1].tables if number else history.tables_of(self._path)
        return differences.differences(version.tables, after)

    @on(OptionList.OptionHighlighted, "#versions")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show(int(event.option.id or 0))

    def _show(self, number: int) -> None:
        version = self._versions[number]
        if version.fault:
            self.query_one("#changes", WrappedText).show(plain(version.fault, "$error"))
            return
        lines: list[Content] = []
        for change in self._changes(number):
            lines.append(plain(change.place, "bold $accent"))
            if change.before:
                lines.append(joined(("− ", "$warning"), change.before))
            if change.after:
                lines.append(joined(("+ ", "$success"), change.after))
            lines.append(Content(""))
        self.query_one("#changes", WrappedText).show(
            rows(lines) if lines else plain(_("Nothing that is read."), "$quiet")
        )
        self.query_one("#paper", VerticalScroll).scroll_home(animate=False)

    # -- keys

    def do_restore(self) -> None:
        """Restore the version before the highlighted change; the current one goes to the history."""
        from entraide_tui.archive.editing import saving
        from entraide_tui.exports.markdown import renderer

        entries = self.query_one("#versions", Entries)
        if not entries.current:
            return
        version = self._versions[int(entries.current)]
        workspace = self.context.workspace
        saving.restore(workspace, self._path, version, page=renderer(workspace), wall=self.context.clock.wall())
        later = int(entries.current)
        self._load()
        text = _("The record is again what it was before this change.")
        if later:
            text += " " + many(
                "{n} change after it is undone too; it stays in this list.",
                "{n} changes after it are undone too; they stay in this list.",
                later,
            ).format(n=later)
        self.say(text, "$success")
