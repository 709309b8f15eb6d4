"""Seals each test from the machine it runs on: no home, no settings, no locale, no window of anybody's."""

from __future__ import annotations

import gc
import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import is_hypothesis_test
from tests import examples

from entraide_tui.common import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def hunts(config: pytest.Config) -> bool:
    """Whether this run is the campaign."""
    return bool(config.getoption("markexpr") == "campaign")


def pytest_configure(config: pytest.Config) -> None:
    """How often properties are tried."""
    examples.begin(campaign=hunts(config))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a campaign every property is one of its hunts."""
    for item in items if hunts(config) else ():
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
            item.add_marker(pytest.mark.campaign)


def pytest_collection_finish() -> None:
    """What was read until now stays: it need not be looked through for litter again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home, a time zone, a language and a quick disk of the test's own."""
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
    # nobody pulls the plug: only the tests that start the program in a process of its own wait for the disk
    monkeypatch.setattr(os, "fsync", os.fstat)
    i18n.set_language("en")
    yield
    i18n.set_language("en")
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()
