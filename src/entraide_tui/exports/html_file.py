"""Fill an HTML template and embed its style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.common.errors import InvalidFileError
from entraide_tui.common.i18n import _
from entraide_tui.exports import safe_html, sandbox
from entraide_tui.exports.templates import built_in, find, group_template

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.exports.view import View


def fill(name: str, values: View, templates: Path | None) -> str:
    """Render a template as a complete, sealed HTML file with the style inside.

    Args:
        name: the template, the group's own if `templates` has one.

    Raises:
        FileError, InvalidFileError: the group's template or style can't be used.
    """
    source = find(name, templates)
    text = sandbox.html(source, values)
    styled = text.replace("</head>", f"<style>\n{style(templates)}</style>\n</head>", 1)
    if source.path and (findings := safe_html.check_html(styled)):
        # the template itself passed: the lines of the result would mean nothing to its author
        findings = [type(f)(f.what) for f in findings]
        raise InvalidFileError(_("what this template makes is not a page."), file=source.path, findings=tuple(findings))
    return safe_html.sealed(styled)


def style(templates: Path | None) -> str:
    """The built-in style followed by the group's, which overrides it. Raises FileError, InvalidFileError."""
    text = built_in("page.css").text
    if source := group_template("page.css", templates):
        if findings := safe_html.check_css(source.text):
            raise InvalidFileError(_("this style can't be used."), file=source.path, findings=tuple(findings))
        text += f"{source.text}\n"
    return text
