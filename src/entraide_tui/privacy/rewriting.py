"""A person taken out of a TOML file: its texts rewritten, the group's members less one; the rest stays as it is."""

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
"""What the program itself calls things is nobody's name there."""


def rewritten_toml(
    data: bytes, path: Path, said: Callable[[str], str], *, own_keys: frozenset[str] = _OWN_KEYS
) -> bytes:
    """The file with `said` applied to each text. Raises InvalidFileError for what is not TOML, or would no longer be.

    Args:
        own_keys: keys that are nobody's name.
    """
    document = toml.parse(data, path)
    new = map_texts(data.decode(), said, own_keys).encode()
    if toml.parse(new, path) != map_values(document, said, own_keys):
        raise InvalidFileError(_("this file is written in a way that can't be changed safely."), file=path)
    return new


def without_members(data: bytes, path: Path, gone: Callable[[str], bool]) -> bytes:
    """The group's file without those members. As it was where the list can't be told. Raises InvalidFileError."""
    members = toml.parse(data, path).get("members", [])
    kept = [number for number, member in enumerate(members) if not (isinstance(member, str) and gone(member))]
    if len(kept) == len(members):
        return data
    document = Document(data.decode())
    document.arrange(("members",), kept)
    new = str(document).encode()
    return new if toml.parse(new, path).get("members") == [members[number] for number in kept] else data
