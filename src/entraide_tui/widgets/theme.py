"""The colours, one meaning each.

primary: the current step; accent: people; success: done, saved, chosen; warning: worth a look; error: time is up, or
not saved.
"""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="entraide",
    primary="#8ab4f8",
    secondary="#8ab4f8",
    accent="#d7a6e8",
    success="#8fd19e",
    warning="#f2c572",
    error="#ff8a80",
    foreground="#e6e6e6",
    background="#14171c",
    surface="#1b1f26",
    panel="#1f242c",
    boost="#262c36",
    dark=True,
    variables={"quiet": "#9aa4b1"},
)
