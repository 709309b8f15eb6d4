"""The end of a workshop: its page, what is missing on it, and the cards to complete it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from entraide_tui.archive.page.measure import sheet_of
from entraide_tui.archive.page.options import Options
from entraide_tui.common.i18n import _
from entraide_tui.exports.markdown import renderer
from entraide_tui.session import closing, to_record
from entraide_tui.session.controller import Happened, SessionController
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.views.page_view import page_content
from entraide_tui.widgets.cards.base import Entries, Intend
from entraide_tui.widgets.cards.slot import CardSlot, card_for
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import CLOSING, bindings
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.plain import joined, plain, rows
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import gestures

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.archive.model import Record
    from entraide_tui.session.controller import Gesture
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.context import Context


class ClosingScreen(BaseScreen):
    """The page as the group will get it; everything can be corrected, nothing has to be."""

    NAME = CLOSING
    BINDINGS: ClassVar = bindings(CLOSING)
    PANEL = "#mend"

    def __init__(self, context: Context, live: LiveSession) -> None:
        super().__init__(context)
        self.live = live
        self._controller = SessionController(live, self._happened, watches_clocks=False)
        self._record_number = 0
        self._options = Options()
        self._mending = ""

    def compose(self) -> ComposeResult:
        """Yield the page, the title, the themes, the steps, and a card."""
        with Horizontal(id="top"):
            yield Static(plain(_("The page"), "bold"), id="title")
            yield Static("", id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with VerticalScroll(id="paper", can_focus=True):
                yield Static("", id="page")
            with Vertical(id="mending"):
                with Horizontal(classes="row"):
                    yield Static(plain(_("Title")), classes="label")
                    yield LineField(self.live.state.heading(), id="title-line")
                with Horizontal(classes="row"):
                    yield Static(plain(_("Themes")), classes="label")
                    yield LineField(
                        ", ".join(self.live.state.themes), _("with commas; may stay empty"), id="themes-line"
                    )
                yield Entries(id="sections")
                yield CardSlot(id="mend")
        yield KeyLine(CLOSING, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Draw the page, and put the cursor onto the list of steps."""
        self.live.changed = lambda: None
        self.refresh_all()
        sections = self.query_one("#sections", Entries)
        sections.highlighted = 0
        sections.focus()
        self.set_interval(1.0, self.live.watch_clocks)

    # -- showing

    def records(self) -> list[Record]:
        """The records as they would be written now."""
        return to_record.records(self.live.state, self.live.now(), None, self.live.state.records)

    def refresh_all(self) -> None:
        """Draw the page, and what is missing on it."""
        every = self.records()
        self._record_number %= len(every)
        record = every[self._record_number]
        sheet = sheet_of(record, self._options)
        self.query_one("#page", Static).update(page_content(record, self._options))
        missing = closing.missing(self.live.state, record)
        self.query_one("#sections", Entries).show(self._sections(missing))
        self.query_one("#message", WrappedText).show(self._message(missing, sheet.overflow))
        pages = _("page {n} of {all}").format(n=self._record_number + 1, all=len(every)) if len(every) > 1 else ""
        saved = (_("✗ NOT SAVED"), "bold $error") if self.live.trouble else (_("✓ saved"), "$success")
        self.query_one("#ends", Static).update(joined((pages + "  " if pages else "", "$quiet"), saved))

    def _message(self, missing: list[closing.Missing], overflow: tuple[str, ...]) -> Content:
        lines: list[Content] = []
        if self.live.trouble:
            lines.append(plain(_("✗ It can’t be written: {reason}.").format(reason=self.live.trouble), "bold $error"))
        if overflow:
            text = (
                _("In the annex: {what}. {key} puts it back.")
                if self._options.annex
                else _("More than one page: {what}. {key} moves it to an annex.")
            )
            lines.append(plain(text.format(what=", ".join(overflow), key=self.key("annex")), "$warning"))
        lines += [joined(("◇ ", "$warning"), m.what) for m in missing]
        if missing:
            lines.append(plain(_("You can close all the same: {key}.").format(key=self.key("write")), "$quiet"))
        else:
            lines.append(plain(_("The page is complete. {key} writes it.").format(key=self.key("write")), "$success"))
        return rows(lines)

    def _sections(self, missing: list[closing.Missing]) -> list[tuple[str, Content]]:
        wanting = {m.section for m in missing}
        out: list[tuple[str, Content]] = []
        for play in closing.steps_of_page(self.live.state, self._record_number):
            card = self.live.state.card_of(play)
            sign = ("◇ ", "$warning") if card is not None and card.fills in wanting else ("✓ ", "$success")
            out.append((play.key, joined(sign, play.title)))
        return out

    def focus_home(self) -> None:
        """Put the cursor onto the list of steps."""
        self.query_one("#sections").focus()

    # -- mending

    @on(OptionList.OptionSelected, "#sections")
    def _mend(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.show_soon(partial(self._show_card, event.option.id or ""), "card")

    async def _show_card(self, key: str) -> None:
        self.before_leaving()
        self.refresh_all()
        play = self.live.state.play(key)
        slot = self.query_one(CardSlot)
        self.set_class(play is not None, "-mending")
        await slot.show(card_for(self.live, play) if play is not None else None)
        slot.focus_first()

    def before_leaving(self) -> None:
        """Take in what was typed a moment ago."""
        for slot in self.query(CardSlot):  # none before the first drawing
            self._controller.apply(*slot.pending(), self._title(), on_card=True)

    @on(Intend)
    def _intend(self, event: Intend) -> None:
        event.stop()
        self._controller.apply(event.gesture, on_card=True)

    def _happened(self, happened: Happened) -> None:
        """Show what a gesture led to."""
        del happened
        self.query_one(CardSlot).refresh_from_state()
        self.refresh_all()

    @on(LineField.Typed)
    def _typed(self, event: LineField.Typed) -> None:
        event.stop()
        self._controller.apply(self._title())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_home()

    def _title(self) -> Gesture:
        title = self.query_one("#title-line", LineField).said
        themes = tuple(t.strip() for t in self.query_one("#themes-line", LineField).said.split(",") if t.strip())
        return lambda s: gestures.set_title(s.state, s.now(), title, themes)

    # -- keys

    def do_undo(self) -> None:
        """Undo the last gesture."""
        self.before_leaving()
        self._controller.undo()

    def do_annex(self) -> None:
        """Move what does not fit onto the page to an annex, or back."""
        self._options = replace(self._options, annex=not self._options.annex)
        self.refresh_all()

    def do_more(self) -> None:
        """Put the contributions onto the page, or leave them out."""
        self._options = replace(self._options, contributions=not self._options.contributions)
        self.refresh_all()

    def do_learnings(self) -> None:
        """Put what each person takes away onto the page, or leave it out."""
        self._options = replace(self._options, learnings=not self._options.learnings)
        self.refresh_all()

    def do_other(self) -> None:
        """Show the next offeror's page."""
        self.before_leaving()
        self._record_number += 1
        self.query_one(CardSlot).remove_children()
        self.remove_class("-mending")
        self.refresh_all()

    def do_live(self) -> None:
        """Return to the workshop."""
        self.before_leaving()
        self.context.navigator.back_to_live(self.live)

    def do_quit(self) -> None:
        """Leave; the workshop can be resumed."""
        self.before_leaving()
        self.context.navigator.leave()

    def do_write(self) -> None:
        """Write the records and pages, check them, and close the session."""
        self.before_leaving()
        written = closing.close(
            self.live,
            self.context.workspace,
            None,
            renderer(self.context.workspace),
            self._options,
        )
        self.context.navigator.closed(written)
