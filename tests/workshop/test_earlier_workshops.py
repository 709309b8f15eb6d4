"""Which step has a use for what earlier workshops left."""

from __future__ import annotations

from tests.workshop.strategies import kit, opening, seats, step

from entraide_tui.kits.model import Card, FormField
from entraide_tui.workshop import earlier_workshops as earlier
from entraide_tui.workshop import events as e
from entraide_tui.workshop import fold

KIT = kit(
    step("accueil", 5),
    step("sujets", 5, card=Card("list", "topics")),
    step("choix", 5, card=Card("pick", "topics", from_="topics")),
    step("demande", 5, card=Card("form", "request", fields=(FormField("text", "text", "?"),))),
    step("suivi", 5, looks_back=True),
)


def uses(play: str, *more: e.Event) -> tuple[bool, bool, bool, bool]:
    """Whether that step looks back, gathers topics, asks, and wants topics that wait."""
    events = [opening(KIT, seats("Awa", "Jean", "Inès")), e.Entered(at=0.0, play=play, how="start"), *more]
    state = fold.fold(events if play else events[:1])
    return earlier.looks_back(state), earlier.gathers_topics(state), earlier.asks(state), earlier.wants_topics(state)


def test_the_first_step_and_those_that_the_kit_names_look_back() -> None:
    assert uses("accueil") == (True, False, False, False)
    assert uses("suivi") == (True, False, False, False)


def test_topics_are_gathered_where_they_are_written_and_not_where_one_is_chosen() -> None:
    assert uses("sujets") == (False, True, False, True)
    assert uses("choix") == (False, False, False, False)


def test_a_step_that_asks_wants_a_topic_as_long_as_its_request_is_empty() -> None:
    assert uses("demande") == (False, False, True, True)
    assert uses("demande", e.TextSet(at=1.0, name="request.text", text="How?")) == (False, False, True, False)


def test_before_the_start_nothing_of_the_past_is_of_use() -> None:
    assert uses("") == (False, False, False, False)
