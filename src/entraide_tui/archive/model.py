"""The record that a workshop leaves, in the order of its file.

Each field carries its description, from which `archive/record_schema.py` derives files, labels, editors, history,
privacy and sharing. A new field is not shared without names unless its description says how.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

from entraide_tui.archive.field_spec import spec
from entraide_tui.common.i18n import mark
from entraide_tui.kits.contribution_kinds import KIND_LABELS, ContributionKind
from entraide_tui.kits.model import ActionStatus  # noqa: TC001 - read when a file is checked

FORMAT = 1
_STATES = {"open": mark("still open"), "done": mark("done"), "dropped": mark("dropped")}
_OUTCOMES = {"done": mark("done"), "skipped": mark("skipped")}


@dataclass(frozen=True, slots=True)
class KitUsed:
    """The kit that was played."""

    id: str = field(metadata=spec("id", "value", leaves="as it is"))
    version: int = field(default=1, metadata=spec(mark("version"), "value", leaves="as it is", always=True))
    title: str = field(default="", metadata=spec(mark("title"), "text", leaves="as it is"))


@dataclass(frozen=True, slots=True)
class People:
    """The people present, by role, and those expected and absent."""

    offeror: str = field(
        default="",
        metadata=spec(mark("offeror"), "person", editor="line", leaves="name", shared=mark("Offeror")),
    )
    facilitator: str = field(
        default="",
        metadata=spec(mark("facilitator"), "person", editor="line", leaves="name", shared=mark("Facilitator")),
    )
    contributors: tuple[str, ...] = field(
        default=(),
        metadata=spec(mark("contributors"), "person", editor="names", leaves="name", shared=mark("Contributor")),
    )
    absent: tuple[str, ...] = field(
        default=(),
        metadata=spec(mark("absent"), "person", editor="names", leaves="name", shared=mark("Absent")),
    )


@dataclass(frozen=True, slots=True)
class Request:
    """The offeror's request to the group."""

    text: str = field(
        default="",
        metadata=spec(mark("text"), "text", editor="text", leaves="lines", shared=mark("The request")),
    )
    context: str = field(
        default="",
        metadata=spec(mark("situation"), "text", editor="text", leaves="lines", shared=mark("The situation")),
    )


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea kept, in the offeror's words; `by`: the authors of the contributions that it comes from."""

    text: str = field(metadata=spec(mark("text"), "text", editor="text", leaves="own rule"))
    by: tuple[str, ...] = field(default=(), metadata=spec(mark("by"), "person", editor="names", leaves="own rule"))


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of the plan.

    Attributes:
        idea: the number of the idea that it carries out, from 1; 0: none.
        tried, outcome, changes: the answers of the follow-up: what was tried, what it gave, what changes.
        number: in its plan, if others were removed; 0: its position (see `action_numbers`).
    """

    what: str = field(metadata=spec(mark("what"), "text", editor="line", leaves="own rule"))
    who: str = field(default="", metadata=spec(mark("who"), "person", editor="line", leaves="name"))
    due: datetime.date | None = field(default=None, metadata=spec(mark("due"), "value", editor="date", leaves="day"))
    first_step: str = field(default="", metadata=spec(mark("first step"), "text", editor="line", leaves="lines"))
    idea: int = field(default=0, metadata=spec(mark("idea"), "value", editor="number", leaves="own rule"))
    status: ActionStatus = field(
        default="open",
        metadata=spec(mark("state"), "word", editor="choice", leaves="as it is", always=True, value_labels=_STATES),
    )
    tried: str = field(
        default="",
        metadata=spec(mark("what was tried"), "text", editor="line", leaves="lines", within="outcomes"),
    )
    outcome: str = field(
        default="",
        metadata=spec(mark("outcome"), "text", editor="line", leaves="lines", always=True, within="outcomes"),
    )
    changes: str = field(
        default="", metadata=spec(mark("what changes"), "text", editor="line", leaves="lines", within="outcomes")
    )
    number: int = field(default=0, metadata=spec(mark("number"), "value", leaves="own rule"))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When the group looks at it again; `said`: as it was typed, if no date was understood."""

    date: datetime.date | None = field(
        default=None, metadata=spec(mark("date"), "value", editor="date", leaves="own rule")
    )
    said: str = field(default="", metadata=spec(mark("as it was said"), "text", leaves="own rule"))


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An action of an earlier record that this workshop looked at, and its status after that."""

    record: str = field(metadata=spec(mark("record"), "value"))
    what: str = field(metadata=spec(mark("what"), "text", leaves="own rule"))
    who: str = field(default="", metadata=spec(mark("who"), "person", leaves="name"))
    status: ActionStatus = field(
        default="open", metadata=spec(mark("state"), "word", leaves="as it is", always=True, value_labels=_STATES)
    )


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that somebody could bring; `settled`: nobody needs it any more."""

    text: str = field(metadata=spec(mark("text"), "text", editor="text", leaves="own rule"))
    by: str = field(default="", metadata=spec(mark("by"), "person", editor="line", leaves="own rule"))
    chosen: bool = field(default=False, metadata=spec(mark("chosen"), "value", leaves="as it is", always=True))
    settled: bool = field(default=False, metadata=spec(mark("settled"), "value", leaves="as it is"))


@dataclass(frozen=True, slots=True)
class Said:
    """A learning."""

    text: str = field(metadata=spec(mark("text"), "text", editor="text", leaves="own rule"))
    by: str = field(default="", metadata=spec(mark("by"), "person", editor="line", leaves="own rule"))


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what the offeror answered."""

    text: str = field(metadata=spec(mark("text"), "text", editor="text", leaves="own rule"))
    by: str = field(default="", metadata=spec(mark("by"), "person", editor="line", leaves="own rule"))
    answer: str = field(default="", metadata=spec(mark("answer"), "text", editor="text", leaves="lines"))


@dataclass(frozen=True, slots=True)
class Contribution:
    """A contribution, and its author."""

    text: str = field(metadata=spec(mark("text"), "text", editor="text", leaves="own rule"))
    kind: ContributionKind = field(
        default="idea",
        metadata=spec(mark("kind"), "word", editor="choice", leaves="as it is", value_labels=KIND_LABELS),
    )
    by: str = field(default="", metadata=spec(mark("by"), "person", editor="line", leaves="own rule"))


@dataclass(frozen=True, slots=True)
class Feeling:
    """How somebody feels at the end; named only if they agreed."""

    score: int = field(default=0, metadata=spec(mark("score"), "value", leaves="own rule"))
    word: str = field(default="", metadata=spec(mark("word"), "text", editor="line", leaves="own rule"))
    by: str = field(default="", metadata=spec(mark("by"), "person", editor="line", leaves="own rule"))
    answers: dict[str, str | int] = field(
        default_factory=dict, metadata=spec(mark("answers"), "text", leaves="own rule")
    )


@dataclass(frozen=True, slots=True)
class Note:
    """A note made in a step; `parked`: an idea still parked at the end, which is never shared."""

    step: str = field(metadata=spec(mark("step"), "text"))
    text: str = field(metadata=spec(mark("text"), "text", editor="text"))
    parked: bool = field(default=False, metadata=spec(mark("parking"), "value"))


@dataclass(frozen=True, slots=True)
class StepPlayed:
    """A step of the session; `planned`, `actual` and `extended` in seconds."""

    id: str = field(metadata=spec("id", "value"))
    title: str = field(default="", metadata=spec(mark("title"), "text"))
    planned: int = field(default=0, metadata=spec(mark("planned seconds"), "value", always=True))
    actual: int = field(default=0, metadata=spec(mark("seconds that it took"), "value", always=True))
    extended: int = field(default=0, metadata=spec(mark("seconds added"), "value", always=True))
    outcome: Literal["done", "skipped"] = field(
        default="done", metadata=spec(mark("outcome"), "word", always=True, value_labels=_OUTCOMES)
    )
    reason: str = field(default="", metadata=spec(mark("reason"), "text", always=True))


@dataclass(frozen=True, slots=True)
class Record:
    """The record of a workshop.

    Attributes:
        months_only: whether each date stands for its month: the record was shared without exact days.
    """

    format: int = field(default=FORMAT, kw_only=True, metadata=spec("format", "value", always=True))
    id: str = field(metadata=spec("id", "value", leaves="own rule"))
    title: str = field(metadata=spec(mark("title"), "text", editor="line", leaves="own rule"))
    date: datetime.date = field(metadata=spec(mark("date"), "value", leaves="own rule"))
    months_only: bool = field(default=False, metadata=spec(mark("days left out"), "value", leaves="own rule"))
    start: datetime.datetime | None = field(default=None, metadata=spec(mark("start"), "value"))
    end: datetime.datetime | None = field(default=None, metadata=spec(mark("end"), "value"))
    language: str = field(default="", metadata=spec(mark("language"), "word", leaves="as it is"))
    group: str = field(default="", metadata=spec(mark("group"), "group", editor="line"))
    themes: tuple[str, ...] = field(
        default=(),
        metadata=spec(mark("themes"), "text", editor="names", leaves="own rule", shared=mark("Themes"), core=True),
    )
    kit: KitUsed | None = field(
        default=None,
        metadata=spec(mark("Kit"), "inline", of=KitUsed, leaves="own rule", shared=mark("The kit"), core=True),
    )
    people: People = field(
        default_factory=People,
        metadata=spec(mark("People"), "table", of=People, leaves="own rule", shared=mark("People"), core=True),
    )
    request: Request = field(
        default_factory=Request,
        metadata=spec(mark("Request"), "table", of=Request, leaves="own rule", shared=mark("The request"), core=True),
    )
    ideas: tuple[Idea, ...] = field(
        default=(),
        metadata=spec(
            mark("Idea {number}"), "rows", of=Idea, order=mark("Order of the ideas"), grows=True,
            leaves="own rule", shared=mark("Ideas kept"), core=True,
        ),
    )  # fmt: skip
    actions: tuple[PlannedAction, ...] = field(
        default=(),
        metadata=spec(
            mark("Action {number}"), "rows", of=PlannedAction, order=mark("Order of the actions"), grows=True,
            leaves="own rule", shared=mark("Action plan"), core=True,
        ),
    )  # fmt: skip
    follow_up: FollowUp = field(
        default_factory=FollowUp,
        metadata=spec(
            mark("Follow-up"), "table", of=FollowUp,
            leaves="own rule", shared=mark("We look at it again"), core=True,
        ),
    )  # fmt: skip
    looked_at: tuple[LookedAt, ...] = field(
        default=(),
        metadata=spec(
            mark("Looked at {number}"), "rows", of=LookedAt, order=mark("Order of what was looked at"),
            leaves="own rule", shared=mark("Earlier actions that were looked at"),
        ),
    )  # fmt: skip
    topics: tuple[Topic, ...] = field(
        default=(),
        metadata=spec(
            mark("Topic {number}"), "rows", of=Topic, order=mark("Order of the topics"), grows=True,
            leaves="own rule", shared=mark("Topics"),
        ),
    )  # fmt: skip
    questions: tuple[Question, ...] = field(
        default=(),
        metadata=spec(
            mark("Question {number}"), "rows", of=Question, order=mark("Order of the questions"), grows=True,
            leaves="own rule", shared=mark("Questions"),
        ),
    )  # fmt: skip
    contributions: tuple[Contribution, ...] = field(
        default=(),
        metadata=spec(
            mark("Contribution {number}"), "rows", of=Contribution, order=mark("Order of the contributions"),
            grows=True, leaves="own rule", shared=mark("Contributions"),
        ),
    )  # fmt: skip
    learnings: tuple[Said, ...] = field(
        default=(),
        metadata=spec(
            mark("Learning {number}"), "rows", of=Said, order=mark("Order of the learnings"), grows=True,
            leaves="own rule", shared=mark("What each of us takes"),
        ),
    )  # fmt: skip
    feelings: tuple[Feeling, ...] = field(
        default=(),
        metadata=spec(
            mark("Feeling {number}"), "rows", of=Feeling, order=mark("Order of the feelings"),
            leaves="own rule", shared=mark("Feelings"),
        ),
    )  # fmt: skip
    notes: tuple[Note, ...] = field(
        default=(),
        metadata=spec(mark("Note {number}"), "rows", of=Note, order=mark("Order of the notes"), grows=True),
    )
    steps: tuple[StepPlayed, ...] = field(
        default=(), metadata=spec(mark("Step {number}"), "rows", of=StepPlayed, order=mark("Order of the steps"))
    )
