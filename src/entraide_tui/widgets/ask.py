"""A side panel that asks one question: a line to type in, a list to choose from, or both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, OptionList, Static

from entraide_tui.common.i18n import _
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

Choices = list[tuple[str, "Content"]]


@dataclass(frozen=True, slots=True)
class Question:
    """What a panel asks, and the function that gets the answer.

    Attributes:
        action: id of the action that opened the panel.
        text: initial text of the line; None: no line.
        explain: returns the explanation for the text of the line and the id of the highlighted choice.
        choices: returns the choices, as (id, content), for the text of the line.
        answer: called with the text of the line and the id of the choice; not called if the panel is closed.
        again: whether it replaces a question that the same key opened.
        below: whether the explanation stands below the choices, so that nothing moves when it changes.
    """

    action: str
    title: str
    answer: Callable[[str, str], None]
    text: str | None = None
    placeholder: str = ""
    explain: Callable[[str, str], Content] | None = None
    choices: Callable[[str], Choices] | None = None
    again: bool = False
    below: bool = False


class Ask(Panel):
    """The panel that shows a question."""

    def __init__(self, question: Question, close: Callable[[], None]) -> None:
        super().__init__(question.action, close)
        self.question = question
        self._offered: list[str] = []

    def compose(self) -> ComposeResult:
        """Yield the title, the explanation, the line, the choices and a hint."""
        question = self.question
        yield Static(plain(question.title), classes="title")
        if not question.below:
            yield WrappedText(id="explain")
        if question.text is not None:
            yield LineField(question.text, question.placeholder, id="ask-line")
        if question.choices is not None:
            yield Entries(id="ask-choices", follows=False)
        if question.below:
            yield WrappedText(id="explain", classes="below")
        yield Static(plain(_("Enter: this one · Escape: close")), classes="hint")

    def on_mount(self) -> None:
        """Put the cursor into the line, or onto the choices where there is none."""
        self.redraw()
        if self.question.text is not None:
            line = self.query_one("#ask-line", LineField)
            line.focus()
            # the initial text is a proposal: typing replaces it
            line.select_all()
        else:
            self.query_one("#ask-choices", Entries).focus()

    @property
    def said(self) -> str:
        """The text of the line; empty where there is none."""
        return self.query_one("#ask-line", LineField).said if self.question.text is not None else ""

    def redraw(self) -> None:
        """Update the choices and the explanation for the text of the line."""
        question = self.question
        current = ""
        if question.choices is not None:
            entries = self.query_one("#ask-choices", Entries)
            choices = question.choices(self.said)
            entries.show(choices)
            # highlight a first choice that typing has just brought up
            new = bool(choices) and choices[0][0] not in self._offered
            self._offered = [key for key, _content in choices]
            if choices and (new or entries.highlighted is None):
                entries.highlighted = 0
            current = entries.current
        if question.explain is not None:
            self.query_one("#explain", WrappedText).show(question.explain(self.said, current))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow each letter typed."""
        event.stop()
        self.redraw()

    @on(LineField.Typed)
    def _typed(self, event: LineField.Typed) -> None:
        event.stop()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.question.explain is not None:
            self.query_one("#explain", WrappedText).show(self.question.explain(self.said, event.option.id or ""))

    @on(LineField.Stepped)
    def _stepped(self, event: LineField.Stepped) -> None:
        """Move among the choices with Up and Down while the cursor is in the line."""
        event.stop()
        if self.question.choices is not None:
            entries = self.query_one("#ask-choices", Entries)
            if event.step < 0:
                entries.action_cursor_up()
            else:
                entries.action_cursor_down()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        current = self.query_one("#ask-choices", Entries).current if self.question.choices is not None else ""
        self._answer(current)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._answer(event.option.id or "")

    def _answer(self, choice: str) -> None:
        said = self.said
        self._close()
        self.question.answer(said, choice)
