"""The index follows the files, whoever changes them, and mends itself whatever is done to it."""

from __future__ import annotations

import datetime
import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.archive.index import archives
from tests.archive.index.archives import LONG_AGO, NOON, TODAY, put, record

from entraide_tui.archive import listing, record_file
from entraide_tui.archive import model as m
from entraide_tui.archive.index import Hit, Index, parse, reading, refresh, schema
from entraide_tui.common import i18n
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace

PLANTED = "mirabelle"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """With three records."""
    for number in range(3):
        put(tmp_path, record(f"Mot {number}", date=datetime.date(2026, 1, 1 + number)), f"r{number}")
    return Workspace(tmp_path)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The folder of the index."""
    return tmp_path / "cache" / "entraide"


def open_index(workspace: Workspace, cache: Path, *, wall: float = NOON) -> Index:
    """Up to date."""
    index = Index.open(workspace, cache=cache)
    index.refresh(wall=wall)
    return index


def found(index: Index, typed: str = "") -> list[str]:
    """Names of files."""
    return [hit.path.name.removesuffix(".toml") for hit in hits(index, typed)]


def hits(index: Index, typed: str = "") -> tuple[Hit, ...]:
    """All, the newest first."""
    return index.search(parse(typed), today=TODAY, limit=1000, order="newest").hits


def file_of(cache: Path) -> Path:
    """The index file."""
    [path] = cache.glob("*.sqlite3")
    return path


def same(index: Index, workspace: Workspace, cache: Path) -> None:
    """It answers as one that is made anew."""
    with Index.open(workspace, cache=cache.with_name("anew")) as anew:
        anew.refresh(wall=NOON)
        for typed in ("", "mot", "autre", "is:open", "titre"):
            assert sorted(found(index, typed)) == sorted(found(anew, typed)), typed
        assert sorted(map(str, index.actions())) == sorted(map(str, anew.actions()))
        anew.erase()


# -- the files


def test_files_that_come_change_move_and_go(workspace: Workspace, cache: Path) -> None:
    with open_index(workspace, cache) as index:
        assert found(index) == ["r2", "r1", "r0"]
        assert index.refresh(wall=NOON) == refresh.Refreshed()
        sessions = workspace.sessions
        put(workspace.root, record("Autre", date=datetime.date(2027, 1, 1)), "2027/mai/new")
        put(workspace.root, record("Autrement", actions=(m.PlannedAction("Rire"),)), "r1", at=LONG_AGO + 5)
        (sessions / "moved").mkdir()
        (sessions / "r2.toml").rename(sessions / "moved" / "r2.toml")
        (sessions / "r0.toml").unlink()
        done = index.refresh(wall=NOON)
        assert (done.read, done.gone) == (3, 2)
        assert found(index) == ["new", "r1", "r2"]
        assert found(index, "autre") == ["new", "r1"]
        assert found(index, "mot") == ["r2"]
        assert [p.what for p in index.actions()] == ["Rire"]
        assert [hit.path for hit in hits(index, "mot")] == [sessions / "moved" / "r2.toml"]
        same(index, workspace, cache)


def test_a_change_within_the_same_moment_and_size_is_seen(workspace: Workspace, cache: Path) -> None:
    path = put(workspace.root, record("Avant"), "r0", at=NOON - 1)
    with open_index(workspace, cache) as index:
        put(workspace.root, record("Apres"), "r0", at=NOON - 1)
        assert path.stat().st_size == len(record_file.dumps(record("Avant")).encode())
        assert index.refresh(wall=NOON + 60).read == 1
        assert (found(index, "avant"), found(index, "apres")) == ([], ["r0"])
        assert index.refresh(wall=NOON + 120).read == 0


def test_files_from_the_future_are_looked_into_until_it_has_come(workspace: Workspace, cache: Path) -> None:
    for name in ("r0", "r1", "r2"):
        os.utime(workspace.sessions / f"{name}.toml", (NOON + 9e8, NOON + 9e8))
    with open_index(workspace, cache) as index:
        put(workspace.root, record("Meme taille"), "r0", at=NOON + 9e8)
        put(workspace.root, record("Autretaille"), "r1", at=NOON + 9e8)
        assert index.refresh(wall=NOON).read == 3
        assert (found(index, "meme"), found(index, "autretaille")) == (["r0"], ["r1"])
        put(workspace.root, record("Pareil mot "), "r0", at=NOON + 9e8)
        index.refresh(wall=NOON)
        assert found(index, "pareil") == ["r0"]
        index.refresh(wall=NOON + 9e8 + 60)
        assert index.refresh(wall=NOON + 9e8 + 60).read == 0


def test_broken_records_are_listed_and_hide_no_other(workspace: Workspace, cache: Path) -> None:
    awkward: dict[str, str | bytes] = {
        "2026-02-03-not-utf-8": b"\xff\xfe\x00", "torn": 'id = "', "actions": "actions = 3", "people": 'people = "Awa"',
        "kit": "kit = []", "list": "actions = [1]", "nothing\n\x1b[31m": b"\x00" * 9, "deep": "[" * 3000,
        "topics": "topics = {}", "by": "[[ideas]]\nby = 3\ntext = 4",
    }  # fmt: skip
    for name, text in awkward.items():
        put(workspace.root, text, name)
    with (workspace.sessions / "large.toml").open("wb") as large:
        large.truncate(10 * 1024 * 1024)
    (workspace.sessions / "fifo.toml").mkdir()
    with open_index(workspace, cache) as index:
        faults = {hit.path.name: hit for hit in hits(index) if hit.fault}
        assert faults.keys() == {f"{name}.toml" for name in awkward if name != "by"} | {"large.toml"}
        assert "UTF-8" in faults["2026-02-03-not-utf-8.toml"].fault
        assert faults["2026-02-03-not-utf-8.toml"].date == datetime.date(2026, 2, 3)
        assert "too large" in faults["large.toml"].fault
        assert all("\x1b" not in hit.fault + hit.title + hit.id for hit in faults.values())
        assert found(index, "not utf") == ["2026-02-03-not-utf-8"]
        assert found(index, "torn") == ["torn"]
        assert found(index, "torn is:open") == []
        assert set(found(index, "mot")) == {"r0", "r1", "r2"}
        assert {hit.path.name for hit in index.broken(today=TODAY)} == faults.keys()
        put(workspace.root, record("Mended"), "torn", at=LONG_AGO + 1)
        index.refresh(wall=NOON)
        assert [hit.fault for hit in hits(index, "mended")] == [""]


ODD = {
    "people": 'people = "Awa, Jean"', "request": 'request = "Comment faire ?"', "kit": 'kit = "notre kit"',
    "actions": 'actions = ["Appeler"]', "action": '[actions]\nwhat = "Appeler"', "ideas": "ideas = 3",
    "topics": "topics = {}",
    "contributors": '[people]\ncontributors = "Jean, Nadia"', "status": "[[actions]]\nstatus = [1]",
    "by": "[[ideas]]\nby = {}",
    "idea": '[[actions]]\nidea = "1"', "date": 'date = "21/11/2026"', "id": "id = [1]", "notes": 'notes = "Un mot"',
    "due": '[[actions]]\ndue = "vendredi"', "themes": "themes = 3", "feelings": "feelings = 1", "steps": 'steps = "x"',
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_one_odd_value_hides_no_record_and_no_word_beside_it(workspace: Workspace, cache: Path, name: str) -> None:
    text = ODD[name]
    put(workspace.root, f'title = "Trouver une salle"\n{text}\n', "odd")
    with open_index(workspace, cache) as index:
        assert found(index, "trouver une salle") == ["odd"]
        for said in re.findall('= (?:\\[)?"([A-Z][^"]+)"', text):
            assert found(index, said) == ["odd"]


def test_signs_alone_are_looked_for_nowhere_which_is_told(workspace: Workspace, cache: Path) -> None:
    put(workspace.root, record("Jardin 🌻"), "sun")
    with open_index(workspace, cache) as index:
        for signs in ("🌻", "❤", "(", "*", '"?"', "! ?"):
            assert found(index, signs) == []
            assert len(parse(signs).faults) == 1
        assert found(index, "jardin 🌻") == ["sun"]
        assert len(found(index, "")) > 1
        assert found(index, "🌻 jardin") == ["sun"]


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060"])
def test_a_word_with_places_to_break_it_is_found_whole(workspace: Workspace, cache: Path, sign: str) -> None:
    put(workspace.root, record(f"anti{sign}constitutionnel"), "long")
    with open_index(workspace, cache) as index:
        assert found(index, "anticonstitutionnel") == ["long"]
        assert found(index, f"anti{sign}constitutionnel") == ["long"]
        assert [hit.title for hit in hits(index, "anticonstitutionnel")] == ["anticonstitutionnel"]


def test_a_fault_is_told_in_the_language_in_use(workspace: Workspace, cache: Path) -> None:
    put(workspace.root, "x", "torn")
    with open_index(workspace, cache) as index:
        [before] = index.broken(today=TODAY)
        with i18n.using_language("fr"):
            index.refresh(wall=NOON)
        [after] = index.broken(today=TODAY)
        assert before.fault != after.fault
        assert str(before.path) in after.fault


def test_two_files_with_one_id_are_two_lines(workspace: Workspace, cache: Path) -> None:
    put(workspace.root, record("Jumeau"), "a/x")
    put(workspace.root, record("Jumeau"), "x (conflicted copy)")
    with open_index(workspace, cache) as index:
        assert len({hit.path for hit in hits(index, "jumeau")}) == 2
        assert len({hit.id for hit in hits(index, "jumeau")}) == 1


def test_hidden_folders_and_files_of_others_are_no_records(workspace: Workspace, cache: Path) -> None:
    for name in (".history/r0", ".r0", "a/.b/c/r0"):
        put(workspace.root, record("Ancien"), name)
    (workspace.sessions / "r0.md").write_text("Ancien")
    with open_index(workspace, cache) as index:
        assert found(index, "ancien") == []
        assert {hit.path for hit in hits(index)} == set(listing.paths(workspace))


def test_links_are_not_followed_out_of_the_folder(workspace: Workspace, cache: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.toml").write_text(record_file.dumps(record(PLANTED)))
    try:
        (workspace.sessions / "out.toml").symlink_to(outside / "secret.toml")
    except OSError:
        pytest.skip("no links here")
    (workspace.sessions / "folder").symlink_to(outside)
    (workspace.sessions / "in.toml").symlink_to(workspace.sessions / "r0.toml")
    (workspace.sessions / "nowhere.toml").symlink_to("nowhere")
    (workspace.sessions / "round.toml").symlink_to("round.toml")
    with open_index(workspace, cache) as index:
        assert found(index, PLANTED) == []
        faults = {hit.path.stem: hit.fault for hit in index.broken(today=TODAY)}
        assert faults.keys() == {"out", "nowhere", "round"}
        assert "outside" in faults["out"]
        assert found(index, "mot") == ["r2", "r1", "r0", "in"] or found(index, "mot") == ["r2", "r1", "in", "r0"]


def test_names_that_are_no_text_are_found_again(workspace: Workspace, cache: Path) -> None:
    odd = os.fsencode(workspace.sessions) + b"/odd\xff.toml"
    try:
        Path(os.fsdecode(odd)).write_text(record_file.dumps(record("Bizarre")))
    except OSError:
        pytest.skip("names are text here")
    with open_index(workspace, cache) as index:
        [hit] = hits(index, "bizarre")
        assert hit.path.read_text().startswith("format")
        assert index.refresh(wall=NOON).gone == 0


def test_a_date_that_no_index_can_hold_is_a_date(workspace: Workspace, cache: Path) -> None:
    path = workspace.sessions / "r0.toml"
    try:
        os.utime(path, (1.2e10, 1.2e10))
    except (OSError, OverflowError):
        pytest.skip("no such dates here")
    with open_index(workspace, cache) as index:
        assert sorted(found(index, "mot")) == ["r0", "r1", "r2"]
        assert index.refresh(wall=2e10).read == 1
        put(workspace.root, record("Neuf"), "r0", at=1.2e10)
        index.refresh(wall=2e10)
        assert found(index, "neuf") == ["r0"]


def test_another_program_may_have_noted_something_older(workspace: Workspace, cache: Path) -> None:
    with open_index(workspace, cache) as index, Index.open(workspace, cache=cache) as other:
        put(workspace.root, record("Nouveau"), "r0", at=LONG_AGO + 5)
        index.refresh(wall=NOON)
        # the other one read the file before, and writes only now what it read
        late = refresh.Refresh(other._store.connection, workspace.sessions, NOON, None, None, full=other._store.full)
        old = reading.read(workspace.sessions / "r0.toml", record_file.dumps(record("Ancien")).encode())
        late._write([refresh.ReadFile(b"r0.toml", 1, b"", old)], [])
        assert found(index, "ancien") == ["r0"]
        assert index.refresh(wall=NOON).read == 1
        assert (found(index, "ancien"), found(index, "nouveau")) == ([], ["r0"])


def test_a_folder_that_is_closed_is_told_and_its_records_stay(
    workspace: Workspace, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace.root, record("Dedans"), "closed/x")
    with open_index(workspace, cache) as index:
        real = os.scandir

        def scandir(path: bytes) -> object:
            if path.rstrip(b"/").endswith(b"closed"):
                raise PermissionError(13, "no")
            return real(path)

        with monkeypatch.context() as patch:
            patch.setattr(os, "scandir", scandir)
            done = index.refresh(wall=NOON)
        assert len(done.faults) == 1
        assert "closed" in done.faults[0]
        assert done.gone == 0
        assert found(index, "dedans") == ["x"]


def test_nothing_is_there(tmp_path: Path, cache: Path) -> None:
    with open_index(Workspace(tmp_path / "none"), cache) as index:
        assert index.empty
        assert (hits(index), index.actions(), index.proposals()) == ((), [], [])


def test_many_files_in_one_folder(workspace: Workspace, cache: Path) -> None:
    text = record_file.dumps(record("Nombreux", actions=(m.PlannedAction("Compter"),)))
    for number in range(refresh.CHUNK + 100):
        (workspace.sessions / f"n{number}.toml").write_text(text)
    told: list[tuple[int, int]] = []
    with Index.open(workspace, cache=cache) as index:
        index.refresh(wall=NOON, progress=lambda done, of: told.append((done, of)))
        assert told[-1] == (refresh.CHUNK + 103,) * 2
        assert len(told) >= 2
        assert len(hits(index, "nombreux")) == refresh.CHUNK + 100
        assert len(index.actions()) == refresh.CHUNK + 100
        for path in workspace.sessions.glob("n*.toml"):
            path.unlink()
        assert index.refresh(wall=NOON).gone == refresh.CHUNK + 100
        assert (hits(index, "nombreux"), len(hits(index)), index.actions()) == ((), 3, [])


@pytest.mark.campaign
def test_ten_thousand_files_in_one_folder(workspace: Workspace, cache: Path) -> None:
    text = record_file.dumps(record("Nombreux"))
    for number in range(10_000):
        (workspace.sessions / f"n{number}.toml").write_text(text)
    with open_index(workspace, cache) as index:
        assert index.search(parse("nombreux"), today=TODAY).total == 10_000


def test_a_build_can_be_stopped_and_goes_on(workspace: Workspace, cache: Path) -> None:
    text = record_file.dumps(record("Nombreux"))
    for number in range(100):
        (workspace.sessions / f"n{number}.toml").write_text(text)
    asked = iter(range(1000))
    with Index.open(workspace, cache=cache) as index:
        assert index.refresh(wall=NOON, stop=lambda: next(asked) >= 40).stopped
        assert 0 < len(hits(index)) < 103
        assert not index.refresh(wall=NOON).stopped
        assert len(hits(index)) == 103


def test_two_programs_refresh_at_once(workspace: Workspace, cache: Path) -> None:
    text = record_file.dumps(record("Nombreux", actions=(m.PlannedAction("Compter"),)))
    for number in range(250):
        path = workspace.sessions / f"n{number}.toml"
        path.write_text(text)
        os.utime(path, (LONG_AGO, LONG_AGO))
    program = (
        "import sys, pathlib\n"
        "from entraide_tui.archive.index import Index, refresh\n"
        "from entraide_tui.common.workspace import Workspace\n"
        "refresh.CHUNK = 20\n"
        "root, cache = map(pathlib.Path, sys.argv[1:])\n"
        "index = Index.open(Workspace(root), cache=cache)\n"
        "print(index.refresh(wall=2e9).busy, index._store.path is not None, len(index.actions()))\n"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(workspace.root), str(cache)], stdout=subprocess.PIPE, text=True
        )
        for _n in range(2)
    ]
    assert [one.communicate(timeout=60)[0].split() for one in both] == [["False", "True", "250"]] * 2
    with Index.open(workspace, cache=cache) as index:
        assert index.refresh(wall=2e9).read == 0
        assert len(hits(index, "nombreux")) == 250
        same(index, workspace, cache)


# -- the index file


def test_a_warm_index_answers_before_any_refresh(workspace: Workspace, cache: Path) -> None:
    open_index(workspace, cache).close()
    with Index.open(workspace, cache=cache) as index:
        assert found(index, "mot") == ["r2", "r1", "r0"]


def test_it_is_private(workspace: Workspace, cache: Path) -> None:
    before = os.umask(0)
    try:
        with open_index(workspace, cache):
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in cache.iterdir()}
            assert len(modes) >= 1
            assert set(modes.values()) == {0o600}
            assert stat.S_IMODE(cache.stat().st_mode) == 0o700
        file_of(cache).chmod(0o644)
        with Index.open(workspace, cache=cache):
            assert stat.S_IMODE(file_of(cache).stat().st_mode) == 0o600
    finally:
        os.umask(before)


def spoil(path: Path, how: str) -> None:
    """What may happen to a file."""
    data = path.read_bytes()
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    if how == "garbage":
        path.write_bytes(b"garbage" * 1000)
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "halved":
        path.write_bytes(data[: len(data) // 2])
    elif how == "one page":
        path.write_bytes(data[:4096])
    elif how == "holes":
        path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    elif how == "noise":
        path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
    elif how == "a folder":
        path.unlink()
        path.mkdir()
    elif how == "a link":
        path.rename(path.with_name("elsewhere"))
        path.symlink_to("elsewhere")
    elif how == "gone":
        path.unlink()
    else:
        connection = sqlite3.connect(path)
        connection.executescript(how)
        connection.close()


SPOILT = [
    "garbage", "empty", "halved", "one page", "holes", "noise", "a folder", "a link", "gone",
    "PRAGMA user_version = 99",
    "DROP TABLE heads",
    "DROP TABLE words",
    "DROP TABLE texts; CREATE TABLE texts (a, b)",
    "CREATE TRIGGER t AFTER DELETE ON heads BEGIN DELETE FROM texts; END",
    "CREATE VIEW v AS SELECT 1",
    "CREATE TABLE other (x)",
]  # fmt: skip


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("refreshed", [True, False])
def test_a_spoilt_index_is_made_anew(workspace: Workspace, cache: Path, how: str, refreshed: bool) -> None:
    put(workspace.root, record("Beaucoup", request=m.Request(" ".join(f"mot{n}" for n in range(3000)))), "long")
    open_index(workspace, cache).close()
    spoil(file_of(cache), how)
    with Index.open(workspace, cache=cache) as index:
        if refreshed or index.empty:
            index.refresh(wall=NOON)
        assert sorted(found(index, "mot")) == ["long", "r0", "r1", "r2"]
        assert index.actions() == []
        index.refresh(wall=NOON)
        assert sorted(found(index)) == ["long", "r0", "r1", "r2"]


def test_an_index_spoilt_in_use_is_made_anew(workspace: Workspace, cache: Path) -> None:
    with open_index(workspace, cache) as index:
        index._store.connection.execute("DROP TABLE texts")
        assert sorted(found(index, "mot")) == ["r0", "r1", "r2"]
        index._store.connection.execute("DROP TABLE files")
        put(workspace.root, record("Mot"), "r0", at=LONG_AGO + 9)
        assert index.refresh(wall=NOON).read == 3
        index._store.connection.execute("DROP TABLE actions")
        assert index.actions() == []
        index._store.connection.execute("DROP TABLE topics")
        assert index.proposals() == []
        index._store.connection.execute("DROP TABLE words")
        assert index.near("mot", today=TODAY) == []
        assert sorted(found(index, "mot")) == ["r0", "r1", "r2"]


def test_rows_of_somebody_else_are_not_believed(workspace: Workspace, cache: Path) -> None:
    with open_index(workspace, cache) as index:
        run = index._store.connection.execute
        run(
            "UPDATE heads SET title = char(27) || ']0;x', grp = x'ff', day = 'x', dues = 3, offeror = 5"
            " WHERE id = (SELECT min(id) FROM heads)"
        )
        for place in (b"../../x.toml", b"/etc/x.toml", b"a/../x.toml", b"\x00.toml", b""):
            run("UPDATE heads SET path = ? WHERE id = (SELECT max(id) FROM heads)", (place,))
            shown = hits(index)
            assert all(hit.path.is_relative_to(workspace.sessions) and ".." not in hit.path.parts for hit in shown)
            assert [hit.path.stem for hit in shown] == ["r1", "r0"]
        assert all("\x1b" not in hit.title for hit in hits(index))
        run("UPDATE heads SET path = 'text'")
        assert hits(index) == ()
        run("INSERT INTO actions VALUES ((SELECT max(id) FROM heads), 'x', 1, 2, 3, 4, 5, 6, 7, 8, 9)")
        assert index.actions() == []
        run("UPDATE files SET path = x'2f2fff' WHERE id = (SELECT max(id) FROM heads)")
        run("UPDATE files SET sign = 'x', digest = 3")
        assert index.refresh(wall=NOON).read == 3
        assert sorted(found(index)) == ["r0", "r1", "r2"]


def test_another_program_that_writes_is_not_waited_for_for_ever(
    workspace: Workspace, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PATIENCE", 0.02)
    open_index(workspace, cache).close()
    put(workspace.root, record("Autre"), "new")
    other = sqlite3.connect(file_of(cache), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Index.open(workspace, cache=cache) as index:
        assert index.refresh(wall=NOON).busy
        assert sorted(found(index)) == ["r0", "r1", "r2"], "it is read as it stands"
        other.execute("ROLLBACK")
        assert not index.refresh(wall=NOON).busy
        assert found(index, "autre") == ["new"]
    other.close()


def test_where_an_index_is_locked_for_good_another_one_is_made_in_memory(
    workspace: Workspace, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PATIENCE", 0.02)
    open_index(workspace, cache).close()
    other = sqlite3.connect(file_of(cache), isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE names SET number = 1")
    with open_index(workspace, cache) as index:
        assert sorted(found(index)) == ["r0", "r1", "r2"]
    other.close()


@pytest.mark.parametrize("kind", ["a file in its way", "read-only", "full"])
def test_without_a_place_for_it_the_index_is_in_memory(
    workspace: Workspace, cache: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "a file in its way":
        cache.parent.mkdir(parents=True)
        cache.write_text("x")
    elif kind == "read-only":

        def refuse(*_a: object) -> None:
            raise PermissionError(13, "no")

        monkeypatch.setattr(schema, "make_folder", refuse)
    with Index.open(workspace, cache=cache) as index:
        if kind == "full":
            (pages,) = index._store.connection.execute("PRAGMA page_count").fetchone()
            index._store.connection.execute(f"PRAGMA max_page_count = {pages}")
            put(workspace.root, record("Beaucoup", request=m.Request("x" * 90_000)), "long")
        index.refresh(wall=NOON)
        assert found(index, "mot") == ["r2", "r1", "r0"]
        assert index._store.path is None


def test_a_search_is_interrupted_from_another_thread(workspace: Workspace, cache: Path) -> None:
    with open_index(workspace, cache) as index:
        index._store.connection.set_progress_handler(lambda: 1, 1)
        answer = index.search(parse("mot"), today=TODAY)
        assert (answer.hits, answer.stopped) == ((), True)
        assert index.refresh(wall=NOON).stopped
        index._store.connection.set_progress_handler(None, 0)
        assert len(hits(index, "mot")) == 3
        index.interrupt()
    index.interrupt()


def test_erasing_leaves_no_word_on_the_disk(workspace: Workspace, cache: Path) -> None:
    put(workspace.root, record(PLANTED.title()), "x")
    index = open_index(workspace, cache)
    path = file_of(cache)
    path.with_name(path.name.replace(f"archive-{schema.VERSION}-", "archive-0-")).write_text(PLANTED)
    other = path.with_name("archive-1-14.0.0-words-0123456789abcdef.sqlite3")
    other.write_text("of another workspace")
    assert found(index, PLANTED) == ["x"]
    index.erase()
    assert [path.name for path in cache.iterdir()] == [other.name]


def test_an_index_that_stays_is_told(workspace: Workspace, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_index(workspace, cache)

    def refuse(_self: Path, **_more: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(UserError, match="could not be taken away"):
        index.erase()


def test_indexes_of_older_versions_are_taken_away(workspace: Workspace, cache: Path) -> None:
    open_index(workspace, cache).close()
    path = file_of(cache)
    old = path.with_name(path.name.replace(f"archive-{schema.VERSION}-", "archive-0-"))
    path.rename(old)
    open_index(workspace, cache).close()
    assert file_of(cache) == path


def test_two_workspaces_have_two_indexes(workspace: Workspace, cache: Path, tmp_path: Path) -> None:
    other = archives.workspace(tmp_path / "other", [record("Ailleurs")])
    with open_index(workspace, cache) as one, open_index(other, cache) as two:
        assert (found(one, "ailleurs"), found(two, "mot")) == ([], [])
        two.erase()
        assert found(one, "mot")
