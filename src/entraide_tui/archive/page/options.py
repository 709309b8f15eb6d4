"""The options of a page, and the type of function that renders one: the archive doesn't know how pages look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record

SECTIONS = ("contributions", "learnings", "notes")
"""The optional sections, in the order in which they follow the core."""


@dataclass(frozen=True, slots=True)
class Options:
    """The optional sections of a page.

    Attributes:
        annex: whether what does not fit on one sheet is moved to an annex.
    """

    annex: bool = False
    contributions: bool = False
    learnings: bool = False
    notes: bool = False

    def __or__(self, other: Options) -> Options:
        """The options that either asks for."""
        return Options(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


CORE = Options()
"""The page without optional sections."""

Renderer = Callable[["Record", Options], str]
