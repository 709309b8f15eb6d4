"""The hints of the two-minute tour: one gesture after the other to try, with a made-up group."""

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
    """A gesture to try next.

    Attributes:
        action: the action whose key replaces {key} in the text.
        gestures: any of them ends the hint; `rescue`: the rescues were opened, `written`: an entry was added to a list.
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
    """The folder with the tour's kit and scenario."""
    return shipped_folder() / "tour"


@dataclass(slots=True)
class Tour:
    """The progress through the hints.

    Attributes:
        rescued: whether the rescues were opened since the hint began.
    """

    number: int = 0
    rescued: bool = False
    _used: set[int] = field(default_factory=set)

    def advance(self, history: Sequence[Event]) -> None:
        """Move on past every hint whose gesture was made; one made early counts."""
        while self.number < len(HINTS) and (wanted := HINTS[self.number].gestures):
            new = (n for n in range(len(history)) if n not in self._used)
            index = next((n for n in new if _gesture_name(history[n]) in wanted), None)
            if index is not None:
                self._used.add(index)
            elif not (self.rescued and "rescue" in wanted):
                return
            self.rescued = False
            self.number += 1

    def hint_text(self, keys: dict[str, str]) -> str:
        """The current hint, with the key of its action."""
        hint = HINTS[min(self.number, len(HINTS) - 1)]
        return _(hint.text).format(key=shown_key(hint.action, keys))


def _gesture_name(event: Event) -> str:
    kind = type(event).__name__
    if kind in ("Written", "Unparked") and gesture_of(event) != "park":
        return "written"
    return "undo" if kind == "Undone" else gesture_of(event) or ""
