"""In a rehearsal one person leads, listens and types: what the made-up group said goes onto the card with one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from entraide_tui.kits.model import in_language
from entraide_tui.workshop import gestures
from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from entraide_tui.kits.model import Card
    from entraide_tui.rehearsal.scenario import Scene
    from entraide_tui.rehearsal.simulated_group import SimulatedGroup
    from entraide_tui.workshop.events import Event
    from entraide_tui.workshop.state import Session, SessionStep

Name = Callable[[str], str]


def taken_down(session: Session, group: SimulatedGroup, now: float, name: Name) -> list[Event]:
    """What one press writes: a line of a list, an action, or all that a text, a form or a choice holds.

    Args:
        name: an unused id for a new entry, by its first letter.
    """
    play = session.now_playing
    card = session.card_of(play) if play else None
    if play is None or card is None:
        return []
    scene = group.scene(session, play)
    match card.kind:
        case "list":
            return _line(session, group, card, now, name)
        case "text":
            return _text(session, text_name(card, play), scene.text, now)
        case "form":
            return _form(session, card, play, scene, now)
        case "pick":
            return _pick(session, card, scene, now, name)
        case "actions":
            return _action(session, scene, now, name)


def _line(session: Session, group: SimulatedGroup, card: Card, now: float, name: Name) -> list[Event]:
    line = group.unwritten(session, now)
    if line is None:
        return []
    if line.parked:
        waiting = next((i for i in session.in_section("parking") if i.text == line.text), None)
        if waiting is not None:
            return _made(gestures.unpark(session, now, waiting.id, line.kind or "idea"))
    kind = line.kind if card.fills == "contributions" else ""
    return _made(gestures.write(session, now, name("i"), card.fills, line.text, by=line.by, kind=kind))


def _text(session: Session, held: str, text: str, now: float) -> list[Event]:
    return _made(gestures.set_text(session, now, held, text)) if text else []


def _form(session: Session, card: Card, play: SessionStep, scene: Scene, now: float) -> list[Event]:
    out: list[Event] = []
    fields = {item.id: item for item in card.fields}
    for given in scene.form:
        for name, said in given.answers.items():
            item = fields.get(name)
            if item is None:
                continue
            if card.of == "group" and card.fills in ("request", "follow_up"):
                out += _text(session, text_name(card, play, name), str(said), now)
                continue
            answer: str | int = said
            if item.kind == "choice" and isinstance(said, int) and 1 <= said <= len(item.choices):
                answer = in_language(item.choices[said - 1], session.language)
            out += _made(gestures.answer(session, now, play.key, name, answer, by=given.by))
        if given.named and (play.key, given.by) not in session.named:
            out += _made(gestures.agree_naming(session, now, play.key, given.by))
    return out


def _pick(session: Session, card: Card, scene: Scene, now: float, name: Name) -> list[Event]:
    found = {item.text: item for item in session.in_section(card.from_, session.round)}
    if card.fills == "topics":
        topics = [found[text] for text in scene.pick if text in found and not found[text].chosen]
        return _made(*(gestures.choose_topic(session, now, item.id) for item in topics))
    kept = {source for idea in session.in_section("ideas", session.round) for source in idea.sources}
    for number, text in enumerate(scene.pick):
        item = found.get(text)
        if item is None or item.id in kept:
            continue
        said = scene.reworded[number] if number < len(scene.reworded) else ""
        return _made(gestures.keep_idea(session, now, item.id, name("k"), said))
    return []


def _action(session: Session, scene: Scene, now: float, name: Name) -> list[Event]:
    planned = {action.what for action in session.actions}
    ideas = session.in_section("ideas", session.round)
    for action in scene.actions:
        if action.what in planned:
            continue
        idea = ideas[action.idea - 1].id if 0 < action.idea <= len(ideas) else ""
        due = action.due.isoformat() if action.due else ""
        return _made(
            gestures.plan(
                session, now, name("a"), action.what, who=action.who, due=due, first_step=action.first_step, idea=idea
            )
        )
    return []


def _made(*events: Event | None) -> list[Event]:
    return [event for event in events if event is not None]
