"""The one gate through which all text comes in.

Whatever people type, paste or put in a file is text. After `clean`, no character of it can be an order to
a terminal, turn the reading direction round, or hide: such characters become visible signs.
"""

from __future__ import annotations

import re
import unicodedata

# Controls, bidirectional controls, invisible characters, tags and lone surrogates. U+200C and U+200D stay:
# emoji and several scripts are written with them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "’": "'"}
)
LONGEST = 100_000
"""The longest text that one field takes, in characters."""
LONGEST_NAME = 100
"""The longest name that is worth a guess."""


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"⟨{code:04X}⟩"


def clean(text: str, *, lines: bool = False) -> str:
    """The text as the program keeps it: composed (NFC), unsafe characters turned into visible signs.

    Args:
        text: whatever came in.
        lines: whether line ends are kept (as `\\n`); else each becomes a space, as tabs do in both cases.
    """
    if text.isascii() and text.isprintable():
        return text[:LONGEST]
    text = _LINE_ENDS.sub("\n", text)
    if lines:
        text = "\n".join(_UNSAFE.sub(_sign, part.replace("\t", " ")) for part in text.split("\n"))
    else:
        text = _UNSAFE.sub(_sign, text.replace("\t", " ").replace("\n", " "))
    return unicodedata.normalize("NFC", text)[:LONGEST]


def visible(text: str) -> str:
    """For what was not typed by people but may hold anything (file names, messages): safe on any terminal."""
    return "\n".join(_UNSAFE.sub(_sign, part) for part in text.split("\n"))


def unsafe(text: str, *, lines: bool = True) -> str | None:
    """The first character that `clean` would turn into a sign, as that sign, if any."""
    for part in text.split("\n") if lines else [text]:
        if found := _UNSAFE.search(part.replace("\t", " ")):
            return _sign(found)
    return None


def fold(text: str) -> str:
    """For comparing: without case, accents or ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def slug(text: str, *, most: int = 40) -> str:
    """`a-z0-9-` from a title; whole words where they fit; may be empty."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    out = ""
    for word in words:
        longer = f"{out}-{word}" if out else word
        if len(longer) > most:
            break
        out = longer
    return out or "".join(words)[:most]


def nearest(word: str, names: list[str]) -> str | None:
    """The name that was probably meant, if one is near enough."""
    import difflib

    if len(word) > LONGEST_NAME:  # nobody's slip of the hand, and slow to compare
        return None
    folded = {fold(name): name for name in reversed(names) if len(name) <= LONGEST_NAME}
    found = difflib.get_close_matches(fold(word), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None
