"""What was promised and what was left: actions and topics of the past, and where they stand today."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from entraide_tui.common.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from entraide_tui.kits.model import ActionStatus

Bucket = Literal["late", "week", "later", "done", "dropped"]
BUCKETS: tuple[Bucket, ...] = ("late", "week", "later", "done", "dropped")
"""In the order of a board."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action and the record that it stands in.

    Attributes:
        record: the record's id. date: its day.
        number: which of its actions, from 0.
        idea: the text of the idea that it carries out; may be empty.
    """

    path: Path
    record: str
    date: datetime.date | None
    group: str
    offeror: str
    request: str
    number: int
    what: str
    who: str
    due: datetime.date | None
    first_step: str
    idea: str
    status: ActionStatus
    tried: str
    outcome: str
    changes: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic that was not chosen; `number`: which of its record's topics, from 0."""

    path: Path
    record: str
    date: datetime.date | None
    number: int
    text: str
    by: str


def bucket(promise: Promise, today: datetime.date) -> Bucket:
    """Where an action stands. A week goes from Monday to Sunday; without a date it is later."""
    if promise.status != "open":
        return promise.status
    if promise.due is None:
        return "later"
    if promise.due < today:
        return "late"
    return "week" if promise.due.isocalendar()[:2] == today.isocalendar()[:2] else "later"


def ranked(promises: Iterable[Promise], today: datetime.date) -> list[Promise]:
    """As a board shows them, by bucket: open ones by their date, without one last; of the others the newest first."""

    def rank(promise: Promise) -> tuple[int, int, str, int]:
        where = BUCKETS.index(bucket(promise, today))
        if promise.status == "open":
            order = promise.due.toordinal() if promise.due else datetime.date.max.toordinal()
        else:
            order = -(promise.date.toordinal() if promise.date else 0)
        return where, order, promise.record, promise.number

    return sorted(promises, key=rank)


def waiting(proposals: Iterable[Proposal], topics: Iterable[str], present: Iterable[str]) -> list[Proposal]:
    """Return the proposals that are none of today's topics yet; those of the people present first."""
    taken, here = {fold(text) for text in topics}, {fold(name) for name in present}
    return sorted((p for p in proposals if fold(p.text) not in taken), key=lambda p: fold(p.by) not in here)
