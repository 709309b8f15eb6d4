"""The description of the record: complete, and what files, labels and editors go by."""

from __future__ import annotations

import dataclasses
import types
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from tests.archive.test_record_file import PATH, full

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file, record_schema
from entraide_tui.archive.field_spec import spec
from entraide_tui.archive.record_schema import FIELDS, TOP
from entraide_tui.common.errors import UserError

CLASSES = {c for c in vars(m).values() if isinstance(c, type) and dataclasses.is_dataclass(c)}
INSIDE = [(section, name) for section, fields in FIELDS.items() for name in fields]


def hint(section: str, name: str) -> Any:  # noqa: ANN401 - annotations are of any kind
    """The annotation of a field."""
    return get_type_hints(TOP[section].of if section else m.Record)[name]


def test_a_field_that_nobody_described_is_refused() -> None:
    @dataclass(frozen=True)
    class Half:
        text: str = dataclasses.field(default="", metadata=spec("text", "text"))
        place: str = ""

    with pytest.raises(TypeError, match=r"Half\.place"):
        record_schema.described(Half)


def test_the_whole_model_is_described() -> None:
    assert {m.Record, *(top.of for top in TOP.values() if top.of)} == CLASSES
    for name, top in TOP.items():
        inside = {top.of} & set(get_args(hint("", name)) or [hint("", name)])
        assert bool(inside) == bool(top.of), name
        assert (get_origin(hint("", name)) is tuple and bool(top.of)) == (top.holds == "rows"), name


@pytest.mark.parametrize(("section", "name"), INSIDE)
def test_what_is_described_fits_what_the_field_holds(section: str, name: str) -> None:
    said, wanted = FIELDS[section][name], hint(section, name)
    if get_origin(wanted) in (Union, types.UnionType):
        [wanted] = [branch for branch in get_args(wanted) if branch is not type(None)]
    texts = wanted in (str, tuple[str, ...]) or get_origin(wanted) is dict
    if said.holds in ("text", "person", "place", "organisation", "group"):
        assert texts
    if get_origin(wanted) is Literal:
        assert said.holds == "word"
        assert set(said.value_labels) == set(get_args(wanted))
    if texts and said.holds == "value":
        assert name in ("id", "record"), "a text that people write may name somebody: say what it holds"
    assert (said.editor == "names") <= (wanted == tuple[str, ...])
    assert bool(said.value_labels) or said.editor != "choice"


def test_the_keys_come_in_the_order_of_the_description() -> None:
    written = record_file.document(full())
    assert list(written) == [name for name in (*record_schema.HEAD, *record_schema.SECTIONS) if name in written]
    assert set(record_schema.HEAD) & set(record_schema.SECTIONS) == set()


def test_a_kind_that_is_none_is_an_error_with_the_nearest_name() -> None:
    text = record_file.dumps(full()).replace('kind = "idea"', 'kind = "ideas"')
    with pytest.raises(UserError) as told:
        record_file.loads(text.encode(), PATH)
    assert "Did you mean “idea”?" in "\n".join(told.value.lines())
