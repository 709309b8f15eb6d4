"""A recap of several workshops as one document: requests, ideas, actions and recurring themes.

It is about the group: nothing is counted per person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entraide_tui.archive import figures
from entraide_tui.archive.page.date_words import day, until
from entraide_tui.common.i18n import _, language, many, spoken, using_language
from entraide_tui.exports import html_file, sandbox
from entraide_tui.exports.templates import find
from entraide_tui.exports.view import View, in_one_line, tidy

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from pathlib import Path

    from entraide_tui.archive.figures import Theme
    from entraide_tui.archive.model import Idea, PlannedAction, Record, Topic


@dataclass(frozen=True, slots=True)
class RecapWorkshop:
    """One workshop of the recap.

    Attributes:
        asked: the topics of a round in which everybody asks.
        months_only: dates are exact only to the month.
    """

    date: datetime.date
    title: str
    offeror: str = ""
    request: str = ""
    asked: tuple[Topic, ...] = ()
    ideas: tuple[Idea, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    months_only: bool = False

    def on(self, date: datetime.date, spoken: str) -> str:
        """A date of this workshop in words, in the language `spoken`."""
        return day(date.isoformat(), spoken, months_only=self.months_only)

    def by(self, date: datetime.date, spoken: str) -> str:
        """A due date of this workshop in words, in the language `spoken`."""
        return until(date, spoken, months_only=self.months_only)


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An open action and its workshop."""

    action: PlannedAction
    session: RecapWorkshop


@dataclass(frozen=True, slots=True)
class Counts:
    """The totals of the recap; `actions` includes those done, open and dropped."""

    sessions: int = 0
    requests: int = 0
    ideas: int = 0
    actions: int = 0
    done: int = 0
    open: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Recap:
    """The content of a recap.

    Attributes:
        sessions: the workshops by date.
        themes: those of at least two workshops, the most frequent first.
        open: the open actions by due date, those without one last.
        groups: the names of the groups, in the order of their first workshop.
        language: the language of all workshops; empty if they differ or none is known.
    """

    sessions: tuple[RecapWorkshop, ...] = ()
    counts: Counts = field(default_factory=Counts)
    themes: tuple[Theme, ...] = ()
    open: tuple[OpenAction, ...] = ()
    groups: tuple[str, ...] = ()
    language: str = ""


def gather(records: Sequence[Record]) -> Recap:
    """Gather the recap of these records."""
    ordered = sorted(records, key=lambda r: (r.date, r.start.isoformat() if r.start else "", r.id))
    sessions = tuple(_session(record) for record in ordered)
    together = figures.in_sessions(ordered)
    actions = [action for session in sessions for action in session.actions]
    status = Counter(action.status for action in actions)
    still = [OpenAction(a, s) for s in sessions for a in s.actions if a.status == "open"]
    languages = {spoken(record.language) for record in ordered}
    return Recap(
        sessions=sessions,
        counts=Counts(
            sessions=len(together),
            requests=sum(len(s.asked) or bool(s.request.strip()) for s in sessions),
            ideas=sum(len(s.ideas) for s in sessions),
            actions=len(actions),
            done=status["done"],
            open=status["open"],
            dropped=status["dropped"],
        ),
        themes=figures.recurring(together),
        open=tuple(sorted(still, key=lambda o: (o.action.due is None, o.action.due or o.session.date, o.session.date))),
        groups=tuple(dict.fromkeys(record.group for record in ordered if record.group.strip())),
        language=languages.pop() if len(languages) == 1 else "",
    )


def _session(record: Record) -> RecapWorkshop:
    everybody = not record.request.text and not any(topic.chosen for topic in record.topics)
    return RecapWorkshop(
        record.date,
        record.title,
        record.people.offeror,
        record.request.text,
        record.topics if everybody else (),
        record.ideas,
        record.actions,
        record.months_only,
    )


def markdown(recap: Recap, *, templates: Path | None = None) -> str:
    """Render as Markdown. Raises FileError, InvalidFileError if the group's `recap.md.jinja` can't be used."""
    with using_language(recap.language):
        return sandbox.markdown(find("recap.md.jinja", templates), {"recap": view(recap)})


def html(recap: Recap, *, templates: Path | None = None) -> str:
    """Render as one HTML file.

    Raises:
        FileError, InvalidFileError: the group's `recap.html.jinja` or `page.css` can't be used.
    """
    with using_language(recap.language):
        return html_file.fill("recap.html.jinja", {"recap": view(recap)}, templates)


def pdf(recap: Recap, *, templates: Path | None = None) -> bytes:
    """Render as PDF, on as many pages as it takes.

    Raises:
        InputError: the extra is not installed.
        FileError, InvalidFileError: the group's `recap.typ` can't be used.
    """
    from entraide_tui.exports.typesetter import Typesetter

    with using_language(recap.language):
        typesetter = Typesetter(find("recap.typ", templates))
        values = view(recap)
        typesetter.check_signs(str(values))
        return typesetter.set({"sheet": None, "recap": values})


def view(recap: Recap) -> View:
    """The recap as plain data for templates, in the current language."""
    own = recap.language or language()
    period = ""
    if recap.sessions:
        first, last = (s.on(s.date, own) for s in (recap.sessions[0], recap.sessions[-1]))
        period = first if first == last else _("{first} to {last}").format(first=first, last=last)
    return {
        "language": own,
        "title": _("Recap: {groups}").format(groups=in_one_line(", ".join(recap.groups)))
        if recap.groups
        else _("Recap of our workshops"),
        "period": period,
        "counts": _counts(recap.counts),
        "themes": [
            {
                "name": in_one_line(theme.theme),
                "times": many("in {number} workshop", "in {number} workshops", theme.sessions).format(
                    number=theme.sessions
                ),
            }
            for theme in recap.themes
        ],
        "sessions": [_shown(session, own) for session in recap.sessions],
        "open": [
            {
                **_plan(still.action, still.session, own),
                "session": in_one_line(still.session.title),
                "date": still.session.on(still.session.date, own),
            }
            for still in recap.open
        ],
        "labels": {
            "sessions": _("Workshop after workshop"),
            "counts": _("In figures"),
            "themes": _("What comes back"),
            "open": _("Still to do"),
            "request": _("The request"),
            "asked": _("What was asked"),
            "ideas": _("Ideas kept"),
            "actions": _("Action plan"),
            "what": _("What"),
            "who": _("Who"),
            "when": _("When"),
            "nothing": _("No workshop yet."),
        },
    }


def _counts(counts: Counts) -> list[View]:
    rows = [
        (counts.sessions, many("workshop", "workshops", counts.sessions)),
        (counts.requests, many("request", "requests", counts.requests)),
        (counts.ideas, many("idea kept", "ideas kept", counts.ideas)),
        (counts.actions, many("action planned", "actions planned", counts.actions)),
        (counts.done, many("action done", "actions done", counts.done)),
        (counts.open, many("action open", "actions open", counts.open)),
        (counts.dropped, many("action dropped", "actions dropped", counts.dropped)),
    ]
    return [{"number": number, "label": label} for number, label in rows if number or label == rows[0][1]]


def _shown(session: RecapWorkshop, spoken: str) -> View:
    offeror = in_one_line(session.offeror)
    before, _mark, after = _("Request brought by: {name}").format(name="\0").partition("\0")
    return {
        "date": session.on(session.date, spoken),
        "title": in_one_line(session.title),
        "people": [{"before": before, "names": offeror, "after": after, "said": before + offeror + after}]
        if offeror
        else [],
        "request": tidy(session.request),
        "asked": [{"text": tidy(topic.text), "people": in_one_line(topic.by)} for topic in session.asked],
        "ideas": [{"text": tidy(idea.text), "people": in_one_line(", ".join(idea.by))} for idea in session.ideas],
        "actions": [_plan(action, session, spoken) for action in session.actions],
    }


def _plan(action: PlannedAction, session: RecapWorkshop, spoken: str) -> View:
    signs = {"open": ("☐", _("to do")), "done": ("☑", _("done")), "dropped": ("–", _("dropped"))}
    sign, status = signs[action.status]
    came = [(_("Tried"), action.tried), (_("What it gave"), action.outcome), (_("What changes"), action.changes)]
    return {
        "text": tidy(action.what),
        "people": in_one_line(action.who),
        "due": session.by(action.due, spoken) if action.due else "",
        "status": action.status,
        "sign": sign,
        "said": status,
        "came": [{"label": label, "text": tidy(text)} for label, text in came if tidy(text).strip()],
    }
