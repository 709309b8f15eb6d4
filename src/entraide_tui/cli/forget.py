"""The command `forget`: show what erasing a person changes, ask, do it, and print what is out of reach."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, FOUND, say, tell
from entraide_tui.common import workspace
from entraide_tui.common.errors import InputError
from entraide_tui.common.files import reason
from entraide_tui.common.i18n import _, many
from entraide_tui.common.text import clean, fold

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.privacy.file_change import FileChange
    from entraide_tui.privacy.forget_plan import Plan

MOST = 200
"""The most lines that are shown of one file."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("name", metavar="NAME", help=_("who is forgotten: the whole name"))
    parser.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="NAME",
        help=_("another spelling; as often as needed"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("show what would be done, and do nothing"))
    parser.add_argument(
        "--exports", action="store_true", help=_("delete exported files inside the group's folder, too, unasked")
    )
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))


def forget(args: argparse.Namespace) -> int:
    """Show what would change and, once the name is typed again, do it and say what is left."""
    from entraide_tui.exports.markdown import renderer
    from entraide_tui.privacy import forgetting

    folder = workspace.existing(args.workspace)
    plan = forgetting.plan(folder, args.name, page=renderer(folder), also=args.also)
    _show(plan, folder)
    if args.dry_run:
        _say_out_of_reach(plan)
        return DONE
    if plan.changes and not args.yes and not _agreed(plan):
        tell(_("Nothing was changed."))
        return FOUND
    # Even if no file changes: the index may still contain the name.
    failed = forgetting.carry_out(folder, plan)
    gone = _delete_exports(plan, folder, asked=args.exports, may_ask=not args.yes) if plan.changes else set()
    plan = replace(
        plan,
        copies=tuple(copy for copy in plan.copies if copy.path not in gone),
        elsewhere=tuple(path for path in plan.elsewhere if path not in gone),
        left=plan.left + failed,
    )
    _say_done(plan, len(plan.changes) - sum(error.file in {c.path for c in plan.changes} for error in failed))
    _say_out_of_reach(plan)
    return FOUND if failed else DONE


def _say_done(plan: Plan, done: int) -> None:
    if not plan.changes:
        tell(_("No file of this workspace names “{name}”.").format(name=plan.name))
        return
    tell(
        many("“{name}” is forgotten: {n} file changed.", "“{name}” is forgotten: {n} files changed.", done).format(
            name=plan.name, n=done
        )
    )


def _delete_exports(plan: Plan, folder: Workspace, *, asked: bool, may_ask: bool) -> set[Path]:
    """Delete exported files inside the workspace if `asked` or confirmed; return the deleted ones."""
    ours = [c.path for c in plan.copies if c.exists and c.path.is_relative_to(folder.root) and not c.path.is_symlink()]
    if not ours:
        return set()
    if not asked:
        if not may_ask:
            return set()
        tell(_("These exported files in the group’s folder may hold the name. Delete them too? Type yes:"))
        for path in ours:
            tell(f"  {_relative(path, folder)}")
        try:
            if fold(clean(input()).strip()) not in ("yes", "y", "oui", "o"):
                return set()
        except (EOFError, KeyboardInterrupt):
            return set()
    deleted = set()
    for path in ours:
        try:
            path.unlink()
        except OSError as error:
            tell(_("{file}: could not be deleted: {reason}.").format(file=path, reason=reason(error)))
        else:
            say(_("{file}: deleted").format(file=_relative(path, folder)))
            deleted.add(path)
    return deleted


def _agreed(plan: Plan) -> bool:
    if not sys.stdin.isatty():
        raise InputError(_("this can't be undone: add --yes where nobody can be asked. Nothing was changed."))
    tell(_("This can't be undone. Type the name once more to do it; anything else leaves all as it is:"))
    try:
        return fold(clean(input()).strip()) == fold(plan.name)
    except (EOFError, KeyboardInterrupt):
        return False


def _show(plan: Plan, folder: Workspace) -> None:
    if plan.changes:
        tell(_("Looked for: {names}").format(names=", ".join(plan.names)))
    shown: set[tuple[str, str]] = set()
    place = ""
    for change in plan.changes:
        if change.private_place not in ("", place):
            say(_("{place}, outside the group’s folder:").format(place=_(change.private_place)))
        place = change.private_place
        say(_effect(change, folder))
        # a record, its page and its former versions share sentences: show each once
        lines = []
        for line in change.lines:
            texts = (line.before.strip(), line.after.strip())
            if texts not in shown:
                lines.append(line)
            shown.add(texts)
        for line in lines[:MOST]:
            say(f"  {line.number}: {line.before}")
            say(f"  {' ' * len(str(line.number))}→ {line.after}")
        if len(lines) > MOST:
            more = len(lines) - MOST
            say("  " + many("and {n} more line", "and {n} more lines", more).format(n=more))
        if again := len(change.lines) - len(lines):
            say("  " + many("{n} line as shown above", "{n} lines as shown above", again).format(n=again))
    if plan.changes:
        tell(_("The search index will be erased; it is made again when it is needed."))


def _effect(change: FileChange, folder: Workspace) -> str:
    path = _relative(change.path, folder)
    if change.after is None:
        return _("{file}: is taken away (it is what an interrupted program left)").format(file=path)
    if change.becomes != change.path:
        return _("{file}: becomes {other}").format(file=path, other=_relative(change.becomes, folder))
    return _("{file}: is rewritten").format(file=path)


def _relative(path: Path, folder: Workspace) -> str:
    return str(path.relative_to(folder.root)) if path.is_relative_to(folder.root) else str(path)


def _say_out_of_reach(plan: Plan) -> None:
    """Print what was not changed and what is out of reach."""
    if plan.doubts:
        tell(_("Not changed, for you to look at (everyday words, names that others bear too):"))
        for doubt in plan.doubts:
            tell(f"  {doubt.as_line()}")
    listed = {copy.path for copy in plan.copies} | {error.file for error in plan.left}
    others = [str(path) for path in plan.elsewhere if path not in listed]
    others += [line for error in plan.left for line in error.lines()]
    if others:
        tell(_("Files that are not ours, or could not be looked into, and may hold the name:"))
        for line in others:
            tell(f"  {line}")
    if plan.copies:
        tell(_("Copies that left; what they hold is out of reach:"))
        for copy in plan.copies:
            there = _("still there") if copy.exists else _("no longer there")
            tell(f"  {copy.path} ({copy.day}, {there})")
    if plan.git:
        tell(_("This folder is in a git repository ({folder}): its history keeps what was.").format(folder=plan.git))
    tell(_("Out of reach as well: backups, synchronised copies on other machines, pages that were sent or printed."))
