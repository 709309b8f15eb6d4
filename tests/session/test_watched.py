"""The journal goes away under the program: what is called saved can be read back where `resume` will look for it."""

from __future__ import annotations

import os
import random
import shutil
import time
import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.archive import made

from entraide_tui.session import writer
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def words_in(path: Path) -> list[str]:
    """The entries' texts of a file, line by line, its CRCs checked by hand; up to the first line that is wrong."""
    found, seed = [], 0
    for line in path.read_bytes().splitlines():
        crc, body = line[:8], line[9:]
        seed = zlib.crc32(body, seed)
        if b"%08x" % seed != crc:
            break
        held = msgspec.json.decode(body)
        if held["e"] == "Written":
            found.append(held["d"]["text"])
    return found


def says(session: LiveSession, number: int) -> None:
    """One more entry."""
    session.do(e.Written(at=session.now(), item=f"w{number}", section="questions", text=f"mot {number}"))


def gone(path: Path) -> None:
    path.unlink()


def folder_gone(path: Path) -> None:
    shutil.rmtree(path.parent.parent)


def folder_renamed(path: Path) -> None:
    path.parent.parent.rename(path.parent.parent.with_name(f"ailleurs-{time.monotonic_ns()}"))


def renamed(path: Path) -> None:
    path.rename(path.with_name("autre.journal"))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 30)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def older_by_move(path: Path) -> None:
    new = path.with_name(".syncthing.tmp")
    new.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    new.replace(path)


def older_in_place(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))


def foreign(path: Path) -> None:
    new = path.with_name(".new")
    new.write_bytes(b"FOREIGN")
    new.replace(path)


def same_size_in_place(path: Path) -> None:
    data = path.read_bytes()
    time.sleep(0.01)
    path.write_bytes(data[:-20] + b"x" * 20)


def longer(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"added by somebody\n")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_bytes(b"FOREIGN")


def a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("FOREIGN"))


WAYS: tuple[Callable[[Path], None], ...] = (
    gone, folder_gone, folder_renamed, renamed, cut, emptied, older_by_move, older_in_place, foreign,
    same_size_in_place, longer, a_folder, a_link,
)  # fmt: skip


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveSession]:
    monkeypatch.setattr(writer, "LOOK", 0.02)
    live = made.create(tmp_path / "group", made.clock())
    for number in range(3):
        says(live, number)
    assert live.flush()
    yield live
    live.leave()


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def whole(live: LiveSession, words: int) -> bool:
    try:
        return words_in(live.path) == [f"mot {number}" for number in range(words)]
    except OSError:
        return False


@pytest.mark.parametrize("way", WAYS)
def test_what_goes_away_while_nobody_types_is_written_again(session: LiveSession, way: Callable[[Path], None]) -> None:
    way(session.path)
    assert soon(lambda: whole(session, 3))
    says(session, 3)
    assert session.flush()
    assert whole(session, 4)
    assert session.saved
    assert session.trouble == ""
    assert session.leave()
    again = LiveSession.resume(session.path, session.clock)
    assert [item.text for item in again.state.items] == [f"mot {number}" for number in range(4)]
    assert again.damage == ""
    again.leave()


@pytest.mark.parametrize("way", WAYS)
def test_what_goes_away_is_noticed_at_the_next_word_and_on_leaving(
    session: LiveSession, monkeypatch: pytest.MonkeyPatch, way: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(writer, "LOOK", 60.0)
    way(session.path)
    says(session, 3)
    assert session.flush()
    assert whole(session, 4)
    way(session.path)
    assert session.leave()
    assert whole(session, 4)


@pytest.mark.parametrize("way", [foreign, a_folder, same_size_in_place, longer])
def test_what_somebody_put_there_is_kept(session: LiveSession, way: Callable[[Path], None]) -> None:
    way(session.path)
    [lay] = [session.path.read_bytes()] if session.path.is_file() else [b"FOREIGN"]
    assert session.flush()
    aside = session.path.parent.glob("*.torn-*")
    assert lay in [p.read_bytes() if p.is_file() else (p / "inside").read_bytes() for p in aside]


def test_a_longer_journal_put_there_is_kept_and_does_not_hide_ours(session: LiveSession) -> None:
    other = made.create(session.path.parents[2] / "other", made.clock())
    for number in range(30):
        says(other, 100 + number)
    other.leave()
    theirs = other.path.read_bytes()
    other.path.replace(session.path)
    assert session.flush()
    assert whole(session, 3)
    assert theirs in [p.read_bytes() for p in session.path.parent.glob("*.torn-*")]


def test_a_file_that_is_only_touched_stays_the_same_file(session: LiveSession) -> None:
    before = session.path.stat().st_ino
    os.utime(session.path)
    says(session, 3)
    assert session.flush()
    assert session.path.stat().st_ino == before
    assert [p.name for p in session.path.parent.iterdir() if "torn" in p.name] == []


def test_where_it_can_not_be_written_again_it_is_not_called_saved(
    session: LiveSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entraide_tui.session import journal

    def refuses(*_anything: object) -> None:
        raise OSError(30, "read-only")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_atomically", refuses)
        session.path.unlink()
        assert soon(lambda: not session.saved)
        assert session.trouble == "the folder is read-only"
        assert session.saved_events == 0
    assert session.flush()
    assert whole(session, 3)


def test_two_programs_that_replace_each_others_file_end_with_a_word_and_not_a_full_disk(session: LiveSession) -> None:
    for number in range(60):
        foreign(session.path)
        session.path.write_bytes(b"FOREIGN %d" % number)
        session.flush()
    assert "another program" in session.trouble
    assert not session.saved
    assert len(list(session.path.parent.glob("*.torn-*"))) <= 20


def test_the_screen_is_told_only_of_changes(session: LiveSession) -> None:
    told: list[int] = []
    session.changed = lambda: told.append(1)
    time.sleep(0.2)
    assert told == []


def test_after_the_folder_was_taken_away_no_second_program_gets_the_session(session: LiveSession) -> None:
    folder_gone(session.path)
    assert session.flush()
    with pytest.raises(Exception, match="another program"):
        LiveSession.resume(session.path, session.clock)


def played(folder: Path, chance: random.Random, *, moments: int = 3) -> None:
    """Words are entered, and at random moments something is done to the file; all words are there after it."""
    live = made.create(folder, made.clock())
    words = chance.randrange(5, 40)
    hurt = {chance.randrange(words): chance.choice(WAYS) for _moment in range(moments)}
    for number in range(words):
        says(live, number)
        if chance.random() < 0.3:
            live.flush()
        if number in hurt:
            live.flush(chance.choice((0.0, 2.0)))
            try:
                hurt[number](live.path)
            except OSError:
                continue  # not yet on the disk
            if chance.random() < 0.5:
                assert live.flush()
                assert whole(live, number + 1)
    assert live.leave()
    assert whole(live, words)


@pytest.mark.parametrize("seed", range(6))
def test_files_taken_away_at_random_moments_lose_no_word(tmp_path: Path, seed: int) -> None:
    played(tmp_path / "group", random.Random(seed))


@pytest.mark.campaign
def test_files_taken_away_at_many_random_moments_lose_no_word(tmp_path: Path) -> None:
    for seed in range(200):
        played(tmp_path / str(seed), random.Random(time.time_ns()))
