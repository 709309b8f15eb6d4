"""The questions of the live screen, and the gesture that each answer makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _
from entraide_tui.common.text import fold
from entraide_tui.tui.panels import time_questions
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.moments import length
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.step_list import sign
from entraide_tui.workshop import gestures, turns
from entraide_tui.workshop.minutes import title_and_minutes

if TYPE_CHECKING:
    from textual.content import Content

    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.tui.panels.time_questions import Do


def jump(live: LiveSession, do: Do) -> Question:
    """Ask which step to go to."""

    def choices(said: str) -> Choices:
        out: Choices = []
        for number, play in enumerate(live.state.plays, 1):
            mark, style = sign(live.state, play)
            name = f"{play.title} · {play.offeror}" if play.round else play.title
            if fold(said) in fold(f"{number} {name}"):
                out.append((play.key, joined((f"{mark} ", style), f"{number:>2} {name}")))
        return out

    def answer(_said: str, choice: str) -> None:
        do(lambda s: gestures.jump(s.state, s.now(), choice))

    def explain(_said: str, _choice: str) -> Content:
        return plain(_("What was written in a step stays when you leave it and when you come back."))

    return Question("jump", _("Go to a step"), answer, text="", explain=explain, choices=choices)


def park(live: LiveSession, do: Do, proposed: str = "", whose: str = "") -> Question:
    """Ask for an idea that comes too early; `proposed` and `whose` fill in the line and its author."""
    by = whose or turns.early_author(live.state)

    def choices(_said: str) -> Choices:
        names = ["", *(p.name for p in live.state.present)]
        likely = by if by in names else ""
        return [(n, plain(n or _("(nobody)"))) for n in (likely, *(n for n in names if n != likely))]

    def explain(_said: str, _choice: str) -> Content:
        waiting = len(live.state.in_section("parking"))
        text = _("It comes back in the contributions. ↑↓ whose idea it is.")
        return plain(text + (" " + _("On the parking: {n}.").format(n=waiting) if waiting else ""))

    def answer(said: str, choice: str) -> None:
        do(lambda s: gestures.write(s.state, s.now(), s.id_for("i"), "parking", said, by=choice, kind="idea"))

    return Question(
        "park", _("Park an idea"), answer, text=proposed, placeholder=_("a few words"), explain=explain, choices=choices
    )


def reason(live: LiveSession, do: Do) -> Question | None:
    """Ask why the last skipped step was skipped; None if none was."""
    play = gestures.last_skipped(live.state)
    if play is None:
        return None

    def answer(said: str, _choice: str) -> None:
        do(lambda s: gestures.give_reason(s.state, s.now(), play.key, said))

    return Question("reason", _("Why was “{step}” left out?").format(step=play.title), answer, text=play.reason)


def surprise(live: LiveSession, do: Do) -> Question:
    """Ask for an unforeseen step, to begin after this one."""
    del live

    def answer(said: str, _choice: str) -> None:
        title, minutes = title_and_minutes(said)
        do(lambda s: gestures.insert(s.state, s.now(), title or _("Unforeseen step"), minutes))

    def explain(said: str, _choice: str) -> Content:
        title, minutes = title_and_minutes(said)
        name = title or _("Unforeseen step")
        if minutes:
            return plain(
                _("“{title}”, {length}, comes right after this step.").format(title=name, length=length(minutes * 60))
            )
        return plain(_("“{title}”, without a countdown, comes right after this step.").format(title=name))

    return Question(
        "surprise", _("An unforeseen step"), answer, text="", placeholder=_("Break 10 min"), explain=explain
    )


def people(live: LiveSession, do: Do, again: Callable[[Question], None]) -> Question:
    """Ask for somebody who arrives, or choose a person to do something with."""

    def choices(said: str) -> Choices:
        state = live.state
        out: Choices = []
        for person in sorted(state.people, key=lambda p: fold(said) not in fold(p.name)):
            if said and fold(said) not in fold(person.name):
                continue
            here = {
                "present": ("●", "$success"),
                "expected": ("○", "$warning"),
                "left": ("–", "$quiet"),
            }[person.presence]
            role = state.role_word(state.role_of(person)) or state.role_of(person)
            out.append((person.name, joined((f"{here[0]} ", here[1]), person.name, (f"  {role}", "$quiet"))))
        if said and not any(fold(p.name) == fold(said) for p in state.people):
            arrives = ("", plain(_("{name} arrives").format(name=said), "bold"))
            # a name that begins another's; who is awaited is meant by the beginning of theirs
            awaited = any(p.presence != "present" and fold(p.name).startswith(fold(said)) for p in state.people)
            out.insert(len(out) if awaited else 0, arrives)
        return out

    def answer(said: str, choice: str) -> None:
        if said and not choice:
            do(lambda s: gestures.arrive(s.state, s.now(), said))
        elif choice:
            again(person(live, do, choice))

    def explain(_said: str, _choice: str) -> Content:
        return plain(_("Type a name for somebody who arrives, or choose a person."))

    return Question("people", _("Names"), answer, text="", placeholder=_("name"), explain=explain, choices=choices)


def person(live: LiveSession, do: Do, name: str) -> Question:
    """Ask what happens with one person."""
    who = live.state.person(name)

    def choices(_said: str) -> Choices:
        if who is None:
            return []
        state = live.state
        if who.presence != "present":
            return [("arrive", plain(_("{name} arrives").format(name=name)))]
        out: Choices = [("speak", plain(_("{name} speaks now").format(name=name)))]
        if who.role != "facilitator":
            out.append(("facilitator", plain(_("{name} takes over the lead").format(name=name))))
        if who.role != "offeror" and not state.kit.repeats:
            out.append(("offeror", plain(_("{name} brings the request").format(name=name))))
        out.append(("leave", plain(_("{name} leaves").format(name=name))))
        return out

    def answer(_said: str, choice: str) -> None:
        match choice:
            case "arrive":
                do(lambda s: gestures.arrive(s.state, s.now(), name))
            case "speak":
                do(lambda s: gestures.choose_speaker(s.state, s.now(), name))
            case "facilitator":
                do(lambda s: gestures.give_role(s.state, s.now(), name, "facilitator"))
            case "offeror":
                do(lambda s: gestures.give_role(s.state, s.now(), name, "offeror"))
            case "leave":
                do(lambda s: gestures.leave(s.state, s.now(), name))

    return Question("people", name, answer, choices=choices, again=True)


def note(live: LiveSession, do: Do) -> Question | None:
    """Ask for a note on the current step; None if there is none."""
    play = live.state.now_playing
    if play is None:
        return None
    name = f"notes.{play.key}"

    def answer(said: str, _choice: str) -> None:
        do(lambda s: gestures.set_text(s.state, s.now(), name, said))

    held = live.state.text(name).replace("\n", " ")
    return Question("note", _("Note on “{step}”").format(step=play.title), answer, text=held)


def discard(throw_away: Callable[[], None]) -> Question:
    """Ask whether to throw the workshop away."""

    def choices(_said: str) -> Choices:
        return [("keep", plain(_("no, keep it"))), ("throw", plain(_("yes, throw it away"), "bold $error"))]

    def explain(_said: str, _choice: str) -> Content:
        return plain(_("Nothing of it will be left: no page, no journal. This can’t be undone."))

    def answer(_said: str, choice: str) -> None:
        if choice == "throw":
            throw_away()

    return Question("discard", _("Throw this workshop away?"), answer, explain=explain, choices=choices)


def leave_unsaved(live: LiveSession, leave: Callable[[], None]) -> Question:
    """Ask whether to leave although the group's folder can't be written."""

    def choices(_said: str) -> Choices:
        return [("stay", plain(_("no, stay: it is tried again all the time"))), ("leave", plain(_("yes, leave")))]

    def explain(_said: str, _choice: str) -> Content:
        return plain(
            _(
                "The last words are not in the group’s folder: {reason}. If you leave, the whole workshop is kept in a "
                "folder of your own on this machine, and its place is told."
            ).format(reason=live.trouble or _("the disk doesn’t answer"))
        )

    def answer(_said: str, choice: str) -> None:
        if choice == "leave":
            leave()

    return Question("quit", _("Leave, although not all is saved?"), answer, explain=explain, choices=choices)


BY_ACTION: dict[str, Callable[[LiveSession, Do], Question | None]] = {
    "extend": time_questions.extend,
    "park": park,
    "jump": jump,
    "surprise": surprise,
    "earlier": time_questions.earlier,
    "reason": reason,
    "promise": time_questions.promise,
    "note": note,
}
"""The question that the key of each of these actions asks."""
