"""The table of actions: any CSV reader gives back each text, and no spreadsheet computes with it."""

from __future__ import annotations

import csv as library
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive import made
from tests.archive.test_record_file import full
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.common.text import clean
from entraide_tui.exports.table import BYTE_MARK, COLUMNS, csv, harmless

BLANKS = " \u00a0\u202f\u3000\u2009\u200b\ufeff"


def rows(text: str, separator: str = ",") -> list[dict[str, str]]:
    """As a program reads them: the mark of UTF-8 is no part of the first name."""
    read = io.StringIO(text.encode().decode("utf-8-sig"), newline="")
    return list(library.DictReader(read, delimiter=separator, strict=True))


TEXT = made.texts(most=5)
LIGHT = st.builds(
    m.Record, id=TEXT, title=TEXT, date=st.dates(), group=TEXT, people=st.builds(m.People, TEXT),
    request=st.builds(m.Request, TEXT), ideas=st.lists(st.builds(m.Idea, TEXT), max_size=2).map(tuple),
    actions=st.lists(
        st.builds(m.PlannedAction, TEXT, TEXT, st.none() | st.dates(), TEXT, st.integers(-1, 3),
                  st.sampled_from(["open", "done", "dropped"]), TEXT, TEXT, TEXT),
        min_size=1, max_size=2,
    ).map(tuple),
)  # fmt: skip


@examples(30, any_size=True)
@given(records=st.lists(LIGHT, min_size=1, max_size=2), separator=st.sampled_from(",;"))
def test_a_reader_gives_back_each_text(records: list[m.Record], separator: str) -> None:
    text = csv(records, separator=separator)
    found = rows(text, separator)
    every = [(record, action) for record in records for action in record.actions]
    assert len(found) == len(every)
    for row, (record, action) in zip(found, every, strict=True):
        assert tuple(row) == COLUMNS
        ideas = record.ideas
        expected = {
            "record": record.id, "date": record.date.isoformat(), "group": record.group, "title": record.title,
            "offeror": record.people.offeror, "request": record.request.text, "what": action.what, "who": action.who,
            "due": action.due.isoformat() if action.due else "", "first_step": action.first_step,
            "idea": ideas[action.idea - 1].text if 1 <= action.idea <= len(ideas) else "", "status": action.status,
            "tried": action.tried, "outcome": action.outcome, "changes": action.changes,
        }  # fmt: skip
        for name, said in expected.items():
            assert row[name] in (said, f"'{said}"), name
            shown = row[name].strip(BLANKS)
            assert not shown or unicodedata.normalize("NFKC", shown[0]) not in "=+-@"


def test_the_file_is_what_spreadsheets_know() -> None:
    text = csv([full()])
    assert text.startswith(BYTE_MARK)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == 2
    assert text.endswith('"\r\n')
    assert '"Appeler le placier","Awa","2026-12-05","Retrouver son numéro","Tenir la séance au marché","open"' in text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "−", "﹦", "\t", "\r", "\n", "\0"])
@pytest.mark.parametrize("before", ["", " ", "\u00a0 ", "\u202f", "\u3000", "\u200b", "\ufeff", "\n"])
def test_what_looks_like_a_formula_is_made_harmless(sign: str, before: str) -> None:
    text = f"{before}{sign}1+1"
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+33 6 12", "@awa", "=HYPERLINK(A1)", "-"])
def test_numbers_and_names_with_a_sign_are_texts_too(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "5", "a=b", "Léa", "« - »", "'=1", "2026-12-05", "1-1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(text=st.lists(st.sampled_from(made._PIECES) | st.text(max_size=3), max_size=6).map("".join))
@examples(40)
def test_a_text_is_kept_whole_behind_at_most_one_sign(text: str) -> None:
    assert harmless(text) in (text, f"'{text}")
    assert harmless(harmless(text)) == harmless(text)


def test_texts_that_mean_something_in_a_table_come_out_as_that_text() -> None:
    said = clean(made.HOSTILE + '\n";=1+1;"\n,=1', lines=True)
    record = m.Record(id="a", title=said, date=full().date, actions=(m.PlannedAction(said, outcome=said),))
    for separator in ",;":
        (row,) = rows(csv([record], separator=separator), separator)
        assert (row["what"], row["outcome"], row["title"]) == (said, said, said)
