"""A side panel that edits one field of a record: a line, several lines, or a choice. Closing it keeps the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static

from entraide_tui.archive.record_schema import at
from entraide_tui.common.i18n import _
from entraide_tui.privacy.pseudonyms import seats
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.date_hint import date_hint
from entraide_tui.widgets.draft_field import DraftField
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.notes import NotesField
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.archive.editing.field_editors import Field
    from entraide_tui.archive.model import Record

EXPLAINED: dict[str, Callable[[], str]] = {
    "names": lambda: _("Several, with commas."),
    "date": lambda: _("A date, as you would say it: 2026-12-05, next Friday."),
    "number": lambda: _("Which idea it carries out: its number."),
}


class EditField(Panel):
    """The panel for one field."""

    DEFAULT_CSS = """
    EditField > LineField { width: 100%; background: $background; }
    EditField > NotesField { background: $background; }
    """

    def __init__(
        self,
        title: str,
        field: Field,
        record: Record,
        *,
        choice_name: Callable[[str], str],
        put: Callable[[str], None],
        close: Callable[[], None],
    ) -> None:
        """`choice_name` names a choice; `put` gets the final text, if it is new."""
        super().__init__("mend_field", close)
        self._title = title
        self._field = field
        self._record = record
        self._choice_name = choice_name
        self._put = put

    def compose(self) -> ComposeResult:
        """Yield the title, an explanation, and the field."""
        yield Static(plain(self._title), classes="title")
        explained = EXPLAINED.get(self._field.kind)
        yield WrappedText(plain(explained() if explained else ""), id="explain")
        if self._field.kind == "choice":
            yield Entries(id="choices")
        elif self._field.kind == "text":
            yield NotesField(self._field.value, id="said")
        else:
            spec = at(self._field.place.section, self._field.place.field)
            person = spec is not None and spec.holds == "person"
            names = SuggestFromList(seats(self._record), case_sensitive=False) if person else None
            yield LineField(self._field.value, id="said", suggester=names)
        yield Static(plain(_("Escape: done") if self._field.kind == "text" else _("Enter: done")), classes="hint")

    def on_mount(self) -> None:
        """Put the cursor into the field."""
        if self._field.kind == "choice":
            entries = self.query_one("#choices", Entries)
            entries.show([(name, plain(self._choice_name(name))) for name in self._field.choices])
            entries.highlighted = self._field.choices.index(self._field.value)
            entries.focus()
        else:
            self.query_one("#said").focus()

    def take(self) -> None:
        """Call `put` with the text if it is new."""
        if self._field.kind == "choice":
            said = self.query_one("#choices", Entries).current
        else:
            [field] = self.walk_children(DraftField)
            said = field.said
        if said.strip() != self._field.value.strip():
            self._put(said)

    def put_away(self) -> None:
        """Close the panel and keep the text."""
        self._close()
        self.take()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._field.kind == "date":
            said = self.query_one("#said", LineField).said
            self.query_one("#explain", WrappedText).show(
                plain(EXPLAINED["date"]()), date_hint(said, self._record.date, self._record.language)
            )

    @on(DraftField.Typed)
    def _typed(self, event: DraftField.Typed) -> None:
        event.stop()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _done(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        event.stop()
        self.put_away()
