"""The program that has a session open, for the message that a second one shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.workshop.events import Held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.session.journal_lines import JournalEntry


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that opened a session last.

    Attributes:
        boot: the id of its machine's boot; empty if the system has none.
        wall: when it opened the session, in seconds since 1970.
    """

    host: str
    process: int
    boot: str
    wall: float


def last_holder(entries: Sequence[JournalEntry]) -> Holder | None:
    """The program that opened the session of these entries last, if any."""
    for entry in reversed(entries):
        if isinstance(held := entry.event, Held):
            return Holder(held.host, held.process, held.boot, entry.wall)
    return None


def boot() -> str:
    """The id of this boot of the machine; empty if the system has none."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
