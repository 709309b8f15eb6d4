"""What can happen in a session. One gesture of the facilitator is one event.

`at` is the moment, in seconds of the session's own time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from msgspec import Struct

from entraide_tui.kits.model import ActionStatus, Kit, Role  # noqa: TC001 - read when a journal is decoded


class Event(Struct, frozen=True, kw_only=True):
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


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What was said of an action of an earlier record.

    Attributes:
        record: the id of that record.
        number: which of its actions, counted from 0.
    """

    record: str
    number: int
    what: str
    who: str = ""
    status: ActionStatus = "open"
    tried: str = ""
    outcome: str = ""
    changes: str = ""


class Opened(Event, frozen=True, kw_only=True):
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


class Held(Event, frozen=True, kw_only=True):
    """A program has the session open: whose, for the message to a second one."""

    undoable: ClassVar[bool] = False
    host: str
    process: int
    boot: str = ""


class Interrupted(Event, frozen=True, kw_only=True):
    """Nobody knows what the group did between `since` and `at`: the machine slept, or the program was away."""

    undoable: ClassVar[bool] = False
    since: float


class InterruptionAnswered(Event, frozen=True, kw_only=True):
    """The facilitator says whether the group went on meanwhile."""

    went_on: bool


class ClockSet(Event, frozen=True, kw_only=True):
    """The system's time was changed: what the wall shows now belongs to another origin."""

    undoable: ClassVar[bool] = False
    origin: float


class Entered(Event, frozen=True, kw_only=True):
    """A step begins, or is opened again. The step before is done, or is still to come when one goes back.

    Attributes:
        earlier: seconds before `at` at which it really began.
    """

    play: str
    how: Literal["start", "next", "back", "jump"]
    earlier: float = 0.0


class Finished(Event, frozen=True, kw_only=True):
    """The last step is over."""


class Skipped(Event, frozen=True, kw_only=True):
    """A step is left out, with the step that comes instead, if it was the current one."""

    play: str
    to: str = ""


class ReasonGiven(Event, frozen=True, kw_only=True):
    """Why a step was skipped."""

    play: str
    reason: str


class Extended(Event, frozen=True, kw_only=True):
    """A step gets more seconds (or fewer); `taken` says from which steps they come."""

    play: str
    seconds: int
    taken: dict[str, int] = {}


class EndKept(Event, frozen=True, kw_only=True):
    """The promised end is kept: seconds given by each step to come."""

    taken: dict[str, int]


class EndPromised(Event, frozen=True, kw_only=True):
    """The group agrees on another end, in seconds since 1970; none: the sum of the steps."""

    hard_end: float | None


class Paused(Event, frozen=True, kw_only=True):
    """The clock of the step stands still."""


class Continued(Event, frozen=True, kw_only=True):
    """It goes on."""


class Inserted(Event, frozen=True, kw_only=True):
    """An unforeseen step, after the current one; no seconds: without a countdown."""

    play: str
    title: str
    seconds: int | None


class BeganEarlier(Event, frozen=True, kw_only=True):
    """The current step really began so many seconds before."""

    seconds: float


class Arrived(Event, frozen=True, kw_only=True):
    """Somebody comes, expected or not."""

    name: str
    role: Role = "contributor"


class Gone(Event, frozen=True, kw_only=True):
    """Somebody leaves."""

    name: str


class RoleGiven(Event, frozen=True, kw_only=True):
    """Somebody takes a role; who had it becomes a contributor."""

    name: str
    role: Role


class NextSpoke(Event, frozen=True, kw_only=True):
    """The turn goes to the next person."""


class Passed(Event, frozen=True, kw_only=True):
    """Whose turn it is passes, and will be asked again at the end."""


class SpeakerChosen(Event, frozen=True, kw_only=True):
    """This person speaks now."""

    name: str


class RoundBegun(Event, frozen=True, kw_only=True):
    """Another round, in the opposite order."""


class Written(Event, frozen=True, kw_only=True):
    """An entry on a card, or on the parking."""

    item: str
    section: str
    text: str
    by: str = ""
    kind: str = ""


class Rewritten(Event, frozen=True, kw_only=True):
    """An entry is changed; what is None stays."""

    item: str
    text: str | None = None
    by: str | None = None
    kind: str | None = None


class Removed(Event, frozen=True, kw_only=True):
    """An entry, an idea kept or an action is taken away."""

    item: str


class Unparked(Event, frozen=True, kw_only=True):
    """An idea comes back from the parking, as a contribution."""

    item: str
    kind: str = "idea"


class Voted(Event, frozen=True, kw_only=True):
    """A vote for an entry (or one less)."""

    item: str
    votes: int = 1


class TopicChosen(Event, frozen=True, kw_only=True):
    """The group works on this topic; who brought it is the offeror."""

    item: str
    chosen: bool = True


class Kept(Event, frozen=True, kw_only=True):
    """The offeror takes an idea along, from one contribution or more."""

    idea: str
    text: str
    sources: tuple[str, ...] = ()


class Planned(Event, frozen=True, kw_only=True):
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


class TextSet(Event, frozen=True, kw_only=True):
    """What a text holds now; comes while it is being typed.

    `name` is `request.text`, `request.context`, `follow_up.date`, `notes.<play>`, …
    """

    undoable: ClassVar[bool] = False
    name: str
    text: str


class Drafted(Event, frozen=True, kw_only=True):
    """A line that is being typed and not yet entered."""

    undoable: ClassVar[bool] = False
    field: str
    text: str


class Answered(Event, frozen=True, kw_only=True):
    """What a person (or the group: no name) answers to a form's question."""

    play: str
    by: str
    field: str
    answer: str | int | None


class NamingAgreed(Event, frozen=True, kw_only=True):
    """Whether a person agrees to be named beside what they feel."""

    play: str
    by: str
    named: bool


class LookedBack(Event, frozen=True, kw_only=True):
    """What somebody says of an action of an earlier record; said again, it replaces what was said."""

    undoable: ClassVar[bool] = False
    said: SaidOf


class Titled(Event, frozen=True, kw_only=True):
    """The session's title and themes."""

    title: str
    themes: tuple[str, ...] = ()


class Undone(Event, frozen=True, kw_only=True):
    """The event of that number (from 1, in the order of the journal) is as if it had never been."""

    undoable: ClassVar[bool] = False
    number: int


class Closing(Event, frozen=True, kw_only=True):
    """The records are being written under these ids, one for each offeror."""

    undoable: ClassVar[bool] = False
    records: tuple[str, ...]


def _all() -> dict[str, type[Event]]:
    return {cls.__name__: cls for cls in Event.__subclasses__()}


KINDS = _all()
"""Each event by the name that the journal gives it."""
