"""The live screen: each key does what it promises, while a text is being typed, and nothing happens by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.app_driver import leading

if TYPE_CHECKING:
    from pathlib import Path


async def test_next_goes_on_and_keeps_the_line_that_is_being_typed(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert("How many come?")
        await d.press("f8")
        assert d.state.current == "demande"
        assert d.state.drafts["clarification.line"] == "How many come?"
        await d.press("ctrl+b")
        assert d.state.current == "clarification"
        assert d.line("#line").value == "How many come?"
        print(d.text)
