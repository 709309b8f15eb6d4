"""What these tests share: archives of a few records, and what a search must find, told the slow way."""

from __future__ import annotations

import datetime
import os
import re
from typing import TYPE_CHECKING

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.common.text import fold
from entraide_tui.common.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TODAY = datetime.date(2026, 11, 21)
NOON = 1_795_258_800.0
"""Noon of that day."""
LONG_AGO = NOON - 1_000_000
WORD = re.compile(r"[^\W_]+")


def put(root: Path, record: m.Record | str | bytes, name: str = "", *, at: float = LONG_AGO) -> Path:
    """A file among the records, written at that time."""
    text = record_file.dumps(record) if isinstance(record, m.Record) else record
    path = root / "sessions" / f"{name or (record.id if isinstance(record, m.Record) else 'x')}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(path, (at, at))
    return path


def workspace(root: Path, records: Sequence[m.Record] = ()) -> Workspace:
    """With these records."""
    (root / "sessions").mkdir(parents=True, exist_ok=True)
    for number, record in enumerate(records):
        put(root, record, f"r{number}")
    return Workspace(root)


def record(title: str = "Titre", **more: object) -> m.Record:
    """One of today."""
    values: dict[str, object] = {"id": "2026-11-21-x-k7qm", "title": title, "date": TODAY, **more}
    return m.Record(**values)  # type: ignore[arg-type]


def texts(record: m.Record) -> Iterator[str]:
    """All that a search looks at: neither feelings nor what was left on the parking."""
    yield from (record.title, record.request.text, record.request.context, record.group, *record.themes)
    people = record.people
    yield from (people.offeror, people.facilitator, *people.contributors, *people.absent)
    for idea in record.ideas:
        yield from (idea.text, *idea.by)
    for action in record.actions:
        yield from (action.what, action.who, action.first_step, action.tried, action.outcome, action.changes)
    yield from (question.answer for question in record.questions)
    said: list[m.Topic | m.Question | m.Said | m.Contribution] = [*record.topics, *record.questions]
    said += [*record.contributions, *record.learnings]
    for each in said:
        yield from (each.text, each.by)
    for note in record.notes:
        if not note.parked:
            yield note.text


def gave(record: m.Record) -> Iterator[str]:
    """Who gave an idea, a topic, a contribution."""
    for idea in record.ideas:
        yield from idea.by
    yield from (topic.by for topic in record.topics)
    yield from (contribution.by for contribution in record.contributions)


def holds(texts: Iterator[str], sought: str, *, whole: bool = False) -> bool:
    """Whether a text has these words one after the other, the last one by its beginning."""
    wanted = WORD.findall(fold(sought))
    for text in texts:
        words = WORD.findall(fold(text))
        for begin in range(len(words) - len(wanted) + 1):
            there = words[begin : begin + len(wanted)]
            if there[:-1] == wanted[:-1] and (there[-1] == wanted[-1] if whole else there[-1].startswith(wanted[-1])):
                return True
    return False
