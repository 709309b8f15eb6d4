"""The card that chooses among the entries of an earlier list: a topic, or ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static

from entraide_tui.common.i18n import _, many
from entraide_tui.widgets.cards.base import CardView, Entries
from entraide_tui.widgets.line import LineField
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import WrappedText
from entraide_tui.workshop import gestures

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.events import Key

    from entraide_tui.session.controller import Gesture
    from entraide_tui.widgets.draft_field import DraftField
    from entraide_tui.workshop.state import Item


class PickCard(CardView):
    """The entries to choose from; below, the ideas chosen, in the offeror's own words."""

    DEFAULT_CSS = """
    PickCard > #entries { height: auto; max-height: 60%; }
    PickCard > #kept { height: auto; max-height: 8; margin: 1 0 0 0; }
    """

    def compose(self) -> ComposeResult:
        """Yield the list, then the ideas and a line for another one."""
        yield Static(plain(self.prompt()), classes="prompt")
        yield Entries(id="entries")
        yield Vertical(id="kept")
        if self._ideas:
            with Horizontal(classes="row"):
                yield Static(plain("+ "), classes="label")
                yield LineField(
                    self.live.state.drafts.get(f"{self.play.key}.own", ""),
                    _("another idea, in your own words"),
                    id="own",
                )
        yield WrappedText(classes="hint", id="hint")

    def on_mount(self) -> None:
        """Show the current state."""
        self.refresh_from_state()

    @property
    def _ideas(self) -> bool:
        return self.card.fills == "ideas"

    def _items(self) -> list[Item]:
        return list(self.live.state.in_section(self.card.from_, self.play.round))

    def _chosen(self, item: Item) -> bool:
        return bool(gestures.kept_from(self.live.state, item.id)) if self._ideas else item.chosen

    def _drawn(self, item: Item) -> Content:
        chosen = self._chosen(item)
        votes = (many("{n} vote", "{n} votes", item.votes).format(n=item.votes) + "  ") if item.votes else ""
        return joined(
            ("● " if chosen else "○ ", "bold $success" if chosen else "$quiet"),
            (votes, "$warning"),
            (f"{item.by} " if item.by else "", "bold $accent"),
            (item.text, "bold" if chosen else ""),
        )

    def refresh_from_state(self) -> None:
        """Show the entries, the ideas chosen, and a hint."""
        self.query_one("#entries", Entries).show([(i.id, self._drawn(i)) for i in self._items()])
        if self._ideas:
            self._refresh_ideas()
        self.query_one("#hint", WrappedText).show(plain(self._hint()))

    def _hint(self) -> str:
        if not self._items():
            return (
                _("Nothing was written in the earlier list; that is no fault: type it here, or go on.")
                if self._ideas
                else _("No topic was written; go back a step to write one, or go on.")
            )
        if self.card.how == "votes":
            return _("↑↓ then Enter to choose · + and − count the votes")
        if self.card.max == 1:
            return _("↑↓ then Enter to choose")
        return _("↑↓ then Enter to keep or leave · Tab to put it in the offeror’s own words ({min} to {max})").format(
            min=self.card.min, max=self.card.max
        )

    def _refresh_ideas(self) -> None:
        container = self.query_one("#kept", Vertical)
        ideas = self.live.state.in_section("ideas", self.play.round)
        shown = {w.id: w for w in container.query(LineField)}
        wanted = [f"idea-{i.id}" for i in ideas]
        if list(shown) != wanted:
            with self.app.batch_update():
                container.remove_children()
                container.mount_all(
                    Horizontal(
                        Static(plain(f"{number} "), classes="label"),
                        LineField(i.text, id=f"idea-{i.id}"),
                        classes="row",
                    )
                    for number, i in enumerate(ideas, 1)
                )
            return
        for idea in ideas:
            line = shown[f"idea-{idea.id}"]
            if not line.has_focus:
                line.load(idea.text)

    def focus_first(self) -> None:
        """Put the cursor onto the list; into the line if the list is empty."""
        entries = self.query_one("#entries", Entries)
        if self._ideas and not self._items():
            self.query_one("#own", LineField).focus()
        else:
            entries.focus()
            if entries.highlighted is None and entries.option_count:
                entries.highlighted = 0

    @on(OptionList.OptionSelected, "#entries")
    def _toggled(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        item = event.option.id or ""
        if self._ideas:
            self.intend(lambda s: gestures.keep_idea(s.state, s.now(), item, s.id_for("k")))
        else:
            self.intend(lambda s: gestures.choose_topic(s.state, s.now(), item))

    def on_key(self, event: Key) -> None:
        """Count votes with + and −; choose with Space as with Enter."""
        entries = self.query_one("#entries", Entries)
        if not entries.has_focus or not entries.current:
            return
        item = entries.current
        if event.character in ("+", "-", "−"):
            event.stop()
            votes = 1 if event.character == "+" else -1
            self.intend(lambda s: gestures.vote(s.state, s.now(), item, votes))
        elif event.key == "space":
            event.stop()
            entries.action_select()

    def gesture_for(self, field: DraftField) -> Gesture:
        """The gesture that rewords an idea, or stores a new one as a draft."""
        said = field.said
        if field.id == "own":
            name = f"{self.play.key}.own"
            return lambda s: gestures.draft(s.state, s.now(), name, said)
        idea = (field.id or "").removeprefix("idea-")
        return lambda s: gestures.reword_idea(s.state, s.now(), idea, said)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id != "own":
            self.query_one("#own", LineField).focus()
            return
        line = self.query_one("#own", LineField)
        text, field = line.said, f"{self.play.key}.own"
        if text:
            line.load("")
            self.intend(lambda s: gestures.add_idea(s.state, s.now(), s.id_for("k"), text))
            self.intend(lambda s: gestures.draft(s.state, s.now(), field, ""))
