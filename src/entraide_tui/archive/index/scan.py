"""One walk through the files, which tells by time and size what has changed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.common.files import reason
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    from pathlib import Path

ENDING = b".toml"


@dataclass(slots=True)
class Seen:
    """What a walk found; paths are bytes, below the folder, since names may hold anything.

    Attributes:
        files: for each file its time of change, in nanoseconds since 1970, plus its size in bytes: one number, which
            is compared twice as fast as two, and which another content does not have.
        outside: paths that are links to a place outside.
        closed: folders that could not be looked into, with a slash behind; in `faults` why.
    """

    files: dict[bytes, int] = field(default_factory=dict)
    outside: set[bytes] = field(default_factory=set)
    closed: list[bytes] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def walk(root: Path) -> Seen:
    """Every record file below a folder, as `listing.paths` finds them. Links to folders are not followed."""
    seen = Seen()
    top = os.fsencode(root) + b"/"
    left = [b""] if root.is_dir() else []
    while left:
        prefix = left.pop()
        found: dict[bytes, int] = {}
        try:
            with os.scandir(top + prefix) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith(b"."):
                        continue
                    if name.endswith(ENDING):
                        about = entry.stat(follow_symlinks=False)
                        if not stat.S_ISREG(about.st_mode):
                            if stat.S_ISDIR(about.st_mode):
                                left.append(prefix + name + b"/")
                                continue
                            about = _odd(root, prefix + name, about, seen)
                        found[prefix + name] = about.st_mtime_ns + about.st_size
                    elif entry.is_dir(follow_symlinks=False):
                        left.append(prefix + name + b"/")
        except FileNotFoundError:
            continue  # taken away since its folder was read
        except OSError as error:
            folder = root / os.fsdecode(prefix)
            said = _("{folder} can’t be looked into: {reason}.").format(folder=folder, reason=reason(error))
            seen.closed.append(prefix)
            seen.faults.append(clean(said))
            continue
        seen.files |= found
    return seen


def _odd(root: Path, path: bytes, about: os.stat_result, seen: Seen) -> os.stat_result:
    """A link, or something that is no ordinary file: it is listed too, with its fault."""
    if stat.S_ISLNK(about.st_mode):
        target = root / os.fsdecode(path)
        try:
            if target.resolve().is_relative_to(root.resolve()):
                return target.stat()
            seen.outside.add(path)
        except (OSError, RuntimeError):
            pass  # a link to nothing; reading it tells so
    return about
