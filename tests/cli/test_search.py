"""The commands `search` and `actions`: what they print, what they say beside it, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_commands import RECORD, Run, broken, group, run

from entraide_tui.cli import search
from entraide_tui.common.clock import SystemClock

__all__ = ["group", "run"]
NOON = 1_795_258_800.0
"""Noon of 21 November 2026."""
ID = "2026-11-21-readers-k7qm"
SECOND = """\
id = "2026-11-01-coeur-abcd"
title = "Le cœur du quartier"
date = 2026-11-01
[people]
offeror = "Anne Marie"
[request]
text = "Qui aide au café ?"
[[actions]]
what = "Élire"
due = 2026-11-20
[[actions]]
what = "Fini"
status = "done"
outcome = "Bien"
"""


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """An invented day."""
    monkeypatch.setattr(SystemClock, "wall", lambda _self: NOON)


def put(group: Path, text: str = SECOND, name: str = "2026-11-01-coeur-abcd") -> None:
    (group / "sessions" / "2026" / f"{name}.toml").write_text(text, "utf-8")


def test_records_are_found_by_their_words(run: Run, group: Path) -> None:
    put(group)
    said = run("search", "COEUR", "elir", "--workspace", group)
    assert said.status == 0
    assert said.out.splitlines() == [
        "2026-11-01  2026-11-01-coeur-abcd  Le cœur du quartier  Anne Marie  1 open action  1 late",
        "    Élire",
    ]
    assert said.err == "1 record found\n"


def test_no_words_give_all_and_a_limit_says_what_is_left(run: Run, group: Path) -> None:
    put(group)
    said = run("search", "--workspace", group, "--limit", 1)
    assert (said.status, said.out.splitlines()[0][:33]) == (0, f"2026-11-21  {ID}"[:33])
    assert said.err == "2 records found\n1 more; see --limit\n"
    assert len(run("search", "--workspace", group, "--limit", 0).out.splitlines()) == 4


def test_filters_take_names_of_several_words(run: Run, group: Path) -> None:
    put(group)
    for typed in (
        ["offeror:Anne Marie"],
        ['offeror:"Anne Marie"'],
        ["offreur:anne", "offeror:marie"],
        ["offreur:anne quartier"],
    ):
        said = run("search", *typed, "--workspace", group)
        assert ("Anne Marie" in said.out) == (typed != ["offreur:anne quartier"]), typed
    assert run("search", "is:late quartier", "--workspace", group).status == 0


def test_nothing_found_is_said(run: Run, group: Path) -> None:
    said = run("search", "jamais", "--workspace", group)
    assert (said.status, said.out, said.err) == (1, "", "0 records found\n")


def test_what_is_not_understood_is_said_and_the_rest_is_searched(run: Run, group: Path) -> None:
    said = run("search", "foo:readers", "after:demain", "--workspace", group)
    assert "no filter “foo:”" in said.err
    assert "“demain” is no date" in said.err
    said = run("search", "readers", "after:demain", "--workspace", group)
    assert (said.status, said.out[:10]) == (0, "2026-11-21")


def test_a_broken_record_is_told_if_it_is_found(run: Run, group: Path) -> None:
    broken(group)
    said = run("search", "torn", "--workspace", group)
    assert (said.status, said.out) == (1, "")
    assert "2026-11-22-torn-zzzz.toml" in said.err
    assert run("search", "readers", "--workspace", group).status == 0


def test_hits_as_json(run: Run, group: Path) -> None:
    put(group)
    [hit] = json.loads(run("search", "cafe", "--json", "--workspace", group).out)
    assert hit == {
        "id": "2026-11-01-coeur-abcd", "title": "Le cœur du quartier", "date": "2026-11-01", "group": "",
        "people": {"offeror": "Anne Marie"}, "kit": {"id": ""}, "request": {"text": "Qui aide au café ?"},
        "open_actions": 1,
        "late_actions": 1, "path": str(group / "sessions" / "2026" / "2026-11-01-coeur-abcd.toml"), "fault": "",
        "snippet": [
            {"text": "Qui aide au ", "found": False}, {"text": "café", "found": True}, {"text": " ?", "found": False},
        ],
    }  # fmt: skip
    assert json.loads(run("search", "jamais", "--json", "--workspace", group).out) == []


@pytest.mark.parametrize(
    ("colour", "marked"), [(None, "Qui aide au \x1b[1mcafé\x1b[22m ?"), ("1", "Qui aide au café ?")]
)
def test_found_words_are_bold_on_a_terminal(
    group: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], colour: str | None, marked: str
) -> None:
    from entraide_tui import cli

    put(group)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    if colour:
        monkeypatch.setenv("NO_COLOR", colour)
    assert cli.main(["search", "café", "--workspace", str(group)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == f"    {marked}"


def test_what_the_archive_holds_is_no_order_to_a_terminal(run: Run, group: Path) -> None:
    put(group, 'title = "mot \\u001b]0;x\\u0007 \\u202e"\ndate = 2026-01-01\n[request]\ntext = "mot \\u001b[2J"\n')
    said = run("search", "mot", "--workspace", group)  # `Said` looks for the escapes
    assert "␛]0;x" in said.out


def test_open_actions_are_grouped(run: Run, group: Path) -> None:
    put(group)
    said = run("actions", "--workspace", group)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Late",
        "  2026-11-20  Élire",
        "      2026-11-01-coeur-abcd  Anne Marie  Qui aide au café ?",
        "Later",
        "  2026-12-05  Awa  Call the market",
        f"      {ID}  Awa  How do we begin?",
    ]
    assert run("actions", "--open", "--workspace", group).out == said.out


def test_late_ones_alone_or_all(run: Run, group: Path) -> None:
    said = run("actions", "--overdue", "--workspace", group)
    assert (said.status, said.out, said.err) == (0, "", "no action is late.\n")
    put(group)
    assert "Élire" in run("actions", "--overdue", "--workspace", group).out
    every = json.loads(run("actions", "--all", "--json", "--workspace", group).out)
    assert [(one["what"], one["bucket"]) for one in every] == [
        ("Élire", "late"),
        ("Call the market", "later"),
        ("Fini", "done"),
    ]
    assert every[2]["outcome"] == "Bien"
    assert every[1] | {"path": ""} == {
        "record": ID, "date": "2026-11-21", "group": "", "offeror": "Awa", "request": "How do we begin?", "number": 1,
        "what": "Call the market", "who": "Awa", "due": "2026-12-05", "first_step": "", "idea": "", "status": "open",
        "tried": "", "outcome": "", "changes": "", "bucket": "later", "path": "",
    }  # fmt: skip


def test_actions_of_a_record_that_cant_be_read_are_missed_aloud(run: Run, group: Path) -> None:
    broken(group)
    said = run("actions", "--workspace", group)
    assert said.status == 1
    assert "2026-11-22-torn-zzzz.toml" in said.err
    assert "Call the market" in said.out


def test_wrong_usage_is_told(run: Run, group: Path) -> None:
    assert run("actions", "--open", "--all", "--workspace", group).status == 2
    assert run("search", "--limit", "x", "--workspace", group).status == 2


def test_neither_command_imports_screens_or_pydantic(group: Path) -> None:
    program = (
        "import sys; from entraide_tui import cli\n"
        "for name in ('search', 'actions'): cli.main([name, '--workspace', sys.argv[1]])\n"
        "heavy = {n.split('.')[0] for n in sys.modules} & {'textual', 'rich', 'pydantic'}\n"
        "sys.stderr.write(' '.join(sorted(heavy)) + '|')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(group)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.endswith("found\n|")
    assert "Call the market" in done.stdout


def test_the_shells_quotes_are_given_back() -> None:
    assert (
        search._query_text(["offeror:Anne Marie", "un mot", "by:a b:c", "http://x y"])
        == 'offeror:"Anne Marie" un mot by:a b:c http://x y'
    )


def test_records_written_from_elsewhere_are_found_at_once(run: Run, group: Path) -> None:
    assert run("search", "quartier", "--workspace", group).status == 1
    put(group)
    assert run("search", "quartier", "--workspace", group).status == 0
    put(group, RECORD.replace("More readers", "Quartier deux"), "other")
    assert len(json.loads(run("search", "quartier", "--json", "--workspace", group).out)) == 2
