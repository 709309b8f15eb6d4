"""The base of all cards, which show the state and post gestures, and the list widget that they share."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from entraide_tui.common.i18n import _
from entraide_tui.common.local_time import local_day
from entraide_tui.kits.model import Card, in_language
from entraide_tui.widgets.draft_field import DraftField
from entraide_tui.widgets.wrapped_text import wrap

if TYPE_CHECKING:
    from entraide_tui.session.controller import Gesture
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.workshop.state import SessionStep


class Intend(Message):
    """A request to apply a gesture to the session; the screen does it."""

    def __init__(self, gesture: Gesture) -> None:
        super().__init__()
        self.gesture = gesture


class CardView(Widget):
    """The base of the five kinds of card."""

    DEFAULT_CSS = """
    CardView { height: 1fr; min-height: 3; layout: vertical; }
    CardView > .prompt { height: 1; color: $quiet; text-overflow: ellipsis; }
    CardView .row { height: 1; }
    CardView .label { width: auto; height: 1; padding: 0 1 0 0; color: $quiet; }
    CardView .who {
        width: auto; min-width: 4; max-width: 22; height: 1; padding: 0 1 0 0; color: $accent; text-style: bold;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    CardView .hint { height: auto; color: $quiet; }
    CardView > Entries { margin: 1 0 0 0; }
    """

    def __init__(self, live: LiveSession, play: SessionStep, card: Card) -> None:
        super().__init__(id=f"card-{play.key.replace('#', '-')}")
        self.live = live
        self.play = play
        self.card = card

    def prompt(self) -> str:
        """The line above the field: the kit's own prompt, else a name for what the card gathers."""
        own = in_language(self.card.prompt, self.live.state.language)
        return (
            own
            or {
                "topics": _("Topics"),
                "request": _("The request"),
                "questions": _("Questions"),
                "contributions": _("Contributions"),
                "ideas": _("Ideas kept"),
                "actions": _("Action plan"),
                "learnings": _("What each of us takes"),
                "feelings": _("Feelings"),
                "follow_up": _("We look at it again"),
                "notes": _("Notes on this step"),
            }[self.card.fills]
        )

    def refresh_from_state(self) -> None:
        """Show the current state."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the cursor where one writes."""
        raise NotImplementedError

    def gesture_for(self, field: DraftField) -> Gesture:
        """The gesture that stores what a field holds while somebody types."""
        raise NotImplementedError

    def pending(self) -> list[Gesture]:
        """The gestures for what was typed and not reported yet; called before the step is left."""
        # no query: Textual's know a widget by its first base class only, and that is `Input` or `TextArea`
        return [self.gesture_for(field) for field in self.walk_children(DraftField) if field.take()]

    @on(DraftField.Typed)
    def _typed(self, event: DraftField.Typed) -> None:
        event.stop()
        self.intend(self.gesture_for(event.field))

    def intend(self, gesture: Gesture) -> None:
        """Ask the screen to apply a gesture."""
        self.post_message(Intend(gesture))

    def today(self) -> datetime.date:
        """The local date at this moment of the session."""
        return local_day(self.live.state.origin + self.live.now())

    def names(self) -> list[str]:
        """The possible authors: the people present, then nobody."""
        return [*(p.name for p in self.live.state.present), ""]


class Entries(OptionList):
    """A list whose highlight survives a change of its entries."""

    DEFAULT_CSS = """
    Entries { height: 1fr; min-height: 1; min-width: 10; border: none; padding: 0; background: transparent; }
    Entries:focus { border: none; }
    Entries > .option-list--option-highlighted { background: transparent; color: $foreground; text-style: none; }
    Entries:focus > .option-list--option-highlighted { background: $primary 28%; color: $foreground; }
    Entries > .option-list--option-hover { background: $boost; }
    """

    def __init__(self, *, id: str | None = None, follows: bool = True, hang: int = 0) -> None:  # noqa: A002 - Textual's name
        """Args:
        follows: scroll to the end when the list grows without having the cursor.
        hang: cells by which an entry's further lines are indented.
        """
        super().__init__(id=id, compact=True, markup=False)
        self._follows = follows
        self._hang = hang
        self._width = 0
        self._shown: list[tuple[str, Content]] = []

    def show(self, options: list[tuple[str, Content]]) -> None:
        """Show these entries, as (id, content); keep the highlighted one if it is still there."""
        width = self.scrollable_content_region.width if self._hang else 0
        if options == self._shown and width == self._width:
            return
        grown = len(options) > len(self._shown)
        current = self.current
        self._shown, self._width = options, width
        self.clear_options()
        self.add_options([Option(self._drawn(content), id=key) for key, content in options])
        keys = [key for key, _content in options]
        if current and current in keys:
            self.highlighted = keys.index(current)
        if grown and self._follows and not self.has_focus:
            self.scroll_end(animate=False)

    def _drawn(self, content: Content) -> Content:
        if not self._hang or self._width <= 2 * self._hang:
            return content
        first, *others = wrap([content], self._width - self._hang)
        return Content("\n").join([first, *(Content(" " * self._hang) + line for line in others)])

    def on_focus(self) -> None:
        """Highlight the first entry if none is."""
        if self.highlighted is None and self._shown:
            self.highlighted = 0

    def on_resize(self) -> None:
        """Wrap indented lines for the new width."""
        if self._hang:
            self.show(self._shown)

    @property
    def current(self) -> str:
        """The id of the highlighted entry; empty if there is none."""
        index = self.highlighted
        if index is None or index >= len(self._shown):
            return ""
        return self._shown[index][0]
