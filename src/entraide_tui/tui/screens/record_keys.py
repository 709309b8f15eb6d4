"""The actions on records, wherever a screen shows them: export, share, copy, edit, history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _, many
from entraide_tui.tui.screens.base import BaseScreen
from entraide_tui.widgets.ask import Choices, Question
from entraide_tui.widgets.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.content import Content

    from entraide_tui.archive.model import Record
    from entraide_tui.exports.base import Format
    from entraide_tui.exports.leave import Departure, ExportOutcome

FEW = 6
"""Words of one kind that are named at once."""


class RecordKeys(BaseScreen):
    """The base of the screens that show one record or several."""

    def paths(self) -> list[Path]:
        """The files that are exported together."""
        raise NotImplementedError

    def shown(self) -> list[Path]:
        """The file whose page is in view, if any; actions on one record apply to it."""
        return self.paths()

    def read(self, paths: list[Path]) -> list[Departure]:
        """Read the records to export; leave out those that can't be read, and say which."""
        from entraide_tui.archive import record_file
        from entraide_tui.exports import leave

        out: list[tuple[Path, Record]] = []
        for path in paths:
            try:
                out.append((path, record_file.read(path)))
            except UserError as error:
                self.say("\n".join(error.lines()), "$error")
        return leave.departures(out)

    # -- leaving

    def do_export(self) -> None:
        """Ask for the format and the folder, then export."""
        records = self.read(self.paths())
        if records:
            from entraide_tui.exports.destination import usual_folder

            self.ask(export(records, usual_folder(self.context.workspace), self._export))

    def _export(self, records: list[Departure], chosen: str, said: str) -> None:
        from entraide_tui.exports import offers

        outcome = offers.export(records, chosen, said, self.context.workspace, wall=self.context.clock.wall())
        self.say(*outcome_message(outcome))

    def do_share(self) -> None:
        """Prepare the record in view for sharing, with names replaced."""
        records = self.read(self.shown())
        if records:
            self.context.navigator.open_share(records[0].record, self.shown()[0])

    def do_copy(self) -> None:
        """Copy the pages to the clipboard, as Markdown or plain text."""
        records = self.read(self.paths())
        if records:
            self.ask(copy(records, self._copy))

    def _copy(self, records: list[Departure], form: Format) -> None:
        from entraide_tui.exports import offers

        text, outcome = offers.pages(records, form, self.context.workspace)
        if text:
            self.app.copy_to_clipboard(text)
        if outcome.failed:
            self.say(*outcome_message(outcome))
        else:
            self.say(_("In the clipboard, if your terminal lets programs write there."), "$success")

    # -- mending

    def do_mend(self) -> None:
        """Edit the record in view."""
        for path in self.shown()[:1]:
            self.context.navigator.open_record_editor(path)

    def do_history(self) -> None:
        """Show the changes of the record in view."""
        for path in self.shown()[:1]:
            self.context.navigator.open_history(path)


def outcome_message(outcome: ExportOutcome) -> tuple[str, str]:
    """What came of an export: a text and its style."""
    lines = [line for failure in outcome.failed for line in failure.lines()]
    if outcome.written:
        lines.append(_("Written: {files}").format(files=", ".join(map(str, outcome.written))))
    if outcome.doubts:
        words = few(dict.fromkeys(f"“{leak.name}” ({leak.where})" for leak in outcome.doubts))
        lines.append(_("These may be names; look at them: {words}").format(words=words))
    lines += [*outcome.left_out, *outcome.unnoted]
    return "\n".join(lines), "$error" if outcome.failed else "$warning" if outcome.unnoted else "$success"


def few(words: Iterable[str], most: int = FEW) -> str:
    """The first `most` words in one line."""
    every = list(words)
    return ", ".join([*every[:most], "…"] if len(every) > most else every)


def export(records: list[Departure], folder: Path, leave: Callable[[list[Departure], str, str], None]) -> Question:
    """A question that asks for the format and the folder; for several records, recaps of all come first."""
    from entraide_tui.exports.offers import offers

    def choices(_said: str) -> Choices:
        return [(offer.id, plain(offer.label)) for offer in offers(recaps=len(records) > 1)]

    def explain(_said: str, _choice: str) -> Content:
        count = many(
            "{n} record leaves as it is, names included.",
            "{n} records leave as they are, names included.",
            len(records),
        )
        return plain(count.format(n=len(records)) + " " + _("To which folder, and how?"))

    def answer(said: str, choice: str) -> None:
        if choice:
            leave(records, choice, said)

    return Question("export", _("Export"), answer, text=str(folder), explain=explain, choices=choices)


def copy(records: list[Departure], put: Callable[[list[Departure], Format], None]) -> Question:
    """A question that asks whether to copy Markdown or plain text."""
    from entraide_tui.exports.formats import TEXTS

    def choices(_said: str) -> Choices:
        return [(form.name, plain(_(form.label))) for form in TEXTS]

    def answer(_said: str, choice: str) -> None:
        for form in TEXTS:
            if form.name == choice:
                put(records, form)

    return Question("copy", _("To the clipboard"), answer, choices=choices)
