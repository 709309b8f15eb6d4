"""The commands: status, data on standard output, words on standard error, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from entraide_tui import cli

SHIPPED = Path(__file__).parents[2] / "kits"
RECORD = """\
format = 1
id = "2026-11-21-readers-k7qm"
title = "More readers"
date = 2026-11-21
language = "en"
kit = { id = "atelier-entraide", version = 1, title = "Mutual-aid workshop" }
[people]
offeror = "Awa"
contributors = ["Marc"]
[request]
text = "How do we begin?"
[[actions]]
what = "Call the market"
who = "Awa"
due = 2026-12-05
status = "open"
"""


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A workspace with one good record and one that is broken."""
    folder = tmp_path / "group"
    sessions = folder / "sessions" / "2026"
    sessions.mkdir(parents=True)
    (folder / "kits").mkdir()
    (folder / "entraide.toml").write_text('name = "Readers"\n', "utf-8")
    (sessions / "2026-11-21-readers-k7qm.toml").write_text(RECORD, "utf-8")
    return folder


def broken(group: Path) -> None:
    (group / "sessions" / "2026" / "2026-11-22-torn-zzzz.toml").write_text('format = 1\ntitle = "\x1b[31m', "utf-8")


class Said:
    """What a command answered."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err
        assert "Traceback" not in err
        assert "\x1b" not in out + err


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command."""

    def call(*words: object) -> Said:
        try:
            status = cli.main([str(w) for w in words])
        except SystemExit as end:
            status = int(str(end.code))
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return call


def test_the_records_are_listed_on_standard_output(run: Run, group: Path) -> None:
    said = run("list", "--workspace", group)
    assert (said.status, said.err) == (0, "")
    assert said.out == "2026-11-21  2026-11-21-readers-k7qm  More readers  Awa  1 open action\n"


def test_a_broken_record_is_named_and_the_others_are_listed(run: Run, group: Path) -> None:
    broken(group)
    said = run("list", "--workspace", group)
    assert said.status == 1
    assert "More readers" in said.out
    assert "2026-11-22-torn-zzzz.toml" in said.err
    as_json = run("list", "--json", "--workspace", group)
    assert as_json.status == 1
    assert [bool(r["fault"]) for r in json.loads(as_json.out)] == [True, False]


@pytest.mark.parametrize("words", [["list", "--json"], ["show", "readers", "--json"]])
def test_json_is_one_document_with_the_records_names(run: Run, group: Path, words: list[str]) -> None:
    said = run(*words, "--workspace", group)
    assert (said.status, said.err) == (0, "")
    document = json.loads(said.out)
    one = document[0] if isinstance(document, list) else document
    assert (one["id"], one["title"], one["date"]) == ("2026-11-21-readers-k7qm", "More readers", "2026-11-21")
    assert one["people"]["offeror"] == "Awa"


def test_no_record_yet_is_said_and_is_no_fault(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    said = run("list", "--workspace", tmp_path / "new")
    assert (said.status, said.out) == (0, "")
    assert said.err.startswith("no record yet in ")


@pytest.mark.parametrize(
    "command", [["list"], ["search", "x"], ["actions"], ["show", "x"], ["export", "all", "--to", "md"]]
)
def test_a_folder_that_is_not_there_is_said_to_be_missing(run: Run, tmp_path: Path, command: list[str]) -> None:
    said = run(*command, "--workspace", tmp_path / "nowhere")
    assert (said.status, said.out) == (1, "")
    assert "nowhere: there is no such folder." in said.err


def test_one_record_is_shown_as_its_page_in_its_own_language(run: Run, group: Path) -> None:
    said = run("show", "readers", "--workspace", group, "--lang", "fr")
    assert said.status == 0
    assert said.out.startswith("# More readers")
    assert "How do we begin?" in said.out


@pytest.mark.parametrize("name", ["nothing-like-it", "readrs"])
def test_a_record_that_is_not_there_is_said(run: Run, group: Path, name: str) -> None:
    said = run("show", name, "--workspace", group)
    assert (said.status, said.out) == (1, "")
    assert f"there is no “{name}”" in said.err


def test_a_broken_record_that_is_shown_names_the_file_and_the_place(run: Run, group: Path) -> None:
    broken(group)
    said = run("show", "torn", "--workspace", group)
    assert (said.status, said.out) == (1, "")
    assert "2026-11-22-torn-zzzz.toml" in said.err


def test_a_workspace_is_made_once(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    said = run("init", folder)
    assert (said.status, said.err) == (0, "")
    assert [Path(line) for line in said.out.splitlines()] == [
        folder, folder / "kits", folder / "sessions", folder / "entraide.toml",
    ]  # fmt: skip
    again = run("init", folder)
    assert (again.status, again.out) == (0, "")
    assert "is a workspace already" in again.err


def test_the_kits_are_listed_in_either_language(run: Run, group: Path) -> None:
    english = run("kits", "list", "--workspace", group, "--lang", "en")
    french = run("kits", "list", "--workspace", group, "--lang=fr")
    assert english.status == french.status == 0
    assert "Flash codev for two" in english.out
    assert "Flash codev à deux" in french.out
    ids = {k["id"] for k in json.loads(run("kits", "list", "--json", "--workspace", group).out)}
    assert {"atelier-entraide", "bilan-mensuel", "flash-binome"} <= ids


def test_a_broken_kit_of_the_groups_own_is_named(run: Run, group: Path) -> None:
    (group / "kits" / "own.toml").write_text("format = 1\nid = [", "utf-8")
    said = run("kits", "list", "--workspace", group)
    assert said.status == 1
    assert "own" in said.err
    assert "flash-binome" in said.out


def test_one_kit_is_shown_with_its_steps_and_minutes(run: Run, group: Path) -> None:
    said = run("kits", "show", "flash-binome", "--workspace", group)
    assert (said.status, said.err) == (0, "")
    assert "Settling in" in said.out
    assert "CC-BY-SA-4.0" in said.out
    assert json.loads(run("kits", "show", "flash-binome", "--json", "--workspace", group).out)["id"] == "flash-binome"


def test_kits_are_checked_file_by_file(run: Run, tmp_path: Path) -> None:
    good = SHIPPED / "flash-binome.toml"
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(good.read_text("utf-8").replace("[[steps]]", "[[step]]", 1), "utf-8")
    assert run("kits", "check", good).status == 0
    said = run("kits", "check", good, wrong, tmp_path / "absent.toml")
    assert said.status == 1
    assert f"{good}: this kit can be played." in said.out
    assert str(wrong) in said.err
    assert "absent.toml" in said.err
    as_json = run("kits", "check", good, wrong, "--json")
    assert as_json.status == 1
    assert {f["path"] for f in json.loads(as_json.out) if f["serious"]} == {str(wrong)}


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["list", "--limit", "many"],
        ["show"],
        ["--lang", "de"],
        ["kits"],
        ["kits", "check"],
        ["list", "--no"],
    ],
)
def test_wrong_usage_is_told_with_status_2(run: Run, words: list[str]) -> None:
    said = run(*words)
    assert said.status == 2
    assert "entraide-tui" in said.err + said.out


@pytest.mark.parametrize("words", [[], ["new", "--title", "x"], ["rehearse"]])
def test_without_a_terminal_the_screens_are_refused_in_one_sentence(run: Run, group: Path, words: list[str]) -> None:
    said = run(*words, "--workspace", group)
    assert (said.status, said.out) == (1, "")
    assert "terminal" in said.err


def test_resume_says_which_workshops_are_open(run: Run, group: Path) -> None:
    said = run("resume", "--workspace", group)
    assert (said.status, said.out) == (1, "")
    assert "no workshop is open" in said.err


def test_a_broken_group_file_is_named_not_traced(run: Run, group: Path) -> None:
    (group / "entraide.toml").write_text("name = [", "utf-8")
    assert run("list", "--workspace", group).status == 0


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_help_and_version_are_data(run: Run, lang: str) -> None:
    said = run("--lang", lang, "--help")
    assert (said.status, said.err) == (0, "")
    assert "--workspace" in said.out
    assert run("--version").out.startswith("entraide-tui ")


@pytest.mark.parametrize("words", [["list"], ["kits", "list"], ["list", "--json"]])
def test_a_command_without_a_screen_imports_nothing_heavy(group: Path, words: list[str]) -> None:
    program = (
        "import sys; from entraide_tui import cli; status = cli.main(sys.argv[1:]);"
        "heavy = {'textual', 'rich', 'pydantic', 'msgspec'} & set(sys.modules);"
        "assert not heavy, heavy; sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words, "--workspace", str(group)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("words", [["list"], ["search"], ["actions"], ["check"], ["kits", "list"]])
def test_json_holds_no_order_of_a_file_name_to_a_terminal(run: Run, group: Path, words: list[str]) -> None:
    name = "2026-11-23-\x9b2J\u202ex"
    text = RECORD.replace('id = "2026-11-21-readers-k7qm"\n', "")
    (group / "sessions" / "2026" / f"{name}.toml").write_text(text, "utf-8")
    (group / "kits" / f"{name}.toml").write_text("format = 1", "utf-8")
    said = run(*words, "--json", "--workspace", str(group))
    assert not {"\x9b", "\u202e"} & set(said.out + said.err)
    assert name in json.dumps(json.loads(said.out), ensure_ascii=False)


def test_a_folder_that_can_not_be_looked_into_is_named(run: Run, group: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, real = str(group / "sessions" / "2026"), os.scandir

    def scandir(path: str) -> object:
        if str(path) == closed:
            raise PermissionError(13, "no", closed)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    said = run("list", "--workspace", str(group))
    assert said.status == 1
    assert "can’t be looked into: you are not allowed" in said.err
    assert "no record yet" not in said.err


def test_a_search_says_that_a_record_could_not_be_read(run: Run, group: Path) -> None:
    broken(group)
    said = run("search", "readers", "--workspace", str(group))
    assert "1 record can’t be read and is left out." in said.err
    assert "More readers" in said.out
    assert "letter" in run("search", "🌻", "--workspace", str(group)).err
