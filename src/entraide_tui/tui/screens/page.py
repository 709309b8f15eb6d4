"""A page of the past, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from entraide_tui.tui.actions import PAGE, bindings
from entraide_tui.tui.page_view import drawn
from entraide_tui.tui.plain import plain
from entraide_tui.tui.screens.base import House
from entraide_tui.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.records.model import Record


class PageScreen(House):
    """Shows a record as its page, or what is wrong with it."""

    NAME = PAGE
    BINDINGS: ClassVar = bindings(PAGE)

    def __init__(self, record: Record | None, faults: list[str]) -> None:
        super().__init__()
        self._record = record
        self._faults = faults

    def compose(self) -> ComposeResult:
        """The page."""
        with Horizontal(id="main"):
            with VerticalScroll(id="centre", can_focus=True):
                if self._record is not None:
                    yield Static(drawn(self._record, contributions=True, learnings=True), id="page")
                else:
                    yield Static(plain("\n".join(self._faults), "$error"), id="page")
            yield Vertical(id="side")
        yield KeyLine(PAGE, self.house.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#centre").focus()

    def do_leave(self) -> None:
        """Back."""
        self.app.pop_screen()
