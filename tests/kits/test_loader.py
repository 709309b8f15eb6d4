"""The way in for kits: each fault is told with its line and its column, what is wrong, and the nearest valid name."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.common.errors import Finding, UserError
from entraide_tui.common.validation import MOST_FINDINGS
from entraide_tui.kits import limits, loader

SHIPPED = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "kits").glob("*.toml"))]

KIT = """\
format = 1
id = "mine"
version = 1
title = { fr = "Le mien", en = "Mine" }
summary = "Short"
group_size = { min = 2, max = 8 }
roles.offeror = { fr = "demandeur", en = "asker" }
presets = [
    { id = "short", title = "Short", minutes = { ask = 2 } },
]
options = [
    { id = "talk", title = "Talk", changes = { help = { speaks = ["contributor"] } } },
]

[[steps]]
id = "ask"
title = "Ask"
minutes = { min = 1, usual = 2, max = 3 }
speaks = ["offeror"]
say = { fr = [
    "Une phrase.",
], en = [
    "A sentence.",
] }
[steps.roles]
offeror = "Asks."
[steps.card]
kind = "text"
fills = "request"

[[steps]]
id = "help"
title = "Help"
[steps.card]
kind = "list"
fills = "contributions"

[[steps]]
id = "sort"
title = "Sort"
[steps.card]
kind = "pick"
from = "contributions"
fills = "ideas"
min = 1
max = 3

[[steps]]
id = "plan"
title = "Plan"
[steps.card]
kind = "actions"
fills = "actions"

[[steps]]
id = "feel"
title = "Feel"
[steps.card]
kind = "form"
fills = "feelings"
of = "each"
fields = [
    { id = "word", kind = "text", label = "A word" },
    { id = "score", kind = "scale", label = "How much", min = 1, max = 5 },
    { id = "again", kind = "choice", label = "Again?", choices = ["yes", "no"] },
]
"""


def findings_of(text: str, folder: Path) -> tuple[Finding, ...]:
    """What is found in a kit of that text."""
    path = folder / "kit.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return loader.check_file(path).findings


def test_the_kit_of_these_tests_has_no_fault(tmp_path: Path) -> None:
    assert findings_of(KIT, tmp_path) == ()


# what is replaced, by what, then the line, the place and a part of the sentence
FAULTS = [
    # a fixed word that is nearly right
    ('kind = "list"', 'kind = "lsit"', 35, "steps[2].card.kind", "Did you mean “list”?"),
    # unknown keys, at each level
    ('summary = "Short"', 'sumary = "Short"', 5, "sumary", "“summary”"),
    ('speaks = ["offeror"]\nsay', 'speeks = ["offeror"]\nsay', 19, "steps[1].speeks", "“speaks”"),
    ("usual = 2", "usuel = 2", 18, "steps[1].minutes.usuel", "“usual”"),
    ("min = 1\nmax = 3", "mni = 1\nmax = 3", 45, "steps[3].card.mni", "“min”"),
    ('from = "contributions"', 'form = "contributions"', 43, "steps[3].card.form", "“from”"),
    ('label = "A word"', 'lable = "A word"', 63, "steps[5].card.fields[1].lable", "“label”"),
    ('offeror = "Asks."', 'offerer = "Asks."', 26, "steps[1].roles.offerer", "“offeror”"),
    ("roles.offeror", "roles.offerer", 7, "roles.offerer", "“offeror”"),
    ("minutes = { ask = 2 }", "minuts = { ask = 2 }", 9, "presets[1].minuts", "“minutes”"),
    ("changes = { help", "change = { help", 12, "options[1].change", "“changes”"),
    ("help = { speaks", "help = { speak", 12, "options[1].changes.help.speak", "“speaks”"),
    ("group_size = { min", "group_size = { mn", 6, "group_size.mn", "“min”"),
    # wrong types
    ("version = 1", 'version = "1"', 3, "version", "a whole number"),
    ("version = 1", "version = true", 3, "version", "a whole number"),
    ("version = 1", "version = 1.5", 3, "version", "a whole number"),
    ('title = { fr = "Le mien", en = "Mine" }', "title = 3", 4, "title", "a text between quotes"),
    ('en = "Mine"', "en = 3", 4, "title.en", "a text between quotes"),
    ("usual = 2", 'usual = "2"', 18, "steps[1].minutes.usual", "a number"),
    ("usual = 2", "usual = true", 18, "steps[1].minutes.usual", "a number"),
    ("minutes = { min = 1, usual = 2, max = 3 }", "minutes = 2", 18, "steps[1].minutes", "a table"),
    ('    "A sentence.",', "    3,", 23, "steps[1].say.en[1]", "a text between quotes"),
    ('speaks = ["offeror"]', 'speaks = "offeror"', 19, "steps[1].speaks", "a list"),
    ('speaks = ["offeror"]', 'speaks = ["offerer"]', 19, "steps[1].speaks[1]", "offeror, facilitator, contributor"),
    ('kind = "text"\nfills', 'kind = "txt"\nfills', 28, "steps[1].card.kind", "text, list, pick, form, actions"),
    ('fills = "request"', 'fills = "requests"', 29, "steps[1].card.fills", "request"),
    ("ask = 2", 'ask = "2"', 9, "presets[1].minutes.ask", "a number"),
    ("min = 1, max = 5", "min = 1.5, max = 5", 64, "steps[5].card.fields[2].min", "a whole number"),
    # missing and empty texts
    ('id = "mine"\n', "", 0, "id", "missing"),
    ('title = { fr = "Le mien", en = "Mine" }', "title = {}", 4, "title", "missing"),
    ('title = { fr = "Le mien", en = "Mine" }', 'title = ""', 4, "title", "missing"),
    ('fr = "Le mien"', 'fr = " "', 4, "title.fr", "missing"),
    ('title = "Ask"\n', "", 15, "steps[1].title", "missing"),
    ('title = "Ask"', "title = {}", 17, "steps[1].title", "missing"),
    ('title = "Short"', "title = {}", 9, "presets[1].title", "missing"),
    ('title = "Talk"', "title = {}", 12, "options[1].title", "missing"),
    ('label = "A word"', "label = {}", 63, "steps[5].card.fields[1].label", "missing"),
    ('label = "A word"', 'label = ""', 63, "steps[5].card.fields[1].label", "missing"),
    (', label = "A word"', "", 63, "steps[5].card.fields[1].label", "missing"),
    ('"A sentence."', '""', 23, "steps[1].say.en[1]", "missing"),
    # numbers
    ("min = 1, usual = 2, max = 3", "min = 3, usual = 2, max = 4", 18, "steps[1].minutes", "in order"),
    ("min = 1, usual = 2, max = 3", "min = 1, usual = 4, max = 3", 18, "steps[1].minutes", "in order"),
    ("min = 1, usual = 2, max = 3", "min = -1, usual = 2, max = 3", 18, "steps[1].minutes", "in order"),
    ("min = 1, usual = 2, max = 3", "min = nan, usual = 2, max = 3", 18, "steps[1].minutes", "in order"),
    ("min = 1, usual = 2, max = 3", "min = 1, usual = 2, max = inf", 18, "steps[1].minutes", "in order"),
    ("min = 1, usual = 2, max = 3", "min = 0, usual = 0, max = 3", 18, "steps[1].minutes", "more than 0"),
    ("group_size = { min = 2", "group_size = { min = 9", 6, "group_size", "at most max"),
    ("group_size = { min = 2", "group_size = { min = 0", 6, "group_size", "at least 1"),
    ("ask = 2", "ask = -2", 9, "presets[1].minutes.ask", "0 to 1440"),
    ("ask = 2", "ask = inf", 9, "presets[1].minutes.ask", "0 to 1440"),
    (
        "ask = 2 }",
        "ask = 0, help = 0, sort = 0, plan = 0, feel = 0 }",
        9,
        "presets[1].minutes",
        "every step",
    ),
    (
        'speaks = ["contributor"] }',
        "minutes = { min = 3, usual = 2, max = 4 } }",
        12,
        "options[1].changes.help.minutes",
        "in order",
    ),
    ("min = 1, max = 5", "min = 5, max = 5", 64, "steps[5].card.fields[2]", "a scale"),
    ("min = 1, max = 5", "min = 1, max = 50", 64, "steps[5].card.fields[2]", "a scale"),
    ('choices = ["yes", "no"]', 'choices = ["yes"]', 65, "steps[5].card.fields[3]", "two choices"),
    ("min = 1\nmax = 3", "min = 4\nmax = 3", 45, "steps[3].card.min", "at most max"),
    # ids
    ('id = "mine"', 'id = "Mon kit"', 2, "id", "a-z, 0-9 and -"),
    ('id = "mine"', 'id = "mine\\n"', 2, "id", "a-z, 0-9 and -"),
    ('id = "mine"', f'id = "{"m" * 81}"', 2, "id", "a-z, 0-9 and -"),
    ('id = "feel"', 'id = "../etc"', 56, "steps[5].id", "a-z, 0-9 and -"),
    ('id = "feel"', 'id = "plan"', 56, "steps[5].id", "another step already has the id “plan”"),
    ('id = "score"', 'id = "word"', 64, "steps[5].card.fields[2].id", "another field"),
    # names of steps
    ("{ ask = 2 }", "{ asks = 2 }", 9, "presets[1].minutes.asks", "“ask”"),
    ("{ ask = 2 }", "{ zzz = 2 }", 9, "presets[1].minutes.zzz", "no step “zzz”"),
    ("{ help = {", "{ helps = {", 12, "options[1].changes.helps", "“help”"),
    # cards
    ('from = "contributions"', 'from = "contribution"', 43, "steps[3].card.from", "“contributions”"),
    ('from = "contributions"', 'from = "learnings"', 43, "steps[3].card.from", "no earlier step"),
    ('from = "contributions"', 'from = "request"', 43, "steps[3].card.from", "no earlier step"),
    ('from = "contributions"\n', "", 41, "steps[3].card.from", "which earlier list"),
    ('fills = "ideas"', 'fills = "learnings"', 44, "steps[3].card.fills", "ideas or topics"),
    ('fills = "ideas"', 'fills = "topics"', 43, "steps[3].card.from", "picks from topics"),
    ('fills = "actions"', 'fills = "notes"', 53, "steps[4].card.fills", "fills actions"),
    ('kind = "actions"', 'kind = "list"', 52, "steps[4].card.kind", "kind actions"),
    ('kind = "text"\nfills = "request"', 'kind = "list"\nfills = "request"', 29, "steps[1].card.fills", "“request”"),
    ('kind = "text"\nfills = "request"', 'kind = "text"\nfills = "ideas"', 29, "steps[1].card.fills", "picks"),
    ('kind = "text"\nfills = "request"', 'kind = "list"\nfills = "feelings"', 29, "steps[1].card.fills", "“feelings”"),
    ('fills = "contributions"\n\n', 'fills = "contributions"\nfrom = "topics"\n\n', 37, "steps[2].card.from", "only"),
    ('fills = "feelings"', 'fills = "ideas"', 60, "steps[5].card.fills", "picks"),
    ('kind = "form"', 'kind = "text"', 62, "steps[5].card.fields", "only a form"),
    # formats
    ("format = 1", "format = 2", 1, "format", "newer version"),
    ("format = 1", "format = 0", 1, "format", "must be 1"),
    ("format = 1", 'format = "1"', 1, "format", "a whole number"),
    # characters that can't be seen
    ("Une phrase.", "Une \\u001b]0;x\\u0007 phrase.", 21, "steps[1].say.fr[1]", "␛"),
    ("A sentence.", "A \u202esentence.", 23, "steps[1].say.en[1]", "202E"),
    ("Le mien", "Le\\u200b mien", 4, "title.fr", "200B"),
    ('fr = "Le mien"', '"fr\\u001b" = "Le mien"', 4, "title.fr\x1b", "␛"),
    ("Une phrase.", "a" * 2_001, 21, "steps[1].say.fr[1]", "too long"),
]


@pytest.mark.parametrize(("old", "new", "line", "place", "what"), FAULTS)
def test_each_fault_is_told_at_its_line_with_what_is_wrong(
    *, old: str, new: str, line: int, place: str, what: str, tmp_path: Path
) -> None:
    assert KIT.count(old) >= 1
    found = findings_of(KIT.replace(old, new, 1), tmp_path)
    assert (line, place) in [(f.line, f.place) for f in found if f.serious]
    assert any(what in f.what for f in found if f.place == place)
    with pytest.raises(UserError) as caught:
        loader.load(tmp_path / "kit.toml")
    assert caught.value.findings


# what is replaced, by what, then where the fault begins and a part of the sentence: several keys stand in these lines
COLUMNS = [
    ("usual = 2", "usuel = 2", "usuel = 2", "Did you mean “usual”?"),
    ("max = 3 }", 'max = "3" }', 'max = "3" }', "a number"),
    ('en = "Mine" }', "en = 3 }", "en = 3 }", "a text between quotes"),
    ("ask = 2 }", "asks = 2 }", "asks = 2 }", "Did you mean “ask”?"),
    ('changes = { help = { speaks = ["contributor"]', 'changes = { help = { speaks = ["offeror", "contributer"]',
     '"contributer"', "Did you mean “contributor”?"),
    ('kind = "scale", label = "How much", min = 1', 'kind = "scael", label = "How much", min = 1',
     'kind = "scael"', "Did you mean “scale”?"),
    ("roles.offeror =", "roles.offerer =", "offerer =", "Did you mean “offeror”?"),
    ('    "Une phrase.",', '    "Un", "\\u200b",', '"\\u200b"', "200B"),
    ("max = 8 }", "mx = 8 }", "mx = 8 }", "Did you mean “max”?"),
    ("[steps.roles]", "[steps.rolse]", "rolse]", "Did you mean “roles”?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "begins", "what"), COLUMNS)
def test_a_fault_is_told_in_the_column_where_its_key_or_its_item_begins(
    *, old: str, new: str, begins: str, what: str, tmp_path: Path
) -> None:
    assert KIT.count(old) == 1
    text = KIT.replace(old, new)
    before = text[: text.index(begins)]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert place in [(f.line, f.column) for f in findings_of(text, tmp_path) if what in f.what]
    with_windows = "\ufeff" + text.replace("\n", "\r\n")
    assert place in [(f.line, f.column) for f in findings_of(with_windows, tmp_path) if what in f.what]


def test_a_fault_is_told_at_the_same_line_with_windows_line_ends_and_a_mark(tmp_path: Path) -> None:
    text = "\ufeff" + KIT.replace('title = "Ask"', "title = 3").replace("\n", "\r\n")
    assert [(f.line, f.place) for f in findings_of(text, tmp_path)] == [(17, "steps[1].title")]


def test_a_pick_from_a_list_that_comes_later_is_refused(tmp_path: Path) -> None:
    start, end = KIT.index('[[steps]]\nid = "help"'), KIT.index('[[steps]]\nid = "sort"')
    text = KIT[:start] + KIT[end:] + "\n" + KIT[start:end]
    assert [(f.place, f.line) for f in findings_of(text, tmp_path)] == [("steps[2].card.from", 36)]


@pytest.mark.parametrize("key", ["presets", "options"])
def test_two_presets_or_options_of_one_id_are_refused(key: str, tmp_path: Path) -> None:
    text = KIT.replace(
        f"{key} = [\n", f'{key} = [\n    {{ id = "{"short" if key == "presets" else "talk"}", title = "T" }},\n'
    )
    assert [f.place for f in findings_of(text, tmp_path)] == [f"{key}[2].id"]


@pytest.mark.parametrize(("section", "field"), [("request", "word"), ("follow_up", "when")])
def test_a_form_that_fills_a_section_with_parts_has_these_fields_only(section: str, field: str, tmp_path: Path) -> None:
    text = (
        KIT
        + f"""
[[steps]]
id = "last"
title = "Last"
[steps.card]
kind = "form"
fills = "{section}"
fields = [ {{ id = "{field}", kind = "text", label = "L" }} ]
"""
    )
    assert [f.place for f in findings_of(text, tmp_path)] == ["steps[6].card.fields[1].id"]


def test_a_kit_that_leaves_nothing_is_refused(tmp_path: Path) -> None:
    text = KIT[: KIT.index("[steps.card]")].replace("{ help = {", "{ ask = {")
    found = findings_of(text, tmp_path)
    assert [(f.serious, f.line, f.place) for f in found] == [(True, 15, "steps")]
    assert "nothing would be left" in found[0].what


def test_a_kit_that_leaves_a_part_out_is_warned_of_and_can_be_used(tmp_path: Path) -> None:
    text = KIT[: KIT.index('[[steps]]\nid = "sort"')]
    found = findings_of(text, tmp_path)
    assert [(f.serious, "“ideas”" in f.what, "“actions”" in f.what) for f in found] == [
        (False, True, False),
        (False, False, True),
    ]
    assert loader.load(tmp_path / "kit.toml").id == "mine"


def test_a_kit_without_steps_is_refused(tmp_path: Path) -> None:
    found = findings_of('format = 1\nid = "a"\nversion = 1\ntitle = "A"\nsteps = []\n', tmp_path)
    assert [(f.line, f.place) for f in found] == [(5, "steps")]


def test_a_kit_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too large"):
        findings_of(KIT + "#" * limits.LARGEST, tmp_path)


def test_a_kit_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        loader.load(tmp_path / "none.toml")
    assert caught.value.file == tmp_path / "none.toml"


MANY = {
    "unknown keys": "".join(f"key{n} = 1\n" for n in range(6_000)) + KIT,
    "empty texts": KIT.replace('"Une phrase.",', '"",\n' * 5_000),
    "hidden characters": KIT.replace('"Une phrase.",', '"\\u200b",\n' * 5_000),
    "steps": KIT + '\n[[steps]]\nid = "plan"\ntitle = "P"\n' * 2_500,
    "steps of one id": KIT + '\n[[steps]]\nid = "plan"\ntitle = "P"\n' * 50,
    "unknown steps": KIT.replace("{ ask = 2 }", "{ " + ", ".join(f"asc{n} = 1" for n in range(8_000)) + " }"),
    "wrong words": KIT.replace('["offeror"]', "[" + '"offerer",' * 9_000 + "]"),
}


@pytest.mark.parametrize("many", MANY)
def test_about_ten_faults_are_told_and_it_never_takes_long(many: str, tmp_path: Path) -> None:
    began = time.process_time()
    found = findings_of(MANY[many], tmp_path)
    assert time.process_time() - began < 1.0
    assert 1 <= len(found) <= MOST_FINDINGS + 1
    assert [f.line for f in found[:MOST_FINDINGS]] == sorted(f.line for f in found[:MOST_FINDINGS])
    if many != "steps":
        assert len(found) == MOST_FINDINGS + 1
        assert "more" in found[-1].what


def kit_or_findings(text: str, folder: Path) -> None:
    """A kit, or findings that can be read and shown; nothing else, and not slowly."""
    path = folder / "kit.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    began = time.process_time()
    try:
        checked = loader.check_file(path)
    except UserError as trouble:
        findings, said = trouble.findings, trouble.lines()
    else:
        assert (checked.kit is None) == bool(checked.errors)
        findings, said = checked.findings, UserError("x", findings=checked.findings).lines()
    assert time.process_time() - began < 1.0
    assert len(findings) <= MOST_FINDINGS + 1
    assert all(f.what and 0 <= f.line <= text.count("\n") + 2 and f.column >= 0 for f in findings)
    assert all(f.column for f in findings if f.line)
    assert all(line.isprintable() or "\u00a0" in line or "\u202f" in line for line in said)


scraps = st.sampled_from(
    [
        *"\"'=[]{}\n#\\0é\u202e\x00",
        "",
        "-1",
        "true",
        "inf",
        "nan",
        "1e400",
        "0x" + "f" * 5_000,
        "steps",
        "2026-01-01",
        "[]",
        "{}",
        '"\\u001b"',
        "[[steps]]\n",
        "[steps.card]\n",
    ]
)


@examples(40)
@given(data=st.data())
def test_a_shipped_kit_however_changed_is_a_kit_or_has_findings(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = data.draw(st.sampled_from(SHIPPED))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        text = text[:at] + data.draw(scraps) + text[at + data.draw(st.integers(0, 12)) :]
    kit_or_findings(text, tmp_path_factory.getbasetemp())


@examples(40)
@given(data=st.data())
def test_a_shipped_kit_with_another_value_is_a_kit_or_has_findings(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = data.draw(st.sampled_from(SHIPPED)).split("\n")
    keys = [n for n, line in enumerate(lines) if " = " in line and not line.endswith("[")]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(keys))
        lines[at] = lines[at].split(" = ")[0] + " = " + data.draw(scraps)
    kit_or_findings("\n".join(lines), tmp_path_factory.getbasetemp())
