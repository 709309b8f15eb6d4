"""Who and what a record names, and what stands in their place when it leaves: the same by the same everywhere.

The lists and the grammar are of the record's own language. It is called pseudonymised, not anonymous: people who
were there may still recognise one another.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entraide_tui.archive import record_schema
from entraide_tui.archive.field_spec import NameKind
from entraide_tui.common.text import fold
from entraide_tui.privacy.contact_details import find_contacts
from entraide_tui.privacy.french_articles import led
from entraide_tui.privacy.name_lists import FIRST_NAMES, NOBODY, NOUNS, REACH
from entraide_tui.privacy.names import Finder, forms, key, searchable, units

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping

    from entraide_tui.archive.model import Record

Kind = NameKind
_NOUNS: tuple[Kind, ...] = ("group", "organisation", "place")


def lists_of(language: str) -> str:
    """`fr` or `en`: which of the lists serves a record."""
    return language if language in FIRST_NAMES else "en"


def someone(language: str) -> str:
    """What stands for a person who is forgotten."""
    return NOUNS[lists_of(language)]["person"][0]


# -- who is named


@dataclass(frozen=True, slots=True)
class KnownName:
    """Somebody or something that must not be recognised.

    Attributes:
        forms: all that is looked for in texts, the name itself included.
        shared: a part of a name that several people bear.
    """

    name: str
    kind: Kind = "person"
    forms: tuple[str, ...] = ()
    shared: bool = False


_AND = re.compile(r"\s*[,;/+&]\s*|\s+(?:et|and|avec|with|puis|then|ou|or)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:les?|la|une?|des|the|an?)\s+|l['’])", re.IGNORECASE)


def named_in(text: str) -> list[str]:
    """The people whom a field such as `who` names: “Awa et Jean” are two; “everybody” is nobody."""
    out = []
    for part in _AND.split(text):
        name = part.strip()
        if (
            (units(name) or searchable(name))
            and fold(name) not in NOBODY
            and not (_ARTICLE.match(name) and name == name.lower())
        ):
            out.append(name)
    return out


def seats(record: Record) -> list[str]:
    """Who was there, and who was expected."""
    return [name for name in record_schema.names(record, "person", ["people"]) if name.strip()]


def declared(record: Record) -> list[str]:
    """Every name of somebody in a field of the record that bears one, as it stands there, each once."""
    return [name for name in dict.fromkeys(record_schema.names(record, "person")) if name.strip()]


def people(names: Iterable[str], together: Iterable[Iterable[str]] = ()) -> tuple[KnownName, ...]:
    """One for each person: “Awa” and “Awa Diallo” are the same, as long as there is one Awa.

    A part that several people bear stands for none of them: it is known on its own.

    Args:
        names: as they stand in the fields.
        together: names that stand side by side in one list, and so are not the same person.
    """
    by_key = {key(one): one for name in names for one in named_in(name)}
    apart = [{key(name) for name in group} for group in together]
    owners: dict[str, list[str]] = {}
    for own, name in by_key.items():
        for form in forms(name):
            if key(form) != own:
                owners.setdefault(key(form), []).append(own)
    same = {
        own: longer[0]
        for own, longer in owners.items()
        if own in by_key and len(longer) == 1 and not any({own, longer[0]} <= group for group in apart)
    }
    out: list[KnownName] = []
    shared: dict[str, str] = {}
    for own, name in by_key.items():
        if own in same:
            continue
        kept = [name]
        for form in forms(name):
            part = key(form)
            if part == own or (len(owners[part]) == 1 and (part not in by_key or part in same)):
                kept.append(form)
            elif part not in by_key:
                shared.setdefault(part, form)
        out.append(KnownName(name, "person", tuple(dict.fromkeys(kept)), shared=len(owners.get(own, ())) > 1))
    out += [KnownName(form, "person", (form,), shared=True) for form in shared.values()]
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Marked:
    """A word that the person who shares has marked.

    Attributes:
        of: for another name of a person (a diminutive): whose it is; empty: somebody's of whom nothing else is known.
        whose: it was another name of somebody, and whose was not kept.
    """

    word: str
    kind: Kind = "place"
    of: str = ""
    whose: bool = False


def known(
    records: Iterable[Record], members: Iterable[str] = (), marked: Iterable[Marked] = (), group: str = ""
) -> tuple[KnownName, ...]:
    """All that must not be recognised in what leaves of these records."""
    every = list(records)
    together = [seats(record) for record in every]
    out = list(people([name for record in every for name in declared(record)] + list(members), together))
    for kind in _NOUNS:
        borne = [name for record in every for name in record_schema.names(record, kind)]
        for name in dict.fromkeys([group, *borne] if kind == "group" else borne):
            if searchable(name):
                out.append(KnownName(name, kind, (name,)))
    return with_marked(tuple(out), marked)


def with_marked(before: tuple[KnownName, ...], marked: Iterable[Marked]) -> tuple[KnownName, ...]:
    """The same, and the words that were marked."""
    out = list(before)
    for mark in marked:
        own = key(mark.word)
        bearer = next((i for i, one in enumerate(out) if mark.of and key(one.name) == key(mark.of)), None)
        if mark.kind == "person" and bearer is not None:
            out[bearer] = replace(out[bearer], forms=(*out[bearer].forms, mark.word))
        elif all(own != key(form) for one in out for form in (one.name, *one.forms)):
            bare = _ARTICLE.sub("", mark.word, count=1) if mark.kind != "person" else ""
            spelled = forms(mark.word) if mark.kind == "person" else (mark.word, bare) if bare else (mark.word,)
            out.append(KnownName(mark.word, mark.kind, spelled))
    return tuple(out)


def without(before: tuple[KnownName, ...], words: Iterable[str]) -> tuple[KnownName, ...]:
    """The same, but for words that were said to be no names."""
    keys = {key(word) for word in words}
    kept = (replace(one, forms=tuple(form for form in one.forms if key(form) not in keys)) for one in before)
    return tuple(one for one in kept if key(one.name) not in keys)


# -- what stands in their place


def draw(every: Iterable[KnownName], language: str, rng: random.Random, texts: Iterable[str] = ()) -> dict[str, str]:
    """What stands for each, by its name: drawn, so that nothing of the name can be told from it.

    Never a word of the names themselves, nor of `texts`. Those that come first get the same whatever comes after.
    """
    every = list(every)
    own = {unit for one in every for form in (one.name, *one.forms) for unit in units(form)}
    lists = lists_of(language)
    here = own | {unit for text in texts for unit in units(text)}
    free = [name for name in FIRST_NAMES[lists] if not here & set(units(name))]
    free += [name for name in FIRST_NAMES[lists] if name not in free and not own & set(units(name))]
    rng.shuffle(free)
    names = _endless(free, own)
    counts: Counter[str] = Counter()
    out: dict[str, str] = {}
    for one in every:
        if one.kind == "person":
            out[one.name] = next(names)
        else:
            counts[one.kind] += 1
            n = counts[one.kind]
            out[one.name] = NOUNS[lists][one.kind][min(n, 3) - 1].format(n=n)
    return out


def _endless(free: list[str], own: set[str]) -> Iterator[str]:
    yield from free
    base = free or [next(letter for letter in ("X", "Y", "Z", "Xyz", "Zyx", "Yxz") if letter.lower() not in own)]
    n = 2
    while True:
        yield from (f"{name} {n}" for name in base)
        n += 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that leaves; `was`: what stood there before, where it was changed."""

    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What is replaced, and by what. Made for one sharing, and forgotten after it."""

    language: str
    finder: Finder
    by: Mapping[str, str]
    """What stands for a form, by the form's key."""
    nouns: frozenset[str] = field(default_factory=frozenset)
    """Of those, what is a noun with its article, not a name."""
    ways: bool = True
    """Whether addresses, links and numbers are replaced too."""

    @classmethod
    def of(cls, every: Iterable[KnownName], drawn: Mapping[str, str], language: str) -> Table:
        """For all that is known."""
        by: dict[str, str] = {}
        found: list[str] = []
        for one in every:
            for form in one.forms:
                by.setdefault(key(form), drawn[one.name])
                found.append(form)
            by.setdefault(key(one.name), drawn[one.name])
        nouns = frozenset(drawn[one.name] for one in every if one.kind != "person")
        return cls(lists_of(language), Finder.of(found), by, nouns)

    def name(self, name: str) -> str:
        """What stands for somebody in a field of their own."""
        return self.by[key(name)] if key(name) in self.by else as_text(self.pieces(name))

    def doubts(self, text: str) -> list[str]:
        """Everyday words that may be names: left as they stand, for a person to look at."""
        return [text[f.start : f.end] for f in self.finder.find(text) if not f.sure]

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The text as it leaves."""
        out: list[Piece] = []
        at = 0
        spans = self._spans(text)
        sentence = [(start, end) for start, end, _by in spans] != [(0, len(text))]
        for start, end, by in spans:
            begins = at == 0 and sentence
            before, lead, by_ = led(text[at:start], by, self.language, noun=by in self.nouns, start=begins)
            if before:
                out.append(Piece(before))
            out.append(Piece(lead + by_, text[at + len(before) : end]))
            at = end
        if text[at:]:
            out.append(Piece(text[at:]))
        return tuple(out)

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        spans: list[tuple[int, int, str]] = []
        if self.ways:
            reach = REACH[self.language]
            spans = [(one.start, one.end, reach[one.kind]) for one in find_contacts(text)]
        taken = list(spans)
        for found in self.finder.find(text):
            if found.sure:
                by = self.by[key(found.name)]
                spans += [(start, end, by) for start, end in _outside(text, found.start, found.end, taken)]
        spans.sort()
        out: list[tuple[int, int, str]] = []
        for start, end, by in spans:
            if out and out[-1][2] == by and not text[out[-1][1] : start].strip() and text[out[-1][1] : start]:
                out[-1] = (out[-1][0], end, by)  # first and last name, or the other way round
            else:
                out.append((start, end, by))
        return out


def _outside(text: str, start: int, end: int, taken: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """The parts of a name that no address, link or number covers: “Anne” of “Anne Dupont.fr”."""
    for left, right, _by in sorted(taken):
        if left < end and start < right:
            if part := text[start:left].strip():
                begin = text.index(part, start)
                yield begin, begin + len(part)
            start = max(start, right)
    if part := text[start:end].strip():
        begin = text.index(part, start)
        yield begin, begin + len(part)


def as_text(pieces: Iterable[Piece]) -> str:
    """As it leaves."""
    return "".join(piece.text for piece in pieces)
