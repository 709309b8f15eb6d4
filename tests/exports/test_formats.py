"""The registry of formats: what holds for each of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_record_file import full

from entraide_tui.archive import model as m
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports import formats
from entraide_tui.exports.formats import BY_NAME, FORMATS, ExportedFile, ExportRequest, Format, NamedRecord

WALL = 1_795_258_800.0
EVERYTHING = ExportRequest(WALL, Options(contributions=True, learnings=True, notes=True), feelings=True, full=True)
TEXTS = [form for form in FORMATS if form.text]
each_text = pytest.mark.parametrize("form", TEXTS, ids=[form.name for form in TEXTS])


def test_each_has_a_name_a_suffix_and_words_of_its_own() -> None:
    assert len(BY_NAME) == len({f.suffix for f in FORMATS}) == len({f.words for f in FORMATS}) == len(FORMATS)
    assert all(form.suffix == f".{form.name}" for form in FORMATS)
    assert {form.name for form in FORMATS if form.recap} == {"md", "html", "pdf"}


@each_text
def test_each_says_what_the_record_says_and_feelings_only_where_they_are_asked_for(form: Format) -> None:
    items = formats.items([("name", full())])
    (file,) = formats.made(form, items, EVERYTHING)
    assert file.name == f"name{form.suffix}"
    assert "Appeler le placier" in file.data.decode().replace("\r\n ", "")
    assert ("soulagée" in file.data.decode()) == form.feelings
    (other,) = formats.made(form, items, dataclasses.replace(EVERYTHING, feelings=False))
    assert "soulagée" not in other.data.decode()


@each_text
def test_the_parking_never_leaves(form: Format) -> None:
    record = dataclasses.replace(full(), notes=(m.Note("parking", "Trop tôt"),))
    (file,) = formats.made(form, formats.items([("name", record)]), EVERYTHING)
    assert "Trop tôt" not in file.data.decode()


@each_text
def test_several_records_make_one_file_or_one_each(form: Format) -> None:
    other = dataclasses.replace(full(), id="b")
    files = formats.made(form, formats.items([("a", full()), ("b", other)]), EVERYTHING)
    assert [f.name for f in files] == (
        [f"a{form.suffix}", f"b{form.suffix}"] if form.holds == "one" else [f"entraide{form.suffix}"]
    )


def test_names_of_files_differ_also_where_case_does_not_count() -> None:
    found = formats.items([("A", full()), ("a", full()), ("a-2", full()), ("a", full())])
    assert [item.stem for item in found] == ["A", "a-2", "a-2-2", "a-3"]


@given(stem=st.text(max_size=12) | st.sampled_from(["../../x", "/etc/x", "a/b", "..", "", "C:\\x", "a\0b", "x" * 300]))
def test_the_name_of_a_file_is_never_a_path(stem: str) -> None:
    ((name, _record),) = ((item.stem, item.record) for item in formats.items([(stem, full())]))
    assert name
    assert not name.startswith(".")
    assert not set(name) & set("/\\:\0\n")
    assert len(name) <= 120


def test_only_documents_can_be_recaps() -> None:
    with pytest.raises(UserError, match="md, html or pdf"):
        formats.made(BY_NAME["csv"], [NamedRecord("a", full())], EVERYTHING, recap="recap")


def test_what_is_there_and_the_records_themselves_stay(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.make()
    path = tmp_path / "a.md"
    formats.write(path, b"first", workspace)
    with pytest.raises(UserError, match="there already"):
        formats.write(path, b"second", workspace)
    assert path.read_bytes() == b"first"
    formats.write(path, b"second", workspace, force=True)
    assert path.read_bytes() == b"second"
    with pytest.raises(UserError, match="records themselves"):
        formats.write(workspace.sessions / "x" / "a.TOML", b"", workspace, force=True)
    formats.write(workspace.sessions / "a.html", b"beside its record", workspace)


def test_the_programs_own_words_are_a_doubt_only() -> None:
    wanted = ExportRequest(WALL)
    record = m.Record("x", "A talk", full().date, language="en", follow_up=m.FollowUp(full().date))
    form = BY_NAME["md"]
    (file,) = formats.made(form, [NamedRecord("x", record)], wanted)
    assert "November" in file.data.decode()
    assert {trace.doubt for trace in formats.traces(form, file, [record], wanted, ("November",))} == {True}
    told = dataclasses.replace(record, title="A talk with November")
    (file,) = formats.made(form, [NamedRecord("x", told)], wanted)
    assert {trace.doubt for trace in formats.traces(form, file, [told], wanted, ("November",))} == {False}
    assert formats.traces(form, ExportedFile("x.md", b"nothing"), [told], wanted, ("November",)) == []
