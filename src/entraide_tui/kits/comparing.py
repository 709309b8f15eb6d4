"""What differs between two kits, step by step and key by key, however their files are laid out. Pure."""

from __future__ import annotations

import dataclasses
import types
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from entraide_tui.common import validation
from entraide_tui.common.text import fold
from entraide_tui.kits.model import GroupSize, Kit, LocalText, Minutes, Option, Preset, Rescue, Step, WordLists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PARTS = ("steps", "presets", "options", "rescue")
_WHOLE = (Minutes, GroupSize)
"""Tables that are one thing: their numbers are told together."""
_Named = TypeVar("_Named", Step, Preset, Option, Rescue)


@dataclass(frozen=True, slots=True)
class KitChange:
    """One key that says something else.

    Attributes:
        key: as one would write it within its step, preset…: `minutes`, `say`, `roles.offeror`, `card.fills`.
        language: of the words that changed; empty for those without a language, and for what is no words.
        before, after: what stands there, as in a file; None: nothing.
        removed, added: of a list of lines. Both empty for such a list: the same lines in another order.
    """

    key: str
    language: str = ""
    before: Any = None
    after: Any = None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A step, a preset, an option or a rescue that is not the same in both.

    Attributes:
        id: its id, in the second kit if it is there. was: in the first, where its id changed.
        title: in the second kit, if it is there.
        former, place: where it stands in the first and in the second, counted from 1; 0: nowhere.
        moved: its neighbours are others, and not only because something was added or removed.
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
    """Between a first kit and a second one. `minutes`: the usual totals, for all who usually ask where steps repeat.

    Steps stand in the order of the second kit, those that were removed where they stood.
    """

    minutes: tuple[float, float]
    head: tuple[KitChange, ...] = ()
    steps: tuple[Part, ...] = ()
    presets: tuple[Part, ...] = ()
    options: tuple[Part, ...] = ()
    rescue: tuple[Part, ...] = ()

    @property
    def none(self) -> bool:
        """Whether both kits say the same."""
        return not (self.head or self.steps or self.presets or self.options or self.rescue)


def between(before: Kit, after: Kit) -> Differences:
    """What the second kit says that the first did not, and the other way round."""
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


# Which is which


def _renamed(before: Sequence[Step], after: Sequence[Step]) -> dict[str, str]:
    """The new ids of steps that are still there under another id: their title or their purpose tells."""
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
    """The parts that differ; those of `before` have their new ids already."""
    former = {one.id: number for number, one in enumerate(before)}
    place = {one.id: number for number, one in enumerate(after)}
    was = {new: old for old, new in (renamed or {}).items()}
    stay = _in_order([former[one.id] for one in after if one.id in former])
    out: list[Part] = []
    for one in after:
        if one.id not in former:
            out.append(Part(one.id, one.title, "added", place=place[one.id] + 1))
            continue
        held = before[former[one.id]]
        out.append(
            Part(
                one.id,
                one.title,
                was=was.get(one.id, ""),
                former=former[one.id] + 1,
                place=place[one.id] + 1,
                moved=former[one.id] not in stay,
                changes=tuple(c for name in _hints(type(one)) for c in _attribute(name, held, one, "")),
            )
        )
    for number, one in enumerate(before):
        if one.id not in place:
            gone = Part(one.id, one.title, "removed", former=number + 1)
            neighbour = max((i for i, p in enumerate(out) if 0 < p.former <= number and not p.moved), default=-1)
            out.insert(neighbour + 1, gone)
    return tuple(p for p in out if p.state != "kept" or p.moved or p.was or p.changes)


def _in_order(numbers: Sequence[int]) -> set[int]:
    """The most of these numbers that stand in rising order: the others were moved."""
    lines: list[list[int]] = [[]]  # the longest rising line that ends at each
    for number in numbers:
        before = max((line for line in lines if not line or line[-1] < number), key=len)
        lines.append([*before, number])
    longest = max(lines, key=len)
    return set(longest)


# What they say


def _hints(cls: type) -> dict[str, Any]:
    return _read_hints(cls)


@lru_cache(maxsize=32)
def _read_hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _attribute(name: str, before: Any, after: Any, around: str) -> Iterator[KitChange]:  # noqa: ANN401 - dataclasses
    key = f"{around}{name.rstrip('_')}"
    yield from _changes(key, getattr(before, name), getattr(after, name), _hints(type(before))[name])


def _changes(key: str, before: Any, after: Any, wanted: Any) -> Iterator[KitChange]:  # noqa: ANN401 - any annotation
    """What differs between two values of one annotation."""
    if before == after:
        return
    branches = tuple(b for b in get_args(wanted) if b is not types.NoneType) if _is_union(wanted) else (wanted,)
    if branches == get_args(LocalText):
        yield from _of_words(key, _by_language(before), _by_language(after))
    elif branches == get_args(WordLists):
        yield from _of_lines(key, _by_language(before), _by_language(after))
    elif before is None or after is None or isinstance(before, _WHOLE):
        yield KitChange(key, before=_plain(before), after=_plain(after))
    elif dataclasses.is_dataclass(before):
        for name in _hints(type(before)):
            yield from _attribute(name, before, after, f"{key}.")
    elif isinstance(before, dict):
        yield from _of_tables(key, before, after, get_args(branches[0])[1])
    elif get_origin(branches[0]) is tuple and dataclasses.is_dataclass(inner := get_args(branches[0])[0]):
        old, new = ({one.id: one for one in items} for items in (before, after))
        yield from _of_tables(key, old, new, inner)
        if [name for name in old if name in new] != [name for name in new if name in old]:
            yield KitChange(key, before=[*old], after=[*new])
    else:
        yield KitChange(key, before=_plain(before), after=_plain(after))


def _is_union(wanted: Any) -> bool:  # noqa: ANN401 - any annotation
    return isinstance(wanted, types.UnionType)


def _of_tables(key: str, before: Mapping[str, Any], after: Mapping[str, Any], wanted: Any) -> Iterator[KitChange]:  # noqa: ANN401
    for name in [*before, *(n for n in after if n not in before)]:
        here = f"{key}.{name}"
        if name in before and name in after:
            yield from _changes(here, before[name], after[name], wanted)
        else:
            yield KitChange(here, before=_plain(before.get(name)), after=_plain(after.get(name)))


def _by_language(words: Any) -> dict[str, Any]:  # noqa: ANN401 - words, lists of words, or nothing
    """A text without a language stands under an empty name."""
    table = words if isinstance(words, dict) else {"": words}
    return {name: held for name, held in table.items() if held}


def _of_words(key: str, before: dict[str, str], after: dict[str, str]) -> Iterator[KitChange]:
    for name in [*before, *(n for n in after if n not in before)]:
        if before.get(name) != after.get(name):
            yield KitChange(key, name, before.get(name), after.get(name))


def _of_lines(key: str, before: dict[str, list[str]], after: dict[str, list[str]]) -> Iterator[KitChange]:
    for name in [*before, *(n for n in after if n not in before)]:
        old, new = before.get(name, []), after.get(name, [])
        if old != new:
            yield KitChange(key, name, old, new, _without(old, new), _without(new, old))


def _without(lines: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The lines that the others don't have, as often as they are more."""
    left = Counter(lines) - Counter(others)
    out = []
    for line in reversed(lines):
        if left[line] > 0:
            left[line] -= 1
            out.append(line)
    return tuple(reversed(out))


def _plain(value: Any) -> Any:  # noqa: ANN401 - as in a file
    """As in a file: a dataclass as its table, without what was left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {name.rstrip("_"): _plain(one) for name, one in held.items() if one not in (None, "", (), [], {})}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def document(found: Differences) -> dict[str, Any]:
    """As JSON has it."""
    before, after = found.minutes
    return {"equal": found.none, **validation.plain(found), "minutes": {"before": before, "after": after}}
