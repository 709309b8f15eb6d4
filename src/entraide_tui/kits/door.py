"""The strict way in for kits: every fault with its file, its line, and the nearest valid name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from entraide_tui.ground import door, toml
from entraide_tui.ground.files import read_bounded
from entraide_tui.ground.text import nearest, unsafe
from entraide_tui.ground.trouble import Finding, Trouble
from entraide_tui.ground.words import _
from entraide_tui.kits.model import Kit, Section, Step

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 128 * 1024
"""Bytes of the largest kit that is read."""
LONGEST_TEXT = 2_000
MOST_STEPS = 60
_ID = "abcdefghijklmnopqrstuvwxyz0123456789-"


@dataclass(frozen=True, slots=True)
class Checked:
    """A kit, if it can be used, and all that was found."""

    kit: Kit | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Without the warnings."""
        return tuple(f for f in self.findings if f.serious)


def load(path: Path) -> Kit:
    """The kit of a file. Raises Trouble with each fault."""
    checked = check_file(path)
    if checked.kit is None:
        raise Trouble(_("this kit can't be used."), file=path, findings=checked.errors)
    return checked.kit


def check_file(path: Path) -> Checked:
    """Reads and checks a kit. Raises Trouble where it can't even be read as TOML."""
    data = read_bounded(path, LARGEST)
    return check(toml.parse(data, path), data.decode("utf-8-sig").replace("\r\n", "\n"))


def check(document: dict[str, Any], text: str) -> Checked:
    """Checks a document; `text` is where it came from, for the lines."""
    lines = toml.positions(text)
    if isinstance(document.get("format"), int) and document["format"] > 1:
        what = _("this kit was made for a newer version of the program (format {format}).").format(
            format=document["format"]
        )
        return Checked(None, (Finding(what, toml.line_of(("format",), lines), "format"),))
    found = door.check(document, Kit, text)
    if not found:
        found = _texts(document, lines)
    if found:
        return Checked(None, tuple(found))
    kit = door.make(document, Kit)
    found = sorted(_rules(kit, lines), key=lambda f: f.line)
    return Checked(None if any(f.serious for f in found) else kit, tuple(found))


def _texts(document: dict[str, Any], lines: dict[toml.Path_, int]) -> list[Finding]:
    """Texts that are empty, too long, or hold characters that can't be seen."""
    out: list[Finding] = []

    def walk(value: Any, place: toml.Path_) -> None:  # noqa: ANN401 - TOML values
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, (*place, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, (*place, index))
        elif isinstance(value, str) and len(out) < door.MOST_FINDINGS:
            if sign := unsafe(value):
                say(place, _("it holds a character that can't be seen ({sign}). Remove it.").format(sign=sign))
            elif len(value) > LONGEST_TEXT:
                say(
                    place,
                    _("it is too long ({size} characters; at most {most}).").format(size=len(value), most=LONGEST_TEXT),
                )
            elif not value.strip() and place[-1] != "based_on":
                say(place, _("the text is missing."))

    def say(place: toml.Path_, what: str) -> None:
        out.append(Finding(what, toml.line_of(place, lines), toml.spell(place)))

    walk(document, ())
    return out


def _rules(kit: Kit, lines: dict[toml.Path_, int]) -> list[Finding]:
    """What the shape alone does not say."""
    out: list[Finding] = []

    def say(place: toml.Path_, what: str, *, serious: bool = True) -> None:
        out.append(Finding(what, toml.line_of(place, lines), toml.spell(place), serious))

    def id_rule(value: str, place: toml.Path_) -> None:
        if not 1 <= len(value) <= 80 or set(value) - set(_ID) or value.startswith("-"):
            say(place, _("an id is made of a-z, 0-9 and -, and begins with a letter or a digit."))

    id_rule(kit.id, ("id",))
    if not kit.steps:
        say(("steps",), _("a kit needs at least one step."))
    if len(kit.steps) > MOST_STEPS:
        say(
            ("steps",),
            _("there are too many steps ({number}; at most {most}).").format(number=len(kit.steps), most=MOST_STEPS),
        )
    if kit.group_size and not 1 <= kit.group_size.min <= kit.group_size.max:
        say(("group_size",), _("min must be at least 1 and at most max."))
    ids = [step.id for step in kit.steps]
    for index, step in enumerate(kit.steps):
        place: toml.Path_ = ("steps", index)
        id_rule(step.id, (*place, "id"))
        if step.id in ids[:index]:
            say((*place, "id"), _("another step already has the id “{id}”.").format(id=step.id))
        if step.minutes and not 0 <= step.minutes.min <= step.minutes.usual <= step.minutes.max <= 24 * 60:
            say((*place, "minutes"), _("minutes must be in order: 0 ≤ min ≤ usual ≤ max."))
        if step.minutes and not step.minutes.usual:
            say(
                (*place, "minutes"),
                _("usual must be more than 0; leave minutes out for a step without a countdown."),
            )
        _card_rules(kit, index, step, say)
    filled = {step.card.fills for step in kit.steps if step.card}
    wanted = ("request", "ideas", "actions")
    if not filled & set(wanted):
        say(
            ("steps",),
            _("the kit writes none of request, ideas and actions: nothing would be left of the workshop."),
        )
    else:
        for section in wanted:
            if section not in filled:
                say(
                    ("steps",),
                    _("no step writes the section “{section}” of the record.").format(section=section),
                    serious=False,
                )
    for index, preset in enumerate(kit.presets):
        for step_id, minutes in preset.minutes.items():
            here: toml.Path_ = ("presets", index, "minutes", step_id)
            _step_named(step_id, ids, here, say)
            if not 0 <= minutes <= 24 * 60:
                say(here, _("minutes must not be negative."))
    for index, option in enumerate(kit.options):
        for step_id in option.changes:
            _step_named(step_id, ids, ("options", index, "changes", step_id), say)
    return out


def _step_named(step_id: str, ids: list[str], place: toml.Path_, say: Any) -> None:  # noqa: ANN401 - a local function
    if step_id in ids:
        return
    near = nearest(step_id, ids)
    what = _("there is no step “{id}”.").format(id=step_id)
    if near:
        what = _("there is no step “{id}”. Did you mean “{near}”?").format(id=step_id, near=near)
    say(place, what)


def _card_rules(kit: Kit, index: int, step: Step, say: Any) -> None:  # noqa: ANN401 - a local function
    card = step.card
    if card is None:
        return
    place: toml.Path_ = ("steps", index, "card")
    if card.kind == "pick":
        earlier = [s.card.fills for s in kit.steps[:index] if s.card and s.card.kind in ("list", "form", "text")]
        if card.from_ not in earlier:
            near = nearest(card.from_, [str(e) for e in earlier]) or nearest(card.from_, list(get_args(Section)))
            what = _("no earlier step makes the list “{name}” to pick from.").format(name=card.from_)
            if near and near in earlier:
                what = _("no earlier step makes the list “{name}” to pick from. Did you mean “{near}”?").format(
                    name=card.from_, near=near
                )
            say((*place, "from"), what)
        if not 0 <= card.min <= card.max or card.max < 1:
            say((*place, "min"), _("min must be at most max, and max at least 1."))
        if card.fills not in ("ideas", "topics"):
            say((*place, "fills"), _("a card that picks fills ideas or topics."))
    elif card.from_:
        say((*place, "from"), _("only a card that picks has a “from”."))
    if card.kind == "actions" and card.fills != "actions":
        say((*place, "fills"), _("a card of actions fills actions."))
    if card.kind != "actions" and card.fills == "actions":
        say((*place, "kind"), _("actions are written by a card of the kind actions."))
    if card.kind == "list" and card.fills in ("request", "follow_up", "feelings"):
        say(
            (*place, "fills"),
            _("a list can't fill “{section}”: use a text or a form.").format(section=card.fills),
        )
    if card.kind == "form":
        if not card.fields:
            say((*place, "fields"), _("a form needs at least one field."))
        names = [f.id for f in card.fields]
        for number, item in enumerate(card.fields):
            where: toml.Path_ = (*place, "fields", number)
            if item.id in names[:number]:
                say((*where, "id"), _("another field already has the id “{id}”.").format(id=item.id))
            if item.kind == "scale" and not item.min < item.max <= item.min + 20:
                say(where, _("a scale goes from min to a larger max, in 20 steps at most."))
            if item.kind == "choice" and len(item.choices) < 2:
                say(where, _("a choice needs at least two choices."))
        known = {"request": ("context", "text"), "follow_up": ("date",)}.get(card.fills)
        if known:
            for number, name in enumerate(names):
                if name not in known:
                    say(
                        (*place, "fields", number, "id"),
                        _("a form that fills “{section}” has the fields: {names}.").format(
                            section=card.fills, names=", ".join(known)
                        ),
                    )
    elif card.fields:
        say((*place, "fields"), _("only a form has fields."))
