"""The first two minutes: a made-up group, and one gesture after the other to try."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, mark
from entraide_tui.kits.catalogue import shipped_folder
from entraide_tui.rehearsal.simulated_group import gesture_of
from entraide_tui.widgets.keymap import shown_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entraide_tui.workshop.events import Event


@dataclass(frozen=True, slots=True)
class Hint:
    """What to try next.

    Attributes:
        action: whose key is shown as {key}.
        gestures: what ends it; `rescue` is the help that was opened, `written` an entry on a list.
    """

    action: str
    text: str
    gestures: tuple[str, ...]


HINTS: tuple[Hint, ...] = (
    Hint("next", mark("Nadia and two neighbours sit at your table. {key} begins."), ("next",)),
    Hint(
        "park",
        mark("Read along. Somebody will give advice too early: {key}, then Enter, puts it aside for later."),
        ("park",),
    ),
    Hint(
        "write_down",
        mark("What was said goes onto the card with {key}; with real people, you type a few words."),
        ("note",),
    ),
    Hint("minute", mark("A step may take longer: {key} gives it one more minute."), ("extend",)),
    Hint("next", mark("{key} goes on to the next step, whenever you like: nothing happens by itself."), ("next",)),
    Hint(
        "rescue", mark("Lost for words? {key} shows what to say when something goes wrong; Escape closes."), ("rescue",)
    ),
    Hint("speaker", mark("{key} gives the turn to the next person."), ("next-speaker",)),
    Hint("write_down", mark("Somebody has spoken: {key} writes it down, with the name."), ("written",)),
    Hint("undo", mark("Every gesture can be taken back: {key}. Try it, without fear."), ("undo",)),
    Hint("next", mark("{key}: the last step."), ("next",)),
    Hint("write_down", mark("The first step of the plan: {key}."), ("note",)),
    Hint("next", mark("{key}, once more: the workshop is over, and its page is written."), ("next",)),
    Hint("next", mark("That is all. {key} shows the page; F3 there closes, and your debrief opens."), ()),
)


def folder() -> Path:
    """Where the little kit and its group are."""
    return shipped_folder() / "tour"


@dataclass(slots=True)
class Tour:
    """Where one is in it.

    Attributes:
        rescued: whether the help was opened since the hint began.
    """

    number: int = 0
    rescued: bool = False
    _used: set[int] = field(default_factory=set)

    def look(self, history: Sequence[Event]) -> None:
        """Goes on as far as the gestures have come; one that was made early counts."""
        while self.number < len(HINTS) and (wanted := HINTS[self.number].gestures):
            new = (n for n in range(len(history)) if n not in self._used)
            place = next((n for n in new if _is(history[n]) in wanted), None)
            if place is not None:
                self._used.add(place)
            elif not (self.rescued and "rescue" in wanted):
                return
            self.rescued = False
            self.number += 1

    def said(self, keys: dict[str, str]) -> str:
        """The hint, with the key in use."""
        hint = HINTS[min(self.number, len(HINTS) - 1)]
        return _(hint.text).format(key=shown_key(hint.action, keys))


def _is(event: Event) -> str:
    kind = type(event).__name__
    if kind in ("Written", "Unparked") and gesture_of(event) != "park":
        return "written"
    return "undo" if kind == "Undone" else gesture_of(event) or ""
