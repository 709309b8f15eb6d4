"""What the app gives to all its screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.common.workspace import Group

if TYPE_CHECKING:
    from entraide_tui.common.clock import Clock
    from entraide_tui.common.settings import Settings, SettingsStore
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.tui.navigator import Navigator


@dataclass(slots=True)
class Context:
    """The services and settings that a screen works with; the app may replace them as it goes on.

    Attributes:
        workspace: the group's; during a rehearsal, the rehearsal's own.
        store: the person's settings, with their file.
    """

    workspace: Workspace
    clock: Clock
    store: SettingsStore
    navigator: Navigator
    group: Group = field(default_factory=Group)

    @property
    def settings(self) -> Settings:
        """The current settings."""
        return self.store.values
