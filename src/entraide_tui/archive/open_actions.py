"""Planned actions and unchosen topics of past records, and how the board orders them."""

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
"""In the order of the board."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action with what identifies its record.

    Attributes:
        record: the record's id.
        date: the record's day.
        number: the action's number in the record, from 0.
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
    """A topic that was not chosen; `number`: its number in the record, from 0."""

    path: Path
    record: str
    date: datetime.date | None
    number: int
    text: str
    by: str


def bucket(promise: Promise, today: datetime.date) -> Bucket:
    """The bucket of an action. A week goes from Monday to Sunday; an open action without a date is `later`."""
    if promise.status != "open":
        return promise.status
    if promise.due is None:
        return "later"
    if promise.due < today:
        return "late"
    return "week" if promise.due.isocalendar()[:2] == today.isocalendar()[:2] else "later"


def ranked(promises: Iterable[Promise], today: datetime.date) -> list[Promise]:
    """Sort actions as the board shows them: by bucket; open ones by due date, undated last, others newest first."""

    def rank(promise: Promise) -> tuple[int, int, str, int]:
        column = BUCKETS.index(bucket(promise, today))
        if promise.status == "open":
            order = promise.due.toordinal() if promise.due else datetime.date.max.toordinal()
        else:
            order = -(promise.date.toordinal() if promise.date else 0)
        return column, order, promise.record, promise.number

    return sorted(promises, key=rank)


def waiting(proposals: Iterable[Proposal], topics: Iterable[str], present: Iterable[str]) -> list[Proposal]:
    """The proposals that aren't among today's topics; those of people present first."""
    taken, here = {fold(text) for text in topics}, {fold(name) for name in present}
    return sorted((p for p in proposals if fold(p.text) not in taken), key=lambda p: fold(p.by) not in here)
