"""What leaves of a record, line by line: sections, lines taken out, names replaced. Pure: nothing is written here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from entraide_tui.archive.record_schema import HEAD, TOP
from entraide_tui.common.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.archive import model as m
    from entraide_tui.privacy.pseudonyms import KnownName, Marked, Piece


def _sections() -> Iterator[tuple[str, str]]:
    """First the sections of the page, then the fields of the head, then what is asked for besides."""
    offered = [(name, spec) for name, spec in TOP.items() if spec.shared]
    for name, spec in sorted(offered, key=lambda one: (not one[1].core, one[0] in HEAD)):
        yield name, spec.shared
        if name == "actions":
            yield "outcomes", mark("What came of the actions")
    yield "authors", mark("Who said what")


SECTIONS: dict[str, str] = dict(_sections())
"""What can be left out or taken along. Notes, the parking and the steps' times never leave, and so are not here."""
CORE = frozenset({"authors", *(name for name, spec in TOP.items() if spec.core)})
"""What leaves unless something else is said: what stands on the page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decided for one record.

    Attributes:
        sections: which leave; `feelings` counts only where `with_feelings` is said too.
        out: the keys of the lines taken out.
        seen: the keys of all lines that were looked at, where this choice was made before: a line that is not among
            them (new, or changed since) stays until somebody has looked at it. None: nothing was decided yet.
        marked: places, employers, other names of people.
        no_names: words that were taken for names and are none.
        with_feelings: feelings were asked for by name.
        keep_dates: exact days leave; else the month and the year.
    """

    sections: frozenset[str] = CORE
    out: frozenset[str] = frozenset()
    seen: frozenset[str] | None = None
    marked: tuple[Marked, ...] = ()
    no_names: tuple[str, ...] = ()
    with_feelings: bool = False
    keep_dates: bool = False

    def has(self, section: str) -> bool:
        """Whether a section leaves."""
        return section in self.sections and (section != "feelings" or self.with_feelings)


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A line of the record.

    Attributes:
        place: where it stands, as in the file: `ideas[1].text`.
        label: the same in words.
        before: the text as it stands.
        after: as it leaves.
        leaves: whether it does.
        key: what it is remembered by; changes with its text.
        fresh: new or changed since the choice that is remembered was made.
        fixed: it can't be taken out.
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
        """Whether something was replaced in it."""
        return any(piece.was for piece in self.after)


@dataclass(frozen=True, slots=True)
class NameDoubt:
    """An everyday word that may be somebody's name."""

    label: str
    word: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What leaves.

    Attributes:
        lines: all lines of the sections chosen, in the order of the page.
        record: what an export takes.
        drawn: what stands for each person, place, employer; never kept.
        names: all that must not be in the finished file, for the last look.
        doubts: words that a person should look at.
        candidates: words with a capital that may be names.
        unsearched: names that are too short to be looked for in texts.
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
        """Of all its lines."""
        return frozenset(line.key for line in self.lines)


def texts(value: object) -> Iterator[str]:
    """Every text in a record, names included."""
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
    """What a line is remembered by: its kind of place and its words, not its number."""
    return hashlib.blake2b(f"{place}\n{text}".encode("utf-8", "replace"), digest_size=10).hexdigest()
