"""Remove a person from a TOML file: rewrite its texts, drop a group member, leave the rest byte for byte."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from entraide_tui.archive import notebook
from entraide_tui.archive.record_schema import KEYS
from entraide_tui.common import toml
from entraide_tui.common.errors import InvalidFileError
from entraide_tui.common.i18n import _
from entraide_tui.common.toml.document import Document
from entraide_tui.common.toml.texts import map_texts, map_values
from entraide_tui.workshop import debrief

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
"""The keys of the program's own files: never rewritten as names."""


def rewritten_toml(
    data: bytes, path: Path, rewrite: Callable[[str], str], *, own_keys: frozenset[str] = _OWN_KEYS
) -> bytes:
    """Apply `rewrite` to each text of a TOML file, keys included.

    Args:
        own_keys: keys that stay as they are.

    Raises:
        InvalidFileError: the file is not valid TOML, or could not be rewritten faithfully.
    """
    document = toml.parse(data, path)
    new = map_texts(data.decode(), rewrite, own_keys).encode()
    if toml.parse(new, path) != map_values(document, rewrite, own_keys):
        raise InvalidFileError(_("this file is written in a way that can't be changed safely."), file=path)
    return new


def without_members(data: bytes, path: Path, is_gone: Callable[[str], bool]) -> bytes:
    """Drop members from the group's file; unchanged if the list can't be edited in place. Raises InvalidFileError."""
    members = toml.parse(data, path).get("members", [])
    staying = [number for number, member in enumerate(members) if not (isinstance(member, str) and is_gone(member))]
    if len(staying) == len(members):
        return data
    document = Document(data.decode())
    document.arrange(("members",), staying)
    new = str(document).encode()
    return new if toml.parse(new, path).get("members") == [members[number] for number in staying] else data
