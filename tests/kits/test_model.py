"""A kit as it is played: its presets, its options, its words."""

from __future__ import annotations

import pytest

from entraide_tui.kits.model import GroupSize, Kit, Minutes, Option, Preset, Step, StepChange, in_language, lines_in

KIT = Kit(
    format=1,
    id="k",
    version=1,
    title="K",
    steps=(
        Step("a", "A", minutes=Minutes(2, 5, 10), speaks=("offeror",), turns="free"),
        Step("b", "B", minutes=Minutes(3, 8, 9), repeat="offeror"),
        Step("c", "C"),
    ),
    presets=(
        Preset("short", "S", {"a": 1, "b": 0}),
        Preset("long", "L", {"a": 20, "c": 4}),
        Preset("same", "M"),
    ),
    options=(
        Option("round", "R", {"a": StepChange(speaks=("contributor", "offeror"), turns="round")}),
        Option("slow", "S", {"a": StepChange(minutes=Minutes(4, 6, 12), when_late="drop"), "zzz": StepChange()}),
    ),
)


def step(kit: Kit, step_id: str) -> Step:
    found = kit.step(step_id)
    assert found
    return found


def test_without_choices_the_kit_is_as_it_was_written() -> None:
    assert KIT.with_choices("", ()) == KIT
    assert KIT.with_choices("same", ()) == KIT


def test_an_unknown_choice_changes_nothing() -> None:
    assert KIT.with_choices("zzz", ("zzz",)) == KIT


def test_a_preset_s_minutes_become_the_usual_ones_and_zero_drops_the_step() -> None:
    short = KIT.with_choices("short", ())
    assert [s.id for s in short.steps] == ["a", "c"]
    assert step(short, "a").minutes == Minutes(1, 1, 10)


def test_minutes_beyond_the_most_make_room_for_themselves() -> None:
    assert step(KIT.with_choices("long", ()), "a").minutes == Minutes(2, 20, 20)


def test_a_preset_gives_minutes_to_a_step_that_had_none() -> None:
    assert step(KIT.with_choices("long", ()), "c").minutes == Minutes(4, 4, 4)


def test_an_option_changes_what_it_names_and_nothing_else() -> None:
    changed = step(KIT.with_choices("", ("round",)), "a")
    assert (changed.speaks, changed.turns) == (("contributor", "offeror"), "round")
    assert (changed.minutes, changed.when_late, changed.title) == (Minutes(2, 5, 10), "keep", "A")
    assert KIT.with_choices("", ("round",)).steps[1:] == KIT.steps[1:]


def test_options_add_up() -> None:
    changed = step(KIT.with_choices("", ("round", "slow")), "a")
    assert (changed.turns, changed.when_late, changed.minutes) == ("round", "drop", Minutes(4, 6, 12))


def test_a_preset_has_the_last_word_on_minutes() -> None:
    assert step(KIT.with_choices("short", ("slow",)), "a").minutes == Minutes(1, 1, 12)


def test_the_total_counts_a_repeated_step_once_for_each_offeror() -> None:
    assert KIT.total() == 13
    assert KIT.total(offerors=3) == 5 + 3 * 8


@pytest.mark.parametrize(
    ("repeat", "size", "led"),
    [
        ("once", GroupSize(2, 2), True),
        ("offeror", GroupSize(2, 2), False),
        ("offeror", GroupSize(3, 3), False),
        ("offeror", GroupSize(4, 8), True),
        ("offeror", None, True),
    ],
)
def test_nobody_leads_where_two_or_three_ask_in_turn(repeat: str, size: GroupSize | None, led: bool) -> None:
    one = Step("a", "A", repeat="offeror" if repeat == "offeror" else "once")
    assert Kit(1, "k", 1, "K", (one,), group_size=size).led is led


@pytest.mark.parametrize(
    ("words", "language", "text"),
    [
        ("plain", "fr", "plain"),
        ({"fr": "un", "en": "one"}, "fr", "un"),
        ({"fr": "un", "en": "one"}, "de", "one"),
        ({"fr": "", "en": "one"}, "fr", "one"),
        ({"de": "eins"}, "fr", "eins"),
        ({}, "fr", ""),
    ],
)
def test_a_text_is_said_in_the_language_asked_else_in_english_else_in_any(
    words: str | dict[str, str], language: str, text: str
) -> None:
    assert in_language(words, language) == text


@pytest.mark.parametrize(
    ("words", "language", "lines"),
    [
        (["a"], "fr", ["a"]),
        ({"fr": ["un"], "en": ["one"]}, "en", ["one"]),
        ({"fr": [], "en": ["one"]}, "fr", ["one"]),
        ({"de": ["eins"]}, "fr", ["eins"]),
        ({}, "fr", []),
    ],
)
def test_so_are_lines(words: list[str] | dict[str, list[str]], language: str, lines: list[str]) -> None:
    assert lines_in(words, language) == lines
