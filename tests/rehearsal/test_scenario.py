"""The way in for scenarios, and what a step that they do not name is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from entraide_tui.common.errors import UserError
from entraide_tui.rehearsal import scenario

if TYPE_CHECKING:
    from pathlib import Path

PLAY = """\
format = 1
kit = "mine"
title = "A play"
[people]
offeror = "Awa"
[[steps]]
id = "ask"
takes = 2
text = "Help!"
[[steps]]
id = "sort"
pick = ["a"]
reworded = [""]
[[steps]]
id = "ask"
takes = 3
"""


def load(text: str, folder: Path) -> scenario.Scenario:
    path = folder / "play.toml"
    path.write_bytes(text.encode())
    return scenario.load(path)


def test_a_step_played_twice_has_a_scene_for_each_time(tmp_path: Path) -> None:
    play = load(PLAY, tmp_path)
    assert [play.scene("ask", n).takes for n in range(3)] == [2, 3, None]
    assert play.scene("ask", 0).text == "Help!"


def test_a_step_that_is_not_named_takes_its_usual_time_and_stays_empty(tmp_path: Path) -> None:
    assert load(PLAY, tmp_path).scene("other", 0) == scenario.Scene("other")


@pytest.mark.parametrize(
    ("old", "new", "line", "place"),
    [
        ("takes = 2", "taks = 2", 8, "steps[1].taks"),
        ("takes = 2", 'takes = "2"', 8, "steps[1].takes"),
        ("format = 1", "format = 2", 1, "format"),
        ("Help!", "Help\\u001b[2J", 9, "steps[1].text"),
        ('title = "A play"\n', "", 0, "title"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_fault_is_told_with_its_line(*, old: str, new: str, line: int, place: str, end: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(PLAY.replace(old, new, 1).replace("\n", end), tmp_path)
    assert [(f.line, f.place) for f in caught.value.findings] == [(line, place)]


@pytest.mark.parametrize("text", ["fr = []\n", 'en = "A play"\n', "fr = { kit = 3 }\nen = 1\n", ""])
def test_a_file_that_is_no_play_says_what_is_missing(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(text, tmp_path)
    assert {"kit", "title", "steps"} <= {found.place.rpartition(".")[2] for found in caught.value.findings}
