"""The description of an export format: its name, its writer, and its reader for the leak check.

A finished file is read again to search it for names, so a format can't be declared without a reader.
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
    """A text from a finished file, to be searched for names.

    Attributes:
        where: the field or page, in words; if empty, findings are located by line, counted from `line`.
        again: repeats earlier segments in another reading: only names not found in those count.
    """

    text: str
    where: str = ""
    line: int = 1
    again: bool = False


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, and how.

    Attributes:
        wall: the current time, in seconds since 1970.
        options: page options; `leave` adds those that the page of each record already has.
        recap: the file name, without suffix, of one document about all records; empty for separate records.
        feelings: include how people left, in formats that support it.
        full: include what and who in calendar entries.
        listed: write JSON as a list even for a single record.
        templates: the folder of the group's own templates.
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
        """Return whether each record is written to its own file."""
        return self.form.holds == "one" and not self.recap


if TYPE_CHECKING:
    Writer = Callable[[Sequence[Record], ExportRequest], bytes]
    Reader = Callable[[bytes], Iterator[Segment]]


@dataclass(frozen=True, slots=True)
class RecapFormat:
    """How a format writes one document about several records.

    Attributes:
        label: its description, marked for translation.
    """

    label: str
    write: Writer


@dataclass(frozen=True, slots=True)
class Format:
    """An export format.

    Attributes:
        name: its short name, which is also the file suffix without the dot.
        holds: whether a file holds one record or many.
        label: its description, marked for translation.
        write: returns the bytes of a file; gets one record if `holds` is "one". Raises UserError.
        read_text: yields every text in a finished file, as other programs would read it. Raises UserError.
        page: whether it is the record's page, and so follows the options of that page.
        text: whether it can be shown in a terminal.
        feelings: whether it can include how people left.
        full_label: its description with `ExportRequest.full`, marked for translation; empty if that has no effect.
        breaks_words: whether a word may be broken anywhere at the end of a line.
        left_out: returns a sentence about what it unexpectedly leaves out; may be empty.
    """

    name: str
    holds: Literal["one", "many"]
    label: str
    write: Writer
    read_text: Reader
    recap: RecapFormat | None = None
    page: bool = False
    text: bool = True
    feelings: bool = False
    full_label: str = ""
    breaks_words: bool = False
    left_out: Callable[[Sequence[Record]], str] = lambda _records: ""

    @property
    def suffix(self) -> str:
        """Return the file suffix, with the dot."""
        return f".{self.name}"


def decoded(data: bytes) -> str:
    """Decode a file as UTF-8, with `\\n` as line end and invalid bytes replaced."""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
