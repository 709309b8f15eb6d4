"""The offsets of each header, key and value in a TOML text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common.toml.tokens import key_name, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.common.toml.tokens import Token

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a value, as in `("steps", 3, "minutes")`."""


class Header(NamedTuple):
    """The offsets of a `[table]` or `[[table]]` header; for the latter `place` ends in an index."""

    place: Place
    start: int
    end: int


@dataclass(slots=True)
class Span:
    """The offsets of one `key = value`, or of one item of a list.

    Attributes:
        names: the parts of the key, several if it is dotted; empty for an item.
        start: the offset of the key, or of the item.
        value, end: the offsets where the value begins and ends.
        comma, next_comma: the offsets of the commas before and after it within { } or [ ]; -1 for none.
    """

    place: Place
    names: tuple[str, ...]
    start: int
    value: int = -1
    end: int = -1
    comma: int = -1
    next_comma: int = -1


@dataclass(slots=True)
class _Open:
    """A list or inline table that is not closed yet. `number`: the index of the current item; -1 in a table."""

    span: Span
    number: int
    comma: int = -1


class Layout:
    """The layout of a valid TOML text. Of an invalid one it is meaningless, but nothing is raised.

    Attributes:
        statements: the headers and the entries on lines of their own, in order.
        spans: all entries and items, by place.
        starts: the offset where each place is first named, in the order of the text.
        keys: the offsets of all parts of keys and headers.
    """

    def __init__(self, text: str) -> None:
        self.statements: list[Header | Span] = []
        self.spans: dict[Place, Span] = {}
        self.starts: dict[Place, int] = {}
        self.keys: set[int] = set()
        self._counts: dict[Place, int] = {}  # the last index of each array of tables
        self._table: Place = ()
        self._header_start = -1
        self._of_tables = False
        self._open: list[_Open] = []
        self._parts: list[Token] = []  # of the key or header being read
        self._span: Span | None = None  # its value is being read; None before an item of a list
        readers: dict[str, Callable[[Token], str]] = {"key": self._key, "header": self._header, "value": self._value}
        state = "key"
        for token in tokens(text):
            if token.kind != "comment":
                state = readers[state](token)

    def _note(self, place: Place, start: int) -> None:
        self.starts.setdefault(place, start)

    def _part(self, token: Token) -> None:
        self._parts.append(token)
        self.keys.add(token.start)

    def _key(self, token: Token) -> str:
        if token.kind in ("word", "text"):
            self._part(token)
        elif token.word == "=":
            place = self._open[-1].span.place if self._open else self._table
            names = tuple(key_name(part.word) for part in self._parts)
            for part, name in zip(self._parts, names, strict=True):
                place = (*place, name)
                self._note(place, part.start)
            start = self._parts[0].start if self._parts else token.start
            self._parts = []
            self._span = Span(place, names, start, comma=self._open[-1].comma if self._open else -1)
            self.spans[place] = self._span
            if not self._open:
                self.statements.append(self._span)
            return "value"
        elif token.word == "[" and not self._parts:
            self._header_start, self._of_tables = token.start, False
            return "header"
        elif token.word == "}":
            return self._close(token)
        return "key"

    def _header(self, token: Token) -> str:
        if token.word == "[":
            self._of_tables = True
        elif token.kind in ("word", "text"):
            self._part(token)
        elif token.word == "]" and self._parts:
            self._start_table()
            self.statements.append(Header(self._table, self._header_start, token.start + 1 + self._of_tables))
        return "key" if token.kind == "line" else "header"

    def _start_table(self) -> None:
        place: Place = ()
        for part in self._parts:
            if place in self._counts:  # `steps.card` means the card of the last of `[[steps]]`
                place = (*place, self._counts[place])
            place = (*place, key_name(part.word))
            self._note(place, part.start)
        if self._of_tables:
            self._counts[place] = self._counts.get(place, -1) + 1
            place = (*place, self._counts[place])
            self._note(place, self._parts[-1].start)
        self._table, self._parts = place, []

    def _value(self, token: Token) -> str:
        inside = self._open[-1] if self._open else None
        if token.kind == "line":
            return "value" if inside else "key"
        if token.word in ("]", "}"):
            return self._close(token)
        if token.word == "," and inside:
            if self._span:
                self._span.next_comma = token.start
            inside.comma, self._span = token.start, None
            if inside.number < 0:
                return "key"
            inside.number += 1
            return "value"
        return self._piece(token, inside)

    def _piece(self, token: Token, inside: _Open | None) -> str:
        """Read a token of a value."""
        span = self._span
        if span is None:
            if inside is None:
                return "value"
            place = (*inside.span.place, max(inside.number, 0))
            span = self._span = self.spans[place] = Span(place, (), token.start, comma=inside.comma)
            self._note(place, token.start)
        if span.value < 0:
            span.value = token.start
        span.end = token.start + len(token.word)
        if token.word not in ("[", "{"):
            return "value"
        self._open.append(_Open(span, 0 if token.word == "[" else -1))
        self._span = None
        return "value" if token.word == "[" else "key"

    def _close(self, token: Token) -> str:
        if self._open:
            self._span = self._open.pop().span
            self._span.end = token.start + 1
        return "value"
