"""Closing: what is missing is said, what is written is read back, and only then the journal goes."""

from __future__ import annotations

import dataclasses
import datetime
import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest
from tests.archive import made

from entraide_tui.archive import listing, record_file
from entraide_tui.archive import model as m
from entraide_tui.common import files as ground
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports import markdown
from entraide_tui.session import closing, journal
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures
from entraide_tui.workshop.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAIR = (e.Seat("Nadia", "offeror"), e.Seat("Bruno", "facilitator"))
DAY = datetime.date(2026, 11, 21)
FINE = m.Record(
    id="r",
    title="t",
    date=DAY,
    people=m.People("Awa"),
    request=m.Request("Comment faire ?"),
    ideas=(m.Idea("Une"), m.Idea("Deux")),
    actions=(m.PlannedAction("Appeler", "Awa", DAY),),
    follow_up=m.FollowUp(DAY),
)


def played(folder: Path, name: str = "atelier-entraide", people: tuple[e.Seat, ...] = made.SEATS) -> LiveSession:
    """A session in its last step, with a word in each."""
    time = made.clock()
    session = made.create(folder, time, kit=made.shipped(name), people=people)
    for _step in session.state.plays:
        session.do(gestures.next_step(session.state, session.now()))
        time.advance(60)
        session.do(e.TextSet(at=session.now(), name=f"notes.{session.state.current}", text=made.HOSTILE))
    return session


def close(session: LiveSession, folder: Path) -> list[closing.Closed]:
    """As the screen does."""
    return closing.close(session, Workspace(folder), None, markdown.page)


def whats(record: m.Record, kit: str = "atelier-entraide") -> list[tuple[str, int]]:
    """The sections in which something is missing."""
    state = fold([made.opening(made.shipped(kit))])
    return [(x.section, x.number) for x in closing.missing(state, record)]


def test_nothing_is_missing_on_a_full_page() -> None:
    assert whats(FINE) == []
    three = dataclasses.replace(FINE, ideas=(m.Idea("a"), m.Idea("b"), m.Idea("c")))
    assert whats(three) == []


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"people": m.People("", "Jean")}, [("people", 0)]),
        ({"request": m.Request()}, [("request", 0)]),
        ({"request": m.Request("Il pleut.")}, [("request", 0)]),
        ({"ideas": ()}, [("ideas", 0)]),
        ({"ideas": (m.Idea("a"),)}, [("ideas", 0)]),
        ({"ideas": (m.Idea("a"),) * 4}, [("ideas", 0)]),
        ({"actions": ()}, [("actions", 0)]),
        ({"actions": (m.PlannedAction("x"),)}, [("actions", 1), ("actions", 1)]),
        ({"actions": (*FINE.actions, m.PlannedAction("x", "Awa"))}, [("actions", 2)]),
        ({"follow_up": m.FollowUp()}, [("follow_up", 0)]),
        ({"follow_up": m.FollowUp(None, "bientôt")}, [("follow_up", 0)]),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_where_it_is(changes: dict[str, object], missing: list[tuple[str, int]]) -> None:
    record = dataclasses.replace(FINE, **changes)  # type: ignore[arg-type]
    assert whats(record) == missing


def test_a_kit_that_asks_for_nothing_misses_nothing() -> None:
    kit = dataclasses.replace(made.small_kit(), steps=made.small_kit().steps[:1])
    assert closing.missing(fold([made.opening(kit)]), m.Record(id="r", title="t", date=DAY)) == []


@pytest.mark.parametrize(
    ("request_text", "asks"),
    [
        ("Comment redonner envie", True), ("Qui vient ?", True), ("J’aimerais comprendre", True),
        ("I would like to hear you", True), ("Le comité se vide.", False), ("", False),
    ],
)  # fmt: skip
def test_a_request_asks_when_it_sounds_so(request_text: str, asks: bool) -> None:
    assert closing.asks(request_text) is asks


def test_an_empty_session_can_be_closed_all_the_same(tmp_path: Path) -> None:
    session = made.create(tmp_path, made.clock(), kit=made.shipped("atelier-entraide"))
    assert closing.missing(session.state, m.Record(id="r", title="t", date=DAY))
    [closed] = close(session, tmp_path)
    assert record_file.read(closed.toml) == closed.record


def test_closing_writes_the_record_and_its_page_and_takes_the_rest_away(tmp_path: Path) -> None:
    session = played(tmp_path)
    before = os.umask(0)
    try:
        [closed] = close(session, tmp_path)
    finally:
        os.umask(before)
    assert closed.toml == session.path.with_suffix(".toml")
    assert closed.page == session.path.with_suffix(".md")
    assert record_file.read(closed.toml) == closed.record
    assert closed.page.read_text(encoding="utf-8") == markdown.page(closed.record)
    assert {stat.S_IMODE(p.stat().st_mode) for p in (closed.toml, closed.page)} == {0o600}
    assert sorted(p.name for p in closed.toml.parent.iterdir()) == sorted([closed.toml.name, closed.page.name])
    assert listing.paths(Workspace(tmp_path)) == [closed.toml]
    assert listing.journals(Workspace(tmp_path)) == []
    assert closed.record.end is not None
    assert closed.record.notes


def test_the_journal_is_there_until_everything_has_been_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = played(tmp_path, "flash-binome", PAIR)
    seen: list[bool] = []
    real = record_file.read

    def looking(path: Path) -> m.Record:
        found = journal.read(session.path)
        seen.append(found.entries[-1].event == e.Closing(at=session.now(), records=session.state.records))
        return real(path)

    monkeypatch.setattr(record_file, "read", looking)
    assert len(close(session, tmp_path)) == 2
    assert seen == [True, True]  # the ids are on the disk before the first record
    assert not session.path.exists()


def test_two_offerors_get_a_record_and_a_page_each(tmp_path: Path) -> None:
    session = played(tmp_path, "flash-binome", PAIR)
    first, second = close(session, tmp_path)
    assert [c.record.people.offeror for c in (first, second)] == ["Nadia", "Bruno"]
    assert first.record.id != second.record.id
    assert sorted(p.suffix for p in first.toml.parent.iterdir()) == [".md", ".md", ".toml", ".toml"]
    assert [record_file.read(c.toml) for c in (first, second)] == [first.record, second.record]


def failing(real: Callable[..., None], at: int, error: OSError) -> Callable[..., None]:
    """The Nth whole write of a file fails."""
    calls = [0]

    def write(path: Path, data: bytes) -> None:
        calls[0] += 1
        if calls[0] == at:
            raise error
        real(path, data)

    return write


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_refused_write_keeps_everything_and_a_second_try_uses_the_same_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: int
) -> None:
    session = played(tmp_path, "flash-binome", PAIR)
    with monkeypatch.context() as patch:
        error = OSError(code, os.strerror(code))
        patch.setattr(closing, "write_atomically", failing(ground.write_atomically, number, error))
        with pytest.raises(UserError, match="Nothing is lost") as caught:
            close(session, tmp_path)
    assert caught.value.file is not None
    assert ground.reason(error) in caught.value.what
    ids = session.state.records
    assert len(ids) == 2
    assert session.flush()
    assert [x.event for x in journal.read(session.path).entries] == session.history
    closed = close(session, tmp_path)
    assert tuple(c.record.id for c in closed) == ids
    assert len(listing.paths(Workspace(tmp_path))) == 2
    assert not session.path.exists()


def test_closing_goes_on_under_the_same_ids_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = played(tmp_path, "flash-binome", PAIR)
    with monkeypatch.context() as patch:
        patch.setattr(closing, "write_atomically", failing(ground.write_atomically, 3, OSError(28, "full")))
        with pytest.raises(UserError):
            close(session, tmp_path)
    ids = session.state.records
    session.leave()
    again = LiveSession.resume(session.path, session.clock)
    assert tuple(c.record.id for c in close(again, tmp_path)) == ids
    assert len(listing.paths(Workspace(tmp_path))) == 2


def test_a_record_that_reads_back_differently_keeps_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = played(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(record_file, "read", lambda _path: FINE)
        with pytest.raises(UserError, match="reads back differently"):
            close(session, tmp_path)
    assert session.path.exists()
    with monkeypatch.context() as patch:
        real = ground.write_atomically
        patch.setattr(
            closing, "write_atomically", lambda p, d: real(p, d[:-1] if p.suffix == ".md" else d)
        )  # fmt: skip
        with pytest.raises(UserError, match="page was written, but reads back differently"):
            close(session, tmp_path)
    assert session.path.exists()
    close(session, tmp_path)
    assert not session.path.exists()


def test_an_id_that_is_taken_is_not_used_again(tmp_path: Path) -> None:
    session = played(tmp_path)
    taken = session.path.with_suffix(".toml")
    taken.write_text("another's", encoding="utf-8")
    [closed] = close(session, tmp_path)
    assert closed.toml != taken
    assert taken.read_text(encoding="utf-8") == "another's"


def test_a_text_that_was_never_cleaned_does_not_keep_the_session_from_closing(tmp_path: Path) -> None:
    session = made.create(tmp_path, made.clock(), kit=made.shipped("atelier-entraide"), title="e\u0301\r\n\x1b[31m")
    session.do(e.TextSet(at=1.0, name="request.text", text=made.HOSTILE))
    [closed] = close(session, tmp_path)
    assert "␛" in closed.record.title
    assert "\x1b" not in closed.toml.read_text(encoding="utf-8") + closed.page.read_text(encoding="utf-8")


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_whole_file_is_the_old_one_or_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    from pathlib import Path as RealPath

    path = tmp_path / "r.toml"
    ground.write_atomically(path, b"old")

    def refuse(*_given: object) -> None:
        raise OSError(errno.EIO, "no")

    with monkeypatch.context() as patch:
        patch.setattr(RealPath if call == "replace" else os, call, refuse)
        with pytest.raises(OSError, match="no"):
            ground.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["r.toml"]
    ground.write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_new_folder_is_put_on_the_disk_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(ground, "sync_folder", synced.append)
    ground.write_atomically(tmp_path / "sessions" / "2026" / "r.toml", b"new")
    assert synced == [tmp_path, tmp_path / "sessions", tmp_path / "sessions" / "2026"]


def test_a_page_is_made_by_the_cards_of_all_and_of_its_own_offeror(tmp_path: Path) -> None:
    session = played(tmp_path, "flash-binome", PAIR)
    first, second = (closing.steps_of_page(session.state, which) for which in (0, 1))
    assert {p.round for p in first} <= {0, 1}
    assert {p.round for p in second} <= {0, 2}
    assert [p.step for p in first] == [p.step for p in second]
    for play in (*first, *second):
        card = session.state.card_of(play)
        assert card is not None
        assert card.fills in closing.PAGE_SECTIONS
    session.leave()
