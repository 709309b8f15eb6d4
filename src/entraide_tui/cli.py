"""The commands: parse, call, print.

Standard output is data; standard error is what is said about it. Exit status: 0 done; 1 a problem was found and
said; 2 wrong usage. What needs no screen never imports Textual.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from entraide_tui import __version__
from entraide_tui.ground import words, workspace
from entraide_tui.ground.text import clean, visible
from entraide_tui.ground.trouble import Trouble
from entraide_tui.ground.words import _, many, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entraide_tui.ground.workspace import Workspace
    from entraide_tui.tui.app import EntraideApp

DONE, FOUND, USAGE = 0, 1, 2


def say(text: str = "") -> None:
    """Data."""
    sys.stdout.write(visible(text) + "\n")


def tell(text: str) -> None:
    """What is said about it."""
    sys.stderr.write(visible(text) + "\n")


class Parser(argparse.ArgumentParser):
    """argparse, in the language in use."""

    def error(self, message: str) -> NoReturn:
        """One line, then how to ask for help."""
        tell(f"{self.prog}: {clean(message)}")
        tell(_("See: {command} --help").format(command=self.prog))
        raise SystemExit(USAGE)


_ARGPARSE = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("show program's version number and exit"),
    mark("the following arguments are required: %s"),
    mark("unrecognized arguments: %s"),
    mark("expected one argument"),
    mark("expected at least one argument"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("invalid %(type)s value: %(value)r"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
)
"""argparse asks gettext for its own words; here they come from our catalogue."""


def _parser() -> Parser:
    everywhere = Parser(add_help=False)
    everywhere.add_argument(
        "--workspace", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=_("the group's folder")
    )
    everywhere.add_argument("--lang", choices=words.LANGUAGES, default=argparse.SUPPRESS, help=_("language"))
    parser = Parser(
        prog="entraide-tui",
        description=_("Lead a mutual-aid workshop, live, and leave with its one page."),
        parents=[everywhere],
    )
    parser.add_argument("--version", action="version", version=f"entraide-tui {__version__}")
    parser.add_argument("--no-mouse", action="store_true", help=_("leave the mouse to the terminal"))
    parser.set_defaults(call=_home)
    commands = parser.add_subparsers(metavar="", title=_("commands"))

    def command(name: str, help_: str, call: Callable[[argparse.Namespace], int], place: Any = commands) -> Parser:  # noqa: ANN401
        made: Parser = place.add_parser(name, help=help_, description=help_, parents=[everywhere])
        made.set_defaults(call=call)
        return made

    new = command("new", _("prepare a workshop"), _new)
    new.add_argument("--kit", default="", help=_("the kit's id or file"))
    new.add_argument("--title", default="", help=_("the title"))
    new.add_argument("--offeror", default="", metavar="NAME", help=_("who brings the request"))
    new.add_argument("--facilitator", default="", metavar="NAME", help=_("who leads"))
    new.add_argument(
        "--contributor", action="append", default=[], metavar="NAME", help=_("who helps; as often as needed")
    )
    new.add_argument("--end", default="", metavar="11:30", help=_("the promised end"))

    resume = command("resume", _("go on with an open workshop"), _resume)
    resume.add_argument("id", nargs="?", default="", help=_("its id, or a part of it"))

    rehearse = command("rehearse", _("play a kit with a made-up group"), _rehearse)
    rehearse.add_argument("kit", nargs="?", default="", help=_("the kit's id or file"))
    rehearse.add_argument("--scenario", type=Path, metavar="FILE", help=_("the made-up group"))
    rehearse.add_argument("--auto", action="store_true", help=_("the scenario plays by itself"))
    rehearse.add_argument("--headless", action="store_true", help=_("without a terminal"))
    rehearse.add_argument("--out", type=Path, metavar="DIR", help=_("keep the record there"))

    lists = command("list", _("the records, newest first"), _list)
    lists.add_argument("--limit", type=int, default=0, metavar="N", help=_("at most so many"))
    _json(lists)

    show = command("show", _("one record"), _show)
    show.add_argument("id", help=_("its id, or a part of it"))
    _json(show)

    init = command("init", _("make a workspace"), _init)
    init.add_argument("folder", type=Path, metavar="DIR", help=_("where"))

    kits = command("kits", _("the kits"), lambda _a: _kits_help(kits))
    of_kits = kits.add_subparsers(metavar="", title=_("commands"))
    _json(command("list", _("the kits that can be played"), _kits_list, of_kits))
    kit_show = command("show", _("one kit: steps and minutes"), _kits_show, of_kits)
    kit_show.add_argument("kit", help=_("the kit's id or file"))
    _json(kit_show)
    kit_check = command("check", _("check kit files"), _kits_check, of_kits)
    kit_check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _json(kit_check)
    return parser


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help=_("as one JSON document"))


def _kits_help(parser: Parser) -> int:
    parser.print_help()
    return USAGE


def _print_json(value: Any) -> None:  # noqa: ANN401 - JSON values
    import datetime
    import json

    def plain(other: object) -> str:
        return other.isoformat() if isinstance(other, datetime.date) else str(other)

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=plain) + "\n")


def _asked(args: argparse.Namespace) -> Workspace:
    return workspace.find(getattr(args, "workspace", None))


def _made(args: argparse.Namespace) -> Workspace:
    found = _asked(args)
    found.make()
    return found


# -- commands with a screen


def _start(args: argparse.Namespace, make: Callable[[], EntraideApp]) -> int:
    from entraide_tui.tui import lifecycle

    if lifecycle.terminal_missing():
        raise Trouble(_("this needs a terminal: start it in one, without redirections (and TERM not “dumb”)."))
    lifecycle.prepare_environment()
    app = make()
    status = app.run(mouse=not getattr(args, "no_mouse", False))
    if app.fault:
        tell(app.fault)
    return status if isinstance(status, int) else app.return_code or DONE


def _settings() -> Any:  # noqa: ANN401 - imported late
    from entraide_tui.ground import settings

    return settings.load()


def _home(args: argparse.Namespace) -> int:
    folder = _made(args)

    def make() -> EntraideApp:
        from entraide_tui.tui.app import EntraideApp

        return EntraideApp(folder, settings=args.settings, notice="")

    return _start(args, make)


def _new(args: argparse.Namespace) -> int:
    folder = _made(args)
    if args.kit:
        from entraide_tui.kits import catalogue

        args.kit = catalogue.find(args.kit, folder.kits).id

    def make() -> EntraideApp:
        from entraide_tui.tui.app import EntraideApp
        from entraide_tui.tui.screens.setup import Plan
        from entraide_tui.workshop.events import Seat

        seats = [Seat(clean(args.facilitator), "facilitator")] if args.facilitator else []
        seats += [Seat(clean(args.offeror), "offeror")] if args.offeror else []
        seats += [Seat(clean(name)) for name in dict.fromkeys(args.contributor) if name]
        plan = Plan(kit=args.kit, title=clean(args.title), end=clean(args.end), seats=tuple(seats))
        return EntraideApp(folder, settings=args.settings, plan=plan)

    return _start(args, make)


def _resume(args: argparse.Namespace) -> int:
    folder = _made(args)
    from entraide_tui.records import archive

    if args.id:
        path = archive.find(folder, args.id, open_sessions=True)
    else:
        every = archive.journals(folder)
        if not every:
            raise Trouble(_("no workshop is open in {folder}.").format(folder=folder.root))
        if len(every) > 1:
            names = "\n".join(f"  entraide-tui resume {p.stem}" for p in every)
            raise Trouble(_("several workshops are open; say which one:\n{names}").format(names=names))
        path = every[0]

    def make() -> EntraideApp:
        from entraide_tui.ground.clock import SystemClock
        from entraide_tui.records.live import LiveSession, holder
        from entraide_tui.tui.app import EntraideApp

        clock = SystemClock()
        try:
            live = LiveSession.resume(path, clock)
        except Trouble:
            who = holder(path)
            if who is None:
                raise
            live = LiveSession.look_on(path, clock)
            tell(
                _("This workshop is open in another program ({host}, process {process}): you can look on.").format(
                    host=clean(who.host), process=who.process
                )
            )
        return EntraideApp(folder, clock=clock, settings=args.settings, live=live)

    return _start(args, make)


def _rehearse(args: argparse.Namespace) -> int:
    if not (args.auto and args.headless):
        raise Trouble(_("a rehearsal plays by itself, without a terminal: add --auto --headless."))
    from entraide_tui.kits import catalogue, scenario
    from entraide_tui.tui import lifecycle

    kit_name = args.kit or catalogue.DEFAULT
    own = _asked(args).kits
    kit = catalogue.find(kit_name, own)
    file = args.scenario or catalogue.shipped_folder() / "scenarios" / f"{kit.id}.toml"
    play = scenario.load(file)
    lifecycle.prepare_environment()
    from entraide_tui.tui.rehearsal import rehearse

    for path in rehearse(kit, play, args.out):
        say(str(path))
    return DONE


# -- commands without


def _list(args: argparse.Namespace) -> int:
    from entraide_tui.records import archive

    folder = _asked(args)
    every = archive.paths(folder)
    shown = every[: args.limit] if args.limit > 0 else every
    lines = [archive.line(path) for path in shown]
    status = FOUND if any(line.fault for line in lines) else DONE
    if args.json:
        _print_json(
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
    if not every:
        tell(_("no record yet in {folder}.").format(folder=folder.sessions))
    return status


def _show(args: argparse.Namespace) -> int:
    from entraide_tui.records import archive, files

    path = archive.find(_asked(args), args.id)
    record = files.read(path)
    if args.json:
        _print_json(files.document(record))
    else:
        from entraide_tui.exports.markdown import render

        sys.stdout.write(render(record))
    return DONE


def _init(args: argparse.Namespace) -> int:
    made = workspace.Workspace(args.folder.expanduser().resolve()).make()
    for path in made:
        say(str(path))
    if not made:
        tell(_("{folder} is a workspace already; nothing was changed.").format(folder=args.folder))
    return DONE


def _kits_list(args: argparse.Namespace) -> int:
    from entraide_tui.kits import catalogue

    kits = catalogue.headlines(_asked(args).kits, words.language())
    status = FOUND if any(k.fault for k in kits) else DONE
    if args.json:
        _print_json(
            [
                {
                    "id": k.id, "title": k.title, "summary": k.summary, "minutes": k.minutes,
                    "group_size": {"min": k.people[0], "max": k.people[1]}, "path": str(k.path), "shipped": k.shipped,
                    "fault": k.fault,
                }
                for k in kits
            ]
        )  # fmt: skip
        return status
    width = max((len(k.id) for k in kits), default=0)
    for kit in kits:
        if kit.fault:
            tell(f"{kit.id}: {kit.fault}")
            continue
        low, high = kit.people
        people = many("{n} person", "{n} people", high).format(n=str(high) if low == high else f"{low}–{high}")
        own = "" if kit.shipped else "  " + _("(your own)")
        say(f"{kit.id:<{width}}  {_('{n} min').format(n=f'{kit.minutes:g}'):>7}  {people:<16}  {kit.title}{own}")
    return status


def _kits_show(args: argparse.Namespace) -> int:
    from entraide_tui.kits import catalogue
    from entraide_tui.kits.model import in_language

    kit = catalogue.find(args.kit, _asked(args).kits)
    language = words.language()
    if args.json:
        from entraide_tui.ground import toml
        from entraide_tui.kits.door import LARGEST

        _print_json(toml.read(catalogue.path_of(args.kit, _asked(args).kits), LARGEST))
        return DONE
    say(f"{in_language(kit.title, language)} ({kit.id}, {_('version {n}').format(n=kit.version)})")
    if kit.summary:
        say(in_language(kit.summary, language))
    say()
    width = max(len(in_language(s.title, language)) for s in kit.steps)
    for number, step in enumerate(kit.steps, 1):
        minutes = f"{step.minutes.usual:g}" if step.minutes else "∞"
        span = f"({step.minutes.min:g}–{step.minutes.max:g})" if step.minutes else ""
        again = (
            _("for each {role}").format(role=in_language(kit.roles.offeror, language))
            if step.repeat == "offeror"
            else ""
        )
        say(f"{number:>2}  {in_language(step.title, language):<{width}}  {minutes:>3} min {span:<8} {again}".rstrip())
    say()
    total = kit.total(2 if kit.repeats else 1)
    say(_("Usual total: {n} min").format(n=f"{total:g}"))
    for preset in kit.presets:
        shorter = kit.with_choices(preset.id, ())
        say(
            f"  {preset.id}: {in_language(preset.title, language)} ({_('{n} min').format(n=f'{shorter.total(2 if kit.repeats else 1):g}')})"
        )
    for option in kit.options:
        say(f"  {option.id}: {in_language(option.title, language)}")
    if kit.credits:
        say()
        say(in_language(kit.credits, language))
    say(kit.licence)
    return DONE


def _kits_check(args: argparse.Namespace) -> int:
    from entraide_tui.kits import door

    status = DONE
    out: list[dict[str, Any]] = []
    for file in args.files:
        try:
            findings = door.check_file(file).findings
        except Trouble as trouble:
            findings = trouble.findings or ()
            if not findings:
                status = FOUND
                out.append({"path": str(file), "line": 0, "place": "", "what": trouble.what, "serious": True})
                if not args.json:
                    tell("\n".join(trouble.lines()))
                continue
        for finding in findings:
            out.append(
                {
                    "path": str(file),
                    "line": finding.line,
                    "place": finding.place,
                    "what": finding.what,
                    "serious": finding.serious,
                }
            )
            if not args.json:
                kind = "" if finding.serious else _("warning: ")
                place = f"{finding.place}: " if finding.place else ""
                tell(f"{file}:{finding.line}:{finding.column or 1}: {kind}{place}{finding.what}")
        if any(f.serious for f in findings):
            status = FOUND
        elif not args.json:
            say(_("{file}: this kit can be played.").format(file=file))
    if args.json:
        _print_json(out)
    return status


# -- the start


def _language(argv: Sequence[str]) -> str:
    """Before anything is said: `--lang`, then the group's file, then the person's settings, then the terminal."""
    for index, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and index + 1 < len(argv):
            return argv[index + 1]
    asked: Path | None = None
    for index, word in enumerate(argv):
        if word.startswith("--workspace="):
            asked = Path(word.removeprefix("--workspace="))
        elif word == "--workspace" and index + 1 < len(argv):
            asked = Path(argv[index + 1])
    try:
        own = workspace.find(asked).group().language
        if own:
            return own
    except (Trouble, OSError):
        pass
    return words.terminal_language()


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns its exit status. Never raises but SystemExit for wrong usage."""
    argv = list(sys.argv[1:] if argv is None else argv)
    language = _language(argv)
    words.speak(language)
    argparse._ = _  # type: ignore[attr-defined]  # noqa: SLF001 - its one way to be translated
    args = _parser().parse_args(argv)
    try:
        args.settings = None
        if args.call in (_home, _new, _resume):
            args.settings = _settings()
            if args.settings.language and not _chosen(argv):
                words.speak(args.settings.language)
        return int(args.call(args))
    except Trouble as trouble:
        tell("\n".join(trouble.lines()))
        return FOUND
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        return 130


def _chosen(argv: Sequence[str]) -> bool:
    return any(word.startswith("--lang") for word in argv)


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
