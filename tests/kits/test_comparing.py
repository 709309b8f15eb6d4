"""What differs between two kits: each change is told, as what it is, and nothing else is."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from entraide_tui.kits import comparing, loader
from entraide_tui.kits.comparing import KitChange, Part, compare
from entraide_tui.kits.model import Card, FormField, Kit, Minutes, Option, Preset, Rescue, Roles, Step, StepChange

REAL = [loader.load(path) for path in sorted((Path(__file__).parents[2] / "kits").glob("*.toml"))]


def step(name: str, **more: Any) -> Step:  # noqa: ANN401 - its keys
    return Step(name, {"fr": name.upper(), "en": name.title()}, **more)


A, B, C, D = (step(name, minutes=Minutes(1, 2, 3)) for name in ("ask", "listen", "give", "plan"))
KIT = Kit(1, "mine", 1, {"fr": "Le mien", "en": "Mine"}, (A, B, C, D))


def with_steps(*steps: Step) -> Kit:
    return replace(KIT, steps=steps)


def only(after: Step, before: Step = A) -> tuple[KitChange, ...]:
    """The changes of the one step that differs."""
    found = compare(with_steps(before, B), with_steps(after, B))
    (part,) = found.steps
    assert (found.head, found.presets, found.options, part.moved) == ((), (), (), False)
    return part.changes


@pytest.mark.parametrize("kit", REAL, ids=lambda k: k.id)
def test_a_kit_and_itself_do_not_differ(kit: Kit) -> None:
    found = compare(kit, kit)
    assert found.is_empty
    assert set(found.minutes) == {kit.total(kit.askers)}


def test_steps_that_are_added_and_removed_are_told_at_their_place() -> None:
    new = step("silence")
    found = compare(KIT, with_steps(A, C, new, D))
    assert found.steps == (
        Part("listen", B.title, "removed", former=2),
        Part("silence", new.title, "added", place=3),
    )
    assert list(found.minutes) == [8, 6]
    assert compare(with_steps(A), with_steps(B)).steps == (
        Part("ask", A.title, "removed", former=1),
        Part("listen", B.title, "added", place=1),
    )


def test_only_the_step_that_was_moved_is_told_to_have_moved() -> None:
    assert compare(KIT, with_steps(A, C, D, B)).steps == (Part("listen", B.title, former=2, place=4, moved=True),)
    # what is added or removed moves nothing
    assert {p.state for p in compare(KIT, with_steps(step("new"), B, C, D)).steps} == {"added", "removed"}


def test_a_step_with_another_title_was_renamed_not_replaced() -> None:
    assert only(replace(A, title={"fr": "ASK", "en": "Beg"})) == (KitChange("title", "en", "Ask", "Beg"),)


def test_a_step_with_another_id_is_known_by_its_title_and_presets_and_options_follow_it() -> None:
    def kit(name: str) -> Kit:
        return replace(
            with_steps(replace(A, id=name), B),
            presets=(Preset("short", "Short", {name: 1}),),
            options=(Option("quiet", "Quiet", {name: StepChange(turns="silent")}),),
        )

    found = compare(kit("ask"), kit("request"))
    assert found == replace(found, presets=(), options=(), head=())
    assert found.steps == (Part("request", A.title, was="ask", former=1, place=1),)


def test_minutes_speakers_turns_and_what_may_be_done_when_late_are_told_as_values() -> None:
    after = replace(
        A, minutes=Minutes(1, 2.5, 3), speaks=("offeror",), turns="round", when_late="drop", repeat="offeror"
    )
    assert only(replace(after, looks_back=True)) == (
        KitChange("minutes", before={"min": 1, "usual": 2, "max": 3}, after={"min": 1, "usual": 2.5, "max": 3}),
        KitChange("speaks", before=[], after=["offeror"]),
        KitChange("turns", before="free", after="round"),
        KitChange("when_late", before="keep", after="drop"),
        KitChange("repeat", before="once", after="offeror"),
        KitChange("looks_back", before=False, after=True),
    )
    (gone,) = only(replace(A, minutes=None))
    assert (gone.before, gone.after) == ({"min": 1, "usual": 2, "max": 3}, None)


def test_lines_are_told_that_were_added_and_removed_and_those_that_changed_places() -> None:
    before = replace(A, say={"fr": ["un", "deux", "deux"], "en": ["one", "two"]}, watch=["x", "y"], avoid=[])
    after = replace(A, say={"fr": ["un", "deux", "trois"], "en": ["one", "two"]}, watch=["y", "x"], avoid=["z"])
    assert only(after, before) == (
        KitChange("say", "fr", ["un", "deux", "deux"], ["un", "deux", "trois"], ("deux",), ("trois",)),
        KitChange("watch", "", ["x", "y"], ["y", "x"]),
        KitChange("avoid", "", [], ["z"], (), ("z",)),
    )


def test_texts_are_told_by_language_whichever_way_they_are_written() -> None:
    before = replace(A, purpose="Why", roles=Roles(offeror={"fr": "Dit", "en": "Says"}))
    after = replace(A, purpose={"fr": "Pourquoi", "en": "Why"}, roles=Roles(offeror={"fr": "Dit"}))
    assert only(after, before) == (
        KitChange("purpose", "", "Why", None),
        KitChange("purpose", "fr", None, "Pourquoi"),
        KitChange("purpose", "en", None, "Why"),
        KitChange("roles.offeror", "en", "Says", None),
    )


def test_cards_are_told_key_by_key_and_their_fields_by_their_names() -> None:
    word, score = FormField("word", "text", "A word"), FormField("score", "scale", "How much")
    card = Card("form", "feelings", fields=(word, score))
    before = replace(A, card=card)
    again = FormField("again", "choice", "Again?", choices=("yes", "no"))
    after = replace(A, card=replace(card, of="each", fields=(replace(score, max=9), word, again)))
    assert only(after, before) == (
        KitChange("card.of", before="group", after="each"),
        KitChange("card.fields.score.max", before=5, after=9),
        KitChange(
            "card.fields.again",
            after={"id": "again", "kind": "choice", "label": "Again?", "min": 1, "max": 5, "choices": ["yes", "no"]},
        ),
        KitChange("card.fields", before=["word", "score"], after=["score", "word", "again"]),
    )
    (new,) = only(replace(A, card=Card("pick", "ideas", from_="contributions")))
    assert new.after == {"kind": "pick", "fills": "ideas", "from": "contributions"} | {
        "min": 1, "max": 3, "how": "offeror", "of": "group"
    }  # fmt: skip


def test_presets_options_rescues_and_the_head_are_told_too() -> None:
    before = replace(
        KIT,
        presets=(Preset("short", "Short", {"ask": 1, "plan": 2}), Preset("old", "Old")),
        options=(Option("quiet", "Quiet", {"ask": StepChange(turns="silent")}),),
        rescue=(Rescue("stuck", "Stuck", "Nobody speaks.", ["Go on."]),),
    )
    after = replace(
        before,
        version=2,
        title={"fr": "Le mien", "en": "Ours"},
        presets=(Preset("short", "Short", {"ask": 0.5, "give": 2}), Preset("new", "New")),
        options=(Option("quiet", "Quiet", {"ask": StepChange(turns="free", say=["Hush."])}),),
        rescue=(Rescue("stuck", "Stuck", "Nobody speaks.", ["Go on."], "pause"),),
    )
    found = compare(before, after)
    assert found.head == (KitChange("version", before=1, after=2), KitChange("title", "en", "Mine", "Ours"))
    assert found.presets == (
        Part("short", "Short", former=1, place=1, changes=(
            KitChange("minutes.ask", before=1, after=0.5),
            KitChange("minutes.plan", before=2),
            KitChange("minutes.give", after=2),
        )),
        Part("old", "Old", "removed", former=2),
        Part("new", "New", "added", place=2),
    )  # fmt: skip
    (option,) = found.options
    assert option.changes == (
        KitChange("changes.ask.turns", before="silent", after="free"),
        KitChange("changes.ask.say", "", [], ["Hush."], (), ("Hush.",)),
    )
    (rescue,) = found.rescue
    assert rescue.changes == (KitChange("gesture", before=None, after="pause"),)


kits = st.sampled_from(REAL)


@examples(20)
@given(before=kits, data=st.data())
def test_whatever_happens_to_the_steps_of_a_kit_is_told_and_nothing_else(before: Kit, data: st.DataObject) -> None:
    steps = list(before.steps)
    gone = steps.pop(data.draw(st.integers(0, len(steps) - 1)))
    moved = steps.pop(data.draw(st.integers(0, len(steps) - 1)))
    place = data.draw(st.integers(0, len(steps)))
    steps.insert(place, moved)
    new = Step("brand-new", "Brand new")
    steps.insert(data.draw(st.integers(0, len(steps))), new)
    found = compare(before, replace(before, steps=tuple(steps)))
    assert [p.id for p in found.steps if p.state == "added"] == ["brand-new"]
    assert [p.id for p in found.steps if p.state == "removed"] == [gone.id]
    assert len([p for p in found.steps if p.moved]) <= 1
    assert all(not p.changes and not p.was for p in found.steps)
    kept = [s.id for s in before.steps if s.id != gone.id]
    if kept != [s.id for s in steps if s.id != "brand-new"]:
        assert any(p.moved for p in found.steps)
    else:
        assert not any(p.moved for p in found.steps)
    assert [found.head, found.presets, found.options, found.rescue] == [()] * 4


@examples(20)
@given(before=kits, after=kits)
def test_any_two_kits_differ_both_ways_alike(before: Kit, after: Kit) -> None:
    there, back = compare(before, after), compare(after, before)
    assert there.is_empty == back.is_empty == (before == after)
    assert sorted((c.key, c.language) for c in there.head) == sorted((c.key, c.language) for c in back.head)
    assert there.minutes == back.minutes[::-1]
    count = [sorted(p.state for p in d.steps) for d in (there, back)]
    assert count[0].count("added") == count[1].count("removed")
    assert count[0].count("removed") == count[1].count("added")
    json.dumps(comparing.document(there), allow_nan=False)


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Step) if f.name != "id"])
def test_no_key_of_a_step_is_overlooked(name: str) -> None:
    full = Step(
        "a", "A", "Why", Minutes(1, 2, 3), ("offeror",), "round", "drop", "offeror", ["k"], ["s"], ["w"], ["v"],
        Roles("x", "y", "z"), looks_back=True, card=Card("text", "notes"),
    )  # fmt: skip
    bare = Step("a", "B")
    changed = replace(full, **{name: getattr(bare, name)})
    found = compare(with_steps(full), with_steps(changed)).steps[0].changes
    assert {c.key.split(".")[0] for c in found} == {name}


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Kit) if f.name not in ("format", "steps")])
def test_no_key_of_a_kit_is_overlooked(name: str) -> None:
    rich = max(REAL, key=lambda k: (len(k.rescue), len(k.options), len(k.presets)))
    other = replace(KIT, id="other", version=99, licence="none", credits="Us", based_on="That", rescue=(), options=())
    rich = replace(rich, rescue=rich.rescue or (Rescue("a", "A", "B", ["C"]),))
    rich = replace(rich, options=rich.options or (Option("a", "A"),), presets=rich.presets or (Preset("a", "A"),))
    found = compare(rich, replace(rich, **{name: getattr(other, name)}))
    own = {"presets": found.presets, "options": found.options, "rescue": found.rescue}
    if name in own:
        assert own[name]
        assert not found.head
    else:
        assert {c.key.split(".")[0] for c in found.head} == {name}
