"""What leaves of a record: only what was chosen, with nobody named in it."""

from __future__ import annotations

import dataclasses
import datetime
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples
from tests.privacy.test_pseudonyms import WRITTEN, disguised

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.common.workspace import Workspace
from entraide_tui.privacy import pseudonyms, redaction, share_choice, share_log
from entraide_tui.privacy.name_finder import Finder
from entraide_tui.privacy.pseudonyms import MarkedWord, as_text
from entraide_tui.privacy.share_choice import SECTIONS, Choice

ALL = Choice(sections=frozenset(SECTIONS), with_feelings=True)


def prepare(
    record: m.Record, choice: Choice = ALL, seed: int = 1, members: tuple[str, ...] = ()
) -> share_choice.Prepared:
    return redaction.prepare(record, choice, pseudonyms.known_names([record], members), random.Random(seed))


def key_of(prepared: share_choice.Prepared, place: str) -> str:
    return next(line.key for line in prepared.lines if line.place == place)


def test_the_same_person_is_the_same_everywhere() -> None:
    record = dataclasses.replace(full(), title="Le comité d'Awa", request=m.Request("Et AWA ?", "awa dit"))
    prepared = prepare(record)
    by = {one.name: by for one, by in prepared.drawn}
    left = prepared.record
    assert left.people.offeror == left.actions[0].who == left.topics[1].by == by["Awa"]
    assert left.request.text == f"Et {by['Awa']} ?"
    assert left.ideas[1].by == (by["Marc"], by["Léa"])
    assert prepare(record).record == left
    assert prepare(record, seed=2).record != left


def test_when_where_and_how_long_stay() -> None:
    left = prepare(full()).record
    assert (left.group, left.start, left.end, left.steps, left.notes) == ("", None, None, (), ())
    assert left.date == datetime.date(2026, 11, 1)
    assert left.actions[0].due == left.follow_up.date == datetime.date(2026, 12, 1)
    assert left.id.startswith("2026-11-")
    assert "comite" not in left.id
    assert left.language == "fr"
    assert left.kit == full().kit
    exact = prepare(full(), dataclasses.replace(ALL, keep_dates=True)).record
    assert (left.months_only, exact.months_only) == (True, False)
    assert (exact.date, exact.actions[0].due) == (full().date, full().actions[0].due)


def test_feelings_only_by_name_and_notes_and_the_parking_never() -> None:
    record = dataclasses.replace(full(), notes=(m.Note("", "Garé.", parked=True), m.Note("contract", "Noté.")))
    assert prepare(record).record.feelings == (m.Feeling(4, "soulagée", "", {"utile": 5}),)
    assert prepare(record, Choice(sections=frozenset(SECTIONS))).record.feelings == ()
    for choice in (ALL, Choice()):
        prepared = prepare(record, choice)
        assert prepared.record.notes == ()
        assert not any("Garé" in line.before or "Noté" in line.before for line in prepared.lines)


@pytest.mark.parametrize("section", [name for name in SECTIONS if name not in ("outcomes", "authors", "looked_at")])
def test_a_section_that_is_left_out_is_empty(section: str) -> None:
    left = prepare(full(), Choice(sections=frozenset(SECTIONS) - {section}, with_feelings=True)).record
    empty = m.Record(id="", title="", date=full().date)
    assert getattr(left, section) == getattr(empty, section)
    whole = prepare(full()).record
    assert getattr(whole, section) != getattr(empty, section)


def test_who_said_what_can_stay() -> None:
    left = prepare(full(), Choice(sections=frozenset(SECTIONS) - {"authors"})).record
    assert [c.by for c in left.contributions] + [t.by for t in left.topics] == ["", "", ""]
    assert left.ideas[0].by == ()


def test_a_line_that_is_taken_out_is_gone_and_numbers_follow() -> None:
    record = dataclasses.replace(full(), actions=(*full().actions, m.PlannedAction("Autre", idea=2)))
    first = prepare(record)
    out = frozenset({key_of(first, "ideas[1].text")})
    left = prepare(record, dataclasses.replace(ALL, out=out)).record
    assert [idea.text for idea in left.ideas] == ["Moins souvent"]
    assert [action.idea for action in left.actions] == [0, 1]
    line = next(line for line in first.lines if line.before == "Sur deux lignes.")
    left = prepare(record, dataclasses.replace(ALL, out=frozenset({line.key}))).record
    assert left.request.context == "Une situation."
    gone = frozenset(line.key for line in first.lines)
    left = prepare(record, dataclasses.replace(ALL, out=gone)).record
    assert left.title in ("Un atelier", "A workshop")
    assert left == m.Record(id=left.id, title=left.title, date=left.date, months_only=True, language="fr")


def test_a_line_that_changed_since_is_asked_again() -> None:
    seen = prepare(full()).keys
    again = prepare(full(), dataclasses.replace(ALL, seen=seen))
    assert not any(line.fresh for line in again.lines)
    assert again.record == prepare(full()).record
    changed = dataclasses.replace(full(), request=m.Request("Comment faire ?", full().request.context))
    asked = prepare(changed, dataclasses.replace(ALL, seen=seen))
    assert [line.before for line in asked.lines if line.fresh] == ["Comment faire ?"]
    assert asked.record.request.text == ""
    moved = dataclasses.replace(full(), ideas=full().ideas[::-1])
    assert not any(line.fresh for line in prepare(moved, dataclasses.replace(ALL, seen=seen)).lines)


def test_what_is_shown_is_what_leaves() -> None:
    prepared = prepare(full())
    texts = {as_text(line.after) for line in prepared.lines if line.leaves}
    left = prepared.record
    for text in (
        left.title,
        left.request.text,
        left.people.offeror,
        left.actions[0].what,
        *left.request.context.split("\n"),
    ):
        assert text in texts
    assert {line.place for line in prepared.lines} >= {
        "title",
        "people.contributors[3]",
        "ideas[2].text",
        "actions[1].due",
    }


def test_words_that_are_no_names_and_diminutives_are_the_persons_choice() -> None:
    record = dataclasses.replace(full(), request=m.Request("Nono et Marc."))
    choice = dataclasses.replace(ALL, marked=(MarkedWord("Nono", "person", "Inès"),), no_names=("Marc",))
    prepared = prepare(record, choice)
    by = {one.name: by for one, by in prepared.drawn}
    assert prepared.record.request.text == f"{by['Inès']} et Marc."
    assert "Marc" not in prepared.names
    assert "Nono" in prepared.names


def test_everyday_words_are_told_as_doubts() -> None:
    record = dataclasses.replace(full(), people=m.People("Rose"), request=m.Request("Une rose pour Rose"))
    prepared = prepare(record)
    assert [doubt.word for doubt in prepared.doubts] == ["rose"]
    assert "une rose pour" in prepared.record.request.text.casefold()
    assert "Rose" not in prepared.record.request.text


def test_several_records_that_leave_together_know_the_same_people() -> None:
    other = dataclasses.replace(full(), id="x", people=m.People("Marc"), language="en", request=m.Request("Awa?"))
    prepared = redaction.prepare_many([full(), other], lambda _record: ALL, ("Zoé",), random.Random(1))
    by = {one.name: by for one, by in prepared[0].drawn}
    assert prepared[1].record.people.offeror == by["Marc"]
    assert prepared[1].record.request.text == f"{by['Awa']}?"
    assert prepared[0].record.id != prepared[1].record.id


PLACES = st.sampled_from(
    ["title", "request", "themes", "ideas", "actions", "topics", "learnings", "feelings", "said", "looked_at"]
)


def put(record: m.Record, where: str, text: str) -> m.Record:
    """The record with that text in one more place."""
    match where:
        case "title":
            return dataclasses.replace(record, title=text)
        case "request":
            return dataclasses.replace(record, request=m.Request(text, text))
        case "themes":
            return dataclasses.replace(record, themes=(text,))
        case "ideas":
            return dataclasses.replace(record, ideas=(*record.ideas, m.Idea(text, ("Awa",))))
        case "actions":
            action = m.PlannedAction(text, "Awa", None, text, tried=text, outcome=text, changes=text)
            return dataclasses.replace(record, actions=(*record.actions, action))
        case "topics":
            return dataclasses.replace(record, topics=(m.Topic(text, "Inès"),))
        case "learnings":
            return dataclasses.replace(record, learnings=(m.Said(text),))
        case "feelings":
            return dataclasses.replace(record, feelings=(m.Feeling(1, text, "Awa", {text: text}),))
        case "looked_at":
            return dataclasses.replace(record, looked_at=(m.LookedAt(text, text, "Awa"),))
        case _:
            return dataclasses.replace(record, follow_up=m.FollowUp(None, text))


PLACED = st.tuples(
    st.sampled_from(["", "d'", "qu’", "chez ", "\n", "_", "**", "Chez Anne-Marie et "]),
    st.builds(disguised, st.sampled_from(WRITTEN), st.integers(0, 7)),
).map("".join)


@examples(30, any_size=True)
@given(record=RECORDS, placed=PLACED, where=PLACES, seed=st.integers(0, 99))
def test_wherever_a_name_stands_it_does_not_leave(record: m.Record, placed: str, where: str, seed: int) -> None:
    record = put(dataclasses.replace(record, kit=None, people=m.People("Awa", "", WRITTEN)), where, placed)
    prepared = prepare(record, ALL, seed)
    left = Finder.of([*WRITTEN, *prepared.names])
    for text in share_choice.texts(prepared.record):
        assert [f for f in left.find(text) if f.sure] == [], text
    path = Path(f"{prepared.record.id}.toml")
    assert record_file.loads(record_file.dumps(prepared.record).encode(), path).people == prepared.record.people


# -- what is remembered


def test_the_choice_comes_back_without_whose_name_is_what(tmp_path: Path) -> None:
    made = Workspace(tmp_path)
    choice = Choice(
        sections=frozenset({"request", "feelings"}),
        out=frozenset({"a"}),
        marked=(MarkedWord("Nono", "person", "Inès"), MarkedWord("Lyon")),
        no_names=("Printemps",),
        with_feelings=True,
        keep_dates=True,
    )
    assert share_log.load(made, "x") is None
    share_log.save(made, "x", choice, ["b"])
    assert share_log.load(made, "x") == Choice(
        sections=frozenset({"request"}),
        out=frozenset({"a"}),
        seen=frozenset({"b"}),
        marked=(MarkedWord("Nono", "person", whose=True), MarkedWord("Lyon")),
        no_names=("Printemps",),
        keep_dates=True,
    )
    path = share_log.path_of(made, "x")
    assert "Inès" not in path.read_text("utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not path.is_relative_to(tmp_path / "sessions")


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"seen = 3", b"[[marked]]\nword = 1\nkind = 'place'", b"sections = [1]", b"x = ["]
)
def test_a_choice_that_can_not_be_read_lets_nothing_leave_unseen(tmp_path: Path, data: bytes) -> None:
    made = Workspace(tmp_path)
    share_log.save(made, "x", Choice(), ["b"])
    share_log.path_of(made, "x").write_bytes(data)
    choice = share_log.load(made, "x")
    assert choice is not None
    assert choice.seen == frozenset()


@pytest.mark.parametrize("name", ["../../x", "a/b", "CON", "é", "x" * 300, ""])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    made = Workspace(tmp_path)
    share_log.save(made, name, Choice(), ())
    assert share_log.path_of(made, name).parent == share_log.folder(made)
    assert share_log.load(made, name) is not None


def test_copies_are_told_with_whether_they_are_still_there(tmp_path: Path) -> None:
    made = Workspace(tmp_path)
    there = tmp_path / "page.pdf"
    there.write_bytes(b"")
    share_log.note_export(made, "x", there, 1_795_248_000.0)
    share_log.note_export(made, "x", there, 1_795_334_400.0)
    share_log.note_export(made, "x", tmp_path / "gone\n.md", 1_795_248_000.0)
    share_log.note_export(made, "y", there, 1_795_248_000.0)
    log = share_log.folder(made) / share_log.LOG
    log.write_bytes(b"garbage\n[1]\n" + log.read_bytes() + b'{"record": 1}\n\xff')
    assert share_log.copies(made, "x") == []
    log.write_bytes(log.read_bytes()[:-1])
    assert [(c.path.name, c.day, c.exists) for c in share_log.copies(made, "x")] == [
        ("page.pdf", "2026-11-22", True),
        ("gone\n.md", "2026-11-21", False),
    ]
    assert len(share_log.copies(made)) == 3
    assert log.stat().st_mode & 0o777 == 0o600
