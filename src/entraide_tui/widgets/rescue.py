"""The panel that helps when something goes wrong: choose what you see, read what to say, press Enter to act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.kits import rescues
from entraide_tui.kits.model import in_language, lines_in
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.keymap import BY_ID, key_name, key_of
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import joined, plain, quoted
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.kits.model import Rescue
    from entraide_tui.workshop.state import Session

ACTIONS = {
    "park": "park", "speaker": "people", "next-speaker": "speaker", "pass": "pass", "round": "round",
    "extend": "extend", "keep-end": "keep_end", "pause": "pause", "skip": "skip", "next": "next",
    "insert": "surprise", "note": "note", "arrived": "people",
}  # fmt: skip
"""The action that does each gesture named in kits."""


SMALL = 56
"""Windows of fewer cells across leave out the description of the sign."""


class RescuePanel(Panel):
    """The list of the kit's rescues, with the sentences of the one highlighted."""

    DEFAULT_CSS = """
    RescuePanel > #both { height: 1fr; layout: vertical; }
    RescuePanel #rescues { height: auto; max-height: 50%; }
    RescuePanel #scroll { height: 1fr; margin: 1 0 0 0; scrollbar-size-vertical: 1; }
    """

    def __init__(
        self, session: Session, keys: dict[str, str], close: Callable[[], None], do: Callable[[str], None]
    ) -> None:
        """`do` gets the id of the action that helps."""
        super().__init__("rescue", close)
        self._language = session.language
        self._keys = keys
        self._do = do
        self._fault = ""
        try:
            self._rescues = rescues.of(session.kit)
        except UserError as error:
            self._rescues = session.kit.rescue
            self._fault = "\n".join(error.lines())

    def compose(self) -> ComposeResult:
        """Yield the list and its sentences."""
        yield Static(plain(_("What do you see?")), classes="title")
        with Container(id="both"):
            yield Entries(id="rescues", follows=False)
            with VerticalScroll(id="scroll", can_focus=False):
                yield WrappedText(id="words")
        yield Static(plain(_("↑↓ · Enter: do it · Escape: close")), classes="hint")

    def on_mount(self) -> None:
        """Fill the list and highlight the first rescue."""
        entries = self.query_one("#rescues", Entries)
        entries.show([(r.id, plain(in_language(r.title, self._language))) for r in self._rescues])
        entries.highlighted = 0 if self._rescues else None
        entries.focus()
        if self._fault:
            self.query_one("#words", WrappedText).show(plain(self._fault, "$error"))

    def _current(self, name: str | None) -> Rescue | None:
        return next((r for r in self._rescues if r.id == name), None)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        rescue = self._current(event.option.id)
        if rescue is None:
            return
        sign = [plain(in_language(rescue.sign, self._language), "italic"), Content("")]
        # in a small window, only what to say
        lines: list[Content] = sign if self.app.size.width >= SMALL else []
        for sentence in lines_in(rescue.say, self._language):
            lines += [plain(quoted(sentence, self._language), "bold"), Content("")]
        if rescue.gesture:
            action = BY_ID[ACTIONS[rescue.gesture]]
            key = key_name(key_of(action, self._keys))
            lines.append(joined((f"{key}  ", "bold $accent"), (_(action.help), "$quiet")))
        self.query_one("#words", WrappedText).show(*lines)
        self.query_one("#scroll", VerticalScroll).scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        rescue = self._current(event.option.id)
        self._close()
        if rescue is not None and rescue.gesture:
            self._do(ACTIONS[rescue.gesture])
