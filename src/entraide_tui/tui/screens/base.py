"""What all screens share: keys from the registry, help, palette, the side panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen
from textual.widgets import Static

from entraide_tui.common.i18n import _
from entraide_tui.common.text import fold
from entraide_tui.widgets import keymap
from entraide_tui.widgets.ask import Ask, Choices, Question
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import joined, plain

if TYPE_CHECKING:
    from textual.widget import Widget

    from entraide_tui.tui.app import EntraideApp


class BaseScreen(Screen[None]):
    """A screen of ours. Its actions are the methods `do_<id>`; each is in the registry."""

    NAME: ClassVar[str] = ""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual has it
        (0, "-too-small"),
        (24, "-tiny"),
        (56, "-narrow"),
        (110, "-wide"),
        (180, "-huge"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (8, "-low"), (18, "-mid"), (34, "-tall")]  # noqa: RUF012 - as Textual has it
    PANEL = "#side"
    """Where panels open."""

    @property
    def house(self) -> EntraideApp:
        """The app."""
        from entraide_tui.tui.app import EntraideApp

        assert isinstance(self.app, EntraideApp)  # noqa: S101 - for the type
        return self.app

    async def action_do(self, action_id: str) -> None:
        """What a key, a click or the palette asks for."""
        if not self.is_current:
            return
        method = getattr(self, f"do_{action_id}")
        result = method()
        if result is not None:
            await result

    # -- the side panel

    def ask(self, question: Question | None) -> None:
        """Opens a panel; the same question again puts it away."""
        if question is not None:
            self.open_panel(Ask(question, self.close_panel), again=question.again)

    def open_panel(self, panel: Panel, *, again: bool = False) -> None:
        """The same; with `again`, one that was opened by the same key takes its place."""
        shown = self.query(Panel)
        if shown and shown.first().action == panel.action and not again:
            shown.first().put_away()
            return
        self._focused_before = getattr(self, "_focused_before", None) if shown else self.focused
        self.run_worker(self._open(panel), exclusive=True, group="panel")

    async def _open(self, panel: Panel) -> None:
        # await: the panel stands before the next key is read
        place = self.query_one(self.PANEL)
        with self.app.batch_update():
            await place.query(Panel).remove()
            await place.mount(panel)
            self.add_class("-asking")

    def close_panel(self) -> None:
        """Back to what was being written."""
        for panel in self.query(Panel):
            panel.remove()
        self.remove_class("-asking")
        before: Widget | None = getattr(self, "_focused_before", None)
        if before is not None and before.is_attached and before.focusable:
            before.focus()
        else:
            self.focus_home()

    def focus_home(self) -> None:
        """Where the cursor stands when nothing else was wanted."""

    # -- everywhere

    def do_leave(self) -> None:
        """Back."""
        self.app.pop_screen()

    def do_help(self) -> None:
        """All keys of this screen."""
        self.ask(self._actions("help", _("Keys of this screen")))

    def do_palette(self) -> None:
        """Any action, by its name."""
        self.ask(self._actions("palette", _("What do you want to do?")))

    def _actions(self, opened_by: str, title: str) -> Question:
        """The actions of this screen that a word fits, each with its key; the one chosen is done."""
        keys = self.house.settings.keys

        def choices(said: str) -> Choices:
            wanted = fold(said)
            return [
                (a.id, joined((f"{keymap.key_name(keymap.key_of(a, keys)) or '–':<8}", "bold"), _(a.help)))
                for a in keymap.on(self.NAME)
                if a.id not in ("help", "palette") and wanted in fold(" ".join((_(a.label), _(a.help))))
            ]

        def answer(_said: str, choice: str) -> None:
            if choice:
                self.call_later(self.action_do, choice)

        return Question(opened_by, title, answer, text="", placeholder=_("a word"), choices=choices)

    def do_quit(self) -> None:
        """Leaves the program."""
        self.house.leave()

    def too_small(self) -> Static:
        """What stands there when the window is too small to show anything useful."""
        return Static(plain(_("This window is too small; the workshop goes on. Make it larger.")), id="too-small")
