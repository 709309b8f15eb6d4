"""The texts of the live screen: the step, the speaker, the time, one quiet line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from entraide_tui.common.i18n import _
from entraide_tui.common.text import clean
from entraide_tui.widgets.keymap import shown_key
from entraide_tui.widgets.moments import clock, countdown, length
from entraide_tui.widgets.plain import Piece, joined, plain
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures, roles, timing

if TYPE_CHECKING:
    from entraide_tui.session.controller import Happened
    from entraide_tui.session.live_session import LiveSession
    from entraide_tui.workshop.state import SessionStep

NEXT = 3
"""How many of the people who speak next are named."""
QUIET_REMINDER = 120
"""Seconds after which the screen reminds that nothing was started."""


class LiveText:
    """The texts for one session, with one person's keys."""

    def __init__(self, live: LiveSession, keys: dict[str, str]) -> None:
        self.live = live
        self._keys = keys

    def key(self, action_id: str) -> str:
        """The key of an action, as people read it."""
        return shown_key(action_id, self._keys)

    def _holder(self) -> str:
        holder = self.live.held_by
        return (
            _("{host}, process {process},").format(host=clean(holder.host), process=holder.process)
            if holder
            else _("Another program")
        )

    def title(self) -> Content:
        """The title of the session."""
        return plain(self.live.state.heading(), "bold")

    def ends(self, narrow: bool) -> Content:
        """The time of day, the predicted end beside the promised one, and whether all is saved."""
        state, now = self.live.state, self.live.now()
        wall = state.origin + now
        predicted = clock(state.origin + timing.predicted_end(state, now), wall)
        late = timing.is_late(state, now)
        pieces: list[Piece] = []
        if not narrow:
            pieces += [(clock(wall), "$quiet"), ("  ·  ", "$quiet")]
        pieces += [(_("ends {time}").format(time=predicted), "bold $warning" if late else "bold")]
        if narrow and late:
            pieces.append((" ▲", "bold $warning"))
        if state.promised is not None and not narrow:
            promised = clock(state.origin + state.promised, wall)
            sign = "▲" if late else "✓"
            pieces += [("  " + _("promised {time} {sign}").format(time=promised, sign=sign), "$quiet")]
        pieces += [(" " if narrow else "  ·  ", "$quiet"), self.disk(narrow)]
        return joined(*pieces)

    def between(self) -> Content:
        """The text instead of a card before the first step and after the last."""
        state = self.live.state
        if state.finished is not None:
            return plain(_("The workshop is over. Thank you! Press {key} for the page.").format(key=self.key("next")))
        names = ", ".join(p.name for p in state.present)
        missing = ", ".join(p.name for p in state.people if p.presence == "expected")
        lines: list[Piece] = [(_("Ready."), "bold"), "\n\n", _("Here: {names}").format(names=names or "–"), "\n"]
        if missing:
            lines += [_("Expected: {names}").format(names=missing), "\n"]
        lines += ["\n", _("When everybody sits, press {key}: the first step begins.").format(key=self.key("next"))]
        return joined(*lines)

    def disk(self, narrow: bool) -> tuple[str, str]:
        """Whether all that was done is on the disk, and the style of that text."""
        live = self.live
        if live.only_looking:
            return (_("looking on"), "$warning")
        if live.trouble:
            return ("✗" if narrow else _("✗ NOT SAVED"), "bold $error")
        # padded to one width, so that nothing moves at each gesture
        saved, saving = ("✓", "…") if narrow else (_("✓ saved"), _("… saving"))
        width = max(len(saved), len(saving))
        return (saved.rjust(width), "$success") if live.saved else (saving.rjust(width), "$quiet")

    def figures(self, play: SessionStep | None, remaining: float | None, *, hidden: bool) -> str:
        """The large figures: the time left, or spent if there is no countdown; before the first step, the time of day.

        Args:
            remaining: seconds left; None in a step without a countdown.
            hidden: hide the moving clock; in a pause it stands still and is shown.
        """
        state, now = self.live.state, self.live.now()
        if play is None:
            return "" if state.finished is not None else clock(state.origin + now)
        if remaining is None:
            return countdown(timing.spent(state, play, now))
        return "–:–" if hidden and state.paused is None else countdown(remaining)

    def step(
        self, play: SessionStep | None, remaining: float | None, mark: str, *, scale: int, cramped: bool
    ) -> Content:
        """Number and title of a step, who speaks, and what the time says: on two lines if `cramped`."""
        state = self.live.state
        if play is None:
            first = next(iter(state.to_come), None)
            return joined((first.title if first and state.finished is None else "", "bold"))
        number = _("{n}/{all}").format(n=state.place + 1, all=len(state.plays))
        title: list[Piece] = [(f"{number}  ", "$quiet"), (play.title, "bold $primary")]
        if play.round:
            title.append(("  " + _("request of {name}").format(name=play.offeror), "bold $accent"))
        lines = [joined(*title), self.speaker()]
        if scale:
            texts = self.time_texts(play, remaining, mark)
            lines += texts if cramped else [Content("  ").join(texts)]
        return Content("\n").join(lines)

    def speaker(self) -> Content:
        """Whose turn it is, and who comes next."""
        state = self.live.state
        turn = state.turn
        play = state.now_playing
        silent = play is not None and state.step_of(play).turns == "silent"
        if turn.speaker:
            pieces: list[Piece] = [("▸ ", "bold $accent"), (turn.speaker, "bold $accent")]
            if turn.following and not turn.cyclic:
                names = ", ".join(turn.following[:NEXT]) + ("…" if len(turn.following) > NEXT else "")
                pieces.append((_("   then {names}").format(names=names), "$quiet"))
            if turn.round > 1:
                pieces.append((_("   round {n}").format(n=turn.round), "$quiet"))
            return joined(*pieces)
        if silent:
            return plain(_("silence"), "$accent")
        if turn.complete:
            return plain(_("all have spoken · {key}: again").format(key=self.key("round")), "$quiet")
        if play is not None and not turn.order and state.step_of(play).speaks == ("offeror",):
            return plain(_("Who asks? · {key}: say who").format(key=self.key("people")), "$quiet")
        return plain(_("free talk · {key}: a turn").format(key=self.key("speaker")), "$quiet")

    def time_texts(self, play: SessionStep, remaining: float | None, mark: str) -> list[Content]:
        """What the figures do not say: the mark, in words and with a sign; what one more minute would cost."""
        state, now = self.live.state, self.live.now()
        if state.paused is not None:
            since = length(now - state.paused)
            go_on = _("{key}: go on").format(key=self.key("pause"))
            return [plain(_("❚❚ pause for {length}").format(length=since), "bold $warning"), plain(go_on, "$quiet")]
        if remaining is None:
            return [plain(_("no countdown"), "$quiet")]
        end = state.origin + timing.predicted_end(state, now) + gestures.price_of(state, now, 60)
        after = clock(end, state.origin + now)
        price = _("{key} +1 min → {time}").format(key=self.key("minute"), time=after)
        sign = plain(_("of {length}").format(length=length(play.budget or 0)), "$quiet")
        if mark == "over":
            sign = plain(_("▲ time is up"), "bold $error")
        elif mark == "last minute":
            sign = plain(_("◆ last minute"), "bold $warning")
        return [sign, plain(price, "$quiet")]

    def message(self, now: float, notice: Content | None, opened: float) -> Content:
        """The one quiet line: a disk error, else an open question, else `notice`, else lateness or a reminder.

        Args:
            opened: when the screen was opened, in seconds of session time.
        """
        state, live = self.live.state, self.live
        if live.trouble:
            return plain(
                _(
                    "✗ It can’t be written: {reason}. All stays in memory and is tried again; make room or free "
                    "the folder."
                ).format(reason=live.trouble),
                "bold $error",
            )
        if live.only_looking and not live.path.exists():
            return plain(_("The other program has closed this workshop; its page is at home."), "$warning")
        if live.only_looking:
            return plain(
                _("{who} has this workshop open. You can look on; nothing can be changed here.").format(
                    who=self._holder()
                ),
                "$warning",
            )
        if gap := state.interruption:
            return plain(
                _("Interruption of {length} ({since} to {until}). Did the group go on? {yes} yes · {no} no").format(
                    length=length(gap.until - gap.since),
                    since=clock(state.origin + gap.since, state.origin + now),
                    until=clock(state.origin + gap.until, state.origin + now),
                    yes=self.key("yes"),
                    no=self.key("no"),
                ),
                "bold $warning",
            )
        if notice is not None:
            return notice
        if state.current and timing.is_late(state, now):
            return self.late(timing.late_by(state, now))
        if state.turn.order and roles.nobody_asks(state):
            text = _("Nobody is named yet as the person who asks · {key}: say who")
            return plain(text.format(key=self.key("people")), "$quiet")
        if (
            state.started is None
            and now - opened > QUIET_REMINDER
            and all(p.presence == "present" for p in state.people)
        ):
            return plain(
                _(
                    "Everybody is here and nothing was started. {key} starts; {earlier}: it began some minutes ago."
                ).format(key=self.key("next"), earlier=self.key("earlier")),
                "$warning",
            )
        return Content("")

    def late(self, late: float) -> Content:
        """How late the end will be, and what one key would do about it."""
        state, now = self.live.state, self.live.now()
        saving = timing.keep_end(state, now)
        key = self.key("keep_end")
        end = clock(state.origin + timing.predicted_end(state, now), state.origin + now)
        if saving.missing:
            text = _("At this pace the end is at {end}. {key}: what would keep the promised end").format(
                end=end, key=key
            )
        else:
            names = ", ".join(p.title for p in state.plays if p.key in saving.taken)
            text = _("At this pace the end is at {end}. {key} keeps the promised end ({length} from: {steps})").format(
                end=end, key=key, length=length(late), steps=names
            )
        return plain(text, "$warning")

    @staticmethod
    def _undone(event: e.Event) -> str:
        """The name of an event that was undone."""
        match event:
            case e.Arrived(name=name):
                return _("the arrival of {name}").format(name=name)
            case e.Gone(name=name):
                return _("the departure of {name}").format(name=name)
            case e.RoleGiven(name=name):
                return _("the role of {name}").format(name=name)
        names = {
            e.Entered: _("going to another step"),
            e.Finished: _("the end"),
            e.Skipped: _("leaving a step out"),
            e.Extended: _("the minutes of a step"),
            e.EndKept: _("keeping the end"),
            e.Paused: _("the pause"),
            e.Continued: _("going on"),
            e.NextSpoke: _("the turn"),
            e.Passed: _("the turn"),
            e.Inserted: _("the unforeseen step"),
            e.SpeakerChosen: _("the turn"),
            e.RoundBegun: _("the new round"),
            e.BeganEarlier: _("the forgotten start"),
            e.EndPromised: _("the new end"),
            e.InterruptionAnswered: _("the answer about the interruption"),
            e.ReasonGiven: _("the reason"),
            e.TopicChosen: _("the choice of a topic"),
            e.Voted: _("a vote"),
        }
        return names.get(type(event), _("the last entry"))

    def done(self, happened: Happened) -> str:
        """What a gesture did, if the screen alone does not show it; else empty."""
        if happened.undone is not None:
            return _("Undone: {what}").format(what=self._undone(happened.undone))
        match happened.events[-1] if happened.events else None:
            case e.Written(section="parking"):
                return _("On the parking; it comes back in the contributions.")
            case e.Arrived(name=name):
                return _("{name} is here.").format(name=name)
            case e.Gone(name=name):
                return _("{name} has left.").format(name=name)
            case e.RoleGiven(name=name, role="facilitator"):
                return _("{name} leads from now on.").format(name=name)
            case e.RoleGiven(name=name, role="offeror"):
                return _("{name} brings the request.").format(name=name)
            case _:
                return ""
