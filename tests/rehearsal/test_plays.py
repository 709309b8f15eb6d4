"""Every kit, in each language and preset, is played to its end by its made-up groups; what they said is on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from entraide_tui.common import i18n
from entraide_tui.kits import catalogue
from entraide_tui.rehearsal import scenario
from entraide_tui.rehearsal.simulated_group import PATIENCE, SimulatedGroup, answers_to, duration, seats
from entraide_tui.rehearsal.transcribe import transcribe
from entraide_tui.session import to_record
from entraide_tui.workshop import debrief, gestures, timing
from entraide_tui.workshop import events as e
from entraide_tui.workshop.fold import apply, fold

if TYPE_CHECKING:
    from entraide_tui.kits.model import Kit
    from entraide_tui.rehearsal.scenario import Scenario
    from entraide_tui.workshop.state import Session

FOLDER = Path(__file__).parents[2] / "kits"
PLAYS = sorted((FOLDER / "scenarios").glob("*.toml"))
STEP = 30.0
"""Seconds between two looks."""


class Leader:
    """Leads a made-up group without a screen: listens, writes down, answers what happens, or does not."""

    def __init__(self, kit: Kit, play: Scenario, *, answers: bool = True) -> None:
        self.group = SimulatedGroup(play)
        self.answers = answers
        self.heard: list[str] = []
        self.now = 0.0
        opening = e.Opened(
            at=0.0, session="s", origin=1_795_248_000.0, language=play.language, kit=kit, title=play.title,
            people=seats(play),
        )  # fmt: skip
        self.history: list[e.Event] = [opening]
        self.state: Session = fold(self.history)

    def do(self, event: e.Event | None) -> None:
        if event is not None:
            self.history.append(event)
            self.state = apply(self.state, event)

    def lead(self) -> Session:
        self.do(gestures.next_step(self.state, self.now))
        while self.state.finished is None:
            play = self.state.now_playing
            assert play is not None
            scene = self.group.scene(self.state, play)
            if scene.skip:
                self.do(gestures.skip(self.state, self.now))
                self.do(e.ReasonGiven(at=self.now, play=play.key, reason=scene.skip))
                continue
            until = max(duration(scene, play), STEP)
            while timing.spent(self.state, play, self.now) < until:
                self.now += STEP
                self.listen()
            if scene.extend:
                self.do(gestures.extend(self.state, self.now, round(scene.extend * 60)))
            for line in scene.park:
                if line.text not in {item.text for item in self.state.items}:
                    self.park(line.text, line.by)
            while events := transcribe(self.state, self.group, self.now, self.name):
                for event in events:
                    self.do(event)
            self.do(gestures.next_step(self.state, self.now))
        return self.state

    def name(self, letter: str) -> str:
        return f"{letter}{len(self.history)}"

    def park(self, text: str, by: str) -> None:
        item = f"p{len(self.history)}"
        self.do(e.Written(at=self.now, item=item, section="parking", text=text, by=by, kind="idea"))

    def listen(self) -> None:
        self.heard += [heard.text for heard in self.group.hear(self.state, self.history, self.now)]
        for happening in list(self.group.happened) if self.answers else ():
            if not happening.over:
                wanted = sorted(answers_to(happening.incident))
                assert any(self.react(gesture, happening.incident.by) for gesture in wanted), happening
        if self.state.paused is not None:
            self.do(e.Continued(at=self.now))

    def react(self, gesture: str, by: str) -> bool:
        """Whether the gesture could be made."""
        state, now = self.state, self.now
        event: e.Event | None
        match gesture:
            case "park":
                text, whose = self.group.to_park(state)
                self.park(text or "later", whose or by)
                return True
            case "arrived":
                event = e.Arrived(at=now, name=by)
            case "extend":
                event = gestures.extend(state, now, 60)
            case "keep-end":
                event = gestures.keep_end(state, now) or gestures.extend(state, now, 60)
            case "pass":
                event = gestures.pass_turn(state, now)
            case "round":
                event = gestures.second_round(state, now)
            case "next-speaker":
                event = gestures.next_speaker(state, now)
            case "speaker":
                event = e.SpeakerChosen(at=now, name=by)
            case "pause":
                event = gestures.pause(state, now)
            case _:
                event = e.TextSet(at=now, name=f"notes.{state.current}", text="heard")
        self.do(event)
        return event is not None


def kit_of(play: Scenario) -> Kit:
    return catalogue.find(play.kit, None)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PLAYS, ids=[p.stem for p in PLAYS])
def test_each_scenario_is_played_to_the_end_in_each_preset(path: Path, language: str) -> None:
    i18n.set_language(language)
    play = scenario.load(path, language)
    kit = kit_of(play)
    for preset in ("", *(p.id for p in kit.presets)):
        leader = Leader(kit.with_choices(preset, ()), play)
        state = leader.lead()
        records = to_record.records(state, leader.now, None, ())
        assert len(records) == (len(state.offerors) if kit.repeats else 1)
        if preset:
            continue
        assert all(happening.answered for happening in leader.group.happened), "each incident was answered"
        spoken = [said.says for scene in play.steps for said in scene.speech]
        missing = [text for text in spoken if text not in leader.heard]
        assert not missing, "who is there and whose step is played was heard"
        incidents = [i for scene in play.steps for i in scene.incidents]
        assert len(leader.group.happened) == len(incidents)
        for one in incidents:
            assert one.sees in leader.heard
            assert one.eased in leader.heard
        for scene in play.steps:
            written = {item.text for item in state.items}
            assert {line.text for line in scene.write} <= written, scene.id
        assert {a.what for s in play.steps for a in s.actions} == {a.what for a in state.actions}
        assert leader.history[0]


@pytest.mark.parametrize("path", PLAYS, ids=[p.stem for p in PLAYS])
def test_who_does_not_react_goes_on_all_the_same(path: Path) -> None:
    play = scenario.load(path, "en")
    leader = Leader(kit_of(play), play, answers=False)
    state = leader.lead()
    # the last ones may still wait when the group has gone home
    left = [h for h in leader.group.happened if not h.over]
    assert all(leader.now - h.at < PATIENCE for h in left)
    found = debrief.of(leader.history, leader.now, leader.group.incidents_seen())
    kinds = {remark.kind for remark in found.remarks}
    assert kinds & {"unanswered", "answered"}
    assert state.finished is not None


def test_the_debrief_of_a_rehearsal_says_what_was_done() -> None:
    play = scenario.load(FOLDER / "scenarios" / "atelier-entraide-agite.toml", "en")
    leader = Leader(kit_of(play), play)
    leader.lead()
    found = debrief.of(leader.history, leader.now, leader.group.incidents_seen())
    answered = [remark for remark in found.remarks if remark.kind == "answered"]
    assert len(answered) == len(leader.group.happened)
    possible = {gesture for h in leader.group.happened for gesture in answers_to(h.incident)}
    assert {remark.values["gesture"] for remark in answered} <= possible
    assert {step.title for step in found.steps if step.outcome == "skipped"}
    assert sum(voice.lines for voice in found.voices) > 10
    assert found.rehearsal
