"""Gestures about people: turns, arrivals, departures, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from entraide_tui.kits.model import Role
    from entraide_tui.workshop.state import Session


def next_speaker(session: Session, at: float) -> e.Event | None:
    """Give the turn to the next person."""
    return e.NextSpoke(at=at) if session.turn.order and not session.turn.complete else None


def pass_turn(session: Session, at: float) -> e.Event | None:
    """Let the speaker pass; they are asked again at the end."""
    return e.Passed(at=at) if session.turn.speaker else None


def second_round(session: Session, at: float) -> e.Event | None:
    """Begin another round, in the opposite order."""
    return e.RoundBegun(at=at) if session.turn.order else None


def choose_speaker(session: Session, at: float, name: str) -> e.Event | None:
    """Give the turn to a person."""
    return e.SpeakerChosen(at=at, name=name) if any(p.name == name for p in session.present) else None


def arrive(session: Session, at: float, name: str) -> e.Event | None:
    """Note that somebody arrives, expected or not."""
    person = session.person(name)
    if not name or (person is not None and person.presence == "present"):
        return None
    return e.Arrived(at=at, name=name)


def leave(session: Session, at: float, name: str) -> e.Event | None:
    """Note that somebody leaves."""
    return e.Gone(at=at, name=name) if session.person(name) is not None else None


def give_role(session: Session, at: float, name: str, role: Role) -> e.Event | None:
    """Give somebody a role; whoever had it becomes a contributor."""
    return e.RoleGiven(at=at, name=name, role=role) if session.person(name) is not None else None
