"""The choice of what leaves of a record, and the result of applying it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from entraide_tui.archive.record_schema import HEAD, TOP
from entraide_tui.common.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.archive import model as m
    from entraide_tui.privacy.pseudonyms import KnownName, MarkedWord, Piece


def _sections() -> Iterator[tuple[str, str]]:
    """Yield each section with its label: those of the page first, then fields of the head, then optional ones."""
    offered = [(name, spec) for name, spec in TOP.items() if spec.shared]
    for name, spec in sorted(offered, key=lambda item: (not item[1].core, item[0] in HEAD)):
        yield name, spec.shared
        if name == "actions":
            yield "outcomes", mark("What came of the actions")
    yield "authors", mark("Who said what")


SECTIONS: dict[str, str] = dict(_sections())
"""The sections that can be chosen, with their labels. Notes, the parking and step times never leave."""
CORE = frozenset({"authors", *(name for name, spec in TOP.items() if spec.core)})
"""The sections that leave by default: those of the page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided to share of one record.

    Attributes:
        sections: those that leave; `feelings` only if `with_feelings` is set too.
        out: the keys of the lines taken out.
        seen: the keys of all lines reviewed when this choice was saved; any other line (new, or changed since) does
            not leave until it is reviewed. None if nothing was saved yet.
        marked: words to replace: places, employers, other names of people.
        no_names: words ruled out as names.
        with_feelings: feelings were explicitly asked for.
        keep_dates: exact days leave; otherwise only month and year.
    """

    sections: frozenset[str] = CORE
    out: frozenset[str] = frozenset()
    seen: frozenset[str] | None = None
    marked: tuple[MarkedWord, ...] = ()
    no_names: tuple[str, ...] = ()
    with_feelings: bool = False
    keep_dates: bool = False

    def has(self, section: str) -> bool:
        """Whether the section leaves."""
        return section in self.sections and (section != "feelings" or self.with_feelings)


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A line of the record under review.

    Attributes:
        place: its path in the file, such as `ideas[1].text`.
        label: the path in words.
        before: the original text.
        after: the redacted text.
        leaves: whether it leaves.
        key: identifies it in a saved choice; changes with its text.
        fresh: new or changed since the choice was saved.
        fixed: whether it leaves is not open to choice.
    """

    place: str
    label: str
    before: str
    after: tuple[Piece, ...]
    leaves: bool
    key: str
    fresh: bool = False
    fixed: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything in it was replaced."""
        return any(piece.was for piece in self.after)


@dataclass(frozen=True, slots=True)
class NameDoubt:
    """An everyday word that may be a name, and the label of its line."""

    label: str
    word: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A redacted record, ready for review and export.

    Attributes:
        lines: all lines of the chosen sections, in the order of the page.
        record: the record to export.
        drawn: each name with its pseudonym; never saved.
        names: the names that must not be in the finished file, for the leak check.
        doubts: words that a person should check.
        candidates: capitalised words that may be names.
        unsearched: names too short to search for in texts.
    """

    lines: tuple[SharedLine, ...]
    record: m.Record
    drawn: tuple[tuple[KnownName, str], ...]
    names: tuple[str, ...]
    doubts: tuple[NameDoubt, ...] = ()
    candidates: tuple[str, ...] = ()
    unsearched: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all lines."""
        return frozenset(line.key for line in self.lines)


def texts(value: object) -> Iterator[str]:
    """Yield every text in a record, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif hasattr(value, "__dataclass_fields__"):
        for item in fields(value):  # type: ignore[arg-type]
            yield from texts(getattr(value, item.name))


def line_key(place: str, text: str) -> str:
    """The key of a line in a saved choice: a hash of its text and of its path without numbers."""
    return hashlib.blake2b(f"{place}\n{text}".encode("utf-8", "replace"), digest_size=10).hexdigest()
