"""The kits that the set-up offers, and the way from there to changing one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.tui.views.kit_view import words_of
from entraide_tui.widgets.ask import Question
from entraide_tui.widgets.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entraide_tui.kits.model import Kit


@dataclass(frozen=True, slots=True)
class KitList:
    """What was found.

    Attributes:
        files: where each kit is, by its id.
        broken: kits of the group's own that have faults.
        faults: what is said of those that can't be used.
    """

    kits: list[Kit] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    broken: list[Path] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(own: Path) -> KitList:
    """All kits, the usual one first; each is checked strictly, which takes a moment."""
    from entraide_tui.kits import catalogue

    shelf = KitList()
    for path, shipped in catalogue.files(own):
        try:
            kit = catalogue.find(str(path), None)
        except UserError as error:
            shelf.faults.append("\n".join(error.lines()))
            if not shipped:
                shelf.broken.append(path)
            continue
        shelf.kits.append(kit)
        shelf.files.setdefault(kit.id, path)
    shelf.kits.sort(key=lambda k: (k.id != catalogue.DEFAULT, k.id))
    return shelf


def copied(kit: Kit, make: Callable[[str], None]) -> Question:
    """Asks for the title of a group's own copy."""
    about = plain(_("This kit came with the program and stays as it is. Your group gets a copy."))
    proposal = _("{title}, our way").format(title=words_of(kit.title))
    return Question(
        "edit_kit",
        _("What is your copy called?"),
        lambda said, _choice: make(said),
        text=proposal,
        explain=lambda _said, _choice: about,
    )
