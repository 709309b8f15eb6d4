"""What one person keeps for themselves, on this machine and outside the group's folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal

Kind = Literal["sharing", "refuge", "notebook"]


def of(root: Path, kind: Kind) -> Path:
    """The folder for a workspace: below $ENTRAIDE_PRIVATE, else below the user's own data folder."""
    if named := os.environ.get("ENTRAIDE_PRIVATE"):
        base = Path(named)
    else:
        from platformdirs import user_data_path

        base = user_data_path("entraide-tui", appauthor=False)
    return base / kind / short(str(root.resolve()))


def short(text: str) -> str:
    """A name for something, from which it can't be told."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=10).hexdigest()
