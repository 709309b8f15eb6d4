"""The filters of a query. Each is one row of `FILTERS`, which is read, offered and looked for from there."""

from __future__ import annotations

from typing import NamedTuple

from entraide_tui.archive.index.folding import Term, folded, words
from entraide_tui.common.i18n import language
from entraide_tui.common.text import LONGEST_NAME


class FilterKind(NamedTuple):
    """A filter that can be typed.

    Attributes:
        name, french: its names; they are signs of the language of queries, so that both always hold.
        keys: where its values stand in a record's file, such as `ideas.by`; none where they come from elsewhere.
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
    """A term that a value of this filter must hold."""

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
"""What `is:` takes, in English and French."""
_STATE_NAMES = {french: name for name, french in STATES.items()} | {"ouverte": "open", "en retard": "late"}
OPEN = Filter("is", Term(("open",), whole=True))
"""Looks for records with an open action: their marks say so."""
ASKING = Filter("is", Term(("asking",), whole=True))
"""Looks for records with a request. It can't be typed."""


def filter_name(word: str) -> str | None:
    """The filter that a word names, in English or French."""
    return _NAMES.get(folded(word)) if len(word) <= LONGEST_NAME else None


def state_name(said: str) -> str | None:
    """The state that `is:` is followed by, in English or French."""
    name = " ".join(words(said))
    return name if name in STATES else _STATE_NAMES.get(name)


def state_spelt(state: str) -> str:
    """What `is:` takes, in the language in use."""
    return STATES[state] if language() == "fr" else state


def mark(name: str, word: str) -> str:
    """A word of a filter's value as a word that no text can hold: `¦by¦ines`."""
    return f"¦{name}¦{word}"


def marks(wanted: Filter) -> Term:
    """What a filter looks for among a record's marks."""
    return Term(tuple(mark(wanted.name, word) for word in wanted.term.words), wanted.term.whole)
