"""TOML from anywhere: what can't be read is told with its line, and nothing takes long."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common import toml
from entraide_tui.common.errors import UserError

HERE = Path("a-kit.toml")
KITS = Path(__file__).parents[2] / "kits"
REAL = [path.read_bytes() for path in sorted(KITS.glob("**/*.toml"))]
quickly = examples(40)


def refused(data: bytes) -> UserError:
    """What is said of data that can't be read."""
    with pytest.raises(UserError) as caught:
        toml.parse(data, HERE)
    return caught.value


def lines_of(trouble: UserError) -> list[int]:
    return [finding.line for finding in trouble.findings]


@pytest.mark.parametrize("data", [b'a = "\xc3\xa9"\n', b'\xef\xbb\xbfa = "\xc3\xa9"\n', b'a = "\xc3\xa9"\r\n'])
def test_utf_8_is_read_with_or_without_its_mark_and_with_any_line_end(data: bytes) -> None:
    assert toml.parse(data, HERE) == {"a": "é"}


@pytest.mark.parametrize("data", ["a = 1\nb = 'é'\n".encode("latin-1"), "a = 1\n".encode("utf-16")])
def test_what_is_not_utf_8_is_told_so_with_its_line(data: bytes) -> None:
    said = " ".join(refused(data).lines())
    assert "UTF-8" in said
    assert re.search(r"line [12]\b", said)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a = 1\nb = \n", 2),
        (b'a = 1\n\nb = "never closed\nc = 2\n', 3),
        (b"a = 1\na = 2\n", 2),
        (b"a = 1\nb = 'x\x00y'\n", 2),
        (b"a = 1\nb = 'x\x1by'\n", 2),
        (b"a = 1\rb = 2\n", 1),
        (b'a = 1\nb = """\nnever\nclosed', 4),
        (b"a = 1\nb = [1, 2\n", 3),
        (b"a = 1\nb = 2026-02-31\n", 2),
        ("a = 1\n".encode("utf-16-le"), 1),
    ],
)
def test_each_fault_has_its_line(data: bytes, line: int) -> None:
    assert lines_of(refused(data)) == [line]


@pytest.mark.parametrize("nest", ["a = " + "[" * 2_000, "a = " + "{a = " * 2_000, "[" * 5_000, "a = [\n" * 40])
def test_deep_nesting_is_refused_with_its_line(nest: str) -> None:
    trouble = refused(f"x = 1\n{nest}".encode())
    assert lines_of(trouble)[0] >= 2 or nest == "[" * 5_000


def test_depth_made_of_dotted_keys_in_nested_tables_is_refused() -> None:
    key = ".".join("a" * 16)
    trouble = refused(f"x = 1\ny = {'{' + key + ' = ':s}".encode() + f"{{{key} = {{{key} = 1}}}}}}\n".encode())
    assert lines_of(trouble) == [2]


HIDING = [
    "{key} = 1",
    "[{key}]",
    "x = 1 # {{\n{key} = 1",
    'x = "\\\\"\n{key} = 1',
    "x = 'a\\'\n{key} = 1",
    'x = """a""""\n{key} = 1',
    'x = {{ a = """b"""", {key} = 1 }}',
    'x = {{ a = """b""""", {key} = 1 }}',
    "x = {{ a = '''b'''', {key} = 1 }}",
    'x = {{ a = """\\"""", b = """c""", {key} = 1 }}',
    'x = ["", "", """""", {{ {key} = 1 }}]',
    'x = ""\n{key} = 1',
    "x = ''\n{key} = 1",
]


@pytest.mark.parametrize("around", HIDING)
def test_a_key_of_5_000_parts_is_refused_at_once_wherever_it_hides(around: str) -> None:
    small = around.format(key="z.z")
    try:
        tomllib.loads(small)
    except tomllib.TOMLDecodeError:
        pytest.fail(f"the example is not TOML: {small}")
    text = around.format(key=".".join(["z"] * 5_000))
    began = time.process_time()
    trouble = refused(text.encode())
    assert time.process_time() - began < 0.5
    assert lines_of(trouble) == [text.count("\n") + 1]


@pytest.mark.parametrize(
    "text", ['"""\\' * 20_000, "a = " + '"""\\"' * 20_000, "'" * 100_000, '"' * 100_001, "[" * 99_999]
)
def test_no_heap_of_quotes_or_brackets_takes_long(text: str) -> None:
    began = time.process_time()
    refused(text.encode())
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("number", ["9" * 5_000, "0x" + "f" * 5_000, "0x" + "f" * 20, "-" + "9" * 19, "0b" + "1" * 70])
def test_a_number_that_no_machine_holds_is_refused_with_its_line(number: str) -> None:
    assert lines_of(refused(f"a = 1\n\nb = [\n 1,\n {number},\n]\n".encode())) == [5]


def test_the_largest_number_is_read() -> None:
    assert toml.parse(b"a = 9223372036854775807", HERE) == {"a": 2**63 - 1}


def read_or_told(data: bytes) -> None:
    """A document, or UserError that has a place; nothing else, and not slowly."""
    began = time.process_time()
    told: UserError | None = None
    try:
        toml.parse(data, HERE)
    except UserError as trouble:
        told = trouble
    assert time.process_time() - began < 1.0
    if told:
        assert told.file == HERE
        assert any(f.line for f in told.findings) or re.search(r"line \d", told.what)
        assert told.lines()


@quickly
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    read_or_told(data)


pieces = st.sampled_from(
    ['"', "'", '"""', "'''", "[", "]", "{", "}", "=", ".", ",", "\n", "\\", "#", "a", "1", " ", "[[", "]]"]
)


@quickly
@given(st.lists(pieces, max_size=40).map("".join))
def test_any_heap_of_toml_is_read_or_told(text: str) -> None:
    read_or_told(text.encode())


@quickly
@given(st.data())
def test_a_kit_with_bytes_changed_is_read_or_told(data: st.DataObject) -> None:
    kit = bytearray(data.draw(st.sampled_from(REAL)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(kit) - 1))
        kit[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    read_or_told(bytes(kit))


EXAMPLE = """\
format = 1
title = { fr = "Un", en = "One" }  # a comment = not a key
roles.offeror = { fr = "a" }
text = \"\"\"
[not.a.header]
key = "not a key"
\"\"\"
say = { fr = [
    "first = one",
    # a comment
    "second",
], en = [
    "x",
] }

[[steps]]
id = "a"
[steps.card]
kind = "list"

[[steps]]
id = "b"
"odd key" = 1
'a.b' = 2
"\\u00e9" = 3
[steps.card]
kind = "form"
fields = [
    { id = "one" },
    { id = "two", choices = [
        "p",
    ] },
]
[[steps.more]]
n = 1
[[steps.more]]
n = 2
[other]
x = [[1], [
  2,
]]
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("format",), 1),
        (("title", "en"), 2),
        (("roles",), 3),
        (("roles", "offeror", "fr"), 3),
        (("text",), 4),
        (("say", "fr"), 8),
        (("say", "fr", 0), 9),
        (("say", "fr", 1), 11),
        (("say", "en"), 12),
        (("say", "en", 0), 13),
        (("steps",), 16),
        (("steps", 0), 16),
        (("steps", 0, "id"), 17),
        (("steps", 0, "card"), 18),
        (("steps", 0, "card", "kind"), 19),
        (("steps", 1), 21),
        (("steps", 1, "id"), 22),
        (("steps", 1, "odd key"), 23),
        (("steps", 1, "a.b"), 24),
        (("steps", 1, "é"), 25),
        (("steps", 1, "card"), 26),
        (("steps", 1, "card", "fields", 0, "id"), 29),
        (("steps", 1, "card", "fields", 1), 30),
        (("steps", 1, "card", "fields", 1, "choices", 0), 31),
        (("steps", 1, "more", 0, "n"), 35),
        (("steps", 1, "more", 1), 36),
        (("steps", 1, "more", 1, "n"), 37),
        (("other", "x", 1, 0), 40),
    ],
)
def test_each_key_and_each_item_has_its_line(place: toml.Place, line: int) -> None:
    assert toml.positions(EXAMPLE)[place].line == line


@pytest.mark.parametrize(
    ("place", "begins"),
    [
        (("format",), "format = 1"),
        (("title",), "title = {"),
        (("title", "fr"), 'fr = "Un"'),
        (("title", "en"), 'en = "One"'),
        (("roles",), "roles.offeror"),
        (("roles", "offeror"), "offeror = {"),
        (("roles", "offeror", "fr"), 'fr = "a"'),
        (("say", "fr", 1), '"second"'),
        (("say", "en"), "en = ["),
        (("steps",), "steps]]\nid = "),
        (("steps", 0), "steps]]\nid = "),
        (("steps", 0, "card"), "card]\nkind = "),
        (("steps", 1, "é"), '"\\u00e9" = 3'),
        (("steps", 1, "card", "fields", 1), '{ id = "two"'),
        (("steps", 1, "card", "fields", 1, "choices"), "choices = ["),
        (("steps", 1, "card", "fields", 1, "choices", 0), '"p"'),
        (("other", "x", 0), "[1], ["),
        (("other", "x", 0, 0), "1], ["),
        (("other", "x", 1), "[\n  2"),
    ],
)
def test_a_place_begins_in_the_column_of_its_key_or_its_item(place: toml.Place, begins: str) -> None:
    line, column = toml.positions(EXAMPLE)[place]
    before = EXAMPLE[: EXAMPLE.index(begins)]
    assert (line, column) == (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def test_what_stands_behind_a_text_over_several_lines_has_its_own_column() -> None:
    known = toml.positions('a = [ """one\ntwo""", "x" ]\nb = 1\n')
    assert (known["a", 0], known["a", 1], known[("b",)]) == ((1, 7), (2, 9), (3, 1))


def places(value: Any, place: toml.Place = ()) -> set[toml.Place]:  # noqa: ANN401 - TOML values
    """Every place of a document."""
    out: set[toml.Place] = {place} - {()}
    if isinstance(value, dict):
        return out.union(*(places(inner, (*place, key)) for key, inner in value.items()))
    if isinstance(value, list):
        return out.union(*(places(inner, (*place, index)) for index, inner in enumerate(value)))
    return out


@pytest.mark.parametrize("text", [EXAMPLE, *(data.decode() for data in REAL)], ids=range(1 + len(REAL)))
def test_every_place_of_a_document_is_found_and_no_other(text: str) -> None:
    assert set(toml.positions(text)) == places(tomllib.loads(text))


values = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(st.sampled_from("ab.\"' é[#"), max_size=3), inner, max_size=3),
    ),
    max_leaves=12,
)


@quickly
@given(st.dictionaries(st.text(st.sampled_from("ab.\"'= é[]#\n"), max_size=3), values, max_size=4))
def test_every_place_of_any_document_is_found_and_no_other(document: dict[str, Any]) -> None:
    import tomli_w

    assert set(toml.positions(tomli_w.dumps(document))) == places(document)


def test_a_place_that_is_missing_has_the_line_of_what_is_around_it() -> None:
    known = toml.positions(EXAMPLE)
    assert toml.line_of(("steps", 1, "card", "fills"), known) == 26
    assert toml.line_of(("steps", 0, "title", "fr"), known) == 16
    assert toml.line_of(("summary",), known) == 0
    assert toml.position_of(("title", "de", 3), known) == (2, 1)
    assert toml.position_of(("summary",), known) == (0, 0)


@quickly
@given(st.lists(pieces, max_size=40).map("".join))
def test_positions_never_fail_even_on_what_is_not_toml(text: str) -> None:
    lines = text.split("\n")
    for line, column in toml.positions(text).values():
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1])


def test_people_count_from_one() -> None:
    assert toml.spell(("steps", 2, "card", "fields", 0)) == "steps[3].card.fields[1]"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * 101)
    with pytest.raises(UserError, match="too large"):
        toml.read(path, 100)
    assert toml.read(path, 101) == {}


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        toml.read(tmp_path / "none.toml", 100)
    assert caught.value.file == tmp_path / "none.toml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a = "b', "a text has no closing quote"),
        ("a = [1", "a bracket is not closed"),
        ("a", "“=” is missing after a key"),
        ("a = 1 b", "something stands after the end of the value"),
        ("a = 1\na = 2", "the same key stands there twice"),
        ("a = ", "this is no value"),
        ("[a", "the bracket of a heading is not closed"),
        ("= 1", "a line can't begin like this"),
    ],
)
def test_what_the_parser_says_is_said_in_our_words(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        toml.parse(text.encode(), Path("x.toml"))
    assert said in caught.value.findings[0].what


def test_one_place_alone_scans_toml() -> None:
    """Texts over several lines are what each other scanner would get wrong."""
    source = Path(toml.__file__).parents[2]
    scanning = [path for path in source.rglob("*.py") if '"{3,5}' in path.read_text("utf-8")]
    assert [str(path.relative_to(source)) for path in scanning] == ["common/toml/tokens.py"]
