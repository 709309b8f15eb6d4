"""From what happened to the record: all that was written is in it, under the right offeror."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive import made
from tests.examples import examples

from entraide_tui.archive import ids, record_file
from entraide_tui.archive import model as m
from entraide_tui.common.text import LONGEST
from entraide_tui.kits.model import Step
from entraide_tui.session import to_record
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures
from entraide_tui.workshop.fold import apply, fold
from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = Path("r.toml")
PAIR = (e.Seat("Nadia", "offeror"), e.Seat("Bruno", "facilitator"))


class Played:
    """A session that is played, one gesture after the other."""

    def __init__(self, opening: e.Opened) -> None:
        self.history: list[e.Event] = [opening]
        self.state = fold(self.history)
        self.at = 0.0

    def do(self, event: e.Event | None) -> None:
        """Takes it in."""
        if event is not None:
            self.history.append(event)
            self.state = apply(self.state, event)

    def id(self) -> str:
        """For a new entry."""
        return f"i{len(self.history) + 1}"


def _happens(played: Played, what: str, number: int, text: str) -> Iterator[e.Event | None]:
    state, at = played.state, played.at
    play = state.plays[number % len(state.plays)]
    here = state.now_playing or play
    card = state.card_of(here)
    name = state.people[number % len(state.people)].name
    entries = [i for i in state.items if i.section == "contributions"]
    match what:
        case "next":
            yield gestures.next_step(state, at)
        case "back":
            yield gestures.back(state, at)
        case "skip":
            yield gestures.skip(state, at)
            yield e.ReasonGiven(at=at, play=here.key, reason=text)
        case "extend":
            yield gestures.extend(state, at, number * 30)
        case "insert":
            yield gestures.insert(state, at, text or "Autre", number)
        case "write":
            section = card.fills if card and card.kind == "list" else "parking"
            yield e.Written(at=at, item=played.id(), section=section, text=text, by=name, kind="idea")
        case "type":
            if card and card.kind == "text":
                yield e.TextSet(at=at, name=text_name(card, here), text=text)
            else:
                yield e.TextSet(at=at, name=f"notes.{here.key}", text=text)
        case "context" if card and card.fills == "request":
            yield e.TextSet(at=at, name=text_name(card, here, "context"), text=text)
        case "keep" if entries:
            yield gestures.keep_idea(state, at, entries[number % len(entries)].id, played.id())
        case "plan":
            ideas = state.in_section("ideas")
            yield e.Planned(
                at=at, action=played.id(), what=text, who=name, due=["", "2026-12-05"][number % 2], first_step=text,
                idea=ideas[number % len(ideas)].id if ideas else "",
            )  # fmt: skip
        case "answer" if card and card.kind == "form":
            for field in card.fields:
                answer: str | int = number % 5 + 1 if field.kind == "scale" else text
                yield e.Answered(
                    at=at, play=here.key, by=name if card.of == "each" else "", field=field.id, answer=answer
                )
            yield e.NamingAgreed(at=at, play=here.key, by=name, named=bool(number % 2))
        case "arrive":
            yield e.Arrived(at=at, name=["Paul", "Zoé"][number % 2])
        case "leave":
            yield e.Gone(at=at, name=name)
        case "title":
            yield e.Titled(at=at, title=text, themes=(text,) if text else ())
        case _:
            pass


WHAT = (
    "next", "next", "next", "back", "skip", "extend", "insert", "write", "write", "type", "type", "context",
    "keep", "plan",
    "answer", "arrive", "leave", "title",
)  # fmt: skip


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Played, float]:
    """A session of a kit that ships, played at random, finished or not."""
    name = draw(st.sampled_from(["atelier-entraide", "bilan-mensuel", "flash-binome"]))
    people = PAIR if name == "flash-binome" else made.SEATS
    played = Played(made.opening(made.shipped(name), people, draw(made.texts(lines=False, most=2))))
    moves = draw(
        st.lists(
            st.tuples(st.sampled_from(WHAT), st.integers(0, 9), made.texts(most=4), st.integers(0, 900)), max_size=40
        )
    )
    for what, number, text, wait in moves:
        played.at += wait
        for event in _happens(played, what, number, text):
            played.do(event)
    return played, played.at + 10


@examples(40, any_size=True)
@given(
    session=sessions(), zone=st.sampled_from([None, datetime.UTC, ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Kolkata")])
)
def test_a_session_played_at_random_leaves_records_that_hold_all_and_can_be_read_again(
    session: tuple[Played, float], zone: datetime.tzinfo | None
) -> None:
    played, now = session
    state = played.state
    records = to_record.records(state, now, zone)
    assert len(records) == len(to_record.rounds(state)) >= 1
    assert len({r.id for r in records}) == len(records)
    assert records == to_record.records(fold(played.history), now, zone)
    for record, number in zip(records, to_record.rounds(state), strict=True):
        assert record_file.loads(record_file.dumps(record).encode(), PATH) == record
        assert record.start is not None
        assert record.end is not None
        assert record.date == record.start.date()
        assert record.start <= record.end
        assert [i.text for i in record.ideas] == [i.text for i in state.in_section("ideas", number)]
        assert all(0 <= a.idea <= len(record.ideas) for a in record.actions)
        assert all(s.actual >= 0 for s in record.steps)
        assert record.people.offeror not in record.people.contributors
        assert record.people.facilitator not in record.people.contributors
        assert not set(record.people.absent) & set(record.people.contributors)
    held = Counter(_texts(records))
    for item in state.items:
        assert any(item.text in text for text in held), item.section
    for action in state.actions:
        assert any(action.what == a.what for r in records for a in r.actions)
    named = {by for _play, by in state.named}
    assert {f.by for r in records for f in r.feelings} <= named | {""}


def _texts(records: list[m.Record]) -> Iterator[str]:
    for r in records:
        for section in (r.ideas, r.topics, r.questions, r.contributions, r.learnings, r.notes):
            yield from (str(getattr(entry, "text", "")) for entry in section)
            yield from (str(getattr(entry, "answer", "")) for entry in section)
        yield from (f.word for f in r.feelings)


def asked(*entries: tuple[str, str]) -> tuple[m.Question, ...]:
    """The questions of the record of a workshop in which Nadia asks, after these entries: who said what."""
    played = Played(made.opening(made.small_kit(), (*PAIR, e.Seat("Zoé"))))
    for by, text in entries:
        played.do(gestures.write(played.state, 1.0, played.id(), "questions", text, by=by))
    [record] = to_record.records(played.state, played.at, datetime.UTC)
    assert record_file.loads(record_file.dumps(record).encode(), PATH) == record
    return record.questions


def test_what_the_offeror_says_after_a_question_is_its_answer() -> None:
    assert asked(
        ("Nadia", "Par où commencer ?"), ("Zoé", "Qui vient ?"), ("Nadia", "Six personnes."),
        ("Nadia", "Parfois huit."), ("Bruno", "Depuis quand ?"), ("", "Et avant ?"), ("Nadia", "Deux ans."),
    ) == (
        m.Question("Par où commencer ?", "Nadia"),
        m.Question("Qui vient ?", "Zoé", "Six personnes. Parfois huit."),
        m.Question("Depuis quand ?", "Bruno"),
        m.Question("Et avant ?", "", "Deux ans."),
    )  # fmt: skip


def test_answers_longer_than_a_text_may_be_stay_entries_of_their_own() -> None:
    half = "x" * (LONGEST // 2 + 1)
    assert [q.by for q in asked(("Zoé", "Qui ?"), ("Nadia", half), ("Nadia", half))] == ["Zoé", "Nadia", "Nadia"]


def test_two_offerors_have_a_record_each() -> None:
    played = Played(made.opening(made.shipped("flash-binome"), PAIR))
    written: dict[str, list[str]] = {}
    while played.state.finished is None:
        played.do(gestures.next_step(played.state, played.at))
        play = played.state.now_playing
        if play is None:
            break
        played.at += 60
        for what in ("type", "write", "plan"):
            text = f"{what} {play.key}."
            written.setdefault(play.offeror, []).append(text)
            for event in _happens(played, what, 1, text):
                played.do(event)
    first, second = to_record.records(played.state, played.at, datetime.UTC, ("a", "b"))
    assert (first.id, first.people.offeror, first.people.contributors, first.people.facilitator) == (
        "a",
        "Nadia",
        (),
        "Bruno",
    )
    assert (second.id, second.people.offeror, second.people.contributors) == ("b", "Bruno", ("Nadia",))
    assert (first.request.text, second.request.text) == ("type demande.", "type demande#2.")
    # each has its own, and what was written for both
    for record, mine, other in ((first, "Nadia", "Bruno"), (second, "Bruno", "Nadia")):
        text = record_file.dumps(record)
        assert all(
            f'"{w}"' in text or f"– {w}" in text for w in written[mine] if not w.startswith("type") or "demande" in w
        )
        assert not [w for w in written[other] if f'"{w}"' in text or f"– {w}" in text]
        assert {a.what for a in record.actions} >= {
            f"plan {p.key}." for p in played.state.plays if p.offeror in ("", mine)
        }


def test_what_is_noted_before_the_first_step_or_after_the_last_is_in_the_record() -> None:
    played = Played(made.opening(made.shipped("flash-binome"), PAIR))
    played.do(e.Written(at=1.0, item="w2", section="notes", text="avant"))
    while played.state.finished is None:
        played.do(gestures.next_step(played.state, played.at))
        played.at += 60
    played.do(e.Written(at=played.at, item="w99", section="notes", text="après", by="Nadia"))
    for record in to_record.records(played.state, played.at, None):
        assert [n.text for n in record.notes] == ["avant", "Nadia – après"]


def test_who_never_had_a_turn_leaves_no_record() -> None:
    played = Played(made.opening(made.shipped("flash-binome"), PAIR))
    assert to_record.rounds(played.state) == [1]
    while not (played.state.now_playing and played.state.now_playing.round):
        played.do(gestures.next_step(played.state, played.at))
        played.at += 60
    assert to_record.rounds(played.state) == [1]
    assert [r.people.offeror for r in to_record.records(played.state, played.at, None)] == ["Nadia"]


def test_moments_have_the_offset_of_their_place_and_day() -> None:
    paris = ZoneInfo("Europe/Paris")
    record = to_record.record(fold([made.opening()]), 90.7, paris, "r", 0)
    assert record.start is not None
    assert record.end is not None
    assert record.start.isoformat() == "2026-11-21T12:00:00+01:00"
    assert record.end.isoformat() == "2026-11-21T12:01:30+01:00"
    kolkata = to_record.record(fold([made.opening()]), 0.0, ZoneInfo("Asia/Kolkata"), "r", 0)
    assert kolkata.start is not None
    assert kolkata.start.isoformat() == "2026-11-21T16:30:00+05:30"


def test_a_session_in_the_hour_that_comes_twice_reads_back_as_it_was() -> None:
    night = datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC).timestamp()
    for origin in (night, night + 3600):
        opening = msgspec.structs.replace(made.opening(), origin=origin)
        record = to_record.record(fold([opening]), 600.0, ZoneInfo("Europe/Paris"), "r", 0)
        assert record_file.loads(record_file.dumps(record).encode(), PATH) == record
        assert record.start is not None
        assert record.start.timestamp() == origin


@pytest.mark.parametrize("origin", [-1e300, -1.0, 1e18, 1e300])
def test_a_moment_that_no_calendar_holds_does_not_keep_the_record_from_being_written(origin: float) -> None:
    record = to_record.record(fold([msgspec.structs.replace(made.opening(), origin=origin)]), 600.0, None, "r", 0)
    assert record_file.loads(record_file.dumps(record).encode(), PATH) == record


def test_a_due_date_that_is_none_does_not_keep_the_record_from_being_written() -> None:
    played = Played(made.opening())
    played.do(e.Planned(at=1.0, action="a", what="Appeler", due="demain"))
    record = to_record.record(played.state, 5.0, None, "r", 0)
    assert [(a.what, a.due) for a in record.actions] == [("Appeler", None)]


def test_an_idea_that_is_still_parked_is_marked_so_and_a_step_called_parking_is_a_step() -> None:
    opening = made.opening()
    kit = dataclasses.replace(opening.kit, steps=(Step("parking", "Parking"), *opening.kit.steps))
    played = Played(msgspec.structs.replace(opening, kit=kit))
    play = played.state.plays[0]
    played.do(e.TextSet(at=1.0, name=f"notes.{play.key}", text="Noté"))
    played.do(e.Written(at=1.0, item="w2", section="parking", text="Trop tôt", by="Marc"))
    record = to_record.record(played.state, 5.0, None, "r", 0)
    assert record.notes == (m.Note("parking", "Noté"), m.Note("parking", "Marc – Trop tôt", parked=True))
    assert record_file.loads(record_file.dumps(record).encode(), PATH).notes == record.notes


def test_a_date_that_is_understood_is_a_date_and_another_stays_as_it_was_said() -> None:
    for said, date, words in (
        ("19 décembre", datetime.date(2026, 12, 19), ""),
        ("quand il fera beau", None, "quand il fera beau"),
        ("", None, ""),
    ):
        played = Played(made.opening())
        played.do(e.TextSet(at=1.0, name="follow_up.date", text=said))
        record = to_record.record(played.state, 5.0, None, "r", 0)
        assert (record.follow_up.date, record.follow_up.said) == (date, words)


def test_an_id_is_made_of_the_day_the_title_and_its_suffix() -> None:
    day = datetime.date(2026, 11, 21)
    assert ids.new_id(day, "Relancer le comité d'usagers, vite !", "k7qm") == (
        "2026-11-21-relancer-le-comite-d-usagers-vite-k7qm"
    )
    assert ids.new_id(day, "…", "k7qm") == "2026-11-21-k7qm"
    assert ids.new_id(day, "CON ../../etc\x1b", "k7qm") == "2026-11-21-con-etc-k7qm"


def test_what_is_noted_on_one_card_stands_under_that_step_alone() -> None:
    kit = made.shipped("demande-claire")
    played = Played(made.opening(kit))
    played.do(e.TextSet(at=1.0, name="notes.adresse", text="To Karim"))
    played.do(e.Answered(at=1.0, play="besoin", by="", field="why", answer="It matters"))
    (record,) = to_record.records(played.state, 2.0, None, ())
    said = [(note.step, note.text) for note in record.notes]
    assert ("adresse", "To Karim") in said
    assert sum("Karim" in text for _step, text in said) == 1
    assert sum("matters" in text for _step, text in said) == 1
