"""The kinds of contribution: their names in files, signs on cards and labels."""

from __future__ import annotations

from typing import Literal, NamedTuple

from entraide_tui.common.i18n import _, mark

ContributionKind = Literal["idea", "experience", "question", "resource", "reframing"]
"""Names in files, in the order in which a card offers them; the first is the default."""


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
"""Labels, still to be translated."""
_SIGNS: dict[str, str] = {kind: shown.sign for kind, shown in _KINDS.items()}


def kind_of(name: str) -> ContributionKind:
    """The kind of that name; the default for any other name."""
    return next((kind for kind in CONTRIBUTION_KINDS if kind == name), CONTRIBUTION_KINDS[0])


def kind_sign(kind: str) -> str:
    """The one-character sign of a kind; a dot for an unknown one."""
    return _SIGNS.get(kind, "·")


def kind_word(kind: str) -> str:
    """The translated label of a kind; empty for an unknown one."""
    return _(KIND_LABELS[kind]) if kind in KIND_LABELS else ""
