"""One person's settings count in every command, and no command loses them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from entraide_tui import cli
from entraide_tui.common.settings import Settings
from entraide_tui.common.workspace import Workspace

FRENCH, ENGLISH = "aucune trace écrite", "no record yet"


def settings_file() -> Path:
    return Path(os.environ["ENTRAIDE_SETTINGS"])


def put(text: str) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, "utf-8")


@pytest.mark.parametrize("words", [["list"], ["search", "x"], ["actions"], ["kits", "list"], ["check"]])
def test_every_command_speaks_the_language_of_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    folder = Workspace(tmp_path)
    folder.make()
    said = {}
    for language in ("fr", "en"):
        put(f'language = "{language}"\n')
        cli.main([*words, "--workspace", str(tmp_path)])
        said[language] = "".join(capsys.readouterr())
    put("")
    for language in ("fr", "en"):
        cli.main([*words, "--workspace", str(tmp_path), "--lang", language])
        assert "".join(capsys.readouterr()) == said[language]
    assert said["fr"] != said["en"]


@pytest.mark.parametrize(
    ("option_settings_group_locale", "spoken"),
    [
        (("en", "fr", "fr", "fr_FR.UTF-8"), "en"),
        (("", "fr", "en", "en_GB.UTF-8"), "fr"),
        (("", "", "fr", "en_GB.UTF-8"), "fr"),
        (("", "", "", "fr_FR.UTF-8"), "fr"),
        (("", "", "", "C"), "en"),
    ],
)
def test_the_order_of_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option_settings_group_locale: tuple[str, ...], spoken: str
) -> None:
    option, settings, group, locale = option_settings_group_locale
    Workspace(tmp_path).make()
    (tmp_path / "entraide.toml").write_text(f'language = "{group}"\n' if group else "", "utf-8")
    monkeypatch.setenv("LC_ALL", locale)
    words = ["--workspace", str(tmp_path), *(["--lang", option] if option else [])]
    assert cli.language_of(words, Settings(language=settings)) == spoken


def test_a_broken_settings_file_stops_no_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Workspace(tmp_path).make()
    put("this is no TOML")
    assert cli.main(["list", "--workspace", str(tmp_path)]) == 0
    assert ENGLISH in capsys.readouterr().err.lower()
