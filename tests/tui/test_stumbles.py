"""What a first reader stumbled over, mended for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.app_driver import leading

from entraide_tui.tui.screens.closing import ClosingScreen
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_prefilled_number_is_replaced_by_what_is_typed(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.press("f6", "2", "enter")
        assert d.play.budget == (d.play.planned or 0) + 120


async def test_pressing_the_same_key_again_and_again_never_closes_the_workshop(tmp_path: Path) -> None:
    async with leading(tmp_path, "plan") as d:
        await d.press(*["f8"] * 12)
        assert isinstance(d.app.screen, ClosingScreen)
        assert d.live.path.exists()


async def test_letters_typed_while_the_list_has_the_cursor_are_the_next_entry(tmp_path: Path) -> None:
    async with leading(tmp_path, "contributions") as d:
        await d.enter("first")
        d.card.query_one(Entries).focus()
        await d.press("n", "e", "w", "enter")
        assert [i.text for i in d.state.in_section("contributions")] == ["first", "new"]


async def test_after_an_idea_came_back_from_the_parking_one_goes_on_typing(tmp_path: Path) -> None:
    async with leading(tmp_path, "contributions") as d:
        d.live.do(e.Written(at=d.live.now(), item="x1", section="parking", text="early", by="Marc"))
        await d.pass_time(1)
        d.card.refresh_from_state()
        await d.choose("#entries", "x1")
        await d.press("a", "enter")
        assert [i.text for i in d.state.in_section("contributions")] == ["early", "a"]


async def test_mending_an_entry_is_said_and_can_be_left(tmp_path: Path) -> None:
    async with leading(tmp_path, "contributions") as d:
        await d.enter("first")
        await d.choose("#entries", d.state.in_section("contributions")[0].id)
        assert "mending" in d.text
        await d.press("escape")
        assert "mending" not in d.text
        await d.enter("second")
        assert [i.text for i in d.state.in_section("contributions")] == ["first", "second"]


async def test_a_long_name_leaves_room_to_write(tmp_path: Path) -> None:
    people = (e.Seat("Jean", "facilitator"), e.Seat("Maïwenn de la Très Longue Famille des Montmorency"))
    async with leading(tmp_path, "contributions", people=people, size=(80, 24)) as d:
        await d.insert("read me")
        assert "read me" in d.text


async def test_the_name_of_somebody_present_finds_them(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.ask("ctrl+n", "awa")
        assert d.asking()
        assert len(d.state.people) == 5
        await d.choose("#ask-choices", "facilitator")
        assert d.state.facilitator == "Awa"
        assert "Awa" in d.message()


async def test_leaving_says_that_the_workshop_waits(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.press("ctrl+q")
        assert "resume" in d.app.farewell
