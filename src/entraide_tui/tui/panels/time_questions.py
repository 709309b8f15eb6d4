"""The questions of the live screen about time: more minutes, the promised end, a forgotten start."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _
from entraide_tui.session.controller import Gesture
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.moments import clock, length
from entraide_tui.widgets.plain import joined, plain, rows
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures, timing
from entraide_tui.workshop.fold import apply
from entraide_tui.workshop.hours import understand_hour
from entraide_tui.workshop.minutes import understand_minutes

if TYPE_CHECKING:
    from textual.content import Content

    from entraide_tui.session.live_session import LiveSession

Do = Callable[[Gesture], bool]


def extend(live: LiveSession, do: Do) -> Question | None:
    """Ask for more or fewer minutes and who pays, with the price shown first; None in a step without a countdown."""
    current = live.state.now_playing
    if current is None or current.budget is None:
        return None

    def seconds(said: str) -> int:
        return round((understand_minutes(said) or 0) * 60)

    def ends(moment: float) -> str:
        return clock(live.state.origin + moment, live.state.origin + live.now())

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
        if understand_minutes(said) is None:
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

    def repaired(said: str) -> e.Event | None:
        minutes, now = understand_minutes(said) or 0, live.now()
        make = gestures.start_earlier if live.state.started is None else gestures.began_earlier
        return make(live.state, now, minutes * 60) if minutes > 0 else None

    def answer(said: str, _choice: str) -> None:
        do(lambda _s: repaired(said))

    def explain(said: str, _choice: str) -> Content:
        state, now = live.state, live.now()
        play = state.now_playing
        title = play.title if play else next((p.title for p in state.to_come), "")
        lines = [plain(_("“{step}” really began so many minutes ago.").format(step=title))]
        if event := repaired(said):
            after, wall = apply(state, event), state.origin + now
            changed = [(p, q) for p, q in zip(state.plays, after.plays, strict=True) if p.spent - q.spent >= 1]
            lines += [
                plain(_("{step} gives {length}").format(step=p.title, length=length(p.spent - q.spent)))
                for p, q in changed
            ]
            if after.started is not None and after.started != state.started:
                began = clock(state.origin + after.started, wall)
                lines.append(plain(_("The workshop began at {time}.").format(time=began)))
            end = clock(state.origin + timing.predicted_end(after, now), wall)
            lines.append(plain(_("The workshop would end at {time}.").format(time=end)))
        return rows(lines)

    return Question("earlier", _("A forgotten start"), answer, text="4", placeholder=_("minutes"), explain=explain)


def promise(live: LiveSession, do: Do) -> Question:
    """Ask for another end, agreed with the group; an empty line withdraws the promise."""

    def answer(said: str, _choice: str) -> None:
        end = understand_hour(said, live.state.origin + live.now())
        if end is not None or not said:
            do(lambda s: gestures.promise_end(s.state, s.now(), end))

    def explain(said: str, _choice: str) -> Content:
        state, now = live.state, live.now()
        wall = state.origin + now
        end = understand_hour(said, wall)
        if not said:
            predicted = clock(state.origin + timing.predicted_end(state, now), wall)
            text = _("No end is promised any more.") + " " + _("The workshop would end at {time}.")
            return plain(text.format(time=predicted))
        if end is None:
            return plain(_("As in 11:30."))
        text = _("The new promised end: {time}.").format(time=clock(end, wall))
        return plain(text) if end > wall - 60 else plain(text + " " + _("That hour is past."), "$warning")

    proposed = clock(timing.proposed_end(live.state, live.now()))
    return Question("promise", _("A new end, agreed with the group"), answer, text=proposed, explain=explain)


def _title(live: LiveSession, key: str) -> str:
    play = live.state.play(key)
    return play.title if play else key
