"""What became of the last ones: the open actions that a new workshop begins with, and where what is said goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.archive import listing, record_file
from entraide_tui.archive.editing import saving
from entraide_tui.archive.model import Note
from entraide_tui.common.errors import FileError, InvalidFileError, NotFoundError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import fold

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from entraide_tui.archive.model import PlannedAction, Record
    from entraide_tui.archive.open_actions import Promise, Proposal
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.workshop.events import SaidOf


def ranked(promises: Iterable[Promise], present: Iterable[str], today: datetime.date) -> list[Promise]:
    """The open actions: the previous offeror's first, then those of who is here, then the rest; the earliest due first.

    The previous offeror is the one of the newest record among them all, closed actions included.
    """
    every = list(promises)
    here = {fold(name) for name in present}
    newest = max(every, key=lambda p: (p.date or today, p.record), default=None)
    previous = fold(newest.offeror) if newest and newest.offeror else ""

    def order(promise: Promise) -> tuple[int, bool, datetime.date, str, int]:
        who = fold(promise.who or promise.offeror)
        rank = 0 if who and who == previous and who in here else 1 if who in here else 2
        return (rank, promise.due is None, promise.due or today, promise.record, promise.number)

    return sorted((p for p in every if p.status == "open"), key=order)


def write(workspace: Workspace, said: SaidOf, *, page: Renderer, wall: float) -> Record:
    """Put what was said of an action into its record.

    Raises:
        NotFoundError: the record or its action is gone, or the record can't be read.
        UserError: the record could not be written.
    """
    try:
        path = listing.find(workspace, said.record)
        saving.load(path)
    except (FileError, InvalidFileError) as error:
        raise NotFoundError(error.what, file=error.file, findings=error.findings) from error
    return saving.change(workspace, path, lambda record: _with(record, said), page=page, wall=wall)


def _with(record: Record, said: SaidOf) -> Record:
    number = _place(record.actions, said)
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


def _place(actions: Sequence[PlannedAction], said: SaidOf) -> int | None:
    """Where the action stands now: somebody may have changed the record meanwhile."""
    if said.number < len(actions) and actions[said.number].what == said.what:
        return said.number
    same = [n for n, a in enumerate(actions) if a.what == said.what]
    return same[0] if len(same) == 1 else None


def write_all(workspace: Workspace, told: Iterable[SaidOf], *, page: Renderer, wall: float) -> tuple[Note, ...]:
    """The same for each; what could not reach its record, as notes for the new one. Raises UserError."""
    left: list[Note] = []
    for said in told:
        try:
            write(workspace, said, page=page, wall=wall)
        except NotFoundError:
            left.append(Note("", _note(said)))
    return tuple(left)


def _note(said: SaidOf) -> str:
    state = {"open": _("still open"), "done": _("done"), "dropped": _("dropped")}[said.status]
    parts = [f"{said.who}: {said.what}" if said.who else said.what, state, said.tried, said.outcome, said.changes]
    return " – ".join(p for p in parts if p)


def settle(workspace: Workspace, proposal: Proposal, *, page: Renderer, wall: float) -> Record:
    """Nobody needs this topic any more: it will not be proposed again. Raises UserError."""

    def settled(record: Record) -> Record:
        topics = tuple(replace(t, settled=True) if t.text == proposal.text else t for t in record.topics)
        return replace(record, topics=topics)

    return saving.change(workspace, proposal.path, settled, page=page, wall=wall)


def request_of(proposal: Proposal) -> dict[str, str]:
    """Return what a request that was prepared fills in, by field: its words, and the situation that was told then."""
    try:
        prepared = record_file.read(proposal.path).request
    except (FileError, InvalidFileError):
        return {"text": proposal.text}
    same = prepared.text.strip() == proposal.text.strip()
    return {"text": proposal.text, "context": prepared.context if same else ""}
