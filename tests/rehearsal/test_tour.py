"""The first two minutes: a little kit and its group, complete and well typeset in both languages."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from tests.kits import typography

from entraide_tui.kits import catalogue, loader
from entraide_tui.rehearsal import scenario

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted((catalogue.shipped_folder() / "tour").glob("*.toml"))


def test_the_kit_and_its_group_belong_together_and_stay_out_of_the_list() -> None:
    kit = loader.load(catalogue.shipped_folder() / "tour" / "kit.toml")
    for language in ("fr", "en"):
        assert scenario.load(catalogue.shipped_folder() / "tour" / "scenario.toml", language).kit == kit.id
    assert kit.id not in {line.id for line in catalogue.headlines(None, "en")}
    assert 2 <= kit.total() <= 4


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_each_text_is_in_its_language_and_well_typeset(path: Path, language: str) -> None:
    document = tomllib.loads(path.read_text("utf-8"))
    told = typography.told(document, language)
    assert len(told) > 5
    for place, text in told:
        assert typography.faults(text, language) == [], place
        assert not typography.foreign(text, language), place
