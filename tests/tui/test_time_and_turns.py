"""What the live screen and the set-up say of time, of turns and of who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import GROUP, NINE, leading, running

from entraide_tui.common import i18n
from entraide_tui.common.local_time import local_time
from entraide_tui.tui.screens.setup import SetupPlan
from entraide_tui.tui.views.live_text import LiveText
from entraide_tui.widgets.moments import clock, countdown, length
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app_driver import Driver

DAY = 86400.0


def hour(seconds: float) -> str:
    """The hour on the wall, so many seconds after the session was opened."""
    return local_time(NINE + seconds).strftime("%H:%M")


async def palette(d: Driver, action: str) -> None:
    """Make a gesture that has no key of its own."""
    await d.app.screen.action_do(action)  # type: ignore[attr-defined]
    await d.pilot.pause()


# -- moments in words


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("en", 0, ""), ("en", 1, " (tomorrow)"), ("en", -1, " (yesterday)"), ("en", 2, None),
        ("fr", 1, " (demain)"), ("fr", -1, " (hier)"), ("fr", -3, None),
    ],
)  # fmt: skip
def test_a_time_of_another_day_is_shown_with_its_day(language: str, days: int, words: str | None) -> None:
    i18n.set_language(language)
    then = NINE + days * DAY
    day = local_time(then)
    month = day.strftime("%b") if language == "en" else "nov."
    assert clock(then, NINE) == hour(days * DAY) + (f" ({day.day} {month})" if words is None else words)
    assert clock(then) == hour(days * DAY)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (150, "3 min"), (210, "4 min"), (149, "2 min"), (0.5, "1 s"), (1.5, "2 s"), (2.5, "3 s"), (59.4, "59 s"),
        (59.5, "1 min"), (3569, "59 min"), (3570, "1 h"), (5430, "1 h 31"),
    ],
)  # fmt: skip
def test_a_length_is_rounded_as_people_do(seconds: float, words: str) -> None:
    i18n.set_language("en")
    assert length(seconds) == words


def test_each_second_of_a_countdown_is_shown_as_long_as_the_others() -> None:
    tenths = [countdown(n / 10) for n in range(29, -30, -1)]
    assert {shown: tenths.count(shown) for shown in ("0:02", "0:01", "0:00", "−0:01")} == {
        "0:02": 10, "0:01": 10, "0:00": 10, "−0:01": 10,
    }  # fmt: skip


# -- a promised end


async def test_the_end_that_is_proposed_can_be_kept_and_is_today(tmp_path: Path) -> None:
    async with leading(tmp_path, "cloture") as d:
        await d.pass_time(205.0)
        await palette(d, "promise")
        proposed = d.line("#ask-line").value
        assert d.explained() == f"The new promised end: {proposed}."
        await d.press("enter")
        assert d.state.hard_end is not None
        assert 0 <= d.state.hard_end - NINE - d.live.now() <= 60
        assert "▲" not in d.shown("#ends")


async def test_what_an_hour_is_taken_for_is_said_before_enter(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await palette(d, "promise")
        for said, explained in (
            ("12h15", "The new promised end: 12:15."),
            ("noon", "The new promised end: 12:00."),
            (hour(-7200), f"The new promised end: {hour(-7200)}. That hour is past."),
            ("soon", "As in 11:30."),
        ):
            d.line("#ask-line").value = said
            await d.pilot.pause()
            assert d.explained() == explained


async def test_a_promise_can_be_withdrawn(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification", hard_end=NINE + 600) as d:
        assert "▲" in d.shown("#ends")
        await palette(d, "promise")
        d.line("#ask-line").value = ""
        await d.pilot.pause()
        assert d.explained().startswith("No end is promised any more. The workshop would end at ")
        await d.press("enter")
        assert d.state.hard_end is None
        assert "▲" not in d.shown("#ends")


async def test_an_end_of_another_day_is_shown_as_such_and_what_is_late_by_less_than_shown_is_not_late(
    tmp_path: Path,
) -> None:
    async with leading(tmp_path, "cloture", hard_end=NINE + 180) as d:
        await d.pass_time(225.0)
        assert "✓" in d.shown("#ends").partition("promised")[2]
        d.clock.advance(DAY)
        d.app.screen.tick()  # type: ignore[attr-defined]
        await d.pilot.pause()
        assert f"promised {hour(180)} (yesterday) ▲" in d.shown("#ends")
        assert "(yesterday) to" in d.message()


async def test_the_price_of_a_forgotten_start_is_said_before_enter(tmp_path: Path) -> None:
    async with leading(tmp_path) as d:
        await d.pass_time(60.0)
        await d.press("f8", "f8")
        await d.pass_time(60.0)
        await d.press("ctrl+r")
        d.line("#ask-line").value = "5"
        await d.pilot.pause()
        assert f"The workshop began at {hour(-240)}." in d.explained()
        await d.press("enter")
        assert d.state.started == pytest.approx(-240, abs=2)
        await d.press("f8")
        await d.press("ctrl+r")
        d.line("#ask-line").value = "2"
        await d.pilot.pause()
        assert " gives 2 min" in d.explained()
        assert "The workshop began" not in d.explained()


@pytest.mark.parametrize("ahead", [3600, -300, -7200])
async def test_the_set_up_says_what_an_end_is_taken_for(tmp_path: Path, ahead: int) -> None:
    async with running(tmp_path, plan=SetupPlan(kit="flash-groupe")) as d:
        await d.focus("#end-line")
        await d.press(*hour(ahead), "enter")
        assert d.shown("#end-understood") == f"the promised end is {hour(ahead)}"
        assert ("That hour is past." in d.shown("#preview")) is (ahead < 0)
        assert ("to spare" in d.shown("#preview")) is (ahead > 0)


# -- who asks, who speaks


async def test_it_is_asked_quietly_who_asks(tmp_path: Path) -> None:
    nobody = (GROUP[0], *(e.Seat(seat.name) for seat in GROUP[1:]))
    async with leading(tmp_path, "expose", people=nobody) as d:
        assert "Who asks? · Ctrl+N: say who" in d.shown("#step")
        assert "free talk" not in d.text
        await d.ask("ctrl+n", choice="Awa")
        d.highlight("#ask-choices", "offeror")
        await d.press("enter")
        assert "▸ Awa" in d.shown("#step")
    async with leading(tmp_path, "demande", people=nobody) as d:
        assert d.message() == "Nobody is named yet as the person who asks · Ctrl+N: say who"


@pytest.mark.parametrize(("step", "first"), [("expose", ""), ("tri", ""), ("clarification", "speaker")])
async def test_a_parked_idea_is_by_default_of_who_speaks_unless_they_explain(
    tmp_path: Path, step: str, first: str
) -> None:
    async with leading(tmp_path, step) as d:
        await d.press("f4")
        assert next(iter(d.options("#ask-choices"))) == (d.state.turn.speaker if first else "")
        assert len(d.options("#ask-choices")) == len(GROUP) + 1
        await d.press("a", "enter")
        [parked] = d.state.in_section("parking")
        assert parked.by == (d.state.turn.speaker if first else "")


@pytest.mark.parametrize(
    ("said", "arrives_first"), [("Lé", True), ("léa", None), ("In", True), ("Zo", False), ("Paul", True)]
)
async def test_who_arrives_with_a_name_that_begins_anothers_is_offered_first(
    tmp_path: Path, said: str, arrives_first: bool | None
) -> None:
    async with leading(tmp_path, "clarification", people=(*GROUP, e.Seat("Zoé", present=False))) as d:
        await d.press("ctrl+n")
        for end in range(1, len(said) + 1):
            d.line("#ask-line").value = said[:end]
            await d.pilot.pause()
        offered = list(d.options("#ask-choices"))
        assert ("" in offered) is (arrives_first is not None)
        assert arrives_first is None or (offered[0] == "") is arrives_first


async def test_the_steps_to_go_to_are_those_of_the_letters_typed(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.press("ctrl+g")
        every = d.options("#ask-choices")
        await d.press(*"plan")
        assert list(d.options("#ask-choices")) == ["plan"]
        await d.press("enter")
        assert d.state.current == "plan"
        await d.press("ctrl+g")
        assert d.options("#ask-choices").keys() == every.keys()
        await d.press("escape")
        await d.ask("ctrl+g", "no such step")
        assert d.state.current == "plan"


async def test_what_the_offeror_says_to_a_question_is_shown_as_its_answer(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.press(*"Who", "enter")
        d.card.speak_as("Awa")  # type: ignore[attr-defined]
        await d.pilot.pause()
        assert d.shown("#who") == "Awa answers ›"
        await d.press(*"All", "enter")
        assert [text.strip() for text in d.options("#entries").values()][1] == "↳ Awa All"


def test_what_was_undone_is_named() -> None:
    i18n.set_language("en")
    said = {
        event: LiveText._undone(event)
        for event in (
            e.Arrived(at=0.0, name="Awa"), e.Gone(at=0.0, name="Awa"), e.RoleGiven(at=0.0, name="Awa", role="offeror"),
            e.SpeakerChosen(at=0.0, name="Awa"), e.RoundBegun(at=0.0), e.BeganEarlier(at=0.0, seconds=60.0),
            e.EndPromised(at=0.0, hard_end=None), e.InterruptionAnswered(at=0.0, went_on=True),
            e.ReasonGiven(at=0.0, play="a", reason="b"), e.TopicChosen(at=0.0, item="a"), e.Voted(at=0.0, item="a"),
        )
    }  # fmt: skip
    assert "the last entry" not in said.values()
    assert len(set(said.values())) == len(said)
    assert said[e.Gone(at=0.0, name="Awa")] == "the departure of Awa"
