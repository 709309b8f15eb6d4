"""The base of all screens: keys from the registry, help, palette, the side panel."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.events import ScreenResume
from textual.screen import Screen
from textual.widgets import Static

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import fold
from entraide_tui.widgets import keymap
from entraide_tui.widgets.ask import Ask, Choices, Question
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.user_errors import ShowsUserErrors, show
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.dom import DOMNode
    from textual.message import Message
    from textual.widget import Widget
    from textual.worker import WorkType

    from entraide_tui.common.settings import Place
    from entraide_tui.tui.context import Context


T = TypeVar("T")
NOTICE = 10.0
"""Seconds that a notice stays, on a screen that has no message line."""


class BaseScreen(ShowsUserErrors, Screen[None]):
    """A screen whose actions are its methods `do_<id>`; each is in the registry of keys.

    The app shows every `UserError` raised here; a method catches one only if it has more to do about it.
    """

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
    """The container that side panels open in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def key(self, action_id: str) -> str:
        """The key of an action, as people read it."""
        return keymap.shown_key(action_id, self.context.settings.keys)

    def change_setting(self, place: Place, value: bool | str | None) -> None:
        """Change a setting and save it; if it can't be saved, it still counts until the app ends."""
        try:
            self.context.store.change(place, value)
        except UserError as error:
            show(self.app, error)
        self.app.set_keymap(self.context.settings.keys)

    async def action_do(self, action_id: str) -> None:
        """Do the action that a key, a click or the palette asks for."""
        if not self.is_current:
            return
        try:
            await self.act(action_id)
        except UserError as error:  # it may come from a Textual widget, which doesn't handle it
            show(self.app, error)

    async def act(self, action_id: str) -> None:
        """Do an action of this screen."""
        result = getattr(self, f"do_{action_id}")()
        if result is not None:
            await result

    def give_up(self) -> None:
        """Return to the screen before: this one can't be shown."""
        super().give_up()
        if self.is_current and len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def recover(self, message: Message) -> None:
        """Come into view even if `on_screen_resume` raised."""
        if isinstance(message, ScreenResume):
            self._on_screen_resume(message)

    def before_leaving(self) -> None:
        """Take in what was typed a moment ago; called before the app ends."""

    def say(self, text: str, style: str = "$quiet") -> None:
        """Show one quiet line; as a notice that goes by itself, if the screen has no message line."""
        for line in self.query("#message").results(WrappedText):
            line.show(plain(text, style))
            return
        if text:
            self.notify(text, markup=False, timeout=NOTICE)

    # -- in the background

    def in_background(
        self,
        work: Callable[[], T],
        then: Callable[[T], object] | None = None,
        *,
        group: str = "default",
        exclusive: bool = True,
        outlives_screen: bool = False,
    ) -> None:
        """Do `work` in a thread; afterwards, if this screen is still there, call `then` with its result.

        What either raises is handled as if a key had raised it: a `UserError` is shown, a fault ends the app.

        Args:
            group: names the work that `exclusive` replaces.
            exclusive: forget unfinished work of the same group.
            outlives_screen: show errors even if the screen was left meanwhile; for work that writes.
        """

        async def finish() -> None:
            result = await asyncio.to_thread(work)
            if then is not None:
                self.call_later(then, result)  # does nothing if this screen is gone

        owner: DOMNode = self.app if outlives_screen else self
        run: WorkType[None] = finish
        owner.run_worker(run, group=group, exclusive=exclusive)

    def show_soon(self, show: Callable[[], Coroutine[Any, Any, None]], group: str) -> None:
        """Run what shows something; what of that group is still to be shown is dropped before it begins."""
        work: WorkType[None] = show
        self.run_worker(work, group=group, exclusive=True)

    def from_thread(self, call: Callable[..., object], *args: object) -> None:
        """Call something on the app's own thread, from work in the background, if the screen is still there."""
        if self.is_attached and self.app.is_running:
            self.app.call_from_thread(call, *args)

    # -- the side panel

    def ask(self, question: Question | None) -> None:
        """Open a panel with a question; the same question again closes it."""
        if question is not None:
            self.open_panel(Ask(question, self.close_panel), again=question.again)

    def open_panel(self, panel: Panel, *, again: bool = False) -> None:
        """Open a panel; if the same key opened the one in view, close it, or with `again` replace it."""
        shown = self.query(Panel)
        if shown and shown.first().action == panel.action and not again:
            shown.first().put_away()
            return
        self._focused_before = getattr(self, "_focused_before", None) if shown else self.focused
        self.show_soon(partial(self._open, panel), "panel")

    async def _open(self, panel: Panel) -> None:
        # await: the panel must be there before the next key
        if not self.query(self.PANEL):  # the screen has gone meanwhile
            return
        container = self.query_one(self.PANEL)
        with self.app.batch_update():
            await container.query(Panel).remove()
            await container.mount(panel)
            self.set_class(not panel.gave_up, "-asking")

    def close_panel(self) -> None:
        """Close the panel and put the cursor back where it was."""
        for panel in self.query(Panel):
            panel.remove()
        self.remove_class("-asking")
        before: Widget | None = getattr(self, "_focused_before", None)
        if before is not None and before.is_attached and before.focusable:
            before.focus()
        else:
            self.focus_home()

    def focus_home(self) -> None:
        """Put the cursor where it belongs when nothing else has it."""

    # -- everywhere

    def do_leave(self) -> None:
        """Return to the screen before."""
        self.app.pop_screen()

    def do_help(self) -> None:
        """List all keys of this screen."""
        self.ask(self._actions("help", _("Keys of this screen")))

    def do_palette(self) -> None:
        """List all actions of this screen, to choose one by its name."""
        self.ask(self._actions("palette", _("What do you want to do?")))

    def _actions(self, opened_by: str, title: str) -> Question:
        """A question that lists the actions which a word matches, each with its key, and does the one chosen."""
        keys = self.context.settings.keys

        def choices(said: str) -> Choices:
            wanted = fold(said)
            return [
                (a.id, joined((f"{keymap.key_name(keymap.key_of(a, keys)) or '–':<8}", "bold"), _(a.help)))
                for a in keymap.actions_on(self.NAME)
                if a.id not in ("help", "palette") and wanted in fold(" ".join((_(a.label), _(a.help))))
            ]

        def answer(_said: str, choice: str) -> None:
            if choice:
                self.call_later(self.action_do, choice)

        return Question(opened_by, title, answer, text="", placeholder=_("a word"), choices=choices)

    def do_quit(self) -> None:
        """Leave the app."""
        self.context.navigator.leave()

    def too_small(self) -> Static:
        """A notice for windows too small to show anything useful."""
        return Static(plain(_("This window is too small; the workshop goes on. Make it larger.")), id="too-small")
