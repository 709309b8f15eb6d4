"""Parse untrusted TOML with limits; errors are sentences with line and column."""

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
_POSITION = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_LONG_NUMBER = re.compile(r"[0-9_]{4000,}")
_STATEMENT = re.compile(r"\n(?=[A-Za-z0-9_-]+[ \t]*=)")
_TEXTS = re.compile(r'"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'")
_COMMENT = re.compile(r"#[^\n]*")
_BRACKET = re.compile(r"[\[\]{}]")


def _surely_within_limits(text: str) -> bool:
    """Whether a fast check by patterns shows that no nesting is too deep and no key too long.

    At a line that begins with a bare key and “=”, either all brackets are closed or `tomllib` stops: few brackets and
    dots between two such lines are enough to know. Multi-line texts could look like such lines: then it is False.
    """
    if '"""' in text or "'''" in text:
        return False
    return all(
        (part.count("[") + part.count("{") <= DEEPEST and part.count(".") <= LONGEST_KEY) or _flat(part)
        for part in _STATEMENT.split(text)
    )


def _flat(part: str) -> bool:
    """The same check for one part of the document, without its texts and comments."""
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
    """Refuse what makes `tomllib` slow or recurse: keys of many parts, deep nesting. Raises InvalidFileError."""
    if _surely_within_limits(text):
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
            raise _refused(_("it is nested too deeply from here on."), position_at(text, token.start), path)
        if dots > LONGEST_KEY:
            raise _refused(_("this key has too many parts."), position_at(text, token.start), path)


def _refused(what: str, where: Position, path: Path) -> InvalidFileError:
    finding = Finding(what, where.line, column=where.column)
    return InvalidFileError(_("it could not be read."), file=path, findings=(finding,))


_PARSER_MESSAGES = (
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
"""Our sentences for messages of `tomllib`, by how they begin; any other is shown as it is."""


def _translated(message: str) -> str:
    return next((_(sentence) for start, sentence in _PARSER_MESSAGES if message.startswith(start)), message)


def parse(data: bytes, path: Path) -> dict[str, Any]:
    """Parse a document. Raises InvalidFileError, with line and column, if it is not TOML or exceeds the limits."""
    text = decode(data, path).replace("\r\n", "\n")
    _prescan(text, path)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        number = None if isinstance(error, tomllib.TOMLDecodeError) else _LONG_NUMBER.search(text)
        if number:  # Python's own limit; its error has no line
            raise _refused(_("this number is too large."), position_at(text, number.start()), path) from None
        message = str(error)
        where = _POSITION.search(message)
        line = int(where[1]) if where and where[1] else text.count("\n") + 1
        column = int(where[2]) if where and where[2] else 1
        what = _("this is not TOML here ({said}). Is a quote or a bracket missing?").format(
            said=_translated(visible(_POSITION.sub("", message).strip()))
        )
        raise InvalidFileError(
            _("it could not be read."), file=path, findings=(Finding(what, line, column=column),)
        ) from None
    if not _within_limits(document, DEEPEST):
        _postscan(document, text, path)
    return document


def _within_limits(value: dict[str, Any] | list[Any], room: int) -> bool:
    """Whether nothing is nested deeper than `room` levels, and no number is beyond 64 bits."""
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, str):
            continue
        if isinstance(part, (dict, list)):
            if not room or not _within_limits(part, room - 1):
                return False
        elif isinstance(part, int) and abs(part) > LARGEST_NUMBER:
            return False
    return True


def _postscan(document: dict[str, Any], text: str, path: Path) -> None:
    """Raise InvalidFileError at the first table that is nested too deeply, or the first number beyond 64 bits."""
    left: list[tuple[Place, Any]] = [((), document)]
    while left:
        place, value = left.pop()
        if isinstance(value, (dict, list)):
            if len(place) > DEEPEST:
                raise _refused(_("it is nested too deeply from here on."), position_of(place, positions(text)), path)
            inner = value.items() if isinstance(value, dict) else enumerate(value)
            left += [((*place, key), part) for key, part in inner]
        elif isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise _refused(_("this number is too large."), position_of(place, positions(text)), path)


def read(path: Path, most: int) -> dict[str, Any]:
    """Read and parse a file of at most `most` bytes. Raises FileError, InvalidFileError."""
    return parse(read_bounded(path, most), path)
