# ruff: noqa: INP001 - a script, no module
"""Makes the pictures of the documentation: a made-up workshop, played through the app's own screens.

    uv run python docs/pictures/make.py

The same program makes the same bytes each time. Nothing in a picture asks anything of the outside.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from entraide_tui.common.i18n import using_language
from entraide_tui.common.settings import SettingsStore
from entraide_tui.common.workspace import Group, Workspace
from entraide_tui.kits import catalogue
from entraide_tui.rehearsal import scenario
from entraide_tui.tui import lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario, Scene
    from entraide_tui.tui.app import EntraideApp

HERE = Path(__file__).parent
SIZE = (120, 40)
WORKSHOP = {"setup": "setup", "speaking": "live", "page": "page", "over": "home"}
"""Where a workshop stops for a picture, and the picture's name."""
REHEARSAL = {"speaking": "rehearsal", "over": "debrief"}
"""The same for a rehearsal."""
LANGUAGES = ("fr", "en")
SPOKEN = {"fr": "Et si la première séance était", "en": "What if the first meeting were"}
FONTS = "DejaVu Sans Mono, Menlo, Consolas, monospace"


CELL, ROW = 12.2, 24.4
"""Pixels of a character and of a row, as Rich draws them."""
_TEXT = re.compile(
    r'<text class="(\S+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+" clip-path="(\S+)">([^<]*)</text>'
)
_BLOCKS = {"█": (0.0, ROW), "▀": (0.0, ROW / 2), "▄": (ROW / 2, ROW / 2)}


def _drawn(found: re.Match[str]) -> str:
    """A piece of a row: without blanks around it, which some viewers drop, and big figures as areas without seams."""
    style, clip = found[1], found[4]
    x, y = float(found[2]), float(found[3])
    text = html.unescape(found[5]).replace("\xa0", " ")
    if not text.strip():
        return ""
    if set(text) <= {*_BLOCKS, " "}:
        top = y - 18.5
        return "".join(
            f'<rect class="{style}" x="{x + place * CELL:.2f}" y="{top + _BLOCKS[char][0]:.2f}" '
            f'width="{CELL + 0.05:.2f}" height="{_BLOCKS[char][1] + 0.05:.2f}"/>'
            for place, char in enumerate(text)
            if char != " "
        )
    x += CELL * (len(text) - len(text.lstrip()))
    text = text.strip()
    width = CELL * cell_len(text)
    inner = html.escape(text, quote=False).replace(" ", "&#160;")
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" textLength="{width:.1f}" clip-path="{clip}">{inner}</text>'


def cleaned(svg: str) -> str:
    """The picture without fonts from elsewhere, and with names that do not change from one making to the next."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    svg = svg.replace("Fira Code", FONTS).replace("font-family: arial", "font-family: sans-serif")
    svg = _TEXT.sub(_drawn, svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)
    svg = re.sub(r"\n{2,}", "\n", svg)
    outside = set(re.findall(r"(?:https?:)?//[^\s\"')<]+", svg)) - {"http://www.w3.org/2000/svg"}
    if outside:
        raise SystemExit(f"the picture asks for {', '.join(sorted(outside))}")
    return svg.strip() + "\n"


async def _settled(app: EntraideApp) -> str:
    """The picture, once the screen has stopped moving: a file may still be being read, or written."""
    pictures: list[str] = []
    while len(pictures) < 4 or len(set(pictures[-4:])) > 1:
        await asyncio.sleep(0.1)
        pictures.append(cleaned(app.export_screenshot(title="entraide-tui")))
    return pictures[-1]


async def _play(kit: Kit, play: Scenario, places: dict[str, str], folder: Path) -> list[Path]:
    from entraide_tui.rehearsal.simulated_group import seats
    from entraide_tui.tui.rehearsal.autoplay import Player
    from entraide_tui.tui.screens.home import HomeScreen
    from entraide_tui.widgets.line import LineField

    language = play.language

    class Photographed(Player):
        """Also stops in the middle of the contributions, while somebody speaks."""

        async def _write(self, scene: Scene) -> None:
            await super()._write(scene)
            if scene.id == "contributions":
                self.app.screen.query_one("#line", LineField).load(SPOKEN[language])
                await self._call_watcher("speaking")
                self.app.screen.query_one("#line", LineField).load("")

    workspace = Workspace(folder)
    name = "Mardi de l’entraide" if language == "fr" else "The Tuesday group"
    workspace.make(Group(name, tuple(seat.name for seat in seats(play)), language))
    made: list[Path] = []

    async def look(app: EntraideApp, place: str) -> None:
        picture = places.get(place)
        if picture is None:
            return
        if isinstance(app.screen, HomeScreen):
            app.screen.say("")  # it tells of a folder that is gone tomorrow
        await app.workers.wait_for_complete()
        if app.live is not None:
            app.live.flush()
        path = HERE / f"{picture}-{language}.svg"
        path.write_text(await _settled(app), encoding="utf-8")
        made.append(path)

    settings = SettingsStore(workspace.root / "settings.toml")
    await Photographed(
        kit, play, workspace, size=SIZE, watch=look, speaks=places is REHEARSAL, settings=settings
    ).play()
    return made


def make(languages: Iterable[str] = LANGUAGES) -> list[Path]:
    """All pictures."""
    lifecycle.prepare_environment()
    with tempfile.TemporaryDirectory() as private:
        # nothing of whoever makes the pictures is read, kept or shown
        os.environ["ENTRAIDE_PRIVATE"] = private
        return _made(languages)


def _made(languages: Iterable[str]) -> list[Path]:
    made: list[Path] = []
    kit = catalogue.find(catalogue.DEFAULT, None)
    file = catalogue.shipped_folder() / "scenarios" / f"{kit.id}.toml"
    for language in languages:
        for places in (WORKSHOP, REHEARSAL):
            with tempfile.TemporaryDirectory() as folder, using_language(language):
                made += asyncio.run(_play(kit, scenario.load(file, language), places, Path(folder)))
    return made


if __name__ == "__main__":
    for picture in make():
        print(picture)  # noqa: T201 - says what it made
