"""The names in a record, and the pseudonyms that replace them; each name always gets the same one.

Pseudonyms and grammar follow the record's language. The result is pseudonymised, not anonymous: people who were there
may still recognise one another.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entraide_tui.archive import record_schema
from entraide_tui.archive.field_spec import NameKind
from entraide_tui.common.i18n import spoken
from entraide_tui.common.text import fold
from entraide_tui.privacy.contact_details import find_contacts
from entraide_tui.privacy.french_articles import adjust_lead
from entraide_tui.privacy.name_finder import Finder, forms, key, searchable, units
from entraide_tui.privacy.name_lists import FIRST_NAMES, NOBODY, NOUNS, REACH

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping

    from entraide_tui.archive.model import Record

Kind = NameKind
_NOUNS: tuple[Kind, ...] = ("group", "organisation", "place")


def lists_of(language: str) -> str:
    """The language whose word lists are used for a record: `fr` or `en`."""
    return spoken(language)


def someone(language: str) -> str:
    """The noun that replaces a forgotten person."""
    return NOUNS[lists_of(language)]["person"][0]


# -- the names in a record


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person, place, organisation or group whose name must not leave.

    Attributes:
        forms: the spellings to search for in texts, the name itself included.
        shared: whether it is a part of the names of several people.
    """

    name: str
    kind: Kind = "person"
    forms: tuple[str, ...] = ()
    shared: bool = False


_AND = re.compile(r"\s*[,;/+&]\s*|\s+(?:et|and|avec|with|puis|then|ou|or)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:les?|la|une?|des|the|an?)\s+|l['’])", re.IGNORECASE)


def named_in(text: str) -> list[str]:
    """The people named in a field such as `who`: “Awa et Jean” are two, “everybody” is nobody."""
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
    """The names of those who took part or were expected."""
    return [name for name in record_schema.names(record, "person", ["people"]) if name.strip()]


def declared(record: Record) -> list[str]:
    """Every value of the record's fields that hold names of people, as written, each once."""
    return [name for name in dict.fromkeys(record_schema.names(record, "person")) if name.strip()]


def people(names: Iterable[str], together: Iterable[Iterable[str]] = ()) -> tuple[KnownName, ...]:
    """Merge names into persons: “Awa” and “Awa Diallo” are the same as long as there is one Awa.

    A part that several people share identifies none of them: it becomes an entry of its own.

    Args:
        names: as written in the fields.
        together: lists of names; two names in one list are different people.
    """
    by_key = {key(part): part for name in names for part in named_in(name)}
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
        own_forms = [name]
        for form in forms(name):
            part = key(form)
            if part == own or (len(owners[part]) == 1 and (part not in by_key or part in same)):
                own_forms.append(form)
            elif part not in by_key:
                shared.setdefault(part, form)
        out.append(KnownName(name, "person", tuple(dict.fromkeys(own_forms)), shared=len(owners.get(own, ())) > 1))
    out += [KnownName(form, "person", (form,), shared=True) for form in shared.values()]
    return tuple(out)


@dataclass(frozen=True, slots=True)
class MarkedWord:
    """A word that a person marked for replacement while sharing.

    Attributes:
        of: for another name of a person, such as a diminutive, that person's name; empty if not known.
        whose: it was marked as another name of somebody, but `of` was not saved.
    """

    word: str
    kind: Kind = "place"
    of: str = ""
    whose: bool = False


def known_names(
    records: Iterable[Record], members: Iterable[str] = (), marked: Iterable[MarkedWord] = (), group: str = ""
) -> tuple[KnownName, ...]:
    """All names that must not leave with these records, those of the group's members and marked words included."""
    every = list(records)
    together = [seats(record) for record in every]
    out = list(people([name for record in every for name in declared(record)] + list(members), together))
    for kind in _NOUNS:
        borne = [name for record in every for name in record_schema.names(record, kind)]
        for name in dict.fromkeys([group, *borne] if kind == "group" else borne):
            if searchable(name):
                out.append(KnownName(name, kind, (name,)))
    return with_marked(tuple(out), marked)


def with_marked(before: tuple[KnownName, ...], marked: Iterable[MarkedWord]) -> tuple[KnownName, ...]:
    """Add marked words, as further forms of a known person where they are another name of one."""
    out = list(before)
    for mark in marked:
        own = key(mark.word)
        bearer = next((i for i, known in enumerate(out) if mark.of and key(known.name) == key(mark.of)), None)
        if mark.kind == "person" and bearer is not None:
            out[bearer] = replace(out[bearer], forms=(*out[bearer].forms, mark.word))
        elif all(own != key(form) for known in out for form in (known.name, *known.forms)):
            bare = _ARTICLE.sub("", mark.word, count=1) if mark.kind != "person" else ""
            spelled = forms(mark.word) if mark.kind == "person" else (mark.word, bare) if bare else (mark.word,)
            out.append(KnownName(mark.word, mark.kind, spelled))
    return tuple(out)


def without(before: tuple[KnownName, ...], words: Iterable[str]) -> tuple[KnownName, ...]:
    """Remove the words that a person ruled out as names."""
    keys = {key(word) for word in words}
    remaining = (replace(known, forms=tuple(form for form in known.forms if key(form) not in keys)) for known in before)
    return tuple(known for known in remaining if key(known.name) not in keys)


# -- their pseudonyms


def draw(every: Iterable[KnownName], language: str, rng: random.Random, texts: Iterable[str] = ()) -> dict[str, str]:
    """Draw a pseudonym for each name at random, so that it reveals nothing; return them by name.

    No pseudonym contains a word of the names, nor of `texts` unless the list runs out. The first names get the same
    pseudonyms whatever names follow.
    """
    every = list(every)
    own = {unit for known in every for form in (known.name, *known.forms) for unit in units(form)}
    lists = lists_of(language)
    here = own | {unit for text in texts for unit in units(text)}
    free = [name for name in FIRST_NAMES[lists] if not here & set(units(name))]
    free += [name for name in FIRST_NAMES[lists] if name not in free and not own & set(units(name))]
    rng.shuffle(free)
    names = _endless(free, own)
    counts: Counter[str] = Counter()
    out: dict[str, str] = {}
    for known in every:
        if known.kind == "person":
            out[known.name] = next(names)
        else:
            counts[known.kind] += 1
            n = counts[known.kind]
            out[known.name] = NOUNS[lists][known.kind][min(n, 3) - 1].format(n=n)
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
    """A part of a redacted text; `was` is the original where it was replaced, else empty."""

    text: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Replacements:
    """The replacements for one export; never saved."""

    language: str
    finder: Finder
    by: Mapping[str, str]
    """The replacement of each form, by the form's key."""
    nouns: frozenset[str] = field(default_factory=frozenset)
    """The replacements that are nouns with an article, not names."""
    contacts: bool = True
    """Whether contact details are replaced too."""

    @classmethod
    def of(cls, every: Iterable[KnownName], drawn: Mapping[str, str], language: str) -> Replacements:
        """Build the replacements of all known names from the pseudonyms drawn for them."""
        by: dict[str, str] = {}
        all_forms: list[str] = []
        for known in every:
            for form in known.forms:
                by.setdefault(key(form), drawn[known.name])
                all_forms.append(form)
            by.setdefault(key(known.name), drawn[known.name])
        nouns = frozenset(drawn[known.name] for known in every if known.kind != "person")
        return cls(lists_of(language), Finder.of(all_forms), by, nouns)

    def name(self, name: str) -> str:
        """Replace the name in a field that holds a name."""
        return self.by[key(name)] if key(name) in self.by else as_text(self.pieces(name))

    def doubts(self, text: str) -> list[str]:
        """The everyday words in a text that may be names: not replaced, for a person to check."""
        return [text[f.start : f.end] for f in self.finder.find(text) if not f.sure]

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Redact a text: its pieces in order, replaced or not."""
        out: list[Piece] = []
        at = 0
        spans = self._spans(text)
        sentence = [(start, end) for start, end, _by in spans] != [(0, len(text))]
        for start, end, by in spans:
            begins = at == 0 and sentence
            before, lead, by_ = adjust_lead(text[at:start], by, self.language, noun=by in self.nouns, start=begins)
            if before:
                out.append(Piece(before))
            out.append(Piece(lead + by_, text[at + len(before) : end]))
            at = end
        if text[at:]:
            out.append(Piece(text[at:]))
        return tuple(out)

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        spans: list[tuple[int, int, str]] = []
        if self.contacts:
            reach = REACH[self.language]
            spans = [(contact.start, contact.end, reach[contact.kind]) for contact in find_contacts(text)]
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
    """Yield the parts of a name outside contact details: “Anne” of “Anne Dupont.fr”."""
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
    """The redacted text."""
    return "".join(piece.text for piece in pieces)
