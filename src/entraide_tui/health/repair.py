"""Repairs what the check of a workspace found, where that loses no word.

Only what a killed program left half-written is deleted; any other file that has to go is moved to `sessions/.history`.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from entraide_tui.archive.editing import history, page_options_guess, saving
from entraide_tui.archive.listing import JOURNAL
from entraide_tui.common.errors import BusyError, FileError, InputError, UserError
from entraide_tui.common.files import make_folder, read_bounded, reason, sweep, sync_folder
from entraide_tui.common.i18n import _
from entraide_tui.common.lock import Lock
from entraide_tui.common.workspace import GROUP_FILE
from entraide_tui.health import copies, leftovers
from entraide_tui.session import fallback_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.health.concern import Concern

_OTHERS = 0o007


def mend(workspace: Workspace, doubt: Concern, *, page: Renderer, wall: float) -> str:
    """Repair one concern that can be repaired; return a sentence about what was done.

    Args:
        page: renders a record's page.
        wall: seconds since 1970.

    Raises:
        UserError: it can't be repaired; nothing is lost.
    """
    with saving.exclusive(workspace), _said(doubt.path):
        match doubt.kind:
            case "page":
                return _page(workspace, doubt.path, page, wall)
            case "copy" if doubt.beside is not None:
                return _copy(workspace, doubt.path, doubt.beside, page, wall)
            case "journal" | "left_over":
                return _leftovers(workspace, doubt.path, wall)
            case "empty_journal":
                return _take_away(doubt.path)
            case "recovered":
                return _bring_home(workspace, doubt.path)
            case "temporary":
                sweep(doubt.path.parent, wall)
                return _("taken away.")
            case "private":
                return _close_off(workspace, doubt.path)
    raise InputError(_("this can't be mended by itself."), file=doubt.path)


@contextlib.contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(
            _("it could not be mended: {reason}. Nothing is lost.").format(reason=reason(error)), file=path
        ) from error


def _page(workspace: Workspace, path: Path, page: Renderer, wall: float) -> str:
    loaded = saving.load(path.with_suffix(".toml"))
    record = loaded.record
    former = saving.page_beside(loaded.path)
    if former is None:
        saving.write_page(loaded.path, page_options_guess.PageOptionsGuess().of(record, page), former)
        return _("the page was written.")
    text = former.decode("utf-8", "replace")
    # A program killed between the record and its page leaves the page of an earlier version of the record.
    earlier = [v.record for v in history.versions(workspace, record.id) if v.record]
    drawn = next((d for r in earlier if (d := page_options_guess.recognised(text, r, page))), None)
    kept = None
    if drawn is None and not history.has_page(workspace, record.id, former):
        kept = history.keep_page(workspace, record.id, former, wall=wall)
    drawn = drawn or page_options_guess.likely(text, record, page)
    saving.write_page(loaded.path, drawn.of(record, page), former)
    if kept:
        return _("the page was written anew; what stood there is kept in {file}.").format(file=kept)
    return _("the page was written anew.")


def _copy(workspace: Workspace, path: Path, first: Path, page: Renderer, wall: float) -> str:
    same = copies.same_bytes(path, first)
    if path.suffix == ".toml" and not same and not _readable(first):
        return _put_in_place_of(workspace, path, first, page, wall)
    kept = history.put_away(workspace, _id_of(first), path, wall=wall)
    if same:
        return _("the second copy was moved to {file}.").format(file=kept)
    return _("the other version was moved to {file}; the history of the record shows how it differs.").format(file=kept)


def _put_in_place_of(workspace: Workspace, path: Path, first: Path, page: Renderer, wall: float) -> str:
    """Replace an unreadable record by its readable copy. Raises OSError, UserError."""
    record = saving.load(path).record
    (kept,) = history.keep(workspace, record.id, read_bounded(first, copies.LARGEST), None, wall=wall)
    path.replace(first)
    sync_folder(first.parent)
    sync_folder(path.parent)
    _page(workspace, first.with_suffix(".md"), page, wall)
    return _("it is the record now; what could not be read is kept in {file}.").format(file=kept)


def _readable(path: Path) -> bool:
    try:
        saving.load(path)
    except UserError:
        return False
    return True


def _id_of(first: Path) -> str:
    """The id under which the history of a record, or of its page, is."""
    with contextlib.suppress(UserError):
        return saving.load(first.with_suffix(".toml")).record.id
    return first.stem


@contextlib.contextmanager
def _held(journal: Path) -> Iterator[None]:
    """Keep other programs from resuming a session meanwhile. Raises UserError if one has it open."""
    stem = leftovers.belongs_to(journal.name) or journal.stem
    lock = Lock(journal.with_name(f".{stem}.lock"))
    if not lock.acquire():
        raise BusyError(_("this session is open in another program."), file=journal)
    try:
        yield
    finally:
        lock.release(remove=True)


def _leftovers(workspace: Workspace, path: Path, wall: float) -> str:
    stem = leftovers.belongs_to(path.name) or path.stem
    with _held(path):
        found = leftovers.files_of(path) if path.suffix == JOURNAL else [path]
        kept = [history.put_away(workspace, stem, one, wall=wall) for one in found]
    return _("it was moved to {file}.").format(file=kept[0].parent)


def _take_away(path: Path) -> str:
    with _held(path):
        if not leftovers.is_empty(path):
            raise InputError(_("this can't be mended by itself."), file=path)
        path.unlink()
    return _("taken away.")


def _bring_home(workspace: Workspace, path: Path) -> str:
    home = fallback_store.home_of(workspace, path)
    make_folder(home.parent)
    with _held(home):
        fallback_store.bring(workspace, path)
    return _("it was moved to {file}.").format(file=home)


def _close_off(workspace: Workspace, path: Path) -> str:
    every = [path]
    if path.is_dir():
        every += [p for p in path.rglob("*") if not p.is_symlink()]
    else:
        every = [workspace.root / GROUP_FILE]
    for one in every:
        mode = one.stat().st_mode
        if mode & _OTHERS:
            one.chmod(mode & 0o7770)
    return _("others can no longer look into it.")
