"""What may come: any valid kit, any group of people, any sequence of gestures on an invented clock, any event at all.

Moments are quarters of a second, so that sums of them are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import strategies as st

from entraide_tui.kits.model import Card, FormField, GroupSize, Kit, Minutes, Step
from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold, gestures
from entraide_tui.workshop import opening as beginning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.kits.model import Role
    from entraide_tui.workshop.state import Session

ORIGIN = 1_795_248_000.0
NAMES = ("Awa", "Jean", "Inès", "Marc", "Léa", "Paul", "Zoé")
STEP_IDS = ("accueil", "tour", "choix", "clarification", "contributions", "synthese", "cloture", "extra-1")
ROLES: tuple[Role, ...] = ("offeror", "facilitator", "contributor")
CARDS = (
    None,
    Card("list", "topics"),
    Card("text", "request"),
    Card("list", "contributions"),
    Card("form", "feelings", of="each", fields=(FormField("score", "scale", "?"),)),
)


# -- built by hand, for examples


def step(step_id: str, usual: float | None = None, least: float | None = None, **changes: Any) -> Step:  # noqa: ANN401
    """A step of a kit; can be shortened unless told otherwise."""
    minutes = None if usual is None else Minutes(usual if least is None else least, usual, usual * 2)
    wanted: dict[str, Any] = {"when_late": "shorten", "speaks": ("contributor",), **changes}
    return Step(id=step_id, title=step_id.capitalize(), minutes=minutes, **wanted)


def kit(*steps: Step, **changes: Any) -> Kit:  # noqa: ANN401
    """A kit of these steps."""
    return Kit(format=1, id="essai", version=1, title="Essai", steps=steps, **changes)


def seats(offeror: str = "", facilitator: str = "", *contributors: str) -> tuple[e.Seat, ...]:
    """A group."""
    led: list[tuple[str, Role]] = [(offeror, "offeror"), (facilitator, "facilitator")]
    rest: list[tuple[str, Role]] = [(name, "contributor") for name in contributors]
    return tuple(e.Seat(name, role) for name, role in (*led, *rest) if name)


def opening(a_kit: Kit, people: tuple[e.Seat, ...] = (), hard_end: float | None = None) -> e.Opened:
    """A session at its moment 0; `hard_end` in seconds of session time."""
    end = None if hard_end is None else ORIGIN + hard_end
    return e.Opened(at=0.0, session="s", origin=ORIGIN, language="fr", kit=a_kit, people=people, hard_end=end)


class Live:
    """A session led by hand in a test: what happened, and the state it led to."""

    def __init__(self, a_kit: Kit, *people: e.Seat, hard_end: float | None = None) -> None:
        self.history: list[e.Event] = [opening(a_kit, people, hard_end)]

    @property
    def session(self) -> Session:
        """The state now."""
        return fold.fold(self.history)

    def then(self, *happened: e.Event | None) -> Session:
        """Something happens; a gesture without effect is not expected here."""
        for event in happened:
            assert event is not None
            self.history.append(event)
        return self.session

    def next(self, at: float) -> Session:
        """The next step begins."""
        return self.then(gestures.next_step(self.session, at))

    def undo(self, at: float) -> Session:
        """The last gesture is taken back."""
        return self.then(e.Undone(at=at, number=fold.last_gesture(self.history)))


# -- any


def _minutes() -> st.SearchStrategy[Minutes]:
    twentieths = st.lists(st.integers(0, 600), min_size=3, max_size=3).map(sorted)
    return twentieths.map(lambda m: Minutes(m[0] / 20, max(1, m[1]) / 20, max(1, m[2]) / 20))


@st.composite
def kits(draw: st.DrawFn) -> Kit:
    """Any valid kit: with and without minutes, steps to drop, shorten and keep, steps that repeat."""
    ids = draw(st.lists(st.sampled_from(STEP_IDS), min_size=1, max_size=6, unique=True))
    repeats = draw(st.booleans())
    steps = [
        Step(
            id=step_id,
            title={"fr": step_id, "en": step_id.upper()},
            minutes=draw(st.none() | _minutes()),
            speaks=draw(st.sampled_from([(), ("contributor",), ("offeror", "contributor"), ("offeror",), ROLES])),
            turns=draw(st.sampled_from(["round", "free", "silent"])),
            when_late=draw(st.sampled_from(["drop", "shorten", "keep"])),
            repeat="offeror" if repeats and draw(st.booleans()) else "once",
            card=draw(st.sampled_from(CARDS)),
        )
        for step_id in ids
    ]
    if any(s.card and s.card.fills == "topics" for s in steps):
        steps.append(step("vote", card=Card("pick", "topics", from_="topics", max=draw(st.integers(1, 2)))))
    steps.append(step("plan", 10, 5, card=Card("actions", "actions")))
    size = draw(st.none() | st.tuples(st.integers(1, 4), st.integers(0, 8)).map(lambda s: GroupSize(s[0], sum(s))))
    return kit(*steps, group_size=size)


@st.composite
def groups(draw: st.DrawFn) -> tuple[e.Seat, ...]:
    """Any group: nobody, a pair, a table; at most one offeror and one facilitator; some not there yet."""
    names = draw(st.lists(st.sampled_from(NAMES[:5]), max_size=5, unique=True))
    roles: list[Role] = draw(st.permutations((*ROLES, "contributor", "contributor")))
    return tuple(
        e.Seat(name, role, draw(st.sampled_from((True, True, False)))) for name, role in zip(names, roles, strict=False)
    )


@st.composite
def openings(draw: st.DrawFn) -> e.Opened:
    """Any opening, with or without a promised end."""
    return opening(draw(kits()), draw(groups()), draw(st.none() | st.integers(0, 9000)))


@dataclass(frozen=True, slots=True)
class Move:
    """A gesture and how long it is waited for; numbers choose among what is there at that moment."""

    wait: float
    what: str
    number: int
    amount: int


MOVES = (
    "next", "next", "next", "back", "jump", "skip", "skip another", "extend", "extend another", "spread", "step",
    "keep end", "pause", "insert", "began earlier", "start earlier", "interrupted", "answer", "clock set",
    "promise", "arrive", "leave", "role", "speaker", "pass", "choose speaker", "round", "write", "topic", "keep idea",
    "remove", "plan", "vote", "type", "title",
)  # fmt: skip


def moves() -> st.SearchStrategy[list[Move]]:
    """Any sequence of gestures, on an invented clock."""
    one = st.builds(
        Move,
        wait=st.integers(0, 2400).map(lambda quarters: quarters / 4),
        what=st.sampled_from(MOVES),
        number=st.integers(0, 30),
        amount=st.integers(-900, 1800),
    )
    started = st.booleans().map(lambda now: [Move(0.0, "next", 0, 0)] if now else [])
    return st.builds(list.__add__, started, st.lists(one, min_size=6, max_size=30))


def happens(move: Move, session: Session, at: float, number: int) -> list[e.Event]:  # noqa: C901 - one case a gesture
    """What a gesture leads to; nothing where it makes no sense now."""
    play = session.plays[move.number % len(session.plays)].key
    name = NAMES[move.number % len(NAMES)]
    item = session.items[move.number % len(session.items)].id if session.items else ""
    new = f"i{number + 1}"
    found: e.Event | None
    match move.what:
        case "next":
            found = gestures.next_step(session, at)
        case "back":
            found = gestures.back(session, at)
        case "jump":
            found = gestures.jump(session, at, play)
        case "skip":
            found = gestures.skip(session, at)
        case "skip another":
            found = gestures.skip(session, at, play)
        case "extend":
            found = gestures.extend(session, at, move.amount)
        case "extend another":
            found = gestures.extend(session, at, move.amount, play=play)
        case "spread":
            found = gestures.extend(session, at, abs(move.amount), way="spread")
        case "step":
            found = gestures.extend(session, at, abs(move.amount), way="step", source=play)
        case "keep end":
            found = gestures.keep_end(session, at)
        case "pause":
            found = gestures.pause(session, at)
        case "insert":
            found = gestures.insert(session, at, "Imprévu", move.amount / 60 if move.amount > 0 else None)
        case "began earlier":
            found = gestures.began_earlier(session, at, abs(move.amount))
        case "start earlier":
            found = gestures.start_earlier(session, at, abs(move.amount))
        case "interrupted":
            found = e.Interrupted(at=at, since=at - move.wait)
        case "answer":
            found = gestures.answer_interruption(session, at, bool(move.number % 2))
        case "clock set":
            found = e.ClockSet(at=at, origin=session.origin + move.amount)
        case "promise":
            found = e.EndPromised(at=at, hard_end=session.origin + at + move.amount if move.number % 2 else None)
        case "arrive":
            found = e.Arrived(at=at, name=name)
        case "leave":
            found = e.Gone(at=at, name=name)
        case "role":
            found = e.RoleGiven(at=at, name=name, role=ROLES[move.amount % 3])
        case "speaker":
            found = gestures.next_speaker(session, at)
        case "pass":
            found = gestures.pass_turn(session, at)
        case "choose speaker":
            found = e.SpeakerChosen(at=at, name=name)
        case "round":
            found = gestures.second_round(session, at)
        case "write":
            section = ("topics", "contributions", "parking")[move.amount % 3]
            found = e.Written(at=at, item=new, section=section, text=f"mot {number}", by=name)
        case "topic":
            found = gestures.choose_topic(session, at, item)
        case "keep idea":
            found = gestures.keep_idea(session, at, item, new)
        case "remove":
            found = e.Removed(at=at, item=item) if item else None
        case "plan":
            found = e.Planned(at=at, action=new, what="Appeler", who=name)
        case "vote":
            found = e.Voted(at=at, item=item, votes=move.amount % 3 - 1)
        case "type":
            found = e.TextSet(at=at, name="request.text", text="a" * move.number)
        case _:
            found = e.Titled(at=at, title=f"titre {number}")
    return [] if found is None else [found]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a session, with the state before and after."""

    event: e.Event
    before: Session
    after: Session


def played(opened: e.Opened, sequence: list[Move]) -> Iterator[Happening]:
    """Leads a session: the gestures in order, each on the state that the ones before led to."""
    session, at, number = beginning.opened(opened), 0.0, 1
    for move in sequence:
        at += move.wait
        for event in happens(move, session, at, number):
            after = fold.apply(session, event)
            yield Happening(event, session, after)
            session, number = after, number + 1


def histories() -> st.SearchStrategy[list[e.Event]]:
    """Any session led by gestures, as its events."""
    return st.builds(
        lambda opened, sequence: [opened, *(h.event for h in played(opened, sequence))], openings(), moves()
    )


_TEXTS = st.text(max_size=8)
_KEYS = st.sampled_from((*STEP_IDS, "tour#2", "accueil#2", "extra-2", "plan", ""))
_IDS = st.sampled_from(("i1", "i2", "i3", ""))
_SOMEBODY = st.sampled_from((*NAMES, "", "personne"))
_BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "play": _KEYS,
    "to": _KEYS,
    "name": _SOMEBODY,
    "by": _SOMEBODY,
    "item": _IDS,
    "idea": _IDS,
    "action": _IDS,
    "number": st.integers(-2, 40),
    "seconds": st.integers(-10_000, 10_000),
    "earlier": st.integers(-10_000, 10_000),
    "since": st.integers(0, 10_000),
    "origin": st.integers(0, 2_000_000_000),
    "hard_end": st.none() | st.integers(0, 2_000_000_000),
    "taken": st.dictionaries(_KEYS, st.integers(0, 2000), max_size=3),
    "role": st.sampled_from(ROLES),
    "how": st.sampled_from(("start", "next", "back", "jump")),
    "section": st.sampled_from(("topics", "contributions", "ideas", "parking", "rien")),
    "went_on": st.booleans(),
    "chosen": st.booleans(),
    "named": st.booleans(),
    "votes": st.integers(-3, 3),
    "sources": st.lists(_IDS, max_size=2).map(tuple),
    "themes": st.lists(_TEXTS, max_size=2).map(tuple),
    "records": st.lists(_TEXTS, max_size=2).map(tuple),
    "answer": st.none() | st.integers() | _TEXTS,
    "process": st.integers(0, 9999),
    "said": st.builds(e.SaidOf, record=_TEXTS, number=st.integers(-2, 40), what=_TEXTS),
}


def any_event() -> st.SearchStrategy[e.Event]:
    """Any event but the opening, whether or not what it speaks of is there; moments may even go back."""
    return st.one_of(
        *(
            st.builds(
                kind,
                at=st.integers(0, 40_000).map(lambda quarters: quarters / 4),
                **{f.name: _BY_NAME.get(f.name, _TEXTS) for f in msgspec.structs.fields(kind) if f.name != "at"},
            )
            for kind in e.KINDS.values()
            if kind is not e.Opened
        )
    )
