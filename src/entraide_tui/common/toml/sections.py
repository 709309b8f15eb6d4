"""Cut a TOML text into sections (a header and what follows) and entries (`key = value`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.common.toml.layout import Header, Layout, Place

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True, eq=False)
class KeyValue:
    """One entry: `key = value`.

    Attributes:
        names: the parts of the key.
        before: the line up to the value.
        after: the rest of the line behind the value, with the line end.
    """

    names: Place
    before: str
    value: str
    after: str

    @property
    def indent(self) -> str:
        """The spaces and tabs at the start of the line."""
        return self.before[: len(self.before) - len(self.before.lstrip(" \t"))]


Chunk = KeyValue | str


@dataclass(slots=True, eq=False)
class Section:
    """A header and what follows it.

    Attributes:
        lead: the comments right above the header.
        header: the line of the header.
        comment: the comment on that line.
        body: entries and lines, up to the first empty line behind the last entry.
        tail: the lines behind the body.
        entries: the entries of the body, by the parts of their keys.
    """

    place: Place
    lead: list[str] = field(default_factory=list)
    header: str = ""
    comment: str = ""
    body: list[Chunk] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    entries: dict[Place, KeyValue] = field(default_factory=dict)

    def append(self, chunk: Chunk) -> None:
        self.insert(len(self.body), chunk)

    def insert(self, number: int, chunk: Chunk) -> None:
        """Insert an entry or a line into the body."""
        self.body.insert(number, chunk)
        if isinstance(chunk, KeyValue):
            self.entries[chunk.names] = chunk

    def below(self, names: Place) -> list[KeyValue]:
        """The entries whose keys begin with `names`."""
        return [entry for key, entry in self.entries.items() if key[: len(names)] == names]

    def pieces(self) -> Iterator[str]:
        yield from self.lead
        yield self.header
        for chunk in self.body:
            yield chunk if isinstance(chunk, str) else f"{chunk.before}{chunk.value}{chunk.after}"
        yield from self.tail


def cut(text: str) -> list[Section]:
    """The sections of a text; the first has no header."""
    out = [Section(())]
    at = 0
    for statement in Layout(text).statements:
        line = text.rfind("\n", 0, statement.start) + 1
        end = text.find("\n", statement.end) + 1 or len(text)
        between = _lines(text[at:line])
        lead: list[str] = []
        if isinstance(statement, Header):  # it owns the comments right above it
            while between and between[-1].strip():
                lead.insert(0, between.pop())
        for chunk in between:
            out[-1].append(chunk)
        if isinstance(statement, Header):
            comment = text[statement.end : end].strip()
            out.append(Section(statement.place, lead, text[line:end], comment))
        else:
            before, value = text[line : statement.value], text[statement.value : statement.end]
            out[-1].append(KeyValue(statement.names, before, value, text[statement.end : end]))
        at = end
    for chunk in _lines(text[at:]):
        out[-1].append(chunk)
    for section in out:
        last = max((n for n, chunk in enumerate(section.body) if isinstance(chunk, KeyValue)), default=-1)
        empty = next((n for n in range(last + 1, len(section.body)) if not str(section.body[n]).strip()), None)
        if empty is not None:
            section.tail = [str(chunk) for chunk in section.body[empty:]]
            del section.body[empty:]
    return out


def _lines(text: str) -> list[str]:
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])
