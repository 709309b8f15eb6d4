"""The command that lets records leave, in any format."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, FOUND, USAGE, say, tell, to_standard_output
from entraide_tui.common import workspace
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.archive.model import Record
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.formats import ExportRequest, Format, NamedRecord

FORMATS = ("md", "toml", "html", "pdf", "ics", "csv", "json")
"""As the registry has them; written here too, because each start of the program reads the arguments."""
SECTIONS = ("contributions", "learnings", "notes", "feelings")
EVERY = "all"
STANDARD_OUTPUT = "-"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("ids", nargs="+", metavar="ID", help=_("records: an id, a part of it, or “all”"))
    parser.add_argument("--to", required=True, choices=FORMATS, help=_("the format"))
    parser.add_argument("--anonymous", action="store_true", help=_("replace names; then review in the app"))
    parser.add_argument(
        "--with",
        dest="sections",
        type=_sections,
        default=(),
        metavar="…",
        help=_("add to the page: {sections}").format(sections=", ".join(SECTIONS)),
    )
    parser.add_argument("--recap", action="store_true", help=_("one document about several records: md, html, pdf"))
    parser.add_argument("--full", action="store_true", help=_("ics: say what is to do and who does it"))
    parser.add_argument("--force", action="store_true", help=_("replace files that are there"))
    parser.add_argument("-o", dest="out", metavar="PATH", help=_("file or folder; “-”: standard output"))
    parser.epilog = _(
        "toml and json carry the whole record but the parking and the feelings; feelings leave only if --with names "
        "them, in md, toml and json. csv and ics hold the actions of all records in one file; the others make one file "
        "for each record, in the folder that -o names."
    )


def _sections(said: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part.strip() for part in said.split(",") if part.strip()))
    for name in found:
        if name not in SECTIONS:
            raise argparse.ArgumentTypeError(
                _("“{name}” is none of: {names}").format(name=clean(name), names=", ".join(SECTIONS))
            )
    return found


def export(args: argparse.Namespace) -> int:
    """Records, read, made into files, written. What is broken is named; the others still go out."""
    from entraide_tui.archive.page.options import Options
    from entraide_tui.common.clock import SystemClock
    from entraide_tui.exports import formats, templates

    form = formats.BY_NAME[args.to]
    if args.recap and form.recap is None:
        tell(_("a recap is a document: take md, html or pdf."))
        return USAGE
    folder = workspace.existing(args.workspace)
    status, items = _found(args.ids, folder)
    if not items:
        if status == DONE:
            tell(_("no record yet in {folder}.").format(folder=folder.sessions))
        return FOUND
    one_each = form.holds == "one" and not args.recap
    several = len(args.ids) > 1 or EVERY in args.ids
    if args.out in (None, STANDARD_OUTPUT):
        if one_each and len(items) > 1:
            tell(_("these are several files: name a folder for them with -o."))
            return USAGE
        if not form.text and sys.stdout.isatty():
            tell(_("this format can't be shown in a terminal: name a file with -o."))
            return USAGE
    if one_each and several and args.out and Path(args.out).suffix == f".{form.name}" and not Path(args.out).is_dir():
        tell(_("these are several files: name a folder for them with -o, not a file."))
        return USAGE
    wanted = formats.ExportRequest(
        wall=SystemClock().wall(),
        options=Options(**{name: name in args.sections for name in SECTIONS[:3]}),
        feelings="feelings" in args.sections and form.feelings,
        full=args.full,
        listed=several,
        templates=templates.folder(folder),
    )
    leaving = _Leaving(form, wanted, folder, [item.record.id for item in items], items)
    if args.anonymous:
        from entraide_tui.cli import anonymous

        shared = anonymous.shared(items, args.sections, folder)
        leaving = replace(leaving, items=shared.items, names=shared.names)
    _about(form, leaving.items, args)
    return max(status, leaving.all(args, in_folder=one_each and several))


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Files on their way.

    Attributes:
        ids: of the records themselves, in the order of `items`.
        items: the records as they leave.
        names: must not be in any file; empty unless names were replaced.
    """

    form: Format
    wanted: ExportRequest
    folder: Workspace
    ids: list[str]
    items: list[NamedRecord]
    names: tuple[str, ...] = ()

    def all(self, args: argparse.Namespace, *, in_folder: bool) -> int:
        """Makes and writes all files; one that can't be made or written keeps no other back."""
        together = args.recap or self.form.holds == "many"
        groups = [self.items] if together else [[item] for item in self.items]
        ids = [self.ids] if together else [[record_id] for record_id in self.ids]
        status = DONE
        for of, items in zip(ids, groups, strict=True):
            try:
                if not self._one(of, items, args, in_folder=in_folder):
                    status = FOUND
            except UserError as trouble:
                tell("\n".join(trouble.lines() if trouble.file else (f"{of[0]}: {line}" for line in trouble.lines())))
                status = FOUND
        return status

    def _one(self, ids: list[str], items: list[NamedRecord], args: argparse.Namespace, *, in_folder: bool) -> bool:
        """Makes one file, looks at it once more, writes it. Raises UserError."""
        from entraide_tui.cli import anonymous
        from entraide_tui.exports import formats
        from entraide_tui.privacy import share_log

        recap = "recap" if args.recap else ""
        (made,) = formats.made(self.form, items, self.wanted, recap=recap)
        if self.names and anonymous.stopped(self.form, made, items, self.wanted, self.names):
            return False
        if args.out in (None, STANDARD_OUTPUT):
            return to_standard_output(made.data)
        folder_named = args.out.endswith(("/", os.sep))
        path = formats.place(Path(args.out), made.name, in_folder=in_folder or folder_named)
        if self.names and anonymous.told_by_its_name(path, self.names):
            return False
        formats.write(path, made.data, self.folder, force=args.force)
        say(str(path))
        for record_id in ids:
            share_log.exported(self.folder, record_id, path, self.wanted.wall)
        return True


def _found(ids: Sequence[str], folder: Workspace) -> tuple[int, list[NamedRecord]]:
    """The records that can be read, each once; `all`: oldest first."""
    from entraide_tui.archive import listing, record_file
    from entraide_tui.exports import formats

    status = DONE
    chosen: dict[Path, None] = {}
    for name in ids:
        try:
            found = listing.paths(folder)[::-1] if name == EVERY else [listing.find(folder, name)]
            chosen.update(dict.fromkeys(found))
        except UserError as trouble:
            tell("\n".join(trouble.lines()))
            status = FOUND
    read: list[tuple[str, Record]] = []
    known: dict[str, Path] = {}
    for path in chosen:
        try:
            record = record_file.read(path)
        except UserError as trouble:
            tell("\n".join(trouble.lines()))
            status = FOUND
            continue
        read.append((path.stem, record))
        if known.setdefault(record.id, path) != path:
            tell(
                _("{one} and {other} are the same record, changed in two places.").format(
                    one=known[record.id], other=path
                )
            )
            status = FOUND
    return status, formats.items(read)


def _about(form: Format, items: Sequence[NamedRecord], args: argparse.Namespace) -> None:
    """What does not leave although one could think so."""
    if form.name == "ics":
        from entraide_tui.exports.calendar import undated

        if number := undated([item.record for item in items]):
            tell(
                many(
                    "{n} action without a date is left out.", "{n} actions without a date are left out.", number
                ).format(n=number)
            )
    if "feelings" in args.sections and (args.recap or not form.feelings):
        tell(_("feelings are left out: only a single md, toml and json carry them."))
