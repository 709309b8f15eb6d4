"""TOML from anywhere: read with bounds, and with the line and the column of each key and each item."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from entraide_tui.common.errors import Finding, UserError
from entraide_tui.common.files import decode, read_bounded
from entraide_tui.common.i18n import _, mark
from entraide_tui.common.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEEPEST = 32
LONGEST_KEY = 16
LARGEST_NUMBER = 2**63 - 1
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_LONG_NUMBER = re.compile(r"[0-9_]{4000,}")
_TOKEN = re.compile(
    r'''
      (?P<nothing> [ \t\r]+ | \#[^\n]* )
    | (?P<line>    \n )
    | (?P<text>    """ (?:[^\\]|\\.)*? "{3,5} | \'\'\' .*? \'{3,5}
                 | " (?!"") (?:[^"\\\n]|\\[^\n])* " | ' (?!\'\') [^'\n]* ' )
    | (?P<broken>  ["'] )
    | (?P<mark>    [\[\]{}=,.] )
    | (?P<word>    [^ \t\r\n"'\#\[\]{}=,.]+ )
    ''',
    re.VERBOSE | re.DOTALL,
)
Path_ = tuple[str | int, ...]


_STATEMENT = re.compile(r"\n(?=[A-Za-z0-9_-]+[ \t]*=)")
_TEXTS = re.compile(r'"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'")
_COMMENT = re.compile(r"#[^\n]*")
_BRACKET = re.compile(r"[\[\]{}]")


def _plain(text: str) -> bool:
    """Whether nothing can be deep or long, told in a small part of the time that reading it token by token takes.

    Where a line begins with a bare key and “=”, all brackets are closed, or `tomllib` stops there: few brackets and
    dots between two such lines need no other look. Texts over several lines could hide something from so quick a look:
    such a document is read with care.
    """
    if '"""' in text or "'''" in text:
        return False
    return all(
        (part.count("[") + part.count("{") <= DEEPEST and part.count(".") <= LONGEST_KEY) or _flat(part)
        for part in _STATEMENT.split(text)
    )


def _flat(part: str) -> bool:
    """The same, with the texts and the comments left out."""
    bare = _COMMENT.sub("", _TEXTS.sub("", part))
    if '"' in bare or "'" in bare or any(line.count(".") > LONGEST_KEY for line in bare.split("\n")):
        return False
    depth = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            return False
    return True


class Position(NamedTuple):
    """Where something begins, line and column counted from 1; both 0 where nothing is known of it."""

    line: int
    column: int


class _Token(NamedTuple):
    kind: str
    word: str
    line: int
    column: int

    @property
    def position(self) -> Position:
        return Position(self.line, self.column)


def _tokens(text: str) -> Iterator[_Token]:
    """The words, texts, marks and line ends of a document, up to a text that is not closed. Linear.

    Whatever TOML allows is read as TOML means it; what it forbids may be read in any way, `tomllib` stops there.
    """
    at, line, begin = 0, 1, 0
    while found := _TOKEN.match(text, at):
        kind = str(found.lastgroup)
        if kind == "broken":
            return
        if kind != "nothing":
            yield _Token(kind, found[0], line, at - begin + 1)
        if kind in ("line", "text") and (ends := found[0].count("\n")):
            line += ends
            begin = at + found[0].rindex("\n") + 1
        at = found.end()


def _prescan(text: str, path: Path) -> None:
    """Refuses what makes `tomllib` slow or deep: a key of very many parts, very deep nesting."""
    if _plain(text):
        return
    depth = dots = 0
    for token in _tokens(text):
        if token.word in ("[", "{"):
            depth += 1
        elif token.word in ("]", "}"):
            depth -= 1
        elif token.word == ".":
            dots += 1
        elif token.word in ("=", ",", "\n"):
            dots = 0
        if depth > DEEPEST:
            raise _too(_("it is nested too deeply from here on."), token.position, path)
        if dots > LONGEST_KEY:
            raise _too(_("this key has too many parts."), token.position, path)


def _too(what: str, where: Position, path: Path) -> UserError:
    found = Finding(what, where.line, column=where.column)
    return UserError(_("it could not be read."), file=path, findings=(found,))


_SAID = (
    ("Unterminated string", mark("a text has no closing quote")),
    ("Illegal character", mark("a text has no closing quote, or a sign in it that can't stand there")),
    ("Unclosed", mark("a bracket is not closed")),
    ("Expected ']", mark("the bracket of a heading is not closed")),
    ("Expected '='", mark("“=” is missing after a key")),
    ("Expected newline", mark("something stands after the end of the value")),
    ("Invalid initial character", mark("a key can't begin like this")),
    ("Invalid statement", mark("a line can't begin like this")),
    ("Invalid value", mark("this is no value")),
    ("Invalid date", mark("this is no date")),
    ("Duplicate", mark("the same key stands there twice")),
    ("Cannot", mark("the same key stands there twice")),
    ("Unescaped", mark("a backslash in a text must be written twice")),
)
"""What Python's parser says, as people say it; anything else stays its own."""


def _in_words(said: str) -> str:
    return next((_(words) for begins, words in _SAID if said.startswith(begins)), said)


def parse(data: bytes, path: Path) -> dict[str, Any]:
    """The document. Raises UserError, with line and column, for anything that is not TOML."""
    text = decode(data, path).replace("\r\n", "\n")
    _prescan(text, path)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        number = None if isinstance(error, tomllib.TOMLDecodeError) else _LONG_NUMBER.search(text)
        if number:  # Python's own limit, told without a line
            before = text[: number.start()]
            where = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
            raise _too(_("this number is too large."), where, path) from None
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        column = int(place[2]) if place and place[2] else 1
        what = _("this is not TOML here ({said}). Is a quote or a bracket missing?").format(
            said=_in_words(visible(_PLACE.sub("", said).strip()))
        )
        raise UserError(_("it could not be read."), file=path, findings=(Finding(what, line, column=column),)) from None
    if not _modest(document, DEEPEST):
        _postscan(document, text, path)
    return document


def _modest(value: dict[str, Any] | list[Any], room: int) -> bool:
    """Whether it is no deeper than that, and holds no endless number."""
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, str):
            continue
        if isinstance(part, (dict, list)):
            if not room or not _modest(part, room - 1):
                return False
        elif isinstance(part, int) and abs(part) > LARGEST_NUMBER:
            return False
    return True


def _postscan(document: dict[str, Any], text: str, path: Path) -> None:
    """Tells where there is what would break those who walk through it: depth made of dotted keys, endless numbers."""
    left: list[tuple[Path_, Any]] = [((), document)]
    while left:
        place, value = left.pop()
        if isinstance(value, (dict, list)):
            if len(place) > DEEPEST:
                raise _too(_("it is nested too deeply from here on."), position_of(place, positions(text)), path)
            inner = value.items() if isinstance(value, dict) else enumerate(value)
            left += [((*place, key), part) for key, part in inner]
        elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise _too(_("this number is too large."), position_of(place, positions(text)), path)


def read(path: Path, most: int) -> dict[str, Any]:
    """Reads and parses a file of at most `most` bytes. Raises UserError."""
    return parse(read_bounded(path, most), path)


def positions(text: str) -> dict[Path_, Position]:
    """Where each header, key and item of a list begins, in a text that `tomllib` reads."""
    return _Positions().of(text)


class _Positions:
    """Goes through the tokens once, knowing at each which key or item it belongs to."""

    def __init__(self) -> None:
        self.found: dict[Path_, Position] = {}
        self.counts: dict[Path_, int] = {}  # of each array of tables, its last index
        self.table: Path_ = ()  # the header in force
        self.of_tables = False  # whether that header stands between [[ ]]
        self.open: list[tuple[str, Path_]] = []  # the lists and inline tables that are open, with the place of each
        self.parts: list[tuple[str, Position]] = []  # of the key or header that is being read
        self.value: Path_ = ()  # the place of the value that is being read

    def of(self, text: str) -> dict[Path_, Position]:
        """See `positions`."""
        read = self._key
        for token in _tokens(text):
            read = {"key": self._key, "header": self._header, "value": self._value}[read(token)]
        return self.found

    def _note(self, place: Path_, position: Position) -> None:
        """Where a place, or something in it, stands first is its own."""
        self.found.setdefault(place, position)

    def _key(self, token: _Token) -> str:
        if token.kind in ("word", "text"):
            self.parts.append((_name(token.word), token.position))
        elif token.word == "=":
            self.value = self.open[-1][1] if self.open else self.table
            for part, position in self.parts:
                self.value = (*self.value, part)
                self._note(self.value, position)
            self.parts = []
            return "value"
        elif token.word == "[" and not self.parts:
            self.of_tables = False
            return "header"
        elif token.word == "}":
            return self._close()
        return "key"

    def _header(self, token: _Token) -> str:
        if token.word == "[":
            self.of_tables = True
        elif token.kind in ("word", "text"):
            self.parts.append((_name(token.word), token.position))
        elif token.word == "]" and self.parts:
            self._start_table()
        return "key" if token.kind == "line" else "header"

    def _start_table(self) -> None:
        self.table = ()
        for part, position in self.parts:
            if self.table in self.counts:  # `steps.card` means the card of the last of `[[steps]]`
                self.table = (*self.table, self.counts[self.table])
            self.table = (*self.table, part)
            self._note(self.table, position)
        if self.of_tables:
            self.counts[self.table] = self.counts.get(self.table, -1) + 1
            self.table = (*self.table, self.counts[self.table])
            self._note(self.table, self.parts[-1][1])
        self.parts = []

    def _value(self, token: _Token) -> str:
        if token.word == "[":
            self._note(self.value, token.position)
            self.open.append(("[", self.value))
            self.value = (*self.value, 0)
        elif token.word == "{":
            self._note(self.value, token.position)
            self.open.append(("{", self.value))
            return "key"
        elif token.word in ("]", "}"):
            return self._close()
        elif token.word == "," and self.open:
            if self.open[-1][0] == "{":
                return "key"
            last = self.value[-1]
            self.value = (*self.value[:-1], last + 1 if isinstance(last, int) else 0)
        elif token.kind == "line":
            return "value" if self.open else "key"
        elif token.kind in ("word", "text"):
            self._note(self.value, token.position)
        return "value"

    def _close(self) -> str:
        if self.open:
            self.value = self.open.pop()[1]
        return "value"


def _name(key: str) -> str:
    """The key without its quotes."""
    if key[:1] == '"' and "\\" in key:
        try:
            return str(tomllib.loads(f"key = {key}")["key"])
        except ValueError:
            return key
    return key[1:-1] if key[:1] in ('"', "'") else key


def position_of(place: Path_, known: dict[Path_, Position]) -> Position:
    """Where a place begins, or the nearest thing around it; zeros where there is none."""
    while place:
        if place in known:
            return known[place]
        place = place[:-1]
    return Position(0, 0)


def line_of(place: Path_, known: dict[Path_, Position]) -> int:
    """The line of it."""
    return position_of(place, known).line


def spell(place: Path_) -> str:
    """`("steps", 3, "minutes")` as `steps[4].minutes`: people count from 1."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out
