"""Reads the kits that the set-up offers, and asks for the title of a copy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.tui.views.kit_view import text_of
from entraide_tui.widgets.ask import Question
from entraide_tui.widgets.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.kits.model import Kit


@dataclass(frozen=True, slots=True)
class KitList:
    """The kits that were read.

    Attributes:
        files: the file of each kit, by its id.
        broken: files of the group's own kits that have faults.
        faults: error texts of the kits that can't be used.
    """

    kits: list[Kit] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    broken: list[Path] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(own: Path) -> KitList:
    """All kits, the default one first. Each is checked strictly, which takes a moment."""
    from entraide_tui.kits import catalogue

    kit_list = KitList()
    for path, shipped in catalogue.files(own):
        try:
            kit = catalogue.find(str(path), None)
        except UserError as error:
            kit_list.faults.append("\n".join(error.lines()))
            if not shipped:
                kit_list.broken.append(path)
            continue
        kit_list.kits.append(kit)
        kit_list.files.setdefault(kit.id, path)
    kit_list.kits.sort(key=lambda k: (k.id != catalogue.DEFAULT, k.id))
    return kit_list


def copy_title(kit: Kit, make: Callable[[str], None]) -> Question:
    """A question that asks for the title of the group's own copy, and calls `make` with it."""
    about = plain(_("This kit came with the program and stays as it is. Your group gets a copy."))
    proposal = _("{title}, our way").format(title=text_of(kit.title))
    return Question(
        "edit_kit",
        _("What is your copy called?"),
        lambda said, _choice: make(said),
        text=proposal,
        explain=lambda _said, _choice: about,
    )
