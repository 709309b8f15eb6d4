"""The texts of the kit editor: the rows of a kit, its totals, and what a step says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, language, many
from entraide_tui.kits.editing import total
from entraide_tui.kits.model import in_language, lines_in
from entraide_tui.widgets.moments import decimal
from entraide_tui.widgets.plain import joined, plain

if TYPE_CHECKING:
    from textual.content import Content

    from entraide_tui.kits.model import Kit, LocalLines, LocalText, Minutes, Step
    from entraide_tui.kits.own_kit import KitSnapshot

Rows = list[tuple[str, "Content"]]
INFINITE = "∞"


def text_of(text: LocalText) -> str:
    """A text in the current language."""
    return in_language(text, language())


def minutes_text(minutes: Minutes | None) -> str:
    """Minutes as they are typed: 5/10/20."""
    return "/".join(decimal(n) for n in (minutes.min, minutes.usual, minutes.max)) if minutes else ""


def length(minutes: float) -> str:
    """A number of minutes with its unit: `85 min`."""
    return _("{n} min").format(n=decimal(minutes))


def rows(kit: Kit) -> Rows:
    """A row for the kit itself, then one for each step: number, usual minutes, fewest and most, title."""
    out: Rows = [("kit", plain(text_of(kit.title), "bold $accent"))]
    spans = [f"{decimal(s.minutes.min)}–{decimal(s.minutes.max)}" if s.minutes else "" for s in kit.steps]
    width = max(map(len, spans))
    for number, (step, span) in enumerate(zip(kit.steps, spans, strict=True), 1):
        usual = decimal(step.minutes.usual) if step.minutes else INFINITE
        again = ("  ↻", "$quiet") if step.repeat == "offeror" else ""
        figures = ((f"{number:>2} ", "$quiet"), (f"{usual:>4}", "bold"), (f"  {span:<{width}}  ", "$quiet"))
        out.append((f"step:{step.id}", joined(*figures, text_of(step.title), again)))
    return out


def faults(known: KitSnapshot) -> Rows:
    """A row for each fault of a kit; its id holds the line of the file."""
    serious = enumerate(f for f in known.findings if f.serious)
    return [(f"fault:{f.line}:{n}", joined(("✗ ", "$error"), f.as_line())) for n, f in serious]


def total_text(kit: Kit) -> str:
    """The total minutes of a kit."""
    minutes = length(total(kit))
    return (
        many("{minutes} for {n} turn", "{minutes} for {n} turns", kit.askers).format(minutes=minutes, n=kit.askers)
        if kit.repeats
        else minutes
    )


def presets(kit: Kit, *, short: bool) -> str:
    """The total minutes of each preset."""
    return " · ".join(
        _("{preset}: {minutes}").format(preset=p.id if short else text_of(p.title), minutes=length(total(kit, p.id)))
        for p in kit.presets
    )


def about_kit(kit: Kit, known: KitSnapshot, file: str) -> list[Content]:
    """What the kit says of itself, what may be missing in it, and its file."""
    out = [plain(text_of(kit.title), "bold $accent"), plain(text_of(kit.summary)), plain("")]
    out += [joined(("▲ ", "$warning"), f.what) for f in known.findings]
    origins = (text_of(kit.based_on), text_of(kit.credits), kit.licence)
    return [*out, *(plain(origin, "$quiet") for origin in origins if origin), plain(file, "$quiet")]


def about_step(kit: Kit, step: Step) -> list[Content]:
    """What a step is for, how long it takes in each preset, and its sentences."""
    out = [plain(text_of(step.title), "bold $accent")]
    if purpose := text_of(step.purpose):
        out.append(plain(purpose, "italic"))
    for preset in kit.presets:
        if step.id in preset.minutes:
            minutes = preset.minutes[step.id]
            duration = length(minutes) if minutes else _("left out")
            out.append(plain(_("{preset}: {minutes}").format(preset=text_of(preset.title), minutes=duration), "$quiet"))
    lists: tuple[tuple[str, str, LocalLines], ...] = (
        (_("You can say"), "bold $primary", step.say),
        (_("Watch"), "bold $success", step.watch),
        (_("Avoid"), "bold $warning", step.avoid),
    )
    for heading, style, sentences in lists:
        if lines := lines_in(sentences, language()):
            out += [plain(""), plain(heading, style), *(joined(("· ", "$quiet"), line) for line in lines)]
    return out
