"""The last look: a name that is still in a finished file is found there, whatever the file made of it."""

from __future__ import annotations

import dataclasses
import random
from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples
from tests.privacy.test_pseudonyms import WRITTEN
from tests.privacy.test_share_choice import PLACED, PLACES, put

from entraide_tui.archive import model as m
from entraide_tui.archive.page.options import Options
from entraide_tui.common.text import fold
from entraide_tui.exports import formats, leak_check, plain_text
from entraide_tui.exports.base import ExportRequest
from entraide_tui.exports.destination import Stream
from entraide_tui.exports.leave import Departure, Redacted, leave
from entraide_tui.privacy import pseudonyms, redaction, share_choice

if TYPE_CHECKING:
    from collections.abc import Iterable

WANTED = ExportRequest(
    form=formats.BY_NAME["md"],
    wall=1_795_248_000.0,
    options=Options(annex=True, contributions=True, learnings=True, notes=True),
    feelings=True,
    full=True,
)
QUICK = ("md", "html", "ics", "csv", "toml", "json")


FORMS = formats.BY_NAME | {"txt": plain_text.FORMAT}


def find_leaks(data: bytes, kind: str, names: Iterable[str]) -> list[leak_check.Leak]:
    return leak_check.find_leaks(data, FORMS[kind], names)


def made(record: m.Record, name: str) -> bytes:
    out: list[bytes] = []
    leave([Departure("x", record, record.id)], dataclasses.replace(WANTED, form=FORMS[name]), Stream(out.append))
    return out[0]


def where(data: str, kind: str, *names: str) -> list[tuple[str, str]]:
    return [(trace.name, trace.where) for trace in find_leaks(data.encode(), kind, names or ["Inès"])]


@pytest.mark.parametrize(
    ("kind", "data", "place"),
    [
        ("md", "# Titre\n\nChez Ines\n", "line 3"),
        ("md", "In\\\nChez I&#110;ès\n", "line 2"),
        ("md", "I\\nès et In&egrave;s", "line 1"),
        ("txt", "rien\nINÈS", "line 2"),
        ("txt", "Chez I\u200bnès", "line 1"),
        ("txt", "Chez Ine\u0300s", "line 1"),
        ("txt", "Chez In-\nès", "line 1"),
        ("toml", 'title = "In\\u00e8s"', "title"),
        ("toml", 'a = 1 # Inès\n"x" = 2', "line 1"),
        ("toml", '[[ideas]]\ntext = """a\nInès"""', "ideas[1].text"),
        ("toml", '[x]\n"Inès" = 1', "x.Inès"),
        ("toml", "broken = Inès", "line 1"),
        ("json", '{"a": [1, {"b": "In\\u00e8s"}]}', "a[2].b"),
        ("json", '{"In\\u00e8s": 1}', "Inès"),
        ("html", "<p>\nIn&egrave;s</p>", "line 2"),
        ("html", "<p>I<b>n</b>ès</p>", "the text of the page"),
        ("html", '<p title="In&#232;s">x</p>', "line 1"),
        ("html", "<!-- Inès -->", "line 1"),
        ("html", "<style>.x::after { content: 'Inès' }</style>", "line 1"),
        ("ics", "BEGIN:VEVENT\r\nSUMMARY:Chez In\r\n ès\r\n", "SUMMARY"),
        ("ics", "DESCRIPTION:a\\nInès\\, b", "DESCRIPTION"),
        ("ics", "ATTENDEE;CN=Inès:mailto:x", "ATTENDEE"),
        ("csv", 'a,b\r\n"x","chez ""Inès"""', "row 2, column 2"),
        ("csv", '"a";"b"\r\n"x";"Inès"', "row 2, column 2"),
    ],
)
def test_a_name_is_found_and_its_place_is_told(kind: str, data: str, place: str) -> None:
    assert ("Inès", place) in where(data, kind), where(data, kind)


@pytest.mark.parametrize("kind", [*QUICK, "txt"])
def test_part_of_a_word_is_no_name(kind: str) -> None:
    assert where("finesse, pines et Inessa\n", kind) == []
    assert find_leaks(b"\xff\xfe\x00", kind, ["Awa"]) == []
    assert find_leaks(b"Awa", kind, []) == []


def test_an_ics_that_is_folded_inside_a_letter_is_read() -> None:
    data = "SUMMARY:Chez Inès".encode()
    cut = data.index("è".encode()) + 1
    assert [t.where for t in find_leaks(data[:cut] + b"\r\n " + data[cut:], "ics", ["Inès"])] == ["SUMMARY"]


def test_everyday_words_written_small_are_doubts() -> None:
    found = find_leaks(b"une rose\nRose", "txt", ["Rose"])
    assert [(t.where, t.doubt) for t in found] == [("line 1", True), ("line 2", False)]
    assert found[0].near == "une rose Rose"


def test_the_pdf_is_read_with_its_title_and_broken_words() -> None:
    record = dataclasses.replace(
        full(),
        title="Chez Awa Diallo",
        request=m.Request("mot " * 30 + "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft."),
    )
    data = made(record, "pdf")
    names = ("Awa", "Diallo", "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft", "Zoé")
    found = {(trace.name, trace.where) for trace in find_leaks(data, "pdf", names)}
    assert ("Awa", "page 1") in found
    assert ("Awa", "the file’s own description (Title)") in found
    assert {name for name, _where in found} == set(names) - {"Zoé"}


def test_the_name_of_the_file_is_looked_at() -> None:
    found = leak_check.in_path(PurePath("/home/paul/chez-zoe/2026-awa_et_ines.pdf"), ["Awa", "Inès", "Zoé", "Paul"])
    assert [(t.name, t.doubt) for t in found] == [("Awa", False), ("Inès", False), ("Zoé", True)]


def leaks(data: bytes, name: str) -> bool:
    """An independent, naive look: the folded name between characters that are no letters, as it stands."""
    text = fold(data.decode("utf-8").replace("\r\n ", ""))
    wanted = fold(name)
    at = text.find(wanted)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not before.isalpha() and not after.isalpha():
            return True
        at = text.find(wanted, at + 1)
    return False


@examples(25, any_size=True)
@given(record=RECORDS, placed=PLACED, where_=PLACES, kind=st.sampled_from(QUICK))
def test_either_a_name_is_not_there_or_it_is_told(record: m.Record, placed: str, where_: str, kind: str) -> None:
    """Nothing is replaced here: whatever the export makes of the names, the last look sees them."""
    data = made(put(record, where_, placed), kind)
    told = {trace.name for trace in find_leaks(data, kind, WRITTEN)}
    assert {name for name in WRITTEN if leaks(data, name)} <= told


def shared(record: m.Record, seed: int) -> share_choice.Prepared:
    everything = share_choice.Choice(sections=frozenset(share_choice.SECTIONS), with_feelings=True)
    return redaction.prepare(record, everything, pseudonyms.known_names([record], WRITTEN), random.Random(seed))


def told_by(prepared: share_choice.Prepared, kind: str, names: Iterable[str]) -> list[leak_check.Leak]:
    looked_for = dataclasses.replace(prepared, names=tuple(names))
    record = Departure("x", prepared.record, "x")
    request = dataclasses.replace(WANTED, form=FORMS[kind])
    return list(leave([record], request, Stream(lambda _data: None), Redacted((looked_for,))).leaks)


@examples(25, any_size=True)
@given(record=RECORDS, placed=PLACED, where_=PLACES, kind=st.sampled_from(QUICK), seed=st.integers(0, 99))
def test_what_is_prepared_passes_the_last_look(
    record: m.Record, placed: str, where_: str, kind: str, seed: int
) -> None:
    prepared = shared(put(dataclasses.replace(record, kit=None), where_, placed), seed)
    assert told_by(prepared, kind, WRITTEN) == []
    data = made(prepared.record, kind)
    assert not any(leaks(data, name) for name in WRITTEN if name != "Rose")


def test_what_is_prepared_passes_as_pdf_too() -> None:
    prepared = shared(put(put(full(), "title", "Chez Inès et Awa"), "request", "Anne-\nMarie Dupont " * 40), 1)
    assert told_by(prepared, "pdf", prepared.names) == []
    assert told_by(prepared, "pdf", [prepared.record.people.offeror]) != []


@pytest.mark.parametrize("kind", QUICK)
def test_the_programs_own_words_are_nobodys_name(kind: str) -> None:
    record = dataclasses.replace(full(), language="en", people=m.People("Request", "May", ("Title", "Summary", "Kept")))
    prepared = shared(dataclasses.replace(record, actions=(m.PlannedAction("x", "May", record.date),)), 3)
    assert told_by(prepared, kind, prepared.names) == []
    bare = leak_check.without_texts(full())
    assert set(share_choice.texts(bare)) <= {"", "·", "fr", "open", "idea", "done"}
