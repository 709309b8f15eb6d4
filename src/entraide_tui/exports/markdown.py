"""The page as Markdown (CommonMark). What people typed comes out as that text, whatever it looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entraide_tui.archive.page.content import blocks, fit
from entraide_tui.common.i18n import _, speaking
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.content import Block
    from entraide_tui.archive.page.options import Options

_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~$^@|#])")
_LINE_START = re.compile(r"^(\s*)([+\-=:!]|\d{1,9}[.)])", re.MULTILINE)
# what some readers turn into a link: a scheme, two slashes, the dot of a name such as www.example.org
_LINK = re.compile(
    r"(?<=http)(:)|(?<=https)(:)|(?<=ftp)(:)|(?<=mailto)(:)|(?<=/)(/)|(?<=\w)(\.)(?=[^\W\d_])", re.IGNORECASE
)


def escape(text: str) -> str:
    """A text of people, as text: no heading, no list, no link, no HTML of theirs is made."""
    text = clean(text, lines=True).strip("\n")
    text = _ANYWHERE.sub(r"\\\1", text)
    text = _LINE_START.sub(lambda m: m[1] + (m[2][:-1] + "\\" + m[2][-1] if m[2][0].isdigit() else "\\" + m[2]), text)
    text = _LINK.sub(r"\\\g<0>", text)
    # spaces at the start of a line would make code, at its end a break; an empty line would end the entry
    lines = [_EDGES.sub(lambda m: "".join(map(_entity, m[0])), line) for line in text.split("\n")]
    return "\\\n".join(line or "&nbsp;" for line in lines)


_EDGES = re.compile(r"^\s+|\s+$")


def _entity(space: str) -> str:
    return "&nbsp;" if space in " \u00a0" else f"&#{ord(space)};"


def render(
    record: Record,
    *,
    annex: bool = False,
    contributions: bool = False,
    learnings: bool = False,
    notes: bool = False,
) -> str:
    """The page, in the language of its workshop, and the annex behind a rule where one was wanted."""
    with speaking(record.language):
        sheet = fit(blocks(record, contributions=contributions, learnings=learnings, notes=notes), annex=annex)
        text = _written(sheet.page)
        if sheet.annex:
            entries = [f"- **{escape(b.name)}** – {_indented(b.text)}\n" for b in sheet.annex]
            text += "\n---\n\n## " + _("Annex") + "\n\n" + "".join(entries)
    return text


def page(record: Record, options: Options) -> str:
    """The page as the group asked for it."""
    return render(
        record,
        annex=options.annex,
        contributions=options.contributions,
        learnings=options.learnings,
        notes=options.notes,
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
