"""The registry of formats: the commands and the app offer exactly these."""

from __future__ import annotations

from entraide_tui.exports import calendar, data, html, markdown, pdf, plain_text, table

FORMATS = (markdown.FORMAT, html.FORMAT, pdf.FORMAT, calendar.FORMAT, table.FORMAT, data.TOML, data.JSON)
BY_NAME = {form.name: form for form in FORMATS}
TEXTS = (markdown.FORMAT, plain_text.FORMAT)
"""The formats for the clipboard."""
