"""Understands lengths as people type them: `5`, `-2`, « 2,5 », « 1h30 », `2:30`, "10 min", also after a title."""

from __future__ import annotations

import re

_SIGN = r"\s*(?P<sign>[+\-−]?)\s*"
_MINUTES = re.compile(_SIGN + r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:minutes?|mins?|mn|m|')?\s*\.?\s*", re.IGNORECASE)
_HOURS = re.compile(
    _SIGN + r"(?P<h>\d{1,2})\s*(?:heures?|hours?|hrs?|h)\s*(?:(?P<n>\d{1,2})\s*(?:min|mn|m)?)?\s*\.?\s*", re.IGNORECASE
)
_SECONDS = re.compile(_SIGN + r"(?P<n>\d{1,3})\s*(?::|min|mn|m|')\s*(?P<s>[0-5]\d)\s*(?:s|\")?\s*\.?\s*", re.IGNORECASE)


def understand_minutes(said: str) -> float | None:
    """The minutes that are meant, negative after a minus; None if the text is no length.

    `2:30` is two and a half minutes, as a step's clock shows it.
    """
    for pattern in (_MINUTES, _HOURS, _SECONDS):
        if found := pattern.fullmatch(said):
            parts = found.groupdict()
            minutes = float((parts["n"] or "0").replace(",", "."))
            minutes += 60 * int(parts.get("h") or 0) + int(parts.get("s") or 0) / 60
            return -minutes if parts["sign"] in ("-", "−") else minutes
    return None


def title_and_minutes(said: str) -> tuple[str, float | None]:
    """Split « Débat (15 min) » or "Break 1h30" into a title and minutes, None if it doesn't end with any."""
    for found in re.finditer(r"(?:^|[\s(])(?=\d)", said):
        if (minutes := understand_minutes(said[found.end() :].rstrip(" )."))) is not None:
            return said[: found.start()].rstrip(" (,:–-"), minutes
    return said.strip(), None
