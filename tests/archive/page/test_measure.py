"""Whether the page holds on one A4 sheet, and what becomes of what does not."""

from __future__ import annotations

import dataclasses
import datetime
import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.archive.page.content import Block, Kind, blocks
from entraide_tui.archive.page.measure import LINES, WIDTH, fit, lines_of
from entraide_tui.archive.page.options import Options
from entraide_tui.common.i18n import using_language


def long(words: int) -> str:
    """So many words."""
    return "comité " * words


@example(words=["a" * 30] * 40, kind="text")
@example(words=["a" * 200] * 9, kind="entry")
@examples(50)
@given(
    words=st.lists(st.text("abé-'’ ", min_size=1, max_size=30), max_size=60),
    kind=st.sampled_from(["title", "heading", "text", "entry", "detail"]),
)
def test_the_measure_counts_at_least_the_lines_that_the_text_takes(words: list[str], kind: Kind) -> None:
    text = " ".join(words)
    width = WIDTH - (4 if kind in ("entry", "detail") else 0)
    assert lines_of(Block(kind, text)) >= len(textwrap.wrap(text, width, break_on_hyphens=False))


def test_an_ordinary_page_holds_on_one_sheet_and_a_long_one_names_what_does_not() -> None:
    sheet = fit(blocks(full()), annex=False)
    assert sheet.overflow == ()
    assert sheet.annex == []
    assert sheet.lines <= LINES
    assert sheet.page == blocks(full())
    with using_language("en"):
        record = dataclasses.replace(full(), request=m.Request("Comment ?", long(900)))
        told = fit(blocks(record), annex=False)
        assert told.overflow == ("the situation",)
        assert told.page == blocks(record)
        assert told.annex == []
        assert told.lines > LINES
        split = fit(blocks(record), annex=True)
        assert split.overflow == told.overflow
        assert [b.text for b in split.annex] == [long(900)]
        assert split.lines <= LINES


@pytest.mark.parametrize("field", ["title", "request", "idea", "action", "follow_up", "people"])
def test_a_text_of_the_core_that_is_too_long_is_named_and_goes_on_in_the_annex(field: str) -> None:
    text = long(1200).strip()
    changes: dict[str, object] = {
        "title": {"title": text},
        "request": {"request": m.Request(text)},
        "idea": {"ideas": (m.Idea(text),)},
        "action": {"actions": (m.PlannedAction(text),)},
        "follow_up": {"follow_up": m.FollowUp(None, text)},
        "people": {"people": m.People("Awa", "Jean", tuple(f"Personne {n} de la salle" for n in range(400)))},
    }[field]  # type: ignore[assignment]
    with using_language("en"):
        record = dataclasses.replace(full(), **changes)  # type: ignore[arg-type]
        told = fit(blocks(record), annex=False)
        assert told.overflow
        split = fit(blocks(record), annex=True)
    assert split.lines <= LINES
    assert any(text in b.text or "Personne 399" in b.text for b in split.annex)
    assert any(b.text.endswith("…") and len(b.text) <= 160 for b in split.page)


def test_first_steps_never_stand_under_the_action_of_another() -> None:
    actions = tuple(m.PlannedAction(f"action {n} {long(20)}", first_step=f"pas {n} {long(9)}") for n in range(1, 20))
    sheet = fit(blocks(dataclasses.replace(full(), actions=actions)), annex=True)
    assert sheet.lines <= LINES
    last = ""
    shown = 0
    for block in sheet.page:
        if block.kind == "entry" and block.text.startswith("action"):
            last = block.text.split()[1]
            shown += 1
        elif block.kind == "detail":
            assert f"pas {last} " in block.text
    assert shown >= 3


def test_a_request_of_empty_lines_does_not_push_the_page_over() -> None:
    record = m.Record("r", "t", datetime.date(2026, 11, 21), request=m.Request("\n" * 60))
    sheet = fit(blocks(record), annex=True)
    assert sheet.lines <= LINES
    assert sheet.annex


@examples(20, any_size=True)
@given(record=RECORDS, times=st.integers(1, 60), more=st.booleans())
def test_with_the_annex_any_page_holds_and_nothing_is_lost(record: m.Record, times: int, more: bool) -> None:
    larger = dataclasses.replace(
        record,
        request=m.Request(record.request.text * times, (record.request.context + " ") * times),
        ideas=record.ideas * (times // 9 + 1),
        actions=record.actions * (times // 9 + 1),
        notes=record.notes * times,
    )
    every = blocks(larger, Options(contributions=more, learnings=more, notes=more))
    plain, split = fit(every, annex=False), fit(every, annex=True)
    assert plain.page == every
    assert split.lines == sum(lines_of(b) for b in split.page) <= LINES
    assert bool(plain.overflow) is (plain.lines > LINES) is bool(split.annex)
    assert plain.overflow == split.overflow
    kept = [b for b in every if b.kind != "heading"]
    for block in kept:
        assert block in split.page or block in split.annex
