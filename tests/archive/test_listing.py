"""What is in the folder of sessions: each good record is listed, each bad one with its fault."""

from __future__ import annotations

import datetime
import os
import tomllib
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from tests.archive.test_record_file import EXPECTED

from entraide_tui.archive import listing
from entraide_tui.archive.index import reading
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace

ID = "2026-11-21-relancer-le-comite-k7qm"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """With one record."""
    put(tmp_path, ID, EXPECTED)
    return Workspace(tmp_path)


def put(root: Path, name: str, text: str | bytes) -> None:
    """A file among the records."""
    path = root / "sessions" / "2026" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_record_is_one_line_with_its_open_actions(workspace: Workspace) -> None:
    [line] = listing.lines(workspace)
    assert (line.id, line.title, line.offeror, line.kit) == (
        ID,
        "Relancer le comité d'usagers",
        "Awa",
        "atelier-entraide",
    )
    assert line.date == datetime.date(2026, 11, 21)
    assert line.due == (listing.Due("Appeler le placier", "Awa", datetime.date(2026, 12, 5), ID),)
    assert line.fault == ""


def test_awkward_files_are_listed_with_their_fault_and_hide_no_other(workspace: Workspace) -> None:
    awkward: dict[str, str | bytes] = {
        "a1": b"\xff\xfe\x00", "a2": "id = ", "a3": "actions = 3", "a4": 'people = "Awa"', "a5": "kit = []",
        "a6": "actions = [1]", "a7": b"\x00" * 10, "a8": "[" * 3000, "a9": "",
        "b1": "date = 2026-11-21T10:00:00\n", "b2": "date = 10:00:00\n",
        "b3": '[[actions]]\nwhat = "x"\ndue = 2026-01-01T10:00:00',
        "b4": "title = 3", "b5": 'title = "\\u001b]0;x\\u0007"',
    }  # fmt: skip
    for name, text in awkward.items():
        put(workspace.root, name, text)
    lines = list(listing.lines(workspace))
    assert {x.path.stem for x in lines} == {ID, *awkward}
    assert {x.path.stem for x in lines if x.fault} >= {"a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"}
    assert all("\x1b" not in x.title + x.fault for x in lines)
    days = [x.date for x in lines if x.date] + [d.due for x in lines for d in x.due if d.due]
    assert sorted(days) == [
        datetime.date(2026, 1, 1),
        datetime.date(2026, 11, 21),
        datetime.date(2026, 11, 21),
        datetime.date(2026, 12, 5),
    ]


def test_files_of_other_programs_are_no_records(workspace: Workspace) -> None:
    for name in (f".{ID}.toml.~12-ab", ".hidden"):
        put(workspace.root, name, "x")
    assert [p.stem for p in listing.paths(workspace)] == [ID]


def test_a_record_is_found_by_its_id_its_end_or_a_part_of_it(workspace: Workspace) -> None:
    put(workspace.root, "2026-10-01-autre-ab12", EXPECTED)
    for name in (ID, "k7qm", "relancer"):
        assert listing.find(workspace, name).stem == ID
    with pytest.raises(UserError, match="could be"):
        listing.find(workspace, "2026")
    with pytest.raises(UserError, match="Did you mean"):
        listing.find(workspace, "2026-10-01-autre-ab13")
    with pytest.raises(UserError, match="there is no"):
        listing.find(workspace, "\x1b]0;")


def test_where_there_is_no_folder_there_is_nothing(tmp_path: Path) -> None:
    assert listing.paths(Workspace(tmp_path)) == listing.journals(Workspace(tmp_path)) == []


def test_the_newest_by_date_stands_first_whatever_the_files_are_called(workspace: Workspace) -> None:
    put(workspace.root, "5 sept suite", EXPECTED.replace("date = 2026-11-21", "date = 2026-09-05"))
    put(workspace.root, "2026-01-01-moved-aaaa", EXPECTED.replace("date = 2026-11-21", "date  =  2026-12-24 # moved"))
    put(workspace.root, "2026-10-01-broken-bbbb", "date = ")
    put(workspace.root, "aucune date", 'title = "x"')
    assert [line.path.stem for line in listing.lines(workspace)] == [
        "2026-01-01-moved-aaaa", ID, "2026-10-01-broken-bbbb", "5 sept suite", "aucune date",
    ]  # fmt: skip


def test_a_folder_that_can_not_be_read_is_told_of(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = workspace.sessions / "2026"
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path) == str(closed):
            raise PermissionError(13, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    refused: list[OSError] = []
    assert listing.paths(workspace, refused.append) == []
    assert [error.filename for error in refused] == [str(closed)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_name_is_found_whichever_way_its_accents_are_written(
    workspace: Workspace, form: Literal["NFC", "NFD"], typed: Literal["NFC", "NFD"]
) -> None:
    put(workspace.root, unicodedata.normalize(form, "2026-01-03-Été"), EXPECTED)
    for name in ("2026-01-03-Été", "Été", "Ét"):
        assert unicodedata.normalize("NFC", listing.find(workspace, unicodedata.normalize(typed, name)).stem) == (
            "2026-01-03-Été"
        )


@pytest.mark.parametrize(("said", "counted"), [("à faire", 1), ("Done", 0), (" DROPPED", 0), ("Open", 1), ("fini", 1)])
def test_an_action_is_counted_alike_in_lists_and_in_the_index(said: str, counted: int) -> None:
    text = EXPECTED.replace('status = "open"', f'status = "{said}"')
    path = Path(f"{ID}.toml")
    held = reading.read(path, text.encode())
    assert len(listing._line(path, tomllib.loads(text)).due) == len(held.dues) == counted
