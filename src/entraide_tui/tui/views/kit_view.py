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

    from entraide_tui.kits.model import Kit, LocalText, Minutes, Step, WordLists
    from entraide_tui.kits.own_kit import KnownKit

Rows = list[tuple[str, "Content"]]
INFINITE = "∞"


def words_of(words: LocalText) -> str:
    """A text in the current language."""
    return in_language(words, language())


def three(minutes: Minutes | None) -> str:
    """Minutes as they are typed: 5/10/20."""
    return "/".join(decimal(n) for n in (minutes.min, minutes.usual, minutes.max)) if minutes else ""


def length(minutes: float) -> str:
    """A number of minutes with its unit: `85 min`."""
    return _("{n} min").format(n=decimal(minutes))


def rows(kit: Kit) -> Rows:
    """A row for the kit itself, then one for each step: number, usual minutes, fewest and most, title."""
    out: Rows = [("kit", plain(words_of(kit.title), "bold $accent"))]
    spans = [f"{decimal(s.minutes.min)}–{decimal(s.minutes.max)}" if s.minutes else "" for s in kit.steps]
    width = max(map(len, spans))
    for number, (step, span) in enumerate(zip(kit.steps, spans, strict=True), 1):
        usual = decimal(step.minutes.usual) if step.minutes else INFINITE
        again = ("  ↻", "$quiet") if step.repeat == "offeror" else ""
        figures = ((f"{number:>2} ", "$quiet"), (f"{usual:>4}", "bold"), (f"  {span:<{width}}  ", "$quiet"))
        out.append((f"step:{step.id}", joined(*figures, words_of(step.title), again)))
    return out


def faults(known: KnownKit) -> Rows:
    """A row for each fault of a kit; its id holds the line of the file."""
    serious = enumerate(f for f in known.findings if f.serious)
    return [(f"fault:{f.line}:{n}", joined(("✗ ", "$error"), f.told())) for n, f in serious]


def whole(kit: Kit) -> str:
    """The total minutes of a kit."""
    said = length(total(kit))
    return (
        many("{minutes} for {n} turn", "{minutes} for {n} turns", kit.askers).format(minutes=said, n=kit.askers)
        if kit.repeats
        else said
    )


def presets(kit: Kit, *, short: bool) -> str:
    """The total minutes of each preset."""
    return " · ".join(
        _("{preset}: {minutes}").format(preset=p.id if short else words_of(p.title), minutes=length(total(kit, p.id)))
        for p in kit.presets
    )


def about_kit(kit: Kit, known: KnownKit, file: str) -> list[Content]:
    """What the kit says of itself, what may be missing in it, and its file."""
    out = [plain(words_of(kit.title), "bold $accent"), plain(words_of(kit.summary)), plain("")]
    out += [joined(("▲ ", "$warning"), f.what) for f in known.findings]
    origins = (words_of(kit.based_on), words_of(kit.credits), kit.licence)
    return [*out, *(plain(said, "$quiet") for said in origins if said), plain(file, "$quiet")]


def about_step(kit: Kit, step: Step) -> list[Content]:
    """What a step is for, how long it takes in each preset, and its sentences."""
    out = [plain(words_of(step.title), "bold $accent")]
    if purpose := words_of(step.purpose):
        out.append(plain(purpose, "italic"))
    for preset in kit.presets:
        if step.id in preset.minutes:
            minutes = preset.minutes[step.id]
            said = length(minutes) if minutes else _("left out")
            out.append(plain(_("{preset}: {minutes}").format(preset=words_of(preset.title), minutes=said), "$quiet"))
    lists: tuple[tuple[str, str, WordLists], ...] = (
        (_("You can say"), "bold $primary", step.say),
        (_("Watch"), "bold $success", step.watch),
        (_("Avoid"), "bold $warning", step.avoid),
    )
    for heading, style, words in lists:
        if lines := lines_in(words, language()):
            out += [plain(""), plain(heading, style), *(joined(("· ", "$quiet"), line) for line in lines)]
    return out
