"""The script of steps: done, now, to come, with planned and real minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from entraide_tui.ground.text import visible
from entraide_tui.tui.plain import joined
from entraide_tui.workshop import timing

if TYPE_CHECKING:
    from entraide_tui.workshop.state import Play, Session


def minutes(seconds: float) -> str:
    """Whole minutes, as a script shows them."""
    return str(round(seconds / 60))


def sign(session: Session, play: Play) -> tuple[str, str]:
    """Its state in one character, with a colour."""
    if play.key == session.current:
        return "▶", "bold $primary"
    if play.outcome == "skipped":
        return "–", "$text-muted"
    if play.outcome == "done":
        return "✓", "$success"
    behind = session.plays.index(play) < session.place
    return ("·", "$text-muted") if not behind else ("○", "$text-muted")


class Script(Widget):
    """One row for each step; a click goes there."""

    DEFAULT_CSS = "Script { height: 1fr; padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._content = Content("")
        self._rows: list[str] = []

    def show(self, session: Session, now: float, width: int) -> None:
        """Draws again only what changed."""
        content = Content("\n").join(self._row(session, play, now, width) for play in session.plays)
        if content != self._content:
            self._content = content
            self.refresh(layout=True)

    @staticmethod
    def _row(session: Session, play: Play, now: float, width: int) -> Content:
        mark, style = sign(session, play)
        current = play.key == session.current
        took = timing.spent(session, play, now)
        real = minutes(took) if play.outcome == "done" and took else ""
        foreseen = minutes(play.budget) if play.budget is not None else "∞"
        changed = play.budget is not None and play.planned is not None and abs(play.budget - play.planned) >= 30
        title = f"{play.title} · {play.offeror}" if play.round else play.title
        room = max(4, width - 11)
        title = visible(title)
        if len(title) > room:
            title = title[: room - 1] + "…"
        body = "bold" if current else "$text-muted" if play.outcome != "to come" else ""
        figures = f"{real:>3}/{foreseen:<3}" if real else f"{foreseen:>4}{'*' if changed else ' '}  "
        row = joined((f"{mark} ", style), (f"{title:<{room}}", body), (f" {figures}", "$text-muted" if not current else "bold"))
        return Content.from_markup(f"[@click=screen.go({session.plays.index(play)})]$row[/]", row=row)

    def render(self) -> Content:
        """The rows."""
        return self._content
