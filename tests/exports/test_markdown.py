"""The page as Markdown: what people typed comes out as that text, for any reader of Markdown."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.archive import made
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.archive.page.options import Options
from entraide_tui.common.text import clean
from entraide_tui.exports import markdown
from entraide_tui.exports.markdown_escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "gfm": MarkdownIt("gfm-like"),
    "all": MarkdownIt("js-default", {"linkify": True, "html": True}),
}
TEXTS = {"inline", "paragraph_open", "paragraph_close", "text", "hardbreak"}
HEADINGS = {"heading_open", "heading_close"}
LISTS = {
    "ordered_list_open", "ordered_list_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close",
}  # fmt: skip
ANNEX = {"hr", "strong_open", "strong_close"}
ANY = st.lists(st.sampled_from(made._PIECES) | st.text(max_size=4), max_size=10).map("".join)


def tokens(text: str, reader: str) -> list[Token]:
    """All of them, those inside others too."""
    out: list[Token] = []
    for token in READERS[reader].parse(text):
        out += [token, *(token.children or [])]
    return out


def said(every: list[Token]) -> str:
    """The text that a reader shows."""
    return "".join({"text": t.content, "hardbreak": "\n", "softbreak": "\n"}.get(t.type, "") for t in every)


def flat(text: str) -> str:
    """Without the difference between a space and one that does not break."""
    return text.replace("\u00a0", " ")


def expected(text: str) -> str:
    """What should be seen: the text, an empty line as a space."""
    return "\n".join(flat(line) or " " for line in clean(text, lines=True).strip("\n").split("\n"))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("before", ["", "- ", "1. ", "# "])
@examples(20, any_size=True)
@given(text=ANY)
@example("example.com et www.example.com, xhttp://a.fr //localhost ftp://a.b mailto:a@b.fr HTTPS://X.FR")
@example(
    "# titre\n## titre #\ntitre\n===\n---\n***\n- a\n+ b\n1. c\n1) d\n> e"
    "\n```\nf\n    g\n\th\n<b>i</b>\n|a|b|\n|-|-|\n:- -:"
)
@example("[a](b) ![a](b) [a]: http://b\n[^1] <http://x> &lt; &#35; \\* ~~b~~ $x$ C #")
@example(made.HOSTILE)
@example("\u3000\n \u2003mot\u2003 \n\n\n")
def test_any_text_comes_out_as_that_text(reader: str, before: str, text: str) -> None:
    if before == "# ":
        text = (
            text.replace("\n", " ")
            .replace("\r", " ")
            .replace("\u2028", " ")
            .replace("\u2029", " ")
            .replace("\u0085", " ")
        )
    margin = " " * len(before)
    written = before + escape(text).replace("\n", f"\n{margin}") + "\n"
    every = tokens(written, reader)
    allowed = TEXTS | (HEADINGS if before == "# " else LISTS if before else set())
    assert {t.type for t in every} <= allowed, written
    assert flat(said(every)) == expected(text)


@examples(10, any_size=True)
@given(record=RECORDS, annex=st.booleans(), more=st.booleans())
@pytest.mark.parametrize("reader", READERS)
def test_a_page_of_any_record_has_no_markup_of_theirs(reader: str, record: m.Record, annex: bool, more: bool) -> None:
    page = markdown.page(record, Options(annex, more, more, more))
    every = tokens(page, reader)
    kinds = {t.type for t in every}
    assert kinds <= TEXTS | HEADINGS | LISTS | ANNEX
    headings = [t.tag for t in every if t.type == "heading_open"]
    assert Counter(headings)["h1"] == 1
    assert headings[0] == "h1"
    assert set(headings[1:]) <= {"h2"}
    assert len(headings) <= 9
    if not annex:
        assert not kinds & ANNEX
        shown = flat(said(every))
        for text in _texts(record, more=more):
            assert expected(text) in shown


def _texts(record: m.Record, *, more: bool) -> Iterator[str]:
    yield record.request.text
    yield record.request.context
    yield from (i.text for i in record.ideas)
    for action in record.actions:
        yield action.what.strip("\n")
        yield action.first_step.strip("\n")
    if more:
        yield from (c.text.strip("\n") for c in record.contributions)
        yield from (s.text.strip("\n") for s in record.learnings)


PAGE = """# Relancer le comité d'usagers

samedi 21 novembre 2026 · Réseau lecture publique\\
{by}: Awa\\
{led}: Jean\\
{people}: Inès, Marc, Léa

## {request}

Comment redonner envie ?

Une situation\\.\\
Sur deux lignes.

## {ideas}

1. Tenir la séance au marché (Inès)
2. Moins souvent (Marc, Léa)

## {actions}

1. Appeler le placier – Awa – {date} – {idea} 1
   - {step}: Retrouver son numéro

## {again}

samedi 19 décembre 2026
"""


def test_the_page_is_written_as_people_would_write_it() -> None:
    english = dataclasses.replace(full(), language="en")
    assert markdown.page(english) == (
        PAGE.replace("situation\\.", "situation.")
        .replace("samedi 21 novembre 2026", "Saturday 21 November 2026")
        .replace("samedi 19 décembre 2026", "Saturday 19 December 2026")
        .format(
            by="Request brought by", led="Led by", people="With", request="The request", ideas="Ideas kept",
            actions="Action plan", date="by Saturday 5 December 2026", idea="idea", step="First step",
            again="We look at it again",
        )
    )  # fmt: skip


def test_an_ordinary_sentence_stays_readable_in_the_file() -> None:
    for sentence in (
        "Comment redonner envie ?",
        "On vote : 3 pour, 2 contre.",
        "C’est fini… ou presque – à 10 h 30.",
        "« Oui. »",
    ):
        assert escape(sentence) == sentence


def test_first_steps_stand_under_their_action_also_from_the_tenth_on() -> None:
    actions = tuple(m.PlannedAction(f"action {n}", first_step=f"pas {n}") for n in range(1, 13))
    page = markdown.page(m.Record(id="r", title="t", date=datetime.date(2026, 11, 21), language="fr", actions=actions))
    depth = 0
    at: dict[str, int] = {}
    lists = 0
    for token in READERS["commonmark"].parse(page):
        depth += token.nesting if "list_open" in token.type or "list_close" in token.type else 0
        lists += token.type == "ordered_list_open"
        if token.type == "inline":
            at[token.content] = depth
    assert lists == 1
    assert [at[f"action {n}"] for n in range(1, 13)] == [1] * 12
    assert [d for text, d in at.items() if re.search(r"pas \d+$", text)] == [2] * 12


def test_a_title_of_several_lines_is_one_heading() -> None:
    page = markdown.page(m.Record(id="r", title="Un\n# deux #", date=datetime.date(2026, 11, 21), language="fr"))
    [title] = [t for t in READERS["commonmark"].parse(page) if t.type == "inline"][:1]
    assert said(title.children or []) == "Un # deux #"


def test_the_annex_stands_behind_a_rule_and_only_if_wanted() -> None:
    record = dataclasses.replace(full(), request=m.Request("Comment ?", "phrase " * 900))
    whole = markdown.page(record)
    assert "\n---\n" not in whole
    assert whole.count("phrase") == 900
    split = markdown.page(record, Options(annex=True))
    page, annex = split.split("\n---\n")
    assert "phrase" not in page
    assert annex.count("phrase") == 900


def test_feelings_are_never_on_the_page() -> None:
    record = dataclasses.replace(full(), feelings=(m.Feeling(1, "FEELING", "NAMED", {"x": "ANSWER"}),))
    page = markdown.page(record, Options(annex=True, contributions=True, learnings=True, notes=True))
    assert not re.search("FEELING|NAMED|ANSWER", page)
    assert "Rien ne sort" in page
