"""What a page carries besides its core, and who draws it: the records know that there are pages, not how they look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record

SECTIONS = ("contributions", "learnings", "notes")
"""What follows the core only where it is asked for."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the group asked for.

    Attributes:
        annex: whether what does not hold on one sheet is moved to an annex.
    """

    annex: bool = False
    contributions: bool = False
    learnings: bool = False
    notes: bool = False

    def __or__(self, other: Options) -> Options:
        """Return what either of them asks for."""
        return Options(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


CORE = Options()
"""The page with nothing besides."""

Renderer = Callable[["Record", Options], str]
