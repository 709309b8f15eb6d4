"""What is printed of a kit: each in both languages, whole, on the paper that was promised, as text and nothing else."""

from __future__ import annotations

import dataclasses
import itertools
import re
import sys
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import tomli_w
from markdown_it import MarkdownIt
from pypdfium2 import raw
from tests.exports import reading
from tests.kits.shipped import KITS

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import using_language
from entraide_tui.exports import handouts, pdf, safe_html
from entraide_tui.exports.handouts import poster, view
from entraide_tui.kits import loader
from entraide_tui.kits.contribution_kinds import CONTRIBUTION_KINDS, KIND_LABELS
from entraide_tui.kits.model import Kit, LocalText, in_language, lines_in

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.exports.handouts.making import What

LANGUAGES = ("fr", "en")
A4, A3 = (595, 842), (842, 1191)
MARKDOWN = MarkdownIt("commonmark")
UNSEEN = re.compile(r"[\s\u200b-]+")
ESCAPED = re.compile(r"\\(.)")
TAG = re.compile(r"</?[a-z][^<>]*>")
ALLOWED = {
    "html", "head", "body", "meta", "title", "style", "main", "header", "section", "div", "span", "p", "h1", "h2", "dl",
    "dt", "dd", "ol", "ul", "li", "b", "i", "em", "strong",
}  # fmt: skip


def forms(kit: Kit) -> list[Kit]:
    """The kit as it is, in each of its presets, and with all its options."""
    presets = [kit.with_choices(preset.id, ()) for preset in kit.presets]
    return [kit, *presets, kit.with_choices("", tuple(option.id for option in kit.options))]


def promised(kit: Kit, what: What, language: str) -> list[str]:
    """The texts of the kit that must stand on that handout."""

    def said(*words: LocalText) -> list[str]:
        return [in_language(one, language) for one in words if in_language(one, language)]

    out = said(kit.title, kit.credits, kit.licence)
    if what in ("poster", "sheet"):
        out += said(kit.suits.whom, kit.suits.what)
        for step in kit.steps:
            out += said(step.title, step.purpose)
    if what == "sheet":
        for step in kit.steps:
            out += [line for words in (step.say, step.watch, step.avoid) for line in lines_in(words, language)]
            out += said(step.card.prompt) if step.card else []
    if what == "roles":
        for step in kit.steps:
            out += said(step.title, step.roles.offeror, step.roles.facilitator, step.roles.contributor)
    if what == "cards":
        for card in [step.card for step in kit.steps if step.card]:
            out += said(card.prompt)
            for item in card.fields:
                out += said(item.label, *item.choices)
    return out


def missing(text: str, kit: Kit, what: What, language: str) -> list[str]:
    """What of it is not in the text of a handout; a reader of PDF drops a hyphen at the end of a line."""
    whole = squeezed(text)
    return [one for one in promised(kit, what, language) if squeezed(one) not in whole]


def squeezed(text: str) -> str:
    """Like `reading.bare`, quicker, for kits that hold nothing awkward."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def text_of_html(data: bytes) -> str:
    """What an HTML5 reader shows, after a look that nothing in it runs or reaches out."""
    root = reading.document(data.decode())
    for name, element in reading.elements(root):
        assert name in ALLOWED
        assert set(element.attrib) <= {
            "class", "lang", "name", "content", "charset", "http-equiv", "style", "aria-hidden",
        }  # fmt: skip
    assert safe_html.POLICY in data.decode()
    body = root.find(f"{reading.NAMESPACE}body")
    assert body is not None
    return reading.said(body)


def text_of_markdown(data: bytes) -> str:
    """What a CommonMark reader shows: no HTML, no link, no picture, no code of a kit's."""
    out = []
    for token in MARKDOWN.parse(data.decode()):
        assert token.tag in {"h1", "h2", "p", "ul", "ol", "li", "hr", ""}, token
        for child in token.children or ():
            assert child.tag in {"", "strong", "em", "br"}, child
            assert child.type != "html_inline"
            out.append(child.content)
        assert token.type != "html_block"
    return "".join(out)


def check_pdf(data: bytes, size: tuple[int, int]) -> int:
    """How many pages; each of that size, nothing off any of them."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        width, height = page.get_size()
        assert (round(width), round(height)) == size
        words = page.get_textpage()
        for at in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(at)
            assert min(left, bottom, width - right, height - top) >= 0, words.get_text_bounded(left, bottom, right, top)
        words.close()
    pages = len(document)
    document.close()
    return pages


@pytest.mark.parametrize("name", KITS)
def test_each_kit_is_whole_in_html_and_markdown(name: str) -> None:
    kit = KITS[name]
    for at, (what, language) in enumerate(itertools.product(handouts.WHAT, LANGUAGES)):
        page = handouts.make(kit, what, "html", language=language)
        assert not page.notice
        # reading HTML as a browser does takes its time: the campaign reads all of it
        if at in (len(name) % 2, 2 + len(name) % 6):
            assert missing(text_of_html(page.data), kit, what, language) == []
        assert missing(TAG.sub("", unescape(page.data.decode())), kit, what, language) == []
        assert (
            missing(text_of_markdown(handouts.data_of(kit, what, "md", language=language)), kit, what, language) == []
        )
        for form in forms(kit)[1:]:
            text = ESCAPED.sub(r"\1", handouts.data_of(form, what, "md", language=language).decode())
            assert missing(text, form, what, language) == []


@pytest.mark.parametrize("name", KITS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_poster_of_each_kit_is_one_page_and_nothing_is_cut(name: str, language: str) -> None:
    kit = KITS[name]
    paper = handouts.PAPERS[(len(name) + LANGUAGES.index(language)) % 2]
    made = handouts.make(kit, "poster", "pdf", language=language, paper=paper)
    assert check_pdf(made.data, A3 if paper == "a3" else A4) == 1
    text = pdf.text_of(made.data)
    assert missing(text, kit, "poster", language) == []
    assert not made.notice


@pytest.mark.parametrize(("at", "name"), list(enumerate(KITS)))
def test_the_other_sheets_of_each_kit_are_whole_as_pdf(at: int, name: str) -> None:
    kit = KITS[name]
    what = handouts.WHAT[1 + at % 3]
    language = LANGUAGES[at % 2]
    form = forms(kit)[at % len(forms(kit))]
    data = handouts.data_of(form, what, "pdf", language=language)
    assert check_pdf(data, A4) <= {"roles": 2, "cards": 4, "sheet": 4}.get(what, 1)
    assert missing(pdf.text_of(data), form, what, language) == []


@pytest.mark.campaign
@pytest.mark.parametrize("name", KITS)
def test_every_kit_language_preset_and_handout(name: str) -> None:
    kit = KITS[name]
    for form, what, language in itertools.product(forms(kit), handouts.WHAT, LANGUAGES):
        assert (
            missing(text_of_html(handouts.data_of(form, what, "html", language=language)), form, what, language) == []
        )
        for paper in handouts.PAPERS if what == "poster" else handouts.PAPERS[:1]:
            data = handouts.data_of(form, what, "pdf", language=language, paper=paper)
            pages = check_pdf(data, A3 if paper == "a3" else A4)
            assert pages <= {"poster": 1, "roles": 2, "cards": 4, "sheet": 5}[what]
            assert missing(pdf.text_of(data), form, what, language) == []


def lanes(data: bytes) -> list[tuple[tuple[int, int, int], float]]:
    """The bars of the time line: their colours and heights, from the top."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for item in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        parts = [raw.c_uint() for _part in range(4)]
        raw.FPDFPageObj_GetFillColor(item.raw, *parts)
        left, bottom, right, top = item.get_bounds()
        if 11 < right - left < 13:  # as wide as a bar
            found.append((top, tuple(part.value for part in parts[:3]), top - bottom))
    document.close()
    return [(colour, high) for _top, colour, high in sorted(found, reverse=True)]


def test_the_time_line_is_in_proportion_and_shows_who_speaks() -> None:
    kit = KITS["atelier-entraide"]
    found = lanes(handouts.data_of(kit, "poster", "pdf", language="fr"))
    gap = 0.8 / 25.4 * 72
    blue = [high + gap for colour, high in found if colour == (0x2B, 0x5F, 0xA6)]
    spoken = [step.minutes.usual for step in kit.steps if step.minutes and "contributor" in step.speaks]
    assert len(blue) == len(spoken)
    for high, minutes in zip(blue, spoken, strict=True):
        assert high / sum(blue) == pytest.approx(minutes / sum(spoken), abs=0.002)


def test_who_speaks_is_said_in_the_words_of_the_kit_and_steps_that_come_again_say_for_whom() -> None:
    troika = KITS["troika"]
    with using_language("en"):
        found = view.of(troika, "poster")
    assert found["total"] == {"whole": "34 min", "beside": "10 min for each client", "number": 34.0}
    by_title = {step["title"]: step for step in found["steps"]}
    first, back = found["steps"][0], by_title[in_language(troika.steps[3].title, "en")]
    assert (first["who"], first["manner"], first["again"]) == ([], "in silence", "")
    assert ([one["name"] for one in back["who"]], back["again"]) == (["consultant"], "for each client")
    wise = KITS["wise-crowds"]
    with using_language("en"):
        assert view.of(wise, "poster")["total"]["whole"] == "8 min"
        assert view.of(wise, "poster")["total"]["beside"] == "together, and 15 min for each client"


def test_rules_are_those_that_mean_something_for_so_many_people() -> None:
    kit = KITS["flash-groupe"]
    with using_language("en"):
        rules = view.of(kit, "poster")["frame"]
        assert "What is said here stays here." in rules
        assert rules.index("First understand, then help.")
        assert kit.group_size is not None
        alone = dataclasses.replace(kit, group_size=dataclasses.replace(kit.group_size, min=1, max=1))
        assert view.of(alone, "poster")["frame"] == ["First understand, then help.", "We end on time."]


def test_the_same_kit_gives_the_same_bytes() -> None:
    for what in ("poster", "sheet"):
        first, second = (handouts.data_of(KITS["troika"], what, "pdf", language="fr") for _time in range(2))
        assert first == second


def test_cards_have_a_circle_for_each_point_and_a_box_for_each_choice() -> None:
    kit = KITS["micro-demande"]
    root = reading.document(handouts.data_of(kit, "cards", "html", language="en").decode())
    points = [reading.said(e) for name, e in reading.elements(root) if name == "span"]
    assert points[:11] == [str(number) for number in range(11)]
    boxes = [e for _name, e in reading.elements(root) if e.attrib.get("class") == "boxes"]
    assert [len(list(e)) for e in boxes][:1] == [5]
    with using_language("en"):
        shown = view.of(KITS["atelier-entraide"], "cards")["cards"]
    assert [part["boxes"] for card in shown for part in card["parts"] if part["kind"] == "choice"] == [
        [KIND_LABELS[kind] for kind in CONTRIBUTION_KINDS]
    ]
    assert all(part["points"] == list("12345") for card in shown for part in card["parts"] if part["kind"] == "scale")


# Kits from anywhere


def document(text: str, steps: int, *, most: int = 2_000) -> dict[str, Any]:
    """A kit with that text in every place that takes one, as much of it as the door lets through."""
    room = min(most * len(text.encode()) // len(text), 110_000 // (steps * 14 + 20))
    said = text.encode()[:room].decode(errors="ignore").strip() or "x"
    cards: list[dict[str, Any]] = [
        {"kind": "list", "fills": "topics", "prompt": said},
        {"kind": "text", "fills": "request", "prompt": said},
        {"kind": "list", "fills": "contributions", "prompt": said},
        {"kind": "actions", "fills": "actions", "prompt": said},
        {"kind": "form", "fills": "notes", "of": "each", "prompt": said, "fields": [
            {"id": "a", "kind": "text", "label": said},
            {"id": "b", "kind": "scale", "label": said, "min": 0, "max": 20},
            {"id": "c", "kind": "choice", "label": said, "choices": [said, said]},
        ]},
    ]  # fmt: skip
    roles = {"offeror": said, "facilitator": said, "contributor": said}
    every = ["offeror", "facilitator", "contributor"]
    return {
        "format": 1, "id": "hostile", "version": 1, "title": said, "summary": said, "credits": said, "licence": said,
        "based_on": said, "roles": roles, "suits": {"whom": said, "what": said}, "group_size": {"min": 1, "max": 99},
        "steps": [
            {
                "id": f"s{n}", "title": said, "purpose": said, "speaks": every[: n % 4],
                "turns": ("round", "free", "silent")[n % 3], "repeat": ("once", "offeror")[n % 2],
                "say": [said], "watch": [said], "avoid": [said], "roles": roles, "card": cards[n % len(cards)],
            } | ({"minutes": {"min": 0.0, "usual": 0.25 + n * 31 % 90, "max": 100.0}} if n % 4 else {})
            for n in range(steps)
        ],
    }  # fmt: skip


def through_the_door(found: dict[str, Any], path: Path) -> Kit:
    """It is a kit for everybody else, too."""
    path.write_text(tomli_w.dumps(found), "utf-8")
    return loader.load(path)


@pytest.mark.parametrize("text", [*reading.AWKWARD[:4], *reading.AWKWARD[5:]])
def test_what_means_something_elsewhere_comes_out_as_that_text(text: str, tmp_path: Path) -> None:
    kit = through_the_door(document(text, 4), tmp_path / "hostile.toml")
    said = reading.bare(text.strip())
    at_least = {"poster": 10, "roles": 24, "cards": 8, "sheet": 28}
    for what in handouts.WHAT:
        assert (
            reading.bare(text_of_html(handouts.data_of(kit, what, "html", language="en"))).count(said) >= at_least[what]
        )
        page = text_of_markdown(handouts.data_of(kit, what, "md", language="en"))
        assert reading.bare(page).count(said) >= at_least[what]
    for what in (handouts.WHAT[len(text) % 4], "poster"):
        shown = pdf.text_of(handouts.data_of(kit, what, "pdf", language="en"))
        assert reading.bare(shown).count(said) >= at_least[what], shown


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("mot " * 500, 60),
        ("W" * 2000, 9),
        ("word " * 400, 3),
        ("中" * 2000, 3),
        ("a\u0301" + "\u0301" * 1900, 5),
    ],
    ids=["sixty", "wide", "long", "signs", "marks"],
)
def test_the_poster_is_one_page_whatever_comes_and_says_when_it_was_cut(text: str, steps: int, tmp_path: Path) -> None:
    kit = through_the_door(document(text, steps), tmp_path / "hostile.toml")
    made = handouts.make(kit, "poster", "pdf", language="en")
    assert check_pdf(made.data, A4) == 1
    shown = re.sub(r"\s+", " ", pdf.text_of(made.data))
    if "…" in shown or reading.bare(shown).count(reading.bare(view.one_line(kit.title))) < 2 * steps:
        assert "Shortened to hold on one page" in made.notice
    assert reading.bare(made.notice) in reading.bare(shown)


def test_far_too_much_text_still_makes_every_sheet_with_nothing_off_it(tmp_path: Path) -> None:
    kit = through_the_door(document("W" * 100 + " mot" * 200, 3), tmp_path / "hostile.toml")
    for what in handouts.WHAT[1:]:
        data = handouts.data_of(kit, what, "pdf", language="fr")
        assert check_pdf(data, A4) > 1
        assert missing(pdf.text_of(data), kit, what, "fr") == []


def test_a_cut_text_is_no_wider_than_asked_for() -> None:
    for text in ("word " * 100, "\ufdfd" * 40, "a" + "\u0301" * 500, "", "short"):
        for most in (0.0, 8.0, 24.0, 130.0):
            cut = poster._cut(text, most)
            assert cut == text or cut in ("", "…") or (cut.endswith("…") and text.startswith(cut[:-1].rstrip()))
            assert len(cut) <= 3 * most + 1


def test_pdf_without_the_extra_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UserError, match=r"install entraide-tui\[pdf\]"):
        handouts.data_of(KITS["troika"], "poster", "pdf", language="en")
    assert handouts.data_of(KITS["troika"], "poster", "html", language="en")
