"""The card that asks a few things, of the group or of each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, Static

from entraide_tui.common.i18n import _
from entraide_tui.kits.model import in_language
from entraide_tui.widgets.cards.base import CardView
from entraide_tui.widgets.date_hint import date_hint
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.notes import NotesField
from entraide_tui.widgets.plain import Piece, joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import gestures
from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.kits.model import FormField
    from entraide_tui.session.controller import Gesture
    from entraide_tui.widgets.draft_field import DraftField


class FormCard(CardView):
    """One line for each field; if each person is asked, the person's name above."""

    DEFAULT_CSS = """
    FormCard .field { height: auto; margin: 0 0 1 0; }
    FormCard > NotesField { margin: 0 0 1 0; }
    FormCard > #given { height: auto; max-height: 6; color: $quiet; }
    """

    def __init__(self, *args, **options) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003 - as CardView
        super().__init__(*args, **options)
        self._by = ""
        self._speaker = ""

    def compose(self) -> ComposeResult:
        """Yield the fields, the answers so far, and a hint."""
        yield Static(plain(self.prompt()), classes="prompt")
        if self._each:
            yield Static("", classes="who", id="who")
        for item in self.card.fields:
            yield Static(plain(self._label(item)), classes="label")
            # a request is several sentences, each on its own line if people like
            several = item.kind == "text" and self._kept_as_text and self.card.fills == "request"
            yield (NotesField(id=f"field-{item.id}") if several else LineField(id=f"field-{item.id}", classes="field"))
        yield Static("", id="given")
        yield WrappedText(classes="hint", id="hint")

    def on_mount(self) -> None:
        """Begin with the person whose turn it is."""
        if self._each:
            self._by = self.live.state.turn.speaker or next(iter(self.names()), "")
        self._load()
        self.refresh_from_state()

    @property
    def _each(self) -> bool:
        return self.card.of == "each"

    @property
    def _kept_as_text(self) -> bool:
        return self.card.of == "group" and self.card.fills in ("request", "follow_up")

    def _label(self, item: FormField) -> str:
        label = in_language(item.label, self.live.state.language)
        if item.kind == "scale" and not any(c.isdigit() for c in label):
            return _("{label} ({min} to {max})").format(label=label, min=item.min, max=item.max)
        if item.kind == "choice":
            choices = [in_language(c, self.live.state.language) for c in item.choices]
            return f"{label} ({' · '.join(f'{n} {c}' for n, c in enumerate(choices, 1))})"
        return label

    def _stored(self, item: FormField) -> str:
        state = self.live.state
        if self._kept_as_text:
            return state.text(text_name(self.card, self.play, item.id))
        answer = state.answers.get((self.play.key, self._by, item.id), "")
        if item.kind == "choice" and answer != "":
            choices = [in_language(c, state.language) for c in item.choices]
            return str(choices.index(str(answer)) + 1) if answer in choices else str(answer)
        return str(answer)

    def _field(self, item: FormField) -> LineField | NotesField:
        field = self.query_one(f"#field-{item.id}")
        assert isinstance(field, LineField | NotesField)  # noqa: S101 - for the type
        return field

    def _load(self) -> None:
        for item in self.card.fields:
            line = self._field(item)
            stored = self._stored(item)
            if line.said != stored:
                line.load(stored)

    def refresh_from_state(self) -> None:
        """Show who is asked, and who has answered."""
        state = self.live.state
        if self._each:
            if state.turn.speaker and state.turn.speaker != self._speaker:
                self._speaker = state.turn.speaker
                self.ask_of(self._speaker)
            elif self._by and self._by not in self.names():
                self.ask_of(next(iter(self.names()), ""))
            named = (self.play.key, self._by) in state.named
            agreed = ""
            if self.card.fills == "feelings" and self._by:
                agreed = _("is named in the record") if named else _("is not named in the record")
            self.query_one("#who", Static).update(joined(f"{self._by or _('(nobody)')} › ", (agreed, "$quiet")))
            self.query_one("#given", Static).update(joined(*self._answers_so_far()))
        elif not any(self._field(item).has_focus for item in self.card.fields):
            self._load()
        self.query_one("#hint", WrappedText).show(self._date() or plain(self._hint()))

    def _hint(self) -> str:
        for item in self.card.fields:
            said = self._field(item).said
            if said and self._answer(item, said) is None:
                return self._range(item)
        if not self._each:
            if self.query(NotesField):
                return _("Tab: next field · everything may stay empty") if len(self.card.fields) > 1 else ""
            return _("Enter: next field · everything may stay empty") if len(self.card.fields) > 1 else ""
        if self.card.fills == "feelings":
            return _("↑↓ who · Enter: next · Ctrl+F agrees to be named, or not")
        return _("↑↓ who · Enter: next")

    def _date(self) -> Content | None:
        """How the date of the follow-up was understood; None if there is nothing to say."""
        said = self._field(self.card.fields[0]).said if self.card.fills == "follow_up" else ""
        return date_hint(said, self.today(), self.live.state.language) if said else None

    def _answers_so_far(self) -> list[Piece]:
        state = self.live.state
        out: list[Piece] = []
        for name in dict.fromkeys(who for key, who, _f in state.answers if key == self.play.key):
            answers = [str(a) for (key, who, _f), a in state.answers.items() if key == self.play.key and who == name]
            out += [("✓ ", "$success"), (f"{name} ", "bold"), " · ".join(answers), "   "]
        return out

    def ask_of(self, name: str) -> None:
        """Ask another person from now on; the answers of the one before are kept."""
        for gesture in self.pending():
            self.intend(gesture)
        self._by = name
        self._load()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._field(self.card.fields[0]).focus()

    def gesture_for(self, field: DraftField) -> Gesture:
        """The gesture that stores the answer to a field."""
        name = (field.id or "").removeprefix("field-")
        item = next(f for f in self.card.fields if f.id == name)
        said, play, by = field.said, self.play.key, self._by if self._each else ""
        if self._kept_as_text:
            text = text_name(self.card, self.play, name)
            return lambda s: gestures.set_text(s.state, s.now(), text, said)
        answer = self._answer(item, said)
        return lambda s: gestures.answer(s.state, s.now(), play, name, answer, by=by)

    def _answer(self, item: FormField, said: str) -> str | int | None:
        """What was typed as a value of the field; None if it is no such value."""
        if item.kind == "text" or not said:
            return said or None
        if item.kind == "choice" and not said.isdecimal():
            return said  # an answer in other words is kept as it is
        if not said.isdecimal() or len(said) > 6:
            return None
        number = int(said)
        if item.kind == "scale":
            return number if item.min <= number <= item.max else None
        if 1 <= number <= len(item.choices):
            return in_language(item.choices[number - 1], self.live.state.language)
        return None

    @on(LineField.Stepped)
    def _who(self, event: LineField.Stepped) -> None:
        event.stop()
        if not self._each:
            return
        names = [n for n in self.names() if n]
        here = names.index(self._by) if self._by in names else -1
        if names:
            self.ask_of(names[(here + event.step) % len(names)])
        self.refresh_from_state()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Go to the next field; after a person's last field, to the next person."""
        event.stop()
        lines = list(self.query(LineField))
        here = lines.index(self.query_one(f"#{event.input.id}", LineField))
        if lines[here].take():
            self.intend(self.gesture_for(lines[here]))  # at once: below, the fields go to another person
        item = self.card.fields[here]
        if lines[here].said and self._answer(item, lines[here].said) is None:
            self.refresh_from_state()
            return
        if here + 1 < len(lines):
            lines[here + 1].focus()
        elif self._each:
            self._who(LineField.Stepped(lines[here], 1))
            lines[0].focus()

    @staticmethod
    def _range(item: FormField) -> str:
        """The hint on which numbers are valid."""
        first, last = (item.min, item.max) if item.kind == "scale" else (1, len(item.choices))
        return _("? a number from {first} to {last}").format(first=first, last=last)

    def on_key(self, event: Key) -> None:
        """Toggle the person's agreement to be named with Ctrl+F."""
        if event.key == "ctrl+f" and self._each and self.card.fills == "feelings" and self._by:
            event.stop()
            event.prevent_default()
            play, by = self.play.key, self._by
            self.intend(lambda s: gestures.agree_naming(s.state, s.now(), play, by))
