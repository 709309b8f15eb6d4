"""A program in a pseudo-terminal, watched from outside: what a person would see, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS, ROWS = 120, 40
STILL = 0.25
"""Seconds without output after which a screen counts as drawn."""
PATIENCE = 20.0
ALIKE = 0.99
"""The part of the cells that must stand as they will, for a screen to be complete."""


class Piece(NamedTuple):
    """Some output, and when it was read (seconds since just before the program was started)."""

    at: float
    data: bytes


class Terminal:
    """Runs a command in 120 columns and 40 rows; ends it when left."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self.pieces: list[Piece] = []
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._begun = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def now(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._begun

    def read(self, seconds: float) -> bool:
        """Waits at most so long for some output; whether there was any."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        at = self.now()
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the program has closed its side
            return False
        if data:
            self.pieces.append(Piece(at, data))
        return bool(data)

    def watch(self, seconds: float) -> list[Piece]:
        """All that comes in the next so many seconds."""
        first, end = len(self.pieces), self.now() + seconds
        while (left := end - self.now()) > 0:
            self.read(left)
        return self.pieces[first:]

    def until_drawn(self, sign: str) -> None:
        """Until this text was written, and nothing more comes for a moment."""
        wanted, seen, tail = sign.encode(), False, b""
        while self.now() < PATIENCE:
            if self.read(STILL):
                tail = tail[-len(wanted) :] + self.pieces[-1].data
                seen = seen or wanted in tail
            elif seen:
                return
            elif self.process.poll() is not None:
                break
        raise RuntimeError(f"“{sign}” never came:\n" + "\n".join(row.rstrip() for row in self.screen()))

    def press(self, keys: str) -> float:
        """Sends keys; returns when."""
        at = self.now()
        os.write(self._master, keys.encode())
        return at

    def until_gone(self) -> float:
        """Until the program has ended; returns when."""
        while self.process.poll() is None:
            if self.now() > PATIENCE:
                raise RuntimeError("it does not end")
            self.read(0.002)
        return self.now()

    # -- what was seen

    def frames(self) -> Iterator[tuple[float, list[str]]]:
        """The rows of the screen after each piece of output."""
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        for piece in self.pieces:
            stream.feed(piece.data)
            yield piece.at, list(screen.display)

    def screen(self) -> list[str]:
        """The rows as they stand now."""
        rows: list[str] = []
        for _at, rows in self.frames():  # noqa: B007 - the last one is wanted
            pass
        return rows

    def complete(self) -> float:
        """The first moment from which on the screen stays as it is now."""
        frames = list(self.frames())
        last = frames[-1][1]
        moment = frames[-1][0]
        for at, rows in reversed(frames):
            if alike(rows, last) < ALIKE:
                break
            moment = at
        return moment

    # -- what it costs

    def busy(self) -> float:
        """Seconds of processor time spent so far, all threads."""
        spent = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e9

    def memory(self) -> float:
        """Megabytes in memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def alike(rows: Sequence[str], others: Sequence[str]) -> float:
    """The part of the cells that are the same in both, those empty in both left out."""
    same = all_ = 0
    for row, other in zip(rows, others, strict=True):
        if row == other:
            filled = len(row) - row.count(" ")
            same, all_ = same + filled, all_ + filled
            continue
        for a, b in zip(row, other, strict=False):
            if a != " " or b != " ":
                all_ += 1
                same += a == b
    return same / all_ if all_ else 0.0


def environment(home: Path) -> dict[str, str]:
    """Nobody's settings, the same terminal for all."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home), "LANG": "C.UTF-8",
        "TERM": "xterm-256color", "COLORTERM": "truecolor",
    }  # fmt: skip


def python(*words: str) -> list[str]:
    """The same Python for all."""
    return [sys.executable, *words]
