"""The list of steps: done, current and to come, with planned and real minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from entraide_tui.common.text import visible
from entraide_tui.widgets.plain import joined
from entraide_tui.workshop import timing

if TYPE_CHECKING:
    from textual.events import Click

    from entraide_tui.workshop.state import Session, SessionStep


def minutes(seconds: float) -> str:
    """Seconds as whole minutes."""
    return str(round(seconds / 60))


def sign(session: Session, play: SessionStep) -> tuple[str, str]:
    """The state of a step as one sign, and its style."""
    if play.key == session.current:
        return "▶", "bold $primary"
    if play.outcome == "skipped":
        return "–", "$quiet"
    if play.outcome == "done":
        return "✓", "$success"
    behind = session.plays.index(play) < session.place
    return ("·", "$quiet") if not behind else ("○", "$quiet")


class StepList(Widget):
    """One row for each step; a click posts `Chosen`."""

    DEFAULT_CSS = "StepList { height: 1fr; padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1; }"
    ALLOW_SELECT = False

    class Chosen(Message):
        """A step was clicked, by its position from 0."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._content = Content("")

    def show(self, session: Session, now: float, width: int) -> None:
        """Show the steps at `now`, in seconds of session time; redraw only what changed."""
        content = Content("\n").join(self._row(session, play, now, width) for play in session.plays)
        if content != self._content:
            longer = content.plain.count("\n") != self._content.plain.count("\n")
            self._content = content
            self.refresh(layout=longer)

    @staticmethod
    def _row(session: Session, play: SessionStep, now: float, width: int) -> Content:
        mark, style = sign(session, play)
        current = play.key == session.current
        took = timing.spent(session, play, now)
        real = minutes(took) if play.outcome == "done" and took else ""
        foreseen = minutes(play.budget) if play.budget is not None else "∞"
        changed = play.budget is not None and play.planned is not None and abs(play.budget - play.planned) >= 30
        title = f"{play.title} · {play.offeror}" if play.round else play.title
        body = "bold" if current else "$quiet" if play.outcome != "to come" else ""
        figures = f"{real:>3}/{foreseen:<3}" if real else f"{foreseen:>4}{'*' if changed else ' '}  "
        room = max(4, width - len(figures) - 3)
        shown = joined((visible(title).replace("\n", " "), body)).truncate(room, ellipsis=True, pad=True)
        return joined((f"{mark} ", style), shown, (f" {figures}", "bold" if current else "$quiet"))

    def on_click(self, event: Click) -> None:
        """Post the step that was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is not None:
            self.post_message(self.Chosen(offset.y + round(self.scroll_y)))

    def render(self) -> Content:
        """The rows."""
        return self._content
