"""Estimate, without a browser, the largest font size at which a printed page fits on its sheet.

The fonts of browsers are unknown, so each letter is counted as wide as in the widest common one.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entraide_tui.exports.view import View

HEIGHT, WIDTH = 745.0, 493.0
"""Points: the area of an A4 sheet within the margins of the style."""
USUAL = 10.5
"""Points: the size for a page that takes several sheets in any case."""
SIZES = [s / 4 for s in range(46, 15, -1)]
"""Points: the sizes to try, from 11.5 down in quarters."""
_LINE = 1.42
"""The height of a line, in em."""
_NARROW = set("iljtfrI.,:;'’!|()[]/ -")
_WIDE = set("mwMW@%—…œæŒÆ&")
_VERY_WIDE = {"\ufdfd": 12.0, "\ufdfa": 5.0, "\ufdfb": 5.0, "⸻": 3.0, "⸺": 2.0, "𒐫": 6.0, "꧅": 4.0}


@functools.lru_cache(maxsize=8192)
def width(text: str) -> float:
    """The width of a text, in em."""
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
    """The number of lines of a text wrapped at `room` em; words are broken only if they are longer."""
    count = 0
    for part in text.split("\n"):
        count += 1
        used = 0.0
        for word in part.split(" "):
            wide = width(word)
            if used and used + 0.39 + wide > room:
                count, used = count + 1, 0.0
            if wide > room:  # broken anywhere, losing a little at each break
                more = int((used + wide) / max(1.0, room - 1.5))
                count, used = count + more, (used + wide) - more * (room - 1.5)
            else:
                used += wide + (0.39 if used else 0.0)
    return count


def size_of(sheet: View) -> float:
    """The largest size, in points, at which the page fits on its sheet; the smallest if none does."""
    return next((size for size in SIZES if height(sheet, size) <= HEIGHT), SIZES[-1])


def height(sheet: View, size: float) -> float:
    """The height of the page in the built-in style, in points, at a font size in points."""
    em = WIDTH / size

    def text(content: str, room: float, scale: float = 1.0) -> float:
        return lines(content, room / scale) * _LINE * scale

    total = text(sheet["title"], em, 1.85) + 1.6 + text(f"{sheet['date']} · {sheet['group']}", em)
    total += sum(text(f"{p['before']}{p['names']}{p['after']}", em) for p in sheet["people"])
    for section in sheet["sections"]:
        total += 3.4
        for number, part in enumerate(section["texts"]):
            scale = 1.2 if part["kind"] != "context" else 1.0
            total += text(part["text"], em - 2, scale) + (0.9 if number else 0.4)
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
            row = f"{entry['text']} {entry['people']}"
            total += lines(row, em - 3) * _LINE + 0.35
    return total
