"""An error that a person must know ends no widget: the app shows it, and the next message is handled as ever."""

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
"""What is handled by a widget that only has to go away: its children may not be there."""


def show(app: App[Any], error: UserError) -> None:
    """Show an error where the person is; the one who raised it goes no further."""
    app._handle_exception(error)  # noqa: SLF001 - the only way there is


class ShowsUserErrors(MessagePump):
    """Hands the `UserError` of a message handler to the app. Textual alone would end the widget's message loop.

    Attributes:
        built: whether it was composed and mounted, or gave up on that.
        gave_up: whether it could not be composed or mounted: then it only goes away.
    """

    built = False
    gave_up = False

    def give_up(self) -> None:
        """A UserError was raised while it was composed or mounted: go away, and leave nothing broken behind."""
        self.gave_up = True

    def recover(self, message: Message) -> None:
        """Do what Textual would have done after a handler of ours that raised."""

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
