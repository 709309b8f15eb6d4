"""The content of a record's page, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from entraide_tui.archive.page.date_words import by_when, day_of
from entraide_tui.archive.page.options import CORE, Options
from entraide_tui.common.i18n import _

if TYPE_CHECKING:
    from entraide_tui.archive.model import Record

Kind = Literal["title", "heading", "text", "entry", "detail"]
Section = Literal["", "people", "request", "asked", "ideas", "actions", "next", "contributions", "learnings", "notes"]
Meaning = Literal["", "text", "context", "label", "date", "group", "people", "due", "idea"]
Part = tuple[str, Meaning]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page.

    Attributes:
        name: its name in the message that says what does not fit.
        annex: whether it may be moved to the annex.
        number: of an idea or action, from 1; 0 for anything else.
        section: the part of the page that it belongs to.
        parts: the pieces of `text`, each with its meaning, for formats that style them; empty if only the text is
            known (of a shortened block).
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


def blocks(record: Record, options: Options = CORE) -> list[Block]:
    """The page from top to bottom: title, people, request, ideas, plan, next date; the rest only if asked for.

    Feelings and parked ideas are never on it.
    """
    title = record.title if record.title.strip() else day_of(record, record.date)
    out = [Block("title", title, _("the title"))]
    out.append(_block("text", "people", _people(record), _("people")))
    if record.request.text or record.request.context:
        out.append(_heading("request", _("The request")))
        if record.request.text:
            out.append(_block("text", "request", ((record.request.text, "text"),), _("the request")))
        if record.request.context:
            context: Part = (record.request.context, "context")
            out.append(_block("text", "request", (context,), _("the situation"), annex=True))
    if not record.request.text and record.topics and not any(t.chosen for t in record.topics):
        # a round in which everybody asks: their topics take the place of the request
        out.append(_heading("asked", _("What was asked")))
        name = _("what was asked")
        out += [_block("entry", "asked", _with_author(t.text, t.by), name, annex=True) for t in record.topics]
    if record.ideas:
        out.append(_heading("ideas", _("Ideas kept")))
        for number, idea in enumerate(record.ideas, 1):
            name = _("idea {number}").format(number=number)
            parts = _with_author(idea.text, ", ".join(idea.by))
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
    extras: tuple[tuple[bool, Section, str, list[tuple[str, str]]], ...] = (
        (options.contributions, "contributions", _("Contributions"), [(c.text, c.by) for c in record.contributions]),
        (options.learnings, "learnings", _("What each of us takes"), [(s.text, s.by) for s in record.learnings]),
        (options.notes, "notes", _("Notes"), [(n.text, "") for n in record.notes if not n.parked]),
    )
    for wanted, section, heading, entries in extras:
        if wanted and entries:
            out.append(_heading(section, heading, annex=True))
            out += [_block("entry", section, _with_author(text, by), heading, annex=True) for text, by in entries]
    return out


_MARK = "\0"
"""Stands for a name while the sentence around it is translated; no text of a record contains it."""


def _around(sentence: str, text: str, meaning: Meaning) -> tuple[Part, ...]:
    before, _mark, after = sentence.partition(_MARK)
    return tuple(part for part in ((before, "label"), (text, meaning), (after, "label")) if part[0])


def _with_author(text: str, by: str) -> tuple[Part, ...]:
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
