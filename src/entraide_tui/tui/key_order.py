"""Keys take effect in the order in which they are pressed, however fast they come.

Textual hands a letter on to the field that has the cursor, which deals with it later, but acts on a bound key at once,
and a field gets the cursor only after the app has dealt with all that waits for it. In a burst (a slow line, a laptop
that hung, a paste without brackets) a key would overtake the letters before it, or letters would end up in the field
that had the cursor before. Here each key waits until all that the keys before it led to has happened: messages on their
way from the field up to the app, a cursor that moves, a panel or a card that opens.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.worker import WorkerState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.message_pump import MessagePump
    from textual.worker import Worker

PATIENCE = 2.0
"""Seconds to wait for a part of the screen that does not answer."""
DRAWING = 0.01
"""Seconds in which a letter is drawn before one looks after what else it led to."""
ROUNDS = 50
"""How often one asks again whether all is done: messages may lead to messages."""
GROUPS = ("panel", "card", "past", "search")
"""Groups of work whose outcome gets the next key: what opens, and what is being looked up for it."""
_ORDERED = (events.Key, events.Paste, events.MouseDown, events.MouseUp)


class KeysInOrder(App[int]):
    """An app whose keys, pastes and clicks act one after the other."""

    _taking: asyncio.Task[None] | None = None
    _too_slow: WeakSet[Worker[object]]

    def __init__(self) -> None:
        super().__init__()
        self._too_slow = WeakSet()
        self._waiting: deque[events.Event] = deque()

    async def on_event(self, event: events.Event) -> None:
        """Deal with a key at once where all is at rest, else when its turn comes; the rest as Textual does."""
        if not isinstance(event, _ORDERED) or event.is_forwarded:
            await super().on_event(event)
        elif self.taking_keys:
            self._waiting.append(event)
        else:
            await super().on_event(event)
            self._taking = asyncio.create_task(self._take_in())

    async def _take_in(self) -> None:
        """Wait for what the last key led to, then deal with the next one, until none waits."""
        await asyncio.sleep(DRAWING)
        await self.settled()
        while self._waiting and self.is_running:
            try:
                await super().on_event(self._waiting.popleft())
            except Exception as error:  # noqa: BLE001 - as for every message of the app
                self._handle_exception(error)
            await self.settled()

    @property
    def taking_keys(self) -> bool:
        """Whether a key that was pressed has still to be dealt with."""
        return self._taking is not None and not self._taking.done()

    async def keys_taken(self) -> None:
        """Wait until every key that was pressed has had its effect."""
        while self._taking is not None and self.taking_keys:
            await asyncio.wait([self._taking])
        await self.settled()

    async def settled(self) -> None:
        """Wait until all that was done on the screen in view has led to what it leads to."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        for _ in range(ROUNDS):
            if loop.time() > end:  # some part of the screen does not answer: the keys go on
                return
            for pump in self._way_up():
                await _passed(pump)
            await self._opened()
            busy = [pump for pump in self._everything() if pump.message_queue_size]
            if not busy:
                return
            for pump in busy:
                await _passed(pump)

    def _way_up(self) -> Iterator[MessagePump]:
        """From where the cursor is to the app: the way of each message that a key leads to."""
        if self._screen_stack:
            yield from (self.focused or self.screen).ancestors_with_self
        else:
            yield self

    def _everything(self) -> Iterator[MessagePump]:
        if self._screen_stack:
            yield from self.screen.walk_children()
        yield from self._way_up()

    async def _opened(self) -> None:
        """Wait for panels, cards and lists that are on their way, once only for what takes too long."""
        for work in [
            one for one in self.workers if one.group in GROUPS and not one.is_finished and not one.is_cancelled
        ]:
            if work in self._too_slow:
                continue
            finished = asyncio.ensure_future(_ended(work))
            done, _pending = await asyncio.wait([finished], timeout=PATIENCE)
            if not done:
                finished.cancel()
                self._too_slow.add(work)


async def _ended(work: Worker[object]) -> None:
    # one that is cancelled before its task begins stays as it is for ever
    while work.state is WorkerState.PENDING and not work.is_cancelled:  # noqa: ASYNC110 - a worker does not tell when its task begins
        await asyncio.sleep(0)
    with suppress(Exception):  # the worker itself shows what fails
        await work.wait()


async def _passed(pump: MessagePump) -> None:
    """Wait until a part of the screen has dealt with all that waits for it now."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def reached() -> None:
        if not done.done():
            done.set_result(None)

    if not pump.is_running or not pump.call_later(reached):
        return
    impatient = loop.call_later(PATIENCE, reached)
    try:
        await done
    finally:
        impatient.cancel()
