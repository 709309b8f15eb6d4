"""The one way out: every text of a record that leaves, in a file, on standard output, in the clipboard, leaves here.

What leaves is looked through for names where they were replaced, and where a file went is noted for this person.
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
"""What pages carry where names were replaced: all that was left in the record for that."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A record that leaves.

    Attributes:
        stem: the name of its file, without suffix.
        id: of the record as it is kept.
        path: its own file, if it has one; its page lies beside it.
    """

    stem: str
    record: Record
    id: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Redacted:
    """Names were replaced, and in no file that leaves may one of them be found.

    Attributes:
        prepared: what leaves in the place of each record, in their order.
        agreed: whether a file with a word that may be a name leaves; else it is held, and told.
        choice: what somebody decided for the one record, to be kept once it has left.
    """

    prepared: tuple[Prepared, ...]
    agreed: bool = True
    choice: Choice | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names that must not be found."""
        return tuple(dict.fromkeys(name for one in self.prepared for name in one.names))

    @property
    def candidates(self) -> tuple[str, ...]:
        """Return words that leave, and may be names that nobody has told."""
        out: dict[str, None] = {}
        for one in self.prepared:
            leaving = "\n".join("".join(piece.text for piece in line.after) for line in one.lines if line.leaves)
            out.update(dict.fromkeys(word for word in one.candidates if word in leaving))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be made or written.

    Attributes:
        id: the record, where it lies with that one; else empty.
    """

    id: str
    error: UserError

    def lines(self) -> list[str]:
        """Return what to say, a line each."""
        lines = self.error.lines()
        return lines if self.error.file or not self.id else [f"{self.id}: {line}" for line in lines]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        written: the files.
        leaks: names that were found in a file, which was not written.
        doubts: words in a file that may be names.
        candidates: words that leave and may be names that nobody has told; where names were replaced.
        held: whether a file was not written because of doubts or candidates.
        failed: what could not be made or written; the others were.
        unnoted: why it could not be noted where the files went, or what was decided; they were written.
        left_out: sentences about what does not leave although one could think so.
    """

    written: tuple[Path, ...] = ()
    leaks: tuple[Leak, ...] = ()
    doubts: tuple[Leak, ...] = ()
    candidates: tuple[str, ...] = ()
    held: bool = False
    failed: tuple[Failure, ...] = ()
    unnoted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Return whether everything left."""
        return not (self.leaks or self.held or self.failed)


def leave(
    records: Sequence[Departure], request: ExportRequest, destination: Destination, redacted: Redacted | None = None
) -> Outcome:
    """Make the files that were asked for and let them leave; one that can't leave keeps no other back.

    Args:
        records: at least one.
        redacted: what leaves in their place, where names were replaced.
    """
    every = [
        Outcome(left_out=left_out(records, request, redacted)),
        *one_by_one(records, request, destination, redacted),
    ]
    together = {
        field.name: tuple(dict.fromkeys(part for one in every for part in getattr(one, field.name)))
        for field in fields(Outcome)
        if field.name != "held"
    }
    return Outcome(**together, held=any(one.held for one in every))


def one_by_one(
    records: Sequence[Departure], request: ExportRequest, destination: Destination, redacted: Redacted | None = None
) -> Iterator[Outcome]:
    """Do what `leave` does, and yield what came of each file as soon as it is known."""
    leaving = list(records) if redacted is None else _in_their_place(records, redacted)
    for group in [[one] for one in leaving] if request.one_each else [leaving]:
        yield _one(group, request, destination, redacted)


def left_out(records: Sequence[Departure], request: ExportRequest, redacted: Redacted | None = None) -> tuple[str, ...]:
    """Return sentences about what does not leave although one could think so."""
    out = [request.form.left_out([one.record for one in (redacted.prepared if redacted else records)])]
    if request.feelings and (request.recap or not request.form.feelings):
        out.append(_("feelings are left out: only a single md, toml and json carry them."))
    return tuple(sentence for sentence in out if sentence)


def departures(found: Iterable[tuple[Path, Record]]) -> list[Departure]:
    """Return the records that leave, each with its own file, under the name of that file."""
    found = list(found)
    stems = _names(path.stem for path, _record in found)
    return [Departure(stem, record, record.id, path) for stem, (path, record) in zip(stems, found, strict=True)]


def recap_name(records: Sequence[Departure]) -> str:
    """Return the name of one document about all of them, without suffix: from which day to which."""
    days = sorted(one.record.date for one in records)
    return f"recap-{days[0].isoformat()}-{days[-1].isoformat()}"


def _in_their_place(records: Sequence[Departure], redacted: Redacted) -> list[Departure]:
    stems = _names(one.record.id for one in redacted.prepared)
    return [
        Departure(stem, one.record, record.id)
        for stem, one, record in zip(stems, redacted.prepared, records, strict=True)
    ]


_PLAIN = re.compile(r"\w[\w .,()’'-]{0,119}")


def _names(stems: Iterable[str]) -> list[str]:
    """Names of files, without suffix, that differ also where case does not count.

    A name is a text from a file: one that could lead elsewhere becomes a plain one.
    """
    out: dict[str, str] = {}
    for said in stems:
        stem = said if _PLAIN.fullmatch(said) else slug(said, most=80) or "record"
        name, number = stem, 1
        while name.casefold() in out:
            number += 1
            name = f"{stem}-{number}"
        out[name.casefold()] = name
    return list(out.values())


def _one(
    group: list[Departure], request: ExportRequest, destination: Destination, redacted: Redacted | None
) -> Outcome:
    try:
        name, data, request = _made(group, request, redacted)
        found = _leaks(name, data, [one.record for one in group], request, redacted.names) if redacted else []
    except UserError as error:
        return Outcome(failed=(Failure(group[0].id, error),))
    try:
        if redacted and (path := destination.path_of(name)):
            found += leak_check.in_path(path, redacted.names)
        doubts = tuple(leak for leak in found if leak.doubt)
        if leaks := tuple(leak for leak in found if not leak.doubt):
            return Outcome(leaks=leaks, doubts=doubts)
        candidates = redacted.candidates if redacted else ()
        if redacted and not redacted.agreed and (doubts or candidates):
            return Outcome(doubts=doubts, candidates=candidates, held=True)
        written = destination.put(name, data)
    except UserError as error:
        return Outcome(failed=(Failure("", error),))
    unnoted = _note(group, written, request.wall, redacted) if written else ()
    return Outcome((written.path,) if written else (), doubts=doubts, candidates=candidates, unnoted=unnoted)


def _made(
    group: list[Departure], request: ExportRequest, redacted: Redacted | None
) -> tuple[str, bytes, ExportRequest]:
    """The name and the bytes of a file, and with which options it was made. Raises UserError."""
    form, records = request.form, [one.record for one in group]
    if request.recap:
        if form.recap is None:
            raise InputError(_("a recap is a document: take md, html or pdf."))
        return request.recap + form.suffix, form.recap.write(records, request), request
    if form.page:
        usual = SHARED if redacted else carried(group[0], request.templates)
        request = replace(request, options=request.options | usual)
    name = group[0].stem if len(group) == 1 else "entraide"
    return name + form.suffix, form.write(records, request), request


def carried(one: Departure, templates: Path | None) -> Options:
    """Return what a record's page carries, which an export of the record carries too; of none, the core."""
    if one.path is None:
        return CORE
    page = one.path.with_suffix(".md")
    try:
        text = read_bounded(page, LARGEST_PAGE).decode("utf-8", "replace") if page.exists() else None
    except (OSError, UserError):
        return CORE
    try:
        own = functools.partial(markdown.page, templates=templates)
        return page_options_guess.likely(text, one.record, own).options
    except UserError:  # the group's template is broken, which keeps no other format back
        return page_options_guess.likely(text, one.record, markdown.page).options


def _leaks(name: str, data: bytes, records: list[Record], request: ExportRequest, names: Sequence[str]) -> list[Leak]:
    """The last look: the known names that are still in a finished file by somebody's hand. Raises UserError.

    The program's own words (“Will”, a month) may be somebody's name: where it says one as often about records without
    a word of people, that is a doubt only. The words of a group's own template are not the program's.
    """
    form = request.form
    found = leak_check.find_leaks(data, form, names)
    if not found:
        return []
    write = form.recap.write if request.recap and form.recap else form.write
    bare = write([leak_check.hollow(record) for record in records], replace(request, templates=None))
    own = Counter(leak.name for leak in leak_check.find_leaks(bare, form, names))
    every = Counter(leak.name for leak in found)
    return [replace(leak, file=name, doubt=leak.doubt or every[leak.name] <= own[leak.name]) for leak in found]


def _note(group: list[Departure], written: WrittenFile, wall: float, redacted: Redacted | None) -> tuple[str, ...]:
    """Note where a file went, and what was decided; return why that could not be, in one sentence."""
    failed: list[UserError] = []
    for one in group:
        try:
            share_log.exported(written.workspace, one.id, written.path, wall)
        except UserError as error:
            failed.append(error)
    if redacted and redacted.choice is not None:
        try:
            share_log.save(written.workspace, group[0].id, redacted.choice, redacted.prepared[0].keys)
        except UserError as error:
            failed.append(error)
    return tuple(failed[0].lines()) if failed else ()
