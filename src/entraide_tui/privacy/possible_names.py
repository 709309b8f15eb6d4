"""Words that may be names of people, places or employers whom no field of the workspace names: for a person to look at.

A word is looked up in simplemma's word list of the record's language. What no list knows may be a name, wherever it
stands: within a sentence, at its beginning, after a colon, in small letters. What a list knows is an ordinary word,
unless it has a capital inside a sentence or is a first name as well.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common.text import fold
from entraide_tui.privacy.contact_details import find_contacts
from entraide_tui.privacy.french_articles import BEGINS
from entraide_tui.privacy.name_lists import FREQUENT_FIRST_NAMES, NO_CANDIDATES, ORDINARY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entraide_tui.privacy.names import Finder

MOST = 40
"""Words of each kind that are told."""
LONGEST_TEXT = 200_000
"""Characters of one text that are looked through for words in small letters."""
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w’'\-]*"
_RUN = re.compile(rf"{_CAPITAL}(?:(?:[ \u00a0]|[ \u00a0](?:de|du|des|la|le|les|of|the|d['’])[ \u00a0]?){_CAPITAL})*")
_ELIDED = r"(?:[dlnsmtcj]|qu|lorsqu|puisqu|jusqu|quelqu)['’]"
_APART = re.compile(rf"^{_ELIDED}", re.IGNORECASE)
_SMALL = re.compile(
    rf"(?<![\w’'.-])(?:{_ELIDED})?(?P<word>[^\W\d_]{{3,40}}(?:-[^\W\d_]{{2,40}})*)(?:['’][a-z]{{1,3}})?(?!\w)"
)
_AFTER_SIGN = re.compile(r"[:«“\"(]\s*$")
_LETTERS_APART = re.compile(r"(?<![\w.])(?:[^\W\d_a-zà-öø-ÿ]\.[ \u00a0\u202f-]?){1,3}[^\W\d_a-zà-öø-ÿ]\.(?![\w.])")
"""Initials: “Z.K.”, “J.-P.”."""


class PossibleNames(NamedTuple):
    """Words that may be names, the most frequent first: written with a capital, or in small letters."""

    capital: tuple[str, ...]
    small: tuple[str, ...]


def possible_names(texts: Iterable[str], finder: Finder, language: str) -> PossibleNames:
    """The words of texts that may be names.

    Args:
        texts: what leaves.
        finder: finds the names that are known already, and the words that were said to be none.
        language: `fr` or `en`: which list of words counts.
    """
    capitals: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        taken = [(one.start, one.end) for one in finder.find(text)]
        taken += [(one.start, one.end) for one in find_contacts(text)]
        spans = _Spans(taken)
        for word, start in _with_capital(text, language):
            if spans.free(start, start + len(word)):
                capitals[word] += 1
        for match in _LETTERS_APART.finditer(text):
            if spans.free(match.start(), match.end()):
                capitals[match[0].strip()] += 1
        for match in _SMALL.finditer(text[:LONGEST_TEXT]):
            word = match["word"]
            if word.islower() and spans.free(match.start("word"), match.end("word")) and _unheard(word, language):
                small[word] += 1
    return PossibleNames(_ranked(capitals), _ranked(small))


def _ranked(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(word for word, _n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST])


class _Spans:
    """Stretches of a text that are known already, asked for in the order of the text."""

    def __init__(self, taken: list[tuple[int, int]]) -> None:
        self._taken = sorted(taken)

    def free(self, start: int, end: int) -> bool:
        from bisect import bisect_left

        at = bisect_left(self._taken, (end, 0))
        return not (at and self._taken[at - 1][1] > start) and not (at > 1 and self._taken[at - 2][1] > start)


def _with_capital(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Runs of words with a capital: all inside a sentence; at its beginning those that are no ordinary word."""
    for match in _RUN.finditer(text):
        word, start = match[0], match.start()
        cut = _APART.match(word)
        if cut:
            start, word = start + cut.end(), word[cut.end() :]
            if word[:1].islower():  # « D’après Kader »
                small, _space, rest = word.partition(" ")
                start, word = start + len(small) + 1, rest
        word = re.sub(r"['’]s?$", "", word.rstrip("-'’"))
        if not word[:1].isupper() or len(word) < 2 or fold(word) in NO_CANDIDATES:
            continue
        before = text[max(0, match.start() - 80) : match.start()]
        begins = bool(BEGINS.search(before)) if before else True
        if (begins and not cut) or (_AFTER_SIGN.search(before) and not word.isupper()):
            first, _space, rest = word.partition(" ")
            if _ordinary(first, language):
                if rest[:1].isupper():  # “Voir Kader”: what follows is inside the sentence
                    yield rest, start + len(first) + 1
                continue
        yield word, start


def _ordinary(word: str, language: str) -> bool:
    """Whether a word at the beginning of a sentence is one that any sentence may begin with."""
    parts = re.split(r"[-’']", word.lower())
    return fold(word) not in FREQUENT_FIRST_NAMES and all(_is_word(part, language) for part in parts if part)


def _unheard(word: str, language: str) -> bool:
    """Whether a word in small letters is on no list of words, or a first name that is no word."""
    if fold(word) in FREQUENT_FIRST_NAMES:
        return not _is_word(word, language) or _is_proper(word, language)
    return not all(_is_word(part, language) for part in word.split("-"))


@lru_cache(maxsize=50_000)
def _is_word(word: str, language: str) -> bool:
    import simplemma

    if len(word) <= 2 or word in ORDINARY_WORDS or (word.endswith("ment") and language == "fr"):
        return True
    return bool(simplemma.is_known(word, lang=language)) and not _is_proper(word, language)


@lru_cache(maxsize=50_000)
def _is_proper(word: str, language: str) -> bool:
    """Whether the list knows it with a capital only."""
    import simplemma

    return bool(simplemma.lemmatize(word, lang=language)[:1].isupper())
