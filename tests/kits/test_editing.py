"""A kit's text changed where it stands: what the change does not concern stays, and no kit is left broken."""

from __future__ import annotations

import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common import i18n
from entraide_tui.common.errors import UserError
from entraide_tui.common.toml.document import Document
from entraide_tui.common.toml.layout import Layout
from entraide_tui.kits import editing, loader
from entraide_tui.kits.model import Kit, Minutes
from entraide_tui.kits.own_kit import OwnKit, own_copy

if TYPE_CHECKING:
    from collections.abc import Callable

KITS = sorted((Path(__file__).parents[2] / "kits").glob("*.toml"))
SHIPPED = {path.stem: path.read_text("utf-8") for path in KITS}
ANY_KIT = st.sampled_from(sorted(SHIPPED))

INLINE = """\
format = 1
id = "inline"
version = 1
title = "Inline" # a name
options = [{ id = "a", title = "A", changes = { two = { turns = "round" } } }]
steps = [
    { id = "one", title = "One", minutes = { min = 1, usual = 2, max = 3 } }, # the first
    # about two
    { id = "two", title = { en = "Two" }, card = { kind = "text", fills = "request" } }
]
"""
ODD = """\
# odd, and TOML all the same
format = 1
id = "odd"
version = 1
title.fr = "Bizarre"
title."en" = "Odd"

[[presets]]
id = "short"
title = "Short"
minutes.ask = 1 # in a hurry
minutes.help = 0

[[presets]]
id = "only-ask"
title = "Only ask"
[presets.minutes]
ask = 2

# spoken of below
[[steps]]
  id = "ask"
  title.fr = "Demander"   # in French
  minutes.min = 1
  minutes.usual = 2
  minutes.max = 3
[steps.card]
kind = "list"
fills = "contributions"

# ---- the second half ----

# help comes late
[[steps]]
id = "help"
say = [ "a # no comment", 'and ] neither', \"\"\"
[[steps]]
\"\"\" ]
[steps.title]
fr = "Aider"
[steps.minutes]
min = 1
usual = 10
max = 20
# the last word
[[steps]]
id = "sort"
title = "Sort"
[steps.card]
kind = "pick"
from = "contributions"
fills = "ideas"

[[options]]
id = "loud"
title = "Loud"
changes.ask.turns = "free"
changes.ask.say = ["one",
  "two"]
[options.changes.help]
turns = "round"
[options.changes.help.card]
kind = "text"
fills = "notes"

[suits]
what = "Testing"
# the end"""


@cache
def kit(text: str) -> Kit:
    checked = loader.check(tomllib.loads(text.replace("\r\n", "\n")), text)
    assert checked.kit is not None, checked.errors
    return checked.kit


def ids(text: str) -> list[str]:
    return [step.id for step in kit(text).steps]


def blocks(text: str) -> dict[str, str]:
    """The text of each step, by its id, without what stands behind it."""
    spans = Layout(text).spans
    if ("steps",) in spans:
        items = [spans["steps", number] for number in range(len(ids(text)))]
        return dict(zip(ids(text), [text[item.start : item.end] for item in items], strict=True))
    found = Document(text)._blocks(("steps",))
    texts = ["".join(piece for section in block for piece in section.pieces()) for block in found]
    tails = ["".join(block[-1].tail) for block in found]
    return {one: text.removesuffix(tail) for one, text, tail in zip(ids(text), texts, tails, strict=True)}


Operation = tuple[str, int, int, str, Minutes | None]
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["move", "move", "rename", "remove", "add", "minutes", "kit"]),
        st.integers(0, 99),
        st.integers(0, 99),
        st.text(max_size=12),
        st.one_of(
            st.none(), st.builds(Minutes, *[st.floats(0, 30, width=16)] * 3), st.just(Minutes(1, 2, float("inf")))
        ),
    ),
    min_size=1,
    max_size=6,
)


def changed(text: str, operation: Operation) -> str:
    """The text after it."""
    return done(text, operation)[0]


def done(text: str, operation: Operation) -> tuple[str, str]:
    """One operation on one of the steps, and the step's id."""
    what, at, to, said, minutes = operation
    held = ids(text)
    step = held[at % len(held)]
    if what == "move":
        return editing.move_step(text, step, to % len(held)), step
    if what == "rename":
        return editing.rename_step(text, step, said), step
    if what == "remove":
        return editing.remove_step(text, step), step
    if what == "add":
        return editing.add_step(text, said, step if to % 4 else None, minutes), step
    if what == "kit":
        return editing.rename_kit(text, said, everywhere=bool(to % 2)), step
    return editing.set_minutes(text, step, minutes), step


@examples(25, any_size=True)
@given(name=st.one_of(st.just(ODD), st.just(INLINE), ANY_KIT), operations=OPERATIONS, windows=st.booleans())
def test_any_changes_give_a_kit_or_a_refusal_and_leave_the_other_steps_alone(
    name: str, operations: list[Operation], windows: bool
) -> None:
    text = SHIPPED.get(name, name)
    if windows:
        text = text.replace("\n", "\r\n")
    for operation in operations:
        before = blocks(text)
        try:
            new, step = done(text, operation)
        except UserError:
            continue
        after = blocks(new)  # which is a kit
        touched = {step} if operation[0] in ("rename", "remove", "minutes") else set()
        for one, held in before.items():
            if one not in touched:
                # the last line of a file may get its end
                assert after[one].rstrip("\r\n") == held.rstrip("\r\n")
        assert sorted(after) == sorted({*after, *before} - (touched if operation[0] == "remove" else set()))
        for comment in ("# odd, and", "# in a hurry", "# the end", "# ---- the second half"):
            if comment in text and operation[0] != "remove":
                assert comment in new
        text = new


@examples(25, any_size=True)
@given(name=st.one_of(st.just(ODD), st.just(INLINE), ANY_KIT), at=st.integers(0, 99), to=st.integers(0, 99))
def test_there_and_back_is_as_it_was(name: str, at: int, to: int) -> None:
    text = SHIPPED.get(name, name)
    held = ids(text)
    step, to = held[at % len(held)], to % len(held)
    try:
        moved = editing.move_step(text, step, to)
    except UserError:
        return
    assert ids(moved)[to] == step
    assert editing.move_step(moved, step, at % len(held)) == text


@pytest.mark.parametrize("text", [ODD, INLINE, SHIPPED["troika"]], ids=["odd", "inline", "troika"])
def test_what_was_added_and_taken_out_again_leaves_no_trace(text: str) -> None:
    after = ids(text)[-1]
    added = editing.add_step(text, 'Pause « café » \\ "thé"', after)
    assert ids(added) == [*ids(text), "pause-cafe-the"]
    assert kit(added).steps[-1].title == 'Pause « café » \\ "thé"'
    assert kit(added).steps[-1].minutes == editing.NEW_STEP_MINUTES
    assert editing.remove_step(added, "pause-cafe-the").rstrip("\n") == text.rstrip("\n")
    first = editing.add_step(text, "…")
    assert ids(first) == ["step", *ids(text)]
    assert editing.remove_step(first, "step") == text
    assert ids(editing.add_step(added, "Pause café thé"))[0] == "pause-cafe-the-2"


def test_minutes_change_where_they_stand_and_nothing_else_does() -> None:
    changed = editing.set_minutes(ODD, "ask", Minutes(1, 2.5, 90))
    assert changed == ODD.replace("minutes.usual = 2\n", "minutes.usual = 2.5\n").replace(
        "minutes.max = 3\n", "minutes.max = 90\n"
    )
    assert editing.set_minutes(INLINE, "one", Minutes(1, 2, 9)) == INLINE.replace("max = 3", "max = 9")
    without = editing.set_minutes(ODD, "help", None)
    assert without == ODD.replace("[steps.minutes]\nmin = 1\nusual = 10\nmax = 20\n", "")
    assert kit(editing.set_minutes(without, "help", Minutes(0, 1, 2))).steps[1].minutes == Minutes(0, 1, 2)
    for step in ("ask", "sort"):
        bare = editing.set_minutes(ODD, step, None)
        back = editing.set_minutes(bare, step, Minutes(1, 2, 3))
        assert next(s for s in kit(back).steps if s.id == step).minutes == Minutes(1, 2, 3)
    assert kit(editing.set_minutes(INLINE, "two", Minutes(1, 2, 3))).steps[1].minutes == Minutes(1, 2, 3)


def test_a_title_changes_in_the_language_in_use() -> None:
    i18n.set_language("fr")
    assert editing.rename_step(ODD, "ask", "Oser demander") == ODD.replace('"Demander"', '"Oser demander"')
    i18n.set_language("en")
    asked = editing.rename_step(ODD, "ask", "Ask")
    assert kit(asked).steps[0].title == {"fr": "Demander", "en": "Ask"}
    assert kit(editing.rename_step(asked, "help", "Help")).steps[1].title == {"fr": "Aider", "en": "Help"}
    assert editing.rename_step(ODD, "sort", "Choose") == ODD.replace('"Sort"', '"Choose"')
    assert kit(editing.rename_kit(ODD, "Even")).title == {"fr": "Bizarre", "en": "Even"}
    assert kit(editing.rename_kit(ODD, "Even", everywhere=True)).title == "Even"


def test_what_names_a_removed_step_goes_with_it() -> None:
    gone = editing.remove_step(ODD, "help")
    left = kit(gone)
    assert [p.minutes for p in left.presets] == [{"ask": 1}, {"ask": 2}]
    assert list(left.options[0].changes) == ["ask"]
    assert "# ---- the second half" in gone
    assert "# the last word\n[[steps]]" in gone


def test_a_preset_or_an_option_that_speaks_of_nothing_else_goes_too() -> None:
    text = INLINE.replace("options = [", 'presets = [{ id = "p", title = "P", minutes = { two = 3 } }]\noptions = [')
    text = text.replace("\n]", ',\n    { id = "three", title = "3", card = { kind = "text", fills = "request" } },\n]')
    left = kit(editing.remove_step(text, "two"))
    assert (left.presets, left.options) == ((), ())
    assert [s.id for s in left.steps] == ["one", "three"]
    other = ODD.replace('kind = "pick"\nfrom = "contributions"', 'kind = "list"')
    left = kit(editing.remove_step(other, "ask"))
    assert [(p.id, p.minutes) for p in left.presets] == [("short", {"help": 0})]
    assert list(left.options[0].changes) == ["help"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda: editing.move_step(ODD, "sort", 0), "“Sort” picks from the list that “Demander” makes, so it has to"),
        (lambda: editing.move_step(ODD, "ask", 2), "“Sort” picks from the list that “Demander” makes, so it has to"),
        (lambda: editing.remove_step(ODD, "ask"), "“Sort” picks from the list that “Demander” makes. Remove “Sort”"),
        (lambda: editing.remove_step(INLINE, "two"), "afterwards the kit could not be used"),
        (lambda: editing.rename_step(ODD, "ask", " \t"), "the title is missing"),
        (lambda: editing.rename_step(ODD, "ask", "x" * 2001), "the title is too long"),
        (lambda: editing.rename_step(ODD, "asc", "x"), "there is no step “asc”"),
        (lambda: editing.set_minutes(ODD, "ask", Minutes(3, 2, 1)), "afterwards the kit could not be used"),
        (lambda: editing.rename_kit("steps = [", "x"), "this kit has faults"),
        (lambda: editing.move_step(ODD.replace("[steps.card]", "[group_size]\nmin = 1\nmax = 3\n[steps.card]", 1),
            "ask", 1), "something stands between"),
    ],
)  # fmt: skip
def test_what_would_break_the_kit_is_refused_in_words(what: Callable[[], str], said: str) -> None:
    with pytest.raises(UserError) as refused:
        what()
    assert said in refused.value.what
    assert all(not finding.line for finding in refused.value.findings), "of a text that is nowhere"


@pytest.mark.parametrize(
    ("said", "held", "minutes"),
    [
        ("5/10/20", None, Minutes(5, 10, 20)),
        (" 5 / 10 / 20 ", None, Minutes(5, 10, 20)),
        ("2,5 5 7.5", None, Minutes(2.5, 5, 7.5)),
        ("12", Minutes(5, 10, 20), Minutes(5, 12, 20)),
        ("25", Minutes(5, 10, 20), Minutes(5, 25, 25)),
        ("3", None, Minutes(3, 3, 3)),
        ("", Minutes(5, 10, 20), None),
    ],
)
def test_minutes_are_written_as_people_write_them(said: str, held: Minutes | None, minutes: Minutes | None) -> None:
    assert editing.parse_minutes(said, held) == minutes


@pytest.mark.parametrize("said", ["5/10", "20/10/5", "a lot", "0", "0/0/5", "-1", "1/2/1441", "1/2/3/4", "½", "1e3"])
def test_minutes_that_make_no_sense_are_refused(said: str) -> None:
    with pytest.raises(UserError):
        editing.parse_minutes(said, None)


# The file.


@examples(12, any_size=True)
@given(
    data=st.data(),
    operations=OPERATIONS,
    mark=st.booleans(),
)
def test_undone_to_the_beginning_it_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    operations: list[Operation],
    mark: bool,
) -> None:
    path = tmp_path_factory.mktemp("kits") / "k.toml"
    text = data.draw(st.sampled_from([ODD, INLINE]))
    original = text.encode("utf-8-sig" if mark else "utf-8")
    path.write_bytes(original)
    draft = OwnKit(path)
    for operation in operations:
        try:
            draft.change(partial(changed, operation=operation))
        except UserError:
            assert path.read_bytes() == draft.now.data
    last = path.read_bytes()
    while draft.undo():
        pass
    assert path.read_bytes() == original
    while draft.redo():
        pass
    assert path.read_bytes() == last


def test_what_an_editor_broke_is_told_with_its_line_and_can_be_undone_and_done_again(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    draft = OwnKit(path)
    for right, wrong in (('id = "help"', 'id = "help'), ('kind = "pick"', 'kind = "peck"')):
        broken, line = ODD.replace(right, wrong), ODD[: ODD.index(right)].count("\n") + 1
        path.write_text(broken, encoding="utf-8")
        assert draft.reload()
        assert draft.now.kit is None
        assert [f.line for f in draft.now.findings] == [line]
        with pytest.raises(UserError, match="faults"):
            draft.change(partial(editing.rename_kit, title="x"))
        assert path.read_text(encoding="utf-8") == broken
        assert draft.undo()
        assert path.read_text(encoding="utf-8") == ODD
        assert draft.redo()
        assert path.read_text(encoding="utf-8") == broken
        assert draft.undo()
    path.write_bytes(b'title = "\xff"')
    assert draft.reload()
    assert "UTF-8" in draft.now.findings[0].what
    assert draft.undo()


def test_somebody_elses_words_are_never_written_over_unseen(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    draft = OwnKit(path)
    assert draft.change(partial(editing.rename_step, step_id="sort", title="Choose"))
    theirs = ODD.replace('"Sort"', '"Theirs"')
    path.write_text(theirs, encoding="utf-8")
    with pytest.raises(UserError, match="somebody else"):
        draft.change(partial(editing.rename_step, step_id="sort", title="Ours"))
    assert path.read_text(encoding="utf-8") == theirs
    theirs = theirs.replace("Theirs", "Theirs again")
    path.write_text(theirs, encoding="utf-8")
    with pytest.raises(UserError, match="somebody else"):
        draft.undo()
    assert path.read_text(encoding="utf-8") == theirs
    assert draft.undo()
    path.unlink()
    assert draft.undo(), "a file that is gone comes back"
    assert path.exists()


def test_a_full_disk_is_said_and_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from entraide_tui.kits import own_kit as module

    path = tmp_path / "odd.toml"
    path.write_text(ODD, encoding="utf-8")
    draft = OwnKit(path)

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(module, "write_atomically", full)
        with pytest.raises(UserError, match="the disk is full"):
            draft.change(partial(editing.rename_kit, title="x"))
    assert draft.now.data == ODD.encode()
    assert not draft.undo()
    assert draft.change(partial(editing.rename_kit, title="x"))


def test_a_copy_is_the_groups_own_and_says_where_it_comes_from(tmp_path: Path) -> None:
    source = next(path for path in KITS if path.stem == "troika")
    first = own_copy(source, tmp_path, "Le trio du mardi")
    assert first.path == tmp_path / "le-trio-du-mardi.toml"
    assert first.now.kit is not None
    assert first.now.kit.title == "Le trio du mardi"
    assert first.now.kit.based_on
    assert first.now.kit.credits == kit(SHIPPED["troika"]).credits
    assert not first.undo(), "the copy is where one begins"
    assert own_copy(source, tmp_path, "Le trio du mardi").path.name == "le-trio-du-mardi-2.toml"
    assert own_copy(source, tmp_path).path.name == "troika-2.toml"
    assert own_copy(source, tmp_path, "…").path.name == "troika-3.toml"
    assert source.read_text("utf-8") == SHIPPED["troika"]
