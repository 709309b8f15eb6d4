"""The commands `kits list`, `kits show` and `kits check`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entraide_tui.cli.output import DONE, FOUND, print_json, say, tell
from entraide_tui.common import i18n, workspace
from entraide_tui.common.errors import Finding, UserError
from entraide_tui.common.i18n import _, many

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def _minutes(number: float) -> str:
    return _("{n} min").format(n=f"{number:g}")


def list_kits(args: argparse.Namespace) -> int:
    from entraide_tui.kits import catalogue

    kits = catalogue.headlines(workspace.find(args.workspace).kits, i18n.language())
    status = FOUND if any(k.fault for k in kits) else DONE
    if args.json:
        print_json(
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
        minutes = _minutes(kit.minutes)
        say(f"{kit.id:<{width}}  {minutes:>7}  {people:<16}  {kit.title}{own}")
    return status


def show(args: argparse.Namespace) -> int:
    from entraide_tui.kits import catalogue
    from entraide_tui.kits.model import in_language

    kit = catalogue.find(args.kit, workspace.find(args.workspace).kits)
    language = i18n.language()
    if args.json:
        from entraide_tui.common import toml
        from entraide_tui.kits.limits import LARGEST

        print_json(toml.read(catalogue.path_of(args.kit, workspace.find(args.workspace).kits), LARGEST))
        return DONE
    version = _("version {n}").format(n=kit.version)
    say(f"{in_language(kit.title, language)} ({kit.id}, {version})")
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
    total = kit.total(kit.askers)
    say(_("Usual total: {n} min").format(n=f"{total:g}"))
    for preset in kit.presets:
        shorter = kit.with_choices(preset.id, ())
        total_shorter = _minutes(shorter.total(kit.askers))
        say(f"  {preset.id}: {in_language(preset.title, language)} ({total_shorter})")
    for option in kit.options:
        say(f"  {option.id}: {in_language(option.title, language)}")
    if kit.credits:
        say()
        say(in_language(kit.credits, language))
    say(kit.licence)
    return DONE


def check(args: argparse.Namespace) -> int:
    """Check kit files; print each finding as compilers do: `file:line:column: place: sentence`."""
    from entraide_tui.kits import loader

    status = DONE
    out: list[dict[str, Any]] = []
    for name in args.files:
        file: Path = name
        findings: tuple[Finding, ...] = ()
        try:
            file = _file(name, args)
            findings = loader.check_file(file).findings
        except UserError as error:
            findings = error.findings
            if not findings:
                status = FOUND
                out.append(_as_json(file, Finding(error.what)))
                if not args.json:
                    tell("\n".join(error.lines()))
                continue
        for finding in findings:
            out.append(_as_json(file, finding))
            if not args.json:
                tell(_line(file, finding))
        if any(f.serious for f in findings):
            status = FOUND
        elif not args.json:
            say(_("{file}: this kit can be played.").format(file=file))
    if args.json:
        print_json(out)
    return status


def _file(name: Path, args: argparse.Namespace) -> Path:
    """The path of a kit, named by its file or its id. Raises NotFoundError."""
    from entraide_tui.kits import catalogue

    if name.suffix or len(name.parts) != 1 or name.exists():
        return name
    return catalogue.path_of(str(name), workspace.find(args.workspace).kits)


def _as_json(file: Path, finding: Finding) -> dict[str, Any]:
    return {
        "path": str(file),
        "line": finding.line,
        "column": finding.column,
        "place": finding.place,
        "what": finding.what,
        "serious": finding.serious,
    }


def _line(file: Path, finding: Finding) -> str:
    """The finding on one line, even if a key or the file name has line ends."""
    if not finding.serious:
        finding = replace(finding, what=_("warning: {what}").format(what=finding.what))
    where = "" if finding.line else " "
    return f"{file}:{where}{finding.as_line()}".replace("\n", " ")
