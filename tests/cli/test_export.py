"""`export`: what leaves, where it goes, what never leaves, and that nothing that is there is lost."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from tests.cli.test_commands import RECORD

from entraide_tui import cli
from entraide_tui.cli.export import SECTIONS
from entraide_tui.exports import formats

MORE = """\
[[actions]]
what = "No date"
[[contributions]]
text = "A market"
kind = "idea"
by = "Marc"
[[learnings]]
text = "To ask"
by = "Marc"
[[feelings]]
score = 4
word = "relieved"
[[notes]]
step = "parking"
text = "Too early"
[[notes]]
step = "contract"
text = "Nothing leaves the room."
"""
FIRST, SECOND = "2026-11-21-readers-k7qm", "2026-11-28-keys-aaaa"


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """Two records."""
    sessions = tmp_path / "group" / "sessions" / "2026"
    sessions.mkdir(parents=True)
    (tmp_path / "group" / "entraide.toml").write_text('name = "Readers"\n', "utf-8")
    (sessions / f"{FIRST}.toml").write_text(RECORD + MORE, "utf-8")
    second = RECORD.replace(FIRST, SECOND).replace("More readers", "The keys").replace("2026-11-21", "2026-11-28", 1)
    (sessions / f"{SECOND}.toml").write_text(second, "utf-8")
    return tmp_path / "group"


def torn(group: Path) -> None:
    (group / "sessions" / "2026" / "2026-11-22-torn-zzzz.toml").write_text("format = ", "utf-8")


class Said:
    """What the command answered."""

    def __init__(self, status: int, out: bytes, err: str) -> None:
        self.status, self.out, self.err = status, out, err
        assert "Traceback" not in err


Run = Callable[..., Said]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], group: Path) -> Run:
    """Runs it in that workspace."""

    def call(*words: object) -> Said:
        try:
            status = cli.main(["export", *(str(w) for w in words), "--workspace", str(group)])
        except SystemExit as end:
            status = int(str(end.code))
        out, err = capfdbinary.readouterr()
        return Said(status, out, err.decode())

    return call


def test_one_text_goes_to_standard_output_byte_by_byte(run: Run) -> None:
    page = run("readers", "--to", "md")
    assert page.status == 0
    assert page.out.startswith(b"# More readers\n")
    assert run("readers", "--to", "md", "-o", "-").out == page.out
    assert tomllib.loads(run("readers", "--to", "toml").out.decode())["title"] == "More readers"
    assert run("readers", "--to", "csv").out.startswith(b"\xef\xbb\xbf")
    assert b"\r\r\n" not in run("readers", "--to", "ics").out


def test_json_is_one_object_or_a_list_oldest_first(run: Run) -> None:
    assert json.loads(run("readers", "--to", "json").out)["id"] == FIRST
    assert [r["id"] for r in json.loads(run("all", "--to", "json").out)] == [FIRST, SECOND]
    assert [r["id"] for r in json.loads(run("keys", "aaaa", "--to", "json").out)] == [SECOND]
    assert [r["id"] for r in json.loads(run("keys", "readers", "k7qm", "--to", "json").out)] == [SECOND, FIRST]


def test_actions_of_many_records_are_one_table_and_one_calendar(run: Run, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("all", "--to", "csv").out.decode("utf-8-sig"), newline="")))
    assert [(row["record"], row["what"]) for row in rows] == [
        (FIRST, "Call the market"),
        (FIRST, "No date"),
        (SECOND, "Call the market"),
    ]
    said = run("all", "--to", "ics", "-o", tmp_path / "a.ics")
    assert said.err == "1 action without a date is left out.\n"
    calendar = Calendar.from_ical((tmp_path / "a.ics").read_bytes())
    assert [str(e["SUMMARY"]) for e in calendar.walk("VEVENT")] == ["Action to do (entraide)"] * 2
    told = run("readers", "--to", "ics", "--full").out
    assert b"SUMMARY:Call the market \xe2\x80\x93 Awa" in told


def test_a_table_for_french_spreadsheets_has_semicolons(run: Run) -> None:
    assert b'"trace";"date";"groupe"' in run("readers", "--to", "csv", "--lang", "fr").out
    assert b'"record","date"' in run("readers", "--to", "csv", "--lang", "en").out


def test_several_pages_go_to_a_folder_private_and_by_the_names_of_their_records(run: Run, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        said = run("all", "--to", "md", "-o", tmp_path / "new" / "pages")
    finally:
        os.umask(before)
    files = sorted((tmp_path / "new" / "pages").iterdir())
    assert [f.name for f in files] == [f"{FIRST}.md", f"{SECOND}.md"]
    assert said.out.decode().split() == [str(f) for f in files]
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_several_files_need_a_folder(run: Run, tmp_path: Path) -> None:
    for where in ([], ["-o", "-"]):
        said = run("all", "--to", "toml", *where)
        assert (said.status, said.out) == (2, b"")
        assert "name a folder" in said.err
    (tmp_path / "file").write_text("mine", "utf-8")
    said = run("all", "--to", "toml", "-o", tmp_path / "file")
    assert said.status == 1
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_several_files_do_not_go_into_a_folder_that_was_meant_as_a_file(run: Run, tmp_path: Path) -> None:
    said = run("all", "--to", "md", "-o", tmp_path / "u.md")
    assert said.status == 2
    assert "not a file" in said.err
    assert not (tmp_path / "u.md").exists()


def test_one_file_may_be_named_or_put_in_a_folder(run: Run, tmp_path: Path) -> None:
    run("readers", "--to", "md", "-o", tmp_path / "page.txt")
    assert (tmp_path / "page.txt").read_bytes().startswith(b"# More readers")
    run("readers", "--to", "md", "-o", tmp_path)
    assert (tmp_path / f"{FIRST}.md").is_file()
    run("readers", "--to", "csv", "-o", f"{tmp_path / 'new'}/")
    assert (tmp_path / "new" / f"{FIRST}.csv").is_file()


def test_what_is_there_stays_unless_it_may_be_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / f"{FIRST}.md").write_text("mine", "utf-8")
    said = run("all", "--to", "md", "-o", tmp_path)
    assert said.status == 1
    assert f"{FIRST}.md: this file is there already; --force replaces it." in said.err
    assert (tmp_path / f"{FIRST}.md").read_text("utf-8") == "mine"
    assert (tmp_path / f"{SECOND}.md").is_file()
    assert run("all", "--to", "md", "-o", tmp_path, "--force").status == 0
    assert (tmp_path / f"{FIRST}.md").read_text("utf-8").startswith("# More readers")


@pytest.mark.parametrize("to", ["toml", "md"])
def test_no_export_ever_takes_the_place_of_a_record(run: Run, group: Path, to: str) -> None:
    own = group / "sessions" / "2026" / f"{FIRST}.toml"
    before = own.read_bytes()
    for where in (own, group / "sessions", group / "sessions" / ".." / "sessions" / "new.toml"):
        said = run("readers", "--to", to, "-o", where, "--force")
        assert said.status == 1
        assert "holds the records themselves" in said.err
    assert own.read_bytes() == before
    assert sorted(p.name for p in (group / "sessions").rglob("*") if p.is_file()) == [f"{FIRST}.toml", f"{SECOND}.toml"]


def test_a_device_is_never_replaced_by_a_file(run: Run, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo(tmp_path / "pipe")
    said = run("readers", "--to", "json", "-o", tmp_path / "pipe", "--force")
    assert said.status == 1
    assert "not an ordinary file" in said.err
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_place_that_can_not_be_is_told_in_words(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_text("mine", "utf-8")
    for where in ("x" * 300, tmp_path / "file" / "x.md", tmp_path / "loop" / "x.md", "~nobody/" + "x" * 300):
        said = run("readers", "--to", "md", "-o", where)
        assert (said.status, said.out) == (1, b"")
        assert len(said.err.splitlines()) == 1


def test_what_is_broken_is_named_and_the_others_go_out(run: Run, group: Path) -> None:
    torn(group)
    said = run("all", "--to", "json")
    assert said.status == 1
    assert "2026-11-22-torn-zzzz.toml" in said.err
    assert [r["id"] for r in json.loads(said.out)] == [FIRST, SECOND]
    said = run("readers", "nobody", "--to", "json")
    assert said.status == 1
    assert "there is no “nobody”" in said.err
    assert [r["id"] for r in json.loads(said.out)] == [FIRST]
    said = run("torn", "--to", "json")
    assert (said.status, said.out) == (1, b"")


def test_feelings_leave_by_name_and_the_parking_never(run: Run) -> None:
    for to in ("md", "toml", "json"):
        without = run("readers", "--to", to, "--with", "contributions,learnings,notes").out
        assert b"relieved" not in without
        assert b"Too early" not in without
        assert b"A market" in without
        assert b"Nothing leaves the room." in without
        named = run("readers", "--to", to, "--with", "notes,feelings").out
        assert b"relieved" in named
        assert b"Too early" not in named
    for to in ("csv", "ics"):
        said = run("readers", "--to", to, "--with", "feelings", "--full")
        assert b"relieved" not in said.out
        assert "feelings are left out" in said.err


def test_a_page_holds_what_was_asked_for(run: Run) -> None:
    assert b"A market" not in run("readers", "--to", "md").out
    assert b"A market" in run("readers", "--to", "md", "--with", "contributions").out
    said = run("readers", "--to", "md", "--with", "contributions,secrets")
    assert said.status == 2
    assert "“secrets” is none of: contributions, learnings, notes, feelings" in said.err


def test_a_recap_is_one_document_about_all_of_them(run: Run, tmp_path: Path) -> None:
    page = run("all", "--to", "md", "--recap").out.decode()
    assert "More readers" in page
    assert "The keys" in page
    run("all", "--to", "html", "--recap", "-o", tmp_path)
    assert "The keys" in (tmp_path / "recap.html").read_text("utf-8")
    said = run("all", "--to", "md", "--recap", "--anonymous")
    assert said.status == 0
    assert b"The keys" in said.out
    assert not any(name in said.out for name in (b"Awa", b"readers")), "people, and the group itself"


@pytest.mark.parametrize("to", ["csv", "ics", "json", "toml"])
def test_a_recap_is_a_document(run: Run, to: str) -> None:
    said = run("all", "--to", to, "--recap")
    assert said.status == 2
    assert "md, html or pdf" in said.err


def test_the_command_knows_the_formats_of_the_registry(run: Run) -> None:
    help_ = run("--help").out.decode()
    assert all(name in help_ for name in (*formats.BY_NAME, *SECTIONS, "--anonymous", "--recap", "--full", "--force"))
    said = run("readers", "--to", "doc")
    assert said.status == 2
    assert all(name in said.err for name in formats.BY_NAME)


def test_an_empty_workspace_is_told(run: Run, group: Path) -> None:
    for path in (group / "sessions" / "2026").iterdir():
        path.unlink()
    said = run("all", "--to", "json")
    assert (said.status, said.out) == (1, b"")
    assert "no record yet" in said.err


def test_a_record_that_is_there_twice_leaves_twice_and_is_named(run: Run, group: Path, tmp_path: Path) -> None:
    copy = group / "sessions" / "copy" / f"{FIRST}.toml"
    copy.parent.mkdir()
    copy.write_text(RECORD.replace("More readers", "The copy"), "utf-8")
    said = run("all", "--to", "md", "-o", tmp_path / "out")
    assert said.status == 1
    assert "are the same record, changed in two places" in said.err
    assert str(copy) in said.err
    titles = {p.name: p.read_text("utf-8").split("\n")[0] for p in (tmp_path / "out").iterdir()}
    assert len(titles) == 3
    assert set(titles.values()) == {"# More readers", "# The copy", "# The keys"}
    events = Calendar.from_ical(run("all", "--to", "ics").out).walk("VEVENT")
    assert len(events) == len({str(event["UID"]) for event in events}) == 2


def test_a_pdf_goes_to_a_pipe_and_never_to_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst")
    assert run("readers", "--to", "pdf").out.startswith(b"%PDF-")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    said = run("readers", "--to", "pdf")
    assert (said.status, said.out) == (2, b"")
    assert "name a file with -o" in said.err


def test_names_are_replaced_and_what_was_done_is_said(run: Run, group: Path, tmp_path: Path) -> None:
    path = group / "sessions" / "2026" / f"{FIRST}.toml"
    path.write_text(path.read_text("utf-8").replace("A market", "Marc knows the Zorglub market"), "utf-8")
    said = run(
        "all", "--to", "json", "--anonymous", "--with", "contributions,notes,feelings", "-o", tmp_path / "x.json"
    )
    assert said.status == 0
    text = (tmp_path / "x.json").read_text("utf-8")
    records = json.loads(text)
    offerors = {record["people"]["offeror"] for record in records}
    assert len(offerors) == 1, "the same is the same in all records"
    for name in ("Awa", "Marc", FIRST, SECOND, "2026-11-21", "Too early", "Nothing leaves", "steps"):
        assert name not in text
    assert "relieved" in text
    assert f"Awa → {offerors.pop()}\n" in said.err
    assert "not known; they stay: Zorglub" in said.err
    assert "notes never leave" in said.err
    assert "in the app" in said.err


def test_what_was_decided_for_a_record_counts(run: Run, group: Path) -> None:
    from entraide_tui.archive import record_file
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.privacy import pseudonyms, redaction, share_choice, share_log

    path = group / "sessions" / "2026" / f"{FIRST}.toml"
    choice = share_choice.Choice(marked=(pseudonyms.MarkedWord("market", "place"),), keep_dates=True)
    known = pseudonyms.known_names([record_file.read(path)])
    every = redaction.prepare(record_file.read(path), choice, known, random.Random(1)).keys
    share_log.save(Workspace(group), FIRST, choice, every)
    said = run("readers", "--to", "md", "--anonymous")
    assert b"Call" in said.out
    assert b"market" not in said.out
    assert b"5 December 2026" in said.out
    path.write_text(path.read_text("utf-8").replace("How do we begin?", "How do we go on?"), "utf-8")
    said = run("readers", "--to", "md", "--anonymous")
    assert b"go on" not in said.out
    assert "1 line that nobody has looked at yet is left out." in said.err


def test_a_name_that_is_still_in_the_finished_file_stops_it_and_only_it(run: Run, group: Path, tmp_path: Path) -> None:
    (group / "templates").mkdir()
    (group / "templates" / "page.md.jinja").write_text("# {{ sheet.title }}\n\nFrom Awa\n", "utf-8")
    said = run("readers", "--to", "md", "--anonymous")
    assert (said.status, said.out) == (1, b"")
    assert "“Awa” is still in it (line 3)" in said.err
    said = run("readers", "--to", "toml", "--anonymous", "-o", tmp_path / "for Awa.toml")
    assert said.status == 1
    assert "its name holds “Awa”" in said.err
    assert not list(tmp_path.glob("*.toml"))


def test_where_copies_went_is_known_when_somebody_wants_to_be_forgotten(run: Run, group: Path, tmp_path: Path) -> None:
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.privacy import share_log

    run("all", "--to", "csv", "-o", tmp_path / "a.csv")
    run("readers", "--to", "md", "-o", tmp_path / "a.md")
    run("readers", "--to", "md")
    copies = {(copy.record, copy.path.name) for copy in share_log.copies(Workspace(group))}
    assert copies == {(FIRST, "a.csv"), (SECOND, "a.csv"), (FIRST, "a.md")}


def test_a_private_log_that_can_not_be_written_is_told_once_and_stops_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("ENTRAIDE_PRIVATE", str(tmp_path / "file"))
    said = run("all", "--to", "md", "-o", tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert len(said.err.splitlines()) == 1
    assert "it could not be noted where the copy went" in said.err


def test_an_export_carries_what_its_page_carries_and_a_record_is_shown_so_too(
    run: Run, group: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = group / "sessions" / "2026" / f"{FIRST}.toml"
    page = run("readers", "--to", "md", "--with", "contributions").out
    path.with_suffix(".md").write_bytes(page)
    assert run("readers", "--to", "md").out == page
    html = run("readers", "--to", "html").out
    assert b"A market" in html
    assert b"To ask" not in html
    assert b"To ask" in run("readers", "--to", "html", "--with", "learnings").out
    assert b"A market" not in run("readers", "--to", "md", "--anonymous").out, "only what is shared by choice"
    assert cli.main(["show", "readers", "--workspace", str(group)]) == 0
    assert capfdbinary.readouterr().out == page


def test_a_record_is_shown_as_the_group_s_own_template_has_it(
    run: Run, group: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (group / "templates").mkdir()
    template = group / "templates" / "page.md.jinja"
    template.write_text("# OURS: {{ sheet.title }}\n", "utf-8")
    assert cli.main(["show", "readers", "--workspace", str(group)]) == 0
    shown = capfdbinary.readouterr().out
    assert shown == run("readers", "--to", "md").out == b"# OURS: More readers\n"
    template.write_text("{{ nonsense", "utf-8")
    assert cli.main(["show", "readers", "--workspace", str(group)]) == 1
    assert b"page.md.jinja" in capfdbinary.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_words(group: Path) -> None:
    words = [sys.executable, "-m", "entraide_tui", "export", "readers", "--to", "json", "--workspace", str(group)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.decode() == "standard output could not be written: the disk is full.\n"


def test_a_file_gets_the_ending_of_its_format(run: Run, tmp_path: Path) -> None:
    run("all", "--to", "ics", "-o", tmp_path / "agenda")
    run("all", "--to", "csv", "-o", tmp_path / "table.txt")
    assert [p.name for p in sorted(tmp_path.glob("[at]*"))] == ["agenda.ics", "table.txt"]


@pytest.mark.parametrize("said", ["fr-FR", "fr_FR", "FR", "français", "", "de"])
@pytest.mark.parametrize("to", ["md", "html", "csv"])
def test_a_record_speaks_its_language_however_that_is_written_else_its_group_s(
    run: Run, group: Path, said: str, to: str
) -> None:
    (group / "entraide.toml").write_text('name = "Readers"\nlanguage = "fr"\n', "utf-8")
    path = group / "sessions" / "2026" / f"{FIRST}.toml"
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("language"))
    path.write_text(f'language = "{said}"\n{text}' if said else text, "utf-8")
    words = [] if to == "csv" else ["--lang", "en"]  # a table of many records speaks as one speaks here
    out = run("readers", "--to", to, *words).out.decode()
    if to == "csv":
        assert '"date"' in out
        assert '"échéance"' in out
        assert '"encore en cours"' in out
    else:
        assert "samedi 21 novembre 2026" in out
        assert "Demande apportée par" in out
    assert to != "html" or 'lang="fr"' in out


def test_a_page_without_a_title_is_headed_by_its_day(run: Run, group: Path) -> None:
    path = group / "sessions" / "2026" / f"{FIRST}.toml"
    path.write_text(path.read_text("utf-8").replace('title = "More readers"', 'title = " "'), "utf-8")
    assert run("readers", "--to", "md").out.decode().splitlines()[0].endswith("21 November 2026")
