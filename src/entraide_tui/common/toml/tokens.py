"""The one scanner of TOML: the words, texts, comments, marks and line ends of a document."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "\ufeff"
"""What Windows may begin a file with. `tomllib` does not read it; decoded with "utf-8-sig", a text is without it."""
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
    """Attributes:
    kind: "word", "text" (with its quotes), "comment", "mark" or "line".
    start: its offset.
    """

    kind: str
    word: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a document, up to a text that is not closed. Linear.

    Whatever TOML allows is read as TOML means it; what it forbids may be read in any way, `tomllib` stops there.
    """
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "end":
            return
        yield Token(kind, found[kind], found.start(kind))


def comments(text: str) -> list[str]:
    """The comments of a document or of a value."""
    return [token.word.rstrip("\r") for token in tokens(text) if token.kind == "comment"] if "#" in text else []


def key_name(word: str) -> str:
    """A part of a key without its quotes."""
    if word[:1] == '"' and "\\" in word:
        try:
            return str(tomllib.loads(f"key = {word}")["key"])
        except ValueError:
            return word
    return word[1:-1] if word[:1] in ('"', "'") else word
