"""A terminal that is closed at the end of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.terminal.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts the program with these arguments; all share one folder."""
    opened: list[Terminal] = []

    def begin(*arguments: str, **options: object) -> Terminal:
        terminal = Terminal(*arguments, folder=tmp_path, **options)  # type: ignore[arg-type]
        opened.append(terminal)
        return terminal

    yield begin
    for terminal in opened:
        terminal.close()
