"""Whose open actions come first, and where what is said of them goes."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.archive import follow_up, record_file
from entraide_tui.archive import model as m
from entraide_tui.archive.open_actions import Promise, Proposal

TODAY = datetime.date(2026, 11, 21)
NAMES = ("Awa", "Inès", "Léa", "Marc", "")


def promise(number: int, who: str, offeror: str = "Léa", days: int | None = None, **changes: object) -> Promise:
    held: dict[str, object] = {
        "path": Path("x.toml"), "record": "2026-11-07-market", "date": datetime.date(2026, 11, 7), "group": "",
        "offeror": offeror, "request": "", "number": number, "what": f"action {number}", "who": who,
        "due": None if days is None else TODAY + datetime.timedelta(days=days), "first_step": "", "idea": "",
        "status": "open", "tried": "", "outcome": "", "changes": "",
    }  # fmt: skip
    return Promise(**(held | changes))  # type: ignore[arg-type]


def test_the_previous_offeror_first_then_who_is_here_then_the_rest_each_by_date() -> None:
    old: dict[str, Any] = {"record": "2026-10-01-old", "date": datetime.date(2026, 10, 1), "offeror": "Marc"}
    every = [
        promise(0, "Zoé", days=1),
        promise(1, "Marc", days=9, **old),
        promise(2, "Awa", days=3),
        promise(3, "LEA", days=5),
        promise(4, "Léa", days=2),
        promise(5, "Awa"),
        promise(6, "Awa", days=1, status="done"),
    ]
    found = follow_up.ranked(every, ["Awa", "Léa", "Marc"], TODAY)
    assert [p.number for p in found] == [4, 3, 2, 1, 5, 0]


def test_a_previous_offeror_who_is_not_here_is_not_put_first() -> None:
    every = [promise(0, "Léa", days=1), promise(1, "Awa", days=9)]
    assert [p.number for p in follow_up.ranked(every, ["Awa"], TODAY)] == [1, 0]


def test_an_action_without_a_name_is_its_offerors() -> None:
    every = [promise(0, "Awa", days=1), promise(1, "", days=9)]
    assert [p.number for p in follow_up.ranked(every, ["Awa", "Léa"], TODAY)] == [1, 0]


@examples(30)
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.none() | st.integers(-40, 40)), max_size=12),
    st.sets(st.sampled_from(NAMES[:4])),
)
def test_every_open_action_is_there_once_whoever_is_present(
    rows: list[tuple[str, str, int | None]], present: set[str]
) -> None:
    every = [promise(n, who, offeror, days) for n, (who, offeror, days) in enumerate(rows)]
    found = follow_up.ranked(every, present, TODAY)
    assert sorted(p.number for p in found) == list(range(len(rows)))


def test_a_request_that_was_prepared_brings_its_situation_along_if_it_is_still_the_same(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    record = m.Record(id="r", title="t", date=TODAY, request=m.Request("How?", "Fewer come"))
    path.write_text(record_file.dumps(record), "utf-8")

    def proposed(text: str, file: Path = path) -> Proposal:
        return Proposal(file, "r", TODAY, 0, text, "Awa")

    assert follow_up.request_of(proposed("How? ")) == {"text": "How? ", "context": "Fewer come"}
    assert follow_up.request_of(proposed("When?")) == {"text": "When?", "context": ""}
    assert follow_up.request_of(proposed("How?", tmp_path / "gone.toml")) == {"text": "How?"}
