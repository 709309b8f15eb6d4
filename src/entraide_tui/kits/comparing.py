"""Compare two kits, step by step and key by key, whatever the layout of their files. Pure."""

from __future__ import annotations

import dataclasses
import types
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from entraide_tui.common import validation
from entraide_tui.common.text import fold
from entraide_tui.kits.model import GroupSize, Kit, LocalLines, LocalText, Minutes, Option, Preset, Rescue, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PARTS = ("steps", "presets", "options", "rescue")
_WHOLE = (Minutes, GroupSize)
"""Tables that are compared as one value."""
_Named = TypeVar("_Named", Step, Preset, Option, Rescue)


@dataclass(frozen=True, slots=True)
class KitChange:
    """A changed key.

    Attributes:
        key: its path within the step, preset…: `minutes`, `say`, `roles.offeror`, `card.fills`.
        language: of the changed text; empty if it has no language or is no text.
        before, after: the values as in a file; None if there is none.
        removed, added: lines of a list of lines; both empty if only their order changed.
    """

    key: str
    language: str = ""
    before: Any = None
    after: Any = None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A step, preset, option or rescue that differs between two kits.

    Attributes:
        id: its id, in the second kit if it is there.
        title: its title, in the second kit if it is there.
        was: its id in the first kit, if that changed.
        former, place: its positions in the first and the second kit, from 1; 0 if it is not there.
        moved: whether its order among the parts of both kits changed.
    """

    id: str
    title: LocalText
    state: Literal["added", "removed", "kept"] = "kept"
    was: str = ""
    former: int = 0
    place: int = 0
    moved: bool = False
    changes: tuple[KitChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """The differences between two kits.

    Attributes:
        minutes: the usual totals of both, with repeated steps counted for each usual asker.
        head: changes outside steps, presets, options and rescues.
        steps: in the order of the second kit, removed ones at their former position.
    """

    minutes: tuple[float, float]
    head: tuple[KitChange, ...] = ()
    steps: tuple[Part, ...] = ()
    presets: tuple[Part, ...] = ()
    options: tuple[Part, ...] = ()
    rescue: tuple[Part, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both kits are equal."""
        return not (self.head or self.steps or self.presets or self.options or self.rescue)


def compare(before: Kit, after: Kit) -> Differences:
    """The differences between two kits."""
    renamed = _renamed(before.steps, after.steps)
    head = [name for name in _hints(Kit) if name not in _PARTS]
    return Differences(
        minutes=(_total(before), _total(after)),
        head=tuple(c for name in head for c in _attribute(name, before, after, "")),
        steps=_parts([replace(s, id=renamed.get(s.id, s.id)) for s in before.steps], after.steps, renamed),
        presets=_parts([replace(p, minutes=_with_ids(p.minutes, renamed)) for p in before.presets], after.presets),
        options=_parts([replace(o, changes=_with_ids(o.changes, renamed)) for o in before.options], after.options),
        rescue=_parts(before.rescue, after.rescue),
    )


def _total(kit: Kit) -> float:
    return kit.total(kit.askers)


# Matching the parts of both kits


def _renamed(before: Sequence[Step], after: Sequence[Step]) -> dict[str, str]:
    """New ids by former ids, for steps of other ids with the same title, purpose or content."""
    ids = {s.id for s in before}, {s.id for s in after}
    new = [s for s in after if s.id not in ids[0]]
    out: dict[str, str] = {}
    for step in before:
        if step.id not in ids[1] and (same := next((n for n in new if _is_same(step, n)), None)):
            out[step.id] = same.id
            new.remove(same)
    return out


def _is_same(one: Step, other: Step) -> bool:
    return replace(one, id=other.id) == other or any(
        {(name, fold(text)) for name, text in _by_language(a).items()}
        & {(name, fold(text)) for name, text in _by_language(b).items()}
        for a, b in ((one.title, other.title), (one.purpose, other.purpose))
    )


def _with_ids(table: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    return {renamed.get(key, key): value for key, value in table.items()}


def _parts(
    before: Sequence[_Named], after: Sequence[_Named], renamed: Mapping[str, str] | None = None
) -> tuple[Part, ...]:
    """The parts that differ. Those of `before` must have their new ids."""
    former = {part.id: number for number, part in enumerate(before)}
    position = {part.id: number for number, part in enumerate(after)}
    was = {new: old for old, new in (renamed or {}).items()}
    unmoved = _longest_rising([former[part.id] for part in after if part.id in former])
    out: list[Part] = []
    for part in after:
        if part.id not in former:
            out.append(Part(part.id, part.title, "added", place=position[part.id] + 1))
            continue
        old = before[former[part.id]]
        out.append(
            Part(
                part.id,
                part.title,
                was=was.get(part.id, ""),
                former=former[part.id] + 1,
                place=position[part.id] + 1,
                moved=former[part.id] not in unmoved,
                changes=tuple(c for name in _hints(type(part)) for c in _attribute(name, old, part, "")),
            )
        )
    for number, part in enumerate(before):
        if part.id not in position:
            gone = Part(part.id, part.title, "removed", former=number + 1)
            neighbour = max((i for i, p in enumerate(out) if 0 < p.former <= number and not p.moved), default=-1)
            out.insert(neighbour + 1, gone)
    return tuple(p for p in out if p.state != "kept" or p.moved or p.was or p.changes)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of the longest rising subsequence: the other ones were moved."""
    rising: list[list[int]] = [[]]  # the longest that ends at each number
    for number in numbers:
        before = max((one for one in rising if not one or one[-1] < number), key=len)
        rising.append([*before, number])
    longest = max(rising, key=len)
    return set(longest)


# Comparing values


def _hints(cls: type) -> dict[str, Any]:
    return _read_hints(cls)


@lru_cache(maxsize=32)
def _read_hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _attribute(name: str, before: Any, after: Any, around: str) -> Iterator[KitChange]:  # noqa: ANN401 - dataclasses
    key = f"{around}{name.rstrip('_')}"
    yield from _changes(key, getattr(before, name), getattr(after, name), _hints(type(before))[name])


def _changes(key: str, before: Any, after: Any, wanted: Any) -> Iterator[KitChange]:  # noqa: ANN401 - any annotation
    """The changes between two values of one annotation."""
    if before == after:
        return
    branches = tuple(b for b in get_args(wanted) if b is not types.NoneType) if _is_union(wanted) else (wanted,)
    if branches == get_args(LocalText):
        yield from _text_changes(key, _by_language(before), _by_language(after))
    elif branches == get_args(LocalLines):
        yield from _line_changes(key, _by_language(before), _by_language(after))
    elif before is None or after is None or isinstance(before, _WHOLE):
        yield KitChange(key, before=_plain(before), after=_plain(after))
    elif dataclasses.is_dataclass(before):
        for name in _hints(type(before)):
            yield from _attribute(name, before, after, f"{key}.")
    elif isinstance(before, dict):
        yield from _table_changes(key, before, after, get_args(branches[0])[1])
    elif get_origin(branches[0]) is tuple and dataclasses.is_dataclass(inner := get_args(branches[0])[0]):
        old, new = ({one.id: one for one in items} for items in (before, after))
        yield from _table_changes(key, old, new, inner)
        if [name for name in old if name in new] != [name for name in new if name in old]:
            yield KitChange(key, before=[*old], after=[*new])
    else:
        yield KitChange(key, before=_plain(before), after=_plain(after))


def _is_union(wanted: Any) -> bool:  # noqa: ANN401 - any annotation
    return isinstance(wanted, types.UnionType)


def _table_changes(key: str, before: Mapping[str, Any], after: Mapping[str, Any], wanted: Any) -> Iterator[KitChange]:  # noqa: ANN401
    for name in [*before, *(n for n in after if n not in before)]:
        here = f"{key}.{name}"
        if name in before and name in after:
            yield from _changes(here, before[name], after[name], wanted)
        else:
            yield KitChange(here, before=_plain(before.get(name)), after=_plain(after.get(name)))


def _by_language(value: Any) -> dict[str, Any]:  # noqa: ANN401 - LocalText, LocalLines or None
    """A text or list of lines by language; one without a language is under an empty name."""
    table = value if isinstance(value, dict) else {"": value}
    return {name: text for name, text in table.items() if text}


def _text_changes(key: str, before: dict[str, str], after: dict[str, str]) -> Iterator[KitChange]:
    for name in [*before, *(n for n in after if n not in before)]:
        if before.get(name) != after.get(name):
            yield KitChange(key, name, before.get(name), after.get(name))


def _line_changes(key: str, before: dict[str, list[str]], after: dict[str, list[str]]) -> Iterator[KitChange]:
    for name in [*before, *(n for n in after if n not in before)]:
        old, new = before.get(name, []), after.get(name, [])
        if old != new:
            yield KitChange(key, name, old, new, _without(old, new), _without(new, old))


def _without(lines: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The lines that the others lack, each as often as it is missing there."""
    left = Counter(lines) - Counter(others)
    out = []
    for line in reversed(lines):
        if left[line] > 0:
            left[line] -= 1
            out.append(line)
    return tuple(reversed(out))


def _plain(value: Any) -> Any:  # noqa: ANN401 - as in a file
    """A value as in a file: a dataclass becomes a table without empty values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        values = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {name.rstrip("_"): _plain(one) for name, one in values.items() if one not in (None, "", (), [], {})}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def document(differences: Differences) -> dict[str, Any]:
    """The differences as a JSON document."""
    before, after = differences.minutes
    return {
        "equal": differences.is_empty,
        **validation.plain(differences),
        "minutes": {"before": before, "after": after},
    }
