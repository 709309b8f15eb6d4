"""What is well typeset, and in which language a text is: for all that ships in French and in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("fr", "en")

BAD = {
    "fr": {
        "a straight apostrophe": re.compile(r"'"),
        "a straight quotation mark": re.compile(r'"'),
        "English quotation marks": re.compile(r"[“”‘]"),
        "no U+00A0 before : ; »": re.compile(r"(?<!\u00a0)[;»]|(?<!\u00a0):(?!\d)"),
        "no U+00A0 after «": re.compile(r"«(?!\u00a0)"),
        "no U+202F before ? !": re.compile(r"(?<![\u202f?!])[?!]"),
        "a space that can break before a sign": re.compile(r" [;:?!»]"),
        "two spaces": re.compile(r"[ \u00a0\u202f]{2}"),
        "a space at an end": re.compile(r"^\s|\s$"),
        "three dots": re.compile(r"\.\.\."),
        "a hyphen for a dash": re.compile(r" - "),
        "a sign of inclusive writing": re.compile(r"·|\w\(e\)"),
    },
    "en": {
        "a straight apostrophe": re.compile(r"'"),
        "a straight quotation mark": re.compile(r'"'),
        "French quotation marks": re.compile(r"[«»]"),
        "a space before ; : ? !": re.compile(r"(?<!”)(?<![.?!…])\s[;:?!]"),
        "a French no-break space": re.compile(r"[\u00a0\u202f]"),
        "two spaces": re.compile(r" {2}"),
        "a space at an end": re.compile(r"^\s|\s$"),
        "three dots": re.compile(r"\.\.\."),
        "a hyphen for a dash": re.compile(r" - "),
    },
}

# Small words that nobody who writes a sentence does without, and that the other language does not have.
_FRENCH = (
    "le la les des une est pour avec vous dans que qui cette et aux du je il elle nous ils elles leur leurs mais "
    "où donc sont ont être avoir faire très sans ça quoi quel quelle quand puis aussi même autre notre votre vos "
    "ses déjà jamais toujours chacun chaque celui ceux depuis après avant pendant parce"
)
_ENGLISH = (
    "the and of is you with that what it this to who from your their they be we he she his her its was were have "
    "has had not if when where how why which will would can could should than then them there here about into out "
    "up by my does did already never always each every because before after"
)
OWN = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
BORROWED = frozenset(("café", "Fauré", "Duruflé", "Inès", "Léa", "Maïa", "Théo"))
"""English words and names that have an accent."""
NAMES = re.compile(
    "Angélique Robert|Bureau des Possibles|Construire des Ponts|André Delbecq|The Mastermind Brief|"
    "Massachusetts Institute of Technology|CC BY-NC"
)
"""Of people and works to which a method is owed."""


def foreign(text: str, language: str) -> set[str]:
    """The small words of the other language in a text, and in English the words with accents."""
    words = re.findall(r"\w+", NAMES.sub("", text))
    found = {word.casefold() for word in words} & OWN["en" if language == "fr" else "fr"]
    if language == "en":
        found |= {word for word in words if re.search("[à-öø-ÿœÀ-ÖØ-ÞŒ]", word)} - BORROWED
    return found


def faults(text: str, language: str) -> list[str]:
    """What is badly typeset."""
    out = [what for what, pattern in BAD[language].items() if pattern.search(text)]
    opening, closing = "«»" if language == "fr" else "“”"
    depth = 0
    for sign in text:
        depth += (sign == opening) - (sign == closing)
        if depth not in (0, 1):
            break
    if depth:
        out.append("quotation marks that do not come in pairs")
    return out


def spoken(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - TOML values
    """Each table of languages in a document, with its place."""
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            yield place, value
            return
        for key, inner in value.items():
            yield from spoken(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            name = inner.get("id", index) if isinstance(inner, dict) else index
            yield from spoken(inner, f"{place}[{name}]")


def told(document: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Each text of a document in a language, with its place."""
    out: list[tuple[str, str]] = []
    for place, words in spoken(document):
        value = words.get(language, "")
        out += [(place, value)] if isinstance(value, str) else [(place, line) for line in value]
    return out


def alone(value: Any, keys: frozenset[str], place: str = "") -> Iterator[str]:  # noqa: ANN401 - TOML values
    """Where a text of one of those keys is not a table of both languages, or is empty in one of them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{place}.{key}"
            if key in keys and not isinstance(inner, (dict, list)):
                yield here
            elif isinstance(inner, dict) and inner.keys() & set(LANGUAGES):
                if set(inner) != set(LANGUAGES) or not _same_shape(inner["fr"], inner["en"]):
                    yield here
            else:
                yield from alone(inner, keys, here)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from alone({str(index): inner}, keys, place)


def _same_shape(one: Any, other: Any) -> bool:  # noqa: ANN401 - TOML values
    if isinstance(one, str) and isinstance(other, str):
        return bool(one.strip() and other.strip())
    return len(one) == len(other) > 0 and all(_same_shape(a, b) for a, b in zip(one, other, strict=True))
