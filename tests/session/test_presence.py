"""What lies in the place of the lock file is neither followed nor waited for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.archive import made

from entraide_tui.session.presence import Presence, last_seen

if TYPE_CHECKING:
    from pathlib import Path


def test_a_note_is_read_again_and_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    lock, time = tmp_path / "x.lock", made.clock()
    assert last_seen(lock) is None
    lock.touch()
    presence = Presence(lock, time)
    for _note in range(2):
        time.advance(1.5)
        presence.note()
        assert last_seen(lock) == pytest.approx(time.wall(), abs=0.001)
    size = lock.stat().st_size
    presence.stop()
    assert lock.stat().st_size == size


@pytest.mark.skipif(os.name == "nt", reason="no pipes or links there")
def test_a_pipe_or_a_link_in_its_place_tells_nothing_and_is_left_alone(tmp_path: Path) -> None:
    pipe, link, other = tmp_path / "pipe", tmp_path / "link", tmp_path / "other"
    os.mkfifo(pipe)
    other.write_text("words")
    link.symlink_to(other)
    for place in (pipe, link, tmp_path):
        presence = Presence(place, made.clock())
        presence.note()
        presence.stop()
        assert last_seen(place) is None
    assert other.read_text() == "words"
