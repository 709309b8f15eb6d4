"""The page as one self-contained HTML file, which prints on one A4 sheet and reads well on a phone."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from entraide_tui.archive.page.measure import LINES, sheet_of
from entraide_tui.common.i18n import _, mark, using_language
from entraide_tui.exports.base import Format, RecapFormat, Segment, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Options
    from entraide_tui.exports.base import ExportRequest


def page(record: Record, options: Options, *, templates: Path | None = None) -> str:
    """The page as HTML, with the annex on a separate sheet.

    Args:
        templates: a folder that may hold the group's own `page.html.jinja` and `page.css`.

    Raises:
        FileError, InvalidFileError: one of those can't be used.
    """
    from entraide_tui.exports import html_file, print_fit, view

    with using_language(record.language):
        sheet = sheet_of(record, options)
        values = view.page(record, sheet)
        size = print_fit.size_of(values) if sheet.lines <= LINES else print_fit.USUAL
        return html_file.fill("page.html.jinja", {"sheet": values, "size": size}, templates)


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    return page(records[0], request.options, templates=request.templates).encode()


def _write_recap(records: Sequence[Record], request: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.html(recap.gather(records), templates=request.templates).encode()


class _Texts(HTMLParser):
    """Collects the visible text, and the hidden text of attributes and comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.visible: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.visible.append("" if tag in _INLINE else "\n")
        self.hidden += [f"{name} {value or ''}" for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.visible.append("" if tag in _INLINE else "\n")

    def handle_data(self, data: str) -> None:
        self.visible.append(data)

    def handle_comment(self, data: str) -> None:
        self.hidden.append(data)

    def handle_decl(self, decl: str) -> None:
        self.hidden.append(decl)

    def handle_pi(self, data: str) -> None:
        self.hidden.append(data)

    def unknown_decl(self, data: str) -> None:
        self.hidden.append(data)


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
"""Elements that do not separate words."""


def _read_text(data: bytes) -> Iterator[Segment]:
    text = decoded(data)
    yield Segment(unescape(text))
    parser = _Texts()
    parser.feed(text)
    parser.close()
    yield Segment("".join(parser.visible), _("the text of the page"), again=True)
    yield Segment("\n".join(parser.hidden), _("behind the text of the page"), again=True)


FORMAT = Format(
    "html",
    "one",
    mark("The page, for a browser or to print"),
    _write,
    _read_text,
    recap=RecapFormat(mark("One recap of all of them, for a browser or to print"), _write_recap),
    page=True,
)
