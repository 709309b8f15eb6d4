"""`kits print`: what goes where, in which language, and that nothing that is there is lost."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.kits.shipped import FOLDER

from entraide_tui import cli
from entraide_tui.cli import kits_print
from entraide_tui.exports import handouts
from entraide_tui.exports.pdf import pages_of, text_of


class Said:
    """What the command answered."""

    def __init__(self, status: int, out: bytes, err: str) -> None:
        self.status, self.out, self.err = status, out, err
        assert "Traceback" not in err


Run = Callable[..., Said]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Runs it in a workspace of its own."""
    (tmp_path / "group" / "sessions").mkdir(parents=True)

    def call(*words: object) -> Said:
        try:
            status = cli.main(["kits", "print", *(str(w) for w in words), "--workspace", str(tmp_path / "group")])
        except SystemExit as end:
            status = int(str(end.code))
        out, err = capfdbinary.readouterr()
        return Said(status, out, err.decode())

    return call


def test_the_poster_is_what_is_printed_when_nothing_else_is_said(run: Run) -> None:
    page = run("flash-groupe", "--to", "md", "--lang", "fr")
    assert (page.status, page.err) == (0, "")
    assert page.out.startswith("# Flash codev en groupe\n\n**35\u00a0min**".encode())
    assert page.out == run("flash-groupe", "--to", "md", "--what", "poster", "-o", "-", "--lang", "fr").out


def test_it_speaks_the_language_that_is_asked_for_else_the_terminal_s(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("flash-groupe", "--to", "html", "--lang", "fr").out.startswith(b'<!doctype html>\n<html lang="fr">')
    monkeypatch.setenv("LC_ALL", "fr_CH.UTF-8")
    assert b"# Flash codev en groupe" in run("flash-groupe", "--to", "md").out
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert b"# Flash codev in a group" in run("flash-groupe", "--to", "md").out


def test_what_the_arguments_offer_is_what_there_is() -> None:
    assert (kits_print.WHAT, kits_print.FORMATS, kits_print.PAPERS) == (
        handouts.WHAT, handouts.FORMATS, handouts.PAPERS,
    )  # fmt: skip


def test_a_preset_and_options_change_what_is_printed(run: Run) -> None:
    whole, short = run("flash-groupe", "--to", "md").out, run("flash-groupe", "--preset", "30", "--to", "md").out
    assert b"Silent writing" in whole
    assert b"Silent writing" not in short
    assert b"**30 min**" in short
    changed = run("flash-groupe", "--option", "request-first", "--option", "offeror-speaks", "--to", "md").out
    assert b"Request checked" in changed
    assert b"Request checked" not in whole


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--preset", "4"), "Did you mean “45”?"),
        (("--preset", "court"), "no preset “court”. It has: 30, 35, 45."),
        (("--option", "request-frist"), "Did you mean “request-first”?"),
        (("--option", "\x1b[2J"), "no option “␛[2J”"),
    ],
)
def test_a_form_that_the_kit_does_not_have_is_named(run: Run, words: tuple[str, ...], told: str) -> None:
    page = run("flash-groupe", *words, "--to", "md")
    assert (page.status, page.out) == (1, b"")
    assert told in page.err


def test_a_pdf_goes_into_a_file_private_and_named_after_the_kit(run: Run, tmp_path: Path) -> None:
    page = run("troika", "--to", "pdf", "--paper", "a3", "-o", f"{tmp_path}/new/", "--lang", "fr")
    file = tmp_path / "new" / "troika-poster.pdf"
    assert (page.status, page.out.decode()) == (0, f"{file}\n")
    assert pages_of(file.read_bytes()) == 1
    assert "Premier pas" in text_of(file.read_bytes())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_pdf_is_not_written_to_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("troika", "--to", "pdf", "--what", "roles").out.startswith(b"%PDF-")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    page = run("troika", "--to", "pdf")
    assert (page.status, page.out) == (2, b"")
    assert "name a file with -o" in page.err
    assert run("troika", "--to", "md").status == 0


def test_what_is_there_stays_unless_it_is_to_be_replaced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("mine", "utf-8")
    page = run("troika", "--to", "md", "-o", file)
    assert page.status == 1
    assert "--force replaces it" in page.err
    assert file.read_text("utf-8") == "mine"
    assert run("troika", "--to", "md", "-o", file, "--force").status == 0
    assert file.read_text("utf-8").startswith("# Troika")


def test_it_never_takes_the_place_of_a_record(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "group" / "sessions" / "page.md"
    record.write_text("the page", "utf-8")
    assert run("troika", "--to", "md", "-o", record, "--force").status == 1
    assert record.read_text("utf-8") == "the page"


def test_only_the_poster_is_large(run: Run) -> None:
    page = run("troika", "--to", "md", "--what", "cards", "--paper", "a3")
    assert (page.status, page.out) == (2, b"")
    assert "only the poster" in page.err


def test_a_file_is_a_kit_too_and_one_that_is_wrong_is_said_to_be(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = (FOLDER / "troika.toml").read_text("utf-8").replace('en = "Troika" }', 'en = "<b>Mine</b>" }', 1)
    own.write_text(text, "utf-8")
    assert run(own, "--to", "md").out.startswith(b"# \\<b\\>Mine")
    assert b"<h1>&lt;b&gt;Mine&lt;/b&gt;</h1>" in run(own, "--to", "html").out
    own.write_text(text.replace("format = 1", 'format = "one"'), "utf-8")
    broken = run(own, "--to", "pdf", "-o", tmp_path / "x.pdf")
    assert broken.status == 1
    assert f"{own}: " in broken.err
    assert "format" in broken.err
    assert not (tmp_path / "x.pdf").exists()
    assert "Did you mean “troika”?" in run("troka", "--to", "md").err


def test_that_it_had_to_be_shortened_is_told(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = (FOLDER / "troika.toml").read_text("utf-8")
    own.write_text(text.replace("purpose = {", f'purpose = {{ de = "x", en = "{"word " * 380}" }} #', 7), "utf-8")
    page = run(own, "--to", "pdf", "-o", tmp_path / "x.pdf")
    assert page.status == 0
    assert "Shortened to hold on one page" in page.err
    assert pages_of((tmp_path / "x.pdf").read_bytes()) == 1
