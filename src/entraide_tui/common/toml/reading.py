"""TOML from anywhere, read with bounds; what is wrong in it is told in words, with its line and column."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from entraide_tui.common.errors import Finding, InvalidFileError
from entraide_tui.common.files import decode, read_bounded
from entraide_tui.common.i18n import _, mark
from entraide_tui.common.text import visible
from entraide_tui.common.toml.positions import Position, position_at, position_of, positions
from entraide_tui.common.toml.tokens import tokens

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.common.toml.layout import Place

DEEPEST = 32
LONGEST_KEY = 16
LARGEST_NUMBER = 2**63 - 1
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_LONG_NUMBER = re.compile(r"[0-9_]{4000,}")
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


def _prescan(text: str, path: Path) -> None:
    """Refuses what makes `tomllib` slow or deep: a key of very many parts, very deep nesting."""
    if _plain(text):
        return
    depth = dots = 0
    for token in tokens(text):
        if token.word in ("[", "{"):
            depth += 1
        elif token.word in ("]", "}"):
            depth -= 1
        elif token.word == ".":
            dots += 1
        elif token.word in ("=", ",", "\n"):
            dots = 0
        if depth > DEEPEST:
            raise _too(_("it is nested too deeply from here on."), position_at(text, token.start), path)
        if dots > LONGEST_KEY:
            raise _too(_("this key has too many parts."), position_at(text, token.start), path)


def _too(what: str, where: Position, path: Path) -> InvalidFileError:
    found = Finding(what, where.line, column=where.column)
    return InvalidFileError(_("it could not be read."), file=path, findings=(found,))


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
    """The document. Raises InvalidFileError, with line and column, for anything that is not TOML."""
    text = decode(data, path).replace("\r\n", "\n")
    _prescan(text, path)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        number = None if isinstance(error, tomllib.TOMLDecodeError) else _LONG_NUMBER.search(text)
        if number:  # Python's own limit, told without a line
            raise _too(_("this number is too large."), position_at(text, number.start()), path) from None
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        column = int(place[2]) if place and place[2] else 1
        what = _("this is not TOML here ({said}). Is a quote or a bracket missing?").format(
            said=_in_words(visible(_PLACE.sub("", said).strip()))
        )
        raise InvalidFileError(
            _("it could not be read."), file=path, findings=(Finding(what, line, column=column),)
        ) from None
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
    left: list[tuple[Place, Any]] = [((), document)]
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
    """Reads and parses a file of at most `most` bytes. Raises FileError, InvalidFileError."""
    return parse(read_bounded(path, most), path)
