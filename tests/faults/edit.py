"""A program without a screen that changes a record, for the tests that end it or refuse its disk to it.

    python edit.py FOLDER kill       is ended at each call to the disk in turn, and looks at what is left each time
    python edit.py FOLDER full       fills a small disk with something else, makes room, and changes it then
    python edit.py FOLDER readonly   meets a disk that can't be written to, until it can

What is wrong is an assertion, and a status that is not 0.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.archive.editing import history, saving
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports.markdown import page
from entraide_tui.health import check, repair

NOON = 1_795_258_800.0
NAME = "2026-11-21-essai-k7qm"
RECORD = record_file.loads(
    f'format = 1\nid = "{NAME}"\ntitle = "Essai"\ndate = 2026-11-21\nlanguage = "fr"\n'
    '[[actions]]\nwhat = "Appeler le placier"\nwho = "Awa"\n'.encode(),
    Path("r.toml"),
)
CALLS = ("open", "write", "fsync", "replace", "mkdir", "chmod")


def begin(folder: Path) -> tuple[Workspace, Path]:
    """A record and its page, with a key that only its author knows."""
    workspace = Workspace(folder)
    workspace.make()
    path = workspace.sessions / "2026" / f"{NAME}.toml"
    path.parent.mkdir(mode=0o700)
    path.write_text(record_file.dumps(RECORD) + "\n[photos] # à garder\nfile = 'a.jpg'\n", "utf-8")
    path.with_suffix(".md").write_text(page(RECORD, Options()), "utf-8")
    return workspace, path


def wanted(record: m.Record) -> m.Record:
    """The change."""
    return replace(record, title="Un autre titre", actions=(replace(record.actions[0], status="done"),))


def edit(workspace: Workspace, path: Path) -> None:
    """Makes it. Raises UserError."""
    saving.change(workspace, path, wanted, page=page, wall=NOON)


def look(workspace: Workspace, path: Path, former: bytes, former_page: bytes) -> bool:
    """Whatever happened: the record is the old or the new one, whole, and the old one is kept. Whether it is new."""
    data = path.read_bytes()
    beside = path.with_suffix(".md").read_bytes()
    versions = history.versions(workspace, NAME)
    new = data != former
    assert not new or record_file.read(path) == wanted(RECORD)
    assert b"[photos] # \xc3\xa0 garder\nfile = 'a.jpg'\n" in data
    assert beside in (former_page, page(wanted(RECORD), Options()).encode())
    assert new or beside == former_page
    assert all(v.path.read_bytes() == former for v in versions)
    if new:
        assert versions
        assert versions[0].page is not None
        assert versions[0].page.read_bytes() == former_page
    return new


class At:
    """Something else happens instead of the Nth call to the disk, of whatever kind."""

    def __init__(self, at: int, instead: Callable[[str, Callable[..., Any], tuple[Any, ...]], Any]) -> None:
        self.at, self.calls, self.instead = at, 0, instead
        self.on = True
        self.real = {name: getattr(os, name) for name in CALLS}

    def call(self, name: str) -> Callable[..., Any]:
        """What stands in for a call of that name."""

        def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - any call of the system
            reading = name == "open" and not given[1] & (os.O_WRONLY | os.O_RDWR)
            if self.on and not reading:
                self.calls += 1
                if self.calls == self.at:
                    return self.instead(name, self.real[name], given)
            return self.real[name](*given, **named)

        return called


def ended(own: Path, at: int, *, partly: bool) -> tuple[int, bool]:
    """Ends another program at that call. How it ended, and whether the record is new."""
    workspace, path = begin(own)
    former, former_page = path.read_bytes(), path.with_suffix(".md").read_bytes()
    child = os.fork()
    if not child:

        def end(name: str, real: Callable[..., Any], given: tuple[Any, ...]) -> None:
            if partly:
                real(given[0], bytes(given[1])[: len(given[1]) // 2])
            os._exit(8 if name == "write" else 9)

        calls = At(at, end)
        for name in CALLS:
            setattr(os, name, calls.call(name))
        edit(workspace, path)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    new = look(workspace, path, former, former_page)
    heal(workspace, path)
    shutil.rmtree(own)
    return status, new


def kill(folder: Path) -> None:
    """Each call in turn is the last one; half of a write may be done."""
    # what a program that is ended wrote stays, asked for or not: this is faster
    os.fsync = lambda fd: None  # noqa: ARG005
    at, status, new = 0, 9, []
    while status:
        at += 1
        status, is_new = ended(folder / str(at), at, partly=False)
        new.append(is_new)
        assert status in (0, 8, 9)
        if status == 8:
            ended(folder / f"{at}-partly", at, partly=True)
    assert at > 15
    assert new == sorted(new)
    assert 4 < sum(new) < at - 10
    sys.stdout.write("ok\n")


def heal(workspace: Workspace, path: Path) -> None:
    """What a program that was ended leaves is mended, and the change can be made."""
    later = path.stat().st_mtime + 7200
    for doubt in [found for found in check.look(workspace, page=page, wall=later) if found.mend]:
        repair.mend(workspace, doubt, page=page, wall=later)
    edit(workspace, path)
    assert record_file.read(path) == wanted(RECORD)
    assert [found for found in check.look(workspace, page=page, wall=later) if found.serious] == []
    assert path.with_suffix(".md").read_text("utf-8") == page(wanted(RECORD), Options())


def refused(workspace: Workspace, path: Path, says: str) -> None:
    """The change is refused in plain words, and nothing is changed."""
    before = path.read_bytes()
    what = ""
    try:
        edit(workspace, path)
    except UserError as trouble:
        what = trouble.what
    assert says in what
    assert "Nothing was changed" in what
    assert path.read_bytes() == before
    assert history.versions(workspace, NAME) == []
    assert not [p for p in workspace.sessions.rglob(".*") if p.is_file()]


def full(folder: Path) -> None:
    """Something else fills the disk."""
    workspace, path = begin(folder)
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as other:
        try:
            while True:
                other.write(b"x" * 512)
        except OSError:
            pass
    refused(workspace, path, "the disk is full")
    filler.unlink()
    heal(workspace, path)
    sys.stdout.write("ok\n")


def readonly(folder: Path) -> None:
    """The disk can't be written to at first."""
    workspace, path = begin(folder)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    refused(workspace, path, "the folder is read-only")
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    heal(workspace, path)
    sys.stdout.write("ok\n")


if __name__ == "__main__":
    {"kill": kill, "full": full, "readonly": readonly}[sys.argv[2]](Path(sys.argv[1]))
