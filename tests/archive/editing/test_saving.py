"""Changing a record that is written: it becomes what is wanted, what people added stays, what it was is kept."""

from __future__ import annotations

import dataclasses
import datetime
import random
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.archive import made
from tests.archive.test_record_file import EXPECTED, PATH, RECORDS, full
from tests.examples import examples

from entraide_tui.archive import model as m
from entraide_tui.archive import record_file, record_schema
from entraide_tui.archive.editing import history, in_place, saving, table_merge
from entraide_tui.archive.editing.saving import Loaded
from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import ConflictError, UserError
from entraide_tui.common.i18n import using_language
from entraide_tui.common.text import clean
from entraide_tui.common.toml import writing
from entraide_tui.common.workspace import Workspace
from entraide_tui.exports.markdown import page

if TYPE_CHECKING:
    from pathlib import Path

WALL = made.NOON
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
RECORD_ID = "2026-11-21-relancer-le-comite-k7qm"
ONE = ("people", "request", "follow_up")
"""Sections of one table."""


def workspace(folder: Path, text: str = EXPECTED) -> tuple[Workspace, Path]:
    """One record and its page in a workspace of its own."""
    own = Workspace(folder / "group")
    own.make()
    path = own.sessions / "2026" / f"{RECORD_ID}.toml"
    path.parent.mkdir()
    path.write_bytes(text.encode())
    path.with_suffix(".md").write_text(page(full(), Options()), "utf-8")
    return own, path


def done(record: m.Record) -> m.Record:
    """The same, its first action done."""
    return dataclasses.replace(
        record, actions=(dataclasses.replace(record.actions[0], status="done", outcome="Fait."), *record.actions[1:])
    )


# -- any record becomes any other


@QUICK
@given(first=RECORDS, second=RECORDS)
def test_any_record_becomes_any_other_and_reads_back_as_it(first: m.Record, second: m.Record) -> None:
    data = record_file.dumps(first).encode()
    wanted = dataclasses.replace(second, id=first.id)
    loaded = Loaded(PATH, data, record_file.loads(data, PATH))
    assert record_file.loads(saving.rewritten(loaded, wanted), PATH) == wanted
    moves: dict[str, table_merge.Pairs] = {}
    raw = tomllib.loads(data.decode())
    tables = table_merge.merged(raw, record_file.document(first), record_file.document(wanted), moves.__setitem__)
    assert tomllib.loads(in_place.edited(data.decode(), raw, tables, moves)) == record_file.document(wanted)


class Hand:
    """A person who edits a record's file: comments, empty lines, keys of their own, tables laid out in other ways."""

    def __init__(self, record: m.Record, chance: random.Random) -> None:
        self.chance = chance
        self.number = 0
        self.comments: set[str] = set()
        self.dropped: dict[str, list[set[str]]] = {}  # what stands in each item, and goes with it
        self.own: dict[str, Any] = {}
        self.text = self._file(record_file.document(record))

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _maybe(self, often: float = 0.3) -> bool:
        return self.chance.random() < often

    def _comment(self, mine: set[str]) -> str:
        comment = f'# commentaire {self._next()} é [x] = """ \''
        mine.add(comment)
        return comment

    def _between(self, mine: set[str]) -> str:
        out = ""
        while self._maybe():
            out += "\n" if self._maybe() else f"{self.chance.choice(['', '  '])}{self._comment(mine)}\n"
        return out

    def _entries(self, table: dict[str, Any], mine: set[str], own: dict[str, Any], prefix: str = "") -> str:
        out = ""
        for key, value in table.items():
            if key == "answers" and self._maybe(0.5):
                out += "".join(f"answers.{writing.key(k)} = {writing.format_value(v)}\n" for k, v in value.items())
                continue
            shown = writing.format_value(value)
            if isinstance(value, list) and value and self._maybe():
                shown = "[ # " + "\n  ".join(["liste", *(f"{writing.format_value(v)}," for v in value)]) + "\n]"
            space = self.chance.choice([" ", "", "  "])
            end = f" {self._comment(mine)}" if self._maybe() else ""
            out += f"{prefix}{key}{space}={space}{shown}{end}\n" + self._between(mine)
            if self._maybe(0.2):
                name = f"own_{self._next()}"
                own[name] = self.chance.choice([1, True, "mot\r\n#", {"a": [1]}, datetime.date(2026, 1, 2)])
                out += f"{prefix}{name} = {writing.format_inline(own[name])}\n"
        return out

    def _file(self, tables: dict[str, Any]) -> str:
        head = {k: v for k, v in tables.items() if k not in record_schema.SECTIONS}
        dotted = {k: v for k, v in tables.items() if k in ONE and self._maybe(0.2)}
        inline = {k: v for k, v in tables.items() if k in ONE and k not in dotted and self._maybe(0.2)}
        own_kit = head.pop("kit", None) if self._maybe() else None
        out = self._between(self.comments) + self._entries({**head, **inline}, self.comments, self.own)
        for name, table in dotted.items():
            out += self._entries(table, self.comments, self.own.setdefault(name, {}), f"{name}.")
        rest = [name for name in tables if name in record_schema.SECTIONS and name not in {**dotted, **inline}]
        if own_kit:
            tables = {**tables, "kit": own_kit}
            rest.insert(self.chance.randrange(len(rest) + 1), "kit")
        for name in rest:
            rows = tables[name] if isinstance(tables[name], list) else [tables[name]]
            of_tables = isinstance(tables[name], list)
            owns: list[dict[str, Any]] = []
            self.dropped[name] = []
            for row in rows:
                mine: set[str] = set() if of_tables else self.comments
                own: dict[str, Any] = {}
                # a comment right above a header is about what follows
                out += "\n" * self.chance.choice([1, 1, 2]) + (f"{self._comment(mine)}\n" if self._maybe() else "")
                end = f" {self._comment(mine)}" if self._maybe() else ""
                out += (f"[[{name}]]" if of_tables else f"[{name}]") + end + "\n" + self._between(mine)
                out += self._entries(row, mine, own)
                if self._maybe(0.1):
                    own["below"] = {"x": self._next()}
                    out += f"[{name}.below]\nx = {own['below']['x']}\n"
                owns.append(own)
                self.dropped[name].append(mine)
            if self._maybe(0.2):
                number = self._next()
                self.own[f"own_{number}"] = {"x": 1}
                out += f"\n[own_{number}]\nx = 1 {self._comment(self.comments)}\n"
            self.own[name] = owns if of_tables else {**self.own.get(name, {}), **owns[0]}
        return out


@examples(20, any_size=True)
@given(first=RECORDS, second=RECORDS, seed=st.integers(0, 2**32), keep=st.booleans(), windows=st.booleans())
def test_what_a_person_added_to_the_file_stays_whatever_the_record_becomes(
    first: m.Record, second: m.Record, seed: int, keep: bool, windows: bool
) -> None:
    chance = random.Random(seed)
    if keep:  # the same items, in another order, some gone and some new
        rows = {
            f.name: tuple(x for x in chance.sample(held, len(held)) if chance.random() < 0.7)
            + getattr(second, f.name)[:1]
            for f in dataclasses.fields(first)
            if isinstance(held := getattr(first, f.name), tuple)
        }
        second = dataclasses.replace(second, **rows)
    hand = Hand(first, chance)
    text = hand.text.replace("\n", "\r\n") if windows else hand.text
    assert record_file.loads(text.encode(), PATH) == first
    wanted = dataclasses.replace(second, id=first.id)
    moves: dict[str, table_merge.Pairs] = {}
    raw = tomllib.loads(text.replace("\r\n", "\n"))
    tables = table_merge.merged(raw, record_file.document(first), record_file.document(wanted), moves.__setitem__)
    out = in_place.edited(text, raw, tables, moves)
    found = tomllib.loads(out.replace("\r\n", "\n"))
    assert record_file.loads(out.encode(), PATH) == wanted
    assert ("\r\n" in out) == windows
    expected = set(hand.comments)
    for name, owns in hand.own.items():
        if isinstance(owns, list):
            pairs = moves.get(name, list(range(len(owns))))
            for number, row in zip(pairs, found.get(name, []), strict=True):
                if number is not None:
                    assert {k: v for k, v in row.items() if k in owns[number]} == owns[number]
                    expected |= hand.dropped[name][number]
        elif name == "kit" and "kit" not in found:
            assert wanted.kit is None
        elif isinstance(owns, dict) and name in record_schema.ORDER_OF:
            assert {k: found[name][k] for k in owns} == owns
        else:
            assert found[name] == owns
    left = [comment for comment in expected if out.count(comment) != 1]
    assert left == []


@QUICK
@given(record=RECORDS.filter(lambda r: r.actions), seed=st.integers(0, 2**32), text=made.texts(most=4))
def test_one_change_touches_one_place_and_no_other_byte(record: m.Record, seed: int, text: str) -> None:
    hand = Hand(record, random.Random(seed))
    before = hand.text
    loaded = Loaded(PATH, before.encode(), record)
    action = dataclasses.replace(record.actions[0], what=f"autre chose {text}")
    wanted = dataclasses.replace(record, actions=(action, *record.actions[1:]))
    after = saving.rewritten(loaded, wanted).decode()
    start = next(n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    end = next(n for n, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b)
    value = writing.format_value(record.actions[0].what)
    assert before[: len(before) - end].count("[[actions]]") == 1
    assert len(before) - end - start <= len(value)


# -- the layout that people chose


def edit(text: str, wanted: m.Record) -> str:
    """The file's text after the change."""
    loaded = Loaded(PATH, text.encode(), record_file.loads(text.encode(), PATH))
    return saving.rewritten(loaded, wanted).decode()


def test_a_comment_on_what_goes_away_stays_as_a_line_of_its_own() -> None:
    text = EXPECTED.replace("due = 2026-12-05", "due = 2026-12-05 # sauf grève").replace(
        'by = ["Inès"]', 'by = [\n  "Inès", # elle l’a redit\n]', 1
    )
    action = dataclasses.replace(full().actions[0], due=None)
    idea = dataclasses.replace(full().ideas[0], by=("Inès", "Marc"))
    after = edit(text, dataclasses.replace(full(), actions=(action,), ideas=(idea, full().ideas[1])))
    assert after == EXPECTED.replace("due = 2026-12-05", "# sauf grève").replace(
        'by = ["Inès"]', '# elle l’a redit\nby = ["Inès", "Marc"]', 1
    )


def test_new_keys_stand_in_the_order_of_the_record_and_new_items_behind_the_others() -> None:
    action = dataclasses.replace(full().actions[0], tried="Appelé", changes="On y va à deux")
    more = m.PlannedAction("Écrire au journal", "Léa")
    looked = m.LookedAt("2026-10-03-avant-ab12", "Coller les affiches", status="done")
    after = edit(EXPECTED, dataclasses.replace(full(), actions=(action, more), looked_at=(looked,)))
    assert after == EXPECTED.replace(
        'status = "open"\noutcome = ""\n',
        'status = "open"\ntried = "Appelé"\noutcome = ""\nchanges = "On y va à deux"\n\n'
        '[[actions]]\nwhat = "Écrire au journal"\nwho = "Léa"\nstatus = "open"\noutcome = ""\n',
    ).replace(
        "date = 2026-12-19\n",
        'date = 2026-12-19\n\n[[looked_at]]\nrecord = "2026-10-03-avant-ab12"\n'
        'what = "Coller les affiches"\nstatus = "done"\n',
    )


def test_sections_that_were_empty_come_where_the_design_has_them() -> None:
    bare = dataclasses.replace(full(), request=m.Request(), actions=(), follow_up=m.FollowUp(), notes=())
    assert edit(record_file.dumps(bare), full()) == EXPECTED
    assert edit(EXPECTED, bare) == record_file.dumps(bare)


@pytest.mark.parametrize("order", [(1, 0), (0, 2, 1), (2, 1, 0), (2,), (1, 2), ()])
def test_an_item_takes_its_comments_and_its_own_keys_along(order: tuple[int, ...]) -> None:
    blocks = [
        f'# idée {n}\n[[ideas]] # {n}\ntext = "{n}"\nmood = {n} # à moi\n\n[ideas.photo]\nfile = "{n}.jpg"\n'
        for n in range(3)
    ]
    head = 'format = 1\nid = "a"\ntitle = ""\ndate = 2026-11-21\n'
    tail = '\n# le plan\n[[actions]]\nwhat = "x"\n'
    text = "\n".join([head, *blocks]) + tail
    record = record_file.loads(text.encode(), PATH)
    wanted = dataclasses.replace(record, ideas=tuple(record.ideas[n] for n in order))
    assert edit(text, wanted) == "\n".join([head, *(blocks[n] for n in order)]) + tail


def test_a_layout_that_cannot_be_followed_is_laid_out_anew_and_keeps_all_data() -> None:
    text = (
        'format = 1\nid = "a"\ntitle = ""\ndate = 2026-11-21\nown = 2.5\n'
        '[[ideas]]\ntext = "un"\n[photos]\nx = 1\n[ideas.photo]\nfile = "a.jpg"\n[[ideas]]\ntext = "deux"\n'
    )
    record = record_file.loads(text.encode(), PATH)
    after = tomllib.loads(edit(text, dataclasses.replace(record, title="T", ideas=record.ideas[::-1])))
    assert after == {**tomllib.loads(text), "title": "T", "ideas": tomllib.loads(text)["ideas"][::-1]}


@pytest.mark.parametrize(
    "written",
    [
        'actions = [ { what = "x", own = 1, who = "Awa" }, { what = "y" } ]',
        'actions = [\n  { what = "x", own = 1, who = "Awa" }, # un\n  { what = "y" },\n]',
    ],
)
def test_actions_written_in_one_list_are_changed_in_it(written: str) -> None:
    text = f'format = 1\nid = "a"\ntitle = ""\ndate = 2026-11-21\n{written}\n\n[people]\nofferor = "Awa"\n'
    record = record_file.loads(text.encode(), PATH)
    after = edit(text, dataclasses.replace(record, actions=(record.actions[0], m.PlannedAction("z"))))
    held = tomllib.loads(after)
    assert held["actions"][0] == {"what": "x", "own": 1, "who": "Awa"}
    assert held["actions"][1]["what"] == "z"
    assert ("# un" in written) == ("# un" in after)


def test_a_file_without_a_last_line_end_or_with_the_mark_of_windows_stays_so() -> None:
    data = b"\xef\xbb\xbf" + EXPECTED.rstrip("\n").encode()
    loaded = Loaded(PATH, data, record_file.loads(data, PATH))
    after = saving.rewritten(loaded, dataclasses.replace(full(), title="Autre"))
    assert after == data.replace("Relancer le comité d'usagers".encode(), b"Autre")


# -- saving


def test_what_was_is_kept_then_the_record_is_written_then_its_page(tmp_path: Path) -> None:
    own, path = workspace(tmp_path, EXPECTED + '\n[photos]\nfile = "a.jpg" # la table\n')
    former, former_page = path.read_bytes(), path.with_suffix(".md").read_bytes()
    wanted = dataclasses.replace(done(full()), title="Un autre titre", date=datetime.date(2026, 11, 22))
    made_it = saving.change(own, path, lambda _record: wanted, page=page, wall=WALL)
    assert made_it == wanted == record_file.read(path)
    assert made_it.id == RECORD_ID
    assert tomllib.loads(path.read_text("utf-8"))["photos"] == {"file": "a.jpg"}
    assert path.read_text("utf-8").endswith('[photos]\nfile = "a.jpg" # la table\n')
    assert path.with_suffix(".md").read_text("utf-8") == page(wanted, Options())
    [version] = history.versions(own, RECORD_ID)
    assert version.path.parent == own.sessions / ".history" / RECORD_ID
    assert version.when == datetime.datetime(2026, 11, 21, 11, 0, tzinfo=datetime.UTC)
    assert version.path.name.startswith("2026-11-21T11-00-00Z-")
    assert version.path.read_bytes() == former
    assert version.page is not None
    assert version.page.read_bytes() == former_page
    if sys.platform != "win32":
        assert {p.stat().st_mode & 0o777 for p in (version.path, version.page, path)} == {0o600}
        assert version.path.parent.stat().st_mode & 0o777 == 0o700


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_where_nothing_changed_nothing_is_written(tmp_path: Path) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace('outcome = ""\n', ""))
    path.with_suffix(".md").write_text("Une page à moi.\n", "utf-8")
    before = everything(own.root)
    assert saving.change(own, path, lambda record: record, page=page, wall=WALL) == full()
    assert everything(own.root) == before


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    loaded = saving.load(path)
    path.write_text(EXPECTED.replace("Awa", "Ada"), "utf-8")
    before = everything(own.root)
    with pytest.raises(ConflictError, match="somebody changed this record meanwhile"):
        saving.save(own, loaded, done(full()), page=page, wall=WALL)
    assert everything(own.root) == before


def test_a_change_is_made_again_on_what_somebody_wrote_meanwhile(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    calls = []

    def make(record: m.Record) -> m.Record:
        calls.append(record.title)
        if len(calls) < 3:
            path.write_text(EXPECTED.replace("Relancer", f"Relancer {len(calls)}"), "utf-8")
        return done(record)

    record = saving.change(own, path, make, page=page, wall=WALL)
    assert [c.split()[1] for c in calls] == ["le", "1", "2"]
    assert record.title.startswith("Relancer 2")
    assert record.actions[0].status == "done"

    def never(record: m.Record) -> m.Record:
        path.write_text(f"# {len(calls)}\n{path.read_text('utf-8')}", "utf-8")
        return dataclasses.replace(record, title=f"{record.title}!")

    with pytest.raises(ConflictError):
        saving.change(own, path, never, page=page, wall=WALL)


def test_people_who_change_different_actions_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    many = tuple(m.PlannedAction(f"action {n}") for n in range(8))
    saving.change(own, path, lambda r: dataclasses.replace(r, actions=many), page=page, wall=WALL)

    def tick(number: int) -> None:
        def make(record: m.Record) -> m.Record:
            action = dataclasses.replace(record.actions[number], status="done")
            rows = (*record.actions[:number], action, *record.actions[number + 1 :])
            return dataclasses.replace(record, actions=rows)

        while True:
            try:
                saving.change(own, path, make, page=page, wall=WALL + number)
            except ConflictError:
                continue
            return

    with ThreadPoolExecutor(4) as four:
        list(four.map(tick, range(8)))
    assert [a.status for a in record_file.read(path).actions] == ["done"] * 8
    assert len(history.versions(own, RECORD_ID)) == 9


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (EXPECTED.replace("format = 1", "format = 2"), "newer version"),
        (EXPECTED.replace('status = "open"', 'status = "later"'), "can't be read whole"),
        (EXPECTED.replace('id = "', "id = "), "could not be read"),
    ],
)
def test_a_record_that_is_newer_or_broken_is_left_as_it_is(tmp_path: Path, text: str, says: str) -> None:
    own, path = workspace(tmp_path, text)
    before = everything(own.root)
    with pytest.raises(UserError, match=says):
        saving.change(own, path, done, page=page, wall=WALL)
    assert everything(own.root) == before


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    other = tmp_path / "elsewhere.toml"
    path.rename(other)
    path.symlink_to(other)
    with pytest.raises(UserError, match="link"):
        saving.change(own, path, done, page=page, wall=WALL)
    assert other.read_text("utf-8") == EXPECTED
    path.unlink()
    other.rename(path)
    other.write_text("à lui", "utf-8")
    path.with_suffix(".md").unlink()
    path.with_suffix(".md").symlink_to(other)
    with pytest.raises(UserError, match="link"):
        saving.change(own, path, done, page=page, wall=WALL)
    assert (other.read_text("utf-8"), path.read_text("utf-8")) == ("à lui", EXPECTED)


def test_whatever_is_typed_becomes_text_and_is_told_if_it_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, path = workspace(tmp_path)
    record = saving.change(own, path, lambda r: dataclasses.replace(r, title=made.HOSTILE), page=page, wall=WALL)
    assert record.title == clean(made.HOSTILE, lines=True)
    assert record_file.read(path) == record
    monkeypatch.setattr(record_file, "LARGEST", 20_000)
    with pytest.raises(UserError, match="too large"):
        saving.change(
            own, path, lambda r: dataclasses.replace(r, notes=(m.Note("a", "x" * 9_000),) * 3), page=page, wall=WALL
        )
    assert record_file.read(path) == record


# -- the page


@pytest.mark.parametrize(
    "options", [Options(), Options(learnings=True), Options(annex=True, contributions=True, learnings=True, notes=True)]
)
def test_the_page_stays_what_the_group_had_asked_for(tmp_path: Path, options: Options) -> None:
    own, path = workspace(tmp_path)
    beside = path.with_suffix(".md")
    beside.write_bytes(page(full(), options).replace("\n", "\r\n").encode())
    record = saving.change(own, path, done, page=page, wall=WALL)
    assert beside.read_text("utf-8") == page(record, options)
    beside.write_text(page(record, options).replace("Awa", "Awa (ma sœur)"), "utf-8")
    changed = saving.change(own, path, lambda r: dataclasses.replace(r, title="Autre"), page=page, wall=WALL)
    assert beside.read_text("utf-8") == page(changed, dataclasses.replace(options, annex=False))
    kept = [v.page.read_text("utf-8") for v in history.versions(own, RECORD_ID) if v.page]
    assert len([text for text in kept if "ma sœur" in text]) == 1


def test_the_page_of_a_record_without_a_language_is_written_on_in_its_language(tmp_path: Path) -> None:
    own, path = workspace(tmp_path, EXPECTED.replace('language = "fr"\n', ""))
    with using_language("fr"):
        french = page(record_file.read(path), Options())
    path.with_suffix(".md").write_text(french, "utf-8")
    saving.change(own, path, lambda r: dataclasses.replace(r, title="Autre"), page=page, wall=WALL)
    assert path.with_suffix(".md").read_text("utf-8") == french.replace("Relancer le comité d'usagers", "Autre")


def test_a_record_without_a_page_gets_one(tmp_path: Path) -> None:
    own, path = workspace(tmp_path)
    path.with_suffix(".md").unlink()
    record = saving.change(own, path, done, page=page, wall=WALL)
    assert path.with_suffix(".md").read_text("utf-8") == page(record, Options())


def test_a_megabyte_takes_no_minutes() -> None:
    big = dataclasses.replace(
        full(), notes=tuple(m.Note("contract", f"{n} « mot »" + " mot" * 240) for n in range(1000))
    )
    data = record_file.dumps(big).encode()
    assert len(data) > 1_000_000
    wanted = dataclasses.replace(done(big), notes=big.notes[::-1])
    start = time.process_time()
    record_file.loads(data, PATH)
    read = time.process_time()
    saving.rewritten(Loaded(PATH, data, big), wanted)
    assert time.process_time() - read < 15 * (read - start)
