"""The words of the interface: which language, and which sentence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from entraide_tui.common import i18n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def french_of_two_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue of our own, so that these tests do not depend on how a sentence is translated."""
    catalogue = Catalog(locale="fr")
    catalogue.add("hello", "bonjour")
    catalogue.add(("{n} step", "{n} steps"), ("{n} étape", "{n} étapes"))
    out = io.BytesIO()
    write_mo(out, catalogue)
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "entraide_tui.mo").write_bytes(out.getvalue())
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    before = i18n.language()
    i18n._catalogue.cache_clear()
    yield
    i18n._catalogue.cache_clear()
    i18n.set_language(before)


def test_a_sentence_is_said_in_the_language_in_use() -> None:
    i18n.set_language("fr")
    assert (i18n.language(), i18n._("hello")) == ("fr", "bonjour")
    i18n.set_language("en")
    assert (i18n.language(), i18n._("hello")) == ("en", "hello")


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    i18n.set_language("fr")
    assert i18n._("good evening") == "good evening"


def test_without_a_catalogue_all_is_said_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "LOCALE", tmp_path / "none")
    i18n._catalogue.cache_clear()
    i18n.set_language("fr")
    assert i18n._("hello") == "hello"
    assert i18n.many("{n} step", "{n} steps", 2) == "{n} steps"


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "steps", "étape"),
        (1, "step", "étape"),
        (1.5, "steps", "étape"),
        (2, "steps", "étapes"),
        (7, "steps", "étapes"),
    ],
)
def test_a_number_is_said_as_each_language_counts(number: float, english: str, french: str) -> None:
    i18n.set_language("en")
    assert i18n.many("{n} step", "{n} steps", number) == f"{{n}} {english}"
    i18n.set_language("fr")
    assert i18n.many("{n} step", "{n} steps", number) == f"{{n}} {french}"


def test_another_language_for_a_while_ends_even_after_a_fault() -> None:
    i18n.set_language("en")
    with i18n.using_language("fr"):
        assert i18n._("hello") == "bonjour"
    assert i18n.language() == "en"
    with pytest.raises(ValueError, match="x"), i18n.using_language("fr"):
        raise ValueError("x")
    assert i18n.language() == "en"


def test_no_language_means_the_one_in_use() -> None:
    i18n.set_language("fr")
    with i18n.using_language(""):
        assert i18n.language() == "fr"


def test_a_language_that_is_not_spoken_is_english() -> None:
    i18n.set_language("de")
    assert i18n.language() == "en"


def test_marking_a_sentence_changes_nothing() -> None:
    i18n.set_language("fr")
    assert i18n.mark("hello") == "hello"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "FR"}, "fr"),
        ({"LANG": "de_DE"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "en_GB", "LANGUAGE": "fr:en"}, "fr"),
    ],
)
def test_the_terminal_s_locale_chooses_the_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.terminal_language() == language


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("fr", "fr"), ("fr-FR", "fr"), ("fr_CA.UTF-8", "fr"), (" FR ", "fr"), ("français", "fr"),
        ("Français (France)", "fr"),
        ("French", "fr"), ("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("English", "en"), ("anglais", "en"),
        ("", ""), ("de", ""), ("franco-provençal", ""), ("entraide", ""), ("?", ""),
    ],
)  # fmt: skip
def test_a_language_is_known_however_it_is_written(said: str, meant: str) -> None:
    assert i18n.named(said) == meant


def test_a_record_without_a_language_speaks_as_its_group_does_else_as_one_speaks_here() -> None:
    i18n.set_language("en", group="fr-FR")
    assert [i18n.spoken(said) for said in ("", "de", "en-GB", "français")] == ["fr", "fr", "en", "fr"]
    with i18n.using_language(""):
        assert i18n.language() == "fr"
        with i18n.using_language("en_GB"):
            assert i18n.language() == "en"
    assert i18n.language() == "en"
    i18n.set_language("fr")
    assert i18n.spoken("de") == "fr"
