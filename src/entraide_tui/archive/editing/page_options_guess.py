"""Guesses the options that the page beside a record was rendered with, from the page alone."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entraide_tui.archive.page.options import Options
from entraide_tui.common.i18n import LANGUAGES, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Renderer


@dataclass(frozen=True, slots=True)
class PageOptionsGuess:
    """The options and the language that a page was rendered with.

    Attributes:
        language: of the page, if the record names none.
    """

    options: Options = field(default_factory=Options)
    language: str = ""

    def of(self, record: Record, page: Renderer) -> str:
        """The page of a record, rendered so."""
        return page(record if named(record.language) else replace(record, language=self.language), self.options)


def recognised(former: str, record: Record, page: Renderer) -> PageOptionsGuess | None:
    """The guess that renders exactly this page; None if somebody edited it."""
    former = former.replace("\r\n", "\n").removeprefix("\ufeff")
    return next((d for d in _drawings(record) if d.of(record, page) == former), None)


def likely(former: str | None, record: Record, page: Renderer) -> PageOptionsGuess:
    """The guess that renders exactly this page or, if none does, the page with the most similar headings."""
    if former is None:
        return PageOptionsGuess()
    if found := recognised(former, record, page):
        return found
    wanted = _headings(former)
    return max(_drawings(record), key=lambda d: -len(wanted ^ _headings(d.of(record, page))))


def _headings(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.startswith("#")}


def _drawings(record: Record) -> Iterator[PageOptionsGuess]:
    """Every guess, those with the fewest sections first; sections that the record lacks are left out."""
    spoken = [""] if named(record.language) else ["", *LANGUAGES]
    choices = [
        (False, True) if there else (False,) for there in (True, record.contributions, record.learnings, record.notes)
    ]
    for wanted in sorted(itertools.product(*choices), key=sum):
        for one in spoken:
            yield PageOptionsGuess(Options(*wanted), one)
