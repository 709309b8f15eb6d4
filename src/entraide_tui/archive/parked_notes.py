"""Which notes of a record's file are ideas that were still put aside: marked so, or in older files by their step."""

from __future__ import annotations

from typing import Any

from entraide_tui.common.text import fold

STEP = "parking"
"""The step of a note that is parked. Files of the version before are told by it alone, in both languages."""
_AROUND = " \t\"'«»“”‘’.:"


def is_parked(note: dict[str, Any]) -> bool:
    """Whether a note, as a file has it, must stay home: an older file has no mark, and speaks of the step only."""
    return bool(note["parked"]) if "parked" in note else _named(note)


def _named(note: dict[str, Any]) -> bool:
    step = note.get("step")
    return isinstance(step, str) and len(step) < 40 and fold(step).strip(_AROUND) == STEP


def told(note: dict[str, Any]) -> dict[str, Any]:
    """The note as it is written: one that is not parked says so where its step would be taken for the parking."""
    return {**note, "parked": False} if "parked" not in note and _named(note) else note


def understood(found: dict[str, Any]) -> dict[str, Any]:
    """A file's tables in which each note that is parked is marked."""
    notes = found.get("notes")
    if not isinstance(notes, list):
        return found
    return {**found, "notes": [{**note, "parked": True} if is_parked(note) else note for note in notes]}
