"""A kit as plain data for the templates of its handouts: texts, numbers, lists, tables. Every text is clean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entraide_tui.common.i18n import _, language, many
from entraide_tui.common.text import clean
from entraide_tui.exports.handouts import cards
from entraide_tui.kits.model import in_language, lines_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entraide_tui.exports.view import View
    from entraide_tui.kits.model import Kit, LocalLines, LocalText, Minutes, Role, Step

ROLES: tuple[Role, ...] = ("offeror", "facilitator", "contributor")
_OPEN = 0.03
"""The part of the whole that a step without a countdown takes in a drawing."""
_SHORTEST = 1 / 60
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""Towers of marks over one letter: nobody reads them, and each costs time."""


def of(kit: Kit, what: str, *, paper: str = "a4") -> View:
    """All that one handout shows, in the language in use; `what` is one of `making.WHAT`."""
    names = {role: said(getattr(kit.roles, role)) or _usual_name(role) for role in ROLES}
    out: View = {
        "language": language(),
        "paper": paper,
        "title": said(kit.title),
        "summary": said(kit.summary),
        "whom": said(kit.suits.whom),
        "what": said(kit.suits.what),
        "people": _people(kit),
        "total": _total(kit, names),
        "roles": [{"role": role, "name": names[role]} for role in ROLES if _plays(kit, role)],
        "frame": _frame(kit),
        "steps": _steps(kit, names),
        "credits": said(kit.credits),
        "based_on": _("Changed from: {kit}").format(kit=said(kit.based_on)) if said(kit.based_on) else "",
        "licence": said(kit.licence),
        "notice": "",
        "labels": _labels(),
    }
    if what == "roles":
        out["cards"] = [_role(kit, role, out) for role in ROLES if _plays(kit, role)]
    elif what == "cards":
        out["cards"] = [cards.of(step, number, said) for number, step in enumerate(kit.steps, 1) if step.card]
    return out


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    """Every text of the data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def said(words: LocalText) -> str:
    """A text of the kit in the language in use, on one line."""
    return _MARKS.sub(r"\1", clean(in_language(words, language()).strip(" \n\r\t")))


def _lines(words: LocalLines) -> list[str]:
    return [said(line) for line in lines_in(words, language())]


def _usual_name(role: Role) -> str:
    return {"offeror": _("offeror"), "facilitator": _("facilitator"), "contributor": _("contributor")}[role]


def _labels() -> dict[str, str]:
    return {
        "whom": _("For whom"),
        "what": _("For what"),
        "frame": _("Our frame"),
        "total": _("Total"),
        "say": _("Say"),
        "watch": _("Watch for"),
        "avoid": _("Avoid"),
        "write": _("Write down"),
        "speaks": _("Who speaks"),
        "silence": _("in silence"),
        "everyone": _("everyone"),
        "you_speak": _("you speak"),
        "roles": _("Role cards"),
        "cards": _("Cards to write on"),
        "sheet": _("Step by step"),
        "credits": _("Where it comes from"),
        "steps": _("The steps"),
    }


def number(value: float) -> str:
    """A number as it is written here."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "fr" else text


def minutes(value: float) -> str:
    """A time in minutes, in seconds where it is less than one."""
    if value < 1:
        return _("{n} s").format(n=round(value * 60))
    return _("{n} min").format(n=number(value))


def _span(step: Minutes) -> str:
    if step.min == step.max:
        return ""
    return _("{low} to {high} min").format(low=number(step.min), high=number(step.max))


def _people(kit: Kit) -> str:
    if kit.group_size is None:
        return ""
    low, high = kit.group_size.min, kit.group_size.max
    return many("{n} person", "{n} people", high).format(n=str(high) if low == high else f"{low}–{high}")


def _total(kit: Kit, names: dict[Role, str]) -> View:
    """The usual minutes: of the whole; where steps are repeated, of what is common and of each turn."""
    whole = kit.total()
    if not kit.repeats:
        return {"whole": minutes(whole) if whole else "", "beside": "", "number": whole}
    each = kit.total(2) - whole
    if not kit.led and kit.group_size is not None and kit.group_size.min == kit.group_size.max:
        everyone = kit.total(kit.group_size.max)
        beside = _("{minutes} for each {role}").format(minutes=minutes(each), role=names["offeror"])
        return {"whole": minutes(everyone), "beside": beside if each else "", "number": everyone}
    return {
        "whole": minutes(whole - each) if whole > each else "",
        "beside": _("together, and {minutes} for each {role}").format(minutes=minutes(each), role=names["offeror"])
        if whole > each
        else _("{minutes} for each {role}").format(minutes=minutes(each), role=names["offeror"]),
        "number": whole,
    }


def _plays(kit: Kit, role: Role) -> bool:
    """Whether the kit knows that role."""
    named = [getattr(kit.roles, role), *(getattr(step.roles, role) for step in kit.steps)]
    return any(said(words) for words in named) or any(role in step.speaks for step in kit.steps)


def _frame(kit: Kit) -> list[str]:
    """The rules that all mutual-aid workshops share, as far as they mean something in this one."""
    alone = kit.group_size is not None and kit.group_size.max < 2
    written = [step.card.fills for step in kit.steps if step.card]
    rules = []
    if not alone:
        rules += [_("What is said here stays here."), _("One voice at a time.")]
    if "contributions" in written and "questions" in written[: written.index("contributions")]:
        rules.append(_("First understand, then help."))
    if not alone:
        rules.append(_("Anyone may pass."))
    if all(step.minutes for step in kit.steps):
        rules.append(_("We end on time."))
    return rules


def _steps(kit: Kit, names: dict[Role, str]) -> list[View]:
    out: list[View] = []
    usual = sum(step.minutes.usual for step in kit.steps if step.minutes) or 1.0
    at: float | None = None if kit.repeats else 0.0  # how far the whole is, as long as that can be said
    for place, step in enumerate(kit.steps, 1):
        again = step.repeat == "offeror"
        timed = step.minutes.usual if step.minutes else 0.0
        until = at + timed if at is not None and timed else None
        out.append(
            {
                "number": str(place),
                "title": said(step.title),
                "purpose": said(step.purpose),
                "minutes": minutes(timed) if timed else "",
                "span": _span(step.minutes) if step.minutes else "",
                "weight": max(timed, _SHORTEST) if timed else usual * _OPEN,
                "open": not timed,
                "at": "" if at is None else number(at),
                "until": "" if until is None else number(until),
                **_who(step, names),
                "again": _("for each {role}").format(role=names["offeror"]) if again else "",
                "say": _lines(step.say),
                "watch": _lines(step.watch),
                "avoid": _lines(step.avoid),
                "write": said(step.card.prompt) if step.card else "",
            }
        )
        at = until
    return out


def _who(step: Step, names: dict[Role, str]) -> View:
    """Who speaks, in the kit's own words, and in which way."""
    manner = ""
    if step.turns == "silent" or not step.speaks:
        manner = _("in silence") if step.turns == "silent" else ""
    elif step.turns == "round":
        manner = _("in turn")
    roles = [role for role in ROLES if role in step.speaks] if step.turns != "silent" else []
    everyone = len(roles) == len(ROLES)
    return {
        "speaks": roles,
        "lanes": [role in roles for role in ROLES],
        "who": [{"role": "all", "name": _("everyone")}]
        if everyone
        else [{"role": role, "name": names[role]} for role in roles],
        "manner": manner,
    }


def _role(kit: Kit, role: Role, whole: View) -> View:
    """What a role does in each step where it does something."""
    lines = []
    for step, shown in zip(kit.steps, whole["steps"], strict=True):
        does, speaks = said(getattr(step.roles, role)), role in step.speaks and step.turns != "silent"
        if does or speaks:
            lines.append(
                {**{key: shown[key] for key in ("number", "title", "minutes")}, "does": does, "speaks": speaks}
            )
    name = next(one["name"] for one in whole["roles"] if one["role"] == role)
    return {"role": role, "title": name[:1].upper() + name[1:], "lines": lines}
