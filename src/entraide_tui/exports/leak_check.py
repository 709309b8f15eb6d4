"""The last look: is a name still in the finished file? Read as any other program would read it, text, data and all."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from entraide_tui.archive.field_spec import KEY
from entraide_tui.common.i18n import _
from entraide_tui.common.text import visible
from entraide_tui.privacy.names import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

    from entraide_tui.archive import model as m
    from entraide_tui.archive.field_spec import FieldSpec
    from entraide_tui.exports.base import Format


@dataclass(frozen=True, slots=True)
class Leak:
    """A name that is still there.

    Attributes:
        name: which.
        where: line, field or page, in words.
        doubt: an everyday word written small, which may be no name: for a person to look at.
        near: the words around it, to be found by.
        file: which; its path where the name of the file, or of its folder, is what tells it.
        of_path: whether it is.
    """

    name: str
    where: str
    doubt: bool = False
    near: str = field(default="", compare=False)
    file: str = ""
    of_path: bool = False


def find_leaks(data: bytes, form: Format, names: Iterable[str]) -> list[Leak]:
    """Return the names that are still in a finished file, each place once.

    Args:
        data: the bytes as they would be written.
        names: all that must not be there: see `share_choice.Prepared.names`.

    Raises UserError where the file can't be read again.
    """
    finder = Finder.of(names)
    if finder.pattern is None:
        return []
    out: dict[Leak, None] = {}
    told: set[tuple[str, bool]] = set()
    for text, called, line, rest in form.read_text(data):
        before = set(told)
        for one in finder.find(text) + finder.broken(text, anywhere=form.breaks_words):
            if rest and (one.name, one.sure) in before:
                continue
            where = called or _("line {n}").format(n=line + text.count("\n", 0, one.start))
            out.setdefault(Leak(one.name, where, not one.sure, _near(text, one.start, one.end)))
            told.add((one.name, one.sure))
    return list(out)


def in_path(path: PurePath, names: Iterable[str]) -> list[Leak]:
    """The names that a file's own name gives away; as doubts those of its folder, which may stay at home."""
    out: list[Leak] = []
    finder = Finder.of(names)
    for part, where, home in (
        (path.name, _("the name of the file"), False),
        (path.parent.name, _("the name of its folder"), True),
    ):
        out += [
            Leak(found.name, where, home or not found.sure, visible(part), str(path), of_path=True)
            for found in finder.find(part)
        ]
    return out


def hollow(record: m.Record) -> m.Record:
    """The same record without a word of anybody, each text a dot: what its export says, the program says itself."""

    def emptied(value: object, spec: FieldSpec | None = None) -> object:
        if isinstance(value, str):
            return value if not value or (spec and spec.holds == "word") else "·"
        if isinstance(value, tuple):
            return tuple(emptied(part) for part in value)
        if isinstance(value, dict):
            return {f"·{n}": emptied(part) for n, part in enumerate(value.values())}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **inside(value))
        return value

    def inside(table: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
        return {f.name: emptied(getattr(table, f.name), f.metadata[KEY]) for f in fields(table)}

    return replace(record, **inside(record))


def _near(text: str, start: int, end: int) -> str:
    return visible(" ".join(text[max(0, start - 30) : end + 30].replace("\u200b", "").split()))
