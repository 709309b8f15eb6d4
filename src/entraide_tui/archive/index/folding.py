"""Words as they are compared: `common.text.fold`, fast, and cut at everything that is neither letter nor digit.

The index, the query and the marks in a snippet are all made here, so that they agree on what a word is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common.text import fold

BREAK = "¶"
"""Stands between two texts, so that no phrase is found across them; never a part of a word."""
_FOREIGN = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Span = tuple[int, int]


class Term(NamedTuple):
    """Folded words that follow each other; `whole`: the last one too is meant as it stands, else by its beginning."""

    words: tuple[str, ...]
    whole: bool = False


class Sought(NamedTuple):
    """A term as it is looked for in folded texts: its first word, and what its place must look like."""

    first: str
    pattern: re.Pattern[str]

    def places(self, flat: str, begin: int = 0) -> Iterator[Span]:
        """Where it stands in a folded text, from the beginning of a word on."""
        at = flat.find(self.first, begin)
        while at >= 0:
            if found := self.pattern.match(flat, at):
                yield found.span()
            at = flat.find(self.first, at + 1)


def sought(term: Term) -> Sought:
    """What finds the term's words one after the other."""
    end = r"(?![^\W_])" if term.whole else ""
    rest = "".join(rf"(?:[^\w\n]|_)+{re.escape(word)}" for word in term.words[1:])
    return Sought(term.words[0], re.compile(rf"(?<![^\W_]){re.escape(term.words[0])}{rest}{end}"))


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
