"""What is there, and what the index knows of it: one walk, and as few looks into the index as will do.

Files are known by path, time and size. They are compared month by month of each folder: one digest tells that nothing
changed there, so that after a few changes only the months in which they are have to be looked at file by file.
"""

from __future__ import annotations

import os
import stat
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.common.files import reason
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

ENDING = ".toml"
MONTH = 7
"""Letters of `2026-11`, with which most names begin."""
UNSURE = -1
"""The size that is noted of a file which is to be looked into again."""
LATEST = 2**63 - 1
"""Nanoseconds since 1970 that can be noted: a file may be dated later."""
Sign = tuple[int, int]
"""Time (nanoseconds since 1970) and size of a file."""


@dataclass(slots=True)
class Month:
    """Files of one folder whose names begin with one month, or with none: their names, and time and size of each."""

    names: list[str] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)

    def digest(self) -> bytes:
        """The same as long as nothing changes; nothing where that can't be told."""
        from hashlib import blake2b

        try:
            signs = array("q", self.signs).tobytes()
        except OverflowError:
            return b""
        return blake2b("\0".join(self.names).encode("utf-8", "surrogatepass") + b"\0" + signs, digest_size=16).digest()


@dataclass(slots=True)
class Seen:
    """What a walk found.

    Attributes:
        months: by folder and month, as `month_of` names them.
        outside: paths that are links to a place outside.
        closed: folders that could not be looked into, with a slash behind; in `faults` why.
    """

    months: dict[str, Month] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def files(self, months: Iterable[str]) -> dict[str, Sign]:
        """The sign of each file of these months, by its path."""
        out: dict[str, Sign] = {}
        for name in months:
            if held := self.months.get(name):
                prefix = name[: name.rfind("/") + 1]
                times = (min(time, LATEST) for time in held.signs[::2])
                out.update(
                    zip((prefix + one for one in held.names), zip(times, held.signs[1::2], strict=True), strict=True)
                )
        return out


def month_of(path: str) -> str:
    """`2026/2026-11` for `2026/2026-11-21-x.toml`; the folder and its slash where a name begins with no month."""
    begin = path.rfind("/") + 1
    return path[: begin + MONTH] if path[begin + 4 : begin + 5] == "-" else path[:begin]


def walk(root: Path) -> Seen:
    """Every record file below a folder, as `archive.paths` finds them. Links to folders are not followed."""
    seen = Seen()
    left = [""] if root.is_dir() else []
    while left:
        prefix = left.pop()
        months: dict[str, Month] = {}
        try:
            with os.scandir(f"{root}/{prefix}") as entries:
                for entry in entries:
                    name = entry.name
                    if name.endswith(ENDING) and name[0] != ".":
                        about = entry.stat(follow_symlinks=False)
                        if about.st_mode & 0o170000 != stat.S_IFREG:
                            if stat.S_ISDIR(about.st_mode):
                                left.append(f"{prefix}{name}/")
                                continue
                            about = _odd(root, prefix + name, about, seen)
                        month = months.get(name[:MONTH]) or _month(months, name)
                        month.names.append(name)
                        month.signs.append(about.st_mtime_ns)
                        month.signs.append(about.st_size)
                    elif name[0] != "." and entry.is_dir(follow_symlinks=False):
                        left.append(f"{prefix}{name}/")
        except FileNotFoundError:
            continue  # taken away since its folder was read
        except OSError as error:
            said = _("{folder} can’t be looked into: {reason}.").format(folder=root / prefix, reason=reason(error))
            seen.closed.append(prefix)
            seen.faults.append(clean(said))
            continue
        for key, month in months.items():
            seen.months[prefix + key] = month
    return seen


def _month(months: dict[str, Month], name: str) -> Month:
    return months.setdefault(month_of(name), Month())


def _odd(root: Path, path: str, about: os.stat_result, seen: Seen) -> os.stat_result:
    """A link, or something that is no ordinary file: it is listed too, with its fault."""
    if stat.S_ISLNK(about.st_mode):
        try:
            if (root / path).resolve().is_relative_to(root.resolve()):
                return (root / path).stat()
            seen.outside.add(path)
        except (OSError, RuntimeError):
            pass  # a link to nothing; reading it tells so
    return about


def stored(path: str) -> bytes:
    """A path as it is kept: names may hold anything."""
    return path.encode("utf-8", "surrogatepass")


def told(kept: bytes) -> str:
    """The path again."""
    return bytes(kept).decode("utf-8", "surrogatepass")


def digests(connection: sqlite3.Connection) -> dict[str, bytes]:
    """What was noted of each month. Raises sqlite3.Error; TypeError or ValueError where it is not ours."""
    return {told(name): bytes(digest) for name, digest in connection.execute("SELECT name, digest FROM months")}


_KNOWN = (
    "SELECT CAST(group_concat(CAST(path AS TEXT), '//') AS BLOB), group_concat(mtime, '/'), group_concat(size, '/')"
    " FROM files"
)
_SOME = 0.5
"""The part of all months from which on all files are looked at at once."""
_RANGES = 100


def known(connection: sqlite3.Connection, months: set[str], of: int) -> dict[str, Sign]:
    """The signs that the index knows of the files of these months; in few texts, since rows take ten times as long.

    Args:
        of: how many months there are. Raises as `digests` does.
    """
    where, values = "", []
    if months and len(months) <= min(of * _SOME, _RANGES):
        where = f" WHERE {' OR '.join(['(path >= ? AND path < ?)'] * len(months))}"
        values = [end for month in months for end in (stored(month), stored(month) + b"\xff")]
    paths, times, sizes = connection.execute(_KNOWN + where, values).fetchone()
    if not paths:
        return {}
    signs = zip(map(int, times.split("/")), map(int, sizes.split("/")), strict=True)
    found = zip(told(paths).split("//"), signs, strict=True)
    return {path: sign for path, sign in found if month_of(path) in months}
