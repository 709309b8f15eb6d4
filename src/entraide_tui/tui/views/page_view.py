"""A record's page as the screen shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from entraide_tui.archive.page.measure import sheet_of
from entraide_tui.common.i18n import _, using_language
from entraide_tui.widgets.outcome import state_sign, state_word
from entraide_tui.widgets.plain import joined, plain

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block
    from entraide_tui.archive.page.options import Options


def page_content(record: Record, options: Options, *, outcomes: bool = False) -> Content:
    """The page, in the language of its workshop; with `outcomes`, what came of its plan below it."""
    with using_language(record.language):
        sheet = sheet_of(record, options)
        lines = [_line(b) for b in sheet.page]
        if sheet.annex:
            lines += [plain("\n" + "─" * 20), plain(_("Annex"), "bold")]
            lines += [joined((f"{b.name} ", "$quiet"), b.text) for b in sheet.annex]
        if outcomes and (came := _outcomes(record)):
            lines += [joined("\n", (_("What came of it"), "bold $accent")), *came]
    return Content("\n").join(lines)


def _outcomes(record: Record) -> list[Content]:
    """What later workshops said of the plan; the archive shows it, the page as written does not."""
    out: list[Content] = []
    for number, action in enumerate(record.actions, 1):
        came = " – ".join(t for t in (action.tried, action.outcome, action.changes) if t)
        if came or action.status != "open":
            out.append(
                joined((f"{number}. ", "$quiet"), state_sign(action.status), f" {came or state_word(action.status)}")
            )
    for looked in record.looked_at:
        out.append(joined(("↩ ", "$quiet"), state_sign(looked.status), f" {looked.who} ", (looked.what, "$quiet")))
    return out


def _line(block: Block) -> Content:
    match block.kind:
        case "title":
            return joined((block.text, "bold $primary"), "\n")
        case "heading":
            return joined("\n", (block.text, "bold $accent"))
        case "entry" if block.number:
            return joined((f"{block.number}. ", "$quiet"), block.text)
        case "entry":
            return joined(("· ", "$quiet"), block.text)
        case "detail":
            return plain("   " + block.text, "$quiet")
        case _:
            return plain(block.text)
