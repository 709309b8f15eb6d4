"""Scans the record files' times and sizes, by which changes are noticed."""

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
class Scan:
    """The result of a scan; paths are relative to the folder, and bytes, since names may hold anything.

    Attributes:
        files: for each file its sign: the time of change in nanoseconds since 1970, plus the size in bytes. One number
            is compared twice as fast as two, and it changes whenever the content does.
        outside: links that lead outside the folder.
        closed: folders that can't be read, with a slash at the end.
        faults: a sentence for each of them.
    """

    files: dict[bytes, int] = field(default_factory=dict)
    outside: set[bytes] = field(default_factory=set)
    closed: list[bytes] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def scan(root: Path) -> Scan:
    """Scan every record file below a folder, as `listing.paths` finds them. Links to folders are not followed."""
    scanned = Scan()
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
                            about = _odd(root, prefix + name, about, scanned)
                        found[prefix + name] = about.st_mtime_ns + about.st_size
                    elif entry.is_dir(follow_symlinks=False):
                        left.append(prefix + name + b"/")
        except FileNotFoundError:
            continue  # deleted since its parent was read
        except OSError as error:
            folder = root / os.fsdecode(prefix)
            sentence = _("{folder} can’t be looked into: {reason}.").format(folder=folder, reason=reason(error))
            scanned.closed.append(prefix)
            scanned.faults.append(clean(sentence))
            continue
        scanned.files |= found
    return scanned


def _odd(root: Path, path: bytes, about: os.stat_result, scanned: Scan) -> os.stat_result:
    """The status of the file that a link leads to, or `about` itself: such a file is listed too, with its fault."""
    if stat.S_ISLNK(about.st_mode):
        target = root / os.fsdecode(path)
        try:
            if target.resolve().is_relative_to(root.resolve()):
                return target.stat()
            scanned.outside.add(path)
        except (OSError, RuntimeError):
            pass  # a broken link; reading it will say so
    return about
