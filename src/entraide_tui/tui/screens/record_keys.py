"""What can be done with records wherever they stand: let them leave, mend them, read what changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from entraide_tui.archive.model import Record
    from entraide_tui.exports.formats import Format

EXPORTS = "exports"
"""The folder in the workspace that exports go to unless one says otherwise."""


class RecordKeys(BaseScreen):
    """A screen that has one record or several in view."""

    def paths(self) -> list[Path]:
        """Those that leave together."""
        raise NotImplementedError

    def shown(self) -> list[Path]:
        """The one whose page is in view, if any: what is done with one record is done with it."""
        return self.paths()

    def say(self, text: str, style: str = "$quiet") -> None:
        """One quiet line."""
        raise NotImplementedError

    def read(self, paths: list[Path]) -> list[Record]:
        """All of them; those that can't be read are named, and left out."""
        from entraide_tui.archive import record_file

        out: list[Record] = []
        for path in paths:
            try:
                out.append(record_file.read(path))
            except UserError as trouble:
                self.say("\n".join(trouble.lines()), "$error")
        return out

    # -- leaving

    def do_export(self) -> None:
        """In which format, to which folder."""
        records = self.read(self.paths())
        if records:
            self.ask(export(records, self.house.workspace.root / EXPORTS, self._export))

    def _export(self, records: list[Record], name: str, folder: Path) -> None:
        from entraide_tui.exports import formats
        from entraide_tui.privacy import share_log

        form_name, _sep, recap = name.partition("+")
        form = formats.BY_NAME[form_name]
        wanted = formats.ExportRequest(
            full=True, wall=self.house.clock.wall(), templates=self.house.workspace.root / "templates"
        )
        written: list[Path] = []
        try:
            leaving = formats.items((r.id, r) for r in records)
            for made in formats.made(form, leaving, wanted, recap=_recap_name(records) if recap else ""):
                path = free(folder / made.name)
                formats.write(path, made.data, self.house.workspace)
                written.append(path)
        except UserError as trouble:
            self.say("\n".join(trouble.lines()), "$error")
            return
        for record in records:
            for path in written:
                share_log.exported(self.house.workspace, record.id, path, wall=self.house.clock.wall())
        self.say(_("Written: {files}").format(files=", ".join(str(p) for p in written)), "$success")

    def do_share(self) -> None:
        """Without giving a person away: one record at a time, line by line."""
        records = self.read(self.shown())
        if records:
            self.house.open_share(records[0], self.shown()[0])

    def do_copy(self) -> None:
        """To the clipboard, as Markdown or as plain text."""
        records = self.read(self.paths())
        if records:
            self.ask(copy(records, self._copy))

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.say(_("In the clipboard, if your terminal lets programs write there."), "$success")

    # -- mending

    def do_mend(self) -> None:
        """The record, to change it."""
        for path in self.shown()[:1]:
            self.house.open_mending(path)

    def do_history(self) -> None:
        """What was changed, and when."""
        for path in self.shown()[:1]:
            self.house.open_history(path)


def free(path: Path) -> Path:
    """A name that nothing has yet: an export replaces nothing."""
    number, out = 1, path
    while out.exists():
        number += 1
        out = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return out


def _recap_name(records: list[Record]) -> str:
    days = sorted(r.date for r in records)
    return f"recap-{days[0].isoformat()}-{days[-1].isoformat()}"


def export(records: list[Record], folder: Path, leave: Callable[[list[Record], str, Path], None]) -> Question:
    """The formats; with several records, one document about all of them first."""
    from entraide_tui.exports.formats import FORMATS

    def choices(_said: str) -> Choices:
        out: Choices = []
        if len(records) > 1:
            recaps = [f for f in FORMATS if f.recap is not None]
            out += [(f"{f.name}+recap", plain(_recap_words(f))) for f in recaps]
        return out + [(f.name, plain(f"{_(f.words)} (.{f.name})")) for f in FORMATS]

    def explain(_said: str, _choice: str) -> Content:
        count = many(
            "{n} record leaves as it is, names included.",
            "{n} records leave as they are, names included.",
            len(records),
        )
        return plain(count.format(n=len(records)) + " " + _("To which folder, and how?"))

    def answer(said: str, choice: str) -> None:
        if choice:
            leave(records, choice, Path(said).expanduser() if said else folder)

    return Question("export", _("Export"), answer, text=str(folder), explain=explain, choices=choices)


def _recap_words(form: Format) -> str:
    return {
        "md": _("One recap of all of them, as Markdown"),
        "html": _("One recap of all of them, for a browser or to print"),
        "pdf": _("One recap of all of them, as PDF"),
    }.get(form.name, form.name)


def copy(records: list[Record], put: Callable[[str], None]) -> Question:
    """Markdown or plain text."""

    def choices(_said: str) -> Choices:
        return [("markdown", plain(_("as Markdown"))), ("text", plain(_("as plain text")))]

    def answer(_said: str, choice: str) -> None:
        from entraide_tui.archive.page.options import Options
        from entraide_tui.exports import markdown, plain_text

        page = markdown.page if choice == "markdown" else plain_text.page
        put("\n\n".join(page(replace(r, feelings=()), Options()) for r in records))

    return Question("copy", _("To the clipboard"), answer, choices=choices)
