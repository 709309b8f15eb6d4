"""What a screen works with: the same for all screens of one app."""

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
    """What a screen works with. The app changes it as it goes on.

    Attributes:
        workspace: the group's; that of the rehearsal while there is one.
        store: the person's settings, with their file.
    """

    workspace: Workspace
    clock: Clock
    store: SettingsStore
    navigator: Navigator
    group: Group = field(default_factory=Group)

    @property
    def settings(self) -> Settings:
        """The settings that count now."""
        return self.store.values
