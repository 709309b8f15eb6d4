"""The command line. Commands without a screen never import Textual."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from entraide_tui import __version__
from entraide_tui.cli import (
    check,
    export,
    forget,
    kits,
    kits_diff,
    kits_own,
    kits_print,
    kits_suggest,
    records,
    screens,
    search,
)
from entraide_tui.cli.output import DONE, FOUND, USAGE, tell
from entraide_tui.common import i18n, workspace
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, mark
from entraide_tui.common.settings import SettingsStore
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.common.settings import Settings


Command = Callable[..., "Parser"]
"""Adds a command: its name, its help, the function to call and, if any, the parent command."""


class Parser(argparse.ArgumentParser):
    """An argument parser that prints errors in the interface's language."""

    def error(self, message: str) -> NoReturn:
        """Print the error and how to get help, then exit with `USAGE`."""
        tell(f"{self.prog}: {clean(message)}")
        tell(_("See: {command} --help").format(command=self.prog))
        raise SystemExit(USAGE)


_ARGPARSE = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("the following arguments are required: %s"),
    mark("unrecognized arguments: %s"),
    mark("expected one argument"),
    mark("expected at least one argument"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("invalid %(type)s value: %(value)r"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
)
"""Sentences of argparse itself, marked so that our catalogue has them."""


def parser() -> Parser:
    """The parser of all commands, in the interface's language."""
    everywhere = Parser(add_help=False)
    everywhere.add_argument(
        "--workspace", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=_("the group's folder")
    )
    everywhere.add_argument("--lang", choices=i18n.LANGUAGES, default=argparse.SUPPRESS, help=_("language"))
    top = Parser(
        prog="entraide-tui",
        description=_("Lead a mutual-aid workshop, live, and leave with its one page."),
        parents=[everywhere],
    )
    top.add_argument("--version", action="version", version=f"entraide-tui {__version__}", help=_("say the version"))
    top.add_argument("--no-mouse", action="store_true", help=_("leave the mouse to the terminal"))
    top.set_defaults(call=screens.home)
    commands = top.add_subparsers(metavar="", title=_("commands"))

    def command(name: str, help_: str, call: Callable[[argparse.Namespace], int], parent: Any = commands) -> Parser:  # noqa: ANN401
        new: Parser = parent.add_parser(name, help=help_, description=help_, parents=[everywhere])
        new.set_defaults(call=call)
        return new

    _add_workshop_commands(command)
    _add_record_commands(command)
    _add_kit_commands(command)
    return top


def _add_workshop_commands(command: Command) -> None:
    new = command("new", _("prepare a workshop"), screens.new)
    new.add_argument("--kit", default="", help=_("the kit's id or file"))
    new.add_argument("--title", default="", help=_("the title"))
    new.add_argument("--offeror", default="", metavar="NAME", help=_("who brings the request"))
    new.add_argument("--facilitator", default="", metavar="NAME", help=_("who leads"))
    new.add_argument(
        "--contributor", action="append", default=[], metavar="NAME", help=_("who helps; as often as needed")
    )
    new.add_argument("--end", default="", metavar="11:30", help=_("the promised end"))

    resume = command("resume", _("go on with an open workshop"), screens.resume)
    resume.add_argument("id", nargs="?", default="", help=_("its id, or a part of it"))

    rehearse = command("rehearse", _("play a kit with a made-up group"), screens.rehearse)
    rehearse.add_argument("kit", nargs="?", default="", help=_("the kit's id or file"))
    rehearse.add_argument("--scenario", type=Path, metavar="FILE", help=_("the made-up group"))
    rehearse.add_argument("--speed", type=_speed, metavar="X", help=_("how fast the clock runs: 1 to 60"))
    rehearse.add_argument("--auto", action="store_true", help=_("the scenario plays by itself"))
    rehearse.add_argument("--headless", action="store_true", help=_("without a terminal"))
    rehearse.add_argument("--out", type=Path, metavar="DIR", help=_("keep the record there"))


def _speed(text: str) -> float:
    try:
        speed = float(text.rstrip("x×").replace(",", "."))
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 60:
        raise argparse.ArgumentTypeError(_("a speed goes from 1 to 60."))
    return speed


def _add_record_commands(command: Command) -> None:
    lists = command("list", _("the records, newest first"), records.list_records)
    lists.add_argument("--limit", type=int, default=0, metavar="N", help=_("at most so many"))
    _json(lists)

    show = command("show", _("one record"), records.show)
    show.add_argument("id", help=_("its id, or a part of it"))
    _json(show)

    searching = command("search", _("find records by their words"), search.search)
    search.search_arguments(searching)
    _json(searching)

    acting = command("actions", _("the actions of all records"), search.actions)
    search.actions_arguments(acting)
    _json(acting)

    export.arguments(command("export", _("let records leave, in a format of your choice"), export.export))

    forget.arguments(command("forget", _("erase a person from all records"), forget.forget))

    check.arguments(command("check", _("check all files of the workspace"), check.check))

    init = command("init", _("make a workspace"), records.init)
    init.add_argument("folder", type=Path, metavar="DIR", help=_("where"))


def _add_kit_commands(command: Command) -> None:
    about_kits: Parser = command("kits", _("the kits"), lambda _a: _kits_help(about_kits))
    of_kits = about_kits.add_subparsers(metavar="", title=_("commands"))
    _json(command("list", _("the kits that can be played"), kits.list_kits, of_kits))
    kit_show = command("show", _("one kit: steps and minutes"), kits.show, of_kits)
    kit_show.add_argument("kit", help=_("the kit's id or file"))
    _json(kit_show)
    kit_check = command("check", _("check kit files"), kits.check, of_kits)
    kit_check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _json(kit_check)
    kits_own.copy_arguments(command("copy", _("copy a kit, to change it"), kits_own.copy, of_kits))
    kit_diff = command("diff", _("what differs between two kits, by steps"), kits_diff.diff, of_kits)
    kits_diff.arguments(kit_diff)
    _json(kit_diff)
    _json(command("schema", _("the JSON Schema of a kit, for editors"), kits_own.schema, of_kits))
    kit_suggest = command("suggest", _("what your sessions suggest for your kits"), kits_suggest.suggest, of_kits)
    kits_suggest.arguments(kit_suggest)
    _json(kit_suggest)
    kits_print.arguments(command("print", _("a poster, cards or a sheet to print"), kits_print.print_kit, of_kits))


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help=_("as one JSON document"))


def _kits_help(parser: Parser) -> int:
    parser.print_help()
    return USAGE


def language_of(argv: Sequence[str], settings: Settings) -> str:
    """The language for a command; see `i18n.choose_language`."""
    option = ""
    for index, word in enumerate(argv):
        if word.startswith("--lang="):
            option = option or word.removeprefix("--lang=")
        elif word == "--lang" and index + 1 < len(argv):
            option = option or argv[index + 1]
    return i18n.choose_language(option, settings.language, lambda: group_language(argv))


def group_language(argv: Sequence[str]) -> str:
    """The language that the group's file names; empty where it can't be told."""
    asked: Path | None = None
    for index, word in enumerate(argv):
        if word.startswith("--workspace="):
            asked = Path(word.removeprefix("--workspace="))
        elif word == "--workspace" and index + 1 < len(argv):
            asked = Path(argv[index + 1])
    try:
        return workspace.find(asked).group().language
    except (UserError, OSError):
        return ""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status. Raises SystemExit for wrong usage."""
    argv = list(sys.argv[1:] if argv is None else argv)
    store = SettingsStore.load()
    i18n.set_language(language_of(argv, store.values), group=group_language(argv))
    argparse._ = _  # type: ignore[attr-defined]
    args = parser().parse_args(argv, argparse.Namespace(workspace=None, lang=None))
    args.settings = store
    try:
        return int(args.call(args))
    except UserError as error:
        tell("\n".join(error.lines()))
        return FOUND
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        return 130


def run() -> NoReturn:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    status = main()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    sys.exit(status)
