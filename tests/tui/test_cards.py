"""The five kinds of card: what is written, mended, removed and chosen on them is what the session holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import Driver, leading

from entraide_tui.kits.model import Card, FormField, Kit, Minutes, Step
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.notes import NotesField
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path

FIVE = Kit(
    format=1,
    id="five",
    version=1,
    title="Five cards",
    steps=(
        Step("topics", "Topics", minutes=Minutes(1, 5, 9), card=Card("list", "topics")),
        Step(
            "choice",
            "Choice",
            minutes=Minutes(1, 5, 9),
            card=Card("pick", "topics", from_="topics", min=1, max=1, how="votes"),
        ),
        Step("request", "Request", minutes=Minutes(1, 5, 9), card=Card("text", "request")),
        Step(
            "give",
            "Give",
            minutes=Minutes(1, 5, 9),
            turns="round",
            speaks=("contributor",),
            card=Card("list", "contributions"),
        ),
        Step("sort", "Sort", card=Card("pick", "ideas", from_="contributions", min=2, max=3)),
        Step("plan", "Plan", minutes=Minutes(1, 5, 9), card=Card("actions", "actions")),
        Step(
            "feel",
            "Feel",
            turns="round",
            speaks=("contributor", "offeror"),
            card=Card(
                "form",
                "feelings",
                of="each",
                fields=(
                    FormField("word", "text", "One word"),
                    FormField("score", "scale", "From", min=1, max=5),
                    FormField("again", "choice", "Again?", choices=("yes", "no", "perhaps")),
                ),
            ),
        ),
        Step("later", "Later", card=Card("form", "follow_up", of="group", fields=(FormField("date", "text", "Day"),))),
    ),
)


def write(d: Driver, section: str, *texts: str) -> list[str]:
    """Entries that somebody made before; their ids."""
    ids = []
    for number, text in enumerate(texts):
        by = ("Inès", "Marc", "Léa")[number % 3]
        ids.append(d.live.id_for("i"))
        d.live.do(e.Written(at=d.live.now(), item=ids[-1], section=section, text=text, by=by))
    return ids


async def go(d: Driver, step: str) -> None:
    """Opens a step."""
    await d.ask("ctrl+g", choice=step)


# -- list


async def test_entries_are_written_each_with_its_author(tmp_path: Path) -> None:
    async with leading(tmp_path, "topics", kit=FIVE) as d:
        await d.enter("Too few readers")
        await d.press("down")
        await d.enter("Closing early")
        assert [(i.text, i.by) for i in d.state.in_section("topics")] == [
            ("Too few readers", ""), ("Closing early", "Jean"),
        ]  # fmt: skip
        assert d.line("#line").value == ""
        assert "Closing early" in d.text


async def test_the_author_follows_the_turn_and_a_contribution_has_a_kind(tmp_path: Path) -> None:
    async with leading(tmp_path, "give", kit=FIVE) as d:
        first = d.state.turn.speaker
        await d.press("ctrl+f")
        await d.enter("At ours, a stall worked")
        await d.press("f2")
        await d.enter("A stall")
        one, two = d.state.in_section("contributions")
        assert (one.by, one.kind) == (first, "experience")
        assert (two.by, two.kind) == (d.state.turn.speaker, "idea")
        assert two.by != first


async def test_an_entry_is_mended_in_its_place_and_removed(tmp_path: Path) -> None:
    async with leading(tmp_path, "topics", kit=FIVE) as d:
        one, two = write(d, "topics", "Too few", "Closing early")
        await d.press("f5")
        await d.choose("#entries", one)
        assert d.line("#line").value == "Too few"
        await d.enter(" readers")
        assert [(i.id, i.text, i.by) for i in d.state.in_section("topics")] == [
            (one, "Too few readers", "Inès"), (two, "Closing early", "Marc"),
        ]  # fmt: skip
        await d.press("tab")
        d.highlight("#entries", two)
        await d.press("delete")
        assert [i.id for i in d.state.in_section("topics")] == [one]
        await d.press("ctrl+o")
        assert [i.id for i in d.state.in_section("topics")] == [one, two]


async def test_a_half_typed_line_is_not_lost_when_an_entry_is_taken_up_for_mending(tmp_path: Path) -> None:
    async with leading(tmp_path, "topics", kit=FIVE) as d:
        (one,) = write(d, "topics", "Too few")
        await d.press("f5")
        await d.insert("half a thought")
        await d.choose("#entries", one)
        await d.press("enter")
        assert [i.text for i in d.state.in_section("topics")] == ["Too few"]
        assert d.line("#line").value == "half a thought"
        assert d.state.drafts["topics.line"] == "half a thought"


async def test_once_an_entry_is_mended_nothing_of_the_mending_is_left(tmp_path: Path) -> None:
    async with leading(tmp_path, "topics", kit=FIVE) as d:
        (one,) = write(d, "topics", "Too few")
        await d.press("f5")
        await d.insert("half a thought")
        await d.choose("#entries", one)
        await d.insert(" readers")
        d.line("#line").report()
        await d.settle()
        assert d.state.drafts["topics.mended"] == "Too few readers"
        await d.press("escape")
        assert d.line("#line").value == "half a thought"
        await d.choose("#entries", one)
        await d.insert(" people")
        d.line("#line").report()
        await d.settle()
        await d.press("enter")
        assert [i.text for i in d.state.in_section("topics")] == ["Too few people"]
        assert d.state.drafts == {"topics.line": "half a thought"}


async def test_an_entry_that_was_undone_while_it_was_mended_is_written_again(tmp_path: Path) -> None:
    async with leading(tmp_path, "topics", kit=FIVE) as d:
        (one,) = write(d, "topics", "Too few")
        await d.press("f5")
        await d.choose("#entries", one)
        await d.press("ctrl+o", "ctrl+o")
        assert d.state.in_section("topics") == ()
        await d.enter(" readers")
        assert [i.text for i in d.state.in_section("topics")] == ["Too few readers"]


# -- pick


async def test_a_topic_is_chosen_by_votes_and_gives_the_offeror(tmp_path: Path) -> None:
    async with leading(tmp_path, "topics", kit=FIVE) as d:
        _one, two = write(d, "topics", "Too few readers", "Closing early")
        assert d.state.offeror == "Awa"
        await go(d, "choice")
        d.highlight("#entries", two)
        await d.focus("#entries")
        await d.press("+", "+", "-", "+")
        item = d.state.item(two)
        assert item is not None
        assert item.votes == 2
        assert "2 votes" in d.text
        await d.press("enter")
        item = d.state.item(two)
        assert item is not None
        assert item.chosen
        assert d.state.offeror == "Marc"
        await d.press("space")
        item = d.state.item(two)
        assert item is not None
        assert not item.chosen


async def test_two_of_three_are_kept_and_put_into_the_offerors_own_words(tmp_path: Path) -> None:
    async with leading(tmp_path, "give", kit=FIVE) as d:
        one, _two, three = write(d, "contributions", "A stall", "Posters", "Ask the baker")
        await go(d, "sort")
        await d.choose("#entries", one)
        await d.choose("#entries", three)
        ideas = d.state.in_section("ideas")
        assert [(i.text, i.sources) for i in ideas] == [("A stall", (one,)), ("Ask the baker", (three,))]
        line = d.line(f"#idea-{ideas[0].id}")
        line.focus()
        line.value = "I hold our next meeting at the market"
        await d.pilot.pause()
        await d.press("f8")
        assert d.state.in_section("ideas")[0].text == "I hold our next meeting at the market"
        assert d.state.in_section("ideas")[0].sources == (one,)
        await d.press("ctrl+b")
        await d.choose("#entries", three)
        assert len(d.state.in_section("ideas")) == 1
        await d.focus("#own")
        await d.enter("Write to the mayor")
        assert [i.text for i in d.state.in_section("ideas")][1:] == ["Write to the mayor"]


# -- actions


@pytest.mark.parametrize(
    ("said", "due", "shown"),
    [
        ("tomorrow", "2026-11-22", "→ Sunday 22 November 2026"),
        ("5/12", "2026-12-05", "→ Saturday 5 December 2026"),
        ("when we can", "", "? not understood"),
        ("", "", ""),
    ],
)
async def test_an_action_has_a_date_as_people_say_it(tmp_path: Path, said: str, due: str, shown: str) -> None:
    async with leading(tmp_path, "plan", kit=FIVE) as d:
        await d.enter("Call the market")
        await d.enter("Awa")
        await d.insert(said)
        d.card.refresh_from_state()
        assert shown in d.card.query_one("#hint", WrappedText).content.plain
        await d.press("enter")
        await d.enter("Find the number")
        (action,) = d.state.actions
        assert (action.what, action.who, action.due) == ("Call the market", "Awa", due)
        assert action.first_step == ("Find the number" if due or not said else f"Find the number ({said})")
        assert d.line("#a-what").value == ""


async def test_an_action_is_mended_and_removed_and_may_carry_out_an_idea(tmp_path: Path) -> None:
    async with leading(tmp_path, "plan", kit=FIVE) as d:
        d.live.do(e.Kept(at=0, idea="k9", text="A stall"))
        d.live.do(e.Planned(at=0, action="a1", what="Call", who="Awa", due="2026-12-05"))
        await d.press("f5")
        await d.choose("#entries", "a1")
        assert d.line("#a-due").value == "2026-12-05"
        d.line("#a-who").value = "Marc"
        await d.focus("#a-idea")
        await d.enter("1")
        (action,) = d.state.actions
        assert (action.id, action.what, action.who, action.due, action.idea) == (
            "a1",
            "Call",
            "Marc",
            "2026-12-05",
            "k9",
        )
        d.highlight("#entries", "a1")
        await d.focus("#entries")
        await d.press("delete")
        assert d.state.actions == ()


# -- forms


async def test_a_form_of_each_is_answered_person_by_person_and_named_where_agreed(tmp_path: Path) -> None:
    async with leading(tmp_path, "feel", kit=FIVE) as d:
        first = d.state.turn.speaker
        assert "is not named in the record" in d.shown("#who")
        await d.enter("lighter")
        await d.enter("4")
        await d.press("ctrl+f")
        assert "is named in the record" in d.shown("#who")
        await d.enter("3")
        answers = {f: a for (_p, who, f), a in d.state.answers.items() if who == first}
        assert answers == {"word": "lighter", "score": 4, "again": "perhaps"}
        assert d.state.named == frozenset({("feel", first)})
        second = d.shown("#who").split(" ›")[0]
        assert second != first
        assert d.line("#field-word").value == ""
        await d.enter("tired")
        await d.enter("99")
        assert "from 1 to 5" in d.text
        assert d.focused is d.line("#field-score")
        d.line("#field-score").value = "2"
        await d.press("f8")
        answers = {f: a for (_p, who, f), a in d.state.answers.items() if who == second}
        assert answers == {"word": "tired", "score": 2}
        assert ("feel", second) not in d.state.named


async def test_what_is_typed_for_one_person_is_not_given_to_the_next_when_the_turn_goes_on(tmp_path: Path) -> None:
    async with leading(tmp_path, "feel", kit=FIVE) as d:
        first = d.state.turn.speaker
        await d.insert("lighter")
        await d.press("f2")
        second = d.state.turn.speaker
        assert d.state.answers == {("feel", first, "word"): "lighter"}
        assert d.shown("#who").startswith(f"{second} ›")
        assert d.line("#field-word").value == ""


async def test_a_form_of_the_group_keeps_its_text(tmp_path: Path) -> None:
    async with leading(tmp_path, "later", kit=FIVE) as d:
        await d.enter("19 December")
        await d.press("f8", "f8")
        assert d.state.text("follow_up.date") == "19 December"


# -- text, and all


async def test_a_request_has_several_lines_and_comes_back_as_it_was(tmp_path: Path) -> None:
    async with leading(tmp_path, "request", kit=FIVE) as d:
        await d.insert("How do we begin?\nAnd with whom?")
        await d.press("f8", "ctrl+b")
        assert d.state.text("request.text") == "How do we begin?\nAnd with whom?"
        assert d.app.screen.query_one(NotesField).text == "How do we begin?\nAnd with whom?"
        await d.insert(" Today?")
        assert d.app.screen.query_one(NotesField).text.endswith("with whom? Today?")


@pytest.mark.parametrize(
    ("step", "field", "text", "kept"),
    [
        ("topics", "#line", "half", "topics.line"),
        ("give", "#line", "half", "give.line"),
        ("sort", "#own", "half", "sort.own"),
        ("plan", "#a-what", "half", "plan.what"),
        ("plan", "#a-first", "half", "plan.first"),
    ],
)
async def test_a_step_left_right_after_typing_loses_nothing(
    tmp_path: Path, step: str, field: str, text: str, kept: str
) -> None:
    async with leading(tmp_path, step, kit=FIVE) as d:
        await d.focus(field)
        await d.insert(text)
        await d.press("f8", "ctrl+b")
        assert d.state.drafts[kept] == text
        assert d.line(field).value == text


async def test_a_text_and_a_form_left_right_after_typing_lose_nothing(tmp_path: Path) -> None:
    async with leading(tmp_path, "request", kit=FIVE) as d:
        await d.insert("How?")
        await d.pilot.press("f8")
        assert d.state.text("request.text") == "How?"
        await go(d, "feel")
        speaker = d.state.turn.speaker
        await d.insert("glad")
        await d.pilot.press("f8")
        assert d.state.answers[("feel", speaker, "word")] == "glad"


async def test_an_undo_elsewhere_never_takes_away_what_is_being_typed(tmp_path: Path) -> None:
    async with leading(tmp_path, "plan", kit=FIVE) as d:
        await d.insert("half an action")
        await d.press("f5", "ctrl+o")
        await d.press("ctrl+g", "escape")
        assert d.state.current == "plan"
        assert d.line("#a-what").value == "half an action"
        assert d.state.drafts["plan.what"] == "half an action"


async def test_every_card_may_stay_empty(tmp_path: Path) -> None:
    async with leading(tmp_path, kit=FIVE) as d:
        await d.press("f8")
        for step in FIVE.steps:
            assert d.play.key == step.id
            if step.card is not None and step.card.kind != "text":
                await d.press("enter")
            await d.press("f8")
        assert d.state.finished is not None
        assert not d.state.items
        assert not d.state.actions
        assert not any(d.state.texts.values())
        assert not d.state.answers


async def test_several_sentences_of_a_situation_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    async with leading(tmp_path, "expose") as d:
        await d.press("a", "enter", "b")
        await d.press("f5")
        assert d.state.text("request.context") == "a\nb"


async def test_a_day_that_is_far_away_or_past_is_said_to_be(tmp_path: Path) -> None:
    async with leading(tmp_path, "plan") as d:
        for said, told in (("20/11", "in more than six months"), ("2026-11-20", "which is past")):
            await d.focus("#a-due")
            d.line("#a-due").value = said
            d.card.refresh_from_state()
            assert told in d.card.query_one("#hint", WrappedText).content.plain


async def test_letters_typed_in_a_list_go_to_the_field_and_the_list_shows_where_one_is(tmp_path: Path) -> None:
    async with leading(tmp_path, "plan") as d:
        await d.insert("Call the market")
        await d.press("enter", "enter", "enter", "enter")
        d.card.query_one("#entries").focus()
        await d.pilot.pause()
        assert d.card.query_one("#entries", Entries).highlighted == 0
        await d.press("h", "i")
        assert d.line("#a-what").value == "hi"


async def test_an_idea_that_is_none_is_said_and_not_swallowed(tmp_path: Path) -> None:
    async with leading(tmp_path, "plan") as d:
        d.live.do(e.Kept(at=0, idea="k9", text="A stall"))
        d.line("#a-what").value = "Call"
        d.line("#a-idea").value = "the stall"
        d.line("#a-idea").focus()
        await d.press("enter")
        assert not d.state.actions
        assert "is none of the ideas" in d.card.query_one("#hint", WrappedText).content.plain


async def test_letters_typed_on_the_choice_of_ideas_are_a_new_idea_and_tick_nothing(tmp_path: Path) -> None:
    async with leading(tmp_path, "tri") as d:
        d.live.do(e.Written(at=0, item="i1", section="contributions", text="A stall", by="Marc"))
        await d.press("f5")
        d.card.query_one("#entries").focus()
        await d.pilot.pause()
        await d.press("A", "space", "m", "e", "a", "l")
        assert d.line("#own").value == "A meal"
        assert not d.state.in_section("ideas")
