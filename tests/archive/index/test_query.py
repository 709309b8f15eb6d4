"""What people type to search: words, phrases, filters; whatever it is, it is understood or told in words."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.archive import made

from entraide_tui.archive.index.filters import FILTERS, Filter, filter_name
from entraide_tui.archive.index.folding import Term, compiled, folded, spans
from entraide_tui.archive.index.query import Query, parse
from entraide_tui.common import i18n
from entraide_tui.common.text import fold

HOSTILE = [
    "*", '"', '""', "'", "NEAR(a b)", "a AND b OR NOT c", "title:x", "{title}: x", "^x", "a*", "-a", "(", ")", "a\x00b",
    "\x1b]0;x\x07", "\u202e", '"a', 'by:"', "by:", "by::", ":", "::", "a:b:c", "😀", "x" * 5000, "mot " * 500,
    'offeror:""', "is:", "is:x", "after:", "after:9999-99-99", "after:0000", "before:٢٠٢٦", "after:2026-1-1-1",
    "¦offeror¦awa", "¶",
    "1; DROP TABLE heads", "' OR 1=1 --", "%", "_", "\\", "a\nb", "\ud800", "thème:« vie »", "words MATCH 'x'",
]  # fmt: skip


def test_words_are_folded_and_a_phrase_is_kept_together() -> None:
    assert parse("Marché d’Œuvre").terms == (Term(("marche",)), Term(("d", "oeuvre")))
    assert parse('"comité d\'usagers" marché').terms == (
        Term(("comite", "d", "usagers"), whole=True),
        Term(("marche",)),
    )
    assert parse("« Bon cœur »").terms == (Term(("bon", "coeur"), whole=True),)
    assert parse('porte-à-porte "en cours').terms == (Term(("porte", "a", "porte")), Term(("en", "cours")))
    assert parse("mot Mot MOT ?").terms == (Term(("mot",)),)


def test_filters_stand_among_the_words_in_english_or_french() -> None:
    english = parse(
        'by:inès offeror:"Anne Marie" kit:flash theme:x group:y is:open is:late after:2026-11 before:2027 mot'
    )
    french = parse(
        'par:inès offreur:"Anne Marie" kit:flash thème:x groupe:y est:ouvert est:retard après:2026-11 avant:2027 mot'
    )
    assert english == french
    assert english == Query(
        terms=(Term(("mot",)),),
        filters=(
            Filter("by", Term(("ines",))), Filter("offeror", Term(("anne", "marie"), whole=True)),
            Filter("kit", Term(("flash",))),
            Filter("theme", Term(("x",))), Filter("group", Term(("y",))),
        ),
        states=("open", "late"),
        after=datetime.date(2026, 11, 1),
        before=datetime.date(2027, 1, 1),
    )  # fmt: skip
    assert not english.bare
    assert parse("mot").bare


def test_each_alias_is_a_filter() -> None:
    for name, kind in FILTERS.items():
        assert {filter_name(one) for one in (name, kind.french, kind.french.upper(), *kind.others)} == {name}
    assert filter_name("foo") is None


def test_the_narrowest_dates_hold() -> None:
    found = parse("after:2026 after:2026-11-21 before:2027 before:2026-12")
    assert (found.after, found.before) == (datetime.date(2026, 11, 21), datetime.date(2026, 12, 1))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("foo:bar", "no filter “foo:”"), ("after:demain", "“demain” is no date"),
        ("before:2026-13", "“2026-13” is no date"),
        ("before:2026-02-30", "no date"), ("is:closed", "“closed” is no state"), ("a" * 1001, "first 1000"),
        (" ".join(f"m{n}" for n in range(30)), "first 24 words"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told(typed: str, told: str) -> None:
    [fault] = parse(typed).faults
    assert told in fault


def test_a_filter_that_is_none_is_looked_for_as_words() -> None:
    assert parse("objet:réunion").terms == (Term(("objet",)), Term(("reunion",)))
    assert parse("http://exemple.fr").faults == ()


def test_what_is_being_typed_is_no_fault() -> None:
    for typed in ("by:", 'by:"', "after:", "is:", "note:", '"'):
        assert parse(typed).faults == ()


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_but_letters_and_digits_comes_through(typed: str) -> None:
    for language in ("en", "fr"):
        with i18n.using_language(language):
            found = parse(typed)
        assert all(word.isalnum() for term in found.terms for word in term.words)
        assert all(word.isalnum() for one in found.filters for word in one.term.words)
        assert "\x1b" not in "".join(found.faults)


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=30) | made.texts(most=6))
def test_any_text_is_a_query(text: str) -> None:
    found = parse(text)
    assert all(term.words and all(word.isalnum() for word in term.words) for term in found.terms)
    assert parse(text) == found


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60) | made.texts())
def test_the_fast_fold_is_the_fold(text: str) -> None:
    assert folded(text) == fold(text)


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Le cœur de l’Équipe", "coeur equi", ["cœur", "Équipe"]),
        ("e\u0301te\u0301 et été", "ete", ["e\u0301te\u0301", "été"]),
        ("Œuvre œœ œuvrer", "oeuvr", ["Œuvre", "œuvrer"]),
        ("Le comité d’usagers du comité", '"comité d usagers"', ["comité", "d", "usagers"]),
        ("Straße ﬁn", "strass fi", ["Straße", "ﬁn"]),
        ("sous-comité incomité", "comite", ["comité"]),
    ],
)
def test_found_words_are_marked_whole_as_they_were_written(text: str, typed: str, marked: list[str]) -> None:
    found = spans(text, [compiled(term) for term in parse(typed).terms])
    assert [text[begin:end] for begin, end in found] == marked
