"""Two clones of one workspace, changed at the same time, merged by git alone, and checked."""

from __future__ import annotations

import dataclasses
import datetime
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.archive import made
from tests.archive.test_record_file import full
from tests.session.test_closing import close

from entraide_tui import cli
from entraide_tui.archive import listing, record_file
from entraide_tui.archive import model as m
from entraide_tui.archive.editing import history, saving
from entraide_tui.archive.page.options import Options
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports.markdown import page
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
OLD = dataclasses.replace(
    full(),
    actions=(
        m.PlannedAction("Appeler le placier", "Awa", datetime.date(2026, 12, 5), "Retrouver son numéro", 1),
        m.PlannedAction("Écrire au journal", "Léa"),
    ),
)
PLACE = f"sessions/2026/{OLD.id}.toml"


def git(folder: Path, *words: str, fine: bool = True) -> str:
    """What git says; its faults are ours unless expected."""
    settings = ("-c", "user.name=Awa", "-c", "user.email=awa@example.org", "-c", "commit.gpgsign=false")
    sealed = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ("git", *settings, *words), cwd=folder, env=sealed, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode == 0) == fine, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of a workspace with one old record."""
    first, second = tmp_path / "first", tmp_path / "second"
    Workspace(first).make()
    path = first / PLACE
    path.parent.mkdir()
    path.write_text(record_file.dumps(OLD) + "\n# de la main de Léa\n[photos]\nfile = 'a.jpg'\n", "utf-8")
    path.with_suffix(".md").write_text(page(OLD, Options()), "utf-8")
    git(first, "init", "-q", "-b", "main")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "begin")
    git(tmp_path, "clone", "-q", str(first), str(second))
    return first, second


def update(folder: Path, number: int, **changes: str) -> None:
    """One action of the old record, as the board does."""

    def make(record: m.Record) -> m.Record:
        action = dataclasses.replace(record.actions[number], **changes)  # type: ignore[arg-type]
        return dataclasses.replace(record, actions=(*record.actions[:number], action, *record.actions[number + 1 :]))

    saving.change(Workspace(folder), folder / PLACE, make, page=page, wall=made.NOON)


def record(folder: Path, title: str) -> None:
    """A session, led and closed."""
    time = made.clock()
    session = made.create(folder, time, kit=made.shipped("atelier-entraide"), title=title)
    for _step in session.state.plays:
        session.do(gestures.next_step(session.state, session.now()))
        time.advance(60)
        session.do(e.TextSet(at=session.now(), name=f"notes.{session.state.current}", text=f"Chez {title}"))
    close(session, folder)


def merged(first: Path, second: Path, *, fine: bool = True) -> None:
    """Both commit; the first takes in the second."""
    for folder in (first, second):
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "more")
    git(first, "fetch", "-q", str(second), "main")
    git(first, "merge", "-q", "--no-edit", "FETCH_HEAD", fine=fine)


def check(folder: Path) -> int:
    """The status of the command."""
    return cli.main(["--workspace", str(folder), "check"])


def test_two_sessions_and_one_record_changed_on_both_sides_merge_by_themselves(clones: tuple[Path, Path]) -> None:
    first, second = clones
    record(first, "Marché")
    record(second, "Bibliothèque")
    update(first, 0, status="done", tried="Appelé deux fois", outcome="Il vient\nle samedi.", changes="On y sera.")
    update(second, 1, status="dropped", outcome="Le journal a fermé.")
    merged(first, second)
    assert len(listing.paths(Workspace(first))) == 3
    both = record_file.read(first / PLACE)
    assert [(a.status, a.outcome) for a in both.actions] == [
        ("done", "Il vient\nle samedi."),
        ("dropped", "Le journal a fermé."),
    ]
    assert (first / PLACE).read_text("utf-8").endswith("\n# de la main de Léa\n[photos]\nfile = 'a.jpg'\n")
    assert [v.record for v in history.versions(Workspace(first), OLD.id)] == [OLD, OLD]
    assert check(first) == 0


CHANGES: list[tuple[Callable[[m.Record], m.Record], Callable[[m.Record], m.Record]]] = [
    (
        lambda r: dataclasses.replace(r, people=dataclasses.replace(r.people, offeror="Awa B.")),
        lambda r: dataclasses.replace(r, people=dataclasses.replace(r.people, absent=("Paul", "Zoé"))),
    ),
    (
        lambda r: dataclasses.replace(r, request=m.Request("Autre demande", r.request.context)),
        lambda r: dataclasses.replace(r, follow_up=m.FollowUp(datetime.date(2027, 1, 9))),
    ),
    (
        lambda r: dataclasses.replace(r, topics=(dataclasses.replace(r.topics[0], settled=True), *r.topics[1:])),
        lambda r: dataclasses.replace(r, topics=r.topics[:1]),
    ),
    (
        lambda r: dataclasses.replace(r, notes=(*r.notes, m.Note("contract", "Encore."))),
        lambda r: dataclasses.replace(r, actions=(*r.actions, m.PlannedAction("Une de plus"))),
    ),
]


@pytest.mark.parametrize(("here", "there"), CHANGES)
def test_two_changes_in_different_places_of_a_record_merge_and_the_page_is_mended_if_need_be(
    clones: tuple[Path, Path],
    here: Callable[[m.Record], m.Record],
    there: Callable[[m.Record], m.Record],
) -> None:
    first, second = clones
    for folder, make in ((first, here), (second, there)):
        saving.change(Workspace(folder), folder / PLACE, make, page=page, wall=made.NOON)
    merged(first, second)
    assert record_file.read(first / PLACE) == here(there(OLD))
    assert check(first) == 0


def test_where_both_wrote_the_same_line_the_check_names_it(
    clones: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = clones
    update(first, 0, status="done")
    update(second, 0, status="dropped")
    merged(first, second, fine=False)
    assert check(first) == 1
    path = first / PLACE
    line = path.read_text("utf-8").splitlines().index("<<<<<<< HEAD") + 1
    assert capsys.readouterr().out.startswith(f"{path}:{line}: git left two versions here")
    text = path.read_text("utf-8")
    start, end = text.index("<<<<<<< HEAD\n"), text.index(">>>>>>> ")
    ours = text[start:end].split("\n", 1)[1].split("=======")[0]
    path.write_text(text[:start] + ours + text[text.index("\n", end) + 1 :], "utf-8")
    assert check(first) == 0
    assert record_file.read(path).actions[0].status == "done"
