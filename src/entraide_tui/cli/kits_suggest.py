"""The command `kits suggest`: what the group's own sessions suggest for its kits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entraide_tui.cli.output import DONE, FOUND, print_json, say, tell
from entraide_tui.common import i18n, workspace
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from entraide_tui.archive.kit_advice import KitAdvice, StepAdvice
    from entraide_tui.archive.model import Record
    from entraide_tui.kits.model import Kit, Minutes


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("kit", nargs="?", default="", help=_("the kit's id or file; else each that was played"))


def suggest(args: argparse.Namespace) -> int:
    """Print the advice for each kit that was played, or for one."""
    from entraide_tui.archive.kit_advice import KitAdvice
    from entraide_tui.archive.kit_advice import suggest as suggested
    from entraide_tui.kits.model import in_language

    folder = workspace.existing(args.workspace)
    records, faults = _read(folder)
    played = list(dict.fromkeys(r.kit.id for r in records if r.kit and r.kit.id))
    kits = _kits(args.kit, played, folder.kits)
    advice = suggested(records, kits)
    if args.kit:
        asked = args.kit if args.kit in played else next(iter(kits))
        title = in_language(kits[asked].title, i18n.language()) if asked in kits else asked
        advice = tuple(a for a in advice if a.kit == asked) or (KitAdvice(asked, title),)
    for fault in faults:
        tell(fault)
    if args.json:
        print_json([_as_json(a) for a in advice])
        return FOUND if faults else DONE
    if not advice:
        tell(_("no record yet in {folder}.").format(folder=folder.sessions))
    for number, of_kit in enumerate(advice):
        if number:
            say()
        _print(of_kit)
    if any(a.enough for a in advice):
        say()
        say(_("A step that took longer, or that was left out, is somebody seeing what the group needed."))
        say(_("Take from this what suits you. To change a kit that ships, copy it first: entraide-tui kits copy K NEW"))
    return FOUND if faults else DONE


def _read(folder: workspace.Workspace) -> tuple[list[Record], list[str]]:
    """The records, and the faults of those that can't be read."""
    from entraide_tui.archive import listing, record_file

    records: list[Record] = []
    faults: list[str] = []
    for path in listing.paths(folder):
        try:
            records.append(record_file.read(path))
        except UserError as error:
            faults.append("\n".join(error.lines()))
    return records, faults


def _kits(asked: str, played: list[str], own: Path) -> dict[str, Kit]:
    """The kits by id that were played and still exist, or the one asked for. Raises UserError for the latter only."""
    from entraide_tui.kits import catalogue

    if asked and asked not in played:
        kit = catalogue.find(asked, own)
        return {kit.id: kit}
    kits: dict[str, Kit] = {}
    for name in [asked] if asked else played:
        try:
            kits[name] = catalogue.find(name, own)
        except UserError:  # gone or broken: the records have its minutes
            continue
    return kits


def _print(advice: KitAdvice) -> None:
    sessions = many("{n} session", "{n} sessions", advice.sessions).format(n=advice.sessions)
    say(f"{advice.title} ({advice.kit}), {sessions}")
    if not advice.sessions:
        say("  " + _("Not played yet: there is nothing to go by."))
        return
    if not advice.enough:
        from entraide_tui.archive.figures import ENOUGH

        say("  " + _("Too few to suggest anything: from {n} sessions on there is something to say.").format(n=ENOUGH))
        return
    _print_late(advice)
    steps = [step for step in advice.steps if step.sentence]
    for step in steps:
        _print_step(step)
    if not steps:
        say("  " + _("The kit’s minutes fit your group: nothing to change."))


def _print_late(advice: KitAdvice) -> None:
    if advice.late:
        from entraide_tui.archive.figures import whole_minutes

        sentence = many(
            "{n} session of {all} ended later than foreseen, by about {minutes} min.",
            "{n} sessions of {all} ended later than foreseen, by about {minutes} min.",
            advice.late,
        )
        say("  " + sentence.format(n=advice.late, all=advice.timed, minutes=whole_minutes(advice.over)))
    elif advice.timed:
        say("  " + _("No session ended later than foreseen."))


def _print_step(step: StepAdvice) -> None:
    say(f"  {step.figures.title} ({step.figures.step})")
    say(f"    {step.sentence}")
    if step.proposed:
        say("    " + _("In the kit: {line}").format(line=_toml(step.proposed)))
    if step.reasons:
        reasons = [
            _("“{reason}”").format(reason=r.text)
            if r.times == 1
            else _("“{reason}” ({n} times)").format(reason=r.text, n=r.times)
            for r in step.reasons
        ]
        say("    " + _("The reasons that were given: {reasons}").format(reasons=", ".join(reasons)))
    if step.mostly_left_out:
        say("    " + _("If nobody misses it, a kit of your own can do without it."))


def _toml(minutes: Minutes) -> str:
    return f"minutes = {{ min = {minutes.min:g}, usual = {minutes.usual:g}, max = {minutes.max:g} }}"


def _as_json(advice: KitAdvice) -> dict[str, Any]:
    """The advice as a JSON document, times in minutes."""
    return {
        "id": advice.kit,
        "title": advice.title,
        "sessions": advice.sessions,
        "enough": advice.enough,
        "ended_late": {"sessions": advice.late, "of": advice.timed, "minutes": round(advice.over, 1)},
        "steps": [_step_as_json(step) for step in advice.steps],
    }


def _step_as_json(step: StepAdvice) -> dict[str, Any]:
    figures = step.figures
    return {
        "id": figures.step,
        "title": figures.title,
        "done": figures.done,
        "skipped": figures.skipped,
        "took": {"low": round(figures.low, 1), "usual": round(figures.usual, 1), "high": round(figures.high, 1)},
        "foreseen": _plain(step.foreseen),
        "proposed": _plain(step.proposed),
        "mostly_skipped": step.mostly_left_out,
        "reasons": [{"text": r.text, "times": r.times} for r in step.reasons],
    }


def _plain(minutes: Minutes | None) -> dict[str, float] | None:
    return None if minutes is None else {"min": minutes.min, "usual": minutes.usual, "max": minutes.max}
