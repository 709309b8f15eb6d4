"""Escape text typed by people for Markdown (CommonMark)."""

from __future__ import annotations

import re

from entraide_tui.common.text import clean

_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~$^@|#])")
_LINE_START = re.compile(r"^(\s*)([+\-=:!]|\d{1,9}[.)])", re.MULTILINE)
# what some renderers turn into a link: a scheme, two slashes, the dot of a name such as www.example.org
_LINK = re.compile(
    r"(?<=http)(:)|(?<=https)(:)|(?<=ftp)(:)|(?<=mailto)(:)|(?<=/)(/)|(?<=\w)(\.)(?=[^\W\d_])", re.IGNORECASE
)


def escape(text: str) -> str:
    """Escape a text so that it renders as itself: no heading, list, link or HTML."""
    text = clean(text, lines=True).strip("\n")
    text = _ANYWHERE.sub(r"\\\1", text)
    text = _LINE_START.sub(lambda m: m[1] + (m[2][:-1] + "\\" + m[2][-1] if m[2][0].isdigit() else "\\" + m[2]), text)
    text = _LINK.sub(r"\\\g<0>", text)
    # leading spaces would start a code block, trailing ones force a break; an empty line would end the entry
    lines = [_EDGES.sub(lambda m: "".join(map(_entity, m[0])), line) for line in text.split("\n")]
    return "\\\n".join(line or "&nbsp;" for line in lines)


_EDGES = re.compile(r"^\s+|\s+$")


def _entity(space: str) -> str:
    return "&nbsp;" if space in " \u00a0" else f"&#{ord(space)};"
