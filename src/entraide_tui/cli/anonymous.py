"""Redaction for `export --anonymous`: replace names, and print what was replaced and what may be left.

Decisions made for a record in the app apply; without a screen nobody can look at the rest, so it is printed.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.cli.output import tell
from entraide_tui.common.i18n import _, many
from entraide_tui.exports.leave import Redacted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.leave import Departure
    from entraide_tui.privacy.share_choice import Prepared

MOST = 40
"""The most words that are printed in one sentence."""


def redacted(records: Sequence[Departure], sections: Sequence[str], folder: Workspace) -> Redacted:
    """Redact records, and print what was done. Raises UserError.

    Args:
        sections: shared besides those decided on in the app, or else besides the page's core.
    """
    from entraide_tui.privacy import redaction, share_choice, share_log

    def choice(record_id: str) -> share_choice.Choice:
        decided = share_log.load(folder, record_id) or share_choice.Choice()
        asked = frozenset(sections) & frozenset(share_choice.SECTIONS)
        return replace(decided, sections=decided.sections | asked, with_feelings="feelings" in sections)

    group = folder.group()
    prepared = redaction.prepare_many(
        [departure.record for departure in records],
        lambda record: choice(record.id),
        group.members,
        random.SystemRandom(),
        group=group.name,
    )
    if "notes" in sections:
        tell(_("notes never leave with --anonymous."))
    _say(prepared)
    return Redacted(tuple(prepared))


def _say(prepared: Sequence[Prepared]) -> None:
    lines = [line for record in prepared for line in record.lines]
    pieces = [piece for line in lines if line.leaves for piece in line.after if piece.was]
    for changed in _first(_("{before} → {after}").format(before=p.was, after=p.text) for p in pieces):
        tell(changed)
    out = sum(1 for line in lines if line.fresh)
    if out:
        tell(
            many(
                "{n} line that nobody has looked at yet is left out.",
                "{n} lines that nobody has looked at yet are left out.",
                out,
            ).format(n=out)
        )
    for sentence, words in (
        (
            _("These words with a capital are not known; they stay: {words}"),
            [word for record in prepared for word in record.candidates],
        ),
        (_("These words may be names; they stay: {words}"), [d.word for record in prepared for d in record.doubts]),
        (
            _("These names are too short to be looked for in texts: {words}"),
            [name for record in prepared for name in record.unsearched],
        ),
    ):
        if words:
            tell(sentence.format(words=", ".join(_first(words))))
    tell(_("People who were there may still recognise one another. Look through what leaves in the app, line by line."))


def _first(words: Iterable[str]) -> list[str]:
    unique = list(dict.fromkeys(words))
    return [*unique[:MOST], "…"] if len(unique) > MOST else unique
