"""The list of open actions that a workshop begins with: the last offeror's first, then those of people present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList

from entraide_tui.common.i18n import _, many
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.outcome import state_sign, state_word
from entraide_tui.widgets.plain import joined
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.archive.open_actions import Promise
    from entraide_tui.workshop.events import SaidOf


def name_of(promise: Promise) -> str:
    """The id of an action in a list."""
    return f"{promise.record}#{promise.number}"


def action_line(promise: Promise, update: SaidOf | None, today: datetime.date) -> Content:
    """An action and its state; `update` is what this workshop has said of it, if anything."""
    status = update.status if update else promise.status
    late = promise.due is not None and promise.due < today
    came = (update.outcome or update.tried) if update else promise.outcome
    return joined(
        state_sign(status, late=late),
        " ",
        (f"{promise.who} ", "bold $accent") if promise.who else "",
        promise.what,
        (f"  {promise.due.isoformat()}" if promise.due else "", "$warning" if late and status == "open" else "$quiet"),
        (f"  {state_word(status)}" if update else "", "$success"),
        (f" – {came}" if came else "", "$quiet"),
    )


class LookBack(Widget):
    """The list of open actions, shown in the opening step."""

    DEFAULT_CSS = """
    LookBack { height: auto; max-height: 40%; display: none; margin: 1 0 0 0; layout: vertical; }
    LookBack.-shown { display: block; }
    LookBack > #since { height: auto; }
    LookBack > Entries { height: auto; max-height: 8; }
    """

    class Chosen(Message):
        """An action was chosen, to say what became of it; `step`: only to move its state on by one."""

        def __init__(self, entry: str, *, step: bool) -> None:
            super().__init__()
            self.entry = entry
            self.step = step

    def compose(self) -> ComposeResult:
        """Yield a heading and the list."""
        yield WrappedText(id="since")
        yield Entries(id="promises", follows=False)

    def show(self, promises: Sequence[Promise], updates: Sequence[SaidOf], today: datetime.date, key: str) -> None:
        """Show these actions; hide the list if there are none. `key` is named as the one that adds news."""
        self.set_class(bool(promises), "-shown")
        if not promises:
            return
        by_action = {(s.record, s.number): s for s in updates}
        left = sum(1 for p in promises if (p.record, p.number) not in by_action)
        count = (
            many("Since last time: {n} open action", "Since last time: {n} open actions", left)
            if left
            else _("Since last time: each action has its news")
        )
        hint = _("{key}: news").format(key=key)
        self.query_one("#since", WrappedText).show(
            joined((count.format(n=left), "bold $primary"), (f"  {hint}", "$quiet"))
        )
        entries = self.query_one(Entries)
        entries.show([(name_of(p), action_line(p, by_action.get((p.record, p.number)), today)) for p in promises])
        if entries.highlighted is None:
            entries.highlighted = 0

    def on_key(self, event: Key) -> None:
        """Move the state of the highlighted action on by one with Space."""
        entries = self.query_one(Entries)
        if event.key == "space" and entries.has_focus and entries.current:
            event.stop()
            self.post_message(self.Chosen(entries.current, step=True))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.option.id or "", step=False))
