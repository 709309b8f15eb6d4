"""The state of a session: one frozen value, made from the events alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from entraide_tui.kits.model import Card, Kit, Role, Step, WhenLate, in_language

if TYPE_CHECKING:
    from entraide_tui.workshop.events import SaidOf

Outcome = Literal["to come", "done", "skipped"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the group."""

    name: str
    role: Role
    presence: Literal["expected", "present", "left"] = "present"


@dataclass(frozen=True, slots=True)
class SessionStep:
    """A step as this session plays it.

    Attributes:
        key: the id of the kit's step, with `#2` for the second offeror; `extra-1` for an unforeseen step.
        step: the id of the kit's step; empty for an unforeseen one.
        round: the offeror's number, from 1; 0 for a step played once.
        offeror: who asks, in a step that repeats.
        planned: the kit's seconds; None: no countdown.
        budget: the seconds that it has now.
        least: the seconds below which it is not shortened.
        spent: the seconds that it took, without the time since it was last opened.
    """

    key: str
    step: str
    title: str
    round: int = 0
    offeror: str = ""
    planned: int | None = None
    budget: int | None = None
    least: int = 0
    when_late: WhenLate = "keep"
    spent: float = 0.0
    outcome: Outcome = "to come"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: a topic, a question, a contribution, an idea kept, a parked idea…

    Attributes:
        play: the key of the step in which it was written.
        round: the offeror's number, from 1; 0 for all.
        sources: the ids of the contributions that an idea kept comes from.
    """

    id: str
    section: str
    text: str
    by: str = ""
    kind: str = ""
    play: str = ""
    round: int = 0
    chosen: bool = False
    votes: int = 0
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the plan; `due` as 2026-12-05, or empty; `idea` is the id of an idea kept, or empty."""

    id: str
    what: str
    who: str = ""
    due: str = ""
    first_step: str = ""
    idea: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is.

    Attributes:
        place: the index in `order`; -1 before the first person, `len(order)` when all have spoken.
        passed: the people to ask again at the end.
        cyclic: whether the order begins again at the end, as in a free talk.
    """

    order: tuple[str, ...] = ()
    place: int = -1
    passed: tuple[str, ...] = ()
    round: int = 1
    cyclic: bool = False

    @property
    def speaker(self) -> str:
        """The person whose turn it is; empty if nobody's."""
        return self.order[self.place] if 0 <= self.place < len(self.order) else ""

    @property
    def following(self) -> tuple[str, ...]:
        """The people to come, those who passed last."""
        return (*self.order[max(0, self.place + 1) :], *self.passed)

    @property
    def complete(self) -> bool:
        """Whether everybody has had a turn."""
        return not self.cyclic and bool(self.order) and self.place >= len(self.order)


@dataclass(frozen=True, slots=True)
class Interruption:
    """An interruption of which it is not yet known whether it counts; moments in seconds of session time.

    Attributes:
        lasted: seconds by step; several steps if the question stayed open.
    """

    since: float
    until: float
    lasted: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Session:
    """The state of a session; moments in seconds of session time.

    Attributes:
        origin: seconds since 1970 at session time 0.
        current: the key of the current step; empty before the start and after the end.
        started: when the first step began.
        since: from when on the current step's time is not yet in its `spent`.
        previous: the key of the step left last.
        paused: when the pause began, if there is one.
        promised: the promised end.
        hard_end: the promised end in seconds since 1970, if it is a time of day.
        texts: the texts on text cards, by name (see `text_name`).
        drafts: lines typed and not entered, by field.
        answers: the answers in forms, by step, person and field.
        named: the people who agreed to be named, by step and person.
        turns_left: the turn of each step that was left, by step.
        stopped: the beginning and the end of the last interruption in which the group did not go on, until something
            shows that it has gone on since.
    """

    id: str
    kit: Kit
    language: str
    origin: float
    title: str = ""
    group: str = ""
    themes: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    plays: tuple[SessionStep, ...] = ()
    current: str = ""
    since: float = 0.0
    previous: str = ""
    started: float | None = None
    finished: float | None = None
    paused: float | None = None
    interruption: Interruption | None = None
    promised: float | None = None
    hard_end: float | None = None
    turn: Turn = Turn()
    turns_left: dict[str, Turn] = field(default_factory=dict)
    rounds_begun: int = 0
    stopped: tuple[float, float] | None = None
    items: tuple[Item, ...] = ()
    actions: tuple[Action, ...] = ()
    looked_back: tuple[SaidOf, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, str, str], str | int] = field(default_factory=dict)
    named: frozenset[tuple[str, str]] = frozenset()
    records: tuple[str, ...] = ()

    def heading(self, number: int = 0) -> str:
        """The session's title, or else the topic chosen (in round `number`), or else the kit's title."""
        if self.title:
            return self.title
        topic = next((i.text for i in self.in_section("topics", number) if i.chosen), "")
        return topic or in_language(self.kit.title, self.language)

    # -- the steps

    def play(self, key: str) -> SessionStep | None:
        """The step with that key."""
        return next((p for p in self.plays if p.key == key), None)

    @property
    def now_playing(self) -> SessionStep | None:
        """The current step."""
        return self.play(self.current) if self.current else None

    @property
    def place(self) -> int:
        """The index of the current step in `plays`; -1 before the start, `len(plays)` after the end."""
        for index, play in enumerate(self.plays):
            if play.key == self.current:
                return index
        return -1 if self.finished is None else len(self.plays)

    @property
    def to_come(self) -> tuple[SessionStep, ...]:
        """The steps still to come, in order."""
        return tuple(p for p in self.plays[self.place + 1 :] if p.outcome == "to come")

    def step_of(self, play: SessionStep) -> Step:
        """The step in the kit; an empty one for an unforeseen step."""
        return self.kit.step(play.step) or Step(
            id=play.key, title=play.title, speaks=("offeror", "contributor", "facilitator")
        )

    def card_of(self, play: SessionStep) -> Card | None:
        """The card of a step, if it has one; a notes card for an unforeseen step."""
        if not play.step:
            return Card(kind="text", fills="notes")
        return self.step_of(play).card

    # -- the people

    def person(self, name: str) -> Person | None:
        """The person with that name."""
        return next((p for p in self.people if p.name == name), None)

    @property
    def present(self) -> tuple[Person, ...]:
        """The people present."""
        return tuple(p for p in self.people if p.presence == "present")

    @property
    def facilitator(self) -> str:
        """The name of the person who leads; empty if nobody does."""
        return next((p.name for p in self.people if p.role == "facilitator"), "")

    @property
    def offeror(self) -> str:
        """The name of the person who asks; empty if nobody does."""
        play = self.now_playing
        if play and play.offeror:
            return play.offeror
        return next((p.name for p in self.people if p.role == "offeror"), "")

    @property
    def offerors(self) -> tuple[str, ...]:
        """The people who ask, in order: one, or everybody in a kit that repeats."""
        if self.kit.repeats:
            return tuple(dict.fromkeys(p.offeror for p in self.plays if p.round))
        return (self.offeror,)

    def role_of(self, person: Person) -> Role:
        """The person's role in the current step, in which another person may ask than at the opening."""
        play = self.now_playing
        if play and play.offeror:
            if person.name == play.offeror:
                return "offeror"
            return "contributor" if person.role == "offeror" or not self.kit.led else person.role
        return person.role

    # -- what is written

    @property
    def round(self) -> int:
        """The number of the current step's offeror, from 1; 0 for all."""
        play = self.now_playing
        return play.round if play else 0

    def in_section(self, section: str, round_: int | None = None) -> tuple[Item, ...]:
        """The entries of a section; with `round_`, only those of that offeror and those of all."""
        return tuple(
            i for i in self.items if i.section == section and (round_ is None or i.round in (0, round_) or not round_)
        )

    def item(self, item_id: str) -> Item | None:
        """The entry with that id."""
        return next((i for i in self.items if i.id == item_id), None)

    def text(self, name: str) -> str:
        """The text of that name; empty if there is none."""
        return self.texts.get(name, "")

    def role_word(self, role: Role) -> str:
        """The kit's own word for a role; empty if it has none."""
        return in_language(getattr(self.kit.roles, role), self.language)


def text_name(card: Card, play: SessionStep, field_id: str = "text") -> str:
    """The key of a card's text in `Session.texts`: the request has one for each offeror, notes for each step."""
    if card.fills in ("request", "follow_up"):
        name = f"{card.fills}.{field_id}"
        return f"{name}#{play.round}" if play.round else name
    return f"{card.fills}.{play.key}.{field_id}" if field_id != "text" else f"{card.fills}.{play.key}"
