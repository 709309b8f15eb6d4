"""A group's own look: files in the workspace's `templates/` stand in for the built-in ones.

A template comes from a folder that people share. It is read with bounds, and says only what text, where: see
`sandbox` for the Jinja ones, `typesetter` for the Typst ones, `safe_html` for what their result may hold.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.common.errors import FileError, Finding, InvalidFileError, UserError
from entraide_tui.common.files import decode, read_bounded, reason
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.common.errors import Finding
    from entraide_tui.common.workspace import Workspace

BUILT_IN = Path(__file__).parent / "layouts"
LARGEST = 64 * 1024
"""Bytes of the largest template that is read."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a template.

    Attributes:
        path: the group's file; None: it is built in.
    """

    name: str
    text: str
    path: Path | None = None

    @property
    def file(self) -> Path:
        """Where it is, also if it is built in."""
        return self.path or BUILT_IN / self.name

    def refused(self, findings: Sequence[Finding]) -> UserError:
        """The error that says why this template can't be used."""
        what = _("this template can't be used. What templates can do is in docs/templates.md.")
        return InvalidFileError(what, file=self.file, findings=tuple(findings[:20]))


def folder(workspace: Workspace) -> Path:
    """Where a group's own templates are: what the exports take as `templates`."""
    return workspace.root / "templates"


def own(name: str, templates: Path | None) -> Source | None:
    """The group's template of that name, if there is one. Raises FileError, InvalidFileError where it can't be used."""
    if templates is None:
        return None
    path = templates / name
    try:
        if not path.exists():
            return None
        if not path.resolve().is_relative_to(templates.resolve()):
            what = _("this template leads to a file outside of its folder. Put the file itself here.")
            raise InvalidFileError(what, file=path)
    except (OSError, RuntimeError) as error:  # a folder that can't be looked into, a circle of links
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise FileError(_("it can't be read: {reason}.").format(reason=told), file=path) from error
    text = decode(read_bounded(path, LARGEST), path).replace("\r\n", "\n")
    return Source(name, text, path)


def find(name: str, templates: Path | None) -> Source:
    """The group's template of that name, else the built-in one. Raises FileError, InvalidFileError."""
    return own(name, templates) or built_in(name)


@functools.cache
def built_in(name: str) -> Source:
    """The template that ships."""
    return Source(name, (BUILT_IN / name).read_text("utf-8"))
