"""The commands that query the index: `search` and `actions`."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, FOUND, print_json, say, tell
from entraide_tui.common import workspace
from entraide_tui.common.clock import SystemClock
from entraide_tui.common.i18n import _, many
from entraide_tui.common.local_time import local_day
from entraide_tui.common.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from entraide_tui.archive.index import Hit, Index, Refreshed
    from entraide_tui.archive.open_actions import Bucket, Promise

LIMIT = 20
SHOW_PROGRESS_FROM = 2_000
"""The number of changed files from which on the progress of indexing is shown."""
_FILTER = re.compile(r"([^\W\d_]+):(.*\s.*)", re.DOTALL)


def search_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `search`."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help=_("words, “phrases” and filters; none: all records"))
    parser.add_argument("--limit", type=int, default=LIMIT, metavar="N", help=_("at most so many; 0: all"))
    parser.add_argument("--newest", action="store_true", help=_("the newest first, not the best"))
    parser.epilog = _(
        "Filters: by: offeror: kit: theme: group: with a name, is:open, is:late, after: and before: with 2026, 2026-11 "
        "or 2026-11-21. A word is found by its beginning, whatever its accents."
    )


def actions_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `actions`."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--open", dest="which", action="store_const", const="open", help=_("those that are open (usual)")
    )
    which.add_argument("--overdue", dest="which", action="store_const", const="late", help=_("those that are late"))
    which.add_argument("--all", dest="which", action="store_const", const="all", help=_("done and dropped ones too"))
    parser.set_defaults(which="open")


def _query_text(arguments: Sequence[str]) -> str:
    """The query with the quotes that the shell removed: `offeror:"Anne Marie"` arrives as one argument."""
    from entraide_tui.archive.index.filters import filter_name

    out = []
    for argument in arguments:
        match = _FILTER.fullmatch(argument)
        alone = match is not None and '"' not in argument and filter_name(match[1]) and ":" not in match[2]
        out.append(f'{match[1]}:"{match[2]}"' if match and alone else argument)
    return " ".join(out)


def _refresh(index: Index, wall: float) -> Refreshed:
    shown = False

    def progress(done: int, of: int) -> None:
        nonlocal shown
        if of >= SHOW_PROGRESS_FROM and sys.stderr.isatty():
            shown = True
            sys.stderr.write("\r" + _("reading the records: {done} of {of}").format(done=done, of=of))
            sys.stderr.flush()

    refreshed = index.refresh(wall=wall, progress=progress)
    if shown:
        sys.stderr.write("\n")
    for fault in refreshed.faults:
        tell(fault)
    if refreshed.busy:
        tell(_("another program is writing the index: what changed last may be missing."))
    return refreshed


def search(args: argparse.Namespace) -> int:
    from entraide_tui.archive.index import Index, parse

    wall = SystemClock().wall()
    today = local_day(wall)
    query = parse(_query_text(args.words))
    for fault in query.faults:
        tell(fault)
    with Index.open(workspace.existing(args.workspace)) as index:
        refreshed = _refresh(index, wall)
        found = index.search(
            query,
            today=today,
            limit=args.limit if args.limit > 0 else sys.maxsize,
            order="newest" if args.newest else "best",
        )
        shown = {hit.path for hit in found.hits}
        unread = [hit for hit in index.broken(today=today) if hit.path not in shown] if args.words else []
    status = FOUND if refreshed.faults or not found.hits or any(hit.fault for hit in found.hits) else DONE
    if args.json:
        print_json([_as_json(hit) for hit in found.hits])
        return status
    for hit in found.hits:
        _show(hit)
    if unread:
        left_out = many(
            "{n} record can’t be read and is left out.", "{n} records can’t be read and are left out.", len(unread)
        )
        tell(left_out.format(n=len(unread)))
    tell(many("{n} record found", "{n} records found", found.total).format(n=found.total))
    if len(found.hits) < found.total:
        more = found.total - len(found.hits)
        tell(many("{n} more; see --limit", "{n} more; see --limit", more).format(n=more))
    return status


def _show(hit: Hit) -> None:
    if hit.fault:
        tell(hit.fault)
        if hit.title == hit.path.stem:  # nothing of it can be read
            return
    parts = [hit.date.isoformat() if hit.date else "–", hit.id, hit.title, hit.offeror]
    if hit.open:
        parts.append(many("{n} open action", "{n} open actions", hit.open).format(n=hit.open))
    if hit.late:
        parts.append(many("{n} late", "{n} late", hit.late).format(n=hit.late))
    say("  ".join(part for part in parts if part))
    if hit.snippet:
        bold, plain = ("\x1b[1m", "\x1b[22m") if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else ("", "")
        line = "".join(f"{bold}{visible(piece)}{plain}" if found else visible(piece) for piece, found in hit.snippet)
        sys.stdout.write(f"    {line}\n")


def _as_json(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id, "title": hit.title, "date": hit.date, "group": hit.group, "people": {"offeror": hit.offeror},
        "kit": {"id": hit.kit}, "request": {"text": hit.request}, "open_actions": hit.open, "late_actions": hit.late,
        "path": str(hit.path), "fault": hit.fault,
        "snippet": [{"text": piece, "found": found} for piece, found in hit.snippet],
    }  # fmt: skip


def actions(args: argparse.Namespace) -> int:
    from entraide_tui.archive.index import Index
    from entraide_tui.archive.open_actions import BUCKETS, bucket, ranked

    wall = SystemClock().wall()
    today = local_day(wall)
    with Index.open(workspace.existing(args.workspace)) as index:
        refreshed = _refresh(index, wall)
        found = index.actions(status=None if args.which == "all" else "open")
        broken = index.broken(today=today)
    shown = [p for p in ranked(found, today) if args.which != "late" or bucket(p, today) == "late"]
    for hit in broken:  # their actions are missing from the list
        tell(hit.fault)
    status = FOUND if broken or refreshed.faults else DONE
    if args.json:
        print_json([_action_as_json(promise, bucket(promise, today)) for promise in shown])
        return status
    headings: dict[Bucket, str] = {
        "late": _("Late"), "week": _("This week"), "later": _("Later"), "done": _("Done"), "dropped": _("Dropped"),
    }  # fmt: skip
    for name in BUCKETS:
        promises = [promise for promise in shown if bucket(promise, today) == name]
        if promises:
            say(headings[name])
        for promise in promises:
            due = promise.due.isoformat() if promise.due else "–"
            say("  " + "  ".join(part for part in (due, promise.who, promise.what or "–") if part))
            say("      " + "  ".join(part for part in (promise.record, promise.offeror, promise.request) if part))
    if not shown:
        tell(_("no action is late.") if args.which == "late" else _("no action."))
    return status


def _action_as_json(promise: Promise, where: Bucket) -> dict[str, object]:
    return {
        "record": promise.record, "date": promise.date, "group": promise.group, "offeror": promise.offeror,
        "request": promise.request, "number": promise.number + 1, "what": promise.what, "who": promise.who,
        "due": promise.due, "first_step": promise.first_step, "idea": promise.idea, "status": promise.status,
        "tried": promise.tried, "outcome": promise.outcome, "changes": promise.changes, "bucket": where,
        "path": str(promise.path),
    }  # fmt: skip
