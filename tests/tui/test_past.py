"""What earlier workshops say to the one that begins: open actions, topics that wait, requests of the same kind."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.archive.test_record_file import full
from tests.tui.app_driver import in_journal, leading

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.exports import markdown
from entraide_tui.session import closing
from entraide_tui.widgets.look_back import LookBack
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.app_driver import Driver

DAY = datetime.date(2026, 11, 7)


def past(folder: Path, name: str = "market", day: datetime.date = DAY, **changes: object) -> Path:
    """A record of two weeks ago."""
    record = m.Record(
        id=f"{day.isoformat()}-{name}",
        title="A fuller market",
        date=day,
        language="en",
        people=m.People("Léa", "Jean", ("Awa", "Marc")),
        request=m.Request("How can we fill the market again?"),
        ideas=(m.Idea("Music at eleven", ("Marc",)),),
        actions=(
            m.PlannedAction("Call the band", "Marc", datetime.date(2026, 11, 14), "Find the number", 1),
            m.PlannedAction("Ask the mayor", "Léa", datetime.date(2026, 12, 1)),
            m.PlannedAction("Paint the stand", "Zoé", datetime.date(2026, 11, 10)),
            m.PlannedAction("Print the leaflet", "Awa", status="done"),
        ),
        topics=(m.Topic("A fuller market", "Léa", chosen=True), m.Topic("Too many meetings", "Zoé")),
    )
    record = replace(record, **changes)  # type: ignore[arg-type]
    path = folder / "sessions" / str(day.year) / f"{record.id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record_file.dumps(record), encoding="utf-8")
    path.with_suffix(".md").write_text(markdown.page(record), encoding="utf-8")
    return path


async def until_known(d: Driver) -> None:
    """The records are read in a thread, after the first picture."""
    await d.settle()
    await d.settle()


def offered(d: Driver) -> list[str]:
    return list(d.options("#promises").values())


async def test_the_opening_step_shows_the_open_actions_the_previous_offeror_first(tmp_path: Path) -> None:
    past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        found = offered(d)
        assert [next(n for n in ("Léa", "Marc", "Zoé") if n in text) for text in found] == ["Léa", "Marc", "Zoé"]
        assert "3 open actions" in d.text
        assert "Print the leaflet" not in d.text
        assert d.card.has_focus_within, "one goes on writing on the card"
        await d.press("f8")
        assert "Ask the mayor" in d.text, "the kit has a step for news"
        await d.press("f8")
        assert "Ask the mayor" not in d.text


async def test_nothing_is_shown_where_nothing_is_open(tmp_path: Path) -> None:
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        assert not d.app.screen.query_one(LookBack).display
        assert "Since last time" not in d.text


async def test_what_became_of_an_action_goes_into_the_old_record(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        await d.choose("#promises", f"{path.stem}#1")
        await d.press("down")
        await d.press("enter")
        await d.enter("I wrote twice")
        await d.enter("He comes on Saturday")
        await d.enter("We need a second stand")
        await d.settle()
        action = record_file.read(path).actions[1]
        assert (action.status, action.tried) == ("done", "I wrote twice")
        assert (action.outcome, action.changes) == ("He comes on Saturday", "We need a second stand")
        assert record_file.read(path).actions[0] == m.PlannedAction(
            "Call the band", "Marc", datetime.date(2026, 11, 14), "Find the number", 1
        )
        assert path.stem in d.message()
        assert any("He comes on Saturday" in text for text in offered(d))
        [record] = d.app.screen.live.state.looked_back  # type: ignore[attr-defined]
        assert record.what == "Ask the mayor"


async def test_one_key_changes_the_state_and_one_more_brings_it_back(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        await d.focus("#promises")
        await d.press("space")
        assert record_file.read(path).actions[1].status == "done"
        await d.press("space", "space")
        assert record_file.read(path).actions[1].status == "open"


async def test_what_is_being_typed_is_in_the_journal_before_the_panel_is_closed(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        await d.choose("#promises", f"{path.stem}#1")
        await d.focus("#tried")
        await d.insert("I wrote tw")
        await d.pilot.pause(0.4)
        d.live.flush()
        last = in_journal(d.live)[-1]
        assert isinstance(last, e.LookedBack)
        assert last.said.tried == "I wrote tw"
        await d.press("escape")
        assert record_file.read(path).actions[1].tried == "I wrote tw"


async def test_the_new_record_says_which_actions_were_looked_at(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        await d.focus("#promises")
        await d.press("space")
        [closed] = closing.close(d.live, d.app.context.workspace, None, markdown.page)
        assert closed.record.looked_at == (m.LookedAt(path.stem, "Ask the mayor", "Léa", "done"),)
        assert record_file.read(closed.toml).looked_at == closed.record.looked_at


@pytest.mark.parametrize("broken", [False, True])
async def test_what_can_not_reach_its_record_stays_with_the_new_one(tmp_path: Path, broken: bool) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        if broken:
            path.write_text("what is this?", encoding="utf-8")
        else:
            path.unlink()
        await d.choose("#promises", f"{path.stem}#1")
        await d.focus("#outcome")
        await d.enter("He said yes")
        await d.press("escape")
        assert "Kept in this workshop" in d.message()
        [closed] = closing.close(d.live, d.app.context.workspace, None, markdown.page)
        assert any("He said yes" in note.text for note in closed.record.notes)
        if broken:
            assert path.read_text(encoding="utf-8") == "what is this?"


async def test_what_was_said_is_written_at_the_end_if_it_could_not_be_before(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        d.live.do(
            e.LookedBack(
                at=d.live.now(), said=e.SaidOf(path.stem, 0, "Call the band", "Marc", "done", outcome="They play")
            )
        )
        closing.close(d.live, d.app.context.workspace, None, markdown.page)
        assert record_file.read(path).actions[0].outcome == "They play"


async def test_an_action_is_found_again_after_somebody_changed_the_order(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        record = record_file.read(path)
        path.write_text(record_file.dumps(replace(record, actions=record.actions[::-1])), encoding="utf-8")
        await d.focus("#promises")
        await d.press("space")
        assert [a.status for a in record_file.read(path).actions] == ["done", "open", "done", "open"]


async def test_in_any_step_a_key_asks_what_became_of_an_action(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "contributions") as d:
        await d.press("ctrl+a")
        await until_known(d)
        d.highlight("#ask-choices", f"{path.stem}#0")
        await d.press("enter")
        assert "Call the band" in d.text
        await d.press("down", "down", "escape")
        assert record_file.read(path).actions[0].status == "dropped"


async def test_topics_that_were_not_chosen_wait_and_come_back(tmp_path: Path) -> None:
    past(tmp_path)
    async with leading(tmp_path, "tour") as d:
        await until_known(d)
        assert "1 topic of an earlier workshop waits" in d.message()
        await d.press("ctrl+d")
        await until_known(d)
        assert list(d.options("#ask-choices").values()) == ["+ Zoé Too many meetings"]
        await d.press("enter")
        await d.press("enter")
        assert [(i.text, i.by) for i in d.state.in_section("topics")] == [("Too many meetings", "Zoé")]
        await d.press("ctrl+d")
        await until_known(d)
        assert "Too many meetings" not in " ".join(d.options("#ask-choices").values())


async def test_a_topic_that_nobody_needs_any_more_is_not_proposed_again(tmp_path: Path) -> None:
    path = past(tmp_path)
    async with leading(tmp_path, "tour") as d:
        await until_known(d)
        await d.press("ctrl+d")
        await until_known(d)
        await d.press("enter", "down", "enter")
        assert [t.settled for t in record_file.read(path).topics] == [False, True]
        await d.press("ctrl+d")
        await until_known(d)
        assert not d.options("#ask-choices")


async def test_who_has_met_this_comes_by_a_key_and_never_by_itself(tmp_path: Path) -> None:
    past(tmp_path, actions=(m.PlannedAction("Call the band", "Marc", status="done", outcome="They play"),))
    async with leading(tmp_path, "demande") as d:
        await d.insert("How could we fill the hall?")
        await d.pilot.pause(0.4)
        assert not d.asking()
        await d.press("ctrl+d")
        await until_known(d)
        assert "How can we fill the market again?" in " ".join(d.options("#ask-choices").values())
        assert "They play" in d.explained()
        assert "Music at eleven" in d.explained()
        await d.press("escape")
        assert d.state.text("request.text") == "How could we fill the hall?"


async def test_actions_of_another_group_stay_with_it(tmp_path: Path) -> None:
    past(tmp_path, group="The others")
    (tmp_path / "entraide.toml").write_text('name = "Ours"\n', encoding="utf-8")
    async with leading(tmp_path, "accueil") as d:
        await until_known(d)
        assert offered(d), "this session belongs to no group: all are shown"


async def test_a_request_that_was_prepared_is_taken_into_a_workshop(tmp_path: Path) -> None:
    prepared = replace(
        full(),
        topics=(m.Topic("Help me to find two people for the till.", "Awa"),),
        request=m.Request("Help me to find two people for the till.", "Saturdays are hell."),
        ideas=(), actions=(), group="",
    )  # fmt: skip
    path = tmp_path / "sessions" / "2026" / f"{prepared.id}.toml"
    path.parent.mkdir(parents=True)
    path.write_text(record_file.dumps(prepared), "utf-8")
    async with leading(tmp_path, "expose", kit="flash-groupe") as d:
        await until_known(d)
        await d.press("ctrl+d")
        await until_known(d)
        key = next(k for k in d.options("#ask-choices") if k.startswith("topic:"))
        d.highlight("#ask-choices", key)
        await d.press("enter", "enter")
        assert d.state.text("request.context") == "Saturdays are hell."
        assert d.state.text("request.text") == "Help me to find two people for the till."
