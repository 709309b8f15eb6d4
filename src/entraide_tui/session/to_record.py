"""Turns a session's state into its records."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from entraide_tui.archive import model as m
from entraide_tui.archive import parked_notes
from entraide_tui.common.text import LONGEST, clean
from entraide_tui.kits.contribution_kinds import kind_of
from entraide_tui.kits.model import in_language
from entraide_tui.workshop import gestures, timing
from entraide_tui.workshop.answers import with_answers
from entraide_tui.workshop.dates import understand
from entraide_tui.workshop.state import text_name

if TYPE_CHECKING:
    from entraide_tui.workshop.state import Session, SessionStep

_LAST = 253_000_000_000.0
"""Seconds since 1970; later moments are cut to this one, which a calendar can still hold."""


def moment(session: Session, at: float, zone: datetime.tzinfo | None) -> datetime.datetime:
    """A moment of session time as a date and time with its offset, in whole seconds."""
    seconds = int(min(max(session.origin + at, 0.0), _LAST))
    local = datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).astimezone(zone)
    # A fixed offset, as the file has it: in the hour that comes twice, a time with a zone equals no other.
    return local.replace(tzinfo=datetime.timezone(local.utcoffset() or datetime.timedelta()), fold=0)


def rounds(session: Session) -> list[int]:
    """The round numbers of the session's records: each offeror with a turn or a text, or 0 for a single record."""
    if not session.kit.repeats:
        return [0]
    played = sorted({p.round for p in session.plays if p.round})
    written = {i.round for i in session.items} | {a.round for a in session.actions}
    reached = [
        n
        for n in played
        if n in written
        or any(p.round == n and (p.spent > 0 or p.outcome == "done" or p.key == session.current) for p in session.plays)
    ]
    return reached or [1]


def records(session: Session, now: float, zone: datetime.tzinfo | None, ids: tuple[str, ...] = ()) -> list[m.Record]:
    """The records as they would be written now; without `ids`, the first one has the session's id."""
    out = []
    for index, number in enumerate(rounds(session)):
        record_id = ids[index] if index < len(ids) else (session.id if not index else f"{session.id}-{index + 1}")
        out.append(record(session, now, zone, record_id, number))
    return out


def record(session: Session, now: float, zone: datetime.tzinfo | None, record_id: str, number: int) -> m.Record:
    """The record of one offeror's round, or of the whole session (`number` 0)."""
    start = session.started if session.started is not None else 0.0
    end = session.finished if session.finished is not None else now
    ideas = session.in_section("ideas", number)
    order = {idea.id: index for index, idea in enumerate(ideas, 1)}
    day = moment(session, start, zone).date()
    offeror = _offeror(session, number)
    return m.Record(
        id=record_id,
        title=session.heading(number),
        date=day,
        start=moment(session, start, zone),
        end=moment(session, max(start, end), zone),
        language=session.language,
        group=session.group,
        themes=session.themes,
        kit=m.KitUsed(session.kit.id, session.kit.version, in_language(session.kit.title, session.language)),
        people=m.People(
            offeror=offeror,
            facilitator=session.facilitator if session.facilitator != offeror else "",
            contributors=tuple(
                p.name
                for p in session.people
                if p.presence != "expected" and p.name != offeror and (p.role != "facilitator")
            ),
            absent=tuple(p.name for p in session.people if p.presence == "expected"),
        ),
        request=m.Request(_text(session, "request.text", number), _text(session, "request.context", number)),
        ideas=tuple(m.Idea(i.text, gestures.authors(session, i.sources)) for i in ideas),
        actions=tuple(
            m.PlannedAction(
                a.what,
                a.who,
                _date(a.due),
                a.first_step,
                order.get(a.idea, 0),
            )
            for a in session.actions
            if not number or a.round in (0, number)
        ),
        follow_up=_follow_up(session, number, day),
        looked_at=_looked_at(session) if number == rounds(session)[0] else (),
        topics=tuple(
            [m.Topic(i.text, i.by, i.chosen) for i in session.in_section("topics", number)]
            + [m.Topic(s.text, s.by) for s in _from_cards(session, "topics", number)]
            + _prepared(session, number)
        ),
        questions=_questions(session, number),
        contributions=tuple(
            [m.Contribution(i.text, kind_of(i.kind), i.by) for i in session.in_section("contributions", number)]
            + [m.Contribution(s.text, by=s.by) for s in _from_cards(session, "contributions", number)]
        ),
        learnings=_said(session, "learnings", number),
        feelings=_feelings(session, number),
        notes=_notes(session, number),
        steps=tuple(_step(session, p, now) for p in session.plays if not number or p.round in (0, number)),
    )


def _looked_at(session: Session) -> tuple[m.LookedAt, ...]:
    return tuple(m.LookedAt(s.record, s.what, s.who, s.status) for s in session.looked_back)


def _date(due: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(due) if due else None
    except ValueError:
        return None


def _offeror(session: Session, number: int) -> str:
    if number:
        return next((p.offeror for p in session.plays if p.round == number), "")
    return next((p.name for p in session.people if p.role == "offeror"), "")


def _text(session: Session, name: str, number: int) -> str:
    if number and (own := session.text(f"{name}#{number}")):
        return own.strip()
    return session.text(name).strip()


def _said(session: Session, section: str, number: int) -> tuple[m.Said, ...]:
    return tuple(
        [m.Said(i.text, i.by) for i in session.in_section(section, number)] + _from_cards(session, section, number)
    )


def _questions(session: Session, number: int) -> tuple[m.Question, ...]:
    """Each question with the offeror's answer; several entries of theirs are one answer."""
    out: list[m.Question] = []
    for question, answers in with_answers(session.in_section("questions", number), _offeror(session, number)):
        together = " ".join(answer.text for answer in answers)
        if len(together) <= LONGEST:
            out.append(m.Question(question.text, question.by, together))
        else:  # a cut would not read back the same
            out += [m.Question(said.text, said.by) for said in (question, *answers)]
    return (*out, *(m.Question(s.text, s.by) for s in _from_cards(session, "questions", number)))


def _prepared(session: Session, number: int) -> list[m.Topic]:
    """The request as a topic that waits, if the kit only prepares one for a later workshop."""
    filled = {step.card.fills for step in session.kit.steps if step.card}
    text = session.text(f"request.text#{number}" if number else "request.text").strip()
    if not text or "request" not in filled or filled & {"topics", "contributions", "ideas", "actions"}:
        return []
    return [m.Topic(text, session.offeror or next((p.name for p in session.present), ""))]


def _from_cards(session: Session, section: str, number: int, only: SessionStep | None = None) -> list[m.Said]:
    """The entries of a section that come from text cards and forms; with `only`, from that step alone."""
    out: list[m.Said] = []
    for play in (only,) if only else session.plays:
        card = session.card_of(play)
        if card is None or card.fills != section or (number and play.round not in (0, number)):
            continue
        if card.kind == "text" and (text := session.text(text_name(card, play)).strip()):
            out.append(m.Said(text))
        elif card.kind == "form":
            for by in dict.fromkeys(who for key, who, _field in session.answers if key == play.key):
                parts = []
                for item in card.fields:
                    answer = session.answers.get((play.key, by, item.id))
                    if answer not in (None, ""):
                        label = in_language(item.label, session.language).rstrip(" :?\u00a0\u202f")
                        parts.append(f"{label} : {answer}" if session.language == "fr" else f"{label}: {answer}")
                if parts:
                    out.append(m.Said(" · ".join(parts) if len(parts) > 1 else str(answer_only(session, play, by)), by))
    return out


def answer_only(session: Session, play: SessionStep, by: str) -> str | int:
    """The first answer that somebody gave in a form, such as its only one; empty if there is none."""
    return next((a for (key, who, _f), a in session.answers.items() if key == play.key and who == by), "")


def _follow_up(session: Session, number: int, day: datetime.date) -> m.FollowUp:
    said = _text(session, "follow_up.date", number) or _text(session, "follow_up.text", number)
    if not said:
        return m.FollowUp()
    date = understand(said, day)
    return m.FollowUp(date) if date else m.FollowUp(None, said)


def _feelings(session: Session, number: int) -> tuple[m.Feeling, ...]:
    out: list[m.Feeling] = []
    for play in session.plays:
        card = session.card_of(play)
        if card is None or card.fills != "feelings" or (number and play.round not in (0, number)):
            continue
        if card.kind == "text" and (text := session.text(text_name(card, play)).strip()):
            out.append(m.Feeling(word=text))
        people = dict.fromkeys(who for key, who, _field in session.answers if key == play.key)
        for by in people:
            answers = {clean(f): a for (key, who, f), a in session.answers.items() if key == play.key and who == by}
            score, word = answers.pop("score", 0), answers.pop("word", "")
            out.append(
                m.Feeling(
                    score=score if isinstance(score, int) else 0,
                    word=str(word),
                    by=by if (play.key, by) in session.named else "",
                    answers=answers,
                )
            )
    return tuple(out)


def _by(by: str, text: str) -> str:
    """The text after its author; without the author if both are too long: a cut text would not read back the same."""
    both = f"{by} – {text}" if by else text
    return both if len(both) <= LONGEST else text


def _notes(session: Session, number: int) -> tuple[m.Note, ...]:
    """The notes by step, in order, then the ideas that are still parked."""
    out: list[m.Note] = []
    for play in session.plays:
        if number and play.round not in (0, number):
            continue
        step = play.step or play.title
        card = session.card_of(play)
        if card is not None and card.fills == "notes" and card.kind == "text":
            if text := session.text(text_name(card, play)).strip():
                out.append(m.Note(step, text))
        elif text := session.text(f"notes.{play.key}").strip():
            out.append(m.Note(step, text))
        out += [m.Note(step, _by(i.by, i.text)) for i in session.in_section("notes") if i.play == play.key]
        if card is not None and card.fills == "notes" and card.kind == "form":
            out += [m.Note(step, _by(s.by, s.text)) for s in _from_cards(session, "notes", number, play)]
    # what was noted before the first step, or after the last
    keys = {p.key for p in session.plays}
    out += [m.Note("", _by(i.by, i.text)) for i in session.in_section("notes", number) if i.play not in keys]
    out += [m.Note(parked_notes.STEP, _by(i.by, i.text), parked=True) for i in session.in_section("parking", number)]
    return tuple(out)


def _step(session: Session, play: SessionStep, now: float) -> m.StepPlayed:
    visited = play.key == session.current or play.outcome == "done"
    return m.StepPlayed(
        id=play.step or play.key,
        title=play.title,
        planned=play.planned or 0,
        actual=round(timing.spent(session, play, now)),
        extended=(play.budget or 0) - (play.planned or 0) if play.budget is not None else 0,
        outcome="done" if visited else "skipped",
        reason=play.reason,
    )
