"""The settings of one person on this machine: read once, then changed one key at a time.

The file belongs to its reader: what the program does not understand in it stays as it is, comments too.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from entraide_tui.common.errors import FileError, InvalidFileError, UserError
from entraide_tui.common.files import read_bounded, reason, write_atomically
from entraide_tui.common.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 64 * 1024
"""Bytes of the largest settings file that is read."""

GuidanceLevel = Literal["full", "key-words", "none"]
GUIDANCE_LEVELS: tuple[GuidanceLevel, ...] = get_args(GuidanceLevel)
Place = tuple[str, ...]
"""Where a setting stands in the file: `("sound",)`, `("keys", "pause")`, `("words", person, kit)`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one person prefers.

    Attributes:
        language: of the interface; empty: whatever comes next in the order (see `cli.language_of`).
        keys: key by action id, where it is not the default.
        sound: ring the bell at the last minute and at zero.
        discreet: hide the moving clock until the last minute.
        guidance: show what can be said, where there is room.
        guidance_levels: how much of it, by facilitator and kit, where that was chosen; `words` in the file.
    """

    language: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    sound: bool = False
    discreet: bool = False
    guidance: bool = True
    guidance_levels: dict[str, dict[str, GuidanceLevel]] = field(default_factory=dict)

    def guidance_for(self, person: str, kit: str) -> GuidanceLevel:
        """How much guidance this facilitator gets with that kit."""
        return self.guidance_levels.get(person, {}).get(kit, "full" if self.guidance else "none")


def path() -> Path:
    """The settings file: $ENTRAIDE_SETTINGS, else in the user's configuration folder."""
    if named := os.environ.get("ENTRAIDE_SETTINGS"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("entraide-tui", appauthor=False) / "settings.toml"


class SettingsStore:
    """The settings in use, and the file that keeps them.

    Attributes:
        values: what counts now.
        notice: what could not be understood in the file, in one sentence; empty where all is well.
    """

    def __init__(self, file: Path, values: Settings | None = None, notice: str = "") -> None:
        self.file = file
        self.values = values or Settings()
        self.notice = notice

    @classmethod
    def load(cls, file: Path | None = None) -> SettingsStore:
        """Read the file. One bad entry costs only itself; a file that can't be read costs a notice, never a start."""
        file = file or path()
        try:
            if not file.is_file():
                return cls(file)
            from entraide_tui.common import toml

            values, wrong = _understood(toml.read(file, LARGEST))
        except UserError as error:
            return cls(file, notice="\n".join(error.lines()))
        except OSError as error:
            unread = FileError(_("it can't be read: {reason}.").format(reason=reason(error)), file=file)
            return cls(file, notice="\n".join(unread.lines()))
        if not wrong:
            return cls(file, values)
        aside = InvalidFileError(
            _("these settings are not understood: {names}.").format(names=", ".join(wrong)), file=file
        )
        return cls(file, values, "\n".join(aside.lines()))

    def change(self, place: Place, value: bool | str | None) -> None:
        """Change one setting; None puts the default back. It counts at once, kept or not.

        Raises FileError where the file can’t be written, InvalidFileError where it is not TOML.
        """
        self.values = _changed(self.values, place, value)
        from entraide_tui.common import toml
        from entraide_tui.common.toml.document import Document

        try:
            data = read_bounded(self.file, LARGEST) if self.file.is_file() else b""
            toml.parse(data, self.file)
            document = Document(data.decode())
            if value is None:
                document.remove(place)
            else:
                document.put(place, value)
            new = str(document).encode()
            toml.parse(new, self.file)
            write_atomically(self.file, new)
        except ValueError:
            raise InvalidFileError(
                _("this file is written in a way that can't be changed safely."), file=self.file
            ) from None
        except OSError as error:
            raise FileError(
                _("the settings could not be written: {reason}.").format(reason=reason(error)), file=self.file
            ) from error


def _changed(values: Settings, place: Place, value: bool | str | None) -> Settings:
    match place:
        case ("keys", action):
            keys = {name: key for name, key in values.keys.items() if name != action}
            return replace(values, keys=keys if value is None else {**keys, action: str(value)})
        case ("words", person, kit):
            levels = {name: level for name, level in values.guidance_levels.get(person, {}).items() if name != kit}
            if value in GUIDANCE_LEVELS:
                levels[kit] = value
            return replace(values, guidance_levels={**values.guidance_levels, person: levels})
        case (name,):
            changed: dict[str, Any] = {name: getattr(Settings(), name) if value is None else value}
            return replace(values, **changed)
    raise ValueError(place)


def without_person(data: bytes, file: Path, named: Callable[[str], bool]) -> bytes:
    """The settings file without the guidance that was chosen for somebody, and its comments; all else byte for byte.

    Args:
        named: whether a facilitator's name is that of the person.

    Raises:
        UserError: the file holds something that is not TOML.
    """
    from entraide_tui.common import toml
    from entraide_tui.common.toml.document import Document

    levels = toml.parse(data, file).get("words")
    gone = [person for person in levels if named(person)] if isinstance(levels, dict) else []
    document = Document(data.decode())
    for person in gone:
        document.remove(("words", person), comments_too=True)
    return str(document).encode()


def _understood(document: dict[str, Any]) -> tuple[Settings, list[str]]:
    """The settings of a file, and the names of what is left aside."""
    wrong: list[str] = []
    keys: dict[str, str] = {}
    levels: dict[str, dict[str, GuidanceLevel]] = {}
    plain: dict[str, Any] = {}
    for name, value in document.items():
        if name == "keys" and isinstance(value, dict):
            keys = {action: key for action, key in value.items() if isinstance(key, str)}
            wrong += [f"keys.{action}" for action in value if action not in keys]
        elif name == "words" and isinstance(value, dict):
            for person, kits in value.items():
                table = kits if isinstance(kits, dict) else {"": None}
                levels[person] = {kit: level for kit, level in table.items() if level in GUIDANCE_LEVELS}
                wrong += [f"words.{person}.{kit}".rstrip(".") for kit in table if kit not in levels[person]]
        elif (name == "language" and value in ("", *LANGUAGES)) or (
            name in ("sound", "discreet", "guidance") and isinstance(value, bool)
        ):
            plain[name] = value
        else:
            wrong.append(name)
    return Settings(keys=keys, guidance_levels=levels, **plain), wrong
