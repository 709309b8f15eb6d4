"""The rescues common to all kits: what to do when advice comes too early, somebody is silent, the plan is weak…"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from entraide_tui.common import toml, validation
from entraide_tui.common.errors import InvalidFileError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _
from entraide_tui.kits.catalogue import shipped_folder
from entraide_tui.kits.limits import LARGEST
from entraide_tui.kits.loader import shape
from entraide_tui.kits.model import Kit, Rescue  # noqa: TC001 - read when the file is checked

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class _Rescues:
    """The file of common rescues."""

    format: int
    rescue: tuple[Rescue, ...]


def path() -> Path:
    """The path of the common rescues."""
    return shipped_folder() / "rescue" / "common.toml"


@lru_cache(maxsize=1)
def common() -> tuple[Rescue, ...]:
    """The common rescues. Raises FileError, InvalidFileError."""
    file = path()
    data = read_bounded(file, LARGEST)
    document = toml.parse(data, file)
    findings = shape(document, _Rescues, data.decode("utf-8-sig"))
    if findings:
        raise InvalidFileError(_("it could not be read."), file=file, findings=tuple(findings))
    return validation.make(document, _Rescues).rescue


def of(kit: Kit) -> tuple[Rescue, ...]:
    """The rescues of a kit, then the common ones that it does not redefine.

    Raises FileError, InvalidFileError.
    """
    own = {rescue.id for rescue in kit.rescue}
    return (*kit.rescue, *(rescue for rescue in common() if rescue.id not in own))
