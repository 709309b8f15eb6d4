"""Translation of the interface by gettext: English in the code, French in the catalogue."""

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


def set_language(language: str) -> None:
    """Set the language of the interface: `fr` or `en`; anything else means `en`."""
    _Current.language = language if language in LANGUAGES else "en"


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Set another language within the `with` block; an empty one changes nothing."""
    before = _Current.language
    set_language(language or before)
    try:
        yield
    finally:
        set_language(before)


def language() -> str:
    """The language of the interface."""
    return _Current.language


def _(message: str) -> str:
    """Translate a sentence."""
    return message if _Current.language == "en" else _catalogue(_Current.language).gettext(message)


def many(one: str, several: str, number: float) -> str:
    """Translate a sentence in the singular or plural that `number` takes."""
    if _Current.language == "en":
        return one if number == 1 else several
    # French: 0 and 1 are singular
    return _catalogue(_Current.language).ngettext(one, several, int(number))


def mark(message: str) -> str:
    """Mark a sentence for extraction; `_` translates it where it is shown (tables at module level)."""
    return message


def terminal_language() -> str:
    """The language of the terminal's locale: `fr` or `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
