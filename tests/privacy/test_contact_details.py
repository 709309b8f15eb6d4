"""Ways of reaching somebody: found whole, however they are written; figures and sentences are left alone."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.privacy.contact_details import find_contacts

NUMBERS = """
06 12 34 56 78|06.12.34.56.78|06-12-34-56-78|06–12–34–56–78|0612345678|06/12/34/56/78|(06) 12 34 56 78|06 12 345 678
+33 6 12 34 56 78|+33612345678|(+33) 6 12 34 56 78|+33 (0)6 12 34 56 78|+33(0)612345678
0033 6 12 34 56 78|00 33 612 345 678
+44 20 7946 0958|(020) 7946 0958|020 7946 0958|07700 900123|+44 (0)7700 900 123|(555) 123-4567|555-123-4567|555.123.4567
+1 555 123 4567|+1 (555) 123-4567|+32 475 12 34 56|0475/12.34.56|+41 79 123 45 67|079 123 45 67|+221 77 123 45 67
""".replace("\n", "|").strip("|").split("|")  # fmt: skip
LINKS = """
https://example.org/awa?x=1|http://example.org|www.example.org|entraide-awa.fr|wa.me/33612345678|t.me/k_benali|bit.ly/3xyz
meet.jit.si/SalleVerte|zoom.us/j/8123456789|https://meet.google.com/abc-defg-hij|discord.gg/abc123|m.me/karim|signal.me/#p/+33612345678
tel:+33612345678|mailto:awa@example.org|skype:live.karim?call|sip:awa@example.org|mairie.ville.fr/agenda|framatalk.org/salle|calendly.com/awa
teams.microsoft.com/l/meetup-join/19|linktr.ee/awa|exemple.org:8080/page|localhost.example/path
""".replace("\n", "|").strip("|").split("|")  # fmt: skip
MAILS = ["awa@example.org", "awa.diallo+x@mail.example.co.uk", "awa_d(at)example.org", "é.awa@exemple.fr"]
ACCOUNTS = ["@awa_d", "@karim.benali", "@kb@mastodon.social", "karim#1234", "@awa-d"]


@pytest.mark.parametrize(
    ("way", "kind"),
    [(way, "phone") for way in NUMBERS]
    + [(way, "link") for way in LINKS]
    + [(way, "mail") for way in MAILS]
    + [(way, "account") for way in ACCOUNTS],
)
@pytest.mark.parametrize(
    "around", ["{}", "Voir {}, merci.", "({})", "Me joindre : {} ; ou demain", "« {} »", "Ici\n{}\nou là."]
)
def test_a_way_of_reaching_somebody_is_found_whole(way: str, kind: str, around: str) -> None:
    text = around.format(way)
    found = find_contacts(text)
    assert [text[one.start : one.end].strip("()") for one in found] == [way.strip("()")], found
    assert {one.kind for one in found} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "le 2026-11-21 à 10 h",
        "12 000 euros en 2026",
        "1. 2. 3.",
        "fin.Et puis",
        "fin.Le maire",
        "ok.so what",
        "a/b",
        "p. 12-14",
        "de 2026 à 2027",
        "2026-2027",
        "21/11/2026",
        "9 h 30 – 11 h 30",
        "1 250 000 habitants",
        "3,5 % et 12.50 €",
        "c.-à-d. demain",
        "M. le maire",
        "etc.etc.",
        "p.ex. ceci",
        "e.g. this",
        "Mme.X",
        "10 000 000",
        "#entraide",
        "à 14:30",
        "n° 12",
        "en 2 ou 3 fois",
    ],
)
def test_figures_dates_and_sentences_are_no_ways_of_reaching_anybody(text: str) -> None:
    assert find_contacts(text) == []


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("insta : karim_b et rien", "karim_b"),
        ("Discord = karim.b", "karim.b"),
        ("Meeting ID: 812 3456 7890", "812 3456 7890"),
        ("téléphone 61 23 45 67", "61 23 45 67"),
        ("code de la réunion 812 345 678", "812 345 678"),
    ],
)
def test_what_stands_beside_the_name_of_a_network_or_a_room_goes_too(text: str, gone: str) -> None:
    (found,) = find_contacts(text)
    assert text[found.start : found.end] == gone


@examples(150)
@given(
    st.lists(st.sampled_from([*NUMBERS, *LINKS, *MAILS, *ACCOUNTS]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["et", "ou bien", ";", "– puis –", "le soir,", "."]), min_size=4, max_size=4),
)
def test_several_in_one_text_all_go(ways: list[str], between: list[str]) -> None:
    text = "Joindre " + " ".join(f"{way} {word}" for way, word in zip(ways, between, strict=False))
    left = text
    for one in reversed(find_contacts(text)):
        left = left[: one.start] + "…" + left[one.end :]
    assert not any(way.strip("()") in left for way in ways)


@given(st.text(max_size=200))
@examples(150)
def test_any_text_is_answered_in_order_and_without_overlaps(text: str) -> None:
    found = find_contacts(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= after.start for one, after in itertools.pairwise(found))


@pytest.mark.parametrize(
    "part",
    ["a", "a.", "@", "1 ", "1", "(", "a@", ".", "www.", "+", "insta:", "a-b.", "tel 1 ", "é@a.", "://", "0(", "#1"],
)
def test_the_largest_text_that_is_let_in_takes_no_time(part: str) -> None:
    text = part * (200_000 // len(part))
    began = time.process_time()
    find_contacts(text)
    assert time.process_time() - began < 5, "in time that grows with the text: else it were minutes"
