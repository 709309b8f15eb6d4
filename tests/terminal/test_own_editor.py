"""A real editor in a real terminal: it has the terminal to itself, and afterwards the program has it back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from entraide_tui.kits import loader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.terminal import Terminal

EDITOR = """\
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
print("EDITING", path.name, flush=True)
try:
    input()
except KeyboardInterrupt:
    print("CAUGHT", flush=True)
words = input()
text = path.read_text(encoding="utf-8")
path.write_text(text.replace('fr = "Accueil et cadre"', f'fr = "{words}"'), encoding="utf-8")
"""


def test_an_editor_has_the_terminal_and_gives_it_back(start: Callable[..., Terminal], tmp_path: Path) -> None:
    script = tmp_path / "ed.py"
    script.write_text(EDITOR, encoding="utf-8")
    terminal = start("new", "--kit", "atelier-entraide", EDITOR=f"{sys.executable} {script}", VISUAL="")
    terminal.until("Accueil et cadre")
    terminal.press("f5")
    terminal.until("à notre façon")
    terminal.press(*"Le nôtre", "enter")
    terminal.until("  0–10  ")
    terminal.press("f8")
    terminal.until("EDITING le-notre.toml")
    terminal.press("ctrl+c")
    terminal.until("CAUGHT")
    terminal.press(*"Bienvenue", "enter")
    terminal.until("Bienvenue")
    terminal.until("F8")
    terminal.press("f4")
    terminal.until(" 1    5  0–10")
    kit = loader.load(tmp_path / "group" / "kits" / "le-notre.toml")
    assert [s.id for s in kit.steps[:2]] == ["suivi", "accueil"]
    assert kit.steps[1].title == {"fr": "Bienvenue", "en": "Welcome and rules"}
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    assert b"\x1b[?1049l" in terminal.raw
