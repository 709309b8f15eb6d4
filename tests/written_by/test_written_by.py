"""Files of earlier versions are read as those versions read them.

Each folder beside this file is named after the version that wrote it; its `expected/` says what that version read.
What today's program reads beyond it (a field that is new) is no difference.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import random
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest

from entraide_tui.archive import listing, notebook, record_file
from entraide_tui.archive.editing import history, page_options_guess
from entraide_tui.common import private_dirs, settings
from entraide_tui.common.clock import InventedClock
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports.markdown import renderer
from entraide_tui.health import check
from entraide_tui.kits import loader
from entraide_tui.privacy import pseudonyms, redaction, share_log
from entraide_tui.session import fallback_store, to_record
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop.events import KINDS

HERE = Path(__file__).parent
VERSIONS = sorted(path.parent.name for path in HERE.glob("*/expected"))
LATER = 1_796_986_800.0
"""Seconds since 1970: 11 December 2026, after all that the files tell of."""


def names(version: str, part: str, ending: str) -> list[Path]:
    """The files of a part, relative to it."""
    inside = HERE / version / part
    return sorted(path.relative_to(inside) for path in inside.rglob(f"*{ending}"))


def each(part: str, ending: str) -> pytest.MarkDecorator:
    """One test for each such file of each version."""
    every = [pytest.param(version, path, id=f"{version}-{path}") for version in VERSIONS
             for path in names(version, part, ending) if ".history" not in path.parts]  # fmt: skip
    return pytest.mark.parametrize(("version", "path"), every)


def expected(version: str, what: str) -> Any:  # noqa: ANN401 - JSON values
    """What that version read."""
    return json.loads((HERE / version / "expected" / f"{what}.json").read_text("utf-8"))


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever the program reads
    """A value as JSON holds it: fields by name, sets and tables with other keys in order."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: plain(inner) for key, inner in value.items()}
        return sorted([plain(key), plain(inner)] for key, inner in value.items())
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def lost(before: Any, now: Any, place: str = "") -> list[str]:  # noqa: ANN401 - JSON values
    """Where today's reading differs; fields that were not there before are none."""
    if isinstance(before, dict) and isinstance(now, dict):
        return [
            line
            for key, value in before.items()
            for line in lost(value, now.get(key, "no such field"), f"{place}.{key}")
        ]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        return [line for n, (a, b) in enumerate(zip(before, now, strict=True)) for line in lost(a, b, f"{place}[{n}]")]
    return [] if before == now else [f"{place}: {before!r} was read, now {now!r}"]


@pytest.fixture
def group(version: str, tmp_path: Path) -> Workspace:
    """A copy of the group's folder, and of what was kept outside it."""
    workspace = Workspace(tmp_path / "group")
    shutil.copytree(HERE / version / "group", workspace.root)
    for kind in get_args(private_dirs.Kind):
        kept = HERE / version / "private" / kind
        if kept.is_dir():
            shutil.copytree(kept, private_dirs.of(workspace.root, kind))
    return workspace


every_version = pytest.mark.parametrize("version", VERSIONS)


def test_there_are_files_of_a_version_before() -> None:
    assert VERSIONS
    for version in VERSIONS:
        assert (HERE / version / "README.md").is_file()


@each("group/sessions", ".toml")
def test_a_record_says_what_it_said(version: str, path: Path) -> None:
    before = expected(version, "records")[f"sessions/{path.as_posix()}"]
    file = HERE / version / "group" / "sessions" / path
    if before is None:
        with pytest.raises(UserError):
            record_file.read(file)
        return
    record = record_file.read(file)
    assert lost(before, plain(record)) == []
    assert record_file.loads(record_file.dumps(record).encode(), file) == record


@each("group/sessions", ".md")
def test_a_page_is_still_known_to_be_drawn_from_its_record(version: str, path: Path, group: Workspace) -> None:
    before = expected(version, "pages")[f"sessions/{path.as_posix()}"]
    page = group.sessions / path
    record = record_file.read(page.with_suffix(".toml"))
    known = page_options_guess.recognised(page.read_text("utf-8"), record, renderer(group))
    assert known is not None
    assert lost(before, plain(known.options)) == []


@every_version
def test_former_versions_of_records_are_found(version: str, group: Workspace) -> None:
    for record_id, before in expected(version, "history").items():
        found = [
            {"when": v.when, "record": v.record, "page": v.page is not None} for v in history.versions(group, record_id)
        ]
        assert lost(before, plain(found)) == [], record_id


@each("group/sessions", ".journal")
def test_an_open_workshop_stands_where_it_stood(version: str, path: Path, group: Workspace) -> None:
    before = expected(version, "journals")[f"sessions/{path.as_posix()}"]
    live = LiveSession.look_on(group.sessions / path, InventedClock(0.0, LATER))
    assert [type(event).__name__ for event in live.history] == before["events"]
    differing = lost(before["state"], plain(live.state))
    # whose turn it is in a step that was opened again, or in which a role changed, follows the rules of today
    assert [line for line in differing if not line.startswith((".turn.", ".rounds_begun:"))] == []
    assert lost(expected(version, "kits")[f"{before['kit'][0]}.toml"], plain(live.state.kit)) == []
    assert lost(before["records"], plain(to_record.records(live.state, before["now"], None))) == []


@each("group/sessions", ".journal")
def test_an_open_workshop_goes_on(version: str, path: Path, group: Workspace) -> None:
    before = expected(version, "journals")[f"sessions/{path.as_posix()}"]
    live = LiveSession.resume(group.sessions / path, InventedClock(0.0, LATER))
    assert [type(event).__name__ for event in live.history][: len(before["events"])] == before["events"]
    assert live.leave()
    again = LiveSession.look_on(group.sessions / path, InventedClock(0.0, LATER))
    assert again.history == live.history


@every_version
def test_the_journals_hold_every_event_of_their_version_that_is_still_one(version: str) -> None:
    told = {kind for journal in expected(version, "journals").values() for kind in journal["events"]}
    assert told <= set(KINDS)
    assert len(told) > 30


@each("group/kits", ".toml")
def test_a_kit_is_what_it_was(version: str, path: Path) -> None:
    kit = loader.load(HERE / version / "group" / "kits" / path)
    assert lost(expected(version, "kits")[path.as_posix()], plain(kit)) == []


@every_version
def test_a_group_is_who_it_was(version: str, group: Workspace) -> None:
    assert lost(expected(version, "group"), plain(group.group())) == []


@each("settings", ".toml")
def test_settings_are_what_they_were(version: str, path: Path) -> None:
    before = expected(version, "settings")[path.as_posix()]
    store = settings.SettingsStore.load(HERE / version / "settings" / path)
    now = {
        **plain(store.values),
        "words": plain(store.values.guidance_levels),
        "levels": [[who, kit, store.values.guidance_for(who, kit)] for who, kit, _level in before["levels"]],
    }
    assert lost(before, now) == []
    assert store.notice == ""


@every_version
def test_what_was_decided_for_sharing_still_holds_line_by_line(version: str, group: Workspace) -> None:
    for record_id, before in expected(version, "sharing").items():
        choice = share_log.load(group, record_id)
        assert choice is not None
        assert lost(before["choice"], plain(choice)) == []
        record = record_file.read(listing.find(group, record_id))
        own = group.group()
        known = pseudonyms.known_names([record], own.members, group=own.name)
        prepared = redaction.prepare(record, choice, known, random.Random(1))
        lines = [[line.place, line.before, line.leaves, line.fresh] for line in prepared.lines]
        assert lost(before["lines"], lines) == []


@every_version
def test_it_is_known_where_copies_went(version: str, group: Workspace) -> None:
    found = [[copy.record, str(copy.path), copy.day] for copy in share_log.copies(group)]
    assert sorted(found) == sorted(expected(version, "copies"))


@each("private/notebook", ".toml")
def test_a_page_of_the_notebook_says_what_it_said(version: str, path: Path) -> None:
    entry = notebook.read(HERE / version / "private" / "notebook" / path)
    assert lost(expected(version, "notebook")[path.as_posix()], plain(entry)) == []


@every_version
def test_workshops_that_took_refuge_come_home(version: str, group: Workspace) -> None:
    home = {path.name: path for path in fallback_store.bring_home(group)}
    for before in expected(version, "recovery"):
        live = LiveSession.look_on(home.pop(before["file"]), InventedClock(0.0, LATER))
        assert [type(event).__name__ for event in live.history] == before["events"]
        assert lost(before["state"], plain(live.state)) == []
    assert home == {}
    assert fallback_store.waiting(group) == []


@every_version
def test_the_archive_lists_what_it_listed(version: str, group: Workspace) -> None:
    now = [
        [line.id, line.title, line.date, line.offeror, line.kit, line.due, bool(line.fault)]
        for line in listing.lines(group)
    ]
    assert lost(expected(version, "listing"), plain(now)) == []


@every_version
def test_the_check_finds_nothing_that_it_did_not_find(version: str, group: Workspace) -> None:
    found = check.look(group, page=renderer(group), wall=LATER)
    # keys that nothing reads are hinted at since, and a session that waits outside the folder is told
    inside = [one for one in found if one.serious and one.kind != "recovered"]
    now = [[one.path.relative_to(group.root).as_posix(), bool(one.mend)] for one in inside]
    assert sorted(now) == expected(version, "check")
