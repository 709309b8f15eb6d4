"""Every sentence is in the catalogue, and whole."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "entraide_tui"
FRENCH = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "entraide_tui.po"
KEYWORDS = {"_": None, "mark": None, "many": (1, 2)}


def said() -> set[str]:
    """Every sentence in the code."""
    out: set[str] = set()
    for _file, _line, message, _comments, _context in extract_from_dir(str(SOURCE), keywords=KEYWORDS):
        out.add(message[0] if isinstance(message, tuple) else message)
    return out


def entries() -> dict[str, list[str]]:
    """What the catalogue says for each."""
    with FRENCH.open("rb") as file:
        catalogue = read_po(file)
    assert not [m.id for m in catalogue if m.fuzzy and m.id]
    return {
        (m.id[0] if isinstance(m.id, (tuple, list)) else m.id): (
            list(m.string) if isinstance(m.string, (tuple, list)) else [str(m.string)]
        )
        for m in catalogue
        if m.id
    }


def test_every_sentence_of_the_code_is_in_french() -> None:
    known = entries()
    missing = sorted(s for s in said() if not all(known.get(s, [""])))
    assert missing == []


def test_the_catalogue_holds_no_sentence_that_nobody_says() -> None:
    assert sorted(set(entries()) - said()) == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    for message, translations in entries().items():
        for text in translations:
            # `{n}` may be left out of a singular
            wanted, given = (
                set(re.findall(r"\{\w*\}|%\(\w+\)[sr]|%s", message)),
                set(re.findall(r"\{\w*\}|%\(\w+\)[sr]|%s", text)),
            )
            assert given <= wanted, message
            assert wanted - given <= {"{n}"}, message


def test_no_sentence_hides_in_an_f_string() -> None:
    """The extraction does not see it there: it would stay in English."""
    for path in SOURCE.rglob("*.py"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert not re.search(r"""f["'][^"']*\{(_|many|mark)\(\s*["']""", line), f"{path.name}:{number}"


def test_french_typography() -> None:
    for texts in entries().values():
        for text in texts:
            assert "'" not in re.sub(r"%\(\w+\)r", "", text), text
            assert not re.search(r"[^\s\u00a0\u202f(«…!?][;!?]", re.sub(r"[a-z]+://", "", text)), text
            assert not re.search(r"« |(?<! ) »", text), text
