"""The group's figures, as pictures: how long steps take, what was asked and planned, what comes back. Nobody's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from entraide_tui.archive import figures
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.views.figures_view import drawn
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import FIGURES, bindings
from entraide_tui.widgets.plain import plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

    from entraide_tui.archive.figures import Figures
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.tui.context import Context

Load = Callable[[Callable[[], bool]], "tuple[Figures, int]"]
"""Gives the figures, and how many records could not be read; is asked to stop by the function that it gets."""


def read(workspace: Workspace) -> Load:
    """The figures of all records of a workspace that can be read."""

    def load(stop: Callable[[], bool]) -> tuple[Figures, int]:
        from entraide_tui.archive import listing, record_file

        found, broken = [], 0
        for path in listing.paths(workspace):
            if stop():
                break
            try:
                found.append(record_file.read(path))
            except UserError:
                broken += 1
        return figures.of(found), broken

    return load


class Picture(Widget):
    """Draws the figures for whatever width there is."""

    DEFAULT_CSS = "Picture { height: auto; }"

    def __init__(self) -> None:
        super().__init__(id="figures")
        self._figures = figures.Figures()
        self._lines: tuple[int, list[Content]] = (0, [])

    def show(self, found: Figures) -> None:
        """Other figures."""
        self._figures = found
        self._lines = (0, [])
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Drawn once for each width."""
        width = max(1, width)
        if self._lines[0] != width:
            self._lines = (width, drawn(self._figures, width))
        return self._lines[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as lines."""
        del container, viewport
        return len(self.lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self.lines(self.content_size.width))


class FiguresScreen(BaseScreen):
    """Reads in a thread, then draws; the arrows scroll."""

    NAME = FIGURES
    BINDINGS: ClassVar = bindings(FIGURES)
    CSS = """
    FiguresScreen #centre { scrollbar-size-vertical: 1; }
    FiguresScreen #about { margin: 1 0; }
    FiguresScreen.-low #about { margin: 0 0 1 0; }
    FiguresScreen #figures { max-width: 112; }
    FiguresScreen.-tiny #main { layout: vertical; }
    FiguresScreen #side { display: none; }
    FiguresScreen.-asking #side { display: block; }
    FiguresScreen.-low.-asking #centre { display: none; }
    """

    def __init__(self, context: Context, load: Load) -> None:
        super().__init__(context)
        self._load = load

    def compose(self) -> ComposeResult:
        """A line about it, the pictures."""
        with Horizontal(id="top"):
            yield Static(plain(_("The group’s figures"), "bold"), id="title")
        with Horizontal(id="main"):
            with VerticalScroll(id="centre", can_focus=True):
                yield WrappedText(plain(_("The records are being read…"), "$quiet"), id="about")
                yield Picture()
            yield Vertical(id="side")
        yield KeyLine(FIGURES, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """The arrows scroll; the files are read meanwhile."""
        self.focus_home()
        self.in_background(self._read, lambda found: self.show(*found), group="files")

    def _read(self) -> tuple[Figures, int]:
        worker = get_current_worker()
        return self._load(lambda: worker.is_cancelled)

    def show(self, found: Figures, broken: int = 0) -> None:
        """Draws them, and says what they are."""
        if found.months:
            said = [plain(_("What the records tell about the group, not about persons."), "$quiet")]
        else:
            said = [plain(_("No record yet. What your workshops show will stand here."), "$quiet")]
        if broken:
            left_out = many(
                "{n} record can’t be read and is left out.", "{n} records can’t be read and are left out.", broken
            )
            said.append(plain(left_out.format(n=broken), "$warning"))
        self.query_one("#about", WrappedText).show(*said)
        self.query_one(Picture).show(found)

    def focus_home(self) -> None:
        """The pictures."""
        self.query_one("#centre").focus()
