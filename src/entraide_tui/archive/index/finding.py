# ruff: noqa: S608 - nothing but folded words and our own is put into SQL
"""Questions to the index: what SQL is asked, and what is made of a row. Nothing that a person types reaches `MATCH`
but folded words, between quotes."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from entraide_tui.archive.index import reading
from entraide_tui.archive.index.filters import ASKING, OPEN, marks
from entraide_tui.archive.index.folding import Sought, Term, folded, sought, words
from entraide_tui.archive.index.refresh import day_row
from entraide_tui.archive.index.snippets import Pieces, snippet
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from entraide_tui.archive.index.query import Query

Order = Literal["best", "newest"]
WEIGHTS = "10.0, 5.0, 2.0, 1.0, 0.0"
"""Of a word in the title, the request, a topic, all else; marks weigh nothing."""
RANKED = 10_000
"""Found records that are put in order, the newest; older ones follow by date."""
PART = 500
_ASKED = "{title request topics}"
SHORTEST = 4
"""Letters of a word that may tell which requests are near to each other."""
FREQUENT = 0.2
"""The part of the records in which such a word stands at most."""
MOST_NEAR = 30
_ODD = re.compile("\0" if os.name != "nt" else r"[\0\\:]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record in a list.

    Attributes:
        open, late: how many of its actions are open, and late.
        fault: why it can't be read, if so.
        snippet: pieces of one line of it, each with whether it is a found word.
    """

    path: Path
    id: str
    title: str
    date: datetime.date | None
    offeror: str
    kit: str
    group: str
    request: str
    open: int
    late: int
    fault: str
    snippet: Pieces


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Some of the records that were found; `total`: how many there are; `stopped`: the search was interrupted."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    stopped: bool = False


SHORTEST_NAME = 4


def _name(query: Query) -> str:
    """What was typed, as a part of a record's id; empty where it can be none."""
    if query.filters or query.states or query.after or query.before:
        return ""
    name = "-".join(word for term in query.terms for word in term.words)
    return name if len(name) >= SHORTEST_NAME else ""


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """The index as it can be asked. All raise sqlite3.Error."""

    connection: sqlite3.Connection
    sessions: Path
    full: bool

    # -- records

    def rows(self, query: Query, today: datetime.date, limit: int, offset: int, order: Order) -> tuple[list[int], int]:
        """The rows of a page, and how many there are in all."""
        wheres, values = self._wheres(query, today)
        table = self._table(query)
        where = f"WHERE {' AND '.join(wheres)}" if wheres else ""
        ranked = self.full and order == "best" and bool(query.terms)
        ids = self._best(where, values, limit, offset) if ranked and offset < RANKED else []
        if len(ids) < limit and not (ranked and offset + len(ids) < RANKED):
            ids += self._column(
                f"SELECT rowid FROM {table} {where} ORDER BY rowid DESC LIMIT ? OFFSET ?",
                [*values, limit - len(ids), offset + len(ids)],
            )
        if not offset and not ids and (name := _name(query)):
            # messages call records by their ids: somebody types the end of one
            sql = "SELECT rowid FROM heads WHERE instr(record, ?) ORDER BY rowid DESC LIMIT ?"
            ids = self._column(sql, [name, limit])
        if not offset and len(ids) < limit:
            return ids, len(ids)
        (total,) = self._column(f"SELECT count(*) FROM {table} {where}", values)
        return ids, total

    def _column(self, sql: str, values: list[Any]) -> list[int]:
        return [int(row[0]) for row in self.connection.execute(sql, values)]

    def _best(self, where: str, values: list[Any], limit: int, offset: int) -> list[int]:
        """Of the newest that are found, the best first: to rank all takes long where a word is nearly everywhere, and
        tells little there."""
        return self._column(
            f"SELECT id FROM (SELECT rowid AS id, bm25(words, {WEIGHTS}) AS rank FROM words {where}"
            f" ORDER BY rowid DESC LIMIT {RANKED}) ORDER BY rank, id DESC LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )

    def _table(self, query: Query) -> str:
        asked = query.terms or query.filters or "open" in query.states
        return "heads" if not asked else "words" if self.full else "texts"

    def _wheres(self, query: Query, today: datetime.date) -> tuple[list[str], list[Any]]:
        wheres: list[str] = []
        values: list[Any] = []
        filters = [*query.filters, *([OPEN] if "open" in query.states else [])]
        asked = [*query.terms, *map(marks, filters)]
        if asked and self.full:
            wheres.append("words MATCH ?")
            values.append(" AND ".join(map(_phrase, asked)))
        elif asked:  # this SQLite has no FTS5: every text is looked through
            in_text, in_marks = ([sought(term) for term in terms] for terms in (query.terms, map(marks, filters)))
            self.connection.create_function("holds", 2, partial(_holds, in_text, in_marks))
            wheres.append("holds(text, names)")
        if query.after:
            wheres.append("rowid >= ?")
            values.append(day_row(query.after))
        if query.before:
            wheres.append("rowid >= ? AND rowid < ?")  # what has no date is before nothing
            values += [day_row(datetime.date.min), day_row(query.before)]
        if "late" in query.states:
            wheres.append("rowid IN (SELECT id FROM heads WHERE next != '' AND next < ?)")
            values.append(today.isoformat())
        return wheres, values

    def hits(self, ids: list[int], terms: Iterable[Term], today: datetime.date) -> Iterator[Hit]:
        """What is shown of these rows, in their order."""
        wanted = [sought(term) for term in terms]
        texts = " JOIN texts USING (id)" if wanted else ""
        found: dict[int, tuple[Any, ...]] = {}
        for begin in range(0, len(ids), PART):
            for row in self.connection.execute(
                "SELECT id, path, day, record, title, offeror, kit, grp, request, fault, dues,"
                f" {'text' if texts else 'NULL'} FROM heads{texts}"
                f" WHERE id IN ({', '.join(map(str, ids[begin : begin + PART]))})"
            ):
                found[row[0]] = row
        for row in (found[id_] for id_ in ids if id_ in found):
            path = self.path(row[1])
            if path is None:
                continue
            request, fault, dues, text = as_text(row[8]), as_text(row[9]), as_text(row[10]).split(), row[11]
            if fault or not isinstance(text, str):
                text = f"\n{request}"
            yield Hit(
                path=path,
                id=as_text(row[3]),
                title=as_text(row[4]),
                date=as_day(row[2]),
                offeror=as_text(row[5]),
                kit=as_text(row[6]),
                group=as_text(row[7]),
                request=request,
                open=len(dues),
                late=sum(1 for due in dues if "-" < due < today.isoformat()),
                fault=fault,
                snippet=() if fault else snippet(text, wanted),
            )

    def broken(self) -> list[int]:
        """The rows of what can't be read."""
        return [row[0] for row in self.connection.execute("SELECT id FROM heads WHERE fault != '' ORDER BY id DESC")]

    def path(self, stored: object) -> Path | None:
        """The file of a row, if it is one of the workspace: the index may have been written by anybody."""
        if not isinstance(stored, bytes):
            return None
        try:
            name = os.fsdecode(stored)
        except UnicodeDecodeError:
            return None
        parts = name.split("/")
        if "" in parts or ".." in parts or "." in parts or _ODD.search(name):
            return None
        return self.sessions / name

    # -- near requests

    def near(self, text: str, limit: int) -> tuple[list[int], list[Term]]:
        """Rows of records with a request that shares telling words with a text, and those words."""
        telling = self._telling(text) if self.full else []
        if not telling:
            return [], []
        any_ = " OR ".join(map(_phrase, telling))
        found = self._column(
            f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, {WEIGHTS}), rowid DESC LIMIT ?",
            [f"{_ASKED} : ({any_}) AND {_phrase(marks(ASKING))}", limit],
        )
        return found, telling

    def _telling(self, text: str) -> list[Term]:
        """The words of a text that are neither short nor everywhere, by their stems; the rarest first."""
        (all_,) = self.connection.execute("SELECT count(*) FROM heads").fetchone()
        most = max(int(all_ * FREQUENT), 5)
        stems = dict.fromkeys(_stem(word) for word in words(text[:5_000]) if len(word) >= SHORTEST)
        counted: list[tuple[int, Term]] = []
        for stem in list(stems)[:MOST_NEAR]:
            term = Term((stem,))
            (number,) = self._column(
                "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
                [f"{_ASKED} : {_phrase(term)}", most + 1],
            )
            if number:
                counted.append((number, term))
        counted.sort()
        return [term for number, term in counted if number <= most]


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"" if term.whole else "*"}'


def _holds(in_text: list[Sought], in_marks: list[Sought], text: str, names: str) -> bool:
    """Whether all of what is wanted stands in a record's texts, and in what filters look at."""
    flat, marked = folded(text), reading.marked(names)
    return all(any(one.places(flat)) for one in in_text) and all(any(one.places(marked)) for one in in_marks)


def _stem(word: str) -> str:
    """Without the ending of a plural."""
    return word[:-1] if len(word) > SHORTEST and word[-1] in "sx" else word


def as_text(value: object) -> str:
    """A text of a row, made safe to show; nothing where there is none."""
    return clean(value) if isinstance(value, str) else ""


def as_day(value: object) -> datetime.date | None:
    """A day of a row, if it is one."""
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
