"""What a killed program left is taken away, and nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from entraide_tui.common.files import OLD, sweep, write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def test_only_old_temporary_files_of_ours_are_swept(tmp_path: Path) -> None:
    year = tmp_path / "2026"
    write_atomically(year / "kept.toml", b"x = 1")
    names = (".kept.toml.~123-abcdef", ".kept.toml.~124-fedcba", ".mine.~", "kept.md", ".kept.lock")
    for name in names:
        (year / name).write_text("x")
    now = (year / "kept.toml").stat().st_mtime
    os.utime(year / names[0], (now - OLD - 1, now - OLD - 1))
    os.utime(year / names[2], (now - OLD - 1, now - OLD - 1))
    assert [p.name for p in sweep(tmp_path, now)] == [names[0]]
    assert sorted(p.name for p in year.iterdir()) == sorted(["kept.toml", *names[1:]])
