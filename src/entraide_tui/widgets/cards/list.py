"""The card that gathers entries, each with its author and, for contributions, its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.widgets import Input, OptionList, Static

from entraide_tui.common.i18n import _
from entraide_tui.kits.contribution_kinds import CONTRIBUTION_KINDS, kind_sign, kind_word
from entraide_tui.widgets.cards.base import CardView, Entries
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import gestures
from entraide_tui.workshop.answers import with_answers

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.session.controller import Gesture
    from entraide_tui.widgets.draft_field import DraftField
    from entraide_tui.workshop.state import Item


class ListCard(CardView):
    """A line for the next entry, and the entries below."""

    def __init__(self, *args, **options) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003 - as CardView
        super().__init__(*args, **options)
        self._by = ""
        self._speaker = ""
        self._kind = 0
        self._editing = ""

    def compose(self) -> ComposeResult:
        """Yield the author, the kind, the line, and the list."""
        yield Static(plain(self.prompt()), classes="prompt")
        with Horizontal(classes="row"):
            yield Static("", classes="who", id="who")
            if self._kinds:
                yield Static("", classes="label", id="kind")
            yield LineField(self.live.state.drafts.get(self._draft, ""), _("a few words, then Enter"), id="line")
        yield WrappedText(plain(self._hint()), classes="hint", id="hint")
        yield Entries(id="entries")

    def on_mount(self) -> None:
        """Begin with the person whose turn it is."""
        self._by = self._speaker = self.live.state.turn.speaker
        self.refresh_from_state()

    @property
    def _kinds(self) -> bool:
        return self.card.fills == "contributions"

    @property
    def _draft(self) -> str:
        return f"{self.play.key}.line"

    @property
    def _edit_draft(self) -> str:
        return f"{self.play.key}.mended"

    def _hint(self) -> str:
        if self._editing:
            return _("You are mending an entry · Enter: done · Escape: as it was")
        if self._kinds:
            return _("↑↓ who · Ctrl+F what kind · Tab: the list (Enter mends, Delete removes)")
        return _("↑↓ who · Tab: the list (Enter mends, Delete removes)")

    def items(self) -> list[Item]:
        """The entries of this card; for contributions, the parked ideas too."""
        state = self.live.state
        out = list(state.in_section(self.card.fills, self.play.round))
        if self.card.fills == "notes":
            out = [i for i in out if i.play == self.play.key]
        if self._kinds:
            out += state.in_section("parking")
        return out

    def _answers(self) -> set[str]:
        """Which entries are answers of the offeror, by their ids."""
        if self.card.fills != "questions":
            return set()
        return {answer.id for _q, answers in with_answers(self.items(), self.live.state.offeror) for answer in answers}

    def _author(self) -> str:
        """Who says what is being typed; the offeror answers, once there is a question."""
        if self.card.fills == "questions" and self._by and self._by == self.live.state.offeror and self.items():
            return _("{name} answers").format(name=self._by)
        return self._by or _("(nobody)")

    def _drawn(self, item: Item, *, answer: bool) -> Content:
        who = (f"{item.by} ", "bold $accent") if item.by else ""
        if item.section == "parking":
            return joined(("⏸ ", "$warning"), who, item.text, ("  " + _("parking: Enter brings it in"), "$quiet"))
        sign = (f"{kind_sign(item.kind)} ", "$quiet") if self._kinds else ("· ", "$quiet")
        if answer:
            sign = ("  ↳ ", "$quiet")
        chosen = ("  ✓", "$success") if item.chosen else ""
        return joined(sign, who, item.text, chosen)

    def refresh_from_state(self) -> None:
        """Show the entries, and the author of the next one."""
        state = self.live.state
        speaker = state.turn.speaker
        if speaker != self._speaker:
            self._speaker = speaker
            if not self.query_one(LineField).value:
                self._by = speaker
        if self._by and self._by not in self.names():
            self._by = ""
        answers = self._answers()
        self.query_one(Entries).show([(i.id, self._drawn(i, answer=i.id in answers)) for i in self.items()])
        self.query_one("#hint", WrappedText).show(plain(self._hint()))
        self._set_label("#who", self._author() + " ›")
        if self._kinds:
            kind = CONTRIBUTION_KINDS[self._kind]
            self._set_label("#kind", f"{kind_sign(kind)} {kind_word(kind)}")

    def _set_label(self, selector: str, text: str) -> None:
        """Set the text of a label if it is new; this runs after every gesture."""
        label = self.query_one(selector, Static)
        if str(label.content) != text:
            label.update(plain(text))

    def focus_first(self) -> None:
        """Put the cursor into the line."""
        self.query_one(LineField).focus()

    # -- writing

    def gesture_for(self, field: DraftField) -> Gesture:
        """The gesture that stores the line as a draft; an entry being edited has a draft of its own."""
        name, text = self._edit_draft if self._editing else self._draft, field.said
        return lambda s: gestures.draft(s.state, s.now(), name, text)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        line = self.query_one(LineField)
        text, by = line.said, self._by
        kind = CONTRIBUTION_KINDS[self._kind] if self._kinds else ""
        item, field, section = self._editing, self._draft, self.card.fills
        self._editing = ""
        if item:
            if text:
                self.intend(lambda s: gestures.rewrite(s.state, s.now(), item, section, text, by=by, kind=kind))
            self._forget(self._edit_draft)
            line.load(self.live.state.drafts.get(field, ""))  # the text from before the editing
            self._kind = 0
            return
        line.load("")
        if text:
            self.intend(lambda s: gestures.write(s.state, s.now(), s.id_for("i"), section, text, by=by, kind=kind))
        self._forget(field)
        self._kind = 0

    def _forget(self, draft: str) -> None:
        """Empty a draft that was entered or is not wanted."""
        self.intend(lambda s: gestures.draft(s.state, s.now(), draft, ""))

    @on(LineField.Stepped)
    def _who(self, event: LineField.Stepped) -> None:
        event.stop()
        names = self.names()
        here = names.index(self._by) if self._by in names else len(names) - 1
        self._by = names[(here + event.step) % len(names)]
        self.refresh_from_state()

    def speak_as(self, name: str, kind: str = "") -> None:
        """Set the author and the kind of what is being typed."""
        self._by = name if name in self.names() else ""
        self._kind = next((n for n, k in enumerate(CONTRIBUTION_KINDS) if k == kind), 0)
        self.refresh_from_state()

    def next_kind(self) -> None:
        """Move on to the next kind of contribution, for what is being typed."""
        self._kind = (self._kind + 1) % len(CONTRIBUTION_KINDS)
        self.refresh_from_state()

    def on_key(self, event: Key) -> None:
        """Handle the keys of the list and the line."""
        if event.key == "ctrl+f" and self._kinds:
            event.stop()
            event.prevent_default()
            self.next_kind()
        elif event.key in ("delete", "backspace") and self.query_one(Entries).has_focus:
            event.stop()
            if item := self.query_one(Entries).current:
                self.intend(lambda s: gestures.remove(s.state, s.now(), item))
        elif event.key == "escape" and self._editing:
            event.stop()
            self._editing = ""
            self._forget(self._edit_draft)
            self.query_one(LineField).load(self.live.state.drafts.get(self._draft, ""))
            self.refresh_from_state()
        elif event.is_printable and event.character and self.query_one(Entries).has_focus:
            # a letter typed while the list has the cursor begins the next entry
            event.stop()
            line = self.query_one(LineField)
            line.focus()
            line.insert_text_at_cursor(event.character)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        item = self.live.state.item(event.option.id or "")
        if item is None:
            return
        if item.section == "parking":
            self.intend(lambda s: gestures.unpark(s.state, s.now(), item.id))
            self.query_one(LineField).focus()
            return
        line = self.query_one(LineField)
        if line.take():
            self.intend(self.gesture_for(line))
        self._editing, self._by = item.id, item.by
        self._kind = next((n for n, k in enumerate(CONTRIBUTION_KINDS) if k == item.kind), 0)
        line.load(item.text)
        line.focus()
        self.refresh_from_state()
