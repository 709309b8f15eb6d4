"""The figures' screen: what is drawn is true, nothing is cut off, and a broken record keeps none of it back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.archive import made
from tests.archive.test_record_file import RECORDS
from tests.examples import examples
from tests.tui.app_driver import Driver, grid, running

from entraide_tui.archive import figures, record_file
from entraide_tui.archive import model as m
from entraide_tui.archive.figures import Month
from entraide_tui.common import i18n
from entraide_tui.common.i18n import LANGUAGES
from entraide_tui.common.text import clean, visible
from entraide_tui.tui.screens.figures import FiguresScreen, Picture, read
from entraide_tui.tui.screens.home import HomeScreen
from entraide_tui.tui.views.figures_view import bar, column, figures_lines, time_picture

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.common.workspace import Workspace

STEPS = ("Welcome", "Clarifying", "Contributions", "A round in which each of us says what comes next", "End")


def records(number: int, kit: str = "Mutual-aid workshop") -> list[m.Record]:
    """One a month; clarifying always takes longer than foreseen, the end is mostly left out."""
    out = []
    for n in range(number):
        steps = [m.StepPlayed(f"s{i}", title, 900, 1080 + 60 * (n % 2)) for i, title in enumerate(STEPS[:-1])]
        end = m.StepPlayed("end", STEPS[-1], 300, 280 if n == 0 else 0, 0, "done" if n == 0 else "skipped")
        day = datetime.date(2026, 1 + n, 9)
        out.append(
            m.Record(
                id=f"{day}-talk-aaaa", title="Talk", date=day, kit=m.KitUsed("k", 1, kit), steps=(*steps, end),
                request=m.Request("How?"), themes=("Lending",),
                people=m.People("Awa", "Jean"), actions=(m.PlannedAction("Call", "Awa", status="done"),),
            )
        )  # fmt: skip
    return out


def put(workspace: Workspace, every: list[m.Record]) -> None:
    """Into the group's folder."""
    folder = workspace.sessions / "2026"
    folder.mkdir(parents=True, exist_ok=True)
    for record in every:
        (folder / f"{record.id}.toml").write_text(record_file.dumps(record), "utf-8")


async def opened(d: Driver) -> Picture:
    """The screen, drawn."""
    d.app.push_screen(FiguresScreen(d.app.context, read(d.app.context.workspace, datetime.date(2040, 1, 1))))
    await d.settle()
    return d.on_screen(FiguresScreen).query_one(Picture)


async def test_what_is_drawn_is_true_and_about_nobody(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        put(d.app.context.workspace, records(5))
        (d.app.context.workspace.sessions / "2026" / "2026-07-01-torn-zzzz.toml").write_text("format = ", "utf-8")
        picture = await opened(d)
        text = "\n".join(line.plain for line in picture.lines(100))
        assert "Mutual-aid workshop  5 sessions" in text
        assert "Foreseen 15, usually 18: 18 to 19 would have been right." in text
        assert "Left out 4 times of 5." in text
        assert "Actions: 5 planned; 5 done, 0 dropped, 0 open." in text
        assert "5 sessions  Lending" in text
        assert "1 record can’t be read and is left out." in d.shown("#about")
        assert "Awa" not in text
        assert "Jean" not in text
        await d.press("ctrl+b")
        d.on_screen(HomeScreen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_all_of_it_can_be_read_in_any_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(tmp_path, size=size) as d:
        put(d.app.context.workspace, records(4))
        picture = await opened(d)
        lines = [line.plain.rstrip() for line in picture.lines(picture.content_size.width)]
        seen: list[str] = []
        top = d.app.screen.query_one("#centre")
        for at in range(0, len(lines), 2):
            top.scroll_to(y=at, animate=False, immediate=True)
            await d.pilot.pause()
            seen += grid(d.app)
        shown = "\n".join(row.strip(" ▁▂▃▄▅▆▇█▎▊") for row in seen)
        for line in lines:
            assert line.strip(" ▁▂▃▄▅▆▇█▎▊") in shown
            assert len(line) <= picture.content_size.width


async def test_no_window_is_too_small_to_survive(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        put(d.app.context.workspace, records(4))
        await opened(d)
        for size in ((200, 60), (24, 8), (20, 5), (4, 2), (1, 1), (120, 40)):
            await d.resize(*size)
            assert len(grid(d.app)) == size[1]
        await d.press("f1")
        assert d.asking()


async def test_a_group_without_records_is_told_what_will_stand_here(tmp_path: Path) -> None:
    async with running(tmp_path) as d:
        picture = await opened(d)
        assert picture.lines(80) == []
        assert d.shown("#about") == "No record yet. What your workshops show will stand here."


HOSTILE = m.Record("x", "x", datetime.date(1, 1, 1), kit=m.KitUsed(made.HOSTILE[:40], title=clean(made.HOSTILE)))
SECONDS = st.sampled_from([0, 29, 540, 60_000, 599_970, 6_000_000, 2**53])


def within(every: list[m.Record], width: int) -> None:
    """All that is drawn of these records is text, within the width."""
    for language in LANGUAGES:
        with i18n.using_language(language):
            for line in figures_lines(figures.of(every), width):
                assert "\n" not in line.plain
                assert visible(line.plain) == line.plain
                assert line.cell_length <= max(width, 24), line.plain


@examples(10, any_size=True)
@given(every=st.lists(RECORDS, max_size=2), width=st.sampled_from([20, 36, 56, 76, 112]))
@example(every=[m.Record("a", "a", datetime.date(2000, 1, 1))], width=36)
def test_any_records_are_drawn_as_text_within_the_width(every: list[m.Record], width: int) -> None:
    within([*every, HOSTILE], width)


@examples(30)
@given(
    days=st.lists(st.dates(), min_size=1, max_size=3),
    steps=st.lists(st.tuples(SECONDS, SECONDS, SECONDS), min_size=1, max_size=3),
    title=st.sampled_from(["End", "漢字" * 12, "Une étape dont le titre est bien trop long pour une ligne"]),
    width=st.integers(24, 130),
)
def test_any_years_and_minutes_are_drawn_within_the_width(
    days: list[datetime.date], steps: list[tuple[int, int, int]], title: str, width: int
) -> None:
    every = [
        m.Record(f"{n}-{turn}", "Talk", day, kit=m.KitUsed("k"),
                 steps=tuple(m.StepPlayed(f"s{i}", title, one[0], one[turn]) for i, one in enumerate(steps)))
        for n, day in enumerate(days) for turn in (1, 2)
    ]  # fmt: skip
    within(every, width)


def test_bars_and_columns_keep_the_proportions() -> None:
    assert bar(10, 20, 10, upper=True) == "▀▀▀▀▀"
    assert bar(11, 20, 10, upper=False) == "▄▄▄▄▄▖"
    assert bar(0.1, 1000, 10, upper=True) == "▘"
    assert bar(0, 0, 10, upper=True) == ""
    assert column(4, 4, 2) == ["██", "██"]
    assert column(2, 4, 2) == ["  ", "██"]
    assert column(1, 4, 2) == ["  ", "▄▄"]
    assert column(0, 4, 2) == ["  ", "  "]
    assert column(1, 1000, 1) == ["▁▁"]


def test_the_years_stand_below_their_months() -> None:
    months = (Month(2025, 12, 1), Month(2026, 2, 3, 1, 2, 3, 4))
    lines = [line.plain for line in time_picture(figures.Figures(months=months), 80)]
    letters = next(n for n, line in enumerate(lines) if line.strip().startswith("D"))
    assert lines[letters].split() == ["D", "J", "F"]
    assert lines[letters + 1].strip() == "2026"
    assert lines[letters + 1].index("2") == lines[letters].index("J")
    assert lines[-1] == "Actions: 9 planned; 2 done, 3 dropped, 4 open."
