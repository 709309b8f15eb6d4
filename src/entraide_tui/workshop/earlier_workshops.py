"""Which steps use what earlier workshops left: open actions, topics that wait, similar requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from entraide_tui.kits.model import Card
    from entraide_tui.workshop.state import Session


def looks_back(session: Session) -> bool:
    """Whether the current step asks what became of earlier actions: the first step does, or one that the kit names."""
    play = session.now_playing
    return play is not None and (session.place == 0 or session.step_of(play).looks_back)


def gathers_topics(session: Session) -> bool:
    """Whether the current step collects topics."""
    card = _card(session)
    return card is not None and card.kind == "list" and card.fills == "topics"


def asks(session: Session) -> bool:
    """Whether the current step asks for the request."""
    card = _card(session)
    return card is not None and card.kind in ("text", "form") and card.fills == "request"


def wants_topics(session: Session) -> bool:
    """Whether a topic that waits can be used now: as a topic of today, or as a request that is still empty."""
    return gathers_topics(session) or (asks(session) and not request_text(session, "text"))


def request_text(session: Session, field: str) -> str:
    """The text of a field of the current step's request."""
    play, card = session.now_playing, _card(session)
    return session.text(text_name(card, play, field)) if play is not None and card is not None else ""


def _card(session: Session) -> Card | None:
    play = session.now_playing
    return session.card_of(play) if play is not None else None
