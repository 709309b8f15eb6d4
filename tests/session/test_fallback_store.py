"""A session that its own folder does not take goes somewhere else, and comes home whole."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from tests.archive import made

from entraide_tui.common import files, private_dirs
from entraide_tui.common.workspace import Workspace
from entraide_tui.session import fallback_store, journal
from entraide_tui.session.journal import Journal
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path


def session(workspace: Workspace) -> LiveSession:
    workspace.make()
    return LiveSession.create(workspace, made.clock(), made.small_kit(), language="fr", title="Essai")


def test_what_the_folder_did_not_take_goes_home_as_soon_as_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "group")
    live = session(workspace)
    assert live.flush()
    with monkeypatch.context() as broken:
        broken.setattr(Journal, "append", lambda _self, _entries: (_ for _ in ()).throw(OSError(28, "full")))
        live.do(e.Titled(at=3.0, title="jamais écrit"))
        assert not live.leave()
    events = live.history
    kept = live.take_refuge(workspace.root)
    assert kept is not None
    assert kept.parent == private_dirs.of(workspace.root, "refuge")
    assert [x.event for x in journal.read(live.path).entries] == events[:-1]

    assert fallback_store.bring_home(workspace) == [live.path]
    assert [x.event for x in journal.read(live.path).entries] == events
    assert fallback_store.waiting(workspace) == []
    assert fallback_store.bring_home(workspace) == []


def test_where_the_users_own_folder_is_full_too_another_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "group")
    live = session(workspace)
    live.leave()
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("ENTRAIDE_PRIVATE", str(tmp_path / "file"))
    kept = live.take_refuge(workspace.root)
    assert kept is not None
    assert [x.event for x in journal.read(kept).entries] == live.history
    live.path.unlink()
    assert fallback_store.bring(workspace, kept) == live.path
    assert not kept.exists()


def test_while_the_folder_still_fails_it_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(tmp_path / "group")
    live = session(workspace)
    live.leave()
    kept = live.take_refuge(workspace.root)

    def refuses(*_anything: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(fallback_store, "write_atomically", refuses)
    assert fallback_store.bring_home(workspace) == []
    assert fallback_store.waiting(workspace) == [kept]


def test_what_waits_already_stays_until_the_new_copy_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path / "group")
    live = session(workspace)
    live.leave()
    kept = live.take_refuge(workspace.root)
    assert kept is not None
    before = kept.read_bytes()
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **_named: (_ for _ in ()).throw(OSError(28, "full")))

    def full(*_anything: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(files, "write_all", full)
    assert live.take_refuge(workspace.root) is None
    assert kept.read_bytes() == before


def test_a_session_that_went_on_without_what_waits_hides_and_loses_none_of_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "group")
    live = session(workspace)
    live.do(e.Titled(at=3.0, title="seulement au refuge"))
    live.leave()
    begun = live.history[:2]
    kept = live.take_refuge(workspace.root)
    assert kept is not None
    live.path.write_bytes(made.journal_bytes([*begun, e.Titled(at=4.0, title="seulement ici")]))
    other = LiveSession.resume(live.path, live.clock)
    other.leave()
    other.take_refuge(workspace.root)
    assert len(fallback_store.waiting(workspace)) == 2
    fallback_store.bring_home(workspace)
    titles = {LiveSession.look_on(p, live.clock).state.title for p in workspace.sessions.rglob("*.journal")}
    assert titles == {"seulement au refuge", "seulement ici"}
    assert fallback_store.waiting(workspace) == []


def test_one_below_the_temporary_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(tmp_path / "group")
    live = session(workspace)
    live.leave()
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("ENTRAIDE_PRIVATE", str(tmp_path / "file"))
    kept = live.take_refuge(workspace.root)
    assert kept is not None
    assert kept.is_relative_to(tmp_path / "temporary")
    live.path.unlink()
    assert fallback_store.waiting(Workspace(tmp_path / "another")) == []
    assert fallback_store.bring_home(workspace) == [live.path]
    assert [x.event for x in journal.read(live.path).entries] == live.history
    assert list((tmp_path / "temporary").iterdir()) == []
