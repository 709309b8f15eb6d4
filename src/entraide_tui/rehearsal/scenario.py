"""A scenario: a made-up group that plays a kit, for rehearsals, demonstrations and tests."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from entraide_tui.common import toml, validation
from entraide_tui.common.errors import InvalidFileError, UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import LANGUAGES, _
from entraide_tui.common.text import clean
from entraide_tui.kits.catalogue import shipped_folder
from entraide_tui.kits.loader import LARGEST, shape
from entraide_tui.kits.model import GestureName, in_language

if TYPE_CHECKING:
    from pathlib import Path

IncidentKind = Literal[
    "early-advice", "too-long", "silent", "defends", "vague", "debate", "weak-plan", "emotion", "energy", "stuck",
    "overrun", "late-arrival",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """The people."""

    offeror: str = ""
    facilitator: str = ""
    contributors: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """Something written on a card, or put aside.

    Attributes:
        id: by which it is picked, or brought back, later in the play.
        says: how it is said aloud, where that is livelier than the note.
        parked: it was put aside before, and comes back.
    """

    text: str = ""
    by: str = ""
    kind: str = ""
    parked: bool = False
    id: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioAction:
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
class Speech:
    """What somebody says aloud.

    Attributes:
        at: minutes since the step began.
    """

    at: float
    by: str
    says: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that the facilitator has to react to.

    Attributes:
        at: minutes since the step began.
        by: whom it is about.
        sees: what one sees; `says`: what this person says, if anything.
        eased: what follows a good reaction; `ignored`: what follows none within two minutes.
        answers: the gestures that answer it, where they are not the obvious ones.
        hint: for the debrief: what one can do there.
    """

    at: float
    kind: IncidentKind
    by: str = ""
    sees: str = ""
    says: str = ""
    eased: str = ""
    ignored: str = ""
    answers: tuple[GestureName, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One step, as the made-up group plays it.

    Attributes:
        takes: minutes until the group is done; the kit's usual time where left out.
        extend: minutes that the facilitator adds.
        pause: minutes of an interruption.
        skip: the reason why the step is skipped.
        pick: ids or texts of what was written before.
    """

    id: str
    takes: float | None = None
    extend: float = 0
    pause: float = 0
    skip: str = ""
    speech: tuple[Speech, ...] = ()
    incidents: tuple[Incident, ...] = ()
    write: tuple[SpokenLine, ...] = ()
    park: tuple[SpokenLine, ...] = ()
    pick: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    actions: tuple[ScenarioAction, ...] = ()
    form: tuple[Answers, ...] = ()
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """The whole play.

    Attributes:
        language: of all its texts.
        summary: what is tried out in it.
        difficulty: 1 a calm group, 2 an ordinary one, 3 a stormy one.
    """

    format: int
    kit: str
    title: str
    steps: tuple[Scene, ...]
    language: str = "fr"
    themes: tuple[str, ...] = ()
    people: Cast = field(default_factory=Cast)
    summary: str = ""
    difficulty: int = 2

    def scene(self, step_id: str, occurrence: int) -> Scene:
        """The scene of a step; a step that is not named takes its usual time and stays empty."""
        scenes = [s for s in self.steps if s.id == step_id]
        return scenes[occurrence] if occurrence < len(scenes) else Scene(step_id)


def load(path: Path, language: str = "") -> Scenario:
    """The play in that language where it has it, else in its own.

    Raises FileError, InvalidFileError with each fault.
    """
    data = read_bounded(path, LARGEST)
    document = toml.parse(data, path)
    wanted = language or str(document.get("language", LANGUAGES[0]))
    spoken, several = _spoken(document, wanted)
    if several:
        spoken["language"] = wanted if wanted in LANGUAGES else "en"
    findings = shape(spoken, Scenario, data.decode("utf-8-sig").replace("\r\n", "\n"))
    if findings:
        raise InvalidFileError(_("this scenario can't be played."), file=path, findings=tuple(findings))
    return _tied(validation.make(spoken, Scenario))


def _spoken(table: dict[str, Any], language: str) -> tuple[dict[str, Any], bool]:
    """The same table where each table of languages within it is its text in one of them; whether there was any."""
    parts = {key: _in_one(inner, language) for key, inner in table.items()}
    return {key: part for key, (part, _any) in parts.items()}, any(found for _part, found in parts.values())


def _in_one(value: Any, language: str) -> tuple[Any, bool]:  # noqa: ANN401 - TOML values
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            return in_language(value, language), True
        return _spoken(value, language)
    if isinstance(value, list):
        items = [_in_one(inner, language) for inner in value]
        return [part for part, _any in items], any(found for _part, found in items)
    return value, False


def _tied(play: Scenario) -> Scenario:
    """What is picked or comes back is told by its text from here on."""
    every = [line for scene in play.steps for line in (*scene.park, *scene.write)]
    texts = {line.id: line.text for line in every if line.id and line.text}

    def told(line: SpokenLine) -> SpokenLine:
        return line if line.text else replace(line, text=texts.get(line.id, line.id))

    return replace(
        play,
        steps=tuple(
            replace(
                scene,
                write=tuple(map(told, scene.write)),
                park=tuple(map(told, scene.park)),
                pick=tuple(texts.get(one, one) for one in scene.pick),
            )
            for scene in play.steps
        ),
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """A scenario, as one chooses it."""

    path: Path
    kit: str
    title: str
    summary: str
    difficulty: int


def offered(language: str, kit: str = "") -> list[Offered]:
    """Those that ship, the calm ones first; of one kit, or of all."""
    out = []
    for path in sorted((shipped_folder() / "scenarios").glob("*.toml")):
        try:
            document, _several = _spoken(toml.read(path, LARGEST), language)
            found = Offered(
                path,
                clean(str(document["kit"])),
                clean(str(document["title"])),
                clean(str(document.get("summary", ""))),
                int(document.get("difficulty", 2)),
            )
        except (UserError, KeyError, TypeError, ValueError):
            continue
        if kit in ("", found.kit):
            out.append(found)
    return sorted(out, key=lambda o: (o.kit, o.difficulty, o.path.name))
