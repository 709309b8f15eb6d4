"""Each thing of a TOML text is found where it stands, whichever way it is laid out, and changed there alone."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from tests.common.toml_documents import all_sound, at, changed, located, pruned, read, walked
from tests.examples import examples

from entraide_tui.common.toml.document import Document
from entraide_tui.common.toml.layout import Layout
from entraide_tui.common.toml.texts import map_texts

if TYPE_CHECKING:
    from entraide_tui.common.toml import Place

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
VALUES = st.recursive(
    st.one_of(st.integers(-9, 9), st.text(max_size=6), st.booleans(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=12,
)


@pytest.mark.parametrize("text", [LAYOUTS, *(p.read_text("utf-8") for p in KITS)])
def test_every_value_is_where_it_is_said_to_be(text: str) -> None:
    located(text)
    assert Layout(text.replace("\n", "\r\n")).spans.keys() == Layout(text).spans.keys()


@examples(40, any_size=True)
@given(document=st.dictionaries(st.text(max_size=4), VALUES, max_size=4), lines=st.booleans())
def test_in_any_document_every_value_is_where_it_is_said_to_be(document: dict[str, Any], lines: bool) -> None:
    located(tomli_w.dumps(document, multiline_strings=lines))


@examples(40, any_size=True)
@given(document=st.dictionaries(st.text(max_size=4), VALUES, min_size=1, max_size=4), data=st.data())
def test_a_key_that_is_taken_out_or_put_is_the_only_difference(document: dict[str, Any], data: st.DataObject) -> None:
    text = tomli_w.dumps(document)
    places = [place for place, _value in walked(document) if place and all(isinstance(part, str) for part in place)]
    place = data.draw(st.sampled_from(places))
    around = at(document, place[:-1])
    around[place[-1]] = 7
    assert pruned(read(changed(text, lambda made: made.put(place, 7)))) == pruned(document)
    del around[place[-1]]
    assert pruned(read(changed(text, lambda made: made.remove(place)))) == pruned(document)


@examples(150)
@given(number=st.integers(0, 2**32))
def test_any_change_of_any_document_reads_back_as_meant_and_touches_nothing_else(number: int) -> None:
    all_sound(number)


def test_few_layouts_can_not_be_followed() -> None:
    assert sum(map(all_sound, range(50))) > 45


def test_comments_stay_beside_what_is_taken_out() -> None:
    text = changed(LAYOUTS, lambda made: made.remove(("dotted",)))
    assert "# a comment with" in text
    assert "# two\n# the last\n" in text
    assert "dotted" not in text
    without = changed(LAYOUTS, lambda made: made.arrange(("list",), [1]))
    assert "# the second" in without
    assert read(without)["list"] == [{"a": -1500.0}]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# 1\n\n# of a\n[a] # one\nb = 1 # two\n# three\n\n# 2\n", ("a",)),
        ("# 1\na.b = 1 # one\na.c = [ # two\n] # three\n# 2\n", ("a",)),
        ("x = { b = [ # one\n], c = [] } # 1\n# 2\n", ("x", "b")),
    ],
)
def test_comments_go_too_where_that_is_asked(text: str, place: Place) -> None:
    after = changed(text, lambda made: made.remove(place, comments_too=True))
    assert re.findall("# .*", after) == ["# 1", "# 2"]
    assert after.count("\n") < text.count("\n")


@pytest.mark.parametrize(
    ("text", "place", "after"),
    [
        ("a = { b = 1, c = 2, d = 3 }", ("a", "c"), "a = { b = 1, d = 3 }"),
        ("a = { b = 1, c = 2 }", ("a", "c"), "a = { b = 1 }"),
        ("a = { b = 1, c = 2 }", ("a", "b"), "a = { c = 2 }"),
        ("a = [\n  {}, # one\n  # two\n  {}\n]\n", ("a", 1), "a = [\n  {}, # one\n  # two\n]\n"),
        ("a = [\n  {}, # one\n  # two\n  {}\n]\n", ("a", 0), "a = [\n  # two\n  {}\n]\n"),
        ("a = [{}, {}]", ("a", 1), "a = [{}]"),
        ("b = 1\n[[a]] # one\nx = 1\n\n[[a]]\ny = 1\n", ("a", 0), "b = 1\n[[a]]\ny = 1\n"),
        ("b = 1\n\n[[a]]\nx = 1\n\n[[a]]\ny = 1\n", ("a", 1), "b = 1\n\n[[a]]\nx = 1\n"),
    ],
)
def test_what_is_taken_out_takes_its_commas_and_its_empty_lines_along(text: str, place: Place, after: str) -> None:
    assert changed(text, lambda made: made.remove(place)) == after


@pytest.mark.parametrize(
    ("text", "place", "after"),
    [
        ("", ("a",), "a = 7\n"),
        ("", ("a", "b"), "[a]\nb = 7\n"),
        ("# mine\n\n[a]\nc = 1 # one\n", ("a", "b"), "# mine\n\n[a]\nc = 1 # one\nb = 7\n"),
        ("# mine\n[a]\nc = 1", ("b",), "b = 7\n\n# mine\n[a]\nc = 1"),
        ("a.c = 1\nd = 2\n", ("a", "b"), "a.c = 1\na.b = 7\nd = 2\n"),
        ("a = { c = 1 } # one\r\n", ("a", "b"), "a = { c = 1, b = 7 } # one\r\n"),
        ("a = {}", ("a", "b", "c d"), 'a = { b."c d" = 7 }'),
        ("[a.c]\nx = 1\n\n[d]\n", ("a", "b"), "[a.c]\nx = 1\n\n[a]\nb = 7\n\n[d]\n"),
        ("[[a]]\n[[a]]\n[d]\n", ("a", 0, "b", "c"), "[[a]]\n\n[a.b]\nc = 7\n\n[[a]]\n[d]\n"),
        ("a = [ # one\n  1, # two\n]\n", ("a",), "# one\n# two\na = 7\n"),
        ("[a] # one\nb = 1 # two\n# three\n", ("a",), "a = 7\n\n# one\n# two\n# three\n"),
    ],
)
def test_a_new_value_stands_where_people_would_write_it(text: str, place: Place, after: str) -> None:
    assert changed(text, lambda made: made.put(place, 7)) == after


@pytest.mark.parametrize(
    ("text", "place"), [("a = 1", ("a", "b")), ("[[a]]", ("a", "b")), ("[[a]]", ("a", 1, "b")), ("a = [1]", ("a", 1))]
)
def test_what_no_place_can_be_made_for_is_refused(text: str, place: Place) -> None:
    document = Document(text)
    with pytest.raises(ValueError, match=r"'b'|1"):
        document.put(place, 7)


@pytest.mark.parametrize(
    ("items", "after"),
    [
        ([1, 0], "a = [ 2, # one\n  1 ]"),
        ([0, {"b": 1}, 1], "a = [ 1, { b = 1 }, # one\n  2 ]"),
        ([{"b": 1}, 1], "a = [ # one\n  { b = 1 }, 2 ]"),
        ([], "a = [ # one\n  ]"),
    ],
)
def test_a_list_between_brackets_gets_other_items(items: list[int | dict[str, Any]], after: str) -> None:
    assert changed("a = [ 1, # one\n  2 ]", lambda made: made.arrange(("a",), items)) == after


def test_a_large_document_is_changed_in_a_time_that_its_size_explains() -> None:
    item = "[[a]]\nb = 1\nc = 'x'\n\n"

    def spent(count: int) -> float:
        document = Document(item * count)
        began = time.process_time()
        for number in range(count):
            document.put(("a", number, "b"), 2)
            document.put(("a", number, "d"), 2)
        document.arrange(("a",), range(count)[::-1])
        str(document)
        return time.process_time() - began

    assert spent(4_000) < 16 * max(spent(500), 0.02)


def test_texts_change_in_values_keys_and_comments_but_not_in_the_keys_to_keep() -> None:
    text = '\ufeff# Ana\nname = \'Ana\' # Ana\nAna."Ana" = [ 1.5, """An\\u0061\n""" ]\r\n[[Ana.name]]\n'
    after = map_texts(text, lambda said: said.replace("Ana", "Zoé"), {"name"})
    assert after == ('\ufeff# Zoé\nname = "Zoé" # Zoé\n"Zoé"."Zoé" = [ 1.5, """\nZoé\n""" ]\r\n[["Zoé".name]]\n')
