"""Reads a record for the index: without pydantic, and without refusing all of it for one odd value."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from entraide_tui.archive import listing
from entraide_tui.archive.index.filters import ASKING, FILTERS, OPEN, mark
from entraide_tui.archive.index.folding import BREAK, flat_lines, spaced, words
from entraide_tui.archive.parked_notes import is_parked
from entraide_tui.common import toml
from entraide_tui.common.text import LONGEST, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_DAY_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Texts = tuple[str, str, str, str, str]


@dataclass(slots=True)
class IndexedRecord:
    """The parts of a record that the index holds.

    Attributes:
        fault: why it can't be read, if so.
        lines: its texts, one to a line: the title, the request, the topics, then all others.
        topics: the number of lines that are topics.
        names: the values that filters look at, each after the name of its filter: `offeror Awa`.
    """

    day: datetime.date | None = None
    record: str = ""
    title: str = ""
    offeror: str = ""
    kit: str = ""
    group: str = ""
    fault: str = ""
    lines: list[str] = field(default_factory=list)
    topics: int = 0
    names: list[str] = field(default_factory=list)
    actions: list[tuple[Any, ...]] = field(default_factory=list)
    topic_rows: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def dues(self) -> list[str]:
        """The due dates of its open actions as 2026-12-05; an empty text for an action without one."""
        return [action[3] for action in self.actions if action[6] == "open"]


def columns(text: str, topics: int, names: str) -> Texts:
    """The full-text columns of a record: title, request, topics, all other texts, marks.

    Deterministic: a full-text table without content deletes a row by being given what was inserted.
    """
    lines = flat_lines(text)
    return (
        spaced(lines[:1]),
        spaced(lines[1:2]),
        spaced(lines[2 : 2 + topics]),
        spaced(lines[2 + topics :]),
        marked(names),
    )


def marked(names: str) -> str:
    """The values that filters look at, as marks: `¦by¦anne ¦by¦marie ¶`."""
    return " ".join(map(_marks, names.split("\n")))


@lru_cache(maxsize=4096)
def _marks(name: str) -> str:
    filter_, value = name.split(" ", 1) if " " in name else (name, "")
    return " ".join([*(mark(filter_, word) for word in words(value)), BREAK])


def read(path: Path, data: bytes) -> IndexedRecord:
    """The record in a file's bytes; with its fault, and only the file's name, if it can't be read."""
    held = listing.attempt(path, lambda: _entry(path, *_in_shape(toml.parse(data, path))))
    return broken(path, held) if isinstance(held, str) else held


def broken(path: Path, fault: str) -> IndexedRecord:
    """An unreadable record, which only its file name finds."""
    name = clean(path.stem)
    day = None
    if found := _DAY_NAME.match(name):
        try:
            day = datetime.date.fromisoformat(found[0])
        except ValueError:
            day = None
    return IndexedRecord(day, name, name, fault=fault, lines=[name, ""])


def _text(value: object) -> str:
    """The value as one line of text, at most `LONGEST` characters; other values than texts are converted."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return text[:LONGEST].replace("\n", " ") if "\n" in text else text[:LONGEST]


def _of(table: dict[str, Any], *keys: str) -> list[str]:
    return [_text(table[key]) for key in keys if table.get(key)]


def _names(value: object) -> list[str]:
    return [_text(name) for name in value if name] if isinstance(value, list) else [_text(value)] if value else []


def _values(document: dict[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """Every text at one of these keys; a key such as `ideas.by` goes through lists of tables too."""
    for key in keys:
        found: list[Any] = [document]
        for part in key.split("."):
            found = [table.get(part) for table in _flat(found) if isinstance(table, dict)]
        yield from (_text(value) for value in _flat(found) if value)


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield from value if isinstance(value, list) else (value,)


_TABLES = ("people", "request", "kit")
_ROWS = ("topics", "ideas", "actions", "questions", "contributions", "learnings", "notes")


def _in_shape(document: dict[str, Any]) -> tuple[dict[str, Any], list[object]]:
    """The document with every section a table or rows of tables, and the values that were there instead."""
    odd: list[object] = []
    out = dict(document)
    for name in _TABLES:
        held = document.get(name, {})
        out[name] = held if isinstance(held, dict) else {}
        odd += [] if isinstance(held, dict) else [held]
    for name in _ROWS:
        held = document.get(name, [])
        out[name] = [row for row in held if isinstance(row, dict)] if isinstance(held, list) else []
        odd += [row for row in held if not isinstance(row, dict)] if isinstance(held, list) else [held]
    return out, odd


def _texts(values: list[object]) -> list[str]:
    """Every text in these values, however nested."""
    out: list[str] = []
    for value in values:
        if isinstance(value, (list, dict)):
            out += _texts(list(value.values()) if isinstance(value, dict) else value)
        elif isinstance(value, str):
            out.append(_text(value))
    return out


def _iso(value: object) -> str:
    day = listing.day(value)
    return day.isoformat() if day else ""


def _entry(path: Path, document: dict[str, Any], odd: list[object]) -> IndexedRecord:
    people, request, kit = document["people"], document["request"], document["kit"]
    out = IndexedRecord(
        day=listing.day(document.get("date")),
        record=_text(document["id"]) if "id" in document else clean(path.stem),
        title=_text(document["title"]) if "title" in document else clean(path.stem),
        offeror=_text(people.get("offeror", "")),
        kit=_text(kit.get("id", "")),
        group=_text(document.get("group", "")),
        fault=listing.not_whole(path) if odd else "",
    )
    asked = _text(request.get("text", ""))
    topics: list[str] = []
    for number, topic in enumerate(document["topics"]):
        text, by = _text(topic.get("text", "")), _text(topic.get("by", ""))
        if text:
            topics.append(text)
            out.topic_rows.append((number, text, by, bool(topic.get("chosen")), bool(topic.get("settled"))))

    rest = [_text(request.get("context", "")), *_texts(odd)]
    ideas: list[str] = []
    for idea in document["ideas"]:
        ideas.append(_text(idea.get("text", "")))
    rest += ideas
    for number, action in enumerate(document["actions"]):
        row = _action(number, action, ideas)
        out.actions.append(row)
        rest += [row[1], row[2], row[4], *row[7:]]
    for section in ("questions", "contributions", "learnings"):
        for said in document[section]:
            rest.append(_text(said.get("text", "")))
            rest.append(_text(said.get("by", "")))
            rest.append(_text(said.get("answer", "")))
    for note in document["notes"]:
        if not is_parked(note):
            rest.append(_text(note.get("text", "")))
    head, seats = _described()
    for name in head:
        rest += _names(document.get(name))
    for name in seats:
        rest += _names(people.get(name))
    values = {name: dict.fromkeys(_values(document, kind.keys)) for name, kind in FILTERS.items()}
    rest += values["by"]

    out.names = [f"{name} {value}" for name, held in values.items() for value in held]
    if asked:
        out.names.append(" ".join((ASKING.name, *ASKING.term.words)))
    if any(action[6] == "open" for action in out.actions):
        out.names.append(" ".join((OPEN.name, *OPEN.term.words)))
    out.topics = len(topics)
    out.lines = [out.title, asked, *topics, *dict.fromkeys(filter(None, rest))]
    return out


@cache
def _described() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of the file's head that hold what people wrote, except the title; and those of the people."""
    from entraide_tui.archive.record_schema import FIELDS, HEAD, TOP  # late: a search that reads no file needs no model

    head = tuple(name for name in HEAD if name != "title" and TOP[name].holds not in ("word", "value", "inline"))
    return head, tuple(FIELDS["people"])


def _action(number: int, action: dict[str, Any], ideas: list[str]) -> tuple[Any, ...]:
    idea = action.get("idea", 0)
    return (
        number,
        _text(action.get("what", "")),
        _text(action.get("who", "")),
        _iso(action.get("due")),
        _text(action.get("first_step", "")),
        ideas[idea - 1] if isinstance(idea, int) and 0 < idea <= len(ideas) else "",
        listing.state(action.get("status")),
        _text(action.get("tried", "")),
        _text(action.get("outcome", "")),
        _text(action.get("changes", "")),
    )
