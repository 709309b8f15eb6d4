"""How large the letters of a printed page may be, told without a browser: an estimate on the safe side.

Browsers choose among fonts that we do not know, so each letter is counted as wide as in the widest usual one.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entraide_tui.exports.view import View

HEIGHT, WIDTH = 745.0, 493.0
"""Points of an A4 sheet between the margins of the style."""
USUAL = 10.5
"""Points, for what takes several sheets anyhow."""
SIZES = [s / 4 for s in range(46, 15, -1)]
"""From 11.5 points down by quarters to what only a page of nothing but wide signs needs."""
_LINE = 1.42
"""The height of a line, in letters."""
_NARROW = set("iljtfrI.,:;'’!|()[]/ -")
_WIDE = set("mwMW@%—…œæŒÆ&")
_VERY_WIDE = {"\ufdfd": 12.0, "\ufdfa": 5.0, "\ufdfb": 5.0, "⸻": 3.0, "⸺": 2.0, "𒐫": 6.0, "꧅": 4.0}


@functools.lru_cache(maxsize=8192)
def width(text: str) -> float:
    """In letters' sizes (em)."""
    return sum(map(_width, text))


def _width(char: str) -> float:
    if char in _NARROW:
        return 0.39
    if char in _WIDE:
        return 1.02
    if "\u0020" < char < "\u0250":
        return 0.8 if char.isupper() else 0.66
    if char in _VERY_WIDE:
        return _VERY_WIDE[char]
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.4 if unicodedata.east_asian_width(char) in "WF" or char >= "\U00010000" else 1.15


def lines(text: str, room: float) -> int:
    """How many lines a text takes where so many em are free: words are kept whole where they can be."""
    count = 0
    for part in text.split("\n"):
        count += 1
        used = 0.0
        for word in part.split(" "):
            wide = width(word)
            if used and used + 0.39 + wide > room:
                count, used = count + 1, 0.0
            if wide > room:  # broken anywhere, a little lost at each break
                more = int((used + wide) / max(1.0, room - 1.5))
                count, used = count + more, (used + wide) - more * (room - 1.5)
            else:
                used += wide + (0.39 if used else 0.0)
    return count


def size_of(sheet: View) -> float:
    """The largest size, in points, at which the page holds on its sheet; the smallest where none does."""
    return next((size for size in SIZES if height(sheet, size) <= HEIGHT), SIZES[-1])


def height(sheet: View, size: float) -> float:
    """Points that the page takes at that size of letters, in the layout of the built-in style."""
    em = WIDTH / size

    def text(said: str, room: float, scale: float = 1.0) -> float:
        return lines(said, room / scale) * _LINE * scale

    total = text(sheet["title"], em, 1.85) + 1.6 + text(f"{sheet['date']} · {sheet['group']}", em)
    total += sum(text(f"{p['before']}{p['names']}{p['after']}", em) for p in sheet["people"])
    for section in sheet["sections"]:
        total += 3.4
        for number, said in enumerate(section["texts"]):
            scale = 1.2 if said["kind"] != "context" else 1.0
            total += text(said["text"], em - 2, scale) + (0.9 if number else 0.4)
        total += _entries(section, em)
    return total * size


def _entries(section: dict[str, Any], em: float) -> float:
    total = 0.0
    table = section["id"] == "actions"
    total += 2.2 if table and section["entries"] else 0.0
    for entry in section["entries"]:
        if table:
            column = em * 0.54 - 3
            first = lines(entry["text"], column) + sum(lines(s["before"] + s["text"], column) for s in entry["steps"])
            first += lines(entry["idea"], column) if entry["idea"] else 0
            beside = max(lines(entry["people"], em * 0.19 - 1), lines(entry["due"], em * 0.27 - 1))
            total += max(first, beside) * _LINE + 0.9
        else:
            said = f"{entry['text']} {entry['people']}"
            total += lines(said, em - 3) * _LINE + 0.35
    return total
