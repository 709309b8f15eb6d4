"""The editor for a past record: each change is written at once, and the version before goes to the history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from entraide_tui.archive.editing import field_editors as record_fields
from entraide_tui.archive.editing.differences import place_name, shown
from entraide_tui.archive.record_schema import at
from entraide_tui.common.errors import ConflictError
from entraide_tui.common.i18n import _
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.edit_field import EditField
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import MENDING, bindings
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import cut, joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.archive.editing.field_editors import Field, FieldPlace
    from entraide_tui.archive.model import Record
    from entraide_tui.tui.context import Context


def row_id(place: FieldPlace) -> str:
    """The id of a field's row."""
    return f"{place.section}:{'' if place.number is None else place.number}:{place.field}"


def title_of(place: FieldPlace) -> str:
    """The name of a field, with the item that it belongs to."""
    if not place.field:
        return place_name(place.section)
    around = place_name(place.section, place.number)
    return _("{place} · {field}").format(place=around, field=place_name(place.section, None, place.field))


class EditRecordScreen(BaseScreen):
    """The fields of a record; Enter edits the highlighted one."""

    NAME = MENDING
    BINDINGS: ClassVar = bindings(MENDING)
    CSS = """
    EditRecordScreen #centre { padding: 0 1; }
    EditRecordScreen #fields { height: 1fr; margin: 1 0 0 0; }
    EditRecordScreen #side { display: none; width: 56; }
    EditRecordScreen.-asking #side { display: block; }
    EditRecordScreen.-narrow #main, EditRecordScreen.-tiny #main { layout: vertical; }
    EditRecordScreen.-narrow #side, EditRecordScreen.-tiny #side { width: 1fr; height: 50%; }
    EditRecordScreen.-low #fields { margin: 0; }
    EditRecordScreen.-low.-asking #centre { display: none; }
    EditRecordScreen.-low #side { height: 1fr; }
    """

    def __init__(self, context: Context, path: Path, record: Record) -> None:
        super().__init__(context)
        self._path = path
        self._record = record
        self._before: list[Record] = []
        self._fields: dict[str, Field] = {}
        self._options: list[tuple[str, Content]] = []

    def compose(self) -> ComposeResult:
        """Yield the fields, and room for the one being edited."""
        with Horizontal(id="top"):
            yield Static(plain(_("Mending a record"), "bold"), id="title")
            yield Static(plain(self._path.stem, "$quiet"), id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"):
                yield Entries(id="fields", follows=False, hang=4)
            yield Vertical(id="side")
        yield KeyLine(MENDING, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Fill the list and put the cursor onto it."""
        self._draw()
        self.focus_home()
        self.say(_("Each change is written at once; how it was before is kept."))

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self.call_after_refresh(self._draw)

    def focus_home(self) -> None:
        """Put the cursor onto the list."""
        self.query_one("#fields").focus()

    def _draw(self) -> None:
        entries = self.query_one("#fields", Entries)
        width = entries.scrollable_content_region.width
        current = entries.current
        self._fields = {}
        options: list[tuple[str, Content]] = []
        around = ""
        for field in record_fields.fields(self._record):
            place = field.place
            heading = place_name(place.section, place.number) if place.field else _("Record")
            if heading != around:
                around = heading
                options.append(
                    (f"#{place.section}:{place.number}", joined("\n" if options else "", (heading, "bold $accent")))
                )
            name = row_id(place)
            self._fields[name] = field
            label = place_name(place.section, None, place.field)
            value = self._shown(field).replace("\n", " ")
            options.append((name, cut(joined((f"  {label:<18} ", "$quiet"), value or ("–", "$quiet")), width)))
        self._options = options
        entries.show(options)
        for index, (key, _c) in enumerate(options):
            if key.startswith("#"):
                entries.disable_option_at_index(index)
        if current not in self._fields:
            entries.highlighted = 1

    @staticmethod
    def _shown(field: Field) -> str:
        return shown(field.value, at(field.place.section, field.place.field)) if field.kind == "choice" else field.value

    # -- mending

    @on(OptionList.OptionSelected, "#fields")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._mend(event.option.id or "")

    def _mend(self, name: str) -> None:
        field = self._fields.get(name)
        if field is None:
            return

        def put(said: str) -> None:
            self._change(lambda record: record_fields.put(record, field, said))

        def word(choice: str) -> str:
            return shown(choice, at(field.place.section, field.place.field))

        panel = EditField(title_of(field.place), field, self._record, choice_name=word, put=put, close=self.close_panel)
        self.open_panel(panel, again=True)

    def _change(self, make: Callable[[Record], Record]) -> None:
        """Write a change at once, and show the record as it is on the disk."""
        from entraide_tui.archive.editing import saving
        from entraide_tui.exports.markdown import renderer

        workspace = self.context.workspace
        record = saving.change(workspace, self._path, make, page=renderer(workspace), wall=self.context.clock.wall())
        if record != self._record:
            self._before.append(self._record)
            self._record = record
            undo = self.key("undo")
            self.say(_("✓ saved · {key}: undo").format(key=undo), "$success")
        self._draw()

    def on_key(self, event: Key) -> None:
        """With Delete, remove the highlighted field's item, or empty a field of the record itself."""
        entries = self.query_one("#fields", Entries)
        field = self._fields.get(entries.current)
        if event.key == "delete" and entries.has_focus and field is not None:
            event.stop()
            if field.place.number is None:
                self._change(lambda record: record_fields.put(record, field, ""))
            else:
                entry = getattr(self._record, field.place.section)[field.place.number]
                self._change(lambda record: record_fields.remove(record, field.place, entry))

    def before_leaving(self) -> None:
        """Write what was typed a moment ago."""
        for panel in self.query(Panel):
            if isinstance(panel, EditField):
                panel.take()

    # -- keys

    def do_add(self) -> None:
        """Ask what to add: an idea, an action, a note…"""

        def choices(_said: str) -> Choices:
            return [
                (section, plain(place_name(section, len(getattr(self._record, section)))))
                for section in record_fields.GROWING_SECTIONS
            ]

        def answer(_said: str, section: str) -> None:
            if section:
                self.call_later(self._add, section)

        self.ask(Question("add", _("Add to the record"), answer, choices=choices))

    def _add(self, section: str) -> None:
        empty, place = record_fields.add(self._record, section)
        field = next(f for f in record_fields.fields(empty) if f.place == place)

        def put(said: str) -> None:
            self._change(lambda record: record_fields.put(record_fields.add(record, section)[0], field, said))
            # highlight the new item
            names = [key for key, _c in self._options]
            if row_id(place) in names:
                self.query_one("#fields", Entries).highlighted = names.index(row_id(place))

        panel = EditField(title_of(place), field, self._record, choice_name=str, put=put, close=self.close_panel)
        self.open_panel(panel, again=True)

    def do_undo(self) -> None:
        """Undo the last change."""
        if not self._before:
            self.say(_("There is nothing to undo."))
            return
        before, now = self._before[-1], self._record
        self._change(partial(_back, before, now))
        if self._record == before:
            del self._before[-2:]
            self.say(_("Undone."))

    def do_leave(self) -> None:
        """Write what was typed, then return to the screen before."""
        try:
            self.before_leaving()
        finally:
            super().do_leave()


def _back(before: Record, now: Record, on_disk: Record) -> Record:
    if on_disk != now:
        raise ConflictError(_("somebody else changed this meanwhile. Look at it again."))
    return before
