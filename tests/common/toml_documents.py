"""TOML documents of all layouts and changes of them, made up: what people may write, and what no writer would."""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

from entraide_tui.common.toml.document import Document
from entraide_tui.common.toml.layout import Header, Layout, Span
from entraide_tui.common.toml.texts import map_texts, map_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.common.toml import Place


class Made:
    """A document.

    Attributes:
        text: with the mark of Windows and \\r\\n as chance had it.
        torn: something may stand between the parts of one item of a list.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0
        self.torn = False
        self.text = self._document()

    def next(self) -> int:
        """A number that no key and no comment has."""
        self.number += 1
        return self.number

    def maybe(self, often: float = 0.3) -> bool:
        """Chance."""
        return self.chance.random() < often

    def _document(self) -> str:
        text = self._gap() + self._entries() + self._gap() + "".join(self._sections())
        if self.maybe():
            text = text.rstrip("\n")
        if self.maybe():
            text = text.replace("\n", "\r\n")
        return "\ufeff" + text if self.maybe(0.2) else text

    # -- pieces

    def comment(self) -> str:
        """One that is found again, and looks like anything else."""
        return f"# c{self.next()}; " + self.chance.choice(["[x]", "a = 1", '"""', "é '", "'''", "]", "}", "", "\\"])

    def _gap(self) -> str:
        out = ""
        while self.maybe(0.4):
            out += "\n" if self.maybe(0.6) else f"{self.chance.choice(['', '  '])}{self.comment()}\n"
        return out

    def _end(self) -> str:
        return self.chance.choice(["", " ", "\t"]) + (self.comment() if self.maybe(0.2) else "") + "\n"

    def name(self) -> str:
        """One part of a key, unlike all others."""
        number = self.next()
        return self.chance.choice(
            [
                *(f"k{number}", f"k{number}", f"{number}", f"k-{number}", f'"k é.{number}"', f"'k\"# {number}'"),
                *(f'"\\u00e9 {number} ] = "', f'"k\\"{number}"'),
            ]
        )

    def scalar(self) -> str:
        """A value that is no list and no table."""
        number = self.next()
        odd = self.chance.choice(['"', "'", "#", "]", "}", ",", "=", "[[x]]", "é…", "\u2028", "", "\\\\"])
        plain = odd.replace("'", "’")
        lines = self.chance.choice(["\n", '\n""\n', "\n[a]\nb = 1\n", "\n\\\n   ", '"', '""', "\t"])
        return self.chance.choice(
            [
                *(f"{number}", f"-{number}.5e3", f"0x{number:x}", "true", f"{1000 + number % 9000}-01-02", "inf"),
                *(f"{1000 + number % 9000}-01-02 03:04:05", "2026-01-02T03:04:05.6+07:00", f"03:04:05.{number}"),
                *(json.dumps(f"{number} {odd}", ensure_ascii=False), f"'{number} {plain}\\'", '""', "''"),
                f'"""{number} {lines}x{self.chance.choice(["", chr(34), chr(34) * 2])}"""',
                f"'''\n{number} {plain} {lines.replace(chr(92), '')}it's{self.chance.choice(['', chr(39) * 2])}'''",
            ]
        )

    def value(self, depth: int = 0) -> str:
        """A value of any kind, on one line or on several."""
        kind = self.chance.random()
        if depth > 3 or kind < 0.55:
            return self.scalar()
        space = self.chance.choice(["", " "])
        if kind < 0.75:
            return "{" + space + f"{space}, ".join(self._inside(depth)) + space + "}"
        items = [self.value(depth + 1) for _ in range(self.chance.randrange(4))]
        if self.maybe(0.5):
            return "[" + space + f"{space},{space}".join(items) + ("," if items and self.maybe() else "") + "]"
        out = "[" + self._end()
        for nth, item in enumerate(items):
            last = nth == len(items) - 1
            out += f"{self._gap()}  {item}"
            if self.maybe(0.2):
                out += f" {self.comment()}\n"
            out += ("" if last and self.maybe() else ",") + self._end()
        return f"{out}{self._gap()}]"

    def _inside(self, depth: int) -> list[str]:
        out = []
        for _ in range(self.chance.randrange(4)):
            names = [self.name() for _ in range(1 + self.maybe())]
            out.append(f"{'.'.join(names)} = {self._on_one_line(depth)}")
        return out

    def _on_one_line(self, depth: int) -> str:
        return self.value(depth + 1)  # a text or a list of several lines may stand even there

    # -- tables

    def _entry(self, key: str) -> str:
        space = self.chance.choice([" ", "", "  "])
        return f"{self.chance.choice(['', '', '  '])}{key}{space}={space}{self.value()}{self._end()}{self._gap()}"

    def _entries(self) -> str:
        lines = []
        for _ in range(self.chance.randrange(4)):
            if self.maybe():
                first = self.name()
                dot = self.chance.choice([".", " . "])
                rest = [f"{self.name()}{dot}{self.name()}" if self.maybe(0.2) else self.name() for _ in range(2)]
                lines += [self._entry(f"{first}{dot}{one}") for one in rest]
            else:
                lines.append(self._entry(self.name()))
        self.chance.shuffle(lines)
        return "".join(lines)

    def _section(self, name: str, *, of_tables: bool = False) -> str:
        head = f"[[{name}]]" if of_tables else f"[ {name} ]" if self.maybe(0.2) else f"[{name}]"
        return f"{self.chance.choice(['', '', '  '])}{head}{self._end()}{self._gap()}{self._entries()}{self._gap()}"

    def _sections(self) -> list[str]:
        """Tables in any order, and lists of tables among them, their items in order."""
        loose: list[str] = []
        for _ in range(self.chance.randrange(4)):
            name = self.name()
            parts = [name] if self.maybe(0.7) else []
            parts += [f"{name}.{self.name()}" for _ in range(self.chance.randrange(3))]
            loose += [self._section(part) for part in parts]
        self.chance.shuffle(loose)
        for _ in range(self.chance.randrange(3)):
            pieces = self._items()
            if len(pieces) > 1 and self.maybe(0.1):
                self.torn = True
                pieces.insert(self.chance.randrange(1, len(pieces)), self._section(self.name()))
            loose.insert(self.chance.randrange(len(loose) + 1), "".join(pieces))
        return loose

    def _items(self) -> list[str]:
        name, sub, inner = self.name(), self.name(), self.name()
        out = []
        for _ in range(1 + self.chance.randrange(4)):
            out.append(self._section(name, of_tables=True))
            if self.maybe():
                out.append(self._section(f"{name}.{sub}"))
            for _ in range(self.chance.randrange(3) if self.maybe() else 0):
                out.append(self._section(f"{name}.{inner}", of_tables=True))
        return out


def read(text: str) -> dict[str, Any]:
    """What an independent reader makes of a text."""
    return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def at(document: Any, place: Place) -> Any:  # noqa: ANN401 - TOML values
    """What a document holds at a place."""
    for part in place:
        document = document[part]
    return document


def walked(value: Any, place: Place = ()) -> list[tuple[Place, Any]]:  # noqa: ANN401 - TOML values
    """Every place of a document with what it holds."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(place, value), *(one for key, held in inner for one in walked(held, (*place, key)))]


def pruned(value: Any) -> Any:  # noqa: ANN401 - TOML values
    """Without tables and lists that hold nothing: a header may go with the last thing below it."""
    if isinstance(value, dict):
        inner = {key: pruned(held) for key, held in value.items()}
        return {key: held for key, held in inner.items() if held not in ({}, [])}
    return [pruned(held) for held in value] if isinstance(value, list) else value


def changed(text: str, change: Callable[[Document], None]) -> str:
    """The text after it."""
    document = Document(text)
    change(document)
    return str(document)


def located(text: str) -> None:
    """Every value of the text is where its layout says."""
    document = read(text)
    layout = Layout(text)
    for place, span in layout.spans.items():
        assert read(f"value = {text[span.value : span.end]}")["value"] == at(document, place), place
    leaves = [place for place, value in walked(document) if not isinstance(value, (dict, list))]
    assert set(leaves) <= set(layout.spans)
    assert set(layout.starts) == {place for place, _value in walked(document)} - {()}


class Change:
    """One change of a document, made by chance: what it is, what it must lead to, and which lines it may touch."""

    def __init__(self, made: Made, text: str) -> None:
        self.chance = made.chance
        self.text = text
        self.wanted = read(text)
        self.layout = Layout(text.removeprefix("\ufeff"))
        self.touched: set[int] = set()
        self.drops_comments = False
        self.items: list[int | dict[str, Any]] = []
        said = f'{made.number} \\"’\n é'
        self.value = self.chance.choice([made.number, 2.5, said, ["a", {"b": 1}], {"a": {"b c": "d"}}])
        places = [place for place, _value in walked(self.wanted)]
        lists = [place for place in places if isinstance(at(self.wanted, place), list)]
        kinds = ["add"] * 2 + (["put", "remove"] * 2 if len(places) > 1 else []) + (["arrange"] * 2 if lists else [])
        self.kind = self.chance.choice(kinds)
        if self.kind == "arrange":
            self.place = self.chance.choice(lists)
            self._arrange(at(self.wanted, self.place))
        elif self.kind == "add":
            table = self.chance.choice([place for place in places if isinstance(at(self.wanted, place), dict)])
            self.place = (*table, *[f"new é {made.next()}", "b", "c.d"][: self.chance.choice([1, 1, 2, 3])])
            self._touch(table, within=True)
            inside = at(self.wanted, table)
            for part in self.place[len(table) : -1]:
                inside = inside.setdefault(part, {})
            inside[self.place[-1]] = self.value
        else:
            named = [place for place in places if place and (self.kind == "remove" or isinstance(place[-1], str))]
            self.place = self.chance.choice(named)
            self._touch(self.place)
            if self.kind == "put":
                at(self.wanted, self.place[:-1])[self.place[-1]] = self.value
            else:
                del at(self.wanted, self.place[:-1])[self.place[-1]]

    def _arrange(self, held: list[Any]) -> None:
        kept = self.chance.sample(range(len(held)), self.chance.randint(0, len(held)))
        self.items = list(kept)
        for number in range(self.chance.randrange(3)):
            self.items.insert(self.chance.randint(0, len(self.items)), {"new": number, "text": "x"})
        for number in set(range(len(held))) - set(kept):
            self._touch((*self.place, number))
        self._touch(self.place, within=True)
        self.drops_comments = True
        held[:] = [held[item] if isinstance(item, int) else item for item in self.items]

    def _touch(self, place: Place, *, within: bool = False) -> None:
        """The lines of what stands at a place and below; or, with `within`, of the value that the place is in."""
        text = self.text.removeprefix("\ufeff")
        self.drops_comments |= isinstance(place[-1], int) if place and not within else False
        for statement in self.layout.statements:
            below = statement.place[: len(place)] == place and not within
            if below and isinstance(statement, Header) and isinstance(statement.place[-1], int):
                self.drops_comments = True  # those of the items of a list go with them
            if below or (isinstance(statement, Span) and place[: len(statement.place)] == statement.place):
                first = text.count("\n", 0, statement.start)
                self.touched.update(range(first, text.count("\n", 0, statement.end) + 1))

    def make(self, document: Document) -> None:
        """Raises ValueError where the layout can't be followed."""
        if self.kind == "arrange":
            document.arrange(self.place, self.items)
        elif self.kind == "remove":
            document.remove(self.place)
        else:
            document.put(self.place, self.value)

    def judge(self, after: str) -> None:
        """It did what it should, and nothing else."""
        assert pruned(read(after)) == pruned(self.wanted)
        assert after.startswith("\ufeff") == self.text.startswith("\ufeff")
        lines = enumerate(self.text.removeprefix("\ufeff").split("\n"))
        left = [line.rstrip("\r") for number, line in lines if number not in self.touched and line.strip()]
        new = [line.rstrip("\r") for line in after.removeprefix("\ufeff").split("\n")]
        if self.drops_comments:
            assert not Counter(line for line in left if not line.strip().startswith("#")) - Counter(new)
            return
        rest = iter(new)
        assert [line for line in left if line not in rest] == []  # in their order
        assert [c for c in re.findall(r"# c\d+;", self.text) if after.count(c) != 1] == []


def _other(text: str) -> str:
    return text.replace("é", "\"e'").replace("k", "K=[")


def all_sound(seed: int) -> bool:
    """Three changes of a made-up document, one after the other. Whether its layout could be followed."""
    made = Made(seed)
    text = made.text
    located(text.removeprefix("\ufeff"))
    document = Document(text)
    assert str(document) == text == map_texts(text, str, ())
    assert read(map_texts(text, _other, ())) == map_values(read(text), _other, ())
    for _ in range(3):
        change = Change(made, text)
        try:
            change.make(document)
        except ValueError:
            assert made.torn
            return False
        text = str(document)
        change.judge(text)
    return True
