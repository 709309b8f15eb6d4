"""The notebook is the facilitator's alone: outside the workspace, private, kept as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.workshop.strategies import Move, moves, openings, played

from entraide_tui.archive import notebook
from entraide_tui.archive.notebook import NotebookEntry
from entraide_tui.common import private_dirs
from entraide_tui.common.errors import UserError
from entraide_tui.workshop import debrief

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.workshop import events as e


@given(openings(), moves(), st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=3))
@examples(15)
def test_any_leaf_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, opened: e.Opened, sequence: list[Move], answers: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("group")
    history = [opened, *(one.event for one in played(opened, sequence))]
    leaf = NotebookEntry(debrief.of(history, history[-1].at), answers)
    assert notebook.read(notebook.keep(root, leaf)) == leaf


def leaf(session: str) -> NotebookEntry:
    return NotebookEntry(debrief.Debrief(session, "T", "2026-11-21", "fr", 10, 11, (), (), ()))


@pytest.mark.parametrize("session", ["2026-11-21-a", "../../x", "a/b", "CON", "x" * 300, "é"])
def test_it_lies_outside_the_workspace_for_its_owner_alone(tmp_path: Path, session: str) -> None:
    path = notebook.keep(tmp_path / "group", leaf(session))
    assert path.parent == private_dirs.of(tmp_path / "group", "notebook")
    assert not path.is_relative_to(tmp_path / "group")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert notebook.newest(tmp_path / "group") == path


def test_a_leaf_that_somebody_broke_is_told_and_a_folder_that_refuses_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = notebook.keep(tmp_path, leaf("x"))
    for text in ("[[", "format = 1", "debrief = 3"):
        path.write_text(text, "utf-8")
        with pytest.raises(UserError):
            notebook.read(path)
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("ENTRAIDE_PRIVATE", str(tmp_path / "file"))
    with pytest.raises(UserError):
        notebook.keep(tmp_path, leaf("y"))
    assert notebook.newest(tmp_path) is None
