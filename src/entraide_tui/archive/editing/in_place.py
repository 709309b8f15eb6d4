"""A TOML file changed where it stands: each byte that the change does not concern stays.

The text is cut into sections (a header and what follows) and these into entries (`key = value`) and what stands
between them (comments, empty lines). `edited` changes entries, adds and takes away some, moves the sections of a
list's items, and puts all together again. A comment is never lost, but with the item that it stands in.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entraide_tui.archive.editing.table_merge import Pairs, Rows, Tables, is_rows, same
from entraide_tui.archive.record_file import section, shown
from entraide_tui.archive.record_schema import ORDER_OF, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[str | int, ...]
_NAME = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_NOTHING = re.compile(r"[ \t]*(?:#[^\n]*|\r)?(?:\n|\Z)")
_HEADER = re.compile(rf"[ \t]*\[(\[?)[ \t]*({_NAMES})[ \t]*\]\]?([^\n]*)(?:\n|\Z)")
_KEY = re.compile(rf"([ \t]*)({_NAMES})[ \t]*=[ \t]*")
_PART = re.compile(_NAME)
_PIECE = re.compile(
    r'''
      (?P<text> """ (?:[^\\]|\\.)*? "{3,5} | \'\'\' .*? \'{3,5} | " (?:[^"\\\n]|\\.)* " | ' [^'\n]* ' )
    | (?P<comment> \#[^\n]* ) | (?P<open> [\[{] ) | (?P<close> [\]}] ) | (?P<line> \n ) | (?P<word> [^"'\#\[\]{}\n]+ )
    ''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Entry:
    """One `key = value`.

    Attributes:
        before: its line up to the value. after: what follows the value on its line, the line end too.
        comments: those that stand within the value.
    """

    place: Place
    before: str
    value: str
    after: str
    comments: list[str] = field(default_factory=list)

    @property
    def indent(self) -> str:
        """The spaces that its line begins with."""
        return self.before[: len(self.before) - len(self.before.lstrip(" \t"))]


Chunk = Entry | str


@dataclass(slots=True)
class Section:
    """A header and what follows it.

    Attributes:
        lead: the header, and the comments that stand right above it.
        comment: the one on the header's own line.
        body: up to the first empty line behind the last entry.
        tail: what follows; it belongs to no entry.
    """

    place: Place
    lead: str = ""
    comment: str = ""
    body: list[Chunk] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


def _parts(names: str) -> Place:
    return tuple(next(iter(tomllib.loads(f"{n} = 0"))) if n[0] in "\"'" else n for n in _PART.findall(names))


class _Cutter:
    """Cuts a text that `tomllib` reads."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.counts: dict[Place, int] = {}

    def sections(self) -> list[Section]:
        out = [Section(())]
        at = 0
        while at < len(self.text):
            if found := _NOTHING.match(self.text, at):
                out[-1].body.append(found[0])
                at = found.end()
            elif found := _HEADER.match(self.text, at):
                lead = _taken_from_end(out[-1].body)
                place = self._place(_parts(found[2]), of_tables=bool(found[1]))
                out.append(Section(place, lead + found[0], found[3].strip()))
                at = found.end()
            else:
                entry, at = self._entry(out[-1].place, at)
                out[-1].body.append(entry)
        for one in out:
            _part_tail(one)
        return out

    def _place(self, names: Place, *, of_tables: bool) -> Place:
        place: Place = ()
        for name in names:
            if place in self.counts:  # `[actions.more]` means that of the last of `[[actions]]`
                place = (*place, self.counts[place])
            place = (*place, name)
        if of_tables:
            self.counts[place] = self.counts.get(place, -1) + 1
            return (*place, self.counts[place])
        return place

    def _entry(self, table: Place, at: int) -> tuple[Entry, int]:
        found = _KEY.match(self.text, at)
        if not found:
            raise ValueError(at)
        start = here = found.end()
        end, depth, comments = start, 0, []
        while piece := _PIECE.match(self.text, here):
            kind = piece.lastgroup
            if depth == 0 and kind in ("comment", "line"):
                break
            if kind == "comment":
                comments.append(piece[0].rstrip("\r"))
            depth += {"open": 1, "close": -1}.get(str(kind), 0)
            here = piece.end()
            if kind != "word" or piece[0].strip():
                end = here if kind != "word" else piece.start() + len(piece[0].rstrip())
        stop = self.text.find("\n", here)
        stop = len(self.text) if stop < 0 else stop + 1
        before, value, after = self.text[at:start], self.text[start:end], self.text[end:stop]
        return Entry((*table, *_parts(found[2])), before, value, after, comments), stop


def _taken_from_end(body: list[Chunk]) -> str:
    """The comments that stand right above a header are its own."""
    taken: list[str] = []
    while body and isinstance(chunk := body[-1], str) and chunk.strip():
        taken.insert(0, chunk)
        body.pop()
    return "".join(taken)


def _part_tail(one: Section) -> None:
    last = max((n for n, chunk in enumerate(one.body) if isinstance(chunk, Entry)), default=-1)
    empty = next((n for n in range(last + 1, len(one.body)) if not str(one.body[n]).strip()), len(one.body))
    one.tail = [str(chunk) for chunk in one.body[empty:]]
    del one.body[empty:]


def edited(text: str, raw: Tables, wanted: Tables, moves: Mapping[str, Pairs]) -> str:
    """The text with all that differs between `raw`, which it says, and `wanted`.

    Args:
        moves: for each list of tables that changes, where its items were. See `carrying.pairs`.

    Raises:
        ValueError: it is laid out in a way that this can't follow.
    """
    eol = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    open_end = bool(text) and not text.endswith("\n")
    work = _Text(text + eol if open_end else text, eol, moves)
    work.table((), raw, wanted)
    out = work.text()
    return out.removesuffix(eol) if open_end else out


class _Text:
    def __init__(self, text: str, eol: str, moves: Mapping[str, Pairs]) -> None:
        self.all = _Cutter(text).sections()
        self.eol = eol
        self.moves = moves
        self.at = {c.place: (s, c) for s in self.all for c in s.body if isinstance(c, Entry)}
        self.named = {s.place: s for s in reversed(self.all)}
        places = [*self.at, *self.named]
        self.inner = {place[:size] for place in places for size in range(1, len(place) + 1)}

    def text(self) -> str:
        out: list[str] = []
        for one in self.all:
            out.append(one.lead)
            out += [c if isinstance(c, str) else c.before + c.value + c.after for c in one.body]
            out += one.tail
        return "".join(out)

    def table(self, place: Place, raw: Tables, wanted: Tables) -> None:
        """One table, made to say what is wanted."""
        for key in raw:
            if key not in wanted:
                if not place and is_rows(raw[key]) and (key,) not in self.at:
                    self.items(key, raw[key], [])
                else:
                    self.take((*place, key))
        for key, value in wanted.items():
            here = (*place, key)
            held = raw.get(key)
            if key in raw and same(held, value):
                continue
            if here in self.at and not (not place and is_rows(value) and held == []):
                self.replace(here, value)
            elif not place and is_rows(value):
                if here in self.at:  # an empty list
                    self.take(here)
                self.items(key, held or [], value)
            elif not place and isinstance(value, dict) and isinstance(held, dict):
                self.table(here, held, value)
            else:
                self.take(here)
                self.put(place, key, value)

    # -- entries

    def value(self, value: Any) -> str:  # noqa: ANN401 - TOML values
        return shown(value).replace("\n", self.eol)

    def comment_lines(self, entry: Entry, comments: list[str]) -> list[Chunk]:
        return [f"{entry.indent}{comment}{self.eol}" for comment in comments]

    def replace(self, place: Place, value: Any) -> None:  # noqa: ANN401 - TOML values
        """Another value in the same place; comments within the former one go above."""
        inside, entry = self.at[place]
        number = inside.body.index(entry)
        inside.body[number:number] = self.comment_lines(entry, entry.comments)
        entry.value, entry.comments = self.value(value), []

    def take(self, place: Place) -> None:
        """Takes away all that stands at a place and below; comments stay."""
        if place in self.at:
            self._take_entry(place)
        elif place in self.inner:
            for known in [k for k in self.at if k[: len(place)] == place]:
                self._take_entry(known)
            for one in [s for s in self.all if s.place and s.place[: len(place)] == place]:
                self._take_section(one)

    def _take_entry(self, place: Place) -> None:
        inside, entry = self.at.pop(place)
        number = inside.body.index(entry)
        last = [entry.after.strip()] if entry.after.strip() else []
        inside.body[number : number + 1] = self.comment_lines(entry, [*entry.comments, *last])

    def _take_section(self, one: Section) -> None:
        number = self.all.index(one)
        before = self.all[number - 1]
        lines = [*one.lead.splitlines(keepends=True)[:-1], *map(str, one.body), *one.tail]
        kept = [line for line in lines if line.strip()]
        if one.comment:
            kept.insert(0, one.comment + self.eol)
        before.tail += [self.eol, *kept] if kept else []
        if one.tail and not (before.tail and not before.tail[-1].strip()):
            before.tail.append(self.eol)
        del self.all[number]
        self.named.pop(one.place, None)

    def put(self, place: Place, key: str, value: Any) -> None:  # noqa: ANN401 - TOML values
        """Adds a key to a table, in the order of the record."""
        if not place and key in SECTIONS and isinstance(value, dict):
            self.add(key, [Section((key,), section(key, value).replace("\n", self.eol))])
            return
        inside = self.named.get(place)
        if inside is None and place in self.inner:  # `people.offeror = …` in a table around it
            under = (s for k, (s, _entry) in reversed(self.at.items()) if k[: len(place)] == place)
            inside = next((s for s in under if len(s.place) < len(place)), None)
        if inside is None:
            if len(place) != 1:
                raise ValueError(place)
            inside = self.named[place] = Section(place, f"[{place[0]}]{self.eol}")
            self.add(str(place[0]), [inside])
        relative = [str(part) for part in (*place, key)[len(inside.place) :]]
        after, number = self._beside(inside, place, key)
        before = f"{after.indent if after else ''}{'.'.join(relative)} = "
        entry = Entry((*place, key), before, self.value(value), self.eol)
        inside.body.insert(number, entry)
        self.at[entry.place] = (inside, entry)

    def _beside(self, inside: Section, place: Place, key: str) -> tuple[Entry | None, int]:
        """A neighbour, and where in the section's body a new key goes: behind the nearest that comes before it."""
        own = [c for c in inside.body if isinstance(c, Entry) and c.place[: len(place)] == place]
        order = ORDER_OF.get(str(place[0]) if place else "", ())
        earlier = order[: order.index(key)] if key in order else order
        for name in reversed(earlier):
            found = [c for c in own if c.place[len(place)] == name]
            if found:
                return found[-1], inside.body.index(found[-1]) + 1
        first = next((c for c in inside.body if isinstance(c, Entry)), None)
        return first, inside.body.index(first) if first else 0

    # -- sections

    def items(self, key: str, held: Rows, wanted: Rows) -> None:
        """The items of a list of tables: changed, moved, added, taken away."""
        moves = self.moves[key] if wanted else []
        for number, row in zip(moves, wanted, strict=True):
            if number is not None:
                self.table((key, number), held[number], row)
        if moves == list(range(len(held))):
            return
        blocks = self._blocks(key)
        put = [
            [Section((key, -1), section(key, row, of_tables=True).replace("\n", self.eol))] if n is None else blocks[n]
            for n, row in zip(moves, wanted, strict=True)
        ]
        if not blocks:
            self.add(key, [one for block in put for one in block])
            return
        # Each block's tail belongs to the place where it stood.
        tails = [block[-1].tail for block in blocks]
        starts = {id(block[0]): n for n, block in enumerate(blocks)}
        inside = {id(one) for block in blocks for one in block}
        for block in [*blocks, *put]:
            block[-1].tail = []
        out: list[Section] = []
        for one in self.all:
            slot = starts.get(id(one))
            if slot is None:
                if id(one) not in inside:
                    out.append(one)
                continue
            here = put[slot : slot + 1] if slot + 1 < len(blocks) else put[slot:]
            for block in here:
                if out and block is not here[0]:
                    _part(out[-1], self.eol)
                out += block
            _follow(out[-1], tails[slot], fresh=bool(here))
        self.all = out

    def _blocks(self, key: str) -> list[list[Section]]:
        """The sections of each item. Raises ValueError where something else stands between those of one item."""
        found: dict[str | int, list[int]] = {}
        for number, one in enumerate(self.all):
            if one.place[:1] == (key,):
                found.setdefault(one.place[1] if len(one.place) > 1 else "", []).append(number)
        for item, numbers in found.items():
            if self.all[numbers[0]].place != (key, item) or numbers[-1] - numbers[0] + 1 != len(numbers):
                raise ValueError(key)
        return [[self.all[n] for n in numbers] for numbers in found.values()]

    def add(self, key: str, new: list[Section]) -> None:
        """New sections, behind the last one that comes before them in a record."""
        earlier = SECTIONS[: SECTIONS.index(key)] if key in SECTIONS else SECTIONS
        number = max(n for n, one in enumerate(self.all) if not one.place or one.place[0] in earlier)
        before = self.all[number]
        tail, before.tail = before.tail, []
        for one in new:
            _part(before, self.eol)
            before = one
        before.tail = tail
        self.all[number + 1 : number + 1] = new


def _part(before: Section, eol: str) -> None:
    """An empty line behind a section, unless nothing stands there."""
    if not before.tail and (before.lead or before.body):
        before.tail = [eol]


def _follow(last: Section, tail: list[str], *, fresh: bool) -> None:
    """What stood behind a block stands there again; where the block is gone, behind the one before it."""
    if fresh or not "".join(last.tail).strip():
        last.tail = tail
    elif "".join(tail).strip():
        last.tail = [*last.tail, *tail]
