"""Split a TOML document into tokens: bare words, texts, comments, punctuation and line ends."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "\ufeff"
"""The byte order mark that editors on Windows add; `tomllib` refuses it, and decoding "utf-8-sig" removes it."""
_TOKEN = re.compile(
    r'''
    [ \t\r]* (?:
      (?P<line>    \n )
    | (?P<word>    [^ \t\r\n"'\#\[\]{}=,.]+ )
    | (?P<mark>    [\[\]{}=,.] )
    | (?P<text>    """ (?:[^\\]|\\.)*? "{3,5} | \'\'\' .*? \'{3,5}
                 | " (?!"") (?:[^"\\\n]|\\[^\n])* " | ' (?!\'\') [^'\n]* ' )
    | (?P<comment> \#[^\n]* )
    | (?P<end>     ["'] | \Z )
    )
    ''',
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A token and its offset.

    Attributes:
        kind: "word", "text" (with its quotes), "comment", "mark" (punctuation) or "line" (end).
        word: the token itself.
    """

    kind: str
    word: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a document, up to an unclosed text. Takes linear time.

    Correct for valid TOML only; check the rest with `tomllib`.
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "end":
            return
        yield Token(kind, match[kind], match.start(kind))


def comments(text: str) -> list[str]:
    """The comments in a document or a value."""
    return [token.word.rstrip("\r") for token in tokens(text) if token.kind == "comment"] if "#" in text else []


def key_name(word: str) -> str:
    """A part of a key without its quotes."""
    if word[:1] == '"' and "\\" in word:
        try:
            return str(tomllib.loads(f"key = {word}")["key"])
        except ValueError:
            return word
    return word[1:-1] if word[:1] in ('"', "'") else word
