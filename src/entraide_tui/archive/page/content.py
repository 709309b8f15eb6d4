"""The one page: what it says, and whether it holds on one A4 sheet.

The measure is that of the page as people print it: 11 point, 92 characters to a line, 54 lines. What does not
hold is named; nothing is cut unless somebody asks for it.
"""

from __future__ import annotations

import datetime
import itertools
import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record

LINES = 54
WIDTH = 92
Kind = Literal["title", "heading", "text", "entry", "detail"]
Section = Literal["", "people", "request", "asked", "ideas", "actions", "next", "contributions", "learnings", "notes"]
Meaning = Literal["", "text", "context", "label", "date", "group", "people", "due", "idea"]
Part = tuple[str, Meaning]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page.

    Attributes:
        name: what it is, in words, for the message that says what does not hold.
        annex: whether it may be moved to the annex.
        section: which part of the page it belongs to.
        parts: the same text piece by piece, with what each piece is, for formats that set them apart; empty where
            only the text is known (a shortened one).
    """

    kind: Kind
    text: str
    name: str = ""
    annex: bool = False
    number: int = 0
    section: Section = ""
    parts: tuple[Part, ...] = ()


def _block(
    kind: Kind, section: Section, parts: tuple[Part, ...], name: str, *, annex: bool = False, number: int = 0
) -> Block:
    return Block(kind, "".join(piece for piece, _meaning in parts), name, annex, number, section, parts)


def _heading(section: Section, text: str, *, annex: bool = False) -> Block:
    return Block("heading", text, annex=annex, section=section)


def lines_of(block: Block) -> int:
    """How many lines of the sheet it takes."""
    width = WIDTH - (4 if block.kind in ("entry", "detail") else 0)
    lines = sum(_wrapped(part, width) for part in block.text.split("\n"))
    return lines + {"title": 2, "heading": 2, "text": 1, "entry": 0, "detail": 0}[block.kind]


def _wrapped(text: str, width: int) -> int:
    if len(text) <= width:
        return 1
    return max(1, len(textwrap.wrap(text, width, break_on_hyphens=False)))


def blocks(record: Record, *, contributions: bool = False, learnings: bool = False, notes: bool = False) -> list[Block]:
    """The page from top to bottom: title, people, request, ideas, plan, next date; the rest only if asked."""
    out = [Block("title", record.title, _("the title"))]
    out.append(_block("text", "people", _people(record), _("people")))
    if record.request.text or record.request.context:
        out.append(_heading("request", _("The request")))
        if record.request.text:
            out.append(_block("text", "request", ((record.request.text, "text"),), _("the request")))
        if record.request.context:
            context: Part = (record.request.context, "context")
            out.append(_block("text", "request", (context,), _("the situation"), annex=True))
    if not record.request.text and record.topics and not any(t.chosen for t in record.topics):
        # a round in which everybody asks: what was asked is the page's matter
        out.append(_heading("asked", _("What was asked")))
        out += [_block("entry", "asked", _said(t.text, t.by), _("what was asked"), annex=True) for t in record.topics]
    if record.ideas:
        out.append(_heading("ideas", _("Ideas kept")))
        for number, idea in enumerate(record.ideas, 1):
            name = _("idea {number}").format(number=number)
            parts = _said(idea.text, ", ".join(idea.by))
            out.append(_block("entry", "ideas", parts, name, annex=number > 3, number=number))
    if record.actions:
        out.append(_heading("actions", _("Action plan")))
        for number, action in enumerate(record.actions, 1):
            name = _("action {number}").format(number=number)
            out.append(_block("entry", "actions", _action(record, number - 1), name, annex=number > 3, number=number))
            if action.first_step:
                step = _around(_("First step: {step}").format(step=_MARK), action.first_step, "text")
                name = _("the first step of action {number}").format(number=number)
                out.append(_block("detail", "actions", step, name, annex=True))
    if record.follow_up.date or record.follow_up.said:
        when = day_of(record, record.follow_up.date) if record.follow_up.date else record.follow_up.said
        out.append(_heading("next", _("We look at it again")))
        out.append(_block("text", "next", ((when, "date"),), _("the next date")))
    asked: tuple[tuple[bool, Section, str, list[tuple[str, str]]], ...] = (
        (contributions, "contributions", _("Contributions"), [(c.text, c.by) for c in record.contributions]),
        (learnings, "learnings", _("What each of us takes"), [(s.text, s.by) for s in record.learnings]),
        (notes, "notes", _("Notes"), [(n.text, "") for n in record.notes if n.step != _("parking")]),
    )
    for wanted, section, heading, entries in asked:
        if wanted and entries:
            out.append(_heading(section, heading, annex=True))
            out += [_block("entry", section, _said(text, by), heading, annex=True) for text, by in entries]
    return out


_MARK = "\0"
"""Stands for a name while the words around it are translated: no text holds it."""


def _around(sentence: str, text: str, meaning: Meaning) -> tuple[Part, ...]:
    before, _mark, after = sentence.partition(_MARK)
    return tuple(part for part in ((before, "label"), (text, meaning), (after, "label")) if part[0])


def _said(text: str, by: str) -> tuple[Part, ...]:
    return ((text, "text"), (" (", ""), (by, "people"), (")", "")) if by else ((text, "text"),)


def _people(record: Record) -> tuple[Part, ...]:
    people = record.people
    out: list[Part] = [(day_of(record, record.date), "date")]
    if record.group:
        out += [(" · ", ""), (record.group, "group")]
    for sentence, names in (
        (_("Request brought by: {name}").format(name=_MARK), people.offeror),
        (_("Led by: {name}").format(name=_MARK), people.facilitator),
        (_("With: {names}").format(names=_MARK), ", ".join(people.contributors)),
    ):
        if names:
            out += [("\n", ""), *_around(sentence, names, "people")]
    return tuple(out)


def _action(record: Record, index: int) -> tuple[Part, ...]:
    action = record.actions[index]
    out: list[Part] = [(action.what, "text")]
    if action.who:
        out += [(" – ", ""), (action.who, "people")]
    if action.due:
        due = by_when(record, action.due)
        out += [(" – ", ""), (due, "due")]
    if action.idea:
        out += [(" – ", ""), (_("idea {number}").format(number=action.idea), "idea")]
    return tuple(out)


def by_when(record: Record, date: datetime.date) -> str:
    """Until when; French has another word before a month."""
    return until(date, record.language, months_only=record.months_only)


def until(date: datetime.date, language: str, *, months_only: bool) -> str:
    """The same, where there is no record at hand."""
    told = day(date.isoformat(), language, months_only=months_only)
    return _("by {month}").format(month=told) if months_only else _("by {date}").format(date=told)


def day_of(record: Record, date: datetime.date) -> str:
    """A day of a record; « novembre 2026 » where only months are meant."""
    return day(date.isoformat(), record.language, months_only=record.months_only)


def day(iso: str, language: str, *, months_only: bool = False) -> str:
    """« samedi 21 novembre 2026 »; « novembre 2026 » where only months are meant."""
    from babel.dates import format_date

    locale = {"fr": "fr", "en": "en_GB"}.get(language, "en_GB")
    pattern = "MMMM y" if months_only else "EEEE d MMMM y"
    date = datetime.date.fromisoformat(iso)
    if locale == "fr" and date.day == 1 and not months_only:
        pattern = pattern.replace("d", "'1er'")
    return format_date(date, pattern, locale=locale)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What holds on the page, what goes to the annex, and what is said of it."""

    page: list[Block]
    annex: list[Block]
    overflow: tuple[str, ...] = ()
    lines: int = 0


def fit(all_blocks: list[Block], *, annex: bool) -> Sheet:
    """Measures the page; with `annex`, what does not hold is moved there, from the least necessary on.

    Without it nothing is moved: `overflow` names what would have to.
    """
    size = sum(lines_of(b) for b in all_blocks)
    if size <= LINES:
        return Sheet(all_blocks, [], (), size)
    moved: list[int] = []
    rest = size
    order = [i for i, b in enumerate(all_blocks) if b.annex and b.kind != "heading"]
    for index in sorted(order, key=lambda i: (-_weight(all_blocks[i]), -i)):
        if rest <= LINES:
            break
        # an action goes with its first step, which would else stand under another one
        own = itertools.takewhile(lambda i: all_blocks[i].kind == "detail", range(index + 1, len(all_blocks)))
        for number in [index, *own]:
            if number not in moved:
                moved.append(number)
                rest -= lines_of(all_blocks[number])
    names = tuple(dict.fromkeys(all_blocks[i].name for i in sorted(moved)))
    if rest > LINES:
        # Even without all that may go, a text of the core is too long: it is named too, and continues in the annex.
        core = [i for i, b in enumerate(all_blocks) if i not in moved and b.name]
        for index in sorted(core, key=lambda i: -lines_of(all_blocks[i])):
            if rest <= LINES:
                break
            moved.append(index)
            rest -= lines_of(all_blocks[index]) - lines_of(_short(all_blocks[index]))
        names = tuple(dict.fromkeys(all_blocks[i].name for i in sorted(moved)))
    if not annex:
        return Sheet(all_blocks, [], names, size)
    page: list[Block] = []
    for index, block in enumerate(all_blocks):
        if index not in moved:
            page.append(block)
        elif not block.annex:
            page.append(_short(block))
    kept_headings = [
        b
        for i, b in enumerate(page)
        if not (b.kind == "heading" and (i + 1 == len(page) or page[i + 1].kind in ("heading", "title")))
    ]
    return Sheet(kept_headings, [all_blocks[i] for i in sorted(moved)], names, sum(lines_of(b) for b in kept_headings))


def _weight(block: Block) -> int:
    """How readily it goes to the annex: what was asked for besides first, the situation next, first steps last."""
    if block.kind == "entry":
        return 1 if block.number else 3
    return 2 if block.kind == "text" else 0


def _short(block: Block) -> Block:
    """Its beginning, on as few lines as can be: empty lines count on a sheet too."""
    text = " ".join(block.text.split("\n"))
    return replace(block, text=text if len(text) <= 160 else text[:159].rstrip() + "…", parts=())
