"""Figures over many sessions: how long steps take, how much was asked and planned, which themes recur.

They are about the group, never about persons: nothing here takes or returns a name.
"""

from __future__ import annotations

import datetime
import re
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, many
from entraide_tui.common.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.archive.model import Record

ENOUGH = 3
"""The fewest sessions for a suggestion."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of one session.

    Attributes:
        planned, actual: seconds; 0 planned: a step without a countdown.
        outcome: `done` or `skipped`.
        position: in the session, from 0.
    """

    kit: str
    kit_title: str
    step: str
    title: str
    planned: int
    actual: int
    outcome: str
    date: datetime.date
    position: int = 0


@dataclass(frozen=True, slots=True)
class StepFigures:
    """How a step of a kit went over the sessions, in minutes.

    Attributes:
        planned: the median of the planned times; 0: no countdown.
        low, usual, high: the quartiles of the actual times of the sessions that did it; 0 if none did.
        done, skipped: numbers of sessions.
    """

    step: str
    title: str
    planned: float
    low: float
    usual: float
    high: float
    done: int
    skipped: int

    @property
    def times(self) -> int:
        """The number of sessions that planned it."""
        return self.done + self.skipped


@dataclass(frozen=True, slots=True)
class KitFigures:
    """A kit, the number of sessions that played it, and its steps in order."""

    kit: str
    title: str
    sessions: int
    steps: tuple[StepFigures, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The counts of one month; its actions are those planned in it, by their status today."""

    year: int
    month: int
    sessions: int = 0
    requests: int = 0
    done: int = 0
    dropped: int = 0
    open: int = 0

    @property
    def actions(self) -> int:
        """The number of actions planned."""
        return self.done + self.dropped + self.open


@dataclass(frozen=True, slots=True)
class Theme:
    """A recurring theme in its most usual spelling, and the number of its sessions."""

    theme: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a group. `months`: those with a record, oldest first; `themes`: the most frequent first."""

    kits: tuple[KitFigures, ...] = ()
    months: tuple[Month, ...] = ()
    themes: tuple[Theme, ...] = ()


def of(records: Iterable[Record], *, today: datetime.date | None = None) -> Figures:
    """The figures of these records, which may come in any order.

    Args:
        today: months after the next one are taken for typing errors and left out, unless there are no others.
    """
    found = sorted(records, key=lambda r: (r.date, r.id, str(r.kit)))
    sessions = in_sessions(found)
    rows = [row for session in sessions for row in _rows(session)]
    counted = Counter((session[0].kit.id if session[0].kit else "") for session in sessions if _rows(session))
    return Figures(by_kit(rows, counted), _sensible(_months(found, sessions), today), recurring(sessions))


def in_sessions(records: Sequence[Record]) -> list[list[Record]]:
    """Group the records by session: a session in which several persons ask leaves a record for each of them."""
    out: dict[object, list[Record]] = {}
    for record in records:
        together = (record.start, record.group, record.kit) if record.start and record.kit else record.id
        out.setdefault(together, []).append(record)
    return list(out.values())


def _rows(session: Sequence[Record]) -> list[StepRow]:
    """The steps of a session; a step that everybody shares is in several of its records, and counts once."""
    out: dict[tuple[object, ...], list[StepRow]] = {}
    for record in session:
        kit, title = (record.kit.id, record.kit.title) if record.kit else ("", "")
        seen: Counter[tuple[object, ...]] = Counter()
        for number, step in enumerate(record.steps):
            if _UNFORESEEN.fullmatch(step.id):  # in another session, this id is another step
                continue
            same = (step.id, step.planned, step.actual, step.outcome)
            seen[same] += 1
            row = StepRow(kit, title, step.id, step.title, step.planned, step.actual, step.outcome, record.date, number)
            out.setdefault((*same, seen[same]), []).append(row)
    return [min(rows, key=lambda r: (r.position, r.title)) for rows in out.values()]


_UNFORESEEN = re.compile(r"extra-\d+")


def by_kit(rows: Iterable[StepRow], sessions: Counter[str] | None = None) -> tuple[KitFigures, ...]:
    """The figures of each kit, the most played first.

    Args:
        rows: the steps of all sessions, in any order.
        sessions: the number of sessions by kit id; else the number of different days is taken.
    """
    kits: dict[str, list[StepRow]] = {}
    for row in rows:
        kits.setdefault(row.kit, []).append(row)
    out: list[KitFigures] = []
    for kit, played in kits.items():
        steps: dict[str, list[StepRow]] = {}
        for row in played:
            steps.setdefault(row.step, []).append(row)
        # the order that most sessions had
        ordered = sorted(steps.values(), key=lambda own: (statistics.median(r.position for r in own), own[0].step))
        times = sessions[kit] if sessions is not None else len({row.date for row in played})
        latest = max(played, key=lambda r: (r.date, r.kit_title))
        out.append(KitFigures(kit, latest.kit_title, times, tuple(_step(own) for own in ordered)))
    return tuple(sorted(out, key=lambda k: (-k.sessions, k.kit)))


def _step(rows: Sequence[StepRow]) -> StepFigures:
    done = [max(0, r.actual) / 60 for r in rows if r.outcome == "done"]
    low, usual, high = _quartiles(done)
    latest = max(rows, key=lambda r: (r.date, r.title))
    return StepFigures(
        step=latest.step,
        title=latest.title,
        planned=statistics.median(max(0, r.planned) / 60 for r in rows),
        low=low,
        usual=usual,
        high=high,
        done=len(done),
        skipped=len(rows) - len(done),
    )


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    if not values:
        return 0.0, 0.0, 0.0
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def whole_minutes(minutes: float) -> int:
    """Round minutes to the nearest whole one, halves up."""
    return int(minutes + 0.5)


def suggestion(step: StepFigures) -> str:
    """The sentence that suggests a change to the kit; empty if none is due, or the sessions are too few."""
    out: list[str] = []
    planned, low, usual, high = (whole_minutes(m) for m in (step.planned, step.low, step.usual, step.high))
    # the planned time fits while it lies between the quartiles of the actual times
    if step.done >= ENOUGH and planned and not low <= planned <= high:
        sentence = (
            _("Foreseen {planned}, usually {usual}: {low} to {high} would have been right.")
            if low < high
            else _("Foreseen {planned}, usually {usual}, which would have been right.")
        )
        out.append(sentence.format(planned=planned, usual=usual, low=low, high=high))
    if step.times >= ENOUGH and step.skipped * 2 >= step.times:
        out.append(
            many("Left out {n} time of {all}.", "Left out {n} times of {all}.", step.skipped).format(
                n=step.skipped, all=step.times
            )
        )
    return " ".join(out)


def _months(records: Sequence[Record], sessions: Sequence[Sequence[Record]]) -> tuple[Month, ...]:
    met = Counter((s[0].date.year, s[0].date.month) for s in sessions)
    asked = Counter((r.date.year, r.date.month) for r in records if r.request.text.strip())
    actions: Counter[tuple[int, int, str]] = Counter(
        (r.date.year, r.date.month, a.status) for r in records for a in r.actions
    )
    return tuple(
        Month(year, month, met[year, month], asked[year, month], *(actions[year, month, s] for s in _STANDS))
        for year, month in sorted({(r.date.year, r.date.month) for r in records})
    )


def _sensible(months: tuple[Month, ...], today: datetime.date | None) -> tuple[Month, ...]:
    if today is None:
        return months
    last = _before((today.year, today.month), -1)
    return tuple(month for month in months if (month.year, month.month) <= last) or months


_STANDS = ("done", "dropped", "open")


def timeline(months: Sequence[Month], most: int) -> tuple[Month, ...]:
    """The last months up to the newest, `most` at most, including the empty months between."""
    if not months:
        return ()
    known = {(m.year, m.month): m for m in months}
    last = max(known)
    first = max(min(known), _before(last, most - 1))
    out: list[Month] = []
    year, month = first
    while (year, month) <= last:
        out.append(known.get((year, month), Month(year, month)))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(out)


def _before(month: tuple[int, int], number: int) -> tuple[int, int]:
    index = month[0] * 12 + month[1] - 1 - number
    return index // 12, index % 12 + 1


def recurring(sessions: Sequence[Sequence[Record]]) -> tuple[Theme, ...]:
    """The themes of at least two sessions, the most frequent first; a theme counts once in a session.

    Args:
        sessions: oldest first; of two equally frequent spellings, the later one is taken.
    """
    spelt: dict[str, Counter[str]] = {}
    last: dict[str, int] = {}
    times: Counter[str] = Counter()
    for number, session in enumerate(sessions):
        own = {" ".join(theme.split()) for record in session for theme in record.themes} - {""}
        for theme in own:
            spelt.setdefault(fold(theme), Counter())[theme] += 1
            last[theme] = number
        times.update({fold(theme) for theme in own})
    themes = [
        Theme(max(spelt[folded], key=lambda theme: (spelt[folded][theme], last[theme], theme)), number)
        for folded, number in times.items()
        if number >= 2
    ]
    return tuple(sorted(themes, key=lambda t: (-t.sessions, fold(t.theme), t.theme)))
