"""A scenario: a made-up group that plays a kit, for rehearsals, demonstrations and tests."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.ground import door, toml
from entraide_tui.ground.files import read_bounded
from entraide_tui.ground.trouble import Trouble
from entraide_tui.ground.words import _
from entraide_tui.kits.door import LARGEST, shape

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cast:
    """The people."""

    offeror: str = ""
    facilitator: str = ""
    contributors: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Something written on a card, or put aside."""

    text: str
    by: str = ""
    kind: str = ""
    parked: bool = False


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of the plan."""

    what: str
    who: str = ""
    due: datetime.date | None = None
    first_step: str = ""
    idea: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answers in a form; of the group where nobody is named."""

    answers: dict[str, str | int] = field(default_factory=dict)
    by: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One step, as the made-up group plays it.

    Attributes:
        takes: minutes until the group is done; the kit's usual time where left out.
        extend: minutes that the facilitator adds.
        pause: minutes of an interruption.
        skip: the reason why the step is skipped.
    """

    id: str
    takes: float | None = None
    extend: float = 0
    pause: float = 0
    skip: str = ""
    write: tuple[Line, ...] = ()
    park: tuple[Line, ...] = ()
    pick: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    form: tuple[Answers, ...] = ()
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """The whole play."""

    format: int
    kit: str
    title: str
    steps: tuple[Scene, ...]
    language: str = "fr"
    themes: tuple[str, ...] = ()
    people: Cast = field(default_factory=Cast)

    def scene(self, step_id: str, occurrence: int) -> Scene:
        """The scene of a step; a step that is not named takes its usual time and stays empty."""
        scenes = [s for s in self.steps if s.id == step_id]
        return scenes[occurrence] if occurrence < len(scenes) else Scene(step_id)


def load(path: Path) -> Scenario:
    """Raises Trouble with each fault."""
    data = read_bounded(path, LARGEST)
    document = toml.parse(data, path)
    findings = shape(document, Scenario, data.decode("utf-8-sig").replace("\r\n", "\n"))
    if findings:
        raise Trouble(_("this scenario can't be played."), file=path, findings=tuple(findings))
    return door.make(document, Scenario)
