# ruff: noqa: S608 - nothing but our own words is put into SQL
"""What was promised and what was left, asked of the index: actions, and topics that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.records.index.finding import as_day, as_text
from entraide_tui.records.promises import Promise, Proposal

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from entraide_tui.kits.model import ActionStatus
    from entraide_tui.records.index.finding import Finding


class _Head(NamedTuple):
    path: Path | None
    record: str
    date: datetime.date | None
    group: str
    offeror: str
    request: str


def promises(index: Finding, flat: str | None, status: str | None) -> list[Promise]:
    """Every action, the newest record first; of one group (folded), of one status, if asked. Raises sqlite3.Error."""
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


def proposals(index: Finding, flat: str | None) -> list[Proposal]:
    """Topics that wait, the newest first; of one group (folded), if asked. Raises sqlite3.Error.

    One that was chosen or asked since, or on the same day, waits no longer; one that was brought again waits once.
    """
    rows = index.connection.execute(
        "SELECT id, path, record, day, number, topics.text, by, chosen, settled, topics.flat FROM topics"
        f" JOIN heads USING (id){' WHERE heads.flat = ?' if flat is not None else ''} ORDER BY id, number",
        [flat] if flat is not None else [],
    ).fetchall()
    brought: dict[str, int] = {}  # the last record that has it
    taken: dict[str, str] = {}  # the last day on which it was chosen, or asked
    for id_, _path, _record, day, number, _said, _by, chosen, _settled, words in rows:
        brought[words] = id_
        if chosen or number < 0:
            taken[words] = day
    out = []
    for id_, stored, record, day, number, text, by, chosen, settled, words in reversed(rows):
        path = index.path(stored)
        if number < 0 or chosen or settled or not words or path is None:
            continue
        if brought[words] == id_ and not (words in taken and taken[words] >= day):
            out.append(Proposal(path, as_text(record), as_day(day), int(number), as_text(text), as_text(by)))
    return out
