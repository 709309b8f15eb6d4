"""The handling of exceptions: a `UserError` is shown on the screen, a fault of the program ends it with one sentence.

Only this module, `tui/key_order.py` and `widgets/user_errors.py` touch Textual’s private names.
"""

from __future__ import annotations

import contextlib

from textual._context import active_message_pump
from textual.worker import WorkerFailed

from entraide_tui.common.errors import UserError
from entraide_tui.tui import lifecycle
from entraide_tui.tui.key_order import KeysInOrder
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.user_errors import ShowsUserErrors


class CalmApp(ShowsUserErrors, KeysInOrder):
    """An app that never shows a traceback.

    Textual's own crash screen would show local variables, which hold people's words, and exit with status 0.

    Attributes:
        fault: what to print on standard error once the screen is gone.
        farewell: what to print instead if all is well.
    """

    built = True  # there is no app to go back to
    fault: str = ""
    farewell: str = ""

    def before_crash(self) -> None:
        """Write what was typed to the disk; called before the app ends on a fault."""

    def _handle_exception(self, error: BaseException) -> None:
        """Handle an exception of a message handler, an action, a timer, a callback or a worker."""
        if isinstance(error, WorkerFailed):
            error = error.error
        if isinstance(error, UserError):
            self._show_error(error)
            return
        self.before_crash()
        if self.is_headless:  # let a test see the fault
            super()._handle_exception(error)  # type: ignore[arg-type]
            return
        self.fault = report(error)
        self._return_code = lifecycle.FAULT
        self._close_messages_no_wait()

    def _show_error(self, error: UserError) -> None:
        """Show an error on the screen in view; if a screen could not be opened because of it, on the one before."""
        raised_in = active_message_pump.get(None)
        if isinstance(raised_in, ShowsUserErrors) and not raised_in.built:
            raised_in.give_up()
        text = "\n".join(error.lines())
        screen = self.screen if self._screen_stack else None
        if isinstance(screen, BaseScreen) and not screen.gave_up:
            # later: it may have been covered until now
            screen.call_later(screen.say, text, "$error")
        elif not self._exit:  # no screen to show it on
            self.before_crash()
            self.fault = text
            self.exit(1)


def report(error: BaseException) -> str:
    """The sentence for a fault: its kind and place, never what people typed. Write the frames to a private file."""
    import traceback
    from pathlib import Path

    from platformdirs import user_state_path

    from entraide_tui.common.files import write_atomically
    from entraide_tui.common.i18n import _

    frames = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    position = frames[-1] if frames else "?"
    text = _(
        "The program stopped on a fault of its own ({kind} at {place}). What was typed is safe: entraide-tui resume"
    ).format(kind=type(error).__name__, place=position)
    file = user_state_path("entraide-tui", appauthor=False) / "fault.txt"
    with contextlib.suppress(OSError):
        write_atomically(file, "\n".join([type(error).__name__, *frames, ""]).encode())
    return text
