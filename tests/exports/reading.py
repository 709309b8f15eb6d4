"""Independent readers of what is exported, and records with something awkward in every field."""

from __future__ import annotations

import dataclasses
import datetime
import unicodedata
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import html5lib
from hypothesis import strategies as st
from tests.archive import made
from tests.archive.test_record_file import RECORDS

from entraide_tui.archive import model as m
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
HARMLESS = {"invalid-codepoint"}
"""A sign that Unicode leaves free is no fault of the page."""
AWKWARD = (
    "</style><script>alert(1)</script>",
    "{{7*7}} {% raw %} {# x #}",
    '#let x = 1 #x #eval("1") = heading',
    "*bold* _it_ $x^2$ `code` <b>&amp;&lt; \"quotes\" 'single' @cite <label>",
    "\u202eturned \u2066round",
    "</title></p><img src=x onerror=alert(1)> --> ]]>",
    "// comment /* more */ \\ ~ -- --- ... [content] https://example.org",
)


def document(text: str) -> Element:
    """The page as an HTML5 reader sees it; anything that is not right HTML fails."""
    parser = html5lib.HTMLParser(strict=False)
    found: Element = parser.parse(text)
    assert {code for _place, code, _more in parser.errors} <= HARMLESS, parser.errors
    return found


def elements(root: Element) -> Iterator[tuple[str, Element]]:
    """Each with its plain name."""
    for element in root.iter():
        assert isinstance(element.tag, str), "a comment"
        yield element.tag.removeprefix(NAMESPACE), element


def said(element: Element) -> str:
    """All text in it."""
    return "".join(element.itertext())


def bare(text: str) -> str:
    """Without spaces, line ends and what is not seen, composed: what a copy keeps."""
    whole = unicodedata.normalize("NFKC", clean(text.replace("\u200b", ""), lines=True))
    return "".join(c for c in whole if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def filled(text: str) -> m.Record:
    """A record with that text in every field that a page shows."""
    short = clean(text)
    return m.Record(
        id="2026-11-21-essai-k7qm",
        title=short,
        date=datetime.date(2026, 11, 21),
        language="fr",
        group=short,
        themes=(short,),
        people=m.People(short, short, (short, "Inès")),
        request=m.Request(clean(text, lines=True), clean(text, lines=True)),
        ideas=(m.Idea(short, (short,)),),
        actions=(m.PlannedAction(short, short, datetime.date(2026, 12, 5), short, 1, "done", short, short, short),),
        follow_up=m.FollowUp(None, short),
        contributions=(m.Contribution(short, "idea", short),),
        learnings=(m.Said(short, short),),
        notes=(m.Note("contract", short),),
    )


def long_ones(strategy: st.SearchStrategy[m.Record] = RECORDS) -> st.SearchStrategy[m.Record]:
    """Records some of whose texts are far too long, wide, or without any place to break."""
    big = st.sampled_from(
        [
            "W" * 4000, "W W " * 900, "\U0001f469\u200d\u2695\ufe0f" * 200, "\u0634\u0643\u0631\u0627 " * 400,
            "\u0301" * 300, "\u4e2d" * 900, "\n" * 300, "mot " * 2500, "\ufdfd" * 60, "a\u00a0b" * 600, ".-/" * 500,
            " " * 400 + "x", "\u0e33" * 200,
        ]
    )  # fmt: skip
    text = made.texts(most=8) | big
    name = (made.texts(lines=False, most=3) | big).map(lambda found: found.replace("\n", " "))

    def many(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(inner, max_size=12).map(tuple)

    return st.builds(
        lambda record, **changes: dataclasses.replace(record, **changes),
        strategy,
        title=text,
        request=st.builds(m.Request, text, text),
        people=st.builds(m.People, name, name, many(name)),
        ideas=many(st.builds(m.Idea, text, many(name))),
        actions=many(st.builds(m.PlannedAction, text, name, st.none() | st.dates(), text)),
        follow_up=st.builds(m.FollowUp, st.none(), text),
        contributions=many(st.builds(m.Contribution, text, st.just("idea"), name)),
    )
