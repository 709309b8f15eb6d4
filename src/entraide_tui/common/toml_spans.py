"""Where each thing of a TOML text stands, to change it there and leave all other bytes as they are.

`Spans` reads a text that `tomllib` reads. It gives places (`("steps", 3, "minutes")`) their offsets in the text,
whichever of its layouts TOML was written in, and makes a new text with one thing put, added, taken out or moved.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[str | int, ...]
_NAME = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_EMPTY = re.compile(r"[ \t\r]*(?:\n|\Z)")
_COMMENT = re.compile(r"[ \t]*#[^\n]*(?:\n|\Z)")
_HEADER = re.compile(rf"[ \t]*\[(\[?)[ \t]*({_NAMES})[ \t]*\]\]?[^\n]*(?:\n|\Z)")
_KEY = re.compile(rf"({_NAMES})[ \t]*=[ \t]*")
_PART = re.compile(_NAME)
_BETWEEN = re.compile(r"(?:[ \t\r\n]|\#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_REST = re.compile(r"[^\n]*(?:\n|\Z)")
_SCALAR = re.compile(
    r'''
      """ (?:[^\\]|\\.)*? "{3,5} | \'\'\' .*? \'{3,5}
    | " (?:[^"\\\n]|\\.)* " | ' [^'\n]* '
    | [^\s,\]}\#][^,\]}\#\n]*
    ''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Span:
    """One `key = value`, or one item between [ ].

    Attributes:
        start, end: from the key (or the item) to the end of the value.
        key_end, value: where the key ends, where the value begins.
        table: the header that it stands under; None within { } or [ ].
        comma, next_comma: the offsets of the commas before and after it, within { } or [ ]; -1 where there is none.
    """

    place: Place
    start: int
    key_end: int
    value: int
    end: int
    table: Place | None = None
    comma: int = -1
    next_comma: int = -1


class Block(NamedTuple):
    """From a header, with the comments right above it, to the end of its last entry."""

    place: Place
    start: int
    end: int


def names(text: str) -> Place:
    """The parts of a key or of a header."""
    return tuple(next(iter(tomllib.loads(f"{n} = 0"))) if n[0] in "\"'" else n for n in _PART.findall(text))


class Spans:
    """A text and the spans in it.

    Attributes:
        found: by place. blocks: in their order.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.eol = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        self.found: dict[Place, Span] = {}
        self.blocks: list[Block] = []
        self._counts: dict[Place, int] = {}
        self._read()

    # -- reading

    def _read(self) -> None:
        text, at, lead = self.text, 0, -1
        table: Place = ()
        start = end = 0
        while at < len(text):
            if empty := _EMPTY.match(text, at):
                at, lead = empty.end(), -1
            elif comment := _COMMENT.match(text, at):
                lead = at if lead < 0 else lead
                at = comment.end()
            elif header := _HEADER.match(text, at):
                self.blocks.append(Block(table, start, end))
                table = self._table(names(header[2]), of_tables=bool(header[1]))
                start, at, lead = (at if lead < 0 else lead), header.end(), -1
                end = at
            else:
                at = end = self._line_end(self._entry(_skipped(_SPACE, text, at), table, top=True).end)
                lead = -1
        self.blocks.append(Block(table, start, end))

    def _line_end(self, at: int) -> int:
        return _skipped(_REST, self.text, at)

    def _table(self, parts: Place, *, of_tables: bool) -> Place:
        place: Place = ()
        for part in parts:
            if place in self._counts:  # `[steps.card]` means that of the last of `[[steps]]`
                place = (*place, self._counts[place])
            place = (*place, part)
        if of_tables:
            self._counts[place] = self._counts.get(place, -1) + 1
            return (*place, self._counts[place])
        return place

    def _entry(self, at: int, around: Place, *, top: bool = False, comma: int = -1) -> Span:
        found = _KEY.match(self.text, at)
        if not found:
            raise ValueError(at)
        place = (*around, *names(found[1]))
        end = self._value(found.end(), place)
        span = Span(place, at, found.end(1), found.end(), end, table=around if top else None, comma=comma)
        self.found[place] = span
        return span

    def _value(self, at: int, place: Place) -> int:
        """Reads a value; where it ends."""
        if self.text[at] == "{":
            return self._inside(at + 1, place, "}")
        if self.text[at] == "[":
            return self._inside(at + 1, place, "]")
        found = _SCALAR.match(self.text, at)
        if not found:
            raise ValueError(at)
        return at + len(found[0].rstrip())

    def _inside(self, at: int, place: Place, close: str) -> int:
        comma, number = -1, 0
        at = _skipped(_BETWEEN, self.text, at)
        while self.text[at] != close:
            if close == "}":
                span = self._entry(at, place, comma=comma)
            else:
                here = (*place, number)
                span = Span(here, at, at, at, self._value(at, here), comma=comma)
                number += 1
            at = _skipped(_BETWEEN, self.text, span.end)
            if self.text[at] == ",":
                comma, at = at, _skipped(_BETWEEN, self.text, at + 1)
                span = replace(span, next_comma=comma)
            self.found[span.place] = span
        return at + 1

    # -- what stands where

    def items(self, key: str) -> list[tuple[int, int]]:
        """Where each item of a list of tables stands, between [ ] or below `[[key]]`.

        Raises:
            ValueError: something else stands between the parts of one item.
        """
        if (key,) in self.found:
            spans = [s for p, s in self.found.items() if len(p) == 2 and p[0] == key]
            return [(s.start, s.end) for s in spans]
        out: dict[str | int, list[int]] = {}
        for number, block in enumerate(self.blocks):
            if block.place[:1] == (key,):
                out.setdefault(block.place[1] if len(block.place) > 1 else "", []).append(number)
        for item, held in out.items():
            if self.blocks[held[0]].place != (key, item) or held[-1] - held[0] + 1 != len(held):
                raise ValueError(key)
        return [(self.blocks[held[0]].start, self.blocks[held[-1]].end) for held in out.values()]

    def is_list(self, key: str) -> bool:
        """Whether it stands between [ ], not below `[[key]]`."""
        return (key,) in self.found

    def below(self, place: Place) -> list[Span]:
        """The outermost spans of a place and what is in it."""
        size = len(place)
        inner = [s for p, s in self.found.items() if p[:size] == place]
        return [s for s in inner if not any(o is not s and o.start <= s.start and s.end <= o.end for o in inner)]

    # -- new texts

    def put(self, place: Place, value: str) -> str:
        """Another value in the same place."""
        span = self.found[place]
        return self.text[: span.value] + value + self.text[span.end :]

    def beside(self, span: Span, key: str, value: str) -> str:
        """A new key after another one of the same table, laid out as that is."""
        if span.table is None:
            return f"{self.text[: span.end]}, {key} = {value}{self.text[span.end :]}"
        line = self.text.rfind("\n", 0, span.start) + 1
        parts = list(_PART.finditer(self.text[span.start : span.key_end]))
        before = self.text[line : span.start + parts[-1].start()]
        return self.insert(self._line_end(span.end), f"{before}{key} = {value}{self.eol}")

    def insert(self, at: int, lines: str) -> str:
        """Whole lines at the beginning of a line, or at the end of the text."""
        before = self.text[:at]
        if before and not before.endswith("\n"):
            before += self.eol
        return before + lines + self.text[at:]

    def moved(self, spots: Sequence[tuple[int, int]], order: Sequence[int]) -> str:
        """The same items in another order; what stands between them stays."""
        text = self.text
        open_end = bool(text) and not text.endswith("\n")
        if open_end and spots[-1][1] == len(text):  # what was last may now be followed by others
            text += self.eol
            spots = [*spots[:-1], (spots[-1][0], len(text))]
        else:
            open_end = False
        out, at = [], 0
        for (start, end), item in zip(spots, order, strict=True):
            first, last = spots[item]
            out += [text[at:start], text[first:last]]
            at = end
        out.append(text[at:])
        moved = "".join(out)
        return moved.removesuffix(self.eol) if open_end else moved

    def without(self, place: Place) -> str:
        """A key and all that stands in it, wherever, taken out; comments that don't stand within it stay."""
        spans = self
        while True:
            # what stands below a header of that place goes with the header
            own = [s for s in spans.below(place) if s.table is None or s.table[: len(place)] != place]
            blocks = [b for b in spans.blocks if b.place[: len(place)] == place]
            if own:
                spans = Spans(spans.without_span(own[-1]))
            elif blocks:
                spans = Spans(spans.without_lines(blocks[-1].start, blocks[-1].end))
            else:
                return spans.text

    def without_item(self, key: str, number: int) -> str:
        """An item of a list of tables, taken out. Raises ValueError, as `items` does."""
        if self.is_list(key):
            return self.without_span(self.found[key, number])
        return self.without_lines(*self.items(key)[number])

    def without_span(self, span: Span) -> str:
        """An entry or an item, taken out with its comma, and with its line where nothing else stands there."""
        text, start, end = self.text, span.start, span.end
        if span.table is not None:
            return text[: text.rfind("\n", 0, start) + 1] + text[self._line_end(end) :]
        if span.next_comma >= 0:
            between = text[end : span.next_comma]
            text = text[: span.next_comma] + text[span.next_comma + 1 :]
            end = end if between.strip() else span.next_comma
        elif span.comma >= 0 and not text[span.comma + 1 : start].strip(" \t"):
            return text[: span.comma] + text[end:]
        line, rest = text.rfind("\n", 0, start) + 1, _skipped(_REST, text, end)
        if not text[line:start].strip() and not text[end:rest].strip():
            return text[:line] + text[rest:]
        return text[:start] + text[_skipped(_SPACE, text, end) :]

    def without_lines(self, start: int, end: int) -> str:
        """Lines taken out. Empty ones after them go too; at the end of the text, those before."""
        text, at = self.text, end
        while at < len(text) and (empty := _EMPTY.match(text, at)):
            at = empty.end()
        before = text[:start]
        if at == len(text):
            before = before[: _skipped(_REST, before, len(before.rstrip()))]
        return before + text[at:]


def _skipped(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
