"""The page as PDF: one A4 sheet, always, whatever the record holds; tagged, its fonts inside, the same bytes each time.

Needs the extra `[pdf]`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.archive.page.content import blocks
from entraide_tui.archive.page.measure import Sheet, fit
from entraide_tui.archive.page.options import SECTIONS
from entraide_tui.common.errors import InvalidFileError
from entraide_tui.common.i18n import _, mark, speaking
from entraide_tui.common.text import visible
from entraide_tui.exports import view
from entraide_tui.exports.base import Format, RecapFormat, Segment
from entraide_tui.exports.shorten import shortened
from entraide_tui.exports.templates import find
from entraide_tui.exports.typesetter import Typesetter, needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block
    from entraide_tui.archive.page.options import Options
    from entraide_tui.exports.base import ExportRequest

_LINES = (100, 84, 72, 62, 54, 47, 41, 35, 30, 25, 20, 16, 12)
"""How far a page is cut down, step by step, until it holds with the signs that it has."""
_MOST = 140
"""Lines, as `archive.page.measure` counts them, above which not even small narrow letters hold."""
_NAMED = 4


def page(record: Record, options: Options, *, templates: Path | None = None) -> bytes:
    """The page on one sheet; with an annex, that begins on the second.

    Args:
        templates: the folder of the group's own templates, if any: `page.typ`.

    Raises UserError where the extra is not installed, or the group's template can't be used.
    """
    with speaking(record.language):
        return _Page(record, options, templates).made()


class _Page:
    def __init__(self, record: Record, options: Options, templates: Path | None) -> None:
        self.record = record
        self.options = options
        self.source = find("page.typ", templates)
        self.press = Typesetter(self.source)
        self.every: list[Block] = blocks(record, options)
        self.press.look("".join(block.text for block in self.every))

    def made(self) -> bytes:
        """The first that holds, from whole to very short."""
        sheet = fit(self.every, annex=self.options.annex)
        done = self._core(sheet) if sheet.lines <= _MOST else None
        # else the longest that holds: halving, for each try takes its time
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
            data = self.press.set({"sheet": view.page(self.record, sheet, notice=notice), "recap": None})
        return data

    def _core(self, sheet: Sheet, *, shorten: bool = False) -> tuple[bytes, str] | None:
        """The document without its annex and the sentence at its foot, if it holds on one sheet."""
        core = Sheet(sheet.page, [], sheet.overflow, sheet.lines)
        while True:
            notice = self._notice(sheet, shorten=shorten)
            data = self.press.set({"sheet": view.page(self.record, core, notice=notice), "recap": None})
            if notice == self._notice(sheet, shorten=shorten):  # else it was learnt just now that signs are missing
                return (data, notice) if pages_of(data) == 1 else None

    def _notice(self, sheet: Sheet, *, shorten: bool) -> str:
        said = []
        if shorten:
            names = ", ".join(sheet.overflow[:_NAMED]) + (" …" if len(sheet.overflow) > _NAMED else "")
            if self.options.annex:
                said.append(_("Shortened to hold on one page, whole in the annex: {names}.").format(names=names))
            else:
                said.append(_("Shortened to hold on one page: {names}. The rest is in the record.").format(names=names))
        if self.press.unseen:
            said.append(_("Signs that the fonts of this computer do not have are shown by their codes."))
        return "\n".join(said)


def pages_of(data: bytes) -> int:
    """How many pages a PDF has. Raises InputError where the extra is not installed."""
    needed()
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def text_of(data: bytes) -> str:
    """The text of a PDF, page after page, as somebody who copies it finds it: lines end with `\\n`.

    Places at which long words may be broken are taken out; a word that was broken still has its line end.
    Raises InputError where the extra is not installed.
    """
    needed()
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        out = []
        for number in range(len(document)):
            words = document[number].get_textpage()
            out.append(words.get_text_range())
            words.close()
    finally:
        document.close()
    return _INVISIBLE.sub("", "\n".join(out).replace("\r\n", "\n"))


_INVISIBLE = re.compile("[\u200b\u00ad\x02\ufffe]")
"""Signs at which a word may be, or was, broken."""


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    options = request.options
    if any(getattr(options, name) for name in SECTIONS):
        # the page ends with its sheet: what was asked for besides the core must not end with it
        options = replace(options, annex=True)
    return page(records[0], options, templates=request.templates)


def _write_recap(records: Sequence[Record], request: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.pdf(recap.gathered(records), templates=request.templates)


def _read_text(data: bytes) -> Iterator[Segment]:
    needed()
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
        yield Segment(text_of(data), _("the text of the page"), rest=True)
    finally:
        document.close()


_BREAKS = re.compile("[\x02\ufffe]")
"""What stands in the text of a PDF where a word was broken."""


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
