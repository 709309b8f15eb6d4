"""The debrief: facts that add up, remarks that hold, never a blame."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from tests.examples import examples
from tests.workshop.strategies import Move, kit, moves, opening, openings, played, seats, step

from entraide_tui.common import i18n
from entraide_tui.tui.views import debrief_text
from entraide_tui.workshop import debrief, gestures, timing
from entraide_tui.workshop import events as e
from entraide_tui.workshop.fold import apply, fold

BLAME = re.compile(
    r"\b(?:wrong|fault|mistake|fail\w*|bad|should have|too much|faute|erreur|échec|raté|auriez dû|mal)\b", re.IGNORECASE
)


@given(openings(), moves())
@examples(40)
def test_whatever_happened_the_facts_add_up_and_can_be_said(opened: e.Opened, sequence: list[Move]) -> None:
    history: list[e.Event] = [opened, *(one.event for one in played(opened, sequence))]
    session = fold(history)
    now = history[-1].at
    found = debrief.of(history, now)
    assert [s.title for s in found.steps] == [p.title for p in session.plays]
    for line, play in zip(found.steps, session.plays, strict=True):
        assert line.real == pytest.approx(timing.spent(session, play, now) / 60, abs=0.06)
        assert line.outcome == play.outcome
    skipped = [r for r in found.remarks if r.kind in ("skipped-reason", "skipped-silent")]
    assert len(skipped) == sum(p.outcome == "skipped" for p in session.plays)
    for voice in found.voices:
        assert voice.lines >= 0
        person = session.person(voice.name)
        assert person is not None
        assert person.presence != "expected"
    for language in ("fr", "en"):
        i18n.set_language(language)
        for number, remark in enumerate(found.remarks):
            assert "{" not in debrief_text.sentence(remark, number).replace("{", "", 0) or remark.values
        assert all(debrief_text.questions(found))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_sentence_blames(language: str) -> None:
    i18n.set_language(language)
    names = dict.fromkeys(
        ("minutes", "step", "reason", "name", "names", "count", "total", "action", "what", "hint", "gesture"), "x"
    )
    kinds = debrief_text._SENTENCES
    for kind in kinds:
        for number in (0, 1):
            said = debrief_text.sentence(debrief.Remark(kind, names), number)
            assert not BLAME.search(said), said


WHOLE = kit(step("a", 10), step("b", 10))


def session_with(*events: e.Event) -> tuple[list[e.Event], float]:
    history: list[e.Event] = [opening(WHOLE, seats("Awa", "Jean", "Inès", "Marc"))]
    state = fold(history)
    begun = gestures.next_step(state, 0.0)
    assert begun is not None
    history += [begun, *events]
    state = fold(history)
    now = 1200.0
    for at in (600.0, now):
        event = gestures.next_step(state, at)
        if event is not None:
            history.append(event)
            state = apply(state, event)
    return history, now


def kinds_of(*events: e.Event) -> set[str]:
    history, now = session_with(*events)
    return {remark.kind for remark in debrief.of(history, now).remarks}


def asked(text: str) -> set[str]:
    return kinds_of(e.TextSet(at=1.0, name="request.text", text=text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Aidez-moi à trouver deux personnes pour la caisse du samedi.", "clear-request"),
        ("Help me to find two people for the Saturday till.", "clear-request"),
        ("Comment annoncer la fermeture aux familles sans les perdre ?", "clear-request"),
        ("Le comité", "vague-request"),
        ("C’est toujours pareil avec eux le lundi matin", "vague-request"),
        ("Il faut trouver deux personnes pour la caisse du samedi.", "no-help-me"),
        ("Aidez-moi à présenter le PCSES au CRUQPC de mardi.", "initials"),
        ("Aidez-moi à décider " + "de la suite et de tout " * 9, "long-request"),
    ],
)
def test_a_request_that_a_stranger_would_understand_is_told_from_one_that_not(text: str, kind: str) -> None:
    found = asked(text)
    assert kind in found
    assert ("clear-request" in found) == (kind == "clear-request")


def planned(**values: str) -> set[str]:
    held = {
        "what": "Appeler le marché",
        "who": "Awa",
        "due": "2026-12-05",
        "first_step": "Chercher le numéro",
        **values,
    }
    return kinds_of(e.Planned(at=1.0, action="a1", **held))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "full-plan"),
        ({"who": ""}, "no-person"),
        ({"due": ""}, "no-date"),
        ({"first_step": ""}, "no-first-step"),
        ({"first_step": "Organiser toute la fête"}, "large-step"),
    ],
)
def test_each_action_has_a_person_a_date_and_a_first_step_that_is_small(values: dict[str, str], kind: str) -> None:
    found = planned(**values)
    assert kind in found
    assert ("full-plan" in found) == (kind == "full-plan")


def said_by(*names: str) -> set[str]:
    return kinds_of(
        *(
            e.Written(at=1.0, item=f"i{n}", section="contributions", text=f"t{n}", by=name)
            for n, name in enumerate(names)
        )
    )


def test_who_was_heard_and_who_was_not() -> None:
    assert "all-heard" in said_by("Awa", "Inès", "Marc")
    assert "unheard" in said_by("Awa", "Inès")
    assert "one-voice" in said_by("Awa", "Marc", *["Inès"] * 9)
    assert not said_by() & {"all-heard", "unheard", "one-voice"}


def test_who_asks_is_heard_without_a_line_of_their_own() -> None:
    lines = [e.Written(at=2.0, item=f"i{n}", section="contributions", text="t", by=n) for n in ("Inès", "Marc")]
    asked = e.TextSet(at=1.0, name="request.text", text="Help me to find two people for the till.")
    assert "unheard" in kinds_of(*lines)
    assert "all-heard" in kinds_of(asked, *lines)


def test_time_and_the_script() -> None:
    assert "on-time" in kinds_of()
    used = e.BeganEarlier(at=2.0, seconds=120.0)
    assert "extended" in kinds_of(e.Extended(at=1.0, play="a", seconds=180), used)
    assert "extended" not in kinds_of(e.Extended(at=1.0, play="a", seconds=180)), "it was not needed"
    assert "skipped-silent" in kinds_of(e.Skipped(at=1.0, play="b"))
    assert "skipped-reason" in kinds_of(
        e.Skipped(at=1.0, play="b"), e.ReasonGiven(at=2.0, play="b", reason="Léa était fatiguée.")
    )


def test_an_idea_that_waited_came_back() -> None:
    early = e.Written(at=1.0, item="p", section="parking", text="t", by="Marc", kind="idea")
    assert "parked-back" in kinds_of(early, e.Unparked(at=2.0, item="p"))
    assert not kinds_of(early) & {"parked-back", "all-done"}
