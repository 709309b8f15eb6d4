"""A program without a screen that plays a session as fast as it can, for the tests that end it or fill its disk.

    python program.py FOLDER kill           plays for ever, and prints how many events are on the disk as it goes
    python program.py FOLDER limit BYTES    meets a limit on the size of files, has it raised, and goes on
    python program.py FOLDER full           fills a small disk with something else, makes room, and goes on
    python program.py FOLDER readonly       begins on a disk that can't be written to, until it can

What is wrong is an assertion, and a status that is not 0.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from entraide_tui.common.clock import InventedClock
from entraide_tui.common.files import reason
from entraide_tui.common.workspace import Workspace
from entraide_tui.kits.model import Kit, Step
from entraide_tui.session import journal
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

NOON = 1_795_258_800.0
KIT = Kit(1, "petit", 1, "Petit", (Step("un", "Un"), Step("deux", "Deux")))


def text(number: int) -> str:
    """What the event of that number says."""
    return f"{number} – « œ 👩‍⚕️ » {'mot ' * (number % 40)}"


def begin(folder: Path) -> LiveSession:
    """A session just opened."""
    return LiveSession.create(Workspace(folder), InventedClock(10.0, NOON), KIT, language="fr", title="Essai")


def play(session: LiveSession, number: int) -> None:
    """The next event."""
    session.do(e.Written(at=0.0, item=f"w{number}", section="questions", text=text(number)))


def say(words: object) -> None:
    """One line to who listens."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def kill(folder: Path) -> None:
    """Until somebody ends it."""
    session = begin(folder)
    number, said = 2, -1
    while True:
        number += 1
        play(session, number)
        saved = session.saved_events
        if saved != said:
            said = saved
            say(said)
        if session.length - saved > 50:
            session.flush()


def _check(session: LiveSession) -> None:
    """At any moment: what is called saved is on the disk, and nothing that never happened is."""
    saved = session.saved_events
    found = [x.event for x in journal.read(session.path).entries]
    assert len(found) >= saved, (len(found), saved)
    assert found == session.history[: len(found)]


def _until_trouble(session: LiveSession, expected: str) -> None:
    for number in range(3, 5000):
        play(session, number)
        if not session.flush(5.0):
            break
    assert session.trouble == expected, session.trouble
    assert not session.saved
    at = session.saved_events
    for number in range(5000, 5010):
        play(session, number)
        assert not session.flush(5.0)
    assert session.saved_events == at
    _check(session)


def _until_saved(session: LiveSession) -> None:
    assert session.flush(5.0)
    assert session.trouble == ""
    history = session.history
    _check(session)
    assert session.leave()
    found = journal.read(session.path)
    assert found.rest == b""
    assert [x.event for x in found.entries] == history
    again = LiveSession.resume(session.path, session.clock)
    assert again.state.items == session.state.items
    again.leave()
    say("ok")


def limit(folder: Path, size: int) -> None:
    """Files may not be larger than that; then they may."""
    import resource

    session = begin(folder)
    assert session.flush()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    _until_trouble(session, reason(OSError(27, "")))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    _until_saved(session)


def full(folder: Path) -> None:
    """Something else fills the disk."""
    session = begin(folder)
    assert session.flush()
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as other:
        try:
            while True:
                other.write(b"x" * 512)
        except OSError:
            pass
    _until_trouble(session, "the disk is full")
    filler.unlink()
    _until_saved(session)


def readonly(folder: Path) -> None:
    """The disk can't be written to at first."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    session = begin(folder)
    play(session, 3)
    assert not session.flush(5.0)
    assert session.trouble == "the folder is read-only", session.trouble
    assert session.saved_events == 0
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    time.sleep(0)
    _until_saved(session)


def main() -> None:
    """See above."""
    folder, what, *more = sys.argv[1:]
    if what == "limit":
        limit(Path(folder), int(more[0]))
    else:
        {"kill": kill, "full": full, "readonly": readonly}[what](Path(folder))


if __name__ == "__main__":
    main()
