"""Where what leaves goes: nothing that is there is lost, and no record is ever replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports import destination
from entraide_tui.exports.destination import Files

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_there_and_the_records_themselves_stay(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.make()
    path = tmp_path / "a.md"
    Files(workspace, path).put("x.md", b"first")
    with pytest.raises(UserError, match="there already"):
        Files(workspace, path).put("x.md", b"second")
    assert path.read_bytes() == b"first"
    Files(workspace, path, if_taken="replace").put("x.md", b"second")
    assert path.read_bytes() == b"second"
    assert Files(workspace, path, if_taken="number").put("x.md", b"third").path == tmp_path / "a-2.md"
    assert path.read_bytes() == b"second"
    with pytest.raises(UserError, match="records themselves"):
        Files(workspace, workspace.sessions / "x" / "a.TOML", if_taken="replace").put("x.md", b"")
    Files(workspace, workspace.sessions / "a.html").put("x.html", b"beside its record")


def test_what_a_person_types_is_a_folder_unless_it_ends_as_the_file_would(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)

    def meant(said: str, *, several: bool = False) -> Path:
        return destination.from_typed_path(workspace, said, ".md", several=several).path_of("page.md")

    assert meant("") == tmp_path / "exports" / "page.md"
    assert meant(f"{tmp_path}/new") == tmp_path / "new" / "page.md"
    assert meant(f"{tmp_path}/new.md") == tmp_path / "new.md"
    assert meant(f"{tmp_path}/new.md", several=True) == tmp_path / "new.md" / "page.md"
    (tmp_path / "there.md").mkdir()
    assert meant(f"{tmp_path}/there.md") == tmp_path / "there.md" / "page.md"
    with pytest.raises(UserError, match="no such folder"):
        meant("~nobody-here/x")
    with pytest.raises(UserError):
        meant(f"{tmp_path}/{'x' * 300}.md")
