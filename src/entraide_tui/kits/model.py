"""The data model of kits; `loader.py` makes it from files."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

LocalText = str | dict[str, str]
LocalLines = list[str] | dict[str, list[str]]
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
"""Situations of a group at the start that a kit may suit."""
GestureName = Literal[
    "park", "speaker", "next-speaker", "pass", "round", "extend", "keep-end", "pause", "skip", "next", "insert",
    "note", "arrived",
]  # fmt: skip
"""Actions of the facilitator, by their names in kits and scenarios."""


def usual_askers(people: int) -> int:
    """How many usually ask when each may: everybody up to three people, else all but the leader, at most four."""
    return max(1, min(4, people if people <= 3 else people - 1))


def in_language(text: LocalText, language: str) -> str:
    """The text in that language, else in English, else in any; empty if there is none."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def lines_in(lines: LocalLines, language: str) -> list[str]:
    """The lines in that language, else in English, else in any; none if there are none."""
    if isinstance(lines, list):
        return lines
    return lines.get(language) or lines.get("en") or next(iter(lines.values()), [])


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes that a step takes: at least, usually, at most."""

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
    """Information for choosing a kit.

    Attributes:
        whom: for whom it is.
        what: for what it is, on which occasion.
        when: the occasions, for the kit finder.
    """

    whom: LocalText = ""
    what: LocalText = ""
    when: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class Rescue:
    """What to do when something goes wrong.

    Attributes:
        sign: how to notice it.
        say: the sentences to say.
        gesture: the action of the program that may help.
    """

    id: str
    title: LocalText
    sign: LocalText
    say: LocalLines
    gesture: GestureName | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """A text for each role: its name in the kit, or what it does in a step."""

    offeror: LocalText = ""
    facilitator: LocalText = ""
    contributor: LocalText = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form. `min` and `max` are the ends of a scale."""

    id: str
    kind: Literal["text", "scale", "choice"]
    label: LocalText
    min: int = 1
    max: int = 5
    choices: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What is written in a step, and the section of the record that it fills."""

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
    """A part of the script; without `minutes` it has no countdown."""

    id: str
    title: LocalText
    purpose: LocalText = ""
    minutes: Minutes | None = None
    speaks: tuple[Role, ...] = ()
    turns: Turns = "free"
    when_late: WhenLate = "keep"
    repeat: Literal["once", "offeror"] = "once"
    key_words: LocalLines = field(default_factory=list)
    """Reminders for somebody who knows the step."""
    say: LocalLines = field(default_factory=list)
    watch: LocalLines = field(default_factory=list)
    avoid: LocalLines = field(default_factory=list)
    roles: Roles = field(default_factory=Roles)
    looks_back: bool = False
    """Whether to show the open actions of earlier records."""
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """A shorter or longer form of a kit: usual minutes by step id; 0 drops the step."""

    id: str
    title: LocalText
    minutes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepChange:
    """What an option changes in a step; None: nothing."""

    speaks: tuple[Role, ...] | None = None
    turns: Turns | None = None
    when_late: WhenLate | None = None
    minutes: Minutes | None = None
    title: LocalText | None = None
    purpose: LocalText | None = None
    key_words: LocalLines | None = None
    say: LocalLines | None = None
    watch: LocalLines | None = None
    avoid: LocalLines | None = None
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A variation of a kit, off by default: changes by step id."""

    id: str
    title: LocalText
    changes: dict[str, StepChange] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kit:
    """The script of a workshop."""

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
    """Difficulties of this method; `rescues.py` has the common ones."""

    def step(self, step_id: str) -> Step | None:
        """The step with that id, if any."""
        return next((s for s in self.steps if s.id == step_id), None)

    @property
    def repeats(self) -> bool:
        """Whether some steps are repeated for each offeror."""
        return any(s.repeat == "offeror" for s in self.steps)

    @property
    def led(self) -> bool:
        """Whether somebody leads without asking; False in a pair or trio where all ask."""
        return not (self.repeats and self.group_size is not None and self.group_size.max <= 3)

    @property
    def askers(self) -> int:
        """How many usually ask; 1 if no step is repeated."""
        return usual_askers(self.group_size.max if self.group_size else 2) if self.repeats else 1

    def with_choices(self, preset: str, options: tuple[str, ...]) -> Kit:
        """The kit with a preset and options applied, by their ids; unknown ones are ignored.

        The preset's minutes become the usual ones; steps that it drops are left out.
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
        """The usual total in minutes, with repeated steps counted `offerors` times."""
        return sum(
            (s.minutes.usual if s.minutes else 0) * (offerors if s.repeat == "offeror" else 1) for s in self.steps
        )
