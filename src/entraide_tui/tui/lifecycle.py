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
