"""The live screen: the step, the time, the speaker, the card, and what can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from entraide_tui.ground.words import _, many
from entraide_tui.kits.model import Card
from entraide_tui.records.distil import title_of
from entraide_tui.tui import questions
from entraide_tui.tui.actions import BY_ID, LIVE, bindings, key_name, key_of
from entraide_tui.tui.moments import clock, countdown, length
from entraide_tui.tui.plain import Piece, joined, plain
from entraide_tui.tui.screens.base import House
from entraide_tui.tui.widgets import cards
from entraide_tui.tui.widgets.big_time import BigTime
from entraide_tui.tui.widgets.cards.base import CardView, Gesture, Intend
from entraide_tui.tui.widgets.guide import Guide
from entraide_tui.tui.widgets.key_line import KeyLine
from entraide_tui.tui.widgets.prose import Prose
from entraide_tui.tui.widgets.script import Script
from entraide_tui.workshop import events as e
from entraide_tui.workshop import gestures, timing

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from entraide_tui.records.live import LiveSession
    from entraide_tui.tui.widgets.ask import Question
    from entraide_tui.workshop.state import Play

LATE = 30
"""Seconds of predicted lateness below which nothing is said."""
QUIET_REMINDER = 120
"""Seconds after which the screen reminds that nothing was started."""


class LiveScreen(House):
    """Shows one session and sends it what the facilitator does."""

    NAME = LIVE
    BINDINGS: ClassVar = bindings(LIVE)

    def __init__(self, live: LiveSession) -> None:
        super().__init__()
        self.live = live
        self._shown_play = ""
        self._notice: Content | None = None
        self._rung = ""
        self._opened = live.now()

    # -- what is there

    def compose(self) -> ComposeResult:
        """Top line, script, step, card, guidance, keys."""
        keys = self.house.settings.keys
        with Horizontal(id="top"):
            yield Static("", id="title")
            yield Static("", id="ends")
        with Horizontal(id="main"):
            yield Script(id="script")
            with Vertical(id="centre"):
                with Horizontal(id="now"):
                    yield BigTime(id="time")
                    yield Static("", id="step")
                yield Prose(id="message")
                yield Vertical(id="card")
            with Vertical(id="side"), VerticalScroll(id="guidance", can_focus=False):
                yield Guide(id="guide")
        yield KeyLine(LIVE, keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """The first picture; then once a second."""
        self.live.changed = self._disk_said
        self.set_class(not self.house.settings.guidance, "-no-guide")
        self.set_interval(1.0, self.tick)
        self.refresh_all()

    def on_unmount(self) -> None:
        """The writer no longer needs to tell this screen."""
        self.live.changed = lambda: None

    def _disk_said(self) -> None:
        # called from the writer's thread
        self.app.call_later(self.refresh_ends)

    # -- from the state to the screen

    def tick(self) -> None:
        """A second has passed, or many."""
        if self.live.only_looking:
            if self.live.reload():
                self.refresh_all()
        elif self.live.watch_clocks():
            self.refresh_all()
            return
        self.refresh_time()

    def refresh_all(self) -> None:
        """Everything that the state says."""
        state = self.live.state
        key = state.current or ("end" if state.finished is not None else "start")
        if key != self._shown_play:
            self._shown_play = key
            self.run_worker(self._show_card(state.now_playing), exclusive=True, group="card")
        else:
            for card in self.query(CardView):
                card.refresh_from_state()
        self.query_one(Guide).follow(state)
        self.refresh_time()

    async def _show_card(self, play: Play | None) -> None:
        place = self.query_one("#card", Vertical)
        had_focus = self.focused is None or self.focused in place.walk_children()
        with self.app.batch_update():
            await place.remove_children()
            if play is None:
                self.set_focus(None)
                await place.mount(Static(self._between(), id="between"))
            else:
                card = self.live.state.card_of(play) or Card(kind="text", fills="notes")
                await place.mount(cards.view(self.live, play, card))
        if had_focus and not self.has_class("-asking"):
            self.focus_home()
        elif self.has_class("-asking"):
            self._focused_before = None
        self.query_one("#guidance", VerticalScroll).scroll_home(animate=False)

    def _between(self) -> Content:
        state = self.live.state
        if state.finished is not None:
            return plain(_("The workshop is over. Thank you! Press {key} for the page.").format(key=self._key("next")))
        names = ", ".join(p.name for p in state.present)
        missing = ", ".join(p.name for p in state.people if p.presence == "expected")
        lines: list[Piece] = [(_("Ready."), "bold"), "\n\n", _("Here: {names}").format(names=names or "–"), "\n"]
        if missing:
            lines += [_("Expected: {names}").format(names=missing), "\n"]
        lines += ["\n", _("When everybody sits, press {key}: the first step begins.").format(key=self._key("next"))]
        return joined(*lines)

    def _key(self, action_id: str) -> str:
        return key_name(key_of(BY_ID[action_id], self.house.settings.keys))

    def focus_home(self) -> None:
        """The card."""
        for card in self.query(CardView):
            card.focus_first()
            return

    def refresh_time(self) -> None:
        """What moves with the clock."""
        state, now = self.live.state, self.live.now()
        play = state.now_playing
        mark = timing.mark(state, now)
        self._ring(mark)
        remaining = timing.left(state, play, now) if play else None
        if play is None:
            text = "–" if state.finished is not None else clock(state.origin + now)
        elif remaining is None:
            text = countdown(timing.spent(state, play, now))
        elif self.house.settings.discreet and not mark and state.paused is None:
            text = "–:–"
        else:
            text = countdown(remaining)
        width, height = self.size
        scale = (
            3
            if width >= 180 and height >= 50
            else 2
            if width >= 150 and height >= 44
            else 1
            if width >= 56 and height >= 18
            else 0
        )
        self.query_one(BigTime).show(text, "paused" if state.paused is not None else mark, scale)
        self._update("#step", self._step(play, remaining, mark, scale))
        self.query_one("#message", Prose).show(self._message(now))
        self.refresh_ends()
        script = self.query_one(Script)
        if script.display:
            script.show(state, now, script.container_size.width or 34)

    def _update(self, selector: str, content: Content) -> None:
        widget = self.query_one(selector, Static)
        if widget.content != content:
            # what only changes its figures keeps its size, and is drawn without a new layout
            same = content.cell_length == widget.content.cell_length if isinstance(widget.content, Content) else False
            widget.update(content, layout=not same)

    def refresh_ends(self) -> None:
        """The top line: title, time of day, the end that is coming, what is on the disk."""
        if not self.is_mounted:
            return
        state, now = self.live.state, self.live.now()
        self._update("#title", joined((title_of(state), "bold")))
        predicted = clock(state.origin + timing.predicted_end(state, now))
        late = timing.late_by(state, now)
        pieces: list[Piece] = []
        narrow = self.size.width < 56
        if not narrow:
            pieces += [(clock(state.origin + now), "$quiet"), ("  ·  ", "$quiet")]
        style = "bold $warning" if late >= LATE else "bold"
        pieces += [(_("ends {time}").format(time=predicted), style)]
        if state.promised is not None and not narrow:
            promised = clock(state.origin + state.promised)
            sign = "▲" if late >= LATE else "✓"
            pieces += [("  " + _("promised {time} {sign}").format(time=promised, sign=sign), "$quiet")]
        pieces += [("  ·  " if not narrow else " ", "$quiet"), self._disk(narrow)]
        self._update("#ends", joined(*pieces))

    def _disk(self, narrow: bool) -> tuple[str, str]:
        live = self.live
        if live.only_looking:
            return (_("looking on"), "$warning")
        if live.trouble:
            return ("✗" if narrow else _("✗ NOT SAVED"), "bold $error")
        if live.saved:
            return ("✓" if narrow else _("✓ saved"), "$success")
        return ("…" if narrow else _("… saving"), "$quiet")

    def _step(self, play: Play | None, remaining: float | None, mark: str, scale: int) -> Content:
        state = self.live.state
        if play is None:
            first = next(iter(state.to_come), None)
            return joined((first.title if first and state.finished is None else "", "bold"))
        number = _("{n}/{all}").format(n=state.place + 1, all=len(state.plays))
        title: list[Piece] = [(f"{number}  ", "$quiet"), (play.title, "bold $primary")]
        if play.round:
            title.append((f"  {_('request of {name}').format(name=play.offeror)}", "bold $accent"))
        lines = [joined(*title), self._speaker()]
        if scale:
            lines.append(self._time_words(play, remaining, mark))
        return Content("\n").join(lines)

    def _speaker(self) -> Content:
        state = self.live.state
        turn = state.turn
        play = state.now_playing
        silent = play is not None and state.step_of(play).turns == "silent"
        if turn.speaker:
            pieces: list[Piece] = [("▸ ", "bold $accent"), (turn.speaker, "bold $accent")]
            if turn.following and not turn.cyclic:
                pieces.append((_("   then {names}").format(names=", ".join(turn.following)), "$quiet"))
            if turn.round > 1:
                pieces.append((_("   round {n}").format(n=turn.round), "$quiet"))
            return joined(*pieces)
        if silent:
            return plain(_("silence"), "$accent")
        if turn.complete:
            return plain(_("everybody has spoken · {key}: another round").format(key=self._key("round")), "$quiet")
        return plain(_("free talk · {key} gives the turn").format(key=self._key("speaker")), "$quiet")

    def _time_words(self, play: Play, remaining: float | None, mark: str) -> Content:
        state, now = self.live.state, self.live.now()
        if state.paused is not None:
            since = length(now - state.paused)
            return plain(
                _("❚❚ pause for {length} · {key}: go on").format(length=since, key=self._key("pause")), "$warning"
            )
        if remaining is None:
            return plain(_("no countdown"), "$quiet")
        if mark == "over":
            return plain(_("▲ time is up; the step goes on"), "$error")
        after = clock(state.origin + timing.predicted_end(state, now) + gestures.price_of(state, now, 60))
        price = _("{key} +1 min → {time}").format(key=self._key("minute"), time=after)
        if mark == "last minute":
            return joined((_("◆ last minute"), "bold $warning"), (f"  {price}", "$quiet"))
        return joined(
            (_("of {length}").format(length=length(play.budget or 0)), "$quiet"), (f"  {price}", "$quiet")
        )

    def _message(self, now: float) -> Content:
        """One quiet line: the disk first, then a question that waits, then what time asks for, then the last gesture."""
        state, live = self.live.state, self.live
        if live.trouble:
            return plain(
                _(
                    "✗ It can’t be written: {reason}. All stays in memory and is tried again; make room or free the folder."
                ).format(reason=live.trouble),
                "bold $error",
            )
        if live.only_looking:
            return plain(
                _("Another program has this workshop open. You can look on; nothing can be changed here."), "$warning"
            )
        if gap := state.interruption:
            return plain(
                _("Interruption of {length} ({since} to {until}). Did the group go on? {yes} yes · {no} no").format(
                    length=length(gap.until - gap.since),
                    since=clock(state.origin + gap.since),
                    until=clock(state.origin + gap.until),
                    yes=self._key("yes"),
                    no=self._key("no"),
                ),
                "bold $warning",
            )
        late = timing.late_by(state, now)
        if state.current and late >= LATE and self._notice is None:
            return self._late(late)
        if self._notice is not None:
            return self._notice
        if (
            state.started is None
            and now - self._opened > QUIET_REMINDER
            and all(p.presence == "present" for p in state.people)
        ):
            return plain(
                _(
                    "Everybody is here and nothing was started. {key} starts; {earlier}: it began some minutes ago."
                ).format(key=self._key("next"), earlier=self._key("earlier")),
                "$warning",
            )
        return Content("")

    def _late(self, late: float) -> Content:
        state, now = self.live.state, self.live.now()
        saving = timing.keep_end(state, now)
        key = self._key("keep_end")
        end = clock(state.origin + timing.predicted_end(state, now))
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

    def _ring(self, mark: str) -> None:
        play = self.live.state.current
        if mark and f"{play}{mark}" != self._rung:
            self._rung = f"{play}{mark}"
            if self.house.settings.sound:
                self.app.bell()

    # -- from the keys to the session

    def gesture(self, make: Gesture, notice: str = "") -> bool:
        """The one place where a gesture is applied."""
        if self.live.only_looking:
            return False
        done = self.live.do(make(self.live))
        if done:
            self._notice = plain(notice, "$quiet") if notice else None
            self.refresh_all()
        return done

    @on(Intend)
    def _intend(self, event: Intend) -> None:
        event.stop()
        if self.live.do(event.gesture(self.live)):
            for card in self.query(CardView):
                card.refresh_from_state()
            self.refresh_ends()

    def _leaving(self) -> None:
        """What was typed a moment ago belongs to the step that is being left."""
        for card in self.query(CardView):
            for pending in card.pending():
                self.live.do(pending(self.live))

    async def action_do(self, action_id: str) -> None:
        """See `House.action_do`; first, what is being typed is taken in."""
        self._leaving()
        await super().action_do(action_id)

    @on(Script.Chosen)
    def _go(self, event: Script.Chosen) -> None:
        plays = self.live.state.plays
        if event.place < len(plays):
            self._leaving()
            self.gesture(lambda s: gestures.jump(s.state, s.now(), plays[event.place].key))

    def _ask(self, question: Question | None) -> None:
        if not self.live.only_looking:
            self.ask(question)

    def _undo_hint(self, text: str) -> str:
        return _("{what} · {key}: undo").format(what=text, key=self._key("undo"))

    def do_next(self) -> None:
        """Start, or the next step; at the end, the page."""
        if self.live.state.finished is not None or (self.live.only_looking and not self.live.state.to_come):
            self.do_close()
            return
        self.gesture(lambda s: gestures.next_step(s.state, s.now()))

    def do_back(self) -> None:
        """The step before."""
        self.gesture(lambda s: gestures.back(s.state, s.now()))

    def do_skip(self) -> None:
        """Leaves this step out; why can be said afterwards."""
        play = self.live.state.now_playing
        if play is None:
            return
        notice = _("“{step}” is left out · {why}: say why · {undo}: undo").format(
            step=play.title, why=self._key("reason"), undo=self._key("undo")
        )
        self.gesture(lambda s: gestures.skip(s.state, s.now()), notice)

    def do_minute(self) -> None:
        """One more minute."""
        self.gesture(lambda s: gestures.extend(s.state, s.now(), 60), self._undo_hint(_("One more minute")))

    def do_pause(self) -> None:
        """Pause, or go on."""
        self.gesture(lambda s: gestures.pause(s.state, s.now()))

    def do_speaker(self) -> None:
        """The next person."""
        self.gesture(lambda s: gestures.next_speaker(s.state, s.now()))

    def do_pass(self) -> None:
        """Whose turn it is passes."""
        self.gesture(lambda s: gestures.pass_turn(s.state, s.now()))

    def do_round(self) -> None:
        """Another round."""
        self.gesture(lambda s: gestures.second_round(s.state, s.now()))

    def do_undo(self) -> None:
        """The last gesture is as if it had never been."""
        if self.live.only_looking:
            return
        undone = self.live.undo()
        self._notice = plain(
            _("Undone: {what}").format(what=self._named(undone)) if undone else _("There is nothing to undo."),
            "$quiet",
        )
        self.refresh_all()

    @staticmethod
    def _named(event: e.Event | None) -> str:
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
        }
        return names.get(type(event), _("the last entry")) if event else ""

    def do_keep_end(self) -> None:
        """In one key where it can be; else what would do."""
        state, now = self.live.state, self.live.now()
        saving = timing.keep_end(state, now)
        if timing.late_by(state, now) < 1:
            self._notice = plain(_("The promised end is being kept: nothing to take."), "$quiet")
            self.refresh_all()
        elif saving.missing:
            self._ask(questions.keep_end(self.live, self.gesture_))
        else:
            given = sum(saving.taken.values())
            steps = many("{n} step", "{n} steps", len(saving.taken)).format(n=len(saving.taken))
            text = _("The end is kept: {length} taken from {steps}").format(length=length(given), steps=steps)
            self.gesture(lambda s: gestures.keep_end(s.state, s.now()), self._undo_hint(text))

    def gesture_(self, make: Gesture) -> None:
        """For panels."""
        self.gesture(make)

    def do_extend(self) -> None:
        """How much, and who pays."""
        play = self.live.state.now_playing
        if play is not None and play.budget is not None:
            self._ask(questions.extend(self.live, self.gesture_))

    def do_park(self) -> None:
        """An idea that comes too early."""
        self._ask(questions.park(self.live, self.gesture_))

    def do_jump(self) -> None:
        """Any step."""
        self._ask(questions.jump(self.live, self.gesture_))

    def do_people(self) -> None:
        """Who is here."""
        self._ask(questions.people(self.live, self.gesture_, self.ask))

    def do_surprise(self) -> None:
        """A step that nobody foresaw."""
        self._ask(questions.surprise(self.live, self.gesture_))

    def do_earlier(self) -> None:
        """A forgotten start."""
        self._ask(questions.earlier(self.live, self.gesture_))

    def do_reason(self) -> None:
        """Why a step was left out."""
        self._ask(questions.reason(self.live, self.gesture_))

    def do_promise(self) -> None:
        """Another end."""
        self._ask(questions.promise(self.live, self.gesture_))

    def do_yes(self) -> None:
        """The group went on."""
        self.gesture(lambda s: gestures.answer_interruption(s.state, s.now(), True))  # noqa: FBT003

    def do_no(self) -> None:
        """It did not."""
        self.gesture(lambda s: gestures.answer_interruption(s.state, s.now(), False))  # noqa: FBT003

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of an answer are free for typing while nothing is asked."""
        if action == "do" and parameters and parameters[0] in ("yes", "no"):
            return self.live.state.interruption is not None
        return super().check_action(action, parameters)

    def do_guide(self) -> None:
        """Shows or hides the words."""
        if self.size.width >= 110:
            self.toggle_class("-no-guide")
        else:
            self.toggle_class("-guide")

    def do_discreet(self) -> None:
        """Hides the moving clock, or shows it."""
        settings = self.house.settings
        self.house.change_settings(discreet=not settings.discreet)
        self.refresh_time()

    def do_note(self) -> None:
        """A note on this step, whatever its card is."""
        from entraide_tui.tui.widgets.ask import Question

        play = self.live.state.now_playing
        if play is None:
            return
        name = f"notes.{play.key}"

        def answer(said: str, _choice: str) -> None:
            self.gesture(lambda s: e.TextSet(at=s.now(), name=name, text=said))

        self._ask(
            Question(
                "note",
                _("Note on “{step}”").format(step=play.title),
                answer,
                text=self.live.state.text(name).replace("\n", " "),
            )
        )

    def do_close(self) -> None:
        """The page."""
        if not self.live.only_looking:
            self._leaving()
            self.house.open_closing(self.live)

    def do_quit(self) -> None:
        """Out; the workshop waits."""
        self._leaving()
        self.house.leave()
