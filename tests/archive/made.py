"""What these tests share: invented kits, people, sessions, and texts of all kinds."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from entraide_tui.common.clock import InventedClock
from entraide_tui.common.text import clean
from entraide_tui.common.workspace import Workspace
from entraide_tui.kits import catalogue
from entraide_tui.kits.model import Card, Kit, Minutes, Step
from entraide_tui.session.journal_lines import JournalEntry, encode
from entraide_tui.session.live_session import LiveSession
from entraide_tui.workshop import events as e

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOON = 1_795_258_800.0
"""21 November 2026, 12:00 in Paris."""

HOSTILE = (
    "[/x] [@click=app.quit]x[/] <script>alert(1)</script> =1+1 #let $x$ \u202e \x1b]0;X\x07 \x9b2J \x00 \x7f \r\n"
    ' `code` **fort** ![i](http://x.fr) \\ "quotes" \'\'\' """ 👩‍⚕️ œ e\u0301 \u2028 \ud800 &amp; {[( # = . ; ,'
)
_PIECES = [
    "é", "œ", "e\u0301", "👩‍⚕️", "\x1b[31m", "\x00", "\x9b", "\u202e", "\u2028", "\r\n", "\n",
    "\n\n", " ", "  ", "\t", "\ud800",
    '"', '"""', "'''", "'", "\\", "\\\\", "#", "# ", " #", "=", "[", "]", "{", "}", "[[ideas]]", "a.b.c",
    "<b>", "</b>", "&amp;", "&",
    "*", "**", "_", "__", "~~", "`", "```", "- ", "+ ", "1. ", "1) ", "> ", "---", "===", "|", "!", "![", "](x)",
    "http://x.fr", "https:",
    "www.x.fr", "x.fr", "a@b.fr", "mailto:a", "ftp://x", "//localhost", ":", "$", "^", "    ", "\u3000", "\u00a0",
    "mot", "Léa", "?", "%",
]  # fmt: skip


def texts(*, lines: bool = True, most: int = 12) -> st.SearchStrategy[str]:
    """What people may type or paste, as it is after the gate."""
    raw = st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=most).map("".join)
    return raw.map(lambda text: clean(text, lines=lines))


def small_kit() -> Kit:
    """Two steps, no more."""
    return Kit(
        format=1,
        id="petit",
        version=1,
        title={"fr": "Petit atelier", "en": "Small workshop"},
        steps=(
            Step("ouverture", "Ouverture", minutes=Minutes(1, 2, 3), speaks=("contributor",), turns="round"),
            Step("demande", "Demande", minutes=Minutes(1, 5, 9), card=Card("text", "request")),
        ),
    )


@functools.cache
def shipped(name: str) -> Kit:
    """A kit that ships."""
    return catalogue.find(name, None)


SEATS = (
    e.Seat("Awa", "offeror"),
    e.Seat("Jean", "facilitator"),
    e.Seat("Inès"),
    e.Seat("Marc"),
    e.Seat("Paul", present=False),
)


def opening(kit: Kit | None = None, people: tuple[e.Seat, ...] = SEATS, title: str = "") -> e.Opened:
    """The first event."""
    return e.Opened(
        at=0.0,
        session="2026-11-21-essai-k7qm",
        origin=NOON,
        language="fr",
        kit=kit or small_kit(),
        title=title,
        people=people,
    )


def entries(events: Sequence[e.Event]) -> list[JournalEntry]:
    """As a journal holds them, with clocks that agree."""
    return [JournalEntry(x, NOON + x.at, 1000 + x.at) for x in events]


def journal_bytes(events: Sequence[e.Event]) -> bytes:
    """The whole file."""
    out, seed = b"", 0
    for number, entry in enumerate(entries(events), 1):
        line, seed = encode(entry, number, seed)
        out += line
    return out


def clock() -> InventedClock:
    """At noon."""
    return InventedClock(1000.0, NOON - 1000.0)


def create(
    folder: Path,
    time: InventedClock,
    *,
    kit: Kit | None = None,
    people: tuple[e.Seat, ...] = SEATS,
    title: str = "Relancer le comité",
) -> LiveSession:
    """A session, open, in a workspace of its own."""
    return LiveSession.create(Workspace(folder), time, kit or small_kit(), language="fr", title=title, people=people)
