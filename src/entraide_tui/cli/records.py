"""The commands `list`, `show` and `init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, FOUND, print_json, say, tell
from entraide_tui.common import workspace
from entraide_tui.common.files import reason
from entraide_tui.common.i18n import _, many

if TYPE_CHECKING:
    import argparse


def list_records(args: argparse.Namespace) -> int:
    from entraide_tui.archive import listing

    folder = workspace.existing(args.workspace)
    refused: list[OSError] = []
    every = listing.newest_first(listing.paths(folder, refused.append))
    shown = every[: args.limit] if args.limit > 0 else every
    lines = [listing.line(path) for path in shown]
    for error in refused:
        said = _("{folder} can’t be looked into: {reason}.")
        tell(said.format(folder=error.filename, reason=reason(error)))
    status = FOUND if refused or any(line.fault for line in lines) else DONE
    if args.json:
        print_json(
            [
                {
                    "id": line.id, "title": line.title, "date": line.date, "people": {"offeror": line.offeror},
                    "kit": {"id": line.kit}, "open_actions": len(line.due), "path": str(line.path), "fault": line.fault,
                }
                for line in lines
            ]
        )  # fmt: skip
        return status
    for line in lines:
        if line.fault:
            tell(line.fault)
            continue
        date = line.date.isoformat() if line.date else "–"
        due = many("{n} open action", "{n} open actions", len(line.due)).format(n=len(line.due)) if line.due else ""
        say("  ".join(part for part in (date, line.id, line.title, line.offeror, due) if part))
    if len(shown) < len(every):
        more = len(every) - len(shown)
        tell(many("{n} more; see --limit", "{n} more; see --limit", more).format(n=more))
    if not every and not refused:
        tell(_("no record yet in {folder}.").format(folder=folder.sessions))
    return status


def show(args: argparse.Namespace) -> int:
    from entraide_tui.archive import listing, record_file

    folder = workspace.existing(args.workspace)
    path = listing.find(folder, args.id)
    record = record_file.read(path)
    if args.json:
        print_json(record_file.document(record))
    else:
        from entraide_tui.cli.export import show_page

        return show_page(path, record, folder)
    return DONE


def init(args: argparse.Namespace) -> int:
    created = workspace.Workspace(args.folder.expanduser().resolve()).make()
    for path in created:
        say(str(path))
    if not created:
        tell(_("{folder} is a workspace already; nothing was changed.").format(folder=args.folder))
    return DONE
