"""The debrief, for the facilitator's eyes, with the private notebook beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from entraide_tui.archive import notebook
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.views import debrief_text
from entraide_tui.widgets.draft_field import DraftField
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import BY_ID, DEBRIEF, bindings, key_name, key_of
from entraide_tui.widgets.notes import NotesField
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.rescue import ACTIONS as GESTURES
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

    from entraide_tui.archive.notebook import NotebookEntry
    from entraide_tui.tui.context import Context
    from entraide_tui.workshop.debrief import Debrief, Remark, StepLine


class DebriefScreen(BaseScreen):
    """What the session shows, and two questions whose answers nobody else reads."""

    NAME = DEBRIEF
    BINDINGS: ClassVar = bindings(DEBRIEF)
    CSS = """
    DebriefScreen #centre { width: 2fr; height: 1fr; padding: 0 1; }
    DebriefScreen #paper { height: 1fr; padding: 1 1 0 1; }
    DebriefScreen #leaf { width: 1fr; min-width: 40; height: 1fr; padding: 1; background: $panel; }
    DebriefScreen #leaf NotesField { height: 1fr; max-height: 12; margin: 0 0 1 0; background: $background; }
    DebriefScreen.-narrow #main, DebriefScreen.-tiny #main { layout: vertical; }
    DebriefScreen.-narrow #leaf, DebriefScreen.-tiny #leaf { width: 1fr; height: 50%; }
    DebriefScreen.-narrow #centre, DebriefScreen.-tiny #centre { width: 1fr; }
    DebriefScreen.-low #leaf { padding: 0 1; height: 60%; overflow-y: auto; }
    DebriefScreen.-low #leaf NotesField { height: 2; min-height: 2; margin: 0; }
    DebriefScreen #side { display: none; width: 37; }
    DebriefScreen.-asking #side { display: block; }
    DebriefScreen.-asking #leaf { display: none; }
    """

    def __init__(self, context: Context, entry: NotebookEntry) -> None:
        super().__init__(context)
        self._entry = entry
        self._questions = debrief_text.questions(entry.debrief)

    def compose(self) -> ComposeResult:
        """Yield facts and remarks, and the questions."""
        debrief = self._entry.debrief
        with Horizontal(id="top"):
            yield Static(joined((_("Debrief"), "bold"), (f"  {debrief.title}", "$quiet")), id="title")
            yield Static(plain(_("for your eyes only"), "$quiet"), id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"), VerticalScroll(id="paper", can_focus=True):
                yield WrappedText(*self.paragraphs())
            with Vertical(id="leaf"):
                for number, question in enumerate(self._questions):
                    yield WrappedText(plain(question, "italic"))
                    yield NotesField(self._entry.answers.get(question, ""), id=f"answer-{number}")
            yield Vertical(id="side")
        yield KeyLine(DEBRIEF, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Say which file it is kept in, if there is room."""
        path = notebook.path_of(self.context.workspace.root, self._entry.debrief.session)
        if path.exists() and self.size.width >= 110:
            text = _("Kept on this machine, outside the group’s folder: {file}").format(file=path)
            self.say(text)
        self.focus_home()

    def focus_home(self) -> None:
        """Put the cursor into the first answer; Tab goes on to the next, then to the debrief, to scroll it."""
        self.query_one("#answer-0").focus()

    def on_key(self, event: Key) -> None:
        """Go back on Escape."""
        if event.key == "escape":
            event.stop()
            self.do_leave()

    # -- what it says

    def paragraphs(self) -> list[Content]:
        """The remarks, then the facts."""
        debrief = self._entry.debrief
        out: list[Content] = []
        for number, remark in enumerate(debrief.remarks):
            sign = ("○ ", "$accent") if remark.kind in _TO_THINK else ("✓ ", "$success")
            out += [joined(sign, debrief_text.sentence(self._named(remark), number)), Content("")]
        out.append(plain(_("The steps: minutes foreseen and taken"), "bold $primary"))
        width = max((len(step.title) for step in debrief.steps), default=0)
        out += [_step(step, width) for step in debrief.steps]
        total = _("In all: {planned} min foreseen, {real} taken").format(
            planned=f"{debrief.planned:g}", real=f"{debrief.real:g}"
        )
        out += [plain(total, "bold"), Content(""), plain(_("Who was heard"), "bold $primary"), *_voices(debrief)]
        return out

    def _named(self, remark: Remark) -> Remark:
        """The remark with its gesture replaced by the key and label of the action."""
        if not remark.values.get("gesture"):
            return remark
        action = BY_ID[GESTURES[remark.values["gesture"]]]
        key = key_name(key_of(action, self.context.settings.keys))
        return replace(remark, values={**remark.values, "gesture": f"{key} {_(action.label)}"})

    # -- the notebook

    @on(DraftField.Typed)
    def _typed(self, event: DraftField.Typed) -> None:
        event.stop()
        self._keep()

    def _keep(self) -> None:
        answers = dict(self._entry.answers)
        for number, question in enumerate(self._questions):
            said = self.query_one(f"#answer-{number}", NotesField).said
            if said or question in answers:
                answers[question] = said
        if answers == self._entry.answers:
            return
        entry = replace(self._entry, answers=answers)
        notebook.keep(self.context.workspace.root, entry)
        self._entry = entry
        self.say(_("✓ saved"), "$success")

    def before_leaving(self) -> None:
        """Save what was typed a moment ago."""
        self._keep()

    def do_leave(self) -> None:
        """Save what was typed, then return to the screen before."""
        try:
            self._keep()
        finally:
            super().do_leave()


_TO_THINK = frozenset((
    "late", "skipped-silent", "one-voice", "unheard", "vague-request", "long-request", "no-help-me", "initials",
    "no-person", "no-date", "no-first-step", "large-step", "unanswered",
))  # fmt: skip


def _step(step: StepLine, width: int) -> Content:
    planned = "–" if step.planned is None else f"{step.planned:g}"
    real = "–" if step.outcome == "skipped" else f"{step.real:g}"
    given = many("+{n} min given", "+{n} min given", round(step.given)).format(n=round(step.given))
    notes = [given] if step.given >= 1 and step.outcome != "skipped" else []
    if step.outcome == "skipped":
        notes.append(_("left out: {reason}").format(reason=step.reason) if step.reason else _("left out"))
    return joined(f"{step.title:<{width}}  {planned:>5} → {real:>5}  ", (" · ".join(notes), "$accent" if notes else ""))


def _voices(debrief: Debrief) -> list[Content]:
    width = max((len(voice.name) for voice in debrief.voices), default=0)
    out = []
    for voice in debrief.voices:
        turns = many("{n} turn", "{n} turns", voice.turns).format(n=voice.turns)
        lines = many("{n} line written", "{n} lines written", voice.lines).format(n=voice.lines)
        out.append(
            joined(
                f"{voice.name:<{width}}  ", ("▪" * min(voice.lines, 20), "$accent"), (f"  {turns}, {lines}", "$quiet")
            )
        )
    return out
