"""The page as PDF: always one A4 sheet, tagged, with embedded fonts, and reproducible byte for byte.

Requires the extra `[pdf]`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.archive.page.content import blocks
from entraide_tui.archive.page.measure import Sheet, fit
from entraide_tui.archive.page.options import SECTIONS
from entraide_tui.common.errors import InvalidFileError
from entraide_tui.common.i18n import _, mark, using_language
from entraide_tui.common.text import visible
from entraide_tui.exports import view
from entraide_tui.exports.base import Format, RecapFormat, Segment
from entraide_tui.exports.shorten import shortened
from entraide_tui.exports.templates import find
from entraide_tui.exports.typesetter import Typesetter, require_pdf_extra

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block
    from entraide_tui.archive.page.options import Options
    from entraide_tui.exports.base import ExportRequest

_LINES = (100, 84, 72, 62, 54, 47, 41, 35, 30, 25, 20, 16, 12)
"""Lengths, in lines, that a page is shortened to until it fits on its sheet."""
_MOST = 140
"""Lines, as `archive.page.measure` counts them; a longer page fits in no font size."""
_NAMED = 4


def page(record: Record, options: Options, *, templates: Path | None = None) -> bytes:
    """The page as PDF on one sheet; an annex begins on the second.

    Args:
        templates: a folder that may hold the group's own `page.typ`.

    Raises:
        InputError: the extra is not installed.
        FileError, InvalidFileError: the group's template can't be used.
    """
    with using_language(record.language):
        return _Page(record, options, templates).render()


class _Page:
    def __init__(self, record: Record, options: Options, templates: Path | None) -> None:
        self.record = record
        self.options = options
        self.source = find("page.typ", templates)
        self.typesetter = Typesetter(self.source)
        self.every: list[Block] = blocks(record, options)
        self.typesetter.check_signs("".join(block.text for block in self.every))

    def render(self) -> bytes:
        """The longest version that fits on one sheet. Raises InvalidFileError if none does."""
        sheet = fit(self.every, annex=self.options.annex)
        done = self._core(sheet) if sheet.lines <= _MOST else None
        # else the longest that fits, by bisection, since each attempt is slow
        low, high = 0, len(_LINES) if done is None else 0
        while low < high:
            middle = (low + high) // 2
            shorter = shortened(self.every, _LINES[middle], annex=self.options.annex)
            if attempt := self._core(shorter, shorten=True):
                sheet, done, high = shorter, attempt, middle
            else:
                low = middle + 1
        if done is None:
            raise InvalidFileError(
                _("with this template even a very short page takes more than one sheet: make its letters smaller."),
                file=self.source.path,
            )
        data, notice = done
        if sheet.annex:
            data = self.typesetter.set({"sheet": view.page(self.record, sheet, notice=notice), "recap": None})
        return data

    def _core(self, sheet: Sheet, *, shorten: bool = False) -> tuple[bytes, str] | None:
        """The PDF without annex, and the notice at its foot; None if it takes more than one sheet."""
        core = Sheet(sheet.page, [], sheet.overflow, sheet.lines)
        while True:
            notice = self._notice(sheet, shorten=shorten)
            data = self.typesetter.set({"sheet": view.page(self.record, core, notice=notice), "recap": None})
            if notice == self._notice(sheet, shorten=shorten):  # else this run found missing glyphs: render again
                return (data, notice) if pages_of(data) == 1 else None

    def _notice(self, sheet: Sheet, *, shorten: bool) -> str:
        sentences = []
        if shorten:
            names = ", ".join(sheet.overflow[:_NAMED]) + (" …" if len(sheet.overflow) > _NAMED else "")
            if self.options.annex:
                sentences.append(_("Shortened to hold on one page, whole in the annex: {names}.").format(names=names))
            else:
                sentences.append(
                    _("Shortened to hold on one page: {names}. The rest is in the record.").format(names=names)
                )
        if self.typesetter.unseen:
            sentences.append(_("Signs that the fonts of this computer do not have are shown by their codes."))
        return "\n".join(sentences)


def pages_of(data: bytes) -> int:
    """The number of pages of a PDF. Raises InputError if the extra is not installed."""
    require_pdf_extra()
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def text_of(data: bytes) -> str:
    """The text of a PDF as copied from a viewer, page after page, with `\\n` as line end.

    Invisible break points are removed; a word broken across lines keeps its line end. Raises InputError if the extra
    is not installed.
    """
    require_pdf_extra()
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        out = []
        for number in range(len(document)):
            text_page = document[number].get_textpage()
            out.append(text_page.get_text_range())
            text_page.close()
    finally:
        document.close()
    return _INVISIBLE.sub("", "\n".join(out).replace("\r\n", "\n"))


_INVISIBLE = re.compile("[\u200b\u00ad\x02\ufffe]")
"""Characters that mark a possible or actual break in a word."""


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    options = request.options
    if any(getattr(options, name) for name in SECTIONS):
        # the page is limited to one sheet: the sections asked for besides the core must go on in an annex
        options = replace(options, annex=True)
    return page(records[0], options, templates=request.templates)


def _write_recap(records: Sequence[Record], request: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.pdf(recap.gather(records), templates=request.templates)


def _read_text(data: bytes) -> Iterator[Segment]:
    require_pdf_extra()
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        for name, value in document.get_metadata_dict(skip_empty=True).items():
            yield Segment(value, _("the file’s own description ({name})").format(name=visible(name)))
        for entry in document.get_toc():
            yield Segment(entry.get_title(), _("the table of contents"))
        for number in range(len(document)):
            text_page = document[number].get_textpage()
            text = _BREAKS.sub("", text_page.get_text_range().replace("\r\n", "\n"))
            text_page.close()
            yield Segment(text, _("page {n}").format(n=number + 1))
        yield Segment(text_of(data), _("the text of the page"), again=True)
    finally:
        document.close()


_BREAKS = re.compile("[\x02\ufffe]")
"""Characters that mark an actual break in a word."""


FORMAT = Format(
    "pdf",
    "one",
    mark("The page, as PDF"),
    _write,
    _read_text,
    recap=RecapFormat(mark("One recap of all of them, as PDF"), _write_recap),
    page=True,
    text=False,
    breaks_words=True,
)
