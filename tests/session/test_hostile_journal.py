"""What a journal says is checked like anything that comes from outside; what can be resumed can be closed."""

from __future__ import annotations

import random
import time
import zlib
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from tests.archive import made

from entraide_tui.common import files
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports import markdown
from entraide_tui.session import closing
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from pathlib import Path

ID = "2026-11-21-essai-k7qm"


def lines(events: list[dict[str, Any]]) -> bytes:
    """A journal with good CRCs of whatever events."""
    out, seed = b"", 0
    for number, held in enumerate(events, 1):
        body = msgspec.json.encode({"n": number, "e": held["e"], "w": made.NOON, "c": 1000.0, "d": held["d"]})
        seed = zlib.crc32(body, seed)
        out += b"%08x %s\n" % (seed, body)
    return out


def plain(events: list[e.Event]) -> list[dict[str, Any]]:
    return [{"e": type(x).__name__, "d": msgspec.to_builtins(x)} for x in events]


def opened(folder: Path, data: bytes) -> LiveSession:
    path = folder / "sessions" / "2026" / f"{ID}.journal"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return LiveSession.resume(path, made.clock())


def close(live: LiveSession, folder: Path) -> list[closing.Closed]:
    return closing.close(live, Workspace(folder), None, markdown.page)


def begun() -> list[e.Event]:
    return [made.opening(title="Essai"), e.Entered(at=1.0, play="ouverture", how="start")]


@pytest.mark.parametrize(
    "name",
    [
        "{outside}/victim",
        "../../../../evil",
        "../evil",
        "a/b",
        "",
        ".",
        "con",
        "x" * 200,
        "Majuscule",
        "a\n",
        ".hidden",
    ],
)
def test_no_id_of_a_journal_leads_anywhere_but_to_its_own_record(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for suffix in (".toml", ".md"):
        (outside / f"victim{suffix}").write_text("MY OWN", encoding="utf-8")
    before = {path: path.read_bytes() for path in outside.iterdir()}
    folder = tmp_path / "a" / "b" / "group"
    named = name.format(outside=outside)
    live = opened(folder, lines(plain([*begun(), e.Closing(at=2.0, records=(named,))])))
    [written] = close(live, folder)
    assert written.toml.parent == folder / "sessions" / "2026"
    assert {path: path.read_bytes() for path in outside.iterdir()} == before
    assert sorted(p.suffix for p in folder.rglob("*") if p.is_file()) == [".md", ".toml"]
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and not p.is_relative_to(folder) and p not in before]


@pytest.mark.parametrize("session", ["x-../../../../../evil3", "", "a/b", "x" * 5000, "x-" + "y" * 5000, "é", "con"])
def test_the_id_of_a_session_leads_nowhere_else_either(tmp_path: Path, session: str) -> None:
    folder = tmp_path / "a" / "b" / "group"
    events = plain(begun())
    events[0]["d"]["session"] = session
    [written] = close(opened(folder, lines(events)), folder)
    assert written.toml.parent == folder / "sessions" / "2026"
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and not p.is_relative_to(folder)]


@pytest.mark.parametrize("what", [(".toml", ".md"), (".toml",), (".md",)])
def test_a_record_of_somebody_else_under_that_id_is_kept(tmp_path: Path, what: tuple[str, ...]) -> None:
    folder = tmp_path / "group"
    other = made.create(folder, made.clock(), title="Ancien")
    other.do(e.Entered(at=5.0, play="ouverture", how="start"))
    [old] = close(other, folder)
    for path in (old.toml, old.page):
        if path.suffix not in what:
            path.unlink()
    before = {p: p.read_bytes() for p in (old.toml, old.page) if p.exists()}
    path = folder / "sessions" / "2026" / f"{ID}.journal"
    path.write_bytes(lines(plain([*begun(), e.Closing(at=2.0, records=(old.record.id,))])))
    [written] = close(LiveSession.resume(path, made.clock()), folder)
    assert written.record.id != old.record.id
    assert {p: p.read_bytes() for p in before} == before


def test_what_an_earlier_try_wrote_goes_to_the_history_if_it_said_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "group"
    live = opened(folder, lines(plain(begun())))
    real = files.write_atomically
    with monkeypatch.context() as patch:

        def no_page(path: Path, data: bytes) -> None:
            if path.suffix == ".md":
                raise OSError(28, "full")
            real(path, data)

        patch.setattr(closing, "write_atomically", no_page)
        with pytest.raises(UserError, match="Nothing is lost"):
            close(live, folder)
    [first] = folder.rglob("*.toml")
    said = first.read_bytes()
    live.do(e.TextSet(at=live.now(), name="request.text", text="Comment ?"))
    [written] = close(live, folder)
    assert written.toml == first
    [kept] = (folder / "sessions" / ".history").rglob("*.toml")
    assert kept.read_bytes() == said


@pytest.mark.parametrize("minutes", [1e308, -1e308, 1e300, 1e18, 0.0, -5.0])
def test_minutes_out_of_all_measure_end_nothing(tmp_path: Path, minutes: float) -> None:
    events = plain(begun())
    for step in events[0]["d"]["kit"]["steps"]:
        step["minutes"] = {"min": minutes, "usual": minutes, "max": minutes}
    folder = tmp_path / "group"
    assert close(opened(folder, lines(events)), folder)


def test_an_answer_to_a_question_of_a_strange_name_can_be_closed(tmp_path: Path) -> None:
    opening = made.opening(made.shipped("atelier-entraide"), title="Essai")
    step = next(step.id for step in opening.kit.steps if step.card and step.card.fills == "feelings")
    answered = e.Answered(at=2.0, play=step, by="Inès", field="\n\n", answer=4)
    entered = e.Entered(at=1.0, play=step, how="jump")
    folder = tmp_path / "group"
    assert close(opened(folder, lines(plain([opening, entered, answered]))), folder)


STRANGE: tuple[Any, ...] = (
    1e308, -1e308, 10**30, -(10**30), 2**63, 1e18, -1, 0, "", "\x1b[2J", "../../x", "x" * 300_000, "é" * 200_000,
    [], {}, None, True, "9999-99-99", "\n\n", "#2", "0" * 50,
)  # fmt: skip


def mutated(chance: random.Random, value: Any) -> Any:  # noqa: ANN401 - JSON values
    """With a few values that mean mischief."""
    if chance.random() < 0.06:
        return chance.choice(STRANGE)
    if isinstance(value, dict):
        return {key: mutated(chance, held) for key, held in value.items()}
    if isinstance(value, list):
        return [mutated(chance, held) for held in value]
    if isinstance(value, int | float | str) and chance.random() < 0.1:
        return chance.choice([strange for strange in STRANGE if type(strange) is type(value)] or [value])
    return value


def everything(kit: str) -> list[e.Event]:
    """A workshop with a bit of all."""
    opening = made.opening(made.shipped(kit) if kit else made.small_kit(), title="Essai")
    out: list[e.Event] = [opening]
    for number, step in enumerate(opening.kit.steps, 1):
        at = number * 60.0
        out += [
            e.Entered(at=at, play=step.id, how="next"),
            e.Written(at=at, item=f"w{number}", section="contributions", text="mot", by="Inès", kind="idea"),
            e.Extended(at=at, play=step.id, seconds=60, taken={}),
            e.Answered(at=at, play=step.id, by="Inès", field="score", answer=4),
            e.TextSet(at=at, name="request.text", text="Comment ?"),
        ]
    out += [
        e.Kept(at=900.0, idea="i1", text="Une", sources=("w1",)),
        e.Planned(at=901.0, action="a1", what="Appeler", who="Awa", due="2026-12-05", idea="i1"),
        e.Inserted(at=902.0, play="extra-1", title="Pause", seconds=300),
        e.BeganEarlier(at=903.0, seconds=30.0),
        e.ClockSet(at=904.0, origin=made.NOON),
        e.EndPromised(at=905.0, hard_end=made.NOON + 4000),
        e.LookedBack(at=906.0, said=e.SaidOf(record="2026-01-01-x-aaaa", number=0, what="Appeler")),
        e.Interrupted(at=907.0, since=905.0),
        e.Undone(at=908.0, number=3),
        e.Closing(at=909.0, records=("2026-11-21-essai-k7qm",)),
    ]
    return out


def mischief(folder: Path, chance: random.Random) -> bool:
    """Whether the mutated journal could be resumed; it can be closed then."""
    held = plain(everything(chance.choice(("", "atelier-entraide", "flash-binome", "bilan-mensuel"))))
    held = [{"e": one["e"], "d": mutated(chance, one["d"]) if chance.random() < 0.4 else one["d"]} for one in held]
    try:
        live = opened(folder, lines(held))
    except UserError:
        return False
    except OverflowError:  # of msgspec, writing the number
        return False
    assert close(live, folder)
    assert not [p for p in folder.parent.iterdir() if p != folder]
    return True


@pytest.mark.parametrize("seed", range(60))
def test_what_can_be_resumed_can_be_closed(tmp_path: Path, seed: int) -> None:
    mischief(tmp_path / "all" / "group", random.Random(seed))


@pytest.mark.campaign
def test_what_can_be_resumed_can_be_closed_many_times(tmp_path: Path) -> None:
    chance = random.Random(time.time_ns())
    closed = [mischief(tmp_path / str(number) / "group", chance) for number in range(1000)]
    assert sum(closed) > 500
