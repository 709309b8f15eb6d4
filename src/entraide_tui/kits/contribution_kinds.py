"""The kinds of contribution: how each is written in files, its sign on a card, its word in both languages."""

from __future__ import annotations

from typing import Literal, NamedTuple

from entraide_tui.common.i18n import _, mark

ContributionKind = Literal["idea", "experience", "question", "resource", "reframing"]
"""As files have it, in the order in which a card offers them; the first is meant where nothing is said."""


class _Shown(NamedTuple):
    sign: str
    label: str


_KINDS: dict[ContributionKind, _Shown] = {
    "idea": _Shown("✦", mark("idea")),
    "experience": _Shown("◉", mark("experience")),
    "question": _Shown("?", mark("question")),
    "resource": _Shown("⌂", mark("resource")),
    "reframing": _Shown("↺", mark("reframing")),
}
CONTRIBUTION_KINDS: tuple[ContributionKind, ...] = tuple(_KINDS)
KIND_LABELS: dict[str, str] = {kind: shown.label for kind, shown in _KINDS.items()}
"""The word of each, still to be translated."""
_SIGNS: dict[str, str] = {kind: shown.sign for kind, shown in _KINDS.items()}


def kind_of(said: str) -> ContributionKind:
    """The kind of that name; the first of all for anything else."""
    return next((kind for kind in CONTRIBUTION_KINDS if kind == said), CONTRIBUTION_KINDS[0])


def kind_sign(kind: str) -> str:
    """One character that stands for a kind; a dot for no kind."""
    return _SIGNS.get(kind, "·")


def kind_word(kind: str) -> str:
    """The word for a kind in the language in use; empty for no kind."""
    return _(KIND_LABELS[kind]) if kind in KIND_LABELS else ""
