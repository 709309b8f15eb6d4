"""The journal: what was written is what is read, and nothing else ever is."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive import made
from tests.examples import examples

from entraide_tui.common.errors import UserError
from entraide_tui.common.text import clean, slug
from entraide_tui.kits.model import Kit
from entraide_tui.session import journal, journal_lines
from entraide_tui.session.journal import Journal
from entraide_tui.session.journal_lines import JournalEntry
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path

st.register_type_strategy(str, made.texts(most=5))
st.register_type_strategy(int, st.integers(-(10**11), 10**11))
st.register_type_strategy(float, st.floats(-1e11, 1e11))
KINDS = sorted(e.KINDS)


def small() -> list[e.Event]:
    """A few events of different shapes."""
    return [
        made.opening(),
        e.Held(at=0.0, host="portable", process=12, boot="b"),
        e.Entered(at=1.0, play="ouverture", how="start"),
        e.Written(at=2.5, item="w4", section="questions", text="Pourquoi ? « Non »\n\n👩‍⚕️ œ", by="Inès", kind="idea"),
        e.Extended(at=3.0, play="ouverture", seconds=60, taken={"demande": 60}),
        e.Undone(at=4.0, number=5),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@examples(8, any_size=True)
@given(data=st.data())
def test_every_kind_of_event_comes_back_as_it_was_written(kind: str, data: st.DataObject) -> None:
    strategy = st.from_type(e.KINDS[kind])
    if kind == "Opened":
        strategy = st.builds(e.Opened, kit=st.just(made.shipped("atelier-entraide")), session=st.just("x-1"))
    if kind == "Closing":
        strategy = st.builds(
            e.Closing, records=st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{3,9}", fullmatch=True)).map(tuple)
        )
    if kind == "Extended":
        whole = st.integers(-(10**11), 10**11)
        strategy = st.builds(e.Extended, seconds=whole, taken=st.dictionaries(st.sampled_from("abc#2"), whole))
    event = data.draw(strategy)
    line, seed = journal_lines.encode(JournalEntry(event, 12.5, 7.25), 1, 0)
    assert journal_lines.decode(line) == ([JournalEntry(event, 12.5, 7.25)], len(line), seed)


@pytest.mark.parametrize(
    "event",
    [
        e.Written(at=1, item="i1", section="topics", text=made.HOSTILE),
        e.Titled(at=2.0, title="Après", themes=("a\u202eb", "œuvre")),
        e.TextSet(at=0.1 + 0.2, name="request.text", text="a\ud800b"),
        e.Extended(at=3.0, play="a\x1bb", seconds=60, taken={"c\x9bd": 60}),
    ],
)
def test_an_event_is_encoded_once_and_what_is_taken_in_is_what_is_read_back(event: e.Event) -> None:
    entry = journal_lines.entry_of(event, 12.5, 7.25)
    assert entry is not None
    line, seed = journal_lines.encode(entry, 1, 0)
    assert entry.data in line
    assert journal_lines.decode(line) == ([entry], len(line), seed)
    assert "\x1b" not in line.decode()


@examples(4, any_size=True)
@given(kit=st.from_type(Kit))
def test_a_kit_of_any_shape_comes_back_with_its_session(kit: Kit) -> None:
    event = made.opening(kit)
    line, _seed = journal_lines.encode(JournalEntry(event, 0.0, 0.0), 1, 0)
    assert journal_lines.decode(line)[0] == [JournalEntry(event, 0.0, 0.0)]


def test_every_kit_that_ships_comes_back_with_its_session() -> None:
    for name in ("atelier-entraide", "bilan-mensuel", "flash-binome"):
        event = made.opening(made.shipped(name))
        assert journal_lines.decode(made.journal_bytes([event]))[0][0].event == event


def test_a_journal_cut_at_any_byte_gives_the_whole_lines_before_it() -> None:
    events = small()
    data = made.journal_bytes(events)
    ends = [i + 1 for i, byte in enumerate(data) if byte == 10]
    for cut in range(len(data)):
        found, good, _seed = journal_lines.decode(data[:cut])
        whole = sum(end <= cut for end in ends)
        assert [x.event for x in found] == events[:whole]
        assert good == ([0, *ends])[whole]


def test_after_a_cut_at_any_byte_the_session_goes_on_and_the_rest_is_kept_byte_for_byte(tmp_path: Path) -> None:
    events = small()
    data = made.journal_bytes(events)
    path = tmp_path / "s.journal"
    more = made.entries([e.Paused(at=9.0)])
    first = data.index(b"\n") + 1
    for cut in range(first, len(data)):
        path.write_bytes(data[:cut])
        found = journal.read(path)
        opened = Journal(path, good=found.good, seed=found.seed, number=len(found.entries))
        opened.append(more)
        opened.close()
        again = journal.read(path)
        assert again.rest == b""
        assert [x.event for x in again.entries] == [*events[: len(found.entries)], more[0].event]
        aside = list(tmp_path.glob("s.journal.torn-*"))
        assert [p.read_bytes() for p in aside] == ([data[found.good : cut]] if found.good < cut else [])
        for p in aside:
            assert stat.S_IMODE(p.stat().st_mode) == 0o600
            p.unlink()


def test_one_flipped_bit_anywhere_is_never_accepted() -> None:
    # without the opening, whose kit is long: its line is tried below
    events = [made.opening(replace(made.small_kit(), steps=())), *small()[1:]]
    data = made.journal_bytes(events)
    ends = [i + 1 for i, byte in enumerate(data) if byte == 10]
    for place in range(len(data)):
        for bit in range(8):
            hurt = bytearray(data)
            hurt[place] ^= 1 << bit
            found, good, _seed = journal_lines.decode(bytes(hurt))
            assert good <= place
            assert [x.event for x in found] == events[: sum(end <= place for end in ends)]


@examples(20)
@given(place=st.integers(0), bit=st.integers(0, 7))
def test_a_flipped_bit_in_an_opening_with_its_whole_kit_is_never_accepted(place: int, bit: int) -> None:
    data = bytearray(made.journal_bytes([made.opening(made.shipped("atelier-entraide"))]))
    data[place % len(data)] ^= 1 << bit
    assert journal_lines.decode(bytes(data))[0] == []


@pytest.mark.parametrize("after", [b"\x00" * 512, b"\n", b"\n\n", b"00000000 {}\n", b"\xff\xfe", b"x" * 5000])
def test_what_follows_the_good_lines_is_rest(tmp_path: Path, after: bytes) -> None:
    data = made.journal_bytes(small())
    path = tmp_path / "s.journal"
    path.write_bytes(data + after)
    found = journal.read(path)
    assert [x.event for x in found.entries] == small()
    assert found.rest == after


@pytest.mark.parametrize("number", range(6))
def test_a_repeated_a_dropped_or_a_moved_line_ends_the_run(number: int) -> None:
    events = small()
    lines = made.journal_bytes(events).splitlines(keepends=True)
    repeated = b"".join([*lines[: number + 1], *lines[number:]])
    assert [x.event for x in journal_lines.decode(repeated)[0]] == events[: number + 1]
    dropped = b"".join([*lines[:number], *lines[number + 1 :]])
    assert [x.event for x in journal_lines.decode(dropped)[0]] == events[:number]
    moved = b"".join([*lines[:number], *reversed(lines[number:])])
    assert [x.event for x in journal_lines.decode(moved)[0]] == (events if number == 5 else events[:number])


def test_an_event_of_a_newer_version_ends_the_run_and_is_kept(tmp_path: Path) -> None:
    class Applauded(e.Event, frozen=True, kw_only=True):
        """Of a version to come."""

    try:
        data = made.journal_bytes([*small()[:3], Applauded(at=3.0), *small()[3:]])
    finally:
        assert "Applauded" not in e.KINDS
    path = tmp_path / "s.journal"
    path.write_bytes(data)
    found = journal.read(path)
    assert [x.event for x in found.entries] == small()[:3]
    assert found.rest.count(b"\n") == 4


def test_an_event_without_what_it_needs_ends_the_run() -> None:
    import zlib

    good = made.journal_bytes(small()[:1])
    _entries, _good, seed = journal_lines.decode(good)
    for body in (
        b'{"n":2,"e":"Paused","w":1,"c":1,"d":{}}',
        b'{"n":2,"e":"Paused","w":"x","c":1,"d":{"at":1}}',
        b'{"n":2,"e":"Paused","w":1,"d":{"at":1}}',
        b'{"n":2,"e":[],"w":1,"c":1,"d":{"at":1}}',
        b'{"n":3,"e":"Paused","w":1,"c":1,"d":{"at":1}}',
        b'{"n":2,"e":"Paused","w":1,"c":1,"d":{"at":"1"}}',
        b"[]", b"7", b"null", b'"x"', b"", b"{", b"\xff", b"[" * 20_000,
        b'{"n":2,"d":' + b"[" * 900 + b"]" * 900 + b"}",
    ):  # fmt: skip
        line = b"%08x %s\n" % (zlib.crc32(body, seed), body)
        assert journal_lines.decode(good + line)[1] == len(good), body[:60]


def test_hostile_text_in_a_journal_comes_in_clean() -> None:
    import zlib

    import msgspec

    raw = made.HOSTILE.replace("\ud800", "")
    kit = {"format": 1, "id": "k", "version": 1, "title": {f"fr{raw}": raw}, "steps": []}
    body = msgspec.json.encode(
        {"n": 1, "e": "Opened", "w": 1, "c": 1,
         "d": {"at": 0, "session": raw, "origin": 1, "language": "fr", "kit": kit, "people": [{"name": raw}]}}
    )  # fmt: skip
    found, _good, _seed = journal_lines.decode(b"%08x %s\n" % (zlib.crc32(body, 0), body))
    event = found[0].event
    assert isinstance(event, e.Opened)
    safe = clean(raw, lines=True)
    assert event.session == slug(raw)
    assert event.people[0].name == safe
    assert isinstance(event.kit.title, dict)
    assert list(event.kit.title.values()) == [safe]
    assert "\x1b" in raw
    assert "\x1b" not in repr(event).replace("\\x1b", "\x1b")


def test_a_text_that_utf8_cannot_hold_is_written_all_the_same() -> None:
    line, _seed = journal_lines.encode(JournalEntry(e.Titled(at=1.0, title="a\ud800b"), 0.0, 0.0), 1, 0)
    assert journal_lines.decode(line)[0][0].event == e.Titled(at=1.0, title="a\ufffdb")


def test_a_journal_damaged_from_its_first_line_on_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "s.journal"
    for data in (b"", b"\x00" * 100, made.journal_bytes(small()[:1])[9:500], made.journal_bytes([e.Paused(at=1.0)])):
        path.write_bytes(data)
        with pytest.raises(UserError, match="damaged"):
            journal.read(path)
        assert path.read_bytes() == data


def test_a_journal_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be read"):
        journal.read(tmp_path / "none.journal")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_the_place_of_a_journal_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "s.journal"
    os.mkfifo(path)
    with pytest.raises(UserError):
        journal.read(path)
    with pytest.raises(OSError, match="ordinary"):
        Journal(path).append(made.entries(small()))


def test_a_link_in_the_place_of_a_journal_is_never_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"precious")
    (tmp_path / "s.journal").symlink_to(other)
    with pytest.raises(OSError):  # noqa: PT011 - the system's own words
        Journal(tmp_path / "s.journal").append(made.entries(small()))
    assert other.read_bytes() == b"precious"


def test_files_and_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "sessions" / "2026" / "s.journal"
        Journal(path).append(made.entries(small()))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_the_part_that_goes_on_is_read_and_a_half_written_one_is_not(tmp_path: Path) -> None:
    events = small()
    data = made.journal_bytes(events)
    path = tmp_path / "s.journal"
    path.write_bytes(made.journal_bytes(events[:3]))
    part = tmp_path / "s.journal.part2"
    part.write_bytes(data)
    assert journal.read(path).path == part
    assert len(journal.read(path).entries) == 6
    part.write_bytes(data[: data.index(b"\n") + 20])
    assert journal.read(path).path == path
    # also when the first file is gone
    path.unlink()
    part.write_bytes(data)
    assert journal.read(path).path == part


def test_a_torn_end_that_was_kept_aside_is_never_taken_for_a_part(tmp_path: Path) -> None:
    data = made.journal_bytes(small())
    path = tmp_path / "s.journal"
    path.write_bytes(made.journal_bytes(small()[:2]))
    torn = tmp_path / "s.journal.part2.torn-0-ab12"
    torn.write_bytes(data)
    assert journal.read(path).path == path
    journal.remove(path)
    assert torn.exists()
    assert not path.exists()


def test_a_journal_resumed_from_a_part_moves_to_another_file_and_never_over_itself(tmp_path: Path) -> None:
    path = tmp_path / "s.journal"
    part = tmp_path / "s.journal.part2"
    path.write_bytes(made.journal_bytes(small()[:2]))
    part.write_bytes(made.journal_bytes(small()))
    found = journal.read(path)
    opened = Journal(found.path, good=found.good, seed=found.seed, number=len(found.entries))
    opened.abandon()
    assert opened.path == tmp_path / "s.journal.part3"
    opened.append(found.entries)
    opened.close()
    assert part.read_bytes() == made.journal_bytes(small())
    assert journal.read(path).path == tmp_path / "s.journal.part3"
    journal.remove(path)
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_somebody_took_away_or_cut_is_begun_again_whole(tmp_path: Path) -> None:
    for how in ("gone", "cut"):
        path = tmp_path / how / "s.journal"
        opened = Journal(path)
        events = made.entries(small())
        opened.append(events[:3])
        opened.close()  # as after a refusal
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-5])
        with pytest.raises(OSError):  # noqa: PT011 - it says that it wants all again
            opened.append(events[3:])
        assert opened.number == 0
        opened.append(events)
        opened.close()
        assert journal.read(path).entries == events


def test_appending_again_what_was_refused_writes_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.journal"
    opened = Journal(path)
    events = made.entries(small())
    opened.append(events[:2])
    with monkeypatch.context() as patch:

        def full(_descriptor: int) -> None:
            raise OSError(28, "full")

        patch.setattr("entraide_tui.session.journal.sync", full)
        for _try in range(3):
            with pytest.raises(OSError, match="full"):
                opened.append(events[2:])
            assert opened.number == 2
    opened.append(events[2:])
    opened.close()
    assert journal.read(path).entries == events
    assert journal.read(path).rest == b""
