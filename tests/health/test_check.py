"""The check of a workspace: each broken or doubtful file is named, and what is mended loses no word."""

from __future__ import annotations

import dataclasses
import datetime
import os
import shutil
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive import made
from tests.archive.editing.test_saving import RECORD_ID, WALL, done, everything, workspace
from tests.archive.test_record_file import EXPECTED, full
from tests.examples import examples
from tests.session.test_closing import played

from entraide_tui.archive import listing, record_file
from entraide_tui.archive import model as m
from entraide_tui.archive.editing import history, saving
from entraide_tui.archive.page.options import Options
from entraide_tui.common.clock import InventedClock
from entraide_tui.common.errors import UserError
from entraide_tui.common.lock import Lock
from entraide_tui.exports.markdown import page
from entraide_tui.health import check, conflicts, repair
from entraide_tui.session import closing, fallback_store, journal
from entraide_tui.session.live_session import LiveSession

if TYPE_CHECKING:
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.health.concern import Concern

OTHER = "2026-12-05-autre-zz99"


def look(own: Workspace, wall: float = WALL) -> list[Concern]:
    """All doubts."""
    return list(check.look(own, page=page, wall=wall))


def told(own: Workspace) -> list[tuple[str, int, str, bool]]:
    """File, line, kind, and whether it can be mended."""
    return [(d.path.relative_to(own.root).as_posix(), d.line, d.kind, d.mend) for d in look(own)]


def fix(own: Workspace, wall: float = WALL) -> list[str]:
    """Mends what can be mended; what was said."""
    return [repair.mend(own, d, page=page, wall=wall) for d in look(own, wall) if d.mend]


def words(own: Workspace) -> str:
    """All that is in all files."""
    return "\n".join(data.decode("utf-8", "replace") for data in everything(own.root).values())


def another(path: Path, record: m.Record) -> Path:
    """A second record beside the first, and its page."""
    other = path.with_name(f"{record.id}.toml")
    other.write_text(record_file.dumps(record), "utf-8")
    other.with_suffix(".md").write_text(page(record, Options()), "utf-8")
    return other


SECOND = dataclasses.replace(full(), id=OTHER, date=datetime.date(2026, 12, 5))
YEAR = "sessions/2026"


def test_where_all_is_well_nothing_is_said_and_every_file_was_looked_at(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    another(path, SECOND)
    path.with_suffix(".md").write_bytes(page(full(), Options(learnings=True)).replace("\n", "\r\n").encode())
    (own.sessions / "README.md").write_text("À nous.", "utf-8")
    (path.parent / "photo.jpg").write_bytes(b"\xff")
    (own.root / "templates").mkdir()
    (own.root / "templates" / "page.html").write_text("{{", "utf-8")
    (own.root / ".git").mkdir()
    (own.sessions / ".stversions").mkdir()
    (own.sessions / ".stversions" / "broken.toml").write_text("=", "utf-8")
    shutil.copy(Path(__file__).parents[2] / "kits" / "bilan-mensuel.toml", own.kits)
    before = everything(own.root)
    looked = check.look(own, page=page, wall=WALL)
    assert list(looked) == []
    assert looked.files == 7  # the group, a kit, two records, two pages, the README
    assert everything(own.root) == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('status = "open"', 'status = "later"'), [(38, "record", "it must be one of: open, done, dropped")]),
        (('who = "Awa"', 'who = "Awa'), [(34, "record", "this is not TOML here")]),
        (("format = 1", "format = 2"), [(0, "format", "newer version")]),
        (("date = 2026-11-21", "date = 2026-11-22"), [(4, "date", "its name says 2026-11-21")]),
        (("idea = 1", "idea = 3"), [(37, "action", "action 1 carries out idea 3, which is not there")]),
        (("idea = 1", "idea = -1"), [(37, "action", "idea -1")]),
        ((f'id = "{RECORD_ID}"', 'id = "autre"'), [(2, "id", "its id is “autre”")]),
        (
            ("[[topics]]", '[[looked_at]]\nrecord = "2026-01-01-perdu-aaaa"\nwhat = "x"\n\n[[topics]]', 1),
            [(45, "looked_at", "2026-01-01-perdu-aaaa")],
        ),
    ],
)
def test_a_doubtful_record_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], expected: list[tuple[int, str, str]]
) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace(*change))
    found = [d for d in look(own) if d.kind != "page"]
    assert [(d.path, d.line, d.kind) for d in found] == [(path, line, kind) for line, kind, _says in expected]
    assert all(says in d.sentence for d, (_line, _kind, says) in zip(found, expected, strict=True))
    assert not any(d.mend for d in found)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[[actions]]", "[[action]]"), "action: there is no such key here. Did you mean “actions”?"),
        (("[request]", "[requests]"), "requests: there is no such key here. Did you mean “request”?"),
        (('who = "Awa"', 'qui = "Awa"'), "qui: there is no such key here. Keys: what, who,"),
        (('facilitator = "Jean"', 'facilitateur = "Jean"'), "Did you mean “facilitator”?"),
        (('facilitator = "Jean"', 'facilitator = "Jean"\nlanguage = "fr"'), "belongs at the head of the file"),
    ],
)
def test_a_key_that_nothing_reads_is_a_hint(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace(*change, 1))
    [doubt] = [d for d in look(own) if d.kind == "key"]
    assert (doubt.path, doubt.serious, doubt.mend) == (path, False, False)
    assert says in doubt.sentence
    wrong = change[1].splitlines()[-1]
    assert path.read_text("utf-8").splitlines()[doubt.line - 1] == wrong


@pytest.mark.parametrize("key", ["title", "date", "id"])
def test_a_key_that_stands_below_a_table_is_told_with_its_line(tmp_path: Path, key: str) -> None:
    held = next(line for line in EXPECTED.splitlines() if line.startswith(f"{key} = "))
    text = EXPECTED.replace(f"{held}\n", "", 1).replace("[people]\n", f"[people]\n{held}\n", 1)
    own, path = workspace(tmp_path, text)
    [doubt] = [d for d in look(own) if d.kind == "record"]
    assert path.read_text("utf-8").splitlines()[doubt.line - 1] == held
    assert f"people.{key}: this key belongs at the head of the file" in doubt.sentence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "x"\nMembers = ["Awa"]', "Did you mean “members”?"),
        ('name = "x"\nmembres = ["Awa"]', "Did you mean “members”?"),
        ('name = "x"\n[preferences]\nmembers = ["Awa"]', "belongs at the head of the file"),
    ],
)
def test_a_key_of_the_group_that_nothing_reads_is_a_hint(tmp_path: Path, text: str, says: str) -> None:
    own, _path = workspace(tmp_path)
    (own.root / "entraide.toml").write_text(text, "utf-8")
    [doubt] = [d for d in look(own) if d.kind == "key"]
    assert says in doubt.sentence
    assert doubt.line == text.count("\n") + 1


@pytest.mark.parametrize(("said", "odd"), [("de", True), ("fr_FR", False), ("français", False), ("", False)])
def test_a_language_that_can_not_be_told_is_named(tmp_path: Path, said: str, odd: bool) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace('language = "fr"', f'language = "{said}"'))
    found = [(d.path, d.line) for d in look(own) if d.kind == "language"]
    assert found == ([(path, 7)] if odd else [])


def test_a_date_that_was_changed_here_is_no_doubt(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    later = datetime.date(2026, 11, 28)
    saving.change(own, path, lambda r: dataclasses.replace(r, date=later), page=page, wall=WALL)
    assert look(own) == []
    shutil.rmtree(own.sessions / ".history")
    assert [d.kind for d in look(own)] == ["date"]


def test_files_that_cannot_be_read_are_named_and_the_others_are_checked_all_the_same(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    another(path, dataclasses.replace(SECOND, actions=(m.PlannedAction("x", idea=9),)))
    deep = path.parent / "a" / "b"
    deep.mkdir(parents=True)
    big, latin = deep / "2026-11-21-gros-aaaa.toml", deep / "2026-11-21-latin-bbbb.toml"
    big.write_bytes(b"#" * 10_000_000)
    latin.write_bytes(EXPECTED.encode("latin-1", "replace"))
    (path.parent / "2026-11-21-dossier-cccc.toml").mkdir()
    (own.root / "entraide.toml").write_text("name = 1", "utf-8")
    (own.kits / "mine.toml").write_text("format = 1\nid = 'x'\n", "utf-8")
    found = {d.path.name: d for d in look(own)}
    assert "too large" in found[big.name].sentence
    assert "UTF-8 (line 3)" in found[latin.name].sentence
    assert found["entraide.toml"].kind == "group"
    assert found["mine.toml"].kind == "kit"
    assert found[f"{OTHER}.toml"].kind == "action"
    assert len(found) == 5


def test_marks_of_git_are_named_with_their_line_and_other_such_lines_are_not(tmp_path: Path) -> None:
    marks = '<<<<<<< HEAD\nstatus = "done"\n=======\nstatus = "dropped"\n>>>>>>> autre\n'
    own, path = workspace(tmp_path, EXPECTED.replace('status = "open"\n', marks))
    in_text = EXPECTED.replace("Une situation.\n", "<<<<<<< a\nUne\n||||||| c\n=======\nsituation.\n>>>>>>> b\n")
    other = path.with_name(f"{OTHER}.toml")
    other.write_text(in_text.replace(RECORD_ID, OTHER).replace("date = 2026-11-21", "date = 2026-12-05"), "utf-8")
    other.with_suffix(".md").write_text(page(record_file.read(other), Options()), "utf-8")
    assert told(own) == [
        (f"{YEAR}/{RECORD_ID}.toml", 38, "conflict", False),
        (f"{YEAR}/{OTHER}.toml", 21, "conflict", False),
    ]
    for data in (
        b"=======\n",
        b"<<<<<<< a\n",
        b">>>>>>> a\n=======\n<<<<<<< b\n",
        b"# <<<<<<< a\n# =======\n# >>>>>>> b\n",
    ):
        assert conflicts.marks(data) == []
    assert conflicts.marks(b"a\r\n<<<<<<< a\r\n=======\r\n>>>>>>> b\r\n<<<<<<< a\n=======\n>>>>>>> b") == [2, 5]


# -- pages


def test_a_page_that_is_missing_or_says_something_else_is_written_and_no_word_is_lost(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    beside = path.with_suffix(".md")
    usual = page(full(), Options())
    beside.unlink()
    assert told(own) == [(f"{YEAR}/{RECORD_ID}.md", 0, "page", True)]
    assert fix(own) == ["the page was written."]
    assert beside.read_text("utf-8") == usual
    beside.write_text(page(full(), Options(learnings=True)).replace("Awa", "Awa et sa sœur"), "utf-8")
    assert told(own) == [(f"{YEAR}/{RECORD_ID}.md", 0, "page", True)]
    [said] = fix(own)
    assert "kept in" in said
    assert beside.read_text("utf-8") == page(full(), Options(learnings=True))
    assert "Awa et sa sœur" in words(own)
    assert look(own) == []
    beside.write_text("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", "utf-8")
    assert told(own) == [(f"{YEAR}/{RECORD_ID}.md", 1, "page", True)]


def test_a_page_left_behind_by_its_record_is_drawn_as_it_was_and_not_kept_twice(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    beside = path.with_suffix(".md")
    former = page(full(), Options(contributions=True))
    beside.write_text(former, "utf-8")
    record = saving.change(own, path, lambda r: dataclasses.replace(r, title="Autre"), page=page, wall=WALL)
    beside.write_text(former, "utf-8")  # as if the program had been ended before the page
    before = len(everything(own.root))
    assert fix(own) == ["the page was written anew."]
    assert beside.read_text("utf-8") == page(record, Options(contributions=True))
    assert len(everything(own.root)) == before


def test_a_page_without_its_record_is_named_and_left(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    path.unlink()
    assert told(own) == [(f"{YEAR}/{RECORD_ID}.md", 0, "page", False)]


# -- copies


COPIES = [
    "{}.sync-conflict-20261121-101500-ABCDEFG",
    "{} (conflicted copy 2026-11-21 101500)",
    "{} (Awa's conflicted copy 2026-11-21)",
    "{} (copie en conflit de Awa 2026-11-21)",
    "{} (Awa en conflit 2026-11-21)",
    "{}_conflict-20261121-101500",
    "{} (Conflicted copy Téléphone 202611211015)",
    "{} (SFConflict awa@exemple.org 2026-11-21-10-15-00)",
    "{} (case clash from Awa on 2026-11-21)",
    "{}_conflict_20261121-101500",
    "{}_PORTABLE_Nov-21-101500-2026_Conflict",
    "{} (Case Conflict)",
    "{} (conflit)",
    "{} [conflicted]",
    "{}.Conflict",
    "{}-DESKTOP-ABC123",
    "{} (1)",
    "{} 2",
    "{} - Copie",
    "{} - Copie (2)",
    "{} (copie)",
    "{} (3rd copy)",
    "{} copy 2",
    "Copie de {}",
    "Copy (2) of {}",
    "{}~",
]


@pytest.mark.parametrize("name", COPIES)
def test_another_version_made_elsewhere_goes_to_the_history_of_the_record(tmp_path: Path, name: str) -> None:
    own, path = workspace(tmp_path)
    copy = path.with_name(name.format(RECORD_ID) + ".toml")
    copy.write_text(EXPECTED.replace('outcome = ""', 'outcome = "Elle vient."'), "utf-8")
    assert told(own) == [(copy.relative_to(own.root).as_posix(), 0, "copy", True)]
    [said] = fix(own)
    assert "the history of the record shows how it differs" in said
    assert look(own) == []
    assert record_file.read(path) == full()
    [version] = history.versions(own, RECORD_ID)
    assert history.differences(version.tables, history.tables_of(path)) == [
        history.Difference("Action 1 · outcome", "Elle vient.", "")
    ]


@pytest.mark.parametrize("name", COPIES[:3])
def test_a_second_copy_the_same_to_the_letter_a_broken_one_and_one_of_a_page_are_moved_too(
    tmp_path: Path, name: str
) -> None:
    own, path = workspace(tmp_path)
    shutil.copy(path, path.with_name(name.format(RECORD_ID) + ".toml"))
    assert ["the same to the letter" in d.sentence for d in look(own)] == [True]
    fix(own)
    path.with_name(name.format(RECORD_ID) + ".toml").write_bytes(b"title = \xff perdu ?")
    path.with_name(name.format(RECORD_ID) + ".md").write_text("# Une autre page", "utf-8")
    fix(own)
    assert look(own) == []
    assert {"perdu ?", "# Une autre page"} <= {w for w in ("perdu ?", "# Une autre page") if w in words(own)}
    assert sorted(p.name for p in path.parent.iterdir()) == [f"{RECORD_ID}.md", f"{RECORD_ID}.toml"]


@pytest.mark.parametrize("name", COPIES)
def test_the_page_of_a_copy_goes_with_it_and_also_where_it_was_left_alone(tmp_path: Path, name: str) -> None:
    own, path = workspace(tmp_path)
    copy = path.with_name(name.format(RECORD_ID) + ".toml")
    other = dataclasses.replace(full(), learnings=())
    copy.write_text(record_file.dumps(other), "utf-8")
    copy.with_suffix(".md").write_text(page(other, Options()) + "\nUn mot.\n", "utf-8")
    fix(own)
    assert look(own) == []
    assert "Un mot." in words(own)
    copy.with_suffix(".md").write_text(page(full(), Options(learnings=True)), "utf-8")
    assert [(d.kind, d.mend) for d in look(own)] == [("copy", True)]
    fix(own)
    assert look(own) == []
    assert sorted(p.name for p in path.parent.iterdir()) == [f"{RECORD_ID}.md", f"{RECORD_ID}.toml"]


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize(
    "broken", [b"", EXPECTED.encode()[:250], EXPECTED.replace('who = "Awa"', 'who = "Awa').encode()]
)
def test_a_copy_that_can_be_read_takes_the_place_of_a_record_that_cannot(
    tmp_path: Path, name: str, broken: bytes
) -> None:
    own, path = workspace(tmp_path)
    copies = [path.with_name(name.format(RECORD_ID) + ".toml")]
    copies += [path.with_name(f"{RECORD_ID}.sync-conflict-20261122-101500-ABCDEFG.toml")]
    for number, copy in enumerate(copies):
        copy.write_text(EXPECTED.replace('outcome = ""', f'outcome = "Elle vient {number}."'), "utf-8")
    path.write_bytes(broken)
    fix(own)
    assert look(own) == []
    assert listing.paths(own) == [path]
    assert record_file.read(path).actions[0].outcome in ("Elle vient 0.", "Elle vient 1.")
    assert {"Elle vient 0.", "Elle vient 1."} <= {w for w in ("Elle vient 0.", "Elle vient 1.") if w in words(own)}
    assert broken in everything(own.root).values()


def listed(own: Workspace) -> set[tuple[str, str, str]]:
    """What can be read and is shown: its id, title, and who asked."""
    return {(line.id, line.title, line.offeror) for line in listing.lines(own) if line.date}


NAMESAKES = [*COPIES, "{} (voisins en conflit)", "{} (2)", "{} (conflit de voisinage)", "{} 11"]


@pytest.mark.parametrize("name", NAMESAKES)
def test_a_workshop_named_by_hand_is_no_copy_whatever_its_name(tmp_path: Path, name: str) -> None:
    own, path = workspace(tmp_path)
    other = path.with_name(name.format(RECORD_ID) + ".toml")
    record = dataclasses.replace(full(), id=other.stem, title="Second atelier", people=m.People("Jean"))
    other.write_text(record_file.dumps(record), "utf-8")
    notes = path.with_name(f"{RECORD_ID} (nos notes).md")
    notes.write_text("À nous.", "utf-8")
    before = listed(own)
    assert len(before) == 2
    fix(own)
    assert other.exists()
    assert notes.exists()
    assert listed(own) == before
    assert not [d for d in look(own) if d.kind in ("copy", "id")]


@pytest.mark.parametrize(
    "name", ["2026-12-19-la-caisse", "la caisse", f"{RECORD_ID} bis", f"{RECORD_ID} (copie)", f"Copie de {RECORD_ID}"]
)
def test_a_record_begun_from_the_file_of_another_is_left_and_its_id_is_named(tmp_path: Path, name: str) -> None:
    own, path = workspace(tmp_path)
    other = path.with_name(f"{name}.toml")
    day = datetime.date(2026, 12, 19)
    record = dataclasses.replace(full(), title="La caisse", date=day, people=m.People("Jean"))
    other.write_text(record_file.dumps(record), "utf-8")
    before = listed(own)
    fix(own)
    assert listed(own) == before
    [doubt] = [d for d in look(own) if d.kind == "id"]
    assert (doubt.path, doubt.line, doubt.mend) == (other, 2, False)
    assert f"the same id as 2026/{RECORD_ID}.toml: write another id" in doubt.sentence


def test_what_a_newer_version_wrote_is_never_put_away(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    copy = path.with_name(f"{RECORD_ID}.sync-conflict-20261122-101500-ABCDEFG.toml")
    copy.write_text(EXPECTED.replace("format = 1", "format = 2"), "utf-8")
    assert ("copy", False) in [(d.kind, d.mend) for d in look(own)]
    path.write_text(EXPECTED.replace("format = 1", "format = 2"), "utf-8")
    copy.write_text(EXPECTED, "utf-8")
    assert not [d for d in look(own) if d.mend]


def test_names_are_the_same_whichever_way_their_accents_are_written(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    name = "2026-11-21-Été"
    other = path.with_name(unicodedata.normalize("NFD", name) + ".toml")
    other.write_text(EXPECTED.replace(RECORD_ID, name), "utf-8")
    other.with_suffix(".md").write_text(page(full(), Options()), "utf-8")
    path.with_name(name + " (copie).toml").write_text(EXPECTED.replace(RECORD_ID, name), "utf-8")
    assert [(d.kind, d.mend) for d in look(own)] == [("copy", True)]
    fix(own)
    assert look(own) == []


STEMS = [RECORD_ID, "2026-11-21 atelier", "atelier"]


@examples(60, any_size=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(STEMS),
            st.sampled_from(["{}", *NAMESAKES]),
            st.sampled_from(["own", "first", "none"]),
            st.sampled_from(["whole", "cut", "empty", "broken", "latin", "newer"]),
            st.sampled_from(["Relancer", "La caisse"]),
            st.sampled_from(["2026-11-21", "2026-12-19"]),
            st.booleans(),
        ),
        max_size=7,
        unique_by=lambda file: file[:2],
    )
)
def test_whatever_lies_side_by_side_no_workshop_leaves_the_list(
    files: list[tuple[str, str, str, str, str, str, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own, path = workspace(Path(folder))
        for stem, name, whose, state, title, day, with_page in files:
            file = path.with_name(name.format(stem) + ".toml")
            said = {"own": f'id = "{file.stem}"', "first": f'id = "{stem}"', "none": ""}[whose]
            text = EXPECTED.replace(f'id = "{RECORD_ID}"', said, 1).replace("date = 2026-11-21", f"date = {day}", 1)
            data = text.replace("Relancer le comité d'usagers", title).encode()
            data = {
                "whole": data, "cut": data[:300], "empty": b"", "broken": data + b"x = ", "latin": b"\xff" + data,
                "newer": data.replace(b"format = 1", b"format = 2"),
            }[state]  # fmt: skip
            file.write_bytes(data)
            if with_page:
                file.with_suffix(".md").write_bytes(b"# Page\n" + data[:20])
        before, bytes_before = listed(own), set(everything(own.root).values())
        ids = {record_id for record_id, _title, _who in before}
        fix(own)
        after = listed(own)
        assert {record_id for record_id, _title, _who in after} >= ids
        assert bytes_before <= set(everything(own.root).values())
        for line in before - after:  # only another version of a workshop that is still there, of the same maker's name
            assert any(line[0] == other[0] for other in after)
        for stem, name, whose, state, _title, _day, _page in files:
            file = path.with_name(name.format(stem) + ".toml")
            if whose == "own" and state in ("whole", "newer"):
                assert file.exists()


def test_where_no_file_is_surely_the_record_both_are_named_and_left(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    path.rename(path.with_name("un.toml"))
    path.with_suffix(".md").unlink()
    path.with_name("deux.toml").write_text(EXPECTED, "utf-8")
    fix(own)
    assert told(own) == [(f"{YEAR}/deux.toml", 2, "id", False), (f"{YEAR}/un.toml", 2, "id", False)]
    path.with_name("deux.toml").unlink()
    other = path.parent.parent / "2025" / path.name
    other.parent.mkdir()
    path.with_name("un.toml").rename(path)
    other.write_text(EXPECTED.replace("Awa", "Ada"), "utf-8")
    fix(own)
    assert [(d.kind, d.mend) for d in look(own)] == [("id", False), ("id", False)]


# -- what sessions leave


def closed_but_for_the_end(folder: Path) -> tuple[Workspace, Path]:
    """A session whose records were written when the program was ended."""
    own, path = workspace(folder)
    session = played(own.root)
    end, session.end = session.end, lambda: None  # type: ignore[method-assign]
    closing.close(session, own, None, page)
    del end
    session.leave()
    assert path.exists()
    return own, session.path


def test_a_journal_whose_records_are_all_written_is_put_away_with_its_torn_end(tmp_path: Path) -> None:
    own, left = closed_but_for_the_end(tmp_path)
    torn = left.with_name(left.name + ".torn-120-ab12")
    torn.write_bytes(b"perdu")
    data = left.read_bytes()
    assert told(own) == [(left.relative_to(own.root).as_posix(), 0, "journal", True)]
    fix(own)
    assert look(own) == []
    assert listing.journals(own) == []
    assert {data, b"perdu"} <= set(everything(own.root).values())
    assert not [p for p in left.parent.iterdir() if left.stem in p.name and p.suffix not in (".toml", ".md")]


def test_a_session_that_went_on_after_its_closing_or_whose_record_is_gone_is_left_open(tmp_path: Path) -> None:
    own, left = closed_but_for_the_end(tmp_path)
    [record] = [p for p in listing.paths(own) if p.stem != RECORD_ID]
    data = record.read_bytes()
    record.write_bytes(b"broken")
    assert "journal" not in [d.kind for d in look(own)]
    record.write_bytes(data)
    clock = InventedClock(9000.0, made.NOON)
    session = LiveSession.resume(left, clock)
    session.leave()
    assert [d.kind for d in look(own)] == ["journal"]
    session = LiveSession.resume(left, clock)
    from entraide_tui.workshop import events as e

    session.do(e.Written(at=session.now(), item="w999", section="questions", text="encore un mot"))
    session.leave()
    assert look(own) == []


def test_a_journal_that_another_program_holds_is_not_moved(tmp_path: Path) -> None:
    own, left = closed_but_for_the_end(tmp_path)
    lock = Lock(left.with_name(f".{left.stem}.lock"))
    assert lock.acquire()
    [doubt] = look(own)
    with pytest.raises(UserError, match="open in another program"):
        repair.mend(own, doubt, page=page, wall=WALL)
    lock.release()
    assert left.exists()


def test_entries_of_an_open_workshop_that_could_not_be_read_are_named_while_they_are_there(tmp_path: Path) -> None:
    own, _path = workspace(tmp_path)
    clock = InventedClock(9000.0, made.NOON)
    session = made.create(own.root, clock)
    session.leave()
    lines = session.path.read_bytes().splitlines(keepends=True)
    session.path.write_bytes(b"".join([lines[0], b"\0" * 50, b"\n", *lines[2:]]))
    resumed = LiveSession.resume(session.path, clock)
    assert "1 entry could not be read" in resumed.damage
    resumed.leave()
    [torn] = session.path.parent.glob("*.torn-*")
    assert str(torn) in resumed.damage
    assert (torn.relative_to(own.root).as_posix(), 0, "left_over", False) in told(own)
    fix(own)
    assert torn.exists()


def test_what_is_left_of_journals_is_named(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    unreadable = path.with_name("2026-11-20-x-aaaa.journal")
    unreadable.write_bytes(b"{}\n")
    part = path.with_name("2026-11-20-y-bbbb.journal.part2")
    part.write_bytes(made.journal_bytes([made.opening()]))
    torn = path.with_name("2026-11-20-z-cccc.journal.torn-88-ab12")
    torn.write_bytes(b"une ligne")
    copy = path.with_name("2026-11-20-x-aaaa.sync-conflict-20261121-101500-ABCDEFG.journal")
    copy.write_bytes(b"autre")
    assert sorted(told(own), key=lambda x: x[2]) == [
        (f"{YEAR}/{copy.name}", 0, "copy", False),
        (f"{YEAR}/{unreadable.name}", 0, "journal", False),
        (f"{YEAR}/{part.name}", 0, "journal", False),
        (f"{YEAR}/{torn.name}", 0, "left_over", True),
    ]
    fix(own)
    assert not torn.exists()
    assert "une ligne" in words(own)
    assert journal.read(part).entries


def test_a_journal_in_which_nothing_was_ever_written_is_named_and_taken_away(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    empty = [path.with_name("2026-11-20-x-aaaa.journal"), path.with_name("2026-11-20-y-bbbb.journal.part2")]
    for one in empty:
        one.touch()
    doubts = look(own)
    assert [(d.path, d.kind, d.mend) for d in doubts] == [(one, "empty_journal", True) for one in empty]
    assert fix(own) == ["taken away."] * 2
    assert look(own) == []
    assert not any(one.exists() for one in empty)
    empty[0].touch()
    [doubt] = look(own)
    lock = Lock(empty[0].with_name(f".{empty[0].stem}.lock"))
    assert lock.acquire()
    with pytest.raises(UserError, match="open in another program"):
        repair.mend(own, doubt, page=page, wall=WALL)
    lock.release(remove=True)
    empty[0].write_bytes(b"mots")
    with pytest.raises(UserError):
        repair.mend(own, doubt, page=page, wall=WALL)
    assert empty[0].read_bytes() == b"mots"


def test_a_session_that_waits_elsewhere_is_named_and_brought_home(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    session = played(own.root)
    session.leave()
    entries = journal.read(session.path).entries
    kept = fallback_store.keep(own.root, session.path.name, entries)
    assert kept
    session.path.unlink()
    shorter = journal.Journal(session.path)
    shorter.append(entries[:5])
    shorter.close()
    [doubt] = look(own)
    assert (doubt.path, doubt.kind, doubt.mend) == (kept, "recovered", True)
    assert session.path.name in doubt.sentence
    lock = Lock(session.path.with_name(f".{session.path.stem}.lock"))
    assert lock.acquire()
    with pytest.raises(UserError, match="open in another program"):
        repair.mend(own, doubt, page=page, wall=WALL)
    lock.release(remove=True)
    fix(own)
    assert look(own) == []
    assert [e.event for e in journal.read(session.path).entries] == [e.event for e in entries]
    kept = fallback_store.keep(own.root, session.path.name, entries)
    assert kept
    kept.write_bytes(b"broken")
    assert [(d.path, d.kind, d.mend) for d in look(own)] == [(kept, "journal", False)]
    assert path.exists()


# -- the group's file and its kits


def test_copies_of_kits_and_of_the_groups_file_are_named_and_left(tmp_path: Path) -> None:
    own, _path = workspace(tmp_path)
    shipped = (Path(__file__).parents[2] / "kits" / "bilan-mensuel.toml").read_text("utf-8")
    for name in ("bilan-mensuel", "bilan-mensuel (conflicted copy 2026-11-25)", "bilan-mensuel 2", "notre bilan"):
        (own.kits / f"{name}.toml").write_text(shipped, "utf-8")
    (own.kits / "autre (2).toml").write_text(shipped.replace('id = "bilan-mensuel"', 'id = "autre-2"'), "utf-8")
    for name in ("entraide (conflicted copy 2026-11-25 101112)", "entraide.sync-conflict-20261121-101500-ABCDEFG"):
        (own.root / f"{name}.toml").write_text('name = "x"', "utf-8")
    (own.root / "pyproject.toml").write_text("", "utf-8")
    assert {(p, k, m) for p, _line, k, m in told(own)} == {
        ("entraide (conflicted copy 2026-11-25 101112).toml", "copy", False),
        ("entraide.sync-conflict-20261121-101500-ABCDEFG.toml", "copy", False),
        ("kits/bilan-mensuel (conflicted copy 2026-11-25).toml", "copy", False),
        ("kits/bilan-mensuel 2.toml", "copy", False),
        ("kits/notre bilan.toml", "id", False),
    }
    before = everything(own.root)
    fix(own)
    assert everything(own.root) == before


# -- links, temporaries, who may look


def test_temporaries_of_a_program_that_was_ended_are_taken_away_once_they_are_old(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    left = [path.with_name(f".{path.name}.~123-abcdef"), path.with_name(".notes")]
    for one in left:
        one.write_text("x", "utf-8")
    written = left[0].stat().st_mtime
    assert look(own, written + 60) == []
    assert [d.kind for d in look(own, written + 4000)] == ["temporary"]
    fix(own, written + 4000)
    assert [one.exists() for one in left] == [False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_links_are_named_and_not_followed(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    path.with_name("2026-11-21-lien-aaaa.toml").symlink_to(tmp_path / "rien.toml")
    (own.sessions / "ailleurs").symlink_to(own.sessions)
    assert told(own) == [
        ("sessions/ailleurs", 0, "link", False),
        (f"{YEAR}/2026-11-21-lien-aaaa.toml", 0, "link", False),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_what_others_can_look_into_is_named_once_and_closed(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    path.chmod(0o644)
    assert look(own) == []  # nobody can get there
    with tempfile.TemporaryDirectory() as open_folder:
        root = Path(open_folder) / "group"
        shutil.copytree(own.root, root)
        for folder in (Path(open_folder), root, root / "sessions", root / "sessions" / "2026"):
            folder.chmod(0o755)
        (root / "entraide.toml").chmod(0o664)
        there = type(own)(root)
        assert [(d.path, d.kind, d.mend) for d in look(there)] == [
            (root / "entraide.toml", "private", True),
            (root / "sessions", "private", True),
        ]
        fix(there)
        assert look(there) == []
        modes = {p.stat().st_mode & 0o007 for p in (root / "sessions").rglob("*")}
        assert modes == {0}
        assert (root / "entraide.toml").stat().st_mode & 0o777 == 0o660


def test_what_cannot_be_mended_says_so_and_a_full_disk_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace("idea = 1", "idea = 7"))
    [doubt] = [d for d in look(own) if d.kind == "action"]
    with pytest.raises(UserError, match="can't be mended"):
        repair.mend(own, doubt, page=page, wall=WALL)
    copy = path.with_name(f"{RECORD_ID} (1).toml")
    copy.write_text("x = 1", "utf-8")
    before = everything(own.root)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda *_given: (_ for _ in ()).throw(OSError(28, "no")))
        patch.setattr(os, "write", lambda *_given: (_ for _ in ()).throw(OSError(28, "no")))
        for one in [d for d in look(own) if d.mend]:
            with pytest.raises(UserError, match="the disk is full"):
                repair.mend(own, one, page=page, wall=WALL)
    assert everything(own.root) == before


@examples(20, any_size=True)
@given(
    place=st.integers(0, len(EXPECTED)),
    size=st.integers(0, 40),
    put=made.texts(most=4).map(str.encode) | st.binary(max_size=9),
    name=st.sampled_from([f"{RECORD_ID}.toml", f"{RECORD_ID} (1).toml", f"{RECORD_ID}.md", "x.journal", "x.toml"]),
)
def test_whatever_files_hold_the_check_goes_through_and_mending_loses_no_byte(
    place: int, size: int, put: bytes, name: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own, path = workspace(Path(folder))
        data = EXPECTED.encode()[:place] + put + EXPECTED.encode()[place + size :]
        path.with_name(name).write_bytes(data)
        first = look(own)
        assert all(d.sentence and d.line <= data.count(b"\n") + 1 for d in first)
        fix(own)
        assert data in everything(own.root).values()
        assert [d for d in look(own) if d.mend] == []


def many_files(folder: Path, number: int) -> None:
    """So many pages without a record in one folder, and as many broken records in folders below it."""
    own, path = workspace(folder)
    for n in range(number):
        (path.parent / f"2026-11-21-x-{n:05}.md").touch()
        below = path.parent / f"{n % 100}"
        below.mkdir(exist_ok=True)
        (below / f"2026-11-21-y-{n:05}.toml").write_bytes(b"=")
    looked = check.look(own, page=page, wall=WALL)
    assert len(list(looked)) == 2 * number
    assert looked.files == 2 * number + 3


def test_many_files_are_looked_at_one_by_one(tmp_path: Path) -> None:
    many_files(tmp_path, 300)


@pytest.mark.campaign
def test_ten_thousand_files_in_one_folder_are_looked_at_one_by_one(tmp_path: Path) -> None:
    many_files(tmp_path, 10_000)


def test_a_change_then_a_check_is_well(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    saving.change(own, path, done, page=page, wall=WALL)
    assert look(own) == []
