"""The scenarios that ship: enough for each kit, playable as they stand, alive, in two languages."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from tests.kits import typography
from tests.kits.shipped import ENGLISH, FOLDER, FRENCH, KITS, PLAY_DOCUMENTS
from tests.kits.typography import LANGUAGES

from entraide_tui.kits import catalogue
from entraide_tui.rehearsal import scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.rehearsal.scenario import Scenario, Scene

DAY = datetime.date(2026, 11, 21)
"""The day on which all of them play."""
MOST_USED = {"atelier-entraide", "codev-classique", "flash-groupe", "flash-binome", "troika", "hot-seat"}
EACH_MEETS = {"early-advice", "silent", "overrun", "emotion"}
INCIDENTS = {1: (1, 2), 2: (3, 4), 3: (5, 6)}
"""How many, from the calm group to the stormy one."""
EARLY_OR_LATE = 4.5
"""Minutes that a made-up group may end before or after the usual time."""
each_play = pytest.mark.parametrize("name", list(FRENCH))


def of(kit: str) -> list[Scenario]:
    """The plays of a kit."""
    return [play for play in FRENCH.values() if play.kit == kit]


def scenes(play: Scenario) -> Iterator[tuple[Scene, Any]]:
    """Each scene, with the kit's step."""
    for scene in play.steps:
        step = KITS[play.kit].step(scene.id)
        assert step, scene.id
        yield scene, step


# How many, and of what.


def test_there_are_three_for_each_of_the_six_most_used_kits_and_one_for_each_other() -> None:
    assert Counter(play.kit for play in FRENCH.values()) == {kit: 3 if kit in MOST_USED else 1 for kit in KITS}
    assert len(FRENCH) == 28
    for kit in MOST_USED:
        assert sorted(play.difficulty for play in of(kit)) == [1, 2, 3], kit
    assert all(play.difficulty in (1, 2, 3) for play in FRENCH.values())


def test_the_first_that_is_offered_for_each_kit_is_the_calm_one() -> None:
    assert catalogue.shipped_folder().resolve() == FOLDER.resolve()
    every = scenario.list_shipped("fr")
    for kit in KITS:
        offered = [one for one in every if one.kit == kit]
        assert offered[0].difficulty == min(play.difficulty for play in of(kit))
        assert {one.path.stem for one in offered} == {name for name, play in FRENCH.items() if play.kit == kit}


@pytest.mark.parametrize("kit", sorted(MOST_USED))
def test_the_three_together_meet_what_a_facilitator_fears_most(kit: str) -> None:
    met = {incident.kind for play in of(kit) for scene in play.steps for incident in scene.incidents}
    size = KITS[kit].group_size
    assert size
    assert met >= EACH_MEETS | ({"late-arrival"} if size.max > 2 else set())


@each_play
def test_there_are_as_many_incidents_as_its_difficulty_says_each_told_to_the_end(name: str) -> None:
    play = FRENCH[name]
    incidents = [incident for scene in play.steps for incident in scene.incidents]
    low, high = INCIDENTS[play.difficulty]
    assert low <= len(incidents) <= high
    for incident in incidents:
        assert all((incident.by, incident.sees, incident.eased, incident.ignored, incident.hint)), incident


@each_play
def test_incidents_and_words_come_while_the_step_lasts_and_in_their_order(name: str) -> None:
    for scene, step in scenes(FRENCH[name]):
        takes = step.minutes.usual if scene.takes is None else scene.takes
        moments = [speech.at for speech in scene.speech]
        assert moments == sorted(moments), scene.id
        assert all(0 <= at < takes for at in (*moments, *(one.at for one in scene.incidents))), scene.id
        if any(incident.kind == "overrun" for incident in scene.incidents):
            assert takes > step.minutes.usual, scene.id


# Both languages.

TEXTS = frozenset(
    {"title", "summary", "themes", "says", "text", "sees", "eased", "ignored", "hint", "note", "skip", "what"}
    | {"first_step", "word"}
)


@each_play
def test_no_text_stands_there_in_one_language_only(name: str) -> None:
    assert list(typography.alone(PLAY_DOCUMENTS[name], TEXTS)) == []
    for scene in PLAY_DOCUMENTS[name]["steps"]:
        assert all(words == "" or set(words) == set(LANGUAGES) for words in scene.get("reworded", [])), scene["id"]


@each_play
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_is_in_its_language_and_well_typeset(name: str, language: str) -> None:
    texts = typography.told(PLAY_DOCUMENTS[name], language)
    assert len(texts) > 20
    assert [(place, text) for place, text in texts if typography.foreign(text, language)] == []
    assert [(place, text, what) for place, text in texts if (what := typography.faults(text, language))] == []


@each_play
def test_it_is_the_same_play_in_both_languages(name: str) -> None:
    play, english = FRENCH[name], ENGLISH[name]
    assert (play.language, english.language) == ("fr", "en")
    assert (play.kit, play.people, play.difficulty) == (english.kit, english.people, english.difficulty)
    assert play.title != english.title
    assert play.summary != english.summary
    for one, other in zip(play.steps, english.steps, strict=True):
        assert (one.id, one.takes, one.extend, one.pause, bool(one.skip)) == (
            other.id, other.takes, other.extend, other.pause, bool(other.skip),
        )  # fmt: skip
        assert [(line.by, line.kind) for line in one.write] == [(line.by, line.kind) for line in other.write]
        assert len(one.pick) == len(other.pick)
        assert [action.due for action in one.actions] == [action.due for action in other.actions]
        assert [(i.at, i.kind) for i in one.incidents] == [(i.at, i.kind) for i in other.incidents]


@each_play
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_chosen_by_a_short_title_and_one_sentence(name: str, language: str) -> None:
    play = (FRENCH if language == "fr" else ENGLISH)[name]
    assert len(play.title) <= 60
    assert 20 <= len(play.summary) <= 110
    assert play.themes


# It can be played.


@each_play
def test_every_step_is_played_as_often_as_the_kit_plays_it_and_in_its_order(name: str) -> None:
    play = FRENCH[name]
    kit = KITS[play.kit]
    times = Counter(scene.id for scene in play.steps)
    asking = {times[step.id] for step in kit.steps if step.repeat == "offeror"}
    assert len(asking) <= 1
    for people in asking:
        here = 1 + len(play.people.contributors) + bool(play.people.facilitator) + len(play.people.absent)
        assert 2 <= people <= here
    for step in kit.steps:
        assert step.repeat == "offeror" or times[step.id] == 1, step.id
    order = [step.id for step in kit.steps]
    once = [scene.id for scene in play.steps if times[scene.id] == 1]
    assert once == [one for one in order if times[one] == 1]


@each_play
def test_it_ends_about_when_the_kit_says(name: str) -> None:
    play = FRENCH[name]
    asking = max(Counter(scene.id for scene in play.steps).values())
    real = usual = 0.0
    for scene, step in scenes(play):
        real += scene.pause + (0 if scene.skip else step.minutes.usual if scene.takes is None else scene.takes)
        usual += step.minutes.usual
    assert usual == KITS[play.kit].total(asking)
    assert abs(real - usual) <= EARLY_OR_LATE


@each_play
def test_a_step_that_is_skipped_says_why_and_nothing_else(name: str) -> None:
    for scene in PLAY_DOCUMENTS[name]["steps"]:
        assert "skip" not in scene or set(scene) == {"id", "skip"}, scene["id"]


@each_play
def test_it_shows_an_extension_and_a_skip(name: str) -> None:
    assert any(scene.extend > 0 for scene in FRENCH[name].steps)
    assert any(scene.skip for scene in FRENCH[name].steps)


@pytest.mark.parametrize("kit", list(KITS))
def test_the_plays_of_a_kit_show_an_idea_put_aside_that_comes_back_and_an_interruption(kit: str) -> None:
    plays = of(kit)
    if any(step.card and step.card.fills == "contributions" for step in KITS[kit].steps):
        for play in plays:
            parked = {line.text for scene in play.steps for line in scene.park}
            back = {line.text for scene in play.steps for line in scene.write if line.parked}
            assert parked
            assert parked & back
            assert back <= parked
    if kit != "demande-claire":  # twelve minutes, often alone
        assert any(scene.pause > 0 for play in plays for scene in play.steps)


@each_play
def test_what_is_picked_was_written_before(name: str) -> None:
    written: dict[str, list[str]] = {}
    for scene, step in scenes(FRENCH[name]):
        if scene.pick:
            assert step.card.kind == "pick"
            assert step.card.min <= len(scene.pick) <= step.card.max
            assert len(scene.pick) == len(set(scene.pick))
            assert set(scene.pick) <= set(written[step.card.from_])
            assert len(scene.reworded) in (0, len(scene.pick))
        if step.card:
            written.setdefault(step.card.fills, []).extend(line.text for line in scene.write)


@each_play
def test_a_name_of_a_line_stands_for_one_line_only(name: str) -> None:
    first: set[str] = set()
    for scene in PLAY_DOCUMENTS[name]["steps"]:
        for line in (*scene.get("park", []), *scene.get("write", [])):
            if line.get("parked"):
                assert line["id"] in first
            elif one := line.get("id"):
                assert one not in first
                first.add(one)
        assert set(scene.get("pick", [])) <= first


@each_play
def test_the_plan_has_who_when_and_a_first_step_and_carries_an_idea_that_was_kept(name: str) -> None:
    play = FRENCH[name]
    actions = 0
    kept = 0
    for scene, step in scenes(play):
        kept = len(scene.pick) if step.card and step.card.fills == "ideas" and scene.pick else kept
        for action in scene.actions:
            actions += 1
            assert action.who, scene.id
            assert action.first_step or scene.id == "engagements", scene.id  # there each says one goal in a breath
            assert action.due, scene.id
            assert DAY < action.due < DAY + datetime.timedelta(days=120), scene.id
            assert 0 <= action.idea <= kept, scene.id
    assert actions >= 2 or not any(s.card and s.card.fills == "actions" for s in KITS[play.kit].steps)


@each_play
def test_it_writes_on_the_card_of_the_step(name: str) -> None:
    for scene, step in scenes(FRENCH[name]):
        card = step.card
        kind = card.kind if card else None
        assert not scene.write or kind == "list", scene.id
        assert not scene.actions or kind == "actions", scene.id
        assert not scene.text or kind == "text", scene.id
        assert not scene.form or kind == "form", scene.id
        assert not scene.pick or kind == "pick", scene.id
        if card and not scene.skip:
            assert any((scene.write, scene.actions, scene.text, scene.form, scene.pick)), scene.id
        if card:
            assert all(bool(line.kind) == (card.fills == "contributions") for line in scene.write), scene.id
        for answers in scene.form:
            asked = {item.id: item for item in card.fields}
            assert (card.of == "each") == bool(answers.by), scene.id
            for field, answer in answers.answers.items():
                item = asked[field]
                low, high = (1, len(item.choices)) if item.kind == "choice" else (item.min, item.max)
                assert isinstance(answer, str) if item.kind == "text" else low <= int(answer) <= high, scene.id
            if card.fills == "follow_up":
                assert datetime.date.fromisoformat(str(answers.answers["date"])) > DAY


@each_play
def test_only_people_who_are_there_speak_and_all_of_them_do(name: str) -> None:
    play = FRENCH[name]
    there = {one for one in (play.people.offeror, play.people.facilitator, *play.people.contributors) if one}
    speaks: set[str] = set()
    for scene in play.steps:
        coming = {incident.by for incident in scene.incidents if incident.kind == "late-arrival"}
        assert coming <= set(play.people.absent), scene.id
        there |= coming
        names = [line.by for line in (*scene.write, *scene.park)] + [speech.by for speech in scene.speech]
        names += [answers.by for answers in scene.form] + [incident.by for incident in scene.incidents]
        assert set(filter(None, names)) <= there, scene.id
        assert {one for action in scene.actions for one in action.who.split(", ")} <= there, scene.id
        speaks |= set(names)
    assert there - {play.people.facilitator} <= speaks


@each_play
def test_what_is_written_is_short_and_what_is_said_is_speech(name: str) -> None:
    for play in (FRENCH[name], ENGLISH[name]):
        for scene in play.steps:
            written = [line.text for line in (*scene.write, *scene.park)]
            assert all(len(text.split()) <= 28 for text in written), scene.id
            said = [speech.says for speech in scene.speech] + [incident.says for incident in scene.incidents]
            assert all(len(text.split()) <= 34 for text in said), scene.id
