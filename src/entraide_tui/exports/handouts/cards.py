"""A blank card, to be written on by hand: what it asks, and the room for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _
from entraide_tui.kits.contribution_kinds import CONTRIBUTION_KINDS, kind_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.exports.view import View
    from entraide_tui.kits.model import Card, FormField, LocalText, Step

_ROWS = 8
"""On a card whose room nobody can measure."""
_NAMELESS = ("request", "feelings", "follow_up")
"""What nobody signs: it is the offeror's, the group's, or nobody's business whose."""


def of(step: Step, number: int, said: Callable[[LocalText], str]) -> View:
    """The card of a step that has one.

    Its parts, in order, are `lines` to write on (a label, at least so many rows, `ruled` where nobody can measure), a
    `scale` (its points), a `choice` (its boxes).
    """
    card = step.card
    if card is None:
        raise ValueError(step.id)
    parts = _parts(card, said)
    growing = sum(1 for part in parts if part.get("grows"))
    for part in parts:
        if part["kind"] == "lines":
            part["ruled"] = [""] * (max(part["rows"], _ROWS // growing) if part["grows"] else part["rows"])
    return {
        "number": str(number),
        "step": said(step.title),
        "prompt": said(card.prompt) or said(step.title),
        "parts": parts,
    }


def _parts(card: Card, said: Callable[[LocalText], str]) -> list[View]:
    if card.kind == "form":
        name = [_lines(_("Name"), 1, grows=False)] if card.of == "each" and card.fills not in _NAMELESS else []
        return name + [_field(item, said) for item in card.fields]
    if card.kind == "pick":
        return [_lines(f"{place}.", 2) for place in range(1, max(1, min(card.max, 6)) + 1)]
    if card.kind == "actions":
        return [
            _lines(_("What"), 2),
            _lines(_("Who"), 1, grows=False),
            _lines(_("When"), 1, grows=False),
            _lines(_("First step"), 2),
        ]
    if card.kind == "list":
        kinds = [_choice("", [kind_word(kind) for kind in CONTRIBUTION_KINDS])] if card.fills == "contributions" else []
        return [*kinds, _lines("", 3), _lines(_("Name"), 1, grows=False)]
    return [_lines("", 4)]


def _field(item: FormField, said: Callable[[LocalText], str]) -> View:
    label = said(item.label)
    if item.kind == "scale":
        return {"kind": "scale", "label": label, "points": [str(n) for n in range(item.min, item.max + 1)]}
    if item.kind == "choice":
        return _choice(label, [said(choice) for choice in item.choices])
    return _lines(label, 2)


def _choice(label: str, boxes: list[str]) -> View:
    return {"kind": "choice", "label": label, "boxes": boxes}


def _lines(label: str, rows: int, *, grows: bool = True) -> View:
    return {"kind": "lines", "label": label, "rows": rows, "grows": grows}
