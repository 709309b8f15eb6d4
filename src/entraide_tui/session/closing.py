"""Closes a session: writes its records and pages, reads them back, and only then removes the journal."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entraide_tui.archive import follow_up, record_file
from entraide_tui.archive.editing import history
from entraide_tui.archive.ids import is_id, new_id, suffix
from entraide_tui.archive.page.options import CORE, Options
from entraide_tui.common.errors import FileError, UserError
from entraide_tui.common.files import read_bounded, reason, write_atomically
from entraide_tui.common.i18n import _
from entraide_tui.session import to_record
from entraide_tui.workshop import gestures, roles

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.workshop.state import Session, SessionStep


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a page usually has; it can be closed without it."""

    what: str
    section: str
    number: int = 0


def missing(session: Session, record: Record) -> list[Missing]:
    """The things that a reader would miss on the record's page."""
    fills = {s.card.fills for s in session.kit.steps if s.card}
    out: list[Missing] = []
    for field, text in session.drafts.items():
        play = session.play(field.rsplit(".", 1)[0])
        title = play.title if play else field
        out.append(
            Missing(_("Typed in “{step}” and not entered: “{text}”").format(step=title, text=text[:60]), "drafts")
        )
    if "request" in fills:
        text = record.request.text
        if not text:
            out.append(Missing(_("The request is empty."), "request"))
        elif not asks(text):
            out.append(Missing(_("The request asks nothing yet: does it say what the group can help with?"), "request"))
    if roles.one_asks(session.kit) and not record.people.offeror:
        out.append(Missing(_("Nobody is named as the person who asks."), "people"))
    if "ideas" in fills:
        if not record.ideas:
            out.append(Missing(_("No idea is kept."), "ideas"))
        elif len(record.ideas) == 1:
            out.append(Missing(_("Only one idea is kept; two or three are usual."), "ideas"))
        elif len(record.ideas) > 3:
            out.append(Missing(_("More than three ideas are kept: which ones matter most?"), "ideas"))
    if "actions" in fills and not record.actions:
        out.append(Missing(_("The action plan is empty."), "actions"))
    for number, action in enumerate(record.actions, 1):
        if not action.who:
            out.append(Missing(_("Action {number} has no name: who does it?").format(number=number), "actions", number))
        if not action.due:
            out.append(Missing(_("Action {number} has no date.").format(number=number), "actions", number))
    if "follow_up" in fills:
        if record.follow_up.said:
            out.append(
                Missing(
                    _("The date “{said}” was not understood; it is kept as it stands.").format(
                        said=record.follow_up.said
                    ),
                    "follow_up",
                )
            )
        elif not record.follow_up.date:
            out.append(Missing(_("No date is set for looking at it again."), "follow_up"))
    return out


PAGE_SECTIONS = ("request", "contributions", "ideas", "actions", "follow_up", "learnings")
"""The sections of a record that its page shows."""


def steps_of_page(session: Session, which: int) -> list[SessionStep]:
    """The steps whose cards make the page of a record; `which`: the record's number, from 0."""
    number = to_record.rounds(session)[which]
    return [
        play
        for play in session.plays
        if (card := session.card_of(play)) is not None
        and card.fills in PAGE_SECTIONS
        and (not number or play.round in (0, number))
    ]


_ASKING = (
    "?", "aide", "comment", "j'aimerais", "je voudrais", "quel", "que faire", "besoin", "demande",
    "pouvez-vous", "peux-tu",
    "help", "how ", "what ", "which ", "would like", "i need", "could you", "can you", "who ", "where ",
)  # fmt: skip


def asks(request: str) -> bool:
    """Whether a request seems to ask for something: a question mark, or a word with which people ask."""
    text = request.casefold().replace("’", "'")
    return any(word in text for word in _ASKING)


@dataclass(frozen=True, slots=True)
class Closed:
    """A record that was written, with the paths of its files."""

    record: Record
    toml: Path
    page: Path


def close(
    live: LiveSession,
    workspace: Workspace,
    zone: datetime.tzinfo | None,
    page: Renderer,
    options: Options = CORE,
) -> list[Closed]:
    """Write every record and page, read them back, and remove the journal.

    What was said of earlier actions is written into their records first. After a failure it can be called again: the
    ids are chosen once, and noted in the journal. Raises UserError; the session then stays open.
    """
    state = live.state
    if live.do(gestures.finish(state, live.now())):
        state = live.state
    numbers = to_record.rounds(state)
    ids = state.records
    noted = to_record.records(state, live.now(), zone, ids)
    if len(set(ids)) != len(numbers) or not all(_is_ours(workspace, record) for record in noted):
        ids = _ids(live, workspace, zone, numbers)
        live.do(gestures.close(live.state, live.now(), ids))
    # The ids first: after a crash between two records, the same files are written again, and no others beside them.
    live.flush()
    left = follow_up.write_all(workspace, live.state.looked_back, page=page, wall=live.clock.wall())
    out: list[Closed] = []
    for number, distilled in enumerate(to_record.records(live.state, live.now(), zone, ids)):
        record = distilled if number else replace(distilled, notes=(*distilled.notes, *left))
        toml = path_of(workspace, record)
        _keep_version(workspace, toml, record, live.clock.wall())
        _write(toml, record_file.dumps(record))
        if record_file.read(toml) != record:
            raise FileError(
                _("the record was written, but reads back differently. The session is kept open."), file=toml
            )
        markdown = toml.with_suffix(".md")
        text = page(record, options)
        _write(markdown, text)
        if markdown.read_bytes() != text.encode():
            raise FileError(
                _("the page was written, but reads back differently. The session is kept open."),
                file=markdown,
            )
        out.append(Closed(record, toml, markdown))
    live.end()
    return out


def _ids(live: LiveSession, workspace: Workspace, zone: datetime.tzinfo | None, numbers: list[int]) -> tuple[str, ...]:
    state = live.state
    end = state.id.rsplit("-", 1)[-1][:8]
    out: list[str] = []
    for number in numbers:
        started = state.started if state.started is not None else 0.0
        day = to_record.moment(state, started, zone).date()
        name = new_id(day, state.heading(number), end)
        while name in out or _is_taken(workspace.sessions / str(day.year) / f"{name}.toml"):
            name = new_id(day, state.heading(number), suffix())
        out.append(name)
        end = suffix()
    return tuple(out)


def _is_taken(toml: Path) -> bool:
    """Whether a record or a page lies there, a broken link included."""
    return any(os.path.lexists(path) for path in (toml, toml.with_suffix(".md")))


def _is_ours(workspace: Workspace, record: Record) -> bool:
    """Whether a record may be written under its id: nothing lies there, or what an earlier try wrote.

    The id comes from the journal, into which others can write.
    """
    toml = path_of(workspace, record)
    if not is_id(record.id):
        return False
    if not _is_taken(toml):
        return True
    try:
        there = record_file.read(toml)
    except UserError:
        return False
    return not toml.is_symlink() and (there.id, there.start, there.kit) == (record.id, record.start, record.kit)


def _keep_version(workspace: Workspace, toml: Path, record: Record, wall: float) -> None:
    """What an earlier try wrote, if it says something else, goes to the history. Raises UserError."""
    if not toml.exists():
        return
    data = read_bounded(toml, record_file.LARGEST)
    if data == record_file.dumps(record).encode():
        return
    page = toml.with_suffix(".md")
    try:
        history.keep(workspace, record.id, data, page.read_bytes() if page.is_file() else None, wall=wall)
    except OSError as error:
        raise _unwritten(toml, error) from error


def path_of(workspace: Workspace, record: Record) -> Path:
    """The path of a record's file."""
    return workspace.sessions / str(record.date.year) / f"{record.id}.toml"


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError) -> FileError:
    said = _("it could not be written: {reason}. Nothing is lost: the session stays open, try again.")
    return FileError(said.format(reason=reason(error)), file=path)
