"""The sentences of a debrief: two ways to say each remark, in a friendly tone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, mark

if TYPE_CHECKING:
    from entraide_tui.workshop.debrief import Debrief, Remark, RemarkKind

_SENTENCES: dict[RemarkKind, tuple[str, str]] = {
    "on-time": (
        mark("You finished when you said you would: everyone could leave with an easy mind."),
        mark("On time, with the clock for company: the group will trust you with its next hour."),
    ),
    "late": (
        mark("The session ran {minutes} min longer than planned: what made them worth giving?"),
        mark(
            "{minutes} min over. If the group wanted them, they were a gift; if not, a word of warning a "
            "little earlier will do."
        ),
    ),
    "early": (
        mark("You finished {minutes} min early: what mattered had been said, and you heard that."),
        mark("{minutes} min handed back to the group. Would anyone have liked a little of that silence to think in?"),
    ),
    "extended": (
        mark("You gave “{step}” another {minutes} min: something was happening there, and you let it come."),
        mark("“{step}” needed time, and you gave it some. That is what holding a frame gently means."),
    ),
    "skipped-reason": (
        mark("You skipped “{step}” for a reason: “{reason}”. The group mattered more than the script."),
        mark("“{step}” was left aside: “{reason}”. It was a choice, and it is on paper: you can think back on it."),
    ),
    "skipped-silent": (
        mark("“{step}” wasn’t played. You probably had a good reason: writing it down will help next time."),
        mark("You skipped “{step}” without saying why. What did you sense in the group just then?"),
    ),
    "all-heard": (
        mark("Everyone was heard. It makes no noise, and it is a great deal."),
        mark("Not one voice was missing: the way you passed the turn round had a hand in that."),
    ),
    "one-voice": (
        mark(
            "{name} spoke {count} times out of {total}. Such energy! A round, next time, will let the others "
            "bring theirs."
        ),
        mark(
            "{count} turns out of {total} came from {name}. Perhaps the group needed that; you were there, "
            "you will know."
        ),
    ),
    "unheard": (
        mark("We didn’t hear from {names} today. A word at the door, or tomorrow, keeps the thread."),
        mark("Nothing is noted from {names}. Keeping quiet can do a person good; so can a gentle invitation."),
    ),
    "clear-request": (
        mark("Someone who wasn’t there would understand the request straight away. That is rare: enjoy it."),
        mark("The request stands on its own feet: anyone can tell how to help."),
    ),
    "vague-request": (
        mark("The request has no verb yet. “Decide”, “find”, “tell”… Which one would suit it?"),
        mark(
            "You can make out a topic rather than a request. “And what would you like us to do?” often opens the door."
        ),
    ),
    "long-request": (
        mark("The request is generous with words. Say it in one breath, and you soon hear what matters."),
        mark("There may be two requests in this one. Which would have done the most good today?"),
    ),
    "no-help-me": (
        mark("The request does without “help me to…”. Those three words tell the group that it is wanted."),
        mark("Just to see, read the request again with “help me to…” in front: does it ring truer?"),
    ),
    "full-plan": (
        mark("Each action has a person, a day and a small first step: this plan has legs."),
        mark("Who, when, where to begin: it is all there. Now you can let it walk."),
    ),
    "no-person": (
        mark("“{action}” is still waiting for a name. In a group, we always think somebody else has it in hand."),
        mark("Who would be glad to look after “{action}”? One line tomorrow is enough to ask."),
    ),
    "no-date": (
        mark("“{action}” has no day. Even a far-off date would give it somewhere to be."),
        mark("“{action}” is short of a day. “Tuesday, or rather Thursday?” is often enough."),
    ),
    "no-first-step": (
        mark("“{action}” has no first step yet. Which part of it takes ten minutes?"),
        mark(
            "What small move does “{action}” begin with? Opening a notebook, ringing someone: the smaller it "
            "is, the sooner it starts."
        ),
    ),
    "large-step": (
        mark("The first step of “{action}” looks large. Cut in half, it would fit into an ordinary week."),
        mark("A fine leap for “{action}”. And if it had to begin tonight, tired as we are?"),
    ),
    "parked-back": (
        mark("An idea that came too early knew how to wait, and then it came back: nobody lost by it."),
        mark("You kept an idea warm, and you gave it back. That is a promise kept."),
    ),
    "all-done": (
        mark("Nothing was left hanging. You can stack the chairs with a light heart."),
        mark("Whatever was begun found its end. If a question remains, it is free to roam."),
    ),
    "initials": (
        mark("“{names}”: would somebody from outside know what that is? Whole words open the door."),
        mark("The request speaks in initials ({names}). Said in full, they invite more people to help."),
    ),
    "answered": (
        mark("{what} – You reacted ({gesture})."),
        mark("{what} – You saw it, and you did something ({gesture})."),
    ),
    "unanswered": (
        mark("{what} – You let it pass. {hint}"),
        mark("{what} – The group managed by itself this time. {hint}"),
    ),
}
QUESTIONS: tuple[str, ...] = (
    mark("When did I leave the script? What had I seen, or heard, just before?"),
    mark("Which silence did I let last? Which one did I fill, and for whose sake?"),
    mark("Whom did I listen to best today? Whose face did I forget for a while?"),
    mark("When did the energy change? Did my body know before my head did?"),
    mark("Which opinion did I keep to myself? What did the group find in its stead?"),
    mark("What would I like to thank myself for tonight? What one thing would I like to try next time?"),
)
"""Questions for the notebook; two of them are asked after each session."""


def sentence(remark: Remark, number: int) -> str:
    """A remark as a sentence.

    Args:
        number: which of its two ways, modulo 2.
    """
    return _(_SENTENCES[remark.kind][number % 2]).format(**remark.values).strip()


def questions(debrief: Debrief) -> tuple[str, str]:
    """The two questions of a session; it always gets the same ones."""
    first = sum(map(ord, debrief.session)) % len(QUESTIONS)
    return _(QUESTIONS[first]), _(QUESTIONS[(first + 2) % len(QUESTIONS)])
