"""Searching: what is found is what a slow look through every record finds, whatever the words and the records."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.archive.index import archives
from tests.archive.index.archives import NOON, TODAY, WORD, put, record
from tests.archive.index.test_query import HOSTILE
from tests.archive.test_record_file import RECORDS, full

from entraide_tui.archive import model as m
from entraide_tui.archive.index import Hit, Index, Order, finding, parse, schema
from entraide_tui.common.text import clean, fold
from entraide_tui.common.workspace import Workspace

ENGINES = [True, False]
"""With FTS5, and without it: some builds of Python have none."""
ORDERS: tuple[Order, ...] = ("best", "newest")


def opened(workspace: Workspace, *, engine: bool = True) -> Index:
    """Its index, up to date."""
    with patch.object(schema, "has_full_text", return_value=engine):
        index = Index.open(workspace, cache=workspace.root / "cache")
    index.refresh(wall=NOON)
    return index


def names(index: Index, typed: str, order: Order = "newest") -> list[str]:
    """Of the files that are found."""
    found = index.search(parse(typed), today=TODAY, order=order)
    assert found.total == len(found.hits)
    return [hit.path.stem for hit in found.hits]


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[m.Record], list[str]]:
    """Some records, and texts to look for that may stand in them."""
    records = draw(st.lists(RECORDS, min_size=1, max_size=4))
    words = sorted({word for one in records for text in archives.texts(one) for word in WORD.findall(text)})
    known = st.sampled_from(words) if words else st.just("mot")
    word = st.tuples(known, st.integers(1, 8)).map(lambda both: both[0][: both[1]]) | known | st.text(max_size=3)
    return records, draw(st.lists(st.lists(word, min_size=1, max_size=2).map("-".join), min_size=4, max_size=8))


def check_snippet(hit: Hit, of: m.Record, looked: str) -> None:
    """It is a piece of the record, as it was written, and what is marked are found words."""
    there = [clean(text) for text in archives.texts(of)]
    cut = "".join(piece for piece, found in hit.snippet if piece != "…" or found)
    assert not cut or any(cut in text for text in there)
    # one letter may fold into two words: ¾ is 3 and 4
    marked = [WORD.findall(fold(piece)) for piece, found in hit.snippet if found]
    assert bool(marked) == bool(looked)
    assert all(any(part.startswith(word) for part in parts for word in looked.split()) for parts in marked)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=searches())
@example(case=([m.Record("a", "a", TODAY, request=m.Request("¼ (04)"))], ["4-0"]))
def test_a_search_finds_what_a_slow_look_finds(case: tuple[list[m.Record], list[str]]) -> None:
    records, texts = case
    with tempfile.TemporaryDirectory() as folder:
        workspace = archives.workspace(Path(folder), records)
        with opened(workspace) as fast, opened(workspace, engine=False) as slow:
            for text in texts:
                for typed, whole in ((text.replace(":", "-"), False), (f'"{text}"', True)):
                    query = parse(typed)
                    looked = [" ".join(term.words) for term in query.terms]
                    expected = {
                        f"r{number}"
                        for number, one in enumerate(records)
                        if not query.vain
                        and all(archives.holds(archives.texts(one), each, whole=whole) for each in looked)
                    }
                    assert set(names(fast, typed)) == set(names(fast, typed, "best")) == expected
                    assert set(names(slow, typed)) == set(names(slow, typed, "best")) == expected
                    for hit in fast.search(query, today=TODAY).hits:
                        check_snippet(hit, records[int(hit.path.stem[1:])], " ".join(looked))


@settings(max_examples=7, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=st.lists(RECORDS, min_size=1, max_size=4), data=st.data())
def test_filters_find_what_a_slow_look_finds(records: list[m.Record], data: st.DataObject) -> None:
    people = sorted(
        {name for one in records for name in (*archives.gave(one), one.people.offeror, *one.themes, one.group)}
    )
    values = [name for name in people if WORD.search(name)]
    value = data.draw(st.sampled_from(values)) if values else "Awa"
    day = data.draw(st.sampled_from([one.date for one in records]))
    bare = " ".join(WORD.findall(value))
    expected: dict[str, Callable[[m.Record], bool]] = {
        "by": lambda one: archives.holds(archives.gave(one), bare, whole=True),
        "offeror": lambda one: archives.holds(iter([one.people.offeror]), bare, whole=True),
        "theme": lambda one: archives.holds(iter(one.themes), bare, whole=True),
        "group": lambda one: archives.holds(iter([one.group]), bare, whole=True),
        "kit": lambda one: archives.holds(iter([one.kit.id, one.kit.title] if one.kit else []), bare, whole=True),
    }
    with tempfile.TemporaryDirectory() as folder:
        workspace = archives.workspace(Path(folder), records)
        for engine in ENGINES:
            with opened(workspace, engine=engine) as index:
                for name, holds in expected.items():
                    assert set(names(index, f'{name}:"{bare}"')) == {
                        f"r{n}" for n, one in enumerate(records) if holds(one)
                    }
                after = {f"r{n}" for n, one in enumerate(records) if one.date >= day}
                assert set(names(index, f"after:{day:%Y-%m-%d}")) == after or day.year < 1000
                assert (
                    set(names(index, f"before:{day:%Y-%m-%d}")) == {f"r{n}" for n in range(len(records))} - after
                    or day.year < 1000
                )
                open_ = {f"r{n}" for n, one in enumerate(records) if any(a.status == "open" for a in one.actions)}
                late = {
                    f"r{n}"
                    for n, one in enumerate(records)
                    if any(a.status == "open" and a.due and a.due < TODAY for a in one.actions)
                }
                assert set(names(index, "is:open")) == open_
                assert set(names(index, "is:late")) == late
                assert set(names(index, f"is:late after:{day:%Y-%m-%d}")) == late & after or day.year < 1000


@pytest.fixture(scope="module", params=ENGINES, ids=["fts5", "plain"])
def index(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Index:
    """Four records, which no test changes."""
    tmp_path = tmp_path_factory.mktemp("archive")
    day = datetime.date
    put(tmp_path, full(), "full")
    put(
        tmp_path,
        record(
            "Le cœur du marché", date=day(2025, 3, 1), people=m.People("Anne Marie"), group="Équipe",
            actions=(m.PlannedAction("Élire", "Léa", day(2025, 4, 1)), m.PlannedAction("Rire", "Léa", status="done")),
        ),
        "coeur",
    )  # fmt: skip
    put(tmp_path, record("Réunion", date=day(2024, 3, 1), request=m.Request("Le marché du jeudi ?")), "reunion")
    put(
        tmp_path,
        record(
            "Autre", date=day(2024, 3, 2), feelings=(m.Feeling(4, "secrète"),), steps=(m.StepPlayed("s", "étapes"),),
            notes=(m.Note("parking", "garée", parked=True), m.Note("contract", "notée marché")),
        ),
        "autre",
    )  # fmt: skip
    return opened(Workspace(tmp_path), engine=bool(request.param))


def test_without_regard_to_accents_case_and_ligatures(index: Index) -> None:
    for typed in ("coeur", "CŒUR", "cœur", "Coe", "cœur marche", "l’equipe coeur"):
        assert names(index, typed) == (["coeur"] if "l’" not in typed else []), typed
    assert names(index, "elir") == ["coeur"]


def test_feelings_and_what_was_parked_are_not_found(index: Index) -> None:
    for typed in ("secrete", "garee", "soulagee", "etapes"):
        assert names(index, typed) == []
    assert names(index, "notee") == ["autre"]


def test_the_newest_first_or_the_best(index: Index) -> None:
    assert names(index, "marche") == ["full", "coeur", "autre", "reunion"]
    if index._store.full:
        assert names(index, "marche", "best")[:2] == ["coeur", "reunion"], "a word in the title, then in the request"
    else:
        assert names(index, "marche", "best") == ["full", "coeur", "autre", "reunion"], "without FTS5, by date alone"
    assert names(index, "") == names(index, "", "best") == ["full", "coeur", "autre", "reunion"]
    assert names(index, "is:open", "best") == ["full", "coeur"]


def test_filters_and_words_together(index: Index) -> None:
    assert names(index, 'offeror:"Anne Marie"') == names(index, "offeror:anne offeror:mar") == ["coeur"]
    assert names(index, "by:marc marché") == ["full"]
    assert names(index, "by:jean") == [], "who led gave nothing"
    assert names(index, "marché after:2024-03 before:2025-03") == ["autre", "reunion"]
    assert names(index, "is:late") == names(index, "est:retard léa") == ["coeur"]
    assert names(index, "kit:atelier group:réseau theme:particip") == ["full"]
    assert names(index, "marché foo:bar") == []


def test_pages_follow_each_other(index: Index) -> None:
    for typed in ("", "marche"):
        pages = [index.search(parse(typed), today=TODAY, limit=2, offset=o, order="newest") for o in (0, 2, 4)]
        assert [page.total for page in pages] == [4, 4, 4]
        assert [[hit.path.stem for hit in page.hits] for page in pages] == [["full", "coeur"], ["autre", "reunion"], []]


def test_a_hit_says_what_a_list_shows(index: Index) -> None:
    [hit] = index.search(parse("elire"), today=TODAY).hits
    assert (hit.title, hit.offeror, hit.group, hit.date) == (
        "Le cœur du marché", "Anne Marie", "Équipe", datetime.date(2025, 3, 1),
    )  # fmt: skip
    assert (hit.open, hit.late, hit.fault, hit.snippet) == (1, 1, "", (("Élire", True),))
    [hit] = index.search(parse("kit:atelier placier"), today=TODAY).hits
    assert (hit.kit, hit.open, hit.late, hit.request) == ("atelier-entraide", 1, 0, "Comment redonner envie ?")
    assert hit.snippet == (("Appeler le ", False), ("placier", True))
    [hit] = index.search(parse("kit:atelier"), today=TODAY).hits
    assert hit.snippet == (("Comment redonner envie ?", False),)


def test_a_long_text_is_cut_around_what_was_found(tmp_path: Path) -> None:
    put(tmp_path, record("x", request=m.Request("début " * 500 + "trouvé ici " + "fin " * 500)))
    with opened(Workspace(tmp_path)) as index:
        [hit] = index.search(parse("trouve"), today=TODAY).hits
    text = "".join(piece for piece, _found in hit.snippet)
    assert text.startswith("…début")
    assert text.endswith("…")
    assert len(text) < 250
    assert ("trouvé", True) in hit.snippet


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_answered(typed: str, index: Index) -> None:
    for text in (typed, f"marché {typed}", f'by:"{typed}"'):
        for order in ORDERS:
            found = index.search(parse(text), today=TODAY, order=order)
            assert found.total <= 4
        index.near(text, today=TODAY)
        for cursor in (-1, 0, 3, len(text), 10**6):
            for new, begin, end in index.complete(text, cursor):
                assert new
                assert 0 <= begin <= end <= max(len(text), end)


def test_a_mark_of_the_index_is_no_word(index: Index) -> None:
    for typed in ("¦offeror¦anne", "offeror¦anne", "¦is¦asking", "is¦asking", "asking", "¶"):
        assert names(index, typed) in ([], names(index, "")), typed
        assert names(index, f"marche {typed}") in ([], names(index, "marche")), typed


def hits(found: list[Hit]) -> list[str]:
    return [hit.path.stem for hit in found]


def test_requests_near_to_a_text(tmp_path: Path) -> None:
    asked = {
        "a": "Comment relancer les bénévoles fatigués ?", "b": "Où trouver un local pour la kermesse ?",
        "c": "Nos bénévoles partent, que faire ?", "d": "Le budget de la kermesse est trop court",
    }  # fmt: skip
    for number, (name, text) in enumerate(asked.items()):
        put(tmp_path, record(name, date=datetime.date(2026, 1, 1 + number), request=m.Request(text)), name)
    for number in range(40):
        put(tmp_path, record("Comment", request=m.Request("Comment faire pour la suite ?")), f"z{number}")
    put(tmp_path, record("Bénévoles fatigués", learnings=(m.Said("bénévole"),)), "no-request")
    with opened(Workspace(tmp_path)) as index:
        near = index.near("Comment faire pour que chaque bénévole fatigué reste ?", today=TODAY)
        assert hits(near)[0] == "a"
        assert set(hits(near)) == {"a", "c"}, "words that stand everywhere tell nothing; no request is nobody's"
        assert ("bénévoles", True) in near[0].snippet
        assert set(hits(index.near("la KERMESSE", today=TODAY))) == {"b", "d"}
        assert hits(index.near("kermesse", today=TODAY, limit=1)) in (["b"], ["d"])
        for nothing in ("", "?", "la de", "comment faire pour", "x" * 10_000, "jamais-écrit"):
            assert index.near(nothing, today=TODAY) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("of", ["offeror:"]), ("g", ["group:"]), ("offeror:an", ['offeror:"Anne Marie"']),
        ("offeror:mar", ['offeror:"Anne Marie"']),
        ('offeror:"anne m', ['offeror:"Anne Marie"']), ("by:in", ["by:Inès"]), ("marché by:in", ["by:Inès"]),
        ("theme:", ["theme:participation"]), ("group:res", ['group:"Réseau lecture publique"']),
        ("is:", ["is:open", "is:late"]),
        ("is:l", ["is:late"]), ("after:", ["after:2026", "after:2025", "after:2024"]), ("before:2025", ["before:2025"]),
        ("kit:ate", ["kit:atelier-entraide", 'kit:"Atelier d\'entraide"']), ("foo:", []), ("zzz", []),
        ('offeror:"Anne Marie"', []),
    ],
)  # fmt: skip
def test_filters_and_their_values_are_offered(index: Index, typed: str, offered: list[str]) -> None:
    found = index.complete(typed, len(typed))
    assert sorted(new for new, _begin, _end in found) == sorted(offered)
    for new, begin, end in found:
        assert parse(typed[:begin] + new + typed[end:]).faults == ()
        if not new.endswith(":") and not new.startswith("kit"):
            assert index.search(parse(new), today=TODAY).total > 0 or new.startswith("before"), new


def test_all_filters_are_offered_where_a_word_begins(index: Index) -> None:
    assert [new for new, _b, _e in index.complete("", 0)] == [
        "by:", "offeror:", "kit:", "theme:", "group:", "is:", "after:", "before:",
    ]  # fmt: skip
    assert index.complete("marché ", 7)[0] == ("by:", 7, 7)


def test_an_engine_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(schema, "FULL", schema.FULL.replace("fts5", "fts99"))
    assert not schema.has_full_text()
    put(tmp_path, record("Sans moteur"))
    with Index.open(Workspace(tmp_path), cache=tmp_path / "cache") as index:
        index.refresh(wall=NOON)
        assert len(names(index, "mot")) == 1


def test_where_very_many_are_found_the_newest_are_ranked_and_the_others_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RANKED", 4)
    for number in range(7):
        title = "Titre mot" if number in (2, 4) else "Titre"
        put(tmp_path, record(title, date=datetime.date(2026, 1, 1 + number), request=m.Request("mot")), f"r{number}")
    with opened(Workspace(tmp_path)) as index:
        expected = ["r4", "r6", "r5", "r3", "r2", "r1", "r0"]
        assert names(index, "mot", "best") == expected
        for size in (1, 2, 3, 5):
            shown: list[str] = []
            for offset in range(0, 9, size):
                page = index.search(parse("mot"), today=TODAY, limit=size, offset=offset)
                assert page.total == 7
                shown += hits(list(page.hits))
            assert shown == expected


def test_the_end_of_a_records_id_finds_it_where_no_word_does(index: Index) -> None:
    found = index.search(parse("reunion"), today=TODAY, limit=5).hits
    (hit,) = found
    assert "reunion" in names(index, hit.id[-5:])
