"""Matches the offeror's answers to the group's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entraide_tui.workshop.state import Item


def with_answers(items: Iterable[Item], offeror: str) -> list[tuple[Item, tuple[Item, ...]]]:
    """Each question with the entries that answer it: those of the offeror that follow it.

    An entry of the offeror before any question counts as a question of their own.
    """
    out: list[tuple[Item, tuple[Item, ...]]] = []
    for item in items:
        if out and offeror and item.by == offeror:
            question, answers = out[-1]
            out[-1] = (question, (*answers, item))
        else:
            out.append((item, ()))
    return out
