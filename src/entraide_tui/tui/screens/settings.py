"""The settings: keys, sound, clock, language."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from entraide_tui.common.i18n import _, language
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets import keymap
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import SETTINGS, bindings, key_name, key_of
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.tui.context import Context


class SettingsScreen(BaseScreen):
    """A list; Enter changes the highlighted setting."""

    NAME = SETTINGS
    BINDINGS: ClassVar = bindings(SETTINGS)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._waiting = ""

    def compose(self) -> ComposeResult:
        """Yield the list."""
        yield Static(plain(_("Settings"), "bold"), id="title")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"):
                yield Entries(id="settings")
            yield Vertical(id="side")
        yield KeyLine(SETTINGS, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Fill the list and put the cursor onto it."""
        self._refresh()
        self.query_one("#settings").focus()

    def _rows(self) -> list[tuple[str, Content]]:
        settings = self.context.settings
        yes, no = _("yes"), _("no")
        out = [
            (name, joined(f"{label:<52}", (value, "bold")))
            for name, label, value in (
                ("sound", _("A bell at the last minute and at zero"), yes if settings.sound else no),
                ("discreet", _("The moving clock hides until the last minute"), yes if settings.discreet else no),
                ("guidance", _("What can be said is shown beside the card"), yes if settings.guidance else no),
                ("language", _("Language (from the next start on)"), settings.language or language()),
            )
        ]
        for action in keymap.ACTIONS:
            key = key_of(action, settings.keys)
            changed = action.id in settings.keys
            out.append(
                (
                    f"key:{action.id}",
                    joined(
                        (f"{key_name(key) or '–':<10}", "bold $warning" if changed else "bold"),
                        _(action.help),
                        (self._screens(action), "$quiet"),
                    ),
                )
            )
        return out

    def _screens(self, action: keymap.KeyAction) -> str:
        """The screens of an action, unless there are many."""
        return "  " + ", ".join(self._screen(w) for w in action.where) if len(action.where) < 3 else ""

    @staticmethod
    def _screen(where: str) -> str:
        return {
            "live": _("workshop"), "home": _("home"), "setup": _("set-up"), "closing": _("page"),
            "page": _("past page"), "settings": _("settings"), "figures": _("figures"), "archive": _("records"),
            "board": _("actions"), "mending": _("mending"), "history": _("changes"), "share": _("sharing"),
            "rehearsal": _("rehearsal"), "debrief": _("debrief"), "kit-editor": _("kit"),
        }[where]  # fmt: skip

    def _refresh(self, notice: str = "", style: str = "$quiet") -> None:
        entries = self.query_one("#settings", Entries)
        entries.show(self._rows())
        if entries.highlighted is None:
            entries.highlighted = 0
        self.query_one("#message", WrappedText).show(
            plain(notice or _("Enter changes; keys chosen here count from the next screen on."), style)
        )

    def focus_home(self) -> None:
        """Put the cursor onto the list."""
        self.query_one("#settings").focus()

    @on(OptionList.OptionSelected, "#settings")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.do_change_key()

    def do_change_key(self) -> None:
        """Switch the highlighted setting; for a key, wait for the new one."""
        name = self.query_one("#settings", Entries).current
        settings = self.context.settings
        match name:
            case "sound" | "discreet" | "guidance":
                self.change_setting((name,), not getattr(settings, name))
            case "language":
                other = "en" if (settings.language or language()) == "fr" else "fr"
                self.change_setting(("language",), other)
            case _:
                self._waiting = name.removeprefix("key:")
                self._refresh(
                    _("Press the new key: F1 to F12, or Ctrl with a letter. Escape: no change."), "bold $warning"
                )
                return
        self._refresh()

    def do_default_key(self) -> None:
        """Restore the action's default key."""
        name = self.query_one("#settings", Entries).current.removeprefix("key:")
        self.change_setting(("keys", name), None)
        self._refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable all actions while a new key is awaited."""
        del action, parameters
        return not self._waiting

    def on_key(self, event: Key) -> None:
        """Take the new key."""
        if not self._waiting:
            return
        event.stop()
        event.prevent_default()
        chosen, self._waiting = self._waiting, ""
        if event.key == "escape":
            self._refresh()
            return
        keys = {**self.context.settings.keys, chosen: event.key}
        wrong = keymap.faults(keys)
        if wrong:
            self._refresh(wrong[0], "bold $error")
            return
        default = keymap.BY_ID[chosen].key
        self.change_setting(("keys", chosen), None if event.key == default else event.key)
        self._refresh()
