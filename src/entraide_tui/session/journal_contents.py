"""What can be read of a journal's file, and what is to be said of the rest."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, many
from entraide_tui.common.text import visible
from entraide_tui.session.journal_lines import JournalEntry, Recovered, decode, is_nothing, nothing, recover
from entraide_tui.workshop.events import Opened

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class JournalContents:
    """A journal as it was found.

    Attributes:
        entries: all that can be read; in the place of one that can't, one without effect.
        good: bytes of the good lines at its beginning.
        seed: of the line after these.
        rest: the bytes that can't be read.
        path: the file that was read: the one that goes on, when the first became untrustworthy.
        missing: how many entries can't be read.
        aside: where `rest` is kept, or will be as soon as the session goes on.
        guessed: whether the opening was put together from what else there is.
        damaged: the whole file, where good lines follow damaged ones; else empty.
    """

    entries: list[JournalEntry]
    good: int
    seed: int
    rest: bytes
    path: Path
    missing: int
    aside: Path
    guessed: bool = False
    damaged: bytes = b""

    @property
    def readable(self) -> int:
        """How many entries can be read."""
        return len(self.entries) - self.missing

    @property
    def damage(self) -> str:
        """What is to be said of it; nothing where all can be read."""
        said = []
        if self.missing:
            said.append(
                many(
                    "{n} entry could not be read; the rest is here. It is kept in {file}.",
                    "{n} entries could not be read; the rest is here. They are kept in {file}.",
                    self.missing,
                ).format(n=self.missing, file=visible(str(self.aside)))
            )
        if self.guessed:
            said.append(_("Its beginning could not be read whole: have a look at the title, the people and the steps."))
        return " ".join(said)


def contents_of(data: bytes, path: Path) -> JournalContents | None:
    """What can be read of a file; None if that is nothing."""
    entries, good, seed = decode(data)
    proven = Recovered([*entries], None, b"", len(data), 0) if good == len(data) else recover(data)
    held = proven.entries
    if not held or held[0] is None:
        from entraide_tui.session.lost_opening import put_together  # needs kits, which most journals do without

        opening = put_together(held, proven.opening, data[: data.find(b"\n") + 1] or data, path)
        if opening is None:
            return None
        held = [opening, *held[1:]]
    first = held[0]
    if first is None or not isinstance(first.event, Opened):
        return None
    whole: list[JournalEntry] = []
    for entry in held:
        whole.append(entry or nothing(whole[-1]))
    damaged = len(whole) > len(entries)
    missing = proven.entries.count(None) + proven.tail
    aside = aside_of(path, proven.offset, proven.rest)
    guessed = proven.opening is None and (not proven.entries or proven.entries[0] is None)
    return JournalContents(whole, good, seed, proven.rest, path, missing, aside, guessed, data if damaged else b"")


def filled(contents: JournalContents, other: JournalContents) -> JournalContents:
    """Return the contents with those entries that only another part of the same journal still holds."""
    pairs = list(zip(contents.entries, other.entries, strict=False))
    if any(one != two and not is_nothing(one) and not is_nothing(two) for one, two in pairs[1:]):
        return contents
    entries = [two if is_nothing(one) else one for one, two in pairs]
    filled = sum(map(is_nothing, contents.entries[: len(pairs)])) - sum(map(is_nothing, entries))
    if contents.guessed and not other.guessed:
        entries[0], filled = other.entries[0], filled + 1
    return replace(
        contents,
        entries=[*entries, *contents.entries[len(pairs) :]],
        missing=max(0, contents.missing - filled),
        guessed=contents.guessed and other.guessed,
    )


def aside_of(path: Path, offset: int, rest: bytes) -> Path:
    """The name under which the unreadable bytes of a journal are kept: always the same for the same."""
    return path.with_name(f"{path.name}.torn-{offset}-{zlib.crc32(rest) & 0xFFFF:04x}")
