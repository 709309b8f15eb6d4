"""The simulated group of a rehearsal: who says what when, which incidents happen, whether they were answered.

`now` is in seconds of session time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop import timing
from entraide_tui.workshop.debrief import IncidentSeen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.kits.model import GestureName
    from entraide_tui.rehearsal.scenario import Incident, IncidentKind, Scenario, Scene, SpokenLine
    from entraide_tui.workshop.state import Session, SessionStep

PATIENCE = 120.0
"""Seconds of session time in which an incident can be answered."""
_WRITE_FROM, _WRITE_TO = 0.2, 0.85
"""The fractions of a step's time between which the lines for its card are spread."""

ANSWERS: dict[IncidentKind, frozenset[GestureName]] = {
    "early-advice": frozenset(("park", "next-speaker", "speaker")),
    "too-long": frozenset(("next-speaker", "speaker", "pass", "park")),
    "silent": frozenset(("speaker", "next-speaker", "pass", "round", "note")),
    "defends": frozenset(("next-speaker", "speaker", "note")),
    "vague": frozenset(("extend", "speaker", "note")),
    "debate": frozenset(("next-speaker", "speaker", "round", "park")),
    "weak-plan": frozenset(("extend", "note", "speaker")),
    "emotion": frozenset(("pause", "extend", "insert", "skip", "note")),
    "energy": frozenset(("pause", "insert", "round", "skip", "extend", "next")),
    "stuck": frozenset(("pause", "insert", "round", "skip", "note")),
    "overrun": frozenset(("extend", "keep-end", "next", "skip")),
    "late-arrival": frozenset(("arrived",)),
}
"""The gestures that answer each kind of incident, unless the scenario names others."""


def gesture_of(event: e.Event) -> GestureName | None:
    """The gesture that an event comes from, if it can answer an incident."""
    match event:
        case e.Written(section="parking"):
            return "park"
        case e.SpeakerChosen():
            return "speaker"
        case e.NextSpoke():
            return "next-speaker"
        case e.Passed():
            return "pass"
        case e.RoundBegun():
            return "round"
        case e.Extended(seconds=seconds) if seconds > 0:
            return "extend"
        case e.EndKept() | e.EndPromised():
            return "keep-end"
        case e.Paused():
            return "pause"
        case e.Skipped():
            return "skip"
        case e.Entered() | e.Finished():
            return "next"
        case e.Inserted():
            return "insert"
        case e.Arrived():
            return "arrived"
        # what was written down was heard
        case e.TextSet() | e.Planned():
            return "note"
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Heard:
    """Something to show of the group: said or seen.

    Attributes:
        at: seconds of session time.
        seen: whether it is seen, not said.
        line: the line to write on the card, if it is one.
        asks: whether it asks for a reaction.
    """

    at: float
    text: str
    by: str = ""
    seen: bool = False
    line: SpokenLine | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident that has happened.

    Attributes:
        play: the key of the session step in which it happened.
        at: seconds of session time.
        answered: the gesture that answered it; None if there is none.
        over: whether it was answered or its time is up.
    """

    incident: Incident
    play: str
    at: float
    answered: GestureName | None = None
    over: bool = False


def seats(scenario: Scenario) -> tuple[e.Seat, ...]:
    """The seats to open a session with; absent people may arrive later."""
    people = scenario.people
    out = [e.Seat(people.facilitator, "facilitator")] if people.facilitator else []
    out += [e.Seat(people.offeror, "offeror")] if people.offeror else []
    out += [e.Seat(name) for name in people.contributors]
    return (*out, *(e.Seat(name, present=False) for name in people.absent))


def answers_to(incident: Incident) -> frozenset[GestureName]:
    """The gestures that answer an incident."""
    return frozenset(incident.answers) or ANSWERS[incident.kind]


def duration(scene: Scene, play: SessionStep) -> float:
    """Seconds until the group is done with a step; 0 if it has no time."""
    return scene.takes * 60 if scene.takes is not None else float(play.budget or 0)


def occurrence(session: Session, play: SessionStep) -> int:
    """How many times the same step comes before in the session."""
    before = [p for p in session.plays if p.step == play.step]
    return before.index(play) if play in before else 0


def _moments(scene: Scene, seconds: float) -> list[tuple[float, int, Heard | Incident]]:
    """What happens in a step that takes `seconds`: (second in the step, rank, thing), in order."""
    out: list[tuple[float, int, Heard | Incident]] = [
        (speech.at * 60, 0, Heard(0.0, speech.says, speech.by)) for speech in scene.speech
    ]
    out += [(incident.at * 60, 1, incident) for incident in scene.incidents]
    lines = [line for line in scene.write if not line.parked]
    for number, line in enumerate(lines):
        fraction = _WRITE_FROM + (_WRITE_TO - _WRITE_FROM) * (number / max(1, len(lines) - 1))
        out.append((fraction * seconds, 2, Heard(0.0, line.says or line.text, line.by, line=line)))
    return sorted(out, key=lambda moment: moment[:2])


@dataclass(slots=True)
class SimulatedGroup:
    """Plays a scenario beside a session and watches the facilitator's gestures.

    Attributes:
        happened: the incidents so far.
    """

    scenario: Scenario
    happened: list[Happening] = field(default_factory=list)
    _passed: dict[str, int] = field(default_factory=dict)
    """How many things have happened, by the key of the session step."""

    def incidents_seen(self) -> list[IncidentSeen]:
        """The incidents so far, for the debrief."""
        return [
            IncidentSeen(h.incident.sees or h.incident.says, h.incident.hint, h.answered or "") for h in self.happened
        ]

    def scene(self, session: Session, play: SessionStep) -> Scene:
        """The scene for a step of the session."""
        return self.scenario.scene(play.step, occurrence(session, play))

    def hear(self, session: Session, history: Sequence[e.Event], now: float) -> list[Heard]:
        """Advance the group to `now`; return what was said or seen since the last call."""
        out = self._reactions(history, now)
        play = session.now_playing
        if play is None or not play.step:
            return out
        scene = self.scene(session, play)
        seconds = duration(scene, play)
        spent = timing.spent(session, play, now)
        moments = _moments(scene, seconds)
        passed = self._passed.get(play.key, 0)
        while passed < len(moments) and moments[passed][0] <= spent:
            thing = moments[passed][2]
            passed += 1
            if isinstance(thing, Heard):
                if self._may_speak(session, thing.by):
                    out.append(replace(thing, at=now))
                continue
            self.happened.append(Happening(thing, play.key, now))
            out += _shown(thing, now)
        self._passed[play.key] = passed
        return out

    @staticmethod
    def _may_speak(session: Session, name: str) -> bool:
        """Whether the person is present, or unknown to the session."""
        person = session.person(name)
        return person is None or person.presence == "present"

    def is_done(self, session: Session, now: float) -> bool:
        """Whether the group is done with the current step; False for a step without a time."""
        play = session.now_playing
        return play is not None and timing.spent(session, play, now) >= duration(self.scene(session, play), play) > 0

    def _reactions(self, history: Sequence[e.Event], now: float) -> list[Heard]:
        out: list[Heard] = []
        for number, happening in enumerate(self.happened):
            if happening.over:
                continue
            wanted = answers_to(happening.incident)
            answer = next(
                (g for event in history if event.at >= happening.at and (g := gesture_of(event)) in wanted), None
            )
            if answer is None and now < happening.at + PATIENCE:
                continue
            self.happened[number] = replace(happening, answered=answer, over=True)
            reaction = happening.incident.eased if answer else happening.incident.ignored
            if reaction:
                out.append(Heard(now, reaction, seen=True))
        return out

    # -- what one key writes down

    def unwritten(self, session: Session, now: float) -> SpokenLine | None:
        """The first line said in the current step that is not written down yet."""
        play = session.now_playing
        if play is None:
            return None
        texts = {(item.text, item.by) for item in session.items}
        spent = timing.spent(session, play, now)
        scene = self.scene(session, play)
        for second, _rank, thing in _moments(scene, duration(scene, play)):
            if second > spent or not isinstance(thing, Heard) or thing.line is None:
                continue
            if (thing.line.text, thing.line.by) not in texts:
                return thing.line
        return next((line for line in scene.write if line.parked and (line.text, line.by) not in texts), None)

    def to_park(self, session: Session) -> tuple[str, str]:
        """The early advice of this step to park, and who gave it; empty if there is none, or it is parked already."""
        play = session.now_playing
        parked = {item.text for item in session.in_section("parking")}
        for happening in reversed(self.happened):
            incident = happening.incident
            if play is None or happening.play != play.key or incident.kind != "early-advice":
                continue
            lines = [line for line in self.scene(session, play).park if line.by == incident.by or not incident.by]
            text, by = (lines[0].text, lines[0].by) if lines else (incident.says, incident.by)
            return ("", "") if text in parked else (text, by)
        return "", ""


def _shown(incident: Incident, now: float) -> list[Heard]:
    out = [Heard(now, incident.sees, incident.by, seen=True, asks=True)] if incident.sees else []
    if incident.says:
        out.append(Heard(now, incident.says, incident.by, asks=True))
    return out
