"""Check a TOML document against a dataclass, by a pydantic model made from it, and make the dataclass.

pydantic is imported late because it would add a third to the start-up time.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from entraide_tui.common.errors import Finding
from entraide_tui.common.i18n import _
from entraide_tui.common.text import nearest
from entraide_tui.common.toml import Place, position_of, positions, spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from entraide_tui.common.toml import Position

T = TypeVar("T")
MOST_FINDINGS = 10


# Annotations of the dataclasses, one level at a time.


@lru_cache(maxsize=128)
def _fields(cls: type) -> dict[str, tuple[dataclasses.Field[Any], Any]]:
    """The fields of a dataclass and their types, by the name that they have in files (`from_` is `from`)."""
    hints = get_type_hints(cls)
    return {item.name.rstrip("_"): (item, hints[item.name]) for item in dataclasses.fields(cls)}


@lru_cache(maxsize=512)
def _branches(wanted: Any) -> tuple[Any, ...]:  # noqa: ANN401 - annotations are of any kind
    """The members of a union without None, or the annotation itself."""
    if get_origin(wanted) in (Union, types.UnionType):
        return tuple(branch for branch in get_args(wanted) if branch is not types.NoneType)
    return (wanted,)


@lru_cache(maxsize=512)
def _kind(wanted: Any) -> str:  # noqa: ANN401 - annotations are of any kind
    """The TOML name of a type; empty if it has none."""
    if dataclasses.is_dataclass(wanted):
        return "table"
    kinds: dict[Any, str] = {
        str: "text",
        int: "whole number",
        float: "number",
        bool: "truth",
        tuple: "list",
        list: "list",
        dict: "table",
        datetime.date: "date",
        datetime.datetime: "moment",
        Literal: "word",
    }
    return kinds.get(get_origin(wanted) or wanted, "")


def _branch_for(wanted: Any, value: object) -> Any:  # noqa: ANN401 - annotations are of any kind
    """The member of a union that fits a value's type, None if none does; of no union, the annotation itself."""
    branches = _branches(wanted)
    if len(branches) == 1:
        return branches[0]
    type_: Any = type(value)
    return next((branch for branch in branches if _kind(branch) == _kind(type_)), None)


def _within(wanted: Any, part: str | int) -> Any:  # noqa: ANN401 - annotations are of any kind
    """The annotation of a dataclass's field, a list's items or a table's values; None if there is none."""
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        known = _fields(wanted).get(str(part))
        return known[1] if known else None
    kind, args = _kind(wanted), get_args(wanted)
    if kind == "list" and args:
        return args[0]
    return args[-1] if kind == "table" and args else None


# The check.


def _translated(annotation: Any, forbid: bool) -> Any:  # noqa: ANN401 - annotations are of any kind
    """The annotation with each dataclass replaced by its pydantic model, and tuples by lists."""
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        return model_of(annotation, forbid)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (tuple, list):
        return list[_translated(args[0], forbid)]  # type: ignore[misc]
    if origin is dict:
        return dict[str, _translated(args[1], forbid)]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return Union[tuple(_translated(a, forbid) for a in args)]  # noqa: UP007 - made at run time
    return annotation


@lru_cache(maxsize=128)
def model_of(cls: type, forbid: bool = True) -> type[BaseModel]:
    """The strict pydantic model of a dataclass; `forbid`: it refuses unknown keys."""
    from pydantic import ConfigDict, Field, create_model

    fields: dict[str, Any] = {}
    for alias, (item, hint) in _fields(cls).items():
        annotation = _translated(hint, forbid)
        if item.default is not dataclasses.MISSING:
            fields[item.name] = (annotation, Field(item.default, alias=alias))
        elif item.default_factory is not dataclasses.MISSING:
            fields[item.name] = (annotation, Field(default_factory=item.default_factory, alias=alias))
        else:
            fields[item.name] = (annotation, Field(alias=alias))
    config = ConfigDict(
        strict=True,
        extra="forbid" if forbid else "ignore",
        hide_input_in_errors=True,
        # fields may be called `copy` and the like; no attribute of the model is used
        protected_namespaces=(),
    )
    model: type[BaseModel] = create_model(cls.__name__, __config__=config, **fields)
    return model


def check(document: dict[str, Any], cls: type, text: str, *, forbid: bool = True) -> list[Finding]:
    """The first `MOST_FINDINGS` faults of a document, with lines and columns.

    Args:
        text: the TOML text of the document.
        forbid: whether unknown keys are faults.
    """
    from pydantic import ValidationError

    try:
        model_of(cls, forbid).model_validate(document, by_alias=True)
    except ValidationError as error:
        faults: dict[Place, tuple[ErrorDetails, _Spot]] = {}
        for fault in error.errors(include_url=False, include_input=False):
            if spot := _spot(fault["loc"], document, cls):
                faults.setdefault(spot.place, (fault, spot))
        known = positions(text)
        return first_findings(_told(fault, spot, document, cls, known) for fault, spot in faults.values())
    return []


def _told(
    fault: ErrorDetails, spot: _Spot, document: dict[str, Any], cls: type, known: dict[Place, Position]
) -> Finding:
    if fault["type"] == "missing" and len(spot.place) == 1:
        name = str(spot.place[0])
        for section, table in document.items():
            if (
                isinstance(table, dict)
                and name in table
                and _within(_branch_for(_within(cls, section), table), name) is None
            ):
                return finding_at(_misplaced(), (section, name), known)
    return finding_at(_sentence(fault, spot), spot.place, known)


def _misplaced() -> str:
    return _("this key belongs at the head of the file, above the first line between [ ].")


def unknown_keys(document: dict[str, Any], cls: type, text: str) -> list[Finding]:
    """Keys of a document that is right but for them: nothing reads what stands there. None of it is serious."""
    found = list(islice(_unread(document, cls, cls, ()), MOST_FINDINGS + 1))
    known = positions(text) if found else {}
    return first_findings(finding_at(what, place, known, serious=False) for what, place in found)


def _unread(value: Any, wanted: Any, top: type, place: Place) -> Iterator[tuple[str, Place]]:  # noqa: ANN401
    wanted = _branch_for(wanted, value)
    if isinstance(value, dict):
        fields = _fields(wanted) if dataclasses.is_dataclass(wanted) and isinstance(wanted, type) else None
        for name, held in value.items():
            if fields is not None and name in fields:
                yield from _unread(held, fields[name][1], top, (*place, name))
            elif len(place) == 1 and name in _fields(top):
                yield _misplaced(), (*place, name)
            elif fields is not None:
                yield _unknown_key(name, list(fields)), (*place, name)
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from _unread(held, _within(wanted, 0), top, (*place, number))


def finding_at(what: str, place: Place, known: dict[Place, Position], *, serious: bool = True) -> Finding:
    """A finding with the line and column of `place`, or of what is nearest around it."""
    line, column = position_of(place, known)
    return Finding(what, line, spell(place), serious, column)


def first_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The first `MOST_FINDINGS`, by position, and a last one if there are more. Consumes only what it needs."""
    found = list(islice(findings, MOST_FINDINGS + 1))
    out = sorted(found[:MOST_FINDINGS], key=lambda f: (f.line, f.column))
    if len(found) > MOST_FINDINGS:
        out.append(Finding(_("there is more; mend these first.")))
    return out


class _Spot(NamedTuple):
    """The location of a fault in a document.

    Attributes:
        wanted: the annotation of the value; None for an unknown key.
        around: the annotation of the table that contains it.
        value: the value in the document; None if missing.
    """

    place: Place
    wanted: Any
    around: Any
    value: Any


def _spot(location: tuple[str | int, ...], document: dict[str, Any], cls: type) -> _Spot | None:
    """Translate a location of pydantic. None for a fault in a member of a union that does not fit the value.

    pydantic tries every member of a union, names each in the location, and reports the faults of all of them.
    """
    place: Place = ()
    here: Any = document
    wanted: Any = cls
    around: Any = None
    rest = list(location)
    while True:
        if len(_branches(wanted)) > 1:
            del rest[:1]
            branch = _branch_for(wanted, here)
            if branch is None:  # no member fits: reported once, for the union
                return _Spot(place, wanted, around, here)
            if not rest:
                return None
            wanted = branch
        else:
            wanted = _branches(wanted)[0]
        if not rest:
            return _Spot(place, wanted, around, here)
        part = rest.pop(0)
        place = (*place, part)
        around, wanted = wanted, _within(wanted, part)
        if isinstance(here, dict):
            here = here.get(str(part))
        else:
            here = here[part] if isinstance(here, list) and isinstance(part, int) and part < len(here) else None


def _sentence(fault: ErrorDetails, spot: _Spot) -> str:
    """The sentence for a fault: what is wrong, and what is expected."""
    if fault["type"] == "missing":
        return _("it is missing.")
    if fault["type"] == "extra_forbidden":
        return _unknown_key(str(spot.place[-1]), list(_fields(spot.around)))
    kinds = [_kind(branch) for branch in _branches(spot.wanted)]
    if kinds == ["word"]:
        words = [str(word) for word in get_args(_branches(spot.wanted)[0])]
        if isinstance(spot.value, str) and (near := nearest(spot.value, words)):
            return _("it must be one of: {names}. Did you mean “{name}”?").format(names=", ".join(words), name=near)
        return _("it must be one of: {names}.").format(names=", ".join(words))
    sentences = {
        "text": _("it must be a text between quotes."),
        "whole number": _("it must be a whole number."),
        "number": _("it must be a number."),
        "truth": _("it must be true or false."),
        "list": _("it must be a list between [ ]."),
        "table": _("it must be a table between { }."),
        "date": _("it must be a date such as 2026-12-05."),
        "moment": _("it must be a moment such as 2026-11-21T09:00:00+01:00."),
        "text, table": _('it must be a text between quotes, or one for each language: { fr = "…", en = "…" }.'),
        "list, table": _('it must be a list of texts, or one for each language: { fr = ["…"], en = ["…"] }.'),
        "text, whole number": _("it must be a text between quotes or a whole number."),
    }
    return sentences.get(", ".join(kinds), _("something else is expected here."))


def _unknown_key(name: str, known: list[str]) -> str:
    if near := nearest(name, known):
        return _("there is no such key here. Did you mean “{name}”?").format(name=near)
    return _("there is no such key here. Keys: {names}.").format(names=", ".join(known))


# Conversion.


def make(document: dict[str, Any], cls: type[T]) -> T:
    """Make the dataclass from a document without faults (see `check`). Raises ValueError if it has some."""
    import msgspec

    return msgspec.convert(_inside(document, cls), cls)


def _inside(value: Any, wanted: Any) -> Any:  # noqa: ANN401 - TOML values
    """Rename the keys to the dataclasses' field names, and leave out unknown keys."""
    if not isinstance(value, (dict, list)):
        return value
    wanted = _branch_for(wanted, value)
    if isinstance(value, dict) and dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        known = _fields(wanted)
        return {known[k][0].name: _inside(v, known[k][1]) for k, v in value.items() if k in known}
    if isinstance(value, dict):
        return {k: _inside(v, _within(wanted, k)) for k, v in value.items()}
    item = _within(wanted, 0)
    return [_inside(v, item) for v in value]


def plain(value: Any) -> Any:  # noqa: ANN401 - any dataclass
    """Convert a dataclass to dicts, lists, texts, numbers and dates, with all fields."""
    import msgspec

    return msgspec.to_builtins(value, builtin_types=(datetime.date, datetime.datetime))
