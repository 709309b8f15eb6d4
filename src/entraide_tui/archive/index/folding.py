"""Folds texts and splits them into words: `common.text.fold`, but fast; a word is a run of letters and digits.

The index, queries and snippets all use this module, so that they agree on what a word is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common.text import fold

BREAK = "¶"
"""Separates two texts, so that no phrase matches across them; never part of a word."""
_FOREIGN = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Span = tuple[int, int]


class Term(NamedTuple):
    """Folded words in sequence; `whole`: the last one must match whole, else only its beginning."""

    words: tuple[str, ...]
    whole: bool = False


class TermPattern(NamedTuple):
    """A term compiled for folded texts: its first word, and the pattern of the whole term."""

    first: str
    pattern: re.Pattern[str]

    def spans_in(self, flat: str, begin: int = 0) -> Iterator[Span]:
        """The spans where the term matches in a folded text, each from the beginning of a word."""
        at = flat.find(self.first, begin)
        while at >= 0:
            if found := self.pattern.match(flat, at):
                yield found.span()
            at = flat.find(self.first, at + 1)


def compiled(term: Term) -> TermPattern:
    """Compile a term to the pattern of its words in sequence."""
    end = r"(?![^\W_])" if term.whole else ""
    rest = "".join(rf"(?:[^\w\n]|_)+{re.escape(word)}" for word in term.words[1:])
    return TermPattern(term.words[0], re.compile(rf"(?<![^\W_]){re.escape(term.words[0])}{rest}{end}"))


@lru_cache(maxsize=8192)
def _letter(letter: str) -> str:
    return fold(letter)


@lru_cache(maxsize=8192)
def _word_letter(letter: str) -> str:
    return "".join(char if char < "\x80" or char.isalnum() else " " for char in fold(letter))


def folded(text: str, letter: Callable[[str], str] = _letter) -> str:
    """The text folded as by `fold`, ten times as fast: few letters are not ASCII, and they are cached."""
    if text.isascii():
        return text.lower()
    for foreign in set("".join(_FOREIGN.findall(text))):
        text = text.replace(foreign, letter(foreign))
    return text.casefold()


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(folded(text))


def flat_lines(text: str) -> list[str]:
    """The folded lines of a text, with only ASCII between words, so that an ASCII tokenizer splits them rightly."""
    return folded(text, _word_letter).split("\n")


def spaced(lines: list[str]) -> str:
    """Folded texts joined for a full-text column, with a break between two texts."""
    return f" {BREAK} ".join(lines)


def spans(text: str, wanted: list[TermPattern]) -> list[Span]:
    """The spans of the matched words in a text, whole words, in order.

    Args:
        text: one line, as it is shown.
    """
    flat = folded(text)
    found: set[Span] = set()
    for pattern in wanted:
        for begin, end in pattern.spans_in(flat):
            # each word of a phrase is marked, whole
            for word in _WORD.finditer(flat, begin):
                if word.start() >= end:
                    break
                found.add(word.span())
    if text.isascii() or all(len(_letter(letter)) == 1 for letter in text if letter > "\x7f"):
        return sorted(found)
    return _unfolded(text, sorted(found))


def _unfolded(text: str, found: list[Span]) -> list[Span]:
    """Spans of the folded text as spans of the text itself: some letters fold into two, some into none."""
    starts: list[int] = []  # for each letter of the folded text, the letter that it comes from
    for index, letter in enumerate(text):
        starts += [index] * (1 if letter < "\x80" else len(_letter(letter)))
    starts.append(len(text))
    return [(starts[begin], max(starts[end], starts[end - 1] + 1)) for begin, end in found]
