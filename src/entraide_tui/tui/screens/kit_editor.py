"""The editor for a kit of the group's own: steps and minutes here, texts in one's own editor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList, Static

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.kits import editing
from entraide_tui.tui import own_editor
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.views import kit_view
from entraide_tui.tui.views.kit_view import text_of
from entraide_tui.widgets.ask import Question
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import KIT_EDITOR, bindings
from entraide_tui.widgets.plain import joined, plain, rows
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.kits.model import Kit, Step
    from entraide_tui.kits.own_kit import OwnKit
    from entraide_tui.tui.context import Context

LOOK = 2.0
"""Seconds between two looks at the file: an editor in another window may have written it."""
NARROW = 56
LOW = 18


class KitEditorScreen(BaseScreen):
    """The steps of a kit, their minutes and the totals. Each change is written at once and can be undone."""

    NAME = KIT_EDITOR
    BINDINGS: ClassVar = bindings(KIT_EDITOR)
    CSS = """
    KitEditorScreen #centre { padding: 0 1; }
    KitEditorScreen #presets { color: $quiet; }
    KitEditorScreen #steps { height: 1fr; margin: 1 0 0 0; }
    KitEditorScreen #side { width: 52; }
    KitEditorScreen #about { padding: 0 1; }
    KitEditorScreen.-narrow #main, KitEditorScreen.-tiny #main { layout: vertical; }
    KitEditorScreen.-narrow #side, KitEditorScreen.-tiny #side { display: none; width: 1fr; height: 50%; }
    KitEditorScreen.-asking #side { display: block; }
    KitEditorScreen.-low #steps { margin: 0; }
    KitEditorScreen.-low.-asking #centre { display: none; }
    KitEditorScreen.-low #side { height: 1fr; }
    """

    def __init__(self, context: Context, draft: OwnKit, notice: str = "") -> None:
        super().__init__(context)
        self._draft = draft
        self._notice = notice
        self._stamp = self._file_stamp()

    def compose(self) -> ComposeResult:
        """Yield the steps; beside them what the highlighted one says, or a panel."""
        with Horizontal(id="top"):
            yield Static(plain(_("Changing a kit"), "bold"), id="title")
            yield Static("", id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"):
                yield WrappedText(id="presets")
                yield Entries(id="steps", follows=False, hang=4)
            with Vertical(id="side"), VerticalScroll(id="guidance", can_focus=False):
                yield WrappedText(id="about")
        yield KeyLine(KIT_EDITOR, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Put the cursor onto the first step."""
        self._draw()
        self.focus_home()
        self.say(self._notice or _("Each change is written at once; each can be undone."))
        self.set_interval(LOOK, self._watch)

    def on_resize(self) -> None:
        """Name the presets by their ids if there is little room."""
        self.call_after_refresh(self._draw)

    def focus_home(self) -> None:
        """Put the cursor onto the list."""
        self.query_one("#steps").focus()

    def say(self, text: str, style: str = "$quiet", *more: Content) -> None:
        """Show a text in the message line, with `more` paragraphs below."""
        self.query_one("#message", WrappedText).show(plain(text, style), *more)

    # -- showing

    @property
    def kit(self) -> Kit | None:
        """The kit in the file; None while it has faults."""
        return self._draft.now.kit

    @property
    def _step(self) -> Step | None:
        kind, _sep, name = self.query_one("#steps", Entries).current.partition(":")
        return self.kit.step(name) if self.kit and kind == "step" else None

    def _draw(self) -> None:
        kit = self.kit
        entries = self.query_one("#steps", Entries)
        shown = kit_view.rows(kit) if kit else kit_view.faults(self._draft.now)
        entries.show(shown)
        if entries.current not in [name for name, _content in shown]:
            entries.highlighted = min(1, len(shown) - 1) if kit else 0
        self.query_one("#ends", Static).update(plain(kit_view.total_text(kit) if kit else "–", "bold"))
        short = self.size.width < NARROW or self.size.height < LOW
        self.query_one("#presets", WrappedText).show(plain(kit_view.presets(kit, short=short) if kit else ""))
        self._describe()

    @on(OptionList.OptionHighlighted, "#steps")
    def _describe(self) -> None:
        kit, step = self.kit, self._step
        about: list[Content] = []
        if kit and step:
            about = kit_view.about_step(kit, step)
        elif kit:
            about = kit_view.about_kit(kit, self._draft.now, str(self._draft.path))
        self.query_one("#about", WrappedText).show(*about)

    @on(OptionList.OptionSelected, "#steps")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        """Edit the minutes of the step, the title of the kit, or the line of the fault."""
        event.stop()
        if self.kit is None:
            self.do_own_editor()
        elif self._step:
            self.do_step_minutes()
        else:
            self.do_rename_step()

    # -- changing

    def _change(self, make: Callable[[str], str]) -> bool:
        """Write a change at once and show it; return whether the file changed."""
        before = self._draft.now
        try:
            changed = self._draft.change(make)
        except UserError as error:
            self._refuse(error)
            return False
        if changed:
            saved = _("✓ saved · {key}: undo").format(key=self.key("undo"))
            new = [f for f in self._draft.now.findings if f.what not in [b.what for b in before.findings]]
            self._written(saved, *(joined(("▲ ", "$warning"), f.what) for f in new))
        return changed

    def _written(self, text: str, *more: Content) -> None:
        self._stamp = self._file_stamp()
        self._draw()
        self.say(text, "$success", *more)

    def _refuse(self, error: UserError) -> None:
        self._stamp = self._file_stamp()
        self._draw()
        self.say("\n".join(error.lines()), "$error")

    def _undo_or_redo(self, action: Callable[[], bool], done: str, nothing: str) -> None:
        try:
            if not action():
                self.say(nothing)
                return
        except UserError as error:
            self._refuse(error)
            return
        self._written(done)

    def _no_step(self) -> bool:
        """Return whether no step is highlighted, and say what to do then."""
        if self.kit is None:
            self.say(
                _("Mend the faults first: {key} opens your editor, {undo} undoes.").format(
                    key=self.key("own_editor"), undo=self.key("undo")
                ),
                "$error",
            )
        elif self._step is None:
            self.say(_("Choose a step in the list first."))
        return self._step is None

    # -- the file, changed elsewhere

    def _file_stamp(self) -> tuple[int, int] | None:
        try:
            about = self._draft.path.stat()
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size

    def _watch(self) -> None:
        if self._file_stamp() != self._stamp:
            self._take_over(_("This file was changed elsewhere."))

    def _take_over(self, notice: str) -> None:
        try:
            changed = self._draft.reload()
        except UserError as error:
            self._refuse(error)
            return
        self._stamp = self._file_stamp()
        if not changed:
            return
        self._draw()
        if self.kit is not None:
            self.say(_("{said} {key}: undo").format(said=notice, key=self.key("undo")), "$success")
            return
        number = len(kit_view.faults(self._draft.now))
        wrong = many(
            "{n} fault. Nothing is lost: {key} opens your editor there, {undo} puts back what was before.",
            "{n} faults. Nothing is lost: {key} opens your editor there, {undo} puts back what was before.",
            number,
        )
        self.say(wrong.format(n=number, key=self.key("own_editor"), undo=self.key("undo")), "$error")
        self.query_one("#steps", Entries).highlighted = 0

    # -- keys

    def on_key(self, event: Key) -> None:
        """Remove with Delete, move with Shift and an arrow, go back on Escape."""
        keys = {"delete": self.do_remove_step, "shift+up": self.do_step_up, "shift+down": self.do_step_down}
        if event.key == "escape":
            event.stop()
            self.do_leave()
        elif event.key in keys and self.query_one("#steps").has_focus:
            event.stop()
            keys[event.key]()

    def do_step_up(self) -> None:
        """Move the step one position up."""
        self._move(-1)

    def do_step_down(self) -> None:
        """Move the step one position down."""
        self._move(1)

    def _move(self, by: int) -> None:
        if self._no_step():
            return
        kit, step = self.kit, self._step
        if kit and step:
            to = kit.steps.index(step) + by
            if not 0 <= to < len(kit.steps):
                self.say(_("It can’t go any further."))
                return
            self._change(partial(editing.move_step, step_id=step.id, to=to))

    def do_remove_step(self) -> None:
        """Remove the step, and what presets and options say of it."""
        if self._no_step():
            return
        kit, step = self.kit, self._step
        if kit is None or step is None:
            return
        at = kit.steps.index(step)
        if self._change(partial(editing.remove_step, step_id=step.id)) and self.kit:
            # stay at this position
            self.query_one("#steps", Entries).highlighted = min(at + 1, len(self.kit.steps))
            left = {p.id for p in self.kit.presets}, {o.id for o in self.kit.options}
            gone = [text_of(p.title) for p in kit.presets if p.id not in left[0]]
            gone += [text_of(o.title) for o in kit.options if o.id not in left[1]]
            saved = _("✓ saved · {key}: undo").format(key=self.key("undo"))
            if gone:
                with_it = _("Gone with it, as it spoke of nothing else: {names}.").format(names=", ".join(gone))
                self.say(saved, "$success", plain(with_it, "$warning"))

    def do_rename_step(self) -> None:
        """Ask for another title of the step, or of the kit."""
        kit, step = self.kit, self._step
        if kit is None:
            self._no_step()
            return
        current = step.title if step else kit.title
        several = isinstance(current, dict) and len(current) > 1
        only_here = _("Other languages stay as they are; they are in your editor.") if several else ""

        def answer(said: str, _choice: str) -> None:
            if said and said != text_of(current):
                rename = partial(editing.rename_step, step_id=step.id) if step else editing.rename_kit
                self._change(partial(rename, title=said))

        title = _("Another title for the step") if step else _("Another title for the kit")
        self.ask(Question("rename_step", title, answer, text=text_of(current), explain=lambda _s, _c: plain(only_here)))

    def do_step_minutes(self) -> None:
        """Ask for the fewest, usual and most minutes of the step."""
        kit, step = self.kit, self._step
        if self._no_step() or kit is None or step is None:
            return
        now = kit_view.length(editing.total(kit))
        how = _("Fewest, usual and most, or the usual ones alone; an empty line: no countdown.")

        def explain(said: str, _choice: str) -> Content:
            try:
                minutes = editing.parse_minutes(said, step.minutes)
            except UserError as error:
                return plain(error.what, "$warning")
            steps = tuple(replace(s, minutes=minutes) if s.id == step.id else s for s in kit.steps)
            then = kit_view.length(editing.total(replace(kit, steps=steps)))
            total = _("The whole: {now} → {then}.").format(now=now, then=then)
            return rows([plain(how, "$quiet"), plain(total)])

        def answer(said: str, _choice: str) -> None:
            minutes = editing.parse_minutes(said, step.minutes)
            self._change(partial(editing.set_minutes, step_id=step.id, minutes=minutes))

        title = _("Minutes of “{step}”").format(step=text_of(step.title))
        current = kit_view.minutes_text(step.minutes)
        self.ask(Question("step_minutes", title, answer, text=current, placeholder="5/10/20", explain=explain))

    def do_add_step(self) -> None:
        """Ask for the title of a new step behind the highlighted one."""
        kit, step = self.kit, self._step
        if kit is None:
            self._no_step()
            return

        def answer(said: str, _choice: str) -> None:
            if said and self._change(partial(editing.add_step, title=said, after=step.id if step else None)):
                known = {s.id for s in kit.steps}
                new = next((n for n, s in enumerate(self.kit.steps if self.kit else ()) if s.id not in known), 0)
                self.query_one("#steps", Entries).highlighted = new + 1

        title = _("A new step after “{step}”").format(step=text_of(step.title)) if step else _("A new first step")
        self.ask(Question("add_step", title, answer, text="", placeholder=_("its title")))

    def do_undo(self) -> None:
        """Undo the last change."""
        self._undo_or_redo(
            self._draft.undo, _("Undone. {key}: redo").format(key=self.key("redo")), _("There is nothing to undo.")
        )

    def do_redo(self) -> None:
        """Redo the change that was undone."""
        self._undo_or_redo(self._draft.redo, _("Done again."), _("There is nothing to do again."))

    def do_own_editor(self) -> None:
        """Open the file in one's own editor, at the highlighted step or fault, and read it when that is closed."""
        kind, _sep, name = self.query_one("#steps", Entries).current.partition(":")
        if kind == "fault":
            line = int(name.partition(":")[0])
        else:
            line = editing.line_of(self._draft.text, name) if kind == "step" else 1
        notice = _("✓ taken over from your editor.")
        try:
            own_editor.edit(self.app, self._draft.path, line)
        except UserError as error:
            self._take_over(notice)
            self._refuse(error)
            return
        self.say(_("Nothing was changed in your editor."))
        self._take_over(notice)

    def do_leave(self) -> None:
        """Return to the screen before."""
        self.app.pop_screen()
