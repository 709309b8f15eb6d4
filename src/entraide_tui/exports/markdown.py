"""The page as Markdown (CommonMark). What people typed comes out as that text, whatever it looks like."""

from __future__ import annotations

import functools
import re
from html import unescape
from typing import TYPE_CHECKING

from entraide_tui.archive.page.measure import sheet_of
from entraide_tui.archive.page.options import CORE
from entraide_tui.common.i18n import _, mark, speaking
from entraide_tui.exports import templates as layouts
from entraide_tui.exports.base import Format, RecapFormat, Segment, decoded
from entraide_tui.exports.markdown_escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block
    from entraide_tui.archive.page.options import Options, Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.base import ExportRequest


def page(record: Record, options: Options = CORE, *, templates: Path | None = None) -> str:
    """Return the page as the group asked for it, in the language of its workshop, the annex behind a rule.

    Args:
        templates: the folder of the group's own templates, if any: `page.md.jinja`.

    Raises UserError where that can't be used.
    """
    source = layouts.own("page.md.jinja", templates)
    with speaking(record.language):
        sheet = sheet_of(record, options)
        if source is not None:
            from entraide_tui.exports import sandbox, view

            return sandbox.markdown(source, {"sheet": view.page(record, sheet)})
        text = _written(sheet.page)
        if sheet.annex:
            entries = [f"- **{escape(b.name)}** – {_indented(b.text)}\n" for b in sheet.annex]
            text += "\n---\n\n## " + _("Annex") + "\n\n" + "".join(entries)
    return text


def renderer(workspace: Workspace) -> Renderer:
    """Return how this group's pages are written: see `page`."""
    return functools.partial(page, templates=layouts.folder(workspace))


def _write(records: Sequence[Record], request: ExportRequest) -> bytes:
    text = page(records[0], request.options, templates=request.templates)
    if request.feelings and records[0].feelings:
        text += _feelings(records[0])
    return text.encode()


def _feelings(record: Record) -> str:
    """A section of their own: no page ever has it unless it was asked for by name."""
    with speaking(record.language):
        lines = ["", "## " + escape(_("How we left")), ""]
        for feeling in record.feelings:
            said = [feeling.word] if feeling.word else []
            said += [_("{score} of 5").format(score=feeling.score)] if feeling.score else []
            said += [str(answer) for answer in feeling.answers.values()]
            line = escape(" · ".join(said) or "–").replace("\n", "\n  ")
            lines.append(f"- {line}" + (f" ({escape(feeling.by)})" if feeling.by else ""))
    return "\n".join(lines) + "\n"


def _write_recap(records: Sequence[Record], request: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.markdown(recap.gathered(records), templates=request.templates).encode()


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|\\(?=\n)")


def _read_text(data: bytes) -> Iterator[Segment]:
    text = decoded(data)
    yield Segment(text)
    yield Segment(unescape(_ESCAPED.sub(lambda match: match[1] or "", text)), rest=True)


FORMAT = Format(
    "md",
    "one",
    mark("The page, as Markdown"),
    _write,
    _read_text,
    recap=RecapFormat(mark("One recap of all of them, as Markdown"), _write_recap),
    page=True,
    feelings=True,
)


def _in_one_line(text: str) -> str:
    return text.strip("\n").replace("\n", " ")


def _indented(text: str) -> str:
    return escape(text).replace("\n", "\n  ")


def _written(page: list[Block]) -> str:
    out: list[str] = []
    before = ""
    margin = "   "
    for block in page:
        gap = "" if block.kind in ("entry", "detail") and before in ("entry", "detail") else "\n"
        match block.kind:
            case "title":
                out.append(f"# {escape(_in_one_line(block.text))}\n")
            case "heading":
                out.append(f"{gap}## {escape(block.text)}\n")
            case "text":
                out.append(f"{gap}{escape(block.text)}\n")
            case "entry" if block.number:
                mark = f"{block.number}. "
                margin = " " * len(mark)
                out.append(f"{gap}{mark}{escape(block.text).replace(chr(10), chr(10) + margin)}\n")
            case "entry":
                out.append(f"{gap}- {_indented(block.text)}\n")
            case "detail":
                out.append(f"{margin}- {escape(block.text).replace(chr(10), chr(10) + margin + '  ')}\n")
        before = block.kind
    return "".join(out)
