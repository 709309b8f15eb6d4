"""What leaves is seen first, line by line; nothing leaves that still names somebody."""

from __future__ import annotations

import dataclasses
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from tests.archive.test_record_file import full
from tests.tui.app_driver import Driver, grid, running

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.common.text import fold
from entraide_tui.common.workspace import Group
from entraide_tui.privacy import share_log
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.screens.share import ShareScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

RECORD = dataclasses.replace(
    full(),
    language="en",
    title="Awa and the committee",
    request=m.Request(
        "How can Awa bring people from Lyon back?\nMarc’s idea: ask Kader at the market.", "Awa is tired."
    ),
)


@asynccontextmanager
async def sharing(
    folder: Path, record: m.Record = RECORD, *, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Driver]:
    async with running(folder, size=size) as d:
        d.app.context.group = Group(members=("Zoé",))
        d.app.push_screen(ShareScreen(d.app.context, record, folder / "sessions" / "2026" / f"{record.id}.toml"))
        await d.settle()
        yield d


def lines(d: Driver) -> str:
    return "\n".join(d.options("#lines").values())


def left(folder: Path) -> list[Path]:
    return sorted(p for p in (folder / "exports").rglob("*") if p.is_file()) if (folder / "exports").exists() else []


async def leave(d: Driver, name: str = "toml", where: str | None = None) -> None:
    await d.ask("f3", where, name)
    if "Perhaps these are names." in d.text:
        d.highlight("#ask-choices", "leave")
        await d.press("enter")


async def test_nobody_is_named_on_what_leaves(tmp_path: Path) -> None:
    async with sharing(tmp_path) as d:
        await d.ask("f4", "Kader", "person")
        await d.ask("f4", "Lyon", "place")
        assert "a town" in lines(d)
        await leave(d)
        (path,) = left(tmp_path)
        words = re.findall(r"\w+", fold(path.read_text("utf-8")))
        for name in ("Awa", "Jean", "Inès", "Marc", "Léa", "Paul", "Kader", "Lyon", "Réseau"):
            assert fold(name) not in words, name
        record = record_file.read(path)
        assert "from a town back" in record.request.text
        assert record.people.offeror in record.title
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.name in d.message().replace("\n", "")


async def test_nothing_leaves_before_it_was_said_where(tmp_path: Path) -> None:
    async with sharing(tmp_path) as d:
        await d.press("f3", "escape", "escape")
        assert left(tmp_path) == []
        d.on_screen(HomeScreen)
        assert share_log.load(d.app.context.workspace, RECORD.id) is None


async def test_any_line_can_be_taken_out_and_put_back(tmp_path: Path) -> None:
    async with sharing(tmp_path) as d:
        index = list(d.options("#lines").values()).index("  The situation  " + said_of(d, "Awa") + " is tired.")
        d.highlight("#lines", f"line:{index}")
        for key in ("enter", "space", "f7"):
            await d.press(key)
            assert "✗ The situation  Awa is tired." in lines(d)
            await d.press(key)
            assert "✗" not in lines(d)
        await d.press("f7")
        await leave(d)
        assert record_file.read(left(tmp_path)[0]).request.context == ""


def said_of(d: Driver, name: str) -> str:
    return next(by for one, by in d.on_screen(ShareScreen).prepared.drawn if name in one.forms)


async def test_candidates_are_proposed_and_a_diminutive_is_its_person(tmp_path: Path) -> None:
    english = dataclasses.replace(RECORD, request=m.Request("We asked Nono and Awa."), actions=(), ideas=())
    async with sharing(tmp_path, english) as d:
        assert "Nono" in d.message()
        await d.press("f4")
        assert d.line("#ask-line").value == "Nono"
        d.highlight("#ask-choices", "other:Inès")
        await d.press("enter")
        assert f"We asked {said_of(d, 'Inès')} and {said_of(d, 'Awa')}." in lines(d)
        assert "Nono" not in d.message()


async def test_whose_other_name_it_was_is_asked_again_and_never_kept(tmp_path: Path) -> None:
    record = dataclasses.replace(RECORD, request=m.Request("We asked Nono and Awa."))
    async with sharing(tmp_path, record) as d:
        await d.ask("f4", "Nono", "other:Inès")
        await leave(d)
    async with sharing(tmp_path, record) as d:
        assert "whose is never kept: Nono" in d.message()
        assert "Nono" not in lines(d)
        await d.press("f4")
        assert d.line("#ask-line").value == "Nono"
        d.highlight("#ask-choices", "other:Inès")
        await d.press("enter")
        assert f"We asked {said_of(d, 'Inès')} and" in lines(d)
        assert "Nono" not in d.message()


async def test_words_that_may_be_names_leave_only_when_somebody_says_so(tmp_path: Path) -> None:
    record = dataclasses.replace(RECORD, request=m.Request("We asked Kader and bothJeans."))
    async with sharing(tmp_path, record) as d:
        await d.ask("f4", "Jeans", "person")
        await d.ask("f3", None, "md")
        assert "Perhaps these are names" in d.text
        assert "Kader" in d.text
        await d.press("enter")
        assert left(tmp_path) == []
        await leave(d, "md")
        assert len(left(tmp_path)) == 1


async def test_feelings_leave_only_where_they_are_asked_for_by_name(tmp_path: Path) -> None:
    async with sharing(tmp_path) as d:
        assert "soulagée" not in lines(d)
        await d.ask("f6", None, "feelings")
        await d.press("escape")
        assert "soulagée" in lines(d)
        await leave(d)
        assert record_file.read(left(tmp_path)[0]).feelings[0].word == "soulagée"
    async with sharing(tmp_path) as d:
        assert "soulagée" not in lines(d)


async def test_the_choice_is_remembered_and_a_line_that_changed_is_asked_again(tmp_path: Path) -> None:
    async with sharing(tmp_path) as d:
        await d.ask("f4", "Lyon", "place")
        d.highlight("#lines", "line:3")
        await d.press("enter")
        out = next(line.before for line in d.on_screen(ShareScreen).prepared.lines if not line.leaves)
        await leave(d)
        kept = re.findall(r"\w+", share_log.path_of(d.app.context.workspace, RECORD.id).read_text("utf-8"))
        drawn = d.on_screen(ShareScreen).prepared.drawn
        assert {by for one, by in drawn if one.kind == "person"} & set(kept) == set()
        assert {one.name for one, _by in drawn if one.kind == "person"} & set(kept) == set()
        (copy,) = share_log.copies(d.app.context.workspace, RECORD.id)
        assert copy.exists
    changed = dataclasses.replace(RECORD, request=m.Request(RECORD.request.text, "Awa is very tired."))
    async with sharing(tmp_path, changed) as d:
        assert f"✗ Offeror  {out}" in lines(d) or out in lines(d)
        assert "a town" in lines(d)
        assert "1 line is new since the last time" in d.message()
        await leave(d, "json")
        assert not any("very tired" in p.read_text("utf-8") for p in left(tmp_path))
        index = next(i for i, line in enumerate(d.on_screen(ShareScreen).prepared.lines) if line.fresh)
        d.highlight("#lines", f"line:{index}")
        await d.focus("#lines")
        await d.press("enter")
        await leave(d, "json")
        assert any("very tired" in p.read_text("utf-8") for p in left(tmp_path))


async def test_a_name_that_is_still_in_the_file_stops_it(tmp_path: Path) -> None:
    kit = m.KitUsed("atelier-d-awa", 1, "Chez Awa")
    async with sharing(tmp_path, dataclasses.replace(RECORD, kit=kit)) as d:
        await leave(d)
        assert left(tmp_path) == []
        assert "Nothing was written" in d.message()
        assert "kit" in d.message()
        assert "Awa" in d.message()
        await d.ask("f6", None, "kit")
        await d.press("escape")
        await leave(d)
        assert len(left(tmp_path)) == 1


async def test_the_name_of_the_file_counts_too_and_nothing_is_replaced(tmp_path: Path) -> None:
    async with sharing(tmp_path) as d:
        await d.ask("f3", str(tmp_path / "chez-awa.md"), "md")
        assert "the name of the file" in d.message()
        assert not (tmp_path / "chez-awa.md").exists()
        there = tmp_path / "page.md"
        there.write_text("mine", "utf-8")
        await leave(d, "md", str(there))
        assert there.read_text("utf-8") == "mine"
        assert (tmp_path / "page-2.md").exists()

        for where in ("~nobody-here/x", "/proc/nothing"):
            await d.ask("f3", where, "md")
            assert d.message()
            assert "Written" not in d.message()


async def test_a_private_log_that_can_not_be_written_is_told_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    async with sharing(tmp_path) as d:
        monkeypatch.setenv("ENTRAIDE_PRIVATE", str(tmp_path / "file"))
        await leave(d, "md")
        assert len(left(tmp_path)) == 1
        assert "Written" in d.message()
        assert "it could not be noted where the copy went" in d.message().replace("\n", " ")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_nothing_is_cut_off(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sharing(tmp_path, size=size) as d:
        shown = d.app.screen
        for selector in ("#title", "#ends", "#message", "#lines", "KeyLine"):
            region = shown.query_one(selector).region
            assert region.area > 0, selector
            assert shown.region.contains_region(region), selector
        assert shown.query_one("#lines").region.height >= 3
        for key in ("f3", "f4", "f6"):
            await d.press(key)
            assert shown.query_one("#ask").region.height >= 4, key
            assert shown.region.contains_region(shown.query_one("#ask").region), key
            await d.press("escape")
        assert d.focused is shown.query_one("#lines")


async def test_other_names_are_drawn_and_a_line_taken_out_renames_nobody(tmp_path: Path) -> None:
    async with sharing(tmp_path) as d:
        names = {one.name: by for one, by in d.on_screen(ShareScreen).prepared.drawn}
        d.highlight("#lines", "line:4")
        await d.press("space")
        assert {one.name: by for one, by in d.on_screen(ShareScreen).prepared.drawn} == names
        await d.press("f5")
        assert {one.name: by for one, by in d.on_screen(ShareScreen).prepared.drawn} != names


async def test_hostile_text_is_text(tmp_path: Path) -> None:
    nasty = dataclasses.replace(RECORD, title="[/x] [bold=app.quit]Awa[/] \u241b]0;X", themes=("[b]",))
    async with sharing(tmp_path, nasty) as d:
        assert "[/x] [bold=app.quit]" + said_of(d, "Awa") in lines(d)
        await d.press("f5", "f7", "f6")
        for width, height in ((200, 60), (1, 1), (40, 12)):
            await d.resize(width, height)
            assert len(grid(d.app)) == height
