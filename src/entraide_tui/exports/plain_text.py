"""The page as plain text without markup, to paste anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.archive.page.measure import sheet_of
from entraide_tui.common.i18n import _, mark, using_language
from entraide_tui.exports import view
from entraide_tui.exports.base import Format, Segment, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block
    from entraide_tui.archive.page.options import Options
    from entraide_tui.exports.base import ExportRequest


def page(record: Record, options: Options) -> str:
    """The page as text: headings on separate lines, entries numbered or dashed, blank lines between sections."""
    with using_language(record.language):
        sheet = sheet_of(record, options)
        out = _written(sheet.page)
        if sheet.annex:
            out += ["", _("Annex"), ""]
            out += [_entry("– ", f"{block.name} – {view.tidy(block.text)}") for block in sheet.annex]
    return "\n".join(out) + "\n"


def _written(page: list[Block]) -> list[str]:
    out: list[str] = []
    before = ""
    margin = "  "
    for block in page:
        text = view.tidy(block.text)
        match block.kind:
            case "title":
                out.append(view.in_one_line(block.text))
            case "heading":
                out += ["", text]
            case "text":
                out += [text] if before == "heading" else ["", text]
            case "entry":
                mark = f"{block.number}. " if block.number else "– "
                margin = " " * len(mark)
                out.append(_entry(mark, text))
            case "detail":
                out.append(margin + _entry("– ", text).replace("\n", "\n" + margin))
        before = block.kind
    return out


def _entry(mark: str, text: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    return page(records[0], request.options).encode()


def _read_text(data: bytes) -> Iterator[Segment]:
    yield Segment(decoded(data))


FORMAT = Format("txt", "one", mark("The page, as plain text"), _write, _read_text, page=True)
"""For the clipboard only."""
