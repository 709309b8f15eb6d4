"""A fault of ours: one sentence, never what people typed. The one place that touches Textual's private names."""

from __future__ import annotations

from textual.app import App

from entraide_tui.tui import lifecycle


class CalmApp(App[int]):
    """Textual's crash screen shows local variables, so people's words, and ends with status 0: ours does neither.

    Attributes:
        fault: what is said on standard error once the screen is gone.
        farewell: the same, where all is well.
    """

    fault: str = ""
    farewell: str = ""

    def before_crash(self) -> None:
        """A last chance to put on the disk what was typed."""

    def _handle_exception(self, error: Exception) -> None:
        self.before_crash()
        if self.is_headless:  # under test, the fault is raised again where it can be seen
            super()._handle_exception(error)
            return
        self.fault = lifecycle.report(error)
        self._return_code = lifecycle.FAULT
        self._close_messages_no_wait()
