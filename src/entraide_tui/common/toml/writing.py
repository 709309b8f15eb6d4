"""Format values and tables as TOML."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def format_value(value: Any, *, lines: bool = True) -> str:  # noqa: ANN401 - TOML values
    """Format a value; `lines`: a text with line ends becomes a multi-line string."""
    if lines and isinstance(value, str) and "\r" not in value:  # a multi-line string would lose a lone \r
        return _dump(value, lines=True)
    return format_inline(value)


def format_inline(value: Any) -> str:  # noqa: ANN401 - TOML values
    """Format a value on one line."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key(k)} = {format_inline(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(format_inline, value)) + "]"
    return _dump(value)


def _dump(value: Any, *, lines: bool = False) -> str:  # noqa: ANN401 - TOML values
    import tomli_w

    return tomli_w.dumps({"v": value}, multiline_strings=lines).removeprefix("v = ").removesuffix("\n")


def key(name: str) -> str:
    """One part of a key, quoted if necessary."""
    import tomli_w

    return name if name.isidentifier() and name.isascii() else tomli_w.dumps({name: 0}).removesuffix(" = 0\n")


def dotted(names: Iterable[str | int]) -> str:
    """A dotted key."""
    return ".".join(key(str(name)) for name in names)


def body(table: dict[str, Any]) -> str:
    """The lines of a table without its header."""
    return "".join(f"{key(name)} = {format_value(value)}\n" for name, value in table.items())


def section(name: str, table: dict[str, Any], *, of_tables: bool = False) -> str:
    """A table with its header; `name` is written as it is. `of_tables`: the header is `[[name]]`."""
    return f"[[{name}]]\n{body(table)}" if of_tables else f"[{name}]\n{body(table)}"
