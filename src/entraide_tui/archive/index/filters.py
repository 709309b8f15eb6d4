"""The filters of a query. `FILTERS` is the one list that parsing, completion and the index go by."""

from __future__ import annotations

from typing import NamedTuple

from entraide_tui.archive.index.folding import Term, folded, words
from entraide_tui.common.i18n import language
from entraide_tui.common.text import LONGEST_NAME


class FilterKind(NamedTuple):
    """A filter that can be typed.

    Attributes:
        name, french: its names, which both work in either language.
        keys: the keys of its values in a record's file, such as `ideas.by`; none if the values come from elsewhere.
        others: further names.
    """

    name: str
    french: str
    keys: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def spelt(self) -> str:
        """Its name in the language in use."""
        return self.french if language() == "fr" else self.name


class Filter(NamedTuple):
    """A filter and the term that one of its values must contain."""

    name: str
    term: Term


FILTERS = {
    kind.name: kind
    for kind in (
        FilterKind("by", "par", ("topics.by", "ideas.by", "contributions.by")),
        FilterKind("offeror", "offreur", ("people.offeror",), ("offreuse",)),
        FilterKind("kit", "kit", ("kit.id", "kit.title")),
        FilterKind("theme", "thème", ("themes",)),
        FilterKind("group", "groupe", ("group",)),
        FilterKind("is", "est"),
        FilterKind("after", "après", others=("depuis",)),
        FilterKind("before", "avant"),
    )
}
_NAMES = {folded(name): kind.name for kind in FILTERS.values() for name in (kind.name, kind.french, *kind.others)}
STATES = {"open": "ouvert", "late": "retard"}
"""The values of `is:`, in English and French."""
_STATE_NAMES = {french: name for name, french in STATES.items()} | {"ouverte": "open", "en retard": "late"}
OPEN = Filter("is", Term(("open",), whole=True))
"""Matches records with an open action, by a mark."""
ASKING = Filter("is", Term(("asking",), whole=True))
"""Matches records with a request, by a mark. It can't be typed."""


def filter_name(word: str) -> str | None:
    """The name of the filter that a word names in English or French; None if there is none."""
    return _NAMES.get(folded(word)) if len(word) <= LONGEST_NAME else None


def state_name(said: str) -> str | None:
    """The state that the value of an `is:` names in English or French; None if there is none."""
    name = " ".join(words(said))
    return name if name in STATES else _STATE_NAMES.get(name)


def state_spelt(state: str) -> str:
    """The value of `is:` for a state, in the language in use."""
    return STATES[state] if language() == "fr" else state


def mark(name: str, word: str) -> str:
    """The mark of a word in a filter's value, which no text can contain: `¦by¦ines`."""
    return f"¦{name}¦{word}"


def marks(wanted: Filter) -> Term:
    """The term that a filter looks for among a record's marks."""
    return Term(tuple(mark(wanted.name, word) for word in wanted.term.words), wanted.term.whole)
