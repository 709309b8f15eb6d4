"""Find templates: a group's own in the workspace's `templates/`, else the built-in ones.

A group's template comes from a shared folder, so it is not trusted: `sandbox` restricts Jinja templates, `typesetter`
Typst ones, and `safe_html` checks what they contain.
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
"""Bytes; a larger template is refused."""


@dataclass(frozen=True, slots=True)
class Source:
    """A template.

    Attributes:
        path: the group's file; None if built in.
    """

    name: str
    text: str
    path: Path | None = None

    @property
    def file(self) -> Path:
        """The template's file, the group's or the built-in one."""
        return self.path or BUILT_IN / self.name

    def refused(self, findings: Sequence[Finding]) -> UserError:
        """The error to raise if this template can't be used, with the first 20 findings."""
        what = _("this template can't be used. What templates can do is in docs/templates.md.")
        return InvalidFileError(what, file=self.file, findings=tuple(findings[:20]))


def folder(workspace: Workspace) -> Path:
    """The folder of a group's own templates, which exports take as `templates`."""
    return workspace.root / "templates"


def group_template(name: str, templates: Path | None) -> Source | None:
    """The group's template of that name, if any. Raises FileError, InvalidFileError if it can't be read."""
    if templates is None:
        return None
    path = templates / name
    try:
        if not path.exists():
            return None
        if not path.resolve().is_relative_to(templates.resolve()):
            what = _("this template leads to a file outside of its folder. Put the file itself here.")
            raise InvalidFileError(what, file=path)
    except (OSError, RuntimeError) as error:  # an unreadable folder, a circle of links
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise FileError(_("it can't be read: {reason}.").format(reason=why), file=path) from error
    text = decode(read_bounded(path, LARGEST), path).replace("\r\n", "\n")
    return Source(name, text, path)


def find(name: str, templates: Path | None) -> Source:
    """The group's template of that name, else the built-in one. Raises FileError, InvalidFileError."""
    return group_template(name, templates) or built_in(name)


@functools.cache
def built_in(name: str) -> Source:
    """The built-in template of that name."""
    return Source(name, (BUILT_IN / name).read_text("utf-8"))
