"""Check pages and templates: refuse anything that runs code, loads from elsewhere or hides content.

HTML is parsed strictly: every `<` begins a known element, with attributes in double quotes. Anything that a browser
might parse differently is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entraide_tui.common.errors import Finding
from entraide_tui.common.i18n import _
from entraide_tui.common.text import visible

if TYPE_CHECKING:
    from jinja2 import nodes

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_ELEMENTS = {
    "html", "head", "title", "meta", "style", "body", "main", "header", "footer", "section", "article", "aside", "div",
    "span", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup",
    "col", "thead", "tbody", "tfoot", "tr", "th", "td", "strong", "em", "b", "i", "small", "sub", "sup", "br", "hr",
    "blockquote", "q", "cite", "time", "figure", "figcaption", "mark", "abbr", "s", "u", "wbr", "code", "pre",
}  # fmt: skip
_ATTRIBUTES = {
    "class", "id", "lang", "dir", "title", "role", "scope", "colspan", "rowspan", "headers", "start", "value",
    "reversed", "datetime", "style", "hidden", "translate",
}  # fmt: skip
_META = {"viewport", "description", "color-scheme", "robots", "theme-color"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z-]*(?:\s*=\s*\"[^\"<>]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z-]*)(?:\s*=\s*\"([^\"<>]*)\")?")
_HEAD = re.compile(r"\s*<!doctype html>\s*<html(?:\s[^<>]*)?>\s*<head>", re.IGNORECASE)
_REACHING = re.compile(
    r"(?:url|image|src|expression)\s*\(|image-set|cross-fade|@import|@font-face|@namespace|\\|<", re.IGNORECASE
)
_DRAWING = re.compile(r"!\[|\]\(|\]:|<[a-zA-Z/!?]|[a-zA-Z]://")
_TYPST = (
    "import", "include", "read", "csv", "json", "toml", "yaml", "xml", "cbor", "image", "plugin", "bibliography",
    "eval", "std", "sys", "embed", "attach", "theme", "syntaxes", "raw", "dictionary", "target", "html",
)  # fmt: skip
_TYPST_WORD = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_TYPST)})(?![^\W\d_])|@(?:preview|local)")


def check_css(text: str, *, line: int = 1) -> list[Finding]:
    """Find what could load from elsewhere in a style sheet; escapes too, as they can spell anything.

    Args:
        line: the number of the first line, for the findings.
    """
    return [
        Finding(
            _("“{thing}” can't stand in a style sheet here: a page asks nothing from outside.").format(thing=found[0]),
            line + text.count("\n", 0, found.start()),
        )
        for found in _REACHING.finditer(text)
    ]


def check_html(text: str) -> list[Finding]:
    """Find what is not allowed in an HTML page or template. Stops after 20 findings or at what can't be parsed."""
    findings: list[Finding] = []

    def refuse(at: int, what: str) -> None:
        findings.append(Finding(what, text.count("\n", 0, at) + 1))

    begin = _HEAD.match(text)
    if not begin:
        refuse(0, _("a page begins with its doctype, an html element that says its language, and a head."))
    at = text.find("<", text.lower().find("<!doctype html>") + 1) if begin else text.find("<")
    inside = ""  # the open title or style element, which may hold only text
    since = 0
    while at >= 0 and len(findings) < 20:
        tag = _TAG.match(text, at)
        if not tag:
            refuse(at, _("“{thing}” can't be read as an element.").format(thing=visible(text[at : at + 30])))
            return findings
        closing, name = bool(tag[1]), tag[2].lower()
        if inside and not (closing and name == inside):
            refuse(at, _("there is no element in <{name}>.").format(name=inside))
            return findings
        if name not in _ELEMENTS:
            refuse(at, _("the element <{name}> can't be used in a page.").format(name=name))
        for attribute in _ATTRIBUTE.finditer(tag[3]):
            if what := _attribute(name, attribute[1].lower(), attribute[2] or "", tag[3]):
                refuse(at, what)
        if inside == "style":
            findings += check_css(text[since:at], line=text.count("\n", 0, since) + 1)
        inside = name if not closing and name in ("title", "style") else ""
        since = tag.end()
        at = text.find("<", tag.end())
    if inside:
        refuse(since, _("<{name}> is not closed.").format(name=inside))
    return findings


def _attribute(element: str, name: str, value: str, every: str) -> str:
    if element == "meta":
        named = re.search(r'\bname\s*=\s*"([^"]*)"', every)
        if name == "charset" or (name in ("name", "content") and named and named[1].lower() in _META):
            return ""
    elif name == "style":
        return check_css(value)[0].what if check_css(value) else ""
    elif name in _ATTRIBUTES or name.startswith("aria-"):
        return ""
    return _("the attribute “{name}” can't be used in <{element}>.").format(name=name, element=element)


def sealed(text: str) -> str:
    """Add a content security policy, first in the head, that keeps the browser from running or loading anything."""
    begin = _HEAD.match(text)
    at = begin.end() if begin else 0
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return f'{text[:at]}\n<meta charset="utf-8">\n{policy}{text[at:]}'


def check_markdown(tree: nodes.Template) -> list[Finding]:
    """Find HTML, links and pictures in the fixed text of a Markdown template."""
    from jinja2 import nodes

    return [
        Finding(
            _("“{thing}” can't stand in a Markdown template: no HTML, no links, no pictures.").format(thing=found[0]),
            data.lineno + data.data.count("\n", 0, found.start()),
        )
        for data in tree.find_all(nodes.TemplateData)
        for found in _DRAWING.finditer(data.data)
    ]


def check_typst(text: str) -> list[Finding]:
    """Find what could read a file, load a package or evaluate text as code in a Typst template."""
    return [
        Finding(
            _("“{thing}” can't stand in a template: it reads no files and fetches nothing.").format(thing=found[0]),
            text.count("\n", 0, found.start()) + 1,
        )
        for found in _TYPST_WORD.finditer(text)
    ]
