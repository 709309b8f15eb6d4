"""The events of a session. One gesture of the facilitator is one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from msgspec import Struct

from entraide_tui.kits.model import ActionStatus, Kit, Role  # noqa: TC001 - read when a journal is decoded


class Event(Struct, frozen=True, kw_only=True):
    """An event.

    Attributes:
        at: the moment, in seconds of session time.
        undoable: whether the facilitator can take it back.
    """

    undoable: ClassVar[bool] = True
    at: float


@dataclass(frozen=True, slots=True)
class Seat:
    """A person of the group when the session is opened."""

    name: str
    role: Role = "contributor"
    present: bool = True


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What was said of an action of an earlier record.

    Attributes:
        record: the id of that record.
        number: the action's number in it, from 0.
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
    """The session is opened; the kit is copied into the event, so that later changes to it have no effect.

    Attributes:
        session: the session's id.
        origin: seconds since 1970 at session time 0.
        hard_end: the promised end in seconds since 1970, if any.
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
    """A program has opened the session; a second program can say which."""

    undoable: ClassVar[bool] = False
    host: str
    process: int
    boot: str = ""


class Interrupted(Event, frozen=True, kw_only=True):
    """The program was away, or the machine asleep, from `since` to `at`: what the group did then is unknown."""

    undoable: ClassVar[bool] = False
    since: float


class InterruptionAnswered(Event, frozen=True, kw_only=True):
    """The facilitator says whether the group went on during an interruption."""

    went_on: bool


class ClockSet(Event, frozen=True, kw_only=True):
    """The system's clock was set: `origin` is the new time of session time 0, in seconds since 1970."""

    undoable: ClassVar[bool] = False
    origin: float


class Entered(Event, frozen=True, kw_only=True):
    """A step begins, or is opened again; the step left is done, or to come again if one goes back.

    Attributes:
        play: the step's key.
        earlier: by how many seconds before `at` the step really began.
    """

    play: str
    how: Literal["start", "next", "back", "jump"]
    earlier: float = 0.0


class Finished(Event, frozen=True, kw_only=True):
    """The workshop is over."""


class Skipped(Event, frozen=True, kw_only=True):
    """A step is skipped; `to`: the step that begins instead, if it was the current one."""

    play: str
    to: str = ""


class ReasonGiven(Event, frozen=True, kw_only=True):
    """The reason why a step was skipped."""

    play: str
    reason: str


class Extended(Event, frozen=True, kw_only=True):
    """A step gets more seconds, or fewer; `taken`: the seconds that other steps give, by key."""

    play: str
    seconds: int
    taken: dict[str, int] = {}


class EndKept(Event, frozen=True, kw_only=True):
    """Steps are shortened to end at the promised time; `taken`: the seconds that each gives, by key."""

    taken: dict[str, int]


class EndPromised(Event, frozen=True, kw_only=True):
    """Another end is promised, in seconds since 1970; None: the end that the steps add up to."""

    hard_end: float | None


class Paused(Event, frozen=True, kw_only=True):
    """The clock of the current step is paused."""


class Continued(Event, frozen=True, kw_only=True):
    """The clock of the current step goes on."""


class Inserted(Event, frozen=True, kw_only=True):
    """An unforeseen step is inserted after the current one; `seconds` None: without a countdown."""

    play: str
    title: str
    seconds: int | None


class BeganEarlier(Event, frozen=True, kw_only=True):
    """The beginning of the current step is put back by `seconds`."""

    seconds: float


class Arrived(Event, frozen=True, kw_only=True):
    """Somebody arrives, expected or not."""

    name: str
    role: Role = "contributor"


class Gone(Event, frozen=True, kw_only=True):
    """Somebody leaves."""

    name: str


class RoleGiven(Event, frozen=True, kw_only=True):
    """Somebody takes a role; whoever had it becomes a contributor."""

    name: str
    role: Role


class NextSpoke(Event, frozen=True, kw_only=True):
    """The turn goes to the next person."""


class Passed(Event, frozen=True, kw_only=True):
    """The speaker passes, and is asked again at the end of the round."""


class SpeakerChosen(Event, frozen=True, kw_only=True):
    """The turn goes to this person."""

    name: str


class RoundBegun(Event, frozen=True, kw_only=True):
    """Another round begins, in the opposite order."""


class Written(Event, frozen=True, kw_only=True):
    """An entry is written on a card, or parked; `item` is its id."""

    item: str
    section: str
    text: str
    by: str = ""
    kind: str = ""


class Rewritten(Event, frozen=True, kw_only=True):
    """An entry is changed; None leaves a field as it is."""

    item: str
    text: str | None = None
    by: str | None = None
    kind: str | None = None


class Removed(Event, frozen=True, kw_only=True):
    """An entry, an idea kept or an action is removed."""

    item: str


class Unparked(Event, frozen=True, kw_only=True):
    """A parked idea becomes a contribution."""

    item: str
    kind: str = "idea"


class Voted(Event, frozen=True, kw_only=True):
    """An entry gets votes; negative: fewer."""

    item: str
    votes: int = 1


class TopicChosen(Event, frozen=True, kw_only=True):
    """A topic is chosen, or no longer; whoever brought it is the offeror."""

    item: str
    chosen: bool = True


class Kept(Event, frozen=True, kw_only=True):
    """The offeror keeps an idea; `sources`: the ids of the contributions that it comes from."""

    idea: str
    text: str
    sources: tuple[str, ...] = ()


class Planned(Event, frozen=True, kw_only=True):
    """An action of the plan is added or changed.

    Attributes:
        due: as 2026-12-05; empty if there is none.
        idea: the id of the idea kept that it carries out; may be empty.
    """

    action: str
    what: str
    who: str = ""
    due: str = ""
    first_step: str = ""
    idea: str = ""


class TextSet(Event, frozen=True, kw_only=True):
    """A text has changed, also while it is being typed.

    `name` is `request.text`, `request.context`, `follow_up.date`, `notes.<play>`, …
    """

    undoable: ClassVar[bool] = False
    name: str
    text: str


class Drafted(Event, frozen=True, kw_only=True):
    """A line is being typed, and not yet entered."""

    undoable: ClassVar[bool] = False
    field: str
    text: str


class Answered(Event, frozen=True, kw_only=True):
    """A person, or the group (no name), answers a question of a form; None removes the answer."""

    play: str
    by: str
    field: str
    answer: str | int | None


class NamingAgreed(Event, frozen=True, kw_only=True):
    """A person agrees to be named beside what they feel, or no longer does."""

    play: str
    by: str
    named: bool


class LookedBack(Event, frozen=True, kw_only=True):
    """Something is said of an action of an earlier record; it replaces what was said before."""

    undoable: ClassVar[bool] = False
    said: SaidOf


class Titled(Event, frozen=True, kw_only=True):
    """The session gets a title and themes."""

    title: str
    themes: tuple[str, ...] = ()


class Undone(Event, frozen=True, kw_only=True):
    """The event of that number, counted from 1 in the journal, is taken back."""

    undoable: ClassVar[bool] = False
    number: int


class Closing(Event, frozen=True, kw_only=True):
    """The records are being written under these ids, one for each offeror."""

    undoable: ClassVar[bool] = False
    records: tuple[str, ...]


def _all() -> dict[str, type[Event]]:
    return {cls.__name__: cls for cls in Event.__subclasses__()}


KINDS = _all()
"""The event classes by their names in the journal."""
