"""Names in texts: all of them are found, the grammar around them stays right, the same is the same everywhere."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.archive import made
from tests.archive.test_record_file import full
from tests.examples import examples

from entraide_tui.common.text import fold
from entraide_tui.privacy import name_finder, pseudonyms
from entraide_tui.privacy.name_finder import Finder
from entraide_tui.privacy.name_lists import FIRST_NAMES
from entraide_tui.privacy.pseudonyms import KnownName, MarkedWord, Replacements, as_text

WRITTEN = ("Inès", "Anne-Marie Dupont", "Awa", "Zoé", "Léo", "O’Brien", "李明", "Łukasz", "Jérôme", "Rose")


def table(language: str = "fr", **by: str) -> Replacements:
    """Each name, with a blank as `_`, and what stands for it."""
    known = [KnownName(name.replace("_", " "), "person", name_finder.forms(name.replace("_", " "))) for name in by]
    return Replacements.of(known, {name.replace("_", " "): said for name, said in by.items()}, language)


def said(text: str, language: str = "fr", **by: str) -> str:
    return as_text(table(language, **by).pieces(text))


# -- finding


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("d'Awa, l’Awa, qu'awa, AWA et Awa’s", 5),
        ("awab, Pawa, Awaé", 0),
        ("_Awa_ *Awa* #awa awa2 (Awa) «Awa»", 6),
        ("A\u200bwa A\u00adwa A⟨200B⟩wa Awa\u0301", 4),
        ("é" * 5 + " Awa", 1),
    ],
)
def test_whole_words_are_found_whatever_surrounds_them(text: str, found: int) -> None:
    assert len(Finder.of(["Awa"]).find(text)) == found


@pytest.mark.parametrize("between", ["\u200b", "␟", "⟨200B⟩", "\u2060\u200d"])
def test_what_is_invisible_parts_names_too(between: str) -> None:
    found = Finder.of(["Awa", "Zoé", "Marc"]).find(f"Zoe{between}Awa, Ma{between}rc et A{between}Zœ")
    assert [f.name for f in found] == ["Zoé", "Awa", "Marc", "Zoé"]


@pytest.mark.parametrize("text", ["Anne-Marie", "anne marie", "ANNE‑MARIE", "Anne\nMarie", "Anne – Marie", "AnneMarie"])
def test_hyphens_and_blanks_are_the_same_in_a_name(text: str) -> None:
    found = Finder.of(name_finder.forms("Anne-Marie Dupont")).find(f"Pour {text}.")
    assert [f"Pour {text}."[f.start : f.end] for f in found] == [text]


@examples(100)
@given(text=made.texts() | st.text(max_size=30))
def test_the_quick_way_of_folding_is_the_careful_one(text: str) -> None:
    for gaps in (name_finder._HIDDEN, name_finder._HYPHENATED, name_finder._BROKEN):
        plain, at = name_finder.folded(text, gaps)
        assert plain == name_finder.bare(text, gaps)
        assert len(at) == len(plain)
        assert list(at) == sorted(at)


def disguised(name: str, how: int) -> str:
    """The name as somebody else might write it."""
    return (
        name, name.upper(), name.lower(), unicodedata.normalize("NFD", name), name.replace("’", "'"),
        "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)),
        name.replace(" ", "\u00a0"), name[:1] + "\u200b" + name[1:],
    )[how]  # fmt: skip


@examples(60)
@given(before=made.texts(most=4), after=made.texts(most=4), name=st.sampled_from(WRITTEN[:-1]), how=st.integers(0, 7))
def test_where_a_name_stands_is_told_in_the_text_as_it_was_given(before: str, after: str, name: str, how: int) -> None:
    word = disguised(name, how)
    text = f"{before} {word} {after}"
    found = [f for f in Finder.of([name]).find(text) if f.sure]
    assert any(text[f.start : f.end].rstrip("\u200d\u200c") == word for f in found), (text, found)
    assert len({f.start for f in found}) == len(found)


def test_the_longest_name_is_found_first() -> None:
    found = Finder.of(["Marie", "Anne-Marie", "Anne", "Anne-Marie Dupont"]).find("Anne-Marie Dupont, Marie, anne")
    assert [f.name for f in found] == ["Anne-Marie Dupont", "Marie", "Anne"]


@pytest.mark.parametrize("name", ["Rose", "Pierre", "Mark", "Will", "Jean", "Li"])
def test_an_everyday_word_is_sure_with_a_capital_and_a_doubt_without(name: str) -> None:
    found = Finder.of([name]).find(f"{name} {name.lower()} {name.upper()}")
    assert [f.sure for f in found] == [True, False, True]


def test_what_can_not_be_looked_for_is_left_out() -> None:
    assert Finder.of(["", "?", "A", "é", " ", "12"]).names == ()
    assert Finder.of(["🦊"]).find("le 🦊 dit")[0].start == 3


def test_a_word_broken_at_the_end_of_a_line_is_found() -> None:
    finder = Finder.of(["Christophe"])
    assert finder.find("Chris-\ntophe") == []
    assert len(finder.find_broken("Chris-\ntophe", anywhere=False)) == 1
    assert finder.find_broken("Chris\ntophe", anywhere=False) == []
    assert len(finder.find_broken("Chris\ntophe", anywhere=True)) == 1


# -- who is who


def test_the_parts_of_a_name_and_no_initials() -> None:
    assert name_finder.forms("Anne-Marie Dupont") == ("Anne-Marie Dupont", "Anne-Marie", "Dupont")
    assert name_finder.forms("Awa D.") == ("Awa D.", "Awa")
    assert name_finder.forms("Jean de La Fontaine") == ("Jean de La Fontaine", "Jean", "Fontaine")
    assert name_finder.forms("M. d'Almeida") == ("M. d'Almeida", "Almeida")


def test_a_short_name_is_the_same_person_as_long_as_it_can_be_only_one() -> None:
    def who(*given: str, together: tuple[tuple[str, ...], ...] = ()) -> dict[str, tuple[str, ...]]:
        return {one.name: one.forms for one in pseudonyms.people(given, together)}

    assert who("Awa", "Awa Diallo") == {"Awa Diallo": ("Awa Diallo", "Awa", "Diallo")}
    assert who("Marie", "Jean Marie", together=(("Marie", "Jean Marie"),)) == {
        "Marie": ("Marie",),
        "Jean Marie": ("Jean Marie", "Jean"),
    }
    two = who("Marie Dupont", "Marie Durand")
    assert two == {
        "Marie Dupont": ("Marie Dupont", "Dupont"),
        "Marie Durand": ("Marie Durand", "Durand"),
        "Marie": ("Marie",),
    }


def test_a_field_may_name_several_people_or_nobody() -> None:
    assert pseudonyms.named_in("Awa et Jean, Inès") == ["Awa", "Jean", "Inès"]
    assert pseudonyms.named_in("tout le monde") == []
    assert pseudonyms.named_in("la mairie") == []
    assert pseudonyms.named_in("everyone / ?") == []


def test_everybody_of_a_record_and_its_group_is_known() -> None:
    known = pseudonyms.known_names([full()], ["Zoé", "Awa Diallo"])
    assert {one.name for one in known} == {
        "Awa Diallo", "Jean", "Inès", "Marc", "Léa", "Paul", "Zoé", "Réseau lecture publique"
    }  # fmt: skip


# -- what stands in their place


@examples(40)
@given(
    given_names=st.lists(
        st.sampled_from([*FIRST_NAMES["fr"], *FIRST_NAMES["en"], *WRITTEN]), unique_by=fold, max_size=60
    ),
    seed=st.integers(0, 99),
    language=st.sampled_from(["fr", "en"]),
)
def test_nobody_gets_a_real_name_and_no_two_the_same(given_names: list[str], seed: int, language: str) -> None:
    known = pseudonyms.known_names([], given_names)
    drawn = pseudonyms.draw(known, language, random.Random(seed))
    assert len(set(drawn.values())) == len(known)
    real = Finder.of([form for one in known for form in one.forms])
    assert [by for by in drawn.values() if real.find(by)] == []


def test_forty_people_get_forty_names_and_what_comes_later_changes_nothing() -> None:
    known = [KnownName(f"Qq{n}x", "person", (f"Qq{n}x",)) for n in range(80)]
    first = pseudonyms.draw(known[:40], "fr", random.Random(1))
    assert len(set(first.values())) == 40
    assert all(by.isalpha() for by in first.values())
    later = pseudonyms.draw(known, "fr", random.Random(1))
    assert {name: later[name] for name in first} == first
    assert pseudonyms.draw(known, "fr", random.Random(2)) != later


def test_the_lists_are_first_names_and_nothing_else() -> None:
    for every in FIRST_NAMES.values():
        assert len(set(every)) == len(every) > 40
        assert all(name.isalpha() and name[0].isupper() and name[1:].islower() for name in every)


def test_places_and_employers_are_told_apart() -> None:
    marked = [
        MarkedWord("Lyon"),
        MarkedWord("Brest"),
        MarkedWord("CAF", "organisation"),
        MarkedWord("Nono", "person", "Inès"),
    ]
    known = pseudonyms.known_names([full()], (), marked)
    drawn = pseudonyms.draw(known, "fr", random.Random(1))
    assert (drawn["Lyon"], drawn["Brest"], drawn["CAF"]) == ("une ville", "une autre ville", "une structure")
    text = as_text(Replacements.of(known, drawn, "fr").pieces("Nono et Inès"))
    assert text == f"{drawn['Inès']} et {drawn['Inès']}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("le projet d'Awa", "le projet de Camille"),
        ("D’Awa et d’Inès", "De Camille et d’Alix"),
        ("de Marc", "d’Élie"),
        ("que Marc, qu'Awa", "qu’Élie, que Camille"),
        ("lorsqu'Awa, puisqu’Inès", "lorsque Camille, puisqu’Alix"),
        ("jusqu'à Awa", "jusqu'à Camille"),
        ("l’Inès, l'Awa", "l’Alix, Camille"),
        ("aujourd'hui Awa", "aujourd'hui Camille"),
        ("Awa de Marc", "Camille d’Élie"),
        ("grande Marc", "grande Élie"),
    ],
)
def test_french_elisions_stay_right(before: str, after: str) -> None:
    assert said(before, Awa="Camille", Inès="Alix", Marc="Élie") == after


def test_english_keeps_its_possessives_and_knows_no_elision() -> None:
    assert said("Marc's and Marc’s, of Marc", "en", Marc="Alex") == "Alex's and Alex’s, of Alex"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Lyon est loin. Le Havre aussi.", "Une ville est loin. Une autre ville aussi."),
        ("de Lyon, du Havre, au Havre", "d’une ville, d’une autre ville, à une autre ville"),
        ("la CAF, à la CAF, de la CAF", "une structure, à une structure, d’une structure"),
        ("en Lyon", "dans une ville"),
    ],
)
def test_places_and_employers_take_the_article_of_what_stands_for_them(before: str, after: str) -> None:
    known = pseudonyms.known_names(
        [], (), [MarkedWord("Lyon"), MarkedWord("Le Havre"), MarkedWord("CAF", "organisation")]
    )
    drawn = pseudonyms.draw(known, "fr", random.Random(1))
    assert as_text(Replacements.of(known, drawn, "fr").pieces(before)) == after


def test_first_and_last_name_side_by_side_are_one() -> None:
    assert said("Diallo Awa, Awa Diallo, Awa DIALLO", Awa_Diallo="Camille") == "Camille, Camille, Camille"


@pytest.mark.parametrize(
    "way",
    [
        "awa@example.org", "06 12 34 56 78", "+33 6 12 34 56 78", "+33(0)612345678", "0612345678", "(555) 123-4567",
        "https://example.org/awa?x=1", "www.example.org", "entraide-awa.fr", "@awa_d",
    ],
)  # fmt: skip
def test_ways_of_reaching_somebody_are_always_replaced(way: str) -> None:
    left = said(f"Voir {way}, merci.", Zoé="Camille")
    assert way not in left
    assert left.startswith("Voir un")
    assert left.endswith(", merci.")


@pytest.mark.parametrize(
    "text", ["le 2026-11-21 à 10 h", "12 000 euros en 2026", "1. 2. 3.", "fin.Et puis", "a/b", "p. 12-14"]
)
def test_figures_and_dates_are_no_numbers_to_call(text: str) -> None:
    assert said(text, Zoé="Camille") == text


@examples(60)
@given(
    parts=st.lists(
        st.sampled_from([*WRITTEN, "d'", "de ", "qu’", "l'", "la ", "au ", " ", "\n", ".", ", ", "rose", "Awa@x.fr"])
        | made.texts(most=2),
        max_size=12,
    ),
    language=st.sampled_from(["fr", "en"]),
    seed=st.integers(0, 9),
)
@example(["Anne-Marie Dupont", ".", "au "], "fr", 0)
@example(["Awa@x.fr", "-", "Anne-Marie Dupont"], "en", 0)
def test_what_was_there_can_be_told_piece_by_piece_and_no_name_stays(
    parts: list[str], language: str, seed: int
) -> None:
    text = "".join(parts)
    known = pseudonyms.known_names([], WRITTEN)
    drawn = pseudonyms.draw(known, language, random.Random(seed), [text])
    made_table = Replacements.of(known, drawn, language)
    pieces = made_table.pieces(text)
    assert "".join(piece.was or piece.text for piece in pieces) == text
    left = as_text(pieces)
    assert [f for f in made_table.finder.find(left) if f.sure] == []


SIGNS = st.text(st.sampled_from("ab éZ-_'’.,;:·#@()[]{}/\\|+*&%$!?=~^`\"<>0123\u00a0\u2011😀"), min_size=1, max_size=14)


@given(SIGNS.filter(name_finder.searchable))
@example("marie_claire")
@example("sam#2")
@example("Marie·Jo")
@example("Awa(Lyon)")
@example("a, b")
@examples(200)
def test_a_name_is_found_in_its_own_spelling_whatever_signs_it_holds(name: str) -> None:
    finder = Finder.of([name])
    for text in (name, f"D’après {name}, oui", name.upper(), re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", name)):
        assert finder.find(text), text


@pytest.mark.parametrize("text", ["А\u200bwa", "Аwa", "ᴀᴡᴀ", "A\ufe0fwa", "A\u034fwa", "A\u3164wa", "Awa\ufe0f"])
def test_letters_that_only_look_like_others_hide_no_name(text: str) -> None:
    assert Finder.of(["Awa"]).find(f"Voir {text}.")
