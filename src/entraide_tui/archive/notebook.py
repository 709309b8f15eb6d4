"""The facilitator's private notebook: the debrief of each session, and the answers to two questions.

It lies outside the group's folder, for one person on one machine; nothing of it is ever shared.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from entraide_tui.common import private_dirs, toml, validation
from entraide_tui.common.errors import FileError, InvalidFileError
from entraide_tui.common.files import read_bounded, reason, write_atomically
from entraide_tui.common.i18n import _
from entraide_tui.workshop.debrief import Debrief  # noqa: TC001 - read when the file is checked

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1024 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,120}")


@dataclass(frozen=True, slots=True)
class NotebookEntry:
    """The notebook's entry for one session.

    Attributes:
        answers: by question, as it was asked.
    """

    debrief: Debrief
    answers: dict[str, str] = field(default_factory=dict)
    format: int = 1


def path_of(root: Path, session: str) -> Path:
    """The file of a session's entry.

    Args:
        root: the group's folder.
        session: the session's id.
    """
    name = session if _NAME.fullmatch(session) else private_dirs.hashed_name(session)
    return private_dirs.of(root, "notebook") / f"{name}.toml"


def keep(root: Path, entry: NotebookEntry) -> Path:
    """Write an entry to its file, readable by its owner alone; return the path. Raises FileError."""
    import tomli_w

    path = path_of(root, entry.debrief.session)
    try:
        write_atomically(path, tomli_w.dumps(_without_none(asdict(entry))).encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise FileError(
            _("the notebook could not be written: {reason}.").format(reason=reason(error)), file=path
        ) from error
    return path


def _without_none(value: Any) -> Any:  # noqa: ANN401 - what asdict makes
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, (list, tuple)):
        return [_without_none(inner) for inner in value]
    return value


def read(path: Path) -> NotebookEntry:
    """Read an entry. Raises FileError, InvalidFileError."""
    data = read_bounded(path, LARGEST)
    document = toml.parse(data, path)
    findings = validation.check(document, NotebookEntry, data.decode("utf-8"))
    if findings:
        raise InvalidFileError(_("it could not be read."), file=path, findings=tuple(findings))
    return validation.make(document, NotebookEntry)


def paths(root: Path) -> list[Path]:
    """The files of a group's notebook, in any order; none if its folder can't be read."""
    with contextlib.suppress(OSError):
        return [p for p in private_dirs.of(root, "notebook").glob("*.toml") if not p.name.startswith(".")]
    return []


def newest(root: Path) -> Path | None:
    """The file that was written last, if any."""
    with contextlib.suppress(OSError):
        return max(paths(root), key=lambda p: p.stat().st_mtime, default=None)
    return None
