"""Opens a file in the user's own editor ($VISUAL or $EDITOR), which gets the whole terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from entraide_tui.common.errors import FileError, InputError
from entraide_tui.common.files import reason
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

_OTHERWISE = ("sensible-editor", "nano", "vi", "notepad")
"""Editors to try if neither variable is set."""
_PLUS_LINE = {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "jed", "mg", "ne", "pico"}
_COLON_LINE = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "codium"}


def command(path: Path, line: int = 0, names: Mapping[str, str] = os.environ) -> list[str]:
    """The command that opens a file, at `line` if the editor is known to take one.

    Raises InputError if no editor is set or installed.
    """
    named = names.get("VISUAL") or names.get("EDITOR") or next(filter(shutil.which, _OTHERWISE), "")
    try:
        arguments = shlex.split(named, posix=os.name != "nt")
    except ValueError:
        arguments = []
    if not arguments:
        raise InputError(
            _("no editor is known. Name yours in $VISUAL or $EDITOR, such as: export EDITOR=nano"), file=path
        )
    name = Path(arguments[0]).stem
    if line and name in _PLUS_LINE:
        return [*arguments, f"+{line}", str(path)]
    if line and name in _COLON_LINE:
        return [*arguments, f"{path}:{line}"]
    if line and name in _GOTO:
        return [*arguments, "--goto", f"{path}:{line}"]
    return [*arguments, str(path)]


def edit(app: App[object], path: Path, line: int = 0) -> None:
    """Open a file in the editor and return when it is closed.

    Raises InputError if there is no editor, FileError if it can't be started or ends with an error.
    """
    arguments = command(path, line)
    fault = ""
    try:
        with app.suspend():  # an exception in here would leave the app suspended
            fault = _run(arguments)
    except SuspendNotSupported:
        fault = _("this terminal can’t be lent to another program. Open the file in your editor: {file}").format(
            file=path
        )
    if fault:
        raise FileError(fault)


def _run(arguments: list[str]) -> str:
    """Run the editor; return what went wrong, or an empty string."""
    try:
        process = subprocess.Popen(arguments)
    except OSError as error:
        return _("{editor} could not be started: {reason}.").format(editor=arguments[0], reason=reason(error))
    # Ctrl+C is meant for the editor
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        status = process.wait()
    finally:
        signal.signal(signal.SIGINT, previous)
    return _("{editor} ended with an error ({status}).").format(editor=arguments[0], status=status) if status else ""
