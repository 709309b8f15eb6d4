"""The live screen: each key does what it promises, while a text is being typed, and nothing happens by itself."""

from __future__ import annotations

import asyncio
import errno
from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import GROUP, NINE, Driver, in_journal, leading, running, session, workspace
from textual.color import Color

from entraide_tui.common import private_dirs
from entraide_tui.common.clock import InventedClock
from entraide_tui.common.settings import Settings
from entraide_tui.session import fallback_store
from entraide_tui.session.journal import Journal
from entraide_tui.session.live_session import LiveSession
from entraide_tui.tui.panels import questions
from entraide_tui.tui.rehearsal.screen import RehearsalScreen
from entraide_tui.tui.screens.closing import ClosingScreen
from entraide_tui.tui.screens.live import GESTURES, LiveScreen
from entraide_tui.widgets.big_time import BigTime
from entraide_tui.widgets.keymap import actions_on
from entraide_tui.widgets.theme import THEME
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures, timing

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.session.journal_lines import JournalEntry

HALF = "How many co"


def still_typing(d: Driver) -> None:
    """The half-typed line is there, and the cursor stands in it."""
    assert d.line("#line").value == HALF
    assert d.focused is d.line("#line")


def near(color: Color | None, wanted: str | None) -> bool:
    """The same colour, but for rounding."""
    assert color is not None
    return all(abs(one - other) <= 2 for one, other in zip(color.rgb, Color.parse(wanted or "").rgb, strict=True))


def time_shown(d: Driver) -> str:
    return d.app.screen.query_one(BigTime).text


# -- time


async def test_the_first_next_starts_the_workshop(tmp_path: Path) -> None:
    async with leading(tmp_path) as d:
        assert "Ready." in d.text
        assert "Here: Jean, Awa, Inès, Marc, Léa" in d.text
        await d.press("f8")
        assert d.state.current == "accueil"
        assert d.state.started == 0.0
        assert "1/13" in d.text


async def test_next_keeps_the_line_that_is_being_typed(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f8")
        assert d.state.current == "demande"
        assert d.state.drafts["clarification.line"] == HALF
        await d.press("ctrl+b")
        assert d.state.current == "clarification"
        still_typing(d)


async def test_coming_back_to_a_half_typed_line_it_is_said_by_whose_turn_it_is(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f8", "ctrl+b")
        assert d.state.turn.speaker
        assert d.shown("#who") == f"{d.state.turn.speaker} ›"


async def test_one_more_minute_is_one_key(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f5", "f5")
        assert d.play.budget == 12 * 60
        assert time_shown(d) == "12:00"
        assert "One more minute · Ctrl+O: undo" in d.message()
        still_typing(d)


async def test_pause_stops_the_clock_and_goes_on(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f9")
        await d.pass_time(120)
        assert d.state.paused == 0.0
        assert time_shown(d) == "10:00"
        assert "❚❚ pause for 2 min\nF9: go on" in d.shown("#step")
        await d.press("f9")
        await d.pass_time(60)
        assert d.live.state.paused is None
        assert time_shown(d) == "9:00"
        still_typing(d)


async def test_an_extension_shows_its_price_before_it_is_paid(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f6")
        d.line("#ask-line").value = "6"
        await d.pilot.pause()
        assert d.explained() == "The workshop would end at 10:07."
        assert d.options("#ask-choices")["later"] == "end later, at 10:07"
        assert d.options("#ask-choices")["spread"] == "from the steps to come: 10:01"
        d.highlight("#ask-choices", "spread")
        await d.pilot.pause()
        assert "Quiet sorting gives" in d.explained()
        assert d.play.budget == 600
        await d.press("enter")
        assert d.play.budget == 960
        assert round(timing.predicted_end(d.state, 0)) == 61 * 60
        still_typing(d)


@pytest.mark.parametrize(
    ("said", "choice", "budget", "end"),
    [("3", "later", 780, 64), ("2", "apprentissages", 720, 61), ("-4", "later", 360, 57), ("2,5", "later", 750, 63.5)],
)
async def test_minutes_are_given_later_from_a_step_or_taken_away(
    tmp_path: Path, said: str, choice: str, budget: int, end: float
) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("f6", said, choice)
        assert d.play.budget == budget
        assert timing.predicted_end(d.state, d.live.now()) == end * 60
        if choice == "apprentissages":
            play = d.state.play(choice)
            assert play is not None
            assert play.budget == 6 * 60
        still_typing(d)


@pytest.mark.parametrize("said", ["", "soon", "0", "999999"])
async def test_a_number_of_minutes_that_is_none_changes_nothing(tmp_path: Path, said: str) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.ask("f6", said)
        assert d.play.budget == 600
        assert not d.asking()


async def test_escape_or_the_same_key_puts_a_panel_away_with_nothing_done(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        before = d.live.length
        for again in ("escape", "f6"):
            await d.press("f6")
            assert d.asking()
            await d.press(again)
            assert not d.asking()
            still_typing(d)
        assert {type(x) for x in d.live.history[before:]} <= {e.Drafted}
        assert d.play.budget == 600


async def test_the_promised_end_is_kept_in_one_key_where_it_can_be(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification", hard_end=NINE + 56 * 60) as d:
        await d.insert(HALF)
        assert "At this pace the end is at 10:01. Ctrl+T keeps the promised end" in d.message()
        await d.press("ctrl+t")
        assert timing.late_by(d.state, d.live.now()) == 0
        assert "The end is kept: 5 min taken from" in d.message()
        assert not d.asking()
        still_typing(d)
        await d.press("ctrl+t")
        assert "nothing to take" in d.message()


async def test_where_the_end_cant_be_kept_it_says_by_how_much_and_what_could_be_dropped(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification", hard_end=NINE + 49 * 60) as d:
        await d.insert(HALF)
        await d.press("ctrl+t")
        assert d.asking()
        assert "can’t give enough" in d.explained()
        options = d.options("#ask-choices")
        assert "take" in options
        assert "later" in options
        assert options["drop:ressenti"].startswith("drop “How it felt”")
        assert options["all"] == "both: end at the promised time"
        length = d.live.length
        d.highlight("#ask-choices", "all")
        await d.press("enter")
        assert d.live.length > length
        assert timing.late_by(d.state, d.live.now()) <= 0
        dropped = d.state.play("ressenti")
        assert dropped is not None
        assert dropped.outcome == "skipped"
        still_typing(d)


async def test_a_forgotten_start_is_mended_before_and_after_the_start(tmp_path: Path) -> None:
    async with leading(tmp_path) as d:
        await d.pass_time(300)
        await d.ask("ctrl+r", "4")
        assert d.state.current == "accueil"
        assert timing.spent(d.state, d.play, d.live.now()) == 240
        await d.ask("ctrl+r", "1")
        assert timing.spent(d.state, d.play, d.live.now()) == 300
        assert timing.promised_end(d.state, d.live.now()) == pytest.approx(90 * 60)


async def test_the_group_may_agree_on_another_end(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("ctrl+p", "new end")
        d.line("#ask-line").value = "10h15"
        await d.pilot.pause()
        assert d.explained() == "The new promised end: 10:15."
        await d.press("enter")
        assert d.state.promised == 75 * 60
        assert "promised 10:15" in d.text
        still_typing(d)


# -- the script


async def test_a_step_is_left_out_and_why_can_be_said_afterwards(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f7")
        assert d.state.current == "demande"
        left_out = d.state.play("clarification")
        assert left_out is not None
        assert left_out.outcome == "skipped"
        assert d.state.drafts["clarification.line"] == HALF
        assert "“Clarifying questions” is left out" in d.message()
        await d.ask("ctrl+e", "we knew all")
        left_out = d.state.play("clarification")
        assert left_out is not None
        assert left_out.reason == "we knew all"


async def test_any_step_can_be_gone_to(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("ctrl+g", choice="plan")
        assert d.state.current == "plan"
        await d.ask("ctrl+g", choice="clarification")
        still_typing(d)


async def test_an_unforeseen_step_comes_right_after(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("ctrl+s", "Break 10")
        keys = [p.key for p in d.state.plays]
        place = keys.index("clarification")
        inserted = d.state.plays[place + 1]
        assert (inserted.title, inserted.budget, inserted.step) == ("Break", 600, "")
        still_typing(d)
        await d.press("f8")
        assert d.state.current == inserted.key
        await d.insert("Fire drill.")
        await d.press("f8")
        assert d.state.text(f"notes.{inserted.key}") == "Fire drill."


async def test_several_gestures_are_taken_back_one_after_the_other(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f5", "f9", "f8")
        assert d.state.current == "demande"
        await d.press("ctrl+o")
        assert d.state.current == "clarification"
        assert "Undone: going to another step" in d.message()
        await d.press("ctrl+o")
        assert d.state.paused is None
        await d.press("ctrl+o")
        assert d.play.budget == 600
        still_typing(d)
        for _n in range(4):
            await d.press("ctrl+o")
        assert "There is nothing to undo." in d.message()
        assert d.line("#line").value == HALF if d.state.current == "clarification" else d.state.drafts


async def test_after_the_last_step_next_leads_to_the_page(tmp_path: Path) -> None:
    async with leading(tmp_path, "cloture") as d:
        await d.press("f8")
        assert d.state.finished is not None
        assert "The workshop is over. Thank you! Press F8 for the page." in d.shown("#between")
        await d.press("f8")
        assert isinstance(d.app.screen, ClosingScreen)


# -- the people


async def test_the_turn_goes_to_the_next_person(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        first = d.state.turn.speaker
        await d.press("f2")
        assert d.state.turn.speaker not in ("", first)
        assert d.state.turn.speaker in d.shown("#step")
        still_typing(d)


async def test_who_passes_is_asked_again_at_the_end_and_a_second_round_can_be_had(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        order = d.state.turn.order
        await d.press("f3")
        assert d.state.turn.passed == order[:1]
        await d.press("f2", "f2")
        assert d.state.turn.speaker == order[0]
        await d.press("f2")
        assert d.state.turn.complete
        assert "all have spoken · F10: again" in d.shown("#step")
        await d.press("f10")
        assert d.state.turn.round == 2
        assert d.state.turn.order == tuple(reversed((*order[1:], order[0])))
        still_typing(d)


async def test_people_arrive_leave_lead_and_speak(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("ctrl+n", "Zoé")
        zoe = d.state.person("Zoé")
        assert zoe is not None, d.text
        assert zoe.presence == "present"
        still_typing(d)
        for choice, name in (("speak", "Zoé"), ("facilitator", "Zoé"), ("leave", "Marc"), ("arrive", "Marc")):
            await d.ask("ctrl+n", choice=name)
            assert d.asking()
            d.highlight("#ask-choices", choice)
            await d.press("enter")
            assert not d.asking()
            still_typing(d)
            match choice:
                case "speak":
                    assert d.state.turn.speaker == "Zoé"
                case "facilitator":
                    assert d.state.facilitator == "Zoé"
                case _:
                    marc = d.state.person("Marc")
                    assert marc is not None
                    assert marc.presence == ("left" if choice == "leave" else "present")


# -- what is written beside the card


async def test_an_early_idea_is_parked_and_comes_back_in_the_contributions(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("f4", "a stall", "Marc")
        (parked,) = d.state.in_section("parking")
        assert (parked.text, parked.by) == ("a stall", "Marc")
        still_typing(d)
        await d.ask("ctrl+g", choice="contributions")
        assert "a stall  parking: Enter brings it in" in d.text
        await d.choose("#entries", parked.id)
        (back,) = d.state.in_section("contributions")
        assert (back.text, back.by) == ("a stall", "Marc")
        assert not d.state.in_section("parking")


async def test_a_note_can_be_written_on_any_step(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("ctrl+k", "two were late")
        assert d.state.text("notes.clarification") == "two were late"
        still_typing(d)
        await d.press("ctrl+k")
        assert d.line("#ask-line").value == "two were late"


async def test_what_is_typed_is_on_the_disk_within_half_a_second(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await asyncio.sleep(0.45)
        assert any(isinstance(x, e.Drafted) and x.text == HALF for x in in_journal(d.live))
        await d.ask("ctrl+g", choice="demande")
        await d.insert("How do we\nbegin?")
        await asyncio.sleep(0.45)
        assert any(isinstance(x, e.TextSet) and x.text == "How do we\nbegin?" for x in in_journal(d.live))
        assert "✓ saved" in d.text


# -- what is shown


async def test_the_words_to_say_fold_away_and_come_back(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        assert "You can say" in d.text
        await d.press("ctrl+l")
        assert "You can say" not in d.text
        await d.press("ctrl+l", "ctrl+l")
        assert "You can say" in d.text
        await d.resize(80, 24)
        assert "You can say" not in d.text
        await d.press("ctrl+l")
        assert "See things as the offeror" in d.text
        still_typing(d)


async def test_the_discreet_clock_hides_until_the_last_minute(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.press("f12")
        assert time_shown(d) == "–:–"
        await d.pass_time(541)
        assert time_shown(d) == "0:59"
        await d.press("f12")
        assert d.app.context.settings == Settings()
        still_typing(d)


async def test_the_palette_finds_an_action_by_a_word(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.ask("ctrl+p", "more minute")
        assert d.play.budget == 660
        assert not d.asking()
        still_typing(d)
        await d.press("ctrl+p")
        assert set(d.options("#ask-choices")) == {a.id for a in actions_on("live") if a.id not in ("palette", "help")}


async def test_the_help_names_every_key(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification", size=(120, 60)) as d:
        await d.insert(HALF)
        await d.press("f1")
        words = " ".join(d.text.split())
        for key in ("F8", "F5", "Ctrl+T", "F12"):
            assert key in words
        every = " ".join(d.options("#ask-choices").values())
        assert all(action.help in every for action in actions_on("live") if action.id not in ("help", "palette"))
        assert "Keys of this screen" in words
        await d.press("f1")
        still_typing(d)


async def test_the_last_minute_and_zero_are_marked_by_a_colour_and_a_sign(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        time = d.app.screen.query_one(BigTime)
        await d.pass_time(545)
        assert "◆ last minute" in d.shown("#step")
        assert near(time.styles.color, THEME.warning)
        await d.pass_time(60)
        assert "▲ time is up" in d.shown("#step")
        assert near(time.styles.color, THEME.error)
        assert time_shown(d) == "−0:05"
        await d.press("f5")
        assert near(time.styles.color, THEME.warning)
        await d.press("f9")
        assert near(time.styles.color, THEME.variables["quiet"])


@pytest.mark.parametrize(("sound", "bells"), [(True, 2), (False, 0)])
async def test_a_bell_rings_once_for_each_mark_if_it_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: bool, bells: int
) -> None:
    async with leading(tmp_path, "clarification", settings=Settings(sound=sound)) as d:
        rung: list[int] = []
        monkeypatch.setattr(d.app, "bell", lambda: rung.append(1))
        for _n in range(13):
            await d.pass_time(52)
        assert len(rung) == bells


async def test_nothing_pops_up_by_itself_when_time_runs_out(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification", hard_end=NINE + 50 * 60) as d:
        await d.insert(HALF)
        screens = list(d.app.screen_stack)
        for seconds in (541, 60, 600, 3600):
            await d.pass_time(seconds)
            await d.settle()
            assert d.app.screen_stack == screens
            assert not d.asking()
            assert d.state.current == "clarification"
            still_typing(d)
        assert not d.app._notifications


async def test_a_start_that_was_forgotten_is_recalled_quietly(tmp_path: Path) -> None:
    async with leading(tmp_path) as d:
        await d.pass_time(119)
        assert not d.message()
        await d.pass_time(4)
        assert d.message().startswith("Everybody is here and nothing was started. F8 starts; Ctrl+R:")
        assert d.state.started is None
        assert not d.asking()


async def test_nobody_is_hurried_while_somebody_is_still_expected(tmp_path: Path) -> None:
    async with leading(tmp_path, people=(*GROUP, e.Seat("Paul", present=False))) as d:
        assert "Expected: Paul" in d.text
        await d.pass_time(500)
        assert not d.message()


# -- interruptions, the disk, a second program


@pytest.mark.parametrize(("key", "spent"), [("ctrl+y", 630.0), ("ctrl+x", 30.0)])
async def test_after_an_interruption_the_facilitator_says_whether_the_group_went_on(
    tmp_path: Path, key: str, spent: float
) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.pass_time(30)
        d.clock.advance(600)
        assert isinstance(d.app.screen, LiveScreen)
        d.app.screen.tick()
        await d.pilot.pause()
        said = "Interruption of 10 min (09:00 to 09:10). Did the group go on? Ctrl+Y yes · Ctrl+X no"
        assert d.message() == said
        assert not d.asking()
        still_typing(d)
        await d.press(key)
        assert d.state.interruption is None
        assert timing.spent(d.state, d.play, d.live.now()) == spent
        still_typing(d)


async def test_without_an_interruption_its_keys_are_the_fields_own(tmp_path: Path) -> None:
    async with leading(tmp_path, "demande") as d:
        await d.insert("one two")
        before = d.live.history
        await d.press("ctrl+y")
        assert not any(isinstance(x, e.InterruptionAnswered) for x in d.live.history[len(before) :])
        assert d.state.interruption is None


async def test_a_disk_that_fails_is_said_until_it_is_well_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with leading(tmp_path, "clarification") as d:
        assert d.live.flush()

        def full(_journal: Journal, _entries: list[JournalEntry]) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(Journal, "append", full)
            await d.press("f5")
            assert not d.live.flush()
            await d.pass_time(1)
            assert "✗ NOT SAVED" in d.text
            assert d.message().startswith("✗ It can’t be written: the disk is full.")
            await d.insert(HALF)
            await d.press("f2")
            assert d.state.drafts["clarification.line"] == HALF
        assert d.live.flush()
        await d.pass_time(1)
        assert "NOT SAVED" not in d.text
        assert "can’t be written" not in d.message()
        assert [type(x) for x in in_journal(d.live)][-2:] == [e.Drafted, e.NextSpoke]


async def test_who_only_looks_on_changes_nothing_and_is_told_who_leads(tmp_path: Path) -> None:
    workspace(tmp_path)
    clock = InventedClock(0.0, NINE)
    leader = session(tmp_path, clock, at="clarification")
    leader.flush()
    looking = LiveSession.look_on(leader.path, clock)
    async with running(tmp_path, looking) as d:
        held = leader.held_by
        assert held is not None
        assert d.message().startswith(f"{held.host}, process {held.process}, has this workshop open.")
        assert "looking on" in d.text
        length = leader.length
        await d.insert(HALF)
        await d.press("enter")
        await d.press(
            *(a.key for a in actions_on("live") if a.key and a.id not in ("quit", "help", "palette", "discreet"))
        )
        assert not d.asking()
        assert leader.length == length == looking.length
        assert len(in_journal(leader)) == length
        leader.do(gestures.jump(leader.state, leader.now(), "plan"))
        leader.flush()
        assert isinstance(d.app.screen, LiveScreen)
        d.app.screen.tick()
        await d.settle()
        assert d.state.current == "plan"
        assert "Action plan" in d.shown("#step")
    leader.leave()


# -- the mouse


async def test_the_keys_and_the_script_can_be_clicked(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        await d.insert(HALF)
        await d.click_key("+1 min")
        assert d.play.budget == 660
        still_typing(d)
        await d.click_key("Ctrl+G")
        assert d.asking()
        await d.press("escape")
        await d.click_text("#script", "Action plan")
        assert d.state.current == "plan"
        assert d.state.drafts["clarification.line"] == HALF
        await d.click_key("back")
        assert d.state.current == "clarification"


# -- the end of the program


async def test_leaving_the_program_loses_nothing_that_was_typed_a_moment_ago(tmp_path: Path) -> None:
    async with leading(tmp_path, "demande") as d:
        live = d.live
        await d.insert("How do we begin?")
        await d.pilot.press("ctrl+q")
        await d.pilot.pause()
        assert d.app.fault == ""
    again = LiveSession.resume(live.path, live.clock)
    assert again.state.text("request.text") == "How do we begin?"
    assert again.state.current == "demande"
    again.leave()


async def test_a_letter_typed_while_nothing_has_the_cursor_is_not_lost(tmp_path: Path) -> None:
    async with leading(tmp_path, "contributions") as d:
        d.app.screen.set_focus(None)
        await d.press("h", "i", "enter")
        assert [i.text for i in d.state.in_section("contributions")] == ["hi"]


async def test_where_the_last_words_are_on_no_disk_leaving_is_asked_once_more_and_takes_them_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with leading(tmp_path, "demande") as d:
        live, home = d.live, d.app.context.workspace
        assert live.flush()

        def full(journal: Journal, entries: list[JournalEntry]) -> None:
            if journal.path.parent.is_relative_to(home.sessions):
                raise OSError(errno.ENOSPC, "No space left on device")
            appends(journal, entries)

        appends = Journal.append
        with monkeypatch.context() as patch:
            patch.setattr(Journal, "append", full)
            await d.insert("How do we begin?")
            await d.press("ctrl+q")
            assert "Leave, although not all is saved?" in d.text
            await d.press("enter")
            assert d.app.is_running
            assert "Leave, although" not in d.text
            await d.press("ctrl+q", "down")
            await d.pilot.press("enter")
            await d.pilot.pause()
        assert str(private_dirs.of(home.root, "refuge")) in d.app.fault
    assert fallback_store.bring_home(home) == [live.path]
    again = LiveSession.resume(live.path, live.clock)
    assert again.state.text("request.text") == "How do we begin?"
    again.leave()


async def test_the_card_of_the_next_step_has_the_cursor_wherever_it_was_before(tmp_path: Path) -> None:
    async with leading(tmp_path, "clarification") as d:
        for key in ("f6", "ctrl+d", "ctrl+n", "f4"):
            await d.press(key)
            await d.pilot.press("escape", "f8")
            await d.pilot.pause()
            assert d.app.focused is not None, key
            await d.press("ctrl+b")


async def test_a_cursor_that_got_lost_comes_back_within_a_second(tmp_path: Path) -> None:
    async with leading(tmp_path, "contributions") as d:
        d.app.screen.set_focus(None)
        await d.pass_time(1)
        assert d.app.focused is not None


@pytest.mark.parametrize("kind", [LiveScreen, RehearsalScreen])
def test_each_key_does_something(kind: type[LiveScreen]) -> None:
    made = {*GESTURES, *questions.BY_ACTION}
    assert [a.id for a in actions_on(kind.NAME) if a.id not in made and not hasattr(kind, f"do_{a.id}")] == []
    assert [name for name in made if hasattr(kind, f"do_{name}")] == [], "one place for each"
