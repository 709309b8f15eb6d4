"""The page as PDF: one sheet whatever the record holds, the text as it was written, nothing off the page."""

from __future__ import annotations

import dataclasses
import datetime
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from tests.archive import made
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples
from tests.exports import reading

from entraide_tui.archive import model as m
from entraide_tui.archive.page.content import blocks
from entraide_tui.archive.page.measure import lines_of
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import using_language
from entraide_tui.common.text import clean
from entraide_tui.exports import pdf, shorten, typesetter

if TYPE_CHECKING:
    from pathlib import Path

ALL = Options(contributions=True, learnings=True, notes=True)
UNSEEN = set("\u200d\x1b\x00\x9b\u2028")
"""What becomes a sign that the fonts at hand may not have."""
MOST = {
    "wide": "W" * 4000, "words": "mot " * 4000, "lines": "a\n" * 500, "emoji": "\U0001f469\u200d\u2695\ufe0f" * 150,
    "arabic": "\u0634\u0643\u0631\u0627 " * 300, "marks": "\u0301" * 120, "glued": "a\u00a0" * 900, "spaces": " " * 900,
}  # fmt: skip


def off_the_page(data: bytes) -> list[tuple[int, float, float, float, float]]:
    """Pieces of text that are not wholly on their sheet."""
    out = []
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        assert (round(width), round(height)) == (595, 842)
        words = page.get_textpage()
        for at in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(at)
            if left < 0 or bottom < 0 or right > width or top > height:
                out.append((number, left, bottom, right, top))
        words.close()
    document.close()
    return out


@examples(15, any_size=True)
@given(record=RECORDS, annex=st.booleans())
@example(record=reading.filled(made.HOSTILE), annex=False)
def test_any_record_is_one_page_and_nothing_runs_off_it(record: m.Record, annex: bool) -> None:
    data = pdf.page(record, dataclasses.replace(ALL, annex=annex))
    assert pdf.pages_of(data) == 1 or annex
    assert off_the_page(data) == []


@pytest.mark.parametrize("kind", MOST)
def test_far_too_much_text_is_still_one_page_that_says_what_is_missing(kind: str) -> None:
    data = pdf.page(dataclasses.replace(reading.filled(MOST[kind]), language="en"), ALL)
    assert pdf.pages_of(data) == 1
    assert off_the_page(data) == []
    if kind in ("wide", "words", "lines", "arabic"):
        text = re.sub(r"\s+", " ", pdf.text_of(data))
        assert "Shortened to hold on one page: " in text
        assert "The rest is in the record." in text


@pytest.mark.campaign
@pytest.mark.parametrize("kind", ["usual", "long"])
def test_a_thousand_records_are_a_thousand_pages(kind: str) -> None:
    @settings(
        max_examples=1000 if kind == "usual" else 200, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    @given(record=RECORDS if kind == "usual" else reading.long_ones(), annex=st.booleans())
    def hunt(record: m.Record, annex: bool) -> None:
        data = pdf.page(record, dataclasses.replace(ALL, annex=annex))
        assert pdf.pages_of(data) == 1 or annex
        assert off_the_page(data) == []

    hunt()


@pytest.mark.parametrize("text", reading.AWKWARD)
def test_what_means_something_to_typst_comes_out_as_that_text_in_every_field(text: str, tmp_path: Path) -> None:
    record = reading.filled(text)
    data = pdf.page(record, ALL)
    assert reading.bare(pdf.text_of(data)).count(reading.bare(text)) == 18
    if shutil.which("pdftotext"):
        (tmp_path / "page.pdf").write_bytes(data)
        command = ["pdftotext", "-raw", str(tmp_path / "page.pdf"), "-"]
        other = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout
        assert reading.bare(other).count(reading.bare(text)) == 18


@examples(15, any_size=True)
@given(text=st.lists(st.sampled_from([p for p in made._PIECES if not set(p) & UNSEEN]), max_size=12).map("".join))
def test_any_text_comes_out_as_that_text(text: str) -> None:
    record = m.Record(id="r", title="t", date=datetime.date(2026, 11, 21), request=m.Request(clean(text, lines=True)))
    assert reading.bare(text) in reading.bare(pdf.text_of(pdf.page(record, ALL)))


def test_accents_ligatures_and_signs_of_french_come_out_with_the_fonts_inside() -> None:
    said = "« Où est l’œuf ? » — ÇA COÛTE 12 € ; naïveté, ça et là… ☐ à faire"
    record = dataclasses.replace(full(), request=m.Request(said))
    data = pdf.page(record, Options())
    assert said in re.sub(r"\s+", " ", pdf.text_of(data).replace("\u00a0", " "))
    assert "⟨" not in pdf.text_of(data)
    document = pypdfium2.PdfDocument(data)
    fonts = 0
    for item in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        font = pypdfium2.raw.FPDFTextObj_GetFont(item.raw)
        assert pypdfium2.raw.FPDFFont_GetIsEmbedded(font) == 1
        fonts += 1
    assert fonts
    document.close()


def test_signs_that_no_font_has_are_named_by_their_code_and_that_is_said() -> None:
    with using_language("en"):
        record = m.Record(id="r", title="Un \U0004c248 signe", date=datetime.date(2026, 11, 21), language="en")
        text = re.sub(r"\s+", " ", pdf.text_of(pdf.page(record, Options())))
    assert "Un ⟨4C248⟩ signe" in text
    assert "shown by their codes" in text


def test_it_is_tagged_and_says_its_title_and_language_and_nothing_else_of_anybody() -> None:
    data = pdf.page(full(), ALL)
    document = pypdfium2.PdfDocument(data)
    found = document.get_metadata_dict(skip_empty=True)
    assert document.is_tagged()
    document.close()
    assert found.pop("Title") == full().title
    assert set(found) == {"Creator"}
    assert b"/Lang(fr)" in data
    assert b"<pdfuaid:part>1<" in data
    assert not re.search(rb"/(?:Author|CreationDate|ModDate)|CreateDate|ModifyDate", data)
    assert b"/work" not in data
    assert b"entraide" not in data
    assert pdf.page(full(), ALL) == data


def test_the_annex_begins_on_the_second_page_and_the_core_stands_on_the_first() -> None:
    record = dataclasses.replace(full(), request=m.Request("Comment redonner envie ?", "phrase " * 1200))
    data = pdf.page(record, dataclasses.replace(ALL, annex=True))
    document = pypdfium2.PdfDocument(data)
    pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    assert len(pages) > 1
    for core in ("Comment redonner envie ?", "Tenir la séance au marché", "Appeler le placier", "19 décembre"):
        assert core in re.sub(r"\s+", " ", pages[0])
    assert "phrase phrase" not in pages[0]
    assert sum(page.count("phrase") for page in pages[1:]) == 1200


def test_feelings_and_the_parking_are_never_on_it() -> None:
    record = dataclasses.replace(
        full(),
        feelings=(m.Feeling(1, "FEELING", "NAMED", {"x": "ANSWER"}),),
        notes=(m.Note("parking", "PARKED", parked=True), m.Note("contract", "Rien ne sort.")),
    )
    text = pdf.text_of(pdf.page(record, dataclasses.replace(ALL, annex=True)))
    assert not re.search("FEELING|NAMED|ANSWER|PARKED", text)
    assert "Rien ne sort" in text


@pytest.mark.parametrize("missing", ["typst", "pypdfium2"])
def test_without_the_extra_it_says_what_to_do(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(UserError, match=r"install entraide-tui\[pdf\], or export as HTML"):
        pdf.page(dataclasses.replace(full(), language="en"), Options())


@examples(40, any_size=True)
@given(record=RECORDS, lines=st.sampled_from([100, 54, 30, 16]), annex=st.booleans())
def test_shortening_keeps_what_it_cuts_for_the_annex_and_names_it(record: m.Record, lines: int, annex: bool) -> None:
    every = blocks(record, ALL)
    sheet = shorten.shortened(every, lines, annex=annex)
    kept = {id(block) for block in sheet.page}
    cut = [block for block in every if id(block) not in kept and block.kind != "heading"]
    assert sheet.overflow == tuple(dict.fromkeys(block.name for block in cut))
    assert sheet.annex == (cut if annex else [])
    assert sheet.lines == sum(lines_of(block) for block in sheet.page)
    for block in sheet.page:
        if block.parts:
            assert "".join(piece for piece, _meaning in block.parts) == block.text


@given(text=st.text(max_size=80) | st.sampled_from(list(MOST.values())))
def test_places_to_break_change_nothing_but_that(text: str) -> None:
    assert typesetter.with_break_points(text).replace("\u200b", "") == text.replace("\u200b", "")
    assert all(
        len(word) <= 40 for word in re.split("[ \n\u200b\u3000\u2000-\u200a]", typesetter.with_break_points("W" * 4000))
    )


def test_a_page_says_its_parts_piece_by_piece() -> None:
    for block in blocks(full(), ALL):
        assert block.parts or block.kind in ("title", "heading")
        if block.parts:
            assert "".join(piece for piece, _meaning in block.parts) == block.text


def test_a_sign_that_says_how_another_looks_never_becomes_a_code() -> None:
    from entraide_tui.exports import typesetter

    assert typesetter._without("❤️ 🌻 👨‍👩 ☕️", {"🌻", "👨", "👩"}) == "❤️ ⟨1F33B⟩ ⟨1F468⟩⟨1F469⟩ ☕️"
    fault = typesetter.FaultError("x", r'the text `"❤\u{fe0f}\u{200d}🌻"` could not be displayed')
    assert typesetter._missing(fault) == {"❤", "🌻"}
