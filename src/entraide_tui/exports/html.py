"""The page as one HTML file: prints on one A4 sheet, reads on a phone, asks nothing from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.archive.page.content import LINES, blocks, fit
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, speaking
from entraide_tui.exports import print_fit, safe_html, sandbox, view
from entraide_tui.exports.templates import built_in, find, own

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Options


def page(record: Record, options: Options, *, templates: Path | None = None) -> str:
    """The page as the group asked for it, the annex on a sheet of its own.

    Args:
        templates: the folder of the group's own templates, if any: `page.html.jinja`, `page.css`.

    Raises UserError where one of those can't be used.
    """
    with speaking(record.language):
        sheet = fit(blocks(record, **view.asked_for(options)), annex=options.annex)
        values = view.page(record, sheet)
        size = print_fit.size_of(values) if sheet.lines <= LINES else print_fit.USUAL
        return finished("page.html.jinja", {"sheet": values, "size": size}, templates)


def finished(name: str, values: view.View, templates: Path | None) -> str:
    """A whole file from a template and the style. Raises UserError."""
    source = find(name, templates)
    text = sandbox.html(source, values)
    styled = text.replace("</head>", f"<style>\n{style(templates)}</style>\n</head>", 1)
    if source.path and (findings := safe_html.of_html(styled)):
        # the template itself was looked through before: this is what came of it together with the texts
        findings = [type(f)(f.what) for f in findings]
        raise UserError(_("what this template makes is not a page."), file=source.path, findings=tuple(findings))
    return safe_html.sealed(styled)


def style(templates: Path | None) -> str:
    """The built-in style, and after it, so that it has the last word, the group's. Raises UserError."""
    text = built_in("page.css").text
    if source := own("page.css", templates):
        if findings := safe_html.of_css(source.text):
            raise UserError(_("this style can't be used."), file=source.path, findings=tuple(findings))
        text += f"{source.text}\n"
    return text
