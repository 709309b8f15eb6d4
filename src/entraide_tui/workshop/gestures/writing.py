"""Gestures that write: on cards, on the parking, in the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entraide_tui.workshop.state import Session


def choose_topic(session: Session, at: float, item: str) -> e.Event | None:
    """Choose a topic, or take the choice back."""
    topic = session.item(item)
    return None if topic is None else e.TopicChosen(at=at, item=item, chosen=not topic.chosen)


def kept_from(session: Session, item: str) -> str:
    """The id of the idea kept that comes from a contribution; empty if there is none."""
    return next((i.id for i in session.in_section("ideas") if item in i.sources), "")


def keep_idea(session: Session, at: float, item: str, idea: str, words: str = "") -> e.Event | None:
    """Keep a contribution as an idea with the id `idea`, with `words` as its text if given; or no longer keep it."""
    source = session.item(item)
    if source is None:
        return None
    already = kept_from(session, item)
    if already:
        return e.Removed(at=at, item=already)
    return e.Kept(at=at, idea=idea, text=words or source.text, sources=(item,))


def authors(session: Session, sources: Iterable[str]) -> tuple[str, ...]:
    """The authors of these contributions, each once."""
    names = (i.by for s in sources if (i := session.item(s)) is not None)
    return tuple(dict.fromkeys(n for n in names if n))


def draft(session: Session, at: float, field: str, text: str) -> e.Event | None:
    """Note a line that is being typed; empty once it was entered."""
    return None if session.drafts.get(field, "") == text else e.Drafted(at=at, field=field, text=text)


def write(
    session: Session, at: float, item: str, section: str, text: str, *, by: str = "", kind: str = ""
) -> e.Event | None:
    """Write an entry with the id `item` in a section, or on the parking."""
    if not text or session.item(item) is not None:
        return None
    return e.Written(at=at, item=item, section=section, text=text, by=by, kind=kind)


def rewrite(
    session: Session, at: float, item: str, section: str, text: str, *, by: str, kind: str = ""
) -> e.Event | None:
    """Change an entry; without a kind, it keeps its own. One removed meanwhile is written again."""
    held = session.item(item)
    if held is None:
        return write(session, at, item, section, text, by=by, kind=kind)
    if not text or (held.text, held.by, held.kind) == (text, by, kind or held.kind):
        return None
    return e.Rewritten(at=at, item=item, text=text, by=by, kind=kind or None)


def remove(session: Session, at: float, item: str) -> e.Event | None:
    """Remove an entry, an idea kept or an action."""
    known = session.item(item) is not None or any(a.id == item for a in session.actions)
    return e.Removed(at=at, item=item) if known else None


def unpark(session: Session, at: float, item: str, kind: str = "idea") -> e.Event | None:
    """Turn a parked idea into a contribution."""
    held = session.item(item)
    return e.Unparked(at=at, item=item, kind=kind) if held is not None and held.section == "parking" else None


def vote(session: Session, at: float, item: str, votes: int) -> e.Event | None:
    """Give an entry votes; negative: take some back."""
    return e.Voted(at=at, item=item, votes=votes) if session.item(item) is not None else None


def add_idea(session: Session, at: float, idea: str, text: str) -> e.Event | None:
    """Keep an idea that comes from no contribution."""
    return e.Kept(at=at, idea=idea, text=text) if text and session.item(idea) is None else None


def reword_idea(session: Session, at: float, idea: str, text: str) -> e.Event | None:
    """Change the text of an idea kept; an empty text changes nothing."""
    held = session.item(idea)
    if held is None or not text or text == held.text:
        return None
    return e.Kept(at=at, idea=idea, text=text, sources=held.sources)


def plan(
    session: Session, at: float, action: str, what: str, *, who: str, due: str, first_step: str, idea: str
) -> e.Event | None:
    """Add an action to the plan, or change it.

    Args:
        due: as 2026-12-05; empty if there is none.
        idea: the id of the idea kept that it carries out; may be empty.
    """
    new = (action, what, who, due, first_step, idea)
    if not what or any((a.id, a.what, a.who, a.due, a.first_step, a.idea) == new for a in session.actions):
        return None
    return e.Planned(at=at, action=action, what=what, who=who, due=due, first_step=first_step, idea=idea)


def set_text(session: Session, at: float, name: str, text: str) -> e.Event | None:
    """Set the text with that name."""
    return None if session.text(name) == text else e.TextSet(at=at, name=name, text=text)


def ask(session: Session, at: float, field: str, text: str) -> e.Event | None:
    """Fill a field of the current step's request, if it is still empty."""
    play = session.now_playing
    card = session.card_of(play) if play is not None else None
    if play is None or card is None or card.fills != "request" or not text:
        return None
    name = text_name(card, play, field)
    return None if session.text(name) else e.TextSet(at=at, name=name, text=text)


def answer(
    session: Session, at: float, play: str, field: str, answer: str | int | None, *, by: str = ""
) -> e.Event | None:
    """Set the answer of a person, or of the group (no name), in a form; None or an empty text removes it."""
    held = session.answers.get((play, by, field))
    if (None if answer == "" else answer) == held:
        return None
    return e.Answered(at=at, play=play, by=by, field=field, answer=answer)


def agree_naming(session: Session, at: float, play: str, by: str) -> e.Event:
    """Note that a person agrees to be named beside what they feel, or no longer does."""
    return e.NamingAgreed(at=at, play=play, by=by, named=(play, by) not in session.named)


def look_back(session: Session, at: float, said: e.SaidOf) -> e.Event | None:
    """Note what is said of an action of an earlier record."""
    return None if said in session.looked_back else e.LookedBack(at=at, said=said)


def set_title(session: Session, at: float, title: str, themes: tuple[str, ...]) -> e.Event | None:
    """Set the workshop's title and themes; its default heading doesn't count as a title."""
    if (title, themes) == (session.heading(), session.themes):
        return None
    return e.Titled(at=at, title=title, themes=themes)
