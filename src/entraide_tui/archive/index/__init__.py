"""The search index of a workspace's records: a cache that can be deleted at any time.

The files are the truth. The index lies in the user's cache folder and repairs itself: a broken one is rebuilt, and
where no file can be written, it is built in memory. No method raises because of what is on the disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Self, TypeVar

from entraide_tui.archive.index import action_queries, completion, schema
from entraide_tui.archive.index.finding import Hit, IndexQuery, Order, SearchResult
from entraide_tui.archive.index.folding import folded
from entraide_tui.archive.index.query import Query, parse
from entraide_tui.archive.index.refresh import Refresh, Refreshed
from entraide_tui.archive.open_actions import Promise, Proposal

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.kits.model import ActionStatus

__all__ = ["Hit", "Index", "Order", "Promise", "Proposal", "Query", "Refreshed", "SearchResult", "parse"]
Answer = TypeVar("Answer")


class Index:
    """The index of one workspace. Use it from one thread; only `interrupt` may be called from another."""

    def __init__(self, workspace: Workspace, store: schema.Store, cache: Path | None) -> None:
        self.workspace = workspace
        self._store, self._cache = store, cache
        self._wall = 0.0
        self._interrupted = False

    @classmethod
    def open(cls, workspace: Workspace, *, cache: Path | None = None) -> Self:
        """Open the index as it was left, not refreshed; empty if there is none or it can't be used. Never raises.

        Args:
            cache: the folder of the index file; None: the user's cache folder.
        """
        return cls(workspace, schema.open_store(workspace, cache, full=schema.has_full_text()), cache)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index file."""
        self._store.close()

    def erase(self) -> None:
        """Close the index and delete its files, those of other versions too. Raises FileError if one can't be."""
        self.close()
        schema.erase(self.workspace, self._cache)

    def interrupt(self) -> None:
        """Stop the search that is running in the index's own thread; its result is marked `stopped`."""
        try:
            self._store.connection.interrupt()
        except sqlite3.Error:
            return  # closed meanwhile

    @property
    def empty(self) -> bool:
        """Whether it holds no record, as before the first refresh."""
        return (
            self._ask(lambda finding: finding.connection.execute("SELECT 1 FROM heads LIMIT 1").fetchone(), None)
            is None
        )

    def refresh(
        self,
        *,
        wall: float,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Refreshed:
        """Bring the index up to date with the files.

        Args:
            wall: seconds since 1970.
            progress: called from time to time with the number of changed files read, and of all changed files.
            stop: asked between two files whether to stop; what was read so far stays in the index.
        """
        self._wall = wall
        for _turn in range(3):  # first as it is, then from an empty file, then in memory
            try:
                return self._refresh(progress, stop)
            except schema.FAULTS as error:
                fault = schema.kind(error)
                if fault in ("waiting", "stopped"):
                    return Refreshed(busy=fault == "waiting", stopped=fault == "stopped")
                self._start_again(fault)
        return Refreshed(busy=True)

    def _refresh(self, progress: Callable[[int, int], None] | None, stop: Callable[[], bool] | None) -> Refreshed:
        store = self._store
        return Refresh(store.connection, self.workspace.sessions, self._wall, progress, stop, full=store.full).run()

    def _start_again(self, fault: schema.Fault) -> None:
        """Replace the index by an empty one: in a new file if the old one was broken, else in memory."""
        full, path = self._store.full, self._store.path
        self._store.close()
        self._store = schema.in_memory(full=full)
        if fault == "broken" and path is not None:
            with contextlib.suppress(OSError):
                schema.discard(path)
                self._store = schema.open_store(self.workspace, self._cache, full=full)

    def _ask(self, question: Callable[[IndexQuery], Answer], default: Answer) -> Answer:
        """Answer a question, from a rebuilt index if this one fails; `default` if interrupted or nothing helps."""
        for turn in range(3):
            try:
                return question(IndexQuery(self._store.connection, self.workspace.sessions, self._store.full))
            except schema.FAULTS as error:
                fault = schema.kind(error)
                if fault == "stopped":
                    self._interrupted = True
                    return default
                if turn < 2:
                    self._start_again(fault if turn == 0 else "nowhere")
                    self.refresh(wall=self._wall)
        return default

    def search(
        self, query: Query, *, today: datetime.date, limit: int = 50, offset: int = 0, order: Order = "best"
    ) -> SearchResult:
        """A page of the records that match the query; an empty query matches all, newest first."""
        self._interrupted = False
        if query.vain:
            return SearchResult()

        def ask(finding: IndexQuery) -> SearchResult:
            ids, total = finding.rows(query, today, max(0, limit), max(0, offset), order)
            return SearchResult(tuple(finding.hits(ids, query.terms, today)), total)

        return self._ask(ask, None) or SearchResult(stopped=self._interrupted)

    def actions(self, *, group: str | None = None, status: ActionStatus | None = None) -> list[Promise]:
        """The actions of all readable records, newest record first; only of a group or a status, if given."""
        flat = None if group is None else folded(group)
        return self._ask(lambda finding: action_queries.promises(finding, flat, status), [])

    def proposals(self, *, group: str | None = None) -> list[Proposal]:
        """Topics that were not chosen, are not settled, and were neither asked nor brought again since."""
        flat = None if group is None else folded(group)
        return self._ask(lambda finding: action_queries.proposals(finding, flat), [])

    def near(self, text: str, *, today: datetime.date, limit: int = 5) -> list[Hit]:
        """Past requests that share distinctive words with a text, the most similar first."""

        def ask(finding: IndexQuery) -> list[Hit]:
            ids, terms = finding.near(text, max(0, limit))
            return list(finding.hits(ids, terms, today))

        return self._ask(ask, [])

    def broken(self, *, today: datetime.date) -> list[Hit]:
        """The records that can't be read, with their faults."""
        return self._ask(lambda finding: list(finding.hits(finding.broken(), (), today)), [])

    def complete(self, text: str, cursor: int) -> list[tuple[str, int, int]]:
        """The completions of the word at the cursor, as (text, start, end) of what each replaces."""
        return self._ask(lambda finding: completion.complete(finding.connection, text, cursor), [])
