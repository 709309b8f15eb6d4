"""Which program has a session open, for the message to a second one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.workshop.events import Held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.session.journal import JournalEntry


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that opened a session last.

    Attributes:
        boot: which start of its machine it ran in; empty where the system does not tell.
        wall: seconds since 1970 at which it did.
    """

    host: str
    process: int
    boot: str
    wall: float


def last_holder(entries: Sequence[JournalEntry]) -> Holder | None:
    """Return who opened the session of these entries last."""
    for entry in reversed(entries):
        if isinstance(held := entry.event, Held):
            return Holder(held.host, held.process, held.boot, entry.wall)
    return None


def boot() -> str:
    """Return which start of the machine this is; empty where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
