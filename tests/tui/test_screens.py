"""Home, set-up, the page, settings: what each shows and what each key does there."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from tests.tui.app_driver import GROUP, NINE, Driver, leading, running, session, workspace

from entraide_tui.common.clock import InventedClock
from entraide_tui.common.settings import Settings, SettingsStore
from entraide_tui.common.workspace import Group, Workspace
from entraide_tui.kits import catalogue
from entraide_tui.rehearsal import scenario
from entraide_tui.session import closing, to_record
from entraide_tui.session.live_session import LiveSession
from entraide_tui.tui.app import EntraideApp
from entraide_tui.tui.screens.closing import ClosingScreen
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.screens.live import LiveScreen
from entraide_tui.tui.screens.page import PageScreen
from entraide_tui.tui.screens.settings import SettingsScreen
from entraide_tui.tui.screens.setup import SetupPlan, SetupScreen
from entraide_tui.widgets.keymap import HOME, actions_on
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures

RECORD = """\
format = 1
id = "2026-10-01-readers-k7qm"
title = "More readers"
date = 2026-10-01
language = "en"
kit = { id = "atelier-entraide", version = 1, title = "Mutual-aid workshop" }
[people]
offeror = "Awa"
[request]
text = "How do we begin?"
[[actions]]
what = "Call the market"
who = "Awa"
due = 2026-11-01
status = "open"
[[actions]]
what = "Write the letter"
who = "Marc"
due = 2026-12-05
status = "open"
"""


def records(folder: Path) -> Path:
    """A workspace with a good record and a broken one."""
    sessions = workspace(folder).sessions / "2026"
    sessions.mkdir()
    (sessions / "2026-10-01-readers-k7qm.toml").write_text(RECORD, "utf-8")
    (sessions / "2026-09-01-torn-zzzz.toml").write_text("format = [", "utf-8")
    return sessions


# -- home


async def test_home_shows_what_is_due_first_what_is_late(tmp_path: Path) -> None:
    records(tmp_path)
    async with running(tmp_path) as d:
        due = d.shown("#due").splitlines()
        assert due[0] == "▲ 2026-11-01 Awa Call the market"
        assert due[1] == "· 2026-12-05 Marc Write the letter"


async def test_home_opens_a_page_of_the_past_and_comes_back(tmp_path: Path) -> None:
    path = records(tmp_path) / "2026-10-01-readers-k7qm.toml"
    async with running(tmp_path) as d:
        await d.choose("#doors", f"record:{path}")
        d.on_screen(PageScreen)
        assert "How do we begin?" in d.text
        await d.press("ctrl+b")
        d.on_screen(HomeScreen)


async def test_a_broken_record_is_shown_with_its_file_and_place(tmp_path: Path) -> None:
    path = records(tmp_path) / "2026-09-01-torn-zzzz.toml"
    async with running(tmp_path) as d:
        assert "✗ 2026-09-01-torn-zzzz.toml" in d.text
        await d.choose("#doors", f"record:{path}")
        d.on_screen(PageScreen)
        assert "2026-09-01-torn-zzzz.toml" in d.shown("#page")


async def test_home_resumes_an_open_workshop_where_it_was(tmp_path: Path) -> None:
    workspace(tmp_path)
    clock = InventedClock(0.0, NINE)
    before = session(tmp_path, clock, at="demande")
    before.do(e.TextSet(at=0, name="request.text", text="How?"))
    before.leave()
    clock.advance(60)
    async with running(tmp_path, clock=clock) as d:
        assert "Resume" in d.text
        await d.choose("#doors", f"open:{before.path.stem}")
        d.on_screen(LiveScreen)
        assert d.state.current == "demande"
        assert d.state.text("request.text") == "How?"
        assert "Did the group go on?" in d.message()


async def test_a_workshop_that_somebody_else_leads_is_looked_at(tmp_path: Path) -> None:
    workspace(tmp_path)
    clock = InventedClock(0.0, NINE)
    leader = session(tmp_path, clock, at="demande")
    leader.flush()
    async with running(tmp_path, clock=clock) as d:
        await d.choose("#doors", f"open:{leader.path.stem}")
        assert d.live.only_looking
        assert "has this workshop open" in d.message()
    leader.leave()


# -- set-up


async def test_a_workshop_is_prepared_and_begun(tmp_path: Path) -> None:
    Workspace(tmp_path).make(Group("Readers", ("Inès", "Marc"), "en"))
    async with running(tmp_path) as d:
        await d.press("f2")
        setup = d.on_screen(SetupScreen)
        await d.choose("#kits", "preset:court")
        await d.choose("#kits", f"option:{setup._kits[0].options[0].id}")
        await d.focus("#title-line")
        await d.enter("Finding readers")
        await d.enter("10h15")
        assert d.shown("#end-understood") == "the promised end is 10:15"
        await d.enter("Jean, Awa")
        await d.insert("in")
        await d.press("right", "enter")
        assert [s.name for s in setup.plan.seats] == ["Jean", "Awa", "Inès"]
        d.highlight("#people", "1")
        await d.press("f4")
        assert setup.plan.seats[1].role == "offeror"
        await d.choose("#people", "2")
        assert not setup.plan.seats[2].present
        assert "expected later" in d.text
        assert "Started now, it ends at" in d.shown("#preview")
        assert "to spare" in d.shown("#preview")
        kit = setup.kit
        await d.press("f8")
        d.on_screen(LiveScreen)
        assert d.state.kit == kit
        assert d.state.title == "Finding readers"
        assert d.state.promised == 75 * 60
        assert [(p.name, p.role, p.presence) for p in d.state.people] == [
            ("Jean", "facilitator", "present"), ("Awa", "offeror", "present"), ("Inès", "contributor", "expected"),
        ]  # fmt: skip
        assert d.state.group == "Readers"


async def test_a_person_is_removed_and_roles_stay_single(tmp_path: Path) -> None:
    async with running(tmp_path, plan=SetupPlan(kit="atelier-entraide", seats=GROUP)) as d:
        setup = d.on_screen(SetupScreen)
        await d.focus("#people")
        d.highlight("#people", "2")
        await d.press("space")
        # both other roles are somebody else's: nobody loses one unseen
        assert [s.role for s in setup.plan.seats[:3]] == ["facilitator", "offeror", "contributor"]
        d.highlight("#people", "1")
        await d.press("space")
        d.highlight("#people", "2")
        await d.press("space")
        assert [s.role for s in setup.plan.seats[:3]] == ["facilitator", "contributor", "offeror"]
        d.highlight("#people", "4")
        await d.press("f7")
        assert [s.name for s in setup.plan.seats] == ["Jean", "Awa", "Inès", "Marc"]
        await d.press("ctrl+b")
        d.on_screen(HomeScreen)
        assert not list(d.app.context.workspace.sessions.rglob("*.journal"))


async def test_an_end_that_is_too_early_is_said_before_one_begins(tmp_path: Path) -> None:
    async with running(tmp_path, plan=SetupPlan(kit="atelier-entraide", end="9:30")) as d:
        assert "1 h after the promised end" in " ".join(d.shown("#preview").split())


async def test_a_broken_kit_is_said_and_the_others_can_be_played(tmp_path: Path) -> None:
    folder = workspace(tmp_path).kits
    (folder / "own.toml").write_text("format = [", "utf-8")
    async with running(tmp_path, plan=SetupPlan()) as d:
        assert "own.toml" in d.shown("#setup-message")
        assert "kit:atelier-entraide" in d.options("#kits")


# -- the page


async def to_the_page(d: Driver) -> ClosingScreen:
    """From the last step."""
    await d.press("f8", "f8")
    return d.on_screen(ClosingScreen)


async def test_what_a_reader_would_miss_is_said_and_mended_on_the_spot(tmp_path: Path) -> None:
    async with leading(tmp_path, "cloture") as d:
        await to_the_page(d)
        assert "◇ The request is empty." in d.message()
        assert "You can close all the same: F3." in d.message()
        await d.choose("#sections", "demande")
        await d.insert("How do we begin?")
        await d.press("f6", "f6")
        await d.choose("#sections", "plan")
        assert "The request is empty." not in d.message()
        assert "How do we begin?" in d.shown("#page")
        await d.enter("Call the market")
        await d.focus("#a-idea")
        await d.press("enter")
        assert "Call the market" in d.shown("#page")
        await d.press("ctrl+o")
        assert "Call the market" not in d.shown("#page")


async def test_one_goes_back_to_the_workshop_and_nothing_is_lost(tmp_path: Path) -> None:
    async with leading(tmp_path, "cloture") as d:
        await to_the_page(d)
        await d.focus("#title-line")
        await d.insert(" today")
        await d.press("ctrl+b")
        d.on_screen(LiveScreen)
        assert d.state.title == "More readers today"


async def test_contributions_are_added_and_what_is_too_much_goes_to_an_annex(tmp_path: Path) -> None:
    async with leading(tmp_path, "cloture") as d:
        d.live.do(e.TextSet(at=0, name="request.text", text="How do we begin? " * 150))
        for number in range(40):
            text = f"Idea {number} " + "word " * 20
            d.live.do(e.Written(at=0, item=f"x{number}", section="contributions", text=text, by="Marc", kind="idea"))
        await to_the_page(d)
        assert "Idea 39" not in d.shown("#page")
        await d.press("f5")
        assert "Idea 39" in d.shown("#page")
        assert "More than one page" in d.message()
        await d.press("f6")
        assert "In the annex" in d.message()
        await d.press("f3")
        (page,) = d.app.context.workspace.sessions.rglob("*.md")
        assert "Idea 39" in page.read_text("utf-8")


async def test_the_page_is_written_and_the_journal_goes(tmp_path: Path) -> None:
    async with leading(tmp_path, "cloture") as d:
        journal = d.live.path
        await to_the_page(d)
        await d.press("f3")
        d.on_screen(HomeScreen)
        assert "Written:" in d.message()
        assert not journal.exists()
        assert len(list(d.app.context.workspace.sessions.rglob("*.toml"))) == 1
        assert d.app.live is None


async def test_a_page_that_cant_be_written_leaves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with leading(tmp_path, "cloture") as d:
        await to_the_page(d)

        def refuse(_path: Path, _data: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(closing, "write_atomically", refuse)
            await d.press("f3")
            d.on_screen(ClosingScreen)
            assert "the disk is full" in d.message()
            assert "Nothing is lost" in d.message()
            assert d.live.path.exists()
        await d.press("f3")
        d.on_screen(HomeScreen)
        assert len(list(d.app.context.workspace.sessions.rglob("*.toml"))) == 1


async def test_each_offeror_has_a_page(tmp_path: Path) -> None:
    people = (e.Seat("Awa"), e.Seat("Marc"))
    async with leading(tmp_path, "cloture", kit="flash-binome", people=people) as d:
        for step in ("demande", "demande#2", "cloture"):
            d.live.do(gestures.jump(d.state, d.live.now(), step))
        await to_the_page(d)
        assert len(to_record.rounds(d.state)) == 2
        assert "page 1 of 2" in d.shown("#ends")
        await d.press("f4")
        assert "page 2 of 2" in d.shown("#ends")
        await d.press("f3")
        assert len(list(d.app.context.workspace.sessions.rglob("*.toml"))) == 2


async def test_leaving_from_the_page_keeps_the_title_that_was_typed(tmp_path: Path) -> None:
    async with leading(tmp_path, "cloture") as d:
        live = d.live
        await to_the_page(d)
        await d.focus("#title-line")
        await d.insert("!")
        d.app.leave(143)
        await d.pilot.pause()
    again = LiveSession.resume(live.path, live.clock)
    assert again.state.title == "More readers!"
    again.leave()


# -- settings


async def test_a_key_is_changed_and_works_on_the_next_screen(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await d.press("f6")
        d.on_screen(SettingsScreen)
        await d.choose("#settings", "key:new")
        assert "Press the new key" in d.message()
        await d.press("f11")
        assert d.app.context.settings.keys == {"new": "f11"}
        assert SettingsStore.load().values.keys == {"new": "f11"}
        await d.press("ctrl+b")
        await d.press("f11")
        d.on_screen(SetupScreen)


async def test_a_key_that_is_taken_or_impossible_is_refused(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await d.press("f6")
        await d.choose("#settings", "key:next")
        await d.press("f5")
        assert "F5 is taken twice" in d.message()
        await d.choose("#settings", "key:next")
        await d.press("a")
        assert "can't be used as a key" in d.message()
        await d.choose("#settings", "key:next")
        await d.press("escape")
        assert d.app.context.settings.keys == {}


async def test_a_default_key_comes_back(tmp_path: Path) -> None:
    settings = Settings(keys={"next": "f11"})
    async with running(tmp_path, settings=settings) as d:
        await d.press("f6")
        d.highlight("#settings", "key:next")
        await d.press("f7")
        assert d.app.context.settings.keys == {}


async def test_sound_and_the_discreet_clock_are_kept_for_the_next_time(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await d.press("f6")
        await d.choose("#settings", "sound")
        await d.choose("#settings", "discreet")
        assert SettingsStore.load().values == Settings(sound=True, discreet=True)


async def test_a_rehearsal_keeps_what_the_settings_hold(tmp_path: Path) -> None:
    store = SettingsStore.load()
    store.file.parent.mkdir(parents=True, exist_ok=True)
    store.file.write_text('sound = true\n[keys]\npause = "ctrl+z"\npark = "ctrl+w"\n', "utf-8")
    play = scenario.load(catalogue.shipped_folder() / "scenarios" / "troika.toml", "en")
    app = EntraideApp(
        workspace(tmp_path),
        settings=SettingsStore.load(),
        rehearsing=(catalogue.find("troika", None), play, 10.0, None),
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.context.settings.keys == {"pause": "ctrl+z", "park": "ctrl+w"}
        await pilot.press("ctrl+l")
    held = SettingsStore.load().values
    assert held.sound
    assert held.keys == {"pause": "ctrl+z", "park": "ctrl+w"}
    assert [*held.guidance_levels.values()] == [{"troika": "key-words"}]


async def test_a_bad_key_costs_only_itself_and_is_said_wherever_one_begins(tmp_path: Path) -> None:
    keys = {"nope": "f3", "pause": "ctrl+z", "next": "ctrl+w", "skip": "ctrl+w"}
    async with running(tmp_path, settings=Settings(keys=keys), plan=SetupPlan()) as d:
        assert d.app.context.settings.keys == {"pause": "ctrl+z", "next": "ctrl+w"}
        (notice,) = [n.message for n in d.app._notifications]
        assert "nope" in notice
        assert "Ctrl+W is taken twice" in notice


@pytest.mark.parametrize("key", ["f1", "ctrl+p"])
async def test_help_and_palette_open_on_every_screen(tmp_path: Path, key: str) -> None:
    records(tmp_path)
    async with running(tmp_path) as d:
        for opening in ("", "f2", "f6"):
            if opening:
                await d.press(opening)
            await d.press(key)
            assert d.asking()
            await d.press("escape")
            assert not d.asking()
            if opening:
                await d.press("ctrl+b")
        d.on_screen(HomeScreen)


async def test_a_question_mark_explains_every_key_and_is_a_letter_in_a_text(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        await d.press("question_mark")
        shown = " ".join(d.options("#ask-choices").values())
        for action in actions_on(HOME):
            if action.id not in ("help", "palette"):
                assert action.help in shown
        await d.press("escape", "f2")
        await d.focus("#title-line")
        await d.press("question_mark")
        assert d.line("#title-line").value == "?"
