"""Parses what people type to search; pure, and never fails.

marché "comité d'usagers" offeror:"Anne Marie" is:late after:2026-11
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from entraide_tui.archive.index.filters import FILTERS, STATES, Filter, filter_name, state_name, state_spelt
from entraide_tui.archive.index.folding import Term, words
from entraide_tui.common.i18n import _
from entraide_tui.common.text import LONGEST_NAME, clean

LONGEST = 1_000
"""The characters of a query that are read; the rest is ignored."""
MOST = 24
"""The most terms and filters of a query."""
QUOTES = str.maketrans(dict.fromkeys("“”«»„", '"'))
PIECE = re.compile(r'(?:(?P<name>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<bare>[^\s"]+)|(?(name)|(?!)))')
"""One word, phrase or filter of a query whose quotes are all `\"`."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; all its parts must match.

    Attributes:
        after, before: the first day of the range, and the day after its last one.
        states: `open` (an action is open), `late` (an open action is late).
        faults: sentences about what was not understood and is ignored.
        vain: whether only signs were typed, which match nothing.
    """

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    states: tuple[str, ...] = ()
    after: datetime.date | None = None
    before: datetime.date | None = None
    faults: tuple[str, ...] = ()
    vain: bool = False

    @property
    def bare(self) -> bool:
        """Whether it has terms only, or nothing at all."""
        return not (self.filters or self.states or self.after or self.before)


def parse(text: str) -> Query:
    """Parse a query. Quotes may be left open, as while one types; `«»` and `“”` are quotes too."""
    faults: list[str] = []
    signs = ""
    if len(text) > LONGEST:
        faults.append(_("only the first {n} characters were looked for.").format(n=LONGEST))
    terms: dict[Term, None] = {}
    filters: dict[Filter, None] = {}
    states: dict[str, None] = {}
    after: datetime.date | None = None
    before: datetime.date | None = None
    for piece in PIECE.finditer(text[:LONGEST].translate(QUOTES)):
        said = piece["quoted"] if piece["quoted"] is not None else piece["bare"] or ""
        whole = bool(piece["closed"])
        name = filter_name(piece["name"]) if piece["name"] else ""
        if name is None:
            if said and not said.startswith("//"):  # a web address is no filter
                faults.append(_unknown(piece["name"]))
            terms |= dict.fromkeys(term for part in (piece["name"], said) for term in _term(part, whole=whole))
        elif not name:
            found = _term(said, whole=whole)
            signs = signs if found else signs or said.strip()[:LONGEST_NAME]
            terms |= dict.fromkeys(found)
        elif not said.strip():
            continue  # its value is still to be typed
        elif name == "is":
            if state := state_name(said):
                states[state] = None
            else:
                faults.append(
                    _("“{word}” is no state; there are {states}.").format(
                        word=clean(said),
                        states=", ".join(f"{FILTERS['is'].spelt}:{state_spelt(state)}" for state in STATES),
                    )
                )
        elif name in ("after", "before"):
            day = _day(said)
            if day is None:
                faults.append(
                    _("“{word}” is no date; write it as 2026, 2026-11 or 2026-11-21.").format(word=clean(said))
                )
            elif name == "after":
                after = max(day, after or day)
            else:
                before = min(day, before or day)
        else:
            filters |= dict.fromkeys(Filter(name, term) for term in _term(said, whole=whole))
    if len(terms) + len(filters) > MOST:
        faults.append(_("only the first {n} words were looked for.").format(n=MOST))
    kept = tuple(filters)[:MOST]
    vain = bool(signs) and not (terms or filters or states or after or before)
    if vain:
        faults.append(_("“{word}” holds no letter and no digit: nothing was looked for.").format(word=clean(signs)))
    told = tuple(dict.fromkeys(faults))
    return Query(tuple(terms)[: MOST - len(kept)], kept, tuple(states), after, before, told, vain)


def _term(said: str, *, whole: bool) -> list[Term]:
    """The term of a text in a list; empty if the text has neither letter nor digit."""
    found = tuple(words(said))
    return [Term(found, whole)] if found else []


def _unknown(name: str) -> str:
    names = ", ".join(f"{kind.spelt}:" for kind in FILTERS.values())
    return _("there is no filter “{name}:”, its words were looked for; there are {names}").format(
        name=clean(name[:LONGEST_NAME]), names=names
    )


def _day(said: str) -> datetime.date | None:
    """The first day of a year, a month or a day; None if it is no date."""
    found = _DATE.fullmatch(said.strip())
    if found is None:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
