"""The facilitator's private debrief: facts about the session, and remarks on what they may mean.

Leaving the script is an act of care, not a fault: nothing here grades anybody.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from entraide_tui.common import text as texts
from entraide_tui.common.local_time import local_day
from entraide_tui.workshop import events as e
from entraide_tui.workshop import timing
from entraide_tui.workshop.fold import apply, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.workshop.state import Action, Session

RemarkKind = Literal[
    "on-time", "late", "early", "extended", "skipped-reason", "skipped-silent", "all-heard", "one-voice", "unheard",
    "clear-request", "vague-request", "long-request", "no-help-me", "initials", "full-plan", "no-person", "no-date",
    "no-first-step", "large-step", "parked-back", "all-done", "answered", "unanswered",
]  # fmt: skip
ON_TIME = 120
"""Seconds from the promised end, before or after, that count as on time."""
LONGEST_REQUEST = 45
SHORTEST_REQUEST = 5
LARGE_STEP_WORDS = 18
FAR_STEP_DAYS = 21
"""Days within which a first small step is due; the whole action may take longer. Source: field.md, section 8."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step; `planned` (None: no countdown), `real` and `given` in minutes."""

    title: str
    real: float
    given: float
    outcome: str
    planned: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """How often somebody was heard: turns that they had, lines written in their name."""

    name: str
    turns: int
    lines: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark; `values` fill the placeholders of its sentence."""

    kind: RemarkKind
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Debrief:
    """The debrief of a session.

    Attributes:
        session: the session's id.
        day: as 2026-11-21.
        planned: the planned minutes of all steps.
        real: the minutes that the session took.
    """

    session: str
    title: str
    day: str
    language: str
    planned: float
    real: float
    steps: tuple[StepLine, ...]
    voices: tuple[Voice, ...]
    remarks: tuple[Remark, ...]
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """An incident of a rehearsal: what was seen, what would help, the gesture that answered it, if any."""

    what: str
    hint: str
    gesture: str = ""


def of(history: Sequence[e.Event], now: float, incidents: Sequence[IncidentSeen] = ()) -> Debrief:
    """Make the debrief of a session from its events.

    Args:
        now: the moment of the debrief, in seconds of session time.
        incidents: those of a rehearsal.
    """
    session = fold(history)
    end = session.finished if session.finished is not None else now
    begun = session.started or 0.0
    promised = session.promised if session.promised is not None else end
    voices = _voices(session, history)
    remarks = [
        *_time(session, end, promised),
        *_script(session),
        *_heard(session, voices),
        *_request(session),
        *_plan(session),
        *_parking(session, history),
        *_incidents(incidents),
    ]
    return Debrief(
        session=session.id,
        title=session.heading(),
        day=local_day(session.origin + begun).isoformat(),
        language=session.language,
        planned=round(sum(p.planned or 0 for p in session.plays) / 60, 1),
        real=round((end - begun) / 60, 1),
        steps=tuple(
            StepLine(
                p.title,
                round(timing.spent(session, p, now) / 60, 1),
                round(((p.budget or 0) - (p.planned or 0)) / 60, 1),
                p.outcome,
                None if p.planned is None else round(p.planned / 60, 1),
                p.reason,
            )
            for p in session.plays
        ),
        voices=voices,
        remarks=tuple(remarks),
        rehearsal=bool(incidents),
    )


def _minutes(seconds: float) -> str:
    return f"{max(1, round(abs(seconds) / 60))}"


def _time(session: Session, end: float, promised: float) -> list[Remark]:
    if session.finished is None:
        return []
    over = end - promised
    if abs(over) <= ON_TIME:
        return [Remark("on-time")]
    begun = session.started or 0.0
    if end - begun < (promised - begun) / 2:
        return []  # a trial: its minutes say nothing
    return [Remark("late" if over > 0 else "early", {"minutes": _minutes(over)})]


def _script(session: Session) -> list[Remark]:
    out: list[Remark] = []
    for play in session.plays:
        if play.outcome == "skipped":
            reason = play.reason.strip().rstrip(".!…")
            kind: RemarkKind = "skipped-reason" if reason else "skipped-silent"
            out.append(Remark(kind, {"step": play.title, "reason": reason}))
        elif (
            play.outcome == "done"
            and play.planned is not None
            and (play.budget or 0) - play.planned >= 60
            and play.spent > play.planned
        ):
            out.append(Remark("extended", {"step": play.title, "minutes": _minutes((play.budget or 0) - play.planned)}))
    return out


def _voices(session: Session, history: Sequence[e.Event]) -> tuple[Voice, ...]:
    turns: Counter[str] = Counter()
    undone = {h.number for h in history if isinstance(h, e.Undone)}
    assert isinstance(history[0], e.Opened)  # noqa: S101 - as `fold` has found
    state = fold(history[:1])
    for number, event in enumerate(history[1:], 2):
        if number in undone or isinstance(event, e.Undone):
            continue
        before = state.turn.speaker
        state = apply(state, event)
        if state.turn.speaker and (state.turn.speaker != before or isinstance(event, e.Entered)):
            turns[state.turn.speaker] += 1
    lines = Counter(item.by for item in session.items if item.by and item.section != "ideas")
    lines.update(by for _play, by, _field in session.answers if by)
    names = [p.name for p in session.people if p.presence != "expected"]
    return tuple(Voice(name, turns[name], lines[name]) for name in names)


def _heard(session: Session, voices: Sequence[Voice]) -> list[Remark]:
    group = [v for v in voices if v.name != session.facilitator]
    total = sum(v.lines for v in group)
    if len(group) < 2 or not total:
        return []
    out: list[Remark] = []
    # whoever asked was heard, even without a line of their own
    asked = set(session.offerors) if requests(session) else set()
    unheard = [v.name for v in group if not v.lines and not v.turns and v.name not in asked]
    if unheard:
        out.append(Remark("unheard", {"names": ", ".join(unheard)}))
    most = max(group, key=lambda v: v.lines)
    if len(group) > 2 and most.lines >= 6 and most.lines > 2 * total / len(group):
        out.append(Remark("one-voice", {"name": most.name, "count": str(most.lines), "total": str(total)}))
    return out or [Remark("all-heard")]


_HELP = re.compile(
    r"\b(?:aide[rz]?|aidez-moi|m'aid\w+|help|support|comment|how|que|quoi|what|which|quel\w*|ou|where|qui|who)\b|\?"
)
_POINTING = re.compile(r"^(?:ca|cela|ceci|c'est|this|that|it|it's)\b")
_INITIALS = re.compile(r"\b[A-ZÉÈÀÇ]{2,}\b")
_VERB = re.compile(
    r"\b\w{2,}(?:er|ir|re|oir)\b|\bto \w+|\b(?:decide|find|choose|tell|make|get|bring|keep|write|ask|help me)\b"
)


def requests(session: Session) -> list[str]:
    """The texts of the requests, one for each offeror."""
    names = [name for name in session.texts if name == "request.text" or name.startswith("request.text#")]
    return [text for name in sorted(names) if (text := session.text(name).strip())]


def _request(session: Session) -> list[Remark]:
    """A remark if a stranger may not understand the request, by a few plain signs."""
    out: list[Remark] = []
    for text in requests(session):
        words, plain = text.split(), texts.fold(text).replace("’", "'")
        found: list[Remark] = []
        if len(words) > LONGEST_REQUEST:
            found.append(Remark("long-request"))
        if len(words) < SHORTEST_REQUEST or _POINTING.match(plain) or not (_VERB.search(plain) or "?" in text):
            found.append(Remark("vague-request"))
        elif not _HELP.search(plain):
            found.append(Remark("no-help-me"))
        if initials := list(dict.fromkeys(_INITIALS.findall(text))):
            found.append(Remark("initials", {"names": ", ".join(initials)}))
        out += found or [Remark("clear-request")]
    return list({remark.kind: remark for remark in out}.values())


_LARGE = re.compile(
    r"\b(?:tout|toute|tous|entier|entiere|complet\w*|finir|terminer|organiser|lancer|monter|creer|reecrire"
    r"|all|whole|entire|complete|finish|organise|organize|launch|set up|rewrite|build)\b"
)


def _large(action: Action) -> bool:
    words = action.first_step.split()
    return len(words) > LARGE_STEP_WORDS or bool(_LARGE.search(texts.fold(action.first_step)))


def _plan(session: Session) -> list[Remark]:
    """Remarks on actions without a person, a date or a small first step, one for each of these."""
    if not session.actions:
        return []
    wants: tuple[tuple[RemarkKind, list[Action]], ...] = (
        ("no-person", [a for a in session.actions if not a.who]),
        ("no-date", [a for a in session.actions if not a.due]),
        ("no-first-step", [a for a in session.actions if not a.first_step]),
        ("large-step", [a for a in session.actions if a.first_step and _large(a)]),
    )
    out = [Remark(kind, {"action": wanting[0].what}) for kind, wanting in wants if wanting]
    return out or [Remark("full-plan")]


def _parking(session: Session, history: Sequence[e.Event]) -> list[Remark]:
    waiting = session.in_section("parking")
    undone = {h.number for h in history if isinstance(h, e.Undone)}
    back = any(isinstance(event, e.Unparked) and n not in undone for n, event in enumerate(history, 1))
    if back and not waiting:
        return [Remark("parked-back")]
    done = session.finished is not None and not waiting and all(p.outcome == "done" for p in session.plays)
    return [Remark("all-done")] if done else []


def _incidents(incidents: Sequence[IncidentSeen]) -> list[Remark]:
    return [
        Remark(
            "answered" if one.gesture else "unanswered",
            {"what": one.what, "hint": one.hint, "gesture": one.gesture},
        )
        for one in incidents
    ]
