"""The page as text to paste: what was written, and no sign of any format."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples
from tests.exports.test_html import ALL, texts

from entraide_tui.archive import model as m
from entraide_tui.archive.page.options import Options
from entraide_tui.exports import plain_text

PAGE = """Relancer le comité d'usagers

Saturday 21 November 2026 · Réseau lecture publique
Request brought by: Awa
Led by: Jean
With: Inès, Marc, Léa

The request
Comment redonner envie ?

Une situation.
Sur deux lignes.

Ideas kept
1. Tenir la séance au marché (Inès)
2. Moins souvent (Marc, Léa)

Action plan
1. Appeler le placier – Awa – by Saturday 5 December 2026 – idea 1
   – First step: Retrouver son numéro

We look at it again
Saturday 19 December 2026
"""


def test_it_reads_as_somebody_would_write_it_in_a_message() -> None:
    assert plain_text.page(dataclasses.replace(full(), language="en"), Options()) == PAGE


def test_what_does_not_hold_goes_to_the_annex_if_that_is_wanted() -> None:
    record = dataclasses.replace(full(), language="en", request=m.Request("Comment ?", "phrase " * 900))
    text = plain_text.page(record, Options(annex=True))
    page, annex = text.split("\nAnnex\n")
    assert "phrase" not in page
    assert annex.count("phrase") == 900


@examples(30, any_size=True)
@given(record=RECORDS)
def test_every_text_is_in_it_as_it_was_written(record: m.Record) -> None:
    shown = [line.strip() for line in plain_text.page(record, ALL).split("\n")]
    whole = "\n".join(shown)
    for text in texts(record):
        assert "\n".join(line.strip() for line in text.split("\n")).strip() in whole
