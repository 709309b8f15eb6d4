"""The kits that ship: complete, in two languages, well typeset, and of the length that they promise."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from entraide_tui.kits import catalogue, door, scenario
from entraide_tui.kits.model import Kit, Roles, in_language, lines_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.kits.scenario import Scenario

FOLDER = Path(__file__).parents[2] / "kits"
KITS = {path.stem: door.load(path) for path in sorted(FOLDER.glob("*.toml"))}
PLAYS = {path.stem: scenario.load(path) for path in sorted((FOLDER / "scenarios").glob("*.toml"))}
MINUTES = {
    "atelier-entraide": {
        "accueil": (3, 5, 10),
        "suivi": (0, 5, 10),
        "tour": (5, 10, 20),
        "choix": (2, 4, 8),
        "expose": (3, 5, 10),
        "clarification": (5, 10, 20),
        "demande": (2, 4, 8),
        "contributions": (12, 20, 30),
        "tri": (2, 5, 8),
        "plan": (4, 7, 12),
        "apprentissages": (4, 8, 12),
        "ressenti": (2, 4, 6),
        "cloture": (1, 3, 5),
    },
    "flash-binome": {
        "ouverture": (1, 2, 3),
        "demande": (1, 2, 3),
        "questions": (2, 4, 5),
        "pistes": (3, 5, 6),
        "pas": (1, 2, 3),
        "cloture": (1, 2, 3),
    },
    "bilan-mensuel": {
        "ouverture": (1, 2, 3),
        "suivi": (2, 4, 6),
        "reflexion": (2, 5, 5),
        "victoires": (4, 8, 12),
        "etapes": (0, 5, 8),
        "defis": (6, 12, 16),
        "offres": (3, 6, 10),
        "cloture": (1, 3, 5),
    },
}
REPEATED = {"flash-binome": {"demande", "questions", "pistes", "pas"}}
each_kit = pytest.mark.parametrize("kit", KITS.values(), ids=KITS)
each_play = pytest.mark.parametrize("play", PLAYS.values(), ids=PLAYS)
each_language = pytest.mark.parametrize("language", ["fr", "en"])


def test_the_kits_that_were_promised_ship_each_with_a_scenario() -> None:
    assert set(KITS) == set(MINUTES) == set(PLAYS)
    assert catalogue.shipped_folder().resolve() == FOLDER.resolve()


@pytest.mark.parametrize("name", KITS)
def test_a_kit_has_no_error_and_its_own_name(name: str) -> None:
    assert door.check_file(FOLDER / f"{name}.toml").errors == ()
    assert KITS[name].id == name


@pytest.mark.parametrize("name", KITS)
def test_steps_and_minutes_are_those_of_the_method(name: str) -> None:
    steps = {s.id: (s.minutes.min, s.minutes.usual, s.minutes.max) if s.minutes else None for s in KITS[name].steps}
    assert list(steps.items()) == list(MINUTES[name].items())
    assert {s.id for s in KITS[name].steps if s.repeat == "offeror"} == REPEATED.get(name, set())


def required(kit: Kit) -> Iterator[tuple[str, Any]]:
    """Every text that a shipped kit has in both languages, with its place."""
    yield from [("title", kit.title), ("summary", kit.summary)]
    yield from _roles("roles", kit.roles)
    for preset in kit.presets:
        yield f"preset {preset.id}", preset.title
    for option in kit.options:
        yield f"option {option.id}", option.title
    for step in kit.steps:
        yield from [(f"{step.id}.title", step.title), (f"{step.id}.purpose", step.purpose)]
        yield from [(f"{step.id}.say", step.say), (f"{step.id}.watch", step.watch), (f"{step.id}.avoid", step.avoid)]
        yield from _roles(f"{step.id}.roles", step.roles)
        if step.card:
            yield f"{step.id}.card.prompt", step.card.prompt
            for item in step.card.fields:
                yield f"{step.id}.card.{item.id}", item.label
                for number, choice in enumerate(item.choices):
                    yield f"{step.id}.card.{item.id}.{number}", choice


def _roles(place: str, roles: Roles) -> list[tuple[str, Any]]:
    return [(f"{place}.{name}", getattr(roles, name)) for name in ("offeror", "facilitator", "contributor")]


@each_kit
def test_a_kit_is_complete_in_french_and_in_english(kit: Kit) -> None:
    for place, words in required(kit):
        assert isinstance(words, dict), place
        assert set(words) == {"fr", "en"}, place
        assert all(words.values()), place
        if isinstance(words["fr"], list):
            assert len(words["fr"]) == len(words["en"]) >= 2, place


def texts(kit: Kit, language: str) -> list[tuple[str, str]]:
    """Every text of a kit in a language, with its place."""
    out: list[tuple[str, str]] = []
    for place, words in required(kit):
        value = words[language]
        out += [(place, value)] if isinstance(value, str) else [(place, line) for line in value]
    return out


STOP = {
    "fr": {
        "le",
        "la",
        "les",
        "des",
        "une",
        "est",
        "pour",
        "avec",
        "vous",
        "dans",
        "que",
        "qui",
        "sur",
        "pas",
        "ce",
        "cette",
        "et",
        "au",
        "aux",
        "du",
        "je",
        "il",
        "elle",
        "nous",
    },
    "en": {
        "the",
        "and",
        "of",
        "is",
        "you",
        "with",
        "for",
        "that",
        "what",
        "it",
        "this",
        "to",
        "in",
        "who",
        "from",
        "your",
        "their",
        "they",
        "an",
        "be",
        "are",
        "we",
    },
}


def foreign(text: str, language: str) -> bool:
    """Whether a text has more of the small words of the other language than of its own."""
    words = Counter(re.findall(r"[a-zà-öø-ÿœ]+", text.casefold()))
    own, other = (sum(words[w] for w in STOP[name]) for name in (language, "en" if language == "fr" else "fr"))
    return other > own


@each_kit
@each_language
def test_each_text_is_in_the_language_that_it_says(kit: Kit, language: str) -> None:
    assert [(place, text) for place, text in texts(kit, language) if foreign(text, language)] == []


def test_a_text_in_the_other_language_would_be_seen() -> None:
    kit = KITS["atelier-entraide"]
    long = [text for _place, text in texts(kit, "en") if len(text) > 40]
    assert sum(foreign(text, "fr") for text in long) > 0.9 * len(long)


@each_kit
def test_a_language_is_not_filled_with_the_words_of_the_other(kit: Kit) -> None:
    same = [fr for (_p, fr), (_q, en) in zip(texts(kit, "fr"), texts(kit, "en"), strict=True) if fr == en]
    assert [text for text in same if " " in text] == []


BAD_FRENCH = {
    "a straight apostrophe": re.compile(r"'"),
    "a straight quotation mark": re.compile(r'"'),
    "no no-break space before ; : ? ! »": re.compile(r"[^\u00a0\u202f?!…][;?!»]|[^\u00a0\u202f]:"),
    "no no-break space after «": re.compile(r"«[^\u00a0\u202f]"),
    "two spaces": re.compile(r"[ \u00a0\u202f]{2}"),
    "three dots": re.compile(r"\.\.\."),
}
BAD_ENGLISH = {
    "a straight apostrophe": re.compile(r"'"),
    "a straight quotation mark": re.compile(r'"'),
    "a space before ; : ? !": re.compile(r"\s[;:?!]"),
    "French quotation marks": re.compile(r"[«»]"),
    "three dots": re.compile(r"\.\.\."),
}


@each_kit
@pytest.mark.parametrize("bad", BAD_FRENCH)
def test_french_is_typeset_as_french(kit: Kit, bad: str) -> None:
    assert [(place, text) for place, text in texts(kit, "fr") if BAD_FRENCH[bad].search(text)] == []


@pytest.mark.parametrize("text", ["l'été", 'un "mot"', "Quoi ?", "Quoi?", "ici : là", "« mot\u00a0»", "et..."])
def test_french_that_is_badly_typeset_would_be_seen(text: str) -> None:
    assert any(bad.search(text) for bad in BAD_FRENCH.values())


@each_kit
@pytest.mark.parametrize("bad", BAD_ENGLISH)
def test_english_is_typeset_as_english(kit: Kit, bad: str) -> None:
    assert [(place, text) for place, text in texts(kit, "en") if BAD_ENGLISH[bad].search(text)] == []


@each_play
@pytest.mark.parametrize("bad", BAD_FRENCH)
def test_a_scenario_is_typeset_as_french(play: Scenario, bad: str) -> None:
    assert play.language == "fr"
    said = [play.title, *play.themes]
    for scene in play.steps:
        said += [scene.skip, scene.text, scene.note, *scene.reworded]
        said += [line.text for line in (*scene.write, *scene.park)]
        said += [text for action in scene.actions for text in (action.what, action.first_step)]
        said += [str(answer) for answers in scene.form for answer in answers.answers.values()]
    assert [text for text in said if BAD_FRENCH[bad].search(text)] == []


PRESETS = [(kit, preset) for kit in KITS.values() for preset in kit.presets]


@pytest.mark.parametrize(("kit", "preset"), PRESETS, ids=[f"{k.id}-{p.id}" for k, p in PRESETS])
def test_a_preset_takes_the_minutes_that_its_title_promises(kit: Kit, preset: Any) -> None:  # noqa: ANN401
    for language in ("fr", "en"):
        promised = re.search(r"(\d+) minutes", in_language(preset.title, language).replace("\u00a0", " "))
        assert promised
        assert kit.with_choices(preset.id, ()).total() == int(promised[1])


@each_kit
def test_a_kit_can_be_played_with_each_preset_and_option(kit: Kit) -> None:
    for preset in ("", *(p.id for p in kit.presets)):
        played = kit.with_choices(preset, tuple(o.id for o in kit.options))
        left = [s.id for s in played.steps]
        for index, step in enumerate(played.steps):
            if step.minutes:
                assert 0 <= step.minutes.min <= step.minutes.usual <= step.minutes.max
            if step.card and step.card.kind == "pick" and preset == "":
                assert any(s.card and s.card.fills == step.card.from_ for s in played.steps[:index]), left


@each_kit
def test_what_can_be_said_is_short_enough_to_be_read_aloud(kit: Kit) -> None:
    for step in kit.steps:
        for language in ("fr", "en"):
            assert all(len(line) <= 160 for line in lines_in(step.say, language)), step.id


@each_play
def test_a_scenario_plays_steps_that_exist_as_often_as_they_are_played(play: Scenario) -> None:
    kit = KITS[play.kit]
    people = 1 + len(play.people.contributors)
    for step_id, times in Counter(scene.id for scene in play.steps).items():
        step = kit.step(step_id)
        assert step, step_id
        assert times <= (people if step.repeat == "offeror" else 1), step_id


@each_play
def test_a_scenario_shows_an_extension_a_skip_a_parked_idea_and_an_interruption(play: Scenario) -> None:
    assert any(scene.extend > 0 for scene in play.steps)
    assert any(scene.skip for scene in play.steps)
    assert any(scene.park for scene in play.steps)
    assert any(scene.pause > 0 for scene in play.steps)


@each_play
def test_what_is_picked_was_written_before(play: Scenario) -> None:
    kit = KITS[play.kit]
    written: dict[str, list[str]] = {}
    for scene in play.steps:
        step = kit.step(scene.id)
        assert step
        if scene.pick:
            assert step.card
            assert step.card.kind == "pick"
            assert step.card.min <= len(scene.pick) <= step.card.max
            assert set(scene.pick) <= set(written[step.card.from_])
            assert len(scene.reworded) in (0, len(scene.pick))
        if step.card:
            written.setdefault(step.card.fills, []).extend(line.text for line in scene.write)


@each_play
def test_what_was_parked_comes_back_in_the_same_words(play: Scenario) -> None:
    parked = [line.text for scene in play.steps for line in scene.park]
    back = [line.text for scene in play.steps for line in scene.write if line.parked]
    assert set(back) <= set(parked)


@each_play
def test_a_scenario_writes_on_the_card_of_the_step(play: Scenario) -> None:
    for scene in play.steps:
        step = KITS[play.kit].step(scene.id)
        card = step.card if step else None
        kind = card.kind if card else None
        assert not scene.write or kind == "list", scene.id
        assert not scene.actions or kind == "actions", scene.id
        assert not scene.text or kind == "text", scene.id
        assert not scene.form or kind == "form", scene.id
        if scene.form and card:
            fields = {item.id for item in card.fields}
            assert all(set(answers.answers) <= fields for answers in scene.form), scene.id


@each_play
def test_only_people_who_are_there_speak(play: Scenario) -> None:
    there = {play.people.offeror, play.people.facilitator, *play.people.contributors, ""}
    for scene in play.steps:
        assert {line.by for line in (*scene.write, *scene.park)} <= there, scene.id
        assert {action.who for action in scene.actions} <= there, scene.id
        assert {answers.by for answers in scene.form} <= there, scene.id
