"""Where a group's files are."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import GROUP_FILE, Group, Workspace, find


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENTRAIDE_WORKSPACE", raising=False)


def with_group_file(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / GROUP_FILE).write_text("")
    return folder


def test_the_folder_that_was_asked_for_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRAIDE_WORKSPACE", str(tmp_path / "named"))
    here = with_group_file(tmp_path / "here")
    assert find(tmp_path / "asked", here).root == tmp_path / "asked"


def test_then_the_folder_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRAIDE_WORKSPACE", str(tmp_path / "named"))
    assert find(start=with_group_file(tmp_path / "here")).root == tmp_path / "named"


def test_then_the_nearest_folder_upwards_that_holds_a_group_file(tmp_path: Path) -> None:
    outer = with_group_file(tmp_path / "outer")
    inner = with_group_file(outer / "a" / "inner")
    deep = inner / "x" / "y"
    deep.mkdir(parents=True)
    assert find(start=deep).root == inner
    assert find(start=outer / "a").root == outer


def test_then_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "Documents")
    (tmp_path / "here" / GROUP_FILE).mkdir(parents=True)  # a folder of that name means nothing
    assert find(start=tmp_path / "here").root == tmp_path / "Documents" / "Entraide"


def test_where_one_is_counts_unless_another_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(with_group_file(tmp_path / "here"))
    assert find().root == tmp_path / "here"


def test_the_folder_that_one_was_in_may_be_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "Documents")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert find().root == tmp_path / "Documents" / "Entraide"


def test_home_may_be_written_as_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find(Path("~/group")).root == tmp_path / "group"


def test_an_unknown_person_s_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRAIDE_WORKSPACE", "~nobody-of-that-name/x")
    with pytest.raises(UserError, match="whole path"):
        find()


def test_finding_makes_nothing(tmp_path: Path) -> None:
    find(tmp_path / "asked")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_what_is_made_is_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        Workspace(tmp_path / "parent" / "group").make()
    finally:
        os.umask(before)
    made = [p for p in tmp_path.rglob("*") if p != tmp_path]
    assert len(made) == 5
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_making_it_again_makes_nothing_and_changes_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "group")
    made = workspace.make(Group("Réseau", ("Awa", "Jean"), "fr"))
    assert made == [workspace.root, workspace.kits, workspace.sessions, workspace.root / GROUP_FILE]
    before = (workspace.root / GROUP_FILE).read_bytes()
    assert workspace.make(Group("Another")) == []
    assert (workspace.root / GROUP_FILE).read_bytes() == before


def test_what_is_missing_is_made_and_what_is_there_stays(tmp_path: Path) -> None:
    root = with_group_file(tmp_path / "group")
    (root / GROUP_FILE).write_text('name = "Ours"\n')
    (root / "kits").mkdir()
    assert Workspace(root).make() == [root / "sessions"]
    assert Workspace(root).group() == Group("Ours")


def test_a_group_is_read_as_it_was_written(tmp_path: Path) -> None:
    group = Group('Réseau « lecture » "publique"\\', ("Awa", "Jean-Paul", "O’Brien"), "fr")
    Workspace(tmp_path).make(group)
    assert Workspace(tmp_path).group() == group


def test_without_a_group_file_there_is_an_empty_group(tmp_path: Path) -> None:
    assert Workspace(tmp_path).group() == Group()


def test_names_in_the_group_file_pass_the_gate(tmp_path: Path) -> None:
    (tmp_path / GROUP_FILE).write_text('name = "A\\u001b[2J"\nmembers = ["x\\u202ey"]\n')
    assert Workspace(tmp_path).group() == Group("A␛[2J", ("x⟨202E⟩y",))


@pytest.mark.parametrize(
    "text",
    ["name = 3", "members = 'Awa'", "members = [1]", "language = 'de'", "language = ['fr']", "preferences = 'x'"],
)
def test_a_wrong_group_file_is_told_with_what_is_expected(tmp_path: Path, text: str) -> None:
    (tmp_path / GROUP_FILE).write_text(text)
    with pytest.raises(UserError, match="members = ") as caught:
        Workspace(tmp_path).group()
    assert caught.value.file == tmp_path / GROUP_FILE


def test_a_group_file_that_is_not_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / GROUP_FILE).write_text('name = "a"\nmembers = [\n')
    with pytest.raises(UserError) as caught:
        Workspace(tmp_path).group()
    assert [f.line for f in caught.value.findings] == [3]


def test_a_workspace_that_can_t_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="--workspace"):
        Workspace(tmp_path / "file" / "group").make()
    with pytest.raises(UserError, match="--workspace"):
        Workspace(tmp_path / "file").make()
