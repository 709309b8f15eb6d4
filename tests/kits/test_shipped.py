"""The kits that ship: complete, in two languages, well typeset, of the method's minutes and of the length promised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from tests.kits import typography
from tests.kits.shipped import FOLDER, KIT_DOCUMENTS, KIT_PATHS, KITS

from entraide_tui.kits import catalogue, loader, rescues
from entraide_tui.kits.model import Card, Kit, Roles, StepChange, in_language, lines_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.kits.model import Rescue

LANGUAGES = typography.LANGUAGES

# The method's own tables, a row for each step: its name, min/usual/max, and what may be done when it gets late. A star:
# once for each offeror. A plus: we make two or three steps of what is one row there, whose minutes add up to it.
METHOD = {
    "atelier-entraide": """
        accueil 3/5/10 shorten, suivi 0/5/10 drop, tour 5/10/20 drop, choix 2/4/8 drop, expose 3/5/10 keep,
        clarification 5/10/20 shorten, demande 2/4/8 keep, contributions 12/20/30 keep, tri 2/5/8 shorten,
        plan 4/7/12 keep, apprentissages 4/8/12 shorten, ressenti 2/4/6 drop, cloture 1/3/5 shorten""",
    "codev-classique": """
        inclusion 5/15/30 shorten, choix 5/10/20 drop, expose 5/10/15 keep, clarification 10/20/30 shorten,
        contrat 3/5/10 keep, consultation 20/30/45 keep, synthese+plan 5/10/15 keep, apprentissages 10/15/20 shorten,
        cloture 2/5/10 shorten""",
    "flash-groupe": """
        cadre 1/2/3 shorten, expose 2/4/5 keep, clarification 4/6/8 shorten, demande 1/2/3 keep, ecriture 0/3/10 drop,
        contributions 6/10/15 keep, options+pas 3/5/7 keep, mot-fin 1/3/5 drop""",
    "flash-binome": """
        ouverture 1/2/3 shorten, demande* 1/2/3 keep, questions* 2/4/5 shorten, pistes* 3/5/6 keep, pas* 1/2/3 keep,
        cloture 1/2/3 drop""",
    "mastermind-binome": """
        arrivee 1/1/2 drop, retour 2/3/5 shorten, victoires 2/4/6 shorten, defi* 1/2/3 keep, demande* 1/1/2 keep,
        aide* 4/6/8 keep, engagements 2/3/4 keep, rdv 1/1/2 drop""",
    "hot-seat": """
        victoires 5/10/15 shorten, retour 0/3/8 drop, place 1/2/3 shorten, expose 2/3/5 keep, questions 4/7/10 shorten,
        idees 12/18/25 keep, retenu+pas 3/5/8 keep, engagements 5/10/12 shorten, prochain 1/2/3 drop""",
    "troika": """
        preparation 1/1/2 keep, demande* 1/2/2 keep, clarification* 1/2/2 shorten, dos* 4/5/5 keep,
        retour+pas* 1/1/2 keep, bilan 0/3/10 drop""",
    "wise-crowds": """
        cadre 2/3/5 shorten, demande* 1/2/3 keep, clarification* 2/3/4 shorten, consultation* 6/8/10 keep,
        retour+pas* 1/2/3 keep, bilan 0/5/10 drop""",
    "kollegiale": """
        roles 3/5/10 shorten, recit 5/10/15 keep, question 3/5/8 keep, methode 2/5/5 drop, consultation 8/15/20 keep,
        bilan+plan 3/5/10 keep, partage 0/5/10 drop""",
    "heilsbronn": """
        ouverture 5/8/10 shorten, recit 5/10/10 keep, questions 5/8/10 shorten, resonances 5/10/15 drop,
        retour1 2/4/5 shorten, visions 5/10/12 drop, retour2 2/5/5 keep, solutions 10/15/20 keep,
        decision+pas 3/8/10 keep, partage 5/10/12 shorten""",
    "incident": """
        suivi 0/5/5 drop, recueil 5/10/10 drop, choix 2/5/5 drop, questions 10/15/15 keep, analyse 8/10/15 keep,
        conseils 5/10/15 keep, retour+plan+apprentissages 5/10/15 keep""",
    "coulisses": """
        recit 3/5/7 keep, questions 5/10/12 shorten, coulisses 10/15/20 keep, retour+plan 3/7/10 keep,
        evaluation+apprentissages 3/8/10 shorten""",
    "action-learning": """
        retour 0/3/5 drop, expose 2/2/5 keep, clarification 5/7/10 shorten, questions 10/13/20 keep,
        synthese 1/2/3 shorten, ressources 0/3/5 drop, action+pas 2/2/4 keep, revue 2/3/5 shorten""",
    "bilan-mensuel": """
        ouverture 1/2/3 shorten, suivi 2/4/6 shorten, reflexion 2/5/5 shorten, victoires 4/8/12 keep,
        etapes 0/5/8 drop, defis 6/12/16 keep, offres 3/6/10 keep, cloture 1/3/5 drop""",
    "demande-claire": """
        situation 2/3/5 keep, besoin 1/3/4 keep, phrase 2/3/5 keep, test 1/2/3 drop, adresse 1/1/2 keep""",
    "micro-demande": """
        retour 0/2/5 drop, choix 2/4/5 keep, tri 1/3/5 keep, phrase 2/4/5 shorten, engagement 1/2/3 keep""",
}
# The usual minutes, for how many who ask; then the least that the whole takes, with what may be dropped and without it.
TOTALS = {
    "atelier-entraide": (90, 1, 45, 36),
    "codev-classique": (120, 1, 65, 60),
    "flash-groupe": (35, 1, 18, 17),
    "flash-binome": (30, 2, 16, 15),
    "mastermind-binome": (30, 2, 20, 18),
    "hot-seat": (60, 1, 33, 32),
    "troika": (34, 3, 22, 22),
    "wise-crowds": (68, 4, 42, 42),
    "kollegiale": (50, 1, 24, 22),
    "heilsbronn": (88, 1, 47, 37),
    "incident": (65, 1, 35, 28),
    "coulisses": (45, 1, 24, 24),
    "action-learning": (35, 1, 22, 22),
    "bilan-mensuel": (45, 1, 19, 18),
    "demande-claire": (12, 1, 7, 6),
    "micro-demande": (15, 1, 6, 6),
}
# Where the method gives the minutes of a longer or shorter form, row by row.
FORMS = {
    ("codev-classique", "90"): (5, 7, 7, 15, 5, 25, 8, 13, 5),
    ("codev-classique", "120"): (15, 10, 10, 20, 5, 30, 10, 15, 5),
    ("codev-classique", "150"): (20, 10, 12, 25, 8, 38, 12, 18, 7),
    ("flash-groupe", "30"): (2, 4, 5, 2, 0, 10, 5, 2),
    ("flash-groupe", "35"): (2, 4, 6, 2, 3, 10, 5, 3),
    ("flash-groupe", "45"): (2, 4, 8, 2, 5, 14, 6, 4),
}
WORDS = {"fr": {"une heure": 60}, "en": {"one hour": 60}}
BOTH = {"offeror-speaks", "request-first"}
"""The two things on which schools disagree."""
DISAGREE = {
    "atelier-entraide": BOTH,
    "codev-classique": BOTH,
    "flash-groupe": BOTH,
    "kollegiale": BOTH,
    "heilsbronn": BOTH,
    "action-learning": BOTH,
    "mastermind-binome": BOTH,
    "hot-seat": {"offeror-speaks"},
    "troika": {"offeror-speaks"},
    "wise-crowds": {"offeror-speaks"},
    "incident": {"offeror-speaks"},
}
each_kit = pytest.mark.parametrize("kit", list(KITS), indirect=True)
each_document = pytest.mark.parametrize("name", KIT_DOCUMENTS)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def kit(request: pytest.FixtureRequest) -> Kit:
    """The one of that name."""
    return KITS[request.param]


class Row(NamedTuple):
    """A row of the method's tables."""

    steps: tuple[str, ...]
    minutes: tuple[float, float, float]
    when_late: str
    repeats: bool


def rows(name: str) -> list[Row]:
    """What the method says of a kit."""
    out = []
    for row in METHOD[name].split(","):
        names, minutes, when_late = row.split()
        low, usual, high = map(float, minutes.split("/"))
        out.append(Row(tuple(names.rstrip("*").split("+")), (low, usual, high), when_late, names.endswith("*")))
    return out


# What ships.


def test_the_sixteen_kits_that_were_promised_ship() -> None:
    assert set(KITS) == set(METHOD) == set(TOTALS)
    assert len(KITS) == 16
    assert catalogue.shipped_folder().resolve() == FOLDER.resolve()


@pytest.mark.parametrize("name", KIT_PATHS)
def test_a_kit_has_no_error_and_its_own_name(name: str) -> None:
    assert loader.check_file(KIT_PATHS[name]).errors == ()
    assert (KITS[name].id, KITS[name].format, KITS[name].based_on) == (name, 1, "")
    assert KITS[name].licence == "CC-BY-SA-4.0"
    text = KIT_PATHS[name].read_text("utf-8")
    assert text.startswith("#:schema kit.schema.json\n# SPDX-License-Identifier: CC-BY-SA-4.0\n")


# Minutes.


@pytest.mark.parametrize("name", METHOD)
def test_steps_minutes_and_what_may_give_way_are_those_of_the_method(name: str) -> None:
    kit = KITS[name]
    table = rows(name)
    assert [step.id for step in kit.steps] == [one for row in table for one in row.steps]
    for row in table:
        parts = [step for step in kit.steps if step.id in row.steps]
        spans = [(s.minutes.min, s.minutes.usual, s.minutes.max) for s in parts if s.minutes]
        assert len(spans) == len(parts)
        assert tuple(map(sum, zip(*spans, strict=True))) == row.minutes, row.steps
        assert parts[0].when_late == row.when_late, row.steps
        if row.when_late == "keep":
            assert {part.when_late for part in parts} == {"keep"}, row.steps
        assert {part.repeat == "offeror" for part in parts} == {row.repeats}, row.steps


@pytest.mark.parametrize("name", TOTALS)
def test_the_whole_takes_the_minutes_that_the_method_says(name: str) -> None:
    kit = KITS[name]
    usual, offerors, least, bare = TOTALS[name]
    assert kit.total(offerors) == usual
    times = {step.id: offerors if step.repeat == "offeror" else 1 for step in kit.steps}
    lows = {step.id: step.minutes.min * times[step.id] for step in kit.steps if step.minutes}
    assert sum(lows.values()) == least
    assert sum(lows[step.id] for step in kit.steps if step.when_late != "drop") == bare


def promised(title: str, language: str) -> int | None:
    """The minutes that a title says."""
    for words, minutes in WORDS[language].items():
        if words in title.casefold():
            return minutes
    found = re.search(r"(\d+)\sminutes", title)
    return int(found[1]) if found else None


@each_kit
def test_a_preset_takes_the_minutes_that_its_title_promises(kit: Kit) -> None:
    for preset in kit.presets:
        total = kit.with_choices(preset.id, ()).total(TOTALS[kit.id][1])
        for language in LANGUAGES:
            assert promised(in_language(preset.title, language), language) == total, preset.id


@each_kit
def test_a_preset_drops_only_what_may_be_dropped_and_stays_within_what_each_step_needs(kit: Kit) -> None:
    for preset in kit.presets:
        for step_id, minutes in preset.minutes.items():
            step = kit.step(step_id)
            assert step, (preset.id, step_id)
            assert step.minutes, (preset.id, step_id)
            if minutes == 0:
                assert step.when_late == "drop", (preset.id, step_id)
            else:
                assert step.minutes.min <= minutes <= step.minutes.max, (preset.id, step_id)


@pytest.mark.parametrize(("name", "preset"), FORMS)
def test_the_forms_that_the_method_times_row_by_row_have_these_minutes(name: str, preset: str) -> None:
    (minutes,) = (p.minutes for p in KITS[name].presets if p.id == preset)
    assert tuple(sum(minutes.get(one, 0) for one in row.steps) for row in rows(name)) == FORMS[name, preset]


@each_kit
def test_the_shortest_form_promised_leaves_room_for_the_least_that_its_steps_need(kit: Kit) -> None:
    offerors = TOTALS[kit.id][1]
    for preset in kit.presets:
        left = [step for step in kit.steps if preset.minutes.get(step.id, 1) > 0]
        least = sum((s.minutes.min if s.minutes else 0) * (offerors if s.repeat == "offeror" else 1) for s in left)
        assert least <= kit.with_choices(preset.id, ()).total(offerors), preset.id


def test_each_kit_that_can_last_an_hour_or_may_not_has_a_shorter_form() -> None:
    for kit in KITS.values():
        usual = kit.total(TOTALS[kit.id][1])
        totals = [kit.with_choices(p.id, ()).total(TOTALS[kit.id][1]) for p in kit.presets]
        assert usual <= 35 or any(total < usual for total in totals), kit.id


# Completeness.


def required(kit: Kit) -> Iterator[tuple[str, Any]]:
    """Every text that a shipped kit has in both languages, with its place."""
    yield from [("title", kit.title), ("summary", kit.summary), ("credits", kit.credits)]
    yield from [("suits.whom", kit.suits.whom), ("suits.what", kit.suits.what)]
    yield from _roles("roles", kit.roles)
    for preset in kit.presets:
        yield f"preset {preset.id}", preset.title
    for option in kit.options:
        yield f"option {option.id}", option.title
        for step_id, change in option.changes.items():
            yield from _change(f"option {option.id}.{step_id}", change)
    for step in kit.steps:
        yield from [(f"{step.id}.title", step.title), (f"{step.id}.purpose", step.purpose)]
        yield from [(f"{step.id}.say", step.say), (f"{step.id}.watch", step.watch), (f"{step.id}.avoid", step.avoid)]
        yield f"{step.id}.key_words", step.key_words
        yield from _roles(f"{step.id}.roles", step.roles)
        if step.card:
            yield from _card(f"{step.id}.card", step.card)
    for rescue in kit.rescue:
        yield from _rescue(rescue)


def _roles(place: str, roles: Roles) -> list[tuple[str, Any]]:
    return [(f"{place}.{name}", getattr(roles, name)) for name in ("offeror", "facilitator", "contributor")]


def _card(place: str, card: Card) -> Iterator[tuple[str, Any]]:
    yield f"{place}.prompt", card.prompt
    for item in card.fields:
        yield f"{place}.{item.id}", item.label
        for number, choice in enumerate(item.choices):
            yield f"{place}.{item.id}.{number}", choice


def _change(place: str, change: StepChange) -> Iterator[tuple[str, Any]]:
    for name in ("title", "purpose", "key_words", "say", "watch", "avoid"):
        if (value := getattr(change, name)) is not None:
            yield f"{place}.{name}", value
    if change.card:
        yield from _card(f"{place}.card", change.card)


def _rescue(rescue: Rescue) -> list[tuple[str, Any]]:
    place = f"rescue {rescue.id}"
    return [(f"{place}.title", rescue.title), (f"{place}.sign", rescue.sign), (f"{place}.say", rescue.say)]


@each_kit
def test_a_kit_is_complete_in_french_and_in_english(kit: Kit) -> None:
    assert kit.suits.when
    assert kit.group_size
    assert 1 <= len(kit.rescue) <= 2
    for place, words in required(kit):
        assert isinstance(words, dict), place
        assert set(words) == set(LANGUAGES), place
        if isinstance(words["fr"], list):
            assert len(words["fr"]) == len(words["en"]) >= 1, place
            assert all(line.strip() for lines in words.values() for line in lines), place
        else:
            assert all(text.strip() for text in words.values()), place


TEXTS = frozenset(
    {"title", "summary", "credits", "purpose", "key_words", "say", "watch", "avoid", "prompt", "label", "choices"}
    | {"whom", "what", "sign", "offeror", "facilitator", "contributor"}
)


@each_document
def test_no_text_at_all_stands_there_in_one_language_only(name: str) -> None:
    assert list(typography.alone(KIT_DOCUMENTS[name], TEXTS)) == []


def test_a_text_in_one_language_only_would_be_seen() -> None:
    for fault in ("t", {"fr": "t"}, {"fr": "t", "en": " "}, {"fr": ["t"], "en": []}, {"fr": ["t", "u"], "en": ["t"]}):
        assert list(typography.alone({"steps": [{"say": fault}]}, TEXTS)) == [".steps.0.say"]


@each_kit
def test_each_step_has_as_much_guidance_as_a_beginner_needs_and_no_more(kit: Kit) -> None:
    for step in kit.steps:
        for language in LANGUAGES:
            assert 2 <= len(lines_in(step.say, language)) <= 4, step.id
            assert 2 <= len(lines_in(step.watch, language)) <= 3, step.id
            assert 2 <= len(lines_in(step.avoid, language)) <= 3, step.id
            assert 2 <= len(lines_in(step.key_words, language)) <= 4, step.id


def test_the_ten_common_difficulties_ship_and_each_has_something_to_say() -> None:
    common = rescues.common()
    assert [rescue.id for rescue in common] == [
        "early-advice", "too-long", "silent", "defends", "vague", "debate", "weak-plan", "emotion", "energy", "stuck",
    ]  # fmt: skip
    for rescue in (*common, *(own for kit in KITS.values() for own in kit.rescue)):
        for language in LANGUAGES:
            assert 1 <= len(lines_in(rescue.say, language)) <= 3, rescue.id


def test_what_a_method_says_of_a_difficulty_is_its_own() -> None:
    ids = [rescue.id for kit in KITS.values() for rescue in kit.rescue]
    assert len(ids) == len(set(ids))
    assert set(ids).isdisjoint(rescue.id for rescue in rescues.common())


# Lengths: what stands in narrow columns, and what is read aloud.


@each_kit
@each_language
def test_titles_fit_a_narrow_column_and_sentences_can_be_read_aloud(kit: Kit, language: str) -> None:
    short: list[tuple[str, str, int]] = []
    short += [(f"step {step.id}", in_language(step.title, language), 22) for step in kit.steps]
    short += [
        (f"option {option.id}.{step_id}", in_language(change.title, language), 22)
        for option in kit.options
        for step_id, change in option.changes.items()
        if change.title
    ]
    short += [(f"prompt {s.id}", in_language(s.card.prompt, language), 60) for s in kit.steps if s.card]
    short += [(f"rescue {rescue.id}", in_language(rescue.title, language), 34) for rescue in kit.rescue]
    short += [("suits", in_language(words, language), 90) for words in (kit.suits.whom, kit.suits.what)]
    short += [("title", in_language(kit.title, language), 40)]
    for step in kit.steps:
        short += [(f"say {step.id}", line, 160) for line in lines_in(step.say, language)]
        short += [(f"key words {step.id}", line, 24) for line in lines_in(step.key_words, language)]
        for kind, lines in (("watch", step.watch), ("avoid", step.avoid)):
            short += [(f"{kind} {step.id}", line, 130) for line in lines_in(lines, language)]
    assert [(place, text) for place, text, most in short if len(text) > most] == []


@each_kit
@each_language
def test_what_is_watched_and_avoided_are_whole_sentences(kit: Kit, language: str) -> None:
    lines = [
        *(line for step in kit.steps for kind in (step.watch, step.avoid) for line in lines_in(kind, language)),
        *(in_language(step.purpose, language) for step in kit.steps),
        in_language(kit.summary, language),
    ]
    capital = re.compile(r"[«“]?[ \u00a0]?[A-ZÀÂÇÉÈÊÎÔŒ]|[«“]")
    assert [line for line in lines if not capital.match(line) or line[-1] not in ".…?!”»"] == []
    key_words = [line for step in kit.steps for line in lines_in(step.key_words, language)]
    assert [line for line in key_words if not capital.match(line) or line.endswith(".")] == []


# Languages and typography.


@each_document
@each_language
def test_each_text_is_in_the_language_that_it_says(name: str, language: str) -> None:
    found = [
        (place, words)
        for place, text in typography.told(KIT_DOCUMENTS[name], language)
        if (words := typography.foreign(text, language))
    ]
    assert found == []


@each_language
def test_a_text_in_the_other_language_would_be_seen(language: str) -> None:
    other = "en" if language == "fr" else "fr"
    long = [
        text for name in KIT_DOCUMENTS for _p, text in typography.told(KIT_DOCUMENTS[name], other) if len(text) > 50
    ]
    assert sum(bool(typography.foreign(text, language)) for text in long) > 0.98 * len(long)


@each_document
def test_a_language_is_not_filled_with_the_words_of_the_other(name: str) -> None:
    for place, words in typography.spoken(KIT_DOCUMENTS[name]):
        if isinstance(words["fr"], list):
            assert not {line for line in words["fr"] if " " in line} & set(words["en"]), place
        elif " " in words["fr"]:
            assert words["fr"] != words["en"], place


@each_document
@each_language
def test_each_text_is_typeset_as_its_language_wants(name: str, language: str) -> None:
    found = [
        (place, what, text)
        for place, text in typography.told(KIT_DOCUMENTS[name], language)
        if (what := typography.faults(text, language))
    ]
    assert found == []


BADLY = {
    "fr": [
        "l'été", 'un "mot"', "Quoi ?", "Quoi?", "Quoi\u00a0?", "ici : là", "ici\u202f: là", "« mot\u00a0»", "et...",
        "«\u00a0mot", "un “mot”", "deux  espaces", "fin ", "et - non", "chacun·e", "venu(e)",
    ],
    "en": ["it's", 'a "word"', "a «word»", "what ?", "two  spaces", "end ", "so...", "“so", "a\u00a0b"],
}  # fmt: skip


@each_language
def test_a_text_that_is_badly_typeset_would_be_seen(language: str) -> None:
    assert [text for text in BADLY[language] if not typography.faults(text, language)] == []


# Roles and choices.

ROLE_WORDS = {
    "fr": [
        "offreur", "contributeur", "facilitateur", "consultant", "modérateur", "animateur", "fauteuil",
        "porteur de cas", "gardien du temps", "relecteur",
    ],
    "en": [
        "offeror", "contributor", "facilitator", "consultant", "adviser", "moderator", "hot seat", "case presenter",
        "timekeeper", "helper",
    ],
}  # fmt: skip


@each_kit
@each_language
def test_a_kit_calls_the_roles_by_its_own_words_only(kit: Kit, language: str) -> None:
    own = [in_language(getattr(kit.roles, role), language) for role in ("offeror", "facilitator", "contributor")]
    assert len(set(own)) == 3
    document = {key: value for key, value in KIT_DOCUMENTS[kit.id].items() if key not in ("credits", "roles")}
    for place, text in typography.told(document, language):
        for word in ROLE_WORDS[language]:
            said = re.search(rf"\b{word}s?\b", text.casefold())
            assert not said or any(word in one for one in own), (place, text)


@pytest.mark.parametrize("name", DISAGREE)
def test_where_schools_disagree_the_kit_has_a_choice_and_no_side(name: str) -> None:
    assert {option.id for option in KITS[name].options} >= DISAGREE[name]


@each_kit
def test_an_option_changes_something_and_asks_early_for_the_request_in_words_and_on_the_card(kit: Kit) -> None:
    for option in kit.options:
        played = kit.with_choices("", (option.id,))
        assert played.steps != kit.steps, option.id
        if option.id == "offeror-speaks":
            assert any("offeror" in (change.speaks or ()) for change in option.changes.values())
        if option.id == "request-first":
            first = next(iter(option.changes))
            card = option.changes[first].card
            assert card
            assert card.fills == "request"
            assert "text" in {item.id for item in card.fields}
            assert option.changes[first].say


@each_kit
def test_a_kit_can_be_played_with_each_preset_and_option(kit: Kit) -> None:
    for preset in ("", *(p.id for p in kit.presets)):
        played = kit.with_choices(preset, tuple(o.id for o in kit.options))
        left = [s.id for s in played.steps]
        for index, step in enumerate(played.steps):
            if step.minutes:
                assert 0 <= step.minutes.min <= step.minutes.usual <= step.minutes.max
            if step.card and step.card.kind == "pick" and step.card.fills == "ideas":
                assert any(s.card and s.card.fills == step.card.from_ for s in played.steps[:index]), left


@each_kit
def test_a_kit_leaves_what_the_group_came_for(kit: Kit) -> None:
    filled = {step.card.fills for step in kit.steps if step.card}
    without = {
        "bilan-mensuel": {"request", "ideas"},
        "demande-claire": {"ideas", "actions"},
        "flash-binome": {"ideas"},
        "mastermind-binome": {"ideas"},
        "micro-demande": {"ideas"},
    }
    assert {"request", "ideas", "actions"} - filled == without.get(kit.id, set())
