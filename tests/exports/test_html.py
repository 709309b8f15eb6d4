"""The page as HTML: right HTML, only the text that people wrote, readable, one printed sheet."""

from __future__ import annotations

import dataclasses
import html as escapes
import itertools
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from tests.archive import made
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples
from tests.exports import reading

from entraide_tui.archive import model as m
from entraide_tui.archive.page.content import blocks
from entraide_tui.archive.page.measure import fit
from entraide_tui.archive.page.options import Options
from entraide_tui.common.i18n import using_language
from entraide_tui.exports import html, plain_text
from entraide_tui.exports.templates import BUILT_IN
from entraide_tui.exports.view import tidy

if TYPE_CHECKING:
    from pathlib import Path

ALL = Options(contributions=True, learnings=True, notes=True)
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "aside", "header", "section", "div", "h1", "h2", "h3",
    "p", "ul", "ol", "li", "strong", "span", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "role", "scope", "aria-label"}
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer"]
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser here")


def texts(record: m.Record) -> list[str]:
    """What people wrote that a page with everything shows."""
    found = [record.request.text, record.request.context, *(i.text for i in record.ideas)]
    found += [t for a in record.actions for t in (a.what, a.first_step)]
    found += [c.text for c in record.contributions] + [s.text for s in record.learnings]
    return [tidy(text) for text in found if tidy(text)]


@examples(40, any_size=True)
@given(record=RECORDS)
@example(reading.filled(made.HOSTILE))
def test_a_page_of_any_record_is_right_html_made_of_nothing_but_our_elements(record: m.Record) -> None:
    root = reading.document(html.page(record, ALL))
    assert {name for name, _e in reading.elements(root)} <= ELEMENTS
    assert {name for _n, e in reading.elements(root) for name in e.attrib} <= ATTRIBUTES
    shown = {reading.said(e) for _n, e in reading.elements(root)}
    for text in texts(record):
        assert text in shown


@pytest.mark.parametrize("text", reading.AWKWARD)
def test_what_means_something_in_html_comes_out_as_that_text_in_every_field(text: str) -> None:
    record = reading.filled(text)
    root = reading.document(html.page(record, ALL))
    assert {name for name, _e in reading.elements(root)} <= ELEMENTS
    body = next(e for name, e in reading.elements(root) if name == "body")
    # title, group, three people, request, situation, idea and its name, action, who and first step, next date,
    # contribution, learning and their names, note
    assert reading.said(body).count(record.title) == 18
    head = next(e for name, e in reading.elements(root) if name == "title")
    assert reading.said(head) == record.title


def test_the_page_asks_nothing_from_outside_and_runs_nothing() -> None:
    page = html.page(full(), ALL)
    head = page[: page.index("<title>")]
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in head
    assert not re.search(r"<script|<link|<img|<iframe|<a\b|\bsrc=|\bhref=|url\(|@import|\bon\w+=", page)
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in page


@pytest.mark.parametrize(("language", "heading"), [("fr", "Idées retenues"), ("en", "Ideas kept")])
def test_it_speaks_the_language_of_the_workshop_and_says_so(language: str, heading: str) -> None:
    root = reading.document(html.page(dataclasses.replace(full(), language=language), Options()))
    assert root.attrib["lang"] == language
    assert heading in reading.said(root)


def test_headings_come_in_order_and_the_plan_is_a_table_with_headers() -> None:
    record = dataclasses.replace(full(), request=m.Request("Comment ?", "phrase " * 900))
    root = reading.document(html.page(record, dataclasses.replace(ALL, annex=True)))
    levels = [int(name[1]) for name, _e in reading.elements(root) if re.fullmatch(r"h\d", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    headers = [e for name, e in reading.elements(root) if name == "th"]
    assert [e.attrib["scope"] for e in headers] == ["col"] * 3
    # a phone shows the table piece by piece, which would take its meaning away without these
    roles = {(name, e.attrib["role"]) for name, e in reading.elements(root) if "role" in e.attrib}
    assert roles >= {("table", "table"), ("tr", "row"), ("td", "cell"), ("th", "columnheader")}


def test_feelings_and_the_parking_are_never_on_it() -> None:
    with using_language("fr"):
        record = dataclasses.replace(
            full(),
            feelings=(m.Feeling(1, "FEELING", "NAMED", {"x": "ANSWER"}),),
            notes=(m.Note("parking", "PARKED", parked=True), m.Note("contract", "Rien ne sort.")),
        )
    for page in (html.page(record, ALL), plain_text.page(record, ALL)):
        assert not re.search("FEELING|NAMED|ANSWER|PARKED", page)
        assert "Rien ne sort" in page


def test_what_is_not_asked_for_is_not_there() -> None:
    for page in (html.page(full(), Options()), plain_text.page(full(), Options())):
        assert not re.search("Un marché|Oser|Rien ne sort", page)


# -- colours

_COLOUR = re.compile(r"--([a-z]+): (#[0-9a-f]{6});")
SCREEN = (BUILT_IN / "page.css").read_text("utf-8")
LETTERS = {"ink", "quiet", "primary", "accent"}
GROUNDS = {"desk", "paper", "tint"}


def light(colour: str) -> float:
    """The relative luminance that WCAG defines."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palettes() -> list[dict[str, str]]:
    """By day and by night."""
    return [dict(_COLOUR.findall(part)) for part in re.findall(r":root \{([^}]*)\}", SCREEN) if "--ink" in part]


def test_letters_can_be_read_on_every_ground_by_day_and_by_night() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    day, night = palettes()
    assert set(day) == set(night) == LETTERS | GROUNDS | {"line"}
    for colours in (day, night):
        for letters in LETTERS:
            for ground in GROUNDS:
                assert contrast(colours[letters], colours[ground]) >= 4.5, (letters, ground)


def test_no_rule_uses_a_colour_that_was_not_looked_at() -> None:
    rules = re.sub(r":root \{[^}]*\}", "", SCREEN)
    used = re.findall(r"(?<![-\w])(?:color|background|border[a-z-]*): ([^;]+);", rules)
    assert {name for value in used for name in re.findall(r"var\(--(\w+)\)", value)} <= LETTERS | GROUNDS | {"line"}
    assert not [value for value in used if re.search(r"#[0-9a-fA-F]{3}|rgb|hsl", value)]
    assert {re.sub(r".*var\(--(\w+)\).*", r"\1", v) for v in re.findall(r"(?<![-\w])color: ([^;]+);", rules)} <= LETTERS
    grounds = {re.sub(r".*var\(--(\w+)\).*", r"\1", v) for v in re.findall(r"(?<![-\w])background: ([^;]+);", rules)}
    assert grounds <= GROUNDS | {"none"}


# -- a real browser


def printed(page: str, folder: Path) -> list[str]:
    """The text of each printed sheet."""
    from pypdfium2 import PdfDocument

    (folder / "page.html").write_text(page, "utf-8")
    target = folder / "page.pdf"
    target.unlink(missing_ok=True)
    command = [str(BROWSER), *FLAGS, f"--print-to-pdf={target}", (folder / "page.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    document = PdfDocument(target)
    out = []
    for number in range(len(document)):
        words = document[number].get_textpage()
        out.append(words.get_text_range())
        words.close()
    document.close()
    return out


def full_sheet(words: str) -> m.Record:
    """As much of these words as `fit` lets stand on one sheet."""
    record = dataclasses.replace(full(), request=m.Request(words, ""))
    number = 1
    while not fit(
        blocks(dataclasses.replace(record, request=m.Request("Quoi ?", words * number))), annex=False
    ).overflow:
        number += 1
    return dataclasses.replace(record, request=m.Request("Quoi ?", words * (number - 1)))


@needs_browser
@pytest.mark.campaign
@pytest.mark.parametrize(
    "words", ["comité ", "W", "MOT LARGE ", "l’île, il y a ", "\u4e2d", "é\n", "\U0001f642 ", "a " * 46]
)
def test_a_sheet_that_is_full_prints_on_one(words: str, tmp_path: Path) -> None:
    assert len(printed(html.page(full_sheet(words), Options()), tmp_path)) == 1


@needs_browser
@pytest.mark.campaign
def test_any_page_that_fits_prints_on_one_sheet(tmp_path: Path) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(record=RECORDS | reading.long_ones())
    def hunt(record: m.Record) -> None:
        with using_language(record.language):
            sheet = fit(blocks(record), annex=True)
        sheets = printed(html.page(record, Options(annex=True)), tmp_path)
        assert (len(sheets) == 1) == (not sheet.annex)
        if sheet.annex:
            with using_language(record.language):
                from entraide_tui.common.i18n import _

                assert sheets[1].lstrip().upper().startswith(_("Annex").upper())

    hunt()


@needs_browser
@pytest.mark.campaign
@pytest.mark.parametrize("record", [full(), reading.filled("W" * 300), reading.filled("mot " * 60)], ids=str)
def test_a_phone_needs_no_scrolling_sideways(record: m.Record, tmp_path: Path) -> None:
    page = html.page(record, dataclasses.replace(ALL, annex=True))
    frame = f'<iframe srcdoc="{escapes.escape(page)}" style="width:360px;height:600px;border:0"></iframe>'
    tell = "onload = () => { document.title = frames[0].document.documentElement.scrollWidth }"
    (tmp_path / "phone.html").write_text(f"<!doctype html><title>-</title>{frame}<script>{tell}</script>", "utf-8")
    command = [str(BROWSER), *FLAGS, "--dump-dom", (tmp_path / "phone.html").as_uri()]
    seen = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    [title] = re.findall(r"<title>(.*?)</title>", seen)[:1]
    assert int(title) <= 360
