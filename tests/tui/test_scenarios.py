"""Each shipped scenario, played through the app's own screens: what it leaves, and the words on the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from tests.tui.app_driver import grid, leading

from entraide_tui.archive import record_file
from entraide_tui.common import i18n
from entraide_tui.common.settings import SettingsStore
from entraide_tui.common.text import fold
from entraide_tui.common.workspace import Workspace
from entraide_tui.kits import catalogue
from entraide_tui.rehearsal import scenario
from entraide_tui.tui.rehearsal.autoplay import Player

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from entraide_tui.archive.model import Record
    from entraide_tui.rehearsal.scenario import Scenario
    from entraide_tui.tui.app import EntraideApp

ROOT = Path(__file__).parents[2]
KITS = ["atelier-entraide", "flash-binome"]
PANELS = ("f1", "f4", "f6", "ctrl+g", "ctrl+n", "ctrl+s", "ctrl+r")


def only_english() -> set[str]:
    """Words that stand in our English sentences and in no French text of ours."""
    with (ROOT / "src/entraide_tui/locale/fr/LC_MESSAGES/entraide_tui.po").open("rb") as file:
        messages = [m for m in read_po(file) if m.id]
    english = " ".join(t for m in messages for t in ([m.id] if isinstance(m.id, str) else m.id))
    french = " ".join(t for m in messages for t in ([m.string] if isinstance(m.string, str) else m.string or []))
    for path in [*(ROOT / "kits").glob("*.toml"), *(ROOT / "kits/scenarios").glob("*.toml")]:
        text = path.read_text("utf-8")
        french += " " + re.sub(r'en = ("[^"]*"|\[[^\]]*\])', "", text)
    return words_of(re.sub(r"\{\w*\}|%\(\w+\)[sr]", " ", english)) - words_of(french) - {"entraide", "resume", "list"}


def words_of(text: str) -> set[str]:
    """Its words of three letters or more."""
    return set(re.findall(r"[^\W\d_]{3,}", fold(text).replace("'", " ")))


async def played(kit: str, folder: Path, watch: Callable[[EntraideApp, str], Awaitable[None]] | None) -> list[Record]:
    """The records that a scenario leaves."""
    workspace = Workspace(folder)
    workspace.make()
    script = scenario.load(ROOT / "kits/scenarios" / f"{kit}.toml")
    settings = SettingsStore(folder / "settings.toml")
    await Player(catalogue.find(kit, None), script, workspace, watch=watch, settings=settings).play()
    assert not list(workspace.sessions.rglob("*.journal"))
    return [record_file.read(p) for p in sorted(workspace.sessions.rglob("*.toml"))]


def written(folder: Path) -> str:
    """All pages below a folder."""
    return " ".join(p.read_text("utf-8") for p in folder.rglob("*.md"))


def has_its_request_ideas_and_plan(record: Record, script: Scenario) -> None:
    """What a whole workshop leaves on its page."""
    assert record.people.offeror == script.people.offeror
    assert record.people.absent == script.people.absent
    assert record.request.text
    assert record.request.context
    assert len(record.ideas) == 3
    assert all(i.by for i in record.ideas)
    assert record.follow_up.date is not None
    assert record.themes == script.themes
    assert len(record.feelings) == len(next(s for s in script.steps if s.id == "ressenti").form)


@pytest.mark.parametrize("kit", KITS)
async def test_a_scenario_leaves_all_that_was_said_and_no_english_on_the_way(kit: str, tmp_path: Path) -> None:
    i18n.set_language("fr")
    foreign = only_english()
    seen: dict[str, set[str]] = {}

    async def watch(app: EntraideApp, where: str) -> None:
        text = "\n".join(grid(app)[1:])
        # at the end files are named: their folder is called after this test
        seen[where] = words_of(text.split("/")[0] if where == "over" else text) & foreign

    records = await played(kit, tmp_path, watch)
    assert {where: found for where, found in seen.items() if found} == {}
    script = scenario.load(ROOT / "kits/scenarios" / f"{kit}.toml")
    pages = written(tmp_path)
    assert not words_of(pages) & foreign

    said = {line.text for scene in script.steps for line in scene.write}
    kept = {n.text.split(" – ", 1)[-1] for r in records for n in r.notes}
    for record in records:
        kept |= {t.text for t in record.topics} | {c.text for c in record.contributions}
        kept |= {q.text for q in record.questions} | {q.answer for q in record.questions}
        kept |= {s.text for s in record.learnings}
    assert said <= kept
    parked = {line.text for scene in script.steps for line in scene.park}
    assert parked <= kept
    planned = {(a.what, a.due) for scene in script.steps for a in scene.actions}
    assert planned == {(a.what, a.due) for r in records for a in r.actions}
    skipped = {s.reason for r in records for s in r.steps if s.outcome == "skipped"}
    assert {scene.skip for scene in script.steps if scene.skip} == skipped
    assert any(s.extended > 0 for r in records for s in r.steps)
    if kit == "atelier-entraide":
        has_its_request_ideas_and_plan(records[0], script)


async def test_panels_and_settings_hold_no_english_word_in_french(tmp_path: Path) -> None:

    i18n.set_language("fr")
    foreign = only_english()
    async with leading(tmp_path, "clarification", language="fr") as driver:
        for key in PANELS:
            await driver.press(key)
            assert driver.asking(), key
            assert not words_of("\n".join(grid(driver.app)[1:])) & foreign, key
            await driver.press("escape")
        driver.app.open_settings()
        await driver.settle()
        assert not words_of("\n".join(grid(driver.app)[1:])) & foreign
