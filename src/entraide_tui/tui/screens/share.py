"""Prepares a record for sharing, line by line: replaces names, takes lines out, searches the file for names."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, get_args

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from entraide_tui.common.i18n import _, many
from entraide_tui.privacy import pseudonyms, redaction, share_choice, share_log
from entraide_tui.privacy.name_finder import key
from entraide_tui.privacy.pseudonyms import Kind, MarkedWord
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.screens.record_keys import few, outcome_message
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import SHARE, bindings
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.events import Key

    from entraide_tui.archive.model import Record
    from entraide_tui.exports.leak_check import Leak
    from entraide_tui.tui.context import Context

DAYS, NO_NAME, NO_MARK, OTHER = "days", "no-name", "no-mark", "other:"


class ShareScreen(BaseScreen):
    """Enter takes a line out or puts it back; replacements are coloured; nothing is written before F3."""

    NAME = SHARE
    BINDINGS: ClassVar = bindings(SHARE)
    PANEL = "#beside"
    CSS = """
    ShareScreen #centre { padding: 0 1; }
    ShareScreen #lines { height: 1fr; }
    ShareScreen #beside { width: 44; height: 1fr; background: $panel; }
    ShareScreen #who { height: 1fr; padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    ShareScreen.-asking #who { display: none; }
    ShareScreen.-narrow #main, ShareScreen.-tiny #main { layout: vertical; }
    ShareScreen.-narrow #beside, ShareScreen.-tiny #beside { width: 1fr; height: 40%; }
    ShareScreen.-narrow.-mid #beside, ShareScreen.-low #beside, ShareScreen.-tiny #beside { display: none; }
    ShareScreen.-narrow.-mid.-asking #beside, ShareScreen.-tiny.-asking #beside { display: block; height: 60%; }
    ShareScreen.-low.-asking #centre, ShareScreen.-low.-asking #message { display: none; }
    ShareScreen.-low.-asking #beside { display: block; height: 1fr; }
    """

    def __init__(self, context: Context, record: Record, path: Path) -> None:
        super().__init__(context)
        self._record = record
        self._path = path
        self._seed = random.SystemRandom().getrandbits(64)
        self._choice = share_choice.Choice()
        self._prepared: share_choice.Prepared | None = None
        self._notice: Content | None = None

    def compose(self) -> ComposeResult:
        """Yield the lines that leave, and who is replaced by whom."""
        with Horizontal(id="top"):
            yield Static(joined((_("Let it leave"), "bold"), (f"  {self._record.title}", "$quiet")), id="title")
            yield Static("", id="ends")
        yield WrappedText(id="message")
        with Horizontal(id="main"):
            with Vertical(id="centre"):
                yield Entries(id="lines", follows=False, hang=4)
            with Vertical(id="beside"), VerticalScroll(id="who", can_focus=False):
                yield WrappedText(id="people")
        yield KeyLine(SHARE, self.context.settings.keys)
        yield self.too_small()

    def on_mount(self) -> None:
        """Start from what was decided the last time, if anything was."""
        self._choice = share_log.load(self.context.workspace, self._record.id) or share_choice.Choice()
        self.refresh_all()
        lines = self.query_one("#lines", Entries)
        lines.highlighted = 0
        lines.focus()

    # -- showing

    @property
    def prepared(self) -> share_choice.Prepared:
        """The record as it would leave now."""
        if self._prepared is None:
            group = self.context.group
            known = pseudonyms.known_names([self._record], group.members, group=group.name)
            # one seed: a line taken out must not change the pseudonyms
            self._prepared = redaction.prepare(self._record, self._choice, known, random.Random(self._seed))  # noqa: S311
        return self._prepared

    def refresh_all(self) -> None:
        """Draw the lines, the people, and the hints."""
        self._prepared = None
        prepared = self.prepared
        leaving = sum(line.leaves for line in prepared.lines)
        self.query_one("#lines", Entries).show([(f"line:{n}", _drawn(line)) for n, line in enumerate(prepared.lines)])
        self.query_one("#ends", Static).update(
            plain(
                many("{n} line of {all}", "{n} lines of {all}", leaving).format(n=leaving, all=len(prepared.lines)),
                "$quiet",
            )
        )
        self.query_one("#people", WrappedText).show(*self._people(prepared))
        self._show_hints()

    def _show_hints(self) -> None:
        hints = [self._notice] if self._notice else self._hints(self.prepared)
        # a low window shows fewer hints, so that the lines have room
        height = self.app.size.height
        self.query_one("#message", WrappedText).show(*hints[: 1 if height < 18 else 3 if height < 34 else 8])

    def on_resize(self) -> None:
        """Show as many hints as have room now."""
        if self.query("#message"):
            self._show_hints()

    def say(self, text: str, style: str = "$quiet") -> None:
        """Show a text instead of the hints, until something changes."""
        self._notice = plain(text, style)
        self._show_hints()

    def _hints(self, prepared: share_choice.Prepared) -> list[Content]:
        out: list[Content] = []
        fresh = sum(line.fresh for line in prepared.lines)
        if fresh:
            text = many(
                "{n} line is new since the last time: it stays until you agree (Enter).",
                "{n} lines are new since the last time: they stay until you agree (Enter).",
                fresh,
            )
            out.append(joined(("? ", "$warning"), text.format(n=fresh)))
        if whose := [mark.word for mark in self._choice.marked if mark.whose]:
            text = _("Somebody’s other name, whose is never kept: {words}. {key} says it again.")
            out.append(joined(("? ", "$warning"), text.format(words=few(whose), key=self.key("mark_word"))))
        if prepared.candidates:
            words = few(prepared.candidates)
            text = _("Perhaps names: {words}. {key} marks one.").format(words=words, key=self.key("mark_word"))
            out.append(joined(("◇ ", "$warning"), text))
        if prepared.doubts:
            words = few(dict.fromkeys(f"“{doubt.word}” ({doubt.label})" for doubt in prepared.doubts))
            text = _("Everyday words that are also names, left as they are: {words}").format(words=words)
            out.append(joined(("◇ ", "$warning"), text))
        if prepared.unsearched:
            words = few(prepared.unsearched)
            out.append(
                joined(("◇ ", "$warning"), _("Too short to be looked for in texts: {words}").format(words=words))
            )
        text = _("People who were there may still recognise one another. Read it through; {key} lets it leave.")
        return [*out, plain(text.format(key=self.key("let_go")), "$quiet")]

    def _people(self, prepared: share_choice.Prepared) -> list[Content]:
        out = [plain(_("Who and what is replaced"), "bold")]
        shown = [(known, by) for known, by in prepared.drawn if known.kind == "person" or known.forms]
        for known, by in shown:
            others = [form for form in known.forms if form != known.name]
            text = f" ({', '.join(others)})" if others else ""
            out.append(joined((known.name, "bold"), (text, "$quiet"), " → ", (by, "$accent")))
        if not shown:
            out.append(plain(_("Nobody is named."), "$quiet"))
        sections = [(_(label), self._choice.has(name)) for name, label in share_choice.SECTIONS.items()]
        out += [plain(""), plain(_("What leaves"), "bold")]
        out += [joined(_sign(leaves), (label, "" if leaves else "$quiet")) for label, leaves in sections]
        out.append(plain(_("Notes, the parking, hours and the steps’ minutes never leave."), "$quiet"))
        return out

    def focus_home(self) -> None:
        """Put the cursor onto the lines."""
        self.query_one("#lines").focus()

    # -- deciding

    @on(OptionList.OptionSelected, "#lines")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.do_take_out()

    def on_key(self, event: Key) -> None:
        """Handle Space as Enter; go back on Escape."""
        if event.key == "space" and self.focused is self.query_one("#lines"):
            event.stop()
            self.do_take_out()
        elif event.key == "escape":
            event.stop()
            self.do_leave()

    def _decide(self, **changes: object) -> None:
        self._choice = replace(self._choice, **changes)  # type: ignore[arg-type]
        self._notice = None
        self.refresh_all()

    def do_take_out(self) -> None:
        """Take the highlighted line out, or put it back."""
        name = self.query_one("#lines", Entries).current
        if not name:
            return
        line = self.prepared.lines[int(name.removeprefix("line:"))]
        choice = self._choice
        if line.fixed:
            self.say(_("This line is not for choosing: it leaves always, or never."))
        elif line.fresh:
            self._decide(seen=(choice.seen or frozenset()) | {line.key}, out=choice.out - {line.key})
        else:
            self._decide(out=choice.out ^ {line.key})

    def do_mark_word(self) -> None:
        """Ask which word is a place, an employer, a person or another name of one, or no name at all."""
        prepared = self.prepared
        people = [known for known, _by in prepared.drawn if known.kind == "person"]

        def choices(said: str) -> Choices:
            out: Choices = [
                ("place", plain(_("a place"))),
                ("organisation", plain(_("an employer, an organisation"))),
                ("person", plain(_("a person"))),
            ]
            out += [
                (f"{OTHER}{person.name}", plain(_("{name}, called otherwise").format(name=person.name)))
                for person in people
            ]
            out.append((NO_NAME, plain(_("no name: it stays as it is"))))
            decided = [*(mark.word for mark in self._choice.marked), *self._choice.no_names]
            if key(said) in map(key, decided):
                out.insert(0, (NO_MARK, plain(_("not marked any more"))))
            return out

        def explain(_said: str, _choice: str) -> Content:
            words = few(prepared.candidates, 12)
            return plain(
                _("Perhaps: {words}").format(words=words) if words else _("It is replaced wherever it stands.")
            )

        asked = [*(mark.word for mark in self._choice.marked if mark.whose), *prepared.candidates]
        first = asked[0] if asked else ""
        title = _("Which word is it, and what?")
        self.ask(Question("mark_word", title, self._mark, first, _("the word"), explain, choices))

    def _mark(self, word: str, kind: str) -> None:
        if not word or not kind:
            return
        marked = tuple(mark for mark in self._choice.marked if key(mark.word) != key(word))
        no_names = tuple(other for other in self._choice.no_names if key(other) != key(word))
        if kind == NO_NAME:
            no_names = (*no_names, word)
        elif kind.startswith(OTHER):
            marked = (*marked, MarkedWord(word, "person", kind.removeprefix(OTHER)))
        elif kind in get_args(Kind):
            marked = (*marked, MarkedWord(word, kind))  # type: ignore[arg-type]
        self._decide(marked=marked, no_names=no_names)

    def do_redraw(self) -> None:
        """Draw other pseudonyms."""
        self._seed = random.SystemRandom().getrandbits(64)
        self._decide()

    def do_sections(self) -> None:
        """Ask which sections of the record leave."""
        self._ask_sections(again=False)

    def _ask_sections(self, *, again: bool) -> None:
        def choices(_said: str) -> Choices:
            rows = [(name, _(label), self._choice.has(name)) for name, label in share_choice.SECTIONS.items()]
            rows.append((DAYS, _("Exact days, not only the months"), self._choice.keep_dates))
            return [(name, joined(_sign(leaves), label)) for name, label, leaves in rows]

        title = _("What leaves? Enter turns it on or off.")
        self.ask(Question("sections", title, self._turn, choices=choices, again=again))

    def _turn(self, _said: str, name: str) -> None:
        if name == DAYS:
            self._decide(keep_dates=not self._choice.keep_dates)
        elif name:
            leaves = not self._choice.has(name)
            sections = self._choice.sections | {name} if leaves else self._choice.sections - {name}
            self._decide(sections=sections, with_feelings=leaves if name == "feelings" else self._choice.with_feelings)
        self._ask_sections(again=True)

    # -- leaving

    def do_let_go(self) -> None:
        """Ask for the format and the folder, then write the file."""
        from entraide_tui.exports.destination import usual_folder
        from entraide_tui.exports.offers import offers

        folder = usual_folder(self.context.workspace)

        def choices(_said: str) -> Choices:
            return [(offer.id, plain(offer.label)) for offer in offers(recaps=False)]

        def explain(_said: str, _choice: str) -> Content:
            return plain(_("To which folder or file, and how? The file is searched for every known name first."))

        self.ask(Question("let_go", _("Let it leave"), self._let_go, str(folder), explain=explain, choices=choices))

    def _ask_once_more(self, words: list[str], said: str, name: str) -> None:
        """Ask before words that may be names leave as they are."""

        def choices(_said: str) -> Choices:
            return [
                ("look", plain(_("no, I look at them first ({key} marks a word)").format(key=self.key("mark_word")))),
                ("leave", plain(_("yes, they may leave"))),
            ]

        def explain(_said: str, _choice: str) -> Content:
            return plain(_("Still in it, as they are: {words}").format(words=few(words, 12)))

        def answer(_said: str, choice: str) -> None:
            if choice == "leave":
                self._let_go(said, name, agreed=True)

        title = _("Perhaps these are names. Let them leave?")
        self.ask(Question("let_go", title, answer, explain=explain, choices=choices, again=True))

    def _let_go(self, said: str, name: str, *, agreed: bool = False) -> None:
        if not name or not said:
            return
        from entraide_tui.exports import offers
        from entraide_tui.exports.leave import Redacted, departures

        redacted = Redacted((self.prepared,), agreed, self._choice)
        records = departures([(self._path, self._record)])
        wall = self.context.clock.wall()
        outcome = offers.export(records, name, said, self.context.workspace, wall=wall, redacted=redacted)
        if outcome.leaks:
            self._stopped(outcome.leaks)
        elif outcome.withheld:
            doubts = (f"“{doubt.name}” (… {doubt.near} …)" for doubt in outcome.doubts)
            self._ask_once_more(list(dict.fromkeys([*outcome.candidates, *doubts])), said, name)
        else:
            self.say(*outcome_message(outcome))

    def _stopped(self, hits: Sequence[Leak]) -> None:
        first = hits[0]
        rest = len(hits) - 1
        stopped = _("Nothing was written: “{name}” is still in it ({where}): … {near} …").format(
            name=first.name, where=first.where, near=first.near
        )
        more = many("{n} more place.", "{n} more places.", rest).format(n=rest) if rest else ""
        self.say("\n".join(part for part in (stopped, more) if part), "bold $error")


def _sign(leaves: bool) -> tuple[str, str]:
    return ("✓ ", "$success") if leaves else ("✗ ", "$quiet")


def _drawn(line: share_choice.SharedLine) -> Content:
    """One line: its label quietly, replacements in colour, all of it dimmed if it is taken out."""
    sign = ("? ", "$warning") if line.fresh else ("  ", "") if line.leaves else ("✗ ", "$error")
    label = (f"{line.label}  ", "$quiet")
    if not line.leaves and not line.fresh:
        return joined(sign, (f"{line.label}  {line.before}", "$quiet dim strike"))
    return joined(sign, label, *((piece.text, "bold $accent") if piece.was else piece.text for piece in line.after))
