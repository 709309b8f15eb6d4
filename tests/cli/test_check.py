"""`entraide-tui check`: one line for each doubt, what was mended, a status that a script can use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.archive.editing.test_saving import RECORD_ID, workspace
from tests.archive.test_record_file import EXPECTED

from entraide_tui import cli

if TYPE_CHECKING:
    from pathlib import Path


def check(root: Path, *words: str) -> int:
    """The status."""
    return cli.main(["--workspace", str(root), "--lang", "en", "check", *words])


def test_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, _path = workspace(tmp_path)
    assert check(own.root) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "3 files were looked at.\nAll is well.\n"


def test_each_doubt_is_one_line_and_what_can_be_mended_is_mended_when_told_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace("idea = 1", "idea = 5"))
    page = path.with_suffix(".md")
    page.write_text("À moi.", "utf-8")
    assert check(own.root) == 1
    said = capsys.readouterr()
    assert said.out == (
        f"{path}:37: action 1 carries out idea 5, which is not there.\n"
        f"{page}: this page does not say what its record says.\n"
    )
    assert said.err.splitlines()[-1].endswith("entraide-tui check --fix")
    assert check(own.root, "--fix") == 1
    said = capsys.readouterr()
    mended, left = said.out.splitlines()
    assert mended.startswith(f"{page}: this page does not say what its record says. Mended: the page was written anew")
    assert left == f"{path}:37: action 1 carries out idea 5, which is not there."
    [kept] = (own.sessions / ".history" / RECORD_ID).iterdir()
    assert kept.read_text("utf-8") == "À moi."
    path.write_text(EXPECTED, "utf-8")
    assert check(own.root, "--fix") == 0


def test_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace("idea = 1", "idea = 5"))
    path.with_suffix(".md").unlink()
    assert check(own.root, "--json", "--fix") == 1
    held = json.loads(capsys.readouterr().out)
    assert held["files"] == 3
    assert held["doubts"] == [
        {
            "path": str(path), "line": 37, "what": "action 1 carries out idea 5, which is not there.",
            "kind": "action", "serious": True, "can_be_mended": False,
        }
    ]  # fmt: skip
    [mended] = held["mended"]
    assert (mended["kind"], mended["done"]) == ("page", "the page was written.")


def test_what_could_not_be_mended_is_told_and_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, path = workspace(tmp_path)
    path.with_suffix(".md").unlink()

    def refuse(*_given: object) -> int:
        raise OSError(28, "no")

    monkeypatch.setattr("os.write", refuse)
    assert check(own.root, "--fix") == 1
    said = capsys.readouterr()
    assert "the disk is full" in said.err
    assert said.out == f"{path.with_suffix('.md')}: this record has no page.\n"


def test_names_that_hold_orders_to_the_terminal_are_shown_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, path = workspace(tmp_path)
    try:
        path.with_name("2026-11-21-\x1b[31m\nx.toml").write_bytes(b"id = '\x1b'")
    except OSError:
        pytest.skip("no such names here")
    assert check(own.root) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "rien") == 1
    assert "no such folder" in capsys.readouterr().err
