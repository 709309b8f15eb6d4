"""What was still put aside at the end of a workshop: marked in the file, understood in older ones, never on a page."""

from __future__ import annotations

import dataclasses
import tomllib

import pytest
from tests.archive.editing.test_saving import edit
from tests.archive.test_record_file import PATH, full

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.archive.editing.differences import differences
from entraide_tui.archive.index import reading
from entraide_tui.archive.page.options import Options
from entraide_tui.common.i18n import using_language
from entraide_tui.exports.data import json, toml
from entraide_tui.exports.markdown import page


def old(step: str, language: str = "fr") -> bytes:
    """A file of the version before, which tells the parking by the step alone."""
    head = f'format = 1\nid = "r"\ntitle = "Titre"\ndate = 2026-11-21\nlanguage = "{language}"\n'
    return f'{head}[[notes]]\nstep = "{step}"\ntext = "Garée"\n[[notes]]\nstep = "contract"\ntext = "Notée"\n'.encode()


@pytest.mark.parametrize("step", ["parking", "Parking", "PARKING", "« parking »"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("spoken", ["fr", "en"])
def test_an_older_file_is_understood_whatever_is_spoken(step: str, language: str, spoken: str) -> None:
    data = old(step, language)
    with using_language(spoken):
        record = record_file.loads(data, PATH)
        assert [note.parked for note in record.notes] == [True, False]
        for out in (page(record, Options(notes=True)), json(record), toml(record), reading.read(PATH, data).text):
            assert "Notée" in out
            assert "Garée" not in out
    again = record_file.loads(record_file.dumps(record).encode(), PATH)
    assert again == record
    assert tomllib.loads(record_file.dumps(record))["notes"][0]["parked"] is True


def test_an_older_file_that_is_edited_keeps_its_parking_at_home() -> None:
    data = old("Parking")
    before = record_file.loads(data, PATH)
    parked = dataclasses.replace(before.notes[0], text="Garée encore")
    wanted = dataclasses.replace(before, notes=(before.notes[1], parked, m.Note("Parking", "Dite")))
    assert record_file.loads(edit(data.decode(), wanted).encode(), PATH) == wanted
    assert [d.place for d in differences(before, dataclasses.replace(before, title="Autre"))] == ["title"]


def test_a_step_called_parking_keeps_its_notes() -> None:
    record = dataclasses.replace(full(), notes=(m.Note("parking", "Notée"), m.Note("", "Garée", parked=True)))
    data = record_file.dumps(record).encode()
    assert record_file.loads(data, PATH) == record
    for out in (page(record, Options(notes=True)), json(record), toml(record), reading.read(PATH, data).text):
        assert "Notée" in out
        assert "Garée" not in out


def test_a_note_is_marked_only_where_it_has_to_be() -> None:
    assert all("parked" not in note for note in record_file.document(full())["notes"])
