"""The last look: is a name still in the finished file? Read as any other program would read it, text, data and all."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass, replace
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common import toml
from entraide_tui.common.i18n import _
from entraide_tui.common.text import visible
from entraide_tui.privacy.names import Finder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import PurePath

    from entraide_tui.archive import model as m


class Segment(NamedTuple):
    """A text to look through.

    Attributes:
        called: the field or page; empty where lines are told, the first of which is `line`.
        rest: the same words once more, read otherwise: counts for names that were not found before.
    """

    text: str
    called: str = ""
    line: int = 1
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Leak:
    """A name that is still there.

    Attributes:
        name: which.
        where: line, field or page, in words.
        doubt: an everyday word written small, which may be no name: for a person to look at.
        near: the words around it, to be found by.
    """

    name: str
    where: str
    doubt: bool = False
    near: str = field(default="", compare=False)


def find_leaks(data: bytes, kind: str, names: Iterable[str]) -> list[Leak]:
    """The names that are still in a finished file, each place once.

    Args:
        data: the bytes as they would be written.
        kind: `md`, `toml`, `html`, `pdf`, `ics`, `csv`, `json`; anything else is read as plain text.
        names: all that must not be there: see `sharing.Prepared.names`.

    Raises UserError where a PDF can't be read.
    """
    finder = Finder.of(names)
    if finder.pattern is None:
        return []
    out: dict[Leak, None] = {}
    told: set[tuple[str, bool]] = set()
    for text, called, line, rest in _SEGMENTS.get(kind, _plain)(data):
        before = set(told)
        for one in finder.find(text) + finder.broken(text, anywhere=kind == "pdf"):
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
        out += [Leak(found.name, where, home or not found.sure, visible(part)) for found in finder.find(part)]
    return out


def hollow(record: m.Record) -> m.Record:
    """The same record without a word of anybody, each text a dot: what its export says, the program says itself."""

    def emptied(value: object, name: str = "") -> object:
        if isinstance(value, str):
            return value if not value or name in _KEPT else "·"
        if isinstance(value, tuple):
            return tuple(emptied(part) for part in value)
        if isinstance(value, dict):
            return {f"·{n}": emptied(part) for n, part in enumerate(value.values())}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: emptied(getattr(value, f.name), f.name) for f in fields(value)})
        return value

    return replace(record, **{f.name: emptied(getattr(record, f.name), f.name) for f in fields(record)})  # type: ignore[arg-type]


_KEPT = {"status", "language", "kind"}
"""Texts that are words of the program."""


def _near(text: str, start: int, end: int) -> str:
    return visible(" ".join(text[max(0, start - 30) : end + 30].replace("\u200b", "").split()))


# -- what each kind says


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _plain(data: bytes) -> Iterator[Segment]:
    yield Segment(_decoded(data))


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|\\(?=\n)")


def _markdown(data: bytes) -> Iterator[Segment]:
    text = _decoded(data)
    yield Segment(text)
    yield Segment(unescape(_ESCAPED.sub(lambda match: match[1] or "", text)), rest=True)


class _Html(HTMLParser):
    """Gathers what a reader sees, and what stands in attributes and comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.beside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append("" if tag in _INLINE else "\n")
        self.beside += [f"{name} {value or ''}" for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.said.append("" if tag in _INLINE else "\n")

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.beside.append(data)

    def handle_decl(self, decl: str) -> None:
        self.beside.append(decl)

    def handle_pi(self, data: str) -> None:
        self.beside.append(data)

    def unknown_decl(self, data: str) -> None:
        self.beside.append(data)


_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}
_INLINE |= {"time", "u", "wbr"}
"""Elements inside which a word goes on."""


def _html(data: bytes) -> Iterator[Segment]:
    text = _decoded(data)
    yield Segment(unescape(text))
    parser = _Html()
    parser.feed(text)
    parser.close()
    yield Segment("".join(parser.said), _("the text of the page"), rest=True)
    yield Segment("\n".join(parser.beside), _("behind the text of the page"), rest=True)


def _pdf(data: bytes) -> Iterator[Segment]:
    from entraide_tui.exports import pdf, typesetter

    typesetter.needed()
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        for name, value in document.get_metadata_dict(skip_empty=True).items():
            yield Segment(value, _("the file’s own description ({name})").format(name=visible(name)))
        for entry in document.get_toc():
            yield Segment(entry.get_title(), _("the table of contents"))
        for number in range(len(document)):
            words = document[number].get_textpage()
            text = _BREAKS.sub("", words.get_text_range().replace("\r\n", "\n"))
            words.close()
            yield Segment(text, _("page {n}").format(n=number + 1))
        yield Segment(pdf.text_of(data), _("the text of the page"), rest=True)
    finally:
        document.close()


_BREAKS = re.compile("[\x02\ufffe]")
"""What stands in the text of a PDF where a word was broken."""


def _ics(data: bytes) -> Iterator[Segment]:
    unfolded = data.replace(b"\r\n", b"\n").replace(b"\n ", b"").replace(b"\n\t", b"")
    for line in _decoded(unfolded).split("\n"):
        said = re.sub(r"\\([\\;,nN])", lambda match: "\n" if match[1] in "nN" else match[1], line)
        yield Segment(said, visible(re.split("[;:]", said, maxsplit=1)[0]))


def _csv(data: bytes) -> Iterator[Segment]:
    import csv
    import io

    text = _decoded(data)
    head = text.split("\n", 1)[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
            for column, cell in enumerate(row, 1):
                yield Segment(cell, _("row {row}, column {column}").format(row=number, column=column))
    except csv.Error:  # a field of more than 128 KiB
        pass
    yield Segment(text, rest=True)


def _json(data: bytes) -> Iterator[Segment]:
    import json

    with suppress(ValueError, RecursionError):
        yield from _parts(json.loads(data))
    yield Segment(_decoded(data), rest=True)


def _toml(data: bytes) -> Iterator[Segment]:
    import tomllib

    text = _decoded(data)
    with suppress(ValueError, RecursionError):
        yield from _parts(tomllib.loads(text))
    yield Segment(text, rest=True)


def _parts(value: object, place: toml.Path_ = ()) -> Iterator[Segment]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield Segment(name, visible(toml.spell((*place, name))))
            yield from _parts(part, (*place, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _parts(part, (*place, number))
    else:
        yield Segment(str(value), visible(toml.spell(place)))


_SEGMENTS: dict[str, Callable[[bytes], Iterator[Segment]]] = {
    "md": _markdown,
    "html": _html,
    "pdf": _pdf,
    "ics": _ics,
    "csv": _csv,
    "json": _json,
    "toml": _toml,
}
