"""The kits and the scenarios that ship, each read when a test first asks for it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from entraide_tui.kits import loader
from entraide_tui.rehearsal import scenario

if TYPE_CHECKING:
    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario

FOLDER = Path(__file__).parents[2] / "kits"
T = TypeVar("T")


class Held(Mapping[str, T], Generic[T]):
    """What is made of each of some files, once."""

    def __init__(self, paths: dict[str, Path], read: Callable[[Path], T]) -> None:
        self._paths = paths
        self._read = read
        self._held: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        """It, read if it was not yet."""
        if name not in self._held:
            self._held[name] = self._read(self._paths[name])
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._paths)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._paths)


def document(path: Path) -> dict[str, Any]:
    """As it stands in the file."""
    return tomllib.loads(path.read_text("utf-8"))


KIT_PATHS = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
PLAY_PATHS = {path.stem: path for path in sorted((FOLDER / "scenarios").glob("*.toml"))}
KITS: Held[Kit] = Held(KIT_PATHS, loader.load)
FRENCH: Held[Scenario] = Held(PLAY_PATHS, lambda path: scenario.load(path, "fr"))
ENGLISH: Held[Scenario] = Held(PLAY_PATHS, lambda path: scenario.load(path, "en"))
KIT_DOCUMENTS: Held[dict[str, Any]] = Held(KIT_PATHS | {"rescue": FOLDER / "rescue" / "common.toml"}, document)
PLAY_DOCUMENTS: Held[dict[str, Any]] = Held(PLAY_PATHS, document)
