"""The command `kits print`: a kit's poster, role cards, blank cards or step-by-step sheet."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.cli.export import STANDARD_OUTPUT
from entraide_tui.cli.output import DONE, USAGE, say, tell, to_standard_output
from entraide_tui.common import i18n, workspace
from entraide_tui.common.errors import NotFoundError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import nearest

if TYPE_CHECKING:
    import argparse

    from entraide_tui.kits.model import Kit

WHAT = ("poster", "roles", "cards", "sheet")
FORMATS = ("pdf", "html", "md")
PAPERS = ("a4", "a3")
"""Copied from `exports.handouts`, which is too slow to import at every start."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("kit", help=_("the kit's id or file"))
    parser.add_argument(
        "--what", choices=WHAT, default="poster", help=_("poster, role cards, blank cards, or step-by-step sheet")
    )
    parser.add_argument("--preset", default="", metavar="ID", help=_("a shorter or longer form of the kit"))
    parser.add_argument(
        "--option", action="append", default=[], metavar="ID", help=_("an option of the kit; as often as needed")
    )
    parser.add_argument("--paper", choices=PAPERS, default="a4", help=_("size of the poster"))
    parser.add_argument("--to", required=True, choices=FORMATS, help=_("the format"))
    parser.add_argument("--force", action="store_true", help=_("replace files that are there"))
    parser.add_argument("-o", dest="out", metavar="PATH", help=_("file or folder; “-”: standard output"))


def print_kit(args: argparse.Namespace) -> int:
    """Make the handout of a kit and write it. Raises UserError."""
    from entraide_tui.exports import handouts
    from entraide_tui.exports.destination import Files
    from entraide_tui.kits import catalogue

    if args.paper != "a4" and args.what != "poster":
        tell(_("only the poster comes in A3: leave --paper out."))
        return USAGE
    to_output = args.out in (None, STANDARD_OUTPUT)
    if to_output and args.to == "pdf" and sys.stdout.isatty():
        tell(_("this format can't be shown in a terminal: name a file with -o."))
        return USAGE
    folder = workspace.find(args.workspace)
    kit = _chosen(catalogue.find(args.kit, folder.kits), args.preset, args.option)
    handout = handouts.make(kit, args.what, args.to, language=i18n.language(), paper=args.paper)
    if handout.notice:
        tell(handout.notice)
    if to_output:
        to_standard_output(handout.data)
        return DONE
    files = Files(folder, Path(args.out), args.out.endswith(("/", os.sep)), "replace" if args.force else "refuse")
    say(str(files.put(handouts.name_of(kit, args.what, args.to), handout.data).path))
    return DONE


def _chosen(kit: Kit, preset: str, options: list[str]) -> Kit:
    """The kit with a preset and options. Raises NotFoundError if it lacks one of them."""
    if preset:
        _require(preset, [p.id for p in kit.presets], _("the kit has no preset “{id}”. It has: {names}."))
    for option in options:
        _require(option, [o.id for o in kit.options], _("the kit has no option “{id}”. It has: {names}."))
    return kit.with_choices(preset, tuple(options))


def _require(name: str, names: list[str], sentence: str) -> None:
    if name in names:
        return
    if near := nearest(name, names):
        raise NotFoundError(_("the kit knows no “{id}”. Did you mean “{near}”?").format(id=name, near=near))
    raise NotFoundError(sentence.format(id=name, names=", ".join(names) or "–"))
