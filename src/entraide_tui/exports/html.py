"""The page as one HTML file: prints on one A4 sheet, reads on a phone, asks nothing from outside."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from entraide_tui.archive.page.measure import LINES, sheet_of
from entraide_tui.common.i18n import _, mark, speaking
from entraide_tui.exports.base import Format, RecapFormat, Segment, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Options
    from entraide_tui.exports.base import ExportRequest


def page(record: Record, options: Options, *, templates: Path | None = None) -> str:
    """The page as the group asked for it, the annex on a sheet of its own.

    Args:
        templates: the folder of the group's own templates, if any: `page.html.jinja`, `page.css`.

    Raises FileError, InvalidFileError where one of those can't be used.
    """
    from entraide_tui.exports import html_file, print_fit, view

    with speaking(record.language):
        sheet = sheet_of(record, options)
        values = view.page(record, sheet)
        size = print_fit.size_of(values) if sheet.lines <= LINES else print_fit.USUAL
        return html_file.finished("page.html.jinja", {"sheet": values, "size": size}, templates)


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    return page(records[0], request.options, templates=request.templates).encode()


def _write_recap(records: Sequence[Record], request: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.html(recap.gathered(records), templates=request.templates).encode()


class _Texts(HTMLParser):
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


def _read_text(data: bytes) -> Iterator[Segment]:
    text = decoded(data)
    yield Segment(unescape(text))
    parser = _Texts()
    parser.feed(text)
    parser.close()
    yield Segment("".join(parser.said), _("the text of the page"), rest=True)
    yield Segment("\n".join(parser.beside), _("behind the text of the page"), rest=True)


FORMAT = Format(
    "html",
    "one",
    mark("The page, for a browser or to print"),
    _write,
    _read_text,
    recap=RecapFormat(mark("One recap of all of them, for a browser or to print"), _write_recap),
    page=True,
)
