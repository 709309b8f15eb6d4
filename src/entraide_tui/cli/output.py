"""Output of commands: data on standard output, messages on standard error."""

from __future__ import annotations

import sys
from typing import Any

from entraide_tui.common.errors import FileError
from entraide_tui.common.files import reason
from entraide_tui.common.i18n import _
from entraide_tui.common.text import escaped, visible

DONE, FOUND, USAGE = 0, 1, 2
"""Exit statuses: success; a problem was reported, or nothing was found; wrong usage."""


def say(text: str = "") -> None:
    """Print a line of data on standard output, without control characters."""
    sys.stdout.write(visible(text) + "\n")


def tell(text: str) -> None:
    """Print a message on standard error, without control characters."""
    sys.stderr.write(visible(text) + "\n")


def print_json(value: Any) -> None:  # noqa: ANN401 - JSON values
    import datetime
    import json

    def plain(other: object) -> str:
        return other.isoformat() if isinstance(other, datetime.date) else str(other)

    text = json.dumps(value, ensure_ascii=False, indent=2, default=plain)
    # file names may hold orders to a terminal, too; a program that reads JSON gets them back as they are
    sys.stdout.write(escaped(text) + "\n")


def to_standard_output(data: bytes) -> None:
    """Write bytes to standard output without changing line ends. Raises FileError, BrokenPipeError."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FileError(_("standard output could not be written: {reason}.").format(reason=reason(error))) from error
