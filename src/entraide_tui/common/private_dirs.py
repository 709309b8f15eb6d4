"""Folders for a person's private files on this machine, outside the group's folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["sharing", "refuge", "notebook"]
"""`privacy/private_places.py` lists each kind, so that a person can be erased from it."""


def of(root: Path, kind: Kind) -> Path:
    """The private folder of a workspace: below $ENTRAIDE_PRIVATE, else below the user's data folder."""
    return _parent(kind) / hashed_name(str(root.resolve()))


def others(root: Path, kind: Kind) -> list[Path]:
    """The private folders of all other workspaces, and of this one at its former paths."""
    own = of(root, kind)
    try:
        return sorted(path for path in own.parent.iterdir() if path != own)
    except OSError:
        return []


def _parent(kind: Kind) -> Path:
    if kind not in get_args(Kind):
        raise ValueError(kind)
    if named := os.environ.get("ENTRAIDE_PRIVATE"):
        base = Path(named)
    else:
        from platformdirs import user_data_path

        base = user_data_path("entraide-tui", appauthor=False)
    return base / kind


def hashed_name(text: str) -> str:
    """A file name made from a hash, which does not reveal the text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=10).hexdigest()
