"""The poster is one page, whatever the kit holds: its letters shrink first, then its longest texts end with “…”.

Typst measures for itself; of a page that a browser prints, the height is an estimate on the safe side.
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
    """How wide texts may be, in letters' sizes; an ordinary letter takes about half of one.

    `least` is how small letters may become, as a part of their usual size.
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
"""Letters' sizes that no page can hold: not worth a try."""


def printed(values: View, press: Typesetter) -> tuple[View, bytes]:
    """The values as they are shown, and the PDF. Raises UserError."""
    from entraide_tui.exports.pdf import pages_of

    low, high = _first(values), len(_LEVELS)
    found: tuple[View, bytes] | None = None
    middle = low  # the longest first, then the longest that holds: halving, for each try takes its time
    while low <= high:
        shown = _shortened(values, middle)
        data = press.set({"sheet": shown, "recap": None})
        if pages_of(data) == 1:
            found, high = (shown, data), middle - 1
        else:
            low = middle + 1
        middle = (low + high) // 2
    if found is None:
        raise InputError(
            _("this kit does not hold on one page, not even when its texts are cut. Print its sheet instead.")
        )
    return found


def sized(values: View) -> tuple[View, float]:
    """The values and the size of the letters, in points, at which a browser prints them on one A4 sheet."""
    shown = values
    for level in range(_first(values), len(_LEVELS) + 1):
        shown = _shortened(values, level)
        for size in _SIZES:
            if size >= _USUAL * shown["least"] and _height(shown, size) <= _HEIGHT:
                return shown, size * (1.414 if values["paper"] == "a3" else 1)
    return shown, _SIZES[-1]


def _first(values: View) -> int:
    """The first level that is worth a try."""
    for level in range(len(_LEVELS)):
        shown = _shortened(values, level)
        texts = [step[key] for step in shown["steps"] for key in ("title", "purpose")]
        texts += [shown[key] for key in ("title", "whom", "what", "credits", "based_on", "licence")]
        if sum(map(print_fit.width, texts)) <= _WIDEST:
            return level
    return len(_LEVELS)


def _shortened(values: View, level: int) -> View:
    """The poster with its longest texts cut, and the sentence that says so; level 0 is the whole."""
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
                    "who": [{**one, "name": _cut(one["name"], most.name)} for one in step["who"]],
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
        "roles": [{**one, "name": _cut(one["name"], most.name or 8)} for one in values["roles"]],
        "total": {**values["total"], "beside": _cut(values["total"]["beside"], most.head)},
        "steps": steps,
    }
    cut = out != values
    out["least"] = most.least
    if cut:
        said = _("Shortened to hold on one page; the whole is in the kit and on its step-by-step sheet.")
        out["notice"] = f"{said} {values['notice']}".rstrip()
    return out


def _cut(text: str, most: float) -> str:
    """The beginning of a text, at most so many letters' sizes wide."""
    if print_fit.width(text) <= most and len(text) <= 3 * most:
        return text
    if most <= 0:
        return ""
    used, at = 1.0, 0  # the sign at the end takes its part
    for at, letter in enumerate(text):
        used += print_fit.width(letter)
        if used > most or at >= 3 * most:
            break
    return text[:at].rstrip() + "…"


_HEIGHT = 760.0
"""Points of an A4 sheet between the margins of the style, less what browsers round up."""
_WIDTH = 570.0
"""Wider than the page: `room` counts letters as wide as in sans-serif fonts, and these have serifs."""
_SIZES = [s / 4 for s in range(68, 15, -1)]
_USUAL = 12
_LINE = 1.4


def _height(values: View, size: float) -> float:
    """Points that the poster takes at that size of letters, in the layout of the style."""
    em = _WIDTH / size

    def text(said: str, wide: float, scale: float = 1.0) -> float:
        return print_fit.lines(said, wide / scale) * _LINE * scale if said else 0.0

    head = text(values["title"], em * 0.7, 2.4) + text(values["whom"], em - 8) + text(values["what"], em - 8)
    head = max(head, 6.0) + (text(values["summary"], em) if not values["whom"] + values["what"] else 0) + 6
    total = head + text(values["total"]["beside"], em * 0.3)
    for step in values["steps"]:
        who = " · ".join([*(one["name"] for one in step["who"]), step["manner"], step["again"]])
        total += text(step["title"] + " " + who, em - 13, 1.2) + text(step["purpose"], em - 13) + 0.75
    total += sum(text(rule, em / 2 - 3) for rule in values["frame"]) / 2 + 5.5
    total += sum(text(values[key], em, 0.62) for key in ("credits", "based_on", "licence", "notice")) + 2
    return total * size
