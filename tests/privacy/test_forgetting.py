"""Forgetting a person: afterwards no file of ours names them, whatever stood in the way."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.archive.test_record_file import full

from entraide_tui.archive import listing, notebook, record_file
from entraide_tui.archive import model as m
from entraide_tui.archive.editing import history
from entraide_tui.archive.notebook import NotebookEntry
from entraide_tui.archive.page.options import Options
from entraide_tui.common import private_dirs, settings
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import write_atomically
from entraide_tui.common.text import fold
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports.markdown import page
from entraide_tui.privacy import file_change, forgetting, share_log
from entraide_tui.privacy.pseudonyms import MarkedWord
from entraide_tui.privacy.share_choice import Choice
from entraide_tui.workshop.debrief import Debrief, Remark, StepLine, Voice

if TYPE_CHECKING:
    from entraide_tui.privacy.forget_plan import Plan

FORGOTTEN = "2026-11-21-le-comite-d-une-personne-k7qm"
WALL = 1_795_248_000.0
STEM = "2026-11-21-le-comite-d-ines-k7qm"


def put(folder: Workspace, record: m.Record, options: Options | None = None) -> Path:
    path = folder.sessions / str(record.date.year) / f"{record.id}.toml"
    write_atomically(path, record_file.dumps(record).encode())
    write_atomically(path.with_suffix(".md"), page(record, options or Options()).encode())
    return path


SETTINGS = """# ce qu'Inès préfère
language = "fr"

[keys]
park = "ctrl+w"  # comme Awa

[words."Inès"]
atelier-entraide = "none"

[words.Awa]
atelier-entraide = "key-words"
"""


def page_of(session: str) -> NotebookEntry:
    """A page of the notebook in which Inès stands wherever a name can stand."""
    return NotebookEntry(
        Debrief(
            session,
            "Le comité d'Inès",
            "2026-11-21",
            "fr",
            10,
            11,
            (StepLine("Chez Inès", 5, 5, "skipped", reason="Inès partait"),),
            (Voice("Inès", 1, 3), Voice("Awa", 2, 4)),
            (Remark("unheard", {"names": "INES, Marc"}), Remark("no-date", {"action": "voir\nInès"})),
        ),
        {"Qui ai-je oublié ?": "Ine\u0301s, je crois.\nInès surtout."},
    )


def planted(folder: Path) -> Workspace:
    """A group in which Inès stands wherever a name can stand."""
    made = Workspace(folder)
    made.make()
    (folder / "entraide.toml").write_text(
        '# le groupe d\'Inès\nname = "Les amis d’Ines"\nmembers = [\n  "Awa", # rien\n  "Inès",\n]\nlanguage = "fr"\n',
        "utf-8",
    )
    record = dataclasses.replace(
        full(),
        id=STEM,
        title="Le comité d'Inès",
        request=m.Request("Comment aider INES ?\nElle, Ine\u0301s, dit « non ».", "Inès et Awa, qu'Inès connaît."),
        notes=(m.Note("contract", "d'inès"),),
        feelings=(m.Feeling(4, "comme Inès", "Inès", {"Inès": "Inès", "utile": 5}),),
        steps=(m.StepPlayed("x", "Chez Inès", reason="Inès partait"),),
    )
    path = put(made, record, Options(contributions=True))
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("\n[people]", '\ninès_dit = 1  # demander à Inès\n"Inès" = "In\\u00e8s"\n\n[people]').replace(
            "inès_dit", "ines-dit"
        ),
        "utf-8",
    )
    other = dataclasses.replace(
        full(),
        id="2026-12-19-suite-abcd",
        title="La suite",
        date=datetime.date(2026, 12, 19),
        people=m.People("Awa", "Jean", ("Marc",)),
        ideas=(),
        contributions=(),
        looked_at=(m.LookedAt(STEM, "Appeler", "Inès"),),
        request=m.Request("Comme dans 2026-11-21-le-comite-d-ines-k7qm ?"),
    )
    put(made, other)
    put(
        made,
        dataclasses.replace(other, id="2026-12-20-rien-abcd", title="Rien", looked_at=(), request=m.Request("Rien ?")),
    )
    history.keep(made, STEM, path.read_bytes(), path.with_suffix(".md").read_bytes(), wall=WALL)
    history.keep(made, "2026-12-19-suite-abcd", b'broken = "In\xc3\xa8s\n', None, wall=WALL)
    (path.parent / f".{STEM}.toml.~12-abcdef").write_text("Inès", "utf-8")
    (path.parent / "2026-11-30-casse-zzzz.toml").write_text('title = "Inès\n', "utf-8")
    notebook.keep(folder, page_of(STEM))
    settings.path().parent.mkdir(parents=True, exist_ok=True)
    settings.path().write_text(SETTINGS, "utf-8")
    share_log.save(made, STEM, Choice(marked=(MarkedWord("Inès", "person"), MarkedWord("Lyon"))), ["abc"])
    share_log.note_export(made, STEM, folder / "ailleurs.pdf", WALL)
    share_log.note_export(made, "2026-12-20-rien-abcd", folder / "autre.pdf", WALL)
    return made


def holding(*folders: Path, name: str = "ines") -> list[str]:
    """A naive grep: folded names and texts that hold it, JSON and TOML escapes read."""
    out = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            text = str(path.relative_to(folder))
            if path.is_file():
                text += path.read_bytes().decode("utf-8", "replace").replace("\\u00e8", "è")
            if name in fold(text).replace("lines", ""):
                out.append(str(path.relative_to(folder)))
    return out


def forget(folder: Workspace, name: str = "Inès", *also: str) -> Plan:
    made = forgetting.plan(folder, name, page=page, also=also)
    forgetting.carry_out(folder, made)
    return made


def test_nobody_finds_the_name_afterwards(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    home = tmp_path / "home"
    assert len(holding(made.root)) >= 10
    assert len(holding(home)) == 4
    plan = forget(made)
    assert plan.left == ()
    assert holding(made.root, home) == []
    assert [c.path.name for c in plan.copies] == ["ailleurs.pdf"]
    assert not forgetting.plan(made, "Inès", page=page).changes
    assert not list(made.root.rglob(".*~*"))


def test_what_nobody_asked_to_forget_stays(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    untouched = made.sessions / "2026" / "2026-12-20-rien-abcd.toml"
    before = {p: p.read_bytes() for p in (untouched, untouched.with_suffix(".md"))}
    forget(made)
    assert {p: p.read_bytes() for p in before} == before
    group = made.group()
    assert group.members == ("Awa",)
    assert group.name == "Les amis d’une personne"
    record = record_file.read(made.sessions / "2026" / "2026-11-21-le-comite-d-une-personne-k7qm.toml")
    assert record.id == "2026-11-21-le-comite-d-une-personne-k7qm"
    assert record.title == "Le comité d'une personne"
    assert record.request.text == "Comment aider une personne ?\nElle, une personne, dit « non »."
    assert record.request.context == "Une personne et Awa, qu'une personne connaît."
    assert record.people.contributors == ("une personne", "Marc", "Léa")
    assert record.ideas[0].by == ("une personne",)
    assert "# demander à une personne" in (made.sessions / "2026" / f"{record.id}.toml").read_text("utf-8")
    suite = record_file.read(made.sessions / "2026" / "2026-12-19-suite-abcd.toml")
    assert suite.looked_at[0].record == record.id
    assert suite.request.text == f"Comme dans {record.id} ?"
    assert len(history.versions(made, record.id)) == 1


def test_pages_are_drawn_again_as_the_group_had_them(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    by_hand = made.sessions / "2026" / "2026-12-19-suite-abcd.md"
    by_hand.write_text(by_hand.read_text("utf-8") + "\nÀ dire à Inès\\.\n", "utf-8")
    forget(made)
    path = made.sessions / "2026" / "2026-11-21-le-comite-d-une-personne-k7qm.toml"
    assert path.with_suffix(".md").read_text("utf-8") == page(record_file.read(path), Options(contributions=True))
    assert by_hand.read_text("utf-8").endswith("\nÀ dire à une personne\\.\n")


def test_files_stay_private(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    plan = forget(made)
    for change in plan.changes:
        if change.becomes.exists():
            assert change.becomes.stat().st_mode & 0o777 == 0o600, change.becomes


class Killed(BaseException):
    """As a kill does: nothing is cleaned up."""


def killed_at(number: int, folder: Path, start: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Forgets, killed before that change of the disk, then again; whether there was anything to kill."""
    shutil.copytree(start, folder, dirs_exist_ok=True)
    made = Workspace(folder / "group")
    places_in(folder, monkeypatch)
    left = number
    real = Path.unlink

    def counted() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Killed

    def write(path: Path, data: bytes) -> None:
        counted()
        write_atomically(path, data)

    def unlink(self: Path, missing_ok: bool = False) -> None:
        counted()
        real(self, missing_ok=missing_ok)

    killed = False
    with monkeypatch.context() as patch:
        patch.setattr(file_change, "write_atomically", write)
        patch.setattr(Path, "unlink", unlink)
        try:
            forget(made)
        except Killed:
            killed = True
    forget(made)
    assert holding(folder) == [], number
    found = {r.id: r for r in (record_file.read(p) for p in listing.paths(made) if "casse" not in p.name)}
    assert sorted(found) == [FORGOTTEN, "2026-12-19-suite-abcd", "2026-12-20-rien-abcd"]
    assert found["2026-12-19-suite-abcd"].looked_at[0].record == FORGOTTEN
    assert len(history.versions(made, FORGOTTEN)) == 1
    assert [path.name for path in (folder / "private" / "notebook" / "here").iterdir()] == [f"{FORGOTTEN}.toml"]
    assert notebook.read(notebook.path_of(made.root, FORGOTTEN)).debrief.session == FORGOTTEN
    assert settings.SettingsStore.load().values.guidance_levels == {"Awa": {"atelier-entraide": "key-words"}}
    return killed


def start_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    places_in(tmp_path / "start", monkeypatch)
    # where it is kept hangs on the workspace's own place: here each copy has the same
    monkeypatch.setattr(private_dirs, "hashed_name", lambda _text: "here")
    planted(tmp_path / "start" / "group")
    return tmp_path / "start"


def places_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is kept outside the group's folder lies in this one."""
    monkeypatch.setenv("ENTRAIDE_PRIVATE", str(folder / "private"))
    monkeypatch.setenv("ENTRAIDE_SETTINGS", str(folder / "settings.toml"))


def test_a_kill_in_between_and_a_second_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = start_of(tmp_path, monkeypatch)
    for number in range(1, 40, 4):
        if not killed_at(number, tmp_path / str(number), start, monkeypatch):
            break
    assert number > 12


@pytest.mark.campaign
def test_a_kill_at_each_change_and_a_second_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = start_of(tmp_path, monkeypatch)
    number = 1
    while killed_at(number, tmp_path / str(number), start, monkeypatch):
        number += 1
    assert number > 12


def test_an_open_workshop_that_names_the_person_comes_first(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    journal = made.sessions / "2026-12-21-ouvert-abcd.journal"
    journal.write_text('00000000 {"text":"chez Inès"}\n', "utf-8")
    before = holding(made.root)
    with pytest.raises(UserError, match="still open") as caught:
        forget(made)
    assert caught.value.file == journal
    assert holding(made.root) == before
    journal.write_text('00000000 {"text":"chez Marc"}\n', "utf-8")
    forget(made)


def record_of(title: str, *people: str, text: str = "", rid: str = "2026-01-01-essai-abcd") -> m.Record:
    return m.Record(
        id=rid, title=title, date=datetime.date(2026, 1, 1), language="en",
        people=m.People(contributors=people), request=m.Request(text),
    )  # fmt: skip


def test_two_people_with_one_name_are_not_taken_for_each_other(tmp_path: Path) -> None:
    made = Workspace(tmp_path)
    made.make()
    path = put(made, record_of("T", "Marie Dupont", "Marie Durand", "Marc Dupont", text="Marie, Durand and Ms Dupont"))
    with pytest.raises(UserError, match="Marie Dupont, Marie Durand"):
        forget(made, "Marie")
    plan = forget(made, "marie durand")
    record = record_file.read(path)
    assert record.people.contributors == ("Marie Dupont", "someone", "Marc Dupont")
    assert record.request.text == "Marie, someone and Ms Dupont"
    assert any(doubt.place == "Marie" for doubt in plan.doubts)


def test_the_whole_name_and_its_parts_are_one_person(tmp_path: Path) -> None:
    made = Workspace(tmp_path)
    made.make()
    path = put(made, record_of("T", "Awa", "Marc", text="Awa Diallo called. Diallo’s idea. Nono too."))
    forget(made, "Awa Diallo", "Nono")
    record = record_file.read(path)
    assert record.people.contributors == ("someone", "Marc")
    assert record.request.text == "Someone called. Someone’s idea. Someone too."


def test_an_everyday_word_is_left_to_a_human_where_it_is_written_small(tmp_path: Path) -> None:
    made = Workspace(tmp_path)
    made.make()
    title = "A garden for Rose"
    path = put(made, record_of(title, "Rose", text="A rose for Rose", rid="2026-01-01-a-garden-for-rose-abcd"))
    plan = forget(made, "Rose")
    path = path.with_name("2026-01-01-a-garden-for-someone-abcd.toml")
    assert record_file.read(path).request.text == "A rose for someone"
    assert ["rose"] * len(plan.doubts) == [d.place for d in plan.doubts]
    assert plan.doubts
    assert all(d.line for d in plan.doubts)


def test_what_is_not_ours_is_listed(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    (made.root / ".git").mkdir()
    (made.kits / "le-mien.toml").write_text('credits = "Inès"\n', "utf-8")
    (made.root / "inès.txt").write_text("", "utf-8")
    (made.sessions / ".2026-12-30-chez-ines-abcd.lock").touch()
    plan = forget(made)
    assert {p.name for p in plan.elsewhere} == {"le-mien.toml", "inès.txt", ".2026-12-30-chez-ines-abcd.lock"}
    assert plan.git == made.root
    assert (made.kits / "le-mien.toml").read_text("utf-8") == 'credits = "Inès"\n'


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    plan = forgetting.plan(made, "Inès", page=page)
    path = made.sessions / "2026" / "2026-12-19-suite-abcd.toml"
    path.write_bytes(path.read_bytes() + b"# mine\n")
    with pytest.raises(UserError, match="Run the command again"):
        forgetting.carry_out(made, plan)
    forget(made)
    assert path.read_bytes().endswith(b"# mine\n")
    assert holding(made.root) == []


def test_what_is_shown_first_is_what_is_done(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    before = holding(made.root)
    plan = forgetting.plan(made, "Inès", page=page)
    assert holding(made.root) == before
    by_name = {change.path.name: change for change in plan.changes}
    shown = by_name[f"{STEM}.toml"]
    assert shown.becomes.name == "2026-11-21-le-comite-d-une-personne-k7qm.toml"
    lines = shown.path.read_text("utf-8").splitlines()
    assert all(lines[line.number - 1].strip() == line.before for line in shown.lines)
    assert any(line.after == 'title = "Le comité d\'une personne"' for line in shown.lines)


def test_what_is_remembered_of_sharing_forgets_too(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    forget(made)
    choice = share_log.load(made, "2026-11-21-le-comite-d-une-personne-k7qm")
    assert choice is not None
    assert choice.marked == (MarkedWord("Lyon"),)
    assert choice.seen == frozenset()
    rows = [json.loads(x) for x in (share_log.folder(made) / share_log.LOG).read_text("utf-8").splitlines()]
    assert [row["record"] for row in rows] == ["2026-11-21-le-comite-d-une-personne-k7qm", "2026-12-20-rien-abcd"]


def test_a_name_that_could_be_anything_is_refused(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    for name in ("", " ", "?", "a"):
        with pytest.raises(UserError, match="too short"):
            forget(made, name)


def test_every_toml_file_stays_toml(tmp_path: Path) -> None:
    made = planted(tmp_path / "group")
    forget(made)
    for path in made.root.rglob("*.toml"):
        if "casse" not in path.name and "suite-abcd/" not in str(path):
            tomllib.loads(path.read_text("utf-8"))
