"""Shows at once how a typed date was understood, so that nobody overlooks a wrong year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.archive.page.date_words import day
from entraide_tui.common.i18n import _
from entraide_tui.widgets.plain import plain
from entraide_tui.workshop.dates import understand

if TYPE_CHECKING:
    import datetime

    from textual.content import Content

FAR = 183
"""Days from today from which on a date is doubtful."""


def date_hint(said: str, today: datetime.date, language: str) -> Content:
    """How a typed date was understood, with a warning if it was not or is doubtful; empty if nothing was typed."""
    if not said:
        return plain("")
    date = understand(said, today)
    if date is None:
        return plain(_("? not understood as a date: it is kept as it is said"), "$warning")
    text = f"→ {day(date.isoformat(), language)}"
    if (date - today).days > FAR:
        return plain(_("{date} – in more than six months").format(date=text), "$warning")
    if date < today:
        return plain(_("{date} – which is past").format(date=text), "$warning")
    return plain(text, "$success")
