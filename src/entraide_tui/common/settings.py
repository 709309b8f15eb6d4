"""The settings of one person on this machine: read once, then changed one key at a time.

Unknown keys and comments in the file stay as they are.
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
"""The largest settings file that is read, in bytes."""

GuidanceLevel = Literal["full", "key-words", "none"]
GUIDANCE_LEVELS: tuple[GuidanceLevel, ...] = get_args(GuidanceLevel)
Place = tuple[str, ...]
"""The path of a setting in the file: `("sound",)`, `("keys", "pause")`, `("words", person, kit)`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One person's preferences.

    Attributes:
        language: of the interface; empty: decided by `cli.language_of`.
        keys: the keys that differ from the defaults, by action id.
        sound: whether to ring the bell at the last minute and at zero.
        discreet: whether to hide the running clock until the last minute.
        guidance: whether to show what can be said, where there is room.
        guidance_levels: the amount of guidance chosen, by facilitator and kit; `words` in the file.
    """

    language: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    sound: bool = False
    discreet: bool = False
    guidance: bool = True
    guidance_levels: dict[str, dict[str, GuidanceLevel]] = field(default_factory=dict)

    def guidance_for(self, person: str, kit: str) -> GuidanceLevel:
        """How much guidance to show this facilitator with that kit."""
        return self.guidance_levels.get(person, {}).get(kit, "full" if self.guidance else "none")


def path() -> Path:
    """The path of the settings file: $ENTRAIDE_SETTINGS, else in the user's configuration folder."""
    if named := os.environ.get("ENTRAIDE_SETTINGS"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("entraide-tui", appauthor=False) / "settings.toml"


class SettingsStore:
    """The settings in use and the file that they are written to.

    Attributes:
        notice: one sentence on what could not be read in the file; empty if nothing.
    """

    def __init__(self, file: Path, values: Settings | None = None, notice: str = "") -> None:
        self.file = file
        self.values = values or Settings()
        self.notice = notice

    @classmethod
    def load(cls, file: Path | None = None) -> SettingsStore:
        """Read the file. What can't be read or is invalid gets its default and a notice; nothing is raised."""
        file = file or path()
        try:
            if not file.is_file():
                return cls(file)
            from entraide_tui.common import toml

            values, rejected = _parse(toml.read(file, LARGEST))
        except UserError as error:
            return cls(file, notice="\n".join(error.lines()))
        except OSError as error:
            file_error = FileError(_("it can't be read: {reason}.").format(reason=reason(error)), file=file)
            return cls(file, notice="\n".join(file_error.lines()))
        if not rejected:
            return cls(file, values)
        rejection = InvalidFileError(
            _("these settings are not understood: {names}.").format(names=", ".join(rejected)), file=file
        )
        return cls(file, values, "\n".join(rejection.lines()))

    def change(self, place: Place, value: bool | str | None) -> None:
        """Change one setting; None restores its default. It applies even if it can't be written.

        Raises FileError if the file can't be written, InvalidFileError if it is not TOML.
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
    """The settings file without a person's guidance levels and their comments; the rest byte for byte.

    Args:
        named: tells whether a facilitator's name is that of the person.

    Raises:
        InvalidFileError: the file is not TOML.
    """
    from entraide_tui.common import toml
    from entraide_tui.common.toml.document import Document

    levels = toml.parse(data, file).get("words")
    people = [person for person in levels if named(person)] if isinstance(levels, dict) else []
    document = Document(data.decode())
    for person in people:
        document.remove(("words", person), comments_too=True)
    return str(document).encode()


def _parse(document: dict[str, Any]) -> tuple[Settings, list[str]]:
    """The settings of a file, and the keys that were rejected."""
    rejected: list[str] = []
    keys: dict[str, str] = {}
    levels: dict[str, dict[str, GuidanceLevel]] = {}
    plain: dict[str, Any] = {}
    for name, value in document.items():
        if name == "keys" and isinstance(value, dict):
            keys = {action: key for action, key in value.items() if isinstance(key, str)}
            rejected += [f"keys.{action}" for action in value if action not in keys]
        elif name == "words" and isinstance(value, dict):
            for person, kits in value.items():
                table = kits if isinstance(kits, dict) else {"": None}
                levels[person] = {kit: level for kit, level in table.items() if level in GUIDANCE_LEVELS}
                rejected += [f"words.{person}.{kit}".rstrip(".") for kit in table if kit not in levels[person]]
        elif (name == "language" and value in ("", *LANGUAGES)) or (
            name in ("sound", "discreet", "guidance") and isinstance(value, bool)
        ):
            plain[name] = value
        else:
            rejected.append(name)
    return Settings(keys=keys, guidance_levels=levels, **plain), rejected
