"""The screen that shows one past page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from entraide_tui.archive import record_file
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.tui.screens.record_keys import RecordKeys
from entraide_tui.tui.views.page_view import page_content
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import PAGE, bindings
from entraide_tui.widgets.plain import plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from entraide_tui.tui.context import Context


class PageScreen(RecordKeys):
    """A record as its page, or what is wrong with it."""

    NAME = PAGE
    BINDINGS: ClassVar = bindings(PAGE)

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__(context)
        self._path = path

    def compose(self) -> ComposeResult:
        """Yield the page."""
        with Horizontal(id="main"):
            with VerticalScroll(id="centre", can_focus=True):
                yield WrappedText(id="message")
                yield Static("", id="page")
            yield Vertical(id="side")
        yield KeyLine(PAGE, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Put the cursor onto the page, so that the arrows scroll it."""
        self.query_one("#centre").focus()

    def on_screen_resume(self) -> None:
        """Read the record: it may have been edited."""
        try:
            record = record_file.read(self._path)
            content = page_content(record, Options(contributions=True, learnings=True), outcomes=True)
        except UserError as error:
            content = plain("\n".join(error.lines()), "$error")
        self.query_one("#page", Static).update(content)

    def paths(self) -> list[Path]:
        """The file of this record."""
        return [self._path]
