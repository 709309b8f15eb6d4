"""The script of steps: one row for each, within its width, whatever titles and minutes come."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.archive import made
from tests.examples import examples

from entraide_tui.kits.model import Kit, Minutes, Step
from entraide_tui.widgets.step_list import StepList
from entraide_tui.workshop.fold import fold

TITLES = st.sampled_from(["Fin", "漢字" * 12, "deux\nlignes", "Une étape dont le titre est bien trop long", "👩‍⚕️ œ"])
MINUTES = st.sampled_from([0.5, 9, 99, 1000, 12_345])


@examples(30)
@given(
    steps=st.lists(st.tuples(TITLES, st.none() | MINUTES, st.none() | MINUTES), min_size=1, max_size=4),
    width=st.integers(20, 50),
)
def test_each_step_has_one_row_that_fits(steps: list[tuple[str, float | None, float | None]], width: int) -> None:
    kit = Kit(1, "k", 1, "Kit", tuple(
        Step(f"s{n}", title, minutes=None if usual is None else Minutes(usual, usual, usual))
        for n, (title, usual, _took) in enumerate(steps)
    ))  # fmt: skip
    session = fold([made.opening(kit)])
    plays = zip(session.plays, steps, strict=True)
    done = [play if took is None else replace(play, spent=took * 60, outcome="done") for play, (_t, _u, took) in plays]
    script = StepList()
    script.show(replace(session, plays=tuple(done)), 0.0, width)
    content = script.render()
    lines = content.split("\n")
    assert len(lines) == len(steps)
    assert [line.cell_length for line in lines if line.cell_length > width] == []
