"""Pictures of the screens as text, compared with those in `pictures/`. UPDATE_PICTURES=1 draws them again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.tui.app_driver import GROUP, Driver, grid, leading, running

from entraide_tui.common.workspace import Group, Workspace
from entraide_tui.tui.screens.live import LiveScreen
from entraide_tui.tui.screens.setup import SetupPlan, SetupScreen
from entraide_tui.workshop import events as e

PICTURES = Path(__file__).parent / "pictures"
RECORD = """\
format = 1
id = "2026-10-01-accueil-k7qm"
title = "Mieux accueillir"
date = 2026-10-01
language = "{language}"
kit = {{ id = "atelier-entraide", version = 1, title = "Atelier d'entraide" }}
[people]
offeror = "Awa"
facilitator = "Jean"
contributors = ["Inès", "Marc"]
[request]
text = "Comment accueillir les nouveaux ?"
[[ideas]]
text = "Un parrain pour chacun"
by = ["Inès"]
[[actions]]
what = "Appeler le placier du marché"
who = "Awa"
due = 2026-11-01
first_step = "Retrouver son numéro"
[[actions]]
what = "Écrire la lettre"
who = "Marc"
due = 2026-12-05
[follow_up]
date = 2026-12-19
"""
LOOK = pytest.mark.parametrize(("language", "size"), [(x, s) for x in ("fr", "en") for s in ((120, 40), (80, 24))])


@pytest.fixture
def looked_at_only() -> None:
    """Here every change is drawn as a terminal would have it: how far a list has scrolled hangs on it."""


async def same(d: Driver, name: str, language: str, size: tuple[int, int]) -> None:
    """The screen is as it was drawn, to the letter."""
    if isinstance(d.app.screen, LiveScreen):
        d.live.flush()
        d.app.screen.tick()
    await d.settle()
    path = PICTURES / f"{name}-{language}-{size[0]}x{size[1]}.txt"
    drawn = "\n".join(grid(d.app)) + "\n"
    if os.environ.get("UPDATE_PICTURES"):
        path.write_text(drawn, "utf-8", newline="\n")
    assert drawn == path.read_text("utf-8"), f"{path.name} differs; UPDATE_PICTURES=1 draws it again"


def group(folder: Path, language: str) -> None:
    """A group with a past."""
    made = Workspace(folder)
    made.make(Group("Réseau lecture", ("Inès", "Marc"), language))
    (made.sessions / "2026").mkdir()
    path = made.sessions / "2026" / "2026-10-01-accueil-k7qm.toml"
    path.write_text(RECORD.format(language=language), "utf-8")


@LOOK
async def test_home_settings_and_a_page_of_the_past_look_as_drawn(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    group(tmp_path, language)
    async with running(tmp_path, language=language, size=size) as d:
        await same(d, "home", language, size)
        await d.press("f6")
        await same(d, "settings", language, size)
        await d.press("ctrl+b")
        path = tmp_path / "sessions" / "2026" / "2026-10-01-accueil-k7qm.toml"
        await d.choose("#doors", f"record:{path}")
        await same(d, "page", language, size)


@LOOK
async def test_the_set_up_looks_as_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, size: tuple[int, int]
) -> None:
    read = SetupScreen._read
    monkeypatch.setattr(SetupScreen, "_read", lambda _screen: None)
    plan = SetupPlan(kit="atelier-entraide", title="Relancer le comité", end="10:45", seats=GROUP)
    async with running(tmp_path, plan=plan, language=language, size=size) as d:
        # the kits come after the first picture, however slow the machine draws
        screen = d.on_screen(SetupScreen)
        read(screen)
        await d.settle()
        await same(d, "setup", language, size)


@LOOK
async def test_the_live_screen_and_the_closing_look_as_drawn(
    tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, language=language, size=size, title="Relancer le comité") as d:
        await same(d, "live-ready", language, size)
        await d.press("f8")
        await d.pass_time(100)
        await same(d, "live-round", language, size)
        await d.ask("f4", "une fête", "Marc")
        await d.ask("ctrl+g", choice="demande")
        await d.insert("Comment redonner envie aux habitants de venir ?")
        await d.ask("ctrl+g", choice="contributions")
        await d.enter("Tenir la séance au marché")
        await d.press("f2")
        await d.enter("Chez nous, un stand a marché")
        await d.pass_time(1300)
        await d.insert("Et si l’on")
        await same(d, "live-late", language, size)
        await d.press("f6")
        await same(d, "live-extend", language, size)
        await d.press("escape")
        d.live.do(e.Kept(at=d.live.now(), idea="k1", text="Tenir la séance au marché"))
        d.live.do(e.Planned(at=d.live.now(), action="a1", what="Appeler le placier", who="Awa", due="2026-12-05"))
        await d.ask("ctrl+g", choice="plan")
        await same(d, "live-plan", language, size)
        await d.ask("ctrl+g", choice="cloture")
        await d.press("f8", "f8")
        d.live.flush()
        await d.press("f5", "f5")
        await same(d, "closing", language, size)
