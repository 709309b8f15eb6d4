"""A kit: the script of a workshop, as the program holds it.

These are plain frozen dataclasses; the door (`door.py`) is the only way in for files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

LocalText = str | dict[str, str]
WordLists = list[str] | dict[str, list[str]]
Role = Literal["offeror", "facilitator", "contributor"]
Turns = Literal["round", "free", "silent"]
WhenLate = Literal["drop", "shorten", "keep"]
CardKind = Literal["text", "list", "pick", "form", "actions"]
Section = Literal[
    "topics",
    "request",
    "questions",
    "contributions",
    "ideas",
    "actions",
    "learnings",
    "feelings",
    "follow_up",
    "notes",
]
ActionStatus = Literal["open", "done", "dropped"]
Occasion = Literal[
    "clear-request",
    "unclear",
    "open",
    "incident",
    "several",
    "follow-up",
    "alone",
    "no-leader",
    "first-time",
]
"""When a kit suits: what there is, or is not, when the group sits down."""
GestureName = Literal[
    "park", "speaker", "next-speaker", "pass", "round", "extend", "keep-end", "pause", "skip", "next", "insert",
    "note", "arrived",
]  # fmt: skip
"""What a facilitator can do, as kits and scenarios name it."""


def usual_askers(people: int) -> int:
    """How many ask where each asks: a pair, a trio; in a larger circle all but the one who leads, four at most."""
    return max(1, min(4, people if people <= 3 else people - 1))


def in_language(words: LocalText, language: str) -> str:
    """The text in that language, else in English, else in any."""
    if isinstance(words, str):
        return words
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def lines_in(words: WordLists, language: str) -> list[str]:
    """The same for lists of lines."""
    if isinstance(words, list):
        return words
    return words.get(language) or words.get("en") or next(iter(words.values()), [])


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes of a step."""

    min: float
    usual: float
    max: float


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many people a kit suits, the facilitator included."""

    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Suits:
    """Helps to choose a kit.

    Attributes:
        whom: for whom it is.
        what: for what, on which occasion.
        when: the same, for the program.
    """

    whom: LocalText = ""
    what: LocalText = ""
    when: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class Rescue:
    """What to do when something goes wrong: the sign, and the sentences to say.

    Attributes:
        gesture: what the program can do there, if anything.
    """

    id: str
    title: LocalText
    sign: LocalText
    say: WordLists
    gesture: GestureName | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """Words for each role: its name, or what it does in a step."""

    offeror: LocalText = ""
    facilitator: LocalText = ""
    contributor: LocalText = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing that a form asks."""

    id: str
    kind: Literal["text", "scale", "choice"]
    label: LocalText
    min: int = 1
    max: int = 5
    choices: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What is written in a step."""

    kind: CardKind
    fills: Section
    prompt: LocalText = ""
    from_: str = ""
    min: int = 1
    max: int = 3
    how: Literal["offeror", "votes"] = "offeror"
    of: Literal["group", "each"] = "group"
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A timed part of the script; without `minutes`, one without a countdown."""

    id: str
    title: LocalText
    purpose: LocalText = ""
    minutes: Minutes | None = None
    speaks: tuple[Role, ...] = ()
    turns: Turns = "free"
    when_late: WhenLate = "keep"
    repeat: Literal["once", "offeror"] = "once"
    key_words: WordLists = field(default_factory=list)
    """Reminders for somebody who knows the step."""
    say: WordLists = field(default_factory=list)
    watch: WordLists = field(default_factory=list)
    avoid: WordLists = field(default_factory=list)
    roles: Roles = field(default_factory=Roles)
    looks_back: bool = False
    """Whether the open actions of earlier records are shown in it."""
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """A shorter or longer form of the same kit: minutes by step, 0 to drop the step."""

    id: str
    title: LocalText
    minutes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepChange:
    """What an option changes in a step."""

    speaks: tuple[Role, ...] | None = None
    turns: Turns | None = None
    when_late: WhenLate | None = None
    minutes: Minutes | None = None
    title: LocalText | None = None
    purpose: LocalText | None = None
    key_words: WordLists | None = None
    say: WordLists | None = None
    watch: WordLists | None = None
    avoid: WordLists | None = None
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A choice on which schools disagree; off unless the facilitator wants it."""

    id: str
    title: LocalText
    changes: dict[str, StepChange] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kit:
    """The whole script."""

    format: int
    id: str
    version: int
    title: LocalText
    steps: tuple[Step, ...]
    summary: LocalText = ""
    licence: str = ""
    credits: LocalText = ""
    based_on: LocalText = ""
    group_size: GroupSize | None = None
    suits: Suits = field(default_factory=Suits)
    roles: Roles = field(default_factory=Roles)
    presets: tuple[Preset, ...] = ()
    options: tuple[Option, ...] = ()
    rescue: tuple[Rescue, ...] = ()
    """Difficulties that belong to this method; the common ones are in `rescues.py`."""

    def step(self, step_id: str) -> Step | None:
        """The step of that id, if any."""
        return next((s for s in self.steps if s.id == step_id), None)

    @property
    def repeats(self) -> bool:
        """Whether steps are played again for each offeror."""
        return any(s.repeat == "offeror" for s in self.steps)

    @property
    def led(self) -> bool:
        """Whether somebody leads without taking a turn: not in a pair or a trio where all ask."""
        return not (self.repeats and self.group_size is not None and self.group_size.max <= 3)

    @property
    def askers(self) -> int:
        """How many usually ask, in a kit that is played for each of them."""
        return usual_askers(self.group_size.max if self.group_size else 2) if self.repeats else 1

    def with_choices(self, preset: str, options: tuple[str, ...]) -> Kit:
        """The kit as it will be played: a preset's minutes, the options' changes.

        The preset's minutes become the usual ones; a step that it drops is left out.
        """
        minutes = next((p.minutes for p in self.presets if p.id == preset), {})
        changes = [o.changes for o in self.options if o.id in options]
        steps: list[Step] = []
        for step in self.steps:
            changed = step
            for table in changes:
                if change := table.get(step.id):
                    wanted: dict[str, Any] = {
                        item.name: getattr(change, item.name)
                        for item in fields(change)
                        if getattr(change, item.name) is not None
                    }
                    changed = replace(changed, **wanted)
            if step.id in minutes:
                usual = minutes[step.id]
                if usual <= 0:
                    continue
                old = changed.minutes or Minutes(usual, usual, usual)
                changed = replace(changed, minutes=Minutes(min(old.min, usual), usual, max(old.max, usual)))
            steps.append(changed)
        return replace(self, steps=tuple(steps))

    def total(self, offerors: int = 1) -> float:
        """Usual minutes of the whole."""
        return sum(
            (s.minutes.usual if s.minutes else 0) * (offerors if s.repeat == "offeror" else 1) for s in self.steps
        )
