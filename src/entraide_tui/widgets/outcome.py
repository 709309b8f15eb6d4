"""A side panel that asks what became of an action: its state, what was tried, what came of it, what changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, OptionList, Static

from entraide_tui.common.i18n import _
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.draft_field import DraftField
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop.events import SaidOf

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from entraide_tui.archive.open_actions import Promise
    from entraide_tui.kits.model import ActionStatus

STATES: tuple[ActionStatus, ...] = ("open", "done", "dropped")


def state_word(status: ActionStatus) -> str:
    """The name of a state."""
    return {"open": _("still open"), "done": _("done"), "dropped": _("dropped")}[status]


def state_sign(status: ActionStatus, *, late: bool = False) -> tuple[str, str]:
    """The sign of a state, one cell wide, and its style."""
    if status == "open":
        return ("▲", "$warning") if late else ("○", "$quiet")
    return {"done": ("✓", "$success"), "dropped": ("–", "$quiet")}[status]


def next_state(status: ActionStatus) -> ActionStatus:
    """The state after this one; the first after the last."""
    return STATES[(STATES.index(status) + 1) % len(STATES)]


def as_recorded(promise: Promise) -> SaidOf:
    """What the record says of an action."""
    return SaidOf(
        promise.record, promise.number, promise.what, promise.who, promise.status, promise.tried, promise.outcome,
        promise.changes,
    )  # fmt: skip


class OutcomePanel(Panel):
    """The panel; whatever closes it, what was typed is kept."""

    DEFAULT_CSS = """
    OutcomePanel > Entries { height: 3; margin: 0 0 1 0; }
    OutcomePanel > .asked { height: auto; color: $quiet; }
    OutcomePanel > LineField { margin: 0 0 1 0; width: 100%; background: $background; }
    """

    def __init__(
        self,
        action: str,
        promise: Promise,
        answers: SaidOf,
        report: Callable[[SaidOf], None],
        close: Callable[[], None],
    ) -> None:
        """`report` gets each new state of the answers, at the latest a moment after the last key."""
        super().__init__(action, close)
        self._promise = promise
        self.answers = answers
        self._report = report

    def compose(self) -> ComposeResult:
        """Yield what the action is about, its state, and three lines."""
        yield Static(plain(self._promise.what), classes="title")
        yield WrappedText(*self._about(), id="explain")
        yield Entries(id="states")
        for name, label in (
            ("tried", _("What was tried")),
            ("outcome", _("What came of it")),
            ("changes", _("What changes")),
        ):
            yield Static(plain(label), classes="asked")
            yield LineField(getattr(self.answers, name), id=name)
        yield Static(plain(_("Enter: go on · Escape: done")), classes="hint")

    def _about(self) -> list[Content]:
        promise = self._promise
        pieces = [promise.who, promise.due.isoformat() if promise.due else _("no date")]
        lines = [joined((" · ".join(p for p in pieces if p), "$accent"))]
        if promise.first_step:
            lines.append(plain(_("First step: {step}").format(step=promise.first_step)))
        if promise.idea:
            lines.append(plain(_("The idea: {idea}").format(idea=promise.idea)))
        if promise.request:
            lines.append(plain(_("The request: {request}").format(request=promise.request)))
        return lines

    def on_mount(self) -> None:
        """Put the cursor onto the state."""
        states = self.query_one("#states", Entries)
        states.show([(s, joined(state_sign(s), " ", state_word(s))) for s in STATES])
        states.highlighted = STATES.index(self.answers.status)
        states.focus()

    def put_away(self) -> None:
        """Report what was typed, then close."""
        self.take()
        super().put_away()

    def take(self) -> None:
        """Report the answers if they are new."""
        states = self.query_one("#states", Entries)
        status = next((s for s in STATES if s == states.current), self.answers.status)
        texts = {name: self.query_one(f"#{name}", LineField).said for name in ("tried", "outcome", "changes")}
        now = SaidOf(
            self.answers.record, self.answers.number, self.answers.what, self.answers.who, status,
            texts["tried"], texts["outcome"], texts["changes"],
        )  # fmt: skip
        if now != self.answers:
            self.answers = now
            self._report(now)

    @on(DraftField.Typed)
    @on(OptionList.OptionHighlighted)
    def _changed(self, event: DraftField.Typed | OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.query("#changes"):
            self.take()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#tried", LineField).focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        following = {"tried": "outcome", "outcome": "changes"}.get(event.input.id or "")
        if following:
            self.query_one(f"#{following}", LineField).focus()
        else:
            self.put_away()
