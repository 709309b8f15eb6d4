"""The schema of a kit: it says what the door says, explains each key, and is the file that stands beside the kits."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tests.examples import examples
from tests.kits.test_loader import KIT

from entraide_tui.common.validation import model_of
from entraide_tui.kits import json_schema, loader
from entraide_tui.kits.model import Kit

FOLDER = Path(__file__).parents[2] / "kits"
FILES = sorted(FOLDER.glob("*.toml"))
SCHEMA = json_schema.schema()
VALIDATOR = Draft7Validator(SCHEMA)
Document = dict[str, Any]


def fits(document: Document) -> bool:
    """Whether an editor would find nothing to say."""
    return bool(VALIDATOR.is_valid(document))


def test_the_file_beside_the_kits_is_up_to_date() -> None:
    # else: entraide-tui kits schema > kits/kit.schema.json
    assert (FOLDER / "kit.schema.json").read_text("utf-8") == json_schema.text()


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == json_schema.DIALECT


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_shipped_kit_fits_it_and_names_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [fault.message for fault in VALIDATOR.iter_errors(tomllib.loads(text))] == []
    named = text.splitlines()[0].removeprefix("#:schema ")
    assert (path.parent / named).is_file()


def tables(value: Any) -> Iterator[Document]:  # noqa: ANN401 - JSON values
    """Every table of a schema that has keys of its own, but for those of languages."""
    if isinstance(value, dict):
        if "properties" in value and "title" in value:
            yield value
        for inner in value.values():
            yield from tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner)


def test_each_table_and_each_key_is_explained_in_a_short_sentence_and_no_other_key_is_taken() -> None:
    found = list(tables(SCHEMA))
    assert len(found) == 1 + len(SCHEMA["definitions"])
    for table in found:
        assert table["additionalProperties"] is False
        for one in (table, *table["properties"].values()):
            assert one["title"]
            assert one["description"].endswith(".")
            assert len(one["description"]) <= 240


def test_it_has_the_keys_of_the_door_and_asks_for_those_that_must_be_there() -> None:
    raw = model_of(Kit).model_json_schema()
    for name, table in {**raw["$defs"], "Kit": raw}.items():
        ours = SCHEMA if name == "Kit" else SCHEMA["definitions"][name]
        assert set(ours["properties"]) == set(table["properties"])
        assert ours["required"] == table.get("required", [])


def at(*place: str | int) -> Callable[[Document], Any]:
    """The table or the list at a place."""

    def find(document: Document) -> Any:  # noqa: ANN401 - TOML values
        held: Any = document
        for part in place:
            held = held[part]
        return held

    return find


step, minutes, card = at("steps", 0), at("steps", 0, "minutes"), at("steps", 0, "card")
pick, form = at("steps", 2, "card"), at("steps", 4, "card")
WRONG: dict[str, tuple[Callable[[Document], Any], Document]] = {
    "format": (at(), {"format": 2}),
    "unknown key": (at(), {"sumary": "x"}),
    "unknown key of a step": (step, {"speeks": []}),
    "unknown key of minutes": (minutes, {"usuel": 3}),
    "unknown key of an option": (at("options", 0, "changes", "help"), {"speak": []}),
    "version": (at(), {"version": "1"}),
    "title": (at(), {"title": 3}),
    "no title": (at(), {"title": {}}),
    "empty title": (at(), {"title": " "}),
    "empty line": (step, {"say": {"fr": [""]}}),
    "long text": (step, {"purpose": "x" * 2_001}),
    "no step": (at(), {"steps": []}),
    "many steps": (at(), {"steps": [{"id": f"s{n}", "title": "S"} for n in range(61)]}),
    "id": (at(), {"id": "Mon kit"}),
    "long id": (at(), {"id": "m" * 81}),
    "id of a step": (step, {"id": "../etc"}),
    "id of a field": (at("steps", 4, "card", "fields", 0), {"id": "Ä"}),
    "speaks": (step, {"speaks": ["offerer"]}),
    "turns": (step, {"turns": "rounds"}),
    "when late": (step, {"when_late": "later"}),
    "minutes as a number": (step, {"minutes": 3}),
    "less than no minutes": (minutes, {"min": -1}),
    "a day and a night": (minutes, {"max": 1_441}),
    "no minutes": (minutes, {"min": 0, "usual": 0}),
    "truth for minutes": (minutes, {"usual": True}),
    "preset": (at("presets", 0, "minutes"), {"ask": -2}),
    "group": (at("group_size"), {"min": 0}),
    "kind": (card, {"kind": "txt"}),
    "fills": (card, {"fills": "requests"}),
    "from without a pick": (card, {"from": "topics"}),
    "fields without a form": (card, {"fields": [{"id": "a", "kind": "text", "label": "A"}]}),
    "pick of nothing": (pick, {"max": 0, "min": 0}),
    "pick from no section": (pick, {"from": "contribution"}),
    "form without fields": (form, {"fields": []}),
    "one choice": (at("steps", 4, "card", "fields", 2), {"choices": ["yes"]}),
    "field without a label": (at("steps", 4, "card", "fields", 0), {"label": {}}),
    "suits": (at(), {"suits": {"when": ["always"]}}),
    "rescue": (at(), {"rescue": [{"id": "a", "title": "A", "sign": "B"}]}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_door_refuses_by_its_shape_an_editor_marks(name: str) -> None:
    document = tomllib.loads(KIT)
    assert fits(document)
    assert loader.check(document, KIT).kit
    find, change = WRONG[name]
    find(document).update(change)
    assert not fits(document)
    assert loader.check(document, "").kit is None


@pytest.mark.parametrize("key", ["format", "id", "version", "title", "steps"])
def test_what_is_missing_an_editor_marks(key: str) -> None:
    document = tomllib.loads(KIT)
    del document[key]
    assert not fits(document)


REAL = [tomllib.loads(path.read_text("utf-8")) for path in FILES]
scraps: st.SearchStrategy[Any] = st.sampled_from(
    [0, 1, 3, -1, 1.5, True, "", " ", "x", "once", "pick", "contributions", [], {}, ["x"], {"fr": "x"}, {"fr": ["x"]}]
)


def places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    """Every place of a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*place, key)
        yield from places(one, (*place, key))


EVERY = [list(places(document)) for document in REAL]


@examples(30)
@given(data=st.data())
def test_what_the_door_takes_an_editor_never_marks(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(REAL) - 1))
    document = copy.deepcopy(REAL[number])
    place = data.draw(st.sampled_from(EVERY[number]))
    around = at(*place[:-1])(document)
    if data.draw(st.booleans()):
        around[place[-1]] = data.draw(scraps)
    else:
        del around[place[-1]]
    if loader.check(document, "").kit:
        assert [fault.message for fault in VALIDATOR.iter_errors(document)] == []


def test_the_file_says_what_the_schema_says() -> None:
    assert json.loads(json_schema.text()) == SCHEMA
