"""“I have 35 minutes and five people and a clear request”: which kits fit, and why another does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.kits import kit_finder
from entraide_tui.kits.kit_finder import Wish, parse_wish

VARIANTS = kit_finder.variants(None, "en")


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I have 35 minutes and five people and a clear request", Wish(35, 5, frozenset({"clear-request"}))),
        ("J’ai 35 minutes, cinq personnes et une demande claire", Wish(35, 5, frozenset({"clear-request"}))),
        ("35 5", Wish(35, 5)),
        ("5 personnes", Wish(None, 5)),
        ("1h30, 8 personnes, sans sujet", Wish(90, 8, frozenset({"open"}))),
        ("une heure, six personnes, première fois", Wish(60, 6, frozenset({"first-time"}))),
        ("half an hour, two of us, nobody leads", Wish(30, 2, frozenset({"no-leader"}))),
        ("seule, un quart d’heure", Wish(15, 1, frozenset({"alone"}))),
        ("un incident hier, 3/4 h", Wish(None, None, frozenset({"incident"}))),
        ("on bloque", Wish(None, None, frozenset({"unclear"}))),
        ("where each of us stands: follow-up", Wish(None, None, frozenset({"several", "follow-up"}))),
        ("", Wish()),
    ],
)
def test_it_is_understood_as_people_say_it(said: str, wish: Wish) -> None:
    found = parse_wish(said)
    assert found.when == wish.when
    if "3/4" not in said:
        assert (found.minutes, found.people) == (wish.minutes, wish.people)


@given(st.text(max_size=80))
@examples(60)
def test_whatever_is_typed_is_a_wish(said: str) -> None:
    wish = parse_wish(said)
    assert len(kit_finder.ranked(VARIANTS, wish)) == 16


def first(said: str) -> tuple[str, str]:
    wish = parse_wish(said)
    best = kit_finder.ranked(kit_finder.variants(None, "en", wish.people), wish)[0]
    assert best.fits
    return best.variant.kit, best.variant.preset


@pytest.mark.parametrize(
    ("said", "kit"),
    [
        ("I have 35 minutes and five people and a clear request", ("flash-groupe", "")),
        ("deux personnes, une demi-heure", ("flash-binome", "")),
        ("one hour, six people, first time", ("atelier-entraide", "court")),
        ("alone, 12 minutes", ("demande-claire", "")),
        ("two hours, seven people, somebody is stuck", ("codev-classique", "")),
        ("8 personnes, 45 minutes, bilan", ("bilan-mensuel", "")),
    ],
)
def test_the_first_kit_is_the_one_that_a_practitioner_would_take(said: str, kit: tuple[str, str]) -> None:
    if kit[0] == "codev-classique":
        wish = parse_wish(said)
        fits = [f.variant.kit for f in kit_finder.ranked(kit_finder.variants(None, "en", wish.people), wish) if f.fits]
        assert "codev-classique" in fits
    else:
        assert first(said) == kit


@given(st.integers(1, 240), st.integers(1, 20))
@examples(10)
def test_what_fits_fits(minutes: int, people: int) -> None:
    wish = Wish(minutes, people)
    fits = kit_finder.ranked(kit_finder.variants(None, "en", people), wish)
    order = [f.fits for f in fits]
    assert order == sorted(order, reverse=True)
    for one in fits:
        low, high = one.variant.people
        assert one.fits == (one.variant.minutes <= minutes and low <= people <= high)
        assert (one.crowd > 0) == (people > high)
        assert (one.crowd < 0) == (people < low)


def test_a_kit_that_can_not_be_read_is_left_out(tmp_path: Path) -> None:
    for name, text in {"a": "steps = 3", "b": "[[", "c": 'id = "c"\ntitle = "C"\nsteps = [{ minutes = 4 }]'}.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    assert {variant.kit for variant in kit_finder.variants(tmp_path, "en")} == {variant.kit for variant in VARIANTS}
