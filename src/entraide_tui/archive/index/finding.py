# ruff: noqa: S608 - nothing but folded words and our own text is put into SQL
"""The SQL queries of a search, and what is made of their rows.

Of what a person types, only folded words reach `MATCH`, between quotes.
"""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from entraide_tui.archive.index import reading
from entraide_tui.archive.index.filters import ASKING, OPEN, marks
from entraide_tui.archive.index.folding import Term, TermPattern, compiled, folded, words
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
"""The weight of a word in the title, the request, a topic, any other text, and in marks."""
RANKED = 10_000
"""The number of records that are ranked, the newest first; older ones follow by date."""
PART = 500
"""Rows that are read with one query."""
_ASKED = "{title request topics}"
SHORTEST = 4
"""The fewest letters of a word that is compared to find similar requests."""
FREQUENT = 0.2
"""The largest share of the records in which such a word may stand."""
MOST_NEAR = 30
"""The most words that are compared."""
_ODD = re.compile("\0" if os.name != "nt" else r"[\0\\:]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record in a list of results.

    Attributes:
        open, late: the numbers of its open and of its late actions.
        fault: why it can't be read, if so.
        snippet: pieces of one of its lines, each with whether it is a matched word.
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
    """A page of the results; `total`: the number of all; `stopped`: the search was interrupted."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    stopped: bool = False


SHORTEST_NAME = 4
"""The fewest letters of a part of an id that is searched for."""


def _name(query: Query) -> str:
    """The query as a part of a record's id; empty if it can't be one."""
    if query.filters or query.states or query.after or query.before:
        return ""
    name = "-".join(word for term in query.terms for word in term.words)
    return name if len(name) >= SHORTEST_NAME else ""


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """The queries to an open index. All methods raise sqlite3.Error."""

    connection: sqlite3.Connection
    sessions: Path
    full: bool

    # -- records

    def rows(self, query: Query, today: datetime.date, limit: int, offset: int, order: Order) -> tuple[list[int], int]:
        """The row ids of a page of results, and the number of all results."""
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
            # messages name records by their ids: somebody may type the end of one
            sql = "SELECT rowid FROM heads WHERE instr(record, ?) ORDER BY rowid DESC LIMIT ?"
            ids = self._column(sql, [name, limit])
        if not offset and len(ids) < limit:
            return ids, len(ids)
        (total,) = self._column(f"SELECT count(*) FROM {table} {where}", values)
        return ids, total

    def _column(self, sql: str, values: list[Any]) -> list[int]:
        return [int(row[0]) for row in self.connection.execute(sql, values)]

    def _best(self, where: str, values: list[Any], limit: int, offset: int) -> list[int]:
        """The newest results, best first: ranking all is slow, and of little use, if a word is nearly everywhere."""
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
            in_text, in_marks = ([compiled(term) for term in terms] for terms in (query.terms, map(marks, filters)))
            self.connection.create_function("holds", 2, partial(_holds, in_text, in_marks))
            wheres.append("holds(text, names)")
        if query.after:
            wheres.append("rowid >= ?")
            values.append(day_row(query.after))
        if query.before:
            wheres.append("rowid >= ? AND rowid < ?")  # a record without a date is before no day
            values += [day_row(datetime.date.min), day_row(query.before)]
        if "late" in query.states:
            wheres.append("rowid IN (SELECT id FROM heads WHERE next != '' AND next < ?)")
            values.append(today.isoformat())
        return wheres, values

    def hits(self, ids: list[int], terms: Iterable[Term], today: datetime.date) -> Iterator[Hit]:
        """The hits of these rows, in their order."""
        wanted = [compiled(term) for term in terms]
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
        """The rows of the records that can't be read, newest first."""
        return [row[0] for row in self.connection.execute("SELECT id FROM heads WHERE fault != '' ORDER BY id DESC")]

    def path(self, stored: object) -> Path | None:
        """The path of a row's file; None if it isn't inside the workspace: anybody may have written the index."""
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
        """The rows of records whose request, title or topics share distinctive words with a text, and those words."""
        distinctive = self._distinctive(text) if self.full else []
        if not distinctive:
            return [], []
        any_ = " OR ".join(map(_phrase, distinctive))
        found = self._column(
            f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, {WEIGHTS}), rowid DESC LIMIT ?",
            [f"{_ASKED} : ({any_}) AND {_phrase(marks(ASKING))}", limit],
        )
        return found, distinctive

    def _distinctive(self, text: str) -> list[Term]:
        """The stems of a text's words that are neither short nor frequent, rarest first."""
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


def _holds(in_text: list[TermPattern], in_marks: list[TermPattern], text: str, names: str) -> bool:
    """Whether all patterns match in a record's texts and in its marks."""
    flat, marked = folded(text), reading.marked(names)
    return all(any(p.spans_in(flat)) for p in in_text) and all(any(p.spans_in(marked)) for p in in_marks)


def _stem(word: str) -> str:
    """The word without a plural ending."""
    return word[:-1] if len(word) > SHORTEST and word[-1] in "sx" else word


def as_text(value: object) -> str:
    """A text in a row, made safe to show; empty if it is none."""
    return clean(value) if isinstance(value, str) else ""


def as_day(value: object) -> datetime.date | None:
    """A date in a row; None if it is none."""
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
