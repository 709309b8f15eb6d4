"""What ends the app from outside: signals, a closed terminal, a fault. Texts are saved, the terminal is restored."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FAULT = 70
"""Exit status after a fault of the program itself (EX_SOFTWARE of sysexits.h)."""
TERMINAL_CHECK = 5.0
"""Seconds between two checks whether the terminal is still there."""


def prepare_environment() -> None:
    """Set the environment variables that Textual reads once, when it is imported."""
    # Otherwise a paste whose end marker arrives in two pieces blocks the keyboard.
    os.environ.setdefault("ESCDELAY", "500")
    # These would fix the size of the window.
    os.environ.pop("COLUMNS", None)
    os.environ.pop("LINES", None)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"


def terminal_missing() -> bool:
    """Return whether there is no terminal to draw on and to read from."""
    return not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()) or os.environ.get("TERM") == "dumb"


def on_signals(leave: Callable[[int], None]) -> None:
    """Call `leave(status)` on SIGTERM, SIGHUP or SIGINT; a second signal of the same kind ends the program at once."""
    loop = asyncio.get_running_loop()

    def came(number: int) -> None:
        with contextlib.suppress(ValueError, RuntimeError):
            loop.remove_signal_handler(number)
        leave(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, came, number)


def terminal_gone() -> bool:
    """Return whether the terminal was closed. If SIGHUP is ignored, this is the only way to know."""
    try:
        return not os.isatty(0)
    except OSError:
        return True


def report(error: BaseException) -> str:
    """The sentence for a fault: its kind and place, never what people typed. Write the frames to a private file."""
    import traceback
    from pathlib import Path

    from platformdirs import user_state_path

    from entraide_tui.common.files import write_atomically
    from entraide_tui.common.i18n import _

    frames = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    position = frames[-1] if frames else "?"
    text = _(
        "The program stopped on a fault of its own ({kind} at {place}). What was typed is safe: entraide-tui resume"
    ).format(kind=type(error).__name__, place=position)
    file = user_state_path("entraide-tui", appauthor=False) / "fault.txt"
    with contextlib.suppress(OSError):
        write_atomically(file, "\n".join([type(error).__name__, *frames, ""]).encode())
    return text
