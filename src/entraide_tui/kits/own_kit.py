"""A kit file being edited: each change is written at once and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common import toml
from entraide_tui.common.errors import ConflictError, FileError, Finding, UserError
from entraide_tui.common.files import decode, read_bounded, reason, write_atomically
from entraide_tui.common.i18n import _, language
from entraide_tui.common.text import slug
from entraide_tui.kits import editing, limits, loader
from entraide_tui.kits.model import in_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.kits.model import Kit

_MARK = "\ufeff".encode()


@dataclass(frozen=True, slots=True)
class KitSnapshot:
    """The content of a kit file: the kit, None if it has errors, and the findings."""

    data: bytes
    kit: Kit | None
    findings: tuple[Finding, ...] = ()


def own_copy(source: Path, folder: Path, title: str = "") -> OwnKit:
    """Copy a kit into the group's own folder, with a new title if one is given. Raises UserError."""
    from entraide_tui.kits import catalogue, copying

    kit = loader.load(source)
    own = title if title not in ("", in_language(kit.title, language())) else ""
    stem = (slug(own) or kit.id)[: limits.LONGEST_ID - 4]
    taken = {name for known in catalogue.headlines(folder, language()) for name in (known.id, known.path.stem)}
    ids = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    path = copying.copy(source, folder, next(name for name in ids if name not in taken))
    if own:
        OwnKit(path).change(lambda text: editing.rename_kit(text, own, everywhere=True))
    return OwnKit(path)


class OwnKit:
    """The editor of one kit file.

    Attributes:
        now: the content when it was last read or written.
    """

    def __init__(self, path: Path) -> None:
        """Raises FileError if the file can't be read."""
        self.path = path
        self.now = self._snapshot(read_bounded(path, limits.LARGEST))
        self._before: list[KitSnapshot] = []
        self._after: list[KitSnapshot] = []

    def _snapshot(self, data: bytes) -> KitSnapshot:
        try:
            toml.parse(data, self.path)
            checked = editing.checked(decode(data, self.path))
        except UserError as error:
            return KitSnapshot(data, None, error.findings or (Finding(error.what),))
        return KitSnapshot(data, checked.kit, checked.findings)

    @property
    def text(self) -> str:
        """The text of the file without a byte order mark. Raises InvalidFileError if it is not UTF-8."""
        return decode(self.now.data, self.path)

    def reload(self) -> bool:
        """Read the file again; return whether somebody else changed it, which can be undone too. Raises FileError."""
        data = read_bounded(self.path, limits.LARGEST)
        if data == self.now.data:
            return False
        self._replace_now(self._snapshot(data))
        return True

    def change(self, edit: Callable[[str], str]) -> bool:
        """Apply `edit` to the text and write it; return False if it changes nothing.

        Raises FileError; ConflictError if somebody else changed the file; what `edit` raises.
        """
        self._refuse_if_changed()
        mark = _MARK if self.now.data.startswith(_MARK) else b""
        new = mark + edit(self.text).encode()
        if new == self.now.data:
            return False
        snapshot = self._snapshot(new)
        self._write(snapshot)
        self._replace_now(snapshot)
        return True

    def undo(self) -> bool:
        """Undo the last change; return False if there is none. Raises FileError, ConflictError."""
        return self._restore(self._before, self._after)

    def redo(self) -> bool:
        """Redo the change undone last; return False if there is none. Raises FileError, ConflictError."""
        return self._restore(self._after, self._before)

    def _restore(self, source: list[KitSnapshot], other: list[KitSnapshot]) -> bool:
        self._refuse_if_changed()
        if not source:
            return False
        self._write(source[-1])
        other.append(self.now)
        self.now = source.pop()
        return True

    def _replace_now(self, snapshot: KitSnapshot) -> None:
        self._before.append(self.now)
        self._after.clear()
        self.now = snapshot

    def _refuse_if_changed(self) -> None:
        """Raise ConflictError if somebody else changed the file, after reading that change."""
        if self.path.exists() and self.reload():
            raise ConflictError(_("somebody else changed this meanwhile. Look at it again."))

    def _write(self, snapshot: KitSnapshot) -> None:
        try:
            write_atomically(self.path, snapshot.data)
        except OSError as error:
            raise FileError(
                _("it could not be written: {reason}.").format(reason=reason(error)), file=self.path
            ) from error
