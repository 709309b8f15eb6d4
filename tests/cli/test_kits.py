"""The commands on kits: check, copy, diff, schema, suggest."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.archive.test_kit_advice import timed
from tests.kits.test_loader import KIT

from entraide_tui import cli
from entraide_tui.archive import model as m
from entraide_tui.archive import record_file
from entraide_tui.kits import loader

SHIPPED = Path(__file__).parents[2] / "kits"


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON values
        return json.loads(self.out)


class Group:
    """A workspace, and the commands in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.kits = root / "kits"
        self.kits.mkdir(parents=True)
        (root / "entraide.toml").write_text('name = "Readers"\n', "utf-8")
        self._capsys = capsys

    def __call__(self, *words: object, lang: str = "en") -> Said:
        try:
            status = cli.main(["kits", *map(str, words), "--workspace", str(self.root), "--lang", lang])
        except SystemExit as end:
            status = int(str(end.code))
        said = Said(status, *self._capsys.readouterr())
        assert "Traceback" not in said.err
        assert "\x1b" not in said.out + said.err
        return said

    def kit(self, text: str, name: str = "mine") -> Path:
        """One of its own."""
        path = self.kits / f"{name}.toml"
        path.write_text(text, "utf-8")
        return path

    def keep(self, *records: m.Record) -> None:
        """Records in its archive."""
        folder = self.root / "sessions" / "2026"
        folder.mkdir(parents=True, exist_ok=True)
        for record in records:
            (folder / f"{record.id}.toml").write_text(record_file.dumps(record), "utf-8")


@pytest.fixture
def group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Group:
    return Group(tmp_path / "group", capsys)


# -- check


def test_a_fault_is_told_with_its_line_and_its_column_and_what_was_meant(group: Group) -> None:
    text = KIT.replace("usual = 2, max = 3 }", 'usuel = 2, max = "3" }').replace('summary = "Short"', "summary = 3")
    path = group.kit(text)
    said = group("check", path)
    assert said.status == 1
    assert said.out == ""
    lines = said.err.splitlines()
    assert [line.removeprefix(f"{path}:").split(": ")[:2] for line in lines] == [
        ["5:1", "summary"],
        ["18:1", "steps[1].minutes.usual"],
        ["18:22", "steps[1].minutes.usuel"],
        ["18:33", "steps[1].minutes.max"],
    ]
    assert "Did you mean “usual”?" in lines[2]
    found = group("check", path, "--json")
    assert found.status == 1
    assert [(f["line"], f["column"]) for f in found.json] == [(5, 1), (18, 1), (18, 22), (18, 33)]


def test_what_is_no_toml_is_told_where_it_ends_to_be(group: Group) -> None:
    path = group.kit('format = 1\nid = "a" b\n')
    assert group("check", path).err.startswith(f"{path}:2:10: this is not TOML here")


def test_what_has_no_line_is_told_without_one_and_a_warning_is_no_fault(group: Group) -> None:
    path = group.kit(KIT.replace('id = "mine"\n', ""))
    assert group("check", path).err == f"{path}: id: it is missing.\n"
    path = group.kit(KIT[: KIT.index('[[steps]]\nid = "sort"')])
    said = group("check", path)
    assert said.status == 0
    assert said.err.startswith(f"{path}:15:3: steps: warning: no step writes")
    assert said.out == f"{path}: this kit can be played.\n"


def test_a_key_with_a_line_end_stays_on_its_line(group: Group) -> None:
    path = group.kit(KIT.replace('summary = "Short"', '"a\\nb: c" = 3'))
    assert len(group("check", path).err.splitlines()) == 1


def test_a_kit_is_checked_by_its_id_too(group: Group) -> None:
    assert group("check", "flash-binome").status == 0
    said = group("check", "flash-binom", "troika")
    assert said.status == 1
    assert "Did you mean “flash-binome”?" in said.err
    assert "troika.toml: this kit can be played." in said.out


# -- copy


def test_a_copy_is_made_in_the_workspace_and_its_path_is_data(group: Group) -> None:
    said = group("copy", "flash-binome", "ours")
    made = group.kits / "ours.toml"
    assert (said.status, said.out) == (0, f"{made}\n")
    assert f"entraide-tui kits check {made}" in said.err
    assert loader.load(made).id == "ours"
    assert (group.kits / "kit.schema.json").is_file()
    assert group("check", made).status == 0
    assert "(your own)" in next(line for line in group("list").out.splitlines() if line.startswith("ours "))


def test_a_copy_is_never_made_over_another_or_with_a_wrong_name(group: Group) -> None:
    group("copy", "flash-binome", "ours")
    before = (group.kits / "ours.toml").read_bytes()
    for words in (
        ["flash-binome", "ours"],
        ["flash-binome", "Our kit"],
        ["flash-binom", "new"],
        ["flash-binome", "troika"],
    ):
        said = group("copy", *words)
        assert (said.status, said.out) == (1, "")
        assert len(said.err.splitlines()) == 1
    assert (group.kits / "ours.toml").read_bytes() == before
    assert sorted(p.name for p in group.kits.iterdir()) == ["kit.schema.json", "ours.toml"]


def test_a_file_is_copied_too(group: Group, tmp_path: Path) -> None:
    source = tmp_path / "from-a-friend.toml"
    source.write_text(KIT, "utf-8")
    assert group("copy", source, "ours").status == 0
    assert "(mine, version 1)" in str(loader.load(group.kits / "ours.toml").based_on)


# -- diff


def test_two_kits_are_compared_in_words_and_that_they_differ_is_no_fault(group: Group) -> None:
    group.kit(KIT)
    other = KIT.replace('id = "mine"', 'id = "ours"').replace('title = "Ask"', 'title = "Beg"')
    other = other.replace("usual = 2, max = 3", "usual = 3, max = 4").replace('speaks = ["offeror"]', "speaks = []")
    other = other.replace('"A sentence."', '"Another."').replace('kind = "text"', 'kind = "list"', 1)
    other = other.replace('fills = "request"', 'fills = "topics"').replace("ask = 2", "ask = 1")
    start, end = other.index('[[steps]]\nid = "plan"'), other.index('[[steps]]\nid = "feel"')
    other = other[:start] + '[[steps]]\nid = "breathe"\ntitle = "Breathe"\n' + other[end:] + other[start:end]
    said = group("diff", "mine", group.kit(other, "ours"))
    assert (said.status, said.err) == (0, "")
    assert said.out == (
        "− Mine (mine, version 1)\n"
        "+ Mine (ours, version 1)\n"
        "\n"
        "Head\n"
        "  id: mine → ours\n"
        "\n"
        "Steps\n"
        "  Beg (ask)\n"
        "    title: Ask → Beg\n"
        "    minutes: 2 min (1–3) → 3 min (1–4)\n"
        "    who speaks: offeror → nothing\n"
        "    what to say (en):\n"
        "      − A sentence.\n"
        "      + Another.\n"
        "    card.kind: text → list\n"
        "    card.fills: request → topics\n"
        "  Breathe (breathe): new, at place 4\n"
        "  Plan (plan): moved from place 4 to 6\n"
        "\n"
        "Presets\n"
        "  Short (short)\n"
        "    minutes.ask: 2 min → 1 min\n"
        "\n"
        "Usual total: 2 min before, 3 min now\n"
    )
    found = group("diff", "mine", "ours", "--json").json
    assert (found["equal"], found["first"]["id"], found["second"]["id"]) == (False, "mine", "ours")
    assert [(s["id"], s["state"], s["moved"]) for s in found["steps"]] == [
        ("ask", "kept", False), ("breathe", "added", False), ("plan", "kept", True),
    ]  # fmt: skip


def test_a_kit_and_itself_say_the_same_however_they_are_laid_out(group: Group) -> None:
    group.kit(KIT)
    path = group.kit("# a comment\n" + KIT.replace(" = ", "   =   "), "other")
    said = group("diff", "mine", path)
    assert said.status == 0
    assert said.out.splitlines()[2:] == ["They say the same."]
    assert group("diff", "mine", path, "--json").json["equal"] is True


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_any_two_shipped_kits_are_compared_in_either_language(group: Group, lang: str) -> None:
    names = sorted(p.stem for p in SHIPPED.glob("*.toml"))
    for first, second in zip(names[::3], names[1::3], strict=False):
        said = group("diff", first, second, lang=lang)
        assert (said.status, said.err) == (0, "")
        assert "{" not in said.out


def test_a_kit_that_is_not_there_can_not_be_compared(group: Group) -> None:
    said = group("diff", "troika", "trioka")
    assert (said.status, said.out) == (1, "")
    assert "Did you mean “troika”?" in said.err


# -- schema


@pytest.mark.parametrize("words", [["schema"], ["schema", "--json"]])
def test_the_schema_is_the_file_beside_the_kits(group: Group, words: list[str]) -> None:
    said = group(*words)
    assert (said.status, said.err) == (0, "")
    assert said.out == (SHIPPED / "kit.schema.json").read_text("utf-8")


# -- suggest


def step(name: str, planned: int, actual: int, reason: str | None = None) -> m.StepPlayed:
    """Minutes; left out where there is a reason."""
    return m.StepPlayed(
        name, name.title(), planned * 60, actual * 60, 0, "done" if reason is None else "skipped", reason or ""
    )


def sessions(number: int) -> list[m.Record]:
    """Sessions in which asking took longer, sorting was left out, and the end came a quarter of an hour later."""
    return [
        timed(n, 29 + n, step("ask", 2, 3 + n % 2), step("sort", 12, 0, "No time =1+1" if n % 2 else ""))
        for n in range(1, number + 1)
    ]


@pytest.fixture
def played(group: Group) -> Group:
    """A group that played its own kit five times, another once."""
    group.kit(KIT)
    mine, other = m.KitUsed("mine", 1, "Mine"), m.KitUsed("troika", 1, "Troika")
    group.keep(*[_with_kit(r, mine) for r in sessions(5)], _with_kit(timed(9, 9), other))
    return group


def _with_kit(record: m.Record, kit: m.KitUsed) -> m.Record:
    return replace(record, kit=kit, steps=record.steps or (step("demande", 2, 2),))


def test_what_the_sessions_suggest_is_told_kindly(played: Group) -> None:
    said = played("suggest")
    assert (said.status, said.err) == (0, "")
    assert said.out == (
        "Mine (mine), 5 sessions\n"
        "  5 sessions of 5 ended later than foreseen, by about 18 min.\n"
        "  Ask (ask)\n"
        "    Foreseen 2, usually 4: 3 to 4 would have been right.\n"
        "    In the kit: minutes = { min = 1, usual = 4, max = 4 }\n"
        "  Sort (sort)\n"
        "    Left out 5 times of 5.\n"
        "    The reasons that were given: “No time =1+1” (3 times)\n"
        "    If nobody misses it, a kit of your own can do without it.\n"
        "\n"
        "Troika (troika), 1 session\n"
        "  Too few to suggest anything: from 3 sessions on there is something to say.\n"
        "\n"
        "A step that took longer, or that was left out, is somebody seeing what the group needed.\n"
        "Take from this what suits you. To change a kit that ships, copy it first: entraide-tui kits copy K NEW\n"
    )
    for word in ("fault", "wrong", "fail", "should", "must", "too long", "error"):
        assert word not in said.out


def test_one_kit_alone_by_its_id_or_its_file(played: Group) -> None:
    for name in ("mine", played.kits / "mine.toml"):
        said = played("suggest", name)
        assert said.out.startswith("Mine (mine), 5 sessions\n")
        assert "Troika" not in said.out


def test_a_kit_that_nobody_played_and_one_that_is_not_there(played: Group) -> None:
    said = played("suggest", "hot-seat")
    assert (said.status, said.out.splitlines()[1:]) == (0, ["  Not played yet: there is nothing to go by."])
    said = played("suggest", "hot-seats")
    assert (said.status, said.out) == (1, "")
    assert "Did you mean “hot-seat”?" in said.err


def test_suggestions_as_json_can_be_computed_with(played: Group) -> None:
    mine, troika = played("suggest", "--json").json
    assert (mine["id"], mine["sessions"], mine["enough"]) == ("mine", 5, True)
    assert mine["ended_late"] == {"sessions": 5, "of": 5, "minutes": 18}
    ask, sort = mine["steps"]
    assert ask["proposed"] == {"min": 1, "usual": 4, "max": 4}
    assert ask["took"] == {"low": 3, "usual": 4, "high": 4}
    assert (sort["mostly_skipped"], sort["skipped"], sort["proposed"]) == (True, 5, None)
    assert sort["reasons"] == [{"text": "No time =1+1", "times": 3}]
    assert (troika["enough"], troika["steps"][0]["proposed"]) == (False, None)


def test_a_kit_that_is_gone_or_broken_is_compared_with_what_it_foresaw(played: Group) -> None:
    for broken in (True, False):
        if broken:
            played.kit("format = [")
        else:
            (played.kits / "mine.toml").unlink()
        said = played("suggest", "mine")
        assert said.status == 0
        assert "In the kit: minutes = { min = 3, usual = 4, max = 4 }" in said.out


def test_where_nothing_needs_to_change_it_says_so(group: Group) -> None:
    group.kit(KIT)
    group.keep(*[_with_kit(timed(n, 2, step("ask", 2, 2)), m.KitUsed("mine", 1, "Mine")) for n in (1, 2, 3)])
    assert group("suggest").out.splitlines()[:3] == [
        "Mine (mine), 3 sessions",
        "  No session ended later than foreseen.",
        "  The kit’s minutes fit your group: nothing to change.",
    ]


def test_a_record_that_can_not_be_read_is_named_and_the_others_count(played: Group) -> None:
    (played.root / "sessions" / "2026" / "2026-11-30-torn-zzzz.toml").write_text('title = "\x1b', "utf-8")
    said = played("suggest")
    assert said.status == 1
    assert "2026-11-30-torn-zzzz.toml" in said.err
    assert "Mine (mine), 5 sessions" in said.out


def test_no_record_yet_is_said_and_is_no_fault(group: Group) -> None:
    said = group("suggest")
    assert (said.status, said.out) == (0, "")
    assert said.err.startswith("no record yet in ")
    assert group("suggest", "--json").json == []


# -- all


def test_wrong_usage_is_told(group: Group) -> None:
    for words in (["copy", "troika"], ["diff", "troika"], ["suggest", "a", "b"], ["copy"]):
        assert group(*words).status == 2


def test_none_of_them_loads_a_screen(group: Group) -> None:
    group.kit(KIT)
    program = (
        "import sys; from entraide_tui import cli\n"
        "for words in (['copy', 'mine', 'ours'], ['diff', 'mine', 'ours'], ['schema'], ['suggest']):\n"
        "    assert cli.main(['kits', *words, '--workspace', sys.argv[1]]) == 0\n"
        "assert not {'textual', 'rich'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(group.root)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
