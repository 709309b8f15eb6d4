"""What every format has: what it is called, how it is written, and how a written file is read again.

A file is read again to look for names before it leaves: a format without a reader can't be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from entraide_tui.archive.page.options import CORE, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record


class Segment(NamedTuple):
    """A text to look through.

    Attributes:
        called: the field or page; empty where lines are told, the first of which is `line`.
        rest: the same words once more, read otherwise: counts for names that were not found before.
    """

    text: str
    called: str = ""
    line: int = 1
    rest: bool = False


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What was asked for.

    Attributes:
        wall: seconds since 1970.
        options: what pages carry; `leave` adds what the page of each record carries already.
        recap: the name, without suffix, of one document about all records; empty: none is wanted.
        feelings: whether how people left goes out too, in the formats that carry it.
        full: whether a calendar says what is to do and who does it.
        listed: whether JSON is a list even of a single record.
        templates: the folder of the group's own look.
    """

    form: Format
    wall: float
    options: Options = CORE
    recap: str = ""
    feelings: bool = False
    full: bool = False
    listed: bool = False
    templates: Path | None = None

    @property
    def one_each(self) -> bool:
        """Return whether each record makes a file of its own."""
        return self.form.holds == "one" and not self.recap


if TYPE_CHECKING:
    Writer = Callable[[Sequence[Record], ExportRequest], bytes]
    Reader = Callable[[bytes], Iterator[Segment]]


@dataclass(frozen=True, slots=True)
class RecapFormat:
    """One document about several records.

    Attributes:
        words: what it is, marked for translation.
    """

    words: str
    write: Writer


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        holds: one record in each file, or all in one file.
        words: what it is, marked for translation.
        write: the bytes of a file; takes one record where `holds` is "one". Raises UserError.
        read_text: all texts in a finished file, as any other program would read them. Raises UserError.
        page: whether it is the record's page, and so carries what that carries.
        text: whether it can be shown in a terminal.
        feelings: whether it can carry how people left.
        full: what it is where `ExportRequest.full` makes a difference, marked for translation; else empty.
        breaks_words: whether a word of people may be broken anywhere at the end of a line.
        left_out: a sentence about what can't stand in it although one could think so; may be empty.
    """

    name: str
    holds: Literal["one", "many"]
    words: str
    write: Writer
    read_text: Reader
    recap: RecapFormat | None = None
    page: bool = False
    text: bool = True
    feelings: bool = False
    full: str = ""
    breaks_words: bool = False
    left_out: Callable[[Sequence[Record]], str] = lambda _records: ""

    @property
    def suffix(self) -> str:
        """Return how its files end, with the dot."""
        return f".{self.name}"


def decoded(data: bytes) -> str:
    """Return a file as text, each line ended by `\\n`."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
