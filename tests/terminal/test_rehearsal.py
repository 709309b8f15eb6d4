"""A rehearsal led by keys in a real terminal: each incident is answered by a gesture, and the debrief says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.terminal.terminal import Terminal

KIT = Path(__file__).parents[2] / "kits" / "tour" / "kit.toml"
SCENARIO = """
format = 1
kit = "premiers-pas"
title = "Les cinq ennuis"
[people]
offeror = "Nadia"
contributors = ["Marc", "Alice"]
absent = ["Paul"]
[[steps]]
id = "demande"
takes = 5
[[steps.incidents]]
at = 0.2
kind = "early-advice"
by = "Marc"
sees = "ENNUI-UN"
says = "Il faut un mot !"
eased = "DETENTE-UN"
[[steps.incidents]]
at = 1.5
kind = "silent"
by = "Alice"
sees = "ENNUI-DEUX"
eased = "DETENTE-DEUX"
[[steps.incidents]]
at = 3
kind = "late-arrival"
by = "Paul"
sees = "ENNUI-TROIS"
eased = "DETENTE-TROIS"
[[steps]]
id = "contributions"
takes = 4
[[steps.incidents]]
at = 0.2
kind = "emotion"
by = "Nadia"
sees = "ENNUI-QUATRE"
eased = "DETENTE-QUATRE"
[[steps.incidents]]
at = 1.5
kind = "overrun"
by = "Marc"
sees = "ENNUI-CINQ"
eased = "DETENTE-CINQ"
[[steps]]
id = "pas"
takes = 1
"""


def test_each_incident_is_answered_by_a_gesture_and_the_debrief_says_what_was_done(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    play = tmp_path / "ennuis.toml"
    play.write_text(SCENARIO, encoding="utf-8")
    terminal = start("rehearse", str(KIT), "--scenario", str(play), "--speed", "60")
    terminal.until("Les cinq ennuis")
    terminal.press("f8")
    terminal.until("ENNUI-UN")
    terminal.press("f4")
    terminal.until("Il faut un mot")
    terminal.press("enter")
    terminal.until("DETENTE-UN")
    terminal.until("ENNUI-DEUX")
    terminal.press("ctrl+n")
    terminal.press(*"Alice", "enter")
    terminal.until("Alice prend la parole")
    terminal.press("enter")
    terminal.until("DETENTE-DEUX")
    terminal.until("ENNUI-TROIS")
    terminal.press("ctrl+n")
    terminal.press(*"Paul", "enter")
    terminal.until("Paul arrive")
    terminal.press("enter")
    terminal.until("DETENTE-TROIS")
    terminal.press("f8")
    terminal.until("ENNUI-QUATRE")
    terminal.press("f9")
    terminal.until("DETENTE-QUATRE")
    terminal.press("f9")
    terminal.until("ENNUI-CINQ")
    terminal.press("f5")
    terminal.until("DETENTE-CINQ")
    terminal.press("f8")
    terminal.until("3/3")
    terminal.press("f8")
    terminal.until("L’atelier est terminé")
    terminal.press("f8")
    terminal.until("F3")
    terminal.press("f3")
    terminal.until("rien que pour vous")
    terminal.until("ENNUI-CINQ")
    terminal.until("annexe", gone=True)
    shown = " ".join(terminal.text.split())
    for number in ("UN", "DEUX", "TROIS", "QUATRE", "CINQ"):
        assert f"ENNUI-{number} – Vous" in shown, number
    for key in ("F4 ", "Ctrl+N ", "F9 ", "F6 "):
        assert f"({key}" in shown, key
    terminal.press("ctrl+b")
    terminal.until("Préparer un atelier")
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    assert not list((tmp_path / "group" / "sessions").rglob("*.toml")), "nothing of a rehearsal stays with the group"
