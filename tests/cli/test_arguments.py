"""What stands before the command and after it means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from entraide_tui import cli
from entraide_tui.common.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("after", [True, False])
def test_the_workspace_may_be_named_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], after: bool
) -> None:
    folder = tmp_path / "ours"
    Workspace(folder).make()
    named = ["--workspace", str(folder)]
    assert cli.main(["list", *named] if after else [*named, "list"]) == 0
    assert str(folder) in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--lang", "fr", "list"], ["list", "--lang", "fr"], ["list", "--lang=fr"]])
def test_the_language_may_be_chosen_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    cli.main([*words, "--workspace", str(tmp_path)])
    assert "trace" in capsys.readouterr().err


def test_several_open_workshops_are_named_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Workspace(tmp_path)
    folder.make()
    for name in ("2026-11-21-une-aaaa", "2026-11-21-deux-bbbb"):
        (folder.sessions / f"{name}.journal").write_bytes(b"")
    assert cli.main(["--workspace", str(tmp_path), "resume"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.strip() for line in lines[1:]] == [
        "entraide-tui resume 2026-11-21-une-aaaa",
        "entraide-tui resume 2026-11-21-deux-bbbb",
    ]
