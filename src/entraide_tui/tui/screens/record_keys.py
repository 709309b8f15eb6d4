"""What can be done with records wherever they stand: let them leave, mend them, read what changed."""

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
"""Words of one kind that are told at once."""


class RecordKeys(BaseScreen):
    """A screen that has one record or several in view."""

    def paths(self) -> list[Path]:
        """Those that leave together."""
        raise NotImplementedError

    def shown(self) -> list[Path]:
        """The one whose page is in view, if any: what is done with one record is done with it."""
        return self.paths()

    def read(self, paths: list[Path]) -> list[Departure]:
        """All of them, to let them leave; those that can't be read are named, and left out."""
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
        """In which format, to which folder."""
        records = self.read(self.paths())
        if records:
            from entraide_tui.exports.destination import usual_folder

            self.ask(export(records, usual_folder(self.context.workspace), self._export))

    def _export(self, records: list[Departure], chosen: str, said: str) -> None:
        from entraide_tui.exports import offers

        outcome = offers.export(records, chosen, said, self.context.workspace, wall=self.context.clock.wall())
        self.say(*outcome_words(outcome))

    def do_share(self) -> None:
        """Without giving a person away: one record at a time, line by line."""
        records = self.read(self.shown())
        if records:
            self.context.navigator.open_share(records[0].record, self.shown()[0])

    def do_copy(self) -> None:
        """To the clipboard, as Markdown or as plain text."""
        records = self.read(self.paths())
        if records:
            self.ask(copy(records, self._copy))

    def _copy(self, records: list[Departure], form: Format) -> None:
        from entraide_tui.exports import offers

        text, outcome = offers.pages(records, form, self.context.workspace)
        if text:
            self.app.copy_to_clipboard(text)
        if outcome.failed:
            self.say(*outcome_words(outcome))
        else:
            self.say(_("In the clipboard, if your terminal lets programs write there."), "$success")

    # -- mending

    def do_mend(self) -> None:
        """The record, to change it."""
        for path in self.shown()[:1]:
            self.context.navigator.open_mending(path)

    def do_history(self) -> None:
        """What was changed, and when."""
        for path in self.shown()[:1]:
            self.context.navigator.open_history(path)


def outcome_words(outcome: ExportOutcome) -> tuple[str, str]:
    """What came of an export: the text and its style."""
    lines = [line for failure in outcome.failed for line in failure.lines()]
    if outcome.written:
        lines.append(_("Written: {files}").format(files=", ".join(map(str, outcome.written))))
    if outcome.doubts:
        words = few(dict.fromkeys(f"“{leak.name}” ({leak.where})" for leak in outcome.doubts))
        lines.append(_("These may be names; look at them: {words}").format(words=words))
    lines += [*outcome.left_out, *outcome.unnoted]
    return "\n".join(lines), "$error" if outcome.failed else "$warning" if outcome.unnoted else "$success"


def few(words: Iterable[str], most: int = FEW) -> str:
    """The first ones, in one line."""
    every = list(words)
    return ", ".join([*every[:most], "…"] if len(every) > most else every)


def export(records: list[Departure], folder: Path, leave: Callable[[list[Departure], str, str], None]) -> Question:
    """The formats; with several records, one document about all of them first."""
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
    """Markdown or plain text."""
    from entraide_tui.exports.formats import TEXTS

    def choices(_said: str) -> Choices:
        return [(form.name, plain(_(form.label))) for form in TEXTS]

    def answer(_said: str, choice: str) -> None:
        for form in TEXTS:
            if form.name == choice:
                put(records, form)

    return Question("copy", _("To the clipboard"), answer, choices=choices)
