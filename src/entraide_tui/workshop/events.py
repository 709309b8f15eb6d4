"""What can happen in a session. One gesture of the facilitator is one event.

`at` is the moment, in seconds of the session's own time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from entraide_tui.kits.model import Kit, Role  # noqa: TC001 - read when a journal is decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The base of all.

    Attributes:
        undoable: whether it is a gesture that can be taken back.
    """

    undoable: ClassVar[bool] = True
    at: float


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at the opening."""

    name: str
    role: Role = "contributor"
    present: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The session exists; the kit as it will be played is kept with it.

    Attributes:
        origin: seconds since 1970 at the session's moment 0.
        hard_end: seconds since 1970 of an end that was promised, if any.
    """

    undoable: ClassVar[bool] = False
    session: str
    origin: float
    language: str
    kit: Kit
    title: str = ""
    group: str = ""
    themes: tuple[str, ...] = ()
    people: tuple[Seat, ...] = ()
    hard_end: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Event):
    """A program has the session open: whose, for the message to a second one."""

    undoable: ClassVar[bool] = False
    host: str
    process: int
    boot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted(Event):
    """Nobody knows what the group did between `since` and `at`: the machine slept, or the program was away."""

    undoable: ClassVar[bool] = False
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InterruptionAnswered(Event):
    """The facilitator says whether the group went on meanwhile."""

    went_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSet(Event):
    """The system's time was changed: what the wall shows now belongs to another origin."""

    undoable: ClassVar[bool] = False
    origin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Event):
    """A step begins, or is opened again. The step before is done, or is still to come when one goes back."""

    play: str
    how: Literal["start", "next", "back", "jump"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Event):
    """The last step is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Event):
    """A step is left out, with the step that comes instead, if it was the current one."""

    play: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonGiven(Event):
    """Why a step was skipped."""

    play: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Event):
    """A step gets more seconds (or fewer); `taken` says from which steps they come."""

    play: str
    seconds: int
    taken: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndKept(Event):
    """The promised end is kept: seconds given by each step to come."""

    taken: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPromised(Event):
    """The group agrees on another end, in seconds since 1970; none: the sum of the steps."""

    hard_end: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    """The clock of the step stands still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued(Event):
    """It goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted(Event):
    """An unforeseen step, after the current one; no seconds: without a countdown."""

    play: str
    title: str
    seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeganEarlier(Event):
    """The current step really began so many seconds before."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Event):
    """Somebody comes, expected or not."""

    name: str
    role: Role = "contributor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone(Event):
    """Somebody leaves."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(Event):
    """Somebody takes a role; who had it becomes a contributor."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSpoke(Event):
    """The turn goes to the next person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed(Event):
    """Whose turn it is passes, and will be asked again at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerChosen(Event):
    """This person speaks now."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBegun(Event):
    """Another round, in the opposite order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Event):
    """An entry on a card, or on the parking."""

    item: str
    section: str
    text: str
    by: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten(Event):
    """An entry is changed; what is None stays."""

    item: str
    text: str | None = None
    by: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed(Event):
    """An entry, an idea kept or an action is taken away."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unparked(Event):
    """An idea comes back from the parking, as a contribution."""

    item: str
    kind: str = "idea"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Event):
    """A vote for an entry (or one less)."""

    item: str
    votes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChosen(Event):
    """The group works on this topic; who brought it is the offeror."""

    item: str
    chosen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Event):
    """The offeror takes an idea along, from one contribution or more."""

    idea: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Event):
    """An action of the plan, new or changed.

    Attributes:
        due: a date as 2026-12-05; empty where there is none.
        idea: the id of the idea kept that it carries out.
    """

    action: str
    what: str
    who: str = ""
    due: str = ""
    first_step: str = ""
    idea: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSet(Event):
    """What a text holds now; comes while it is being typed.

    `name` is `request.text`, `request.context`, `follow_up.date`, `notes.<play>`, …
    """

    undoable: ClassVar[bool] = False
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Event):
    """A line that is being typed and not yet entered."""

    undoable: ClassVar[bool] = False
    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """What a person (or the group: no name) answers to a form's question."""

    play: str
    by: str
    field: str
    answer: str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingAgreed(Event):
    """Whether a person agrees to be named beside what they feel."""

    play: str
    by: str
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled(Event):
    """The session's title and themes."""

    title: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Event):
    """The event of that number (from 1, in the order of the journal) is as if it had never been."""

    undoable: ClassVar[bool] = False
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Event):
    """The records are being written under these ids, one for each offeror."""

    undoable: ClassVar[bool] = False
    records: tuple[str, ...]


def _all() -> dict[str, type[Event]]:
    return {cls.__name__: cls for cls in Event.__subclasses__()}


KINDS = _all()
"""Each event by the name that the journal gives it."""
