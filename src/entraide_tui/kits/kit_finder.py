"""Rank the kits by what a group has, typed as in « 35 minutes, cinq personnes, une demande claire »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from entraide_tui.common import toml
from entraide_tui.common.errors import UserError
from entraide_tui.common.text import clean, fold
from entraide_tui.kits import catalogue
from entraide_tui.kits.limits import LARGEST
from entraide_tui.kits.model import Occasion, in_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NUMBERS = {
    "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5,
    "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10,
    "onze": 11, "eleven": 11, "douze": 12, "twelve": 12, "quinze": 15, "fifteen": 15, "vingt": 20, "twenty": 20,
    "trente": 30, "thirty": 30, "quarante": 40, "forty": 40, "cinquante": 50, "fifty": 50, "soixante": 60, "sixty": 60,
}  # fmt: skip
_DURATIONS = (
    ("une demi-heure", 30), ("demi-heure", 30), ("half an hour", 30), ("half hour", 30), ("trois quarts d'heure", 45),
    ("quart d'heure", 15), ("quarter of an hour", 15), ("an hour", 60), ("une heure", 60),
)  # fmt: skip
_OCCASIONS: tuple[tuple[str, Occasion], ...] = (
    (r"demande (?:\w+ ){0,2}claire|clear request|request is clear|sait ce qu|know what", "clear-request"),
    (r"sans demande|pas clair|flou|bloque|coince|stuck|vague|unclear|not clear|don't know what", "unclear"),
    (r"pas de sujet|aucun sujet|sans sujet|no topic|nobody has|choisir un sujet|choose a topic", "open"),
    (r"incident|s'est passe|probleme survenu|happened|crise", "incident"),
    (r"plusieurs|chacun|tous veulent|several|each of us|everybody", "several"),
    (r"suivi|avancement|bilan|ou en sommes|follow-up|follow up|progress|how things", "follow-up"),
    (r"\bseul\b|\bseule\b|\balone\b|by myself", "alone"),
    (r"sans (?:facilita|anima)\w+|personne (?:ne |n')(?:mene|anime|facilite)|nobody leads", "no-leader"),
    (r"no facilitator|without a (?:facilitator|leader)", "no-leader"),
    (r"premiere fois|debut\w*|jamais (?:anime|facilite)|first time|never (?:led|facilitated)|beginner", "first-time"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What a group has: minutes, people in the room, occasions. None or empty: any."""

    minutes: int | None = None
    people: int | None = None
    when: frozenset[Occasion] = frozenset()


def parse_wish(typed: str) -> Wish:
    """Parse what was typed in French or English; ignore the rest."""
    text = f" {fold(typed).replace('’', chr(39))} "
    when = frozenset(occasion for pattern, occasion in _OCCASIONS if re.search(pattern, text))
    minutes = people = None
    for phrase, number in _DURATIONS:
        if phrase in text:
            minutes, text = number, text.replace(phrase, " ")
            break
    for word, number in _NUMBERS.items():
        text = re.sub(rf"\b{word}\b", str(number), text)
    if found := re.search(r"(\d)\s*(?:h|heures?|hours?)\s*(\d{1,2})?\b", text):
        minutes = int(found[1]) * 60 + int(found[2] or 0)
        text = text.replace(found[0], " ")
    if found := re.search(r"(\d{1,3})\s*(?:'|min|mn|minutes?\b)", text):
        minutes = int(found[1])
        text = text.replace(found[0], " ")
    if found := re.search(
        r"(\d{1,2})\s*(?:personnes?|people|persons?|pers\b|of us|participants?|collegues|colleagues)", text
    ):
        people = int(found[1])
        text = text.replace(found[0], " ")
    left = [int(number) for number in re.findall(r"\b\d{1,3}\b", text)]
    if minutes is None and any(number >= 10 for number in left):
        minutes = next(number for number in left if number >= 10)
        left.remove(minutes)
    if people is None and left:
        people = left[0]
    if people is None and "alone" in when:
        people = 1
    return Wish(minutes, people, when)


@dataclass(frozen=True, slots=True)
class KitVariant:
    """A kit with one of its presets.

    Attributes:
        preset: its id; empty for none.
        minutes: the usual total, with repeated steps counted for the people asked for.
        people: the smallest and the largest group.
        whom, what, when: see `Suits`.
    """

    kit: str
    title: str
    preset: str
    minutes: float
    people: tuple[int, int]
    whom: str
    what: str
    when: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a variant fits a wish.

    Attributes:
        shared: the occasions wished for that it suits.
        unmet: the occasions wished for that it does not.
        over: minutes beyond those wished for.
        crowd: people too many (above 0) or too few (below 0).
    """

    variant: KitVariant
    shared: frozenset[Occasion]
    unmet: frozenset[Occasion]
    over: float
    crowd: int

    @property
    def fits(self) -> bool:
        """Whether time, people and occasions all fit."""
        return not self.over and not self.crowd and not self.unmet


def variants(own: Path | None, language: str, people: int | None = None) -> list[KitVariant]:
    """All variants of all kits; unreadable kits are skipped.

    Args:
        people: how many there are, to count repeated steps; None: the smallest group.
    """
    out: list[KitVariant] = []
    for path, _shipped in catalogue.files(own):
        try:
            out += _variants(toml.read(path, LARGEST), path.stem, language, people)
        except (UserError, KeyError, TypeError, ValueError, AttributeError):
            continue
    return out


def _variants(document: dict[str, Any], stem: str, language: str, people: int | None) -> list[KitVariant]:
    suits, size = document.get("suits", {}), document.get("group_size", {})
    low, high = int(size.get("min", 1)), int(size.get("max", 99))
    askers = min(max(people or low, low), high) - (0 if high <= 3 else 1)

    def total(minutes: dict[str, float]) -> float:
        return sum(
            float(minutes.get(step["id"], step.get("minutes", {}).get("usual", 0)))
            * (askers if step.get("repeat") == "offeror" else 1)
            for step in document["steps"]
        )

    lengths: list[tuple[str, dict[str, float]]] = [("", {})]
    lengths += [(preset["id"], preset["minutes"]) for preset in document.get("presets", [])]
    title = clean(in_language(document["title"], language))
    return [
        KitVariant(
            kit=clean(str(document.get("id", stem))),
            title=title,
            preset=preset,
            minutes=total(minutes),
            people=(low, high),
            whom=clean(in_language(suits.get("whom", ""), language)),
            what=clean(in_language(suits.get("what", ""), language)),
            when=frozenset(map(str, suits.get("when", []))),
        )
        for preset, minutes in lengths
    ]


def fit(variant: KitVariant, wish: Wish) -> Fit:
    """Compare a variant with a wish."""
    suits: frozenset[Occasion] = frozenset(o for o in get_args(Occasion) if o in variant.when)
    over = max(0.0, variant.minutes - wish.minutes) if wish.minutes is not None else 0.0
    crowd = 0
    if wish.people is not None:
        low, high = variant.people
        crowd = wish.people - high if wish.people > high else min(0, wish.people - low)
    return Fit(variant, wish.when & suits, wish.when - suits, over, crowd)


def ranked(every: Sequence[KitVariant], wish: Wish) -> list[Fit]:
    """The best variant of each kit, the best kit first: those that fit, then those that use most of the time."""
    best: dict[str, Fit] = {}
    for variant in every:
        new = fit(variant, wish)
        if variant.kit not in best or _rank(new, wish) < _rank(best[variant.kit], wish):
            best[variant.kit] = new
    used = {kit: number for number, kit in enumerate(catalogue.MOST_USED)}
    return sorted(best.values(), key=lambda f: (*_rank(f, wish), used.get(f.variant.kit, len(used)), f.variant.kit))


def _rank(fit: Fit, wish: Wish) -> tuple[bool, int, int, float, float]:
    spare = (wish.minutes - fit.variant.minutes) if wish.minutes is not None else 0.0
    return (not fit.fits, abs(fit.crowd), len(fit.unmet), fit.over, abs(spare))
