"""What earlier workshops offer to this one: open actions, topics that wait, similar requests."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from entraide_tui.archive import open_actions
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.panels import past
from entraide_tui.widgets.look_back import LookBack, name_of
from entraide_tui.widgets.moments import today
from entraide_tui.widgets.outcome import OutcomePanel, as_recorded, next_state
from entraide_tui.widgets.plain import plain
from entraide_tui.workshop import earlier_workshops, gestures

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from textual.content import Content

    from entraide_tui.archive.open_actions import Promise, Proposal
    from entraide_tui.session.controller import SessionController
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.screens.base import BaseScreen
    from entraide_tui.workshop.events import Event, SaidOf


class PastPanels:
    """Reads the records in a thread once a step has a use for them, and shows them on a screen."""

    def __init__(
        self,
        screen: BaseScreen,
        live: LiveSession,
        controller: SessionController,
        *,
        show_notice: Callable[[Content | None], None],
    ) -> None:
        """Args:
        show_notice: shows a notice, if there is one, and draws the screen.
        """
        self._screen = screen
        self._live = live
        self._controller = controller
        self._show_notice = show_notice
        self._promises: tuple[Promise, ...] = ()
        self._proposals: tuple[Proposal, ...] = ()
        self._read_once = False
        self._proposed_in = ""

    # -- reading

    def refresh(self) -> Content | None:
        """Show what is useful in this step; return a notice on the topics that wait, once in each step."""
        state = self._live.state
        looks_back = earlier_workshops.looks_back(state)
        useful = looks_back or earlier_workshops.gathers_topics(state) or earlier_workshops.asks(state)
        if useful and not self._read_once:
            self._read_once = True
            self._screen.call_after_refresh(self._read_again)
            return None
        promises = self._promises if looks_back else ()
        shown = self._screen.query_one(LookBack)
        shown.show(promises, state.looked_back, self._today(), self._screen.key("actions"))
        if self._proposed_in == state.current or not earlier_workshops.wants_topics(state):
            return None
        waiting = self._waiting()
        if not waiting:
            return None
        self._proposed_in = state.current
        text = many(
            "{n} topic of an earlier workshop waits: {key}",
            "{n} topics of earlier workshops wait: {key}",
            len(waiting),
        )
        return plain(text.format(n=len(waiting), key=self._screen.key("remember")), "$quiet")

    def _today(self) -> datetime.date:
        return today(self._live.clock)

    def _read(self) -> tuple[tuple[Promise, ...], tuple[Proposal, ...]]:
        from entraide_tui.archive import follow_up
        from entraide_tui.archive.index import Index

        state = self._live.state
        index = Index.open(self._screen.context.workspace)
        try:
            index.refresh(wall=self._live.clock.wall())
            promises = index.actions(group=state.group or None)
            proposals = index.proposals(group=state.group or None)
        finally:
            index.close()
        ranked = follow_up.ranked(promises, [p.name for p in state.present], self._today())
        return tuple(ranked), tuple(proposals)

    def _use(self, promises: tuple[Promise, ...], proposals: tuple[Proposal, ...]) -> None:
        self._promises, self._proposals = promises, proposals
        self._show_notice(None)

    def _read_again(self, then: Callable[[], None] | None = None) -> None:
        def finish(read: tuple[tuple[Promise, ...], tuple[Proposal, ...]]) -> None:
            self._use(*read)
            if then is not None:
                then()

        self._read_once = True
        self._screen.in_background(self._read, finish, group="past")

    def _write_in_background(self, write: Callable[[], Content]) -> None:
        """Write into an earlier record in a thread, then show the notice that `write` returns."""
        self._screen.in_background(write, self._show_notice, group="back", exclusive=False, outlives_screen=True)

    def _waiting(self) -> list[Proposal]:
        state = self._live.state
        topics = [i.text for i in state.in_section("topics")]
        return open_actions.waiting(self._proposals, topics, [p.name for p in state.present])

    # -- what became of the last ones

    def _latest(self, promise: Promise) -> SaidOf:
        known = {(s.record, s.number): s for s in self._live.state.looked_back}
        return known.get((promise.record, promise.number)) or as_recorded(promise)

    def choose(self, entry: str, *, step: bool) -> None:
        """Ask what became of an action of the list; with `step`, only move its state on by one."""
        promise = next((p for p in self._promises if name_of(p) == entry), None)
        if promise is None or self._live.only_looking:
            return
        if step:
            update = self._latest(promise)
            self._look_back(replace(update, status=next_state(update.status)))
            self._write_back(promise)
        else:
            self._ask_outcome(promise)

    def ask_actions(self) -> None:
        """Ask what became of the actions of earlier workshops, in any step."""
        if not self._live.only_looking:
            self._read_again(lambda: self._screen.ask(past.actions(self._listed, self._ask_outcome)))

    def _listed(self) -> list[tuple[Promise, SaidOf]]:
        return [(p, self._latest(p)) for p in self._promises]

    def _ask_outcome(self, promise: Promise) -> None:
        def close() -> None:
            self._screen.close_panel()
            self._write_back(promise)

        panel = OutcomePanel("actions", promise, self._latest(promise), self._look_back, close)
        self._screen.open_panel(panel, again=True)

    def _look_back(self, update: SaidOf) -> None:
        self._controller.apply(lambda s: gestures.look_back(s.state, s.now(), update))

    def _write_back(self, promise: Promise) -> None:
        """Write into the earlier record, in a thread; closing the workshop tries again what fails now."""
        update = self._latest(promise)
        if update != as_recorded(promise) or update in self._live.state.looked_back:
            self._write_in_background(lambda: self._write(update))

    def _write(self, update: SaidOf) -> Content:
        from entraide_tui.archive import follow_up
        from entraide_tui.exports.markdown import renderer

        workspace = self._screen.context.workspace
        try:
            follow_up.write(workspace, update, page=renderer(workspace), wall=self._live.clock.wall())
            return plain(_("Written into the record {id}.").format(id=update.record), "$quiet")
        except UserError as error:
            return plain(
                _("Kept in this workshop; it could not be written into its record yet: {why}").format(
                    why=" ".join(error.lines())
                ),
                "$warning",
            )

    # -- who has met this?

    def ask_similar(self) -> None:
        """Offer past requests near to this one; where topics or a request are written, also topics that wait."""
        if not self._live.only_looking:
            self._read_again(self._recall)

    def _recall(self) -> None:
        state, context = self._live.state, self._screen.context
        asks = earlier_workshops.asks(state)
        self._screen.ask(
            past.recall(
                self._live,
                context.workspace,
                self._waiting() if asks or earlier_workshops.gathers_topics(state) else [],
                today=self._today(),
                take_up=self._take_up,
                open_page=context.navigator.open_page,
                asks=asks,
            )
        )

    def _take_up(self, proposal: Proposal) -> None:
        asks = earlier_workshops.asks(self._live.state)
        self._screen.ask(past.take_up(proposal, self._join, self._settle, self._ask_it if asks else None))

    def _join(self, proposal: Proposal) -> None:
        """Make it one of today's topics."""
        self._controller.apply(
            lambda s: gestures.write(s.state, s.now(), s.id_for("i"), "topics", proposal.text, by=proposal.by)
        )

    def _ask_it(self, proposal: Proposal) -> None:
        """Make a proposal today's request, with the situation described then."""
        from entraide_tui.archive import follow_up

        # cards never overwrite the field that has the cursor; here they should
        self._screen.set_focus(None)
        fields = follow_up.request_of(proposal).items()
        self._controller.apply(*(partial(_fill, field, text) for field, text in fields))
        self._screen.focus_home()

    def _settle(self, proposal: Proposal) -> None:
        self._proposals = tuple(p for p in self._proposals if p != proposal)
        self._write_in_background(lambda: self._write_settled(proposal))

    def _write_settled(self, proposal: Proposal) -> Content:
        from entraide_tui.archive import follow_up
        from entraide_tui.exports.markdown import renderer

        workspace = self._screen.context.workspace
        follow_up.settle(workspace, proposal, page=renderer(workspace), wall=self._live.clock.wall())
        return plain(_("This topic will not be proposed again."), "$quiet")


def _fill(field: str, text: str, live: LiveSession) -> Event | None:
    return gestures.ask(live.state, live.now(), field, text)
