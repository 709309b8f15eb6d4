"""What is said to a person when something is wrong."""

from __future__ import annotations

from pathlib import Path

from entraide_tui.common.errors import Finding, UserError


def test_each_finding_is_one_line_with_its_place() -> None:
    trouble = UserError(
        "this kit can't be used.",
        file=Path("a.toml"),
        findings=(Finding("it is missing.", 12, "steps[2].title", column=3), Finding("it is missing.", place="id")),
    )
    assert trouble.lines() == [
        "a.toml: this kit can't be used.",
        "  12:3: steps[2].title: it is missing.",
        "  id: it is missing.",
    ]


def test_a_key_or_a_file_name_can_forge_no_line_and_give_no_order_to_the_terminal() -> None:
    trouble = UserError("no.", file=Path("a\n\x1b[2Jb.toml"), findings=(Finding("no.", 1, "x\n  9:9: forged\x9b2J"),))
    lines = trouble.lines()
    assert len(lines) == 2
    assert not any(c in line for line in lines for c in "\n\x1b\x9b")


def test_an_endless_key_does_not_fill_the_screen() -> None:
    lines = UserError("no.", findings=(Finding("no.", 1, "k" * 60_000),)).lines()
    assert all(len(line) <= 1_001 for line in lines)


def test_the_kinds_of_error_can_be_told_apart() -> None:
    kinds = UserError.__subclasses__()
    assert len(kinds) == 6
    assert all(kind.__doc__ for kind in kinds)
    assert not any(issubclass(one, other) for one in kinds for other in kinds if one is not other)
