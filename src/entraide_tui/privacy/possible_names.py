"""Suggest words that may be names of people, places or employers that no field declares, for a person to check.

Words are looked up in simplemma's list for the record's language. An unknown word may be a name wherever it stands,
even in lower case. A known word is ordinary unless it is capitalised within a sentence or is also a first name.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common.text import fold
from entraide_tui.privacy.contact_details import find_contacts
from entraide_tui.privacy.french_articles import SENTENCE_START
from entraide_tui.privacy.name_lists import FREQUENT_FIRST_NAMES, NO_CANDIDATES, ORDINARY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entraide_tui.privacy.name_finder import Finder

MOST = 40
"""Words of each kind that are suggested at most."""
LONGEST_TEXT = 200_000
"""Characters of a text that are searched for lower-case words."""
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w’'\-]*"
_RUN = re.compile(rf"{_CAPITAL}(?:(?:[ \u00a0]|[ \u00a0](?:de|du|des|la|le|les|of|the|d['’])[ \u00a0]?){_CAPITAL})*")
_ELIDED = r"(?:[dlnsmtcj]|qu|lorsqu|puisqu|jusqu|quelqu)['’]"
_APART = re.compile(rf"^{_ELIDED}", re.IGNORECASE)
_SMALL = re.compile(
    rf"(?<![\w’'.-])(?:{_ELIDED})?(?P<word>[^\W\d_]{{3,40}}(?:-[^\W\d_]{{2,40}})*)(?:['’][a-z]{{1,3}})?(?!\w)"
)
_AFTER_SIGN = re.compile(r"[:«“\"(]\s*$")
_LETTERS_APART = re.compile(r"(?<![\w.])(?:[^\W\d_a-zà-öø-ÿ]\.[ \u00a0\u202f-]?){1,3}[^\W\d_a-zà-öø-ÿ]\.(?![\w.])")
"""Initials, such as “Z.K.” or “J.-P.”."""


class PossibleNames(NamedTuple):
    """Words that may be names, capitalised or in lower case, the most frequent first."""

    capital: tuple[str, ...]
    small: tuple[str, ...]


def possible_names(texts: Iterable[str], finder: Finder, language: str) -> PossibleNames:
    """The words of the texts that may be names.

    Args:
        finder: finds what to skip: known names, and words that a person ruled out.
        language: `fr` or `en`.
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
    """The spans of a text that are already accounted for."""

    def __init__(self, taken: list[tuple[int, int]]) -> None:
        self._taken = sorted(taken)

    def free(self, start: int, end: int) -> bool:
        from bisect import bisect_left

        at = bisect_left(self._taken, (end, 0))
        return not (at and self._taken[at - 1][1] > start) and not (at > 1 and self._taken[at - 2][1] > start)


def _with_capital(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield runs of capitalised words with their index; at the start of a sentence, only if not ordinary words."""
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
        begins = bool(SENTENCE_START.search(before)) if before else True
        if (begins and not cut) or (_AFTER_SIGN.search(before) and not word.isupper()):
            first, _space, rest = word.partition(" ")
            if _ordinary(first, language):
                if rest[:1].isupper():  # “Voir Kader”: what follows is inside the sentence
                    yield rest, start + len(first) + 1
                continue
        yield word, start


def _ordinary(word: str, language: str) -> bool:
    """Whether a capitalised word is a known word and no frequent first name."""
    parts = re.split(r"[-’']", word.lower())
    return fold(word) not in FREQUENT_FIRST_NAMES and all(_is_word(part, language) for part in parts if part)


def _unheard(word: str, language: str) -> bool:
    """Whether a lower-case word is unknown, or a first name that is not also a word."""
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
    """Whether the list knows the word only as a capitalised one."""
    import simplemma

    return bool(simplemma.lemmatize(word, lang=language)[:1].isupper())
