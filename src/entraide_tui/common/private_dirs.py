"""What one person keeps for themselves, on this machine and outside the group's folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["sharing", "refuge", "notebook"]
"""Each kind stands in `privacy/private_places.py`, so that what is kept there of a person can be forgotten."""


def of(root: Path, kind: Kind) -> Path:
    """The folder for a workspace: below $ENTRAIDE_PRIVATE, else below the user's own data folder."""
    return _every(kind) / short(str(root.resolve()))


def others(root: Path, kind: Kind) -> list[Path]:
    """The folders of all other workspaces, and of this one under the paths that it had before it was moved."""
    own = of(root, kind)
    try:
        return sorted(path for path in own.parent.iterdir() if path != own)
    except OSError:
        return []


def _every(kind: Kind) -> Path:
    if kind not in get_args(Kind):
        raise ValueError(kind)
    if named := os.environ.get("ENTRAIDE_PRIVATE"):
        base = Path(named)
    else:
        from platformdirs import user_data_path

        base = user_data_path("entraide-tui", appauthor=False)
    return base / kind


def short(text: str) -> str:
    """A name for something, from which it can't be told."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=10).hexdigest()
