"""The index of a workspace's records: found again in a moment, thrown away at any time.

The files are the truth. The index lives in the user's cache folder, and mends itself: whatever is wrong with it, it is
made anew, and where there is no place for it, it is made in memory. No method raises for what is on the disk.
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
    """One object is used by one thread; only `interrupt` may be called from another one."""

    def __init__(self, workspace: Workspace, store: schema.Store, cache: Path | None) -> None:
        self.workspace = workspace
        self._store, self._cache = store, cache
        self._wall = 0.0
        self._interrupted = False

    @classmethod
    def open(cls, workspace: Workspace, *, cache: Path | None = None) -> Self:
        """The index as it was left, at once; empty if there is none, or if it can't be used. Never raises.

        Args:
            workspace: whose.
            cache: the folder; else the user's own for caches.
        """
        return cls(workspace, schema.open_store(workspace, cache, full=schema.has_full_text()), cache)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the file back."""
        self._store.close()

    def erase(self) -> None:
        """Closes the index and takes it off the disk, of whatever version. Raises FileError where it can't be."""
        self.close()
        schema.erase(self.workspace, self._cache)

    def interrupt(self) -> None:
        """Ends the search that is running in the index's own thread; it answers that it was stopped."""
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
        """Brings the index up to date with the files.

        Args:
            wall: seconds since 1970.
            progress: told, from time to time, how many of the changed files were read, of how many.
            stop: asked between two files; what was read so far is kept.
        """
        self._wall = wall
        for _turn in range(3):  # as it is, from an empty file, in memory
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
        """Without what was there: from an empty file, or, where that is no help, in memory."""
        full, path = self._store.full, self._store.path
        self._store.close()
        self._store = schema.in_memory(full=full)
        if fault == "broken" and path is not None:
            with contextlib.suppress(OSError):
                schema.discard(path)
                self._store = schema.open_store(self.workspace, self._cache, full=full)

    def _ask(self, question: Callable[[IndexQuery], Answer], nothing: Answer) -> Answer:
        """The answer; from an index that is made anew if this one can't give it."""
        for turn in range(3):
            try:
                return question(IndexQuery(self._store.connection, self.workspace.sessions, self._store.full))
            except schema.FAULTS as error:
                fault = schema.kind(error)
                if fault == "stopped":
                    self._interrupted = True
                    return nothing
                if turn < 2:
                    self._start_again(fault if turn == 0 else "nowhere")
                    self.refresh(wall=self._wall)
        return nothing

    def search(
        self, query: Query, *, today: datetime.date, limit: int = 50, offset: int = 0, order: Order = "best"
    ) -> SearchResult:
        """A page of the records that the query finds; all of them, the newest first, for an empty query."""
        self._interrupted = False
        if query.vain:
            return SearchResult()

        def ask(finding: IndexQuery) -> SearchResult:
            ids, total = finding.rows(query, today, max(0, limit), max(0, offset), order)
            return SearchResult(tuple(finding.hits(ids, query.terms, today)), total)

        return self._ask(ask, None) or SearchResult(stopped=self._interrupted)

    def actions(self, *, group: str | None = None, status: ActionStatus | None = None) -> list[Promise]:
        """Every action of every readable record, the newest record first; of one group, of one status, if asked."""
        flat = None if group is None else folded(group)
        return self._ask(lambda finding: action_queries.promises(finding, flat, status), [])

    def proposals(self, *, group: str | None = None) -> list[Proposal]:
        """Topics that were not chosen, are not settled, and were neither asked nor brought again since."""
        flat = None if group is None else folded(group)
        return self._ask(lambda finding: action_queries.proposals(finding, flat), [])

    def near(self, text: str, *, today: datetime.date, limit: int = 5) -> list[Hit]:
        """Past requests that share telling words with a text, the nearest first."""

        def ask(finding: IndexQuery) -> list[Hit]:
            ids, terms = finding.near(text, max(0, limit))
            return list(finding.hits(ids, terms, today))

        return self._ask(ask, [])

    def broken(self, *, today: datetime.date) -> list[Hit]:
        """Every record that can't be read, with its fault."""
        return self._ask(lambda finding: list(finding.hits(finding.broken(), (), today)), [])

    def complete(self, text: str, cursor: int) -> list[tuple[str, int, int]]:
        """For the word at the cursor: what may stand in its place, from where, to where."""
        return self._ask(lambda finding: completion.complete(finding.connection, text, cursor), [])
