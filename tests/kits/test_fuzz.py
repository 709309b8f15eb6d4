"""Whatever a file holds, the loader gives a kit, or a scenario, or an error that can be read: soon, in little memory.

The long hunt is a command of its own: uv run python -m tests.kits.fuzz --inputs 100000
"""

from __future__ import annotations

import contextlib
import importlib
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.kits import fuzz

from entraide_tui.common import toml
from entraide_tui.common.errors import UserError
from entraide_tui.common.toml import reading
from entraide_tui.kits import limits, loader

HEAVIEST = ("numbers in a list", "dotted headers")
"""What takes, or took before there was a bound, most memory and most time."""


def assert_harmless(outcomes: list[fuzz.Outcome]) -> None:
    """A kit or a clear error, in less than a second."""
    assert [(outcome.said, outcome.seconds) for outcome in outcomes if outcome.said] == []


@examples(25, any_size=True)
@given(number=st.integers(0, 10**9))
def test_a_changed_kit_or_scenario_is_one_or_has_clear_faults(
    number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _what, data = fuzz.changed(number)
    assert_harmless(fuzz.tried(data, tmp_path_factory.getbasetemp() / "changed.toml"))


@examples(12, any_size=True)
@given(data=fuzz.invented())
def test_a_made_up_document_is_a_kit_or_has_clear_faults(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_harmless(fuzz.tried(data, tmp_path_factory.getbasetemp() / "invented.toml"))


@examples(30)
@given(data=st.binary(max_size=300))
def test_bytes_of_any_kind_are_no_kit_and_say_so(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    outcomes = fuzz.tried(data, tmp_path_factory.getbasetemp() / "bytes.toml")
    assert_harmless(outcomes)
    assert [outcome.kind for outcome in outcomes] == ["error", "error", "error"]


MEASURED = """
import resource, sys, time
from pathlib import Path
from typing import Any
from entraide_tui.common.errors import UserError
from entraide_tui.common import toml
from entraide_tui.kits import loader
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
loader.load(Path(sys.argv[1]))
before, spent = most(), []
for path in sys.argv[2:]:
    begun = time.process_time()
    try:
        loader.load(Path(path))
    except UserError:
        pass
    spent.append(time.process_time() - begun)
print((most() - before) / (1024 * 1024 if sys.platform == "darwin" else 1024), *spent)
"""


def test_the_largest_files_take_less_than_a_second_and_a_hundred_megabytes(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.toml" for number in range(1 + len(HEAVIEST))]
    for path, data in zip(paths, [fuzz.REAL[0], *(fuzz.LARGE[name]() for name in HEAVIEST)], strict=True):
        path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, paths)], text=True, capture_output=True, check=True
    )
    memory, *seconds = map(float, done.stdout.split())
    assert 0 <= memory < fuzz.MOST_MEMORY
    assert len(seconds) == len(HEAVIEST)
    assert max(seconds) < fuzz.LONGEST


def test_the_large_files_of_the_hunt_are_as_large_as_is_read() -> None:
    sizes = {name: len(made()) for name, made in fuzz.LARGE.items() if name not in ("nothing", "one byte too many")}
    assert all(0.7 * limits.LARGEST < size <= limits.LARGEST for size in sizes.values()), sizes


def test_more_keys_and_items_than_any_kit_has_are_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "kit.toml"
    path.write_bytes(b"format = 1\nsteps = [" + b"1," * limits.MOST_PARTS + b"]\n")
    (finding,) = loader.check_file(path).errors
    assert str(limits.MOST_PARTS) in finding.what
    assert max(map(parts, fuzz.REAL + fuzz.REAL_PLAYS)) * 5 < limits.MOST_PARTS


def parts(data: bytes) -> int:
    """About how many keys and items a file has."""
    return data.count(b"=") + data.count(b",")


def test_a_fault_of_the_loader_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "check_file", lambda _path: 1 / 0)
    assert fuzz.tried(fuzz.REAL[0], tmp_path / "kit.toml")[0].kind == "fault"
    monkeypatch.undo()
    monkeypatch.setattr(fuzz, "LONGEST", -1.0)
    assert {outcome.kind for outcome in fuzz.tried(fuzz.REAL[0], tmp_path / "kit.toml")} == {"fault"}


@pytest.mark.campaign
def test_the_command_finds_nothing(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.kits.fuzz", "--inputs", "3000", "--seed", "7", "--keep", str(tmp_path)]
    done = subprocess.run(words, cwd=Path(__file__).parents[2], text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


OPEN = ["[", "{a=", "{a=[", "[{a=", '["""\nx = """,']
SOUP = [
    *OPEN,
    "]",
    "}",
    "\nx = ",
    "\na.b = ",
    "\n",
    "1",
    ",",
    '"',
    "'",
    '"]"',
    "'['",
    "#",
    ".",
    "\\",
    "\n[[t]]\n",
    '"""',
    "{",
]
soup = st.lists(st.one_of(st.sampled_from(OPEN), st.sampled_from(SOUP)), max_size=20)


@examples(250)
@given(parts=soup)
def test_what_looks_plain_at_a_glance_is_never_deep(parts: list[str]) -> None:
    text = "x = " + "".join(parts)
    deepest = 0
    depth = 0

    def counted(inside: Any) -> Any:  # noqa: ANN401 - the parser's own functions
        def count(*words: Any) -> Any:  # noqa: ANN401
            nonlocal deepest, depth
            depth += 1
            deepest = max(deepest, depth)
            try:
                return inside(*words)
            finally:
                depth -= 1

        return count

    parser = importlib.import_module("tomllib._parser")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "DEEPEST", 2)
        patch.setattr(parser, "parse_array", counted(parser.parse_array))
        patch.setattr(parser, "parse_inline_table", counted(parser.parse_inline_table))
        plain = reading._surely_within_limits(text)
        with contextlib.suppress(ValueError):
            tomllib.loads(text)
    assert not plain or deepest <= 2


@examples(60)
@given(
    depth=st.integers(1, 45),
    shape=st.sampled_from(["lists", "keys", "tables"]),
    before=st.sampled_from(["", "y = 1\n"]),
)
def test_what_is_too_deep_for_us_is_refused_and_all_else_is_read(depth: int, shape: str, before: str) -> None:
    """Lists in lists, tables in tables, and both together: below one key."""
    made = {
        "lists": f"{before}x = {'[' * depth}{']' * depth}\n",
        "keys": f"{before}{'.'.join(['x'] * 5)} = {'{ a = ' * depth}1{' }' * depth}\n",
        "tables": f"{before}[{'.'.join(['t'] * min(depth, 16))}]\nx = {'[' * depth}{']' * depth}\n",
    }[shape]
    levels = {"lists": depth, "keys": 4 + depth, "tables": min(depth, 16) + depth}[shape]
    if levels <= reading.DEEPEST:
        assert toml.parse(made.encode(), Path("x"))
        return
    with pytest.raises(UserError) as caught:
        toml.parse(made.encode(), Path("x"))
    assert caught.value.findings[0].line >= 1
