"""The questions about earlier workshops: open actions, topics that wait, similar requests."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.look_back import name_of
from entraide_tui.widgets.outcome import state_sign, state_word
from entraide_tui.widgets.plain import joined, plain, rows

if TYPE_CHECKING:
    from entraide_tui.archive.index import Hit
    from entraide_tui.archive.model import Record
    from entraide_tui.archive.open_actions import Promise, Proposal
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.workshop.events import SaidOf


def actions(listed: Callable[[], list[tuple[Promise, SaidOf]]], choose: Callable[[Promise], None]) -> Question:
    """Ask which action of an earlier workshop to report on."""

    def choices(_said: str) -> Choices:
        return [
            (name_of(p), joined(state_sign(s.status), " ", (f"{p.who} " if p.who else "", "bold $accent"), p.what))
            for p, s in listed()
        ]

    def explain(_said: str, _choice: str) -> Content:
        if not listed():
            return plain(_("No action of an earlier workshop is open."))
        return plain(_("Choose one, to say what became of it."))

    def answer(_said: str, choice: str) -> None:
        for promise, _s in listed():
            if name_of(promise) == choice:
                choose(promise)

    return Question("actions", _("Since last time"), answer, explain=explain, choices=choices)


def recall(
    live: LiveSession,
    workspace: Workspace,
    waiting: list[Proposal],
    *,
    today: datetime.date,
    take_up: Callable[[Proposal], None],
    open_page: Callable[[Path], None],
    asks: bool = False,
) -> Question:
    """Offer past requests near to the text in the line, and topics that wait.

    The topics come first, unless this step writes the request.

    Args:
        asks: this step writes the request; a topic that waits may become it.
    """
    from entraide_tui.archive.index import Index

    proposals = {f"topic:{p.record}#{p.number}": p for p in waiting}
    asked: dict[str, list[Hit]] = {}
    read: dict[Path, Record | None] = {}

    def near(said: str) -> list[Hit]:
        if said not in asked:
            index = Index.open(workspace)
            try:
                asked[said] = [h for h in index.near(said, today=today, limit=8) if not h.fault] if said else []
            finally:
                index.close()
        return asked[said]

    def choices(said: str) -> Choices:
        topics: Choices = [
            (key, joined(("+ ", "bold $primary"), (f"{p.by} " if p.by else "", "bold $accent"), p.text))
            for key, p in proposals.items()
        ]
        pages: Choices = []
        for hit in near(said):
            date = hit.date.isoformat() if hit.date else ""
            pages.append((f"page:{hit.path}", joined((f"{date} ", "$quiet"), hit.request or hit.title)))
        return pages + topics if asks else topics + pages

    def explain(said: str, choice: str) -> Content:
        kind, _sep, name = choice.partition(":")
        if kind == "topic" and choice in proposals:
            date = proposals[choice].date
            return plain(_("A topic of {date} that was not chosen.").format(date=date.isoformat() if date else "–"))
        for hit in near(said):
            if kind == "page" and str(hit.path) == name:
                return met(_record(hit.path, read))
        if not said:
            return plain(_("A few words of the request: past ones near to it are shown."))
        return plain(_("Nothing like it in the records."))

    def answer(_said: str, choice: str) -> None:
        kind, _sep, name = choice.partition(":")
        if kind == "topic" and choice in proposals:
            take_up(proposals[choice])
        elif kind == "page":
            open_page(Path(name))

    state = live.state
    about = state.text("request.text") or next((i.text for i in state.in_section("topics") if i.chosen), state.title)
    return Question(
        "remember", _("Who has met this?"), answer, text=about[:200], placeholder=_("a few words"), explain=explain,
        choices=choices,
    )  # fmt: skip


def _record(path: Path, read: dict[Path, Record | None]) -> Record | None:
    from entraide_tui.archive import record_file

    if path not in read:
        try:
            read[path] = record_file.read(path)
        except UserError:
            read[path] = None
    return read[path]


def met(record: Record | None) -> Content:
    """A past record in a few lines: who it was, what was tried, what came of it."""
    if record is None:
        return plain(_("This record can't be read."), "$warning")
    lines = [joined((f"{record.people.offeror} ", "bold $accent"), (record.title, "bold"))]
    lines += [joined(("◆ ", "$primary"), i.text) for i in record.ideas[:3]]
    for action in record.actions[:4]:
        came = " – ".join(t for t in (action.tried, action.outcome, action.changes) if t)
        lines.append(
            joined(state_sign(action.status), f" {action.what} ", (came or state_word(action.status), "$quiet"))
        )
    return rows(lines)


def take_up(
    proposal: Proposal,
    join: Callable[[Proposal], None],
    settle: Callable[[Proposal], None],
    ask: Callable[[Proposal], None] | None = None,
) -> Question:
    """Ask whether somebody still cares for a topic that waits.

    Args:
        join: makes it one of today's topics.
        ask: makes it today's request; given in a step that writes one.
    """

    def choices(_said: str) -> Choices:
        return [
            ("take", plain(_("take it up: this is asked today") if ask else _("take it up: it joins today’s topics"))),
            ("settled", plain(_("nobody needs it any more"))),
            ("later", plain(_("not today"))),
        ]

    def explain(_said: str, _choice: str) -> Content:
        return joined((f"{proposal.by} " if proposal.by else "", "bold $accent"), proposal.text)

    def answer(_said: str, choice: str) -> None:
        if choice == "take" and ask:
            ask(proposal)
        elif choice == "take":
            join(proposal)
        elif choice == "settled":
            settle(proposal)

    return Question("remember", _("A topic that waits"), answer, explain=explain, choices=choices, again=True)
