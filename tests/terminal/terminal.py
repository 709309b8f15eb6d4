"""A real pseudo-terminal with a screen model, to meet the program as a person does."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
    "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "up": "\x1b[A", "down": "\x1b[B",
}  # fmt: skip
# what pyte would print as text
_PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\", re.DOTALL)
PATIENCE = 20.0


class Terminal:
    """One program on one terminal."""

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        size: tuple[int, int] = (120, 40),
        before: str = "",
        **environment: str,
    ) -> None:
        """`before`: Python that is run in the program's process before it starts."""
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._text: str | None = None
        self.status: int | None = None
        env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR", "LC_ALL")}
        env |= {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "fr_FR.UTF-8",
            "HOME": str(folder),
            "ENTRAIDE_WORKSPACE": str(folder / "group"),
            "ENTRAIDE_SETTINGS": str(folder / "settings.toml"),
            "XDG_STATE_HOME": str(folder / "state"),
            **environment,
        }
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            with contextlib.suppress(OSError):
                code = f"{before}\nfrom entraide_tui.cli import run; run()"
                program = ["-c", code] if before else ["-m", "entraide_tui"]
                os.execve(sys.executable, [sys.executable, *program, *arguments], env)  # noqa: S606
            os._exit(127)
        self.resize(*size)

    def resize(self, columns: int, rows: int) -> None:
        """As a person who pulls at the window."""
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        self._text = None

    def pump(self, seconds: float) -> bool:
        """Takes in what the program writes; False once it has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.descriptor], [], [], min(left, 0.02))[0]:
                continue
            try:
                data = os.read(self.descriptor, 65536)
            except OSError:
                data = b""
            if not data:
                self.wait()
                return False
            self.raw += data
            self.stream.feed(_PRIVATE.sub(b"", data))
            self._text = None
        return True

    @property
    def text(self) -> str:
        """The screen, as lines."""
        if self._text is None:  # made anew for what has come: this costs more than the program's own drawing
            self._text = "\n".join(line.rstrip() for line in self.screen.display)
        return self._text

    def until(self, words: str, *, gone: bool = False) -> None:
        """Waits until the words stand on the screen (or no longer do)."""
        end = time.monotonic() + PATIENCE
        while (words in self.text) is gone and time.monotonic() < end:
            if not self.pump(0.02):
                break
        assert (words in self.text) is not gone, f"{words!r} {'still' if gone else 'not'} there:\n{self.text}"

    def press(self, *keys: str) -> None:
        """Keys by name, `ctrl+x`, or text."""
        for key in keys:
            if key in KEYS:
                data = KEYS[key].encode()
            elif key.startswith("ctrl+"):
                data = bytes([ord(key[-1]) - 96])
            else:
                data = key.encode()
            os.write(self.descriptor, data)
            self.pump(0.05 if len(data) > 1 or data < b" " else 0.02)

    def paste(self, text: str) -> None:
        """A bracketed paste."""
        os.write(self.descriptor, b"\x1b[200~" + text.encode() + b"\x1b[201~")
        self.pump(0.1)

    def kill(self, number: signal.Signals) -> None:
        """Sends the program a signal."""
        os.kill(self.pid, number)

    def wait(self) -> int:
        """The program's exit status, once it has ended."""
        if self.status is None:
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                done, status = os.waitpid(self.pid, os.WNOHANG)
                if done:
                    self.status = os.waitstatus_to_exitcode(status)
                    break
                with contextlib.suppress(OSError):
                    if select.select([self.descriptor], [], [], 0.02)[0]:
                        self.raw += os.read(self.descriptor, 65536)
            assert self.status is not None, "the program did not end"
            with contextlib.suppress(OSError):  # its last words may still be on the way
                while select.select([self.descriptor], [], [], 0.05)[0] and (data := os.read(self.descriptor, 65536)):
                    self.raw += data
        return self.status

    def close(self) -> None:
        """Ends the program, whatever it does."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self.descriptor)
