"""Edit a TOML text in place: each byte that a change does not concern stays.

The text is cut into sections (a header and what follows) and these into entries (`key = value`) and the comments and
empty lines between them. A comment is only lost with the list item that contains it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from entraide_tui.common.toml import inline, writing
from entraide_tui.common.toml.sections import KeyValue, Section, cut
from entraide_tui.common.toml.tokens import MARK, comments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.common.toml.layout import Place
    from entraide_tui.common.toml.sections import Chunk

Table = dict[str, Any]


class Document:
    """A valid TOML text to edit; `str()` gives the new text.

    `put`, `remove`, `arrange` and `add_table` raise ValueError if the layout can't be followed. They don't check
    that the text stays valid (it may not, after a dotted key in a closed table): parse it before you write it.
    """

    def __init__(self, text: str) -> None:
        self._mark = text[: text.startswith(MARK)]
        text = text.removeprefix(MARK)
        self._eol = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        self._open_end = bool(text) and not text.endswith("\n")
        self._sections = cut(text + self._eol if self._open_end else text)
        self._named: dict[Place, Section] = {}
        self._around: set[Place] = set()
        """The places of all headers and of the tables around them, removed ones included."""
        for section in self._sections:
            self._name(section)

    def __str__(self) -> str:
        text = "".join(piece for section in self._sections for piece in section.pieces())
        return self._mark + (text.removesuffix(self._eol) if self._open_end else text)

    def __contains__(self, place: Place) -> bool:
        """Whether `place` has a `key = value` on a line of its own."""
        _section, entry, rest = self._find(place)
        return entry is not None and not rest

    # -- the operations

    def put(self, place: Place, value: Any, order: Sequence[str] = ()) -> None:  # noqa: ANN401 - TOML values
        """Set the value of a key, adding the key and its tables if they are missing.

        Args:
            order: the keys of the table in their usual order. A new key goes behind the nearest one that precedes
                it, else first; without an order it goes last.
        """
        section, entry, rest = self._find(place)
        if section and entry:
            new = inline.put(entry.value, rest, value, order) if rest else self._written(writing.format_value(value))
            self._revalue(section, entry, new)
            return
        table = place[:-1]
        if self._rows(table) or not isinstance(place[-1], str):
            raise ValueError(place)  # a key in a list, or a missing item
        self.remove(place)
        for size in range(len(table), -1, -1):
            inside = self._named.get(table[:size])
            if inside and (size == len(table) or inside.below(table[size : size + 1])):
                break
        else:
            inside = self._section(table, {})
            self._add(table, [inside], ())
        self._put_into(inside, place[len(inside.place) :], value, order)

    def remove(self, place: Place, *, comments_too: bool = False) -> None:
        """Remove the value, table or list at a place, if there is one.

        Args:
            comments_too: also remove the comments in it, on its lines and right above its header.
        """
        section, entry, rest = self._find(place)
        if section and entry:
            if rest:
                item = isinstance(rest[-1], int)
                self._revalue(section, entry, inline.removed(entry.value, rest), comments_too=comments_too or item)
            else:
                self._take_entry(section, entry, comments_too=comments_too)
        elif self._rows(place):
            self.arrange(place, [])
        elif isinstance(place[-1], int) and place in self._named:
            count = len(self._blocks(place[:-1]))
            self.arrange(place[:-1], [number for number in range(count) if number != place[-1]])
        else:
            self._take_table(place, comments_too=comments_too)

    def arrange(self, place: Place, items: Sequence[int | Table], order: Sequence[str] = ()) -> None:
        """Replace the items of a list.

        Args:
            items: former items by index, in any order, each once at most, and new tables.
            order: of the top-level tables, as in `add_table`; used if the list does not exist yet.
        """
        section, entry, rest = self._find(place)
        if section and entry:
            entry.value = inline.arranged(entry.value, rest, items)
        elif blocks := self._blocks(place):
            self._arrange_blocks(place, blocks, items)
        else:
            tables = [item for item in items if isinstance(item, dict)]
            new = [self._section((*place, number), table) for number, table in enumerate(tables)]
            self._add(place, new, order)

    def add_table(self, place: Place, table: Table, order: Sequence[str] = ()) -> None:
        """Add a table with a header.

        Args:
            order: the top-level tables in their usual order: the new one goes behind the last of those that precede
                it; if it is not among them, behind them all.
        """
        self._add(place, [self._section(place, table)], order)

    # -- lookup

    def _find(self, place: Place) -> tuple[Section | None, KeyValue | None, Place]:
        """The section and entry that contain a place, and the rest of the place within the entry's value."""
        for size in range(len(place), -1, -1):
            if section := self._named.get(place[:size]):
                for end in range(len(place), size, -1):
                    if entry := section.entries.get(place[size:end]):
                        return section, entry, place[end:]
        return None, None, ()

    def _name(self, section: Section) -> None:
        self._named[section.place] = section
        self._around.update(section.place[:size] for size in range(1, len(section.place) + 1))

    def _rows(self, place: Place) -> bool:
        """Whether the place is an array of tables with headers."""
        return bool(place) and (*place, 0) in self._named

    def _blocks(self, place: Place) -> list[list[Section]]:
        """The sections of each item of a list. Raises ValueError if those of one item are not contiguous."""
        if place not in self._around:
            return []
        size = len(place)
        numbers_of: dict[str | int, list[int]] = {}
        for number, section in enumerate(self._sections):
            if section.place[:size] == place:
                numbers_of.setdefault(section.place[size] if len(section.place) > size else "", []).append(number)
        for item, numbers in numbers_of.items():
            if self._sections[numbers[0]].place != (*place, item) or numbers[-1] - numbers[0] + 1 != len(numbers):
                raise ValueError(place)
        return [self._sections[numbers[0] : numbers[-1] + 1] for numbers in numbers_of.values()]

    # -- entries

    def _written(self, text: str) -> str:
        return text.replace("\n", self._eol)

    def _comment_lines(self, entry: KeyValue, texts: Sequence[str]) -> list[Chunk]:
        return [f"{entry.indent}{comment}{self._eol}" for comment in texts]

    def _revalue(self, section: Section, entry: KeyValue, value: str, *, comments_too: bool = False) -> None:
        """Set an entry's value; comments of the former value move above the entry."""
        lost = [*(Counter(comments(entry.value)) - Counter(comments(value))).elements()]
        if lost and not comments_too:
            number = section.body.index(entry)
            section.body[number:number] = self._comment_lines(entry, lost)
        entry.value = value

    def _take_entry(self, section: Section, entry: KeyValue, *, comments_too: bool = False) -> None:
        number = section.body.index(entry)
        left = [] if comments_too else comments(entry.value + entry.after)
        section.body[number : number + 1] = self._comment_lines(entry, left)
        del section.entries[entry.names]

    def _put_into(self, section: Section, names: Place, value: Any, order: Sequence[str]) -> None:  # noqa: ANN401
        """Insert a new entry beside those of the same table."""
        if not all(isinstance(name, str) for name in names):
            raise ValueError(names)
        around = len(names) - 1
        entries = [chunk for chunk in section.body if isinstance(chunk, KeyValue)]
        own = [entry for entry in entries if entry.names[:around] == names[:-1]]
        number = inline.neighbour([str(e.names[around]) for e in own], str(names[-1]), order) if own else 0
        beside = (own or entries[-1:])[number or 0 :][:1]
        at = section.body.index(beside[0]) + (number is not None) if beside else len(section.body)
        before = f"{beside[0].indent if beside else ''}{writing.dotted(names)} = "
        section.insert(at, KeyValue(names, before, self._written(writing.format_value(value)), self._eol))
        if len(section.entries) == 1 and section is not self._sections[-1]:
            _part(section, self._eol)

    # -- sections

    def _take_table(self, place: Place, *, comments_too: bool) -> None:
        for size in range(len(place) - 1, -1, -1):
            if section := self._named.get(place[:size]):
                for entry in section.below(place[size:]):
                    self._take_entry(section, entry, comments_too=comments_too)
        if place in self._around:
            for section in [s for s in self._sections if s.place[: len(place)] == place]:
                self._take_section(section, comments_too=comments_too)

    def _take_section(self, section: Section, *, comments_too: bool) -> None:
        """Remove a section; its remaining comments go to the end of the one before."""
        for entry in list(section.entries.values()):
            self._take_entry(section, entry)
        number = self._sections.index(section)
        before = self._sections[number - 1]
        own = [section.comment + self._eol] if section.comment else []
        own += [*section.lead, *map(str, section.body)]
        kept = [line for line in (*([] if comments_too else own), *section.tail) if line.strip()]
        at_end = section is self._sections[-1]
        if at_end and not kept:
            _leave(before, section.tail, at_end=True)
        else:
            before.tail += [self._eol, *kept] if kept else []
            if (section.tail or (kept and not at_end)) and (not before.tail or before.tail[-1].strip()):
                before.tail.append(self._eol)
        del self._sections[number]
        del self._named[section.place]

    def _section(self, place: Place, table: Table) -> Section:
        """A new section, with a [[ ]] header if the place ends in an index."""
        heading = writing.dotted(part for part in place if isinstance(part, str))
        text = writing.section(heading, table, of_tables=isinstance(place[-1], int))
        [section] = cut(self._written(text))[1:]
        section.place = place
        return section

    def _add(self, place: Place, new: list[Section], order: Sequence[str]) -> None:
        """Insert new sections behind the last one of the same table, or of those that precede them in `order`."""
        shared = [_shared(section.place, place) for section in self._sections]
        most = max(shared)
        if not all(isinstance(part, str) for part in place[most:]):
            raise ValueError(place)  # the list has no such item
        number = max(number for number, size in enumerate(shared) if size == most)
        if not most and order:
            earlier = order[: order.index(str(place[0]))] if place[0] in order else order
            number = max(n for n, s in enumerate(self._sections) if not s.place or s.place[0] in earlier)
        before = self._sections[number]
        tail, before.tail = before.tail, []
        for section in new:
            _part(before, self._eol)
            before = section
            self._name(section)
        before.tail = tail
        self._sections[number + 1 : number + 1] = new

    def _arrange_blocks(self, place: Place, blocks: list[list[Section]], items: Sequence[int | Table]) -> None:
        """Replace blocks (the sections of one item each) by others. The text behind a block, its tail, stays."""
        tails = [block[-1].tail for block in blocks]
        slots = {id(block[0]): number for number, block in enumerate(blocks)}
        inside = {id(section) for block in blocks for section in block}
        wanted = [[self._section((*place, 0), item)] if isinstance(item, dict) else blocks[item] for item in items]
        for block in (*blocks, *wanted):
            block[-1].tail = []
        kept = sorted(item for item in items if isinstance(item, int)) or [0]
        groups = dict(zip(kept, inline.groups(list(zip(items, wanted, strict=True))), strict=False))
        out: list[Section] = []
        for section in self._sections:
            slot = slots.get(id(section))
            if slot is None:
                if id(section) not in inside:
                    if out and _ends_in_comment(out[-1]):
                        _part(out[-1], self._eol)
                    out.append(section)
                continue
            group = groups.get(slot, [])
            for item, block in group:
                if block is not group[0][1] or not isinstance(item, int) or _ends_in_comment(out[-1]):
                    _part(out[-1], self._eol)
                out += block
            if group:
                out[-1].tail = tails[slot]
            else:
                _leave(out[-1], tails[slot], at_end=blocks[slot][-1] is self._sections[-1])
        self._sections = out
        for section in (section for block in blocks for section in block):
            del self._named[section.place]
        for number, block in enumerate(wanted):
            for section in block:
                section.place = (*place, number, *section.place[len(place) + 1 :])
                self._name(section)


def _shared(one: Place, other: Place) -> int:
    """The length of the common start of two places."""
    pairs = zip(one, other, strict=False)
    return next((size for size, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _part(before: Section, eol: str) -> None:
    """Put an empty line behind a section, unless it has a tail."""
    if not before.tail and (before.header or before.body):
        before.tail = [eol]


def _ends_in_comment(section: Section) -> bool:
    """Whether the section ends in a comment that a header behind it would claim."""
    return not section.tail and bool(section.body) and isinstance(section.body[-1], str)


def _leave(before: Section, tail: list[str], *, at_end: bool) -> None:
    """Give the tail of a removed block to the section before it; a tail of empty lines is dropped."""
    empty = not "".join(before.tail).strip()
    if "".join(tail).strip():
        before.tail = tail if empty else [*before.tail, *tail]
    elif at_end and empty:
        before.tail = tail
