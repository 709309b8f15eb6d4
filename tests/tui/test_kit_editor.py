"""A kit is changed to suit the group: by keys, at once, with the total in view and the way back open."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import Driver, grid, running, shipped

from entraide_tui.common.errors import UserError
from entraide_tui.kits import catalogue, loader
from entraide_tui.kits.copying import SCHEMA
from entraide_tui.tui import own_editor
from entraide_tui.tui.app import EntraideApp
from entraide_tui.tui.screens.kit_editor import KitEditorScreen
from entraide_tui.tui.screens.setup import SetupScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

KIT = """\
format = 1
id = "ours"
version = 1
title = { fr = "Le nôtre", en = "Ours" }
presets = [{ id = "short", title = "In a hurry", minutes = { help = 3, walk = 0 } }]
options = [{ id = "slow", title = "Slowly", changes = { walk = { turns = "round" } } }]

# how it begins
[[steps]]
id = "ask"
title = { fr = "Demander", en = "Ask [b]boldly[/b]" }
minutes = { min = 1, usual = 2, max = 3 }
say = ["What is it?"]
card = { kind = "text", fills = "request" }

[[steps]]
id = "walk"
title = "Walk"

[[steps]]
id = "help"
title = "Help"
minutes = { min = 5, usual = 10, max = 20 }
card = { kind = "list", fills = "contributions" }

[[steps]]
id = "sort"
title = "Sort"
minutes = { min = 1, usual = 4, max = 5 }
card = { kind = "pick", from = "contributions", fills = "ideas" }
"""


@pytest.fixture(autouse=True)
def lent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal of a test can be lent to an editor."""

    @contextlib.contextmanager
    def suspend(_app: EntraideApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(EntraideApp, "suspend", suspend)


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, does: str) -> None:
    """An editor that does something to the text of the file that it is given, and to nothing else."""
    script = folder / "my editor.py"
    program = (
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "text = path.read_text(encoding='utf-8')\n"
        f"{does}\n"
        "path.write_text(text, encoding='utf-8')\n"
    )
    script.write_text(program, encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")


async def opened(d: Driver, text: str = KIT) -> Path:
    """The editor, on a kit of the group's own."""
    path = d.app.context.workspace.kits / "ours.toml"
    path.write_text(text, encoding="utf-8")
    d.app.open_kit_editor(path)
    await d.settle()
    d.on_screen(KitEditorScreen)
    return path


def steps(path: Path) -> list[str]:
    return [step.id for step in loader.load(path).steps]


async def at(d: Driver, step: str) -> None:
    d.highlight("#steps", f"step:{step}")
    await d.focus("#steps")


async def test_the_steps_stand_there_with_their_minutes_and_the_totals(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await opened(d)
        rows = list(d.options("#steps").values())
        assert rows[0] == "Ours"
        assert rows[1].split() == ["1", "2", "1–3", "Ask", "[b]boldly[/b]"]
        assert rows[2].split() == ["2", "∞", "Walk"]
        assert d.shown("#ends") == "16 min"
        assert d.shown("#presets") == "In a hurry: 9 min"
        assert "What is it?" in d.text
        d.highlight("#steps", "step:help")
        await d.pilot.pause()
        assert "In a hurry: 3 min" in d.shown("#about")
        d.highlight("#steps", "kit")
        await d.pilot.pause()
        assert "ours.toml" in d.text
        assert "no step writes the section “actions”" in d.shown("#about")


async def test_each_change_is_written_at_once_and_undone_to_the_first_byte(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        path = await opened(d)
        await at(d, "walk")
        await d.press("f3")
        assert steps(path) == ["walk", "ask", "help", "sort"]
        await d.press("shift+down", "f4")
        assert steps(path) == ["ask", "help", "walk", "sort"]
        assert d.app.screen.query_one("#steps").current == "step:walk"  # type: ignore[attr-defined]
        await d.ask("f6", "1/3/5")
        assert d.shown("#ends") == "19 min"
        await d.ask("f5", "Walk on")
        assert any("Walk on" in row for row in d.options("#steps").values())
        await d.ask("f2", "A break")
        assert steps(path) == ["ask", "help", "walk", "a-break", "sort"]
        assert d.app.screen.query_one("#steps").current == "step:a-break"  # type: ignore[attr-defined]
        assert d.shown("#ends") == "24 min"
        d.highlight("#steps", "kit")
        await d.ask("f5", "All ours")
        assert loader.load(path).title == {"fr": "Le nôtre", "en": "All ours"}
        assert "# how it begins\n[[steps]]" in path.read_text(encoding="utf-8")
        last = path.read_bytes()
        for _ in range(7):
            await d.press("ctrl+o")
        assert path.read_text(encoding="utf-8") == KIT
        await d.press("ctrl+o")
        assert "nothing to undo" in d.message()
        for _ in range(7):
            await d.press("ctrl+y")
        assert path.read_bytes() == last


async def test_what_goes_with_a_removed_step_is_said(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        path = await opened(d)
        await at(d, "walk")
        await d.press("delete")
        kit = loader.load(path)
        assert [s.id for s in kit.steps] == ["ask", "help", "sort"]
        assert kit.options == ()
        assert kit.presets[0].minutes == {"help": 3}
        assert "Slowly" in d.message()
        assert d.app.screen.query_one("#steps").current == "step:help"  # type: ignore[attr-defined]
        await d.press("f4")
        assert "“Sort” picks from the list that “Help” makes, so it has to come later." in d.message()
        await d.press("f7")
        assert "Remove “Sort” first" in d.message()
        await at(d, "ask")
        await d.press("f3")
        assert "any further" in d.message()
        await d.press("f7")
        assert "no step writes the section “request”" in d.message()
        assert steps(path) == ["help", "sort"]


async def test_while_minutes_are_typed_the_total_follows(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        path = await opened(d)
        await at(d, "help")
        await d.press("enter")
        assert d.line("#ask-line").value == "5/10/20"
        for said, told in (
            ("1/30/40", "16 min → 36 min"),
            ("12", "16 min → 18 min"),
            ("", "16 min → 6 min"),
            ("9/8/7", "first"),
        ):
            d.line("#ask-line").value = said
            await d.pilot.pause()
            assert told in d.explained()
        await d.press("enter")
        assert "fewest minutes come first" in d.message()
        assert path.read_text(encoding="utf-8") == KIT


async def test_ones_own_editor_changes_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, tmp_path, "text = text.replace('What is it?', 'What [red]hurts[/red]?')")
    async with running(tmp_path) as d:
        path = await opened(d)
        await d.press("f8")
        assert "What [red]hurts[/red]?" in d.text
        assert "taken over" in d.message()
        await d.press("f8")
        assert "Nothing was changed" in d.message()
        await d.press("ctrl+o")
        assert path.read_text(encoding="utf-8") == KIT
        asked: list[int] = []
        monkeypatch.setattr(own_editor, "edit", lambda _app, _path, at: asked.append(at))
        for step in ("ask", "help"):
            await at(d, step)
            await d.press("f8")
        assert [KIT.splitlines()[n - 1] for n in asked] == ["# how it begins", "[[steps]]"]
        assert KIT.splitlines()[asked[1]] == 'id = "help"'


async def test_faults_are_shown_with_their_line_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path, size=(80, 24)) as d:
        path = await opened(d)
        for does, line, told in (
            ("text = text.replace('\"Walk\"', '\"Walk')", 18, "quote"),
            ("text = text.replace('kind = \"pick\"', 'kind = \"peck\"')", 30, "Did you mean “pick”?"),
            ("text = text.replace('usual = 10', 'usual = 30')", 23, "in order"),
            ("text = ''", 0, "missing"),
        ):
            with monkeypatch.context() as patched:
                editor(patched, tmp_path, does)
                await d.press("f8")
            broken = path.read_text(encoding="utf-8")
            rows = d.options("#steps")
            assert any(told in row for row in rows.values())
            assert next(iter(rows)).split(":")[1] == str(line)
            assert not line or f"{line}:" in d.text
            assert "Nothing is lost" in d.message()
            with monkeypatch.context() as patched:
                asked: list[int] = []
                patched.setattr(own_editor, "edit", lambda _app, _path, at, asked=asked: asked.append(at))
                await d.press("enter")
                assert asked == [line]
            assert path.read_text(encoding="utf-8") == broken
            await d.press("ctrl+o")
            assert path.read_text(encoding="utf-8") == KIT
            assert d.shown("#ends") == "16 min"
        await d.press("ctrl+y")
        assert path.read_text(encoding="utf-8") == broken
        for key in ("f2", "f3", "f4", "f5", "f6", "f7", "delete"):
            d.on_screen(KitEditorScreen).say("")
            await d.press(key)
            assert "Mend the faults first" in d.message()
            assert not d.asking()


async def test_an_editor_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, tmp_path, "sys.exit(3)")
    async with running(tmp_path) as d:
        path = await opened(d)
        await d.press("f8")
        assert "ended with an error (3)" in d.message()
        for named, said in (("/nowhere/at/all", "could not be started"), ("'unclosed", "no editor is known")):
            monkeypatch.setenv("EDITOR", named)
            await d.press("f8")
            assert said in d.message()
        assert path.read_text(encoding="utf-8") == KIT


def test_an_editor_is_told_the_line_as_it_wants_it(tmp_path: Path) -> None:
    path = tmp_path / "k.toml"
    for named, wanted in (
        ("vim -u NONE", ["vim", "-u", "NONE", "+7", str(path)]),
        ("code --wait", ["code", "--wait", "--goto", f"{path}:7"]),
        ("/usr/bin/hx", ["/usr/bin/hx", f"{path}:7"]),
        ("mine", ["mine", str(path)]),
    ):
        assert own_editor.command(path, 7, {"EDITOR": named}) == wanted
        assert own_editor.command(path, 7, {"VISUAL": named, "EDITOR": "ed"}) == wanted
    with pytest.raises(UserError, match="EDITOR"):
        own_editor.command(path, 7, {"EDITOR": "'"})


async def test_a_change_from_elsewhere_is_taken_in_and_never_written_over(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        path = await opened(d)
        theirs = KIT.replace('"Walk"', '"Walk far away"')
        path.write_text(theirs, encoding="utf-8")
        await at(d, "walk")
        await d.press("f3")
        assert "somebody else" in d.message()
        assert path.read_text(encoding="utf-8") == theirs
        assert any("far away" in row for row in d.options("#steps").values())
        await d.press("f3")
        assert steps(path)[0] == "walk"
        path.unlink()
        await d.press("f4")
        assert steps(path)[0] == "ask"


async def test_from_the_set_up_a_kit_that_ships_becomes_the_groups_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shipped"
    shelf.mkdir()
    for name in ("atelier-entraide.toml", "troika.toml", SCHEMA):
        (shelf / name).write_bytes((catalogue.shipped_folder() / name).read_bytes())
    monkeypatch.setattr(catalogue, "shipped_folder", lambda: shelf)
    async with running(tmp_path) as d:
        await d.press("f2")
        setup = d.on_screen(SetupScreen)
        await d.settle()
        d.highlight("#kits", "kit:troika")
        await d.focus("#kits")
        await d.press("enter", "f5")
        assert "stays as it is" in d.explained()
        await d.press("escape")
        assert list(d.app.context.workspace.kits.glob("*.toml")) == []
        await d.ask("f5", "Nous trois")
        d.on_screen(KitEditorScreen)
        path = d.app.context.workspace.kits / "nous-trois.toml"
        assert d.options("#steps")["kit"] == "Nous trois"
        await at(d, "preparation")
        await d.press("f7", "escape")
        await d.settle()
        assert d.app.screen is setup
        assert setup.plan.kit == "nous-trois"
        assert setup.kit is not None
        assert [s.id for s in setup.kit.steps] == [s.id for s in shipped("troika").steps][1:]
        assert setup.kit.credits == shipped("troika").credits
        assert "nous-trois" in d.app.screen.query_one("#kits").current  # type: ignore[attr-defined]
        await d.press("f5")
        d.on_screen(KitEditorScreen)
        path.write_text("half", encoding="utf-8")
        await d.press("ctrl+b")
        await d.settle()
        await d.choose("#kits", f"broken:{path}")
        assert d.on_screen(KitEditorScreen).kit is None
        assert "1:" in d.text


@pytest.mark.parametrize(("size", "language"), [((120, 40), "fr"), ((80, 24), "fr"), ((40, 12), "fr")])
async def test_nothing_is_cut_off(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    async with running(tmp_path, size=size, language=language) as d:
        source = Path(__file__).parents[2] / "kits" / "codev-classique.toml"
        path = await opened(d, source.read_text("utf-8"))
        shown = d.app.screen
        for selector in ("#title", "#ends", "#message", "#presets", "#steps", "KeyLine"):
            region = shown.query_one(selector).region
            assert region.area > 0, selector
            assert shown.region.contains_region(region), selector
        assert "F1" in d.text
        kit = loader.load(path)
        for preset in kit.presets:
            assert preset.id in d.text or size[0] >= 80
        seen = ""
        for step in kit.steps:
            await at(d, step.id)
            seen += " ".join(d.text.split())
        for row in d.options("#steps").values():
            for word in row.split():
                assert word in seen
        assert "…" not in "\n".join(grid(d.app)[1 : -3 if size[1] > 16 else -1]).split("│")[0] or size[0] >= 110
        await d.press("f6")
        assert d.asking()
        assert d.line("#ask-line").region.area > 0
        assert shown.region.contains_region(d.line("#ask-line").region)
        await d.press("escape")
        assert not d.asking()
        assert d.focused is shown.query_one("#steps")


async def test_no_window_is_too_small_and_what_can_not_be_opened_is_said(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        (tmp_path / "bad.toml").write_text("x = 1", encoding="utf-8")
        for name, said in (("nowhere.toml", "there is no such file"), ("bad.toml", "bad.toml")):
            d.app.call_later(d.app.open_kit_editor, tmp_path / name, "Mine")
            await d.settle()
            assert said in d.message()
        assert list(d.app.context.workspace.kits.glob("*")) == []
        await opened(d)
        for size in ((24, 8), (4, 2), (1, 1), (120, 40)):
            await d.resize(*size)
            assert len(grid(d.app)) == size[1]
        await d.press("f1")
        assert d.asking()
