"""Two versions of one file, side by side: the copies that synchronising programs make, the marks that git leaves."""

from __future__ import annotations

import re

_COPIES = (
    # Syncthing
    re.compile(r"(?P<stem>.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"),
    # Nextcloud, ownCloud, Dropbox, in English and in French, some with whose it is: x (Awa's conflicted copy 2026)
    re.compile(
        r"(?P<stem>.+?) ?\([^()]*(?:conflicted copy|case conflict|en conflit|copie conflictuelle)[^()]*\)",
        re.IGNORECASE,
    ),
    # ownCloud, before
    re.compile(r"(?P<stem>.+)_conflict-\d{8}-\d{6}"),
    # a file taken twice into a folder
    re.compile(r"(?P<stem>.+?) ?\(\d{1,3}\)"),
)
_MARK = re.compile(rb"^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)


def original(stem: str) -> str | None:
    """The name, without its ending, of the file that such a copy comes from; None where the name is no copy's."""
    for pattern in _COPIES:
        if found := pattern.fullmatch(stem):
            return found["stem"]
    return None


def marks(data: bytes) -> list[int]:
    """The lines, from 1, on which git's marks of an open conflict begin."""
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
