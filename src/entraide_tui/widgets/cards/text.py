"""The card that holds one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from entraide_tui.widgets.cards.base import CardView
from entraide_tui.widgets.notes import NotesField
from entraide_tui.widgets.plain import plain
from entraide_tui.workshop import gestures
from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.session.controller import Gesture
    from entraide_tui.widgets.draft_field import DraftField


class TextCard(CardView):
    """The request, or notes."""

    def compose(self) -> ComposeResult:
        """Yield a prompt and a field of several lines."""
        yield Static(plain(self.prompt()), classes="prompt")
        yield NotesField(self.live.state.text(self._text_name), id="text")

    @property
    def _text_name(self) -> str:
        return text_name(self.card, self.play)

    def gesture_for(self, field: DraftField) -> Gesture:
        """The gesture that stores the text."""
        name, text = self._text_name, field.said
        return lambda s: gestures.set_text(s.state, s.now(), name, text)

    def refresh_from_state(self) -> None:
        """Do nothing: the text changes only here, so an undo elsewhere never removes what is being typed."""

    def focus_first(self) -> None:
        """Put the cursor into the text."""
        self.query_one(NotesField).focus()
