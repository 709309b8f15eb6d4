"""Each thing of a TOML text is found where it stands, whichever way it is laid out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common.toml_spans import Place, Spans

KITS = sorted((Path(__file__).parents[2] / "kits").glob("*.toml"))
LAYOUTS = (
    """\
# a comment with = and [brackets]
plain = 1 # after
date = 2026-11-21 09:00:00   # a space within
dotted.a . "b c" = 'x # y'
dotted.'d' = [1, 2 , # two
  3
  # the last
]
inline = { a = 1, b.c = [ { d = "}" }, { d = "]," } ], "e" = """
    '"""'
    """
[[not.a.header]]
"""
    '"""'
    """ }
empty = []
none = { }
[table."with dots.in"]
key = '''it's
[[x]] = 1''''
[[list]]
a = 1
[list.sub]
b = 2
[[list.inner]]
c = 3
[[list.inner]]
[[list]] # the second
  a = -1.5e3
"""
)


def at(document: Any, place: Place) -> Any:  # noqa: ANN401 - TOML values
    for part in place:
        document = document[part]
    return document


def all_found(text: str) -> None:
    document = tomllib.loads(text)
    spans = Spans(text)
    for place, span in spans.found.items():
        value = tomllib.loads(f"value = {text[span.value : span.end]}")["value"]
        assert value == at(document, place), place
    leaves = [place for place, value in walked(document) if not isinstance(value, (dict, list))]
    assert set(leaves) <= set(spans.found)


def walked(value: Any, place: Place = ()) -> list[tuple[Place, Any]]:  # noqa: ANN401 - TOML values
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(place, value), *(one for key, held in inner for one in walked(held, (*place, key)))]


@pytest.mark.parametrize("text", [LAYOUTS, *(p.read_text("utf-8") for p in KITS)])
def test_every_value_is_where_it_is_said_to_be(text: str) -> None:
    all_found(text)
    assert Spans(text.replace("\n", "\r\n")).found.keys() == Spans(text).found.keys()


VALUES = st.recursive(
    st.one_of(st.integers(-9, 9), st.text(max_size=6), st.booleans(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=12,
)


@examples(40, any_size=True)
@given(document=st.dictionaries(st.text(max_size=4), VALUES, max_size=4), lines=st.booleans())
def test_in_any_document_every_value_is_where_it_is_said_to_be(document: dict[str, Any], lines: bool) -> None:
    all_found(tomli_w.dumps(document, multiline_strings=lines))


@examples(40, any_size=True)
@given(document=st.dictionaries(st.text(max_size=4), VALUES, min_size=1, max_size=4), data=st.data())
def test_a_key_that_is_taken_out_or_put_is_the_only_difference(document: dict[str, Any], data: st.DataObject) -> None:
    text = tomli_w.dumps(document)
    spans = Spans(text)
    places = [place for place, _value in walked(document) if place and all(isinstance(part, str) for part in place)]
    place = data.draw(st.sampled_from(places))
    around = at(document, place[:-1])
    if place in spans.found:
        around[place[-1]] = 7
        assert tomllib.loads(spans.put(place, "7")) == document
    del around[place[-1]]
    assert pruned(tomllib.loads(spans.without(place))) == pruned(document)


def pruned(value: Any) -> Any:  # noqa: ANN401 - TOML values
    """Without tables that hold nothing: a header may go with the last thing below it."""
    if isinstance(value, dict):
        inner = {key: pruned(held) for key, held in value.items()}
        return {key: held for key, held in inner.items() if held != {}}
    return value


def test_comments_stay_beside_what_is_taken_out() -> None:
    text = Spans(LAYOUTS).without(("dotted",))
    assert "# a comment with" in text
    assert "dotted" not in text
    assert "# the second" in Spans(LAYOUTS).without_item("list", 0)
    assert tomllib.loads(Spans(LAYOUTS).without_item("list", 0))["list"] == [{"a": -1500.0}]
    assert Spans("a = { b = 1, c = 2, d = 3 }").without(("a", "c")) == "a = { b = 1, d = 3 }"
    assert Spans("a = { b = 1, c = 2 }").without(("a", "c")) == "a = { b = 1 }"
    assert Spans("a = { b = 1, c = 2 }").without(("a", "b")) == "a = { c = 2 }"
    assert Spans("a = [\n  {}, # one\n  # two\n  {}\n]\n").without_item("a", 1) == "a = [\n  {}, # one\n  # two\n]\n"
    assert Spans("a = [{}, {}]").without_item("a", 1) == "a = [{}]"
