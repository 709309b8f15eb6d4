"""What a page carries besides its core, and who draws it: the records know that there are pages, not how they look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record


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


Renderer = Callable[["Record", Options], str]
