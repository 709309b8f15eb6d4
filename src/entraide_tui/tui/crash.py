"""What becomes of an exception: one for people is shown where they are; a fault of ours ends the app with one sentence.

With `widgets/user_errors.py`, the one place that touches Textual's private names.
"""

from __future__ import annotations

from textual._context import active_message_pump
from textual.app import App
from textual.worker import WorkerFailed

from entraide_tui.common.errors import UserError
from entraide_tui.tui import lifecycle
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.user_errors import ShowsUserErrors


class CalmApp(ShowsUserErrors, App[int]):
    """Textual's crash screen shows local variables, so people's words, and ends with status 0: ours does neither.

    Attributes:
        fault: what is said on standard error once the screen is gone.
        farewell: the same, where all is well.
    """

    built = True  # there is no app to go back to
    fault: str = ""
    farewell: str = ""

    def before_crash(self) -> None:
        """A last chance to put on the disk what was typed."""

    def _handle_exception(self, error: BaseException) -> None:
        """Called for whatever a message handler, an action, a timer, a callback or a worker raised."""
        if isinstance(error, WorkerFailed):
            error = error.error
        if isinstance(error, UserError):
            self._tell(error)
            return
        self.before_crash()
        if self.is_headless:  # under test, the fault is raised again where it can be seen
            super()._handle_exception(error)  # type: ignore[arg-type]
            return
        self.fault = lifecycle.report(error)
        self._return_code = lifecycle.FAULT
        self._close_messages_no_wait()

    def _tell(self, error: UserError) -> None:
        """Show it on the screen in view; where a screen could not be opened for it, on the one before."""
        raised_in = active_message_pump.get(None)
        if isinstance(raised_in, ShowsUserErrors) and not raised_in.built:
            raised_in.give_up()
        told = "\n".join(error.lines())
        screen = self.screen if self._screen_stack else None
        if isinstance(screen, BaseScreen) and not screen.gave_up:
            # once it is drawn again, if it was covered until now
            screen.call_later(screen.say, told, "$error")
        elif not self._exit:  # there is no screen of ours, and none that one could go back to
            self.before_crash()
            self.fault = told
            self.exit(1)
