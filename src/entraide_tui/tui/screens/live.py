"""The live screen: the step, the time, the speaker, the card, and what can be said."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from entraide_tui.common.i18n import _, many
from entraide_tui.common.settings import GUIDANCE_LEVELS
from entraide_tui.session.controller import SessionController
from entraide_tui.tui.panels import questions, time_questions
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.screens.past_panels import PastPanels
from entraide_tui.tui.views.live_text import LiveText
from entraide_tui.widgets.big_time import BigTime, scale_for
from entraide_tui.widgets.cards.base import Intend
from entraide_tui.widgets.cards.slot import CurrentCard
from entraide_tui.widgets.draft_field import DraftField
from entraide_tui.widgets.guide import Guide
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import LIVE, bindings
from entraide_tui.widgets.look_back import LookBack
from entraide_tui.widgets.moments import length
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import plain
from entraide_tui.widgets.step_list import StepList
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures, timing

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.events import Key

    from entraide_tui.common.settings import GuidanceLevel
    from entraide_tui.session.controller import Gesture, Happened
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.context import Context
    from entraide_tui.widgets.ask import Question
    from entraide_tui.workshop.state import Session


GESTURES: dict[str, Callable[[Session, float], e.Event | None]] = {
    "back": gestures.back,
    "pause": gestures.pause,
    "speaker": gestures.next_speaker,
    "pass": gestures.pass_turn,
    "round": gestures.second_round,
    "yes": partial(gestures.answer_interruption, went_on=True),
    "no": partial(gestures.answer_interruption, went_on=False),
}
"""The gestures of the keys that need no question and no notice of their own."""


class LiveScreen(BaseScreen):
    """Shows one session and sends it the facilitator's gestures."""

    NAME = LIVE
    BINDINGS: ClassVar = bindings(LIVE)
    WATCHES_CLOCKS: ClassVar = True
    """Whether much time at once is an interruption."""

    def __init__(self, context: Context, live: LiveSession) -> None:
        super().__init__(context)
        self.live = live
        self._notice: Content | None = None
        self._rung = ""
        self._live_text = LiveText(live, {})
        self._opened = live.now()
        self._controller = SessionController(live, self._happened, watches_clocks=self.WATCHES_CLOCKS)
        self._past = PastPanels(self, live, self._controller, show_notice=self._show_notice)

    # -- what is there

    def compose(self) -> ComposeResult:
        """Yield the top line, the steps, the card, the guidance and the keys."""
        keys = self.context.settings.keys
        self._live_text = LiveText(self.live, keys)
        with Horizontal(id="top"):
            yield Static("", id="title")
            yield Static("", id="ends")
        with Horizontal(id="main"):
            yield StepList(id="script")
            with Vertical(id="centre"):
                with Horizontal(id="now"):
                    yield BigTime(id="time")
                    yield Static("", id="step")
                yield WrappedText(id="message")
                yield LookBack(id="look-back")
                yield from self.above_the_card()
                yield CurrentCard(self.live, self._live_text.between, id="card")
            with Vertical(id="side"), VerticalScroll(id="guidance", can_focus=False):
                yield Guide(id="guide")
        yield KeyLine(self.NAME, keys)
        yield self.too_small()

    def above_the_card(self) -> ComposeResult:
        """Yield the widgets that a subclass puts above the card."""
        yield from ()

    def on_mount(self) -> None:
        """Draw everything, then the time once a second."""
        self.live.changed = self._disk_said
        self.set_class(self._level == "none", "-no-guide")
        self.set_interval(1.0, self.tick)
        self.refresh_all()
        self.focus_home()
        # a session's objects live until its end; scanning them for garbage would delay a key by some 15 ms
        self.call_after_refresh(gc.freeze)

    def on_unmount(self) -> None:
        """Disconnect from the session's writer; let what the session held be collected, if the app goes on."""
        if self.app.return_code is None:
            gc.unfreeze()
        self.live.changed = lambda: None

    def _disk_said(self) -> None:
        # runs in the writer's thread
        self.app.call_later(self.refresh_ends)

    # -- from the state to the screen

    def tick(self) -> None:
        """Follow the clock; called about once a second."""
        if self.focused is None and self.app.app_focus and not self.has_class("-asking"):
            self.focus_home()
        if self.live.only_looking:
            if self.live.reload():
                self.refresh_all()
        elif self.live.watch_clocks():
            self.refresh_all()
            return
        self.refresh_time()

    def refresh_all(self) -> None:
        """Draw everything from the state."""
        state = self.live.state
        card = self.query_one(CurrentCard)
        if card.outdated():
            self.show_soon(partial(self._show_card, card), "card")
        else:
            card.refresh_from_state()
        self.query_one(Guide).follow(state, "full" if self._level == "none" else self._level)
        self._notice = self._past.refresh() or self._notice
        self.refresh_time()

    async def _show_card(self, card: CurrentCard) -> None:
        await card.follow()
        if self.has_class("-asking"):
            self._focused_before = None
        else:
            # the new card gets the cursor even if a closing panel has it
            self.focus_home()
        self.query_one("#guidance", VerticalScroll).scroll_home(animate=False)

    def focus_home(self) -> None:
        """Put the cursor onto the card."""
        self.query_one(CurrentCard).focus_first()

    def refresh_time(self) -> None:
        """Draw what changes with the clock."""
        state, now = self.live.state, self.live.now()
        play = state.now_playing
        mark = timing.mark(state, now)
        self._ring(mark)
        remaining = timing.left(state, play, now) if play else None
        figures = self._live_text.figures(play, remaining, hidden=self.context.settings.discreet and not mark)
        scale = scale_for(self.size)
        self.query_one(BigTime).show(figures, "paused" if state.paused is not None else mark, scale)
        cramped = 110 <= self.size.width < 130
        self._update("#step", self._live_text.step(play, remaining, mark, scale=scale, cramped=cramped))
        self.query_one("#message", WrappedText).show(self._live_text.message(now, self._notice, self._opened))
        self.refresh_ends()
        script = self.query_one(StepList)
        if script.display:
            script.show(state, now, script.container_size.width or 34)

    def _update(self, selector: str, content: Content) -> None:
        widget = self.query_one(selector, Static)
        if widget.content != content:
            # same width: no new layout
            same = content.cell_length == widget.content.cell_length if isinstance(widget.content, Content) else False
            widget.update(content, layout=not same)

    def refresh_ends(self) -> None:
        """Draw the top line."""
        if self.is_attached and self.query("#ends"):
            self._update("#title", self._live_text.title())
            self._update("#ends", self._live_text.ends(self.size.width < 56))

    def _ring(self, mark: str) -> None:
        play = self.live.state.current
        if mark and f"{play}{mark}" != self._rung:
            self._rung = f"{play}{mark}"
            if self.context.settings.sound:
                self.app.bell()

    def say(self, text: str, style: str = "$quiet") -> None:
        """Show a text in the message line, until the next gesture."""
        self._notice = plain(text, style) if text else None
        self.refresh_time()

    # -- from the keys to the session

    def gesture(self, make: Gesture, notice: str = "") -> bool:
        """Apply a gesture and show `notice`; return whether it changed anything."""
        return self._controller.apply(make, notice=notice) is not None

    @on(Intend)
    def _intend(self, event: Intend) -> None:
        event.stop()
        self._controller.apply(event.gesture, on_card=True)

    def _happened(self, happened: Happened) -> None:
        """Show what a gesture led to."""
        if happened.on_card:
            # the field shows its draft already
            if not all(isinstance(event, e.Drafted) for event in happened.events):
                self.query_one(CurrentCard).refresh_from_state()
                self.refresh_ends()
            return
        notice = happened.notice or self._live_text.done(happened)
        self._notice = plain(notice, "$quiet") if notice else None
        self.refresh_all()

    def _show_notice(self, notice: Content | None) -> None:
        """Show a notice, if there is one, and draw everything."""
        self._notice = notice or self._notice
        self.refresh_all()

    def before_leaving(self) -> None:
        """Take in what was typed a moment ago: it belongs to the step that is being left."""
        for card in self.query(CurrentCard):  # none before the first drawing
            self._controller.apply(*card.pending(), on_card=True)

    async def act(self, action_id: str) -> None:
        """Take in what is being typed, then do an action of this screen."""
        self.before_leaving()
        if action_id in GESTURES:
            self.gesture(lambda s: GESTURES[action_id](s.state, s.now()))
        elif action_id in questions.BY_ACTION:
            self._ask(self.question(action_id))
        else:
            await super().act(action_id)

    # -- what is asked in a panel

    def question(self, action_id: str) -> Question | None:
        """The question that the key of an action asks; None if it makes no sense now."""
        return questions.BY_ACTION[action_id](self.live, self.gesture)

    def _ask(self, question: Question | None) -> None:
        if not self.live.only_looking:
            self.ask(question)

    def do_people(self) -> None:
        """Ask who is here."""
        self._ask(questions.people(self.live, self.gesture, self.ask))

    def do_discard(self) -> None:
        """Throw the workshop away, if the person confirms it."""
        self._ask(questions.discard(lambda: self.context.navigator.discard(self.live)))

    def do_rescue(self) -> None:
        """Open the panel that helps when something goes wrong."""
        from entraide_tui.widgets.rescue import RescuePanel

        if not self.live.only_looking:
            self.open_panel(RescuePanel(self.live.state, self.context.settings.keys, self.close_panel, self._rescued))

    def _rescued(self, action: str) -> None:
        """Do the action that helps, as its key would."""
        self.call_later(self.action_do, action)

    def do_actions(self) -> None:
        """Ask what became of the actions of earlier workshops."""
        self._past.ask_actions()

    def do_remember(self) -> None:
        """Offer past requests near to this one."""
        self._past.ask_similar()

    @on(LookBack.Chosen)
    def _look_back(self, event: LookBack.Chosen) -> None:
        event.stop()
        self._past.choose(event.entry, step=event.step)

    # -- gestures

    @on(StepList.Chosen)
    def _jump(self, event: StepList.Chosen) -> None:
        plays = self.live.state.plays
        if event.position < len(plays):
            self.before_leaving()
            self.gesture(lambda s: gestures.jump(s.state, s.now(), plays[event.position].key))

    def _undo_hint(self, text: str) -> str:
        return _("{what} · {key}: undo").format(what=text, key=self.key("undo"))

    def do_next(self) -> None:
        """Start, or go to the next step; after the last, go to the page."""
        if self.live.state.finished is not None or (self.live.only_looking and not self.live.state.to_come):
            self.do_close()
            return
        self.gesture(lambda s: gestures.next_step(s.state, s.now()))

    def do_skip(self) -> None:
        """Leave this step out; the reason can be given afterwards."""
        play = self.live.state.now_playing
        if play is None:
            return
        notice = _("“{step}” is left out · {why}: say why · {undo}: undo").format(
            step=play.title, why=self.key("reason"), undo=self.key("undo")
        )
        self.gesture(lambda s: gestures.skip(s.state, s.now()), notice)

    def do_minute(self) -> None:
        """Give the step one more minute."""
        self.gesture(lambda s: gestures.extend(s.state, s.now(), 60), self._undo_hint(_("One more minute")))

    def do_undo(self) -> None:
        """Undo the last gesture."""
        if self._controller.undo() is None and not self.live.only_looking:
            self._show_notice(plain(_("There is nothing to undo."), "$quiet"))

    def do_keep_end(self) -> None:
        """Take the minutes from the steps to come; if they can't give enough, ask what to do."""
        state, now = self.live.state, self.live.now()
        saving = timing.keep_end(state, now)
        if timing.late_by(state, now) < 1:
            self._show_notice(plain(_("The promised end is being kept: nothing to take."), "$quiet"))
        elif saving.missing:
            self._ask(time_questions.keep_end(self.live, self.gesture))
        else:
            given = sum(saving.taken.values())
            steps = many("{n} step", "{n} steps", len(saving.taken)).format(n=len(saving.taken))
            text = _("The end is kept: {length} taken from {steps}").format(length=length(given), steps=steps)
            self.gesture(lambda s: gestures.keep_end(s.state, s.now()), self._undo_hint(text))

    def on_key(self, event: Key) -> None:
        """Type onto the card what is typed while no field has the cursor: no letter is lost."""
        if isinstance(self.focused, DraftField) or not event.is_printable or not event.character:
            return
        if not self.query(Panel) and self.query_one(CurrentCard).type_in(event.character):
            event.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the keys of an answer while nothing is asked, so that they can be typed."""
        if action == "do" and parameters and parameters[0] in ("yes", "no"):
            return self.live.state.interruption is not None
        return super().check_action(action, parameters)

    def do_guide(self) -> None:
        """Show all the guidance, key words, or none; remembered for this facilitator and this kit.

        In a narrow window it opens over the card.
        """
        level = GUIDANCE_LEVELS[(GUIDANCE_LEVELS.index(self._level) + 1) % len(GUIDANCE_LEVELS)]
        if self.size.width < 110:
            if not self.has_class("-guide"):
                level = "full" if self._level == "none" else self._level
            self.set_class(level != "none", "-guide")
        self.change_setting(("words", *self._guidance_owner), level)
        self.set_class(level == "none", "-no-guide")
        self.refresh_all()

    @property
    def _guidance_owner(self) -> tuple[str, str]:
        """The facilitator and the kit, under which the level of guidance is remembered."""
        state = self.live.state
        return state.facilitator, state.kit.id

    @property
    def _level(self) -> GuidanceLevel:
        return self.context.settings.guidance_for(*self._guidance_owner)

    def do_discreet(self) -> None:
        """Hide or show the moving clock."""
        self.change_setting(("discreet",), not self.context.settings.discreet)
        self.refresh_time()

    def do_close(self) -> None:
        """Go to the page."""
        if not self.live.only_looking:
            self.before_leaving()
            self.context.navigator.open_closing(self.live)

    def do_quit(self) -> None:
        """Leave; the workshop can be resumed. Ask first if the last events are not on the disk."""
        self.before_leaving()
        if self.live.flush():
            self.context.navigator.leave()
        else:
            self._ask(questions.leave_unsaved(self.live, self.context.navigator.leave))
