"""The pages of the docs: each command that they name runs, each example is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tui.conftest import by_what_is_left  # noqa: F401 - what the screens show is waited for by what is left to do

from entraide_tui import cli
from entraide_tui.kits import loader

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[1] / "docs"
SCREEN = re.compile(r"^(?:$|rehearse (?!.*--headless))")
"""Commands that open a screen; what they show is tested where the screens are."""


def commands() -> Iterator[tuple[str, str]]:
    for page in sorted(DOCS.glob("*.md")):
        for line in page.read_text("utf-8").splitlines():
            if line.startswith("    entraide-tui"):
                yield page.stem, line.strip().removeprefix("entraide-tui").strip()


def test_the_pages_name_commands() -> None:
    assert len(list(commands())) > 15
    assert {page for page, _command in commands()} >= {"first-workshop", "own-kit"}


@pytest.mark.parametrize("page", ["first-workshop", "own-kit"])
def test_each_command_runs_in_the_order_of_the_page(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ENTRAIDE_WORKSPACE", str(tmp_path / "group"))
    assert cli.main(["init", str(tmp_path / "group")]) == 0
    for here, command in commands():
        if here != page:
            continue
        words = shlex.split(command)
        if SCREEN.search(command):
            cli.parser().parse_args(words)
            continue
        status = cli.main(words)
        said = capsys.readouterr()
        assert status == 0, f"{command}: {said.err}"
        assert "Traceback" not in said.err
    for name in re.findall(r"-o (\S+)", "\n".join(c for here, c in commands() if here == page)):
        assert (tmp_path / name).stat().st_size > 500, name


def test_each_example_of_a_kit_is_one_that_can_be_played(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", (DOCS / "own-kit.md").read_text("utf-8"), re.DOTALL)
    assert examples
    for number, text in enumerate(examples):
        path = tmp_path / f"{number}.toml"
        path.write_text(text, "utf-8")
        assert loader.check_file(path).findings == ()


def test_every_page_and_picture_that_they_name_is_there() -> None:
    for page in DOCS.glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert "://" in link or (DOCS / link).exists(), f"{page.name}: {link}"


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_each_file_that_the_pages_for_developers_name_is_there(page: str) -> None:
    root = DOCS.parent
    source = root / "src" / "entraide_tui"
    named = set(re.findall(r"`([\w./-]+/(?:[\w.-]+\.(?:py|md|json|toml|po))?)`", (root / page).read_text("utf-8")))
    assert len(named) > 20
    missing = {name for name in named if not any((folder / name).exists() for folder in (source, root, source.parent))}
    assert missing == set()
