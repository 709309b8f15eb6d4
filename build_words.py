"""Build hook: compiles the catalogues of words (.po) that the program reads (.mo)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).parent / "src" / "entraide_tui" / "locale"


def compile_words() -> None:
    """Writes each catalogue's `.mo` beside its `.po`."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before each build, editable ones too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """See `compile_words`."""
        del version, build_data
        compile_words()


if __name__ == "__main__":
    compile_words()
