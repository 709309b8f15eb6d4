"""Any keys lead to the same workshop and the same screen, in one burst or with a pause after each."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.tui.app_driver import Driver, grid, leading
from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Sequence


def key_event(key: str) -> Key:
    import unicodedata

    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        char: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        char = key if len(key) == 1 else None
    return Key(key, char)


async def burst(d: Driver, keys: Sequence[str]) -> None:
    """All keys arrive in one read of the terminal."""
    for key in keys:
        event = key_event(key)
        event.set_sender(d.app)
        assert d.app._driver is not None
        d.app._driver.send_message(event)
    await d.settle()


def typed(text: str) -> list[str]:
    """Words and named keys: `last <enter> <f8>`."""
    out: list[str] = []
    for part in text.split():
        if part.startswith("<"):
            out.append(part.strip("<>"))
        else:
            out += ["space"] if part == "_" else list(part)
    return out


async def led(folder: Path, step: str, keys: Sequence[str], *, at_once: bool) -> tuple[list[str], list[str], list[str]]:
    """What was done, the drafts that stand in the end, and the screen: without ids, which count drafts too."""
    async with leading(folder, step) as d:
        if at_once:
            await burst(d, keys)
        else:
            for key in keys:
                await d.press(key)
        done = [event for event in d.live.history if not isinstance(event, e.Drafted | e.Held)]
        ids: dict[str, str] = {}
        names = [_without_ids(repr(event), ids) for event in done]
        screen = [re.sub("… saving|✓ saved", "", line).rstrip() for line in grid(d.app)]
        return names, sorted(map(repr, d.state.drafts.items())), screen


def _without_ids(text: str, ids: dict[str, str]) -> str:
    return re.sub(r"'([a-z])(\d+)'", lambda match: ids.setdefault(match[0], f"'{match[1]}#{len(ids)}'"), text)


@pytest.mark.parametrize(
    ("step", "keys"),
    [
        ("contributions", "last <enter> <f8>"),
        ("contributions", "alpha <enter> beta <enter>"),
        ("contributions", "two <enter> <ctrl+o>"),
        ("contributions", "<ctrl+n> Max <enter> after <enter>"),
        ("contributions", "one _ idea <enter> <f2> three <enter>"),
        ("contributions", "<f4> parked <enter> back <enter>"),
        ("contributions", "<ctrl+g> <escape> <ctrl+n> Karim <enter> words <enter>"),
        ("clarification", "mot01 <enter> mot02 <enter> mot03 <enter>"),
        ("plan", "call <enter> Ines <enter> demain <enter> number <enter> next <enter>"),
        ("ressenti", "bien <enter> 4 <enter> triste <enter> 2 <enter>"),
        ("expose", "a _ story <f8> question <enter>"),
        ("tour", "topic <enter> <tab> <enter> x <enter> <f8>"),
    ],
)
async def test_a_burst_is_what_the_same_keys_are_one_by_one(tmp_path: Path, step: str, keys: str) -> None:
    script = typed(keys)
    slow = await led(tmp_path / "slow", step, script, at_once=False)
    fast = await led(tmp_path / "fast", step, script, at_once=True)
    assert fast[0] == slow[0]
    assert fast[1] == slow[1]
    assert "\n".join(fast[2]) == "\n".join(slow[2])


KEYS = (
    ["enter"] * 6
    + ["tab", "escape", "up", "down", "space", "a", "é", "1", "b", "backspace", "delete", "home", "left"]
    + ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "ctrl+n", "ctrl+g", "ctrl+o", "ctrl+b", "ctrl+k", "ctrl+r"]
    + ["ctrl+t", "ctrl+f", "ctrl+d", "ctrl+l", "ctrl+p", "ctrl+u"]
)
"""Every kind of key: what one types, what moves the cursor, what opens a panel, what changes the step."""
STEPS = ("tour", "choix", "expose", "contributions", "tri", "plan", "ressenti")


@examples(12, any_size=True)
@given(
    st.sampled_from(STEPS),
    st.lists(st.sampled_from(KEYS) | st.text("abcdé ", min_size=1, max_size=6), min_size=1, max_size=25),
)
def test_any_keys_in_a_burst_are_what_they_are_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, step: str, parts: list[str]
) -> None:
    keys = [key for part in parts for key in ([part] if part in KEYS else [*part.replace(" ", "␣")])]
    keys = ["space" if key == "␣" else key for key in keys]
    folder = tmp_path_factory.mktemp("order")
    slow = asyncio.run(led(folder / "slow", step, keys, at_once=False))
    fast = asyncio.run(led(folder / "fast", step, keys, at_once=True))
    assert fast[0] == slow[0]
    assert fast[1] == slow[1]
    assert "\n".join(fast[2]) == "\n".join(slow[2])
