"""The follow-up: ranks the open actions that a new workshop looks at, and writes the answers into their records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.archive import listing, record_file
from entraide_tui.archive.editing import saving
from entraide_tui.archive.model import Note
from entraide_tui.common.errors import FileError, InvalidFileError, NotFoundError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import LONGEST, fold

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from entraide_tui.archive.model import PlannedAction, Record
    from entraide_tui.archive.open_actions import Promise, Proposal
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.workshop.events import SaidOf


def ranked(promises: Iterable[Promise], present: Iterable[str], today: datetime.date) -> list[Promise]:
    """The open actions: the previous offeror's first, then those of people present, then the rest; by due date within.

    The previous offeror is that of the newest record among all actions, closed ones included.
    """
    promises = list(promises)
    here = {fold(name) for name in present}
    newest = max(promises, key=lambda p: (p.date or today, p.record), default=None)
    previous = fold(newest.offeror) if newest and newest.offeror else ""

    def order(promise: Promise) -> tuple[int, bool, datetime.date, str, int]:
        who = fold(promise.who or promise.offeror)
        rank = 0 if who and who == previous and who in here else 1 if who in here else 2
        return (rank, promise.due is None, promise.due or today, promise.record, promise.number)

    return sorted((p for p in promises if p.status == "open"), key=order)


def write(workspace: Workspace, said: SaidOf, *, page: Renderer, wall: float) -> Record:
    """Write what was said of an action into its record; return the new record.

    Raises:
        NotFoundError: the record or its action is gone, or the record can't be read.
        UserError: the record can't be written.
    """
    try:
        path = listing.find(workspace, said.record)
        saving.load(path)
    except (FileError, InvalidFileError) as error:
        raise NotFoundError(error.what, file=error.file, findings=error.findings) from error
    return saving.change(workspace, path, lambda record: _with(record, said), page=page, wall=wall)


def _with(record: Record, said: SaidOf) -> Record:
    number = _position(record.actions, said)
    if number is None:
        raise NotFoundError(
            _("the action “{what}” is no longer in this record; what was said of it was not written.").format(
                what=said.what
            )
        )
    action = replace(
        record.actions[number], status=said.status, tried=said.tried, outcome=said.outcome, changes=said.changes
    )
    return replace(record, actions=(*record.actions[:number], action, *record.actions[number + 1 :]))


def _position(actions: Sequence[PlannedAction], said: SaidOf) -> int | None:
    """The action's number now, from 0: somebody may have changed the record meanwhile. None if it is gone."""
    if said.number < len(actions) and actions[said.number].what == said.what:
        return said.number
    same = [n for n, a in enumerate(actions) if a.what == said.what]
    return same[0] if len(same) == 1 else None


def write_all(workspace: Workspace, answers: Iterable[SaidOf], *, page: Renderer, wall: float) -> tuple[Note, ...]:
    """Write each answer into its record; return those whose record is gone as notes. Raises UserError."""
    notes: list[Note] = []
    for said in answers:
        try:
            write(workspace, said, page=page, wall=wall)
        except NotFoundError:
            notes.append(Note("", _note(said)))
    return tuple(notes)


def _note(said: SaidOf) -> str:
    state = {"open": _("still open"), "done": _("done"), "dropped": _("dropped")}[said.status]
    parts = [f"{said.who}: {said.what}" if said.who else said.what, state, said.tried, said.outcome, said.changes]
    return " – ".join(p for p in parts if p)[:LONGEST]


def settle(workspace: Workspace, proposal: Proposal, *, page: Renderer, wall: float) -> Record:
    """Mark a topic as settled in its record, so that it isn't proposed again. Raises UserError."""

    def settled(record: Record) -> Record:
        topics = tuple(replace(t, settled=True) if t.text == proposal.text else t for t in record.topics)
        return replace(record, topics=topics)

    return saving.change(workspace, proposal.path, settled, page=page, wall=wall)


def request_of(proposal: Proposal) -> dict[str, str]:
    """The fields of a prepared request: its `text`, and its `context` if its record still has this request."""
    try:
        prepared = record_file.read(proposal.path).request
    except (FileError, InvalidFileError):
        return {"text": proposal.text}
    same = prepared.text.strip() == proposal.text.strip()
    return {"text": proposal.text, "context": prepared.context if same else ""}
