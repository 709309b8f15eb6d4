"""The part of a screen that shows one card at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Static

from entraide_tui.kits.model import Card
from entraide_tui.widgets import cards
from entraide_tui.widgets.cards.base import CardView
from entraide_tui.widgets.draft_field import DraftField
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.notes import NotesField

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from entraide_tui.session.controller import Gesture
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.workshop.state import SessionStep


def card_for(live: LiveSession, play: SessionStep) -> CardView:
    """The card of a step; a card for notes if its kit has none."""
    return cards.view(live, play, live.state.card_of(play) or Card(kind="text", fills="notes"))


class CardSlot(Vertical):
    """Holds one card, or another widget instead."""

    changing = False
    """Whether one card is just being replaced by the next."""

    async def show(self, content: Widget | None) -> None:
        """Replace the content; return once the new one is mounted."""
        self.changing = True
        with self.app.batch_update():
            await self.remove_children()
            if not isinstance(content, CardView):
                self.screen.set_focus(None)
            if content is not None:
                await self.mount(content)
        self.changing = False

    def refresh_from_state(self) -> None:
        """Show the current state on the card."""
        for card in self.query(CardView):
            card.refresh_from_state()

    def pending(self) -> list[Gesture]:
        """The gestures for what was typed and not reported yet."""
        return [gesture for card in self.query(CardView) for gesture in card.pending()]

    def focus_first(self) -> None:
        """Put the cursor where one writes, unless the card is just being replaced."""
        for card in self.query(CardView):
            if not self.changing:
                card.focus_first()
            return

    def type_in(self, character: str) -> bool:
        """Type a character into the first field and put the cursor there; return whether there is a field."""
        for card in self.query(CardView):
            for field in card.walk_children(DraftField):
                if card.card.kind == "pick" and field.id != "own":  # its other fields reword ideas
                    continue
                field.focus()
                if isinstance(field, LineField):
                    field.insert_text_at_cursor(character)
                elif isinstance(field, NotesField):
                    field.insert(character)
                return True
        return False


class CurrentCard(CardSlot):
    """Holds the card of the current step; before the first step and after the last, a text."""

    def __init__(self, live: LiveSession, between: Callable[[], Content], *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._live = live
        self._between = between
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Yield the first content."""
        yield self._content()

    def outdated(self) -> bool:
        """Return whether the current step has changed."""
        return self._key() != self._shown

    async def follow(self) -> None:
        """Show the card of the current step."""
        await self.show(self._content())

    def _key(self) -> str:
        state = self._live.state
        return state.current or ("end" if state.finished is not None else "start")

    def _content(self) -> Widget:
        self._shown = self._key()
        play = self._live.state.now_playing
        return Static(self._between(), id="between") if play is None else card_for(self._live, play)
