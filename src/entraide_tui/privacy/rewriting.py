"""Every text of a TOML file rewritten where it stands: values, keys and comments; the rest stays byte for byte."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import notebook
from entraide_tui.archive.record_schema import KEYS
from entraide_tui.common import toml
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.workshop import debrief

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MARK = b"\xef\xbb\xbf"
_PART = re.compile(
    r'''
      (?P<long> """ (?:[^\\]|\\.)*? "{3,5} | \'\'\' .*? \'{3,5} )
    | (?P<text> " (?:[^"\\\n]|\\[^\n])* " | ' [^'\n]* ' )
    | (?P<comment> \#[^\n]* )
    | (?P<key> [A-Za-z0-9_-]+ (?= [ \t]* [.=\]] ) )
    | (?P<other> [A-Za-z0-9_-]+ | . )
    ''',
    re.VERBOSE | re.DOTALL,
)
_OWN_KEYS = (
    frozenset(
        item.name
        for module in (notebook, debrief)
        for cls in vars(module).values()
        if isinstance(cls, type) and dataclasses.is_dataclass(cls)
        for item in dataclasses.fields(cls)
    )
    | KEYS
    | {"name", "members", "preferences"}
)
"""What the program itself calls things is nobody's name there."""


def rewritten_toml(
    data: bytes, path: Path, said: Callable[[str], str], *, own_keys: frozenset[str] = _OWN_KEYS
) -> bytes:
    """The file with `said` applied to each text. Raises UserError for what is not TOML, or would no longer be.

    Args:
        own_keys: bare keys that are nobody's name.
    """
    document = toml.parse(data, path)
    mark, text = (_MARK, data[3:].decode()) if data.startswith(_MARK) else (b"", data.decode())

    def part(match: re.Match[str]) -> str:
        word = match[0]
        match match.lastgroup:
            case "long" | "text":
                held = tomllib.loads(f"v = {word}")["v"]
                return word if said(held) == held else _written(said(held), lines=match.lastgroup == "long")
            case "comment":
                return said(word)
            case "key" if word not in own_keys and said(word) != word:
                return _written(said(word), lines=False)
        return word

    new = mark + _PART.sub(part, text).encode()
    if toml.parse(new, path) != _mapped(document, said, own_keys):
        raise UserError(_("this file is written in a way that can't be changed safely."), file=path)
    return new


def _written(text: str, *, lines: bool) -> str:
    import tomli_w

    return tomli_w.dumps({"v": text}, multiline_strings=lines).removeprefix("v = ").removesuffix("\n")


def _mapped(value: Any, said: Callable[[str], str], own_keys: frozenset[str]) -> Any:  # noqa: ANN401 - TOML values
    if isinstance(value, str):
        return said(value)
    if isinstance(value, dict):
        return {name if name in own_keys else said(name): _mapped(part, said, own_keys) for name, part in value.items()}
    if isinstance(value, list):
        return [_mapped(part, said, own_keys) for part in value]
    return value


_MEMBERS = re.compile(r"^members[ \t]*=[ \t]*\[", re.MULTILINE)


def without_members(data: bytes, path: Path, gone: Callable[[str], bool]) -> bytes:
    """The group's file without those members. As it was where the list can't be told. Raises UserError."""
    members = toml.parse(data, path).get("members", [])
    kept = [member for member in members if not (isinstance(member, str) and gone(member))]
    text = data.decode("utf-8-sig")
    begin = _MEMBERS.search(text)
    if kept == members or begin is None:
        return data
    depth, end = 1, begin.end()
    for match in _PART.finditer(text, begin.end()):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        end = match.end()
        if not depth:
            break
    listed = ", ".join(_written(member, lines=False) for member in kept)
    new = f"{text[: begin.end()]}{listed}]{text[end:]}".encode()
    return new if toml.parse(new, path).get("members") == kept else data
