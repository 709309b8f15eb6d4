"""The gate through which all text comes in."""

from __future__ import annotations

import json
import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common.text import LONGEST, clean, escaped, fold, nearest, slug, unsafe, visible

AWKWARD = (
    "\x00\x07\x1b\x7f\x85\x9b\xad\u061c\u200b\u200c\u200d\u200e\u202e\u2028\u2060\u2066\u206a\ufeff\ud800\U000e0041"
)
AWKWARD += "\r\n\t\u0301é\u0065\U0001f469"
anything = st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD), st.characters(categories=["Cf", "Cs", "Cc"])))
quickly = examples(60)
KEPT_FORMATS = {"\u200c", "\u200d"}
# characters of the category Cf that are drawn: signs of Arabic, Syriac, Kaithi, and joiners of hieroglyphs
DRAWN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]")


def hidden(text: str) -> list[str]:
    """The characters that an honest text does not hold."""
    return [
        c
        for c in text
        if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in KEPT_FORMATS and not DRAWN.match(c)
    ]


@quickly
@given(anything)
def test_a_clean_text_holds_no_order_to_a_terminal_and_nothing_hidden(text: str) -> None:
    assert hidden(clean(text)) == []
    assert set(hidden(clean(text, lines=True))) <= {"\n"}
    assert set(hidden(visible(text))) <= {"\n"}


@quickly
@given(anything, st.booleans())
def test_a_clean_text_is_composed_and_cleaning_it_again_changes_nothing(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert unicodedata.is_normalized("NFC", once)
    assert clean(once, lines=lines) == once
    assert unsafe(once, lines=lines) is None


@quickly
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=200))
def test_what_is_plain_stays_as_it_was_but_composed(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("A\x1b]0;X\x07", "A␛]0;X␇"),
        ("\x9b2J", "⟨009B⟩2J"),
        ("ab\u202ecd", "ab⟨202E⟩cd"),
        ("pay\u200epal", "pay⟨200E⟩pal"),
        ("x\x7f", "x␡"),
        ("\udc80", "\ufffd"),
        ("a\tb", "a b"),
        ("a\r\nb", "a b"),
        ("e\u0301te\u0301", "été"),
        ("\U000e0041", "⟨E0041⟩"),
        ("une\u00a0phrase\u202f!", "une\u00a0phrase\u202f!"),
    ],
)
def test_an_unsafe_character_becomes_a_sign_that_can_be_seen(given_: str, kept: str) -> None:
    assert clean(given_) == kept


def test_line_ends_of_all_kinds_are_one_kind_where_lines_are_kept() -> None:
    assert clean("a\r\nb\rc\u2028d\u2029e\x85f\ng", lines=True) == "a\nb\nc\nd\ne\nf\ng"


@pytest.mark.parametrize("emoji", ["👩‍⚕️", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🙂", "🇫🇷", "👍🏽"])
def test_emoji_survive(emoji: str) -> None:
    assert clean(f"Merci {emoji} !") == f"Merci {emoji} !"
    assert unsafe(emoji) is None


def test_persian_keeps_its_non_joiner() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize("unit", ["é", "e\u0301", "\u202e", "\x1b", "\n", "a\u0301\u0327", "👩‍⚕️"])
def test_a_line_of_100_000_characters_is_cleaned_at_once(unit: str) -> None:
    text = unit * (LONGEST // len(unit))
    began = time.process_time()
    out = clean(text)
    assert time.process_time() - began < 1.0
    assert len(out) <= LONGEST


def test_a_text_longer_than_the_longest_is_cut() -> None:
    assert clean("a" * (LONGEST + 5)) == "a" * LONGEST
    assert len(clean("\x1b\u200b" * LONGEST)) == LONGEST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cœur", "COEUR"),
        ("Élève", "eleve"),
        ("straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("l’été", "l'ete"),
        ("Ærø", "aero"),
        ("e\u0301", "é"),
        ("ﬁn", "fin"),
    ],
)
def test_texts_that_differ_by_case_accents_or_ligatures_are_the_same_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@quickly
@given(anything)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@quickly
@given(anything, st.integers(min_value=1, max_value=60))
def test_a_slug_is_made_of_letters_digits_and_single_hyphens(text: str, most: int) -> None:
    out = slug(text, most=most)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", out)
    assert len(out) <= most


def test_a_slug_keeps_whole_words() -> None:
    assert slug("Relancer le comité d’usagers") == "relancer-le-comite-d-usagers"
    assert slug("Relancer le comité d’usagers", most=16) == "relancer-le"
    assert slug("Anticonstitutionnellement", most=10) == "anticonsti"
    assert slug("心") == ""


def test_the_nearest_name_is_the_one_probably_meant() -> None:
    names = ["accueil", "clarification", "clôture"]
    assert nearest("clarificaton", names) == "clarification"
    assert nearest("Cloture", names) == "clôture"
    assert nearest("zzz", names) is None
    assert nearest("", names) is None
    assert nearest("accueil", []) is None


def test_no_guess_is_made_for_an_endless_name() -> None:
    names = ["".join(chr(0x4E00 + (i * 7) % 5000) for i in range(20_000))]
    began = time.process_time()
    assert nearest("".join(chr(0x4E00 + (i * 11) % 5000) for i in range(20_000)), names) is None
    assert time.process_time() - began < 0.5


def test_what_is_unsafe_is_named_by_its_sign() -> None:
    assert unsafe("a\x1bb") == "␛"
    assert unsafe("a\nb") is None
    assert unsafe("a\nb", lines=False) == "␊"
    assert unsafe("tout\tva bien") is None


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_a_sign_that_only_says_where_a_word_may_be_broken_is_dropped(sign: str) -> None:
    assert clean(f"anti{sign}constitutionnel{sign}") == "anticonstitutionnel"
    assert clean(f"e{sign}\u0301") == "é"
    assert unsafe(sign) is not None
    assert sign not in visible(sign)


def test_json_that_is_printed_holds_no_order_to_a_terminal_and_reads_back_as_it_was() -> None:
    value = {"a\x9b2J": ["x\u202ey", "\U000e0041", "é\n\x7f", "\udc9b", '⟨9B⟩ \\ "']}
    text = escaped(json.dumps(value, ensure_ascii=False, indent=2))
    assert unsafe(text) is None
    assert json.loads(text) == value
