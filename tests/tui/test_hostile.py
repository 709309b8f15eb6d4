"""Whatever people type, paste or put in a kit is text: no markup, no order to the terminal, no link."""

from __future__ import annotations

import tomllib
import unicodedata
from typing import TYPE_CHECKING

import pytest
from tests.tui.app_driver import NINE, Driver, in_journal, leading, running, session, workspace

from entraide_tui.common.clock import InventedClock
from entraide_tui.common.text import clean
from entraide_tui.kits.model import Card, FormField, Kit, Minutes, Preset, Roles, Step
from entraide_tui.tui.screens.closing import ClosingScreen
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.widgets.line import LineField
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = {
    "markup": "[bold red]x[/] [/nope] [Moi] [@click=app.quit]x[/] \\\\",
    "controls": "\x1b[31mred \x1b]52;c;eA==\x07 \x9b31m\x9d52;c;eA==\x9c\x00\x7f \u202eabc\u202c \u2066d\u2069",
    "long": "x" * 100_000,
    "composed": "👩‍👩‍👧‍👦 e\u0301a\u0300\u0323 n\u0303",
}
ANY = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
ON_EVERY_CARD = pytest.mark.parametrize(
    "text",
    [
        *(pytest.param(text, id=name) for name, text in HOSTILE.items() if name != "long"),
        pytest.param("x" * 10_000, id="long"),
        pytest.param(HOSTILE["long"], id="longest", marks=pytest.mark.campaign),
    ],
)


def no_order(d: Driver) -> None:
    """Nothing that reaches the terminal as text can be an order to it, or turn the reading round."""
    for strip in d.app.screen._compositor.render_strips():
        for segment in strip:
            assert not segment.control
            for char in segment.text:
                assert unicodedata.category(char) not in ("Cc", "Cs")
                assert char not in "\u202a\u202b\u202d\u202e\u2066\u2067"
            assert segment.style is None or not segment.style.link
            assert "@click" not in (segment.style.meta if segment.style else {})


def beginning(text: str) -> str:
    """What must be seen of it, however narrow the place."""
    return clean(text).strip()[:6].strip()


def hostile_kit(text: str) -> Kit:
    """A kit whose every text is that."""
    text = clean(text)[:5000]  # about what the door for kits lets in
    fields = (FormField("word", "text", text), FormField("again", "choice", text, choices=(text, "no")))
    minutes = Minutes(1, 5, 9)
    return Kit(
        format=1,
        id="hostile",
        version=1,
        title=text,
        summary=text,
        roles=Roles(offeror=text, facilitator=text, contributor=text),
        presets=(Preset("p", text),),
        steps=(
            Step(
                "one", text, purpose=text, minutes=minutes, say=[text], watch=[text], avoid=[text], turns="round",
                speaks=("contributor",), roles=Roles(offeror=text, facilitator=text, contributor=text),
                card=Card("list", "contributions", prompt=text),
            ),
            Step("two", text, card=Card("form", "feelings", prompt=text, of="each", fields=fields)),
            Step("three", text, card=Card("text", "request", prompt=text)),
        ),
    )  # fmt: skip


@ANY
async def test_a_kits_texts_and_names_and_the_title_are_shown_as_text(tmp_path: Path, text: str) -> None:
    name = clean(text)[:5000]
    people = (e.Seat(name, "facilitator"), e.Seat(f"{name} 2", "offeror"), e.Seat(f"{name} 3"))
    async with leading(tmp_path, kit=hostile_kit(text), people=people, title=name) as d:
        no_order(d)
        for _step in range(3):
            await d.press("f8")
            no_order(d)
            assert beginning(text) in d.text
        for panel in ("ctrl+g", "ctrl+n"):
            await d.press(panel)
            no_order(d)
            assert beginning(text) in d.text
            await d.press("escape")
        await d.resize(80, 24)
        no_order(d)
        await d.press("f8", "f8")
        assert isinstance(d.app.screen, ClosingScreen)
        no_order(d)
        assert beginning(text) in d.text


async def test_a_hundred_thousand_letters_in_one_entry_are_kept_and_shown(tmp_path: Path) -> None:
    text = HOSTILE["long"]
    async with leading(tmp_path, "tour") as d:
        await d.paste(text)
        await d.press("enter")
        assert d.state.in_section("topics")[0].text == text
        assert beginning(text) in d.text
        no_order(d)
        assert d.live.flush()
        assert in_journal(d.live)[-1] == d.live.history[-1]
        assert text in str(in_journal(d.live)[-1])


@ON_EVERY_CARD
async def test_what_is_typed_or_pasted_on_any_card_is_kept_and_shown_as_text(tmp_path: Path, text: str) -> None:
    kept = clean(text).strip()
    async with leading(tmp_path, "tour") as d:
        folder = d.app.context.workspace.sessions
        await d.paste(text)
        await d.press("enter")
        assert d.state.in_section("topics")[0].text == kept
        assert beginning(text) in d.text
        no_order(d)
        await d.press("f4")
        await d.paste(text)
        await d.press("enter")
        assert d.state.in_section("parking")[0].text == kept
        await d.press("ctrl+k")
        await d.paste(text)
        await d.press("enter")
        assert d.state.text("notes.tour") == kept
        await d.press("f7", "ctrl+e")
        await d.paste(text)
        await d.press("enter")
        tour = d.state.play("tour")
        assert tour is not None
        assert tour.reason == kept
        no_order(d)
        await d.ask("ctrl+g", choice="demande")
        await d.paste(text)
        await d.press("f8")
        assert d.state.text("request.text") == clean(text, lines=True)
        assert d.state.current == "contributions"
        no_order(d)
        line = d.line("#line")
        line.value = text  # as if each letter had been typed
        await d.press("enter")
        item = d.state.in_section("contributions")[0]
        assert item.text == kept
        await d.press("f8")
        await d.choose("#entries", item.id)
        no_order(d)
        await d.press("f8")
        await d.paste(text)
        await d.press("enter", "enter")
        await d.paste(text)
        no_order(d)
        await d.press("enter", "enter", "enter")
        assert d.state.actions[0].what == kept
        await d.ask("ctrl+g", choice="ressenti")
        speaker = d.state.turn.speaker
        await d.paste(text)
        await d.press("ctrl+f", "f8")
        assert d.state.answers[("ressenti", speaker, d.state.kit.steps[11].card.fields[0].id)] == kept  # type: ignore[union-attr]
        no_order(d)
        await d.press("f8", "f8")
        assert isinstance(d.app.screen, ClosingScreen)
        no_order(d)
        await d.press("f3")
        assert isinstance(d.app.screen, HomeScreen), d.message()[:500]
        no_order(d)
        (toml,) = folder.rglob("*.toml")
        document = tomllib.loads(toml.read_text("utf-8"))
        assert document["topics"][0]["text"] == kept
        assert document["request"]["text"] == clean(text, lines=True)
        assert document["actions"][0]["what"] == kept
        page = toml.with_suffix(".md").read_text("utf-8")
        assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in page)
        await d.choose("#doors", f"record:{toml}")
        no_order(d)


@ANY
async def test_names_and_a_title_typed_on_the_set_up_are_text(tmp_path: Path, text: str) -> None:
    async with running(tmp_path) as d:
        await d.press("f2")
        for field in ("#title-line", "#end-line", "#name-line"):
            await d.focus(field)
            await d.paste(text)
            await d.press("enter")
            no_order(d)
        assert beginning(text) in d.text
        await d.press("f8")
        no_order(d)
        assert d.state.title == clean(text).strip()
        assert d.state.people
        assert clean(text).replace(";", ",").split(",")[0].strip() == d.state.people[0].name


async def test_a_journal_that_others_wrote_is_cleaned_before_it_is_shown(tmp_path: Path) -> None:
    workspace(tmp_path)
    live = session(tmp_path, InventedClock(0.0, NINE), title="\x1b[31m\u202e", at="clarification")
    live.do(e.Arrived(at=0, name="\x9b31mZoé"))
    async with running(tmp_path, live) as d:
        no_order(d)
        assert "␛[31m" in d.text


async def test_a_paste_never_presses_a_key(tmp_path: Path) -> None:
    async with leading(tmp_path, "tour") as d:
        await d.paste("\none\r\ntwo\x1b[19~\x1bOP\n")
        assert d.line("#line").value.startswith("one two␛[19~")
        assert d.state.current == "tour"
        assert not d.state.in_section("topics")
        assert isinstance(d.focused, LineField)
