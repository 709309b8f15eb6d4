"""Which steps have a use for what earlier workshops left: their actions, topics that wait, requests like this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from entraide_tui.kits.model import Card
    from entraide_tui.workshop.state import Session


def looks_back(session: Session) -> bool:
    """Return whether the current step asks what became of earlier actions: the first one, or one that the kit names."""
    play = session.now_playing
    return play is not None and (session.place == 0 or session.step_of(play).looks_back)


def gathers_topics(session: Session) -> bool:
    """Return whether topics are written in the current step."""
    card = _card(session)
    return card is not None and card.kind == "list" and card.fills == "topics"


def asks(session: Session) -> bool:
    """Return whether the request is written in the current step."""
    card = _card(session)
    return card is not None and card.kind in ("text", "form") and card.fills == "request"


def wants_topics(session: Session) -> bool:
    """Return whether a topic that waits is of use now: as one of today's, or as a request that nobody wrote yet."""
    return gathers_topics(session) or (asks(session) and not request_text(session, "text"))


def request_text(session: Session, field: str) -> str:
    """Return what a field of the current step's request holds."""
    play, card = session.now_playing, _card(session)
    return session.text(text_name(card, play, field)) if play is not None and card is not None else ""


def _card(session: Session) -> Card | None:
    play = session.now_playing
    return session.card_of(play) if play is not None else None
