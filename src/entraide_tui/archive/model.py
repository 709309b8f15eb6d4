"""The record: what a workshop leaves, in the order of its file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from entraide_tui.kits.model import ActionStatus  # noqa: TC001 - read when a file is checked

FORMAT = 1


@dataclass(frozen=True, slots=True)
class KitUsed:
    """Which kit was played."""

    id: str
    version: int = 1
    title: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Who was there, and who was expected."""

    offeror: str = ""
    facilitator: str = ""
    contributors: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What the offeror asks of the group."""

    text: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea kept, in the offeror's words; `by`: whose contributions it comes from."""

    text: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """Who does what; `idea` counts from 1; 0: none.

    Attributes:
        tried, outcome, changes: what came of it, said at the follow-up: what was tried, what it gave, what changes.
    """

    what: str
    who: str = ""
    due: datetime.date | None = None
    first_step: str = ""
    idea: int = 0
    status: ActionStatus = "open"
    tried: str = ""
    outcome: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When the group looks at it again; `said` where the date could not be told from the words."""

    date: datetime.date | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody could bring; `settled`: nobody needs it any more."""

    text: str
    by: str = ""
    chosen: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An action of an earlier record that this workshop looked at, and how it stands since."""

    record: str
    what: str
    who: str = ""
    status: ActionStatus = "open"


@dataclass(frozen=True, slots=True)
class Said:
    """A question, or a learning."""

    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a contributor gave."""

    text: str
    kind: Literal["question", "experience", "idea", "resource", "reframing"] = "idea"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Feeling:
    """How somebody leaves; named only where they agreed."""

    score: int = 0
    word: str = ""
    by: str = ""
    answers: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something noted in a step."""

    step: str
    text: str


@dataclass(frozen=True, slots=True)
class StepPlayed:
    """What the kit foresaw and what the group did; seconds."""

    id: str
    title: str = ""
    planned: int = 0
    actual: int = 0
    extended: int = 0
    outcome: Literal["done", "skipped"] = "done"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One page, whole.

    Attributes:
        months_only: whether each day stands for its month: the record left its group without its dates.
    """

    id: str
    title: str
    date: datetime.date
    months_only: bool = False
    format: int = FORMAT
    start: datetime.datetime | None = None
    end: datetime.datetime | None = None
    language: str = ""
    group: str = ""
    themes: tuple[str, ...] = ()
    kit: KitUsed | None = None
    people: People = field(default_factory=People)
    request: Request = field(default_factory=Request)
    ideas: tuple[Idea, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    follow_up: FollowUp = field(default_factory=FollowUp)
    looked_at: tuple[LookedAt, ...] = ()
    topics: tuple[Topic, ...] = ()
    questions: tuple[Said, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    learnings: tuple[Said, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    notes: tuple[Note, ...] = ()
    steps: tuple[StepPlayed, ...] = ()
