"""Words as they are compared: `ground.text.fold`, fast, and cut at everything that is neither letter nor digit.

The index, the query and the marks in a snippet are all made here, so that they agree on what a word is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from entraide_tui.common.text import fold

BREAK = "¶"
"""Stands between two texts, so that no phrase is found across them; never a part of a word."""
_FOREIGN = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_BREAK = re.compile(r"[^\W_]+|\n")
if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.archive.index.query import Sought

Span = tuple[int, int]


@lru_cache(maxsize=8192)
def _letter(letter: str) -> str:
    return fold(letter)


@lru_cache(maxsize=8192)
def _word_letter(letter: str) -> str:
    return "".join(one if one < "\x80" or one.isalnum() else " " for one in fold(letter))


def folded(text: str, letter: Callable[[str], str] = _letter) -> str:
    """What `fold` gives, in a tenth of its time: few letters are not ASCII, and they come again and again."""
    if text.isascii():
        return text.lower()
    for foreign in set("".join(_FOREIGN.findall(text))):
        text = text.replace(foreign, letter(foreign))
    return text.casefold()


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(folded(text))


def flat_lines(text: str) -> list[str]:
    """The folded lines of a text; what is neither letter nor digit in them is ASCII: a tokenizer need not know more."""
    return folded(text, _word_letter).split("\n")


def spaced(lines: list[str]) -> str:
    """Folded texts as a full text takes them: with a break between two texts."""
    return f" {BREAK} ".join(lines)


def column(lines: list[str]) -> str:
    """The same with one space between two words and nothing else, for a search without tokenizer."""
    return " ".join(_WORD_OR_BREAK.findall("\n".join(lines))).replace("\n", BREAK)


def spans(text: str, wanted: list[Sought]) -> list[Span]:
    """Where in a text the wanted words stand: whole words of the text as it is written, in order.

    Args:
        text: one line, as it is shown.
        wanted: what is looked for in the folded text.
    """
    flat = folded(text)
    found: set[Span] = set()
    for one in wanted:
        for begin, end in one.places(flat):
            # each word of a phrase is marked, whole
            for word in _WORD.finditer(flat, begin):
                if word.start() >= end:
                    break
                found.add(word.span())
    if text.isascii() or all(len(_letter(letter)) == 1 for letter in text if letter > "\x7f"):
        return sorted(found)
    return _unfolded(text, sorted(found))


def _unfolded(text: str, found: list[Span]) -> list[Span]:
    """Places in the folded text as places in the text itself: some letters fold into two, some into none."""
    starts: list[int] = []  # for each letter of the folded text, the letter that it comes from
    for index, letter in enumerate(text):
        starts += [index] * (1 if letter < "\x80" else len(_letter(letter)))
    starts.append(len(text))
    return [(starts[begin], max(starts[end], starts[end - 1] + 1)) for begin, end in found]
