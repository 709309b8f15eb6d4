"""What the offeror answers to the questions of the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entraide_tui.workshop.state import Item


def with_answers(items: Iterable[Item], offeror: str) -> list[tuple[Item, tuple[Item, ...]]]:
    """Return each question with the entries that answer it: those of the offeror that follow it.

    What the offeror says before any question is one of their own.
    """
    out: list[tuple[Item, tuple[Item, ...]]] = []
    for item in items:
        if out and offeror and item.by == offeror:
            question, answers = out[-1]
            out[-1] = (question, (*answers, item))
        else:
            out.append((item, ()))
    return out
