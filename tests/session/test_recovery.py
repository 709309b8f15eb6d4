"""A session that its own folder does not take goes somewhere else, and comes home whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.archive import made

from entraide_tui.common import private_dirs
from entraide_tui.common.workspace import Workspace
from entraide_tui.session import journal, recovery
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

    assert recovery.bring_home(workspace) == [live.path]
    assert [x.event for x in journal.read(live.path).entries] == events
    assert recovery.waiting(workspace) == []
    assert recovery.bring_home(workspace) == []


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
    assert recovery.bring(workspace, kept) == live.path
    assert not kept.exists()


def test_while_the_folder_still_fails_it_stays_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(tmp_path / "group")
    live = session(workspace)
    live.leave()
    kept = live.take_refuge(workspace.root)

    def refuses(*_anything: object) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(recovery, "write_atomically", refuses)
    assert recovery.bring_home(workspace) == []
    assert recovery.waiting(workspace) == [kept]
