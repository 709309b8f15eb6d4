"""The page as plain data for templates, as documented in `docs/templates.md`.

It holds only strings, numbers, lists and dictionaries, and every string is cleaned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entraide_tui.common.i18n import _, spoken
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block, Meaning
    from entraide_tui.archive.page.measure import Sheet

View = dict[str, Any]


def tidy(text: str) -> str:
    """Clean a text of several lines and strip blank lines around it."""
    return clean(text, lines=True).strip("\n")


def in_one_line(text: str) -> str:
    """Clean a title or name to one line."""
    return clean(text.strip("\n"))


def labels() -> dict[str, str]:
    """The labels of a page besides its headings, in the current language."""
    return {
        "what": _("What"),
        "who": _("Who"),
        "when": _("When"),
        "annex": _("Annex"),
        "date": _("Date"),
        "people": _("People"),
    }


def page(record: Record, sheet: Sheet, *, notice: str = "") -> View:
    """The data of one page, in the current language.

    Args:
        notice: a sentence for the foot of the page, such as what was shortened.
    """
    out: View = {
        "language": spoken(record.language),
        "title": "",
        "date": "",
        "group": "",
        "people": [],
        "sections": [],
        "annex": [{"name": block.name, "text": tidy(block.text)} for block in sheet.annex],
        "notice": notice,
        "labels": labels(),
    }
    for block in sheet.page:
        if block.kind == "title":
            out["title"] = in_one_line(block.text)
        elif block.section == "people":
            out["date"], out["group"] = _part(block, "date"), _part(block, "group")
            out["people"] = _people(block)
        elif block.kind == "heading":
            out["sections"].append({"id": block.section, "heading": block.text, "texts": [], "entries": []})
        elif block.kind == "text":
            kind = block.parts[0][1] if block.parts else "text"
            out["sections"][-1]["texts"].append({"kind": kind, "text": tidy(block.text)})
        elif block.kind == "entry":
            out["sections"][-1]["entries"].append(_entry(block))
        else:
            out["sections"][-1]["entries"][-1]["steps"].append(_around(block, "text"))
    return out


def _part(block: Block, meaning: Meaning) -> str:
    return in_one_line("".join(piece for piece, is_a in block.parts if is_a == meaning))


def _entry(block: Block) -> View:
    return {
        "number": block.number,
        "text": tidy("".join(piece for piece, is_a in block.parts if is_a == "text") if block.parts else block.text),
        "people": _part(block, "people"),
        "due": _part(block, "due"),
        "idea": _part(block, "idea"),
        "steps": [],
    }


def _around(block: Block, meaning: Meaning) -> View:
    """A text and what surrounds it, as in “First step: …”."""
    before, text, after = "", "", ""
    for piece, is_a in block.parts or ((block.text, ""),):
        if is_a == meaning:
            text += piece
        elif text:
            after += piece
        else:
            before += piece
    return {"before": clean(before), "text": tidy(text), "after": clean(after)}


def _people(block: Block) -> list[View]:
    """Lines such as “Led by: Jean”, with the names separated."""
    if not block.parts:
        text = in_one_line(block.text)
        return [{"before": text, "names": "", "after": "", "said": text}]
    lines: list[View] = []
    for piece, is_a in block.parts:
        if (piece, is_a) == ("\n", ""):
            lines.append({"before": "", "names": "", "after": "", "said": ""})
        elif lines and is_a == "people":
            lines[-1]["names"] = in_one_line(piece)
        elif lines:
            lines[-1]["after" if lines[-1]["names"] else "before"] += clean(piece)
    for line in lines:
        line["said"] = line["before"] + line["names"] + line["after"]
    return lines
