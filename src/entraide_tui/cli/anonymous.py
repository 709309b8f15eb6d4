"""What the export command does for `--anonymous`: replaces, says what it did and did not know, and looks once more.

There is no screen here to look at each line: what a person decided for a record in the app counts, the rest is said.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entraide_tui.cli.output import tell
from entraide_tui.common.i18n import _, many
from entraide_tui.exports import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.formats import ExportedFile, ExportRequest, Format, NamedRecord
    from entraide_tui.privacy.share_choice import Prepared

MOST = 40
"""Words of one kind that are said."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What leaves in the place of the records, and the names that must not be in it."""

    items: list[NamedRecord]
    names: tuple[str, ...]


def shared(items: Sequence[NamedRecord], sections: Sequence[str], folder: Workspace) -> Shared:
    """The records as they leave, under names that tell nothing. Raises UserError.

    Args:
        sections: what was asked for besides the page's core.
    """
    from entraide_tui.privacy import share_choice, share_log

    def choice(record_id: str) -> share_choice.Choice:
        decided = share_log.load(folder, record_id) or share_choice.Choice()
        asked = frozenset(sections) & frozenset(share_choice.SECTIONS)
        return replace(decided, sections=decided.sections | asked, with_feelings="feelings" in sections)

    members = folder.group().members
    prepared = share_choice.prepare_many(
        [item.record for item in items], lambda record: choice(record.id), members, random.SystemRandom()
    )
    if "notes" in sections:
        tell(_("notes never leave with --anonymous."))
    _say(prepared)
    leaving = formats.items((one.record.id, one.record) for one in prepared)
    return Shared(leaving, tuple(dict.fromkeys(name for one in prepared for name in one.names)))


def _say(prepared: Sequence[Prepared]) -> None:
    lines = [line for one in prepared for line in one.lines]
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
            [word for one in prepared for word in one.candidates],
        ),
        (_("These words may be names; they stay: {words}"), [d.word for one in prepared for d in one.doubts]),
        (
            _("These names are too short to be looked for in texts: {words}"),
            [name for one in prepared for name in one.unsearched],
        ),
    ):
        if words:
            tell(sentence.format(words=", ".join(_first(words))))
    tell(_("People who were there may still recognise one another. Look through what leaves in the app, line by line."))


def _first(words: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(words))
    return [*found[:MOST], "…"] if len(found) > MOST else found


def stopped(
    form: Format, made: ExportedFile, items: Sequence[NamedRecord], wanted: ExportRequest, names: Sequence[str]
) -> bool:
    """Whether a known name is still in a finished file; says which and where. Raises UserError."""
    found = formats.traces(form, made, [item.record for item in items], wanted, names)
    for trace in found:
        sentence = (
            _("{file}: “{name}” may be a name ({where}): look at it.")
            if trace.doubt
            else _("{file}: “{name}” is still in it ({where}). It was not written: mark the word in the app first.")
        )
        tell(sentence.format(file=made.name, name=trace.name, where=trace.where))
    return any(not trace.doubt for trace in found)


def told_by_its_name(path: Path, names: Sequence[str]) -> bool:
    """Whether the file's own name gives somebody away; says so."""
    from entraide_tui.exports import leak_check

    found = [trace for trace in leak_check.in_path(path, names) if not trace.doubt]
    for trace in found:
        tell(_("{file}: its name holds “{name}”. Choose another one with -o.").format(file=path, name=trace.name))
    return bool(found)
