"""Write what the simulated group said onto the card, with one key."""

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

NewId = Callable[[str], str]
"""Makes an unused id, by its first letter."""


def transcribe(session: Session, group: SimulatedGroup, now: float, new_id: NewId) -> list[Event]:
    """The events for one key press: one line, picked idea or action, or a whole text or form; none if all are there."""
    play = session.now_playing
    card = session.card_of(play) if play else None
    if play is None or card is None:
        return []
    scene = group.scene(session, play)
    match card.kind:
        case "list":
            return _line(session, group, card, now, new_id)
        case "text":
            return _text(session, text_name(card, play), scene.text, now)
        case "form":
            return _form(session, card, play, scene, now)
        case "pick":
            return _pick(session, card, scene, now, new_id)
        case "actions":
            return _action(session, scene, now, new_id)


def _line(session: Session, group: SimulatedGroup, card: Card, now: float, new_id: NewId) -> list[Event]:
    line = group.unwritten(session, now)
    if line is None:
        return []
    if line.parked:
        waiting = next((i for i in session.in_section("parking") if i.text == line.text), None)
        if waiting is not None:
            return _present(gestures.unpark(session, now, waiting.id, line.kind or "idea"))
    kind = line.kind if card.fills == "contributions" else ""
    return _present(gestures.write(session, now, new_id("i"), card.fills, line.text, by=line.by, kind=kind))


def _text(session: Session, name: str, text: str, now: float) -> list[Event]:
    return _present(gestures.set_text(session, now, name, text)) if text else []


def _form(session: Session, card: Card, play: SessionStep, scene: Scene, now: float) -> list[Event]:
    out: list[Event] = []
    fields = {item.id: item for item in card.fields}
    for given in scene.form:
        for name, value in given.answers.items():
            item = fields.get(name)
            if item is None:
                continue
            if card.of == "group" and card.fills in ("request", "follow_up"):
                out += _text(session, text_name(card, play, name), str(value), now)
                continue
            answer: str | int = value
            if item.kind == "choice" and isinstance(value, int) and 1 <= value <= len(item.choices):
                answer = in_language(item.choices[value - 1], session.language)
            out += _present(gestures.answer(session, now, play.key, name, answer, by=given.by))
        if given.named and (play.key, given.by) not in session.named:
            out += _present(gestures.agree_naming(session, now, play.key, given.by))
    return out


def _pick(session: Session, card: Card, scene: Scene, now: float, new_id: NewId) -> list[Event]:
    items = {item.text: item for item in session.in_section(card.from_, session.round)}
    if card.fills == "topics":
        topics = [items[text] for text in scene.pick if text in items and not items[text].chosen]
        return _present(*(gestures.choose_topic(session, now, item.id) for item in topics))
    picked = {source for idea in session.in_section("ideas", session.round) for source in idea.sources}
    for number, text in enumerate(scene.pick):
        item = items.get(text)
        if item is None or item.id in picked:
            continue
        wording = scene.reworded[number] if number < len(scene.reworded) else ""
        return _present(gestures.keep_idea(session, now, item.id, new_id("k"), wording))
    return []


def _action(session: Session, scene: Scene, now: float, new_id: NewId) -> list[Event]:
    planned = {action.what for action in session.actions}
    ideas = session.in_section("ideas", session.round)
    for action in scene.actions:
        if action.what in planned:
            continue
        idea = ideas[action.idea - 1].id if 0 < action.idea <= len(ideas) else ""
        due = action.due.isoformat() if action.due else ""
        return _present(
            gestures.plan(
                session, now, new_id("a"), action.what, who=action.who, due=due, first_step=action.first_step, idea=idea
            )
        )
    return []


def _present(*events: Event | None) -> list[Event]:
    return [event for event in events if event is not None]
