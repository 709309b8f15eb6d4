"""The one registry of formats: a format is a module that has one, and its line here.

The commands and the app offer what is here, and only that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _
from entraide_tui.exports import calendar, data, html, markdown, pdf, plain_text, table

if TYPE_CHECKING:
    from entraide_tui.exports.base import Format

FORMATS = (markdown.FORMAT, html.FORMAT, pdf.FORMAT, calendar.FORMAT, table.FORMAT, data.TOML, data.JSON)
BY_NAME = {form.name: form for form in FORMATS}
CLIPBOARD = (markdown.FORMAT, plain_text.FORMAT)


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to export that can be chosen.

    Attributes:
        recap: one document about all records.
        full: a calendar that says what is to do and who does it.
    """

    form: Format
    recap: bool = False
    full: bool = False

    @property
    def id(self) -> str:
        """Return a short name, unique among all offers."""
        return self.form.name + ("+recap" if self.recap else "+full" if self.full else "")

    @property
    def words(self) -> str:
        """Return what it is, in the language in use."""
        if self.recap and self.form.recap is not None:
            return _(self.form.recap.words)
        return f"{_(self.form.full if self.full else self.form.words)} ({self.form.suffix})"


def offers(*, recaps: bool) -> list[Offer]:
    """Return all that can be chosen; `recaps`: documents about several records too, which come first."""
    out = [Offer(form, recap=True) for form in FORMATS if recaps and form.recap is not None]
    for form in FORMATS:
        out.append(Offer(form))
        if form.full:
            out.append(Offer(form, full=True))
    return out


def offer(offer_id: str) -> Offer:
    """Return the offer with that id."""
    return next(one for one in offers(recaps=True) if one.id == offer_id)
