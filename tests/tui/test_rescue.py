"""Help in one key, over the guidance and never over the card; and fewer words for those who know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import grid, leading

from entraide_tui.common.settings import Settings, SettingsStore
from entraide_tui.kits import catalogue, rescues
from entraide_tui.kits.model import in_language, lines_in
from entraide_tui.widgets.ask import Ask
from entraide_tui.widgets.guide import Guide
from entraide_tui.widgets.keymap import BY_ID
from entraide_tui.widgets.rescue import ACTIONS, RescuePanel

if TYPE_CHECKING:
    from pathlib import Path

COMMON = (
    "early-advice", "too-long", "silent", "defends", "vague", "debate", "weak-plan", "emotion", "energy", "stuck",
)  # fmt: skip


def test_ten_difficulties_are_common_to_all_kits() -> None:
    assert tuple(rescue.id for rescue in rescues.common()) == COMMON


def test_a_kit_may_add_its_own_and_say_a_common_one_in_its_own_way() -> None:
    kit = catalogue.find("codev-classique", None)
    every = [rescue.id for rescue in rescues.of(kit)]
    assert every[: len(kit.rescue)] == [rescue.id for rescue in kit.rescue]
    assert set(COMMON) < set(every)
    assert len(every) == len(set(every))


def test_each_gesture_that_a_kit_can_name_is_an_action() -> None:
    assert {BY_ID[action].id for action in ACTIONS.values()} == set(ACTIONS.values())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_sign_and_the_words_come_by_one_key_and_a_gesture_with_enter(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with leading(tmp_path, "clarification", size=size) as d:
        await d.insert("half a line")
        await d.press("ctrl+u")
        panel = d.app.screen.query_one(RescuePanel)
        names = [r.id for r in rescues.of(d.state.kit)]
        panel.query_one("#rescues").highlighted = names.index("early-advice")  # type: ignore[attr-defined]
        await d.settle()
        rescue = rescues.of(d.state.kit)[names.index("early-advice")]
        shown = " ".join(" ".join(grid(d.app)).split())
        assert in_language(rescue.title, "en")[:20] in shown
        if size[0] >= 120:
            assert in_language(rescue.sign, "en").split(".")[0][:20] in shown
            assert lines_in(rescue.say, "en")[0][:20] in shown
            assert d.card.region.width > 30, "the card is still there"
        assert d.app.screen.region.contains_region(panel.region)
        await d.press("enter")
        assert d.app.screen.query_one(Ask).action == "park"
        await d.press("escape")
        assert d.focused is d.line("#line")
        assert d.line("#line").value == "half a line"


async def test_the_words_are_turned_down_for_one_facilitator_and_one_kit(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        guide = d.app.screen.query_one(Guide)
        step = d.state.kit.step("clarification")
        assert step is not None
        said, reminder = lines_in(step.say, "en")[0], lines_in(step.key_words, "en")[0]
        assert said in guide.content.plain
        await d.press("ctrl+l")
        assert reminder in guide.content.plain
        assert said not in guide.content.plain
        await d.press("ctrl+l")
        assert not d.app.screen.query_one("#side").display
        held = SettingsStore.load().values
        assert held.guidance_levels == {"Jean": {"atelier-entraide": "none"}}
        await d.press("ctrl+l")
        assert said in guide.content.plain
    assert held.guidance_for("Léa", "atelier-entraide") == "full"
    assert held.guidance_for("Jean", "troika") == "full"


def test_what_is_said_at_first_is_what_the_settings_say() -> None:
    assert Settings(guidance=False).guidance_for("Jean", "troika") == "none"
    assert Settings(guidance_levels={"Jean": {"troika": "key-words"}}).guidance_for("Jean", "troika") == "key-words"


async def test_in_a_small_window_they_fold_away_and_come_as_key_words_too(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification", size=(80, 24)) as d:
        step = d.state.kit.step("clarification")
        assert step is not None
        reminder, purpose = lines_in(step.key_words, "en")[0], in_language(step.purpose, "en")[:20]
        assert purpose not in d.text
        await d.press("ctrl+l")
        assert purpose in d.text
        await d.press("ctrl+l")
        assert reminder in d.text
        assert purpose not in d.text
        await d.press("ctrl+l")
        assert reminder not in d.text
        await d.press("ctrl+l")
        assert purpose in d.text
