"""Cleaning, folding and comparing text. All text that comes in passes through `clean`.

After `clean`, no character can control a terminal, change the writing direction or be invisible: such
characters become visible signs; those that only say where a word may be broken are dropped.
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
_MEANINGLESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Where a word may be broken, or not: web pages and word processors are full of them, and nobody sees them."""
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "’": "'"}
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
)
"""What `fold` writes in other letters, or not at all."""
LONGEST = 100_000
"""The longest text that one field takes, in characters."""
LONGEST_NAME = 100
"""The longest name that `nearest` guesses at, in characters."""


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
    """Normalise a text (NFC), turn unsafe characters into visible signs, cut it to `LONGEST`.

    Signs that only say where a word may be broken are dropped.

    Args:
        lines: whether to keep line ends (as `\\n`); else each becomes a space. Tabs always do.
    """
    if text.isascii() and text.isprintable():
        return text[:LONGEST]
    text = _MEANINGLESS.sub("", _LINE_ENDS.sub("\n", text))
    if lines:
        text = "\n".join(_UNSAFE.sub(_sign, part.replace("\t", " ")) for part in text.split("\n"))
    else:
        text = _UNSAFE.sub(_sign, text.replace("\t", " ").replace("\n", " "))
    return unicodedata.normalize("NFC", text)[:LONGEST]


def visible(text: str) -> str:
    """Turn unsafe characters of a file name or a message into visible signs, but keep line ends."""
    return "\n".join(_UNSAFE.sub(_sign, part) for part in text.split("\n"))


def escaped(text: str) -> str:
    """The same JSON, safe on any terminal: what `clean` would turn into a sign is written as `\\uXXXX`."""

    def code(match: re.Match[str]) -> str:
        units = match[0].encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))

    return "\n".join(_UNSAFE.sub(code, part) for part in text.split("\n"))


def unsafe(text: str, *, lines: bool = True) -> str | None:
    """The sign for the first character that `clean` would replace, if any."""
    for part in text.split("\n") if lines else [text]:
        if found := _UNSAFE.search(part.replace("\t", " ")):
            return _sign(found)
    return None


def fold(text: str) -> str:
    """The text without case, accents and ligatures, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def slug(text: str, *, most: int = 40) -> str:
    """An id (`a-z0-9-`) from a title, of whole words where they fit in `most` characters; may be empty."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    out = ""
    for word in words:
        longer = f"{out}-{word}" if out else word
        if len(longer) > most:
            break
        out = longer
    return out or "".join(words)[:most]


def nearest(word: str, names: list[str]) -> str | None:
    """The name that is most like `word`, if one is near enough."""
    import difflib

    if len(word) > LONGEST_NAME:  # not a typing error, and slow to compare
        return None
    folded = {fold(name): name for name in reversed(names) if len(name) <= LONGEST_NAME}
    found = difflib.get_close_matches(fold(word), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None
