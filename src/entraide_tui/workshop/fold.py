"""Turns events into the state of a session.

`apply` takes any event in any state: an event about something that does not exist changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entraide_tui.workshop import events as e
from entraide_tui.workshop import people, roles, timing, turns
from entraide_tui.workshop.opening import opened
from entraide_tui.workshop.state import Action, Interruption, Item, Session, SessionStep, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def fold(history: Iterable[e.Event]) -> Session:
    """The state after these events, without those undone. Raises ValueError if the first one is not `Opened`."""
    happened = list(history)
    undone = {h.number for h in happened if isinstance(h, e.Undone)}
    if not happened or not isinstance(happened[0], e.Opened):
        raise ValueError("a session begins with Opened")
    state = opened(happened[0])
    for number, event in enumerate(happened[1:], 2):
        if number not in undone:
            state = apply(state, event)
    return state


class Timeline:
    """The state after each event as it comes; some states on the way are kept, so that undoing is quick."""

    EVERY = 200
    """How many events lie between two states that are kept."""

    def __init__(self, history: Iterable[e.Event]) -> None:
        """Raises ValueError without an opening."""
        self._history = list(history)
        self._undone = {h.number for h in self._history if isinstance(h, e.Undone)}
        if not self._history or not isinstance(self._history[0], e.Opened):
            raise ValueError("a session begins with Opened")
        self._kept = [(1, opened(self._history[0]))]
        self.state = self._from_last_kept()

    def add(self, event: e.Event) -> Session:
        """Return the state after one more event."""
        self._history.append(event)
        number = len(self._history)
        if isinstance(event, e.Undone):
            self._undone.add(event.number)
            if 1 < event.number < number:
                while self._kept[-1][0] >= event.number:
                    self._kept.pop()
                self.state = self._from_last_kept()
                return self.state
        if number not in self._undone:
            self.state = apply(self.state, event)
        self._keep(number, self.state)
        return self.state

    def _from_last_kept(self) -> Session:
        before, state = self._kept[-1]
        for number, event in enumerate(self._history[before:], before + 1):
            if number not in self._undone:
                state = apply(state, event)
            self._keep(number, state)
        return state

    def _keep(self, number: int, state: Session) -> None:
        if number >= self._kept[-1][0] + self.EVERY:
            self._kept.append((number, state))


def last_gesture(history: Sequence[e.Event]) -> int:
    """The number of the event that an undo would take back, from 1; 0 if there is none."""
    undone = {h.number for h in history if isinstance(h, e.Undone)}
    for number in range(len(history), 0, -1):
        if history[number - 1].undoable and number not in undone:
            return number
    return 0


_NO_SIGN = (e.InterruptionAnswered, e.Entered, e.Skipped, e.Finished, e.ReasonGiven, e.Titled)
"""Gestures by which a workshop is closed as well after its group has gone."""


def apply(state: Session, event: e.Event) -> Session:
    """The state after one event."""
    after = _applied(state, event)
    if after.stopped is not None and event.undoable and not isinstance(event, _NO_SIGN):
        return replace(after, stopped=None)
    return after


def _applied(state: Session, event: e.Event) -> Session:  # noqa: C901, PLR0915 - one case for each event
    match event:
        case e.Interrupted():
            return _interrupted(state, event)
        case e.InterruptionAnswered():
            return _answered(state, event)
        case e.ClockSet():
            hard = state.hard_end
            promised = state.promised if hard is None else hard - event.origin
            return replace(state, origin=event.origin, promised=promised)
        case e.Entered():
            return _entered(state, event)
        case e.Finished():
            left = _leave(state, event.at, "done")
            return replace(left, current="", finished=timing.ended(state, event.at), turn=Turn())
        case e.Skipped():
            return _skipped(state, event)
        case e.ReasonGiven():
            return _with_play(state, event.play, reason=event.reason)
        case e.Extended():
            play = state.play(event.play)
            if play is None or play.budget is None:
                return state
            state = _with_play(state, event.play, budget=max(0, play.budget + event.seconds))
            return _take(state, event.taken)
        case e.EndKept():
            return _take(state, event.taken)
        case e.EndPromised():
            hard = event.hard_end
            if hard is None:
                running = bool(state.current)
                return replace(
                    state, hard_end=None, promised=timing.predicted_end(state, event.at) if running else None
                )
            return replace(state, hard_end=hard, promised=hard - state.origin)
        case e.Paused():
            return state if state.paused is not None or not state.current else replace(state, paused=event.at)
        case e.Continued():
            if state.paused is None:
                return state
            return replace(state, paused=None, since=state.since + max(0.0, event.at - state.paused))
        case e.Inserted():
            return _inserted(state, event)
        case e.BeganEarlier():
            return _began_earlier(state, event.seconds)
        case e.Arrived() | e.Gone() | e.RoleGiven():
            return people.changed(state, event)
        case e.SpeakerChosen() if event.name not in {p.name for p in state.present}:
            return state
        case e.NextSpoke() | e.Passed() | e.SpeakerChosen() | e.RoundBegun():
            return replace(state, turn=turns.turned(state.turn, event))
        case e.Written():
            if state.item(event.item) is not None:
                return state
            item = Item(event.item, event.section, event.text, event.by, event.kind, state.current, state.round)
            return replace(state, items=(*state.items, item))
        case e.Rewritten():
            return _with_item(
                state,
                event.item,
                **{
                    name: value
                    for name, value in (("text", event.text), ("by", event.by), ("kind", event.kind))
                    if value is not None
                },
            )
        case e.Removed():
            return _removed(state, event.item)
        case e.Unparked():
            item_ = state.item(event.item)
            if item_ is None or item_.section != "parking":
                return state
            return _with_item(
                state,
                event.item,
                section="contributions",
                kind=event.kind,
                play=state.current,
                round=state.round,
            )
        case e.Voted():
            item_ = state.item(event.item)
            return state if item_ is None else _with_item(state, item_.id, votes=max(0, item_.votes + event.votes))
        case e.TopicChosen():
            return _topic(state, event)
        case e.Kept():
            if state.item(event.idea) is not None:
                return _with_item(state, event.idea, text=event.text, sources=event.sources)
            idea = Item(event.idea, "ideas", event.text, play=state.current, round=state.round, sources=event.sources)
            return replace(state, items=(*state.items, idea))
        case e.Planned():
            action = Action(event.action, event.what, event.who, event.due, event.first_step, event.idea, state.round)
            old = [a for a in state.actions if a.id == event.action]
            if old:
                action = replace(action, round=old[0].round)
                return replace(state, actions=tuple(action if a.id == action.id else a for a in state.actions))
            return replace(state, actions=(*state.actions, action))
        case e.TextSet():
            return replace(state, texts={**state.texts, event.name: event.text})
        case e.Drafted():
            drafts = {k: v for k, v in state.drafts.items() if k != event.field}
            if event.text:
                drafts[event.field] = event.text
            return replace(state, drafts=drafts)
        case e.Answered():
            key = (event.play, event.by, event.field)
            answers = {k: v for k, v in state.answers.items() if k != key}
            if event.answer not in (None, ""):
                answers[key] = event.answer
            return replace(state, answers=answers)
        case e.NamingAgreed():
            pair = (event.play, event.by)
            return replace(state, named=state.named | {pair} if event.named else state.named - {pair})
        case e.LookedBack():
            said = event.said
            others = [s for s in state.looked_back if (s.record, s.number) != (said.record, said.number)]
            return replace(state, looked_back=(*others, said))
        case e.Titled():
            return replace(state, title=event.title, themes=event.themes)
        case e.Closing():
            return replace(state, records=event.records)
        case _:
            return state


# -- steps


def _with_play(state: Session, key: str, **changes: object) -> Session:
    return replace(
        state,
        plays=tuple(replace(p, **changes) if p.key == key else p for p in state.plays),  # type: ignore[arg-type]
    )


def _leave(state: Session, at: float, outcome: str) -> Session:
    """Leave the current step with an outcome; keep the time that it took so far, and its turn."""
    play = state.now_playing
    if play is None:
        return state
    state = turns.left(state)
    until = at if state.paused is None else state.paused
    took = play.spent + max(0.0, until - state.since)
    return replace(_with_play(state, play.key, spent=took, outcome=outcome), paused=None, previous=play.key)


def _entered(state: Session, event: e.Entered) -> Session:
    target = state.play(event.play)
    if target is None or target.key == state.current:
        return state
    backwards = state.plays.index(target) < state.place and state.finished is None
    left = _leave(state, event.at, "to come" if backwards else "done")
    begun = _begin(left, target.key, event.at)
    return _began_earlier(begun, event.earlier) if event.earlier > 0 else begun


def _begin(state: Session, key: str, at: float) -> Session:
    state = _with_play(state, key, outcome="to come", reason="")
    started = state.started if state.started is not None else at
    state = replace(state, current=key, since=at, started=started, finished=None, paused=None)
    if state.promised is None:
        state = replace(state, promised=timing.predicted_end(state, at))
    return turns.begun(state)


def _skipped(state: Session, event: e.Skipped) -> Session:
    play = state.play(event.play)
    if play is None:
        return state
    if play.key != state.current:
        return _with_play(state, play.key, outcome="skipped")
    left = _leave(state, event.at, "skipped")
    if state.play(event.to) is not None:
        return _begin(left, event.to, event.at)
    return replace(left, current="", finished=timing.ended(state, event.at), turn=Turn())


def _take(state: Session, taken: dict[str, int]) -> Session:
    return replace(
        state,
        plays=tuple(
            replace(p, budget=max(0, p.budget - taken[p.key])) if p.key in taken and p.budget is not None else p
            for p in state.plays
        ),
    )


def _inserted(state: Session, event: e.Inserted) -> Session:
    if state.play(event.play) is not None:
        return state
    current = state.now_playing
    seconds = None if event.seconds is None else max(0, event.seconds)
    extra = SessionStep(
        key=event.play,
        step="",
        title=event.title,
        round=current.round if current else 0,
        offeror=current.offeror if current else "",
        planned=0 if seconds is not None else None,
        budget=seconds,
        when_late="shorten",
    )
    place = state.place + 1
    return replace(state, plays=(*state.plays[:place], extra, *state.plays[place:]))


def _began_earlier(state: Session, earlier: float) -> Session:
    play = state.now_playing
    seconds = max(0.0, earlier)
    if play is None or not seconds:
        return state
    repair = timing.repair(state, seconds)
    for key, more in repair.taken.items():
        before = state.play(key)
        if before is not None:
            state = _with_play(state, key, spent=before.spent - more)
    started = None if state.started is None else state.started - repair.start
    promised = state.promised
    if promised is not None and state.hard_end is None:
        promised -= repair.start
    return replace(state, since=state.since - seconds, started=started, promised=promised)


# -- interruptions


def _interrupted(state: Session, event: e.Interrupted) -> Session:
    if not state.current or state.paused is not None or event.since >= event.at:
        return state
    before = state.interruption
    since = event.since if before is None else min(event.since, before.since)
    gone = max(0.0, event.at - max(event.since, state.since))
    lasted = (*(before.lasted if before else ()), (state.current, gone))
    return replace(state, interruption=Interruption(since, event.at, lasted))


def _answered(state: Session, event: e.InterruptionAnswered) -> Session:
    gap = state.interruption
    if gap is None:
        return state
    state = replace(state, interruption=None)
    if event.went_on:
        return state
    state = replace(state, stopped=(gap.since, gap.until))
    for key, seconds in gap.lasted:
        play = state.play(key)
        if play is None:
            continue
        # The step may have been left and opened again since: part of its time is already in `spent`.
        earlier = min(seconds, play.spent)
        state = _with_play(state, key, spent=play.spent - earlier)
        if key == state.current:
            until = event.at if state.paused is None else state.paused
            state = replace(state, since=state.since + min(seconds - earlier, max(0.0, until - state.since)))
    return state


# -- what is written


def _with_item(state: Session, item_id: str, **changes: object) -> Session:
    return replace(
        state,
        items=tuple(replace(i, **changes) if i.id == item_id else i for i in state.items),  # type: ignore[arg-type]
    )


def _removed(state: Session, item_id: str) -> Session:
    items = tuple(i for i in state.items if i.id != item_id)
    if len(items) != len(state.items):
        items = tuple(
            replace(i, sources=tuple(s for s in i.sources if s != item_id)) if item_id in i.sources else i
            for i in items
        )
    actions = tuple(replace(a, idea="") if a.idea == item_id else a for a in state.actions if a.id != item_id)
    return replace(state, items=items, actions=actions)


def _topic(state: Session, event: e.TopicChosen) -> Session:
    item = state.item(event.item)
    if item is None or item.section != "topics":
        return state
    after = _with_item(state, event.item, chosen=event.chosen)
    only = next(
        (p.card for p in state.kit.steps if p.card and p.card.kind == "pick" and p.card.fills == "topics"),
        None,
    )
    if event.chosen and only is not None and only.max == 1:
        for other in after.in_section("topics"):
            if other.chosen and other.id != item.id:
                after = _with_item(after, other.id, chosen=False)
    return turns.adapted(state, replace(after, people=roles.for_topic(state, after, item.by if event.chosen else "")))
