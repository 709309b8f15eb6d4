"""The program in a real terminal: start, typing, paste, resize, signals, and going on afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from typing import TYPE_CHECKING

import pytest
from tests.terminal.terminal import PATIENCE

from entraide_tui.session import journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.terminal.terminal import Terminal

    from entraide_tui.workshop.state import Session

NEW = (
    "new", "--kit", "atelier-entraide", "--title", "Relancer le comité", "--facilitator", "Jean", "--offeror", "Awa",
    "--contributor", "Inès", "--contributor", "Marc",
)  # fmt: skip
CLEAN_EXIT = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")
"""Back from the alternate screen, mouse left alone, cursor shown."""


def opened(terminal: Terminal) -> None:
    """Through the set-up to the second step, where a list is written."""
    terminal.until("Jean")
    terminal.press("f8")
    terminal.until("✓ enregistré")
    terminal.press("f8")
    terminal.until("1/13")
    terminal.press("f8")
    terminal.until("2/13")


def state_of(folder: Path) -> Session:
    """What the journal of the only open session says."""
    from entraide_tui.workshop.fold import fold

    (path,) = folder.glob("group/sessions/*/*.journal")
    return fold([entry.event for entry in journal.read(path).entries])


def kept(terminal: Terminal, folder: Path, *texts: str) -> None:
    """Waits until these are what the journal holds."""
    end = time.monotonic() + PATIENCE
    while [i.text for i in state_of(folder).items] != [*texts] and time.monotonic() < end:
        terminal.pump(0.05)
    assert [i.text for i in state_of(folder).items] == [*texts]


def test_home_comes_up_and_ctrl_q_leaves_a_clean_terminal(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.until("Préparer un atelier")
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    assert all(code in terminal.raw for code in CLEAN_EXIT)


def test_what_is_typed_and_pasted_is_text_and_kept_in_any_window(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    """One program for all of it: each start of a real one takes its second."""
    terminal = start(*NEW)
    opened(terminal)
    accents = "L’œuvre d’été : ça coûte 40 € 🙂"
    terminal.press(*accents, "enter")
    terminal.until("L’œuvre d’été")
    terminal.until("✓ enregistré")
    kept(terminal, tmp_path, accents)

    # a paste of several lines comes in whole and enters nothing
    terminal.paste("première\ndeuxième [bold]\tfin")
    terminal.until("première deuxième [bold] fin")
    assert [i.text for i in state_of(tmp_path).items] == [accents]
    terminal.press("enter")
    terminal.until("✓ enregistré")
    kept(terminal, tmp_path, accents, "première deuxième [bold] fin")

    # a paste with orders to the terminal is text
    before = len(terminal.raw)
    terminal.paste("a\x9b31mb\x07c\u202ed")
    terminal.until("⟨202E⟩")
    assert b"\xc2\x9b" not in terminal.raw[before:]
    assert "\u202e".encode() not in terminal.raw[before:]
    terminal.press("enter")

    # a window that changes size keeps what is typed
    terminal.press(*"en cours")
    terminal.until("en cours")
    for size in ((80, 24), (40, 12), (20, 5), (120, 40)):
        terminal.resize(*size)
        terminal.pump(0.3)
    terminal.until("en cours")
    terminal.until("2/13")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_loses_nothing_and_leaves_the_terminal_clean(
    start: Callable[..., Terminal], tmp_path: Path, number: signal.Signals
) -> None:
    terminal = start(*NEW)
    opened(terminal)
    terminal.press(*"une nouvelle", "enter")
    terminal.until("une nouvelle")
    terminal.press(*"pas encore entré")
    terminal.kill(number)
    assert terminal.wait() == 128 + number
    assert all(code in terminal.raw for code in CLEAN_EXIT)
    state = state_of(tmp_path)
    assert [i.text for i in state.items] == ["une nouvelle"]
    assert "pas encore entré" in state.drafts.values()
    again = start("resume")
    again.until("2/13")
    again.until("une nouvelle")
    again.until("pas encore entré")


def test_a_closed_terminal_loses_nothing(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start(*NEW)
    opened(terminal)
    terminal.press(*"juste avant", "enter")
    terminal.until("juste avant")
    os.close(terminal.descriptor)
    terminal.status = os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1])
    terminal.descriptor = os.open(os.devnull, os.O_RDONLY)
    assert [i.text for i in state_of(tmp_path).items] == ["juste avant"]
    again = start("resume")
    again.until("juste avant")


@pytest.mark.parametrize("way", ["folder", "older"])
def test_words_stay_when_the_journal_goes_away_under_the_program(
    start: Callable[..., Terminal], tmp_path: Path, way: str
) -> None:
    terminal = start(*NEW)
    opened(terminal)
    terminal.until("quelques mots")
    terminal.press(*"avant", "enter")
    kept(terminal, tmp_path, "avant")
    (path,) = tmp_path.glob("group/sessions/*/*.journal")
    if way == "folder":
        shutil.rmtree(tmp_path / "group")
    else:
        (tmp_path / "older").write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
        (tmp_path / "older").rename(path)
    terminal.press(*"après", "enter")
    terminal.until("après")
    terminal.until("✓ enregistré")
    kept(terminal, tmp_path, "avant", "après")
    if way == "folder":
        (tmp_path / "group").rename(tmp_path / "elsewhere")
    else:
        path.unlink()
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    again = start("resume")
    again.until("avant")
    again.until("après")


def test_a_journal_damaged_in_its_middle_is_shown_without_the_damaged_entry_and_that_is_said(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    terminal = start(*NEW)
    opened(terminal)
    terminal.until("quelques mots")
    for word in ("premier", "deuxieme", "dernier"):
        terminal.press(*word, "enter")
        terminal.until(word)
    kept(terminal, tmp_path, "premier", "deuxieme", "dernier")
    terminal.press("ctrl+q")
    assert terminal.wait() == 0
    (path,) = tmp_path.glob("group/sessions/*/*.journal")
    written = b'"Written"', b'"text":"deuxieme"'
    data = b"".join(
        line.replace(b"deuxieme", b"deuxXeme") if all(word in line for word in written) else line
        for line in path.read_bytes().splitlines(keepends=True)
    )
    path.write_bytes(data)
    again = start("resume")
    again.until("premier")
    again.until("dernier")
    again.until("1 entrée n’a pas pu être lue")
    [torn] = path.parent.glob("*.torn-*")
    assert b"deuxXeme" in torn.read_bytes()


def test_a_second_program_looks_on_and_says_who_has_it(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start(*NEW)
    opened(terminal)
    other = start("resume")
    other.until("2/13")
    other.until(str(terminal.pid))
    other.press("f8")
    terminal.press(*"vu des deux", "enter")
    other.until("vu des deux")
    assert state_of(tmp_path).current == "suivi"


def test_a_fault_of_the_program_shows_nothing_that_people_typed(start: Callable[..., Terminal], tmp_path: Path) -> None:
    fault = "from entraide_tui.tui.screens.live import LiveScreen; LiveScreen.do_minute = lambda self: 1 / 0"
    terminal = start(*NEW, before=fault)
    opened(terminal)
    terminal.press(*"très confidentiel", "enter")
    terminal.until("très confidentiel")
    shown = len(terminal.raw)
    terminal.press("f5")
    assert terminal.wait() == 70
    end = terminal.raw[shown:].decode(errors="replace")
    left = end[end.rindex("\x1b[?1049l") :]
    assert "ZeroDivisionError" in left
    assert "confidentiel" not in left
    assert "Traceback" not in left
    assert all(code in terminal.raw for code in CLEAN_EXIT)
    assert [i.text for i in state_of(tmp_path).items] == ["très confidentiel"]


def test_without_a_terminal_one_sentence_is_said(tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "entraide_tui", "--workspace", str(tmp_path), "--lang", "en"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "terminal" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def _killed_rounds(start: Callable[..., Terminal], tmp_path: Path, rounds: int) -> None:
    chance = random.Random(20261121)
    terminal = start(*NEW)
    opened(terminal)
    number = 0
    acknowledged: list[str] = []
    for _round in range(rounds):
        for _entry in range(chance.randint(1, 4)):
            number += 1
            word = f"mot{number:04}"
            terminal.press(*word, "enter")
            if chance.random() < 0.6:
                terminal.until(word)
                terminal.until("✓ enregistré")
                # on the screen as an entry, and called saved
                acknowledged.append(word)
        terminal.pump(chance.random() * 0.2)
        terminal.kill(signal.SIGKILL)
        terminal.wait()
        texts = [i.text for i in state_of(tmp_path).items]
        assert set(acknowledged) <= set(texts)
        assert len(texts) == len(set(texts))
        terminal.close()
        terminal = start("resume")
        terminal.until("2/13")


def test_kill_9_in_a_real_terminal_loses_nothing_that_was_called_saved(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    _killed_rounds(start, tmp_path, 3)


@pytest.mark.campaign
def test_kill_9_at_200_moments_in_a_real_terminal(start: Callable[..., Terminal], tmp_path: Path) -> None:
    _killed_rounds(start, tmp_path, 200)
