"""The group's figures as lines of text: bars for the steps, columns for the months, counts for the themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from entraide_tui.archive.figures import ENOUGH, suggestion, timeline, whole_minutes
from entraide_tui.common.i18n import _, language, many
from entraide_tui.common.text import visible
from entraide_tui.widgets.plain import joined, plain
from entraide_tui.widgets.wrapped_text import wrap

if TYPE_CHECKING:
    from entraide_tui.archive.figures import Figures, KitFigures, Month, StepFigures

NARROW = 56
"""Windows of fewer cells across put a title above its bars, not beside them."""
LONGEST_TITLE = 30
SHORTEST, WIDEST = 8, 60
"""Cells of the longest bar; if there are fewer than the first, the span behind the bar is left out."""
MONTHS = 24
THEMES = 12
_EIGHTHS = " ▁▂▃▄▅▆▇█"


def figures_lines(figures: Figures, width: int) -> list[Content]:
    """All the pictures, for a width in cells."""
    out: list[Content] = []
    for kit in figures.kits:
        out += [*kit_picture(kit, width), Content("")]
    if figures.months:
        out += [*time_picture(figures, width), Content("")]
    if figures.themes:
        out += themes_picture(figures, width)
    return out


def _heading(title: str, besides: str, width: int) -> list[Content]:
    return wrap([joined((title, "bold $accent"), (f"  {besides}" if besides else "", "$quiet"))], width)


# -- steps


@dataclass(frozen=True, slots=True)
class _Room:
    """The cells that each part of a line gets: title, bar, figure.

    Attributes:
        beside: cells for the title; 0 if it stands above.
        cells: of the longest bar.
        most: the minutes of the longest bar.
        spans: whether the span stands behind the figure.
    """

    width: int
    beside: int
    cells: int
    number: int
    most: float
    spans: bool


def bar(minutes: float, most: float, cells: int, *, upper: bool) -> str:
    """A bar in half cells, of upper or lower half blocks, so that two stand close together."""
    halves = round(minutes / most * cells * 2) if most else 0
    if minutes > 0:
        halves = max(1, halves)
    full, half = ("▀", "▘") if upper else ("▄", "▖")
    return full * (halves // 2) + half * (halves % 2)


def kit_picture(kit: KitFigures, width: int) -> list[Content]:
    """The steps of a kit, each with two bars: the minutes planned and the minutes it usually took."""
    played = many("{n} session", "{n} sessions", kit.sessions).format(n=kit.sessions)
    out = _heading(kit.title or kit.kit or _("Other workshops"), played, width)
    legend = joined(
        ("▄▄ ", "$quiet"), (_("foreseen"), "$quiet"), "  ", ("▀▀ ", "$primary"), (_("usual, in minutes"), "$quiet")
    )
    out += wrap([legend], width)
    titles = [visible(step.title or step.step).replace("\n", " ") for step in kit.steps]
    # two cells between a title and its bar
    beside = min(max(map(cell_len, titles)), LONGEST_TITLE) + 2 if width >= NARROW else 0
    number = max(len(str(whole_minutes(m))) for s in kit.steps for m in (s.planned, s.usual)) + 1
    left = width - beside - number
    spans = max(len(_span(s)) for s in kit.steps) if beside else 0
    spans = spans if left - spans >= SHORTEST else 0
    cells = max(1, min(WIDEST, left - spans))
    room = _Room(width, beside, cells, number, max(max(s.planned, s.usual) for s in kit.steps), spans > 0)
    for step, title in zip(kit.steps, titles, strict=True):
        out += _step(step, title, room)
    if kit.sessions < ENOUGH:
        out += wrap([plain(_("From three sessions on, it stands here what would suit the next one."), "$quiet")], width)
    return out


def _span(step: StepFigures) -> str:
    """The shortest and longest minutes of a step, as a span; empty if they are equal."""
    low, high = whole_minutes(step.low), whole_minutes(step.high)
    return f"  {low}–{high}" if low != high else ""


def _step(step: StepFigures, title: str, room: _Room) -> list[Content]:
    out: list[Content] = []
    empty = " " * room.beside
    label = title + " " * (room.beside - cell_len(title))
    if cell_len(title) + 2 > room.beside:
        out += wrap([plain(title)], room.width)
        label = empty

    def row(before: str, minutes: float, style: str, after: str, *, upper: bool) -> Content:
        figure = str(whole_minutes(minutes)) if minutes else "–"
        drawn_ = bar(minutes, room.most, room.cells, upper=upper)
        return joined(before, (f"{drawn_:<{room.cells}}{figure:>{room.number}}", style), (after, "$quiet"))

    span = _span(step) if room.spans else ""
    out.append(row(label, step.planned, "$quiet", "", upper=False))
    out.append(row(empty, step.usual, "$primary", span, upper=True))
    if advice := suggestion(step):
        lines = wrap([plain(f"→ {advice}", "$warning")], room.width - room.beside)
        out += [joined(empty, line) for line in lines]
    return out


# -- months


def column(number: int, most: int, rows: int) -> list[str]:
    """A column two cells wide, from top to bottom, in eighths of a cell."""
    eighths = max(1, round(number / most * rows * 8)) if number else 0
    return [_EIGHTHS[min(8, max(0, eighths - 8 * (rows - 1 - row)))] * 2 for row in range(rows)]


def time_picture(figures: Figures, width: int) -> list[Content]:
    """Sessions, requests and actions, month by month."""
    rows: tuple[tuple[str, Callable[[Month], int]], ...] = (
        (_("Sessions"), lambda m: m.sessions),
        (_("Requests"), lambda m: m.requests),
        (_("Actions"), lambda m: m.actions),
    )
    beside = max(cell_len(name) for name, _count in rows) + 2 if width >= NARROW else 0
    cell = max(3, max(len(str(count(m))) for _name, count in rows for m in figures.months) + 1)
    most = max(1, min(MONTHS, (width - beside + 1) // cell))
    months = timeline(figures.months, most)
    if max(map(len, _axis(months, cell))) > width - beside:  # the last year is wider than its column
        months = timeline(figures.months, max(1, most - 1))
    earlier = any((m.year, m.month) < (months[0].year, months[0].month) for m in figures.months)
    span = many("the last {n} month", "the last {n} months", len(months)).format(n=len(months)) if earlier else ""
    out = _heading(_("Month by month"), span, width)
    high = 2 if beside else 1
    for name, count in rows:
        tallest = max(count(m) for m in months)
        if not beside:
            out.append(plain(name))
        columns = [column(count(m), tallest, high) for m in months]
        for row in range(high):
            label = f"{name if row == high - 1 else '':<{beside}}" if beside else ""
            out.append(joined(label, ("".join(f"{col[row]:<{cell}}" for col in columns).rstrip(), "$primary")))
        counts = "".join(f"{count(m) or '·':<{cell}}" for m in months)
        out.append(joined(" " * beside, (counts.rstrip(), "$quiet")))
    out += [joined(" " * beside, (line, "$quiet")) for line in _axis(months, cell)]
    totals = _("Actions: {all} planned; {done} done, {dropped} dropped, {open} open.").format(
        all=sum(m.actions for m in figures.months),
        done=sum(m.done for m in figures.months),
        dropped=sum(m.dropped for m in figures.months),
        open=sum(m.open for m in figures.months),
    )
    return [*out, *wrap([plain(totals)], width)]


def _axis(months: tuple[Month, ...], cell: int) -> list[str]:
    """The first letter of each month, and a line with each year below its first month."""
    from babel.dates import get_month_names

    names = get_month_names("narrow", context="stand-alone", locale=language())
    letters = "".join(f"{names[m.month]:<{cell}}" for m in months)
    years = ""
    for index, month in enumerate(months):
        soon = index == 0 and any(m.month == 1 for m in months[1:3])  # no room before the next year
        if (month.month == 1 or index == 0) and not soon:
            years = f"{years:<{index * cell}}{month.year}"
    return [letters.rstrip(), years]


# -- themes


def themes_picture(figures: Figures, width: int) -> list[Content]:
    """The themes, the most frequent first."""
    out = _heading(_("Themes that come back"), "", width)
    number = len(str(figures.themes[0].sessions))
    for theme in figures.themes[:THEMES]:
        times = many("{n} session", "{n} sessions", theme.sessions).format(n=f"{theme.sessions:>{number}}")
        out += wrap([joined((f"{times}  ", "$quiet"), theme.theme)], width)
    if len(figures.themes) > THEMES:
        out += wrap([plain(_("and {n} more").format(n=len(figures.themes) - THEMES), "$quiet")], width)
    return out
