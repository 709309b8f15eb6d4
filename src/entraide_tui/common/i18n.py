"""The words of the interface: gettext, English in the code, French in the catalogue."""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE = Path(__file__).parent.parent / "locale"
LANGUAGES = ("fr", "en")


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("entraide_tui", LOCALE, [language], fallback=True)


class _Current:
    language = "en"


def speak(language: str) -> None:
    """Chooses the language of all sentences from now on (`fr` or `en`)."""
    _Current.language = language if language in LANGUAGES else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language for a while: a page is written in the language of its workshop."""
    before = _Current.language
    speak(language or before)
    try:
        yield
    finally:
        speak(before)


def language() -> str:
    """The language in use."""
    return _Current.language


def _(message: str) -> str:
    """The sentence in the language in use."""
    return message if _Current.language == "en" else _catalogue(_Current.language).gettext(message)


def many(one: str, several: str, number: float) -> str:
    """The sentence for that number, in the language in use."""
    if _Current.language == "en":
        return one if number == 1 else several
    # French: 0 and 1 are singular
    return _catalogue(_Current.language).ngettext(one, several, int(number))


def mark(message: str) -> str:
    """Marks a sentence that is translated later, where it is shown (tables at module level)."""
    return message


def terminal_language() -> str:
    """What the terminal's locale asks for: `fr` or `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
