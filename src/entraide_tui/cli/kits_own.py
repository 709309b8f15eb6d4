"""The commands `kits copy` and `kits schema`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, say, tell
from entraide_tui.common import workspace
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    import argparse


def copy_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `kits copy`."""
    parser.add_argument("kit", help=_("the kit's id or file"))
    parser.add_argument("new", metavar="NEW", help=_("the id of the copy, and the name of its file: a-z, 0-9 and -"))


def copy(args: argparse.Namespace) -> int:
    """Copy a kit into the workspace and print its path."""
    from entraide_tui.kits import catalogue, copying

    own = workspace.find(args.workspace).kits
    path = copying.copy(catalogue.path_of(args.kit, own), own, args.new)
    say(str(path))
    tell(_("Change it as you like; it keeps the credits and the licence of the original. Then check it with:"))
    tell(f"  entraide-tui kits check {path}")
    return DONE


def schema(args: argparse.Namespace) -> int:
    """Print the JSON Schema of kits, with or without `--json`."""
    from entraide_tui.kits.json_schema import text

    del args
    sys.stdout.write(text())
    return DONE
