"""A kit as plain data for handout templates: strings, numbers, lists and dictionaries, with every string cleaned."""

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
"""The fraction of the total time that a step without a countdown takes up in a drawing."""
_SHORTEST = 1 / 60
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""More than eight marks stacked on one letter: unreadable and slow to typeset."""


def of(kit: Kit, what: str, *, paper: str = "a4") -> View:
    """The data of one handout, in the current language; `what` is one of `making.WHAT`."""
    names = {role: one_line(getattr(kit.roles, role)) or _usual_name(role) for role in ROLES}
    out: View = {
        "language": language(),
        "paper": paper,
        "title": one_line(kit.title),
        "summary": one_line(kit.summary),
        "whom": one_line(kit.suits.whom),
        "what": one_line(kit.suits.what),
        "people": _people(kit),
        "total": _total(kit, names),
        "roles": [{"role": role, "name": names[role]} for role in ROLES if _plays(kit, role)],
        "frame": _frame(kit),
        "steps": _steps(kit, names),
        "credits": one_line(kit.credits),
        "based_on": _("Changed from: {kit}").format(kit=one_line(kit.based_on)) if one_line(kit.based_on) else "",
        "licence": one_line(kit.licence),
        "notice": "",
        "labels": _labels(),
    }
    if what == "roles":
        out["cards"] = [_role(kit, role, out) for role in ROLES if _plays(kit, role)]
    elif what == "cards":
        out["cards"] = [cards.of(step, number, one_line) for number, step in enumerate(kit.steps, 1) if step.card]
    return out


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    """Yield every string in the data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def one_line(text: LocalText) -> str:
    """A text of the kit in the current language, on one line."""
    return _MARKS.sub(r"\1", clean(in_language(text, language()).strip(" \n\r\t")))


def _lines(texts: LocalLines) -> list[str]:
    return [one_line(line) for line in lines_in(texts, language())]


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
    """A number with two decimals at most, with a decimal comma in French."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "fr" else text


def minutes(value: float) -> str:
    """A duration given in minutes, in words; in seconds if less than one minute."""
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
    """The usual duration: in total or, if steps repeat, of the common part and of each turn."""
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
    """Whether the kit uses that role."""
    named = [getattr(kit.roles, role), *(getattr(step.roles, role) for step in kit.steps)]
    return any(one_line(text) for text in named) or any(role in step.speaks for step in kit.steps)


def _frame(kit: Kit) -> list[str]:
    """The ground rules of mutual-aid workshops that apply to this kit."""
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
    at: float | None = None if kit.repeats else 0.0  # minutes since the start; None where that is not fixed
    for position, step in enumerate(kit.steps, 1):
        again = step.repeat == "offeror"
        timed = step.minutes.usual if step.minutes else 0.0
        until = at + timed if at is not None and timed else None
        out.append(
            {
                "number": str(position),
                "title": one_line(step.title),
                "purpose": one_line(step.purpose),
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
                "write": one_line(step.card.prompt) if step.card else "",
            }
        )
        at = until
    return out


def _who(step: Step, names: dict[Role, str]) -> View:
    """Who speaks in a step, under the kit's names for roles, and in what manner."""
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
    """The role card: what a role does, step by step, omitting steps in which it does nothing."""
    lines = []
    for step, shown in zip(kit.steps, whole["steps"], strict=True):
        does, speaks = one_line(getattr(step.roles, role)), role in step.speaks and step.turns != "silent"
        if does or speaks:
            lines.append(
                {**{key: shown[key] for key in ("number", "title", "minutes")}, "does": does, "speaks": speaks}
            )
    name = next(each["name"] for each in whole["roles"] if each["role"] == role)
    return {"role": role, "title": name[:1].upper() + name[1:], "lines": lines}
