"""What a person can choose, and what comes of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from tests.archive.test_record_file import full

from entraide_tui.common.workspace import Workspace
from entraide_tui.exports import offers
from entraide_tui.exports.formats import FORMATS, TEXTS
from entraide_tui.exports.leave import departures

WALL = 1_795_258_800.0
TWO = departures([(Path("a.toml"), full()), (Path("b.toml"), dataclasses.replace(full(), id="b"))])


def test_every_format_is_offered_and_each_offer_has_an_id_and_words_of_its_own() -> None:
    every = offers.offers(recaps=True)
    assert len({offer.id for offer in every}) == len({offer.label for offer in every}) == len(every)
    assert {offer.id for offer in every} >= {"md+recap", "ics+full", *(form.name for form in FORMATS)}
    assert not any(offer.recap for offer in offers.offers(recaps=False))


@pytest.mark.parametrize(
    ("offer", "said", "files"),
    [
        ("md", "", ["exports/a.md", "exports/b.md"]),
        ("md", "out.md", ["out.md/a.md", "out.md/b.md"]),
        ("md+recap", "out.md", ["out.md"]),
        ("md+recap", "out", ["out/recap-2026-11-21-2026-11-21.md"]),
        ("csv", "out.csv", ["out.csv"]),
        ("csv", "out", ["out/entraide.csv"]),
    ],
)
def test_files_go_where_they_were_meant_to_go(offer: str, said: str, files: list[str], tmp_path: Path) -> None:
    group = Workspace(tmp_path)
    outcome = offers.export(TWO, offer, said and str(tmp_path / said), group, wall=WALL)
    assert [str(path.relative_to(tmp_path)) for path in outcome.written] == files
    again = offers.export(TWO, offer, said and str(tmp_path / said), group, wall=WALL)
    assert len({*outcome.written, *again.written}) == 2 * len(files), "nothing is replaced"


def test_a_place_that_can_not_be_is_told(tmp_path: Path) -> None:
    (failure,) = offers.export(TWO, "md", "~nobody-here/x", Workspace(tmp_path), wall=WALL).failed
    assert "no such folder" in failure.lines()[0]


@pytest.mark.parametrize("form", TEXTS, ids=lambda form: form.name)
def test_pages_are_one_text(form: object, tmp_path: Path) -> None:
    text, outcome = offers.pages(TWO, form, Workspace(tmp_path))  # type: ignore[arg-type]
    assert outcome.complete
    assert text.count("Relancer le comité") == 2
