"""A kit's file while somebody changes it: each change is written at once, each can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common import toml
from entraide_tui.common.errors import ConflictError, FileError, Finding, UserError
from entraide_tui.common.files import decode, read_bounded, reason, write_atomically
from entraide_tui.common.i18n import _, language
from entraide_tui.common.text import slug
from entraide_tui.kits import editing, loader
from entraide_tui.kits.model import in_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.kits.model import Kit

_MARK = "\ufeff".encode()


@dataclass(frozen=True, slots=True)
class KnownKit:
    """What a file holds: the kit, or what is wrong with it; warnings may stand beside a kit."""

    data: bytes
    kit: Kit | None
    findings: tuple[Finding, ...] = ()


def own_copy(source: Path, folder: Path, title: str = "") -> OwnKit:
    """A kit copied into the group's own folder, under that title if it is another one. Raises UserError."""
    from entraide_tui.kits import catalogue, copying

    kit = loader.load(source)
    own = title if title not in ("", in_language(kit.title, language())) else ""
    stem = (slug(own) or kit.id)[: loader.LONGEST_ID - 4]
    taken = {name for known in catalogue.headlines(folder, language()) for name in (known.id, known.path.stem)}
    ids = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    path = copying.copy(source, folder, next(name for name in ids if name not in taken))
    if own:
        OwnKit(path).change(lambda text: editing.rename_kit(text, own, everywhere=True))
    return OwnKit(path)


class OwnKit:
    """Attributes:
    path: the file.
    now: what it held when it was last looked at.
    """

    def __init__(self, path: Path) -> None:
        """Raises FileError where it can't be read at all."""
        self.path = path
        self.now = self._known(read_bounded(path, loader.LARGEST))
        self._before: list[KnownKit] = []
        self._after: list[KnownKit] = []

    def _known(self, data: bytes) -> KnownKit:
        try:
            toml.parse(data, self.path)
            checked = editing.checked(decode(data, self.path))
        except UserError as trouble:
            return KnownKit(data, None, trouble.findings or (Finding(trouble.what),))
        return KnownKit(data, checked.kit, checked.findings)

    @property
    def text(self) -> str:
        """Without a byte order mark. Raises InvalidFileError where it is not UTF-8."""
        return decode(self.now.data, self.path)

    def look(self) -> bool:
        """Reads the file again. True where somebody changed it; that can be undone too. Raises FileError."""
        data = read_bounded(self.path, loader.LARGEST)
        if data == self.now.data:
            return False
        self._take(self._known(data))
        return True

    def change(self, make: Callable[[str], str]) -> bool:
        """Writes what `make` gives for the text; False where it gives the same.

        Raises FileError, ConflictError, InputError.
        """
        self._unchanged()
        mark = _MARK if self.now.data.startswith(_MARK) else b""
        new = mark + make(self.text).encode()
        if new == self.now.data:
            return False
        known = self._known(new)
        self._write(known)
        self._take(known)
        return True

    def undo(self) -> bool:
        """As it was before the last change; False where there is none. Raises FileError, ConflictError."""
        return self._go(self._before, self._after)

    def redo(self) -> bool:
        """The change that was undone last, again; False where there is none. Raises FileError, ConflictError."""
        return self._go(self._after, self._before)

    def _go(self, there: list[KnownKit], back: list[KnownKit]) -> bool:
        self._unchanged()
        if not there:
            return False
        self._write(there[-1])
        back.append(self.now)
        self.now = there.pop()
        return True

    def _take(self, known: KnownKit) -> None:
        self._before.append(self.now)
        self._after.clear()
        self.now = known

    def _unchanged(self) -> None:
        """Nobody's words are written over unseen: a change by somebody else is taken in, and told, first."""
        if self.path.exists() and self.look():
            raise ConflictError(_("somebody else changed this meanwhile. Look at it again."))

    def _write(self, known: KnownKit) -> None:
        try:
            write_atomically(self.path, known.data)
        except OSError as error:
            raise FileError(
                _("it could not be written: {reason}.").format(reason=reason(error)), file=self.path
            ) from error
