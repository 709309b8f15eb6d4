"""TOML of values and tables as this program writes it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def shown(value: Any, *, lines: bool = True) -> str:  # noqa: ANN401 - TOML values
    """A value as it stands behind the equals sign; `lines`: a text may stand over as many lines as it has."""
    if lines and isinstance(value, str) and "\r" not in value:  # over several lines a lone \r would not come back
        return _dumped(value, lines=True)
    return inline(value)


def inline(value: Any) -> str:  # noqa: ANN401 - TOML values
    """A value on one line."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key(k)} = {inline(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return _dumped(value)


def _dumped(value: Any, *, lines: bool = False) -> str:  # noqa: ANN401 - TOML values
    import tomli_w

    return tomli_w.dumps({"v": value}, multiline_strings=lines).removeprefix("v = ").removesuffix("\n")


def key(name: str) -> str:
    """One part of a key, between quotes where it must be."""
    import tomli_w

    return name if name.isidentifier() and name.isascii() else tomli_w.dumps({name: 0}).removesuffix(" = 0\n")


def dotted(names: Iterable[str | int]) -> str:
    """A key of several parts."""
    return ".".join(key(str(name)) for name in names)


def body(table: dict[str, Any]) -> str:
    """The lines of a table."""
    return "".join(f"{key(name)} = {shown(value)}\n" for name, value in table.items())


def section(name: str, table: dict[str, Any], *, of_tables: bool = False) -> str:
    """A table below its header; `name` is written as it is. `of_tables`: it is an item of a list."""
    return f"[[{name}]]\n{body(table)}" if of_tables else f"[{name}]\n{body(table)}"
