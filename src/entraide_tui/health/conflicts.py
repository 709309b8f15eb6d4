"""Recognises conflicts: copies made by synchronising programs, and markers left by git."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_DAY = r"\d{4}-?\d\d-?\d\d"
_CLASH = r"(?:conflict|clash|en conflit|conflit|copie conflictuelle)"
_SYNCHRONISED = (
    # Syncthing
    r"(?P<stem>.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?",
    # Nextcloud, ownCloud, Dropbox, Obsidian, Seafile, some with a name: x (Awa's conflicted copy 2026-11-21)
    rf"(?P<stem>.+?) ?\([^()]*{_CLASH}[^()]*{_DAY}[^()]*\)",
    # older ownCloud and Nextcloud
    r"(?P<stem>.+)_conflict[-_]\d{8}[-_]\d{6}",
    # Synology: x_LAPTOP_Nov-21-101500-2026_Conflict
    r"(?P<stem>.+)_[^_]+_[A-Z][a-z]{2}-\d\d-\d{4,6}-\d{4}_(?:Case)?Conflict",
)
_BY_HAND_TOO = (
    # without a date: Dropbox (Case Conflict), Insync (conflict), pCloud [conflicted], Resilio .Conflict
    rf"(?P<stem>.+?) ?[(\[][^()\[\]]*{_CLASH}[^()\[\]]*[)\]]",
    r"(?P<stem>.+)\.conflict(?:ed)?",
    # OneDrive: with the name of the machine
    r"(?P<stem>.+)-(?:DESKTOP|LAPTOP|PC|MAC)-[A-Za-z0-9]+(?:-\d{1,3})?",
    # file managers: x (2), x 2, x - Copie, x (copie 2), x (3rd copy), x copy 2
    r"(?P<stem>.+?) ?\(\d{1,3}\)",
    r"(?P<stem>.+) \d{1,3}",
    r"(?P<stem>.+?) ?(?:- ?)?\((?:[^()]* )?(?:copie|copy)(?: \d{1,3})?\)",
    r"(?P<stem>.+?)[ _](?:- ?)?(?:copie|copy)(?: \d{1,3})?",
    r"(?:copie|copy|conflit|conflict)(?: ?\(\d{1,3}\))? (?:de|of) (?P<stem>.+)",
    # editors and git: x~, x~HEAD
    r"(?P<stem>.+)~\w*",
)
_MACHINE, _ANY = (tuple(re.compile(p, re.IGNORECASE) for p in patterns) for patterns in (_SYNCHRONISED, _BY_HAND_TOO))
_MARK = re.compile(rb"^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a name makes a copy of.

    Attributes:
        stem: the stem of the file that it is a copy of.
        sure: whether only a synchronising program writes such a name; else a person may have chosen it.
    """

    stem: str
    sure: bool


def original(stem: str, there: Container[str]) -> Origin | None:
    """The file that a file of this stem is a copy of, by its name; None if it is no copy of a file that is there.

    Args:
        stem: of a copy of a copy, the first file is returned.
        there: the stems of the other files.
    """
    found = None
    sure = False
    left = [(stem, False)]
    seen = {stem}
    while left:
        name, sure = left.pop()
        for patterns, machine in ((_MACHINE, True), (_ANY, False)):
            for pattern in patterns:
                match = pattern.fullmatch(name)
                if match and (shorter := match["stem"]) not in seen:
                    seen.add(shorter)
                    left.append((shorter, sure or machine))
                    if shorter in there and (found is None or len(shorter) < len(found.stem)):
                        found = Origin(shorter, sure or machine)
    return found


def marks(data: bytes) -> list[int]:
    """The lines, from 1, on which git's conflict markers begin."""
    if b"<<<<<<<" not in data or b">>>>>>>" not in data:
        return []
    out: list[int] = []
    begun = 0
    seen = set()
    for found in _MARK.finditer(data):
        sign = found[1][:1]
        if sign == b"<":
            begun, seen = data.count(b"\n", 0, found.start()) + 1, {sign}
        elif sign == b">" and begun and b"=" in seen:
            out.append(begun)
            begun = 0
        seen.add(sign)
    return out
