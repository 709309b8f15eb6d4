"""Few colours, and each can be read."""

from __future__ import annotations

import pytest
from textual.color import Color

from entraide_tui.widgets.theme import THEME

GROUNDS = ("background", "surface", "panel", "boost")
INKS = ("foreground", "primary", "accent", "success", "warning", "error")


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2.1, from 1 to 21."""

    def luminance(color: Color) -> float:
        parts = [c / 255 for c in color.rgb]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", [*INKS, "quiet"])
def test_every_ink_is_readable_on_every_ground(ink: str, ground: str) -> None:
    colour = THEME.variables["quiet"] if ink == "quiet" else getattr(THEME, ink)
    assert contrast(Color.parse(colour), Color.parse(getattr(THEME, ground))) >= 4.5
