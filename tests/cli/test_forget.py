"""The command that forgets a person: shows, asks, does, and says what it could not reach."""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING

import pytest
from tests.privacy.test_forgetting import STEM, WALL, holding, planted

from entraide_tui import cli
from entraide_tui.archive.index import Index
from entraide_tui.common import private_dirs, settings
from entraide_tui.common.files import write_atomically
from entraide_tui.privacy import file_change, share_log

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.common.workspace import Workspace


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A group in which Inès stands wherever a name can stand, on a machine without other programs."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return planted(tmp_path / "group")


class Terminal(io.StringIO):
    """Somebody types."""

    def isatty(self) -> bool:
        return True


def run(group: Workspace, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(["--workspace", str(group.root), "--lang", "en", "forget", *words])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return status, said.out, said.err


def test_it_shows_what_it_will_do_and_does_nothing_when_dry(
    group: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    before = holding(group.root)
    status, out, err = run(group, capsys, "Inès", "--dry-run")
    assert status == 0
    assert holding(group.root) == before
    assert f"sessions/2026/{STEM}.toml: becomes sessions/2026/2026-11-21-le-comite-d-une-personne-k7qm.toml" in out
    assert 'title = "Le comité d\'Inès"' in out
    assert '→ title = "Le comité d\'une personne"' in out
    assert "Looked for: Inès" in err
    assert "entraide.toml: is rewritten" in out


def test_nothing_names_the_person_afterwards_not_even_the_index(
    group: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with Index.open(group) as index:
        index.refresh(wall=WALL)
    cache = tmp_path / "home" / ".cache"
    assert holding(cache) != []
    status, _out, err = run(group, capsys, "Inès", "--yes")
    assert status == 0
    assert "is forgotten" in err
    assert holding(group.root, share_log.folder(group), cache) == []
    with Index.open(group) as index:
        index.refresh(wall=WALL)
    assert holding(cache) == []
    status, _out, err = run(group, capsys, "Inès", "--yes")
    assert status == 0
    assert "No file of this workspace names “Inès”" in err


@pytest.mark.parametrize("typed", ["", "ines\n", "Marc\n", "no\n"])
def test_the_name_is_asked_once_more(
    group: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    status, _out, err = run(group, capsys, "Inès")
    agreed = typed == "ines\n"
    assert (status, holding(group.root) == []) == (0 if agreed else 1, agreed)
    assert ("Nothing was changed." in err) is not agreed


def test_where_nobody_can_be_asked_it_says_how(
    group: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Inès\n"))
    before = holding(group.root)
    status, _out, err = run(group, capsys, "Inès")
    assert status == 1
    assert "--yes" in err
    assert holding(group.root) == before


def test_it_says_what_it_could_not_reach(group: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (group.root / ".git").mkdir()
    (group.root / "lettre à Inès.txt").write_text("Chère Inès", "utf-8")
    _status, _out, err = run(group, capsys, "Inès", "--yes")
    assert "ailleurs.pdf (2026-11-21, no longer there)" in err
    assert "autre.pdf" not in err
    assert f"git repository ({group.root})" in err
    assert "lettre à Inès.txt" in err
    assert "backups" in err


@pytest.mark.parametrize("name", ["", "?", "a", "\x1b[31m", "../..", "Inès\n"])
def test_whatever_is_typed_as_a_name_shows_no_fault(
    group: Workspace, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    status, _out, err = run(group, capsys, name, "--yes")
    assert "\x1b" not in err
    assert status in (0, 1)
    assert err


def test_an_open_workshop_is_named(group: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (group.sessions / "2026-12-21-ouvert-abcd.journal").write_text("Inès\n", "utf-8")
    status, _out, err = run(group, capsys, "Inès", "--yes")
    assert status == 1
    assert "ouvert-abcd.journal" in err
    assert "discard" in err


def exported(group: Workspace) -> Path:
    path = group.root / "exports" / "page.md"
    path.parent.mkdir()
    path.write_text("For Inès", "utf-8")
    share_log.note_export(group, STEM, path, WALL)
    return path


def test_each_sentence_is_shown_once(group: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    _status, out, _err = run(group, capsys, "Inès", "--dry-run")
    lines = out.splitlines()
    changed = [(lines[n - 1].split(": ", 1)[-1].strip(), line) for n, line in enumerate(lines) if "→ " in line]
    changed = [(before, after.split("→ ")[1]) for before, after in changed]
    assert changed
    assert len(changed) == len(set(changed))
    assert "as shown above" in out


def test_exported_files_in_the_groups_folder_go_only_if_somebody_wants_it(
    group: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(group)
    monkeypatch.setattr("sys.stdin", Terminal("Inès\nno\n"))
    _status, _out, err = run(group, capsys, "Inès")
    assert path.exists()
    assert err.count(str(path)) == 1


def test_exported_files_go_where_that_is_asked_for(group: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(group)
    _status, out, err = run(group, capsys, "Inès", "--yes", "--exports")
    assert not path.exists()
    assert "page.md: deleted" in out
    assert str(path) not in err


def test_private_places_are_shown_first_and_what_is_left_there_is_said(
    group: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = private_dirs.of(group.root, "notebook") / "2026-01-01-casse-abcd.toml"
    broken.write_text("[[", "utf-8")
    status, out, err = run(group, capsys, "Inès", "--dry-run")
    assert status == 0
    assert "Notebook, outside the group’s folder:" in out
    assert 'name = "une personne"' in out
    assert f"{settings.path()}: is rewritten" in out
    assert f"  {broken}: " in err
    status, _out, err = run(group, capsys, "Inès", "--yes")
    assert status == 0
    assert f"  {broken}: " in err
    assert holding(settings.path().parent) == []
    status, _out, err = run(group, capsys, "Inès", "--yes")
    assert "No file of this workspace names “Inès”" in err
    assert f"  {broken}: " in err


def test_what_could_not_be_changed_is_said_and_counts_as_a_problem(
    group: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: Path, data: bytes) -> None:
        if path == settings.path():
            raise OSError(30, "read-only")
        write_atomically(path, data)

    monkeypatch.setattr(file_change, "write_atomically", refuses)
    status, _out, err = run(group, capsys, "Inès", "--yes")
    assert status == 1
    assert f"  {settings.path()}: it could not be changed" in err
    assert holding(group.root) == []
