"""Damage anywhere in a journal costs only what is damaged."""

from __future__ import annotations

import random
import re
import time
import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.archive import made

from entraide_tui.session import journal
from entraide_tui.session.journal_lines import encode_all
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path

WORDS = 40


def events(kit: str = "atelier-entraide") -> list[e.Event]:
    opening = made.opening(made.shipped(kit), title="Relancer le comité")
    said = [
        e.Written(at=float(n), item=f"w{n}", section="questions", text=f"Pourquoi {n} ?", by="Inès")
        for n in range(WORDS)
    ]
    first = opening.kit.steps[0].id
    return [opening, e.Held(at=0.0, host="h", process=1), e.Entered(at=0.5, play=first, how="start"), *said]


def new_format() -> bytes:
    """As this version writes it."""
    return encode_all(made.entries(events()), 0, 0, None)[0]


def old_format() -> bytes:
    """As the version before wrote it: each CRC seeded with the one before, nothing said twice."""
    out, seed = b"", 0
    for number, entry in enumerate(made.entries(events()), 1):
        body = msgspec.json.encode(
            {"n": number, "e": type(entry.event).__name__, "w": entry.wall, "c": entry.elapsed, "d": entry.event}
        )
        seed = zlib.crc32(body, seed)
        out += b"%08x %s\n" % (seed, body)
    return out


def texts(data: bytes) -> dict[str, tuple[int, int]]:
    """Where each entry stands, read by hand."""
    found, at = {}, 0
    for line in data.splitlines(keepends=True):
        if text := re.search(rb'"text":"([^"]*)"', line):
            found[text[1].decode()] = (at, at + len(line))
        at += len(line)
    return found


def resumed(tmp_path: Path, data: bytes) -> LiveSession:
    path = tmp_path / "sessions" / "2026" / "2026-11-21-essai-k7qm.journal"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return LiveSession.resume(path, made.clock())


def judge(tmp_path: Path, data: bytes, hurt: bytes, begin: int, end: int, *, near: int = 0) -> None:
    """All outside of the damage is shown, now and after another resumption; the damaged bytes are kept."""
    live = resumed(tmp_path, hurt)
    shown = {item.text for item in live.state.items}
    whole = texts(data)
    wanted = {text for text, (a, b) in whole.items() if b <= begin or a >= end}
    assert len(wanted - shown) <= near, wanted - shown
    assert shown <= set(whole)
    assert live.state.people
    assert [step.id for step in live.state.kit.steps] == [s.id for s in made.shipped("atelier-entraide").steps]
    if shown != set(whole):
        assert "could not be read" in live.damage
    assert live.leave()
    kept = b"".join(p.read_bytes() for p in live.path.parent.glob("*.torn-*"))
    assert hurt[begin:end].strip(b"\0 \r\n") in kept or shown == set(whole)
    again = LiveSession.resume(live.path, made.clock())
    assert {item.text for item in again.state.items} == shown
    assert again.damage == ""
    again.end()
    for path in live.path.parent.iterdir():
        path.unlink()


def damage(chance: random.Random, data: bytes) -> tuple[bytes, int, int]:
    begin = chance.randrange(len(data))
    end = begin + 1
    if chance.random() < 0.5:
        end = min(len(data), begin + chance.choice((2, 16, 100, 512, 4096)))
        return data[:begin] + bytes(end - begin) + data[end:], begin, end
    other = bytes([data[begin] ^ (1 << chance.randrange(8))])
    return data[:begin] + other + data[end:], begin, end


@pytest.mark.parametrize("seed", range(40))
def test_a_byte_or_a_block_costs_only_what_it_hits(tmp_path: Path, seed: int) -> None:
    data = new_format()
    judge(tmp_path, data, *damage(random.Random(seed), data))


@pytest.mark.campaign
def test_a_byte_or_a_block_at_many_places_costs_only_what_it_hits(tmp_path: Path) -> None:
    data, chance = new_format(), random.Random(time.time_ns())
    for _time in range(2000):
        judge(tmp_path, data, *damage(chance, data))


@pytest.mark.parametrize("seed", range(20))
def test_a_byte_or_a_block_in_a_journal_of_the_version_before(tmp_path: Path, seed: int) -> None:
    # what follows a line whose own CRC is gone as well can't be proven there
    data = old_format()
    judge(tmp_path, data, *damage(random.Random(seed), data), near=1)


def test_each_line_end_and_each_crc_of_both_formats(tmp_path: Path) -> None:
    for data in (new_format(), old_format()):
        ends = [match.start() for match in re.finditer(b"\n", data)]
        for end in ends[3:-1:5]:
            for at in (end, end + 1, end + 9):
                judge(tmp_path, data, data[:at] + b"\x01" + data[at + 1 :], at, at + 1)


def test_blocks_anywhere_can_all_be_resumed(tmp_path: Path) -> None:
    for data in (new_format(), old_format()):
        chance = random.Random(7)
        for _time in range(30):
            begin = chance.randrange(len(data))
            length = chance.choice((16, 512, 4096, 16384))
            live = resumed(tmp_path, data[:begin] + bytes(min(length, len(data) - begin)) + data[begin + length :])
            assert live.state.plays
            assert live.leave()
            for path in live.path.parent.iterdir():
                path.unlink()


def test_the_version_before_reads_what_this_one_writes() -> None:
    seed = 0
    for number, line in enumerate(new_format().splitlines(), 1):
        crc, body = line[:8], line[9:]
        seed = zlib.crc32(body, seed)
        assert b"%08x" % seed == crc
        held = msgspec.json.decode(body)
        assert held["n"] == number
        assert msgspec.convert(held["d"], e.KINDS[held["e"]], str_keys=True) == events()[number - 1]


def test_a_journal_of_the_version_before_whose_first_line_is_gone_is_put_together(tmp_path: Path) -> None:
    data = old_format()
    end = data.index(b"\n")
    live = resumed(tmp_path, bytes(end) + data[end:])
    assert live.state.kit.id == "atelier-entraide"
    assert live.state.id == "2026-11-21-essai-k7qm"
    assert [p.name for p in live.state.people] == ["Inès"]
    assert len(live.state.items) == WORDS
    assert "title, the people" in live.damage
    live.leave()


def test_what_can_still_be_read_of_a_damaged_first_line_is_used(tmp_path: Path) -> None:
    data = old_format()
    hurt = data[:3000] + bytes(4096) + data[7096:]
    live = resumed(tmp_path, hurt)
    assert live.state.kit == made.shipped("atelier-entraide")
    assert live.state.title == "Relancer le comité"
    assert [p.name for p in live.state.people] == ["Awa", "Jean", "Inès", "Marc", "Paul"]
    live.leave()


def test_an_undo_still_takes_back_the_same_event_where_one_before_it_is_lost(tmp_path: Path) -> None:
    happened = [*events(), e.Undone(at=99.0, number=WORDS)]
    lines = encode_all(made.entries(happened), 0, 0, None)[0].splitlines(keepends=True)
    lines[20] = b"\0" * len(lines[20])
    live = resumed(tmp_path, b"".join(lines))
    wanted = {x.text for n, x in enumerate(happened, 1) if isinstance(x, e.Written) and n not in (21, WORDS)}
    assert {item.text for item in live.state.items} == wanted
    live.leave()


def test_lines_that_an_earlier_part_still_holds_are_taken_from_there(tmp_path: Path) -> None:
    data = new_format()
    lines = data.splitlines(keepends=True)
    path = tmp_path / "s.journal"
    path.write_bytes(b"".join(lines[:30]))
    path.with_name("s.journal.part2").write_bytes(b"".join([*lines[:9], b"\0" * 300, b"\n", *lines[12:]]))
    found = journal.read(path)
    assert [entry.event for entry in found.entries] == events()
    assert found.missing == 0


def test_a_number_out_of_all_measure_is_not_believed(tmp_path: Path) -> None:
    import tracemalloc

    data = new_format()
    body = b'{"n":999999999,"p":"00000000","e":"Paused","w":1,"c":1,"d":{"at":1}}'
    path = tmp_path / "s.journal"
    path.write_bytes(data + b"x\n%08x %s\n" % (zlib.crc32(body, 0), body))
    tracemalloc.start()
    found = journal.read(path)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert [entry.event for entry in found.entries] == events()
