"""Fit the poster on one page: reduce the font size first, then cut the longest texts with “…”.

Typst measures the PDF exactly; for HTML the height is a conservative estimate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from entraide_tui.common.errors import InputError
from entraide_tui.common.i18n import _
from entraide_tui.exports import print_fit

if TYPE_CHECKING:
    from entraide_tui.exports.typesetter import Typesetter
    from entraide_tui.exports.view import View


class _Most(NamedTuple):
    """The largest widths of texts, in em (an ordinary letter takes about half of one).

    `least` is the smallest font size, as a fraction of the usual one.
    """

    purpose: float
    title: float
    head: float
    credits: float
    name: float
    least: float = 0.6


_LEVELS = (
    _Most(260, 80, 200, 500, 30),
    _Most(130, 50, 130, 400, 24),
    _Most(80, 38, 90, 300, 20),
    _Most(50, 30, 60, 200, 16),
    _Most(24, 24, 40, 120, 12, 0.5),
    _Most(0, 24, 40, 120, 12, 0.4),
    _Most(0, 24, 40, 120, 12, 0.2),
    _Most(0, 14, 24, 80, 0, 0.2),
)
_WIDEST = 8_000.0
"""Em; more text than this fits on no page, so the level is not tried."""


def printed(values: View, typesetter: Typesetter) -> tuple[View, bytes]:
    """The values as shown, and the PDF. Raises InputError if the poster can't be made to fit."""
    from entraide_tui.exports.pdf import pages_of

    low, high = _first(values), len(_LEVELS)
    fitting: tuple[View, bytes] | None = None
    middle = low  # the longest first, then bisection, since each attempt is slow
    while low <= high:
        shown = _shortened(values, middle)
        data = typesetter.set({"sheet": shown, "recap": None})
        if pages_of(data) == 1:
            fitting, high = (shown, data), middle - 1
        else:
            low = middle + 1
        middle = (low + high) // 2
    if fitting is None:
        raise InputError(
            _("this kit does not hold on one page, not even when its texts are cut. Print its sheet instead.")
        )
    return fitting


def sized(values: View) -> tuple[View, float]:
    """The values as shown, and the font size in points at which a browser prints them on one sheet."""
    shown = values
    for level in range(_first(values), len(_LEVELS) + 1):
        shown = _shortened(values, level)
        for size in _SIZES:
            if size >= _USUAL * shown["least"] and _height(shown, size) <= _HEIGHT:
                return shown, size * (1.414 if values["paper"] == "a3" else 1)
    return shown, _SIZES[-1]


def _first(values: View) -> int:
    """The first level whose texts are not too long to try."""
    for level in range(len(_LEVELS)):
        shown = _shortened(values, level)
        texts = [step[key] for step in shown["steps"] for key in ("title", "purpose")]
        texts += [shown[key] for key in ("title", "whom", "what", "credits", "based_on", "licence")]
        if sum(map(print_fit.width, texts)) <= _WIDEST:
            return level
    return len(_LEVELS)


def _shortened(values: View, level: int) -> View:
    """The poster cut to a level, with a notice if anything was cut; level 0 is uncut."""
    if not level:
        return {**values, "least": 0.6}
    most = _LEVELS[level - 1]
    tight = {"again": "", "manner": "", "who": []}
    steps = [
        {
            **step,
            "title": _cut(step["title"], most.title),
            "purpose": _cut(step["purpose"], most.purpose),
            **(
                {
                    "again": _cut(step["again"], most.title),
                    "who": [{**role, "name": _cut(role["name"], most.name)} for role in step["who"]],
                }
                if most.name
                else tight
            ),
        }
        for step in values["steps"]
    ]
    out = {
        **values,
        **{key: _cut(values[key], most.head) for key in ("title", "summary", "whom", "what")},
        **{key: _cut(values[key], most.credits) for key in ("credits", "based_on", "licence")},
        "roles": [{**role, "name": _cut(role["name"], most.name or 8)} for role in values["roles"]],
        "total": {**values["total"], "beside": _cut(values["total"]["beside"], most.head)},
        "steps": steps,
    }
    cut = out != values
    out["least"] = most.least
    if cut:
        sentence = _("Shortened to hold on one page; the whole is in the kit and on its step-by-step sheet.")
        out["notice"] = f"{sentence} {values['notice']}".rstrip()
    return out


def _cut(text: str, most: float) -> str:
    """Cut a text to `most` em, ending it with “…”."""
    if print_fit.width(text) <= most and len(text) <= 3 * most:
        return text
    if most <= 0:
        return ""
    used, at = 1.0, 0  # the width of the “…”
    for at, letter in enumerate(text):
        used += print_fit.width(letter)
        if used > most or at >= 3 * most:
            break
    return text[:at].rstrip() + "…"


_HEIGHT = 760.0
"""Points: the height of an A4 sheet within the margins of the style, less the rounding of browsers."""
_WIDTH = 570.0
"""Points; wider than the page, because `print_fit` assumes sans-serif fonts and the poster's are narrower."""
_SIZES = [s / 4 for s in range(68, 15, -1)]
_USUAL = 12
_LINE = 1.4


def _height(values: View, size: float) -> float:
    """The height of the poster, in points, at a font size in points."""
    em = _WIDTH / size

    def text(content: str, wide: float, scale: float = 1.0) -> float:
        return print_fit.lines(content, wide / scale) * _LINE * scale if content else 0.0

    head = text(values["title"], em * 0.7, 2.4) + text(values["whom"], em - 8) + text(values["what"], em - 8)
    head = max(head, 6.0) + (text(values["summary"], em) if not values["whom"] + values["what"] else 0) + 6
    total = head + text(values["total"]["beside"], em * 0.3)
    for step in values["steps"]:
        who = " · ".join([*(role["name"] for role in step["who"]), step["manner"], step["again"]])
        total += text(step["title"] + " " + who, em - 13, 1.2) + text(step["purpose"], em - 13) + 0.75
    total += sum(text(rule, em / 2 - 3) for rule in values["frame"]) / 2 + 5.5
    total += sum(text(values[key], em, 0.62) for key in ("credits", "based_on", "licence", "notice")) + 2
    return total * size
