"""The recap of a cycle: what was asked and what came of it, about the group, in three formats."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples
from tests.exports import reading
from tests.exports.test_pdf import off_the_page

from entraide_tui.archive import model as m
from entraide_tui.archive.figures import Theme
from entraide_tui.exports import pdf, recap

if TYPE_CHECKING:
    from markdown_it.token import Token

DAY = datetime.date(2026, 1, 10)


def session(month: int, title: str, **changes: object) -> m.Record:
    """A small record of that month."""
    made = m.Record(id=f"2026-{month:02}-10-x", title=title, date=DAY.replace(month=month), language="en")
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def cycle() -> list[m.Record]:
    """Three sessions, not in order."""
    due = datetime.date(2026, 4, 1)
    return [
        session(
            3, "Third", group="Readers", themes=("déléguer", "time"),
            actions=(
                m.PlannedAction("No date"), m.PlannedAction("Later", "Awa", due.replace(month=6)),
                m.PlannedAction("Sooner", "Awa", due),
            ),
            topics=(m.Topic("A hand", "Awa"), m.Topic("An ear", "Marc")),
        ),
        session(
            1, "First", group="Readers", themes=("Deleguer", "DÉLÉGUER", "alone"), people=m.People("Awa", "Jean"),
            request=m.Request("How to let go?"), ideas=(m.Idea("Say it", ("Marc",)),),
            actions=(
                m.PlannedAction(
                    "Call", "Awa", due, status="done", tried="Twice", outcome="She said yes", changes="We call first"
                ),
                m.PlannedAction("Write", "Awa", status="dropped"),
            ),
        ),
        session(
            2, "Second", themes=("Time", "Œuvre"), request=m.Request("How to begin?"),
            topics=(m.Topic("x", "y", chosen=True),),
        ),
    ]  # fmt: skip


def test_sessions_come_by_date_with_what_was_asked_and_what_came_of_it() -> None:
    found = recap.gather(cycle())
    assert [s.title for s in found.sessions] == ["First", "Second", "Third"]
    assert [(s.request, [t.text for t in s.asked]) for s in found.sessions] == [
        ("How to let go?", []), ("How to begin?", []), ("", ["A hand", "An ear"]),
    ]  # fmt: skip
    first = found.sessions[0].actions[0]
    assert (first.status, first.tried, first.outcome, first.changes) == (
        "done",
        "Twice",
        "She said yes",
        "We call first",
    )
    assert found.groups == ("Readers",)
    assert found.language == "en"


def test_it_counts_for_the_group_and_never_by_person() -> None:
    found = recap.gather(cycle())
    assert found.counts == recap.Counts(sessions=3, requests=4, ideas=1, actions=5, done=1, open=3, dropped=1)
    numbers = " ".join(f"{c['number']} {c['label']}" for c in recap.view(found)["counts"])
    assert not re.search("Awa|Marc|Jean", numbers)
    swapped = recap.gather([dataclasses.replace(r, people=m.People("Marc", "Awa")) for r in cycle()])
    assert swapped.counts == found.counts
    assert swapped.themes == found.themes


def test_themes_come_back_from_two_sessions_on_whatever_their_case_and_accents() -> None:
    assert recap.gather(cycle()).themes == (Theme("déléguer", 2), Theme("time", 2))
    thrice = [dataclasses.replace(cycle()[0], id=f"{n}", start=None) for n in range(3)]
    assert recap.gather(thrice).themes == (
        Theme("déléguer", 3),
        Theme("time", 3),
    )
    ligatures = [session(1, "a", themes=("Œuvre",)), session(2, "b", themes=("oeuvre",))]
    assert recap.gather(ligatures).themes == (Theme("oeuvre", 2),)


def test_open_actions_come_by_date_those_without_one_last() -> None:
    assert [(o.action.what, o.session.title) for o in recap.gather(cycle()).open] == [
        ("Sooner", "Third"), ("Later", "Third"), ("No date", "Third"),
    ]  # fmt: skip


def test_a_record_that_left_without_its_days_shows_none_of_them() -> None:
    found = recap.gather([dataclasses.replace(record, months_only=True) for record in cycle()])
    for text in (recap.markdown(found), recap.html(found), pdf.text_of(recap.pdf(found))):
        assert "January 2026" in text
        shown = reading.said(reading.document(text)) if "<" in text else text
        assert not re.search(r"\d (January|March|April|June) 2026|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", shown)


def read(text: str) -> list[Token]:
    """All tokens of a Markdown text."""
    out: list[Token] = []
    for token in MarkdownIt("commonmark").parse(text):
        out += [token, *(token.children or [])]
    return out


def test_each_format_says_the_same() -> None:
    found = recap.gather(cycle())
    markdown = recap.markdown(found)
    page = reading.document(recap.html(found))
    data = recap.pdf(found)
    shown = "".join(t.content for t in read(markdown) if t.type == "text")
    for text in (shown, reading.said(page), re.sub(r"\s+", " ", pdf.text_of(data))):
        for said in (
            "Recap: Readers", "Saturday 10 January 2026 to Tuesday 10 March 2026", "déléguer", "in 2 workshops",
            "How to let go?", "A hand", "Say it", "Twice", "She said yes", "We call first",
            "by Wednesday 1 April 2026", "Sooner",
        ):  # fmt: skip
            assert said.casefold() in text.casefold(), said
    assert [t.tag for t in read(markdown) if t.type == "heading_open"][:2] == ["h1", "h2"]
    assert page.attrib["lang"] == "en"
    assert off_the_page(data) == []


def test_an_empty_cycle_is_still_a_document() -> None:
    nothing = recap.gather([])
    assert "No workshop yet" in recap.markdown(nothing)
    assert "No workshop yet" in reading.said(reading.document(recap.html(nothing)))
    assert "No workshop yet" in pdf.text_of(recap.pdf(nothing))


def test_it_speaks_the_language_of_its_sessions() -> None:
    french = recap.gather([dataclasses.replace(r, language="fr") for r in cycle()])
    assert "samedi 10 janvier 2026" in recap.markdown(french)
    assert 'lang="fr"' in recap.html(french)
    assert recap.gather([*cycle(), full()]).language == ""


def test_feelings_and_what_was_said_in_the_room_are_never_in_it() -> None:
    record = dataclasses.replace(
        full(),
        feelings=(m.Feeling(1, "FEELING", "NAMED"),),
        notes=(m.Note("x", "NOTED"),),
        contributions=(m.Contribution("GIVEN"),),
        learnings=(m.Said("LEARNT"),),
    )
    found = recap.gather([record])
    for text in (recap.markdown(found), recap.html(found), pdf.text_of(recap.pdf(found))):
        assert not re.search("FEELING|NAMED|NOTED|GIVEN|LEARNT", text)


@pytest.mark.parametrize("text", reading.AWKWARD)
def test_what_means_something_in_a_format_comes_out_as_that_text(text: str) -> None:
    found = recap.gather([reading.filled(text)])
    title = reading.filled(text).title
    page = reading.document(recap.html(found))
    names = {name for name, _e in reading.elements(page)}
    assert names <= {
        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "article", "div", "h1", "h2",
        "h3", "h4", "p", "ul", "li", "strong", "span", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    kinds = {t.type for t in read(recap.markdown(found))}
    assert not kinds & {
        "link_open",
        "html_inline",
        "html_block",
        "code_inline",
        "fence",
        "code_block",
        "em_open",
        "image",
    }
    shown = "".join({"text": t.content, "softbreak": "\n"}.get(t.type, "") for t in read(recap.markdown(found)))
    data = recap.pdf(found)
    for whole in (reading.said(page), shown, pdf.text_of(data)):
        # title with group, session, request, idea with name, action with name, three of what came of it
        assert reading.bare(whole).count(reading.bare(title)) >= 9


@examples(12, any_size=True)
@given(records=st.lists(RECORDS, max_size=3))
def test_any_records_make_a_recap(records: list[m.Record]) -> None:
    found = recap.gather(records)
    reading.document(recap.html(found))
    tokens = read(recap.markdown(found))
    assert {t.type for t in tokens} <= {
        "inline", "text", "hardbreak", "softbreak", "paragraph_open", "paragraph_close", "heading_open",
        "heading_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
        "strong_open", "strong_close",
    }  # fmt: skip
    assert off_the_page(recap.pdf(found)) == []
