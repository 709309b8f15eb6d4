"""The group's figures as pictures: minutes of steps, requests, actions, themes. Nobody's name."""

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
from entraide_tui.tui.views.figures_view import figures_lines
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import FIGURES, bindings
from entraide_tui.widgets.plain import plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    import datetime

    from textual.app import ComposeResult
    from textual.geometry import Size

    from entraide_tui.archive.figures import Figures
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.tui.context import Context

Load = Callable[[Callable[[], bool]], "tuple[Figures, int]"]
"""Reads the figures, and how many records could not be read; stops early when its argument returns True."""


def read(workspace: Workspace, day: datetime.date) -> Load:
    """A function that reads the figures of all readable records of a workspace, as they are on a day."""

    def load(stop: Callable[[], bool]) -> tuple[Figures, int]:
        from entraide_tui.archive import listing, record_file

        records, broken = [], 0
        for path in listing.paths(workspace):
            if stop():
                break
            try:
                records.append(record_file.read(path))
            except UserError:
                broken += 1
        return figures.of(records, today=day), broken

    return load


class Picture(Widget):
    """The figures, drawn for the width at hand."""

    DEFAULT_CSS = "Picture { height: auto; }"

    def __init__(self) -> None:
        super().__init__(id="figures")
        self._figures = figures.Figures()
        self._lines: tuple[int, list[Content]] = (0, [])

    def show(self, group_figures: Figures) -> None:
        """Show these figures."""
        self._figures = group_figures
        self._lines = (0, [])
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """The lines for a width in cells, drawn once for each width."""
        width = max(1, width)
        if self._lines[0] != width:
            self._lines = (width, figures_lines(self._figures, width))
        return self._lines[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines."""
        del container, viewport
        return len(self.lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self.lines(self.content_size.width))


class FiguresScreen(BaseScreen):
    """Reads the records in a thread, then draws their figures; the arrows scroll."""

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
        """Yield a line about the figures, and the pictures."""
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
        """Read the records in a thread."""
        self.focus_home()
        self.in_background(self._read, lambda result: self.show(*result), group="files")

    def _read(self) -> tuple[Figures, int]:
        worker = get_current_worker()
        return self._load(lambda: worker.is_cancelled)

    def show(self, group_figures: Figures, broken: int = 0) -> None:
        """Show the figures, and say how many records could not be read."""
        if group_figures.months:
            about = [plain(_("What the records tell about the group, not about persons."), "$quiet")]
        else:
            about = [plain(_("No record yet. What your workshops show will stand here."), "$quiet")]
        if broken:
            left_out = many(
                "{n} record can’t be read and is left out.", "{n} records can’t be read and are left out.", broken
            )
            about.append(plain(left_out.format(n=broken), "$warning"))
        self.query_one("#about", WrappedText).show(*about)
        self.query_one(Picture).show(group_figures)

    def focus_home(self) -> None:
        """Put the cursor onto the pictures."""
        self.query_one("#centre").focus()
