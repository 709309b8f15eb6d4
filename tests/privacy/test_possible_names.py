"""Words that may be names are told, wherever they stand; ordinary words are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.privacy.name_finder import Finder
from entraide_tui.privacy.possible_names import possible_names

UNKNOWN = ("Barnabulle", "Zoltanek", "Kaoutar", "Ndiaye", "Prigentin")


def told(text: str, language: str = "fr", known: tuple[str, ...] = ()) -> set[str]:
    found = possible_names([text], Finder.of(known), language)
    return {*found.capital, *found.small}


@pytest.mark.parametrize("name", UNKNOWN)
@pytest.mark.parametrize(
    "text",
    [
        "{} connaît le maire.",
        "Je pense que {} viendra.",
        "Voir : {} pour la salle",
        "Appeler le marché. {} le fera.",
        "Les lieux\n{}\nla date",
        "« {} » a dit oui",
        "– {} apporte les chaises",
        "Voir {}, merci",
        "D’après {} c’est fait",
        "(avec {})",
        "Demander à {}",
        "Le mot de {} hier",
        "C’est l’idée d’{}",
    ],
)
def test_a_name_that_no_field_knows_is_told_wherever_it_stands(name: str, text: str) -> None:
    assert any(name in word for word in told(text.format(name)))
    assert any(name.lower() in word.lower() for word in told(text.format(name.lower())))


@pytest.mark.parametrize(
    "text", ["Pierre l’a dit", "Thomas connaît la mairie", "Zoé : oui", "Lise viendra", "J.-P. est là", "Vu avec Z.K."]
)
def test_frequent_first_names_and_initials_are_told_though_they_may_be_words(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Imprimer les affiches et appeler la mairie. Ensuite, réunir le bureau.", "fr"),
        ("Comment redonner envie aux habitants de venir au comité ?", "fr"),
        ("Peut-être commencer plus petit : un café, une table, deux chaises. Puis on verra.", "fr"),
        ("Tenir la prochaine séance au marché\nRetrouver le numéro du placier", "fr"),
        ("How can we make people want to come back to the committee?", "en"),
        ("Ask the market manager for a stall. Then print the posters: large ones.", "en"),
        ("Bring coffee, keep it short", "en"),
    ],
)
def test_sentences_of_ordinary_words_tell_nothing(text: str, language: str) -> None:
    assert told(text, language) == set()


def test_what_is_known_or_said_to_be_no_name_is_not_told_again() -> None:
    assert told("Barnabulle et Awa, puis Kaoutar", known=("Awa", "Barnabulle")) == {"Kaoutar"}


def test_places_of_several_words_are_told_whole() -> None:
    text = (
        "Nous irons à Saint-Denis avec la Maison de Quartier et l'Unesco. Demain aussi. Voir Kader, et Kader, et Awa."
    )
    found = possible_names([text], Finder.of(["Awa"]), "fr")
    assert found.capital == ("Kader", "Maison de Quartier", "Saint-Denis", "Unesco")


@given(st.text(max_size=120), st.sampled_from(["fr", "en"]))
@examples(60)
def test_any_text_is_answered(text: str, language: str) -> None:
    assert all(word.strip() for word in told(text, language))


@pytest.mark.parametrize("part", ["a", "A", "Ab ", "A. ", "ab ", "d’", "Awa\n", "A.-"])
def test_the_largest_text_takes_no_time(part: str) -> None:
    told("a", "fr")
    began = time.process_time()
    told(part * (100_000 // len(part)))
    assert time.process_time() - began < 5, "in time that grows with the text: else it were minutes"
