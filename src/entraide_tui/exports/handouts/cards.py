"""Blank cards to fill in by hand: the prompts and the space for answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _
from entraide_tui.kits.contribution_kinds import CONTRIBUTION_KINDS, kind_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.exports.view import View
    from entraide_tui.kits.model import Card, FormField, LocalText, Step

_ROWS = 8
"""Lines in total on a card in a format without page layout."""
_NAMELESS = ("request", "feelings", "follow_up")
"""Cards without a name line: they are the offeror's, the group's, or anonymous."""


def of(step: Step, number: int, one_line: Callable[[LocalText], str]) -> View:
    """The data of a step's card. Raises ValueError if the step has none.

    Each part has a `kind`: `lines` to write on (a label, the least number of rows, and `ruled` for formats without page
    layout), `scale` (its points) or `choice` (its boxes).

    Args:
        number: the step's number.
        one_line: gives a text in the current language.
    """
    card = step.card
    if card is None:
        raise ValueError(step.id)
    parts = _parts(card, one_line)
    growing = sum(1 for part in parts if part.get("grows"))
    for part in parts:
        if part["kind"] == "lines":
            part["ruled"] = [""] * (max(part["rows"], _ROWS // growing) if part["grows"] else part["rows"])
    return {
        "number": str(number),
        "step": one_line(step.title),
        "prompt": one_line(card.prompt) or one_line(step.title),
        "parts": parts,
    }


def _parts(card: Card, one_line: Callable[[LocalText], str]) -> list[View]:
    if card.kind == "form":
        name = [_lines(_("Name"), 1, grows=False)] if card.of == "each" and card.fills not in _NAMELESS else []
        return name + [_field(item, one_line) for item in card.fields]
    if card.kind == "pick":
        return [_lines(f"{position}.", 2) for position in range(1, max(1, min(card.max, 6)) + 1)]
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


def _field(item: FormField, one_line: Callable[[LocalText], str]) -> View:
    label = one_line(item.label)
    if item.kind == "scale":
        return {"kind": "scale", "label": label, "points": [str(n) for n in range(item.min, item.max + 1)]}
    if item.kind == "choice":
        return _choice(label, [one_line(choice) for choice in item.choices])
    return _lines(label, 2)


def _choice(label: str, boxes: list[str]) -> View:
    return {"kind": "choice", "label": label, "boxes": boxes}


def _lines(label: str, rows: int, *, grows: bool = True) -> View:
    return {"kind": "lines", "label": label, "rows": rows, "grows": grows}
