"""The board of the group's actions: late, this week, later, done, dropped."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from entraide_tui.archive.open_actions import BUCKETS, Bucket, Promise, bucket, ranked
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import BOARD, bindings
from entraide_tui.widgets.look_back import name_of
from entraide_tui.widgets.moments import today
from entraide_tui.widgets.outcome import OutcomePanel, as_recorded, next_state, state_sign
from entraide_tui.widgets.plain import cut, joined, plain, rows
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

    from entraide_tui.tui.context import Context
    from entraide_tui.workshop.events import SaidOf

CLOSED: tuple[Bucket, ...] = ("done", "dropped")
FEW = 8
"""Closed actions in each part until somebody asks for all."""


def heading(name: Bucket) -> str:
    """The heading of a part of the board."""
    return {
        "late": _("Late"), "week": _("This week"), "later": _("Later"), "done": _("Done"), "dropped": _("Dropped"),
    }[name]  # fmt: skip


class BoardScreen(BaseScreen):
    """Space changes the state of an action, Enter asks what came of it; both are written into its record."""

    NAME = BOARD
    BINDINGS: ClassVar = bindings(BOARD)
    CSS = """
    BoardScreen #centre { padding: 0 1; }
    BoardScreen #board { height: 1fr; margin: 1 0 0 0; }
    BoardScreen.-low #board { margin: 0; }
    BoardScreen #board > .option-list--option-disabled { color: $foreground; }
    BoardScreen #side { display: none; width: 48; }
    BoardScreen.-asking #side { display: block; }
    BoardScreen.-narrow #main, BoardScreen.-tiny #main { layout: vertical; }
    BoardScreen.-narrow #side, BoardScreen.-tiny #side { width: 1fr; height: 60%; }
    BoardScreen.-low.-asking #centre { display: none; }
    BoardScreen.-low #side { height: 1fr; }
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._promises: dict[str, Promise] = {}
        self._written: dict[str, Promise] = {}  # as they stand in the records
        self._said_none = False
        self._all = False

    def compose(self) -> ComposeResult:
        """Yield the board, and room for a panel."""
        with Horizontal(id="top"):
            yield Static(plain(_("Actions"), "bold"), id="title")
            yield Static("", id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"):
                yield Entries(id="board", follows=False, hang=4)
            yield Vertical(id="side")
        yield KeyLine(BOARD, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Put the cursor onto the board."""
        self.query_one("#board").focus()

    def on_screen_resume(self) -> None:
        """Show what the index knows, then refresh it: a record may have been edited."""
        self.in_background(self._known, self._show_known, group="index")

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self.call_after_refresh(self._draw)

    def focus_home(self) -> None:
        """Put the cursor onto the board."""
        self.query_one("#board").focus()

    # -- reading

    def _known(self) -> list[Promise]:
        """The actions that the index knows."""
        from entraide_tui.archive.index import Index

        with Index.open(self.context.workspace) as index:
            return ranked(index.actions(), today(self.context.clock))

    def _show_known(self, promises: list[Promise]) -> None:
        self._show(promises)
        self.in_background(self._changed, self._show_changed, group="index")

    def _changed(self) -> list[Promise] | None:
        """The actions after a refresh of the index; None if nothing changed."""
        from entraide_tui.archive.index import Index

        with Index.open(self.context.workspace) as index:
            done = index.refresh(wall=self.context.clock.wall())
            return ranked(index.actions(), today(self.context.clock)) if done.read or done.gone else None

    def _show_changed(self, promises: list[Promise] | None) -> None:
        if promises is not None:
            self._show(promises)
        none = not self._promises
        if none or self._said_none:
            self.say(_("No action yet: the plans of your workshops will stand here.") if none else "")
        self._said_none = none

    def _show(self, promises: list[Promise]) -> None:
        self._promises = {name_of(p): p for p in promises}
        self._written = dict(self._promises)
        self._draw()

    def _draw(self) -> None:
        day = today(self.context.clock)
        by_bucket: dict[Bucket, list[Promise]] = {name: [] for name in BUCKETS}
        for promise in self._promises.values():
            by_bucket[bucket(promise, day)].append(promise)
        board = self.query_one("#board", Entries)
        current = board.current
        options: list[tuple[str, Content]] = []
        for name, promises in by_bucket.items():
            if not promises:
                continue
            style = {"late": "bold $warning", "week": "bold $primary"}.get(name, "bold")
            count = f"  {len(promises)}"
            options.append((f"#{name}", joined("\n" if options else "", (heading(name), style), (count, "$quiet"))))
            shown = promises if self._all or name not in CLOSED else promises[:FEW]
            options += [(name_of(p), self._row(p, name)) for p in shown]
            if len(shown) < len(promises):
                more = _("… {n} more: {key}").format(n=len(promises) - len(shown), key=self.key("all_actions"))
                options.append((f"#more-{name}", plain("    " + more, "$quiet")))
        board.show(options)
        for index, (key, _c) in enumerate(options):
            if key.startswith("#"):
                board.disable_option_at_index(index)
        if not current or current not in self._promises:
            board.highlighted = next((i for i, (k, _c) in enumerate(options) if not k.startswith("#")), None)
        still = sum(p.status == "open" for p in self._promises.values())
        self.query_one("#ends", Static).update(
            plain(many("{n} open action", "{n} open actions", still).format(n=still), "$quiet")
        )

    def _row(self, promise: Promise, name: Bucket) -> Content:
        due = promise.due.isoformat() if promise.due else _("no date")
        first = joined(
            "  ", state_sign(promise.status, late=name == "late"), " ",
            (f"{due}  " if promise.status == "open" else "", "$warning" if name == "late" else "$quiet"),
            (f"{promise.who}  ", "bold $accent") if promise.who else "",
            promise.what,
        )  # fmt: skip
        came = promise.outcome or promise.tried or promise.changes
        lines = [first, joined("    ", (promise.request or promise.record, "$quiet"))]
        if promise.idea:
            lines.append(joined("    ", (f"◆ {promise.idea}", "$quiet")))
        if came:
            lines.append(joined("    ", ("→ ", "$success"), came))
        width = self.query_one("#board", Entries).scrollable_content_region.width
        return rows([cut(line, width) for line in lines])

    # -- changing

    def on_key(self, event: Key) -> None:
        """Move the state of the highlighted action on by one with Space."""
        board = self.query_one("#board", Entries)
        promise = self._promises.get(board.current)
        if event.key == "space" and board.has_focus and promise is not None:
            event.stop()
            update = as_recorded(promise)
            self._change(promise, replace(update, status=next_state(update.status)))

    @on(OptionList.OptionSelected, "#board")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        promise = self._promises.get(event.option.id or "")
        if promise is None:
            return
        updates = [as_recorded(promise)]

        def close() -> None:
            self.close_panel()
            self._change(promise, updates[-1])

        self.open_panel(OutcomePanel("outcome", promise, updates[0], updates.append, close), again=True)

    def _change(self, promise: Promise, update: SaidOf) -> None:
        if update != as_recorded(promise):
            changed = replace(
                promise, status=update.status, tried=update.tried, outcome=update.outcome, changes=update.changes
            )
            self._promises[name_of(promise)] = changed
            self._draw()
            written = _("Written into the record {id}.").format(id=update.record)
            self.in_background(
                partial(self._write, update, changed),
                lambda _record: self._is_written(changed, written),
                group="write",
                exclusive=False,
                outlives_screen=True,
            )

    def _is_written(self, changed: Promise, told: str) -> None:
        self._written[name_of(changed)] = changed
        self.say(told)

    def _put_back(self, changed: Promise) -> None:
        """It could not be written: it stands as it stands in the record, unless it was changed again meanwhile."""
        name = name_of(changed)
        if self._promises.get(name) is changed and name in self._written:
            self._promises[name] = self._written[name]
            self._draw()

    def _write(self, update: SaidOf, changed: Promise) -> None:
        from entraide_tui.archive import follow_up
        from entraide_tui.exports.markdown import renderer

        workspace = self.context.workspace
        try:
            follow_up.write(workspace, update, page=renderer(workspace), wall=self.context.clock.wall())
        except UserError:
            self.from_thread(self._put_back, changed)
            raise

    # -- keys

    def do_all_actions(self) -> None:
        """Show all closed actions, or the last few."""
        self._all = not self._all
        self._draw()

    def do_open(self) -> None:
        """Open the page with the action."""
        promise = self._promises.get(self.query_one("#board", Entries).current)
        if promise is not None:
            self.context.navigator.open_page(promise.path)
