"""The questions of the home screen: which kit suits, and which made-up group to lead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, language, many
from entraide_tui.common.text import fold
from entraide_tui.kits import catalogue
from entraide_tui.kits.kit_finder import Fit, KitVariant, Wish, parse_wish, ranked, variants
from entraide_tui.rehearsal import scenario
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.plain import joined, plain, rows

if TYPE_CHECKING:
    from textual.content import Content


TOUR = "tour"


def rehearsals(begin: Callable[[Path], None], take_tour: Callable[[], None]) -> Question:
    """Ask which made-up group to lead; a word of the kit, the title or the summary narrows the list."""
    every = scenario.list_shipped(language())

    def choices(said: str) -> Choices:
        wanted = fold(said)
        tour: Choices = [] if wanted else [(TOUR, plain(_("First steps: two minutes, gesture by gesture"), "bold"))]
        return tour + [
            (str(one.path), joined((f"{'●' * one.difficulty:<4}", "$accent"), one.title, (f"  {one.kit}", "$quiet")))
            for one in sorted(every, key=lambda o: (o.kit != catalogue.DEFAULT, o.kit, o.difficulty))
            if wanted in fold(f"{one.kit} {one.title} {one.summary}")
        ]

    def explain(_said: str, choice: str) -> Content:
        one = next((o for o in every if str(o.path) == choice), None)
        return plain(one.summary if one else _("● a calm group, ●●● a stormy one"))

    def answer(_said: str, choice: str) -> None:
        if choice == TOUR:
            take_tour()
        elif choice:
            begin(Path(choice))

    return Question(
        "rehearse", _("Whom do you lead? ● calm … ●●● stormy"), answer, text="", placeholder=_("a word"),
        explain=explain, choices=choices, below=True,
    )  # fmt: skip


def _occasions() -> dict[str, str]:
    return {
        "clear-request": _("a clear request"), "unclear": _("somebody is stuck"), "open": _("no topic yet"),
        "incident": _("something happened"), "several": _("several ask"), "follow-up": _("how things are going"),
        "alone": _("alone"), "no-leader": _("nobody leads"), "first-time": _("a first time"),
    }  # fmt: skip


def kits(own: Path | None, begin: Callable[[str, str], None]) -> Question:
    """Ask what one has (“35 minutes, five people, a clear request”) and offer the kits, the best fit first.

    Args:
        begin: called with the ids of the kit and the preset chosen.
    """
    read: dict[int | None, list[KitVariant]] = {}

    def found(said: str) -> tuple[Wish, list[Fit]]:
        wish = parse_wish(said)
        if wish.people not in read:
            read[wish.people] = variants(own, language(), wish.people)
        return wish, ranked(read[wish.people], wish)

    def choices(said: str) -> Choices:
        _wish, fits = found(said)
        return [
            (
                f"{one.variant.kit}:{one.variant.preset}",
                joined(
                    ("✓ ", "$success") if one.fits else ("· ", "$quiet"),
                    (f"{one.variant.minutes:>4g} min  ", "bold" if not one.over else "$warning"),
                    (one.variant.title, "" if one.fits else "$quiet"),
                ),
            )
            for one in fits
        ]

    def explain(said: str, choice: str) -> Content:
        wish, fits = found(said)
        told = [_told(wish)]
        one = next((f for f in fits if f"{f.variant.kit}:{f.variant.preset}" == choice), None)
        if one is not None:
            told += [plain(""), *_about(one)]
        return rows(told)

    def answer(_said: str, choice: str) -> None:
        kit, _sep, preset = choice.partition(":")
        if kit:
            begin(kit, preset)

    return Question(
        "choose", _("What do you have?"), answer, text="", placeholder=_("35 minutes, five people, a clear request"),
        explain=explain, choices=choices, below=True,
    )  # fmt: skip


def _told(wish: Wish) -> Content:
    parts = [
        _("{n} min").format(n=wish.minutes) if wish.minutes is not None else "",
        many("{n} person", "{n} people", wish.people).format(n=wish.people) if wish.people is not None else "",
        *(words for name, words in _occasions().items() if name in wish.when),
    ]
    said = " · ".join(part for part in parts if part)
    if not said:
        return plain(_("Say it as it comes: minutes, how many you are, what the matter is."), "$quiet")
    return joined((_("Understood: "), "$quiet"), (said, "bold"))


def _about(one: Fit) -> list[Content]:
    low, high = one.variant.people
    count = str(low) if low == high else f"{low}–{high}"
    people = many("{n} person", "{n} people", high).format(n=count)
    against = []
    if one.over:
        against.append(_("takes {n} min more").format(n=f"{one.over:g}"))
    if one.crowd > 0:
        against.append(_("too many people"))
    elif one.crowd < 0:
        against.append(_("too few people"))
    if one.unmet:
        words = [words for name, words in _occasions().items() if name in one.unmet]
        against.append(_("not made for: {words}").format(words=", ".join(words)))
    out = [
        joined((one.variant.what or one.variant.title, "italic")),
        joined((one.variant.whom, "$quiet")),
        plain(people, "$quiet"),
    ]
    return [*out, plain(" · ".join(against), "$warning")] if against else out
