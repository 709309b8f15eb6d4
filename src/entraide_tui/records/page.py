"""The one page: what it says, and whether it holds on one A4 sheet.

The measure is that of the page as people print it: 11 point, 92 characters to a line, 54 lines. What does not
hold is named; nothing is cut unless somebody asks for it.
"""

from __future__ import annotations

import itertools
import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from entraide_tui.ground.words import _

if TYPE_CHECKING:
    from entraide_tui.records.model import Record

LINES = 54
WIDTH = 92
Kind = Literal["title", "heading", "text", "entry", "detail"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page.

    Attributes:
        name: what it is, in words, for the message that says what does not hold.
        annex: whether it may be moved to the annex.
    """

    kind: Kind
    text: str
    name: str = ""
    annex: bool = False
    number: int = 0


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
    out.append(Block("text", _people(record), _("people")))
    if record.request.text or record.request.context:
        out.append(Block("heading", _("The request")))
        if record.request.text:
            out.append(Block("text", record.request.text, _("the request")))
        if record.request.context:
            out.append(Block("text", record.request.context, _("the situation"), annex=True))
    if not record.request.text and record.topics and not any(t.chosen for t in record.topics):
        # a round in which everybody asks: what was asked is the page's matter
        out.append(Block("heading", _("What was asked")))
        out += [
            Block("entry", f"{t.text} ({t.by})" if t.by else t.text, _("what was asked"), annex=True)
            for t in record.topics
        ]
    if record.ideas:
        out.append(Block("heading", _("Ideas kept")))
        for number, idea in enumerate(record.ideas, 1):
            by = f" ({', '.join(idea.by)})" if idea.by else ""
            out.append(
                Block(
                    "entry",
                    idea.text + by,
                    _("idea {number}").format(number=number),
                    annex=number > 3,
                    number=number,
                )
            )
    if record.actions:
        out.append(Block("heading", _("Action plan")))
        for number, action in enumerate(record.actions, 1):
            out.append(
                Block(
                    "entry",
                    _action(record, number - 1),
                    _("action {number}").format(number=number),
                    annex=number > 3,
                    number=number,
                )
            )
            if action.first_step:
                out.append(
                    Block(
                        "detail",
                        _("First step: {step}").format(step=action.first_step),
                        _("the first step of action {number}").format(number=number),
                        annex=True,
                    )
                )
    if record.follow_up.date or record.follow_up.said:
        when = (
            day(record.follow_up.date.isoformat(), record.language) if record.follow_up.date else record.follow_up.said
        )
        out.append(Block("heading", _("We look at it again")))
        out.append(Block("text", when, _("the next date")))
    for wanted, heading, entries in (
        (contributions, _("Contributions"), [(c.text, c.by) for c in record.contributions]),
        (learnings, _("What each of us takes"), [(s.text, s.by) for s in record.learnings]),
        (notes, _("Notes"), [(n.text, "") for n in record.notes if n.step != _("parking")]),
    ):
        if wanted and entries:
            out.append(Block("heading", heading, annex=True))
            out += [Block("entry", f"{t} ({b})" if b else t, heading, annex=True) for t, b in entries]
    return out


def _people(record: Record) -> str:
    people = record.people
    lines = []
    when = day(record.date.isoformat(), record.language)
    lines.append(f"{when} · {record.group}" if record.group else when)
    if people.offeror:
        lines.append(_("Request brought by: {name}").format(name=people.offeror))
    if people.facilitator:
        lines.append(_("Led by: {name}").format(name=people.facilitator))
    if people.contributors:
        lines.append(_("With: {names}").format(names=", ".join(people.contributors)))
    return "\n".join(lines)


def _action(record: Record, index: int) -> str:
    action = record.actions[index]
    parts = [action.what]
    if action.who:
        parts.append(action.who)
    if action.due:
        parts.append(_("by {date}").format(date=day(action.due.isoformat(), record.language)))
    if action.idea:
        parts.append(_("idea {number}").format(number=action.idea))
    return " – ".join(parts)


def day(iso: str, language: str) -> str:
    """« samedi 21 novembre 2026 »."""
    import datetime

    from babel.dates import format_date

    locale = {"fr": "fr", "en": "en_GB"}.get(language, "en_GB")
    return format_date(datetime.date.fromisoformat(iso), "EEEE d MMMM y", locale=locale)


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
    return replace(block, text=text if len(text) <= 160 else text[:159].rstrip() + "…")
