"""The strict door: a dataclass, a document, and what is said where they differ."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common import validation
from entraide_tui.common.errors import Finding
from entraide_tui.common.validation import MOST_FINDINGS, check, make, plain


@dataclass(frozen=True)
class Leaf:
    """The smallest thing."""

    id: str
    from_: str = ""
    size: float = 1


@dataclass(frozen=True)
class Tree:
    """One of each kind."""

    name: str
    words: str | dict[str, str] = ""
    lines: list[str] | dict[str, list[str]] = field(default_factory=list)
    either: str | int = 0
    count: int = 0
    size: float = 0
    sure: bool = False
    kind: Literal["oak", "elm"] = "oak"
    day: datetime.date | None = None
    at: datetime.datetime | None = None
    leaf: Leaf | None = None
    leaves: tuple[Leaf, ...] = ()
    named: dict[str, Leaf] = field(default_factory=dict)
    kinds: tuple[Literal["oak", "elm"], ...] | None = None


def told(document: dict[str, Any], *, forbid: bool = True) -> dict[str, str]:
    """What is said of each place."""
    findings = check({"name": "x", **document}, Tree, "", forbid=forbid)
    assert len({f.place for f in findings}) == len(findings), "a place is told once"
    return {f.place: f.what for f in findings}


@pytest.mark.parametrize(
    ("document", "place", "what"),
    [
        ({"name": 3}, "name", "a text between quotes"),
        ({"count": "3"}, "count", "a whole number"),
        ({"count": True}, "count", "a whole number"),
        ({"count": 1.5}, "count", "a whole number"),
        ({"count": 1.0}, "count", "a whole number"),
        ({"size": "3"}, "size", "a number"),
        ({"size": True}, "size", "a number"),
        ({"sure": "yes"}, "sure", "true or false"),
        ({"sure": 1}, "sure", "true or false"),
        ({"kind": "elms"}, "kind", "one of: oak, elm"),
        ({"kind": 3}, "kind", "one of: oak, elm"),
        ({"kinds": ["oak", "ash"]}, "kinds[2]", "one of: oak, elm"),
        ({"kinds": "oak"}, "kinds", "a list between [ ]"),
        ({"day": "2026-12-05"}, "day", "a date such as"),
        ({"at": datetime.date(2026, 12, 5)}, "at", "a moment such as"),
        ({"leaf": []}, "leaf", "a table between { }"),
        ({"leaf": {}}, "leaf.id", "missing"),
        ({"leaf": {"id": "a", "form": "b"}}, "leaf.form", "“from”"),
        ({"leaf": {"id": "a", "from_": "b"}}, "leaf.from_", "“from”"),
        ({"leaf": {"id": "a", "from": 3}}, "leaf.from", "a text between quotes"),
        ({"leaves": [{"id": "a"}, {"id": 2}]}, "leaves[2].id", "a text between quotes"),
        ({"leaves": {"id": "a"}}, "leaves", "a list between [ ]"),
        ({"named": {"x": {"id": "a", "sice": 3}}}, "named.x.sice", "“size”"),
        ({"words": 3}, "words", "for each language"),
        ({"words": ["a"]}, "words", "for each language"),
        ({"words": {"fr": 3}}, "words.fr", "a text between quotes"),
        ({"words": {"str": 3}}, "words.str", "a text between quotes"),
        ({"lines": "a"}, "lines", "a list of texts"),
        ({"lines": ["a", 3]}, "lines[2]", "a text between quotes"),
        ({"lines": {"fr": ["a", 3]}}, "lines.fr[2]", "a text between quotes"),
        ({"lines": {"fr": "a"}}, "lines.fr", "a list between [ ]"),
        ({"either": 1.5}, "either", "a text between quotes or a whole number"),
        ({"zzz": 3}, "zzz", "Keys: name, words"),
        ({"naem": 3}, "naem", "“name”"),
    ],
)
def test_a_fault_is_told_once_at_its_place_with_what_is_expected(
    document: dict[str, Any], place: str, what: str
) -> None:
    said = told(document)
    assert list(said) == [place]
    assert what in said[place]


def test_what_fits_is_not_a_fault() -> None:
    moment = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
    leaf = {"id": "a", "from": "b", "size": 2}
    document = {
        "name": "x",
        "words": {"fr": "a"},
        "lines": {"fr": ["a"]},
        "either": 3,
        "day": moment.date(),
        "at": moment,
        "leaf": leaf,
        "leaves": [leaf],
        "named": {"from": leaf},
        "kinds": ["elm"],
    }
    assert check(document, Tree, "") == []
    made = make(document, Tree)
    expected = Leaf("a", "b", 2)
    assert (made.leaf, made.leaves, made.named) == (expected, (expected,), {"from": expected})
    assert (made.words, made.lines, made.either, made.kinds) == ({"fr": "a"}, {"fr": ["a"]}, 3, ("elm",))
    assert (made.day, made.at) == (moment.date(), moment)


def test_where_unknown_keys_are_allowed_they_are_left_out() -> None:
    deep: dict[str, Any] = {}
    for _ in range(2_000):
        deep = {"a": deep}
    document = {"name": "x", "later": 3, "leaf": {"id": "a", "later": deep}}
    assert told(document, forbid=False) == {}
    assert make(document, Tree) == Tree("x", leaf=Leaf("a"))


def test_findings_stand_in_the_order_of_their_lines_and_are_about_ten() -> None:
    text = "".join(f"key{n:03} = 1\n" for n in range(5_000))
    document: dict[str, Any] = {f"key{n:03}": 1 for n in reversed(range(5_000))}
    findings = check(document, Tree, text)
    assert len(findings) == MOST_FINDINGS + 1
    assert "more" in findings[-1].what
    lines = [f.line for f in findings[:-1]]
    assert lines == sorted(lines)


def test_no_more_is_computed_than_is_told() -> None:
    asked: list[int] = []

    def endless() -> Any:  # noqa: ANN401 - a generator
        for n in range(1_000):
            asked.append(n)
            yield Finding(str(n), n)

    assert len(validation.first_findings(endless())) == MOST_FINDINGS + 1
    assert len(asked) == MOST_FINDINGS + 1
    assert validation.first_findings([Finding("only", 3)]) == [Finding("only", 3)]


def test_lines_are_those_of_the_text() -> None:
    text = 'name = "x"\n\n[leaf]\nid = "a"\nsice = 3\n'
    document = {"name": "x", "leaf": {"id": "a", "sice": 3}}
    assert [(f.line, f.place) for f in check(document, Tree, text)] == [(5, "leaf.sice")]


def test_several_faults_of_one_line_stand_in_its_order_each_in_its_column() -> None:
    text = 'name = "é"\nleaf = { size = "3", sice = 3, id = 2 }\n'
    document = {"name": "é", "leaf": {"size": "3", "sice": 3, "id": 2}}
    found = check(document, Tree, text)
    assert [(f.line, f.column, f.place) for f in found] == [
        (2, 10, "leaf.size"),
        (2, 22, "leaf.sice"),
        (2, 32, "leaf.id"),
    ]


scraps = st.recursive(
    st.one_of(st.none().map(lambda _: "x"), st.integers(), st.booleans(), st.floats(), st.dates(), st.datetimes()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["id", "from", "size", "fr", "en", "str", "int", "0"]), inner, max_size=2),
    ),
    max_leaves=4,
)
documents = st.dictionaries(st.sampled_from([*Tree.__dataclass_fields__, "nmae"]), scraps, max_size=5)


@examples(60)
@given(documents)
def test_any_document_is_made_or_told_with_a_place_that_is_in_it(document: dict[str, Any]) -> None:
    text = tomli_w.dumps(document)
    findings = check(document, Tree, text)
    if not findings:
        assert plain(make(document, Tree))["name"] == document["name"]
    for finding in findings[:MOST_FINDINGS]:  # the one after says that there is more
        assert finding.place
        assert "expected here" not in finding.what
        assert finding.line or finding.place == "name"
