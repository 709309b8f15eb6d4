"""Workshops to measure with: made through the program's own session, with the kit that ships."""

from __future__ import annotations

import re
import shutil
import time
from typing import TYPE_CHECKING

from entraide_tui.common.clock import InventedClock, SystemClock
from entraide_tui.common.workspace import Group, Workspace
from entraide_tui.exports.markdown import page
from entraide_tui.kits import catalogue
from entraide_tui.kits.contribution_kinds import CONTRIBUTION_KINDS
from entraide_tui.session import closing
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Bringing people back to the users’ committee"
PEOPLE = ("Jean", "Awa", "Inès", "Marc", "Léa", "Sofiane")
DRAFTS = 20
"""Events of typing for each contribution: a draft is kept every 0.3 s."""
SAID = "We rang the ten who had left, one by one, only to listen; six of them came back"


def workspace(folder: Path) -> Workspace:
    """An empty one."""
    made = Workspace(folder)
    made.make(Group("The Tuesday group", PEOPLE, "en"))
    return made


def begin(place: Workspace, clock: InventedClock | SystemClock) -> LiveSession:
    """A workshop that is about to start."""
    seats = (e.Seat("Jean", "facilitator"), e.Seat("Awa", "offeror"), *(e.Seat(name) for name in PEOPLE[2:]))
    kit = catalogue.find(catalogue.DEFAULT, None)
    return LiveSession.create(place, clock, kit, language="en", title=TITLE, people=seats)


def at_contributions(folder: Path, length: int) -> Workspace:
    """A workspace with one open workshop of about so many events, left a moment ago in the contributions."""
    place = workspace(folder)
    now = SystemClock()
    # It began an hour ago and its last event is of now: nobody has to be asked about an interruption.
    clock = InventedClock(now.elapsed() - 3600, time.time() - now.elapsed())
    live = begin(place, clock)
    steps = live.state.kit.steps
    step = 3000 / max(1, length)
    while (play := live.state.now_playing) is None or play.step != "contributions":
        clock.advance(500 / len(steps))
        live.do(gestures.next_step(live.state, live.now()))
    key = live.state.current
    for number in range(length - live.length):
        clock.advance(step)
        if number % DRAFTS == DRAFTS - 1:
            live.do(_written(live, number))
        else:
            text = SAID[: 3 + 4 * (number % DRAFTS)]
            live.do(e.Drafted(at=live.now(), field=f"{key}.line", text=text))
    live.do(e.Drafted(at=live.now(), field=f"{key}.line", text=""))
    live.leave()
    return place


def _written(live: LiveSession, number: int) -> e.Written:
    return e.Written(
        at=live.now(),
        item=live.id_for("i"),
        section="contributions",
        text=f"{SAID} ({number})",
        by=PEOPLE[2 + number % 4],
        kind=CONTRIBUTION_KINDS[number % len(CONTRIBUTION_KINDS)],
    )


def with_records(folder: Path, number: int) -> Workspace:
    """A workspace with so many records of the past, each of the size of a real one."""
    place = at_contributions(folder, 120)
    path = next(place.sessions.rglob("*.journal"))
    live = LiveSession.resume(path, SystemClock())
    while live.state.finished is None:
        live.do(gestures.next_step(live.state, live.now()))
    (first,) = closing.close(live, place, None, page)
    text = first.toml.read_text(encoding="utf-8")
    for index in range(1, number):
        name = f"{first.record.id}-{index:03}"
        copy = re.sub(r'^id = ".*"$', f'id = "{name}"', text, count=1, flags=re.MULTILINE)
        first.toml.with_name(f"{name}.toml").write_text(copy, encoding="utf-8")
    return place


def copied(place: Workspace, folder: Path) -> Workspace:
    """The same again, so that no run finds what another one left."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(place.root, folder)
    return Workspace(folder)
