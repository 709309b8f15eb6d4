"""What the live screen asks by a key, each in a panel beside the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.tui.panels import questions
from entraide_tui.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.widgets.ask import Question
    from entraide_tui.widgets.cards.base import Gesture


class LivePanels(BaseScreen):
    """The part of the live screen that asks."""

    live: LiveSession

    def gesture(self, make: Gesture, notice: str = "") -> bool:
        """The one place where a gesture is applied."""
        raise NotImplementedError

    def _ask(self, question: Question | None) -> None:
        if not self.live.only_looking:
            self.ask(question)

    def do_rescue(self) -> None:
        """What to do when something goes wrong."""
        from entraide_tui.widgets.rescue import RescuePanel

        if not self.live.only_looking:
            self.open_panel(RescuePanel(self.live.state, self.house.settings.keys, self.close_panel, self._rescued))

    def _rescued(self, action: str) -> None:
        """The gesture that helps is made as by its key."""
        self.call_later(self.action_do, action)

    def do_extend(self) -> None:
        """How much, and who pays."""
        play = self.live.state.now_playing
        if play is not None and play.budget is not None:
            self._ask(questions.extend(self.live, self.gesture))

    def do_park(self) -> None:
        """An idea that comes too early."""
        self._ask(questions.park(self.live, self.gesture))

    def do_jump(self) -> None:
        """Any step."""
        self._ask(questions.jump(self.live, self.gesture))

    def do_people(self) -> None:
        """Who is here."""
        self._ask(questions.people(self.live, self.gesture, self.ask))

    def do_surprise(self) -> None:
        """A step that nobody foresaw."""
        self._ask(questions.surprise(self.live, self.gesture))

    def do_earlier(self) -> None:
        """A forgotten start."""
        self._ask(questions.earlier(self.live, self.gesture))

    def do_reason(self) -> None:
        """Why a step was left out."""
        self._ask(questions.reason(self.live, self.gesture))

    def do_promise(self) -> None:
        """Another end."""
        self._ask(questions.promise(self.live, self.gesture))

    def do_note(self) -> None:
        """A note on this step, whatever its card is."""
        self._ask(questions.note(self.live, self.gesture))

    def do_discard(self) -> None:
        """No page, no journal; asked once more before."""
        self._ask(questions.discard(lambda: self.house.discard(self.live)))
