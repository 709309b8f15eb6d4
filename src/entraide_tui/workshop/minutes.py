"""Lengths as people type them: `5`, `-2`, « 2,5 », « 1h30 », `2:30`, "10 min"; alone, or after a title."""

from __future__ import annotations

import re

_SIGN = r"\s*(?P<sign>[+\-−]?)\s*"
_MINUTES = re.compile(_SIGN + r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:minutes?|mins?|mn|m|')?\s*\.?\s*", re.IGNORECASE)
_HOURS = re.compile(
    _SIGN + r"(?P<h>\d{1,2})\s*(?:heures?|hours?|hrs?|h)\s*(?:(?P<n>\d{1,2})\s*(?:min|mn|m)?)?\s*\.?\s*", re.IGNORECASE
)
_SECONDS = re.compile(_SIGN + r"(?P<n>\d{1,3})\s*(?::|min|mn|m|')\s*(?P<s>[0-5]\d)\s*(?:s|\")?\s*\.?\s*", re.IGNORECASE)


def understand_minutes(said: str) -> float | None:
    """Return the minutes that are meant, fewer than none with a minus; None where they can't be read.

    `2:30` is two minutes and a half, as the clock of a step shows it.
    """
    for pattern in (_MINUTES, _HOURS, _SECONDS):
        if found := pattern.fullmatch(said):
            parts = found.groupdict()
            minutes = float((parts["n"] or "0").replace(",", "."))
            minutes += 60 * int(parts.get("h") or 0) + int(parts.get("s") or 0) / 60
            return -minutes if parts["sign"] in ("-", "−") else minutes
    return None


def title_and_minutes(said: str) -> tuple[str, float | None]:
    """Split « Débat (15 min) » or "Break 1h30" into a title and its minutes; None: there are none at its end."""
    for found in re.finditer(r"(?:^|[\s(])(?=\d)", said):
        if (minutes := understand_minutes(said[found.end() :].rstrip(" )."))) is not None:
            return said[: found.start()].rstrip(" (,:–-"), minutes
    return said.strip(), None
