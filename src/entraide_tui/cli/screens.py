"""The commands with a screen. They import Textual only after checking that there is a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, FOUND, say, tell
from entraide_tui.common import i18n, workspace
from entraide_tui.common.errors import FileError, InputError, NotFoundError
from entraide_tui.common.files import reason
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario
    from entraide_tui.tui.app import EntraideApp


def _workspace(args: argparse.Namespace) -> Workspace:
    folder = workspace.find(args.workspace)
    folder.make()
    return folder


def _start(args: argparse.Namespace, make: Callable[[], EntraideApp]) -> int:
    from entraide_tui.tui import lifecycle

    if lifecycle.terminal_missing():
        raise InputError(_("this needs a terminal: start it in one, without redirections (and TERM not “dumb”)."))
    lifecycle.prepare_environment()
    app = make()
    status = app.run(mouse=not getattr(args, "no_mouse", False))
    for sentence in (app.fault, app.farewell):
        if sentence:
            tell(sentence)
    return status if isinstance(status, int) else app.return_code or DONE


def home(args: argparse.Namespace) -> int:
    folder = _workspace(args)

    def make() -> EntraideApp:
        from entraide_tui.tui.app import EntraideApp

        return EntraideApp(folder, settings=args.settings, notice="")

    return _start(args, make)


def new(args: argparse.Namespace) -> int:
    folder = _workspace(args)
    if args.kit:
        from entraide_tui.kits import catalogue

        args.kit = catalogue.find(args.kit, folder.kits).id

    def make() -> EntraideApp:
        from entraide_tui.tui.app import EntraideApp
        from entraide_tui.tui.screens.setup import SetupPlan
        from entraide_tui.workshop.events import Seat

        seats = [Seat(clean(args.facilitator), "facilitator")] if args.facilitator else []
        seats += [Seat(clean(args.offeror), "offeror")] if args.offeror else []
        seats += [Seat(clean(name)) for name in dict.fromkeys(args.contributor) if name]
        plan = SetupPlan(kit=args.kit, title=clean(args.title), end=clean(args.end), seats=tuple(seats))
        return EntraideApp(folder, settings=args.settings, plan=plan)

    return _start(args, make)


def resume(args: argparse.Namespace) -> int:
    folder = _workspace(args)
    from entraide_tui.archive import listing
    from entraide_tui.session import fallback_store

    fallback_store.bring_home(folder)
    if args.id.endswith(".journal") and Path(args.id).is_file():
        path = _recovered_journal(folder, Path(args.id))
    elif args.id:
        path = listing.find(folder, args.id, open_sessions=True)
    else:
        journals = listing.journals(folder)
        if not journals:
            raise NotFoundError(_("no workshop is open in {folder}.").format(folder=folder.root))
        if len(journals) > 1:
            tell(_("several workshops are open; say which one:"))
            for journal in journals:
                tell(f"  entraide-tui resume {journal.stem}")
            return FOUND
        path = journals[0]

    def make() -> EntraideApp:
        from entraide_tui.common.clock import SystemClock
        from entraide_tui.session.live_session import LiveSession
        from entraide_tui.tui.app import EntraideApp

        clock = SystemClock()
        live = LiveSession.reopen(path, clock)
        if live.only_looking and (who := live.held_by):
            tell(
                _("This workshop is open in another program ({host}, process {process}): you can look on.").format(
                    host=clean(who.host), process=who.process
                )
            )
        if live.damage:
            tell(live.damage)
        return EntraideApp(folder, clock=clock, settings=args.settings, live=live)

    return _start(args, make)


def _recovered_journal(folder: Workspace, path: Path) -> Path:
    """The path of a journal, after moving it into the workspace if it was saved elsewhere. Raises FileError."""
    from entraide_tui.session import fallback_store

    if path.resolve().is_relative_to(folder.sessions.resolve()):
        return path
    try:
        return fallback_store.bring(folder, path)
    except OSError as error:
        raise FileError(
            _("it can’t go back to the group’s folder: {reason}.").format(reason=reason(error)), file=path
        ) from error


def rehearse(args: argparse.Namespace) -> int:
    from entraide_tui.tui import lifecycle

    folder = workspace.find(args.workspace)
    play, kit = _scenario(args, folder)
    if args.headless:
        if not args.auto:
            raise InputError(_("without a terminal a rehearsal plays by itself: add --auto."))
        lifecycle.prepare_environment()
        from entraide_tui.tui.rehearsal.autoplay import rehearse as by_itself

        for path in by_itself(kit, play, args.out, args.settings):
            say(str(path))
        return DONE
    if args.auto:
        if lifecycle.terminal_missing():
            raise InputError(_("this needs a terminal; without one: --auto --headless."))
        lifecycle.prepare_environment()
        from entraide_tui.tui.rehearsal.autoplay import show

        return show(kit, play, args.speed or 60, args.settings)

    def make() -> EntraideApp:
        from entraide_tui.tui.app import EntraideApp

        return EntraideApp(folder, settings=args.settings, rehearsing=(kit, play, args.speed or 10, args.out))

    return _start(args, make)


def _scenario(args: argparse.Namespace, folder: Workspace) -> tuple[Scenario, Kit]:
    """The scenario and its kit, from the file or the kit that was asked for. Raises UserError."""
    from entraide_tui.kits import catalogue
    from entraide_tui.rehearsal import scenario

    if args.scenario and not args.kit:
        play = scenario.load(args.scenario, i18n.language())
        return play, catalogue.find(play.kit, folder.kits)
    kit = catalogue.find(args.kit or catalogue.DEFAULT, folder.kits)
    file = args.scenario or catalogue.shipped_folder() / "scenarios" / f"{kit.id}.toml"
    if not file.is_file():
        shipped = [listing.path for listing in scenario.list_shipped(i18n.language(), kit.id)]
        if not shipped:
            raise NotFoundError(
                _("nobody plays the kit “{kit}” yet: write a scenario and name it with --scenario.").format(kit=kit.id)
            )
        file = shipped[0]
    return scenario.load(file, i18n.language()), kit
