"""Changing a record while the program is ended, or the disk refuses: the old one or the new one, whole, and told."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.faults import edit, test_disk

from entraide_tui.archive.editing import history
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import reason

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(edit.__file__)


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
def test_ended_at_any_call_to_the_disk_the_record_is_the_old_or_the_new_one_whole(tmp_path: Path) -> None:
    assert test_disk.run(sys.executable, str(PROGRAM), str(tmp_path), "kill") == "ok\n"


@pytest.mark.parametrize("what", ["full", "readonly"])
def test_a_disk_that_is_full_or_read_only_is_told_and_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(test_disk, "PROGRAM", PROGRAM)
    assert test_disk.own_disk(tmp_path, what) == "ok\n"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("partly", [False, True])
def test_a_refusal_at_any_call_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, partly: bool
) -> None:
    said: set[str] = set()
    at, reached = 0, True
    while reached:
        at += 1
        workspace, path = edit.begin(tmp_path / str(at))
        former, former_page = path.read_bytes(), path.with_suffix(".md").read_bytes()

        def refuse(name: str, real: Callable[..., Any], given: tuple[Any, ...]) -> None:
            if partly and name == "write":
                real(given[0], bytes(given[1])[: len(given[1]) // 2])
            raise OSError(code, os.strerror(code))

        calls = edit.At(at, refuse)
        what = ""
        with monkeypatch.context() as patch:
            for name in edit.CALLS:
                patch.setattr(os, name, calls.call(name))
            try:
                edit.edit(workspace, path)
            except UserError as trouble:
                what = trouble.what
                assert reason(OSError(code, "")) in what
        reached = calls.calls >= at
        new = edit.look(workspace, path, former, former_page)
        said.add(what)
        if "Nothing was changed" in what:
            assert not new
            assert history.versions(workspace, edit.NAME) == []
        else:
            assert new
        edit.heal(workspace, path)
    assert at > 15
    assert {bool(what) for what in said} == {False, True}
    assert [what for what in said if "not its page" in what]
