"""What the description of the record promises of names: looked for in every field that bears one, and who leaves."""

from __future__ import annotations

import dataclasses
import datetime
import random
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tests.archive.test_record_file import full

from entraide_tui.archive import model as m
from entraide_tui.archive.record_schema import FIELDS, TOP, tables
from entraide_tui.privacy import pseudonyms, redaction, share_choice
from entraide_tui.privacy.share_choice import SECTIONS, Choice

EVERYTHING = Choice(sections=frozenset(SECTIONS), with_feelings=True, keep_dates=True)
NAMES = ("person", "place", "organisation", "group")


def _value(hint: Any, text: str) -> Any:  # noqa: ANN401 - annotations are of any kind
    """Something in every field."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = get_args(hint)[0]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _filled(hint, text)
    if get_origin(hint) is tuple:
        return (_value(get_args(hint)[0], text),)
    if get_origin(hint) is Literal:
        return get_args(hint)[-1]
    if get_origin(hint) is dict:
        return {"utile": text}
    made = {str: text, int: 1, bool: True, datetime.date: full().date, datetime.datetime: full().start}
    return made[hint]


def _filled(cls: type, around: str = "") -> Any:  # noqa: ANN401 - a dataclass
    """Each text says where it stands, in letters that no other has, so that it can be a name."""
    hints = get_type_hints(cls)
    return cls(
        **{f.name: _value(hints[f.name], f"{around}{f.name}".title().replace("_", "")) for f in dataclasses.fields(cls)}
    )


RECORD: m.Record = dataclasses.replace(_filled(m.Record), language="fr")


def test_a_name_in_any_field_that_bears_one_is_looked_for() -> None:
    borne = {
        (section, name): getattr(table, name)
        for section, fields in FIELDS.items()
        for name, spec in fields.items()
        if spec.holds in NAMES
        for table in tables(RECORD, section)
    }
    assert len(borne) > 12
    known = {form for one in pseudonyms.known_names([RECORD]) for form in (one.name, *one.forms)}
    for place, held in borne.items():
        assert set(held if isinstance(held, tuple) else [held]) <= known, place


def test_what_leaves_is_what_the_description_says_and_nothing_else() -> None:
    known = pseudonyms.known_names([RECORD])
    left = redaction.prepare(RECORD, EVERYTHING, known, random.Random(1)).record
    for section, fields in FIELDS.items():
        if section and not TOP[section].leaves:
            assert getattr(left, section) == ()
            continue
        [table] = tables(left, section)
        defaults = {f.name: f.default for f in dataclasses.fields(table)}
        for name, spec in fields.items():
            if not spec.leaves:
                empty = getattr(table, name) in ("", (), None, defaults[name])
                assert empty, f"{section}.{name} stays home"
            else:
                assert getattr(table, name) not in ("", (), None), f"{section}.{name} leaves"
    assert not {one.name for one in known} & set(share_choice.texts(left))
