"""Translation of the interface by gettext: English in the code, French in the catalogue."""

from __future__ import annotations

import gettext
import os
import re
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.common.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOCALE = Path(__file__).parent.parent / "locale"
LANGUAGES = ("fr", "en")
_NAMES = {
    "fr": {"fr", "fra", "fre", "francais", "francaise", "french"},
    "en": {"en", "eng", "english", "anglais", "anglaise"},
}


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("entraide_tui", LOCALE, [language], fallback=True)


class _Current:
    language = "en"
    group = ""


def named(text: str) -> str:
    """`fr` or `en` where a text names that language, however it is written (fr-FR, fr_CA, FR, français); else empty."""
    first = re.split(r"[\W_]+", fold(text).strip(), maxsplit=1)[0]
    return next((language for language, names in _NAMES.items() if first in names), "")


def spoken(text: str) -> str:
    """The language of a record that names one so: if that can't be told, the group's, else the one in use."""
    return named(text) or _Current.group or _Current.language


def set_language(language: str, *, group: str = "") -> None:
    """Chooses the language of all sentences from now on (`fr` or `en`).

    Args:
        group: the language of records that name none; empty: the language in use.
    """
    _Current.language = language if language in LANGUAGES else "en"
    _Current.group = named(group)


@contextmanager
def using_language(language: str) -> Iterator[None]:
    """Another language for a while: a page is written in the language of its workshop (see `spoken`)."""
    before = _Current.language
    _Current.language = spoken(language)
    try:
        yield
    finally:
        _Current.language = before


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


def choose_language(option: str, person: str, group: Callable[[], str]) -> str:
    """The language of all that is said: of `--lang`, else of the person's settings, the group's file, the terminal.

    A person's own choice precedes that of the group; the terminal's locale is often nobody's choice, so it comes last.
    """
    return option or person or group() or terminal_language()


def terminal_language() -> str:
    """The language of the terminal's locale: `fr` or `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
