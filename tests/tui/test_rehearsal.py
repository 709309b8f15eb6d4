"""One leads a made-up group alone the evening before: it speaks, things happen, a gesture answers them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import Driver, grid, running

from entraide_tui.archive import notebook
from entraide_tui.common import private_dirs
from entraide_tui.common.settings import SettingsStore
from entraide_tui.kits import catalogue
from entraide_tui.rehearsal import scenario
from entraide_tui.tui.rehearsal import autoplay
from entraide_tui.tui.rehearsal.screen import RehearsalScreen
from entraide_tui.tui.screens.debrief import DebriefScreen
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.screens.setup import SetupScreen
from entraide_tui.widgets.notes import NotesField
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PLAYS = Path(__file__).parents[2] / "kits" / "scenarios"


@asynccontextmanager
async def rehearsing(
    folder: Path, name: str = "atelier-entraide-agite", *, speed: float = 10, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Driver]:
    play = scenario.load(PLAYS / f"{name}.toml", "en")
    async with running(folder, size=size) as d:
        d.app.rehearse(catalogue.find(play.kit, None), play, speed=speed)
        await d.settle()
        yield d


def stage(d: Driver) -> RehearsalScreen:
    return d.on_screen(RehearsalScreen)


async def passes(d: Driver, minutes: float) -> None:
    """Minutes of the workshop, at whatever speed."""
    end = d.live.now() + 60 * minutes
    while d.live.now() < end:
        d.clock.advance(1.0)
        stage(d).beat()
    await d.settle()


def speech(d: Driver) -> str:
    return d.app.screen.query_one("#speech", WrappedText).content.plain


async def until(d: Driver, kind: str) -> None:
    """Goes on from step to step until that happens."""
    group = stage(d)._rehearsal.group
    while not any(h.incident.kind == kind and not h.over for h in group.happened):
        play = d.state.now_playing
        scene = group.scene(d.state, play) if play else None
        if scene is None or not any(i.kind == kind for i in scene.incidents):
            await d.press("f8")
        else:
            await passes(d, 0.5)


async def test_people_say_their_lines_at_their_moment(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, "atelier-entraide") as d:
        assert speech(d) == ""
        await d.press("f8")
        first = stage(d)._rehearsal.group.scenario.scene("accueil", 0).speech[0]
        assert first.says not in speech(d)
        await passes(d, first.at + 0.1)
        assert first.says.split()[0] in speech(d)
        assert first.by in speech(d)
        assert "NOT SAVED" not in d.text


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("early-advice", ["f4", "enter"]),
        ("silent", ["ctrl+n"]),
        ("overrun", ["f5"]),
        ("emotion", ["f9"]),
        ("late-arrival", ["ctrl+n"]),
    ],
)
async def test_each_incident_is_answered_by_a_gesture_and_the_debrief_says_so(
    tmp_path: Path, kind: str, keys: list[str]
) -> None:
    names = ["atelier-entraide-agite", "atelier-entraide-ordinaire", "atelier-entraide"]
    name = next(
        n
        for n in names
        if any(i.kind == kind for s in scenario.load(PLAYS / f"{n}.toml", "en").steps for i in s.incidents)
    )
    async with rehearsing(tmp_path, name) as d:
        await d.press("f8")
        await until(d, kind)
        group = stage(d)._rehearsal.group
        happening = next(h for h in group.happened if h.incident.kind == kind)
        assert happening.incident.sees.split()[0] in speech(d)
        if keys == ["ctrl+n"]:
            await d.ask("ctrl+n", happening.incident.by, happening.incident.by)
            await d.press("enter")
        else:
            await d.press(*keys)
        stage(d).beat()
        await d.settle()
        happening = next(h for h in group.happened if h.incident.kind == kind)
        assert happening.answered, kind
        assert happening.incident.eased.split()[0] in speech(d)
        if kind == "early-advice":
            assert d.state.in_section("parking"), "its words stood in the panel already"
        leaf = d.app._keep_debrief(d.live)
        assert any(r.kind == "answered" and happening.incident.sees in r.values["what"] for r in leaf.debrief.remarks)


async def test_what_was_said_goes_onto_the_card_with_one_key(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, "atelier-entraide") as d:
        while d.state.finished is None:
            play = d.state.now_playing
            if play is not None:
                group = stage(d)._rehearsal.group
                scene = group.scene(d.state, play)
                await passes(d, scene.takes or (play.budget or 60) / 60)
                for _press in range(10):
                    before = d.live.length
                    await d.press("f11")
                    if d.live.length == before:
                        break
            await d.press("f8")
        state = d.state
        assert len(state.in_section("ideas")) >= 2
        assert len(state.actions) >= 2
        assert state.text("request.text")
        assert state.text("request.context")
        assert len(state.in_section("contributions")) >= 4


async def test_a_rehearsal_leaves_no_record_and_ends_with_its_debrief(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, "demande-claire") as d:
        home = d.app.rehearsals.session.home if d.app.rehearsals.session else None
        assert home is not None
        room = d.app.context.workspace.root
        while d.app.live is not None and d.state.finished is None:
            await d.press("f8")
            if d.state.current:
                await passes(d, 3)
                await d.press("f11", "f11")
        await d.press("f8")
        await d.press("f3")
        d.on_screen(DebriefScreen)
        assert "foreseen" in d.text
        assert not room.exists()
        assert d.app.context.workspace.root == home.root
        assert not list(home.sessions.rglob("*.toml"))
        notes = d.app.screen.query_one("#answer-0", NotesField)
        notes.focus()
        notes.insert("I breathed.")
        await d.press("ctrl+b")
        d.on_screen(HomeScreen)
        path = notebook.newest(home.root)
        assert path is not None
        assert path.is_relative_to(private_dirs.of(home.root, "notebook"))
        assert not path.is_relative_to(home.sessions)
        assert "I breathed." in notebook.read(path).answers.values()
        await d.press("f7")
        d.on_screen(DebriefScreen)
        assert "I breathed." in d.text


async def test_leaving_a_rehearsal_leaves_nothing_behind(tmp_path: Path) -> None:
    async with rehearsing(tmp_path) as d:
        room = d.app.context.workspace.root
        await d.press("f8")
        await d.pilot.press("ctrl+q")
        await d.pilot.pause()
        assert not room.exists()
        assert d.app.fault == ""
        assert d.app.farewell == ""


async def test_time_runs_as_fast_as_one_likes_and_slowly_while_one_looks_for_words(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, "codev-classique", speed=20) as d:
        await d.press("f8")
        stage(d).beat()
        for _beat in range(8):
            stage(d).beat()

        def takes() -> float:
            before = d.live.now()
            d.clock.advance(1.0)
            return d.live.now() - before

        assert takes() == pytest.approx(20)
        await d.press("f12")
        for _beat in range(8):
            stage(d).beat()
        assert takes() == pytest.approx(60)
        await d.press("ctrl+u")
        stage(d).beat()
        assert takes() == pytest.approx(1)
        assert d.state.interruption is None


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_nothing_is_cut_off_where_people_speak(tmp_path: Path, size: tuple[int, int]) -> None:
    async with rehearsing(tmp_path, "flash-groupe", size=size) as d:
        await d.press("f8", "f8")
        await passes(d, 2)
        screen = d.app.screen
        for selector in ("#title", "#step", "#speech", "CardView", "KeyLine"):
            region = screen.query_one(selector).region
            assert region.area > 0, selector
            assert screen.region.contains_region(region), selector
        assert any("“" in row for row in grid(d.app))


async def test_the_rehearsals_offered_at_home_tell_what_is_tried_out(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await d.press("f8")
        offered = scenario.list_shipped("en")
        assert len(offered) == len(list(PLAYS.glob("*.toml")))
        one = next(o for o in offered if o.kit == "troika" and o.difficulty == 3)
        d.highlight("#ask-choices", str(one.path))
        await d.settle()
        assert " ".join(one.summary.split()[:3]) in " ".join(d.text.split())
        await d.press("enter")
        stage(d)
        assert d.state.kit.id == "troika"


def test_by_itself_it_leaves_a_record_where_that_is_asked_for(tmp_path: Path) -> None:
    play = scenario.load(PLAYS / "demande-claire.toml", "en")
    made = autoplay.rehearse(catalogue.find(play.kit, None), play, tmp_path / "out", SettingsStore(tmp_path / "s.toml"))
    assert {path.suffix for path in made} == {".toml", ".md"}
    assert not list(private_dirs.of(tmp_path, "notebook").parent.glob("*")), "nobody led: no notebook"


# -- the first two minutes


async def test_the_first_start_offers_two_minutes_gesture_by_gesture(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        assert "First time?" in d.text
        await d.press("enter")
        screen = stage(d)
        tour = screen._rehearsal.tour
        assert tour is not None
        assert screen._rehearsal.speed == 1

        async def tried(*keys: str) -> None:
            before = tour.number
            await d.press(*keys)
            screen.beat()
            await d.settle()
            assert tour.number == before + 1, tour.hint_text({})

        await tried("f8")
        await passes(d, 0.3)
        assert "early" in d.message()
        await tried("f4", "enter")
        assert d.state.in_section("parking")[0].by == "Marc"
        await passes(d, 0.4)
        await tried("f11")
        await tried("f5")
        await tried("f8")
        await tried("ctrl+u", "escape")
        await tried("f2")
        await passes(d, 0.5)
        await tried("f11")
        await tried("ctrl+o")
        await tried("f8")
        await tried("f11")
        await tried("f8")
        await d.press("f8", "f3")
        d.on_screen(DebriefScreen)
        await d.press("ctrl+b")
        d.on_screen(HomeScreen)
        await d.settle()
        assert "First time?" not in d.text


async def test_home_helps_to_choose(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await d.press("f9")
        await d.insert("35 minutes, five people, a clear request")
        await d.settle()
        shown = " ".join(d.text.split())
        assert "Understood" in shown
        assert "5 people" in shown
        assert next(iter(d.options("#ask-choices"))) == "flash-groupe:"
        await d.press("enter")
        screen = d.on_screen(SetupScreen)
        await d.settle()
        assert screen.plan.kit == "flash-groupe"
