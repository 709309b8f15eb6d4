"""Copies of kits: the same bytes but for who they are, where they come from said, nothing written over."""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.kits.test_loader import KIT

from entraide_tui.common import i18n
from entraide_tui.common.errors import UserError
from entraide_tui.common.toml.document import Document
from entraide_tui.kits import catalogue, copying, limits, loader
from entraide_tui.kits.model import in_language

FOLDER = Path(__file__).parents[2] / "kits"
SHIPPED = sorted(FOLDER.glob("*.toml"))
OWN = ("id", "version", "based_on")


def kit(folder: Path, text: str) -> Path:
    """A kit file."""
    path = folder / "source.toml"
    path.write_bytes(text.encode())
    return path


def untouched(text: str) -> list[str]:
    """The lines that a copy has nothing to say in."""
    return [line for line in text.splitlines() if not line.startswith(OWN)]


@pytest.mark.parametrize("source", SHIPPED, ids=lambda p: p.stem)
def test_a_copy_of_a_shipped_kit_is_the_same_but_for_its_head(source: Path, tmp_path: Path) -> None:
    made = copying.copy(source, tmp_path / "kits", "le-notre")
    assert made == tmp_path / "kits" / "le-notre.toml"
    original, copied = loader.load(source), loader.load(made)
    assert (copied.id, copied.version) == ("le-notre", 1)
    assert (copied.licence, copied.credits) == (original.licence, original.credits)
    assert replace(copied, id=original.id, version=original.version, based_on=original.based_on) == original
    assert untouched(made.read_text("utf-8")) == untouched(source.read_text("utf-8"))
    for language in ("fr", "en"):
        said = in_language(copied.based_on, language)
        for part in (in_language(original.title, language), original.id, f"{original.version}", original.licence):
            assert part in said
    assert isinstance(copied.based_on, dict)
    assert list(copied.based_on) == ["fr", "en"]


def test_only_three_values_differ_and_each_stands_where_it_stood(tmp_path: Path) -> None:
    text = KIT.replace('id = "mine"', "'id'   =  \"mine\"   # ours").replace("version = 1", "version = 7 # seven")
    text = text.replace('summary = "Short"', 'summary = "Short"\nbased_on = """\nAn older one."""  # long ago')
    made = copying.copy(kit(tmp_path, text), tmp_path / "kits", "yours")
    expected = text.replace('"mine"', '"yours"', 1).replace("version = 7", "version = 1")
    before, after = expected.split('"""\nAn older one."""')
    copied = made.read_text("utf-8")
    assert copied.startswith(before)
    assert copied.endswith(after)
    value = copied.removeprefix(before).removesuffix(after)
    assert tomllib.loads(f"x = {value}")["x"] == {
        "fr": tomllib.loads(f"x = {value}")["x"]["fr"],
        "en": "Based on “Mine” (mine, version 7). An older one.",
    }


LAYOUTS = {
    "windows line ends": KIT.replace("\n", "\r\n"),
    "a mark": "\ufeff" + KIT,
    "no line end at the end": KIT.rstrip("\n"),
    "a dotted basis": KIT.replace("summary =", 'based_on.fr = "Un"\nbased_on.en = "One"\nsummary ='),
    "a basis below a header": KIT.replace("[[steps]]", '[based_on]\nfr = "Un"\nen = "One"\n\n[[steps]]', 1),
    "an empty basis": KIT.replace("summary =", 'based_on = ""\nsummary ='),
    "credits below a header": KIT.replace("[[steps]]", '[credits]\nen = "Us"\n\n[[steps]]', 1),
    "credits over several lines": KIT.replace("summary =", 'credits = """\nA\nB"""\nsummary ='),
    "ids in texts": KIT.replace('"Short"', '"""\nid = "x"\nversion = 2\n"""'),
    "comments": KIT.replace("version = 1", '# id = "other"\nversion = 1 # version = 2'),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_any_layout_is_kept(name: str, tmp_path: Path) -> None:
    source = kit(tmp_path, LAYOUTS[name])
    made = copying.copy(source, tmp_path / "kits", "yours")
    original, copied = loader.load(source), loader.load(made)
    assert replace(copied, id="mine", based_on=original.based_on) == original
    assert "(mine, version 1)" in in_language(copied.based_on, "en")
    before, after = source.read_bytes(), made.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\r\n") == (after.count(b"\n") if b"\r" in before else 0)
    assert after.endswith(before[-60:])
    assert in_language(original.based_on, "en") in in_language(copied.based_on, "en")


def test_a_kit_of_one_language_says_it_in_the_one_in_use(tmp_path: Path) -> None:
    source = kit(tmp_path, KIT.replace('{ fr = "Le mien", en = "Mine" }', '"Mine"'))
    made = copying.copy(source, tmp_path / "kits", "yours")
    assert loader.load(made).based_on == "Based on “Mine” (mine, version 1)."


def test_a_copy_of_a_copy_names_both_and_a_long_line_of_them_can_still_be_read(tmp_path: Path) -> None:
    path = kit(tmp_path, KIT.replace('en = "Mine"', f'en = "{"Mine " * 300}"'))
    for number in range(12):
        path = copying.copy(path, tmp_path / "kits", f"yours-{number}")
        said = in_language(loader.load(path).based_on, "en")
        assert said.startswith("Based on “Mine Mine")
        assert number > 3 or "(mine, version 1)" in said
        assert len(said) <= limits.LONGEST_TEXT


@pytest.mark.parametrize("new", ["Mon kit", "", "-a", "../x", "a/b", "é", "x" * 81, "a\n", "a.toml"])
def test_what_is_no_id_is_refused_and_nothing_is_written(new: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be an id") as caught:
        copying.copy(SHIPPED[0], tmp_path / "kits", new)
    assert ("What about “mon-kit”?" in caught.value.what) == (new == "Mon kit")
    assert list(tmp_path.iterdir()) == [tmp_path / "home"] or list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    own = tmp_path / "kits"
    own.mkdir()
    (own / "ours.toml").write_text("anything", "utf-8")
    (own / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    for name in ("ours", "gone"):
        with pytest.raises(UserError, match="there already"):
            copying.copy(SHIPPED[0], own, name)
    assert (own / "ours.toml").read_text("utf-8") == "anything"
    assert not (tmp_path / "nowhere.toml").exists()


def test_an_id_that_another_kit_has_is_refused_whatever_its_file_is_called(tmp_path: Path) -> None:
    own = tmp_path / "kits"
    own.mkdir()
    (own / "renamed.toml").write_text(KIT, "utf-8")
    for name in ("mine", "flash-binome"):
        with pytest.raises(UserError, match=f"has the id “{name}” already"):
            copying.copy(SHIPPED[0], own, name)
    assert [p.name for p in own.iterdir()] == ["renamed.toml"]


def test_a_kit_that_can_not_be_used_is_not_copied(tmp_path: Path) -> None:
    source = kit(tmp_path, KIT.replace("usual = 2", "usuel = 2"))
    with pytest.raises(UserError) as caught:
        copying.copy(source, tmp_path / "kits", "yours")
    assert "“usual”" in "".join(caught.value.lines())
    assert not (tmp_path / "kits").exists()


def test_the_schema_stands_beside_the_copy_unless_one_is_there(tmp_path: Path) -> None:
    own = tmp_path / "kits"
    copying.copy(SHIPPED[0], own, "one")
    beside = own / copying.SCHEMA
    assert beside.read_bytes() == (FOLDER / copying.SCHEMA).read_bytes()
    beside.write_text("{}", "utf-8")
    copying.copy(SHIPPED[0], own, "two")
    assert beside.read_text("utf-8") == "{}"
    assert sorted(p.name for p in own.iterdir()) == ["kit.schema.json", "one.toml", "two.toml"]


def test_the_copy_is_found_as_the_groups_own(tmp_path: Path) -> None:
    made = copying.copy(SHIPPED[0], tmp_path / "kits", "ours")
    assert catalogue.path_of("ours", tmp_path / "kits") == made


def test_a_disk_that_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(UserError, match="the disk is full"):
        copying.copy(SHIPPED[0], tmp_path / "kits", "ours")
    assert [p for p in (tmp_path / "kits").iterdir() if p.suffix == ".toml"] == []


def test_a_layout_that_can_not_be_followed_is_refused_not_spoiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Document, "__str__", lambda _document: KIT.replace("Ask", "Tell"))
    with pytest.raises(UserError, match="layout"):
        copying.copy(kit(tmp_path, KIT), tmp_path / "kits", "yours")
    assert not (tmp_path / "kits").exists()


texts = st.text(st.sampled_from("ab é'\"\\#=[]{}\n.,“”"), max_size=12).filter(lambda t: bool(t.strip()))


@examples(15)
@given(title=texts, credits_=texts, licence=texts, language=st.sampled_from(["fr", "en"]))
def test_whatever_a_head_says_a_copy_says_it_too(
    title: str, credits_: str, licence: str, language: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import tomli_w

    folder = tmp_path_factory.mktemp("any")
    head = tomli_w.dumps({"title": title, "credits": credits_, "licence": licence}, multiline_strings=True)
    source = kit(folder, KIT.replace('title = { fr = "Le mien", en = "Mine" }\n', head))
    i18n.set_language(language)
    copied = loader.load(copying.copy(source, folder / "kits", "yours"))
    assert (copied.title, copied.credits, copied.licence) == (title, credits_, licence)
    assert " ".join(title.split()) in str(copied.based_on)
    assert " ".join(licence.split()) in str(copied.based_on)
