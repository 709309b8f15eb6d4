"""A whole HTML file: a template, filled, with its style inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.common.errors import InvalidFileError
from entraide_tui.common.i18n import _
from entraide_tui.exports import safe_html, sandbox
from entraide_tui.exports.templates import built_in, find, own

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.exports.view import View


def finished(name: str, values: View, templates: Path | None) -> str:
    """A whole file from a template and the style. Raises UserError."""
    source = find(name, templates)
    text = sandbox.html(source, values)
    styled = text.replace("</head>", f"<style>\n{style(templates)}</style>\n</head>", 1)
    if source.path and (findings := safe_html.of_html(styled)):
        # the template itself was looked through before: this is what came of it together with the texts
        findings = [type(f)(f.what) for f in findings]
        raise InvalidFileError(_("what this template makes is not a page."), file=source.path, findings=tuple(findings))
    return safe_html.sealed(styled)


def style(templates: Path | None) -> str:
    """The built-in style, and after it, so that it has the last word, the group's. Raises UserError."""
    text = built_in("page.css").text
    if source := own("page.css", templates):
        if findings := safe_html.of_css(source.text):
            raise InvalidFileError(_("this style can't be used."), file=source.path, findings=tuple(findings))
        text += f"{source.text}\n"
    return text
