"""The one registry of formats: what each is called, how its file ends, what it holds, and who writes it.

The command and the app both export through it, so that they offer the same and refuse the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from entraide_tui.archive.page.options import Options
from entraide_tui.common.errors import UserError
from entraide_tui.common.files import reason, write_atomically
from entraide_tui.common.i18n import _, language, mark, speaking
from entraide_tui.common.text import slug

if TYPE_CHECKING:
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.leak_check import Leak


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What was asked for.

    Attributes:
        wall: seconds since 1970.
        options: what pages carry besides their core.
        feelings: whether how people left goes out too, in the formats that carry it.
        full: whether a calendar says what is to do and who does it.
        listed: whether JSON is a list even of a single record.
        templates: the folder of the group's own look.
    """

    wall: float
    options: Options = field(default_factory=Options)
    feelings: bool = False
    full: bool = False
    listed: bool = False
    templates: Path | None = None


Writer = Callable[[Sequence["Record"], ExportRequest], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        holds: one record in each file, or all in one file.
        words: what it is, marked for translation.
        write: the bytes of a file; takes one record where `holds` is "one".
        recap: the bytes of one document about several records, if there is such a thing.
        text: whether it can be shown in a terminal.
        feelings: whether it can carry how people left.
    """

    name: str
    suffix: str
    holds: Literal["one", "many"]
    words: str
    write: Writer
    recap: Writer | None = None
    text: bool = True
    feelings: bool = False


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record that leaves, and the name of its file, without suffix."""

    stem: str
    record: Record


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A finished file that has not been written anywhere yet; `recap`: one document about several records."""

    name: str
    data: bytes
    recap: bool = False


def _markdown(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports.templates import markdown_page

    text = markdown_page(records[0], wanted.options, templates=wanted.templates)
    if wanted.feelings and records[0].feelings:
        text += _feelings(records[0])
    return text.encode()


def _feelings(record: Record) -> str:
    """A section of their own: no page ever has it unless it was asked for by name."""
    from entraide_tui.exports.markdown import escape

    with speaking(record.language):
        lines = ["", "## " + escape(_("How we left")), ""]
        for feeling in record.feelings:
            said = [feeling.word] if feeling.word else []
            said += [_("{score} of 5").format(score=feeling.score)] if feeling.score else []
            said += [str(answer) for answer in feeling.answers.values()]
            line = escape(" · ".join(said) or "–").replace("\n", "\n  ")
            lines.append(f"- {line}" + (f" ({escape(feeling.by)})" if feeling.by else ""))
    return "\n".join(lines) + "\n"


def _html(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import html

    return html.page(records[0], wanted.options, templates=wanted.templates).encode()


def _pdf(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import pdf

    return pdf.page(records[0], wanted.options, templates=wanted.templates)


def _toml(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import data

    return data.toml(records[0], feelings=wanted.feelings).encode()


def _json(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import data

    found = records[0] if len(records) == 1 and not wanted.listed else records
    return data.json(found, feelings=wanted.feelings).encode()


def _csv(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import table

    del wanted
    # a spreadsheet in French opens a table with commas as one single column
    return table.csv(records, separator=";" if language() == "fr" else ",").encode()


def _ics(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import calendar

    return calendar.ics(records, full=wanted.full, wall=wanted.wall)


def _recap_markdown(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.markdown(recap.gathered(records), templates=wanted.templates).encode()


def _recap_html(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.html(recap.gathered(records), templates=wanted.templates).encode()


def _recap_pdf(records: Sequence[Record], wanted: ExportRequest) -> bytes:
    from entraide_tui.exports import recap

    return recap.pdf(recap.gathered(records), templates=wanted.templates)


FORMATS = (
    Format("md", ".md", "one", mark("The page, as Markdown"), _markdown, _recap_markdown, feelings=True),
    Format("html", ".html", "one", mark("The page, for a browser or to print"), _html, _recap_html),
    Format("pdf", ".pdf", "one", mark("The page, as PDF"), _pdf, _recap_pdf, text=False),
    Format("ics", ".ics", "many", mark("Actions and follow-up dates, for a calendar"), _ics),
    Format("csv", ".csv", "many", mark("Actions, for a spreadsheet"), _csv),
    Format("toml", ".toml", "one", mark("The record itself, as its file"), _toml, feelings=True),
    Format("json", ".json", "many", mark("The records, for other programs"), _json, feelings=True),
)
BY_NAME = {form.name: form for form in FORMATS}


def made(form: Format, leaving: Sequence[NamedRecord], wanted: ExportRequest, *, recap: str = "") -> list[ExportedFile]:
    """The finished files, in order.

    Args:
        leaving: at least one.
        recap: the name, without suffix, of one document about all of them, if that is wanted.

    Raises UserError where a file can't be made.
    """
    records = [item.record for item in leaving]
    if recap:
        if form.recap is None:
            raise UserError(_("a recap is a document: take md, html or pdf."))
        return [ExportedFile(recap + form.suffix, form.recap(records, wanted), recap=True)]
    if form.holds == "many":
        name = leaving[0].stem if len(leaving) == 1 else "entraide"
        return [ExportedFile(name + form.suffix, form.write(records, wanted))]
    return [ExportedFile(item.stem + form.suffix, form.write([item.record], wanted)) for item in leaving]


def traces(
    form: Format, file: ExportedFile, records: Sequence[Record], wanted: ExportRequest, names: Sequence[str]
) -> list[Leak]:
    """The last look: the known names that are still in a finished file by somebody's hand. Raises UserError.

    The program's own words (“Will”, a month) may be somebody's name: where it says one as often about records without
    a word of people, that is a doubt only. The words of a group's own template are not the program's.

    Args:
        records: those that the file was made of, as they left.
    """
    from entraide_tui.exports import leak_check

    found = leak_check.find_leaks(file.data, form.name, names)
    if not found:
        return []
    write = form.recap if file.recap and form.recap else form.write
    bare = write([leak_check.hollow(record) for record in records], replace(wanted, templates=None))
    own = Counter(trace.name for trace in leak_check.find_leaks(bare, form.name, names))
    every = Counter(trace.name for trace in found)
    return [replace(trace, doubt=trace.doubt or every[trace.name] <= own[trace.name]) for trace in found]


_PLAIN = re.compile(r"\w[\w .,()’'-]{0,119}")


def items(found: Iterable[tuple[str, Record]]) -> list[NamedRecord]:
    """What leaves, each under a name of its own: two records may have the same one in two folders.

    A name is a text from a file: one that could lead elsewhere becomes a plain one.
    """
    out: list[NamedRecord] = []
    taken: set[str] = set()
    for said, record in found:
        stem = said if _PLAIN.fullmatch(said) else slug(said, most=80) or "record"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        out.append(NamedRecord(name, record))
    return out


_OWN = frozenset((".toml", ".md", ".journal"))


def place(out: Path, name: str, *, in_folder: bool) -> Path:
    """Where a file goes: what was said, or inside of it where that is, or is to be, a folder. Raises UserError."""
    try:
        return out / name if in_folder or out.is_dir() else out
    except OSError as error:
        raise UserError(_("it could not be written: {reason}.").format(reason=reason(error)), file=out) from error


def write(path: Path, data: bytes, workspace: Workspace, *, force: bool = False) -> None:
    """Writes a finished file, whole and private. Raises UserError; what is there stays unless `force`.

    Nothing that leaves ever takes the place of a record: in `sessions/` every `.toml` is read as one.
    """
    try:
        if path.suffix.casefold() in _OWN and path.resolve().is_relative_to(workspace.sessions.resolve()):
            raise UserError(_("this folder holds the records themselves. Choose another one."), file=path)
        if path.exists() and not path.is_file():
            raise UserError(_("this is not an ordinary file."), file=path)
        if path.exists() and not force:
            raise UserError(_("this file is there already; --force replaces it."), file=path)
        write_atomically(path, data)
    except RuntimeError:  # links that lead round in a circle
        raise UserError(_("this is not an ordinary file."), file=path) from None
    except OSError as error:
        raise UserError(_("it could not be written: {reason}.").format(reason=reason(error)), file=path) from error
