"""Settings: one key is changed, all else in the file stays; one bad entry costs only itself."""

from __future__ import annotations

import stat
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common.errors import UserError
from entraide_tui.common.settings import GUIDANCE_LEVELS, Settings, SettingsStore, without_person

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = """\
# mine
language = "fr"
sound = true  # at the last minute

[keys]
pause = "f11"
park = "ctrl+w"

[later]
colours = ["red"]

[words."Jean Dupont"]
troika = "none"
"""


def store(folder: Path, text: str = WRITTEN) -> SettingsStore:
    file = folder / "settings.toml"
    file.write_text(text, "utf-8")
    return SettingsStore.load(file)


def test_a_change_leaves_every_other_byte_of_the_file(tmp_path: Path) -> None:
    held = store(tmp_path)
    held.change(("words", "", "flash-binome"), "key-words")
    held.change(("keys", "pause"), "f9")
    held.change(("sound",), False)  # noqa: FBT003 - a setting's value
    text = held.file.read_text("utf-8")
    assert text == WRITTEN.replace('pause = "f11"', 'pause = "f9"').replace("true", "false") + (
        '\n[words.""]\nflash-binome = "key-words"\n'
    )


def test_what_is_read_again_is_what_counts_now(tmp_path: Path) -> None:
    held = store(tmp_path)
    held.change(("keys", "park"), None)
    held.change(("discreet",), True)  # noqa: FBT003 - a setting's value
    held.change(("words", "Jean Dupont", "troika"), "full")
    again = SettingsStore.load(held.file).values
    assert again == held.values
    assert again == Settings(
        language="fr",
        sound=True,
        discreet=True,
        keys={"pause": "f11"},
        guidance_levels={"Jean Dupont": {"troika": "full"}},
    )
    assert tomllib.loads(held.file.read_text("utf-8"))["later"] == {"colours": ["red"]}


def test_another_program_may_have_changed_another_key_meanwhile(tmp_path: Path) -> None:
    one, other = store(tmp_path), SettingsStore.load(tmp_path / "settings.toml")
    other.change(("keys", "next"), "f12")
    one.change(("discreet",), True)  # noqa: FBT003 - a setting's value
    assert SettingsStore.load(one.file).values.keys == {"pause": "f11", "park": "ctrl+w", "next": "f12"}


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        ("sound = 3", "sound"),
        ('language = "de"', "language"),
        ("nonsense = 1", "nonsense"),
        ("keys = 4", "keys"),
        ("keys = { next = 4 }", "keys.next"),
        ("words = { Awa = 1 }", "words.Awa"),
        ('words = { Awa = { troika = "loud" } }', "words.Awa.troika"),
    ],
)
def test_one_bad_entry_never_costs_the_others(tmp_path: Path, bad: str, name: str) -> None:
    held = store(tmp_path, f"discreet = true\n{bad}\n")
    assert held.values.discreet
    assert name in held.notice
    assert str(held.file) in held.notice
    held.change(("guidance",), False)  # noqa: FBT003 - a setting's value
    assert bad in held.file.read_text("utf-8")
    assert SettingsStore.load(held.file).values == Settings(discreet=True, guidance=False) or bad.startswith("words")


@pytest.mark.parametrize("text", ["keys = 4\n", "[[keys]]\n"])
def test_a_key_that_has_no_place_in_the_file_counts_for_this_time(tmp_path: Path, text: str) -> None:
    held = store(tmp_path, text)
    with pytest.raises(UserError, match="safely"):
        held.change(("keys", "pause"), "f11")
    assert held.values.keys == {"pause": "f11"}
    assert held.file.read_text("utf-8") == text


@pytest.mark.parametrize("text", ["sound = ", "\x00", "= = ="])
def test_a_file_that_is_no_toml_is_said_and_never_overwritten(tmp_path: Path, text: str) -> None:
    held = store(tmp_path, text)
    assert str(held.file) in held.notice
    with pytest.raises(UserError):
        held.change(("sound",), True)  # noqa: FBT003 - a setting's value
    assert held.values.sound, "it counts for this time"
    assert held.file.read_text("utf-8") == text


def test_no_file_is_the_defaults_and_the_first_change_makes_it_private(tmp_path: Path) -> None:
    held = SettingsStore.load(tmp_path / "new" / "settings.toml")
    assert held.values == Settings()
    assert not held.notice
    held.change(("keys", "pause"), "f11")
    assert held.file.read_text("utf-8") == '[keys]\npause = "f11"\n'
    assert stat.S_IMODE(held.file.stat().st_mode) == 0o600


NAMES = st.text(max_size=8)
PLACES = st.one_of(
    st.tuples(st.tuples(st.sampled_from(["sound", "discreet", "guidance"])), st.booleans() | st.none()),
    st.tuples(st.tuples(st.just("keys"), NAMES), st.sampled_from(["f9", "ctrl+t"]) | st.none()),
    st.tuples(st.tuples(st.just("words"), NAMES, NAMES), st.sampled_from(GUIDANCE_LEVELS) | st.none()),
)


@given(st.lists(PLACES, max_size=8))
@examples(60)
def test_any_changes_are_read_back_and_the_rest_stays(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[str, ...], bool | str | None]]
) -> None:
    held = store(tmp_path_factory.mktemp("settings"))
    for place, value in changes:
        held.change(place, value)
    again = SettingsStore.load(held.file)
    assert not again.notice.replace("later", "") or "later" in again.notice
    kept = {name: table for name, table in held.values.guidance_levels.items() if table}
    assert {name: table for name, table in again.values.guidance_levels.items() if table} == kept
    assert again.values.keys == held.values.keys
    assert (again.values.sound, again.values.discreet) == (held.values.sound, held.values.discreet)
    assert "# mine\n" in held.file.read_text("utf-8")


def test_the_guidance_chosen_for_somebody_goes_with_what_was_written_beside_it(tmp_path: Path) -> None:
    text = WRITTEN.replace('[words."Jean Dupont"]', '# my brother\n[words."Jean Dupont"] # he leads on Mondays')
    after = without_person(text.encode(), tmp_path / "settings.toml", lambda name: name == "Jean Dupont")
    assert after.decode() == WRITTEN[: WRITTEN.index("\n[words")]
