"""JSON and TOML: the whole record, by the names of its file, but what was said for the room only."""

from __future__ import annotations

import dataclasses
import json as library
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.exports.data import json, leaving, toml


def plain(value: Any) -> Any:  # noqa: ANN401 - TOML values
    """Days and moments as their texts, as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


@examples(12, any_size=True)
@given(record=RECORDS)
def test_both_say_the_same_and_come_back(record: m.Record) -> None:
    text = toml(record, feelings=True)
    assert record_file.loads(text.encode(), Path("x.toml")) == leaving(record, feelings=True)
    assert library.loads(json(record, feelings=True)) == plain(tomllib.loads(text))


def test_one_record_is_an_object_and_several_are_a_list_in_their_order() -> None:
    one, other = full(), dataclasses.replace(full(), id="other")
    assert library.loads(json(one))["id"] == one.id
    assert [r["id"] for r in library.loads(json([other, one]))] == ["other", one.id]
    assert library.loads(json([one])) == [library.loads(json(one))]
    assert library.loads(json([])) == []


def test_the_same_record_gives_the_same_bytes() -> None:
    assert json(full()) == json(dataclasses.replace(full()))
    assert toml(full()) == toml(dataclasses.replace(full()))


def test_feelings_leave_only_when_they_are_asked_for() -> None:
    for write in (json, toml):
        assert "soulagée" not in write(full())
        assert "feelings" not in write(full())
        assert "soulagée" in write(full(), feelings=True)


def test_the_parking_never_leaves() -> None:
    parked = m.Note("parking", "Trop tôt", parked=True)
    record = dataclasses.replace(full(), notes=(parked, m.Note("contract", "Rien ne sort.")))
    for write in (json, toml):
        assert "Trop tôt" not in write(record, feelings=True)
        assert "Rien ne sort." in write(record)


def test_accents_stand_as_themselves() -> None:
    assert "comité d'usagers" in json(full())
