"""Adjust the elision or article before a name that is replaced, in French and English."""

from __future__ import annotations

import re

from entraide_tui.privacy.name_finder import bare

_ELIDED = re.compile(r"(?<![^\W\d_])(d|qu|lorsqu|puisqu|quoiqu|jusqu|l)(['’ʼ‘`´])$", re.IGNORECASE)
_FULL = re.compile(r"(?<![^\W\d_])(de|que|lorsque|puisque|quoique|jusque)(\s+)$", re.IGNORECASE)
_ARTICLES = {
    "fr": re.compile(
        r"(?<![^\W\d_])(?:(du|des|de la|au|aux|à la|le|la|les|en)\s+|(de l['’]|à l['’]|l['’]))$", re.IGNORECASE
    ),
    "en": re.compile(r"(?<![^\W\d_])(?:(the)\s+)$", re.IGNORECASE),
}
_PLAIN = (("de ", ("du", "des", "de la", "de l'")), ("à ", ("au", "aux", "à la", "à l'")), ("dans ", ("en",)))
_WITHOUT = {article: plain for plain, articles in _PLAIN for article in articles}
"""What remains of an article, or a contraction with one, before « une ville »: « du » leaves « de »."""
SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+|\n\s*)[«“\"(–—-]?\s*$")
"""Matches a text after which a new sentence begins."""


def adjust_lead(before: str, by: str, language: str, *, noun: bool, start: bool) -> tuple[str, str, str]:
    """Adjust what leads up to a replaced name: « d'Awa » becomes « de Camille », « de Marc » becomes « d’Alix ».

    Args:
        before: the text between the previous replacement and the name.
        by: the replacement.
        language: `fr` or `en`.
        noun: whether the replacement is a noun with its own article (« une ville »).
        start: whether `before` begins at the start of the text.

    Returns:
        The rest of `before`, the new lead, and the replacement, capitalised where it begins a sentence.
    """
    lead, small = "", False
    if noun and (match := _ARTICLES[language].search(before)):
        article = match[0].strip()
        before, lead = before[: match.start()], _WITHOUT.get(article.lower().replace("’", "'"), "")
        small = article[0].islower()
        if not small:
            lead, by = (_capital(lead), by) if lead else (lead, _capital(by))
    if language == "fr":
        before, lead = _elided(before, lead, _begins_with_vowel(by))
    if noun and not small and not lead and SENTENCE_START.search(before) and (before or start):
        by = _capital(by)
    return before, lead, by


def _elided(before: str, lead: str, vowel: bool) -> tuple[str, str]:
    whole = before + lead
    if not vowel and (match := _ELIDED.search(whole)):
        word = match[1]
        full = "" if word in "lL" else f"{word}{'E' if word.isupper() and len(word) > 1 else 'e'} "
        return whole[: match.start()], full
    if vowel and (match := _FULL.search(whole)):
        return whole[: match.start()], f"{match[1][:-1]}’"
    return before, lead


def _begins_with_vowel(word: str) -> bool:
    return bare(word)[:1] in set("aeiou")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
