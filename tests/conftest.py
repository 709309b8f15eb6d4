"""Seals each test from the machine it runs on: no home, no settings, no locale, no window of anybody's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from entraide_tui.ground import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home, a time zone and a language of the test's own."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name, folder in (("CONFIG", ".config"), ("CACHE", ".cache"), ("DATA", ".local/share"), ("STATE", ".state")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(home / "Documents"))
    monkeypatch.setenv("ENTRAIDE_SETTINGS", str(home / "settings.toml"))
    for name in ("ENTRAIDE_WORKSPACE", "COLUMNS", "LINES", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "TEXTUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TZ", "Europe/Paris")
    if hasattr(time, "tzset"):
        time.tzset()
    words.speak("en")
    yield
    words.speak("en")
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()
