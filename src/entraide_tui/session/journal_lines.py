"""The lines of a journal: an event to a line and back, and what can still be proven of damaged ones.

A line is `crc32 SP json LF`. Each CRC is seeded with the one before, which the line repeats (`p`): so a line can't be
repeated, dropped or moved unnoticed, and each proves itself where the line before it is damaged. Lines of versions
without `p` are proven by the CRC of the line before.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from entraide_tui.archive.ids import is_id
from entraide_tui.common.text import clean, slug
from entraide_tui.workshop.events import KINDS, Closing, Event, Opened, Undone

COPIES = (2, 12)
"""The lines that repeat the opening, so that its own may be damaged: apart, so that one damaged block leaves one."""
LARGEST_NUMBER = 1e11
"""No number in a journal is larger: seconds since 1970 until the year 5138."""
MOST_MISSING = 100_000
"""Missing lines beyond which a number is not believed."""
_CRC = re.compile(rb"[0-9a-f]{8} ")
_SEED = re.compile(rb'\{"n":\d+,"p":"([0-9a-f]{8})"')
_START = re.compile(rb'[0-9a-f]{8} \{"n":\d')


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An event, and the wall's time (seconds since 1970) and the never-jumping clock's at that moment.

    Attributes:
        data: the event as JSON, where it was just taken in; empty: it is encoded when it is written.
    """

    event: Event
    wall: float
    elapsed: float
    data: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What can be proven of a damaged journal.

    Attributes:
        entries: in the order of their numbers, from 1; None for one that can't be read.
        opening: the opening as a later line repeats it, if one does.
        rest: the bytes of all that can't be read, one after the other.
        offset: where the first of them stood.
        tail: how many lines can't be read after the last that can.
    """

    entries: list[JournalEntry | None]
    opening: Opened | None
    rest: bytes
    offset: int
    tail: int


def encode(entry: JournalEntry, number: int, seed: int, opening: Event | None = None) -> tuple[bytes, int]:
    """Return the line, and the seed of the next one; `opening` is repeated in some lines."""
    import msgspec

    held = {
        "n": number,
        "p": f"{seed:08x}",
        "e": type(entry.event).__name__,
        "w": round(entry.wall, 3),
        "c": round(entry.elapsed, 3),
        "d": msgspec.Raw(entry.data) if entry.data else entry.event,
    }
    if opening is not None and number in COPIES:
        held["o"] = opening
    try:
        body = msgspec.json.encode(held)
    except UnicodeEncodeError:
        body = msgspec.json.encode(_cleaned(msgspec.to_builtins(held)))
    crc = zlib.crc32(body, seed)
    return b"%08x %s\n" % (crc, body), crc


def encode_all(entries: list[JournalEntry], number: int, seed: int, opening: Event | None) -> tuple[bytes, int]:
    """Return the lines of entries that follow the line of that number, and the seed of the next one."""
    if not number and entries:
        opening = entries[0].event
    lines = []
    for index, entry in enumerate(entries, number + 1):
        line, seed = encode(entry, index, seed, opening)
        lines.append(line)
    return b"".join(lines), seed


def decode(data: bytes) -> tuple[list[JournalEntry], int, int]:
    """The good lines, how many bytes they are, and the seed of the next one.

    An event of a kind that this version does not know ends the run as a bad line does: nothing after it can be
    trusted to mean what it says.
    """
    entries: list[JournalEntry] = []
    seed = good = start = 0
    while (end := data.find(b"\n", start)) >= 0:
        line = data[start:end]
        crc = zlib.crc32(line[9:], seed)
        if line[:9] != b"%08x " % crc or (found := _parsed(line[9:])) is None or found[0] != len(entries) + 1:
            break
        if (entry := _entry(found[1])) is None:
            break
        entries.append(entry)
        seed, good, start = crc, end + 1, end + 1
    return entries, good, seed


def seed_after(data: bytes) -> int | None:
    """Return the seed of the line after these; None if one of them is damaged. Their events are not looked at."""
    seed = start = 0
    while (end := data.find(b"\n", start)) >= 0:
        crc = zlib.crc32(data[start + 9 : end], seed)
        if data[start : start + 9] != b"%08x " % crc:
            return None
        seed, start = crc, end + 1
    return seed if start == len(data) else None


def recover(data: bytes) -> Recovered:
    """Return each entry that can be proven, wherever in the journal the damage is."""
    found: dict[int, JournalEntry] = {}
    rest: list[tuple[int, bytes]] = []
    opening: Any = None
    most = tail = 0
    for at, line, held in _lines(data):
        if held is not None and held[1].get("e") not in KINDS:
            rest.append((at, data[at:]))  # of a newer version: what follows may mean something else
            tail += data.count(b"\n", at)
            break
        number, entry = (held[0], _entry(held[1])) if held else (0, None)
        missing = max(number, most) - len(found) - 1
        if held is None or entry is None or number in found or number < 1 or missing > MOST_MISSING:
            rest.append((at, line))
            tail += bool(line.strip(b" \r\n"))
            continue
        found[number] = entry
        most, tail = max(most, number), 0
        opening = opening or held[1].get("o")
    return Recovered(
        [found.get(number) for number in range(1, most + 1)],
        opened_from(opening) if opening else None,
        b"".join(line for _at, line in rest),
        rest[0][0] if rest else len(data),
        tail,
    )


def _lines(data: bytes) -> list[tuple[int, bytes, tuple[int, dict[str, Any]] | None]]:
    """Where each line stands, its bytes, and its number and values if it is proven.

    A line begins after a line end, and where it looks like the beginning of one: the end before it may be damaged.
    """
    ends = (match.end() for match in re.finditer(b"\n", data))
    starts = sorted({0, *ends, *(match.start() for match in _START.finditer(data))} - {len(data)})
    lines = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    proven = [False] * len(lines)
    written: int | None = 0
    computed: int | None = 0
    for index, line in enumerate(lines):
        crc = int(line[:8], 16) if _CRC.match(line) else None
        body = line[9:-1]
        own = _SEED.match(body)
        seeds = (computed, written, int(own[1], 16) if own else None)
        seed = next((s for s in seeds if s is not None and crc is not None and zlib.crc32(body, s) == crc), None)
        if seed is not None:
            proven[index] = True
            if index and seed == computed:
                proven[index - 1] = True  # where only its own CRC is damaged
        used = seed if seed is not None else seeds[2] if own else seeds[0]
        computed = None if used is None else zlib.crc32(body, used)
        written = crc if crc is not None else written
    return [
        (start, line, _parsed(line[9:-1]) if good else None)
        for start, line, good in zip(starts, lines, proven, strict=True)
    ]


def _parsed(body: bytes) -> tuple[int, dict[str, Any]] | None:
    """The number of a line and what it holds; None where it is no line of a journal."""
    import msgspec

    try:
        held = msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if not isinstance(held, dict) or not isinstance(number := held.get("n"), int) or not isinstance(held.get("e"), str):
        return None
    return number, held


def _entry(held: dict[str, Any]) -> JournalEntry | None:
    import msgspec

    try:
        event = _converted(held["e"], _cleaned(held["d"]))
        wall, elapsed = _cleaned(float(held["w"])), _cleaned(float(held["c"]))
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError):
        return None
    return JournalEntry(event, wall, elapsed)


def opened_from(values: Any) -> Opened | None:  # noqa: ANN401 - JSON values
    """Return the opening that these values are; None if they are none."""
    import msgspec

    try:
        event = _converted("Opened", _cleaned(values))
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RecursionError):
        return None
    return event if isinstance(event, Opened) else None


def _converted(kind: str, data: Any) -> Event:  # noqa: ANN401 - JSON values
    """Return the event of that kind, its ids safe. Raises KeyError, TypeError or ValueError."""
    import msgspec

    event = msgspec.convert(data, KINDS[kind], str_keys=True)
    if isinstance(event, Opened) and not is_id(event.session):
        return msgspec.structs.replace(event, session=slug(event.session) or "workshop")
    if isinstance(event, Closing) and not all(is_id(name) for name in event.records):
        return msgspec.structs.replace(event, records=())
    return event


def entry_of(event: Event, wall: float, elapsed: float) -> JournalEntry | None:
    """Return the entry with its event as it will be read again; None where no journal can hold it (an endless number).

    The event is encoded once: what it is read from here is what the journal's line will hold.
    """
    import msgspec

    try:
        data = msgspec.json.encode(event)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_cleaned(msgspec.to_builtins(event)))
    try:
        held = msgspec.json.decode(data)
        cleaned = _cleaned(held)
        if cleaned != held:
            data = msgspec.json.encode(cleaned)
        return JournalEntry(_converted(type(event).__name__, cleaned), wall, elapsed, data)
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
        return None


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """The gate: a journal lies in a folder that others can write to."""
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return max(-LARGEST_NUMBER, min(LARGEST_NUMBER, value)) if abs(value) > LARGEST_NUMBER else value
    if isinstance(value, dict):
        return {_cleaned(k): _cleaned(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_cleaned(v) for v in value]
    return value


def nothing(before: JournalEntry) -> JournalEntry:
    """Return what stands for an entry that can't be read: one without effect, that earlier versions know as well."""
    from entraide_tui.workshop.gestures import unreadable

    return JournalEntry(unreadable(before.event.at), before.wall, before.elapsed)


def is_nothing(entry: JournalEntry) -> bool:
    """Whether an entry stands for one that can't be read."""
    return isinstance(entry.event, Undone) and entry.event.number == 0
