"""The command `kits diff`: compare two kits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entraide_tui.cli.output import DONE, print_json, say
from entraide_tui.common import i18n, workspace
from entraide_tui.common.i18n import _, mark

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from entraide_tui.kits.comparing import KitChange, Part
    from entraide_tui.kits.model import Kit

_LABELS = {
    "id": mark("id"),
    "version": mark("version"),
    "title": mark("title"),
    "summary": mark("summary"),
    "licence": mark("licence"),
    "credits": mark("credits"),
    "based_on": mark("based on"),
    "group_size": mark("group size"),
    "suits.whom": mark("for whom"),
    "suits.what": mark("for what"),
    "suits.when": mark("when it suits"),
    "purpose": mark("purpose"),
    "minutes": mark("minutes"),
    "speaks": mark("who speaks"),
    "turns": mark("turns"),
    "when_late": mark("when late"),
    "repeat": mark("repeat"),
    "key_words": mark("key words"),
    "say": mark("what to say"),
    "watch": mark("what to watch"),
    "avoid": mark("what to avoid"),
    "roles.offeror": mark("offeror"),
    "roles.facilitator": mark("facilitator"),
    "roles.contributor": mark("contributor"),
    "looks_back": mark("looks back at open actions"),
    "card": mark("card"),
    "sign": mark("sign"),
    "gesture": mark("gesture"),
}
"""Other keys are shown as in the file."""
_VALUES = {
    "turns": {"round": mark("each in turn"), "free": mark("as it comes"), "silent": mark("in silence")},
    "when_late": {
        "drop": mark("may be left out"),
        "shorten": mark("may be shortened"),
        "keep": mark("keeps its time"),
    },
    "repeat": {"once": mark("once"), "offeror": mark("for each offeror")},
    "speaks": {
        "offeror": mark("offeror"),
        "facilitator": mark("facilitator"),
        "contributor": mark("contributor"),
    },
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("first", metavar="A", help=_("a kit's id or file"))
    parser.add_argument("second", metavar="B", help=_("the one that it is compared with"))


def diff(args: argparse.Namespace) -> int:
    """Print the differences. The exit status is `DONE` even if there are some."""
    from entraide_tui.kits import catalogue, comparing

    own = workspace.find(args.workspace).kits
    first, second = (catalogue.find(name, own) for name in (args.first, args.second))
    differences = comparing.compare(first, second)
    if args.json:
        print_json({"first": _kit_as_json(first), "second": _kit_as_json(second), **comparing.document(differences)})
        return DONE
    say(f"− {_name(first)}")
    say(f"+ {_name(second)}")
    if differences.is_empty:
        say(_("They say the same."))
        return DONE
    _section(_("Head"), [line for change in differences.head for line in _change(change)])
    _section(_("Steps"), [line for part in differences.steps for line in _part(part)])
    _section(_("Presets"), [line for part in differences.presets for line in _part(part)])
    _section(_("Options"), [line for part in differences.options for line in _part(part)])
    _section(_("When something goes wrong"), [line for part in differences.rescue for line in _part(part)])
    before, after = differences.minutes
    if before != after:
        say()
        say(_("Usual total: {before} min before, {after} min now").format(before=f"{before:g}", after=f"{after:g}"))
    return DONE


def _kit_as_json(kit: Kit) -> dict[str, Any]:
    return {"id": kit.id, "version": kit.version, "title": kit.title}


def _name(kit: Kit) -> str:
    from entraide_tui.kits.model import in_language

    version = _("version {n}").format(n=kit.version)
    return f"{in_language(kit.title, i18n.language())} ({kit.id}, {version})"


def _section(title: str, lines: list[str]) -> None:
    if lines:
        say()
        say(title)
        for line in lines:
            say(f"  {line}")


def _part(part: Part) -> Iterator[str]:
    """The lines for a step, preset…: its title, whether it is new, gone or moved, then its changes."""
    from entraide_tui.kits.model import in_language

    title = f"{in_language(part.title, i18n.language())} ({part.id})"
    if part.state == "added":
        yield _("{title}: new, at place {place}").format(title=title, place=part.place)
    elif part.state == "removed":
        yield _("{title}: taken out, was at place {place}").format(title=title, place=part.former)
    elif part.moved:
        yield _("{title}: moved from place {former} to {place}").format(
            title=title, former=part.former, place=part.place
        )
    else:
        yield title
    if part.was:
        yield "  " + _("its id was: {id}").format(id=part.was)
    for change in part.changes:
        yield from (f"  {line}" for line in _change(change))


def _change(change: KitChange) -> Iterator[str]:
    """The lines for a changed key: one for short values, else one for each value or text line."""
    label = _(_LABELS[change.key]) if change.key in _LABELS else change.key
    if change.language:
        label = f"{label} ({change.language})"
    if isinstance(change.before, list) and sorted(map(str, change.before)) == sorted(map(str, change.after or [])):
        yield _("{what}: in another order").format(what=label)
        return
    removed, added = change.removed, change.added
    if change.before is None and isinstance(change.after, str) and change.language:  # a new or removed text
        added = (change.after,)
    elif change.after is None and isinstance(change.before, str) and change.language:
        removed = (change.before,)
    if removed or added:
        yield f"{label}:"
        yield from (f"  − {_one_line(line)}" for line in removed)
        yield from (f"  + {_one_line(line)}" for line in added)
        return
    before, after = (_value(change.key, value) for value in (change.before, change.after))
    if len(before) + len(after) <= 60:
        yield f"{label}: {before} → {after}"
        return
    yield f"{label}:"
    yield f"  − {before}"
    yield f"  + {after}"


def _value(key: str, value: Any) -> str:  # noqa: ANN401 - as in a file
    """A value of any kind as a sentence part."""
    known = _VALUES.get(key.rpartition(".")[2], {})
    if value is None or value == []:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (int, float)):
        return f"{value:g}" if key.partition(".")[0] != "minutes" else _("{n} min").format(n=f"{value:g}")
    if isinstance(value, list):
        return ", ".join(_value(key, one) for one in value)
    if isinstance(value, dict):
        return _table(value)
    return _(known[value]) if value in known else _one_line(str(value))


def _table(value: dict[str, Any]) -> str:
    """A table as a sentence part: minutes, group size, card, or any other."""
    if set(value) == {"min", "usual", "max"}:
        return _("{usual} min ({min}–{max})").format(**{name: f"{number:g}" for name, number in value.items()})
    if set(value) == {"min", "max"}:
        return f"{value['min']}" if value["min"] == value["max"] else _("{min} to {max}").format(**value)
    if "kind" in value and "fills" in value:
        return _("{kind}, fills {section}").format(kind=value["kind"], section=value["fills"])
    return "; ".join(f"{name}: {_value('', one)}" for name, one in value.items())


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))
