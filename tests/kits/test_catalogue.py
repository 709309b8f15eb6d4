"""Finding kits: the group's own, those that ship, and what is said of one that can't be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common.errors import UserError
from entraide_tui.kits import catalogue

SHIPPED = Path(__file__).parents[2] / "kits"
OWN = 'format = 1\nid = "ours"\nversion = 1\ntitle = { fr = "Le nôtre", en = "Ours" }\n'
OWN += '[[steps]]\nid = "a"\ntitle = "A"\nminutes = { min = 1, usual = 2, max = 3 }\n'
OWN += '[steps.card]\nkind = "text"\nfills = "request"\n'
OWN += '[[steps]]\nid = "b"\ntitle = "B"\nrepeat = "offeror"\nminutes = { min = 1, usual = 5, max = 6 }\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A group's folder of kits."""
    (tmp_path / "ours.toml").write_text(OWN, "utf-8")
    return tmp_path


def test_the_shipped_kits_are_listed_with_title_and_minutes() -> None:
    heads = {head.id: head for head in catalogue.headlines(None, "fr")}
    assert set(heads) == {path.stem for path in SHIPPED.glob("*.toml")}
    main = heads["atelier-entraide"]
    assert (main.title, main.minutes, main.people, main.shipped, main.fault) == (
        "Atelier d’entraide",
        90,
        (4, 13),
        True,
        "",
    )
    assert heads["flash-binome"].minutes == 2 + 2 * (2 + 4 + 5 + 2) + 2
    english = {head.id: head.title for head in catalogue.headlines(None, "en")}
    assert english["atelier-entraide"] == "Mutual-aid workshop"


def test_the_group_s_own_kits_come_first(own: Path) -> None:
    heads = catalogue.headlines(own, "fr")
    assert (heads[0].id, heads[0].title, heads[0].minutes, heads[0].shipped) == ("ours", "Le nôtre", 12, False)
    assert {head.id for head in heads[1:]} == {path.stem for path in SHIPPED.glob("*.toml")}


def test_a_kit_of_the_group_takes_the_place_of_the_shipped_one_of_its_name(own: Path) -> None:
    copy = own / "flash-binome.toml"
    copy.write_text(OWN.replace('"ours"', '"flash-binome"'), "utf-8")
    assert [head.shipped for head in catalogue.headlines(own, "fr") if head.id == "flash-binome"] == [False]
    assert catalogue.path_of("flash-binome", own) == copy
    assert catalogue.find("flash-binome", own).title == {"fr": "Le nôtre", "en": "Ours"}


def test_a_temporary_or_hidden_file_is_no_kit(own: Path) -> None:
    (own / ".ours.toml.~12-ab").write_text("x")
    (own / ".hidden.toml").write_text(OWN)
    assert [head.id for head in catalogue.headlines(own, "fr") if not head.shipped] == ["ours"]


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert all(head.shipped for head in catalogue.headlines(tmp_path / "none", "fr"))


@pytest.mark.parametrize("name", [path.stem for path in sorted(SHIPPED.glob("*.toml"))])
def test_a_kit_is_found_by_its_id(name: str) -> None:
    assert catalogue.find(name, None).id == name


def test_a_kit_is_found_by_the_path_of_its_file_or_by_its_id_in_another_file(own: Path) -> None:
    (own / "ours.toml").rename(own / "renamed.toml")
    assert catalogue.find(str(own / "renamed.toml"), None).id == "ours"
    assert catalogue.find("ours", own).id == "ours"


def test_a_broken_kit_hides_no_other(own: Path) -> None:
    (own / "a-broken.toml").write_text("format = [")
    assert catalogue.find("ours", own).id == "ours"
    head = catalogue.headlines(own, "fr")[0]
    assert "a-broken.toml" in head.fault
    assert "1:" in head.fault


def test_an_unknown_kit_is_told_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match="“atelier-entraide”"):
        catalogue.find("atelier-entraid", None)
    with pytest.raises(UserError, match="kits list"):
        catalogue.find("zzz", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = 3",
        "title = { fr = 3 }\nsteps = []",
        'title = "T"\nsteps = 3',
        'title = "T"\nsteps = [3]',
        'title = "T"\nsteps = []\ngroup_size = { min = inf }',
        'title = "T"\nsteps = []\ngroup_size = { min = nan }',
        'title = "T"\nsteps = []\ngroup_size = 3',
        'title = "T"\n[[steps]]\nminutes = { usual = "x" }',
        'title = "T"\n[[steps]]\nminutes = 3',
        'title = "T"\nsummary = 3\nsteps = []',
        'title = ""\nsteps = []',
        'title = { fr = " " }\nsteps = []',
        "title = {}\nsteps = []",
        'title = "T"\n[[steps]]\nminutes = { usual = nan }',
        'title = "T"\n[[steps]]\nminutes = { usual = inf }',
        'title = "T"\n[[steps]]\nminutes = { usual = -3 }',
    ],
)
def test_a_kit_of_the_wrong_shape_is_listed_with_a_fault(own: Path, text: str) -> None:
    (own / "ours.toml").write_text(text)
    heads = [head for head in catalogue.headlines(own, "fr") if not head.shipped]
    assert [(head.title, bool(head.fault)) for head in heads] == [("ours", True)]


def test_a_title_gives_no_order_to_the_terminal(own: Path) -> None:
    (own / "ours.toml").write_text(OWN.replace("Le nôtre", "\\u001b]0;x\\u0007"), "utf-8")
    assert catalogue.headlines(own, "fr")[0].title == "␛]0;x␇"


scraps = st.sampled_from(
    ["3", '"x"', "[]", "{}", "[3]", "inf", "-inf", "nan", "true", "2026-01-01", "{ fr = 3 }", "{ usual = nan }"]
)
keys = st.sampled_from(["id", "title", "summary", "steps", "group_size", "version"])


@examples(30)
@given(st.dictionaries(keys, scraps))
def test_any_shape_is_listed(tmp_path_factory: pytest.TempPathFactory, document: dict[str, str]) -> None:
    folder = tmp_path_factory.getbasetemp() / "shapes"
    folder.mkdir(exist_ok=True)
    (folder / "shape.toml").write_text("\n".join(f"{key} = {value}" for key, value in document.items()))
    head = catalogue._headline(folder / "shape.toml", shipped=False, language="fr")
    assert isinstance(head.title, str)
    assert head.fault or {"title", "steps"} <= set(document)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_of_a_kit_that_ships_as_much_is_read_as_is_shown(language: str) -> None:
    for path in sorted(SHIPPED.glob("*.toml")):
        whole = catalogue._headline(path, shipped=False, language=language)
        assert whole.fault == ""
        assert catalogue._headline(path, shipped=True, language=language) == replace(whole, shipped=True)


def test_a_shipped_kit_in_another_layout_is_read_as_a_whole(tmp_path: Path) -> None:
    for changed in (OWN.replace("[[steps]]", "  [[steps]]"), OWN.replace('id = "ours"', "  id = 'ours'"), "format = ["):
        (tmp_path / "ours.toml").write_text(changed, "utf-8")
        whole = catalogue._headline(tmp_path / "ours.toml", shipped=False, language="fr")
        assert catalogue._headline(tmp_path / "ours.toml", shipped=True, language="fr") == replace(whole, shipped=True)
