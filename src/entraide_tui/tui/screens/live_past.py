"""What earlier workshops have to say to this one: open actions, topics that wait, requests of the same kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.common.text import fold
from entraide_tui.tui.panels import past
from entraide_tui.tui.screens.live_panels import LivePanels
from entraide_tui.widgets.look_back import LookBack, name_of
from entraide_tui.widgets.moments import today
from entraide_tui.widgets.outcome import Outcome, next_state, said_of
from entraide_tui.widgets.plain import plain
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.archive.open_actions import Promise, Proposal
    from entraide_tui.tui.views.live_text import LiveText
    from entraide_tui.workshop.events import SaidOf


class LivePast(LivePanels):
    """The part of the live screen that remembers. The records are read in a thread, when a step has a use for them."""

    _words: LiveText
    _notice: Content | None
    _promises: tuple[Promise, ...] = ()
    _proposals: tuple[Proposal, ...] = ()
    _past_read = False
    _proposed_in = ""

    def refresh_all(self) -> None:
        """Everything that the state says."""
        raise NotImplementedError

    # -- reading

    def _looks_back(self) -> bool:
        play = self.live.state.now_playing
        return play is not None and (self.live.state.place == 0 or self.live.state.step_of(play).looks_back)

    def _gathers_topics(self) -> bool:
        play = self.live.state.now_playing
        card = self.live.state.card_of(play) if play else None
        return card is not None and card.kind == "list" and card.fills == "topics"

    def _asks(self) -> bool:
        play = self.live.state.now_playing
        card = self.live.state.card_of(play) if play else None
        return card is not None and card.kind in ("text", "form") and card.fills == "request"

    def refresh_past(self) -> None:
        """Shows what this step has a use for."""
        if not self._past_read and (self._looks_back() or self._gathers_topics() or self._asks()):
            self._past_read = True
            self.call_after_refresh(self._read_past)
            return
        promises = self._promises if self._looks_back() else ()
        key = self._words.key("actions")
        self.query_one(LookBack).show(promises, self.live.state.looked_back, today(self.live.clock), key)
        asks = self._asks() and not self.live.state.text(self._request("text"))
        if self._proposed_in == self.live.state.current or not (self._gathers_topics() or asks):
            return
        if waiting := self._waiting():
            self._proposed_in = self.live.state.current
            text = many(
                "{n} topic of an earlier workshop waits: {key}",
                "{n} topics of earlier workshops wait: {key}",
                len(waiting),
            )
            self._notice = plain(text.format(n=len(waiting), key=self._words.key("remember")), "$quiet")

    def _read_past(self) -> None:
        self.run_worker(self._read, thread=True, exclusive=True, group="past", exit_on_error=False)

    def _read(self) -> None:
        from entraide_tui.archive import follow_up
        from entraide_tui.archive.index import Index

        state = self.live.state
        index = Index.open(self.house.workspace)
        try:
            index.refresh(wall=self.live.clock.wall())
            promises = index.actions(group=state.group or None)
            proposals = index.proposals(group=state.group or None)
        finally:
            index.close()
        ranked = follow_up.ranked(promises, [p.name for p in state.present], today(self.live.clock))
        if self.is_attached and self.app.is_running:
            self.app.call_from_thread(self._past_known, tuple(ranked), tuple(proposals))

    def _past_known(self, promises: tuple[Promise, ...], proposals: tuple[Proposal, ...]) -> None:
        self._promises, self._proposals = promises, proposals
        self.refresh_all()

    def _request(self, field: str) -> str:
        """The name of the text that is asked in this step."""
        play = self.live.state.now_playing
        return f"request.{field}#{play.round}" if play is not None and play.round else f"request.{field}"

    def _ask_it(self, proposal: Proposal) -> None:
        """A request that was prepared is asked today, with the situation that was told then."""
        from entraide_tui.archive import record_file

        said = {"text": proposal.text}
        try:
            held = record_file.read(proposal.path).request
        except UserError:
            held = None
        if held is not None and held.text.strip() == proposal.text.strip():
            said["context"] = held.context
        for field, text in said.items():
            name = self._request(field)
            if text and not self.live.state.text(name):
                # a field with the cursor is never written over: here it is meant
                self.set_focus(None)
                self.gesture(lambda s, name=name, text=text: e.TextSet(at=s.now(), name=name, text=text))  # type: ignore[misc]
        self.focus_home()

    def _waiting(self) -> list[Proposal]:
        """Topics of the past that this workshop does not have yet; those of the people present first."""
        here = {fold(p.name) for p in self.live.state.present}
        taken = {fold(i.text) for i in self.live.state.in_section("topics")}
        waiting = [p for p in self._proposals if fold(p.text) not in taken]
        return sorted(waiting, key=lambda p: fold(p.by) not in here)

    # -- what became of the last ones

    def _said(self, promise: Promise) -> SaidOf:
        known = {(s.record, s.number): s for s in self.live.state.looked_back}
        return known.get((promise.record, promise.number)) or said_of(promise)

    @on(LookBack.Chosen)
    def _chosen(self, event: LookBack.Chosen) -> None:
        event.stop()
        promise = next((p for p in self._promises if name_of(p) == event.entry), None)
        if promise is None or self.live.only_looking:
            return
        if event.step:
            said = self._said(promise)
            self._look_back(replace(said, status=next_state(said.status)))
            self._write_back(promise)
        else:
            self._ask_outcome(promise)

    def do_actions(self) -> None:
        """What became of the actions of earlier workshops, in any step."""
        if self.live.only_looking:
            return
        self._look(lambda: self.ask(past.actions(self._listed, self._ask_outcome)))

    def _listed(self) -> list[tuple[Promise, SaidOf]]:
        return [(p, self._said(p)) for p in self._promises]

    def _ask_outcome(self, promise: Promise) -> None:
        def close() -> None:
            self.close_panel()
            self._write_back(promise)

        self.open_panel(Outcome("actions", promise, self._said(promise), self._look_back, close), again=True)

    def _look_back(self, said: SaidOf) -> None:
        self.gesture(lambda s: e.LookedBack(at=s.now(), said=said))

    def _write_back(self, promise: Promise) -> None:
        """Into the earlier record, in a thread; what can't be written now is tried again when the workshop closes."""
        said = self._said(promise)
        if said != said_of(promise) or said in self.live.state.looked_back:
            self.run_worker(lambda: self._write(said), thread=True, group="back", exit_on_error=False)

    def _write(self, said: SaidOf) -> None:
        from entraide_tui.archive import follow_up
        from entraide_tui.exports.markdown import renderer

        try:
            follow_up.write(
                self.house.workspace, said, page=renderer(self.house.workspace), wall=self.live.clock.wall()
            )
            notice = plain(_("Written into the record {id}.").format(id=said.record), "$quiet")
        except UserError as trouble:
            notice = plain(
                _("Kept in this workshop; it could not be written into its record yet: {why}").format(
                    why=" ".join(trouble.lines())
                ),
                "$warning",
            )
        if self.is_attached and self.app.is_running:
            self.app.call_from_thread(self._told, notice)

    def _told(self, notice: Content) -> None:
        self._notice = notice
        self.refresh_all()

    # -- who has met this?

    def do_remember(self) -> None:
        """Past requests near to what is being asked; in the topics, those that wait as well."""
        if self.live.only_looking:
            return
        self._look(self._recall)

    def _look(self, then: Callable[[], None]) -> None:
        """Reads the records again, then does that."""

        def look() -> None:
            self._read()
            if self.is_attached and self.app.is_running:
                self.app.call_from_thread(then)

        self._past_read = True
        self.run_worker(look, thread=True, exclusive=True, group="past", exit_on_error=False)

    def _recall(self) -> None:
        waiting = self._waiting() if self._gathers_topics() or self._asks() else []
        self.ask(
            past.recall(
                self.live,
                self.house.workspace,
                waiting,
                today=today(self.live.clock),
                take_up=self._take_up,
                open_page=self.house.open_page,
                asks=self._asks(),
            )
        )

    def _take_up(self, proposal: Proposal) -> None:
        ask = self._ask_it if self._asks() else None
        self.ask(past.take_up(proposal, self.gesture, self._settle, ask))

    def _settle(self, proposal: Proposal) -> None:
        self._proposals = tuple(p for p in self._proposals if p != proposal)
        self.run_worker(lambda: self._write_settled(proposal), thread=True, group="back", exit_on_error=False)

    def _write_settled(self, proposal: Proposal) -> None:
        from entraide_tui.archive import follow_up
        from entraide_tui.exports.markdown import renderer

        try:
            follow_up.settle(
                self.house.workspace, proposal, page=renderer(self.house.workspace), wall=self.live.clock.wall()
            )
            notice = plain(_("This topic will not be proposed again."), "$quiet")
        except UserError as trouble:
            notice = plain("\n".join(trouble.lines()), "$warning")
        if self.is_attached and self.app.is_running:
            self.app.call_from_thread(self._told, notice)
