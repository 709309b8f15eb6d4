"""What one person prefers, on this machine: keys, sound, clock. Kept in the user's own configuration folder."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from entraide_tui.common import toml
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import reason, write_atomically
from entraide_tui.common.i18n import LANGUAGES, _

LARGEST = 64 * 1024


Level = Literal["full", "key-words", "none"]
LEVELS: tuple[Level, ...] = ("full", "key-words", "none")


@dataclass(frozen=True, slots=True)
class Settings:
    """Attributes:
    keys: key by action id, where it is not the default.
    sound: a bell at the last minute and at zero.
    discreet: the moving clock hides until the last minute.
    guidance: what can be said is shown where there is room.
    words: how much of it, by facilitator and kit, where that was chosen.
    """

    language: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    sound: bool = False
    discreet: bool = False
    guidance: bool = True
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def words_for(self, person: str, kit: str) -> Level:
        """How much is said to this facilitator of that kit."""
        held = self.words.get(person, {}).get(kit, "full" if self.guidance else "none")
        return "key-words" if held == "key-words" else "none" if held == "none" else "full"

    def with_words(self, person: str, kit: str, level: Level) -> dict[str, dict[str, str]]:
        """The table with another choice."""
        return {**self.words, person: {**self.words.get(person, {}), kit: level}}


def path() -> Path:
    """Where they are kept."""
    if named := os.environ.get("ENTRAIDE_SETTINGS"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("entraide-tui", appauthor=False) / "settings.toml"


def load() -> Settings:
    """Raises UserError where the file is there and wrong."""
    file = path()
    if not file.is_file():
        return Settings()
    document = toml.read(file, LARGEST)
    settings = Settings()
    wrong: list[str] = []
    for name, value in document.items():
        if not _fits(name, value):
            wrong.append(name)
    if wrong:
        raise UserError(
            _("these settings are not understood: {names}. Mend them, or delete the file.").format(
                names=", ".join(wrong)
            ),
            file=file,
        )
    return replace(settings, **document)


def _fits(name: str, value: Any) -> bool:  # noqa: ANN401 - TOML values
    if name == "keys":
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    if name == "words":
        return isinstance(value, dict) and all(
            isinstance(kits, dict) and all(level in LEVELS for level in kits.values()) for kits in value.values()
        )
    if name == "language":
        return value in ("", *LANGUAGES)
    return name in ("sound", "discreet", "guidance") and isinstance(value, bool)


def save(settings: Settings) -> None:
    """Writes what differs from the defaults. Raises UserError."""
    import dataclasses

    import tomli_w

    default = Settings()
    kept = {
        f.name: getattr(settings, f.name)
        for f in dataclasses.fields(settings)
        if getattr(settings, f.name) != getattr(default, f.name)
    }
    try:
        write_atomically(path(), tomli_w.dumps(kept).encode())
    except OSError as error:
        raise UserError(
            _("the settings could not be written: {reason}.").format(reason=reason(error)), file=path()
        ) from error
