"""Names of sessions and records: `2026-11-21-relancer-le-comite-k7qm`."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

from entraide_tui.common.text import slug

if TYPE_CHECKING:
    import datetime


def suffix() -> str:
    """Four letters or digits that make an id unique."""
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _n in range(4))


def new_id(date: datetime.date, title: str, end: str) -> str:
    """The date, what the title gives in `a-z0-9-`, and what makes it unique."""
    words = slug(title)
    return f"{date.isoformat()}-{words}-{end}" if words else f"{date.isoformat()}-{end}"
