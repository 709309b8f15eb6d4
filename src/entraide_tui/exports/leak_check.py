"""The leak check: search a finished file for names that should have been replaced, as other programs would read it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from entraide_tui.archive.field_spec import KEY
from entraide_tui.common.i18n import _
from entraide_tui.common.text import visible
from entraide_tui.privacy.name_finder import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

    from entraide_tui.archive import model as m
    from entraide_tui.archive.field_spec import FieldSpec
    from entraide_tui.exports.base import Format


@dataclass(frozen=True, slots=True)
class Leak:
    """A name that is still in a finished file, or in its path.

    Attributes:
        where: the line, field or page, in words.
        doubt: it may be an everyday word instead: for a person to check.
        near: the surrounding text.
        file: the file name; the full path if `of_path`.
        of_path: the name is in the name of the file or its folder.
    """

    name: str
    where: str
    doubt: bool = False
    near: str = field(default="", compare=False)
    file: str = ""
    of_path: bool = False


def find_leaks(data: bytes, form: Format, names: Iterable[str]) -> list[Leak]:
    """Return the names that are still in a finished file, each location once.

    Args:
        data: the bytes to be written.
        names: the names that must not be there, such as `share_choice.Prepared.names`.

    Raises:
        UserError: the file can't be read again.
    """
    finder = Finder.of(names)
    if finder.pattern is None:
        return []
    out: dict[Leak, None] = {}
    seen: set[tuple[str, bool]] = set()
    for text, label, line, again in form.read_text(data):
        before = set(seen)
        for found in finder.find(text) + finder.find_broken(text, anywhere=form.breaks_words):
            if again and (found.name, found.sure) in before:
                continue
            where = label or _("line {n}").format(n=line + text.count("\n", 0, found.start))
            out.setdefault(Leak(found.name, where, not found.sure, _near(text, found.start, found.end)))
            seen.add((found.name, found.sure))
    return list(out)


def in_path(path: PurePath, names: Iterable[str]) -> list[Leak]:
    """The names in a file's name, and, as doubts, in that of its folder, which may not leave with it."""
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


def without_texts(record: m.Record) -> m.Record:
    """Blank every text of people in a record, so that its export shows which words the program itself prints."""

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
