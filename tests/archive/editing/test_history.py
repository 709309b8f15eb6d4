"""What a record was: its versions, what changed between two of them, and how one comes back."""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from tests.archive import made
from tests.archive.editing.test_saving import RECORD_ID, WALL, done, workspace
from tests.archive.test_record_file import EXPECTED, RECORDS, full
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.archive.editing import history, saving
from entraide_tui.archive.editing.history import Difference, differences
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import using_language
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports.markdown import page
from entraide_tui.kits.contribution_kinds import kind_word

if TYPE_CHECKING:
    from pathlib import Path


def titles(own: Workspace) -> list[str]:
    """Of all versions, newest first."""
    return [v.record.title if v.record else v.fault for v in history.versions(own, RECORD_ID)]


def test_versions_come_newest_first_and_a_broken_one_with_its_fault(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    for number in range(3):
        record = dataclasses.replace(full(), title=f"Titre {number}")
        saving.change(own, path, lambda _r, record=record: record, page=page, wall=WALL + 60 * (number // 2))  # type: ignore[misc]
    assert titles(own) == ["Titre 1", "Titre 0", "Relancer le comité d'usagers"]
    inside = history.folder(own, RECORD_ID)
    (inside / "2027-01-01T10-00-00Z-ab12.toml").write_bytes(b"id = ")
    (inside / "mine.toml").write_text(EXPECTED.replace('status = "open"', 'status = "later"'), "utf-8")
    (inside / "2027-01-01T10-00-00Z-ab13.md").write_text("une page", "utf-8")
    newest, second, *rest = history.versions(own, RECORD_ID)
    assert {newest.path.name, second.path.name} == {"2027-01-01T10-00-00Z-ab12.toml", "mine.toml"} or newest.fault
    broken = [v for v in (newest, second, *rest) if v.fault]
    assert len(broken) == 2
    assert all(v.record is None for v in broken)
    assert any("could not be read" in v.fault for v in broken)
    assert [v.tables["title"] for v in broken if v.tables] == ["Relancer le comité d'usagers"]
    assert history.versions(own, "2026-01-01-autre-aaaa") == []


@pytest.mark.parametrize(
    "record_id", ["", "..", "../../x", "CON", "con", "a/b", "a\\b", ".cache", "x" * 400, made.HOSTILE]
)
def test_an_id_that_somebody_typed_is_never_a_path(tmp_path: Path, record_id: str) -> None:
    own = Workspace(tmp_path)
    inside = history.folder(own, record_id)
    assert inside.parent == own.sessions / ".history"
    assert inside.name not in ("", ".", "..", "con")
    assert len(inside.name) < 140
    kept = history.keep(own, record_id, b"x = 1", b"page", wall=WALL)
    assert [p.parent for p in kept] == [inside, inside]
    assert len(history.versions(own, record_id)) == 1


def test_differences_are_told_in_the_words_of_the_record() -> None:
    action = dataclasses.replace(full().actions[0], due=datetime.date(2026, 12, 12), status="done", tried="Appelé")
    after = dataclasses.replace(
        full(),
        title="Autre",
        people=dataclasses.replace(full().people, contributors=("Inès", "Marc")),
        actions=(m.PlannedAction("Écrire au journal", "Léa"), action),
        ideas=full().ideas[::-1],
        topics=(dataclasses.replace(full().topics[0], settled=True),),
        kit=None,
    )
    assert differences(full(), after) == [
        Difference("title", "Relancer le comité d'usagers", "Autre"),
        Difference("Kit · id", "atelier-entraide", ""),
        Difference("Kit · version", "1", ""),
        Difference("Kit · title", "Atelier d'entraide", ""),
        Difference("People · contributors", "Inès, Marc, Léa", "Inès, Marc"),
        Difference("Order of the ideas", "1, 2", "2, 1"),
        Difference("Action 1", "", "Écrire au journal · Léa · still open"),
        Difference("Action 2 · due", "2026-12-05", "2026-12-12"),
        Difference("Action 2 · state", "still open", "done"),
        Difference("Action 2 · what was tried", "", "Appelé"),
        Difference("Topic 2", "Le comité · Awa · yes", ""),
        Difference("Topic 1 · settled", "", "yes"),
    ]


def test_what_the_program_does_not_know_is_told_too(tmp_path: Path) -> None:
    own, path = workspace(
        tmp_path, EXPECTED.replace('who = "Awa"', 'who = "Awa"\nmood = 3') + '\n[photos]\nfile = "a"\n'
    )
    saving.change(own, path, done, page=page, wall=WALL)
    text = path.read_text("utf-8").replace("mood = 3", "mood = 4").replace('file = "a"', 'file = "b"')
    path.write_text(text, "utf-8")
    [version] = history.versions(own, RECORD_ID)
    assert differences(version.tables, history.tables_of(path)) == [
        Difference("Action 1 · state", "still open", "done"),
        Difference("Action 1 · outcome", "", "Fait."),
        Difference("Action 1 · mood", "3", "4"),
        Difference("photos", "file: a", "file: b"),
    ]


@examples(12, any_size=True)
@given(first=RECORDS, second=RECORDS)
def test_two_records_differ_where_something_is_told_and_only_there(first: m.Record, second: m.Record) -> None:
    assert differences(first, first) == []
    told = differences(first, second)
    assert bool(told) == (first != second) or not any((d.before, d.after) for d in told)
    assert all(d.place and d.before != d.after for d in told if d.before or d.after)
    back = differences(second, first)
    assert bool(back) == bool(told)


def test_a_version_comes_back_whole_and_what_was_there_goes_to_the_history(tmp_path: Path) -> None:
    text = EXPECTED.replace("[people]", "# ceux qui étaient là\n[people]") + '\n[photos]\nfile = "a"\n'
    own, path = workspace(tmp_path, text)
    record = saving.change(own, path, done, page=page, wall=WALL)
    path.write_text(path.read_text("utf-8").replace("# ceux", "# ceux et celles"), "utf-8")
    [version] = history.versions(own, RECORD_ID)
    assert saving.restore(own, path, version, page=page, wall=WALL + 5) == full()
    assert path.read_text("utf-8") == text
    assert path.with_suffix(".md").read_text("utf-8") == page(full(), Options())
    assert [v.record for v in history.versions(own, RECORD_ID)] == [record, full()]
    before = sorted(own.root.rglob("*"))
    saving.restore(own, path, history.versions(own, RECORD_ID)[1], page=page, wall=WALL + 9)
    assert sorted(own.root.rglob("*")) == before


def test_a_file_that_somebody_broke_comes_back_and_a_newer_one_is_left(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    saving.change(own, path, done, page=page, wall=WALL)
    [version] = history.versions(own, RECORD_ID)
    path.write_bytes(b"title = \xff")
    assert saving.restore(own, path, version, page=page, wall=WALL + 5) == full()
    assert [v.path.read_bytes()[:9] for v in history.versions(own, RECORD_ID)] == [b"title = \xff", b"format = "]
    path.write_text(EXPECTED.replace("format = 1", "format = 2"), "utf-8")
    with pytest.raises(UserError, match="newer version"):
        saving.restore(own, path, version, page=page, wall=WALL + 9)
    broken = history.versions(own, RECORD_ID)[0]
    with pytest.raises(UserError, match="can't come back"):
        saving.restore(own, path, broken, page=page, wall=WALL + 9)
    assert tomllib.loads(path.read_text("utf-8"))["format"] == 2


def test_every_label_is_a_sentence_that_can_be_translated() -> None:
    with using_language("fr"):
        assert differences(full(), dataclasses.replace(full(), title="Autre"))[0].after == "Autre"
    after = dataclasses.replace(full(), contributions=(m.Contribution("Un marché", "reframing", "Inès"),))
    with using_language("fr"):
        [kind] = differences(full(), after)
        assert (kind.before, kind.after) == ("idée", kind_word("reframing"))
