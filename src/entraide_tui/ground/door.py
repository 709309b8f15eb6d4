"""The strict door for files that people write: pydantic checks, then a frozen dataclass is made.

One definition serves both: the dataclass. pydantic is imported here, late, since it costs a third of a start.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from entraide_tui.ground.text import nearest
from entraide_tui.ground.toml import Path_, line_of, positions, spell
from entraide_tui.ground.trouble import Finding
from entraide_tui.ground.words import _

if TYPE_CHECKING:
    from pydantic import BaseModel

T = TypeVar("T")
MOST_FINDINGS = 10


def _translated(annotation: Any, forbid: bool) -> Any:  # noqa: ANN401 - annotations are of any kind
    """The annotation with each dataclass replaced by its pydantic model; tuples come as TOML lists."""
    if dataclasses.is_dataclass(annotation):
        return model_of(typing.cast("type", annotation), forbid)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return list[_translated(args[0], forbid)]  # type: ignore[misc]
    if origin is list:
        return list[_translated(args[0], forbid)]  # type: ignore[misc]
    if origin is dict:
        return dict[str, _translated(args[1], forbid)]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return Union[tuple(_translated(a, forbid) for a in args)]  # noqa: UP007 - made at run time
    return annotation


@lru_cache(maxsize=128)
def model_of(cls: type, forbid: bool = True) -> type[BaseModel]:
    """The strict pydantic model of a dataclass. A field `from_` is `from` in files."""
    from pydantic import ConfigDict, Field, create_model

    hints = typing.get_type_hints(cls)
    fields: dict[str, Any] = {}
    for item in dataclasses.fields(cls):
        if item.metadata.get("inside"):
            continue
        annotation = _translated(hints[item.name], forbid)
        alias = item.name.rstrip("_")
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
        # files speak of `min`, `copy`, …; no attribute of the model itself is ever used
        protected_namespaces=(),
    )
    model: type[BaseModel] = create_model(cls.__name__, __config__=config, **fields)
    return model


def _names(cls: type, place: Path_) -> list[str]:
    """The keys that may stand in the table at `place`."""
    here: Any = cls
    for part in place:
        if isinstance(part, str) and dataclasses.is_dataclass(here):
            hints = typing.get_type_hints(here)
            here = hints.get(part, hints.get(part + "_"))
        elif get_origin(here) in (tuple, list) or get_origin(here) is dict:
            here = get_args(here)[-1] if get_origin(here) is dict else get_args(here)[0]
        here = (
            next((a for a in get_args(here) if dataclasses.is_dataclass(a)), here)
            if get_origin(here) not in (tuple, list, dict)
            else here
        )
    if not dataclasses.is_dataclass(here):
        return []
    return [f.name.rstrip("_") for f in dataclasses.fields(here) if not f.metadata.get("inside")]


def _sentence(error: Any, cls: type, place: Path_) -> str:  # noqa: ANN401 - pydantic's own shape
    kind = error["type"]
    if kind == "missing":
        return _("it is missing.")
    if kind == "extra_forbidden":
        known = _names(cls, place[:-1])
        near = nearest(str(place[-1]), known)
        if near:
            return _("there is no such key here. Did you mean “{name}”?").format(name=near)
        return _("there is no such key here. Keys: {names}.").format(names=", ".join(known))
    if kind == "literal_error":
        return _("it must be one of: {names}.").format(names=error.get("ctx", {}).get("expected", ""))
    expected = {
        "string_type": _("a text between quotes"),
        "int_type": _("a whole number"),
        "float_type": _("a number"),
        "bool_type": _("true or false"),
        "list_type": _("a list between [ ]"),
        "tuple_type": _("a list between [ ]"),
        "dict_type": _("a table between { }"),
        "model_type": _("a table between { }"),
        "date_type": _("a date such as 2026-12-05"),
        "datetime_type": _("a moment such as 2026-11-21T09:00:00+01:00"),
    }.get(kind)
    if expected:
        return _("it must be {expected}.").format(expected=expected)
    return str(error["msg"])


def check(document: dict[str, Any], cls: type, text: str, *, forbid: bool = True) -> list[Finding]:
    """All that pydantic finds wrong, with lines; at most ten."""
    from pydantic import ValidationError

    try:
        model_of(cls, forbid).model_validate(document, by_alias=True)
    except ValidationError as error:
        known = positions(text)
        findings: dict[tuple[Path_, str], Finding] = {}
        for fault in error.errors(include_url=False, include_input=False):
            place = _place(fault["loc"], document)
            sentence = _sentence(fault, cls, place)
            findings.setdefault((place, sentence), Finding(sentence, line_of(place, known), spell(place)))
        found = list(findings.values())
        # A value that fits no branch of a union is told once for each branch: keep the first of a place.
        seen: set[str] = set()
        out = [f for f in found if f.place not in seen and not seen.add(f.place)]  # type: ignore[func-returns-value]
        if len(out) > MOST_FINDINGS:
            more = len(out) - MOST_FINDINGS
            out = [*out[:MOST_FINDINGS], Finding(_("and {number} more.").format(number=more))]
        return out
    return []


def _place(location: tuple[str | int, ...], document: dict[str, Any]) -> Path_:
    """pydantic's location without the names of a union's branches."""
    out: list[str | int] = []
    here: Any = document
    for index, part in enumerate(location):
        if isinstance(here, dict):
            if part in here:
                here = here[part]
            elif index < len(location) - 1 or not isinstance(part, str) or "[" in part or part in ("str", "int"):
                continue
            out.append(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
            out.append(part)
    return tuple(out)


def make(document: dict[str, Any], cls: type[T]) -> T:
    """The dataclass of a document that `check` found nothing in. Raises ValueError otherwise."""
    import msgspec

    return msgspec.convert(_inside(document), cls)


def _inside(value: Any) -> Any:  # noqa: ANN401 - TOML values
    if isinstance(value, dict):
        return {("from_" if k == "from" else k): _inside(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_inside(v) for v in value]
    return value


def plain(value: Any) -> Any:  # noqa: ANN401 - any dataclass
    """The dataclass as dicts, lists, texts, numbers and dates, all fields."""
    import msgspec

    return msgspec.to_builtins(value, builtin_types=(datetime.date, datetime.datetime))
