"""The one page: what it says, and in which order."""

from __future__ import annotations

import dataclasses
import datetime

from tests.archive.test_record_file import full

from entraide_tui.archive import model as m
from entraide_tui.archive.page.content import blocks
from entraide_tui.archive.page.options import Options

DAY = datetime.date(2026, 11, 21)
DATE = "Saturday 21 November 2026"


def test_the_page_says_in_this_order_title_people_request_ideas_plan_and_next_date() -> None:
    found = blocks(dataclasses.replace(full(), language="en"))
    assert [(b.kind, b.text) for b in found] == [
        ("title", "Relancer le comité d'usagers"),
        ("text", f"{DATE} · Réseau lecture publique\nRequest brought by: Awa\nLed by: Jean\nWith: Inès, Marc, Léa"),
        ("heading", "The request"),
        ("text", "Comment redonner envie ?"),
        ("text", "Une situation.\nSur deux lignes."),
        ("heading", "Ideas kept"),
        ("entry", "Tenir la séance au marché (Inès)"),
        ("entry", "Moins souvent (Marc, Léa)"),
        ("heading", "Action plan"),
        ("entry", "Appeler le placier – Awa – by Saturday 5 December 2026 – idea 1"),
        ("detail", "First step: Retrouver son numéro"),
        ("heading", "We look at it again"),
        ("text", "Saturday 19 December 2026"),
    ]  # fmt: skip


def test_contributions_learnings_and_notes_come_only_if_asked_and_feelings_never() -> None:
    usual = blocks(full())
    for name, text in (("contributions", "Un marché (Inès)"), ("learnings", "Oser (Léa)"), ("notes", "Rien ne sort.")):
        more = blocks(full(), Options(**{name: True}))
        assert more[: len(usual)] == usual
        assert [b.text for b in more[len(usual) + 1 :]] == [text]
        assert all(b.annex for b in more[len(usual) :])
    every = blocks(full(), Options(contributions=True, learnings=True, notes=True))
    assert not [b for b in every if "soulagée" in b.text]


def test_what_is_empty_has_no_heading() -> None:
    bare = m.Record(id="r", title="Titre", date=DAY, language="en")
    assert [b.text for b in blocks(bare, Options(contributions=True, learnings=True, notes=True))] == [
        "Titre",
        "Saturday 21 November 2026",
    ]


def test_a_next_date_that_was_not_understood_stands_as_it_was_said() -> None:
    record = m.Record(id="r", title="t", date=DAY, follow_up=m.FollowUp(None, "quand il fera beau"))
    assert blocks(record)[-1].text == "quand il fera beau"
