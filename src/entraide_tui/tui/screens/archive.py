"""The archive: a search over the group's records that follows each letter, with the page beside."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.screens.record_keys import RecordKeys
from entraide_tui.tui.views.page_view import page_content
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import ARCHIVE, bindings
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.moments import today
from entraide_tui.widgets.plain import cut, joined, plain, rows
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.timer import Timer

    from entraide_tui.archive.index import Hit, Order, SearchResult
    from entraide_tui.tui.context import Context

PATIENCE = 0.08
"""Seconds from a key to the search: nobody reads results between two letters of a word."""
AT_ONCE = 200
"""Records in the list until somebody asks for more."""
MORE = "more"


class SearchLine(LineField):
    """The search line; Tab takes the first completion."""

    def __init__(self) -> None:
        super().__init__("", _("words, or by: offeror: kit: theme: group: is: after: before:"), id="search")
        self.offered: Sequence[tuple[str, int, int]] = ()

    def on_key(self, event: Key) -> None:
        """Complete the word with Tab; if there is no completion, Tab goes to the list."""
        if event.key == "tab" and self.offered:
            event.stop()
            event.prevent_default()
            text, start, end = self.offered[0]
            self.value = self.value[:start] + text + self.value[end:]
            self.cursor_position = start + len(text)


class ArchiveScreen(RecordKeys):
    """The search above, the records below, the page beside."""

    NAME = ARCHIVE
    BINDINGS: ClassVar = bindings(ARCHIVE)
    CSS = """
    ArchiveScreen #found { width: 1fr; height: 1fr; padding: 0 1; }
    ArchiveScreen #paper { width: 1fr; height: 1fr; background: $surface; padding: 1 2; }
    ArchiveScreen #page { height: auto; }
    ArchiveScreen #search { margin: 1 0 0 0; }
    ArchiveScreen #offers { height: 1; color: $quiet; text-overflow: ellipsis; text-wrap: nowrap; }
    ArchiveScreen #records { height: 1fr; }
    ArchiveScreen #records > .option-list--option-highlighted { background: $primary 20%; }
    ArchiveScreen #side { display: none; width: 44; }
    ArchiveScreen.-asking #side { display: block; }
    ArchiveScreen.-asking #paper { display: none; }
    ArchiveScreen.-narrow #main, ArchiveScreen.-tiny #main { layout: vertical; }
    ArchiveScreen.-narrow #paper, ArchiveScreen.-tiny #paper { height: 40%; padding: 0 1; }
    ArchiveScreen.-narrow #side, ArchiveScreen.-tiny #side { width: 1fr; height: 60%; }
    ArchiveScreen.-low #paper { display: none; }
    ArchiveScreen.-low.-asking #found { display: none; }
    ArchiveScreen.-low #side { height: 1fr; }
    ArchiveScreen.-low #search { margin: 0; }
    """

    def __init__(self, context: Context, search: str = "") -> None:
        super().__init__(context)
        self._first_search = search
        self._order: Order | None = None
        self._limit = AT_ONCE
        self._hits: dict[str, Hit] = {}
        self._total = 0
        self._chosen: dict[str, Path] = {}
        self._waiting: Timer | None = None
        self._progress = ""
        self._shown_page = ""
        self._says_result = False

    def compose(self) -> ComposeResult:
        """Yield the search, the list and the page."""
        with Horizontal(id="top"):
            yield Static(plain(_("Records"), "bold"), id="title")
            yield Static("", id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="found"):
                yield SearchLine()
                yield Static("", id="offers")
                yield Entries(id="records", follows=False, hang=4)
            with VerticalScroll(id="paper", can_focus=True):
                yield Static("", id="page")
            yield Vertical(id="side")
        yield KeyLine(ARCHIVE, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Show at once what the index knows, and refresh the index meanwhile."""
        line = self.query_one(SearchLine)
        line.load(self._first_search)
        line.focus()
        self._search()
        self.look_again()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self.call_after_refresh(self._show_list)

    def focus_home(self) -> None:
        """Put the cursor into the search."""
        self.query_one(SearchLine).focus()

    # -- reading, in threads

    def look_again(self) -> None:
        """Refresh the index in a thread, then search again."""
        self.in_background(self._refresh_index, lambda _none: self._index_ready(), group="index")

    def _refresh_index(self) -> None:
        from textual.worker import get_current_worker

        from entraide_tui.archive.index import Index

        worker = get_current_worker()
        index = Index.open(self.context.workspace)
        try:
            index.refresh(wall=self.context.clock.wall(), progress=self._say_progress, stop=lambda: worker.is_cancelled)
        finally:
            index.close()

    def _say_progress(self, done: int, all_: int) -> None:
        self.from_thread(self._progressed, done, all_)

    def _progressed(self, done: int, all_: int) -> None:
        self._progress = _("looking through the records: {n} of {all}").format(n=done, all=all_)
        self._draw_top_line()

    def _index_ready(self) -> None:
        self._progress = ""
        self._shown_page = ""
        self._search()

    def _search(self) -> None:
        said = self.query_one(SearchLine).value
        cursor = self.query_one(SearchLine).cursor_position
        look = partial(self._look, said, cursor, self._order, self._limit)
        self.in_background(look, lambda found: self._show(said, *found), group="search")

    def _look(
        self, said: str, cursor: int, order: Order | None, limit: int
    ) -> tuple[SearchResult, Sequence[tuple[str, int, int]], Sequence[str]]:
        from entraide_tui.archive.index import Index
        from entraide_tui.archive.index.query import parse

        query = parse(said)
        day = today(self.context.clock)
        index = Index.open(self.context.workspace)
        try:
            found = index.search(query, today=day, limit=limit, order=order or "best")
            offered = index.complete(said, cursor)
        finally:
            index.close()
        return found, offered, query.faults

    # -- showing

    def _show(
        self, said: str, found: SearchResult, offered: Sequence[tuple[str, int, int]], faults: Sequence[str]
    ) -> None:
        line = self.query_one(SearchLine)
        if said != line.value:  # outdated: the next search is under way
            return
        line.offered = offered
        names = " · ".join(text for text, _start, _end in offered[:12])
        self.query_one("#offers", Static).update(
            joined((_("Tab: ") if names else "", "bold $quiet"), (names, "$quiet"))
        )
        self._hits = {str(hit.path): hit for hit in found.hits}
        self._total = found.total
        self._show_list()
        message = "\n".join(faults)
        if not message and not found.total:
            message = _("Nothing found.") if said.strip() else _("No record yet: the first workshop writes one.")
        if message or self._says_result:  # keep a message of somebody else
            self.say(message, "$warning" if faults else "$quiet")
        self._says_result = bool(message)

    def _show_list(self) -> None:
        entries = self.query_one("#records", Entries)
        options = [(key, self._row(key, hit)) for key, hit in self._hits.items()]
        if self._total > len(self._hits):
            more = _("… {n} more: Enter").format(n=self._total - len(self._hits))
            options.append((MORE, plain(more, "$quiet")))
        entries.show(options)
        if options and not entries.current:
            entries.highlighted = 0
        self._draw_top_line()
        self._show_page()

    def _row(self, key: str, hit: Hit) -> Content:
        mark = ("■ ", "$primary") if key in self._chosen else ("  ", "")
        if hit.fault:
            return rows(
                [joined(mark, ("✗ ", "$error"), (hit.path.name, "bold")), joined("    ", (hit.fault, "$error"))]
            )
        width = self.query_one("#records", Entries).scrollable_content_region.width
        date = hit.date.isoformat() if hit.date else "–"
        head = joined(mark, (f"{date}  ", "$quiet"), (hit.title, "bold"))
        late = many("{n} late", "{n} late", hit.late).format(n=hit.late) if hit.late else ""
        still = many("{n} open action", "{n} open actions", hit.open).format(n=hit.open) if hit.open else ""
        pieces = [
            (hit.offeror, "$accent"),
            (f"▲ {late}" if late else "", "$warning"),
            (still, "$quiet"),
            (hit.kit, "$quiet"),
        ]
        about = joined("    ", Content.styled(" · ", "$quiet").join(plain(*piece) for piece in pieces if piece[0]))
        if hit.snippet and self.query_one(SearchLine).value.strip():
            snippet = joined(
                "    ", *((piece, "bold $success") if matches else (piece, "$quiet") for piece, matches in hit.snippet)
            )
            return rows([cut(head, width), cut(about, width), cut(snippet, width)])
        return rows([cut(head, width), cut(about, width)])

    def _draw_top_line(self) -> None:
        count = many("{n} record", "{n} records", self._total).format(n=self._total)
        chosen = many("{n} selected", "{n} selected", len(self._chosen)).format(n=len(self._chosen))
        searched = self.query_one(SearchLine).value.strip()
        order = _("best first") if searched and self._order != "newest" else _("newest first")
        pieces = [self._progress, chosen if self._chosen else "", count, order]
        self.query_one("#ends", Static).update(plain(" · ".join(p for p in pieces if p), "$quiet"))

    def _show_page(self) -> None:
        """Show the page of the highlighted record; it is read in a thread, so that the list is never held up."""
        key = self.query_one("#records", Entries).current
        if key != self._shown_page:
            self._shown_page = key
            self.in_background(partial(self._page, self._hits.get(key)), partial(self._put_page, key), group="page")

    @staticmethod
    def _page(hit: Hit | None) -> Content:
        """The page, or what is wrong with the record."""
        from entraide_tui.archive import record_file

        if hit is None:
            return Content("")
        try:
            return page_content(record_file.read(hit.path), Options(contributions=True, learnings=True), outcomes=True)
        except UserError as error:
            return plain("\n".join(error.lines()), "$error")

    def _put_page(self, key: str, content: Content) -> None:
        if key == self._shown_page:
            self.query_one("#page", Static).update(content)
            self.query_one("#paper", VerticalScroll).scroll_home(animate=False)

    # -- typing and choosing

    @on(Input.Changed, "#search")
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._limit = AT_ONCE
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(PATIENCE, self._search)

    @on(LineField.Stepped)
    def _stepped(self, event: LineField.Stepped) -> None:
        event.stop()
        entries = self.query_one("#records", Entries)
        if event.step < 0:
            entries.action_cursor_up()
        else:
            entries.action_cursor_down()

    @on(OptionList.OptionHighlighted, "#records")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_page()

    @on(Input.Submitted, "#search")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._open_record(self.query_one("#records", Entries).current)

    @on(OptionList.OptionSelected, "#records")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._open_record(event.option.id or "")

    def _open_record(self, key: str) -> None:
        if key == MORE:
            self._limit += AT_ONCE
            self._search()
        elif key:
            self.context.navigator.open_page(Path(key))

    def on_key(self, event: Key) -> None:
        """In the list, select with Space and search on with any letter."""
        entries = self.query_one("#records", Entries)
        if not entries.has_focus:
            return
        if event.key == "space":
            event.stop()
            self.do_select()
        elif event.is_printable and event.character:
            event.stop()
            line = self.query_one(SearchLine)
            line.focus()
            line.insert_text_at_cursor(event.character)

    def on_screen_resume(self) -> None:
        """Refresh the index: the record of the page may have been edited."""
        if self._shown_page:
            self.look_again()

    # -- keys

    def paths(self) -> list[Path]:
        """The files selected; else the one highlighted."""
        return list(self._chosen.values()) or self.shown()

    def shown(self) -> list[Path]:
        """The file highlighted, selected or not."""
        hit = self._hits.get(self.query_one("#records", Entries).current)
        return [hit.path] if hit is not None else []

    def do_select(self) -> None:
        """Select the record, or deselect it; selected records are exported together."""
        entries = self.query_one("#records", Entries)
        hit = self._hits.get(entries.current)
        if hit is None or hit.fault:
            return
        if self._chosen.pop(str(hit.path), None) is None:
            self._chosen[str(hit.path)] = hit.path
        index = entries.highlighted
        self._show_list()
        if index is not None and index + 1 < len(self._hits):
            entries.highlighted = index + 1

    def do_order(self) -> None:
        """Sort by best match, or newest first."""
        self._order = "best" if self._order == "newest" else "newest"
        self._search()

    def do_board(self) -> None:
        """Show the group's actions."""
        self.context.navigator.open_board()

    def do_figures(self) -> None:
        """Show the figures of all the group's sessions."""
        self.context.navigator.open_figures()
