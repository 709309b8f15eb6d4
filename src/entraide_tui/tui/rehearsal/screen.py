"""The live screen of a rehearsal: a made-up group speaks, and the facilitator uses the same gestures as live."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from entraide_tui.common.i18n import _
from entraide_tui.rehearsal.transcribe import transcribe
from entraide_tui.tui.panels import questions
from entraide_tui.tui.rehearsal.pace import BEAT, Pace
from entraide_tui.tui.rehearsal.session import SPEEDS
from entraide_tui.tui.rehearsal.speech import SpeechView
from entraide_tui.tui.screens.live import LiveScreen
from entraide_tui.widgets.keymap import REHEARSAL, bindings
from entraide_tui.widgets.panel import Panel
from entraide_tui.widgets.plain import joined, plain

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.context import Context
    from entraide_tui.tui.rehearsal.session import RehearsalSession
    from entraide_tui.tui.rehearsal.tour import Tour
    from entraide_tui.widgets.ask import Question


class RehearsalScreen(LiveScreen):
    """A live screen with the group's speech above the card; what asks for a reaction is marked."""

    NAME = REHEARSAL
    BINDINGS: ClassVar = bindings(REHEARSAL)
    WATCHES_CLOCKS: ClassVar = False

    def __init__(self, context: Context, live: LiveSession, rehearsal: RehearsalSession) -> None:
        super().__init__(context, live)
        self._rehearsal = rehearsal
        self._pace = Pace(rehearsal, live)
        self._silence_noticed_in = ""
        self._speech_step = ""

    def above_the_card(self) -> ComposeResult:
        """Yield what the group says."""
        yield SpeechView(self.live.state.language)

    def on_mount(self) -> None:
        """Start the group."""
        super().on_mount()
        self.set_interval(BEAT, self.beat)

    def tick(self) -> None:
        """Draw the time only: on a clock that is sped up, nothing is an interruption."""
        self.refresh_time()

    def beat(self) -> None:
        """Show what the group says and does now."""
        self._pace.steer(asking=bool(self.query(Panel)) or not self.is_current)
        state, now = self.live.state, self.live.now()
        heard = self._rehearsal.group.hear(state, self.live.history, now)
        self.query_one(SpeechView).hear(heard, fresh=state.current != self._speech_step)
        self._speech_step = state.current
        if self._rehearsal.tour is not None:
            self._show_tour_hint(self._rehearsal.tour)
        elif state.current and state.current != self._silence_noticed_in and self._rehearsal.group.is_done(state, now):
            self._silence_noticed_in = state.current
            text = _("The group has said what it had to say. {key}: what was said goes onto the card; {next}: go on.")
            self._notice = plain(text.format(key=self.key("write_down"), next=self.key("next")), "$quiet")
        if self._rehearsal.speed > 1:
            self.refresh_time()

    def _show_tour_hint(self, tour: Tour) -> None:
        """Show the tour's hint until its gesture was tried."""
        tour.advance(self.live.history)
        hint = joined(("▷ ", "bold $accent"), (tour.hint_text(self.context.settings.keys), "bold"))
        if self._notice != hint:
            self._notice = hint
            self.refresh_time()

    def do_rescue(self) -> None:
        """Open the rescues; on the tour, note that they were found."""
        if self._rehearsal.tour is not None:
            self._rehearsal.tour.rescued = True
        super().do_rescue()

    def on_resize(self) -> None:
        """Show as much of the speech as has room now."""
        self.call_after_refresh(lambda: self.query_one(SpeechView).draw())

    # -- keys

    def do_write_down(self) -> None:
        """Write what was said onto the card."""
        self.before_leaving()
        events = transcribe(self.live.state, self._rehearsal.group, self.live.now(), self.live.id_for)
        if events:
            # cards never overwrite the field that has the cursor; here they should
            self.set_focus(None)
            self._controller.apply(*(lambda _live, event=event: event for event in events))
            self.focus_home()
        else:
            self._notice = plain(_("Nothing was said that is not written down."), "$quiet")
            self.refresh_time()

    def do_speed(self) -> None:
        """Choose the next speed."""
        faster = [speed for speed in SPEEDS if speed > self._rehearsal.speed]
        self._rehearsal.speed = faster[0] if faster else SPEEDS[0]
        text = _("The clock runs at {n}×; while you type or look for words, a minute is a minute.")
        self._notice = plain(text.format(n=f"{self._rehearsal.speed:g}"), "$quiet")
        self.refresh_time()

    def question(self, action_id: str) -> Question | None:
        """See `LiveScreen.question`; for parking, what was said too early stands in the line already."""
        if action_id == "park":
            return questions.park(self.live, self.gesture, *self._rehearsal.group.to_park(self.live.state))
        return super().question(action_id)
