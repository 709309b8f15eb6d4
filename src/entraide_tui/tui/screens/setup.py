"""The set-up of a workshop on one screen: the kit, the title, the people, a promised end; the timetable beside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static

from entraide_tui.common.i18n import _, language, many
from entraide_tui.kits.model import Kit, Role, in_language
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.tui.screens.kit_list import KitList, copy_title, read
from entraide_tui.widgets.cards.base import Entries
from entraide_tui.widgets.key_line import KeyLine
from entraide_tui.widgets.keymap import SETUP, bindings
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.moments import clock, decimal, length
from entraide_tui.widgets.plain import Piece, joined, plain
from entraide_tui.workshop import gestures, roles, timing
from entraide_tui.workshop.hours import understand_hour
from entraide_tui.workshop.opening import opened

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

    from entraide_tui.tui.context import Context
    from entraide_tui.workshop.events import Opened, Seat


@dataclass(frozen=True, slots=True)
class SetupPlan:
    """What is chosen on the set-up screen; the command line may fill it in advance."""

    kit: str = ""
    preset: str = ""
    options: tuple[str, ...] = ()
    title: str = ""
    end: str = ""
    seats: tuple[Seat, ...] = field(default_factory=tuple)


class SetupScreen(BaseScreen):
    """Makes the opening of a workshop from what is chosen here."""

    NAME = SETUP
    BINDINGS: ClassVar = bindings(SETUP)

    def __init__(self, context: Context, plan: SetupPlan) -> None:
        super().__init__(context)
        self.plan = plan
        self._kit_list = KitList()
        self._editing_kit = False
        self._begin_when_read = False

    def compose(self) -> ComposeResult:
        """Yield the kit, the title, the end and the people; the timetable beside."""
        with Horizontal(id="main"):
            with VerticalScroll(id="centre", can_focus=False):
                yield Static(plain(_("1 · The kit"), "bold $primary"))
                yield Entries(id="kits", follows=False)
                yield Static(plain(_("2 · Title and end (may stay empty)"), "bold $primary"))
                with Horizontal(classes="row"):
                    yield Static(plain(_("Title")), classes="label")
                    yield LineField(self.plan.title, _("what it will be about"), id="title-line")
                with Horizontal(classes="row", id="end-row"):
                    yield Static(plain(_("Ends at")), classes="label")
                    yield LineField(self.plan.end, "11:30", id="end-line", classes="short")
                    yield Static("", id="end-understood")
                yield Static(plain(_("3 · The people"), "bold $primary"))
                with Horizontal(classes="row"):
                    yield Static(plain(_("Name")), classes="label")
                    members = [m for m in self.context.group.members if m]
                    yield LineField(
                        "",
                        _("type a name, then Enter"),
                        id="name-line",
                        suggester=SuggestFromList(members, case_sensitive=False) if members else None,
                    )
                yield Static("", id="people-hint", classes="hint")
                yield Entries(id="people")
                yield Static("", id="setup-message")
            with Vertical(id="side"), VerticalScroll(id="guidance"):
                yield Static("", id="preview")
        yield KeyLine(SETUP, self.context.settings.keys)
        yield self.too_small()

    async def on_mount(self) -> None:
        """Read the kits after the first drawing: each is checked strictly, which takes a moment."""
        self._refresh()
        self.query_one("#name-line" if self.plan.kit else "#kits").focus()
        self._read()

    def _read(self) -> None:
        self.in_background(lambda: read(self.context.workspace.kits), self._show_kits)

    def _show_kits(self, kit_list: KitList) -> None:
        self._kit_list = kit_list
        ids = [k.id for k in kit_list.kits]
        if self.plan.kit not in ids and ids:
            self.plan = replace(self.plan, kit=ids[0])
        self._refresh()
        if self._begin_when_read:
            self.do_begin()

    def on_screen_resume(self) -> None:
        """Read the kits again after one may have been edited."""
        if self._editing_kit:
            self._editing_kit, self._kit_list = False, KitList()
            self.query_one("#kits", Entries).highlighted = None
            self._read()

    # -- showing

    @property
    def _kits(self) -> list[Kit]:
        return self._kit_list.kits

    @property
    def kit(self) -> Kit | None:
        """The kit chosen, with its preset and options; None while the kits are being read."""
        chosen = next((k for k in self._kits if k.id == self.plan.kit), None)
        return chosen.with_choices(self.plan.preset, self.plan.options) if chosen else None

    def _choices(self) -> list[tuple[str, Content]]:
        out: list[tuple[str, Content]] = []
        for kit in self._kits:
            chosen = kit.id == self.plan.kit
            sign = ("● ", "bold $success") if chosen else ("○ ", "$quiet")
            size = kit.group_size
            people = _("{min}–{max} people").format(min=size.min, max=size.max) if size and size.min != size.max else ""
            if size and size.min == size.max:
                people = many("{n} person", "{n} people", size.min).format(n=size.min)
            total = _("{n} min").format(n=decimal(kit.total(kit.askers)))
            title = in_language(kit.title, language())
            out.append(
                (
                    f"kit:{kit.id}",
                    joined(sign, (title, "bold" if chosen else ""), (f"  {total}  {people}", "$quiet")),
                )
            )
            if not chosen:
                continue
            for preset in kit.presets:
                on_ = preset.id == self.plan.preset
                out.append(
                    (
                        f"preset:{preset.id}",
                        joined(
                            ("   ● " if on_ else "   ○ ", "$success" if on_ else "$quiet"),
                            in_language(preset.title, language()),
                        ),
                    )
                )
            for option in kit.options:
                on_ = option.id in self.plan.options
                out.append(
                    (
                        f"option:{option.id}",
                        joined(
                            ("   ☑ " if on_ else "   ☐ ", "$success" if on_ else "$quiet"),
                            in_language(option.title, language()),
                        ),
                    )
                )
        out += [(f"broken:{path}", joined(("✗ ", "$error"), path.name)) for path in self._kit_list.broken]
        return out

    def _role_name(self, role: Role) -> str:
        own = in_language(getattr(self.kit.roles, role), language()) if self.kit else ""
        return own or {"offeror": _("offeror"), "facilitator": _("facilitator"), "contributor": _("contributor")}[role]

    def _refresh(self) -> None:
        kits = self.query_one("#kits", Entries)
        if self._kits:
            kits.show(self._choices())
            if kits.highlighted is None:
                kits.highlighted = [k for k, _c in self._choices()].index(f"kit:{self.plan.kit}")
        rows: list[tuple[str, Content]] = []
        for index, seat in enumerate(self.plan.seats):
            sign = {"offeror": "★", "facilitator": "◆", "contributor": "·"}[seat.role]
            absent = ("  " + _("expected later"), "$warning") if not seat.present else ""
            rows.append(
                (
                    str(index),
                    joined(
                        (f"{sign} ", "$accent"),
                        (seat.name, "bold"),
                        (f"  {self._role_name(seat.role)}", "$quiet"),
                        absent,
                    ),
                )
            )
        self.query_one("#people", Entries).show(rows)
        self.query_one("#people-hint", Static).update(plain(self._people_hint()))
        said = self.query_one("#end-line", LineField).said
        now = self.context.clock.wall()
        end = understand_hour(said, now)
        understood = (
            _("the promised end is {time}").format(time=clock(end, now)) if end else _("? as in 11:30") if said else ""
        )
        self.query_one("#end-understood", Static).update(plain(understood))
        self.query_one("#preview", Static).update(self._preview(end))
        self.query_one("#setup-message", Static).update(plain("\n".join(self._kit_list.faults), "$error"))

    def _people_hint(self) -> str:
        kit = self.kit
        count = len(self.plan.seats)
        if kit and kit.group_size and count and not kit.group_size.min <= count <= kit.group_size.max:
            return _("{n} here; this kit suits {min} to {max} people. You decide.").format(
                n=count, min=kit.group_size.min, max=kit.group_size.max
            )
        return _("In the list: Space changes the role, Enter who is expected later, Delete takes out.")

    def _opening(self, end: float | None) -> Opened | None:
        kit = self.kit
        if kit is None:
            return None
        wall = self.context.clock.wall()
        return gestures.open_workshop(
            kit, wall, language(), title=self.plan.title, people=self.plan.seats, hard_end=end
        )

    def _preview(self, end: float | None) -> Content:
        """The timetable of the workshop, started now."""
        opening = self._opening(end)
        if opening is None:
            return plain(_("The kits are being read…"), "$quiet")
        state = opened(opening)
        pieces: list[Piece] = [(in_language(opening.kit.title, language()), "bold"), "\n"]
        if summary := in_language(opening.kit.summary, language()):
            pieces += [(summary, "$quiet"), "\n"]
        pieces.append("\n")
        for slot in timing.timetable(state, 0.0):
            who = f" · {slot.play.offeror}" if slot.play.round and slot.play.offeror else ""
            minutes = (
                _("{n} min").format(n=round((slot.play.budget or 0) / 60)) if slot.play.budget is not None else "∞"
            )
            pieces += [
                (clock(state.origin + slot.begins), "$quiet"),
                f"  {slot.play.title}{who}",
                (f"  {minutes}", "$quiet"),
                "\n",
            ]
        predicted = timing.predicted_end(state, 0.0)
        ends = clock(state.origin + predicted, state.origin)
        pieces += ["\n", (_("Started now, it ends at {time}.").format(time=ends), "bold")]
        if end is not None:
            spare = end - state.origin - predicted
            if end <= state.origin - 60:
                pieces += ["\n", (_("That hour is past."), "$warning")]
            if timing.is_late(state, 0.0):
                text = _("That is {length} after the promised end: choose a shorter form, or keep the end as you go.")
                pieces += ["\n", (text.format(length=length(spare)), "$warning")]
            else:
                pieces += ["\n", (_("{length} to spare.").format(length=length(spare)), "$success")]
        return joined(*pieces)

    def focus_home(self) -> None:
        """Put the cursor onto the kits."""
        self.query_one("#kits").focus()

    # -- choosing

    @on(OptionList.OptionSelected, "#kits")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _sep, name = (event.option.id or "").partition(":")
        plan = self.plan
        if kind == "broken":
            self._edit(Path(name))
            return
        if kind == "kit":
            # choosing the kit itself resets the preset; its options stay
            plan = replace(plan, kit=name, preset="", options=plan.options if name == plan.kit else ())
        elif kind == "preset":
            plan = replace(plan, preset="" if plan.preset == name else name)
        elif kind == "option":
            options = tuple(o for o in plan.options if o != name) if name in plan.options else (*plan.options, name)
            plan = replace(plan, options=options)
        self.plan = plan
        self._refresh()

    @on(LineField.Typed)
    def _typed(self, event: LineField.Typed) -> None:
        event.stop()
        self._take_lines()
        self._refresh()

    def _take_lines(self) -> None:
        self.plan = replace(
            self.plan,
            title=self.query_one("#title-line", LineField).said,
            end=self.query_one("#end-line", LineField).said,
        )

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "title-line":
            self.query_one("#end-line").focus()
        elif event.input.id == "end-line":
            self.query_one("#name-line").focus()
        else:
            self.add_names(self.query_one("#name-line", LineField).said)
            self.query_one("#name-line", LineField).load("")
        self._take_lines()
        self._refresh()

    def add_names(self, said: str) -> None:
        """Add one name, or several with commas; the first person of all gets the lead if the kit has one."""
        led = self.kit is None or self.kit.led
        self.plan = replace(self.plan, seats=roles.with_names(self.plan.seats, said, led=led))

    def _seat(self, seats: tuple[Seat, ...]) -> None:
        self.plan = replace(self.plan, seats=seats)
        self._refresh()

    def _current(self) -> int | None:
        current = self.query_one("#people", Entries).current
        return int(current) if current else None

    def do_role(self) -> None:
        """Give the person the next role that is free."""
        index = self._current()
        if index is not None:
            self._seat(roles.with_next_role(self.plan.seats, index))

    def do_remove_person(self) -> None:
        """Remove the person from the list."""
        index = self._current()
        if index is not None:
            self._seat(tuple(s for i, s in enumerate(self.plan.seats) if i != index))

    @on(OptionList.OptionSelected, "#people")
    def _expected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        index, seats = int(event.option.id or 0), self.plan.seats
        seat = replace(seats[index], present=not seats[index].present)
        self._seat((*seats[:index], seat, *seats[index + 1 :]))

    def on_key(self, event: Key) -> None:
        """Handle the keys of the list of people."""
        if not self.query_one("#people", Entries).has_focus:
            return
        if event.key == "space":
            event.stop()
            self.do_role()
        elif event.key in ("delete", "backspace"):
            event.stop()
            self.do_remove_person()

    def do_edit_kit(self) -> None:
        """Edit the kit highlighted, else the one chosen; of a shipped kit, a copy for the group."""
        kind, _sep, name = self.query_one("#kits", Entries).current.partition(":")
        listed = self.query_one("#kits").has_focus
        if kind == "broken" and listed:
            self._edit(Path(name))
            return
        wanted = name if kind == "kit" and listed else self.plan.kit
        kit = next((k for k in self._kits if k.id == wanted), None)
        if kit is None:
            return
        path = self._kit_list.files[kit.id]
        if path.parent == self.context.workspace.kits:
            self._edit(path)
        else:
            self.ask(copy_title(kit, lambda said: self._edit(path, said)))

    def _edit(self, path: Path, title: str = "") -> None:
        self._editing_kit = True
        kit = self.context.navigator.open_kit_editor(path, title)
        if kit is not None:
            self.plan = replace(self.plan, kit=kit.id)

    def do_leave(self) -> None:
        """Return home without beginning."""
        self.app.pop_screen()

    def do_begin(self) -> None:
        """Open the workshop; its first step begins on the live screen."""
        self.add_names(self.query_one("#name-line", LineField).said)
        self._take_lines()
        end = understand_hour(self.plan.end, self.context.clock.wall())
        opening = self._opening(end)
        # if the kits are still being read, begin as soon as they are
        self._begin_when_read = opening is None and not self._kits
        if opening is not None:
            self.context.navigator.begin(opening)
