"""The questions of the live screen about time: more minutes, the promised end, a forgotten start."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _
from entraide_tui.session.controller import Gesture
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.moments import clock, length, time_of_day
from entraide_tui.widgets.plain import joined, plain, rows
from entraide_tui.workshop import gestures, timing

if TYPE_CHECKING:
    from textual.content import Content

    from entraide_tui.session.live_session import LiveSession

Do = Callable[[Gesture], bool]


def minutes_said(said: str) -> float | None:
    """A number of minutes as people type it (`5`, `-2`, `2,5`, « +3 »); None if it is none."""
    found = re.fullmatch(r"([+\-−]?)\s*(\d{1,3})(?:[.,](\d))?\s*(?:min|mn|m|')?\.?", said.strip())
    if not found:
        return None
    number = int(found[2]) + int(found[3] or 0) / 10
    return -number if found[1] in ("-", "−") else number


def extend(live: LiveSession, do: Do) -> Question | None:
    """Ask for more or fewer minutes and who pays, with the price shown first; None in a step without a countdown."""
    current = live.state.now_playing
    if current is None or current.budget is None:
        return None

    def seconds(said: str) -> int:
        return round((minutes_said(said) or 0) * 60)

    def ends(moment: float) -> str:
        return clock(live.state.origin + moment)

    def choices(said: str) -> Choices:
        state, now = live.state, live.now()
        price = gestures.price_of(state, now, seconds(said))
        end = timing.predicted_end(state, now)
        out: Choices = [("later", joined(_("end later, at {time}").format(time=ends(end + price))))]
        if price > 0:
            saving = timing.save(state, price, now, but=state.current)
            text = _("from the steps to come: {time}").format(time=ends(end + saving.missing))
            out.append(("spread", plain(text)))
            for play in state.to_come:
                can = timing.can_give(state, play, now)
                if can >= 30:
                    out.append(
                        (
                            play.key,
                            plain(_("from “{step}” ({length})").format(step=play.title, length=length(can))),
                        )
                    )
        return out

    def explain(said: str, choice: str) -> Content:
        state, now = live.state, live.now()
        if minutes_said(said) is None:
            return plain(_("How many minutes? With − in front, fewer."))
        price = gestures.price_of(state, now, seconds(said))
        if choice in ("later", "") or price <= 0:
            return plain(
                _("The workshop would end at {time}.").format(time=ends(timing.predicted_end(state, now) + price))
            )
        only = "" if choice == "spread" else choice
        saving = timing.save(state, price, now, only=only, but=state.current)
        lines = [
            plain(_("{step} gives {length}").format(step=_title(live, key), length=length(part)))
            for key, part in saving.taken.items()
        ]
        if saving.missing >= 1:
            lines.append(
                plain(
                    _("{length} can’t be found: the end moves by that much.").format(length=length(saving.missing)),
                    "$warning",
                )
            )
        return rows(lines)

    def answer(said: str, choice: str) -> None:
        wanted = seconds(said)
        if not wanted:
            return
        way = choice if choice in ("later", "spread") else "step"
        do(lambda s: gestures.extend(s.state, s.now(), wanted, way=way, source=choice))

    return Question(
        "extend", _("Extend this step"), answer, text="5", placeholder=_("minutes"), explain=explain, choices=choices
    )


def keep_end(live: LiveSession, do: Do) -> Question:
    """Ask what to do if the steps to come can't give enough: by how much, and which steps could be dropped."""
    saving = timing.keep_end(live.state, live.now())

    def choices(_said: str) -> Choices:
        out: Choices = []
        if saving.taken:
            out.append(
                (
                    "take",
                    plain(_("take what can be taken ({length})").format(length=length(sum(saving.taken.values())))),
                )
            )
        for key, seconds in saving.drops:
            out.append(
                (
                    f"drop:{key}",
                    plain(_("drop “{step}” ({length})").format(step=_title(live, key), length=length(seconds))),
                )
            )
        if saving.drops and saving.enough:
            out.append(("all", plain(_("both: end at the promised time"))))
        out.append(("later", plain(_("end later, and say so"))))
        return out

    def explain(_said: str, _choice: str) -> Content:
        lines = [
            plain(_("The steps to come can’t give enough: {length} are missing.").format(length=length(saving.missing)))
        ]
        if saving.drops:
            names = ", ".join(_title(live, key) for key, _s in saving.drops)
            text = (
                _("Dropping these would do: {steps}.")
                if saving.enough
                else _("Even without these it would not do: {steps}.")
            )
            lines.append(plain(text.format(steps=names)))
        else:
            lines.append(plain(_("No step to come may be dropped.")))
        return rows(lines)

    def answer(_said: str, choice: str) -> None:
        if choice in ("take", "all"):
            do(lambda s: gestures.keep_end(s.state, s.now()))
        for key, _seconds in saving.drops:
            if choice in (f"drop:{key}", "all"):
                do(lambda s, key=key: gestures.skip(s.state, s.now(), key))  # type: ignore[misc]

    return Question("keep_end", _("Keep the promised end"), answer, explain=explain, choices=choices)


def earlier(live: LiveSession, do: Do) -> Question | None:
    """Ask how many minutes ago the step really began; None after the end."""
    state = live.state
    if state.finished is not None:
        return None

    def answer(said: str, _choice: str) -> None:
        minutes = minutes_said(said)
        if not minutes or minutes < 0:
            return
        if live.state.started is None:
            do(lambda s: gestures.start_earlier(s.state, s.now(), minutes * 60))
            return
        do(lambda s: gestures.began_earlier(s.state, s.now(), minutes * 60))

    def explain(_said: str, _choice: str) -> Content:
        play = live.state.now_playing
        title = play.title if play else next((p.title for p in live.state.to_come), "")
        return plain(_("“{step}” really began so many minutes ago.").format(step=title))

    return Question("earlier", _("A forgotten start"), answer, text="4", placeholder=_("minutes"), explain=explain)


def promise(live: LiveSession, do: Do) -> Question:
    """Ask for another end, agreed with the group."""

    def answer(said: str, _choice: str) -> None:
        wall = live.state.origin + live.now()
        end = time_of_day(said, wall)
        if end is not None:
            do(lambda s: gestures.promise_end(s.state, s.now(), end))

    def explain(said: str, _choice: str) -> Content:
        end = time_of_day(said, live.state.origin + live.now())
        return plain(_("The new promised end: {time}.").format(time=clock(end)) if end else _("As in 11:30."))

    now = live.now()
    predicted = clock(live.state.origin + timing.predicted_end(live.state, now))
    return Question("promise", _("A new end, agreed with the group"), answer, text=predicted, explain=explain)


def _title(live: LiveSession, key: str) -> str:
    play = live.state.play(key)
    return play.title if play else key
