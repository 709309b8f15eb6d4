"""The record's file: what is written is what is read, in the order of the design, whatever people typed."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive import made
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.common.errors import UserError
from entraide_tui.common.text import clean
from entraide_tui.kits.contribution_kinds import CONTRIBUTION_KINDS

PATH = Path("2026-11-21-essai-k7qm.toml")
TEXT = made.texts(most=8)
NAME = made.texts(lines=False, most=3)
NAMES = st.lists(NAME, max_size=3).map(tuple)
DATES = st.dates()
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda n: datetime.timezone(datetime.timedelta(minutes=n)))
MOMENTS = st.none() | st.datetimes(
    min_value=datetime.datetime(1900, 1, 1), max_value=datetime.datetime(2200, 1, 1), timezones=ZONES  # noqa: DTZ001
)  # fmt: skip
SECONDS = st.integers(-(2**40), 2**40)
ANSWERS = st.dictionaries(NAME, TEXT | SECONDS, max_size=3)


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """At most three."""
    return st.lists(strategy, max_size=3).map(tuple)


RECORDS = st.builds(
    m.Record,
    id=NAME,
    title=TEXT,
    date=DATES,
    format=st.just(1),
    start=MOMENTS,
    end=MOMENTS,
    language=st.sampled_from(["", "fr", "en"]),
    group=NAME,
    themes=NAMES,
    kit=st.none() | st.builds(m.KitUsed, NAME, st.integers(0, 99), NAME),
    people=st.builds(m.People, NAME, NAME, NAMES, NAMES),
    request=st.builds(m.Request, TEXT, TEXT),
    ideas=some(st.builds(m.Idea, TEXT, NAMES)),
    actions=some(
        st.builds(m.PlannedAction, TEXT, NAME, st.none() | DATES, TEXT, st.integers(0, 9),
                  st.sampled_from(["open", "done", "dropped"]), TEXT)
    ),
    follow_up=st.builds(m.FollowUp, st.none() | DATES, TEXT),
    topics=some(st.builds(m.Topic, TEXT, NAME, st.booleans())),
    questions=some(st.builds(m.Question, TEXT, NAME, TEXT)),
    contributions=some(
        st.builds(m.Contribution, TEXT,
                  st.sampled_from(CONTRIBUTION_KINDS), NAME)
    ),
    learnings=some(st.builds(m.Said, TEXT, NAME)),
    feelings=some(st.builds(m.Feeling, SECONDS, NAME, NAME, ANSWERS)),
    notes=some(st.builds(m.Note, NAME | st.sampled_from(["parking", "Parking"]), TEXT, st.booleans())),
    steps=some(
        st.builds(m.StepPlayed, NAME, NAME, SECONDS, SECONDS, SECONDS, st.sampled_from(["done", "skipped"]), TEXT)
    ),
)  # fmt: skip


@examples(25, any_size=True)
@given(record=RECORDS)
def test_any_record_is_toml_and_comes_back_as_it_was(record: m.Record) -> None:
    text = record_file.dumps(record)
    tomllib.loads(text)
    assert record_file.loads(text.encode(), PATH) == record


@examples(10, any_size=True)
@given(record=RECORDS)
def test_a_file_saved_with_the_line_ends_or_the_mark_of_windows_says_the_same(record: m.Record) -> None:
    text = record_file.dumps(record)
    assert record_file.loads(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), PATH) == record


@examples(60)
@given(text=st.text(max_size=40) | st.lists(st.sampled_from(made._PIECES), max_size=12).map("".join))
def test_a_text_that_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text, lines=True)
    assert clean(once, lines=True) == once


def full() -> m.Record:
    """One with everything in it."""
    zone = datetime.timezone(datetime.timedelta(hours=1))
    return m.Record(
        id="2026-11-21-relancer-le-comite-k7qm",
        title="Relancer le comité d'usagers",
        date=datetime.date(2026, 11, 21),
        start=datetime.datetime(2026, 11, 21, 9, 2, 11, tzinfo=zone),
        end=datetime.datetime(2026, 11, 21, 10, 31, 40, tzinfo=zone),
        language="fr",
        group="Réseau lecture publique",
        themes=("participation",),
        kit=m.KitUsed("atelier-entraide", 1, "Atelier d'entraide"),
        people=m.People("Awa", "Jean", ("Inès", "Marc", "Léa"), ("Paul",)),
        request=m.Request("Comment redonner envie ?", "Une situation.\nSur deux lignes."),
        ideas=(m.Idea("Tenir la séance au marché", ("Inès",)), m.Idea("Moins souvent", ("Marc", "Léa"))),
        actions=(m.PlannedAction("Appeler le placier", "Awa", datetime.date(2026, 12, 5), "Retrouver son numéro", 1),),
        follow_up=m.FollowUp(datetime.date(2026, 12, 19)),
        topics=(m.Topic("Un sujet", "Marc"), m.Topic("Le comité", "Awa", chosen=True)),
        questions=(m.Question("Qui vient ?", "Marc", "Six personnes."),),
        contributions=(m.Contribution("Un marché", "idea", "Inès"),),
        learnings=(m.Said("Oser", "Léa"),),
        feelings=(m.Feeling(4, "soulagée", "", {"utile": 5}),),
        notes=(m.Note("contract", "Rien ne sort."),),
        steps=(m.StepPlayed("clarification", "Clarification", 900, 1020, 120),),
    )


EXPECTED = '''format = 1
id = "2026-11-21-relancer-le-comite-k7qm"
title = "Relancer le comité d'usagers"
date = 2026-11-21
start = 2026-11-21T09:02:11+01:00
end = 2026-11-21T10:31:40+01:00
language = "fr"
group = "Réseau lecture publique"
themes = ["participation"]
kit = { id = "atelier-entraide", version = 1, title = "Atelier d'entraide" }

[people]
offeror = "Awa"
facilitator = "Jean"
contributors = ["Inès", "Marc", "Léa"]
absent = ["Paul"]

[request]
text = "Comment redonner envie ?"
context = """
Une situation.
Sur deux lignes."""

[[ideas]]
text = "Tenir la séance au marché"
by = ["Inès"]

[[ideas]]
text = "Moins souvent"
by = ["Marc", "Léa"]

[[actions]]
what = "Appeler le placier"
who = "Awa"
due = 2026-12-05
first_step = "Retrouver son numéro"
idea = 1
status = "open"
outcome = ""

[follow_up]
date = 2026-12-19

[[topics]]
text = "Un sujet"
by = "Marc"
chosen = false

[[topics]]
text = "Le comité"
by = "Awa"
chosen = true

[[questions]]
text = "Qui vient ?"
by = "Marc"
answer = "Six personnes."

[[contributions]]
text = "Un marché"
kind = "idea"
by = "Inès"

[[learnings]]
text = "Oser"
by = "Léa"

[[feelings]]
score = 4
word = "soulagée"
answers = { utile = 5 }

[[notes]]
step = "contract"
text = "Rien ne sort."

[[steps]]
id = "clarification"
title = "Clarification"
planned = 900
actual = 1020
extended = 120
outcome = "done"
reason = ""
'''


def test_the_file_is_written_as_the_design_says() -> None:
    assert record_file.dumps(full()) == EXPECTED
    assert record_file.loads(EXPECTED.encode(), PATH) == full()


def test_empty_sections_are_left_out() -> None:
    record = m.Record(id="a", title="", date=datetime.date(2026, 11, 21))
    assert record_file.dumps(record) == 'format = 1\nid = "a"\ntitle = ""\ndate = 2026-11-21\n'
    assert record_file.loads(record_file.dumps(record).encode(), PATH) == record


def test_two_peoples_changes_are_on_lines_of_their_own() -> None:
    import dataclasses

    before = record_file.dumps(full()).splitlines()
    action = dataclasses.replace(full().actions[0], status="done", outcome="Fait.")
    after = record_file.dumps(dataclasses.replace(full(), actions=(action,))).splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert changed == [('status = "open"', 'status = "done"'), ('outcome = ""', 'outcome = "Fait."')]


def test_keys_that_the_program_does_not_know_are_no_fault() -> None:
    text = (
        EXPECTED.replace("[people]", 'mood = "calme"\n\n[people]\nphotographer = "Zoé"')
        + '\n[[photos]]\nfile = "a.jpg"\n'
    )
    assert record_file.loads(text.encode(), PATH) == full()


def test_a_larger_format_says_so() -> None:
    with pytest.raises(UserError, match=r"newer version.*format 2"):
        record_file.loads(EXPECTED.replace("format = 1", "format = 2").encode(), PATH)


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("format = 1", 'format = "1"', "format", "whole number"),
        ("format = 1", "format = true", "format", "whole number"),
        ("date = 2026-11-21\n", "\n", "date", "missing"),
        ("date = 2026-11-21\n", 'date = "2026-11-21"\n', "date", "a date such as"),
        ("date = 2026-11-21\n", "date = 2026-11-21T00:00:00\n", "date", "a date such as"),
        ("start = 2026-11-21T09:02:11+01:00", "start = 2026-11-21", "start", "a moment such as"),
        ("start = 2026-11-21T09:02:11+01:00", "start = 2026-11-21T09:02:11", "start", "offset"),
        ('themes = ["participation"]', 'themes = "participation"', "themes", "a list"),
        ('themes = ["participation"]', "themes = [1]", "themes[1]", "a text"),
        ('kit = { id = "atelier-entraide", ', "kit = { ", "kit.id", "missing"),
        ("due = 2026-12-05", 'due = "demain"', "actions[1].due", "a date"),
        ('status = "open"', 'status = "later"', "actions[1].status", "one of"),
        ("idea = 1", "idea = 1.5", "actions[1].idea", "a whole number"),
        ('text = "Moins souvent"\n', "\n", "ideas[2].text", "missing"),
        ('kind = "idea"', 'kind = "joke"', "contributions[1].kind", "one of"),
        ("chosen = true", "chosen = 1", "topics[2].chosen", "true or false"),
        ("score = 4", "score = nan", "feelings[1].score", "a whole number"),
        ("answers = { utile = 5 }", "answers = { utile = [5] }", "feelings[1].answers.utile", "it must be"),
        ("planned = 900", "planned = []", "steps[1].planned", "a whole number"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_line(old: str, new: str, place: str, says: str) -> None:
    assert EXPECTED.count(old) == 1
    text = EXPECTED.replace(old, new)
    with pytest.raises(UserError) as caught:
        record_file.loads(text.encode(), PATH)
    finding = next(f for f in caught.value.findings if f.place == place)
    assert says in finding.what
    if "missing" not in finding.what:
        assert new.strip() in text.splitlines()[finding.line - 1]
    elif "." in place:
        assert finding.line == text[: text.index("[[ideas]]", text.index("[[ideas]]") + 1)].count("\n") + 1 or (
            text.splitlines()[finding.line - 1].startswith("kit")
        )


@pytest.mark.parametrize(
    "data",
    [
        b"format = 1\nid = ", b"\xff\xfe", b'id = "a\x1b"', b"a" * 100, b"[" * 5000, b"a = {" * 5000,
        b"a." * 5000 + b"b = 1", b'format = 1\nid = "a"\nid = "b"', b"x = " + b"9" * 5000,
        EXPECTED.replace("score = 4", "score = " + "9" * 100).encode(),
        EXPECTED.replace("planned = 900", "planned = 0x" + "f" * 6000).encode(),
        "é".encode("latin-1"), "a = 1".encode("utf-16"), b"\x00", b"",
    ],
)  # fmt: skip
def test_whatever_a_file_holds_it_is_said_and_never_a_crash(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        record_file.loads(data, PATH)
    said = "\n".join(caught.value.lines())
    assert PATH.name in said
    assert "\x1b" not in said
    assert len(said) < 3000


@examples(50)
@given(place=st.integers(0, len(EXPECTED)), size=st.integers(0, 9), put=made.texts(most=3))
def test_a_file_that_somebody_mangled_is_read_or_said(place: int, size: int, put: str) -> None:
    text = EXPECTED[:place] + put + EXPECTED[place + size :]
    said = ""
    try:
        record = record_file.loads(text.encode(), PATH)
    except UserError as trouble:
        said = trouble.lines()[0]
    else:
        assert record_file.loads(record_file.dumps(record).encode(), PATH) == record
    assert not said or said.startswith(PATH.name)


def test_hostile_text_in_a_record_comes_in_clean() -> None:
    import tomli_w

    raw = made.HOSTILE.replace("\ud800", "")
    text = EXPECTED.replace('"Awa"', tomli_w.dumps({"a": raw})[4:].strip()).replace("utile", '"u\\u001b]0;tile"')
    assert "\\u001b" in text
    record = record_file.loads(text.encode(), PATH)
    assert record.people.offeror == record.actions[0].who == clean(raw, lines=True)
    assert record.feelings[0].answers == {"u␛]0;tile": 5}
    assert "\\x1b" not in repr(record)


def test_where_a_record_is_broken_its_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('title = "half', "utf-8")
    with pytest.raises(UserError) as caught:
        record_file.read(path)
    assert "x.md" not in "\n".join(caught.value.lines())
    path.with_suffix(".md").write_text("# Half", "utf-8")
    with pytest.raises(UserError) as caught:
        record_file.read(path)
    assert "its page can still be read: x.md" in "\n".join(caught.value.lines())
