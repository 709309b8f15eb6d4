"""The five kinds of card: text, list, pick, form, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.tui.widgets.cards.actions import ActionsCard
from entraide_tui.tui.widgets.cards.form import FormCard
from entraide_tui.tui.widgets.cards.list import ListCard
from entraide_tui.tui.widgets.cards.pick import PickCard
from entraide_tui.tui.widgets.cards.text import TextCard

if TYPE_CHECKING:
    from entraide_tui.kits.model import Card
    from entraide_tui.records.live import LiveSession
    from entraide_tui.tui.widgets.cards.base import CardView
    from entraide_tui.workshop.state import Play

_VIEWS: dict[str, type[CardView]] = {
    "text": TextCard,
    "list": ListCard,
    "pick": PickCard,
    "form": FormCard,
    "actions": ActionsCard,
}


def view(live: LiveSession, play: Play, card: Card) -> CardView:
    """The widget for a card."""
    return _VIEWS[card.kind](live, play, card)
