"""Copy a kit into a group's own folder, noting what it is based on."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.common import toml
from entraide_tui.common.errors import FileError, InputError, InvalidFileError, UserError
from entraide_tui.common.files import read_bounded, reason, write_atomically
from entraide_tui.common.i18n import LANGUAGES, _, language, using_language
from entraide_tui.common.text import slug
from entraide_tui.common.toml.document import Document
from entraide_tui.kits import catalogue, limits, loader
from entraide_tui.kits.model import in_language

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.kits.model import Kit, LocalText

SCHEMA = "kit.schema.json"
"""The file beside the kits by which editors complete and check them."""
_LONGEST_NAME = 200


def copy(source: Path, to: Path, new_id: str) -> Path:
    """Copy a kit file into a folder, byte for byte except its id, version (1) and `based_on`; return its path.

    Puts the kit schema beside it if there is none.

    Args:
        to: the folder of a group's own kits; created if missing.
        new_id: the copy's id, and the name of its file.

    Raises:
        InputError: `new_id` is no id, or another kit has it.
        InvalidFileError: the kit has faults, or its layout can't be kept.
        FileError: the disk refuses.
    """
    target = _free(to, new_id)
    kit = loader.load(source)
    based_on = _based_on(kit)
    data = read_bounded(source, limits.LARGEST)
    try:
        document = Document(data.decode())
        for key, value in {"id": new_id, "version": 1, "based_on": based_on}.items():
            document.put((key,), value, ("id", "version", "licence", "credits", "based_on"))
        copied = str(document)
        new_kit = loader.check(toml.parse(copied.encode(), target), copied).kit
    except (ValueError, UserError):
        new_kit = None
    if new_kit != replace(kit, id=new_id, version=1, based_on=based_on):
        raise InvalidFileError(
            _("its layout can't be kept. Copy the file by hand, and give it another id."), file=source
        )
    try:
        write_atomically(target, copied.encode())
        put_schema(to)
    except OSError as error:
        raise FileError(_("it could not be written: {reason}.").format(reason=reason(error)), file=target) from error
    return target


def put_schema(folder: Path) -> None:
    """Put the kit schema into a folder if there is none. Raises OSError."""
    path = folder / SCHEMA
    if not os.path.lexists(path):
        write_atomically(path, (catalogue.shipped_folder() / SCHEMA).read_bytes())


def _free(folder: Path, new_id: str) -> Path:
    """The path for a new kit. Raises InputError if the id is invalid or taken."""
    if not loader.is_id(new_id):
        what = _("“{id}” can't be an id: it is made of a-z, 0-9 and -, and begins with a letter or a digit.")
        if near := slug(new_id):
            what = _(
                "“{id}” can't be an id: it is made of a-z, 0-9 and -, and begins with a letter or a digit. "
                "What about “{near}”?"
            )
        raise InputError(what.format(id=new_id, near=near))
    target = folder / f"{new_id}.toml"
    if os.path.lexists(target):
        raise InputError(_("this file is there already. Choose another id."), file=target)
    for path, shipped in catalogue.files(folder):
        if new_id in (path.stem, None if shipped else _id_of(path)):  # shipped kits have their ids as file names
            raise InputError(_("this kit has the id “{id}” already. Choose another one.").format(id=new_id), file=path)
    return target


def _id_of(path: Path) -> object:
    try:
        return toml.read(path, limits.LARGEST).get("id")
    except UserError:
        return None


def _based_on(kit: Kit) -> LocalText:
    """The copy's `based_on`, in the languages of the kit's title: the kit, then the kit's own `based_on`."""
    own = [name for name in LANGUAGES if isinstance(kit.title, dict) and name in kit.title]
    if not own:
        return _sentence(kit, language())
    return {name: _sentence(kit, name) for name in own}


def _sentence(kit: Kit, name: str) -> str:
    with using_language(name):
        sentence = (
            _("Based on “{title}” ({id}, version {version}), licence: {licence}.")
            if kit.licence
            else _("Based on “{title}” ({id}, version {version}).")
        ).format(
            title=_short(in_language(kit.title, name)), id=kit.id, version=kit.version, licence=_short(kit.licence)
        )
    both = f"{sentence} {in_language(kit.based_on, name)}".strip()
    return both if len(both) <= limits.LONGEST_TEXT else sentence


def _short(text: str) -> str:
    text = re.sub(r"[ \t\n]+", " ", text).strip()
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
