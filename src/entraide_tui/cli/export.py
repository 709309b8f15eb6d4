"""The command `export`: write records in any format."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, FOUND, USAGE, say, tell, to_standard_output
from entraide_tui.common import workspace
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entraide_tui.archive.model import Record
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.base import ExportRequest, Format
    from entraide_tui.exports.destination import Destination
    from entraide_tui.exports.leave import Departure, ExportOutcome

SECTIONS = ("contributions", "learnings", "notes", "feelings")
EVERY = "all"
STANDARD_OUTPUT = "-"


class _Formats:
    """The names of all formats, imported only when needed: every start of the program builds the arguments."""

    def __iter__(self) -> Iterator[str]:
        from entraide_tui.exports import formats

        return iter(formats.BY_NAME)

    def __contains__(self, name: object) -> bool:
        return name in list(self)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("ids", nargs="+", metavar="ID", help=_("records: an id, a part of it, or “all”"))
    known = _("the format") + ": %(choices)s"
    parser.add_argument("--to", required=True, choices=_Formats(), metavar="FORMAT", help=known)
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


def _sections(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in names:
        if name not in SECTIONS:
            raise argparse.ArgumentTypeError(
                _("“{name}” is none of: {names}").format(name=clean(name), names=", ".join(SECTIONS))
            )
    return names


def export(args: argparse.Namespace) -> int:
    """Export records. Broken ones are reported; the others still go out."""
    from entraide_tui.archive.page import options
    from entraide_tui.common.clock import SystemClock
    from entraide_tui.exports import formats, templates
    from entraide_tui.exports.base import ExportRequest

    form = formats.BY_NAME[args.to]
    if args.recap and form.recap is None:
        tell(_("a recap is a document: take md, html or pdf."))
        return USAGE
    folder = workspace.existing(args.workspace)
    status, records = _read_records(args.ids, folder)
    if not records:
        if status == DONE:
            tell(_("no record yet in {folder}.").format(folder=folder.sessions))
        return FOUND
    one_each = form.holds == "one" and not args.recap
    several = len(args.ids) > 1 or EVERY in args.ids
    if args.out in (None, STANDARD_OUTPUT):
        if one_each and len(records) > 1:
            tell(_("these are several files: name a folder for them with -o."))
            return USAGE
        if not form.text and sys.stdout.isatty():
            tell(_("this format can't be shown in a terminal: name a file with -o."))
            return USAGE
    if one_each and several and args.out and Path(args.out).suffix == form.suffix and not Path(args.out).is_dir():
        tell(_("these are several files: name a folder for them with -o, not a file."))
        return USAGE
    request = ExportRequest(
        form,
        SystemClock().wall(),
        options.Options(**{name: name in args.sections for name in options.SECTIONS}),
        recap="recap" if args.recap else "",
        feelings="feelings" in args.sections,
        full=args.full,
        listed=several,
        templates=templates.folder(folder),
    )
    destination = _destination(args, form, folder, in_folder=one_each and several)
    return max(status, _export(records, request, destination, args, folder))


def show_page(path: Path, record: Record, folder: Workspace) -> int:
    """Print a record's page, as `export --to md` does."""
    from entraide_tui.exports import leave, markdown, offers

    text, outcome = offers.pages(leave.departures([(path, record)]), markdown.FORMAT, folder)
    to_standard_output(text.encode())
    _tell(outcome)
    return DONE if outcome.complete else FOUND


def _destination(args: argparse.Namespace, form: Format, folder: Workspace, *, in_folder: bool) -> Destination:
    from entraide_tui.exports.destination import Files, Stream

    if args.out in (None, STANDARD_OUTPUT):
        return Stream(to_standard_output)
    in_folder = in_folder or args.out.endswith(("/", os.sep))
    out = Path(args.out)
    if not in_folder and not out.suffix and not os.path.exists(out):  # noqa: PTH110 - a name too long is none
        out = out.with_name(out.name + form.suffix)
    return Files(folder, out, in_folder, "replace" if args.force else "refuse")


def _export(
    records: Sequence[Departure],
    request: ExportRequest,
    destination: Destination,
    args: argparse.Namespace,
    folder: Workspace,
) -> int:
    """Write the files one by one, reporting each as soon as it is done; return the exit status."""
    from entraide_tui.exports import leave

    redacted = None
    if args.anonymous:
        from entraide_tui.cli import anonymous

        redacted = anonymous.redacted(records, args.sections, folder)
    for sentence in leave.left_out(records, request, redacted):
        tell(sentence)
    status = DONE
    unnoted: dict[str, None] = {}
    for outcome in leave.one_by_one(records, request, destination, redacted):
        _tell(outcome)
        unnoted.update(dict.fromkeys(outcome.unnoted))
        if not outcome.complete:
            status = FOUND
    for sentence in unnoted:
        tell(sentence)
    return FOUND if unnoted else status


def _tell(outcome: ExportOutcome) -> None:
    for leak in (*outcome.leaks, *outcome.doubts):
        if leak.doubt:
            sentence = _("{file}: “{name}” may be a name ({where}): look at it.")
        elif leak.of_path:
            sentence = _("{file}: its name holds “{name}”. Choose another one with -o.")
        else:
            sentence = _(
                "{file}: “{name}” is still in it ({where}). It was not written: mark the word in the app first."
            )
        tell(sentence.format(file=leak.file, name=leak.name, where=leak.where))
    for failure in outcome.failed:
        tell("\n".join(failure.lines()))
    for path in outcome.written:
        say(str(path))


def _read_records(ids: Sequence[str], folder: Workspace) -> tuple[int, list[Departure]]:
    """The exit status so far, and the records that can be read, each once; for `all`, oldest first."""
    from entraide_tui.archive import listing, record_file
    from entraide_tui.exports import leave

    status = DONE
    chosen: dict[Path, None] = {}
    for name in ids:
        try:
            paths = listing.paths(folder)[::-1] if name == EVERY else [listing.find(folder, name)]
            chosen.update(dict.fromkeys(paths))
        except UserError as error:
            tell("\n".join(error.lines()))
            status = FOUND
    read: list[tuple[Path, Record]] = []
    known: dict[str, Path] = {}
    for path in chosen:
        try:
            record = record_file.read(path)
        except UserError as error:
            tell("\n".join(error.lines()))
            status = FOUND
            continue
        read.append((path, record))
        if known.setdefault(record.id, path) != path:
            tell(
                _("{one} and {other} are the same record, changed in two places.").format(
                    one=known[record.id], other=path
                )
            )
            status = FOUND
    return status, leave.departures(read)
