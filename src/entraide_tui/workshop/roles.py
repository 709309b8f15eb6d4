"""The roles: one person asks, one leads, everybody else contributes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from entraide_tui.common.text import fold
from entraide_tui.workshop.events import Seat
from entraide_tui.workshop.state import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entraide_tui.kits.model import Role

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
