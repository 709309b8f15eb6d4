"""The five kinds of card: text, list, pick, form, actions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entraide_tui.kits.model import Card
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.widgets.cards.base import CardView
    from entraide_tui.workshop.state import SessionStep

_VIEWS = {"text": "TextCard", "list": "ListCard", "pick": "PickCard", "form": "FormCard", "actions": "ActionsCard"}


def view(live: LiveSession, play: SessionStep, card: Card) -> CardView:
    """The widget for a card. Its module is imported at the first use."""
    module = import_module(f"{__name__}.{card.kind}")
    card_view: CardView = getattr(module, _VIEWS[card.kind])(live, play, card)
    return card_view
