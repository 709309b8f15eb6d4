"""The archive, the board, mending and its history, as a group uses them."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import running
from tests.tui.test_past import DAY, past

from entraide_tui import cli
from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.archive.page.options import Options
from entraide_tui.common.text import clean
from entraide_tui.exports import markdown, offers
from entraide_tui.tui.screens.archive import ArchiveScreen
from entraide_tui.tui.screens.board import BoardScreen
from entraide_tui.tui.screens.edit_record import EditRecordScreen
from entraide_tui.tui.screens.history import HistoryScreen
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.screens.page import PageScreen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app_driver import Driver

EARLIER = datetime.date(2026, 3, 2)


def library(folder: Path) -> Path:
    return past(
        folder,
        "library",
        EARLIER,
        title="Une bibliothèque au cœur du quartier",
        request=m.Request("How could the library welcome teenagers?"),
        people=m.People("Inès", "Jean", ("Awa",)),
        actions=(
            m.PlannedAction("Move the sofas", "Inès", datetime.date(2026, 11, 20), status="done", outcome="Full"),
        ),
        ideas=(),
        topics=(),
    )


async def until_found(d: Driver) -> None:
    """A search begins a moment after the last letter, in a thread."""
    await d.pilot.pause(0.12)
    await d.settle()


async def searched(d: Driver, words: str) -> list[str]:
    d.line("#search").value = words
    await until_found(d)
    return [next(iter(t.split("\n"))) for t in d.options("#records").values()]


async def opened(d: Driver) -> None:
    await d.press("f3")
    d.on_screen(ArchiveScreen)
    await until_found(d)


async def test_the_records_stand_there_newest_first_with_the_page_beside(tmp_path: Path) -> None:
    past(tmp_path)
    library(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        first, second = await searched(d, "")
        assert "2026-11-07  A fuller market" in first
        assert "2026-03-02  Une bibliothèque" in second
        row = next(iter(d.options("#records").values()))
        assert "Léa" in row
        assert "3 open actions" in row
        assert "2 late" in row
        assert "How can we fill the market again?" in d.text


async def test_a_search_answers_while_one_types_and_marks_the_words(tmp_path: Path) -> None:
    past(tmp_path)
    library(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        for words in ("coeur", "TEENAG", "biblioth", "sofa", "offeror:inès", "after:2026-01 before:2026-04", "by:zoe"):
            found = await searched(d, words)
            assert len(found) == 1, words
            assert ("A fuller market" in found[0]) == (words == "by:zoe")
        assert await searched(d, "is:late market")
        assert not await searched(d, "nowhere")
        assert "Nothing found" in d.message()
        await searched(d, "teenag")
        assert "teenagers" in next(iter(d.options("#records").values()))


async def test_filters_are_offered_and_tab_takes_them(tmp_path: Path) -> None:
    past(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        await d.insert("offe")
        await until_found(d)
        assert "offeror:" in d.shown("#offers")
        await d.press("tab")
        assert d.line("#search").value.startswith("offeror:")
        await until_found(d)
        await d.press("tab")
        await until_found(d)
        assert "Léa" in d.line("#search").value
        assert len(d.options("#records")) == 1


async def test_a_broken_record_is_listed_with_its_fault_and_hides_no_other(tmp_path: Path) -> None:
    path = past(tmp_path)
    (path.parent / "2026-11-09-torn.toml").write_text('title = "half', encoding="utf-8")
    async with running(tmp_path) as d:
        await opened(d)
        rows = list(d.options("#records").values())
        assert len(rows) == 2
        torn = next(r for r in rows if "torn" in r)
        assert "✗" in torn
        assert "line 1" in torn or "1:" in torn


async def test_enter_opens_the_page_and_what_was_mended_there_is_found(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        await d.press("enter")
        d.on_screen(PageScreen)
        await d.press("f8")
        d.on_screen(EditRecordScreen)
        await d.choose("#fields", "title::")
        d.line("#said").value = "A quieter market"
        await d.press("enter")
        assert record_file.read(path).title == "A quieter market"
        assert "A quieter market" in path.with_suffix(".md").read_text(encoding="utf-8")
        await d.press("ctrl+b")
        assert "A quieter market" in d.text
        await d.press("ctrl+b")
        await until_found(d)
        assert any("A quieter market" in t for t in d.options("#records").values())


async def test_mending_keeps_what_was_and_says_what_changed(tmp_path: Path) -> None:
    path = past(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + '\n[ours]\nroom = "12"  # by hand\n', encoding="utf-8")
    async with running(tmp_path) as d:
        await opened(d)
        await d.press("f8")
        await d.choose("#fields", "actions:0:due")
        d.line("#said").value = "2026-12-24"
        await d.press("enter")
        await d.choose("#fields", "actions:2:what")
        await d.focus("#fields")
        await d.press("delete")
        record = record_file.read(path)
        assert record.actions[0].due == datetime.date(2026, 12, 24)
        assert [a.what for a in record.actions] == ["Call the band", "Ask the mayor", "Print the leaflet"]
        assert 'room = "12"  # by hand' in path.read_text(encoding="utf-8")
        await d.press("ctrl+o")
        assert len(record_file.read(path).actions) == 4
        await d.press("ctrl+b", "f9")
        d.on_screen(HistoryScreen)
        assert len(d.options("#versions")) == 3
        d.highlight("#versions", "2")
        await d.settle()
        assert "2026-11-14" in d.shown("#changes")
        assert "2026-12-24" in d.shown("#changes")
        await d.focus("#versions")
        await d.press("f4")
        assert record_file.read(path).actions[0].due == datetime.date(2026, 11, 14)


async def test_a_text_that_can_not_stand_there_is_refused_in_words(tmp_path: Path) -> None:
    path = past(tmp_path)
    before = path.read_bytes()
    async with running(tmp_path) as d:
        await opened(d)
        await d.press("f8")
        await d.choose("#fields", "actions:0:due")
        d.line("#said").value = "when pigs fly"
        await d.press("enter")
        assert "when pigs fly" in d.message()
        assert path.read_bytes() == before


async def test_an_entry_can_be_added(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        await d.press("f8")
        await d.ask("f2", choice="ideas")
        await d.insert("A bench in the sun")
        await d.press("escape")
        assert [i.text for i in record_file.read(path).ideas] == ["Music at eleven", "A bench in the sun"]


async def test_somebody_elses_change_is_not_overwritten(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        await d.press("f8")
        other = path.read_text(encoding="utf-8").replace("A fuller market", "A market of our own")
        path.write_text(other, encoding="utf-8")
        await d.choose("#fields", "title::")
        d.line("#said").value = "Mine"
        await d.press("enter")
        assert "somebody else" in d.message()
        assert path.read_text(encoding="utf-8") == other


async def test_the_board_groups_actions_and_one_key_changes_the_record(tmp_path: Path) -> None:
    path = past(tmp_path)
    library(tmp_path)
    async with running(tmp_path) as d:
        await d.press("f4")
        d.on_screen(BoardScreen)
        await d.settle()
        rows = list(d.options("#board").values())
        headings = [r.strip().split("  ")[0] for key, r in d.options("#board").items() if key.startswith("#")]
        assert headings == ["Late", "Later", "Done"]
        assert any("How can we fill the market again?" in r and "Music at eleven" in r for r in rows)
        d.highlight("#board", f"{path.stem}#0")
        await d.press("space")
        await d.settle()
        assert record_file.read(path).actions[0].status == "done"
        await d.choose("#board", f"{path.stem}#1")
        await d.press("enter")
        await d.enter("Two letters")
        await d.enter("No answer")
        await d.press("escape")
        await d.settle()
        assert record_file.read(path).actions[1].outcome == "No answer"
        assert "→ No answer" in d.text


async def test_a_state_that_could_not_be_written_goes_back(tmp_path: Path) -> None:
    path = past(tmp_path)
    text = path.read_text(encoding="utf-8").replace("contributors = [", 'absent = "Paul, Nadia"\ncontributors = [', 1)
    assert "Paul, Nadia" in text
    path.write_text(text, encoding="utf-8")
    async with running(tmp_path) as d:
        await d.press("f4")
        await d.settle()
        before = d.options("#board")
        for _again in range(2):
            d.highlight("#board", f"{path.stem}#0")
            await d.press("space")
            await d.settle()
            assert d.options("#board") == before
            assert "absent" in d.message()
        assert path.read_text(encoding="utf-8") == text


async def test_the_board_says_that_there_is_no_action_only_where_there_is_none(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await d.press("f4")
        await d.settle()
        assert "No action yet" in d.text
    path = past(tmp_path)
    async with running(tmp_path) as d:
        await d.press("f4")
        await d.settle()
        assert f"{path.stem}#0" in d.options("#board")
        assert "No action yet" not in d.text


async def test_an_action_leads_to_its_page(tmp_path: Path) -> None:
    past(tmp_path)
    async with running(tmp_path) as d:
        await d.press("f4")
        await d.settle()
        await d.press("f3")
        d.on_screen(PageScreen)


async def test_several_leave_together(tmp_path: Path) -> None:
    past(tmp_path)
    library(tmp_path)
    out = tmp_path / "out"
    async with running(tmp_path) as d:
        await opened(d)
        await d.press("f2", "f2")
        await d.ask("f3", str(out), "csv")
        assert [p.suffix for p in out.iterdir()] == [".csv"]
        [table] = out.iterdir()
        text = table.read_text(encoding="utf-8-sig")
        assert "Move the sofas" in text
        assert "Call the band" in text
        await d.ask("f3", str(out), "md+recap")
        [recap] = out.glob("*.md")
        assert "teenagers" in recap.read_text(encoding="utf-8")


@pytest.mark.parametrize("choice", ["md", "txt"])
async def test_the_page_goes_to_the_clipboard(tmp_path: Path, choice: str) -> None:
    past(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        await d.ask("f10", choice=choice)
        assert "How can we fill the market again?" in d.app.clipboard


async def test_what_the_app_exports_is_what_the_command_exports(tmp_path: Path) -> None:
    path = past(tmp_path, contributions=(m.Contribution("Ask the band", "idea", "Marc"),))
    page = markdown.page(record_file.read(path), Options(contributions=True))
    path.with_suffix(".md").write_text(page, "utf-8")
    every = [offer for offer in offers.offers(recaps=False) if offer.form.text]
    async with running(tmp_path) as d:
        await opened(d)
        for offer in every:
            await d.ask("f3", str(tmp_path / offer.id), offer.id)
    for offer in every:
        out = tmp_path / f"command.{offer.form.name}"
        words = ["export", path.stem, "--to", offer.form.name, "--workspace", str(tmp_path), "-o", str(out), "--force"]
        assert cli.main([*words, "--full"] if offer.full else words) == 0
        [written] = (tmp_path / offer.id).iterdir()
        kinds = (written.read_bytes(), out.read_bytes())
        one, other = (re.sub(rb"(DTSTAMP|LAST-MODIFIED|SEQUENCE):.*", b"", data) for data in kinds)
        assert one == other, offer.id
        assert offer.form.name != "ics" or (b"Call the band" in one) == offer.full


async def test_a_private_log_that_can_not_be_written_is_told_and_stops_no_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    async with running(tmp_path) as d:
        await opened(d)
        monkeypatch.setenv("ENTRAIDE_PRIVATE", str(tmp_path / "file"))
        await d.ask("f3", str(tmp_path / "out"), "md")
        assert len(list((tmp_path / "out").iterdir())) == 1
        assert "Written" in d.message()
        assert "it could not be noted where the copy went" in d.message().replace("\n", " ")
        await d.ask("f3", "~nobody-here/x", "md")
        assert "no such folder" in d.message()


async def test_the_clipboard_has_the_group_s_own_page(tmp_path: Path) -> None:
    past(tmp_path)
    (tmp_path / "templates").mkdir()
    template = tmp_path / "templates" / "page.md.jinja"
    template.write_text("# OURS: {{ sheet.title }}\n", "utf-8")
    async with running(tmp_path) as d:
        await opened(d)
        await d.ask("f10", choice="md")
        assert d.app.clipboard.startswith("# OURS: ")
        template.write_text("{{ nonsense", "utf-8")
        await d.ask("f10", choice="md")
        assert "page.md.jinja" in d.message()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_nothing_is_cut_off(tmp_path: Path, size: tuple[int, int]) -> None:
    past(tmp_path)
    library(tmp_path)
    async with running(tmp_path, size=size) as d:
        for key, screen in (("f3", ArchiveScreen), ("f4", BoardScreen)):
            await d.press(key)
            d.on_screen(screen)
            await until_found(d)
            assert all(len(line) <= size[0] for line in d.text.split("\n"))
            assert ("fuller" in d.text) or ("Paint" in d.text)
            await d.press("ctrl+b")
            d.on_screen(HomeScreen)


async def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await opened(d)
        assert "No record yet" in d.message()
        await d.press("f4")
        await d.settle()
        assert "No action yet" in d.message()


HOSTILE = "[/nope] [@click=app.quit]x[/] \x1b]0;owned\x07 \u202eabc {0} %s $x"


async def test_what_people_wrote_is_text_on_every_screen(tmp_path: Path) -> None:
    said = clean(HOSTILE, lines=True)
    path = past(
        tmp_path,
        title=said,
        group=said,
        themes=(said,),
        people=m.People(said, said, (said,)),
        request=m.Request(said, said),
        ideas=(m.Idea(said, (said,)),),
        actions=(m.PlannedAction(said, said, DAY, said, 1, "open", said, said, said),),
        topics=(m.Topic(said, said),),
        contributions=(m.Contribution(said, "idea", said),),
        learnings=(m.Said(said, said),),
    )
    async with running(tmp_path) as d:
        await opened(d)
        for keys in (("enter",), ("ctrl+b", "f8"), ("ctrl+b", "f9"), ("ctrl+b", "f7"), ("ctrl+b", "f4"), ("f3",)):
            await d.press(*keys)
            await until_found(d)
            assert "[/nope]" in d.text or isinstance(d.app.screen, HistoryScreen)
            assert not any(ord(c) < 32 and c != "\n" for c in d.text)
            assert "\u202e" not in d.text
        await d.press("ctrl+b")
        await d.choose("#board", f"{path.stem}#0")
        assert "[@click=app.quit]" in d.text
        await d.press("escape", "ctrl+b")
        d.on_screen(ArchiveScreen)
        await searched(d, HOSTILE)
        await searched(d, '"[/nope] NEAR( * AND - : ^')


async def test_what_is_done_with_one_record_is_done_with_the_one_in_view(tmp_path: Path) -> None:
    past(tmp_path)
    path = library(tmp_path)
    async with running(tmp_path) as d:
        await opened(d)
        await d.press("f2")
        await searched(d, "teenagers")
        await d.press("f8")
        d.on_screen(EditRecordScreen)
        assert path.stem in d.text
        await d.press("ctrl+b", "f9")
        assert path.stem in d.text
