"""Gestures on what is written and who is there: what changes nothing is no event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.workshop.strategies import kit, opening, seats, step

from entraide_tui.kits.model import Card
from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold, gestures

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.workshop.state import Session

SAID = e.SaidOf("2026-11-07-market", 0, "Call the market", status="done")


def session() -> Session:
    """In the step that asks, with one thing of each kind."""
    asking = step("demande", 5, card=Card("text", "request"))
    state = fold.fold([opening(kit(step("accueil", 5), asking), seats("Awa", "Jean", "Inès"))])
    events: list[e.Event] = [
        e.Entered(at=0.0, play="demande", how="start"),
        e.Written(at=1.0, item="i1", section="contributions", text="A stall", by="Inès", kind="idea"),
        e.Written(at=1.0, item="i2", section="parking", text="Later"),
        e.Kept(at=1.0, idea="k1", text="A stall", sources=("i1",)),
        e.Planned(at=1.0, action="a1", what="Call", who="Awa", due="2026-12-05", first_step="", idea="k1"),
        e.TextSet(at=1.0, name="request.text", text="How?"),
        e.Drafted(at=1.0, field="demande.line", text="ha"),
        e.Answered(at=1.0, play="demande", by="Inès", field="score", answer=4),
        e.LookedBack(at=1.0, said=SAID),
        e.Titled(at=1.0, title="Readers", themes=("books",)),
        e.EndPromised(at=1.0, hard_end=5000.0),
    ]
    for event in events:
        state = fold.apply(state, event)
    return state


@pytest.mark.parametrize(
    "gesture",
    [
        lambda s: gestures.write(s, 2.0, "i1", "contributions", "again"),
        lambda s: gestures.write(s, 2.0, "i9", "contributions", ""),
        lambda s: gestures.rewrite(s, 2.0, "i1", "contributions", "A stall", by="Inès"),
        lambda s: gestures.rewrite(s, 2.0, "i1", "contributions", "", by="Marc"),
        lambda s: gestures.remove(s, 2.0, "i9"),
        lambda s: gestures.unpark(s, 2.0, "i1"),
        lambda s: gestures.vote(s, 2.0, "i9", 1),
        lambda s: gestures.add_idea(s, 2.0, "k9", ""),
        lambda s: gestures.reword_idea(s, 2.0, "k1", "A stall"),
        lambda s: gestures.reword_idea(s, 2.0, "k1", ""),
        lambda s: gestures.reword_idea(s, 2.0, "k9", "A fair"),
        lambda s: gestures.plan(s, 2.0, "a1", "Call", who="Awa", due="2026-12-05", first_step="", idea="k1"),
        lambda s: gestures.plan(s, 2.0, "a2", "", who="Awa", due="", first_step="", idea=""),
        lambda s: gestures.set_text(s, 2.0, "request.text", "How?"),
        lambda s: gestures.ask(s, 2.0, "text", "Another"),
        lambda s: gestures.ask(s, 2.0, "context", ""),
        lambda s: gestures.draft(s, 2.0, "demande.line", "ha"),
        lambda s: gestures.draft(s, 2.0, "accueil.line", ""),
        lambda s: gestures.answer(s, 2.0, "demande", "score", 4, by="Inès"),
        lambda s: gestures.answer(s, 2.0, "demande", "score", None),
        lambda s: gestures.look_back(s, 2.0, SAID),
        lambda s: gestures.set_title(s, 2.0, "Readers", ("books",)),
        lambda s: gestures.promise_end(s, 2.0, 5000.0),
        lambda s: gestures.arrive(s, 2.0, "Inès"),
        lambda s: gestures.arrive(s, 2.0, ""),
        lambda s: gestures.leave(s, 2.0, "Nobody"),
        lambda s: gestures.choose_speaker(s, 2.0, "Nobody"),
        lambda s: gestures.give_role(s, 2.0, "Nobody", "offeror"),
        lambda s: gestures.give_reason(s, 2.0, "nowhere", "no time"),
        lambda s: gestures.close(s, 2.0, ()),
    ],
)
def test_what_changes_nothing_is_no_event(gesture: Callable[[Session], e.Event | None]) -> None:
    assert gesture(session()) is None


def test_a_contribution_is_kept_in_other_words_and_left_again() -> None:
    state = fold.apply(session(), e.Removed(at=2.0, item="k1"))
    kept = gestures.keep_idea(state, 2.0, "i1", "k2", "A stall on Saturdays")
    assert kept == e.Kept(at=2.0, idea="k2", text="A stall on Saturdays", sources=("i1",))
    assert gestures.keep_idea(fold.apply(state, kept), 3.0, "i1", "k3") == e.Removed(at=3.0, item="k2")


def test_an_entry_that_was_taken_away_meanwhile_is_written_again() -> None:
    state = fold.apply(session(), e.Removed(at=2.0, item="i1"))
    event = gestures.rewrite(state, 3.0, "i1", "contributions", "A stall, then", by="Marc", kind="idea")
    assert event == e.Written(at=3.0, item="i1", section="contributions", text="A stall, then", by="Marc", kind="idea")


def test_an_idea_kept_in_ones_own_words_goes_on_coming_from_its_contributions() -> None:
    event = gestures.reword_idea(session(), 2.0, "k1", "A stall at the market")
    assert event == e.Kept(at=2.0, idea="k1", text="A stall at the market", sources=("i1",))


def test_a_prepared_request_fills_what_is_empty_in_the_step_that_asks() -> None:
    state = session()
    assert gestures.ask(state, 2.0, "context", "Fewer come") == e.TextSet(
        at=2.0, name="request.context", text="Fewer come"
    )
    assert gestures.ask(replace(state, current="accueil"), 2.0, "context", "Fewer come") is None


def test_whoever_agreed_to_be_named_can_take_it_back() -> None:
    first = gestures.agree_naming(session(), 2.0, "demande", "Inès")
    assert first == e.NamingAgreed(at=2.0, play="demande", by="Inès", named=True)
    again = gestures.agree_naming(fold.apply(session(), first), 3.0, "demande", "Inès")
    assert again == e.NamingAgreed(at=3.0, play="demande", by="Inès", named=False)


def test_an_undo_names_the_last_gesture_that_stands() -> None:
    history = [opening(kit(step("un", 5))), e.Entered(at=0.0, play="un", how="start"), e.Paused(at=1.0)]
    undone = gestures.undo(history, 2.0)
    assert undone == e.Undone(at=2.0, number=3)
    assert gestures.undo([*history, undone], 3.0) == e.Undone(at=3.0, number=2)
    assert gestures.undo(history[:1], 1.0) is None
