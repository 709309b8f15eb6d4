"""Scenarios: what a simulated group says and does while a kit is played. Their model and loader."""

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
from entraide_tui.kits.limits import LARGEST
from entraide_tui.kits.loader import shape
from entraide_tui.kits.model import GestureName, in_language

if TYPE_CHECKING:
    from pathlib import Path

IncidentKind = Literal[
    "early-advice", "too-long", "silent", "defends", "vague", "debate", "weak-plan", "emotion", "energy", "stuck",
    "overrun", "late-arrival",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of the people, by role; `absent`: who is not there at the start."""

    offeror: str = ""
    facilitator: str = ""
    contributors: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line that somebody says for a card or the parking.

    Attributes:
        id: for picking it, or bringing it back, later in the scenario.
        says: the spoken form, if it differs from the written `text`.
        parked: whether it was parked before and comes back now.
    """

    text: str = ""
    by: str = ""
    kind: str = ""
    parked: bool = False
    id: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioAction:
    """An action of the plan; `idea`: the number of its idea, from 1; 0 for none."""

    what: str
    who: str = ""
    due: datetime.date | None = None
    first_step: str = ""
    idea: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to a form, by field id.

    Attributes:
        answers: a text or number each; for a choice, its number, from 1.
        by: who answers; empty for the group.
        named: whether this person agrees to be named.
    """

    answers: dict[str, str | int] = field(default_factory=dict)
    by: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """Something that somebody says aloud.

    Attributes:
        at: minutes since the start of the step.
    """

    at: float
    by: str
    says: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that the facilitator should react to.

    Attributes:
        at: minutes since the start of the step.
        by: the person concerned.
        sees: what one can see.
        says: what the person says, if anything.
        eased: what follows a fitting reaction.
        ignored: what follows if there is none in time (see `simulated_group.PATIENCE`).
        answers: the gestures that answer it, if not those of `simulated_group.ANSWERS`.
        hint: advice for the debrief.
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
    """What the group does in one step.

    Attributes:
        takes: minutes until the group is done; None: the kit's usual time.
        extend: minutes that the facilitator adds.
        pause: minutes of an interruption.
        skip: the reason for skipping the step; empty if it is played.
        write: lines for the card. park: lines for the parking.
        pick: ids or texts of earlier lines to choose.
        reworded: new texts for the picked lines, in their order.
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
    """A scenario.

    Attributes:
        kit: the id of the kit that it plays.
        language: of all its texts.
        summary: what it lets the facilitator practise.
        difficulty: 1 for a calm group, 2 for an ordinary one, 3 for a stormy one.
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
        """The scene of a step the n-th time it is played (from 0); an empty scene if there is none."""
        scenes = [s for s in self.steps if s.id == step_id]
        return scenes[occurrence] if occurrence < len(scenes) else Scene(step_id)


def load(path: Path, language: str = "") -> Scenario:
    """Load a scenario, its texts in `language` if it has them, else in its own.

    Raises FileError; InvalidFileError, with the faults as findings.
    """
    data = read_bounded(path, LARGEST)
    document = toml.parse(data, path)
    wanted = language or str(document.get("language", LANGUAGES[0]))
    translated, several = _in_one_language(document, wanted)
    if several:
        translated["language"] = wanted if wanted in LANGUAGES else "en"
    findings = shape(translated, Scenario, data.decode("utf-8-sig").replace("\r\n", "\n"))
    if findings:
        raise InvalidFileError(_("this scenario can't be played."), file=path, findings=tuple(findings))
    return _resolve_ids(validation.make(translated, Scenario))


def _in_one_language(table: dict[str, Any], language: str) -> tuple[dict[str, Any], bool]:
    """Replace each table of languages by its text in one of them; also return whether there was any."""
    parts = {key: _value_in_one_language(inner, language) for key, inner in table.items()}
    return {key: part for key, (part, _several) in parts.items()}, any(several for _part, several in parts.values())


def _value_in_one_language(value: Any, language: str) -> tuple[Any, bool]:  # noqa: ANN401 - TOML values
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            return in_language(value, language), True
        return _in_one_language(value, language)
    if isinstance(value, list):
        items = [_value_in_one_language(inner, language) for inner in value]
        return [part for part, _several in items], any(several for _part, several in items)
    return value, False


def _resolve_ids(play: Scenario) -> Scenario:
    """Replace the ids of picked and returning lines by their texts."""
    lines = [line for scene in play.steps for line in (*scene.park, *scene.write)]
    texts = {line.id: line.text for line in lines if line.id and line.text}

    def with_text(line: SpokenLine) -> SpokenLine:
        return line if line.text else replace(line, text=texts.get(line.id, line.id))

    return replace(
        play,
        steps=tuple(
            replace(
                scene,
                write=tuple(map(with_text, scene.write)),
                park=tuple(map(with_text, scene.park)),
                pick=tuple(texts.get(id_or_text, id_or_text) for id_or_text in scene.pick),
            )
            for scene in play.steps
        ),
    )


@dataclass(frozen=True, slots=True)
class ScenarioListing:
    """The data of a scenario that a list shows."""

    path: Path
    kit: str
    title: str
    summary: str
    difficulty: int


def list_shipped(language: str, kit: str = "") -> list[ScenarioListing]:
    """The shipped scenarios of one kit or of all, the calm ones of each kit first. Unreadable ones are skipped."""
    out = []
    for path in sorted((shipped_folder() / "scenarios").glob("*.toml")):
        try:
            document, _several = _in_one_language(toml.read(path, LARGEST), language)
            listing = ScenarioListing(
                path,
                clean(str(document["kit"])),
                clean(str(document["title"])),
                clean(str(document.get("summary", ""))),
                int(document.get("difficulty", 2)),
            )
        except (UserError, KeyError, TypeError, ValueError):
            continue
        if kit in ("", listing.kit):
            out.append(listing)
    return sorted(out, key=lambda o: (o.kit, o.difficulty, o.path.name))
