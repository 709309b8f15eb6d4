"""The one place where gestures are applied: in order, told once, and never where one only looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.archive import made

from entraide_tui.session.controller import Gesture, Happened, SessionController
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures

if TYPE_CHECKING:
    from pathlib import Path


def written(text: str) -> Gesture:
    return lambda s: gestures.write(s.state, s.now(), s.id_for("i"), "topics", text)


def test_gestures_are_applied_in_the_order_in_which_they_arrive_and_told_once(tmp_path: Path) -> None:
    live = made.create(tmp_path, made.clock())
    told: list[tuple[Happened, int]] = []
    controller = SessionController(live, lambda happened: told.append((happened, live.length)))
    before = live.length
    happened = controller.apply(written("one"), written(""), written("two"), notice="both", on_card=True)
    assert [i.text for i in live.state.in_section("topics")] == ["one", "two"]
    assert len({i.id for i in live.state.items}) == 2
    assert happened is not None
    assert [event.text for event in happened.events if isinstance(event, e.Written)] == ["one", "two"]
    assert (happened.notice, happened.on_card) == ("both", True)
    assert told == [(happened, before + 2)]
    live.leave()


def test_what_is_without_effect_is_told_to_nobody(tmp_path: Path) -> None:
    live = made.create(tmp_path, made.clock())
    told: list[Happened] = []
    controller = SessionController(live, told.append)
    assert controller.apply() is None
    assert controller.apply(written(""), lambda s: gestures.pause(s.state, s.now())) is None
    assert controller.undo() is None
    assert told == []
    live.leave()


def test_an_undo_is_told_with_what_it_took_back(tmp_path: Path) -> None:
    live = made.create(tmp_path, made.clock())
    told: list[Happened] = []
    controller = SessionController(live, told.append)
    controller.apply(written("one"))
    happened = controller.undo()
    assert happened is told[-1]
    assert isinstance(happened.undone, e.Written)
    assert live.state.items == ()
    live.leave()


def test_who_only_looks_on_changes_nothing(tmp_path: Path) -> None:
    leader = made.create(tmp_path, made.clock())
    leader.flush()
    live = LiveSession.look_on(leader.path, made.clock())
    told: list[Happened] = []
    controller = SessionController(live, told.append)
    assert controller.apply(written("mine")) is None
    assert controller.undo() is None
    assert told == []
    assert live.state == leader.state
    leader.leave()
