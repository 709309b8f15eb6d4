"""The one way out: every export, to a file, standard output or the clipboard, goes through `leave`.

Redacted exports are searched for remaining names; the path of each written file is logged for the user.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from entraide_tui.archive.editing import page_options_guess
from entraide_tui.archive.editing.saving import LARGEST_PAGE
from entraide_tui.archive.page.options import CORE, Options
from entraide_tui.common.errors import InputError, UserError
from entraide_tui.common.files import read_bounded
from entraide_tui.common.i18n import _
from entraide_tui.common.text import slug
from entraide_tui.exports import leak_check, markdown
from entraide_tui.privacy import share_log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from entraide_tui.archive.model import Record
    from entraide_tui.exports.base import ExportRequest
    from entraide_tui.exports.destination import Destination, WrittenFile
    from entraide_tui.exports.leak_check import Leak
    from entraide_tui.privacy.share_choice import Choice, Prepared

SHARED = Options(annex=True, contributions=True, learnings=True)
"""The page options of redacted exports: everything that the redaction left in the record."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A record to export.

    Attributes:
        stem: the name of the exported file, without suffix.
        record: the record as it leaves, perhaps redacted.
        id: the id of the original record.
        path: the original record's file, beside which its page lies; None for a redacted one.
    """

    stem: str
    record: Record
    id: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Redacted:
    """The redacted records, whose replaced names no exported file may contain.

    Attributes:
        prepared: the redacted version of each record, in order.
        agreed: export files with doubtful words too; otherwise they are withheld and reported.
        choice: the choice for a single record, to be saved once it has left.
    """

    prepared: tuple[Prepared, ...]
    agreed: bool = True
    choice: Choice | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names that must not leave."""
        return tuple(dict.fromkeys(name for prepared in self.prepared for name in prepared.names))

    @property
    def candidates(self) -> tuple[str, ...]:
        """Return the words that leave and may be undeclared names."""
        out: dict[str, None] = {}
        for prepared in self.prepared:
            leaving = "\n".join("".join(piece.text for piece in line.after) for line in prepared.lines if line.leaves)
            out.update(dict.fromkeys(word for word in prepared.candidates if word in leaving))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be produced or written.

    Attributes:
        id: the record at fault; empty if the fault is not in a record.
    """

    id: str
    error: UserError

    def lines(self) -> list[str]:
        """Return the message, line by line."""
        lines = self.error.lines()
        return lines if self.error.file or not self.id else [f"{self.id}: {line}" for line in lines]


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """The result of an export.

    Attributes:
        written: the files written.
        leaks: names found in files, which were not written.
        doubts: words in files that may be names.
        candidates: words that leave and may be undeclared names; redacted exports only.
        withheld: whether a file was not written because of doubts or candidates.
        failed: the files that could not be produced or written.
        unnoted: why the log or the choice could not be saved; the files were written.
        left_out: sentences about what was unexpectedly left out.
    """

    written: tuple[Path, ...] = ()
    leaks: tuple[Leak, ...] = ()
    doubts: tuple[Leak, ...] = ()
    candidates: tuple[str, ...] = ()
    withheld: bool = False
    failed: tuple[Failure, ...] = ()
    unnoted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Return whether every file was written."""
        return not (self.leaks or self.withheld or self.failed)


def leave(
    records: Sequence[Departure], request: ExportRequest, destination: Destination, redacted: Redacted | None = None
) -> ExportOutcome:
    """Export records; a file that can't be written does not stop the others.

    Args:
        records: at least one.
        redacted: leaves instead of the records, with every file checked for names.
    """
    every = [
        ExportOutcome(left_out=left_out(records, request, redacted)),
        *one_by_one(records, request, destination, redacted),
    ]
    together = {
        field.name: tuple(dict.fromkeys(part for outcome in every for part in getattr(outcome, field.name)))
        for field in fields(ExportOutcome)
        if field.name != "withheld"
    }
    return ExportOutcome(**together, withheld=any(outcome.withheld for outcome in every))


def one_by_one(
    records: Sequence[Departure], request: ExportRequest, destination: Destination, redacted: Redacted | None = None
) -> Iterator[ExportOutcome]:
    """Export as `leave` does, yielding the outcome of each file when it is known."""
    leaving = list(records) if redacted is None else _in_their_place(records, redacted)
    for group in [[departure] for departure in leaving] if request.one_each else [leaving]:
        yield _leave_file(group, request, destination, redacted)


def left_out(records: Sequence[Departure], request: ExportRequest, redacted: Redacted | None = None) -> tuple[str, ...]:
    """Return sentences about what the export unexpectedly leaves out."""
    out = [request.form.left_out([each.record for each in (redacted.prepared if redacted else records)])]
    if request.feelings and (request.recap or not request.form.feelings):
        out.append(_("feelings are left out: only a single md, toml and json carry them."))
    return tuple(sentence for sentence in out if sentence)


def departures(records: Iterable[tuple[Path, Record]]) -> list[Departure]:
    """Return departures for records read from files, named after those files."""
    records = list(records)
    stems = _names(path.stem for path, _record in records)
    return [Departure(stem, record, record.id, path) for stem, (path, record) in zip(stems, records, strict=True)]


def recap_name(records: Sequence[Departure]) -> str:
    """Return the file name of a recap, without suffix, from its first and last day."""
    days = sorted(departure.record.date for departure in records)
    return f"recap-{days[0].isoformat()}-{days[-1].isoformat()}"


def _in_their_place(records: Sequence[Departure], redacted: Redacted) -> list[Departure]:
    stems = _names(prepared.record.id for prepared in redacted.prepared)
    return [
        Departure(stem, prepared.record, record.id)
        for stem, prepared, record in zip(stems, redacted.prepared, records, strict=True)
    ]


_PLAIN = re.compile(r"\w[\w .,()’'-]{0,119}")


def _names(stems: Iterable[str]) -> list[str]:
    """Make the stems unique file names, even on file systems that ignore case.

    A stem may come from a record's id: one that is not a plain name becomes a slug.
    """
    out: dict[str, str] = {}
    for wanted in stems:
        stem = wanted if _PLAIN.fullmatch(wanted) else slug(wanted, most=80) or "record"
        name, number = stem, 1
        while name.casefold() in out:
            number += 1
            name = f"{stem}-{number}"
        out[name.casefold()] = name
    return list(out.values())


def _leave_file(
    group: list[Departure], request: ExportRequest, destination: Destination, redacted: Redacted | None
) -> ExportOutcome:
    try:
        name, data, request = _file_of(group, request, redacted)
        leaks = (
            _leaks(name, data, [departure.record for departure in group], request, redacted.names) if redacted else []
        )
    except UserError as error:
        return ExportOutcome(failed=(Failure(group[0].id, error),))
    try:
        if redacted and (path := destination.path_of(name)):
            leaks += leak_check.in_path(path, redacted.names)
        doubts = tuple(leak for leak in leaks if leak.doubt)
        if sure := tuple(leak for leak in leaks if not leak.doubt):
            return ExportOutcome(leaks=sure, doubts=doubts)
        candidates = redacted.candidates if redacted else ()
        if redacted and not redacted.agreed and (doubts or candidates):
            return ExportOutcome(doubts=doubts, candidates=candidates, withheld=True)
        written = destination.put(name, data)
    except UserError as error:
        return ExportOutcome(failed=(Failure("", error),))
    unnoted = _note(group, written, request.wall, redacted) if written else ()
    return ExportOutcome((written.path,) if written else (), doubts=doubts, candidates=candidates, unnoted=unnoted)


def _file_of(
    group: list[Departure], request: ExportRequest, redacted: Redacted | None
) -> tuple[str, bytes, ExportRequest]:
    """The name and bytes of a file, and the request with the options it was rendered with. Raises UserError."""
    form, records = request.form, [departure.record for departure in group]
    if request.recap:
        if form.recap is None:
            raise InputError(_("a recap is a document: take md, html or pdf."))
        return request.recap + form.suffix, form.recap.write(records, request), request
    if form.page:
        usual = SHARED if redacted else carried(group[0], request.templates)
        request = replace(request, options=request.options | usual)
    name = group[0].stem if len(group) == 1 else "entraide"
    return name + form.suffix, form.write(records, request), request


def carried(departure: Departure, templates: Path | None) -> Options:
    """Return the options of a record's page, for its export to follow; CORE if it has no readable page."""
    if departure.path is None:
        return CORE
    page = departure.path.with_suffix(".md")
    try:
        text = read_bounded(page, LARGEST_PAGE).decode("utf-8", "replace") if page.exists() else None
    except (OSError, UserError):
        return CORE
    try:
        own = functools.partial(markdown.page, templates=templates)
        return page_options_guess.likely(text, departure.record, own).options
    except UserError:  # a broken template of the group must not stop other formats
        return page_options_guess.likely(text, departure.record, markdown.page).options


def _leaks(name: str, data: bytes, records: list[Record], request: ExportRequest, names: Sequence[str]) -> list[Leak]:
    """Find known names that are still in a finished file. Raises UserError.

    The program's own words (“Will”, a month) may be names too: a name that is as frequent in an export of the blanked
    records is only a doubt. Words of the group's own templates don't count as the program's.
    """
    form = request.form
    leaks = leak_check.find_leaks(data, form, names)
    if not leaks:
        return []
    write = form.recap.write if request.recap and form.recap else form.write
    bare = write([leak_check.without_texts(record) for record in records], replace(request, templates=None))
    own = Counter(leak.name for leak in leak_check.find_leaks(bare, form, names))
    every = Counter(leak.name for leak in leaks)
    return [replace(leak, file=name, doubt=leak.doubt or every[leak.name] <= own[leak.name]) for leak in leaks]


def _note(group: list[Departure], written: WrittenFile, wall: float, redacted: Redacted | None) -> tuple[str, ...]:
    """Log where a file went and save the choice; return the message of the first error, if any."""
    failed: list[UserError] = []
    for departure in group:
        try:
            share_log.note_export(written.workspace, departure.id, written.path, wall)
        except UserError as error:
            failed.append(error)
    if redacted and redacted.choice is not None:
        try:
            share_log.save(written.workspace, group[0].id, redacted.choice, redacted.prepared[0].keys)
        except UserError as error:
            failed.append(error)
    return tuple(failed[0].lines()) if failed else ()
