"""Parked ideas among the notes of a record's file: marked so, or in older files known by their step."""

from __future__ import annotations

from typing import Any

from entraide_tui.common.text import fold

STEP = "parking"
"""The step of a parked note. In files of the version before, it alone tells, in both languages."""
_AROUND = " \t\"'«»“”‘’.:"


def is_parked(note: dict[str, Any]) -> bool:
    """Whether a note of a file is parked, and so never shared; an older file has no mark, only the step."""
    return bool(note["parked"]) if "parked" in note else _named(note)


def _named(note: dict[str, Any]) -> bool:
    step = note.get("step")
    return isinstance(step, str) and len(step) < 40 and fold(step).strip(_AROUND) == STEP


def to_write(note: dict[str, Any]) -> dict[str, Any]:
    """The note as it is written: marked as not parked if its step alone would make it look parked."""
    return {**note, "parked": False} if "parked" not in note and _named(note) else note


def with_marks(tables: dict[str, Any]) -> dict[str, Any]:
    """The tables of a file with every parked note marked."""
    notes = tables.get("notes")
    if not isinstance(notes, list):
        return tables
    return {**tables, "notes": [{**note, "parked": True} if is_parked(note) else note for note in notes]}
