"""Find names in a text, whatever their accents, case and hyphens, with exact positions.

The same search serves redaction, the leak check of finished files and forgetting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common.text import fold
from entraide_tui.privacy.name_lists import COMMON, NOBODY, PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SAME = str.maketrans(
    dict.fromkeys("‘’ʼʹ`´′＇ˈ", "'")
    | dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | {"ı": "i", "đ": "d", "Đ": "d", "ð": "d", "ħ": "h"}
)
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Characters that Unicode calls letters or marks, but that are invisible."""
_LOOKALIKES = dict(
    zip(
        "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ",
        "ABEKMHOPCTYXIJSaeopcyxijsdhlABEZHIKMNOPTYXoaabcdeghijklmnoprtuvwyz",
        strict=True,
    )
)
"""Cyrillic and Greek letters that look Latin, and small capitals."""
# the placeholders that `clean` shows for invisible characters
_SIGNS = r"⟨[0-9A-Fa-f]{4,6}⟩|[\u2400-\u2421]"
_HIDDEN = re.compile(_SIGNS)
_UNSEEN = re.compile(
    _SIGNS + "|[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)  # fmt: skip
_HYPHENATED = re.compile(_SIGNS + r"|[-‐\u00ad]\s*\n\s*")
_BROKEN = re.compile(_SIGNS + r"|[-‐\u00ad]?\s*\n\s*")
_UNITS = re.compile(r"[^\W_]+")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_ELIDED = re.compile(r"^[dl]['’]", re.IGNORECASE)


@lru_cache(maxsize=8192)
def _letter(char: str) -> str:
    """The character folded; empty if it is invisible."""
    if unicodedata.category(char) == "Cf" or char in _FILLERS:
        return ""
    char = _LOOKALIKES.get(char, char)
    return fold(fold(char.translate(_SAME)).translate(_SAME))


class Folded(NamedTuple):
    """A text folded for comparison; `at` gives the original index of each of its characters."""

    text: str
    at: Sequence[int]


_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def bare(text: str, gaps: re.Pattern[str] = _HIDDEN) -> str:
    """Fold a text for comparison: no case, accents, ligatures or invisible characters; plain quotes and hyphens.

    Args:
        gaps: matches what is left out.
    """
    if not text.isascii() or gaps is not _HIDDEN:
        text = _FOREIGN.sub(lambda match: "".join(map(_letter, match[0])), gaps.sub("", text))
    return text.lower().replace("`", "'")


def folded(text: str, gaps: re.Pattern[str] = _HIDDEN) -> Folded:
    """Fold a text as `bare` does, with the original index of each character."""
    if text.isascii() and gaps is _HIDDEN:
        return Folded(bare(text), range(len(text)))
    out: list[str] = []
    at: list[int] = []
    start = 0
    for end, after in [*((gap.start(), gap.end()) for gap in gaps.finditer(text)), (len(text), len(text))]:
        for index in range(start, end):
            letters = _letter(text[index])
            out.append(letters)
            at += [index] * len(letters)
        start = after
    return Folded("".join(out), at)


def key(name: str) -> str:
    """The form by which names are compared: equal keys, same name."""
    return " ".join(_UNITS.findall(bare(name))) or name.strip()


def units(name: str) -> list[str]:
    """The folded words of a name."""
    return _UNITS.findall(bare(name))


def is_common(word: str) -> bool:
    """Whether a one-word name is also an everyday word, or too short to tell from one."""
    parts = units(word)
    return len(parts) == 1 and (len(parts[0]) <= 2 or parts[0] in COMMON) and not _without_case(parts[0][0])


def searchable(name: str) -> bool:
    """Whether a name can be searched for: a single letter, mark or number would match everywhere."""
    parts = units(name)
    if not parts:
        return any(unicodedata.category(c) == "So" for c in bare(name))
    letters = [c for part in parts for c in part if c.isalpha()]
    return len(letters) > 1 or any(map(_without_case, letters)) or (bool(letters) and sum(map(len, parts)) > 1)


def forms(name: str) -> tuple[str, ...]:
    """The searchable forms of a name: the whole, and each part that identifies the person."""
    out = [name]
    words = name.split()
    for word in words if len(words) > 1 else ():
        part = _ELIDED.sub("", word.strip('()[]«»“”".,;:!?…'))
        plain = bare(part)
        if part and not _INITIAL.fullmatch(part) and plain not in PARTICLES | NOBODY and not plain.isdigit():
            out.append(part)
    return tuple(dict.fromkeys(form for form in out if searchable(form)))


def _without_case(char: str) -> bool:
    """Whether a letter has no case: such scripts write words without spaces, or attach small words to them."""
    return unicodedata.category(char) == "Lo"


class FoundName(NamedTuple):
    """A name in a text.

    Attributes:
        start, end: its span in the original text.
        name: the searched name that matched.
        sure: False for an everyday word in lower case.
    """

    start: int
    end: int
    name: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Finder:
    """Searches for many names at once; of overlapping ones, the longest wins."""

    names: tuple[str, ...]
    pattern: re.Pattern[str] | None
    common: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Finder:
        """Build a finder for these names, leaving out those that are not `searchable`."""
        by_key = {key(name): name for name in names if searchable(name)}
        ordered = sorted(by_key.values(), key=lambda name: (-sum(map(len, units(name))), -len(name), name))
        pattern = re.compile("|".join(f"({_pattern(name)})" for name in ordered)) if ordered else None
        return cls(tuple(ordered), pattern, frozenset(name for name in ordered if is_common(name)))

    def find(self, text: str) -> list[FoundName]:
        """All names in the text, in order, without overlaps. Invisible characters may lie within or between names."""
        found = list(self._found(text, _HIDDEN))
        if _UNSEEN.search(text):
            found += self._found(_UNSEEN.sub(lambda match: " " * len(match[0]), text), _HIDDEN)
            found.sort(key=lambda name: (name.start, -name.end))
            apart: list[FoundName] = []
            for name in found:
                if not apart or name.start >= apart[-1].end:
                    apart.append(name)
            return apart
        return found

    def find_broken(self, text: str, *, anywhere: bool) -> list[FoundName]:
        """Names broken across a line end: after a hyphen only, or `anywhere`."""
        return [f for f in self._found(text, _BROKEN if anywhere else _HYPHENATED) if "\n" in text[f.start : f.end]]

    def _found(self, text: str, gaps: re.Pattern[str]) -> Iterator[FoundName]:
        if self.pattern is None or not self.pattern.search(bare(text, gaps)):
            return  # positions are costly: computed only if something matches
        plain, at = folded(text, gaps)
        for match in self.pattern.finditer(plain):
            name = self.names[(match.lastindex or 1) - 1]
            start, end = at[match.start()], at[match.end() - 1] + 1
            while end < len(text) and _letter(text[end]) == "" and not text[end].isspace():
                end += 1
            yield FoundName(start, end, name, name not in self.common or text[start].isupper())


def _pattern(name: str) -> str:
    """Match a name as whole words, with any separators between them."""
    parts = units(name)
    if not parts:
        return _spelled(bare(name).strip())
    least = "0" if sum(map(len, parts)) >= 7 else "1"
    inside = re.escape(parts[0])
    for own, part in zip(_between(name), parts[1:], strict=True):
        inside += rf"(?:{_APART}{{{least},4}}|{own}){re.escape(part)}"
    return _edge(parts[0][0], "<!") + inside + _edge(parts[-1][-1], "!")


_APART = r"(?:[^\w,;:!?…]|_)"
"""One separator between the words of a name: any sign that does not end a clause."""


def _between(name: str) -> list[str]:
    """The name's own separators, as patterns that allow for Markdown escapes."""
    signs = _UNITS.split(bare(name))[1:-1]
    return [_spelled(own) for own in signs]


def _spelled(signs: str) -> str:
    return "".join(rf"\\?{re.escape(sign)}" for sign in signs)


def _edge(char: str, look: str) -> str:
    """Forbid a letter beside a letter, a digit beside a digit: “Awa2” is Awa, “Room 12” is not “Room 1”."""
    if _without_case(char):
        return ""
    return rf"(?{look}\d)" if char.isdigit() else rf"(?{look}[^\W\d_])"
