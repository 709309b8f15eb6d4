"""Load and check kit files; each fault has its line and column, and the nearest valid name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from entraide_tui.common import toml, validation
from entraide_tui.common.errors import Finding, InvalidFileError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _
from entraide_tui.common.text import nearest, unsafe
from entraide_tui.kits import limits
from entraide_tui.kits.model import Card, Kit, LocalText, Minutes, Step, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from entraide_tui.kits.model import FormField, Option, Preset

_WANTED = ("request", "ideas", "actions")
MAY_BE_EMPTY = {"based_on", "reworded"}
_FORM_FIELDS = {"request": ("context", "text"), "follow_up": ("date",)}
"""The field ids that a form may have, for sections of the record with fixed parts."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked kit, None if it has errors, and its findings."""

    kit: Kit | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings without the warnings."""
        return tuple(f for f in self.findings if f.serious)


class _Fault(NamedTuple):
    """A finding without line and column."""

    place: toml.Place
    what: str
    serious: bool = True


def load(path: Path) -> Kit:
    """Load a kit file. Raises FileError; InvalidFileError, with the errors as findings."""
    checked = check_file(path)
    if checked.kit is None:
        raise InvalidFileError(_("this kit can't be used."), file=path, findings=checked.errors)
    return checked.kit


def check_file(path: Path) -> Checked:
    """Read and check a kit file. Raises FileError; InvalidFileError only if it is not TOML."""
    data = read_bounded(path, limits.LARGEST)
    return check(toml.parse(data, path), data.decode("utf-8-sig").replace("\r\n", "\n"))


def check(document: dict[str, Any], text: str) -> Checked:
    """Check a parsed kit; `text` is its source, for lines and columns."""
    findings = shape(document, Kit, text)
    if findings:
        return Checked(None, tuple(findings))
    kit = validation.make(document, Kit)
    findings = _located(_rules(kit), text)
    return Checked(None if any(f.serious for f in findings) else kit, tuple(findings))


def shape(document: dict[str, Any], cls: type, text: str) -> list[Finding]:
    """Check the format, keys, types and texts of a kit or a scenario, but not the rules between them."""
    number = document.get("format")
    if isinstance(number, int) and number > limits.FORMAT:
        what = _("this was made for a newer version of the program (format {format}).").format(format=number)
        return _located([_Fault(("format",), what)], text)
    if isinstance(number, int) and number != limits.FORMAT:
        return _located([_Fault(("format",), _("it must be {number}.").format(number=limits.FORMAT))], text)
    if (parts := _parts(document)) > limits.MOST_PARTS:
        what = _("it holds too many keys and items ({number}; at most {most}).")
        return [Finding(what.format(number=parts, most=limits.MOST_PARTS))]
    return validation.check(document, cls, text) or _located(_texts(document, ()), text)


def _parts(document: dict[str, Any]) -> int:
    """The number of keys and items on all levels."""
    to_count: list[Any] = [document]
    number = 0
    while to_count:
        value = to_count.pop()
        number += len(value)
        inner = value.values() if isinstance(value, dict) else value
        to_count += [part for part in inner if isinstance(part, (dict, list))]
    return number


def _located(faults: Iterable[_Fault], text: str) -> list[Finding]:
    """The first findings, with their positions in `text`, which is only searched if there are any."""
    few = list(islice(faults, validation.MOST_FINDINGS + 1))
    known = toml.positions(text) if few else {}
    return validation.first_findings(validation.finding_at(f.what, f.place, known, serious=f.serious) for f in few)


def _texts(value: Any, place: toml.Place) -> Iterator[_Fault]:  # noqa: ANN401 - TOML values
    """Faults of texts that are empty or too long, and of texts and keys with invisible characters."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if sign := unsafe(key, lines=False):
                yield _Fault((*place, key), _invisible(sign))
            yield from _texts(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*place, index))
    elif isinstance(value, str):
        if sign := unsafe(value):
            yield _Fault(place, _invisible(sign))
        elif len(value) > limits.LONGEST_TEXT:
            what = _("it is too long ({size} characters; at most {most}).")
            yield _Fault(place, what.format(size=len(value), most=limits.LONGEST_TEXT))
        elif not value.strip() and MAY_BE_EMPTY.isdisjoint(place):
            yield _Fault(place, _("the text is missing."))


def _invisible(sign: str) -> str:
    return _("it holds a character that can't be seen ({sign}). Remove it.").format(sign=sign)


def _rules(kit: Kit) -> Iterator[_Fault]:
    """Check the rules that `shape` does not cover. Warnings come last."""
    if len(kit.steps) > limits.MOST_STEPS:
        what = _("there are too many steps ({number}; at most {most}).")
        yield _Fault(("steps",), what.format(number=len(kit.steps), most=limits.MOST_STEPS))
        return
    yield from _id(kit.id, ("id",))
    yield from _title(kit.title, ("title",))
    if kit.group_size and not 1 <= kit.group_size.min <= kit.group_size.max:
        yield _Fault(("group_size",), _("min must be at least 1 and at most max."))
    if not kit.steps:
        yield _Fault(("steps",), _("a kit needs at least one step."))
        return
    yield from _unique([step.id for step in kit.steps], ("steps",), _("another step already has the id “{id}”."))
    for index, step in enumerate(kit.steps):
        yield from _step(step, kit.steps[:index], ("steps", index))
    yield from _unique([p.id for p in kit.presets], ("presets",), _("another preset already has the id “{id}”."))
    for index, preset in enumerate(kit.presets):
        yield from _preset(preset, kit, ("presets", index))
    yield from _unique([o.id for o in kit.options], ("options",), _("another option already has the id “{id}”."))
    for index, option in enumerate(kit.options):
        yield from _option(option, kit, ("options", index))
    yield from _unique([r.id for r in kit.rescue], ("rescue",), _("another rescue already has the id “{id}”."))
    for index, rescue in enumerate(kit.rescue):
        yield from _title(rescue.title, ("rescue", index, "title"))
    filled = {step.card.fills for step in kit.steps if step.card}
    if not filled & set(_WANTED):
        what = _("the kit writes none of request, ideas and actions: nothing would be left of the workshop.")
        yield _Fault(("steps",), what)
        return
    for section in _WANTED:
        if section not in filled:
            what = _("no step writes the section “{section}” of the record.").format(section=section)
            yield _Fault(("steps",), what, serious=False)


def is_id(value: str) -> bool:
    """Whether the text is a valid id of a kit, step, preset…"""
    return len(value) <= limits.LONGEST_ID and bool(limits.ID.fullmatch(value))


def _id(value: str, place: toml.Place) -> Iterator[_Fault]:
    if not is_id(value):
        yield _Fault(place, _("an id is made of a-z, 0-9 and -, and begins with a letter or a digit."))


def _unique(ids: Sequence[str], place: toml.Place, sentence: str) -> Iterator[_Fault]:
    seen: set[str] = set()
    for index, id_ in enumerate(ids):
        here = (*place, index, "id")
        yield from _id(id_, here)
        if id_ in seen:
            yield _Fault(here, sentence.format(id=id_))
        seen.add(id_)


def _title(text: LocalText, place: toml.Place) -> Iterator[_Fault]:
    """Refuse a table without any language, which `shape` lets pass."""
    if not in_language(text, "en"):
        yield _Fault(place, _("the text is missing."))


def _minutes(minutes: Minutes | None, place: toml.Place) -> Iterator[_Fault]:
    if minutes is None:
        return
    if not 0 <= minutes.min <= minutes.usual <= minutes.max <= limits.MOST_MINUTES:
        what = _("minutes must be in order: 0 ≤ min ≤ usual ≤ max ≤ {most}.").format(most=limits.MOST_MINUTES)
        yield _Fault(place, what)
    elif not minutes.usual:
        yield _Fault(place, _("usual must be more than 0; leave minutes out for a step without a countdown."))


def _step(step: Step, before: Sequence[Step], place: toml.Place) -> Iterator[_Fault]:
    yield from _title(step.title, (*place, "title"))
    yield from _minutes(step.minutes, (*place, "minutes"))
    if step.card:
        yield from _card(step.card, before, (*place, "card"))


def _step_exists(step_id: str, kit: Kit, place: toml.Place) -> Iterator[_Fault]:
    ids = [step.id for step in kit.steps]
    if step_id in ids:
        return
    if near := nearest(step_id, ids):
        yield _Fault(place, _("there is no step “{id}”. Did you mean “{near}”?").format(id=step_id, near=near))
    else:
        yield _Fault(place, _("there is no step “{id}”.").format(id=step_id))


def _preset(preset: Preset, kit: Kit, place: toml.Place) -> Iterator[_Fault]:
    yield from _title(preset.title, (*place, "title"))
    for step_id, minutes in preset.minutes.items():
        here = (*place, "minutes", step_id)
        yield from _step_exists(step_id, kit, here)
        if not 0 <= minutes <= limits.MOST_MINUTES:
            yield _Fault(here, _("minutes go from 0 to {most}; 0 drops the step.").format(most=limits.MOST_MINUTES))
    if all(preset.minutes.get(step.id) == 0 for step in kit.steps):
        yield _Fault((*place, "minutes"), _("it drops every step."))


def _option(option: Option, kit: Kit, place: toml.Place) -> Iterator[_Fault]:
    yield from _title(option.title, (*place, "title"))
    for step_id, change in option.changes.items():
        here = (*place, "changes", step_id)
        yield from _step_exists(step_id, kit, here)
        yield from _minutes(change.minutes, (*here, "minutes"))
        if change.card:
            ids = [step.id for step in kit.steps]
            before = kit.steps[: ids.index(step_id)] if step_id in ids else ()
            yield from _card(change.card, before, (*here, "card"))


def _card(card: Card, before: Sequence[Step], place: toml.Place) -> Iterator[_Fault]:
    yield from _section(card, place)
    if card.kind == "pick":
        yield from _pick(card, before, place)
    elif card.from_:
        yield _Fault((*place, "from"), _("only a card that picks has a “from”."))
    if card.kind == "form":
        yield from _form(card, place)
    elif card.fields:
        yield _Fault((*place, "fields"), _("only a form has fields."))


def _section(card: Card, place: toml.Place) -> Iterator[_Fault]:
    """Check that the section can take this kind of card, so that nothing gets lost on the way to the record."""
    if card.kind == "actions" and card.fills != "actions":
        yield _Fault((*place, "fills"), _("a card of actions fills actions."))
    elif card.kind != "actions" and card.fills == "actions":
        yield _Fault((*place, "kind"), _("actions are written by a card of the kind actions."))
    elif card.kind == "pick" and card.fills not in ("ideas", "topics"):
        yield _Fault((*place, "fills"), _("a card that picks fills ideas or topics."))
    elif card.kind in ("text", "form") and card.fills == "ideas":
        yield _Fault((*place, "fills"), _("ideas are written by a card that picks, or by a list."))
    elif card.kind == "list" and card.fills in ("request", "follow_up", "feelings"):
        what = _("a list can't fill “{section}”: use a text or a form.").format(section=card.fills)
        yield _Fault((*place, "fills"), what)


def _pick(card: Card, before: Sequence[Step], place: toml.Place) -> Iterator[_Fault]:
    lists = [step.card.fills for step in before if step.card and step.card.kind == "list"]
    if not card.from_:
        yield _Fault((*place, "from"), _("it is missing: which earlier list is picked from?"))
    elif card.from_ not in lists:
        what = _("no earlier step makes the list “{name}” to pick from.").format(name=card.from_)
        if near := nearest(card.from_, list(lists)):
            what = _("no earlier step makes the list “{name}” to pick from. Did you mean “{near}”?").format(
                name=card.from_, near=near
            )
        yield _Fault((*place, "from"), what)
    if card.fills == "topics" and card.from_ != "topics":
        yield _Fault((*place, "from"), _("a card that fills topics picks from topics."))
    if not 0 <= card.min <= card.max or card.max < 1:
        yield _Fault((*place, "min"), _("min must be at most max, and max at least 1."))


def _form(card: Card, place: toml.Place) -> Iterator[_Fault]:
    if not card.fields:
        yield _Fault((*place, "fields"), _("a form needs at least one field."))
    ids = [item.id for item in card.fields]
    yield from _unique(ids, (*place, "fields"), _("another field already has the id “{id}”."))
    known = _FORM_FIELDS.get(card.fills)
    for index, item in enumerate(card.fields):
        here = (*place, "fields", index)
        yield from _field(item, here)
        if known and item.id not in known:
            what = _("a form that fills “{section}” has the fields: {names}.")
            yield _Fault((*here, "id"), what.format(section=card.fills, names=", ".join(known)))


def _field(item: FormField, place: toml.Place) -> Iterator[_Fault]:
    yield from _title(item.label, (*place, "label"))
    if item.kind == "scale" and not item.min < item.max <= item.min + 20:
        yield _Fault(place, _("a scale goes from min to a larger max, in 20 steps at most."))
    if item.kind == "choice" and len(item.choices) < 2:
        yield _Fault(place, _("a choice needs at least two choices."))
