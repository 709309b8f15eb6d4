"""Where actions stand, in which order a board shows them, and which topics come back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.archive.index.archives import NOON, put, record

from entraide_tui.archive import model as m
from entraide_tui.archive.index import Index
from entraide_tui.archive.open_actions import BUCKETS, Promise, Proposal, bucket, ranked, waiting
from entraide_tui.common.workspace import Workspace

DAY = datetime.date
SATURDAY = DAY(2026, 11, 21)


def promise(
    due: DAY | None = None, status: str = "open", record: str = "r", date: DAY | None = SATURDAY, number: int = 0
) -> Promise:
    return Promise(Path("x"), record, date, "", "", "", number, "what", "", due, "", "", status, "", "", "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due", "where"),
    [
        (DAY(2026, 11, 20), "late"), (DAY(2026, 11, 16), "late"), (DAY(2020, 1, 1), "late"), (SATURDAY, "week"),
        (DAY(2026, 11, 22), "week"), (DAY(2026, 11, 23), "later"), (DAY(9999, 12, 31), "later"), (None, "later"),
    ],
)  # fmt: skip
def test_an_open_action_is_late_of_this_week_or_later(due: DAY | None, where: str) -> None:
    assert bucket(promise(due), SATURDAY) == where


def test_a_week_goes_from_monday_to_sunday_over_the_turn_of_the_year() -> None:
    monday = DAY(2026, 12, 28)
    assert bucket(promise(DAY(2027, 1, 3)), monday) == "week"
    assert bucket(promise(DAY(2027, 1, 4)), monday) == "later"


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_over_is_never_late(status: str) -> None:
    assert bucket(promise(DAY(2020, 1, 1), status), SATURDAY) == status


def test_a_board_shows_the_most_pressing_first() -> None:
    late, later_late, today, later, undated = (
        promise(DAY(2026, 1, 1)), promise(DAY(2026, 11, 1)), promise(SATURDAY), promise(DAY(2027, 1, 1)), promise(),
    )  # fmt: skip
    old, new = promise(status="done", date=DAY(2025, 1, 1)), promise(status="done", date=DAY(2026, 1, 1))
    dropped = promise(status="dropped", date=None)
    expected = [late, later_late, today, later, undated, new, old, dropped]
    assert ranked(reversed(expected), SATURDAY) == expected
    assert [bucket(one, SATURDAY) for one in expected] == sorted(
        (bucket(one, SATURDAY) for one in expected), key=BUCKETS.index
    )


def opened(root: Path) -> Index:
    index = Index.open(Workspace(root), cache=root / "cache")
    index.refresh(wall=NOON)
    return index


def test_actions_come_from_every_record_with_all_that_is_said_of_them(tmp_path: Path) -> None:
    action = m.PlannedAction(
        "Appeler", "Awa", DAY(2026, 12, 5), "Le numéro", 2, "done", "deux fois", "une réponse", "je rappelle"
    )
    path = put(
        tmp_path,
        record(
            "Titre", group="Équipe", people=m.People("Awa"), request=m.Request("Que faire ?\nVite."),
            ideas=(m.Idea("Rien"), m.Idea("Appeler")), actions=(m.PlannedAction("Lire"), action,
            m.PlannedAction("x", idea=9)),
        ),
        "one",
    )  # fmt: skip
    put(tmp_path, record("Autre", date=DAY(2025, 1, 1), actions=(m.PlannedAction("Rire"),)), "two")
    put(tmp_path, 'id = "', "torn")
    with opened(tmp_path) as index:
        every = index.actions()
        assert [(one.number, one.what, one.status) for one in every] == [
            (0, "Lire", "open"), (1, "Appeler", "done"), (2, "x", "open"), (0, "Rire", "open"),
        ]  # fmt: skip
        assert every[1] == Promise(
            path, "2026-11-21-x-k7qm", SATURDAY, "Équipe", "Awa", "Que faire ? Vite.", 1, "Appeler",
            "Awa", DAY(2026, 12, 5),
            "Le numéro", "Appeler", "done", "deux fois", "une réponse", "je rappelle",
        )  # fmt: skip
        assert [one.what for one in index.actions(group="equipe")] == ["Lire", "Appeler", "x"]
        assert [one.what for one in index.actions(group="")] == ["Rire"]
        assert [one.what for one in index.actions(status="done")] == ["Appeler"]


def topics(*texts: str, **more: object) -> dict[str, object]:
    return {"topics": tuple(m.Topic(text, "Marc") for text in texts), **more}


def test_topics_come_back_until_they_are_chosen_asked_or_settled(tmp_path: Path) -> None:
    put(
        tmp_path,
        record(
            date=DAY(2026, 1, 1),
            topics=(
                m.Topic("Choisi", "Awa", chosen=True), m.Topic("Réglé", "Awa", settled=True),
                m.Topic("Le planning", "Marc"),
                m.Topic("Encore là", "Léa"), m.Topic("Demandé", "Léa"), m.Topic("Plus tard choisi"), m.Topic("  "),
            ),
        ),
        "a",
    )  # fmt: skip
    put(
        tmp_path,
        record(date=DAY(2026, 2, 1), request=m.Request("DEMANDE !"), topics=(m.Topic("le  PLANNING", "Inès"),)),
        "b",
    )
    put(tmp_path, record(date=DAY(2026, 3, 1), topics=(m.Topic("plus tard choisi", chosen=True),), group="Autre"), "c")
    with opened(tmp_path) as index:
        assert [(one.text, one.by, one.date, one.number) for one in index.proposals()] == [
            ("le  PLANNING", "Inès", DAY(2026, 2, 1), 0), ("Encore là", "Léa", DAY(2026, 1, 1), 3),
        ]  # fmt: skip
        assert [one.text for one in index.proposals(group="")] == ["le  PLANNING", "Plus tard choisi", "Encore là"]
        assert index.proposals(group="Autre") == []


def test_a_topic_that_was_chosen_on_the_same_day_is_taken_up(tmp_path: Path) -> None:
    put(tmp_path, record(topics=(m.Topic("Le local", chosen=True), m.Topic("La clé"))), "a")
    put(tmp_path, record(topics=(m.Topic("Le local"), m.Topic("La clé"))), "b")
    with opened(tmp_path) as index:
        assert [one.text for one in index.proposals()] == ["La clé"]
    put(tmp_path, record(date=DAY(2027, 1, 1), topics=(m.Topic("Le local"),)), "c")
    with opened(tmp_path) as index:
        assert sorted(one.text for one in index.proposals()) == ["La clé", "Le local"], "it was brought again since"


def test_topics_that_wait_are_none_of_todays_and_those_of_who_is_here_come_first() -> None:
    every = [
        Proposal(Path("x"), "r", SATURDAY, number, text, by)
        for number, (text, by) in enumerate((("A stall", "Zoé"), ("Keys", "Marc"), ("Longer hours", "Inès")))
    ]
    assert [p.text for p in waiting(every, ["KEYS"], ["ines", "Marc"])] == ["Longer hours", "A stall"]
