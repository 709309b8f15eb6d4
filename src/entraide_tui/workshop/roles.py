"""The roles: one person asks, one leads, everybody else contributes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from entraide_tui.common.text import fold
from entraide_tui.workshop.events import Seat
from entraide_tui.workshop.state import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entraide_tui.kits.model import Kit, Role
    from entraide_tui.workshop.state import Session

Somebody = TypeVar("Somebody", Person, Seat)
ROLES: tuple[Role, ...] = ("contributor", "offeror", "facilitator")
"""In the order in which a key goes through them; all but the first are for one person only."""


def given(people: Iterable[Somebody], name: str, role: Role) -> tuple[Somebody, ...]:
    """Give somebody a role; whoever had it becomes a contributor."""
    return tuple(
        replace(p, role=role) if p.name == name else replace(p, role="contributor") if p.role == role else p
        for p in people
    )


def free(others: Iterable[Somebody]) -> list[Role]:
    """The roles that the others leave free."""
    taken = {p.role for p in others}
    return [role for role in ROLES if role == "contributor" or role not in taken]


def with_next_role(seats: tuple[Seat, ...], index: int) -> tuple[Seat, ...]:
    """Give a person the next free role, so that nobody else loses theirs unnoticed."""
    seat = seats[index]
    roles = free(s for i, s in enumerate(seats) if i != index)
    role = roles[(roles.index(seat.role) + 1) % len(roles)] if seat.role in roles else roles[0]
    return (*seats[:index], replace(seat, role=role), *seats[index + 1 :])


def with_names(seats: tuple[Seat, ...], said: str, *, led: bool) -> tuple[Seat, ...]:
    """Add one person, or several separated by commas; nobody twice.

    Args:
        led: whether the kit has a facilitator, which is then the first person.
    """
    for name in (part.strip() for part in said.replace(";", ",").split(",")):
        if name and all(fold(s.name) != fold(name) for s in seats):
            seats = (*seats, Seat(name, "facilitator" if led and not seats else "contributor"))
    return seats


def for_topic(before: Session, after: Session, author: str) -> tuple[Person, ...]:
    """The people after a topic was chosen, or its choice taken back.

    The author becomes the offeror, unless they lead. Whoever was the offeror only for a topic that is no longer chosen
    becomes a contributor again.

    Args:
        author: of the topic that was just chosen; may be empty.
    """
    if after.kit.repeats:
        return after.people
    person = after.person(author)
    if person is not None and person.role != "facilitator":
        return given(after.people, author, "offeror")
    chosen = [i.by for i in after.in_section("topics") if i.chosen]
    lost = {i.by for i in before.in_section("topics") if i.chosen} - set(chosen)
    return tuple(replace(p, role="contributor") if p.role == "offeror" and p.name in lost else p for p in after.people)


def one_asks(kit: Kit) -> bool:
    """Whether a single person asks in this kit: it has a step for the offeror that isn't repeated for each."""
    return not kit.repeats and any(step.speaks == ("offeror",) for step in kit.steps)


def nobody_asks(session: Session) -> bool:
    """Whether a request is being worked on, or about to be, without an offeror."""
    play = session.now_playing
    if session.offeror or play is None or not one_asks(session.kit):
        return False
    step = session.step_of(play)
    fills = step.card.fills if step.card else ""
    return step.speaks == ("offeror",) or fills == "request" or any(i.chosen for i in session.in_section("topics"))
