"""Saves a changed record: the former one goes to the history first, and what people added to the file stays.

Nothing is overwritten that was not read, so that nobody's change is lost. The former record and its page are on the
disk, in `sessions/.history`, before the new record is.
"""

from __future__ import annotations

import contextlib
import time
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entraide_tui.archive import record_file
from entraide_tui.archive.editing import history, in_place, page_options_guess
from entraide_tui.archive.editing.table_merge import Pairs, merged, same
from entraide_tui.common import toml
from entraide_tui.common.errors import BusyError, ConflictError, FileError, InputError, InvalidFileError, UserError
from entraide_tui.common.files import make_folder, read_bounded, reason, write_atomically
from entraide_tui.common.i18n import _
from entraide_tui.common.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.archive.page.options import Renderer
    from entraide_tui.common.workspace import Workspace

LARGEST_PAGE = 4 * record_file.LARGEST
TRIES = 3
PATIENCE, PAUSE = 5.0, 0.02
"""Seconds to wait for another program that is changing records: in all, and between two tries."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record as it was read, with the bytes of its file."""

    path: Path
    data: bytes
    record: Record


def load(path: Path) -> Loaded:
    """Read a record in order to change it. Raises FileError, InvalidFileError."""
    data = read_bounded(path, record_file.LARGEST)
    return Loaded(path, data, record_file.loads(data, path))


def change(
    workspace: Workspace, path: Path, make: Callable[[Record], Record], *, page: Renderer, wall: float
) -> Record:
    """Read a record, change it and save it, up to three times if somebody changes the file meanwhile.

    Args:
        make: returns the changed record; called once for each try.
        wall: seconds since 1970.

    Raises:
        UserError: it can't be read or written; the disk has the former record or the new one, whole.
    """
    for left in reversed(range(TRIES)):
        loaded = load(path)
        try:
            return save(workspace, loaded, make(loaded.record), page=page, wall=wall).record
        except ConflictError:
            if not left:
                raise
    raise AssertionError


def save(workspace: Workspace, loaded: Loaded, record: Record, *, page: Renderer, wall: float) -> Loaded:
    """Replace a record, then its page; the former ones go to the history. Return the record as saved.

    The comments, layout and unknown keys of the file stay, and so does the id. Nothing is written if nothing changed.

    Args:
        wall: seconds since 1970.

    Raises:
        ConflictError: the file is no longer what was loaded; nothing was written.
        UserError: it can't be written; the text says what is on the disk.
    """
    wanted = record_file.as_read(replace(record, id=loaded.record.id, format=loaded.record.format), loaded.path)
    if same(record_file.document(wanted), record_file.document(loaded.record)):
        return loaded
    return _put(workspace, loaded, Loaded(loaded.path, rewritten(loaded, wanted), wanted), page, wall)


def restore(workspace: Workspace, path: Path, version: history.Version, *, page: Renderer, wall: float) -> Record:
    """Bring back a former version, comments and unknown keys included; the present one goes to the history.

    Raises InvalidFileError if the version can't be read, UserError as `save` does.
    """
    if version.record is None:
        raise InvalidFileError(_("this version can't be read whole, and so can't come back."), file=version.path)
    data = read_bounded(version.path, record_file.LARGEST)
    old = Loaded(path, data, record_file.loads(data, version.path))
    loaded = _to_replace(path, old.record)
    if old.record.id != loaded.record.id:
        return save(workspace, loaded, old.record, page=page, wall=wall).record
    return loaded.record if data == loaded.data else _put(workspace, loaded, old, page, wall).record


def _to_replace(path: Path, version: Record) -> Loaded:
    """The present file; a broken one counts as the `version` that replaces it.

    Raises FileError, or InvalidFileError if a newer version of the program wrote it.
    """
    data = read_bounded(path, record_file.LARGEST)
    try:
        return Loaded(path, data, record_file.loads(data, path))
    except InvalidFileError:
        if _is_newer(data, path):
            raise
        return Loaded(path, data, version)


def _is_newer(data: bytes, path: Path) -> bool:
    try:
        return record_file.is_newer(toml.parse(data, path))
    except InvalidFileError:
        return False


def _put(workspace: Workspace, loaded: Loaded, new: Loaded, page: Renderer, wall: float) -> Loaded:
    if len(new.data) > record_file.LARGEST:
        raise InputError(_("the record would become too large. Nothing was changed."), file=loaded.path)
    with exclusive(workspace):
        _unchanged(loaded)
        former = page_beside(loaded.path)
        guess = page_options_guess.likely(
            None if former is None else former.decode("utf-8", "replace"), loaded.record, page
        )
        _write_record(workspace, loaded, new.data, former, wall)
        write_page(loaded.path, guess.of(new.record, page), former)
    return new


def rewritten(loaded: Loaded, wanted: Record) -> bytes:
    """The bytes of the loaded file with the record `wanted` in it, and all else as it was.

    Raises InvalidFileError if the file is laid out so that it can't be changed safely.
    """
    path = loaded.path
    raw = toml.parse(loaded.data, path)
    moves: dict[str, Pairs] = {}
    tables = merged(raw, record_file.document(loaded.record), record_file.document(wanted), moves.__setitem__)
    text = loaded.data.decode()
    makers: tuple[Callable[[], str], ...] = (
        lambda: in_place.edited(text, raw, tables, moves),
        # If the layout can't be followed, the whole file is laid out anew, without its comments.
        lambda: text[: text.startswith("\ufeff")] + record_file.write(tables),
    )
    for make in makers:
        with contextlib.suppress(ValueError, UserError):
            data = make().encode()
            written = toml.parse(data, path)
            if same(written, tables) and record_file.of(written, data, path) == wanted:
                return data
    raise InvalidFileError(
        _("this file is written in a way that can't be changed safely. Nothing was changed; edit it in an editor."),
        file=path,
    )


@contextlib.contextmanager
def exclusive(workspace: Workspace) -> Iterator[None]:
    """Keep other programs on this machine from changing the workspace's records. Raises BusyError after `PATIENCE`."""
    from platformdirs import user_cache_path

    name = f"{zlib.crc32(str(workspace.root.resolve()).encode('utf-8', 'replace')):08x}.lock"
    lock = Lock(user_cache_path("entraide-tui") / "locks" / name)
    try:
        make_folder(lock.path.parent)
        left = PATIENCE
        while not lock.acquire():
            if left <= 0:
                raise BusyError(_("another program is changing records here. Try again."), file=workspace.root)
            time.sleep(PAUSE)
            left -= PAUSE
    except OSError:  # no lock can be made: the file is still compared with what was read
        pass
    try:
        yield
    finally:
        lock.release()


def page_beside(path: Path) -> bytes | None:
    """The bytes of a record's page; None if it has none. Raises FileError if it can't be read or is a link."""
    page = path.with_suffix(".md")
    if page.is_symlink():
        raise FileError(_("this is a link to another file: nothing is changed through it."), file=page)
    return read_bounded(page, LARGEST_PAGE) if page.exists() else None


def write_page(path: Path, text: str, former: bytes | None) -> None:
    """Write a record's page beside it unless `former` is the same. Raises FileError."""
    page = path.with_suffix(".md")
    if text.encode() == former:
        return
    try:
        write_atomically(page, text.encode())
    except OSError as error:
        raise FileError(
            _("the record is written, but not its page: {reason}. To write it: entraide-tui check --fix").format(
                reason=reason(error)
            ),
            file=page,
        ) from error


def _unchanged(loaded: Loaded) -> None:
    if loaded.path.is_symlink():
        raise FileError(_("this is a link to another file: nothing is changed through it."), file=loaded.path)
    if read_bounded(loaded.path, record_file.LARGEST) != loaded.data:
        raise ConflictError(_("somebody changed this record meanwhile. Nothing was written over it."), file=loaded.path)


def _write_record(workspace: Workspace, loaded: Loaded, data: bytes, former: bytes | None, wall: float) -> None:
    path = loaded.path
    copies: list[Path] = []
    try:
        copies = history.keep(workspace, loaded.record.id, loaded.data, former, wall=wall)
        _unchanged(loaded)
        write_atomically(path, data)
    except (OSError, UserError) as error:
        there = _bytes(path)
        if there == loaded.data:
            history.drop(copies)
        if isinstance(error, UserError):
            raise
        if there == data:  # the file was replaced, but the disk did not confirm it
            sentence = _("the change is written, but the disk did not confirm it: {reason}.")
        else:
            sentence = _("it could not be written: {reason}. Nothing was changed.")
        raise FileError(sentence.format(reason=reason(error)), file=path) from error
    if _bytes(path) != data:
        raise FileError(
            _("the record was written, but reads back differently. What it was is kept in {folder}.").format(
                folder=history.folder(workspace, loaded.record.id)
            ),
            file=path,
        )


def _bytes(path: Path) -> bytes | None:
    try:
        return read_bounded(path, record_file.LARGEST)
    except FileError:
        return None
