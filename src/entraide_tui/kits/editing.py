"""Edit the text of a kit in place: move, rename, remove and add steps, set their minutes.

Each operation takes the text of a valid kit and returns that of a valid kit. What a change does not concern stays byte
for byte, comments and layout included. A change that would break the kit raises a `UserError` that says why.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from entraide_tui.common import toml
from entraide_tui.common.errors import Finding, InputError, InvalidFileError, NotFoundError
from entraide_tui.common.i18n import _, language
from entraide_tui.common.text import clean, slug
from entraide_tui.common.toml.document import Document
from entraide_tui.kits import limits, loader
from entraide_tui.kits.model import Kit, Minutes, in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.kits.model import Step

NEW_STEP_MINUTES = Minutes(3, 5, 10)


def kit_of(text: str) -> Kit:
    """Parse the text of a valid kit. Raises InvalidFileError if it has faults."""
    kit = checked(text).kit
    if kit is None:
        raise InvalidFileError(_("this kit has faults. Mend them in your editor first, or undo."))
    return kit


@lru_cache(maxsize=8)
def checked(text: str) -> loader.Checked:
    """Check the text of a kit. Cached: an editor asks for the same text several times."""
    plain = text.replace("\r\n", "\n")
    try:
        document = tomllib.loads(plain)
    except (ValueError, RecursionError):
        return loader.Checked(None, ())
    if len(text.encode("utf-8", "replace")) > limits.LARGEST:
        return loader.Checked(None, (Finding(_("the kit would be too large.")),))
    return loader.check(document, plain)


def total(kit: Kit, preset: str = "") -> float:
    """The usual total in minutes, with a preset if named; repeated steps count for each usual asker."""
    played = kit.with_choices(preset, ()) if preset else kit
    return played.total(kit.askers)


def line_of(text: str, step_id: str) -> int:
    """The line where a step begins, counted from 1, comments right above it included. Raises NotFoundError."""
    line = toml.line_of(("steps", _index(kit_of(text), step_id)), toml.positions(text))
    lines = text.split("\n")
    while line > 1 and lines[line - 2].lstrip().startswith("#"):
        line -= 1
    return line


# Operations.


def move_step(text: str, step_id: str, to: int) -> str:
    """Move a step to an index (from 0). Raises InputError if a card would pick from a list made later."""
    kit = kit_of(text)
    order = list(range(len(kit.steps)))
    at = _index(kit, step_id)
    order.insert(max(0, min(to, len(order) - 1)), order.pop(at))
    _lists_come_first(kit, [kit.steps[n] for n in order])
    return _validated(_arranged(text, "steps", order))


def rename_step(text: str, step_id: str, title: str) -> str:
    """Set a step's title, in the interface's language if it has several. Its id stays: presets and records use it."""
    return _renamed(text, ("steps", _index(kit_of(text), step_id), "title"), title)


def rename_kit(text: str, title: str, *, everywhere: bool = False) -> str:
    """Set the kit's title, in the interface's language if it has several; `everywhere`: one for all languages."""
    kit_of(text)
    if everywhere:
        return _validated(_put(text, ("title",), _title(title), ("id", "title")))
    return _renamed(text, ("title",), title)


def remove_step(text: str, step_id: str) -> str:
    """Remove a step, and what presets and options set for it; those that set nothing else go too.

    Raises InputError if another step picks from the list that this one makes.
    """
    kit = kit_of(text)
    at = _index(kit, step_id)
    _lists_come_first(kit, [step for step in kit.steps if step.id != step_id])
    groups: tuple[tuple[str, str, Sequence[dict[str, Any]]], ...] = (
        ("presets", "minutes", [preset.minutes for preset in kit.presets]),
        ("options", "changes", [option.changes for option in kit.options]),
    )
    for key, inner, tables in groups:
        for number, table in reversed(list(enumerate(tables))):
            if step_id not in table:
                continue
            if len(table) == 1:
                text = _arranged(text, key, [n for n in range(len(tables)) if n != number])
            else:
                document = Document(text)
                document.remove((key, number, inner, step_id))
                text = str(document)
    return _validated(_arranged(text, "steps", [n for n in range(len(kit.steps)) if n != at]))


def add_step(text: str, title: str, after: str | None = None, minutes: Minutes | None = NEW_STEP_MINUTES) -> str:
    """Add a step behind the step `after`, or first; its id is made from the title."""
    kit = kit_of(text)
    title = _title(title)
    new: dict[str, Any] = {"id": _new_id(kit, title), "title": title}
    if minutes is not None:
        new["minutes"] = _table(minutes)
    new |= {"say": [], "watch": [], "avoid": []}  # to be filled in an editor
    items: list[int | dict[str, Any]] = list(range(len(kit.steps)))
    items.insert(0 if after is None else _index(kit, after) + 1, new)
    return _validated(_arranged(text, "steps", items))


def set_minutes(text: str, step_id: str, minutes: Minutes | None) -> str:
    """Set a step's minutes; None: no countdown. Presets stay as they are."""
    kit = kit_of(text)
    at = _index(kit, step_id)
    place: toml.Place = ("steps", at, "minutes")
    current = kit.steps[at].minutes
    document = Document(text)
    if minutes is None:
        document.remove(place)
    elif current is None:
        document.put(place, _table(minutes), ("id", "title", "purpose", "minutes"))
    else:
        for name, value in _table(minutes).items():
            if value != getattr(current, name):
                document.put((*place, name), value)
    return _validated(str(document))


def parse_minutes(text: str, current: Minutes | None) -> Minutes | None:
    """Parse minutes: “5/10/20”, or the usual ones alone, which keep the current range; None for no text.

    Raises InputError.
    """
    text = text.strip()
    if not text:
        return None
    parts = re.split(r"\s*[/;]\s*|\s+", text)
    if len(parts) not in (1, 3) or not all(re.fullmatch(r"\d{1,6}(?:[.,]\d{1,3})?", part) for part in parts):
        raise InputError(_("write the fewest, the usual and the most minutes, as in 5/10/20, or the usual ones alone."))
    numbers = [float(part.replace(",", ".")) for part in parts]
    if len(numbers) == 3:
        minutes = Minutes(*numbers)
    else:
        usual = numbers[0]
        old = current or Minutes(usual, usual, usual)
        minutes = Minutes(min(old.min, usual), usual, max(old.max, usual))
    if not minutes.min <= minutes.usual <= minutes.max <= limits.MOST_MINUTES:
        what = _("the fewest minutes come first, then the usual ones, then the most; at most {most}.")
        raise InputError(what.format(most=limits.MOST_MINUTES))
    if not minutes.usual:
        raise InputError(_("the usual minutes must be more than 0. Empty the line for a step without a countdown."))
    return minutes


# Shared by the operations.


def _index(kit: Kit, step_id: str) -> int:
    for number, step in enumerate(kit.steps):
        if step.id == step_id:
            return number
    raise NotFoundError(_("there is no step “{id}”.").format(id=step_id))


def _put(text: str, place: toml.Place, value: str, order: Sequence[str] = ()) -> str:
    document = Document(text)
    document.put(place, value, order)
    return str(document)


def _arranged(text: str, key: str, items: Sequence[int | dict[str, Any]]) -> str:
    document = Document(text)
    try:
        document.arrange((key,), items)
    except ValueError:
        raise InvalidFileError(
            _("this kit is laid out in a way that can’t be changed here: something stands between the parts of a step.")
        ) from None
    return str(document)


def _validated(text: str) -> str:
    """Return the text if it is a valid kit. Raises InvalidFileError."""
    result = checked(text)
    if result.kit is None:
        # no lines: nobody can see this text
        findings = tuple(Finding(f.what, place=f.place) for f in result.errors)
        raise InvalidFileError(_("this can’t be done: afterwards the kit could not be used."), findings=findings)
    return text


def _lists_come_first(kit: Kit, steps: Sequence[Step]) -> None:
    """Raise InputError if a card would pick from a list that no earlier step makes."""
    here = language()
    filled: set[str] = set()
    for step in steps:
        card = step.card
        if card and card.kind == "pick" and card.from_ not in filled:
            before = kit.steps[: kit.steps.index(step)]
            maker = next(s for s in reversed(before) if s.card and s.card.kind == "list" and s.card.fills == card.from_)
            names = {"picker": in_language(step.title, here), "maker": in_language(maker.title, here)}
            if maker in steps:
                raise InputError(
                    _("“{picker}” picks from the list that “{maker}” makes, so it has to come later.").format(**names)
                )
            raise InputError(
                _("“{picker}” picks from the list that “{maker}” makes. Remove “{picker}” first.").format(**names)
            )
        if card and card.kind == "list":
            filled.add(card.fills)


def _renamed(text: str, place: toml.Place, title: str) -> str:
    value: Any = tomllib.loads(text.replace("\r\n", "\n"))
    for part in place:
        value = value[part]
    return _validated(_put(text, place if isinstance(value, str) else (*place, language()), _title(title)))


def _title(title: str) -> str:
    title = clean(title).strip()
    if not title:
        raise InputError(_("the title is missing."))
    if len(title) > limits.LONGEST_TEXT:
        what = _("the title is too long ({size} characters; at most {most}).")
        raise InputError(what.format(size=len(title), most=limits.LONGEST_TEXT))
    return title


def _new_id(kit: Kit, title: str) -> str:
    taken = {step.id for step in kit.steps}
    stem = slug(title) or "step"
    number = 2
    new = stem
    while new in taken:
        new = f"{stem}-{number}"
        number += 1
    return new


def _table(minutes: Minutes) -> dict[str, float]:
    numbers = {"min": minutes.min, "usual": minutes.usual, "max": minutes.max}
    return {name: int(value) if float(value).is_integer() else value for name, value in numbers.items()}
