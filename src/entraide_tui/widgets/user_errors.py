"""Keeps a widget alive when one of its message handlers raises a `UserError`: the app shows the error instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.events import Unmount
from textual.message_pump import MessagePump
from textual.messages import CloseMessages, Prune

from entraide_tui.common.errors import UserError

if TYPE_CHECKING:
    from textual.app import App
    from textual.message import Message

_GOING = (CloseMessages, Prune, Unmount)
"""Messages that a widget still handles after it gave up, because they remove it."""


def show(app: App[Any], error: UserError) -> None:
    """Show an error on the screen in view."""
    app._handle_exception(error)  # noqa: SLF001 - the only way there is


class ShowsUserErrors(MessagePump):
    """Passes a `UserError` of a message handler to the app. Textual alone would end the widget's message loop.

    Attributes:
        built: whether it was composed and mounted, or gave up.
        gave_up: whether it could not be composed or mounted: it then handles only its own removal.
    """

    built = False
    gave_up = False

    def give_up(self) -> None:
        """Handle a `UserError` from composing or mounting: remove the widget."""
        self.gave_up = True

    def recover(self, message: Message) -> None:
        """Do what Textual would have done after the handler of `message` that raised."""

    async def _pre_process(self) -> bool:
        try:
            return await super()._pre_process()
        finally:
            self.built = True

    async def _dispatch_message(self, message: Message) -> None:
        if self.gave_up and not isinstance(message, _GOING):
            return
        try:
            await super()._dispatch_message(message)
        except UserError as error:
            show(self.app, error)
            self.recover(message)
