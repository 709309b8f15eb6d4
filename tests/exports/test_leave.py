"""The one way out: what leaves, under which name, what stops it, and what is noted of it."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.archive.test_record_file import RECORDS, full
from tests.examples import examples
from tests.exports import reading

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports import leave as way
from entraide_tui.exports import markdown
from entraide_tui.exports.base import ExportRequest, Format, Segment
from entraide_tui.exports.destination import Files, Stream
from entraide_tui.exports.formats import BY_NAME, TEXTS
from entraide_tui.exports.leave import Departure, Redacted, leave
from entraide_tui.privacy import share_log
from entraide_tui.privacy.share_choice import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WALL = 1_795_258_800.0
TEMPLATE = (
    "# {{ sheet.title }}\n\nOUR OWN PAGE\n{% for section in sheet.sections %}\n## {{ section.heading }}\n{% endfor %}"
)


@pytest.fixture
def group(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "group")
    workspace.make()
    return workspace


def kept(group: Workspace, record: m.Record, options: Options | None = None) -> Path:
    """A record in its group, with its page if one was drawn."""
    path = group.sessions / "2026" / f"{record.id}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(record_file.dumps(record).encode())
    if options is not None:
        path.with_suffix(".md").write_bytes(markdown.page(record, options).encode())
    return path


def text(record: Departure, request: ExportRequest) -> bytes:
    out: list[bytes] = []
    assert leave([record], request, Stream(out.append)).complete
    return out[0]


# -- what an export carries


def read_html(data: bytes) -> str:
    return reading.said(reading.document(data.decode()))


def read_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


READERS: dict[str, Callable[[bytes], str]] = {
    "md": bytes.decode,
    "txt": bytes.decode,
    "html": read_html,
    "pdf": read_pdf,
}
PAGES = [BY_NAME["html"], BY_NAME["pdf"], BY_NAME["md"], TEXTS[1]]
TOKEN = re.compile(r"(?:CONTRIBUTION|LEARNING|NOTE|PARKED|FEELING)\d+x")
OPTIONS = st.builds(Options, *[st.booleans()] * 4)


def filled(record: m.Record, number: int, words: int) -> m.Record:
    """A record with as many entries in each section, each with a word that is nowhere else."""
    more = " mot" * words
    return dataclasses.replace(
        record,
        id="2026-11-21-one-k7qm",
        contributions=tuple(m.Contribution(f"CONTRIBUTION{n}x{more}", "idea", "Inès") for n in range(number)),
        learnings=tuple(m.Said(f"LEARNING{n}x{more}", "Léa") for n in range(number)),
        notes=(
            *(m.Note("contract", f"NOTE{n}x{more}") for n in range(number)),
            m.Note("parking", "PARKED1x", parked=True),
        ),
        feelings=(m.Feeling(3, "FEELING1x", "FEELING2x", {"x": "FEELING3x"}),),
    )


@examples(12, any_size=True)
@given(
    record=st.builds(filled, RECORDS, st.integers(0, 12), st.sampled_from([0, 3, 40])), options=OPTIONS, asked=OPTIONS
)
@example(record=filled(full(), 12, 60), options=Options(contributions=True, learnings=True), asked=Options())
def test_every_format_of_the_page_carries_what_the_page_carries_and_what_is_asked_for_besides(
    record: m.Record, options: Options, asked: Options, tmp_path_factory: pytest.TempPathFactory
) -> None:
    group = Workspace(tmp_path_factory.mktemp("group"))
    group.make()
    path = kept(group, record, options)
    page = set(TOKEN.findall(path.with_suffix(".md").read_text("utf-8")))
    added = set(TOKEN.findall(markdown.page(record, asked)))
    assert not re.search("PARKED|FEELING", " ".join(page | added))
    (departure,) = way.departures([(path, record)])
    for form in PAGES:
        read = READERS[form.name]
        assert set(TOKEN.findall(read(text(departure, ExportRequest(form, WALL))))) == page, form.name
        more = text(departure, ExportRequest(form, WALL, asked))
        assert set(TOKEN.findall(read(more))) == page | added, form.name


def test_a_record_without_a_page_leaves_with_its_core(group: Workspace) -> None:
    (departure,) = way.departures([(kept(group, full()), full())])
    assert b"Rien ne sort" not in text(departure, ExportRequest(BY_NAME["md"], WALL))


def test_the_page_of_a_group_with_a_look_of_its_own_is_known_too(group: Workspace) -> None:
    templates = group.root / "templates"
    templates.mkdir()
    (templates / "page.md.jinja").write_text(TEMPLATE, "utf-8")
    record = filled(full(), 2, 0)
    path = kept(group, record)
    drawn = markdown.page(record, Options(learnings=True), templates=templates)
    assert "OUR OWN PAGE" in drawn
    path.with_suffix(".md").write_text(drawn, "utf-8")
    (departure,) = way.departures([(path, record)])
    page = read_html(text(departure, ExportRequest(BY_NAME["html"], WALL, templates=templates)))
    assert set(TOKEN.findall(page)) == {"LEARNING0x", "LEARNING1x"}
    (templates / "page.md.jinja").write_text("{{ nonsense", "utf-8")
    assert b"<html" in text(departure, ExportRequest(BY_NAME["html"], WALL, templates=templates))


def test_a_page_that_is_no_text_keeps_nothing_back(group: Workspace) -> None:
    path = kept(group, full())
    path.with_suffix(".md").mkdir()
    (departure,) = way.departures([(path, full())])
    assert b"Appeler" in text(departure, ExportRequest(BY_NAME["md"], WALL))


def test_a_pdf_that_is_cut_to_its_sheet_keeps_what_was_asked_for_besides(group: Workspace) -> None:
    record = filled(full(), 40, 30)
    (departure,) = way.departures([(kept(group, record, Options(contributions=True)), record)])
    found = read_pdf(text(departure, ExportRequest(BY_NAME["pdf"], WALL)))
    assert set(TOKEN.findall(found)) == {f"CONTRIBUTION{n}x" for n in range(40)}


# -- names of files


def stems(*names: str) -> list[str]:
    return [one.stem for one in way.departures((Path("x") / f"{name}.toml", full()) for name in names)]


def test_names_of_files_differ_also_where_case_does_not_count() -> None:
    assert stems("A", "a", "a-2", "a") == ["A", "a-2", "a-2-2", "a-3"]


@given(stem=st.text(max_size=12) | st.sampled_from(["../../x", "/etc/x", "a/b", "..", "", "C:\\x", "a\0b", "x" * 300]))
def test_the_name_of_a_file_is_never_a_path(stem: str) -> None:
    record = dataclasses.replace(full(), id=stem)
    out: list[str] = []

    class Names:
        def path_of(self, name: str) -> None:
            out.append(name)

        def put(self, name: str, data: bytes) -> None:
            assert data
            out.append(name)

    leave(
        [Departure("x", record, "x")],
        ExportRequest(BY_NAME["toml"], WALL),
        Names(),
        Redacted((Prepared((), record, (), ()),)),
    )
    assert out
    for name in out:
        assert name.endswith(".toml")
        assert len(name) > len(".toml")
        assert not name.startswith(".")
        assert not set(name) & set("/\\:\0\n")
        assert len(name) <= 125


def test_a_recap_is_named_after_its_days_and_only_documents_are_recaps() -> None:
    later = dataclasses.replace(full(), date=datetime.date(2027, 1, 2))
    records = [Departure("a", later, "a"), Departure("b", full(), "b")]
    assert way.recap_name(records) == "recap-2026-11-21-2027-01-02"
    outcome = leave(records, ExportRequest(BY_NAME["csv"], WALL, recap="recap"), Stream(lambda _data: None))
    assert "md, html or pdf" in outcome.failed[0].error.what


# -- the last look


def read_zip(data: bytes) -> Iterator[Segment]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield Segment(archive.read(name).decode(), name)


def write_zip(records: Sequence[m.Record], _request: ExportRequest) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.txt", "\n".join(record.title for record in records) * 20)
    return out.getvalue()


def test_a_format_that_is_no_text_is_looked_through_by_the_reader_that_it_brings(tmp_path: Path) -> None:
    group = Workspace(tmp_path)
    form = Format("epub", "one", "A book", write_zip, read_zip, text=False)
    named = dataclasses.replace(full(), title="Awa Diallo")
    redacted = Redacted((Prepared((), named, (), ("Awa",)),))
    outcome = leave(
        [Departure("x", full(), "x")],
        ExportRequest(form, WALL),
        Files(group, tmp_path / "out", in_folder=True),
        redacted,
    )
    assert {(leak.name, leak.where) for leak in outcome.leaks} == {("Awa", "page.txt")}
    assert not outcome.complete
    assert not (tmp_path / "out").exists()


def test_the_programs_own_words_are_a_doubt_only() -> None:
    record = m.Record("x", "A talk", full().date, language="en", follow_up=m.FollowUp(full().date))
    request = ExportRequest(BY_NAME["md"], WALL)

    def look(record: m.Record, *, agreed: bool = True) -> way.ExportOutcome:
        redacted = Redacted((Prepared((), record, (), ("November",)),), agreed)
        return leave([Departure("x", record, "x")], request, Stream(out.append), redacted)

    out: list[bytes] = []
    outcome = look(record)
    assert b"November" in out.pop()
    assert outcome.complete
    assert {doubt.doubt for doubt in outcome.doubts} == {True}
    held = look(record, agreed=False)
    assert held.withheld
    assert held.doubts == outcome.doubts
    stopped = look(dataclasses.replace(record, title="A talk with November"))
    assert {leak.name for leak in stopped.leaks} == {"November"}
    assert out == []


def test_a_file_that_stops_keeps_no_other_back(group: Workspace, tmp_path: Path) -> None:
    records = [Departure(n, full(), n) for n in "ab"]
    named = dataclasses.replace(full(), id="a", title="Chez Zoé")
    redacted = Redacted(tuple(Prepared((), one, (), ("Zoé",)) for one in (named, dataclasses.replace(full(), id="b"))))
    outcome = leave(records, ExportRequest(BY_NAME["toml"], WALL), Files(group, tmp_path, in_folder=True), redacted)
    assert [path.name for path in outcome.written] == ["b.toml"]
    assert {leak.file for leak in outcome.leaks} == {"a.toml"}


# -- what is noted


def test_where_files_went_is_noted_and_a_stream_is_not(group: Workspace, tmp_path: Path) -> None:
    (departure,) = way.departures([(kept(group, full()), full())])
    text(departure, ExportRequest(BY_NAME["md"], WALL))
    assert share_log.copies(group) == []
    outcome = leave([departure], ExportRequest(BY_NAME["md"], WALL), Files(group, tmp_path / "a.md"))
    assert outcome.written == (tmp_path / "a.md",)
    assert [(copy.record, copy.path) for copy in share_log.copies(group)] == [(full().id, tmp_path / "a.md")]


def test_what_can_not_be_noted_is_told_in_one_sentence_and_stops_nothing(
    group: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("ENTRAIDE_PRIVATE", str(tmp_path / "file"))
    records = [Departure(n, dataclasses.replace(full(), id=n), n) for n in "ab"]
    outcome = leave(records, ExportRequest(BY_NAME["md"], WALL), Files(group, tmp_path / "out", in_folder=True))
    assert [path.name for path in outcome.written] == ["a.md", "b.md"]
    assert outcome.complete
    assert len(outcome.unnoted) == 1


def test_what_does_not_leave_although_one_could_think_so_is_told() -> None:
    record = dataclasses.replace(full(), actions=(m.PlannedAction("x"),))
    request = ExportRequest(BY_NAME["ics"], WALL, feelings=True)
    assert len(leave([Departure("x", record, "x")], request, Stream(lambda _data: None)).left_out) == 2
    redacted = Redacted((Prepared((), dataclasses.replace(record, actions=()), (), ()),))
    assert len(way.left_out([Departure("x", record, "x")], request, redacted)) == 1, "what leaves counts"
    with pytest.raises(UserError):
        raise leave([Departure("x", record, "x")], request, Stream(_broken)).failed[0].error


def _broken(_data: bytes) -> None:
    raise UserError("no room")
