"""Which warnings make a test fail: our own, and not what a dependency says of itself."""

from __future__ import annotations

import gc
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest


def run(program: str, module: str, **known: Any) -> None:  # noqa: ANN401 - whatever the program names
    """Runs a line as a module of that name would."""
    exec(program, {"__name__": module, **known})  # noqa: S102 - our own lines, below


@pytest.mark.parametrize("category", [DeprecationWarning, UserWarning, RuntimeWarning, FutureWarning, BytesWarning])
@pytest.mark.parametrize("module", ["entraide_tui", "entraide_tui.kits.loader", "tests.kits.test_loader"])
def test_a_warning_of_ours_is_an_error(module: str, category: type[Warning]) -> None:
    with pytest.raises(category, match="old"):
        run("import warnings; warnings.warn('old', category)", module, category=category)


@pytest.mark.parametrize("module", ["textual.app", "pydantic", "importlib.metadata", "xdist.remote"])
def test_a_warning_of_a_dependency_about_itself_is_none(module: str) -> None:
    with warnings.catch_warnings(record=True) as seen:
        run("import warnings; warnings.warn('old', DeprecationWarning)", module)
    assert [str(one.message) for one in seen] in (["old"], [])


def test_a_warning_that_a_dependency_gives_us_is_an_error() -> None:
    here: dict[str, Any] = {"__name__": "textual.app"}
    exec("import warnings\ndef old(): warnings.warn('old', DeprecationWarning, stacklevel=2)", here)  # noqa: S102
    with pytest.raises(DeprecationWarning):
        run("old()", "entraide_tui.tui.app", old=here["old"])


@pytest.mark.parametrize("module", ["entraide_tui.common.files", "gc"])
def test_a_file_that_is_never_closed_is_an_error(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: seen.append(found.exc_type))
    (tmp_path / "file").touch()
    run("open(path)", module, path=tmp_path / "file")
    gc.collect()
    assert seen == [ResourceWarning]


@pytest.mark.parametrize(
    "said", [pytest.PytestUnraisableExceptionWarning, pytest.PytestUnhandledThreadExceptionWarning]
)
def test_what_nothing_caught_is_an_error(said: type[Warning]) -> None:
    with pytest.raises(said):
        run("import warnings; warnings.warn('lost', said)", "_pytest", said=said)


def test_what_is_never_awaited_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: seen.append(found.exc_type))
    run("async def forgotten(): ...\nforgotten()", "textual.app")
    gc.collect()
    assert seen == [RuntimeWarning]
