"""TOML from anywhere: read with bounds, and with the line of each key."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from entraide_tui.ground.files import decode, read_bounded
from entraide_tui.ground.text import visible
from entraide_tui.ground.trouble import Finding, Trouble
from entraide_tui.ground.words import _

if TYPE_CHECKING:
    from pathlib import Path

DEEPEST = 32
LONGEST_KEY = 16
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
Path_ = tuple[str | int, ...]


def _prescan(text: str, path: Path) -> None:
    """Refuses what makes `tomllib` slow or deep: a key of very many parts, very deep nesting. Linear."""
    depth = dots = 0
    quote = ""
    line = 1
    i, end = 0, len(text)
    while i < end:
        c = text[i]
        if quote:
            if c == "\\" and quote[0] == '"':
                i += 1
            elif text.startswith(quote, i):
                i += len(quote) - 1
                quote = ""
            elif c == "\n" and len(quote) == 1:
                quote = ""
        elif c in "\"'":
            quote = c * 3 if text.startswith(c * 3, i) else c
            i += len(quote) - 1
        elif c == "#":
            i = text.find("\n", i)
            if i < 0:
                return
            continue
        elif c in "[{":
            depth += 1
        elif c in "]}":
            depth -= 1
        elif c == ".":
            dots += 1
        elif c in "=,":
            dots = 0
        if text[i : i + 1] == "\n":
            line += 1
            dots = 0
            quote = quote if len(quote) == 3 else ""
        if depth > DEEPEST or dots > LONGEST_KEY:
            raise Trouble(
                _("it is nested too deeply."),
                file=path,
                findings=(Finding(_("too deep from here on."), line),),
            )
        i += 1


def parse(data: bytes, path: Path) -> dict[str, Any]:
    """The document. Raises Trouble, with line and column, for anything that is not TOML."""
    text = decode(data, path).replace("\r\n", "\n")
    _prescan(text, path)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        column = int(place[2]) if place and place[2] else 1
        what = _("this is not TOML here ({said}). Is a quote or a bracket missing?").format(
            said=visible(_PLACE.sub("", said).strip())
        )
        raise Trouble(_("it could not be read."), file=path, findings=(Finding(what, line, column=column),)) from None


def read(path: Path, most: int) -> dict[str, Any]:
    """Reads and parses a file of at most `most` bytes. Raises Trouble."""
    return parse(read_bounded(path, most), path)


def positions(text: str) -> dict[Path_, int]:
    """The line (from 1) on which each header and each key at the start of a line stands."""
    out: dict[Path_, int] = {}
    counts: dict[Path_, int] = {}
    prefix: Path_ = ()
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quote:
            if quote in line:
                quote = ""
            continue
        if header := _HEADER.match(line):
            prefix = _resolve(tuple(p.strip().strip("\"'") for p in header[2].split(".")), counts)
            if header[1] == "[[":
                counts[prefix] = counts.get(prefix, -1) + 1
                prefix = (*prefix, counts[prefix])
            out.setdefault(prefix, number)
        elif key := _KEY.match(line):
            parts: Path_ = tuple(p.strip().strip("\"'") for p in key[1].split("."))
            for size in range(1, len(parts) + 1):
                out.setdefault(prefix + parts[:size], number)
            rest = line[key.end() :]
            for mark in ('"""', "'''"):
                if rest.count(mark) % 2:
                    quote = mark
    return out


def _resolve(names: tuple[str, ...], counts: dict[Path_, int]) -> Path_:
    """`steps.card` means the last of `[[steps]]`."""
    out: Path_ = ()
    for index, name in enumerate(names):
        out = (*out, name)
        if out in counts and index < len(names) - 1:
            out = (*out, counts[out])
    return out


def line_of(place: Path_, known: dict[Path_, int]) -> int:
    """The line of a place, or of the nearest thing around it; 0 where there is none."""
    while place:
        if place in known:
            return known[place]
        place = place[:-1]
    return 0


def spell(place: Path_) -> str:
    """`("steps", 3, "minutes")` as `steps[4].minutes`: people count from 1."""
    out = ""
    for part in place:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out
