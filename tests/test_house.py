"""The rules of the house: who may import what, what reads a clock, what stays pure, what stays small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from entraide_tui.workshop.events import KINDS

SOURCE = Path(__file__).parents[1] / "src" / "entraide_tui"
FILES = sorted(SOURCE.rglob("*.py"))
NAMES = [str(path.relative_to(SOURCE)) for path in FILES]
ORDER = (
    "common", "kits", "workshop", "rehearsal", "archive", "session", "health", "privacy", "exports", "widgets", "tui",
    "cli",
)  # fmt: skip
"""The parts of the program, each standing on those before it."""
CORE = ORDER[: ORDER.index("widgets")]
MAY_IMPORT = {part: set(ORDER[: number + 1]) for number, part in enumerate(ORDER)}
MAY_IMPORT |= {"__main__": {"cli"}, "__init__": set()}
NEVER = {("workshop", "rehearsal"), ("archive", "rehearsal"), ("session", "rehearsal"), ("privacy", "health")}
"""Pairs where the first must not know the second, although it stands below."""
LONGEST_FILE = 420
LONGER: dict[str, str] = {}
CLOCKS = {
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time"}
    | {"clock_gettime", "clock_gettime_ns", "localtime", "gmtime", "ctime", "strftime", "asctime", "thread_time"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
}
IMPURE_MODULES = {
    "time",
    "os",
    "pathlib",
    "io",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "random",
    "secrets",
    "sys",
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def part_of(path: Path) -> str:
    """The package, or the module at the top, that a file belongs to."""
    return Path(path.relative_to(SOURCE).parts[0]).stem


def imports(path: Path) -> list[tuple[int, str]]:
    """Every module that a file imports, wherever it does, also for type checking; relative names made whole."""
    out: list[tuple[int, str]] = []
    package = ["entraide_tui", *path.relative_to(SOURCE).parts[:-1]]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            out += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            out += [(node.lineno, f"{name}.{alias.name}") for alias in node.names]
    return out


def ours(path: Path) -> list[tuple[int, str]]:
    """The parts of the program that a file imports."""
    parts = [(line, name.split(".")) for line, name in imports(path)]
    return [(line, names[1]) for line, names in parts if names[0] == "entraide_tui" and len(names) > 1]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    assert part in MAY_IMPORT, "a new part of the program needs its place in the order"
    allowed = {name for name in MAY_IMPORT[part] if (part, name) not in NEVER}
    assert [(line, name) for line, name in ours(path) if name not in allowed and name in MAY_IMPORT] == []


def test_the_import_rule_sees_imports() -> None:
    seen = {part_of(path): {name for _line, name in ours(path)} for path in FILES if path.name == "loader.py"}
    assert seen["kits"] >= {"common", "kits"}
    assert any(name == "workshop" for path in FILES if part_of(path) == "session" for _line, name in ours(path))


@pytest.mark.parametrize("package", CORE)
def test_the_core_imports_no_screen_and_nothing_that_a_fast_start_does_without(package: str) -> None:
    modules = [
        ".".join(["entraide_tui", *path.relative_to(SOURCE).with_suffix("").parts]).removesuffix(".__init__")
        for path in FILES
        if part_of(path) == package
    ]
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}:\n"
        "    importlib.import_module(name)\n"
        "print(*sorted({n.split('.')[0] for n in sys.modules} & {'textual', 'rich', 'pydantic'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert modules
    assert done.stdout.split() == []


@pytest.mark.parametrize("path", [p for p in FILES if part_of(p) == "workshop"], ids=lambda p: p.name)
def test_the_workshop_is_pure(path: Path) -> None:
    assert [(line, name) for line, name in imports(path) if name.split(".")[0] in IMPURE_MODULES] == []
    inside = [name for _line, name in imports(path) if name.startswith("entraide_tui.common.")]
    assert [n for n in inside if n.split(".")[2] in {"clock", "files", "lock", "toml", "workspace", "settings"}] == []
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert [f.id for f in calls if isinstance(f, ast.Name) and f.id in {"open", "input", "print", "exec", "eval"}] == []


@pytest.mark.parametrize("path", [p for p in FILES if part_of(p) in ("cli", "tui", "widgets")], ids=lambda p: p.name)
def test_commands_and_screens_let_nothing_leave_but_by_the_one_way(path: Path) -> None:
    formats = {"calendar", "data", "html", "pdf", "plain_text", "recap", "table"}
    modules = [(line, name.split(".")) for line, name in imports(path)]
    assert [(line, name) for line, name in modules if name[1:2] == ["exports"] and set(name[2:3]) & formats] == []


def clock_reads(path: Path) -> list[tuple[int, str]]:
    """Where a file asks what time it is."""
    out = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if node.attr in CLOCKS.get(name, set()):
                out.append((node.lineno, f"{name}.{node.attr}"))
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            out += [(node.lineno, f"time.{a.name}") for a in node.names if a.name in CLOCKS["time"]]
    return out


@pytest.mark.parametrize("path", [p for p in FILES if p != SOURCE / "common" / "clock.py"], ids=lambda p: p.name)
def test_only_the_clock_reads_a_clock(path: Path) -> None:
    assert clock_reads(path) == []


def test_the_clock_rule_sees_a_clock() -> None:
    assert {name for _line, name in clock_reads(SOURCE / "common" / "clock.py")} >= {"time.time", "time.clock_gettime"}


@pytest.mark.parametrize(("path", "name"), list(zip(FILES, NAMES, strict=True)), ids=NAMES)
def test_a_file_stays_small_enough_to_be_read_in_one_go(path: Path, name: str) -> None:
    size = len(path.read_text("utf-8").splitlines())
    if name in LONGER:
        assert size > LONGEST_FILE, "it is small again: take it off the list"
    else:
        assert size <= LONGEST_FILE


def selectors(path: Path) -> set[str]:
    """The kinds of widgets that a file's styles speak of."""
    styles = [path.read_text("utf-8")] if path.suffix == ".tcss" else []
    for node in ast.walk(tree(path)) if path.suffix == ".py" else ():
        if isinstance(node, ast.Assign) and {t.id for t in node.targets if isinstance(t, ast.Name)} & {
            "CSS",
            "DEFAULT_CSS",
        }:
            styles += [
                part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
    outside = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", "\n".join(styles), flags=re.DOTALL)
    return set(re.findall(r"(?<![\w.#$-])[A-Z]\w*", outside))


def test_styles_speak_of_widgets_that_there_are() -> None:
    known = {node.name for path in FILES for node in tree(path).body if isinstance(node, ast.ClassDef)}
    known |= {"Screen", "Static"}  # of Textual's own
    styled = {path: selectors(path) for path in [*FILES, *SOURCE.rglob("*.tcss")]}
    assert any("LiveScreen" in names for names in styled.values())
    assert {path.name: names - known for path, names in styled.items() if names - known} == {}


def test_what_the_checks_of_a_change_name_is_there() -> None:
    root = SOURCE.parents[1]
    named = re.findall(r"(?:tests|src|benchmarks|kits|docs)/[\w./-]+", (root / ".ci" / "run").read_text("utf-8"))
    assert "tests/test_house.py" in named
    assert [name for name in named if not (root / name).exists()] == []


def folders() -> dict[str, int]:
    """The lines of each folder, with all that is below it."""
    out: dict[str, int] = {}
    for path in FILES:
        size = len(path.read_text("utf-8").splitlines())
        for folder in path.relative_to(SOURCE).parents:
            out[str(folder)] = out.get(str(folder), 0) + size
    return out


def test_no_folder_holds_more_than_a_quarter_of_the_program() -> None:
    sizes = folders()
    whole = sizes.pop(".")
    assert len(sizes) > 15
    assert {name: size for name, size in sizes.items() if size > whole / 4} == {}


def events_made(path: Path) -> list[tuple[int, str]]:
    """Where a file makes an event of the workshop."""
    home = "entraide_tui.workshop.events"
    modules = {home}
    names = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                if name == home:
                    modules.add(alias.asname or alias.name)
                elif node.module == home and alias.name in KINDS:
                    names[alias.asname or alias.name] = alias.name
        elif isinstance(node, ast.Import):
            modules |= {alias.asname for alias in node.names if alias.name == home and alias.asname}
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    made = [(c.lineno, names[c.func.id]) for c in calls if isinstance(c.func, ast.Name) and c.func.id in names]
    return made + [
        (c.lineno, c.func.attr)
        for c in calls
        if isinstance(c.func, ast.Attribute) and c.func.attr in KINDS and ast.unparse(c.func.value) in modules
    ]


GESTURES = SOURCE / "workshop" / "gestures"


@pytest.mark.parametrize("path", [p for p in FILES if p.parent != GESTURES], ids=lambda p: str(p.relative_to(SOURCE)))
def test_events_are_made_by_gestures_alone(path: Path) -> None:
    assert events_made(path) == []


def test_the_rule_on_events_sees_each_of_them() -> None:
    assert {name for path in FILES for _line, name in events_made(path)} == set(KINDS)


def applied(path: Path) -> list[int]:
    """Where a file applies something to an open session: a call of `do` or `undo` on what is called a live session."""
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("do", "undo")
        and ast.unparse(node.func.value).split(".")[-1] in ("live", "_live", "session", "_session")
    ]


@pytest.mark.parametrize(
    "path", [p for p in FILES if part_of(p) != "session"], ids=lambda p: str(p.relative_to(SOURCE))
)
def test_screens_leave_gestures_to_the_controller(path: Path) -> None:
    assert applied(path) == []


def test_the_rule_on_gestures_sees_the_controller() -> None:
    assert len(applied(SOURCE / "session" / "controller.py")) == 2


def test_an_error_for_people_is_raised_as_one_of_its_kinds() -> None:
    """So that a caller can tell what can be done about it."""
    plain = [
        f"{name}:{node.lineno}"
        for path, name in zip(FILES, NAMES, strict=True)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UserError"
    ]
    assert plain == []


def module(path: Path) -> str:
    """The name of a module as it is imported."""
    return ".".join(["entraide_tui", *path.relative_to(SOURCE).with_suffix("").parts]).removesuffix(".__init__")


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Whether at the top, inside a function, or for type checking alone."""
    modules = {module(path): path for path in FILES}
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        found = {one if one in modules else one.rpartition(".")[0] for _line, one in imports(path)}
        graph[name] = (found & modules.keys()) - {name}
    ends = ["any"]
    while ends:
        used = set().union(*graph.values())
        ends = [name for name, others in graph.items() if not others or name not in used]
        graph = {name: others - {*ends} for name, others in graph.items() if name not in ends}
    assert graph == {}, "these form circles, or stand between two of them"
