"""What the README promises is so."""

from __future__ import annotations

from pathlib import Path

from entraide_tui import cli
from entraide_tui.widgets.keymap import LIVE, table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_table_of_keys_is_the_registry() -> None:
    shown = README.split("checked by the tests -->\n")[1].split("\n<!-- end of keys")[0]
    assert shown == table(LIVE)


def test_the_two_commands_stand_in_the_first_screenful() -> None:
    first = "\n".join(README.splitlines()[:24])
    assert "pip install uv && uv run entraide-tui" in first
    assert "pip install uv && uv run pytest" in first
    assert "docs/pictures/live-en.svg" in first


def test_every_file_that_it_names_is_there() -> None:
    import re

    for link in re.findall(r"\]\(([^)#]+)\)", README):
        if "://" not in link:
            assert (ROOT / link).exists(), link


def test_every_command_is_named() -> None:
    parser = cli.parser()
    (commands,) = [a for a in parser._actions if a.choices and a.dest != "lang"]
    for name in commands.choices or ():
        assert name in README
