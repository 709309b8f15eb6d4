"""The registry of formats: what holds for each of them."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest
from tests.archive.test_record_file import full

from entraide_tui.archive import model as m
from entraide_tui.archive.page.options import Options
from entraide_tui.exports import formats
from entraide_tui.exports.base import ExportRequest, Format
from entraide_tui.exports.destination import Stream
from entraide_tui.exports.formats import BY_NAME, FORMATS
from entraide_tui.exports.leave import Departure, leave

WALL = 1_795_258_800.0
each_text = pytest.mark.parametrize("form", [form for form in FORMATS if form.text], ids=lambda form: form.name)
each = pytest.mark.parametrize("form", [*FORMATS, *formats.TEXTS], ids=lambda form: form.name)


def everything(form: Format) -> ExportRequest:
    return ExportRequest(form, WALL, Options(contributions=True, learnings=True, notes=True), feelings=True, full=True)


def made(request: ExportRequest, *records: m.Record) -> list[bytes]:
    out: list[bytes] = []
    outcome = leave([Departure("name", record, record.id) for record in records], request, Stream(out.append))
    assert outcome.complete
    return out


def test_each_has_a_name_and_words_of_its_own() -> None:
    assert len(BY_NAME) == len({form.label for form in FORMATS}) == len(FORMATS)
    assert {form.name for form in FORMATS if form.recap} == {"md", "html", "pdf"}


@each
def test_each_reads_again_what_it_wrote(form: Format) -> None:
    (data,) = made(everything(form), dataclasses.replace(full(), language="en"))
    read = "\n".join(segment.text for segment in form.read_text(data))
    assert "Appeler le placier" in " ".join(read.split())


@each_text
def test_each_says_what_the_record_says_and_feelings_only_where_they_are_asked_for(form: Format) -> None:
    (data,) = made(everything(form), full())
    assert "Appeler le placier" in data.decode().replace("\r\n ", "")
    assert ("soulagée" in data.decode()) == form.feelings
    (data,) = made(dataclasses.replace(everything(form), feelings=False), full())
    assert "soulagée" not in data.decode()


@each_text
def test_the_parking_never_leaves(form: Format) -> None:
    record = dataclasses.replace(full(), notes=(m.Note("parking", "Trop tôt", parked=True),))
    (data,) = made(everything(form), record)
    assert "Trop tôt" not in data.decode()


@each_text
def test_several_records_make_one_file_or_one_each(form: Format) -> None:
    assert len(made(everything(form), full(), dataclasses.replace(full(), id="b"))) == (2 if form.holds == "one" else 1)


def test_the_registry_imports_no_library_that_only_one_format_needs() -> None:
    program = (
        "import entraide_tui.exports.formats, sys\n"
        "print(*sorted({'typst', 'pypdfium2', 'icalendar', 'jinja2', 'babel'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []


def test_a_start_of_the_program_imports_no_format() -> None:
    program = "import entraide_tui.cli as cli, sys; cli.parser(); print(*(n for n in sys.modules if '.exports' in n))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []
