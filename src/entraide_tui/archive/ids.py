"""Ids of sessions and records, such as `2026-11-21-relancer-le-comite-k7qm`."""

from __future__ import annotations

import re
import secrets
import string
from typing import TYPE_CHECKING

from entraide_tui.common.text import slug

if TYPE_CHECKING:
    import datetime


_ID = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,120}")


def is_id(name: str) -> bool:
    """Whether a name can be the id of a session or a record, and with that the name of its file on any system."""
    return bool(_ID.fullmatch(name))


def suffix() -> str:
    """Four random letters or digits, which make an id unique."""
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _n in range(4))


def new_id(date: datetime.date, title: str, end: str) -> str:
    """An id from the date, the title reduced to `a-z0-9-`, and the suffix `end`."""
    name = slug(title)
    return f"{date.isoformat()}-{name}-{end}" if name else f"{date.isoformat()}-{end}"
