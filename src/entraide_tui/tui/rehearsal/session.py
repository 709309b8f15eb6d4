"""One rehearsal: its made-up group, its clock, its temporary folder."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.archive.listing import paths
from entraide_tui.common.workspace import Workspace

if TYPE_CHECKING:
    from entraide_tui.common.clock import SteeredClock
    from entraide_tui.rehearsal.simulated_group import SimulatedGroup
    from entraide_tui.tui.rehearsal.tour import Tour

SPEEDS = (1, 2, 5, 10, 20, 60)


@dataclass(slots=True)
class RehearsalSession:
    """A rehearsal in progress.

    Attributes:
        clock: None if something else moves the time.
        speed: seconds of session time for each real one, as chosen.
        home: the group's own workspace, to which the app returns.
        out: the folder to keep the record in; None: it is not kept.
        tour: the hints of the two-minute tour, if this is one.
    """

    group: SimulatedGroup
    clock: SteeredClock | None = None
    speed: float = 10
    home: Workspace | None = None
    folder: Path | None = None
    out: Path | None = None
    tour: Tour | None = None

    def make_workspace(self) -> Workspace:
        """Create a temporary workspace for this rehearsal. Raises FileError."""
        self.folder = Path(tempfile.mkdtemp(prefix="entraide-"))
        workspace = Workspace(self.folder)
        workspace.make()
        return workspace

    def clear(self) -> None:
        """Keep the records in `out`, if set, and delete the temporary folder."""
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            if self.out is not None:
                keep_records(Workspace(self.folder), self.out)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder = None


def keep_records(workspace: Workspace, out: Path) -> list[Path]:
    """Copy the records of a rehearsal and their pages to a folder; return the copies. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    files = [path for record in paths(workspace) for path in (record, record.with_suffix(".md")) if path.is_file()]
    return [Path(shutil.copy(path, out / path.name)) for path in sorted(files)]
