"""Whatever is kept outside the group's folder is registered, forgets, and says what it could not look into."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from tests.archive import made
from tests.privacy.test_forgetting import FORGOTTEN, SETTINGS, STEM, WALL, forget, holding, page_of, planted

from entraide_tui.archive import notebook
from entraide_tui.archive.index import Index
from entraide_tui.archive.notebook import NotebookEntry
from entraide_tui.common import private_dirs, settings
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import write_atomically
from entraide_tui.common.private_dirs import Kind
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports.markdown import page
from entraide_tui.privacy import file_change, forgetting, share_log
from entraide_tui.privacy.private_places import PLACES
from entraide_tui.session import fallback_store
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e
from entraide_tui.workshop.debrief import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from entraide_tui.privacy.forget_plan import Plan

SOURCE = Path(__file__).parents[2] / "src" / "entraide_tui"
KNOWN = {
    "common/private_dirs.py": "the folders whose kinds are registered",
    "common/settings.py": "registered",
    "archive/index/schema.py": "registered",
    "session/fallback_store.py": "registered",
    "archive/editing/saving.py": "a lock: an empty file, named by a number",
    "common/workspace.py": "the group's own folder",
    "tui/crash.py": "where a fault happened: never what people typed",
    "tui/rehearsal/session.py": "a made-up group, taken away afterwards",
    "tui/rehearsal/autoplay.py": "a made-up group, taken away afterwards",
}


@pytest.fixture
def group(tmp_path: Path) -> Workspace:
    return planted(tmp_path / "group")


def left(plan: Plan) -> dict[str, str]:
    """What was left, by the name of its file: why."""
    return {error.file.name: error.what for error in plan.left if error.file}


# -- the register


def test_every_private_folder_is_registered_once() -> None:
    assert sorted(kind for place in PLACES for kind in place.kinds) == sorted(get_args(Kind))


def test_the_settings_and_the_index_are_registered_too(group: Workspace) -> None:
    with Index.open(group) as index:
        index.refresh(wall=WALL)
        path = index._store.path
    assert path is not None
    for place in PLACES:
        place.erase(group)
    assert not path.exists()
    assert settings.path() in {change.path for change in forgetting.plan(group, "Inès", page=page).changes}


def test_each_place_has_a_name_of_its_own() -> None:
    assert len({place.name for place in PLACES}) == len(PLACES)


def test_no_private_folder_is_had_without_a_kind_that_is_registered(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="diary"):
        private_dirs.of(tmp_path, "diary")  # type: ignore[arg-type]


def test_no_part_of_the_program_keeps_things_in_a_place_that_is_not_known_here() -> None:
    ways = re.compile(r"platformdirs|tempfile|\.home\(\)|expanduser\(\"~|XDG_")
    found = {str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.py") if ways.search(p.read_text("utf-8"))}
    assert found == set(KNOWN)


# -- forgetting


def test_the_plan_shows_first_what_changes_in_private_places(group: Workspace) -> None:
    before = holding(settings.path().parent)
    plan = forgetting.plan(group, "Inès", page=page)
    assert holding(settings.path().parent) == before
    assert {change.private_place for change in plan.changes} == {"", "Sharing choices", "Notebook", "Settings"}
    shown = [line.after for change in plan.changes if change.private_place == "Notebook" for line in change.lines]
    assert 'title = "Le comité d\'une personne"' in shown


def test_the_notebook_reads_as_the_record_does(group: Workspace) -> None:
    forget(group)
    path = notebook.path_of(group.root, FORGOTTEN)
    leaf = notebook.read(path)
    assert leaf.debrief.voices[0].name == "une personne"
    assert leaf.debrief.voices[1:] == page_of(STEM).debrief.voices[1:]
    assert leaf.debrief.steps[0].reason == "Une personne partait"
    assert leaf.debrief.remarks[0].values == {"names": "Une personne, Marc"}
    assert leaf.answers == {"Qui ai-je oublié ?": "Une personne, je crois.\nUne personne surtout."}
    assert path.stat().st_mode & 0o777 == 0o600


def test_of_the_settings_only_what_was_chosen_for_that_person_goes(group: Workspace) -> None:
    forget(group)
    expected = SETTINGS.replace("ce qu'Inès", "ce qu'une personne").replace(
        '[words."Inès"]\natelier-entraide = "none"\n\n', ""
    )
    assert settings.path().read_text("utf-8") == expected
    assert settings.path().stat().st_mode & 0o777 == 0o600


def test_a_key_of_the_settings_is_nobodys_name(group: Workspace) -> None:
    before = settings.path().read_bytes()
    forget(group, "Park")
    assert settings.path().read_bytes() == before


def test_settings_that_a_link_leads_to_are_changed_where_they_are(group: Workspace, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "entraide.toml"
    kept.parent.mkdir()
    settings.path().rename(kept)
    settings.path().symlink_to(kept)
    forget(group)
    assert holding(kept.parent) == []
    assert settings.path().is_symlink()


SPELLED = ["Zoé-Maëlle", "zoe maelle", "ZOÉ-MAËLLE", "Zoe\u0301-Maelle", "Zoé‑Maëlle", "Zoé Maelle"]


@pytest.mark.parametrize("number", range(len(SPELLED)))
def test_however_the_name_is_spelled_no_byte_of_it_stays(group: Workspace, tmp_path: Path, number: int) -> None:
    asked, *spelled = SPELLED[number:] + SPELLED[:number]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8").replace("Inès", spelled[0]).replace("Ine\u0301s", spelled[1])
            path.write_text(text.replace("INES", spelled[2]).replace("In\\u00e8s", spelled[3]), "utf-8")
    with Index.open(group) as index:
        index.refresh(wall=WALL)
    assert len(holding(tmp_path, name="zoe")) > 10
    forget(group, asked)
    assert holding(tmp_path, name="zoe") == holding(tmp_path, name="maelle") == []
    with Index.open(group) as index:
        index.refresh(wall=WALL)
    assert holding(tmp_path, name="zoe") == []


# -- what is left, and said


def test_a_broken_file_costs_nothing_else_and_is_named(group: Workspace) -> None:
    pages = private_dirs.of(group.root, "notebook")
    (pages / "2026-01-01-casse-abcd.toml").write_text('[[ "Inès"', "utf-8")
    (share_log.folder(group) / "2026-01-01-casse-efgh.toml").write_text('marked = "Inès"', "utf-8")
    settings.path().write_text("[words.Inès]", "utf-8")
    plan = forget(group)
    assert set(left(plan)) == {"2026-01-01-casse-abcd.toml", "2026-01-01-casse-efgh.toml", "settings.toml"}
    assert holding(pages, share_log.folder(group)) == ["2026-01-01-casse-abcd.toml", "2026-01-01-casse-efgh.toml"]
    assert holding(group.root) == []


def test_a_folder_a_link_and_a_giant_that_cannot_be_looked_into_are_named(
    group: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = private_dirs.of(group.root, "notebook")
    (tmp_path / "outside.toml").write_text("title = 'Inès'", "utf-8")
    (pages / "link.toml").symlink_to(tmp_path / "outside.toml")
    with (pages / "giant.toml").open("wb") as giant:
        giant.truncate(file_change.LARGEST + 1)
    (pages / "closed").mkdir()
    real = Path.iterdir

    def refuses(self: Path) -> object:
        if self.name == "closed":
            raise PermissionError(13, "no", str(self))
        return real(self)

    monkeypatch.setattr(Path, "iterdir", refuses)
    assert set(left(forget(group))) == {"link.toml", "giant.toml", "closed"}
    assert "Inès" in (tmp_path / "outside.toml").read_text("utf-8")


def test_what_an_interrupted_write_left_there_goes(group: Workspace) -> None:
    for folder in (private_dirs.of(group.root, "notebook"), share_log.folder(group), settings.path().parent):
        name = "settings.toml" if folder == settings.path().parent else "x.toml"
        (folder / f".{name}.~12-abcdef").write_text("Inès", "utf-8")
    forget(group)
    assert not list(settings.path().parent.rglob(".*~*"))
    assert holding(settings.path().parent) == []


def test_a_file_of_somebody_else_in_a_private_folder_is_named(group: Workspace) -> None:
    (private_dirs.of(group.root, "notebook") / "note.toml").write_text("a = 1\nb.Inès.c = 2\n", "utf-8")
    (private_dirs.of(group.root, "notebook") / "lettre.txt").write_text("Chère Inès", "utf-8")
    assert set(left(forget(group))) == {"note.toml", "lettre.txt"}


def test_a_place_that_refuses_keeps_nothing_else_from_being_forgotten(
    group: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: Path, data: bytes) -> None:
        if path == settings.path():
            raise OSError(30, "read-only")
        write_atomically(path, data)

    plan = forgetting.plan(group, "Inès", page=page)
    with monkeypatch.context() as patch:
        patch.setattr(file_change, "write_atomically", refuses)
        failed = forgetting.carry_out(group, plan)
    assert [error.file for error in failed] == [settings.path()]
    assert holding(settings.path().parent) == ["settings.toml"]
    assert holding(group.root) == []
    forget(group)
    assert holding(settings.path().parent) == []


def test_private_files_of_a_group_that_was_moved_are_named(group: Workspace, tmp_path: Path) -> None:
    group.root.rename(tmp_path / "moved")
    plan = forget(Workspace(tmp_path / "moved"))
    assert {error.file for error in plan.left} == {
        private_dirs.of(group.root, "notebook"),
        share_log.folder(group),
    }


def test_a_copy_noted_in_a_torn_line_is_forgotten_and_the_rest_of_the_log_stays(group: Workspace) -> None:
    log = share_log.folder(group) / share_log.LOG
    before = log.read_text("utf-8").replace(STEM, FORGOTTEN)
    log.write_text(log.read_text("utf-8") + '{"record": "x", "path": "/Inès\n{"record": torn\n', "utf-8")
    forget(group)
    assert log.read_text("utf-8") == before + '{"record": torn\n'


def test_the_index_of_a_group_that_was_moved_is_named(group: Workspace, tmp_path: Path) -> None:
    with Index.open(group) as index:
        index.refresh(wall=WALL)
        path = index._store.path
    group.root.rename(tmp_path / "moved")
    assert path in {error.file for error in forget(Workspace(tmp_path / "moved")).left}


def test_the_index_of_a_group_that_does_not_know_the_person_is_not_named(group: Workspace, tmp_path: Path) -> None:
    other = Workspace(tmp_path / "other")
    other.make()
    with Index.open(other) as index:
        index.refresh(wall=WALL)
    assert forget(group).left == ()


def test_a_name_that_only_the_notebook_knows_is_not_taken_for_another(group: Workspace) -> None:
    entry = page_of("2026-01-01-seul-abcd")
    voices = (Voice("Inès Durand", 1, 1), Voice("Inès Dupont", 1, 1))
    path = notebook.keep(group.root, NotebookEntry(dataclasses.replace(entry.debrief, voices=voices)))
    with pytest.raises(UserError, match="Inès Dupont, Inès Durand"):
        forget(group)
    forget(group, "Inès Durand")
    assert [voice.name for voice in notebook.read(path).debrief.voices] == ["une personne", "Inès Dupont"]


def test_a_page_whose_session_can_be_no_file_name_is_found_again(group: Workspace) -> None:
    notebook.keep(group.root, page_of("Inès, à part"))
    forget(group)
    sessions = {notebook.read(path).debrief.session for path in notebook.paths(group.root)}
    assert sessions == {FORGOTTEN, "Une personne, à part"}
    assert all(notebook.path_of(group.root, session).exists() for session in sessions)


def test_two_pages_that_would_have_one_name_both_stay(group: Workspace) -> None:
    notebook.keep(group.root, dataclasses.replace(page_of(FORGOTTEN), answers={"?": "autre"}))
    forget(group)
    assert len(notebook.paths(group.root)) == 2


# -- workshops that are open, and lie elsewhere


def put_aside(group: Workspace, keep: Callable[[LiveSession], Path | None]) -> Path:
    """A workshop that names Inès, and could not be written to the group's folder."""
    live = LiveSession.create(group, made.clock(), made.small_kit(), language="fr", title="Essai")
    live.do(e.Titled(at=3.0, title="Aider\nInès"))
    live.leave()
    kept = keep(live)
    live.path.unlink()
    assert kept is not None
    return kept


def test_a_workshop_that_waits_to_go_home_comes_first(group: Workspace) -> None:
    kept = put_aside(group, lambda live: live.take_refuge(group.root))
    before = holding(group.root)
    with pytest.raises(UserError, match="still open") as caught:
        forget(group)
    assert caught.value.file == kept
    assert holding(group.root) == before


def test_a_workshop_is_open_where_the_name_begins_a_line(group: Workspace) -> None:
    live = LiveSession.create(group, made.clock(), made.small_kit(), language="fr", title="Essai")
    live.do(e.Titled(at=3.0, title="Aider\nInès"))
    live.leave()
    with pytest.raises(UserError, match="still open") as caught:
        forget(group)
    assert caught.value.file == live.path


def test_a_part_that_goes_on_keeps_a_workshop_open_and_a_torn_end_is_named(group: Workspace) -> None:
    journal = group.sessions / "2026-12-21-ouvert-abcd.journal"
    journal.write_text("00000000 {}\n", "utf-8")
    part = journal.with_name(f"{journal.name}.part2")
    part.write_text('00000000 {"text":"Inès"}\n', "utf-8")
    with pytest.raises(UserError, match="still open"):
        forget(group)
    torn = part.rename(journal.with_name(f"{journal.name}.torn-3-abcd"))
    assert forget(group).elsewhere == (torn,)


def test_a_workshop_that_only_the_temporary_folder_took_is_named(
    group: Workspace, own_temporary_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(live: LiveSession) -> Path | None:
        with monkeypatch.context() as patch:
            patch.setenv("ENTRAIDE_PRIVATE", str(group.root / "entraide.toml"))
            return live.take_refuge(group.root)

    kept = put_aside(group, keep)
    assert kept.is_relative_to(own_temporary_folder)
    assert fallback_store.in_temporary_folders() == [kept]
    with pytest.raises(UserError, match="still open"):
        forget(group)
    # of which workspace it is, can't be told where the folder was renamed, or is of an earlier version
    kept = kept.parent.rename(own_temporary_folder / "entraide-x7k2mq4p") / kept.name
    plan = forget(group)
    assert [error.file for error in plan.left] == [kept]
    assert "entraide-tui resume FILE" in plan.left[0].what
    kept.unlink()
    assert forget(group).left == ()


def test_what_waits_to_go_home_and_is_no_workshop_is_named(group: Workspace) -> None:
    folder = private_dirs.of(group.root, "refuge")
    folder.mkdir(parents=True)
    (folder / "2026-12-21-x.journal.torn-3-abcd").write_text("…Inès", "utf-8")
    assert set(left(forget(group))) == {"2026-12-21-x.journal.torn-3-abcd"}
