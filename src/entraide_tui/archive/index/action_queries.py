# ruff: noqa: S608 - nothing but our own text is put into SQL
"""Queries for planned actions, and for topics that wait to be taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.archive.index.finding import as_day, as_text
from entraide_tui.archive.index.folding import words
from entraide_tui.archive.open_actions import Promise, Proposal

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from entraide_tui.archive.index.finding import IndexQuery
    from entraide_tui.kits.model import ActionStatus


class _Head(NamedTuple):
    path: Path | None
    record: str
    date: datetime.date | None
    group: str
    offeror: str
    request: str


def promises(index: IndexQuery, flat: str | None, status: str | None) -> list[Promise]:
    """Every action, newest record first; only of a group (folded) or a status, if given. Raises sqlite3.Error."""
    wheres = [*(["flat = ?"] if flat is not None else []), *(["status = ?"] if status else [])]
    out: list[Promise] = []
    head = _Head(None, "", None, "", "", "")
    last: object = None
    for row in index.connection.execute(
        "SELECT id, path, record, day, grp, offeror, request, number, what, who, due, first_step, idea, status, tried,"
        " outcome, changes FROM actions JOIN heads USING (id)"
        f"{' WHERE ' if wheres else ''}{' AND '.join(wheres)} ORDER BY id DESC, number",
        [value for value in (flat, status) if value is not None],
    ):
        if row[0] != last:
            last = row[0]
            head = _Head(index.path(row[1]), as_text(row[2]), as_day(row[3]), *map(as_text, row[4:7]))
        number, what, who, due, first_step, idea, status_, tried, outcome, changes = row[7:]
        if head.path is None or not isinstance(number, int):
            continue
        out.append(
            Promise(
                path=head.path,
                record=head.record,
                date=head.date,
                group=head.group,
                offeror=head.offeror,
                request=head.request,
                number=number,
                what=as_text(what),
                who=as_text(who),
                due=as_day(due),
                first_step=as_text(first_step),
                idea=as_text(idea),
                status=_status(status_),
                tried=as_text(tried),
                outcome=as_text(outcome),
                changes=as_text(changes),
            )
        )
    return out


def _status(value: object) -> ActionStatus:
    return "done" if value == "done" else "dropped" if value == "dropped" else "open"


def proposals(index: IndexQuery, flat: str | None) -> list[Proposal]:
    """Topics that wait, newest first; only of a group (folded), if given. Raises sqlite3.Error.

    A topic that was chosen or asked on the same day or later no longer waits; one that was brought several times is
    listed once. A request that was only prepared waits: its record plans nothing.
    """
    where, values = ("", []) if flat is None else (" WHERE flat = ?", [flat])
    taken: dict[str, str] = {}  # topic: the last day on which it was chosen or asked
    rows = [
        (*row, _same(row[5]))
        for row in index.connection.execute(
            "SELECT id, path, record, day, number, text, by, chosen, settled FROM topics JOIN heads USING (id)"
            f"{where} ORDER BY id, number",
            values,
        )
    ]
    acted = {id_ for (id_,) in index.connection.execute("SELECT DISTINCT id FROM actions")}
    unchosen = {(row[0], row[-1]) for row in rows if not row[-3]}
    asked = index.connection.execute(f"SELECT id, day, request FROM heads{where} ORDER BY id", values)
    for id_, day, request in asked:
        same = _same(request)
        # a request among its own record's topics, with nothing planned, was only prepared
        if id_ in acted or (id_, same) not in unchosen:
            taken[same] = day
    brought: dict[str, int] = {}  # topic: the last record that has it
    for id_, _path, _record, day, _number, _text, _by, chosen, _settled, same in rows:
        brought[same] = id_
        if chosen:
            taken[same] = max(day, taken.get(same, ""))
    out = []
    for id_, stored, record, day, number, text, by, chosen, settled, same in reversed(rows):
        path = index.path(stored)
        if chosen or settled or not same or path is None or brought[same] != id_:
            continue
        if same not in taken or taken[same] < day:
            out.append(Proposal(path, as_text(record), as_day(day), int(number), as_text(text), as_text(by)))
    return out


def _same(text: object) -> str:
    """The folded words of a text: two texts with the same ones ask the same."""
    return " ".join(words(text)) if isinstance(text, str) else ""
