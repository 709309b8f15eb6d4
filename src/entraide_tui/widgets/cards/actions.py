"""The card for the action plan: who does what, by when, and the first small step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.widgets import Input, OptionList, Static

from entraide_tui.archive.page.date_words import day
from entraide_tui.common.i18n import _
from entraide_tui.widgets.cards.base import CardView, Entries
from entraide_tui.widgets.date_hint import date_hint
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import gestures
from entraide_tui.workshop.dates import understand

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.session.controller import Gesture
    from entraide_tui.widgets.draft_field import DraftField
    from entraide_tui.workshop.state import Action

_FIELDS = ("what", "who", "due", "first", "idea")


class ActionsCard(CardView):
    """The fields of one action, and the plan below."""

    DEFAULT_CSS = """
    ActionsCard .short { width: 22; }
    ActionsCard #a-idea { width: 5; }
    ActionsCard #ideas { width: 1fr; height: 1; padding: 0 1; text-overflow: ellipsis; text-wrap: nowrap; }
    """

    def __init__(self, *args, **options) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003 - as CardView
        super().__init__(*args, **options)
        self._editing = ""

    def compose(self) -> ComposeResult:
        """Yield the five fields, a hint, and the plan."""
        yield Static(plain(self.prompt()), classes="prompt")
        draft = self.live.state.drafts
        for name, label, short in (
            ("what", _("What"), False),
            ("who", _("Who"), True),
            ("due", _("By when"), True),
            ("first", _("First small step"), False),
            ("idea", _("Idea no."), True),
        ):
            with Horizontal(classes="row"):
                yield Static(plain(label), classes="label")
                yield LineField(
                    draft.get(f"{self.play.key}.{name}", ""), id=f"a-{name}", classes="short" if short else None
                )
                if name == "idea":
                    yield Static("", classes="hint", id="ideas")
        yield WrappedText(classes="hint", id="hint")
        yield Entries(id="entries")

    def on_mount(self) -> None:
        """Give all labels one width, so that the fields align."""
        labels = list(self.query(".label").results(Static))
        width = max((plain(str(s.content)).cell_length for s in labels), default=8) + 2
        for label in labels:
            label.styles.width = width
        self.refresh_from_state()

    def _line(self, name: str) -> LineField:
        return self.query_one(f"#a-{name}", LineField)

    def _drawn(self, action: Action, number: int) -> Content:
        due = (
            ("  " + day(action.due, self.live.state.language), "$success")
            if action.due
            else ("  " + _("no date"), "$warning")
        )
        who = (f"{action.who} ", "bold $accent") if action.who else (_("nobody yet") + " ", "$warning")
        first = (f"  → {action.first_step}", "$quiet") if action.first_step else ""
        return joined((f"{number}. ", "$quiet"), who, action.what, due, first)

    def refresh_from_state(self) -> None:
        """Show the plan, and the ideas that its actions can carry out."""
        state = self.live.state
        actions = [a for a in state.actions if not self.play.round or a.round in (0, self.play.round)]
        self.query_one(Entries).show([(a.id, self._drawn(a, n)) for n, a in enumerate(actions, 1)])
        ideas = state.in_section("ideas", self.play.round)
        self._line("idea").parent.display = bool(ideas)  # type: ignore[union-attr]
        self.query_one("#ideas", Static).update(plain("  ".join(f"{n} {i.text[:24]}" for n, i in enumerate(ideas, 1))))
        who = self._line("who")
        if not who.placeholder:
            who.placeholder = state.offeror
        self._show_hint()

    def _show_hint(self, fault: str = "") -> None:
        """Show a fault, else how the date was understood, else what the keys do."""
        said = self._line("due").said
        if fault:
            hint = plain(fault, "$warning")
        elif said and (self._line("due").has_focus or self._line("first").has_focus):
            hint = date_hint(said, self.today(), self.live.state.language)
        elif self.query_one(Entries).option_count:
            hint = plain(
                _("Enter: next field, at the end the action is written · Tab: the list (Enter changes, Delete)")
            )
        else:
            hint = plain(_("Enter: next field, at the end the action is written · everything may stay empty"))
        self.query_one("#hint", WrappedText).show(hint)

    def on_descendant_focus(self) -> None:
        """Show the hint for the field that has the cursor now."""
        self._show_hint()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._line("what").focus()

    def gesture_for(self, field: DraftField) -> Gesture:
        """The gesture that stores a field as a draft."""
        name, text = f"{self.play.key}.{(field.id or '').removeprefix('a-')}", field.said
        self._show_hint()
        return lambda s: gestures.draft(s.state, s.now(), name, text)

    @on(LineField.Stepped, "#a-who")
    def _who(self, event: LineField.Stepped) -> None:
        event.stop()
        names = self.names()
        line = self._line("who")
        here = names.index(line.said) if line.said in names else len(names) - 1
        line.load(names[(here + event.step) % len(names)])

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        index = _FIELDS.index((event.input.id or "").removeprefix("a-"))
        if index + 1 < len(_FIELDS) and not (index == 3 and not self.live.state.in_section("ideas", self.play.round)):
            self._line(_FIELDS[index + 1]).focus()
        elif (said := self._line("idea").said) and not self._idea():
            count = len(self.live.state.in_section("ideas", self.play.round))
            fault = _("? “{said}” is none of the ideas: a number from 1 to {n}, or nothing")
            self._show_hint(fault.format(said=said, n=count))
        else:
            self.write()

    def _idea(self) -> str:
        """The id of the idea whose number was typed; empty if there is no such idea."""
        number = self._line("idea").said
        ideas = self.live.state.in_section("ideas", self.play.round)
        return ideas[int(number) - 1].id if number.isdecimal() and 1 <= int(number[:4]) <= len(ideas) else ""

    def write(self) -> None:
        """Add the action in the fields to the plan, or replace the one being edited; then clear the fields."""
        what = self._line("what").said
        if what:
            due = understand(self._line("due").said, self.today())
            idea = self._idea()
            first, said_due = self._line("first").said, self._line("due").said
            if said_due and due is None:
                # no word is lost: a date that is not understood goes to the first step
                first = f"{first} ({said_due})" if first else said_due
            who, action = self._line("who").said or self.live.state.offeror, self._editing
            when = due.isoformat() if due else ""
            self.intend(
                lambda s: gestures.plan(
                    s.state, s.now(), action or s.id_for("a"), what, who=who, due=when, first_step=first, idea=idea
                )
            )
        self._editing = ""
        play = self.play.key
        for name in _FIELDS:
            self._line(name).load("")
            self._forget_draft(f"{play}.{name}")
        self._show_hint()
        self._line("what").focus()

    def _forget_draft(self, field: str) -> None:
        self.intend(lambda s: gestures.draft(s.state, s.now(), field, ""))

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        action = next((a for a in self.live.state.actions if a.id == event.option.id), None)
        if action is None:
            return
        ideas = [i.id for i in self.live.state.in_section("ideas", self.play.round)]
        number = str(ideas.index(action.idea) + 1) if action.idea in ideas else ""
        for name, value in zip(_FIELDS, (action.what, action.who, action.due, action.first_step, number), strict=True):
            self._line(name).load(value)
        self._editing = action.id
        self._show_hint()
        self._line("what").focus()

    def on_key(self, event: Key) -> None:
        """Remove the highlighted action with Delete."""
        if event.key in ("delete", "backspace") and self.query_one(Entries).has_focus:
            event.stop()
            if action := self.query_one(Entries).current:
                self.intend(lambda s: gestures.remove(s.state, s.now(), action))
