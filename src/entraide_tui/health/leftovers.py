"""The files that sessions leave beside the records: journals, their later parts, torn ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entraide_tui.archive.listing import JOURNAL
from entraide_tui.session import journal
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

_NAME = re.compile(r"(?P<stem>.+)\.journal(?:\.part\d{1,6})?(?P<torn>\.torn-\d+-[0-9a-f]{4})?")
_QUIET = (e.Closing, e.Held, e.Interrupted, e.ClockSet)
"""The events that may follow the closing without changing what the records hold."""


def belongs_to(name: str) -> str | None:
    """The stem of the journal that a file belongs to; None for any other file."""
    found = _NAME.fullmatch(name)
    return found["stem"] if found else None


def is_torn(name: str) -> bool:
    """Whether a file is the torn end of a journal, not the journal itself."""
    found = _NAME.fullmatch(name)
    return bool(found and found["torn"])


def is_empty(path: Path) -> bool:
    """Whether a journal is empty: a program was killed between creating it and writing its first line."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return False


def all_written(path: Path, records: Container[str]) -> tuple[str, ...]:
    """The ids of a closed session's records, if all are among `records`; empty otherwise, and for an open session.

    A program that was killed between writing the last record and removing the journal leaves such a journal. Raises
    FileError or InvalidFileError if the journal can't be read.
    """
    events = [entry.event for entry in journal.read(path).entries]
    closing = next((n for n in reversed(range(len(events))) if isinstance(events[n], e.Closing)), None)
    if closing is None or not all(isinstance(event, _QUIET) for event in events[closing:]):
        return ()
    last = events[closing]
    ids = last.records if isinstance(last, e.Closing) else ()
    return ids if all(name in records for name in ids) else ()


def files_of(path: Path) -> list[Path]:
    """A journal and the files that belong to it: later parts, torn ends."""
    stem = path.name.removesuffix(JOURNAL)
    return sorted(p for p in path.parent.iterdir() if belongs_to(p.name) == stem)
