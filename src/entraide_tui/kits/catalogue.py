"""Find kits: the group's own first, then the shipped ones."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entraide_tui.common import toml
from entraide_tui.common.errors import NotFoundError, UserError
from entraide_tui.common.files import decode, read_bounded
from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean, nearest
from entraide_tui.kits.limits import LARGEST
from entraide_tui.kits.loader import load
from entraide_tui.kits.model import Kit, in_language, usual_askers

DEFAULT = "atelier-entraide"
MOST_USED = (DEFAULT, "codev-classique", "flash-groupe", "flash-binome", "troika", "hot-seat")


def shipped_folder() -> Path:
    """The folder of the shipped kits: inside an installed package, else at the top of the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent.parent / "kits"


@dataclass(frozen=True, slots=True)
class Headline:
    """The data of a kit that a list shows, read without checking the rest.

    Attributes:
        minutes: the usual total, with repeated steps counted for each usual asker.
        people: the smallest and the largest group.
        fault: the reason why it can't be read; empty if it can.
    """

    path: Path
    id: str
    title: str
    summary: str = ""
    minutes: float = 0
    people: tuple[int, int] = (0, 0)
    shipped: bool = True
    fault: str = ""


def files(own: Path | None) -> list[tuple[Path, bool]]:
    """All kit files, each with whether it is shipped; an own file replaces the shipped one of the same name."""
    out: list[tuple[Path, bool]] = []
    names: set[str] = set()
    for folder, shipped in ((own, False), (shipped_folder(), True)):
        if folder is None or not folder.is_dir():
            continue
        for path in sorted(folder.glob("*.toml")):
            if path.name not in names and not path.name.startswith("."):
                names.add(path.name)
                out.append((path, shipped))
    return out


def headlines(own: Path | None, language: str) -> list[Headline]:
    """The headline of each kit, of unreadable ones with their fault."""
    return [_headline(path, shipped, language) for path, shipped in files(own)]


_SHOWN = re.compile(r"^(?:\[.*\]|(?:id|title|summary|group_size|minutes|repeat) = .*)$", re.MULTILINE)
_WRONG = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def _headline(path: Path, shipped: bool, language: str) -> Headline:
    if shipped:  # parsing only the lines needed is faster; if that fails, parse the whole file
        with suppress(UserError, *_WRONG):
            text = decode(read_bounded(path, LARGEST), path)
            return _read_headline(toml.parse("\n".join(_SHOWN.findall(text)).encode(), path), path, shipped, language)
    try:
        document = toml.read(path, LARGEST)
    except UserError as error:
        return Headline(path, path.stem, path.stem, shipped=shipped, fault=" ".join(error.lines()))
    try:
        return _read_headline(document, path, shipped, language)
    except _WRONG:
        return Headline(
            path,
            path.stem,
            path.stem,
            shipped=shipped,
            fault=_("this kit can't be used; see: entraide-tui kits check {path}").format(path=path),
        )


def _read_headline(document: dict[str, Any], path: Path, shipped: bool, language: str) -> Headline:
    """Raises one of `_WRONG` if the document is no kit."""
    title = clean(in_language(document["title"], language))
    if not title.strip():
        raise ValueError(title)
    size = document.get("group_size", {})
    return Headline(
        path=path,
        id=clean(str(document.get("id", path.stem))),
        title=title,
        summary=clean(in_language(document.get("summary", ""), language)),
        minutes=_minutes(document),
        people=(int(size.get("min", 0)), int(size.get("max", 0))),
        shipped=shipped,
    )


def _minutes(document: dict[str, Any]) -> float:
    askers = usual_askers(int(document.get("group_size", {}).get("max", 2)))
    total = 0.0
    for step in document["steps"]:
        usual = float(step.get("minutes", {}).get("usual", 0))
        total += usual * (askers if step.get("repeat") == "offeror" else 1)
    if not 0 <= total < float("inf"):
        raise ValueError(total)
    return total


def find(name: str, own: Path | None) -> Kit:
    """Load a kit by its id or the path of its file. Raises NotFoundError, FileError, InvalidFileError."""
    return load(path_of(name, own))


def path_of(name: str, own: Path | None) -> Path:
    """The path of a kit, by its id or file name. Raises NotFoundError, with the nearest name."""
    if name.endswith(".toml"):
        return Path(name)
    known = files(own)
    for path, _shipped in known:
        if path.stem == name:
            return path
    for path, _shipped in known:
        try:
            if toml.read(path, LARGEST).get("id") == name:
                return path
        except UserError:
            continue
    near = nearest(name, [p.stem for p, _shipped in known])
    if near:
        raise NotFoundError(_("there is no kit “{name}”. Did you mean “{near}”?").format(name=name, near=near))
    raise NotFoundError(_("there is no kit “{name}”. See: entraide-tui kits list").format(name=name))
